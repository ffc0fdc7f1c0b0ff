from itertools import product
from typing import Any

import pytest

from ekinerja.rules.predikat import FaktaPredikat, compute_predikat
from simpeg.choices import Ekspektasi, Predikat

from .cases import HARI_INI, check_kasus, list_kasus, read_kasus


@pytest.mark.parametrize("kasus", list_kasus("predikat"))
def test_predikat_case(kasus: dict[str, Any]) -> None:
    check_kasus("predikat", kasus)


def test_cases_cover_the_nine_cells() -> None:
    masukan = [satu["masukan"] for satu in read_kasus("predikat")]
    sel = {(satu["hasil_kerja"], satu["perilaku_kerja"]) for satu in masukan}

    assert set(product(Ekspektasi, Ekspektasi)) <= sel


def test_every_predikat_is_reached() -> None:
    predikat = {
        compute_predikat(FaktaPredikat(*sel), per_tanggal=HARI_INI).predikat
        for sel in product(Ekspektasi, Ekspektasi)
    }

    assert predikat == set(Predikat)


@pytest.mark.parametrize("lain", Ekspektasi)
def test_better_rating_never_gives_a_worse_predikat(lain: Ekspektasi) -> None:
    """By conduct; by results a poor conduct is misconduct from "sesuai" on."""
    urutan = list(Predikat)
    tingkat = [
        urutan.index(
            compute_predikat(FaktaPredikat(lain, satu), per_tanggal=HARI_INI).predikat
        )
        for satu in Ekspektasi
    ]

    assert tingkat == sorted(tingkat)
