"""The cells of one row, and the notes that reading them leaves."""

from collections.abc import Mapping
from datetime import date

from .catatan import Catatan, KodeCatatan, galat, peringatan
from .kolom import get_label
from .orang import Acuan
from .sel import read_tanggal


class Pembaca:
    """One row being read: clean cells by column, reference lists, notes so far."""

    def __init__(
        self, sel: Mapping[str, str], *, acuan: Acuan, per_tanggal: date
    ) -> None:
        self.acuan = acuan
        self.per_tanggal = per_tanggal
        self.catatan: list[Catatan] = []
        self._sel = sel

    def teks(self, kolom: str) -> str:
        return self._sel.get(kolom, "")

    def pasangan(self, awalan: str) -> tuple[str, str]:
        """Return `…_id` and `…_nama`."""
        return self.teks(f"{awalan}_id"), self.teks(f"{awalan}_nama")

    def galat(self, kolom: str, kode: str, pesan: str) -> None:
        self.catatan.append(galat(kolom, kode, pesan))

    def peringatan(self, kolom: str, kode: str, pesan: str) -> None:
        self.catatan.append(peringatan(kolom, kode, pesan))

    @property
    def is_ditolak(self) -> bool:
        return any(satu.is_galat for satu in self.catatan)

    def tanggal(self, kolom: str) -> date | None:
        """Return the day in a cell; None when it is empty, or unreadable and noted."""
        teks = self.teks(kolom)
        if not teks:
            return None
        try:
            return read_tanggal(teks)
        except ValueError:
            self.galat(
                kolom,
                KodeCatatan.TANGGAL_TIDAK_TERBACA,
                f"{get_label(kolom)} “{teks[:40]}” bukan tanggal yang ada. Tulis "
                "hari-bulan-tahun, misalnya 01-04-2026.",
            )
            return None

    def muat(self, kolom: str, panjang: int) -> str:
        """Return the text of a cell; "" when there is no room for it, noted."""
        teks = self.teks(kolom)
        if len(teks) <= panjang:
            return teks
        self.peringatan(
            kolom,
            KodeCatatan.NILAI_TERLALU_PANJANG,
            f"{get_label(kolom)} melebihi {panjang} tanda, jadi tidak dicatat. Perbaiki "
            "di SIASN atau isi sendiri di data pegawai.",
        )
        return ""

    def kode(self, awalan: str, daftar: Mapping[str, str], *, lebar: int = 1) -> str:
        """Return the id in a reference list, found by `…_id`, else by `…_nama`.

        A spreadsheet drops leading zeros, so an id is filled up to `lebar`.
        """
        id_, nama = self.pasangan(awalan)
        if id_.zfill(lebar) in daftar:
            return id_.zfill(lebar)
        wanted = rapatkan(nama)
        for kode, label in daftar.items():
            if wanted and rapatkan(label) == wanted:
                return kode
        if id_ or nama:
            self.peringatan(
                f"{awalan}_id" if id_ else f"{awalan}_nama",
                KodeCatatan.NILAI_TIDAK_DIKENAL,
                f"{get_label(f'{awalan}_nama')} “{(nama or id_)[:80]}” tidak ada di daftar "
                "acuan, jadi tidak dicatat. Isi sendiri di data pegawai bila perlu.",
            )
        return ""


def rapatkan(teks: str) -> str:
    """Return a name as it is compared: case and spacing do not count."""
    return "".join(teks.lower().split())
