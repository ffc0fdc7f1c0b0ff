"""A PDF that only shows pages: no program, no form that sends, no file inside."""

from __future__ import annotations

from bkpsdmd.documents.terpisah import run_apart
from bkpsdmd.exceptions import DomainError

_REFUSALS = {
    "aktif": (
        "PDF ini memuat program atau berkas lain di dalamnya. Cetak ke PDF baru, lalu "
        "unggah yang baru.",
        "pdf_aktif",
    ),
    "berkata_sandi": (
        "PDF ini berkata sandi. Simpan salinan tanpa kata sandi, lalu unggah itu.",
        "berkata_sandi",
    ),
    "rusak": (
        "PDF ini rusak dan tidak dapat dibuka. Pindai atau simpan ulang, lalu coba lagi.",
        "rusak",
    ),
    "kosong": ("PDF ini tidak berisi halaman.", "rusak"),
    "berat": (
        "PDF ini tidak selesai diperiksa. Coba sekali lagi; bila tetap demikian, cetak "
        "ke PDF baru, lalu unggah yang baru.",
        "terlalu_berat",
    ),
}


def check_pdf(content: bytes) -> int:
    """Return how many pages there are.

    Raises DomainError unless the file opens, has a page, cannot act by itself, and all
    that within limits of memory and time.
    """
    hasil, halaman = run_apart("bkpsdmd.documents.pdf_isi", content) or ("berat", 0)
    if hasil == "aman" and not halaman:
        hasil = "kosong"
    if hasil != "aman":
        pesan, kode = _REFUSALS[hasil]
        raise DomainError(pesan, kolom="berkas", kode=kode)
    return int(halaman)
