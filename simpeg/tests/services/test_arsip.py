"""Filing, proposing, deciding, replacing, withdrawing and checking papers of a person."""

import datetime as dt
import io

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from bkpsdmd.accounts.roles import Role
from bkpsdmd.audit.models import Event
from bkpsdmd.exceptions import DomainError, StaleDataError
from simpeg.choices import HasilPeriksa, KeadaanBerkas
from simpeg.jenis_riwayat import JABATAN, PENDIDIKAN, get_bagian
from simpeg.models import BerkasArsip, PemeriksaanArsip, RiwayatPendidikan
from simpeg.services import pemeriksaan_arsip
from simpeg.services.arsip import (
    attach_berkas,
    decide_berkas,
    file_berkas,
    withdraw_berkas,
)
from simpeg.services.pemeriksaan_arsip import check_semua, request_pemeriksaan
from simpeg.services.riwayat import cancel_riwayat
from simpeg.tests.actors import make_user

pytestmark = pytest.mark.django_db
HARI_INI = dt.date(2026, 11, 26)


def foto(warna="white", name="foto.jpg"):
    out = io.BytesIO()
    Image.new("RGB", (60, 80), warna).save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")


@pytest.fixture
def ijazah(pegawai):
    return RiwayatPendidikan.objects.get(pegawai=pegawai)


@pytest.fixture
def file_it(kantor):
    def call(by=None, **changes):
        return file_berkas(
            **{
                "pegawai": kantor.pegawai,
                "jenis": "ktp",
                "uploads": [foto()],
                "by": getattr(by, "user", by) or kantor.pengelola.user,
                "per_tanggal": HARI_INI,
                **changes,
            }
        )

    return call


def test_clerk_files_photos_as_one_pdf(file_it, pegawai):
    berkas = file_it(uploads=[foto(), foto("gray")], uraian="KTP baru")

    assert berkas.status is KeadaanBerkas.BERLAKU
    assert (berkas.content_type, berkas.halaman) == ("application/pdf", 2)
    assert berkas.uraian == "KTP baru"
    with default_storage.open(berkas.berkas.name) as stored:
        assert stored.read(5) == b"%PDF-"
    event = Event.objects.get(kind="berkas.unggah_tertutup")
    assert event.subject_id == str(pegawai.pk)


def test_paper_filed_for_a_record_is_cited_by_it(file_it, ijazah):
    berkas = file_it(jenis="ijazah", untuk=("pendidikan", ijazah.pk))

    ijazah.refresh_from_db()
    assert ijazah.berkas == berkas
    assert Event.objects.filter(kind="pendidikan.berkas").count() == 1


def test_record_that_has_a_file_is_not_given_another(file_it, ijazah):
    file_it(jenis="ijazah", untuk=("pendidikan", ijazah.pk))

    with pytest.raises(DomainError, match="Ganti berkas"):
        file_it(
            jenis="ijazah", untuk=("pendidikan", ijazah.pk), uploads=[foto("black")]
        )
    assert BerkasArsip.objects.count() == 1


def test_what_is_refused_leaves_no_file_behind(file_it, ijazah):
    before = _list_stored()

    with pytest.raises(DomainError, match="tidak membuktikan"):
        file_it(jenis="ktp", untuk=("pendidikan", ijazah.pk))

    assert _list_stored() == before
    assert not Event.objects.filter(kind__startswith="berkas").exists()


def _list_stored():
    try:
        folders, _ = default_storage.listdir("arsip")
    except FileNotFoundError:
        return set()
    return {
        f"{f}/{n}" for f in folders for n in default_storage.listdir(f"arsip/{f}")[1]
    }


@pytest.mark.parametrize(
    ("names", "words"),
    [(["a.pdf", "b.jpg"], "tidak keduanya"), (["a.pdf", "b.pdf"], "tidak keduanya")],
)
def test_a_pdf_is_sent_alone(file_it, names, words):
    with pytest.raises(DomainError, match=words):
        file_it(uploads=[SimpleUploadedFile(n, b"%PDF-1.4") for n in names])


def test_same_file_twice_is_refused(file_it):
    file_it()

    with pytest.raises(DomainError, match="sudah ada dalam arsip"):
        file_it(jenis="kk")


@pytest.mark.parametrize("jenis", ["perjanjian_kerja", "kartu_remi"])
def test_kind_that_does_not_fit_the_person_is_refused(file_it, jenis):
    with pytest.raises(DomainError, match="tidak berlaku"):
        file_it(jenis=jenis)


def test_officer_of_another_unit_files_nothing(file_it, kantor):
    with pytest.raises(DomainError, match="di luar unit kerja"):
        file_it(pegawai=kantor.orang_luar)


# -- Proposals --------------------------------------------------------------------------


def test_own_paper_waits_until_the_unit_accepts_it(file_it, kantor, pegawai, ijazah):
    berkas = file_it(pegawai, jenis="ijazah", untuk=("pendidikan", ijazah.pk))
    ijazah.refresh_from_db()
    assert (berkas.status, ijazah.berkas) == (KeadaanBerkas.DIUSULKAN, None)

    decide_berkas(
        berkas=berkas,
        is_diterima=True,
        by=kantor.pengelola.user,
        per_tanggal=HARI_INI,
    )

    berkas.refresh_from_db()
    ijazah.refresh_from_db()
    assert (berkas.status, ijazah.berkas) == (KeadaanBerkas.BERLAKU, berkas)
    kinds = Event.objects.values_list("kind", flat=True)
    assert {"berkas.usul", "berkas.terima", "pendidikan.berkas"} <= set(kinds)


def test_refusal_needs_a_reason_and_keeps_the_file(file_it, kantor, pegawai):
    berkas = file_it(pegawai)
    rest = {
        "berkas": berkas,
        "is_diterima": False,
        "by": kantor.pengelola.user,
        "per_tanggal": HARI_INI,
    }

    with pytest.raises(DomainError, match="alasan"):
        decide_berkas(**rest)
    decide_berkas(**rest, alasan="Buram")

    berkas.refresh_from_db()
    assert (berkas.status, berkas.alasan) == (KeadaanBerkas.DITOLAK, "Buram")
    assert default_storage.exists(berkas.berkas.name)


def test_nobody_decides_on_the_own_paper(file_it, kantor):
    berkas = file_it(kantor.pengelola, pegawai=kantor.pengelola)

    with pytest.raises(DomainError, match="sendiri"):
        decide_berkas(
            berkas=berkas,
            is_diterima=True,
            by=kantor.pengelola.user,
            per_tanggal=HARI_INI,
        )


def test_two_officers_decide_once(file_it, kantor, pegawai):
    berkas = file_it(pegawai)
    verifikator = make_user(Role.VERIFIKATOR)
    decide_berkas(berkas=berkas, is_diterima=True, by=verifikator, per_tanggal=HARI_INI)

    with pytest.raises(StaleDataError, match="sekarang berlaku"):
        decide_berkas(
            berkas=berkas,
            is_diterima=False,
            alasan="Buram",
            by=kantor.pengelola.user,
            per_tanggal=HARI_INI,
        )


def test_proposal_for_a_record_cancelled_meanwhile_is_not_accepted(
    file_it, kantor, pegawai, ijazah
):
    berkas = file_it(pegawai, jenis="ijazah", untuk=("pendidikan", ijazah.pk))
    cancel_riwayat(
        jenis=PENDIDIKAN,
        riwayat=ijazah,
        alasan="Keliru",
        by=kantor.pengelola.user,
        per_tanggal=HARI_INI,
    )

    with pytest.raises(StaleDataError, match="dikoreksi atau dibatalkan"):
        decide_berkas(
            berkas=berkas,
            is_diterima=True,
            by=kantor.pengelola.user,
            per_tanggal=HARI_INI,
        )
    berkas.refresh_from_db()
    assert berkas.status is KeadaanBerkas.DIUSULKAN


# -- Replacing and withdrawing ----------------------------------------------------------


def test_new_scan_takes_the_place_of_the_old_one_at_its_record(file_it, ijazah):
    lama = file_it(jenis="ijazah", untuk=("pendidikan", ijazah.pk))

    baru = file_it(
        jenis="ijazah", uploads=[foto("gray")], menggantikan=lama, alasan="Buram"
    )

    lama.refresh_from_db()
    ijazah.refresh_from_db()
    assert (lama.status, lama.alasan) == (KeadaanBerkas.DIGANTI, "Buram")
    assert ijazah.berkas == baru
    assert default_storage.exists(lama.berkas.name)


def test_persons_new_scan_replaces_only_once_it_is_accepted(
    file_it, kantor, pegawai, ijazah
):
    lama = file_it(jenis="ijazah", untuk=("pendidikan", ijazah.pk))
    baru = file_it(pegawai, jenis="ijazah", uploads=[foto("gray")], menggantikan=lama)
    lama.refresh_from_db()
    assert lama.is_berlaku

    decide_berkas(
        berkas=baru, is_diterima=True, by=kantor.pengelola.user, per_tanggal=HARI_INI
    )

    lama.refresh_from_db()
    ijazah.refresh_from_db()
    assert (lama.status, ijazah.berkas) == (KeadaanBerkas.DIGANTI, baru)


def test_file_that_a_record_cites_is_not_withdrawn(file_it, kantor, ijazah):
    berkas = file_it(jenis="ijazah", untuk=("pendidikan", ijazah.pk))
    rest = {
        "berkas": berkas,
        "alasan": "Salah orang",
        "by": kantor.pengelola.user,
        "per_tanggal": HARI_INI,
    }

    with pytest.raises(DomainError, match="riwayat pendidikan"):
        withdraw_berkas(**rest)
    cancel_riwayat(
        jenis=PENDIDIKAN,
        riwayat=ijazah,
        alasan="Salah orang",
        by=kantor.pengelola.user,
        per_tanggal=HARI_INI,
    )
    withdraw_berkas(**rest)

    berkas.refresh_from_db()
    assert berkas.status is KeadaanBerkas.DITARIK
    assert default_storage.exists(berkas.berkas.name)


def test_person_takes_back_the_own_proposal_alone(file_it, pegawai):
    rest = {"alasan": "Keliru", "by": pegawai.user, "per_tanggal": HARI_INI}
    withdraw_berkas(berkas=file_it(pegawai), **rest)

    with pytest.raises(StaleDataError):
        withdraw_berkas(berkas=file_it(jenis="kk", uploads=[foto("gray")]), **rest)


def test_paper_already_in_the_archive_is_linked_to_a_record(file_it, kantor, ijazah):
    berkas = file_it(jenis="ijazah")

    attach_berkas(
        berkas=berkas,
        untuk=("pendidikan", ijazah.pk),
        by=kantor.pengelola.user,
        per_tanggal=HARI_INI,
    )

    ijazah.refresh_from_db()
    assert ijazah.berkas == berkas


def test_link_to_a_record_of_another_kind_is_refused(file_it, kantor, pegawai):
    berkas = file_it(jenis="ijazah")
    jabatan = JABATAN.model.objects.get(pegawai=pegawai)
    assert get_bagian(JABATAN)

    with pytest.raises(DomainError, match="tidak membuktikan"):
        attach_berkas(
            berkas=berkas,
            untuk=("jabatan", jabatan.pk),
            by=kantor.pengelola.user,
            per_tanggal=HARI_INI,
        )


# -- Whole after years ------------------------------------------------------------------


def test_check_finds_what_the_flood_took(file_it):
    utuh = file_it()
    rusak = file_it(jenis="kk", uploads=[foto("gray")])
    hilang = file_it(jenis="npwp", uploads=[foto("black")])
    default_storage.delete(hilang.berkas.name)
    with default_storage.open(rusak.berkas.name, "wb") as stored:
        stored.write(b"lumpur")

    walk = check_semua()

    assert (walk.jumlah, walk.utuh, walk.rusak, walk.hilang) == (3, 1, 1, 1)
    assert walk.selesai_at is not None
    for berkas, hasil in (
        (utuh, HasilPeriksa.UTUH),
        (rusak, HasilPeriksa.RUSAK),
        (hilang, HasilPeriksa.HILANG),
    ):
        berkas.refresh_from_db()
        assert (berkas.hasil_periksa, bool(berkas.diperiksa_at)) == (hasil, True)


def test_interrupted_check_goes_on_where_it_stopped(file_it, monkeypatch):
    files = [
        file_it(jenis=jenis, uploads=[foto(warna)])
        for jenis, warna in (("ktp", "white"), ("kk", "gray"), ("npwp", "black"))
    ]
    monkeypatch.setattr(pemeriksaan_arsip, "BATCH", 1)

    def stop(done, total, pesan):
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        check_semua(progress=stop)
    walk = PemeriksaanArsip.objects.get()
    assert (walk.selesai_at, walk.jumlah, walk.sampai_id) == (None, 2, files[1].pk)
    read = []
    monkeypatch.setattr(
        pemeriksaan_arsip,
        "check_satu",
        lambda path, sha256: read.append(path) or HasilPeriksa.UTUH,
    )

    walk = check_semua()

    assert read == [files[2].berkas.name]
    assert (walk.jumlah, PemeriksaanArsip.objects.count()) == (3, 1)
    assert check_semua().pk != walk.pk


def test_mended_file_is_whole_at_the_next_check(file_it):
    berkas = file_it()
    with default_storage.open(berkas.berkas.name) as stored:
        content = stored.read()
    default_storage.delete(berkas.berkas.name)
    check_semua()
    default_storage.save(berkas.berkas.name, io.BytesIO(content))

    check_semua()

    berkas.refresh_from_db()
    assert berkas.hasil_periksa == HasilPeriksa.UTUH


def test_one_check_waits_at_a_time():
    assert request_pemeriksaan() is not None
    assert request_pemeriksaan() is None
