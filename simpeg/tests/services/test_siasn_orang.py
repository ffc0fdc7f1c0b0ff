"""What an export does to people, new ones and those we hold."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from bkpsdmd.accounts.tests.factories import UserFactory
from bkpsdmd.audit.models import Event
from bkpsdmd.audit.presenters import describe
from bkpsdmd.documents.models import get_kantor
from simpeg.models import (
    BerkasMasuk,
    Jabatan,
    JenisUnit,
    Pegawai,
    RiwayatJabatan,
    RiwayatKedudukan,
    RiwayatPangkat,
    Rombongan,
    UnitKerja,
)
from simpeg.selectors.keadaan import list_keadaan
from simpeg.tests.factories import (
    PegawaiFactory,
    RiwayatJabatanFactory,
    RiwayatKedudukanFactory,
    RiwayatPangkatFactory,
)
from simpeg.tests.siasn.ekspor import get_orang, make_baris

pytestmark = pytest.mark.django_db

HARI_INI = dt.date(2026, 11, 25)


def kode(hasil: dict[str, Any]) -> list[str]:
    return [satu["kode"] for satu in hasil["catatan"]]


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
