"""Every other reason names its article."""

from .cases import find_uncited


def test_only_arithmetic_and_records_need_no_article() -> None:
    assert find_uncited() == {
        "abk": {"total"},
        "ej": {"pemangku"},
        "eu": {"pemangku"},
        "evaluasi_jabatan": {"usulan"},
    }
