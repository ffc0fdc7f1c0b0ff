"""The topics as `manage.py compute` serves them."""

import io
import json
import sys
from typing import Any

import pytest
from django.core.management import call_command

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
}


def compute(topik: str, kasus: list[Any]) -> list[dict[str, Any]]:
    masukan, keluaran = io.StringIO(json.dumps(kasus)), io.StringIO()
    asli, sys.stdin = sys.stdin, masukan
    try:
        call_command("compute", topik, stdout=keluaran)
    finally:
        sys.stdin = asli
    jawaban: list[dict[str, Any]] = json.loads(keluaran.getvalue())
    return jawaban


def test_every_topic_has_its_contract() -> None:
    assert set(KONTRAK) == {topik.nama for topik in TOPIK}


@pytest.mark.parametrize("topik", KONTRAK)
def test_answer_has_exactly_the_keys_of_the_contract(topik: str) -> None:
    masukan, nama_hasil = KONTRAK[topik]

    (jawaban,) = compute(topik, [masukan])

    assert set(jawaban) == {"hasil", "alasan", "dasar_hukum"}
    assert set(jawaban["hasil"]) == nama_hasil
    assert jawaban["dasar_hukum"]
    assert all(
        set(satu) == {"kode", "pesan", "terpenuhi"} for satu in jawaban["alasan"]
    )


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
    ],
)
def test_refusal_names_the_key(topik: str, masukan: Any, kunci: str) -> None:
    assert kunci in answer(topik, masukan)["galat"]["pesan"]
