"""Signatures on real papers, asked of two readers who do not know each other."""

import io
import random
import re
import shutil
import subprocess
import time
import zlib

import pikepdf
import pytest

from bkpsdmd.accounts.tests.factories import UserFactory
from bkpsdmd.documents import terpisah
from bkpsdmd.documents.models import SertifikatTte
from bkpsdmd.documents.naskah.signing import sign_naskah
from bkpsdmd.documents.services import ensure_kantor
from bkpsdmd.documents.tests.naskah import NOW, jenis_uji, numbered  # noqa: F401
from bkpsdmd.documents.tte import pembaca
from bkpsdmd.documents.tte.lokal import TteLokal
from bkpsdmd.documents.tte.pembaca import read_signatures
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


# -- Files made to do harm ----------------------------------------------------------------

WORDS = (b"/ByteRange", b"/Contents", b"/Type", b"/Sig", b"/Fields", b"/FT", b"obj",
         b"/SubFilter", b"/V ", b"/M ", b"/Name", b"/AcroForm", b"/Root", b"/Prev",
         b"/Index", b"/W")  # fmt: skip
OTHERS = (b"null", b" 0 0 R ", b"[", b"<<", b"/Parent", b"-1 ", b"")


def damage(pdf, rnd):
    """Return a signed file with a few of its bytes or words changed, most at its end."""
    broken = bytearray(pdf)
    for _ in range(rnd.choice([1, 2, 5, 20])):
        place = rnd.randrange(
            0 if rnd.random() < 0.3 else len(broken) // 3, len(broken)
        )
        kind = rnd.random()
        if kind < 0.5:
            broken[place] = rnd.randrange(256)
        elif kind < 0.6:
            del broken[place : place + rnd.randrange(1, 50)]
        elif kind < 0.95:
            word = rnd.choice(WORDS)
            found = broken.rfind(word)
            if found >= 0:
                broken[found : found + len(word)] = rnd.choice(OTHERS)
        else:
            broken = broken[: max(place, 100)]
    return bytes(broken)


def test_damaged_files_never_trip_the_reader():
    rnd, pdf = random.Random(7), signed_pdf(3)  # noqa: S311  repeatable
    for _ in range(400):
        found = read_signatures(damage(pdf, rnd), [])
        assert not any(one.is_dikenal for one in found)


def test_reader_that_trips_leaves_an_answer(monkeypatch):
    pdf = signed_pdf()

    def trip(*args, **kwargs):
        raise AttributeError("'NullObject' object has no attribute 'native'")

    monkeypatch.setattr(pembaca, "validate_pdf_signature", trip)
    (found,) = read_signatures(pdf, [])
    assert not found.is_utuh
    monkeypatch.setattr(pembaca, "PdfFileReader", trip)
    assert read_signatures(pdf, []) == []


def bomb():
    """A cross-reference stream of 1 MB that unpacks to 1 GB."""
    packer = zlib.compressobj(9)
    zeros = bytes(1_000_000)
    data = b"".join(packer.compress(zeros) for _ in range(1_000)) + packer.flush()
    head = (
        b"%%PDF-1.7\n1 0 obj\n<</Type/XRef/Size 9/W[1 2 1]/Root 2 0 R/ByteRange[0 1]"
        b"/Filter/FlateDecode/Length %d>>\nstream\n" % len(data)
    )
    return head + data + b"\nendstream\nendobj\nstartxref\n9\n%%EOF\n"


def nest():
    deep = b"[" * 5_000_000
    return (
        b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/ByteRange "
        + deep
        + b"\nendobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"
    )


def repeat_signature():
    """One signature, named by a thousand fields."""
    with pikepdf.open(io.BytesIO(signed_pdf())) as pdf:
        (field,) = pdf.Root.AcroForm.Fields
        for nomor in range(1_000):
            copy = pikepdf.Dictionary(FT=field.FT, V=field.V, T=f"Lain{nomor}")
            pdf.Root.AcroForm.Fields.append(pdf.make_indirect(copy))
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


@pytest.mark.parametrize("build", [bomb, nest, repeat_signature])
def test_file_made_to_take_all_memory_or_time_is_given_up(build):
    pdf = build()
    start = time.monotonic()
    assert check_signatures(pdf) == []
    assert time.monotonic() - start < terpisah.SECONDS


def test_reading_that_lasts_too_long_is_given_up(monkeypatch):
    pdf = signed_pdf()
    monkeypatch.setattr(terpisah, "SECONDS", 0.01)
    assert check_signatures(pdf) == []
    monkeypatch.undo()
    assert len(check_signatures(pdf)) == 1, "and the next one gets its turn"


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
