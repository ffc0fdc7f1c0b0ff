from typing import Any

import pytest

from .cases import check_kasus, list_kasus, read_kasus


@pytest.mark.parametrize("kasus", list_kasus("talenta"))
def test_talenta_case(kasus: dict[str, Any]) -> None:
    check_kasus("talenta", kasus)


def test_every_box_is_reached() -> None:
    kotak = {satu["hasil"]["kotak"] for satu in read_kasus("talenta")}

    assert kotak == set(range(1, 10))
