"""The topics as `manage.py compute` serves them."""

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bkpsdmd.calculator.masukan import Daftar, Kunci, Objek, Peta, Pilihan
from bkpsdmd.calculator.tests.cases import check_array, check_kontrak
from bkpsdmd.calculator.tests.strategi import ANEH
from simpeg.kalkulator import TOPIK

from .cases import answer, read_kasus

GAJI = {"jenis_asn": "PNS", "golongan": "III/b", "mkg_bulan": 100}
KGB = {
    "jenis_asn": "PPPK",
    "golongan": "V",
    "tmt_dasar": "2024-03-01",
    "mkg_bulan_dasar": 0,
}
MKG = {"golongan": "II/d", "mkg_bulan": 100, "golongan_baru": "III/a"}
PENSIUN = {"tanggal_lahir": "1970-05-17", "kelompok": "pelaksana"}
KP = {
    "jenis": "reguler",
    "golongan": "III/a",
    "tmt_golongan": "2022-10-01",
    "predikat": {"2024": "baik", "2025": "baik"},
    "pendidikan": "s1",
}
HAK_PENSIUN = {"jenis": "aps", "usia_tahun": 47, "masa_kerja_bulan": 240}
DUK = read_kasus("duk")["dasar"]
KEBERATAN = {"diterima": "2026-11-02", "hari": 14, "jenis_hari": "kerja"}
CUTI_TAHUNAN = {
    "jenis_asn": "PNS",
    "tahun": 2026,
    "masa_kerja_bulan": 60,
    "terpakai": {"n_2": 0, "n_1": 0, "n": 0},
}

NAMA_HASIL = {
    "nip": {
        *("sah", "nip", "jenis_asn", "tanggal_lahir", "tmt_pengangkatan"),
        *("kontrak_ke", "jenis_kelamin", "nomor_urut", "kesalahan", "peringatan"),
    },
    "nik": {"sah", "kesalahan", "peringatan"},
    "gaji_pokok": {"gaji_rupiah", "baris_mkg_tahun"},
    "mkg": {"mkg_bulan"},
    "kgb": {"berhak", "puncak", "kgb"},
    "pmk_swasta": {"diakui_bulan"},
    "hak_pensiun": {"berhak"},
    "kp": {"memenuhi_syarat", "golongan_baru", "tmt_kp"},
    "periode_kp": {"boleh"},
    "pensiun": {"bup_tahun", "tanggal_bup", "tmt_pensiun"},
    "duk": {"urutan"},
    "cuti_tahunan": {"hak_hari", "sisa", "sesudah", "boleh"},
    "cuti": {"boleh", "maks", "ganti_dengan"},
    "hukuman_absen": {"tingkat", "kode_siasn", "uraian"},
    "satyalancana": {"kelas"},
    "keberatan": {"batas"},
}


@pytest.mark.parametrize(
    ("topik", "masukan"),
    [
        ("nip", {"nip": "196608011988031001"}),
        ("nip", {"nip": "x"}),
        ("nik", {"nik": "1702192905120001"}),
        ("gaji_pokok", GAJI),
        ("mkg", MKG),
        ("kgb", KGB),
        ("pmk_swasta", {"lama_bulan": 24}),
        ("pensiun", PENSIUN),
        ("hak_pensiun", HAK_PENSIUN),
        ("kp", KP),
        ("periode_kp", {"tmt": "2026-04-01"}),
        ("duk", {"pegawai": []}),
        ("cuti_tahunan", CUTI_TAHUNAN),
        ("hukuman_absen", {"hari_kumulatif": 3, "hari_berturut": 3}),
        ("satyalancana", {"tmt_cpns": "2005-01-01"}),
        ("keberatan", KEBERATAN),
        ("cuti", {"jenis_asn": "PNS", "jenis_cuti": "cltn", "masa_kerja_bulan": 60}),
    ],
)
def test_answer_has_exactly_the_keys_of_the_contract(
    topik: str, masukan: dict[str, Any]
) -> None:
    check_kontrak(topik, masukan, NAMA_HASIL[topik])


@pytest.mark.parametrize(
    ("topik", "masukan", "kunci"),
    [
        ("nip", {}, "nip"),
        ("nip", {"nip": None}, "nip"),
        ("nip", {"nip": "1", "jenis_kelamin": "X"}, "jenis_kelamin"),
        ("nip", {"nip": "1", "jenis_asn": "TNI"}, "jenis_asn"),
        ("nip", {"nip": "1", "tanggal_lahir": "01-08-1966"}, "tanggal_lahir"),
        ("nip", {"nip": "1", "tanggal": "besok"}, "tanggal"),
        ("nip", {"nip": "1", "nama": "Amir"}, "nama"),
        ("nik", {"nik": True}, "nik"),
        ("nik", {}, "nik"),
        ("gaji_pokok", {**GAJI, "golongan": "III/f"}, "golongan"),
        ("gaji_pokok", {**GAJI, "mkg_bulan": 1201}, "mkg_bulan"),
        ("gaji_pokok", {**GAJI, "cpns": "ya"}, "cpns"),
        ("gaji_pokok", {**GAJI, "jenis_asn": None}, "jenis_asn"),
        ("mkg", {**MKG, "golongan": "IX"}, "golongan"),
        ("mkg", {**MKG, "golongan_baru": "II/c"}, "golongan_baru"),
        ("mkg", {**MKG, "golongan_baru": None}, "golongan_baru"),
        ("mkg", {**MKG, "pmk_bulan": 2.5}, "pmk_bulan"),
        ("mkg", {"golongan": "II/d"}, "mkg_bulan"),
        ("kgb", {**KGB, "golongan": "II/a"}, "golongan"),
        ("kgb", {**KGB, "banyak": 0}, "banyak"),
        ("kgb", {**KGB, "predikat": {"2025": "cukup"}}, "predikat.2025"),
        ("kgb", {**KGB, "predikat": {"kemarin": "baik"}}, "predikat.kemarin"),
        ("kgb", {**KGB, "predikat": "baik"}, "predikat"),
        ("kgb", {**KGB, "penundaan": {"bulan": 6}}, "penundaan.mulai"),
        ("kgb", {**KGB, "kontrak_selesai": "2026-02-30"}, "kontrak_selesai"),
        (
            "kgb",
            {**KGB, "kontrak_mulai": "2024-03-01", "kontrak_selesai": "2024-02-29"},
            "kontrak_selesai",
        ),
        ("pmk_swasta", {"lama_bulan": -1}, "lama_bulan"),
        ("pmk_swasta", {"lama_bulan": [24]}, "lama_bulan"),
        ("pensiun", {**PENSIUN, "kelompok": "guru"}, "kelompok"),
        ("pensiun", {**PENSIUN, "kelompok": "jf", "jenjang": "ahli"}, "jenjang"),
        ("pensiun", {**PENSIUN, "kelompok": "jf"}, "jabatan"),
        ("pensiun", {"kelompok": "jpt"}, "tanggal_lahir"),
        ("hak_pensiun", {**HAK_PENSIUN, "jenis": "uzur"}, "jenis"),
        ("kp", {**KP, "jenis": "anumerta"}, "jenis"),
        ("kp", {**KP, "golongan": "IX"}, "golongan"),
        ("kp", {**KP, "pendidikan": None}, "pendidikan"),
        ("kp", {**KP, "golongan": "II/d"}, "lulus_ujian"),
        ("kp", {**KP, "golongan": "II/d", "lulus_ujian": "ya"}, "lulus_ujian"),
        (
            "kp",
            {
                **KP,
                "tanggal": "2025-05-19",
                "predikat": {"2023": "baik", "2024": "baik"},
            },
            "golongan_atasan",
        ),
        ("kp", {**KP, "hukuman_berjalan": "sangat berat"}, "hukuman_berjalan"),
        ("kp", {**KP, "jenis": "struktural"}, "eselon"),
        ("kp", {**KP, "jenis": "struktural", "eselon": "IV.b"}, "tmt_jabatan"),
        ("kp", {**KP, "jenis": "fungsional"}, "jenjang"),
        (
            "kp",
            {**KP, "jenis": "fungsional", "jenjang": "ahli_pertama"},
            "ak_sejak_pangkat",
        ),
        (
            "kp",
            {**KP, "jenis": "penyesuaian_ijazah", "pendidikan": "s2"},
            "lulus_ujian",
        ),
        ("kp", {**KP, "jenis": "pengabdian"}, "masa_kerja_bulan"),
        (
            "kp",
            {**KP, "jenis": "prestasi_luar_biasa", "predikat": {"2025": "sangat_baik"}},
            "penetapan_prestasi",
        ),
        ("kp", {k: v for k, v in KP.items() if k != "predikat"}, "predikat"),
        ("periode_kp", {}, "tmt"),
        ("periode_kp", {"tmt": "2026-02-29"}, "tmt"),
        ("hak_pensiun", {**HAK_PENSIUN, "usia_tahun": 121}, "usia_tahun"),
        (
            "hak_pensiun",
            {**HAK_PENSIUN, "masa_kerja_bulan": "20 tahun"},
            "masa_kerja_bulan",
        ),
        ("duk", {}, "pegawai"),
        ("duk", {"pegawai": {}}, "pegawai"),
        ("duk", {"pegawai": [DUK]}, "pegawai[0].id"),
        ("duk", {"pegawai": [{**DUK, "id": 1}, {**DUK, "id": "1"}]}, "pegawai.id"),
        ("duk", {"pegawai": [{**DUK, "id": 1, "golongan": "IX"}]}, "golongan"),
        (
            "duk",
            {"pegawai": [{**DUK, "id": 1, "tanggal_lahir": "2190-01-01"}]},
            "pegawai[0].tanggal_lahir",
        ),
        (
            "duk",
            {"pegawai": [{**DUK, "id": 1, "diklat": {"tingkat": 5, "tanggal": None}}]},
            "pegawai[0].diklat.tingkat",
        ),
    ],
)
def test_refusal_names_the_key(topik: str, masukan: Any, kunci: str) -> None:
    pesan = answer(topik, masukan)["galat"]["pesan"]

    assert re.search(rf"(?<!\w){re.escape(kunci)}(?!\w)", pesan)


def test_people_of_a_duk_get_their_ids_back_as_they_came() -> None:
    pegawai = [{**DUK, "id": 7}, {**DUK, "id": "tujuh", "golongan": "IV/a"}]

    jawaban = answer("duk", {"pegawai": pegawai})

    assert jawaban["hasil"]["urutan"] == ["tujuh", 7]
    assert jawaban["alasan"][0]["pesan"].startswith("Urutan 1 di atas 2. Pangkat")


def test_person_without_training_may_leave_the_key_out() -> None:
    tanpa = {kunci: nilai for kunci, nilai in DUK.items() if kunci != "diklat"}

    assert answer("duk", {"pegawai": [{**tanpa, "id": 1}]})["hasil"]["urutan"] == [1]


# -- Whatever comes in, something sensible comes out ---------------------------------

TANGGAL = st.dates().map(str)
TAHUN = st.integers(2020, 2027).map(str)
MUNGKIN = {
    "nip": st.from_regex(r"[0-9]{18}", fullmatch=True),
    "nik": st.from_regex(r"[0-9]{16}", fullmatch=True),
    "golongan": st.sampled_from(["I/a", "II/b", "IV/e", "IX", "XVII"]),
    "mkg_bulan": st.integers(0, 1200),
    "masa_kerja_bulan": st.integers(0, 1200),
    "pmk_bulan": st.integers(0, 1200),
    "lama_bulan": st.integers(0, 1200),
    "mkg_bulan_dasar": st.integers(0, 1200),
    "usia_tahun": st.integers(0, 120),
    "ak_sejak_pangkat": st.integers(0, 500),
    "lulus_ujian": st.booleans(),
    "penetapan_prestasi": st.booleans(),
    "bulan": st.integers(1, 13),
    "banyak": st.integers(1, 20),
    "cpns": st.booleans(),
    "jabatan": st.sampled_from(["Guru Ahli Muda", "guru  besar / profesor", "x"]),
    "id": st.integers(0, 3),
    "tahun_lulus": st.integers(1900, 2200),
    "tingkat": st.integers(1, 4),
}


def build_nilai(kunci: Kunci) -> st.SearchStrategy[Any]:
    """Return values for a key: mostly such as could be meant, sometimes anything."""
    tipe = getattr(kunci.tipe, "isi", kunci.tipe)
    if isinstance(tipe, Pilihan):
        mungkin: st.SearchStrategy[Any] = st.sampled_from(list(tipe.pilihan))
        if isinstance(kunci.tipe, Peta):
            mungkin = st.dictionaries(TAHUN, mungkin, max_size=4)
    elif isinstance(tipe, Objek):
        mungkin = build_objek(tipe.kunci)
        if isinstance(kunci.tipe, Daftar):
            mungkin = st.lists(mungkin, max_size=3)
    else:
        mungkin = MUNGKIN.get(kunci.nama, TANGGAL)
    return st.one_of(mungkin, mungkin, mungkin, ANEH)


def build_objek(kunci: tuple[Kunci, ...]) -> st.SearchStrategy[Any]:
    nilai = {satu.nama: build_nilai(satu) for satu in kunci}
    lengkap = st.fixed_dictionaries(nilai)
    return lengkap | st.fixed_dictionaries({}, optional={**nilai, "asing": ANEH})


KASUS = {topik.nama: build_objek(topik.semua_kunci) for topik in TOPIK}


@settings(max_examples=60)
@given(st.data())
@pytest.mark.parametrize("topik", KASUS)
def test_compute_answers_every_array(topik: str, data: st.DataObject) -> None:
    check_array(topik, data.draw(st.lists(KASUS[topik] | ANEH, max_size=4)))
