"""One fault a test; the row around it is sound."""

from datetime import date

import pytest

from simpeg.choices import JenisJabatan
from simpeg.siasn.baris import read_orang
from simpeg.siasn.orang import Acuan, DataPangkat

HARI_INI = date(2026, 11, 25)
ACUAN = Acuan(
    agama={"1": "Islam", "2": "Kristen"},
    kawin={"1": "Menikah"},
    pendidikan={"05": "SD", "40": "S-1/Sarjana"},
    kedudukan={"01": "Aktif", "99": "Pensiun"},
)
PNS = {
    "pns_id": "A1",
    "nip_baru": "198001152005012001",
    "nama": "Siti Aminah",
    "tanggal_lahir": "15-01-1980",
    "jenis_kelamin": "F",
    "agama_id": "1",
    "jenis_kawin_id": "1",
    "nik": "6307015501800001",
    "jenis_pegawai_id": "15",
    "kedudukan_hukum_id": "01",
    "status_cpns_pns": "P",
    "tmt_cpns": "01-01-2005",
    "tmt_pns": "01-01-2006",
    "gol_awal_id": "31",
    "gol_awal_nama": "III/a",
    "gol_akhir_id": "34",
    "gol_akhir_nama": "III/d",
    "tmt_golongan": "01-04-2021",
    "mk_tahun": "16",
    "mk_bulan": "3",
    "jenis_jabatan_id": "4",
    "jabatan_id": "J1",
    "jabatan_nama": "Pengolah Data",
    "tmt_jabatan": "01-01-2022",
    "tingkat_pendidikan_id": "40",
    "pendidikan_nama": "S-1 Ekonomi",
    "tahun_lulus": "2003",
    "unor_id": "U1",
    "unor_nama": "Sekretariat",
    "satuan_kerja_kerja_nama": "Dinas Kesehatan",
}
PPPK = {
    **PNS,
    "nip_baru": "198001152021212001",
    "jenis_pegawai_id": "",
    "jenis_pegawai_nama": "PPPK",
    "status_cpns_pns": "",
    "tmt_cpns": "01-03-2021",
    "tmt_pns": "",
    "gol_awal_id": "",
    "gol_awal_nama": "IX",
    "gol_akhir_id": "",
    "gol_akhir_nama": "IX",
    "tmt_golongan": "01-03-2021",
    "mk_tahun": "0",
}


def read(dasar=PNS, **sel):
    return read_orang({**dasar, **sel}, acuan=ACUAN, per_tanggal=HARI_INI)


def kode(bacaan):
    return [satu.kode for satu in bacaan.catatan]


@pytest.mark.parametrize("dasar", [PNS, PPPK], ids=["pns", "pppk"])
def test_sound_row_is_a_person_without_a_note(dasar):
    bacaan = read(dasar)

    assert bacaan.catatan == []
    assert bacaan.orang is not None


def test_row_in_our_terms():
    orang = read().orang

    assert orang.identitas["jenis_asn"] == "pns"
    assert orang.identitas["jenis_kelamin"] == "P"
    assert orang.identitas["tanggal_lahir"] == date(1980, 1, 15)
    assert orang.pangkat_awal == DataPangkat("III/a", date(2005, 1, 1))
    assert orang.pangkat == DataPangkat("III/d", date(2021, 4, 1), 195)
    assert orang.jabatan.jenis is JenisJabatan.PELAKSANA
    assert orang.jabatan.unit.opd_nama == "Dinas Kesehatan"
    assert (orang.pendidikan.tingkat, orang.pendidikan.tahun_lulus) == ("40", 2003)
    assert orang.kedudukan == "01"


def test_empty_cells_say_nothing():
    assert "gelar_depan" not in read(gelar_depan="").orang.identitas


@pytest.mark.parametrize(
    ("sel", "dengan"),
    [
        ({"nip_baru": ""}, "nip_kosong"),
        ({"nip_baru": "1.98E+17"}, "nip_jadi_angka"),
        ({"nip_baru": "198001152005012000"}, "nip_jadi_angka"),
        ({"nip_baru": "19800115200501200"}, "nip_jumlah_angka"),
        ({"nip_baru": "198013152005012001"}, "nip_tanggal_lahir"),
        ({"nip_baru": "198001152005132001"}, "nip_penanda_jenis"),
        ({"nip_baru": "198001152005013001"}, "nip_jenis_kelamin"),
        ({"nip_baru": "198001152035012001"}, "nip_tahun_pengangkatan"),
        ({"nip_baru": "198001152021212001"}, "nip_kesesuaian_jenis_asn"),
        ({"nama": ""}, "nama_kosong"),
        ({"nama": "A" * 201}, "nama_terlalu_panjang"),
        ({"tanggal_lahir": "31-02-1980"}, "tanggal_tidak_terbaca"),
        ({"tmt_golongan": "1 April 2021"}, "tanggal_tidak_terbaca"),
        ({"tanggal_sk_pns": "00-00-0000"}, "tanggal_tidak_terbaca"),
        ({"jenis_kelamin": "X"}, "jenis_kelamin_tidak_dikenal"),
        ({"gol_akhir_id": "99", "gol_akhir_nama": "VI/z"}, "golongan_tidak_dikenal"),
        ({"gol_akhir_id": "99", "gol_akhir_nama": ""}, "golongan_tidak_dikenal"),
        ({"gol_akhir_id": "", "gol_akhir_nama": "IX"}, "golongan_tidak_dikenal"),
        ({"gol_awal_nama": "V/a"}, "golongan_tidak_dikenal"),
        ({"gol_akhir_id": "41"}, "golongan_tidak_cocok"),
    ],
)
def test_fatal_fault_leaves_no_person(sel, dengan):
    bacaan = read(**sel)

    assert bacaan.orang is None
    assert [satu.kode for satu in bacaan.catatan if satu.is_galat] == [dengan]


def test_pppk_has_no_golongan_of_pns():
    bacaan = read(PPPK, gol_akhir_nama="III/a")

    assert kode(bacaan) == ["golongan_tidak_dikenal"]
    assert "I sampai XVII" in bacaan.catatan[0].pesan


@pytest.mark.parametrize(
    ("id_", "nama"),
    [("34", ""), ("", "III/d"), ("", "iii / D"), ("", "III.d"), ("", "Golongan III/d")],
)
def test_golongan_is_found_by_id_or_name(id_, nama):
    bacaan = read(gol_akhir_id=id_, gol_akhir_nama=nama)

    assert bacaan.orang.pangkat.golongan == "III/d"


def test_unknown_id_beside_a_known_name_is_no_matter():
    assert read(PPPK, gol_akhir_id="53").orang.pangkat.golongan == "IX"


@pytest.mark.parametrize(
    ("sel", "dengan"),
    [
        ({"tanggal_lahir": "16-01-1980", "nik": ""}, "nip_kesesuaian_tanggal_lahir"),
        ({"jenis_kelamin": "M", "nik": ""}, "nip_kesesuaian_jenis_kelamin"),
        ({"tmt_cpns": "01-02-2005"}, "nip_kesesuaian_tmt_cpns"),
        ({"tanggal_lahir": ""}, "dari_nip"),
        ({"jenis_kelamin": ""}, "dari_nip"),
        ({"nik": "123"}, "nik_jumlah_angka"),
        ({"nik": "6307011501800001"}, "nik_kesesuaian_jenis_kelamin"),
        ({"nama": '=HYPERLINK("x")'}, "teks_mencurigakan"),
        ({"nama": "<script>alert(1)</script>"}, "teks_mencurigakan"),
        ({"npwp_nomor": "1" * 33}, "nilai_terlalu_panjang"),
        ({"agama_id": "77"}, "nilai_tidak_dikenal"),
        ({"kedudukan_hukum_id": "71"}, "nilai_tidak_dikenal"),
        ({"tingkat_pendidikan_id": "88"}, "nilai_tidak_dikenal"),
        ({"gol_akhir_id": "", "gol_akhir_nama": ""}, "golongan_kosong"),
        ({"tmt_golongan": ""}, "tmt_golongan_kosong"),
        ({"tmt_golongan": "01-04-2004", "mk_tahun": "0"}, "tmt_janggal"),
        ({"mk_tahun": "banyak"}, "masa_kerja_tidak_terbaca"),
        ({"mk_tahun": "70"}, "masa_kerja_tidak_terbaca"),
        ({"mk_tahun": "40"}, "masa_kerja_janggal"),
        ({"jabatan_nama": ""}, "jabatan_kosong"),
        ({"tmt_jabatan": ""}, "tmt_jabatan_kosong"),
        ({"tmt_jabatan": "01-01-2001"}, "tmt_janggal"),
        ({"tahun_lulus": "1979"}, "tahun_lulus_janggal"),
        ({"tahun_lulus": "2027"}, "tahun_lulus_janggal"),
        ({"tmt_pns": ""}, "tmt_pns_kosong"),
        ({"tmt_pns": "01-12-2026"}, "tmt_pns_belum_tiba"),
    ],
)
def test_doubt_is_noted_and_the_row_accepted(sel, dengan):
    bacaan = read(**sel)

    assert kode(bacaan) == [dengan]
    assert bacaan.orang is not None


def test_both_units_missing_is_one_note():
    bacaan = read(unor_id="", unor_nama="", satuan_kerja_kerja_nama="")

    assert kode(bacaan) == ["unit_kosong"]
    assert bacaan.orang.jabatan is None


def test_all_faults_of_a_row_are_told_at_once():
    bacaan = read(nama="", tanggal_lahir="x", gol_akhir_nama="VI/z")

    assert kode(bacaan) == [
        "nama_kosong",
        "tanggal_tidak_terbaca",
        "golongan_tidak_dikenal",
    ]


def test_every_note_says_what_to_do_on_a_named_column():
    for satu in read(nama="", nik="1", tmt_jabatan="", agama_id="9").catatan:
        assert satu.kolom
        assert satu.pesan.endswith(".")
        assert satu.as_dict()["tingkat"] in {"galat", "peringatan"}


def test_long_address_is_kept():
    assert read(alamat="x" * 5000).orang.identitas["alamat"] == "x" * 5000


def test_faulty_nik_of_another_length_is_not_stored():
    assert "nik" not in read(nik="6.3E+15").orang.identitas
    assert read(nik="123").orang.identitas["nik"] == "123"


def test_reference_is_found_by_name_and_without_its_leading_zero():
    bacaan = read(
        agama_id="", agama_nama="ISLAM", tingkat_pendidikan_id="5", tahun_lulus="1993"
    )

    assert bacaan.orang.identitas["agama"] == "1"
    assert bacaan.orang.pendidikan.tingkat == "05"


def test_paruh_waktu_is_its_own_kind():
    orang = read(PPPK, jenis_pegawai_nama="PPPK Paruh Waktu").orang

    assert orang.identitas["jenis_asn"] == "pppk_paruh_waktu"


def test_kind_of_asn_follows_the_nip_where_the_row_is_silent():
    orang = read(PPPK, jenis_pegawai_nama="").orang

    assert orang.identitas["jenis_asn"] == "pppk"


@pytest.mark.parametrize(
    ("sel", "jenis", "nama", "eselon"),
    [
        (
            {"jenis_jabatan_id": "1", "eselon_id": "31", "jabatan_nama": "Camat"},
            JenisJabatan.STRUKTURAL,
            "Camat",
            "III.a",
        ),
        (
            {"jenis_jabatan_id": "2", "jabatan_nama": "", "jft_nama": "Perawat Mahir"},
            JenisJabatan.FUNGSIONAL,
            "Perawat Mahir",
            "",
        ),
        (
            {"jenis_jabatan_id": "4", "jabatan_nama": "", "jfu_nama": "Pramubakti"},
            JenisJabatan.PELAKSANA,
            "Pramubakti",
            "",
        ),
        (
            {"jenis_jabatan_id": "3", "jft_nama": "Dokter Ahli Muda"},
            JenisJabatan.FUNGSIONAL,
            "Dokter Ahli Muda",
            "",
        ),
        (
            {"jenis_jabatan_id": "", "jenis_jabatan_nama": "Jabatan Struktural"},
            JenisJabatan.STRUKTURAL,
            "Pengolah Data",
            "",
        ),
        (
            {
                "jenis_jabatan_id": "",
                "jenis_jabatan_nama": "Jabatan Fungsional Tertentu",
            },
            JenisJabatan.FUNGSIONAL,
            "Pengolah Data",
            "",
        ),
        (
            {"jenis_jabatan_id": "1", "eselon_nama": "Eselon II/b"},
            JenisJabatan.STRUKTURAL,
            "Pengolah Data",
            "II.b",
        ),
    ],
)
def test_jabatan_of_either_form(sel, jenis, nama, eselon):
    jabatan = read(**sel).orang.jabatan

    assert (jabatan.jenis, jabatan.nama, jabatan.eselon) == (jenis, nama, eselon)


def test_older_form_gives_the_day_of_graduation():
    pendidikan = read(tahun_lulus="", tanggal_lulus="20-08-2003").orang.pendidikan

    assert pendidikan.tahun_lulus == 2003
    assert pendidikan.tanggal_lulus == date(2003, 8, 20)


def test_instansi_is_no_perangkat_daerah():
    bacaan = read(
        satuan_kerja_kerja_nama="PEMERINTAH KAB. X",
        satuan_kerja_induk_nama="Dinas Sosial",
        instansi_kerja_nama="Pemerintah Kab. X",
    )

    assert bacaan.orang.jabatan.unit.opd_nama == "Dinas Sosial"


def test_without_a_unit_the_perangkat_daerah_is_the_unit():
    unit = read(unor_id="", unor_nama="").orang.jabatan.unit

    assert unit.nama == unit.opd_nama == "Dinas Kesehatan"
