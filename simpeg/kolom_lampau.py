"""The columns of the list of people on a past day."""

from __future__ import annotations

from typing import Any

from django.utils.html import format_html

from bkpsdmd.ui.columns import ListColumn, two_lines
from bkpsdmd.ui.formats import format_nip
from bkpsdmd.ui.formats import format_tanggal_singkat as singkat
from simpeg.choices import StatusKepegawaian
from simpeg.rules.waktu import compute_usia, count_masa_kerja

_STATUS = {status.value: status.label for status in StatusKepegawaian}


def _masa_kerja(row: Any) -> str:
    if row.kunci_masa_kerja is None:
        return two_lines("")
    bulan = count_masa_kerja(row.kunci_masa_kerja, per_tanggal=row.potret.tanggal)
    return two_lines(f"{bulan // 12} th {bulan % 12} bl")


KOLOM_LAMPAU: tuple[ListColumn, ...] = (
    ListColumn(
        kunci="nama",
        label="Nama dan NIP",
        sel=lambda row: format_html(
            '<a href="{}">{}</a><br><span class="small redup">{}</span>',
            row.pegawai.get_absolute_url(),
            row.pegawai.nama_lengkap,
            format_nip(row.pegawai.nip),
        ),
        sort="nama",
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
        is_awal=True,
    ),
    ListColumn(kunci="masa_kerja", label="Masa kerja", sel=_masa_kerja),
    ListColumn(
        kunci="jabatan",
        label="Jabatan dan unit kerja",
        sel=lambda row: two_lines(
            row.jabatan.nama if row.jabatan else "", row.nama_unit
        ),
        is_awal=True,
    ),
    ListColumn(
        kunci="opd",
        label="Perangkat daerah",
        sel=lambda row: two_lines(row.nama_opd),
    ),
    ListColumn(
        kunci="pendidikan",
        label="Pendidikan",
        sel=lambda row: two_lines(row.pendidikan.nama if row.pendidikan else ""),
    ),
    ListColumn(
        kunci="lahir",
        label="Lahir dan usia",
        sel=lambda row: two_lines(
            singkat(row.tanggal_lahir),
            f"{compute_usia(row.tanggal_lahir, row.potret.tanggal)} tahun",
        ),
        kelas="tanggal",
    ),
    ListColumn(
        kunci="jenis_kelamin",
        label="Jenis kelamin",
        sel=lambda row: two_lines(row.get_jenis_kelamin_display()),
    ),
    ListColumn(
        kunci="status",
        label="Status",
        sel=lambda row: two_lines(_STATUS[row.status]),
        is_awal=True,
    ),
    ListColumn(
        kunci="pensiun",
        label="Pensiun",
        sel=lambda row: singkat(row.tmt_pensiun),
        kelas="tanggal",
        is_awal=True,
    ),
)
