"""The statistics in words, as a chart, as XLSX and as PDF."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator, Sequence
from decimal import Decimal

from bkpsdmd.documents.charts import render_svg
from bkpsdmd.documents.models import get_kantor
from bkpsdmd.documents.rendering import render_pdf
from bkpsdmd.documents.shapes import Blok, KolomTabel, Statistik, Tabel
from bkpsdmd.documents.spreadsheets import Column, write_xlsx
from bkpsdmd.ui.formats import (
    KOSONG,
    format_angka,
    format_persen,
    format_tanggal,
    format_waktu,
)
from simpeg.models.lingkup import Lingkup
from simpeg.selectors.dimensi import TAHUN_PROYEKSI, TANPA, Nilai
from simpeg.selectors.statistik import Rekap, Saringan

# A chart shows the largest so many of units; of two dimensions so many bars in all.
BATANG, BATANG_BERKELOMPOK, SERI = 12, 20, 5
LAINNYA = "Lainnya"
TUA = 51
# Letters side by side that fit an upright page; more columns than this, and heads stand.
HURUF_TEGAK, KOLOM_DATAR = 80, 9


# -- Words ------------------------------------------------------------------------------


def compute_persen(bagian: int, seluruh: int) -> Decimal | None:
    """Return the share in percent, None of nobody."""
    return Decimal(bagian * 100) / Decimal(seluruh) if seluruh else None


def describe_judul(rekap: Rekap) -> str:
    """Return "Pegawai menurut golongan dan jenis kelamin"."""
    judul = f"Pegawai menurut {_kecil(rekap.baris.judul)}"
    return f"{judul} dan {_kecil(rekap.kolom.judul)}" if rekap.kolom else judul


def describe_saringan(saringan: Saringan, lingkup: Lingkup) -> str:
    """Return whom the figures speak of: "Dinas Contoh, PNS"."""
    if saringan.opd:
        where = saringan.opd.nama
    elif lingkup.semua:
        where = get_kantor().nama_instansi
    else:
        where = ", ".join(dict.fromkeys(unit.nama for unit in lingkup.units))
    return f"{where}, {saringan.status.label}" if saringan.status else where


def describe_temuan(rekap: Rekap) -> str:
    """Return the main finding in one sentence."""
    if not rekap.total:
        return "Tidak ada pegawai aktif yang cocok dengan saringan ini."
    if rekap.baris.kunci == "pensiun":
        return _describe_pensiun(rekap)
    if rekap.kolom:
        return _describe_silang(rekap)
    top = _largest(rekap, rekap.nilai_baris)
    if rekap.baris.kunci == "usia":
        old = sum(
            rekap.count(nilai)
            for nilai in rekap.nilai_baris
            if nilai.kode != TANPA and int(nilai.kode.split("-")[0]) >= TUA
        )
        return (
            f"{_dari(old, rekap.total)} berusia lebih dari {TUA - 1} tahun; kelompok "
            f"usia terbanyak {top.label}, {format_angka(rekap.count(top))} orang."
        )
    return (
        f"{rekap.baris.judul} terbanyak adalah {top.label}: "
        f"{_dari(rekap.count(top), rekap.total)}."
    )


def _describe_pensiun(rekap: Rekap) -> str:
    years = [
        nilai
        for nilai in rekap.nilai_baris
        if nilai.kode.isdigit() and int(nilai.kode) > rekap.per_tanggal.year
    ]
    span = f"{years[0].kode}–{years[-1].kode}"
    sums = {nilai: rekap.count(nilai) for nilai in years}
    if not any(sums.values()):
        return f"Belum ada pegawai aktif yang TMT pensiunnya tahun {span}."
    top = max(years, key=sums.__getitem__)
    return (
        f"Dalam {TAHUN_PROYEKSI} tahun {span}, "
        f"{_dari(sum(sums.values()), rekap.total)} mencapai TMT pensiun; terbanyak "
        f"tahun {top.kode}, {format_angka(sums[top])} orang."
    )


def _describe_silang(rekap: Rekap) -> str:
    if rekap.kolom is None:
        raise ValueError("one dimension has no cells")
    cells = [(b, k) for b in rekap.nilai_baris for k in rekap.nilai_kolom]
    named = [pair for pair in cells if TANPA not in {one.kode for one in pair}]
    b, k = max(named or cells, key=lambda pair: rekap.count(*pair))
    return (
        f"Terbanyak adalah {_kecil(rekap.baris.judul)} {b.label} dengan "
        f"{_kecil(rekap.kolom.judul)} {k.label}: "
        f"{_dari(rekap.count(b, k), rekap.total)}."
    )


def list_catatan(rekap: Rekap) -> Iterator[str]:
    """Yield what a reader must know of these figures."""
    yield (
        "Yang dihitung pegawai aktif menurut kedudukan hukumnya, dengan jabatan "
        "definitif. Persentase dibulatkan ke satu desimal."
    )
    kunci = {rekap.baris.kunci, rekap.kolom.kunci if rekap.kolom else ""}
    if rekap.is_lampau:
        yield (
            "Keadaan tanggal itu diturunkan dari riwayat yang berlaku pada hari itu, "
            "dengan susunan perangkat daerah hari itu."
        )
    if rekap.is_lampau and kunci & {"agama", "status_kawin"}:
        yield "Agama dan status perkawinan menurut catatan sekarang."
    if "diklat_struktural" in kunci:
        yield (
            "Sudah diklat: telah mengikuti diklat struktural setingkat eselonnya "
            "(II: PIM II/PKN II, III: PIM III/PKA, IV: PIM IV/PKP) atau lebih tinggi."
        )
    if "masa_kerja" in kunci:
        yield "Masa kerja golongan dihitung dalam tahun penuh sampai tanggal keadaan."
    if "usia" in kunci:
        yield "Usia dihitung dalam tahun penuh pada tanggal keadaan."
    if "unit" in kunci:
        yield "Orang dihitung pada unit tempatnya bekerja, tanpa bagian di bawahnya."
    if "pensiun" in kunci:
        siapa = (
            "pegawai yang aktif pada tanggal itu, dengan batas usia yang berlaku hari itu"
            if rekap.is_lampau
            else "pegawai yang ada sekarang"
        )
        yield (
            f"Proyeksi apa adanya: menurut TMT pensiun {siapa}, tanpa memperkirakan "
            "pengangkatan, perpindahan, atau pemberhentian lain."
        )


def _largest(rekap: Rekap, values: Sequence[Nilai]) -> Nilai:
    """Return the value most people have; "nothing recorded" only where all have it."""
    named = [nilai for nilai in values if nilai.kode != TANPA and rekap.count(nilai)]
    return max(named or values, key=rekap.count)


def _dari(bagian: int, seluruh: int) -> str:
    return (
        f"{format_angka(bagian)} dari {format_angka(seluruh)} pegawai aktif "
        f"({format_persen(compute_persen(bagian, seluruh))})"
    )


def _kecil(judul: str) -> str:
    return judul[0].lower() + judul[1:]


# -- The chart --------------------------------------------------------------------------


def render_grafik(rekap: Rekap) -> str:
    """Return the chart as SVG; empty where there is nothing to draw."""
    values = list_digambar(rekap)
    rows = list(
        _list_kelompok(rekap, values) if rekap.kolom else _list_batang(rekap, values)
    )
    if not any(row["nilai"] for row in rows):
        return ""
    return render_svg(
        "batang_berkelompok" if rekap.kolom else "batang_mendatar",
        rows,
        title=describe_temuan(rekap),
        desc="; ".join(
            " ".join(
                str(row[name]) for name in ("label", "kelompok", "teks") if name in row
            )
            for row in rows
        ),
    )


def list_digambar(rekap: Rekap) -> list[Nilai]:
    """Return the rows that the chart shows: of many the largest, those first."""
    values = [nilai for nilai in rekap.nilai_baris if nilai.is_inti]
    most = BATANG
    if rekap.kolom:
        most = BATANG_BERKELOMPOK // min(SERI, len(rekap.nilai_kolom) or 1)
    if rekap.baris.is_panjang or (rekap.kolom and not rekap.baris.is_rentang):
        largest = sorted(values, key=rekap.count, reverse=True)[:most]
        # Units have no order of their own; levels keep theirs.
        return (
            largest
            if rekap.baris.is_panjang
            else [nilai for nilai in values if nilai in largest]
        )
    return values


def describe_digambar(rekap: Rekap) -> str:
    """Say what the chart leaves to the table; empty where it shows all."""
    shown, all_of = len(list_digambar(rekap)), len(rekap.nilai_baris)
    notes = []
    if shown < all_of:
        notes.append(f"Grafik menggambar {shown} dari {all_of} baris tabel.")
    if len(rekap.nilai_kolom) > SERI:
        notes.append(f"Selain {SERI - 1} rincian terbanyak digabung sebagai {LAINNYA}.")
    return " ".join(notes)


def _list_batang(rekap: Rekap, values: Sequence[Nilai]) -> Iterator[dict[str, object]]:
    for nilai in values:
        n = rekap.count(nilai)
        persen = format_persen(compute_persen(n, rekap.total))
        yield {
            "label": nilai.label,
            "nilai": n,
            "teks": f"{format_angka(n)} ({persen})",
        }


def _list_kelompok(
    rekap: Rekap, values: Sequence[Nilai]
) -> Iterator[dict[str, object]]:
    series = list(rekap.nilai_kolom)
    rest: list[Nilai] = []
    if len(series) > SERI:
        largest = sorted(series, key=lambda k: rekap.count(None, k), reverse=True)
        kept = largest[: SERI - 1]
        rest = [k for k in series if k not in kept]
        series = [k for k in series if k in kept]
    for b in values:
        counts = {k.kepala: rekap.count(b, k) for k in series}
        if rest:
            counts[LAINNYA] = sum(rekap.count(b, k) for k in rest)
        for name, n in counts.items():
            yield {
                "label": b.label,
                "kelompok": name,
                "nilai": n,
                # Zeros beside empty places would hide the figures.
                "teks": format_angka(n) if n else "",
            }


# -- Files ------------------------------------------------------------------------------


def write_statistik_xlsx(rekap: Rekap, *, untuk: str) -> bytes:
    """Return the table as a workbook; `untuk` says whom it speaks of."""
    file = io.BytesIO()
    write_xlsx(
        file,
        title=describe_judul(rekap),
        columns=[
            Column(rekap.baris.judul, "text", 40),
            *(Column(k.label, "int", 14) for k in rekap.nilai_kolom),
            Column("Jumlah", "int", 12),
            Column("Persen", "decimal", 10),
        ],
        rows=[
            *(_cells(rekap, b.label, b) for b in rekap.list_tabel()),
            _cells(rekap, "Jumlah", None),
        ],
        sheet="Statistik",
        notes=[
            f"{untuk}, keadaan per {format_tanggal(rekap.per_tanggal)}.",
            f"Dihitung {format_waktu(rekap.dihitung_at)}.",
            describe_temuan(rekap),
            *list_catatan(rekap),
        ],
    )
    return file.getvalue()


def _cells(
    rekap: Rekap, label: str, baris: Nilai | None
) -> tuple[str | int | Decimal | None, ...]:
    """Return one row of the table, without `baris` that of the sums."""
    n = rekap.count(baris)
    persen = compute_persen(n, rekap.total)
    return (
        label,
        *(rekap.count(baris, k) for k in rekap.nilai_kolom),
        n,
        None if persen is None else persen.quantize(Decimal("0.1"), "ROUND_HALF_UP"),
    )


def write_statistik_pdf(rekap: Rekap, *, untuk: str, dibuat: dt.datetime) -> bytes:
    """Return the table with its chart as a paper."""
    return render_pdf(
        "statistik", dict(build_statistik(rekap, untuk=untuk, dibuat=dibuat))
    )


def build_statistik(rekap: Rekap, *, untuk: str, dibuat: dt.datetime) -> Statistik:
    """Return the content of the paper, every value as it is printed."""
    judul = describe_judul(rekap)
    isi: list[Blok] = []
    if svg := render_grafik(rekap):
        isi.append(
            {
                "jenis": "grafik",
                "judul": judul,
                "svg": svg,
                "uraian": describe_temuan(rekap),
                "catatan": describe_digambar(rekap),
            }
        )
    tabel = _build_tabel(rekap, judul)
    isi.append(tabel)
    return {
        "judul": f"Statistik {judul}",
        "judul_pendek": f"Statistik {judul}",
        "dibuat": dibuat.isoformat(),
        "untuk": untuk,
        "keadaan": format_tanggal(rekap.per_tanggal),
        "temuan": describe_temuan(rekap),
        "lanskap": sum(k["lebar"] for k in tabel["kolom"]) > HURUF_TEGAK,
        "kepala_tegak": len(rekap.nilai_kolom) > KOLOM_DATAR,
        "isi": isi,
        "catatan": [
            *list_catatan(rekap),
            f"Dihitung {format_waktu(rekap.dihitung_at)}.",
        ],
    }


def _build_tabel(rekap: Rekap, judul: str) -> Tabel:
    def column(label: str) -> KolomTabel:
        """Give a column the room of the longest word of its head, and of a number."""
        return {
            "label": label,
            "lebar": max(6, *(len(word) + 1 for word in label.split())),
            "rata": "kanan",
        }

    heads = [k.kepala for k in rekap.nilai_kolom]
    tabel: Tabel = {
        "jenis": "tabel",
        "judul": f"{judul}, keadaan per {format_tanggal(rekap.per_tanggal)}",
        "kolom": [
            {"label": rekap.baris.judul, "lebar": 24},
            *map(column, [*heads, "Jumlah", "Persen"]),
        ],
        "baris": [_printed(rekap, b.label, b) for b in rekap.list_tabel()],
        "nihil": "Nihil",
        "alasan_nihil": "tidak ada pegawai aktif yang cocok",
    }
    if rekap.total:
        tabel["jumlah"] = _printed(rekap, "Jumlah", None)
    return tabel


def _printed(rekap: Rekap, label: str, baris: Nilai | None) -> list[str]:
    n = rekap.count(baris)
    counts = [*(rekap.count(baris, k) for k in rekap.nilai_kolom), n]
    return [
        label,
        *(format_angka(count) if count else KOSONG for count in counts),
        format_persen(compute_persen(n, rekap.total)),
    ]
