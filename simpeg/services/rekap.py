"""A rekap as a chart, as XLSX and as PDF."""

from __future__ import annotations

import datetime as dt
import io

from bkpsdmd.documents.charts import render_svg
from bkpsdmd.documents.rendering import render_pdf
from bkpsdmd.documents.shapes import Blok, KolomTabel, Statistik, Tabel
from bkpsdmd.documents.spreadsheets import Column, write_xlsx
from bkpsdmd.ui.formats import KOSONG, format_angka, format_tanggal
from simpeg.selectors.rekap import BarisLembar, Lembar, Sel

# The chart draws the largest so many rows.
BATANG = 15


def render_grafik(lembar: Lembar) -> str:
    """Return the chart as SVG; empty where there is nothing to draw."""
    ranked = sorted(
        lembar.baris, key=lambda b: sum(b.sel[n].nilai or 0 for n in lembar.batang)
    )
    largest = ranked[-BATANG:]
    shown = [baris for baris in lembar.baris if baris in largest]
    is_satu = len(lembar.batang) == 1
    rows = [
        {
            "label": baris.label,
            "nilai": baris.sel[n].nilai or 0,
            "teks": format_angka(baris.sel[n].nilai or 0),
            **({} if is_satu else {"kelompok": lembar.kolom[n]}),
        }
        for baris in shown
        for n in lembar.batang
    ]
    if not any(row["nilai"] for row in rows):
        return ""
    return render_svg(
        "batang_mendatar" if is_satu else "batang_berkelompok",
        rows,
        title=lembar.judul,
        desc=lembar.temuan,
    )


def describe_digambar(lembar: Lembar) -> str:
    """Say what the chart leaves to the table; empty where it shows all."""
    if len(lembar.baris) <= BATANG:
        return ""
    return f"Grafik menggambar {BATANG} dari {len(lembar.baris)} baris tabel."


def write_rekap_xlsx(lembar: Lembar, *, untuk: str) -> bytes:
    """Return the table as a workbook; `untuk` says whom it speaks of."""
    file = io.BytesIO()
    kata = {
        n
        for baris in lembar.baris
        for n, sel in enumerate(baris.sel)
        if sel.nilai is None
    }
    write_xlsx(
        file,
        title=lembar.judul,
        columns=[
            Column(lembar.kepala, "text", 44),
            *(
                Column(label, "text" if n in kata else "int", 16)
                for n, label in enumerate(lembar.kolom)
            ),
        ],
        rows=[
            (
                baris.label,
                *(
                    _teks(sel) if n in kata else sel.nilai
                    for n, sel in enumerate(baris.sel)
                ),
            )
            for baris in _list_baris(lembar)
        ],
        sheet="Rekap",
        notes=[
            f"{untuk}, keadaan per {format_tanggal(lembar.per_tanggal)}.",
            lembar.temuan,
            *lembar.catatan,
        ],
    )
    return file.getvalue()


def write_rekap_pdf(lembar: Lembar, *, untuk: str, dibuat: dt.datetime) -> bytes:
    """Return the table with its chart as a paper."""
    isi: list[Blok] = []
    if svg := render_grafik(lembar):
        isi.append(
            {
                "jenis": "grafik",
                "judul": lembar.judul,
                "svg": svg,
                "uraian": lembar.temuan,
                "catatan": describe_digambar(lembar),
            }
        )
    kolom: list[KolomTabel] = [
        {"label": lembar.kepala, "lebar": 30},
        *(_kolom(label) for label in lembar.kolom),
    ]
    tabel: Tabel = {
        "jenis": "tabel",
        "judul": f"{lembar.judul}, keadaan per {format_tanggal(lembar.per_tanggal)}",
        "kolom": kolom,
        "baris": [
            [baris.label, *(_teks(sel) for sel in baris.sel)] for baris in lembar.baris
        ],
        "nihil": "Nihil",
        "alasan_nihil": "tidak ada yang cocok",
    }
    if lembar.jumlah:
        jumlah = lembar.jumlah
        tabel["jumlah"] = [jumlah.label, *(_teks(sel) for sel in jumlah.sel)]
    isi.append(tabel)
    data: Statistik = {
        "judul": lembar.judul,
        "judul_pendek": lembar.judul,
        "dibuat": dibuat.isoformat(),
        "untuk": untuk,
        "keadaan": format_tanggal(lembar.per_tanggal),
        "temuan": lembar.temuan,
        "lanskap": sum(one["lebar"] for one in kolom) > 80,
        "kepala_tegak": False,
        "isi": isi,
        "catatan": list(lembar.catatan),
    }
    return render_pdf("statistik", dict(data))


def _kolom(label: str) -> KolomTabel:
    width = max(8, *(len(word) + 1 for word in label.split()))
    return {"label": label, "lebar": width, "rata": "kanan"}


def _list_baris(lembar: Lembar) -> list[BarisLembar]:
    return [*lembar.baris, *([lembar.jumlah] if lembar.jumlah else [])]


def _teks(sel: Sel) -> str:
    if sel.nilai is None:
        return sel.kata
    return format_angka(sel.nilai) if sel.nilai else KOSONG
