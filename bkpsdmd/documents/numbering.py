"""How a number of a paper is written, from a pattern that an office may change."""

from string import Formatter

from django.core.exceptions import ValidationError

ROMAWI = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
PARTS = frozenset({"kode", "urut", "unit", "bulan", "bulan_romawi", "tahun"})
MAX_LENGTH = 200


def format_nomor(
    pola: str, *, kode: str, urut: int, unit: str, bulan: int, tahun: int
) -> str:
    """Write a number, e.g. "800/007/BKPSDMD/XI/2026"."""
    return pola.format(
        kode=kode,
        urut=urut,
        unit=unit,
        bulan=f"{bulan:02}",
        bulan_romawi=ROMAWI[bulan - 1],
        tahun=tahun,
    )


def validate_pola(pola: str) -> None:
    """Refuse a pattern with unknown parts, without {urut}, or that does not print."""
    try:
        names = [name for _, name, _, _ in Formatter().parse(pola) if name is not None]
    except ValueError as error:
        raise ValidationError("Kurung kurawal pada pola tidak berpasangan.") from error
    # Exact names only: "{unit.__class__}" would reach into the program.
    unknown = sorted(set(names) - PARTS)
    if unknown:
        raise ValidationError(f"Bagian pola tidak dikenal: {', '.join(unknown)}.")
    if "urut" not in names:
        raise ValidationError("Pola harus memuat {urut}, agar tidak ada nomor kembar.")
    try:
        example = format_nomor(
            pola, kode="800", urut=1, unit="UNIT", bulan=1, tahun=2026
        )
    except (ValueError, TypeError) as error:
        raise ValidationError("Pola tidak dapat dipakai. Contoh: {urut:03}.") from error
    if len(example) > MAX_LENGTH:
        raise ValidationError("Nomor yang dihasilkan pola ini terlalu panjang.")
