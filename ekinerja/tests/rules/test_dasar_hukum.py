"""Every other reason names its article."""

from .cases import find_uncited


def test_only_arithmetic_and_records_need_no_article() -> None:
    assert find_uncited() == {
        "angka_kredit": {"konversi_periodik"},
        "presensi": {"hadir", "tepat_masuk", "tepat_pulang", "urutan_jam"},
    }
