"""The columns of the list of people, on the page and in its export."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from bkpsdmd.ui.columns import Ekspor, ListColumn, two_lines
from bkpsdmd.ui.formats import format_nip
from bkpsdmd.ui.formats import format_tanggal_singkat as singkat
from simpeg.choices import StatusKepegawaian
from simpeg.rules.waktu import compute_usia, count_months

_STATUS = {status.value: status.label for status in StatusKepegawaian}
_DIKLAT = {1: "Tingkat I", 2: "Tingkat II", 3: "Tingkat III", 4: "Tingkat IV"}


@cache
def _list_url() -> str:
    """Return what the address of each person begins with: a row needs no look-up."""
    return reverse("simpeg:pegawai-list")


def _masa_kerja_bulan(tmt: dt.date | None, bulan: int | None) -> int | None:
    """Return masa kerja golongan of today, from that on the TMT."""
    if tmt is None or bulan is None:
        return None
    return bulan + count_months(tmt, timezone.localdate())


def _masa_kerja(row: Any) -> str:
    bulan = _masa_kerja_bulan(row.tmt_golongan, row.masa_kerja_bulan)
    return two_lines("" if bulan is None else f"{bulan // 12} th {bulan % 12} bl")


def _persen(terisi: int, wajib: int) -> int | None:
    return round(terisi * 100 / wajib) if wajib else None


def _kelengkapan(row: Any) -> str:
    persen = _persen(row.wajib_terisi, row.wajib_jumlah)
    return two_lines("" if persen is None else f"{persen} %")


KOLOM_PEGAWAI: tuple[ListColumn, ...] = (
    ListColumn(
        kunci="nama",
        label="Nama dan NIP",
        sel=lambda row: format_html(
            '<a href="{}">{}</a><br><span class="small redup">{}</span>',
            f"{_list_url()}{row.pk}/",
            row.nama_lengkap,
            format_nip(row.nip),
        ),
        fields=("nip", "nama_lengkap"),
        sort="nama",
        ekspor=(
            Ekspor("NIP", ("nip",)),
            Ekspor("Nama", ("nama_lengkap",), lebar=40),
        ),
        is_tetap=True,
    ),
    ListColumn(
        kunci="golongan",
        label="Golongan",
        sel=lambda row: two_lines(
            row.golongan_id,
            singkat(row.tmt_golongan) if row.tmt_golongan else "",
            kelas="tanggal",
        ),
        fields=("golongan", "tmt_golongan"),
        ekspor=(
            Ekspor("Golongan", ("golongan",)),
            Ekspor("TMT golongan", ("tmt_golongan",), "date"),
        ),
        is_awal=True,
    ),
    ListColumn(
        kunci="masa_kerja",
        label="Masa kerja",
        sel=_masa_kerja,
        fields=("tmt_golongan", "masa_kerja_bulan"),
        ekspor=(
            Ekspor(
                "Masa kerja (bulan)",
                ("tmt_golongan", "masa_kerja_bulan"),
                "int",
                ubah=_masa_kerja_bulan,
            ),
        ),
    ),
    ListColumn(
        kunci="jabatan",
        label="Jabatan dan unit kerja",
        sel=lambda row: two_lines(
            row.jabatan_nama, row.unit_kerja.nama if row.unit_kerja else ""
        ),
        fields=("jabatan_nama", "unit_kerja__nama"),
        related=("unit_kerja",),
        ekspor=(
            Ekspor("Jabatan", ("jabatan_nama",), lebar=40),
            Ekspor("Unit kerja", ("unit_kerja__nama",), lebar=40),
        ),
        is_awal=True,
    ),
    ListColumn(
        kunci="tmt_jabatan",
        label="TMT jabatan",
        sel=lambda row: singkat(row.tmt_jabatan),
        fields=("tmt_jabatan",),
        kelas="tanggal",
        ekspor=(Ekspor("TMT jabatan", ("tmt_jabatan",), "date"),),
    ),
    ListColumn(
        kunci="opd",
        label="Perangkat daerah",
        sel=lambda row: two_lines(row.opd.nama if row.opd else ""),
        fields=("opd__nama",),
        related=("opd",),
        ekspor=(Ekspor("Perangkat daerah", ("opd__nama",), lebar=40),),
    ),
    ListColumn(
        kunci="pendidikan",
        label="Pendidikan",
        sel=lambda row: two_lines(
            row.pendidikan.nama if row.pendidikan else "", row.tahun_lulus
        ),
        fields=("pendidikan__nama", "tahun_lulus"),
        related=("pendidikan",),
        ekspor=(
            Ekspor("Pendidikan", ("pendidikan__nama",)),
            Ekspor("Tahun lulus", ("tahun_lulus",), "int"),
        ),
    ),
    ListColumn(
        kunci="diklat",
        label="Diklat struktural",
        sel=lambda row: two_lines(_DIKLAT.get(row.diklat, "")),
        fields=("diklat",),
        ekspor=(Ekspor("Diklat struktural", ("diklat",), ubah=_DIKLAT.get),),
    ),
    ListColumn(
        kunci="lahir",
        label="Lahir dan usia",
        sel=lambda row: two_lines(
            singkat(row.tanggal_lahir),
            f"{compute_usia(row.tanggal_lahir, timezone.localdate())} tahun",
        ),
        fields=("tanggal_lahir",),
        kelas="tanggal",
        ekspor=(Ekspor("Tanggal lahir", ("tanggal_lahir",), "date"),),
    ),
    ListColumn(
        kunci="jenis_kelamin",
        label="Jenis kelamin",
        sel=lambda row: two_lines(row.get_jenis_kelamin_display()),
        fields=("jenis_kelamin",),
        ekspor=(Ekspor("Jenis kelamin", ("jenis_kelamin",)),),
    ),
    ListColumn(
        kunci="status",
        label="Status",
        sel=lambda row: two_lines(
            _STATUS[row.status], "" if row.is_aktif else "Tidak aktif"
        ),
        fields=("status", "is_aktif"),
        ekspor=(
            Ekspor("Status", ("status",), ubah=_STATUS.get),
            Ekspor("Kedudukan hukum", ("kedudukan__nama",)),
        ),
        is_awal=True,
    ),
    ListColumn(
        kunci="pensiun",
        label="Pensiun",
        sel=lambda row: singkat(row.tmt_pensiun),
        fields=("tmt_pensiun",),
        sort="pensiun",
        kelas="tanggal",
        ekspor=(Ekspor("TMT pensiun", ("tmt_pensiun",), "date"),),
        is_awal=True,
    ),
    ListColumn(
        kunci="kelengkapan",
        label="Kelengkapan data",
        sel=_kelengkapan,
        fields=("wajib_terisi", "wajib_jumlah"),
        ekspor=(
            Ekspor(
                "Kelengkapan data (%)",
                ("wajib_terisi", "wajib_jumlah"),
                "int",
                ubah=_persen,
            ),
        ),
    ),
)
