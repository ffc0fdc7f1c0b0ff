from typing import Any

import pytest

from simpeg.choices import Jenjang

from .cases import check_kasus, list_kasus, read_kasus


@pytest.mark.parametrize("kasus", list_kasus("ak_pendidikan"))
def test_ak_pendidikan_case(kasus: dict[str, Any]) -> None:
    check_kasus("ak_pendidikan", kasus)


def test_cases_cover_every_jenjang() -> None:
    masukan = [satu["masukan"]["jenjang"] for satu in read_kasus("ak_pendidikan")]

    assert masukan == list(Jenjang)
