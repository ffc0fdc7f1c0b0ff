"""Recording, correcting, cancelling: success, each refusal, the log, nothing on failure."""

import datetime as dt

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from bkpsdmd.accounts.roles import Role
from bkpsdmd.audit.models import Event
from bkpsdmd.exceptions import DomainError, StaleDataError
from simpeg.exceptions import NeedsConfirmationError
from simpeg.jenis_riwayat import PANGKAT
from simpeg.models import BerkasArsip, Golongan, RiwayatPangkat
from simpeg.services.riwayat import add_riwayat, cancel_riwayat, correct_riwayat
from simpeg.tests.actors import make_user

HARI_INI = dt.date(2026, 11, 25)
PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00"
    b"\x00:~\x9bU\x00\x00\x00\nIDATx\x9cc`\x00\x00\x00\x02\x00\x01H\xaf\xa4q\x00\x00\x00"
    b"\x00IEND\xaeB`\x82"
)


def data(**changes):
    """III/b from 1 April 2014, as follows from III/a with 0 months on 1 January 2010."""
    values = {
        "golongan": Golongan.objects.get(pk="III/b"),
        "tmt": dt.date(2014, 4, 1),
        "masa_kerja_bulan": 51,
        "sk_nomor": "823/1/CONTOH",
        "sk_tanggal": dt.date(2014, 3, 20),
    }
    return {**values, **changes}


@pytest.fixture
def add(pegawai, pengelola):
    def call(by=None, berkas=None, is_diperiksa=False, **changes):
        return add_riwayat(
            jenis=PANGKAT,
            pegawai=pegawai,
            data=data(**changes),
            berkas=[berkas] if berkas else (),
            by=by or pengelola.user,
            per_tanggal=HARI_INI,
            is_diperiksa=is_diperiksa,
        )

    return call


@pytest.fixture
def riwayat(add):
    return add()


def test_added_row_is_todays_golongan_and_in_the_log(add, pegawai):
    riwayat = add()

    pegawai.keadaan.refresh_from_db()
    assert pegawai.keadaan.golongan_id == "III/b"
    assert pegawai.keadaan.tmt_golongan == dt.date(2014, 4, 1)
    event = Event.objects.get(kind="pangkat.tambah")
    assert event.object_id == str(riwayat.pk)
    assert event.subject_id == str(pegawai.pk)
    assert event.changes["golongan"] == [None, "III/b Penata Muda Tingkat I"]


def test_file_is_kept_in_the_archive_under_a_random_name(add, pegawai):
    riwayat = add(berkas=SimpleUploadedFile("SK Siti.png", PNG, "image/png"))

    assert riwayat.berkas.pegawai == pegawai
    assert riwayat.berkas.jenis == "sk_kp"
    assert "Siti" not in riwayat.berkas.berkas.name
    assert (riwayat.berkas.nama_berkas, riwayat.berkas.halaman) == ("SK_Siti.pdf", 1)
    with riwayat.berkas.berkas.open() as stored:
        assert stored.read().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("changes", "kolom"),
    [
        ({"tmt": dt.date(2014, 4, 2)}, "tmt"),
        ({"tmt": dt.date(2010, 1, 1)}, "tmt"),
        ({"tmt": dt.date(2009, 12, 1)}, "tmt"),
        ({"sk_tanggal": dt.date(2026, 11, 26)}, "sk_tanggal"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_written(add, changes, kolom):
    before = RiwayatPangkat.objects.count()

    with pytest.raises(DomainError) as refused:
        add(**changes, is_diperiksa=True)

    assert refused.value.kolom == kolom
    assert RiwayatPangkat.objects.count() == before
    assert not Event.objects.filter(kind="pangkat.tambah").exists()


@pytest.mark.parametrize(
    ("changes", "kode"),
    [
        ({"golongan_kode": "II/d"}, "urutan_naik"),
        ({"golongan_kode": "III/c"}, "satu_tingkat"),
        ({"masa_kerja_bulan": 50}, "masa_kerja"),
    ],
)
def test_what_is_odd_is_recorded_only_after_a_person_checked_it(add, changes, kode):
    if golongan := changes.pop("golongan_kode", None):
        changes["golongan"] = Golongan.objects.get(pk=golongan)

    with pytest.raises(NeedsConfirmationError) as asked:
        add(**changes)

    assert kode in [alasan.kode for alasan in asked.value.peringatan]
    assert add(**changes, is_diperiksa=True).pk


def test_golongan_of_the_other_scale_is_refused(add):
    with pytest.raises(DomainError, match="bukan golongan PNS"):
        add(golongan=Golongan.objects.get(pk="IX"))


def test_failure_takes_the_stored_file_away(add):
    berkas = SimpleUploadedFile("sk.png", PNG, "image/png")
    stored_before = set(_stored())

    with pytest.raises(DomainError):
        add(berkas=berkas, tmt=dt.date(2010, 1, 1))

    assert not BerkasArsip.objects.exists()
    assert set(_stored()) == stored_before


def test_program_named_pdf_is_refused(add):
    berkas = SimpleUploadedFile("sk.pdf", b"MZ" + b"\0" * 200, "application/pdf")

    with pytest.raises(DomainError, match="program"):
        add(berkas=berkas)


def test_nobody_keeps_their_own_record(add, pegawai):
    grant = make_user(Role.VERIFIKATOR)
    pegawai.user = grant
    pegawai.save(update_fields=["user"])

    with pytest.raises(DomainError) as refused:
        add(by=grant)

    assert refused.value.kode == "data_sendiri"


def test_clerk_of_another_unit_is_refused(add, kantor):
    stranger = make_user(Role.PENGELOLA_OPD, kantor.dinas_lain)

    with pytest.raises(DomainError) as refused:
        add(by=stranger)

    assert refused.value.kode == "luar_lingkup"


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.KEPALA_BADAN, Role.ADMIN])
def test_roles_that_only_read_are_refused(add, role):
    with pytest.raises(DomainError):
        add(by=make_user(role))


def test_correction_cites_the_old_row_which_stays(riwayat, pegawai, pengelola):
    baru = correct_riwayat(
        jenis=PANGKAT,
        riwayat=riwayat,
        data=data(sk_nomor="823/2/CONTOH"),
        alasan="Nomor SK salah ketik",
        berkas=None,
        by=pengelola.user,
        per_tanggal=HARI_INI,
    )

    riwayat.refresh_from_db()
    assert baru.mengoreksi == riwayat
    assert riwayat.dibatalkan_oleh.alasan == "Nomor SK salah ketik"
    assert riwayat.sk_nomor == "823/1/CONTOH"
    assert pegawai.riwayatpangkat_set.berlaku().count() == 2
    event = Event.objects.get(kind="pangkat.koreksi")
    assert event.changes == {"sk_nomor": ["823/1/CONTOH", "823/2/CONTOH"]}
    assert event.reason == "Nomor SK salah ketik"


def test_cancelled_row_gives_way_to_the_one_before(riwayat, pegawai, pengelola):
    cancel_riwayat(
        jenis=PANGKAT,
        riwayat=riwayat,
        alasan="Milik orang lain",
        by=pengelola.user,
        per_tanggal=HARI_INI,
    )

    pegawai.keadaan.refresh_from_db()
    assert pegawai.keadaan.golongan_id == "III/a"
    assert Event.objects.get(kind="pangkat.batal").reason == "Milik orang lain"


def test_second_of_two_people_is_told_and_overwrites_nothing(riwayat, pengelola):
    arguments = {
        "jenis": PANGKAT,
        "riwayat": riwayat,
        "by": pengelola.user,
        "per_tanggal": HARI_INI,
    }
    cancel_riwayat(**arguments, alasan="Pertama")

    with pytest.raises(StaleDataError):
        cancel_riwayat(**arguments, alasan="Kedua")

    riwayat.refresh_from_db()
    assert riwayat.dibatalkan_oleh.alasan == "Pertama"
    assert Event.objects.filter(kind="pangkat.batal").count() == 1


def _stored(folder: str = ""):
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    yield from (f"{folder}/{name}" for name in files)
    for name in folders:
        yield from _stored(f"{folder}/{name}" if folder else name)
