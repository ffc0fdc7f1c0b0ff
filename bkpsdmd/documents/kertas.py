"""The paper of each kind of naskah on a day: size, margins, letters, class, copies."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bkpsdmd.documents.berjangka import (
    add_berjangka,
    cancel_berjangka,
    update_berjangka,
)
from bkpsdmd.documents.jenis import list_choices
from bkpsdmd.documents.models import (
    BukuNomor,
    Huruf,
    PengaturanKantor,
    PengaturanNaskah,
    Sifat,
    get_kantor,
)
from bkpsdmd.exceptions import DomainError

if TYPE_CHECKING:
    from bkpsdmd.accounts.models import User

KATA = "naskah_kertas"
FONTS = {Huruf.SANS: "Liberation Sans", Huruf.BONUM: "TeX Gyre Bonum"}
MAX_TEMBUSAN = 40


@dataclass(frozen=True, slots=True)
class NilaiNaskah:
    """The paper of one kind; every value is there, the office's where none was set."""

    jenis: str
    kertas: str
    margin_kiri_mm: int
    margin_kanan_mm: int
    margin_atas_mm: int
    margin_bawah_mm: int
    huruf: str
    ukuran_huruf_pt: int
    spasi: str
    kelas_keamanan: str
    is_kelas_di_nomor: bool
    sifat: str
    tembusan: tuple[str, ...]

    @property
    def awalan_nomor(self) -> str:
        """Return what stands before the number of a paper: "B/", or nothing."""
        return f"{self.kelas_keamanan}/" if self.is_kelas_di_nomor else ""

    @property
    def nama_sifat(self) -> str:
        return str(Sifat(self.sifat).label)

    def as_halaman(self) -> dict[str, object]:
        """Return page and margins as the templates read them."""
        names = (
            "kertas", "margin_kiri_mm", "margin_kanan_mm", "margin_atas_mm",
            "margin_bawah_mm",
        )  # fmt: skip
        return {name: getattr(self, name) for name in names}

    def as_huruf(self) -> dict[str, object]:
        return {
            "keluarga": FONTS[Huruf(self.huruf)],
            "ukuran_pt": self.ukuran_huruf_pt,
            "spasi": float(self.spasi),
        }


def get_pengaturan_naskah(jenis: str, per_tanggal: dt.date) -> NilaiNaskah:
    """Return the paper of a kind on that day, the office's where nothing was set.

    One query.
    """
    row = PengaturanNaskah.objects.on(per_tanggal).filter(jenis=jenis).first()
    return build_nilai(get_kantor(), row or PengaturanNaskah(jenis=jenis))


def build_nilai(kantor: PengaturanKantor, row: PengaturanNaskah) -> NilaiNaskah:
    """Return the values these settings make, stored or only typed so far."""

    def pick(name: str) -> Any:
        own = getattr(row, name)
        return getattr(kantor, name) if own in (None, "") else own

    return NilaiNaskah(
        jenis=row.jenis,
        kertas=pick("kertas"),
        margin_kiri_mm=pick("margin_kiri_mm"),
        margin_kanan_mm=pick("margin_kanan_mm"),
        margin_atas_mm=pick("margin_atas_mm"),
        margin_bawah_mm=pick("margin_bawah_mm"),
        huruf=row.huruf,
        ukuran_huruf_pt=row.ukuran_huruf_pt,
        spasi=row.spasi,
        kelas_keamanan=row.kelas_keamanan,
        is_kelas_di_nomor=row.is_kelas_di_nomor,
        sifat=row.sifat,
        tembusan=tuple(split_tembusan(row.tembusan)),
    )


def write_kode(nilai: NilaiNaskah, *, buku: str, tahun: int) -> str:
    """Return the classification for `take_many`, the class before it: "B/800".

    "" lets the book write its own, as wherever the class does not stand in numbers.
    Raises DomainError for a book whose pattern does not begin with the classification.
    """
    if not nilai.awalan_nomor:
        return ""
    books = {row.tahun: row for row in BukuNomor.objects.filter(jenis=buku)}
    if not books:
        return ""
    row = books.get(tahun) or books[max(books)]
    if not row.pola.startswith("{kode}"):
        raise DomainError(
            f"Kelas keamanan tidak dapat ditulis di depan nomor: pola {row} tidak diawali "
            "{kode}. Minta admin mengubah pola itu atau Pengaturan naskah.",
            kode="pola_tanpa_kode",
        )
    return f"{nilai.awalan_nomor}{row.kode}".rstrip("/")


def split_tembusan(teks: str) -> list[str]:
    """Return one name per line, without empty lines."""
    return [" ".join(line.split()) for line in teks.splitlines() if line.strip()]


def list_jenis() -> list[tuple[str, str]]:
    """Return slug and label of every kind that apps register or a book numbers."""
    names: dict[str, str] = {}
    for buku in BukuNomor.objects.order_by("tahun"):
        names[buku.jenis] = buku.nama
    names |= dict(list_choices())
    return sorted(names.items(), key=lambda pair: pair[1].casefold())


# -- Writing -------------------------------------------------------------------------------


def add_pengaturan_naskah(
    *, pengaturan: PengaturanNaskah, by: User | None
) -> PengaturanNaskah:
    """Let a kind be printed so from `pengaturan.mulai` on. Raises DomainError."""
    if pengaturan.jenis not in dict(list_jenis()):
        raise DomainError("Pilih jenis naskah dari daftar.", kolom="jenis")
    pengaturan.tembusan = _check_tembusan(pengaturan.tembusan)
    return add_berjangka(pengaturan, kata=KATA, by=by)


def update_pengaturan_naskah(
    *, pengaturan: PengaturanNaskah, versi: int, by: User | None, **changes: Any
) -> PengaturanNaskah:
    """Correct the paper of a kind, or end it by `selesai`. Raises DomainError."""
    if "tembusan" in changes:
        changes["tembusan"] = _check_tembusan(changes["tembusan"])
    return update_berjangka(pengaturan, versi=versi, changes=changes, kata=KATA, by=by)


def cancel_pengaturan_naskah(
    *, pengaturan: PengaturanNaskah, versi: int, alasan: str, by: User | None
) -> PengaturanNaskah:
    """Take back a setting entered by mistake; the one before goes on."""
    return cancel_berjangka(pengaturan, versi=versi, alasan=alasan, kata=KATA, by=by)


def _check_tembusan(teks: str) -> str:
    names = split_tembusan(teks)
    if len(names) > MAX_TEMBUSAN:
        raise DomainError(
            f"Tembusan paling banyak {MAX_TEMBUSAN} penerima.", kolom="tembusan"
        )
    if any(len(name) > 200 for name in names):
        raise DomainError(
            "Satu penerima tembusan paling panjang 200 huruf.", kolom="tembusan"
        )
    return "\n".join(names)
