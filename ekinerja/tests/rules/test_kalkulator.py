"""The topics as `manage.py compute` serves them."""

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bkpsdmd.calculator.tests.cases import check_array, check_kontrak
from bkpsdmd.calculator.tests.strategi import ANEH, build_kasus
from ekinerja.kalkulator import TOPIK

from .cases import answer

PREDIKAT = {"hasil_kerja": "sesuai", "perilaku_kerja": "sesuai"}
POLA = {"capaian": "baik", "jumlah": {"baik": 2, "kurang": 1}}
KREDIT = {"jenjang": "ahli_muda", "predikat": "baik", "bulan": 12}
TARGET = {"jenjang": "ahli_muda", "golongan": "III/c", "total": "12.5"}
PRESENSI = {"tanggal": "2026-11-23", "masuk": "07:30", "pulang": None}
TPP = {"aturan": "balangan_2025", "predikat": "baik", "potongan_persen": 1}
SAMARINDA = {"aturan": "samarinda_2022", "kejadian": []}

# Per topic one case, and the keys its answer has by the contract.
KONTRAK: dict[str, tuple[dict[str, Any], set[str]]] = {
    "predikat": (PREDIKAT, {"predikat", "siasn"}),
    "pola_distribusi": (POLA, {"sesuai", "batas"}),
    "angka_kredit": (KREDIT, {"angka_kredit", "penuh"}),
    "ak_target": (TARGET, {"kp", "jenjang", "puncak"}),
    "ak_pendidikan": ({"jenjang": "mahir"}, {"angka_kredit"}),
    "ak_integrasi": ({"golongan": "III/a", "konvensional": 120}, {"angka_kredit"}),
    "talenta": ({"predikat": "baik", "potensial": "tinggi"}, {"kotak"}),
    "presensi": (
        PRESENSI,
        {"terlambat_menit", "kelas_tl", "pulang_cepat_menit", "kelas_psw"},
    ),
    "tpp": (
        TPP,
        {
            *("status", "kurang_syarat", "potongan_persen", "potongan_disiplin_persen"),
            *("menit_kumulatif", "nilai_produktivitas", "nilai_disiplin", "persen"),
            *("baris", "total_rupiah", "iwp_rupiah", "bpjs_rupiah"),
        },
    ),
}


def test_every_topic_has_its_contract() -> None:
    assert set(KONTRAK) == {topik.nama for topik in TOPIK}


@pytest.mark.parametrize("topik", KONTRAK)
def test_answer_has_exactly_the_keys_of_the_contract(topik: str) -> None:
    check_kontrak(topik, *KONTRAK[topik])


@pytest.mark.parametrize(
    ("topik", "masukan", "kunci"),
    [
        ("predikat", {"hasil_kerja": "sesuai"}, "perilaku_kerja"),
        ("predikat", {**PREDIKAT, "hasil_kerja": "baik"}, "hasil_kerja"),
        ("predikat", {**PREDIKAT, "nilai": 1}, "nilai"),
        ("pola_distribusi", {**POLA, "capaian": "cukup"}, "capaian"),
        ("pola_distribusi", {**POLA, "jumlah": {"istimewa": 1}}, "jumlah.istimewa"),
        ("pola_distribusi", {**POLA, "jumlah": {"baik": "1.5"}}, "jumlah.baik"),
        ("pola_distribusi", {**POLA, "jumlah": [1]}, "jumlah"),
        ("pola_distribusi", {**POLA, "jumlah": {}}, "jumlah"),
        ("angka_kredit", {**KREDIT, "bulan": "1.5"}, "bulan"),
        ("angka_kredit", {**KREDIT, "jenjang": "ahli"}, "jenjang"),
        ("ak_target", {**TARGET, "total": -1}, "total"),
        ("ak_target", {**TARGET, "golongan": "III/a"}, "golongan"),
        ("ak_integrasi", {"golongan": "I/a", "konvensional": 1}, "golongan"),
        ("ak_integrasi", {"golongan": "II/a", "konvensional": "1,5"}, "konvensional"),
        ("talenta", {"predikat": "baik", "potensial": "sedang"}, "potensial"),
        ("presensi", {**PRESENSI, "masuk": "7:30"}, "masuk"),
        ("presensi", {**PRESENSI, "pulang": "16:60"}, "pulang"),
        ("presensi", {**PRESENSI, "ramadan": "ya"}, "ramadan"),
        ("tpp", {}, "aturan"),
        ("tpp", {**TPP, "kejadian": [{"jenis": "apel"}]}, "kejadian"),
        ("tpp", {**TPP, "komponen": {"tunjangan": 1}}, "komponen.tunjangan"),
        ("tpp", {**TPP, "syarat": {"gaji": 1}}, "syarat.gaji"),
        ("tpp", {**TPP, "status_khusus": {"jenis": "sakit"}}, "status_khusus.jenis"),
        ("tpp", {**TPP, "status_khusus": {"jenis": "cuti"}}, "status_khusus.bulan"),
        (
            "tpp",
            {**TPP, "plt": {"cara": "separuh", "komponen": {}}},
            "plt.cara",
        ),
        ("tpp", {**TPP, "plt": {"cara": "penuh"}}, "plt.komponen"),
        (
            "tpp",
            {**SAMARINDA, "kejadian": [{"jenis": "apel", "kali": 1}]},
            "kejadian[0].kali",
        ),
        ("tpp", {**SAMARINDA, "hari_hadir": 20}, "hari_hadir"),
        (
            "tpp",
            {**SAMARINDA, "kejadian": [{"jenis": "apel", "dikecualikan": "izin"}]},
            "kejadian[0].dikecualikan",
        ),
    ],
)
def test_refusal_names_the_key(topik: str, masukan: Any, kunci: str) -> None:
    pesan = answer(topik, masukan)["galat"]["pesan"]

    assert re.search(rf"(?<!\w){re.escape(kunci)}(?!\w)", pesan)


def test_key_that_the_case_does_not_need_is_ignored() -> None:
    status = {"jenis": "mpp", "bulan": "lama"}
    masukan = {
        "aturan": "balangan_2025",
        "status_khusus": status,
        "predikat": "entah",
        "potongan_persen": "entah",
        "hari_hadir": -1,
    }

    assert answer("tpp", masukan)["hasil"]["persen"] == "0"


KASUS = {topik.nama: build_kasus(topik.semua_kunci) for topik in TOPIK}


@settings(max_examples=100)
@given(st.data())
@pytest.mark.parametrize("topik", KASUS)
def test_compute_answers_every_array(topik: str, data: st.DataObject) -> None:
    check_array(topik, data.draw(st.lists(KASUS[topik] | ANEH, max_size=4)))
