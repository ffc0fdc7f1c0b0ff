"""Data quality in words, as a chart, as XLSX and as paper."""

from __future__ import annotations

import datetime as dt
import io
import itertools
from collections.abc import Iterator, Sequence

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from bkpsdmd.accounts.models import User
from bkpsdmd.audit import services as audit
from bkpsdmd.documents.charts import render_svg
from bkpsdmd.documents.rendering import render_pdf
from bkpsdmd.documents.shapes import Statistik
from bkpsdmd.documents.spreadsheets import Column, write_xlsx
from bkpsdmd.exceptions import DomainError
from bkpsdmd.ui.formats import (
    format_angka,
    format_nip,
    format_persen,
    format_tanggal,
    format_waktu,
)
from simpeg.choices import DimensiMutu
from simpeg.models import MutuPegawai
from simpeg.permissions import Permission
from simpeg.selectors.mutu import (
    BarisTemuan,
    BarisUnit,
    TitikTren,
    list_kurang,
    persen,
)
from simpeg.services.pembukaan import note_unduhan

# A list to telephone through is short; a longer one goes out as XLSX.
MAX_CETAK, MAX_XLSX, POTONG = 300, 10_000, 500
CATATAN = (
    "Nilai orang: rata-rata berbobot empat dimensi; nilai unit: rata-rata orang aktifnya. "
    "Bobot dan batas waktunya kesepakatan portal, lihat Peraturan."
)


def describe_unit(unit: BarisUnit, temuan: Sequence[BarisTemuan]) -> str:
    """Return the main finding on a unit in one sentence."""
    lemah = min(DimensiMutu, key=lambda d: unit.nilai[d.value])
    kalimat = (
        f"Mutu data {format_persen(unit.skor)} dari {format_angka(unit.orang)} orang; "
        f"terlemah {lemah.label.lower()}, {format_persen(unit.nilai[lemah.value])}."
    )
    if temuan:
        kalimat += (
            f" Paling banyak kurang: {temuan[0].nama}, "
            f"{format_angka(temuan[0].orang)} orang."
        )
    return kalimat


def describe_tren(tren: Sequence[TitikTren]) -> str:
    """Return how the score moved since the first month on record."""
    awal, akhir = tren[0], tren[-1]
    beda = akhir.nilai["skor"] - awal.nilai["skor"]
    sejak = f"{awal.bulan:%m-%Y}"
    if not beda:
        return f"Mutu data tetap {format_persen(akhir.nilai['skor'])} sejak {sejak}"
    arah = "naik" if beda > 0 else "turun"
    poin = format_angka(abs(beda))
    return (
        f"Mutu data {arah} {poin} poin sejak {sejak}, kini "
        f"{format_persen(akhir.nilai['skor'])}"
    )


def render_tren(tren: Sequence[TitikTren]) -> str:
    """Return the months as a chart, "" where there is but one."""
    if len(tren) < 2:
        return ""
    judul = describe_tren(tren)
    return render_svg(
        "garis_persen",
        [
            {
                "label": f"{titik.bulan:%m-%y}",
                "nilai": titik.nilai["skor"],
                "teks": format_persen(titik.nilai["skor"]),
            }
            for titik in tren
        ],
        title=judul,
        desc=f"{judul}. Angka tiap bulan ada dalam tabel di bawahnya.",
    )


def write_unit_xlsx(
    baris: Sequence[BarisUnit],
    temuan: Sequence[BarisTemuan],
    *,
    judul: str,
    per_tanggal: dt.date,
) -> bytes:
    """Return the units with their scores, and the points, as a workbook."""
    file = io.BytesIO()
    write_xlsx(
        file,
        title=judul,
        columns=[
            Column("Perangkat daerah", "text", 44),
            Column("Pegawai aktif", "int", 12),
            Column("Tanpa kekurangan", "int", 12),
            Column("Mutu data (%)", "decimal", 12),
            *(Column(f"{d.label} (%)", "decimal", 14) for d in DimensiMutu),
        ],
        rows=[
            (
                one.nama,
                one.orang,
                one.lengkap,
                one.skor,
                *(one.nilai[d.value] for d in DimensiMutu),
            )
            for one in baris
        ],
        sheet="Mutu data",
        notes=[
            f"Keadaan per {format_tanggal(per_tanggal)}.",
            CATATAN,
            *(
                f"{one.nama} ({one.dimensi.label}): {format_angka(one.orang)} orang"
                for one in temuan
            ),
        ],
    )
    return file.getvalue()


def export_orang(
    rows: QuerySet[MutuPegawai], *, judul: str, by: User, per_tanggal: dt.date
) -> bytes:
    """Return the people to be asked as XLSX, logged. Phone numbers for those who may.

    Raises DomainError for a list nobody works through.
    """
    if rows.order_by().values("pk")[: MAX_XLSX + 1].count() > MAX_XLSX:
        raise DomainError(
            "Daftar ini lebih dari 10.000 orang. Pilih satu perangkat daerah atau satu "
            "butir, lalu unduh lagi."
        )
    with_hp = by.has_perm(Permission.PEGAWAI_SENSITIVE)
    file, dimuat = io.BytesIO(), list[int]()
    write_xlsx(
        file,
        title=judul,
        columns=[
            Column("NIP", "text", 20),
            Column("Nama", "text", 36),
            Column("Unit kerja", "text", 40),
            *([Column("Nomor HP", "text", 18)] if with_hp else []),
            Column("Mutu data (%)", "decimal", 12),
            Column("Yang kurang", "text", 90),
        ],
        rows=_iter_orang(rows, per_tanggal, with_hp=with_hp, dimuat=dimuat),
        sheet="Orang",
        notes=[f"Keadaan per {format_tanggal(per_tanggal)}.", CATATAN],
    )
    _record(dimuat, with_hp=with_hp, by=by)
    return file.getvalue()


def _record(dimuat: Sequence[int], *, with_hp: bool, by: User) -> None:
    """Log that the list went out; with telephone numbers on each person in it too."""
    with transaction.atomic():
        audit.record("mutu.ekspor", by, by=by)
        if with_hp:
            note_unduhan(
                ids=dimuat,
                bagian="Daftar mutu data dengan nomor HP",
                by=by,
                now=timezone.now(),
            )


def _iter_orang(
    rows: QuerySet[MutuPegawai],
    per_tanggal: dt.date,
    *,
    with_hp: bool,
    dimuat: list[int],
) -> Iterator[tuple[object, ...]]:
    """Yield the rows of the list; the keys of who is in it are put into `dimuat`."""
    people = rows.iterator(chunk_size=POTONG)
    while some := list(itertools.islice(people, POTONG)):
        dimuat += [one.pegawai_id for one in some]
        for one, kurang in list_kurang(some, per_tanggal):
            keadaan = one.pegawai.keadaan
            yield (
                keadaan.nip,
                keadaan.nama_lengkap,
                keadaan.unit_kerja.nama if keadaan.unit_kerja else "",
                *([one.pegawai.nomor_hp] if with_hp else []),
                persen(one.skor),
                "; ".join(kurang),
            )


def print_orang(
    rows: QuerySet[MutuPegawai],
    *,
    judul: str,
    untuk: str,
    by: User,
    per_tanggal: dt.date,
    dibuat: dt.datetime,
) -> bytes:
    """Return the people to be asked as a paper with boxes to tick, logged.

    Raises DomainError where there are too many to print.
    """
    some = list(rows[: MAX_CETAK + 1])
    if len(some) > MAX_CETAK:
        raise DomainError(
            f"Daftar ini lebih dari {MAX_CETAK} orang. Pilih satu butir atau satu unit, "
            "atau unduh sebagai Excel."
        )
    with_hp = by.has_perm(Permission.PEGAWAI_SENSITIVE)
    data: Statistik = {
        "judul": judul,
        "judul_pendek": "Mutu data",
        "dibuat": dibuat.isoformat(),
        "untuk": untuk,
        "keadaan": format_tanggal(per_tanggal),
        "temuan": f"{format_angka(len(some))} orang perlu dihubungi.",
        "lanskap": True,
        "kepala_tegak": False,
        "isi": [
            {
                "jenis": "tabel",
                "judul": judul,
                "kolom": [
                    {"label": "No.", "lebar": 4, "rata": "kanan"},
                    {"label": "Nama dan NIP", "lebar": 26},
                    {"label": "Unit kerja", "lebar": 26},
                    *([{"label": "Nomor HP", "lebar": 14}] if with_hp else []),  # type: ignore[list-item]
                    {"label": "Mutu", "lebar": 8, "rata": "kanan"},
                    {"label": "Yang kurang", "lebar": 46},
                    {"label": "Sudah", "lebar": 8},
                ],
                "baris": [
                    _build_baris(number, one, kurang, with_hp=with_hp)
                    for number, (one, kurang) in enumerate(
                        list_kurang(some, per_tanggal), 1
                    )
                ],
                "nihil": "Nihil",
                "alasan_nihil": "tidak ada yang kurang",
            }
        ],
        "catatan": [CATATAN, f"Dicetak {format_waktu(dibuat)}."],
    }
    content = render_pdf("statistik", dict(data))
    _record([one.pegawai_id for one in some], with_hp=with_hp, by=by)
    return content


def _build_baris(
    number: int, one: MutuPegawai, kurang: Sequence[str], *, with_hp: bool
) -> list[str]:
    keadaan = one.pegawai.keadaan
    return [
        str(number),
        f"{keadaan.nama_lengkap}\n{format_nip(keadaan.nip)}",
        keadaan.unit_kerja.nama if keadaan.unit_kerja else "",
        *([one.pegawai.nomor_hp] if with_hp else []),
        format_persen(persen(one.skor)),
        "; ".join(kurang),
        "",
    ]
