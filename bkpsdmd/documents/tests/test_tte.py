"""Signatures on real papers, asked of two readers who do not know each other."""

import re
import shutil
import subprocess

import pytest

from bkpsdmd.accounts.tests.factories import UserFactory
from bkpsdmd.documents.models import SertifikatTte
from bkpsdmd.documents.naskah.signing import sign_naskah
from bkpsdmd.documents.services import ensure_kantor
from bkpsdmd.documents.tests.naskah import NOW, jenis_uji, numbered  # noqa: F401
from bkpsdmd.documents.tte.lokal import TteLokal
from bkpsdmd.documents.tte.penyedia import Penanda, TteUnavailableError
from bkpsdmd.documents.tte.validation import check_signatures

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kantor():
    ensure_kantor()


def signed_pdf(signers=1):
    users = [UserFactory() for _ in range(signers)]
    naskah = numbered(UserFactory(), users)
    for user in users:
        naskah = sign_naskah(naskah=naskah, by=user, now=NOW)
    with naskah.dokumen.berkas.open("rb") as file:
        return file.read()


def test_key_is_made_once_and_only_the_portal_reads_it(settings, tmp_path):
    settings.TTE_P12 = tmp_path / "kunci" / "tte.p12"
    pdf = signed_pdf()
    assert settings.TTE_P12.stat().st_mode & 0o777 == 0o600
    assert settings.TTE_P12.parent.stat().st_mode & 0o777 == 0o700
    signed_pdf()
    assert SertifikatTte.objects.count() == 1
    assert b"PRIVATE" not in pdf


def test_wrong_passphrase_is_told_and_signs_nothing(settings, tmp_path):
    TteLokal().sign([], Penanda("Kepala", "Barabai"))
    copy = tmp_path / "lain.p12"
    copy.write_bytes(settings.TTE_P12.read_bytes())
    settings.TTE_P12, settings.TTE_P12_SANDI = copy, "lain"
    with pytest.raises(TteUnavailableError, match="TTE_P12_SANDI"):
        TteLokal().sign([b""], Penanda("Kepala", "Barabai"))


@pytest.mark.parametrize("signers", [1, 3])
def test_every_signature_is_whole_and_known(signers):
    found = check_signatures(signed_pdf(signers))
    assert len(found) == signers
    assert all(one.is_sah for one in found), found
    assert {one.jabatan for one in found} == {"Kepala Badan"}


def test_any_flipped_byte_that_was_signed_is_found():
    pdf = signed_pdf()
    start, length, again, rest = map(
        int, re.search(rb"/ByteRange \[(\d+) (\d+) (\d+) (\d+)", pdf).groups()
    )
    assert start == 0
    assert again + rest == len(pdf), "the whole file is covered"
    places = [length // 7, length // 2, length - 3, again + rest // 2]
    for place in places:
        damaged = bytearray(pdf)
        damaged[place] ^= 0x01
        found = check_signatures(bytes(damaged))
        assert not (found and all(one.is_sah for one in found)), place


def test_certificate_nobody_knows_is_told():
    pdf = signed_pdf()
    SertifikatTte.objects.all().delete()
    (found,) = check_signatures(pdf)
    assert found.is_utuh
    assert not found.is_dikenal


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.7", b"PK\x03\x04", b"%PDF-1.4\n" * 9]
)
def test_what_is_no_readable_pdf_has_no_signatures(content):
    assert check_signatures(content) == []


@pytest.mark.slow
@pytest.mark.parametrize("signers", [1, 3])
def test_poppler_and_qpdf_agree(signers, tmp_path):
    path = tmp_path / "naskah.pdf"
    path.write_bytes(signed_pdf(signers))
    said = _ask("pdfsig", "-nocert", str(path))
    assert said.count("Signature is Valid") == signers
    assert said.count("Total document signed") == 1
    assert "No syntax or stream encoding errors found" in _ask(
        "qpdf", "--check", str(path)
    )


def _ask(tool, *words):
    where = shutil.which(tool)
    assert where, f"{tool} is missing; .ci/run installs it"
    done = subprocess.run(  # noqa: S603  a program of the machine, our own file
        [where, *words], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
