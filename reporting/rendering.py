"""A report as words and as PDF: the content formatted for the paper's template."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter
from typing import Any

from bkpsdmd.documents.charts import render_svg
from bkpsdmd.documents.kertas import get_pengaturan_naskah
from bkpsdmd.documents.rendering import compute_checksum, render_pdf
from bkpsdmd.documents.shapes import (
    Bab,
    Blok,
    Daftar,
    Grafik,
    Indikator,
    KolomTabel,
    Laporan,
    Paragraf,
    Periksa,
    Ringkasan,
    Tabel,
)
from bkpsdmd.ui.formats import format_angka, format_tanggal, format_waktu
from reporting.laporan.pasal24 import (
    BarisKelengkapan,
    BarisKerangka,
    BarisPemakaian,
    LaporanPasal24,
)

# Also the kind of the number book and of the paper settings.
TEMPLAT = "laporan_pasal24"
# Long names take three lines each; the table below shows every perangkat daerah.
BATANG = 8
CATATAN_GRAFIK = (
    "Kelengkapan kolom wajib di perangkat daerah yang paling belum lengkap; semuanya ada "
    "pada tabel."
)
# What stands in the outline for a table without a register of its own.
BELUM_ADA_ISI = ("belum_dicatat", "tahunan")
BELUM_ADA = "Belum ada data"
# Why a table is empty: nobody records it yet, or nothing happened.
BELUM_DICATAT = "data belum dicatat"
TIDAK_ADA_KEJADIAN = "tidak ada kejadian"


def render_laporan(
    content: LaporanPasal24, *, grafik: str, periksa: Periksa | None = None
) -> bytes:
    """Return the PDF; `grafik` is what `render_grafik` drew for this content.

    `periksa` is how anybody checks the paper, where it is to be issued.
    """
    naskah = build_naskah(content, grafik=grafik)
    if periksa is not None:
        naskah["periksa"] = periksa
    return render_pdf(
        TEMPLAT,
        naskah,
        sidik=compute_checksum(content.as_data()),
        pengaturan=get_pengaturan_naskah(TEMPLAT, content.cutoff.date()),
    )


# -- The chart --------------------------------------------------------------------------


def list_terendah(content: LaporanPasal24) -> list[BarisKelengkapan]:
    """Return the perangkat daerah whose records have most gaps, the worst first."""
    rows = (row for row in content.kelengkapan if row.is_opd_aktif and row.wajib)
    return sorted(rows, key=lambda row: row.kelengkapan.exact or 0)[:BATANG]


def describe_grafik(content: LaporanPasal24) -> str:
    """Return the finding that the chart shows, as its title; empty without data."""
    rows = list_terendah(content)
    if not rows:
        return ""
    return (
        f"Data pegawai paling belum lengkap: {rows[0].nama}, {rows[0].kelengkapan.teks}"
    )


def render_grafik(content: LaporanPasal24) -> str:
    """Return the one chart of the report as SVG; empty where there is nothing to draw."""
    rows = list_terendah(content)
    if not rows:
        return ""
    return render_svg(
        "batang_mendatar",
        [
            {
                "label": row.nama,
                "nilai": float(row.kelengkapan.exact or 0),
                "teks": row.kelengkapan.teks,
            }
            for row in rows
        ],
        title=describe_grafik(content),
        desc=_describe_rows(rows),
    )


def _describe_rows(rows: list[BarisKelengkapan]) -> str:
    return "; ".join(f"{row.nama} {row.kelengkapan.teks}" for row in rows)


# -- The paper --------------------------------------------------------------------------


def build_naskah(content: LaporanPasal24, *, grafik: str) -> Laporan:
    """Return the paper in words, every value as it is printed."""
    periode = content.periode
    return {
        "judul": "Laporan Pelaksanaan e-Government",
        "judul_pendek": f"Laporan {periode.label}{_imbuhan(content)}",
        "dibuat": content.cutoff.isoformat(),
        "sub_judul": content.pelapor,
        "periode": f"{periode.label}, {periode.rentang}",
        "nomor": None,
        "identitas": list(_list_identitas(content)),
        "pengantar": list(list_temuan(content)),
        "judul_ringkasan": "Ringkasan",
        "periode_ini": periode.label,
        "periode_lalu": content.pembanding.periode.label,
        "ringkasan": [_ringkasan(content, one.definisi.kode) for one in content.angka],
        "bab": [_build_bab(content, rows, grafik) for rows in list_bab(content)],
        "penutup": ["Demikian laporan ini disampaikan."],
        "penandatangan": content.penandatangan,
        "tembusan": list(content.tembusan),
        "indikator": [
            Indikator(
                kode=one.definisi.kode,
                nama=one.definisi.nama,
                rumus=one.definisi.rumus,
                sumber=one.definisi.sumber,
                kelas=one.definisi.kelas,
            )
            for one in content.angka
        ],
        "keterangan_data": list(list_keterangan(content)),
    }


def _imbuhan(content: LaporanPasal24) -> str:
    return f", perbaikan ke-{content.perbaikan.ke}" if content.perbaikan else ""


def _list_identitas(content: LaporanPasal24) -> Iterator[tuple[str, str]]:
    yield "Kepada", f"Yth. {content.kepada}"
    yield "Dasar", content.dasar
    if content.catatan_dasar:
        yield "Catatan dasar", content.catatan_dasar
    yield "Data diambil", format_waktu(content.cutoff)
    if fix := content.perbaikan:
        yield (
            "Perbaikan",
            f"Perbaikan ke-{fix.ke} atas laporan {content.periode.label} yang terbit "
            f"{format_waktu(fix.atas_terbit)}. Alasan: {fix.alasan}",
        )


def list_temuan(content: LaporanPasal24) -> Iterator[str]:
    """Yield what the figures say, in sentences."""
    akun, total = content.jumlah_pemakaian, content.jumlah_kelengkapan
    akhir = format_tanggal(content.periode.hari_terakhir)
    if akun.terdaftar:
        yield (
            f"Pada akhir {akhir} terdaftar {format_angka(akun.terdaftar)} akun. "
            f"Sebanyak {format_angka(akun.aktif_terdaftar)} di antaranya, atau "
            f"{akun.keaktifan.teks}, dipakai masuk paling sedikit sekali selama "
            f"{content.periode.label}."
        )
    else:
        yield f"Pada akhir {akhir} belum ada akun yang terdaftar."
    if total.pegawai:
        yield (
            f"Data {format_angka(total.pegawai)} pegawai aktif terisi "
            f"{total.kelengkapan.teks} dari kolom yang wajib; "
            f"{format_angka(total.lengkap)} pegawai ({total.profil_lengkap.teks}) "
            f"profilnya lengkap seluruhnya."
        )
    else:
        yield "Belum ada pegawai aktif yang tercatat."


def _ringkasan(content: LaporanPasal24, kode: str) -> Ringkasan:
    angka = content.get_angka(kode)
    row: Ringkasan = {
        "kode": kode,
        "nama": angka.definisi.nama,
        "nilai": angka.nilai.teks,
        "sebelumnya": angka.sebelumnya_teks,
        "selisih": angka.selisih_teks,
    }
    catatan = "; ".join(filter(None, (describe_hitungan(angka.nilai), angka.catatan)))
    if catatan:
        row["catatan"] = catatan
    return row


def describe_hitungan(nilai: Any) -> str:
    """Return "15 dari 19" behind a percentage, nothing behind a count."""
    if not nilai.is_persen or nilai.exact is None:
        return ""
    return f"{format_angka(nilai.pembilang)} dari {format_angka(nilai.penyebut)}"


def list_bab(content: LaporanPasal24) -> Iterator[list[BarisKerangka]]:
    for _, rows in groupby(content.kerangka, key=attrgetter("bab")):
        yield list(rows)


def _build_bab(content: LaporanPasal24, rows: list[BarisKerangka], grafik: str) -> Bab:
    """Return a chapter: what the portal counts first, then what it cannot yet."""
    isi: list[Blok] = []
    for row in rows:
        match row.isi:
            case "pendahuluan":
                isi += _list_pendahuluan(content)
            case "pemakaian":
                isi.append(build_tabel_pemakaian(content, row.judul_tabel))
            case "kelengkapan":
                isi += _list_kelengkapan(content, row.judul_tabel, grafik)
            case "penutup":
                isi.append(_paragraf(PENUTUP))
    if missing := [row for row in rows if row.isi in BELUM_ADA_ISI]:
        isi.append(_build_belum_ada(content, missing))
    return {"judul": rows[0].judul_bab, "isi": isi}


def list_belum_ada(content: LaporanPasal24) -> list[BarisKerangka]:
    """Return the tables of the outline that this report cannot fill."""
    return [row for row in content.kerangka if row.isi in BELUM_ADA_ISI]


def describe_belum_ada(content: LaporanPasal24, row: BarisKerangka) -> str:
    """Return why a table of the outline is empty in this report."""
    if row.isi == "tahunan" and not content.periode.is_akhir_tahun:
        return "disusun setahun sekali, pada laporan terakhir tahun itu"
    return f"{BELUM_ADA.lower()} ({BELUM_DICATAT})"


PENUTUP = (
    "Laporan ini disusun dari data yang tercatat di portal; bagian yang datanya belum "
    "dicatat dinyatakan apa adanya dan tidak diperkirakan. Cara setiap angka dihitung "
    "terdapat pada Lampiran 1, sumber dan waktu datanya pada Lampiran 2."
)


def _paragraf(teks: str) -> Paragraf:
    return {"jenis": "paragraf", "teks": teks}


def _list_pendahuluan(content: LaporanPasal24) -> list[Blok]:
    periode = content.periode
    return [
        _paragraf(
            f"Laporan ini menyampaikan pelaksanaan e-government pada {content.pelapor}, "
            f"{content.instansi}, selama {periode.label} ({periode.rentang}), untuk "
            f"memenuhi {content.dasar}."
        ),
        _paragraf(
            "Angkanya dihitung portal kepegawaian dari catatan portal sendiri: daftar "
            "akun, catatan masuk, daftar unit kerja, dan data pegawai."
        ),
        _paragraf(describe_waktu(content)),
    ]


def describe_waktu(content: LaporanPasal24) -> str:
    """Return which figures speak of the period and which of the cut-off."""
    susulan = (
        " Laporan ini terbit sesudah waktunya, jadi keadaan itu bukan keadaan akhir "
        "periode."
        if content.is_susulan
        else ""
    )
    return (
        f"Akun dan catatan masuk dihitung untuk periode ini menurut waktu "
        f"{content.cutoff:%Z}. Data pegawai dan penempatannya dihitung menurut keadaan "
        f"per {format_waktu(content.cutoff)}.{susulan}"
    )


_KIRI: KolomTabel = {"label": "Perangkat daerah", "lebar": 4}


def _kolom(label: str, lebar: float = 1.3) -> KolomTabel:
    return {"label": label, "lebar": lebar, "rata": "kanan"}


def build_tabel_pemakaian(content: LaporanPasal24, judul: str) -> Tabel:
    rows = content.pemakaian
    tabel: Tabel = {
        "jenis": "tabel",
        "judul": judul,
        "kolom": [
            _KIRI,
            _kolom("Akun terdaftar"),
            _kolom("Pengguna aktif"),
            _kolom("Aktif dan terdaftar"),
            _kolom("Keaktifan"),
        ],
        "baris": [_pemakaian_cells(row) for row in rows],
        "nihil": BELUM_ADA,
        "alasan_nihil": BELUM_DICATAT,
        "catatan": describe_pemakaian(content),
    }
    if rows:
        tabel["jumlah"] = _pemakaian_cells(content.jumlah_pemakaian)
    return tabel


def _pemakaian_cells(row: BarisPemakaian) -> list[str]:
    return [
        row.nama,
        format_angka(row.terdaftar),
        format_angka(row.aktif),
        format_angka(row.aktif_terdaftar),
        row.keaktifan.teks,
    ]


def describe_pemakaian(content: LaporanPasal24) -> str:
    """Return what a reader of the table must know about its figures."""
    notes = [
        f"Tidak dihitung: {format_angka(content.akun_layanan)} akun sistem, uji, atau "
        "pemantauan."
    ]
    if not content.jumlah_pemakaian.aktif:
        notes.insert(
            0, f"Nihil ({TIDAK_ADA_KEJADIAN}): tidak ada yang masuk selama periode ini."
        )
    return " ".join(notes)


def _list_kelengkapan(content: LaporanPasal24, judul: str, grafik: str) -> list[Blok]:
    blocks: list[Blok] = []
    if grafik:
        blocks.append(_build_gambar(content, grafik))
    blocks.append(build_tabel_kelengkapan(content, judul))
    for bagi, kolom in content.kolom_wajib.bagian:
        blocks.append(_paragraf(f"Kolom wajib bagi {bagi}: {', '.join(kolom)}."))
    return blocks


def _build_gambar(content: LaporanPasal24, grafik: str) -> Grafik:
    return {
        "jenis": "grafik",
        "judul": describe_grafik(content),
        "svg": grafik,
        "uraian": _describe_rows(list_terendah(content)),
        "catatan": CATATAN_GRAFIK,
    }


def build_tabel_kelengkapan(content: LaporanPasal24, judul: str) -> Tabel:
    rows = content.kelengkapan
    tabel: Tabel = {
        "jenis": "tabel",
        "judul": judul,
        "kolom": [
            {**_KIRI, "lebar": 3.4},
            _kolom("Pegawai aktif", 1.1),
            _kolom("Kolom wajib"),
            _kolom("Terisi"),
            _kolom("Kelengkapan", 1.5),
            _kolom("Profil lengkap", 1.1),
            _kolom("Mutakhir ≤ 12 bulan", 1.3),
        ],
        "baris": [_kelengkapan_cells(row) for row in rows],
        "nihil": BELUM_ADA,
        "alasan_nihil": BELUM_DICATAT,
        "catatan": describe_kelengkapan(content),
    }
    if rows:
        tabel["jumlah"] = _kelengkapan_cells(content.jumlah_kelengkapan)
    return tabel


def _kelengkapan_cells(row: BarisKelengkapan) -> list[str]:
    return [
        row.nama,
        format_angka(row.pegawai),
        format_angka(row.wajib),
        format_angka(row.terisi),
        row.kelengkapan.teks,
        format_angka(row.lengkap),
        format_angka(row.mutakhir),
    ]


def describe_kelengkapan(content: LaporanPasal24) -> str:
    text = f"Keadaan per {format_waktu(content.cutoff)}."
    if content.berubah_sesudah:
        text += (
            f" Data {format_angka(content.berubah_sesudah)} pegawai terakhir berubah "
            "sesudah akhir periode; apakah juga berubah dalam 365 hari sebelumnya tidak "
            "tercatat lagi, maka tidak dihitung mutakhir."
        )
    return text


def _build_belum_ada(content: LaporanPasal24, rows: list[BarisKerangka]) -> Daftar:
    return {
        "jenis": "daftar",
        "butir": [
            f"{row.judul_tabel}: {describe_belum_ada(content, row)}. Akan memuat "
            f"{row.memuat}."
            for row in rows
        ],
    }


def list_keterangan(content: LaporanPasal24) -> Iterator[tuple[str, str]]:
    """Yield where the figures come from, which moments and which versions."""
    before = content.pembanding
    yield "Data diambil", f"{format_waktu(content.cutoff)} (zona waktu {content.zona})"
    yield "Periode", f"{content.periode.rentang}, menurut waktu kejadian"
    yield (
        "Pembanding",
        f"{before.periode.label}, versi {before.versi}"
        if before.versi
        else f"{before.periode.label} belum terbit, maka tidak ada angka pembanding",
    )
    yield (
        "Pembulatan",
        "Persentase ditulis dengan satu desimal; selisih dihitung sebelum dibulatkan",
    )
    yield "Rujukan dasar", content.sumber_dasar
    yield "Kerangka", f"Kerangka laporan versi {content.kerangka_versi}"
    yield (
        "Definisi",
        "; ".join(
            f"{one.definisi.kode} versi {one.definisi.versi}" for one in content.angka
        ),
    )
