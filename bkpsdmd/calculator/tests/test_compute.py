import io
import json
import sys
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from bkpsdmd.calculator import registry
from bkpsdmd.calculator.masukan import (
    Boleh,
    Bulat,
    Daftar,
    Kunci,
    Masukan,
    Objek,
    Tanggal,
)
from bkpsdmd.calculator.registry import Jawaban, Topik
from bkpsdmd.regulations import Alasan, Kode


class KodeContoh(Kode):
    CUKUP = "cukup", "Bilangannya cukup"


def compute_contoh(masukan: Masukan) -> Jawaban:
    bilangan = masukan["bilangan"]
    if bilangan == 13:
        raise ZeroDivisionError("1985 is somebody's year of birth")
    return Jawaban(
        {
            "tanggal": masukan["tanggal"],
            "setengah": Decimal(bilangan) / 2,
            "kode": KodeContoh.CUKUP,
            "daftar": (1, 2),
            "kosong": None,
        },
        (Alasan(KodeContoh.CUKUP, "Bilangannya cukup.", bilangan > 1),),
        ("PP 1/2026",),
    )


CONTOH = Topik(
    "contoh",
    "Contoh",
    (Kunci("bilangan", Bulat(maksimum=100), "Bilangan"),),
    compute_contoh,
    KodeContoh,
)


@pytest.fixture(autouse=True)
def topik(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the example is registered: the ground knows no app above it."""
    monkeypatch.setattr(registry, "_topik", {"contoh": CONTOH})


def compute(masukan: str, *args: str) -> Any:
    """Run the command with `masukan` on standard input, return what it printed."""
    keluaran = io.StringIO()
    asli, sys.stdin = sys.stdin, io.StringIO(masukan)
    try:
        call_command("compute", *(args or ("contoh",)), stdout=keluaran)
    finally:
        sys.stdin = asli
    return keluaran.getvalue()


def compute_json(kasus: Any) -> Any:
    return json.loads(compute(json.dumps(kasus)))


def test_answer_has_the_shape_of_the_contract() -> None:
    assert compute_json([{"bilangan": 3, "tanggal": "2026-01-31"}]) == [
        {
            "hasil": {
                "tanggal": "2026-01-31",
                "setengah": "1.5",
                "kode": "cukup",
                "daftar": [1, 2],
                "kosong": None,
            },
            "alasan": [
                {"kode": "cukup", "pesan": "Bilangannya cukup.", "terpenuhi": True}
            ],
            "dasar_hukum": ["PP 1/2026"],
        }
    ]


def test_date_defaults_to_today(time_machine: Any) -> None:
    # Late evening in UTC is already the next day in the portal's time zone.
    time_machine.move_to("2026-11-25T20:00:00Z")

    assert compute_json([{"bilangan": 3}])[0]["hasil"]["tanggal"] == "2026-11-26"


def test_one_refused_case_leaves_the_others_alone_and_in_order() -> None:
    jawaban = compute_json([{"bilangan": 3}, {"bilangan": "x"}, 5, {"bilangan": 4}])

    assert [next(iter(satu)) for satu in jawaban] == [
        "hasil",
        "galat",
        "galat",
        "hasil",
    ]
    assert jawaban[1]["galat"] == {
        "kode": "nilai_salah",
        "pesan": "bilangan harus bilangan bulat.",
    }
    assert jawaban[3]["hasil"]["setengah"] == "2"


def test_fault_of_the_program_costs_one_case_and_leaks_nothing(
    caplog: pytest.LogCaptureFixture,
) -> None:
    jawaban = compute_json([{"bilangan": 13}, {"bilangan": 3}])

    assert jawaban[0]["galat"]["kode"] == "galat_program"
    assert "hasil" in jawaban[1]
    assert "ZeroDivisionError" in caplog.text
    assert "1985" not in caplog.text


def test_empty_array_gets_an_empty_array() -> None:
    assert compute("[]") == "[]\n"


@pytest.mark.parametrize(
    "masukan",
    ["", "{", "{}", "5", "null", '"a"', "[NaN]", "[Infinity]", "[1,]", "[" * 100_000],
)
def test_input_that_is_no_array_ends_with_2(masukan: str) -> None:
    with pytest.raises(CommandError) as error:
        compute(masukan)

    assert error.value.returncode == 2


@pytest.mark.parametrize("args", [("tidak_ada",), ("",)])
def test_unknown_topic_ends_with_2_and_names_the_topics(args: tuple[str]) -> None:
    with pytest.raises(CommandError, match="contoh") as error:
        compute("[]", *args)

    assert error.value.returncode == 2


def test_byte_order_mark_is_no_obstacle() -> None:
    assert json.loads(compute('\ufeff[{"bilangan": 3}]'))[0]["hasil"]


@pytest.mark.parametrize(
    "bilangan", ["1e999999999", "1e-999999999", "9" * 10_000, "1e99999999999999999999"]
)
def test_monstrous_number_is_refused(bilangan: str) -> None:
    jawaban = json.loads(compute(f'[{{"bilangan": {bilangan}}}]'))

    assert jawaban[0]["galat"]["pesan"].startswith("bilangan harus")


def test_topics_are_listed_with_their_keys() -> None:
    assert compute("", "--list").splitlines() == [
        "contoh: Contoh",
        "  bilangan             wajib       bilangan bulat",
        "  tanggal              opsional    tanggal YYYY-MM-DD",
    ]


def test_inner_keys_are_listed_below_their_key(monkeypatch: pytest.MonkeyPatch) -> None:
    isi = Objek((Kunci("usia", Bulat(), "Usia"),))
    kunci = (Kunci("anak", Daftar(Boleh(isi)), "Anak"),)
    topik = replace(CONTOH, kunci=kunci)
    monkeypatch.setattr(registry, "_topik", {"contoh": topik})

    assert compute("", "--list").splitlines()[1:3] == [
        "  anak                 wajib       daftar {usia} | null",
        "    usia                 wajib       bilangan bulat",
    ]


def test_topic_is_registered_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_kode", {})
    lain = Topik("lain", "Lain", (), compute_contoh, KodeContoh)

    registry.register(lain)

    assert registry.find_topik("lain") is lain
    assert registry.list_kode() == [("Topik `lain`: Lain", KodeContoh)]
    with pytest.raises(ValueError, match="lain"):
        registry.register(lain)


def test_every_topic_takes_a_date() -> None:
    assert CONTOH.semua_kunci[-1].nama == "tanggal"
    assert isinstance(CONTOH.semua_kunci[-1].tipe, Tanggal)


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda isi: st.lists(isi, max_size=3) | st.dictionaries(st.text(), isi, max_size=3),
    max_leaves=5,
)


@settings(max_examples=50)
@given(
    st.lists(
        json_values
        | st.fixed_dictionaries(
            {}, optional={"bilangan": json_values, "tanggal": json_values}
        ),
        max_size=5,
    )
)
def test_any_array_gets_an_answer_for_each_element(kasus: list[Any]) -> None:
    jawaban = compute_json(kasus)

    assert len(jawaban) == len(kasus)
    assert all(("hasil" in satu) != ("galat" in satu) for satu in jawaban)


def test_default_date_is_a_date() -> None:
    jawaban = registry.evaluate(CONTOH, {"bilangan": 2}, hari_ini=date(2026, 1, 2))

    assert jawaban.hasil["tanggal"] == date(2026, 1, 2)
