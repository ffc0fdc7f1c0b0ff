"""The topics as `manage.py compute` serves them."""

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bkpsdmd.calculator.tests.cases import check_array, check_kontrak
from bkpsdmd.calculator.tests.strategi import ANEH, build_kasus
from eformasi.kalkulator import TOPIK

from .cases import answer

TUGAS = {"volume": 10, "waktu": "1.5", "satuan": "jam", "periode": "bulan"}

# Per topic one case, and the keys its answer has by the contract.
KONTRAK: dict[str, tuple[dict[str, Any], set[str]]] = {
    "abk": ({"tugas": [TUGAS]}, {"baris", "total", "kebutuhan"}),
    "abk_metode": (
        {"metode": "hasil_kerja", "beban": 50, "standar": 2},
        {"kebutuhan"},
    ),
    "ej": ({"beban_jam": 1000, "pemangku": 1}, {"nilai", "tingkat"}),
    "eu": ({"jabatan": []}, {"nilai", "tingkat"}),
    "guru": (
        {"jenjang": "sd", "sekolah": 1, "rombel": 6},
        {"kebutuhan", "rincian"},
    ),
    "abk_kes": (
        {"wkt_menit": 72000, "kegiatan": [{"capaian": 1, "sbk": 2}], "stp": 1},
        {"jkt", "stp", "total", "kebutuhan"},
    ),
    "evaluasi_jabatan": ({"skor": 500}, {"skor", "kelas"}),
    "proyeksi": (
        {"kebutuhan": 5, "bezetting": 5, "bup": [1]},
        {"bezetting", "kekurangan", "usulan"},
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
        ("abk", {}, "tugas"),
        ("abk", {"tugas": [TUGAS], "jabatan": "x"}, "jabatan"),
        ("abk", {"tugas": [TUGAS, {**TUGAS, "volume": 0}]}, "tugas[1].volume"),
        ("abk", {"tugas": [{**TUGAS, "satuan": "hari"}]}, "tugas[0].satuan"),
        ("abk", {"tugas": [TUGAS], "pembulatan": "dekat"}, "pembulatan"),
        ("abk_metode", {"metode": "hasil_kerja", "beban": -1, "standar": 1}, "beban"),
        ("abk_metode", {"metode": "hasil_kerja", "beban": 1}, "standar"),
        ("abk_metode", {"metode": "kira", "beban": 1, "standar": 1}, "metode"),
        ("ej", {"beban_jam": 1, "pemangku": -1}, "pemangku"),
        ("eu", {"jabatan": [{"beban_jam": 1}]}, "jabatan[0].pemangku"),
        ("guru", {"jenjang": "sma"}, "jenjang"),
        ("guru", {"jenjang": "sd", "sekolah": 1}, "rombel"),
        ("guru", {"jenjang": "smp", "mapel": [{"rombel": 1}]}, "mapel[0].jam"),
        (
            "abk_kes",
            {"wkt_menit": 72000, "kegiatan": [{"capaian": 1}], "stp": 1},
            "kegiatan[0].sbk",
        ),
        ("evaluasi_jabatan", {"jenis": "fungsional", "level": {"4a": 1}}, "level.4a"),
        ("evaluasi_jabatan", {"jenis": "fungsional", "level": {"10": 1}}, "level.10"),
        ("evaluasi_jabatan", {"skor": "tinggi"}, "skor"),
        ("proyeksi", {"kebutuhan": [1], "bezetting": 1, "bup": [0, 0]}, "kebutuhan"),
    ],
)
def test_refusal_names_the_key(topik: str, masukan: Any, kunci: str) -> None:
    pesan = answer(topik, masukan)["galat"]["pesan"]

    assert re.search(rf"(?<!\w){re.escape(kunci)}(?!\w)", pesan)


# -- Whatever comes in, something sensible comes out ---------------------------------

KASUS = {topik.nama: build_kasus(topik.semua_kunci) for topik in TOPIK}


@settings(max_examples=60)
@given(st.data())
@pytest.mark.parametrize("topik", KASUS)
def test_compute_answers_every_array(topik: str, data: st.DataObject) -> None:
    check_array(topik, data.draw(st.lists(KASUS[topik] | ANEH, max_size=4)))
