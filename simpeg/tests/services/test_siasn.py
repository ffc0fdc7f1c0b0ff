"""An export examined, mended and applied; each rule of it on people of its own."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from bkpsdmd.accounts.models import User
from bkpsdmd.accounts.roles import Role
from bkpsdmd.accounts.tests.factories import UserFactory
from bkpsdmd.audit.models import Event
from bkpsdmd.audit.presenters import describe
from bkpsdmd.documents.models import get_kantor
from bkpsdmd.exceptions import DomainError, StaleDataError
from bkpsdmd.jobs.models import Job
from simpeg.models import (
    BarisMasuk,
    BerkasMasuk,
    Jabatan,
    JenisUnit,
    KeadaanPegawai,
    Pegawai,
    RiwayatJabatan,
    RiwayatKedudukan,
    RiwayatPangkat,
    Rombongan,
    UnitKerja,
)
from simpeg.selectors.keadaan import list_keadaan, load_himpunan
from simpeg.services import siasn
from simpeg.services.keadaan import build_keadaan, refresh_keadaan
from simpeg.tests.actors import Kantor
from simpeg.tests.factories import (
    PegawaiFactory,
    PemberianPeranFactory,
    RiwayatJabatanFactory,
    RiwayatKedudukanFactory,
    RiwayatPangkatFactory,
)
from simpeg.tests.siasn.ekspor import Baris, make_baris, write_csv, write_xlsx

pytestmark = pytest.mark.django_db

DATA = Path(__file__).parents[1] / "data"
CONTOH = DATA / "siasn_export_contoh.csv"
DIHARAPKAN = json.loads((DATA / "siasn_export_contoh.expected.json").read_text())
HARI_INI = dt.date(2026, 11, 25)
Impor = Callable[..., dict[str, Any]]


@pytest.fixture
def impor(tmp_path: Path) -> Impor:
    """Return a function that imports rows (or a file as it is) at once."""

    def run(*rows: Baris, isi: bytes | None = None, **kwargs: Any) -> dict[str, Any]:
        path = tmp_path / "ekspor.csv"
        path.write_bytes(isi if isi is not None else write_csv(rows))
        return siasn.import_file(path, **{"per_tanggal": HARI_INI, **kwargs})

    return run


@pytest.fixture
def verifikator(kantor: Kantor) -> User:
    return kantor.user_for(Role.VERIFIKATOR)


def kode(hasil: dict[str, Any]) -> list[str]:
    return [satu["kode"] for satu in hasil["catatan"]]


def get_orang(n: int = 0) -> Pegawai:
    return Pegawai.objects.get(siasn_id=make_baris(n)["PNS ID"])


def count_rows() -> dict[str, int]:
    from django.apps import apps

    return {
        model.__name__: model._default_manager.count()
        for app in ("simpeg", "accounts", "audit", "jobs")
        for model in apps.get_app_config(app).get_models()
    }


# -- The sample -----------------------------------------------------------------------


def test_sample_is_judged_exactly_as_expected():
    hasil = siasn.import_file(CONTOH, per_tanggal=HARI_INI)

    tingkat = {
        t: {str(c["baris"]) for c in hasil["catatan"] if c["tingkat"] == t}
        for t in ("galat", "peringatan")
    }
    assert tingkat["galat"] == set(DIHARAPKAN["rejected"])
    assert set(DIHARAPKAN["warned"]) <= tingkat["peringatan"]
    assert hasil["baris"] == DIHARAPKAN["rows"]
    assert hasil["baru"] == DIHARAPKAN["accepted"] == Pegawai.objects.count()
    assert hasil["ditolak"] == len(DIHARAPKAN["rejected"])
    assert (hasil["berubah"], hasil["sama"]) == (0, 0)


def test_sample_twice_changes_and_writes_nothing():
    siasn.import_file(CONTOH, per_tanggal=HARI_INI)
    before, versi = count_rows(), set(Pegawai.objects.values_list("pk", "versi"))

    hasil = siasn.import_file(CONTOH, per_tanggal=HARI_INI + dt.timedelta(days=1))

    assert (hasil["baru"], hasil["berubah"], hasil["sama"]) == (0, 0, 284)
    assert count_rows() == before
    assert set(Pegawai.objects.values_list("pk", "versi")) == versi


def test_sample_leaves_the_state_that_the_riwayat_tell():
    siasn.import_file(CONTOH, per_tanggal=HARI_INI)

    ids = list(Pegawai.objects.values_list("pk", flat=True))
    kolom = [f.attname for f in KeadaanPegawai._meta.concrete_fields]
    stored = {row.pk: row for row in KeadaanPegawai.objects.all()}
    assert set(stored) == set(ids)
    for himpunan in load_himpunan(ids):
        derived = build_keadaan(himpunan, HARI_INI)
        row = stored[himpunan.pegawai.pk]
        assert [getattr(row, k) for k in kolom] == [getattr(derived, k) for k in kolom]


def test_sample_keeps_formula_markup_and_long_text_as_plain_text():
    siasn.import_file(CONTOH, per_tanggal=HARI_INI)

    formula = '=HYPERLINK("http://example.invalid","klik")'
    assert Pegawai.objects.filter(nama=formula).count() == 2
    assert Pegawai.objects.filter(alamat__contains="<").count() == 2
    panjang = [len(a) for a in Pegawai.objects.values_list("alamat", flat=True)]
    assert sorted(panjang)[-2:] == [4799, 4799]  # the file ends them with a space


def test_trial_writes_nothing():
    before = count_rows()

    hasil = siasn.import_file(CONTOH, per_tanggal=HARI_INI, is_coba=True)

    assert hasil["baru"] == 284
    assert count_rows() == before


# -- A new person ---------------------------------------------------------------------


def test_new_person_gets_riwayat_unit_and_account(impor):
    hasil = impor(make_baris(0))

    assert (hasil["baru"], hasil["catatan"]) == (1, [])
    pegawai = get_orang()
    assert [
        (r.golongan_id, r.sumber, r.sk_nomor) for r in pegawai.riwayatpangkat_set.all()
    ] == [("III/a", "siasn", ""), ("III/a", "siasn", "813/0/CONTOH")]
    jabatan = pegawai.riwayatjabatan_set.get()
    assert jabatan.unit_kerja.kode == "UN000"
    assert jabatan.unit_kerja.opd.nama == "Dinas Contoh 0"
    assert jabatan.unit_kerja.opd.jenis == JenisUnit.OPD
    assert jabatan.jabatan.nama == "Pengelola Contoh 0"
    assert pegawai.riwayatpendidikan_set.get().nama == "S-1 Contoh 0"
    assert pegawai.riwayatkedudukan_set.get().tmt == pegawai.tmt_cpns
    assert pegawai.user.username == pegawai.nip
    assert not pegawai.user.has_usable_password()
    assert not pegawai.user.has_usable_password()


def test_pppk_has_one_golongan(impor):
    impor(make_baris(4))

    assert get_orang(4).riwayatpangkat_set.get().golongan_id == "IX"


def test_events_tell_of_each_person_and_of_the_file_in_one_batch(impor):
    impor(make_baris(0), make_baris(1))

    berkas = Event.objects.get(kind="siasn.terapkan")
    assert describe(berkas) == "Sistem menerapkan impor SIASN ekspor.csv"
    assert berkas.changes["baru"] == [None, 2]
    for n in (0, 1):
        pegawai = get_orang(n)
        event = Event.objects.get(kind="pegawai.impor", object_id=str(pegawai.pk))
        assert event.batch == berkas.batch == str(Rombongan.objects.get().pk)
        assert event.subject_id == str(pegawai.pk)
        assert event.changes["nama"] == [None, pegawai.nama]
        assert event.changes["nik"] == [None, None]
        assert describe(event) == f"Sistem mengimpor data {pegawai} dari SIASN"
    assert Event.objects.filter(kind="akun.buat", batch=berkas.batch).count() == 2


def test_retired_person_gets_no_account(impor):
    impor(make_baris(0, **{"KEDUDUKAN HUKUM ID": "99"}))

    assert get_orang().user is None
    assert not get_orang().keadaan.is_aktif


def test_account_made_before_is_linked(impor):
    nip = make_baris(0)["NIP BARU"].strip("'")
    user = UserFactory(username=nip)

    impor(make_baris(0))

    assert get_orang().user == user


def test_units_are_made_once_and_found_again(impor):
    impor(
        make_baris(0), make_baris(240, **{"SATUAN KERJA KERJA NAMA": "DINAS  contoh 0"})
    )

    assert list(UnitKerja.objects.values_list("nama", flat=True)) == [
        get_kantor().nama_instansi,
        "Dinas Contoh 0",
        "Bagian 0 Dinas Contoh 0",
    ]


def test_existing_units_are_found_by_name_within_their_opd(impor, kantor):
    impor(
        make_baris(
            0,
            **{
                "UNOR ID": "",
                "UNOR NAMA": kantor.bidang.nama.upper(),
                "SATUAN KERJA KERJA NAMA": kantor.dinas.nama,
            },
        )
    )

    assert get_orang().keadaan.unit_kerja == kantor.bidang
    assert get_orang().keadaan.opd == kantor.dinas


def test_unit_that_is_the_opd_itself(impor, kantor):
    impor(
        make_baris(
            0,
            **{
                "UNOR ID": "X1",
                "UNOR NAMA": "Dinas Baru",
                "SATUAN KERJA KERJA NAMA": "Dinas Baru",
            },
        )
    )

    unit = get_orang().keadaan.unit_kerja
    assert (unit.jenis, unit.siasn_id, unit.nama) == (JenisUnit.OPD, "X1", "Dinas Baru")


def test_unit_without_an_opd_waits_in_a_place_of_its_own(impor):
    hasil = impor(make_baris(0, **{"SATUAN KERJA KERJA NAMA": ""}))

    assert kode(hasil) == ["opd_kosong"]
    assert get_orang().keadaan.opd.nama == "Belum ditempatkan"
    assert kode(impor(make_baris(0, **{"SATUAN KERJA KERJA NAMA": ""}))) == []


def test_functional_post_of_the_siasn_list_brings_jenjang_and_age_limit(impor):
    daftar = Jabatan.objects.get(nama="Adikara Siaran Madya")

    impor(
        make_baris(
            0,
            **{
                "JENIS JABATAN ID": "2",
                "JABATAN ID": daftar.siasn_id,
                "JABATAN NAMA": daftar.nama,
            },
        )
    )

    keadaan = get_orang().keadaan
    assert keadaan.jabatan == daftar
    assert keadaan.kelompok_jabatan == "jf"
    assert (
        keadaan.tanggal_bup.year - keadaan.tanggal_lahir.year == daftar.usia_bup == 60
    )


def test_first_structural_post_named_with_a_unit_leads_it(impor):
    kepala = {
        "JENIS JABATAN ID": "1",
        "ESELON ID": "22",
        "UNOR ID": "D1",
        "UNOR NAMA": "Dinas Contoh 0",
        "SATUAN KERJA KERJA NAMA": "Dinas Contoh 0",
    }

    impor(
        make_baris(0, **kepala, **{"JABATAN ID": "", "JABATAN NAMA": "Kepala Dinas"}),
        make_baris(
            1, **kepala, **{"JABATAN ID": "", "JABATAN NAMA": "Sekretaris Dinas"}
        ),
    )

    satu, dua = (get_orang(n).keadaan.jabatan for n in (0, 1))
    assert satu.unit_kerja.kode == "D1"
    assert satu.eselon == "II.b"
    assert dua.unit_kerja is None
    hasil = impor(
        make_baris(0, **kepala, **{"JABATAN ID": "", "JABATAN NAMA": "Kepala Dinas"}),
        make_baris(
            1, **kepala, **{"JABATAN ID": "", "JABATAN NAMA": "Sekretaris Dinas"}
        ),
    )
    assert hasil["sama"] == 2


# -- A person we hold -----------------------------------------------------------------


def test_only_what_differs_is_written(impor):
    impor(make_baris(0), make_baris(1))

    hasil = impor(make_baris(0, ALAMAT="Jl. Baru 1"), make_baris(1))

    assert (hasil["berubah"], hasil["sama"]) == (1, 1)
    assert get_orang(0).alamat == "Jl. Baru 1"
    assert (get_orang(0).versi, get_orang(1).versi) == (2, 1)
    event = Event.objects.filter(kind="pegawai.impor").latest("pk")
    assert event.changes == {"alamat": [None, None]}


def test_empty_cell_leaves_ours(impor):
    impor(make_baris(0))

    hasil = impor(make_baris(0, ALAMAT="null", NIK=""))

    assert hasil["sama"] == 1
    assert get_orang().alamat == make_baris(0)["ALAMAT"]


def test_person_found_by_nip_gets_the_pns_id(impor, kantor):
    pegawai = PegawaiFactory()

    impor(
        make_baris(
            0,
            **{
                "NIP BARU": pegawai.nip,
                "TANGGAL LAHIR": "",
                "NIK": "",
                "TMT CPNS": "",
                "JENIS KELAMIN": "M",
            },
        )
    )

    pegawai.refresh_from_db()
    assert pegawai.siasn_id == make_baris(0)["PNS ID"]


def test_other_pns_id_for_a_nip_is_noted_and_ours_kept(impor):
    impor(make_baris(0))

    hasil = impor(make_baris(0, **{"PNS ID": "LAIN"}))

    assert kode(hasil) == ["pns_id_berbeda"]
    assert hasil["sama"] == 1


def test_corrected_nip_follows_the_pns_id_and_renames_the_account(impor):
    impor(make_baris(0))
    lama = get_orang()
    nip = lama.nip[:-3] + "777"

    hasil = impor(make_baris(0, **{"NIP BARU": nip}))

    assert kode(hasil) == ["nip_berubah"]
    baru = get_orang()
    assert (baru.pk, baru.nip, baru.user.username) == (lama.pk, nip, nip)


def test_pns_id_and_nip_of_two_people_is_refused(impor):
    impor(make_baris(0), make_baris(1))

    hasil = impor(
        make_baris(
            0,
            **{
                "NIP BARU": make_baris(1)["NIP BARU"],
                "TANGGAL LAHIR": "",
                "JENIS KELAMIN": "",
                "NIK": "",
                "TMT CPNS": "",
            },
        )
    )

    assert "orang_berbeda" in kode(hasil)
    assert hasil["ditolak"] == 1


def test_pns_id_of_a_pppk_on_a_pns_is_refused(impor):
    impor(make_baris(4))

    hasil = impor(make_baris(0, **{"PNS ID": make_baris(4)["PNS ID"]}))

    assert kode(hasil) == ["jenis_asn_berganti"]


def test_two_rows_for_one_person_under_two_nip_are_refused(impor):
    impor(make_baris(0))
    nip = make_baris(0)["NIP BARU"]

    hasil = impor(
        make_baris(0, **{"NIP BARU": nip[:-3] + "777"}), make_baris(0, **{"PNS ID": ""})
    )

    assert [c["baris"] for c in hasil["catatan"] if c["kode"] == "orang_ganda"] == [3]


def test_same_nik_on_another_person_is_noted(impor):
    impor(make_baris(0))

    hasil = impor(make_baris(2, NIK=make_baris(0)["NIK"]))

    assert "nik_ganda" in kode(hasil)
    assert hasil["baru"] == 1


@pytest.mark.parametrize(
    ("kolom", "kode_"), [("NIP BARU", "nip_ganda"), ("PNS ID", "pns_id_ganda")]
)
def test_later_row_with_the_same_number_is_refused(impor, kolom, kode_):
    hasil = impor(
        make_baris(0), make_baris(5), make_baris(10, **{kolom: make_baris(0)[kolom]})
    )

    galat = [c for c in hasil["catatan"] if c["tingkat"] == "galat"]
    assert [(c["baris"], c["kode"]) for c in galat] == [(4, kode_)]
    assert "baris 2" in galat[0]["pesan"]
    assert (hasil["baru"], hasil["ditolak"]) == (2, 1)


def test_refused_row_changes_nothing(impor):
    impor(make_baris(0))
    before = Pegawai.objects.values().get()

    hasil = impor(
        make_baris(0, ALAMAT="Baru", **{"GOL AKHIR ID": "", "GOL AKHIR NAMA": "VI/z"})
    )

    assert hasil["ditolak"] == 1
    assert Pegawai.objects.values().get() == before


def test_people_missing_from_the_file_stay(impor):
    impor(make_baris(0), make_baris(1))

    impor(make_baris(0, ALAMAT="Baru"))

    assert Pegawai.objects.count() == 2
    assert BerkasMasuk.objects.latest("pk").jumlah_tidak_ada == 1


# -- Riwayat --------------------------------------------------------------------------


NAIK = {"GOL AKHIR ID": "32", "GOL AKHIR NAMA": "III/b", "TMT GOLONGAN": "01-10-2026"}


def list_pangkat(pegawai: Pegawai) -> list[tuple[str, dt.date]]:
    rows = pegawai.riwayatpangkat_set.berlaku().order_by("tmt")
    return list(rows.values_list("golongan_id", "tmt"))


def test_other_golongan_with_a_later_tmt_is_added(impor):
    impor(make_baris(0))
    before = list_pangkat(get_orang())

    hasil = impor(make_baris(0, **NAIK))

    assert (hasil["berubah"], kode(hasil)) == (1, [])
    assert list_pangkat(get_orang()) == [*before, ("III/b", dt.date(2026, 10, 1))]
    assert get_orang().keadaan.golongan_id == "III/b"
    assert get_orang().versi == 1


def test_manual_golongan_on_the_same_tmt_is_left_for_a_person(impor):
    impor(make_baris(0))
    RiwayatPangkatFactory(
        pegawai=get_orang(), golongan_id="III/c", tmt=dt.date(2026, 10, 1)
    )

    hasil = impor(make_baris(0, **NAIK))

    assert kode(hasil) == ["beda_dengan_catatan"]
    assert "III/c TMT 01-10-2026" in hasil["catatan"][0]["pesan"]
    assert "III/b TMT 01-10-2026" in hasil["catatan"][0]["pesan"]
    assert hasil["sama"] == 1
    assert get_orang().keadaan.golongan_id == "III/c"


def test_siasn_may_correct_its_own_golongan_by_a_new_row(impor):
    impor(make_baris(0, **NAIK))
    lama = RiwayatPangkat.objects.get(golongan_id="III/b")

    hasil = impor(
        make_baris(0, **{**NAIK, "GOL AKHIR ID": "33", "GOL AKHIR NAMA": "III/c"})
    )

    assert (hasil["berubah"], kode(hasil)) == (1, [])
    baru = RiwayatPangkat.objects.get(golongan_id="III/c")
    lama.refresh_from_db()
    assert baru.mengoreksi == lama
    assert "SIASN" in lama.dibatalkan_oleh.alasan
    assert get_orang().keadaan.golongan_id == "III/c"
    assert list_keadaan([get_orang().pk], HARI_INI)[0].pangkat == baru


def test_golongan_older_than_ours_is_noted(impor):
    impor(make_baris(0))
    RiwayatPangkatFactory(
        pegawai=get_orang(), golongan_id="III/d", tmt=dt.date(2026, 11, 1)
    )

    hasil = impor(make_baris(0))

    assert kode(hasil) == ["siasn_lebih_lama"]
    assert hasil["sama"] == 1


def test_same_golongan_with_another_tmt_is_noted(impor):
    impor(make_baris(1))

    hasil = impor(make_baris(1, **{"TMT GOLONGAN": "01-10-2025"}))

    assert kode(hasil) == ["beda_dengan_catatan"]
    assert hasil["sama"] == 1


def test_other_masa_kerja_on_the_same_golongan_is_noted(impor):
    impor(make_baris(1))

    sekian = int(make_baris(1)["MK TAHUN"]) + 1
    hasil = impor(make_baris(1, **{"MK TAHUN": str(sekian)}))

    assert kode(hasil) == ["beda_dengan_catatan"]
    assert hasil["catatan"][0]["kolom"] == "mk_tahun"


def test_first_golongan_is_not_added_where_ours_has_it(impor, kantor):
    pegawai = PegawaiFactory(di=kantor.bidang)
    baris = make_baris(
        0,
        **{
            "NIP BARU": pegawai.nip,
            "TANGGAL LAHIR": f"{pegawai.tanggal_lahir:%d-%m-%Y}",
            "JENIS KELAMIN": "M",
            "NIK": "",
            "TMT CPNS": "01-01-2010",
            "TMT GOLONGAN": "01-04-2024",
            "GOL AKHIR ID": "34",
            "GOL AKHIR NAMA": "III/d",
            "MK TAHUN": "14",
        },
    )

    impor(baris)

    assert list_pangkat(pegawai) == [
        ("III/a", dt.date(2010, 1, 1)),
        ("III/d", dt.date(2024, 4, 1)),
    ]


def test_later_jabatan_is_added_and_moves_the_person(impor):
    impor(make_baris(0))

    hasil = impor(
        make_baris(
            0,
            **{
                "JABATAN ID": "JFU9",
                "JABATAN NAMA": "Analis",
                "TMT JABATAN": "01-09-2026",
                "UNOR ID": "UN9",
                "UNOR NAMA": "Bidang Baru",
            },
        )
    )

    assert hasil["berubah"] == 1
    keadaan = get_orang().keadaan
    assert keadaan.jabatan_nama == "Analis"
    assert keadaan.unit_kerja.nama == "Bidang Baru"
    assert keadaan.unit_path == keadaan.unit_kerja.path
    assert get_orang().riwayatjabatan_set.count() == 2


def test_manual_jabatan_on_the_same_tmt_is_left_for_a_person(impor, kantor):
    impor(make_baris(0))
    RiwayatJabatanFactory(
        pegawai=get_orang(), unit_kerja=kantor.bidang, tmt=dt.date(2026, 9, 1)
    )

    hasil = impor(make_baris(0, **{"TMT JABATAN": "01-09-2026"}))

    assert kode(hasil) == ["beda_dengan_catatan"]
    assert get_orang().keadaan.unit_kerja == kantor.bidang


def test_siasn_may_correct_its_own_jabatan(impor):
    impor(make_baris(0))

    impor(make_baris(0, **{"JABATAN ID": "JFU9", "JABATAN NAMA": "Analis"}))

    assert get_orang().riwayatjabatan_set.berlaku().get().jabatan.nama == "Analis"
    assert RiwayatJabatan.objects.filter(dibatalkan_oleh__isnull=False).count() == 1


def test_education_is_matched_by_level_and_year_or_name(impor):
    impor(make_baris(0))

    assert impor(make_baris(0, **{"TAHUN LULUS": ""}))["sama"] == 1
    assert impor(make_baris(0, **{"PENDIDIKAN NAMA": "s-1 CONTOH 0"}))["sama"] == 1
    impor(make_baris(0, **{"PENDIDIKAN NAMA": "S-1 Hukum"}))
    assert get_orang().riwayatpendidikan_set.berlaku().get().nama == "S-1 Hukum"
    impor(
        make_baris(
            0,
            **{
                "TINGKAT PENDIDIKAN ID": "45",
                "PENDIDIKAN NAMA": "S-2 Hukum",
                "TAHUN LULUS": "2020",
            },
        )
    )
    assert get_orang().riwayatpendidikan_set.berlaku().count() == 2


def test_changed_standing_starts_today_and_is_noted(impor):
    impor(make_baris(0))

    hasil = impor(make_baris(0, **{"KEDUDUKAN HUKUM ID": "99"}))

    assert kode(hasil) == ["kedudukan_tanpa_tmt"]
    row = RiwayatKedudukan.objects.get(kedudukan_id="99")
    assert row.tmt == HARI_INI
    assert not get_orang().keadaan.is_aktif


def test_manual_standing_is_left_for_a_person(impor):
    impor(make_baris(0))
    RiwayatKedudukanFactory(
        pegawai=get_orang(), kedudukan_id="99", tmt=dt.date(2026, 10, 1)
    )

    hasil = impor(make_baris(0))

    assert kode(hasil) == ["beda_dengan_catatan"]
    assert not get_orang().keadaan.is_aktif


# -- Files ----------------------------------------------------------------------------


@pytest.mark.parametrize("pemisah", [",", ";", "\t"])
@pytest.mark.parametrize("sandi", ["utf-8", "utf-8-sig", "cp1252"])
def test_every_way_an_office_saves_a_csv(impor, pemisah, sandi):
    isi = write_csv([make_baris(0, NAMA="Désirée Ñoño")], pemisah=pemisah, sandi=sandi)

    impor(isi=isi)

    assert get_orang().nama == "Désirée Ñoño"


def test_xlsx_with_typed_cells(impor):
    baris: dict[str, object] = dict(make_baris(0))
    lahir = dt.datetime.strptime(make_baris(0)["TANGGAL LAHIR"], "%d-%m-%Y")  # noqa: DTZ007
    baris |= {"TANGGAL LAHIR": lahir, "MK TAHUN": 12, "TAHUN LULUS": 1993}

    hasil = impor(isi=write_xlsx([baris]))

    assert (hasil["baru"], hasil["catatan"]) == (1, [])
    assert get_orang().tanggal_lahir == lahir.date()


def test_nip_in_a_number_cell_of_xlsx_is_refused(impor):
    baris: dict[str, object] = dict(make_baris(0))
    baris["NIP BARU"] = int(make_baris(0)["NIP BARU"].strip("'"))

    assert kode(impor(isi=write_xlsx([baris]))) == ["nip_jadi_angka"]


def test_rows_are_counted_as_a_person_sees_them(impor):
    isi = write_csv([make_baris(0), make_baris(1, NAMA="")]).replace(
        b"\r\n", b"\r\n\r\n", 1
    )

    hasil = impor(isi=isi)

    assert [c["baris"] for c in hasil["catatan"]] == [4]


@pytest.mark.parametrize(
    ("isi", "kata"),
    [
        (b"", "kosong"),
        (b"PK\x03\x04rusak", "rusak"),
        (b"%PDF-1.7\n...", "PDF"),
        (b"MZ\x90\x00" + b"\x00" * 60, "program"),
        (b"nama saja\r\n", "bukan tabel"),
        (b"A,B\r\n1,2\r\n", "NIP BARU"),
    ],
)
def test_what_is_no_export_is_refused_in_words(impor, isi, kata):
    before = count_rows()

    with pytest.raises(DomainError) as error:
        impor(isi=isi)

    assert kata in error.value.pesan
    assert count_rows() == before


def test_file_with_a_heading_alone_is_refused(impor):
    isi = write_csv([make_baris(0)]).splitlines(keepends=True)[0]

    with pytest.raises(DomainError) as error:
        impor(isi=isi)

    assert error.value.kode == "berkas_kosong"


def test_demo_portal_refuses_unless_told(impor):
    _make_demo()

    with pytest.raises(DomainError) as error:
        impor(make_baris(0))
    assert error.value.kode == "portal_contoh"

    assert impor(make_baris(0), is_ke_contoh=True)["baru"] == 1


def _make_demo() -> None:
    from django.core.cache import cache

    from bkpsdmd.documents.models import PengaturanKantor

    kantor = get_kantor()
    kantor.is_contoh = True
    kantor.save()
    cache.clear()
    assert PengaturanKantor.objects.get().is_contoh


# -- Step by step ---------------------------------------------------------------------


def upload(verifikator: User, *rows: Baris) -> BerkasMasuk:
    return siasn.upload_impor(
        berkas=ContentFile(write_csv(rows)), nama="ekspor.csv", by=verifikator
    )


def examine(impor: BerkasMasuk) -> BerkasMasuk:
    return siasn.examine_impor(impor_id=impor.pk, per_tanggal=HARI_INI)


def apply(impor: BerkasMasuk, by: User) -> BerkasMasuk:
    return siasn.apply_impor(impor_id=impor.pk, by=by, per_tanggal=HARI_INI)


@pytest.fixture
def siap(verifikator: User) -> BerkasMasuk:
    """Three rows examined: one new, one with a warning, one refused."""
    return examine(
        upload(
            verifikator,
            make_baris(0),
            make_baris(1, NPWP=""),
            make_baris(2, **{"GOL AKHIR ID": "99", "GOL AKHIR NAMA": "VI/z"}),
        )
    )


def test_upload_keeps_the_file_privately_and_asks_for_the_examination(verifikator):
    impor = upload(verifikator, make_baris(0))

    assert impor.status == "diunggah"
    assert "ekspor" not in impor.berkas.name
    assert Job.objects.get(pk=impor.job_id).params == {"impor": impor.pk}
    assert Event.objects.filter(kind="siasn.unggah", actor=verifikator).count() == 1


def test_upload_refuses_a_file_without_the_columns_at_once(verifikator):
    with pytest.raises(DomainError) as error:
        siasn.upload_impor(
            berkas=ContentFile(b"A,B\r\n1,2"), nama="x.csv", by=verifikator
        )

    assert error.value.kode == "kolom_kurang"
    assert BerkasMasuk.objects.count() == 0


def test_examination_stores_rows_and_figures_and_nothing_else(siap):
    assert siap.status == "siap"
    siap.refresh_from_db()
    assert (siap.jumlah_baris, siap.jumlah_baru, siap.jumlah_ditolak) == (3, 2, 1)
    assert Pegawai.objects.filter(siasn_id__isnull=False).count() == 0
    baris = siap.baris_set.get(nomor=4)
    assert baris.hasil == "ditolak"
    assert baris.catatan[0]["kode"] == "golongan_tidak_dikenal"
    assert siap.baris_set.get(nomor=2).perubahan["nama"] == [None, "Pegawai Contoh 0"]


def test_examination_again_changes_nothing(siap):
    before = list(siap.baris_set.values_list("pk", flat=True))

    examine(siap)

    assert list(siap.baris_set.values_list("pk", flat=True)) == before


def test_examination_that_was_killed_starts_over(siap):
    siap.status = "diunggah"
    siap.save()

    examine(siap)

    assert siap.baris_set.count() == 3


def test_unreadable_file_ends_the_import_with_the_reason(verifikator):
    impor = upload(verifikator, make_baris(0))
    with impor.berkas.storage.open(impor.berkas.name, "wb") as handle:
        handle.write(b"PK\x03\x04rusak")

    impor = examine(impor)

    assert impor.status == "ditolak"
    assert "rusak" in impor.pesan


def test_applying_writes_the_accepted_rows(siap, verifikator):
    apply(siap, verifikator)

    siap.refresh_from_db()
    assert siap.status == "diterapkan"
    assert get_orang(0).created_at
    assert siap.baris_set.get(nomor=2).pegawai == get_orang(0)
    assert Event.objects.get(kind="siasn.terapkan").actor == verifikator


def test_applying_twice_changes_nothing(siap, verifikator):
    apply(siap, verifikator)
    before = count_rows()

    apply(siap, verifikator)

    assert count_rows() == before


def test_killed_in_the_midst_of_writing_leaves_nothing_and_runs_again(
    siap, verifikator, monkeypatch
):
    before = count_rows()

    def killed(*args: Any, **kwargs: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(siasn, "_link_baru", killed)
        with pytest.raises(KeyboardInterrupt):
            apply(siap, verifikator)
    assert count_rows() == before

    apply(siap, verifikator)
    assert Pegawai.objects.filter(siasn_id__isnull=False).count() == 2


def test_difference_that_nobody_looked_at_is_not_applied(siap, verifikator):
    PegawaiFactory(nip=make_baris(0)["NIP BARU"].strip("'"), nama="Sudah Ada")
    before = Pegawai.objects.count()

    with pytest.raises(DomainError) as error:
        apply(siap, verifikator)

    assert error.value.kode == "perbedaan_berubah"
    siap.refresh_from_db()
    assert (siap.status, siap.jumlah_baru, siap.jumlah_berubah) == ("siap", 1, 1)
    assert Pegawai.objects.count() == before
    assert siap.baris_set.get(nomor=2).perubahan["nama"][0] == "Sudah Ada"

    apply(siap, verifikator)
    assert (
        Pegawai.objects.get(siasn_id=make_baris(0)["PNS ID"]).nama == "Pegawai Contoh 0"
    )


def test_record_changed_while_the_rows_are_prepared_is_not_overwritten(
    verifikator, monkeypatch
):
    apply(examine(upload(verifikator, make_baris(0))), verifikator)
    impor = examine(upload(verifikator, make_baris(0, ALAMAT="Baru")))
    prepare = siasn.prepare

    def prepare_slowly(*args: Any, **kwargs: Any) -> Any:
        siap = prepare(*args, **kwargs)
        Pegawai.objects.filter(pk=get_orang().pk).update(versi=9, nama="Diubah Rekan")
        return siap

    monkeypatch.setattr(siasn, "prepare", prepare_slowly)
    with pytest.raises((StaleDataError, DomainError)):
        apply(impor, verifikator)

    assert get_orang().alamat != "Baru"


def test_riwayat_added_while_the_rows_are_prepared_stops_the_writing(
    verifikator, monkeypatch
):
    apply(examine(upload(verifikator, make_baris(0))), verifikator)
    impor = examine(upload(verifikator, make_baris(0, ALAMAT="Baru")))
    prepare, kali = siasn.prepare, []

    def prepare_once_slowly(*args: Any, **kwargs: Any) -> Any:
        siap = prepare(*args, **kwargs)
        if not kali:
            RiwayatJabatanFactory(pegawai=get_orang(), tmt=dt.date(2026, 1, 1))
        kali.append(1)
        return siap

    monkeypatch.setattr(siasn, "prepare", prepare_once_slowly)
    apply(impor, verifikator)

    assert len(kali) == 2
    pegawai = get_orang()
    assert pegawai.alamat == "Baru"
    assert pegawai.keadaan.tmt_jabatan == dt.date(2026, 1, 1)


def test_one_nip_registered_meanwhile_stops_the_writing(siap, verifikator, monkeypatch):
    prepare, kali = siasn.prepare, []

    def prepare_once_slowly(*args: Any, **kwargs: Any) -> Any:
        hasil = prepare(*args, **kwargs)
        if not kali:
            UserFactory(username=make_baris(0)["NIP BARU"].strip("'"))
        kali.append(1)
        return hasil

    monkeypatch.setattr(siasn, "prepare", prepare_once_slowly)
    apply(siap, verifikator)

    assert len(kali) == 2
    assert User.objects.filter(username=get_orang().nip).count() == 1
    assert get_orang().user.username == get_orang().nip


def test_second_to_apply_is_told_of_the_first(siap, verifikator):
    siasn.request_terap(impor=siap, by=verifikator)

    with pytest.raises(DomainError) as error:
        siasn.request_terap(impor=siap, by=verifikator)
    assert error.value.kode == "sedang_diterapkan"

    Job.objects.filter(kind=siasn.JOB_TERAP).update(state="gagal")
    siasn.request_terap(impor=siap, by=verifikator)
    apply(siap, verifikator)
    with pytest.raises(DomainError) as error:
        siasn.request_terap(impor=siap, by=verifikator)
    assert "sudah diterapkan" in error.value.pesan


def test_nothing_to_apply_is_not_applied(verifikator):
    impor = examine(upload(verifikator, make_baris(0, NAMA="")))

    with pytest.raises(DomainError, match="Tidak ada perubahan"):
        siasn.request_terap(impor=impor, by=verifikator)


def test_cancelled_import_cannot_be_applied(siap, verifikator):
    siasn.cancel_impor(impor=siap, by=verifikator)

    with pytest.raises(DomainError, match="dibatalkan"):
        apply(siap, verifikator)
    assert Event.objects.filter(kind="siasn.batal").count() == 1
    with pytest.raises(DomainError, match="dibatalkan"):
        siasn.cancel_impor(impor=siap, by=verifikator)


def test_import_under_way_cannot_be_cancelled(siap, verifikator):
    siasn.request_terap(impor=siap, by=verifikator)

    with pytest.raises(DomainError) as error:
        siasn.cancel_impor(impor=siap, by=verifikator)
    assert error.value.kode == "sedang_diterapkan"


def test_upload_cancelled_while_it_is_examined_stays_cancelled(verifikator):
    impor = upload(verifikator, make_baris(0))
    siasn.cancel_impor(impor=impor, by=verifikator)

    examine(impor)

    impor.refresh_from_db()
    assert impor.status == "dibatalkan"


def test_broken_off_examination_can_be_asked_for_again(verifikator):
    impor = upload(verifikator, make_baris(0))
    with pytest.raises(DomainError):
        siasn.request_periksa(impor=impor, by=verifikator)
    Job.objects.update(state="gagal")

    job = siasn.request_periksa(impor=impor, by=verifikator)

    impor.refresh_from_db()
    assert impor.job_id == job.pk


# -- Mending --------------------------------------------------------------------------


def mend(baris: BarisMasuk, by: User, **sel: str) -> BarisMasuk:
    return siasn.mend_baris(
        baris=baris,
        sidik=siasn.fingerprint(baris),
        sel=sel,
        by=by,
        per_tanggal=HARI_INI,
    )


def test_mended_row_is_judged_again_and_counted(siap, verifikator):
    baris = mend(
        siap.baris_set.get(nomor=4),
        verifikator,
        gol_akhir_id="33",
        gol_akhir_nama="III/c",
    )

    assert baris.hasil == "baru"
    siap.refresh_from_db()
    assert (siap.jumlah_baru, siap.jumlah_ditolak) == (3, 0)
    event = Event.objects.get(kind="siasn.perbaiki")
    assert event.changes == {
        "gol_akhir_id": ["99", "33"],
        "gol_akhir_nama": ["VI/z", "III/c"],
    }
    assert event.reason == "Baris 4"
    apply(siap, verifikator)
    assert get_orang(2).keadaan.golongan_id == "III/c"


def test_row_mended_wrongly_stays_refused_with_the_new_reason(siap, verifikator):
    baris = mend(siap.baris_set.get(nomor=4), verifikator, gol_akhir_nama="IX")

    assert baris.hasil == "ditolak"
    assert "“IX”" in baris.catatan[0]["pesan"]


def test_mended_nip_must_not_collide_with_an_accepted_row(verifikator):
    impor = examine(
        upload(verifikator, make_baris(0, **{"NIP BARU": "123"}), make_baris(5))
    )
    baris = impor.baris_set.get(nomor=2)

    baris = mend(baris, verifikator, nip_baru=make_baris(5)["NIP BARU"])

    assert "nip_ganda" in [satu["kode"] for satu in baris.catatan]
    assert "baris 3" in baris.catatan[-1]["pesan"]
    assert mend(baris, verifikator, nip_baru=make_baris(0)["NIP BARU"]).hasil == "baru"


def test_row_mended_by_a_colleague_meanwhile_is_not_overwritten(siap, verifikator):
    baris = siap.baris_set.get(nomor=4)
    sidik = siasn.fingerprint(baris)
    mend(baris, verifikator, gol_akhir_nama="IX")

    with pytest.raises(StaleDataError):
        siasn.mend_baris(
            baris=baris,
            sidik=sidik,
            sel={"gol_akhir_nama": "III/c"},
            by=verifikator,
            per_tanggal=HARI_INI,
        )


def test_only_faulty_cells_may_be_mended(siap, verifikator):
    with pytest.raises(KeyError):
        mend(siap.baris_set.get(nomor=4), verifikator, nama="Orang Lain")


def test_applied_import_is_not_mended(siap, verifikator):
    apply(siap, verifikator)

    with pytest.raises(DomainError, match="sudah diterapkan"):
        mend(siap.baris_set.get(nomor=4), verifikator, gol_akhir_nama="III/c")


# -- Who may, and how long ------------------------------------------------------------


def test_grant_for_a_part_of_the_office_is_not_enough(siap, kantor):
    sebagian = PemberianPeranFactory(
        user=UserFactory(), peran=Role.VERIFIKATOR.value, unit_kerja=kantor.dinas
    ).user

    for act in (
        lambda: upload(sebagian, make_baris(0)),
        lambda: siasn.request_terap(impor=siap, by=sebagian),
        lambda: siasn.cancel_impor(impor=siap, by=sebagian),
        lambda: apply(siap, sebagian),
        lambda: mend(siap.baris_set.get(nomor=4), sebagian, gol_akhir_nama="III/c"),
    ):
        with pytest.raises(DomainError) as error:
            act()
        assert error.value.kode == "luar_lingkup"


def test_old_rows_and_file_are_purged_and_the_figures_stay(siap):
    storage, name = siap.berkas.storage, siap.berkas.name
    batas = timezone.now() + dt.timedelta(seconds=1)

    assert siasn.purge_impor(before=batas) == 1

    siap.refresh_from_db()
    assert siap.baris_set.count() == 0
    assert (siap.jumlah_baris, siap.status, siap.berkas.name) == (3, "dibatalkan", "")
    assert not storage.exists(name)
    assert siasn.purge_impor(before=batas) == 0


def test_young_rows_are_kept(siap):
    assert siasn.purge_impor(before=timezone.now() - dt.timedelta(days=1)) == 0
    assert siap.baris_set.count() == 3


# -- Size -----------------------------------------------------------------------------


def test_queries_do_not_grow_with_the_rows(impor):
    def count(rows: list[Baris]) -> int:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(
            connection,
        ) as captured:
            impor(*rows)
        return len(captured)

    few = count([make_baris(n) for n in range(3)])
    many = count([make_baris(n) for n in range(10, 40)])

    assert many <= few + 2


def test_state_is_that_of_a_full_refresh(impor):
    impor(*[make_baris(n) for n in range(20)])
    kolom = [f.attname for f in KeadaanPegawai._meta.concrete_fields]
    before = list(KeadaanPegawai.objects.order_by("pk").values(*kolom))

    refresh_keadaan([row["pegawai_id"] for row in before], per_tanggal=HARI_INI)

    assert list(KeadaanPegawai.objects.order_by("pk").values(*kolom)) == before
