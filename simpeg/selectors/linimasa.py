"""A person's career as one line of events."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.urls import reverse

from bkpsdmd.ui.components import TimelineItem
from simpeg.choices import JenisPenugasan
from simpeg.jenis_riwayat import (
    JABATAN,
    PANGKAT,
    PENDIDIKAN,
    JenisRiwayat,
    get_bagian,
)
from simpeg.models import Pegawai, RiwayatJabatan, RiwayatPendidikan
from simpeg.models.riwayat import Riwayat
from simpeg.selectors.riwayat import BarisPeristiwa, SemuaRiwayat


def list_linimasa(
    semua: SemuaRiwayat,
    lain: Iterable[BarisPeristiwa],
    pegawai: Pegawai,
    per_tanggal: dt.date,
) -> list[TimelineItem]:
    """Return appointment, golongan, posts, education, standing and the age limit.

    `lain` are all other kinds.

    Newest first; what was cancelled stays in its place, with the reason.
    """
    items = [
        *_pengangkatan(pegawai),
        *(
            TimelineItem(
                row.tmt,
                f"Golongan {row.golongan_id} {row.golongan.pangkat}".strip(),
                _why(row) or f"SK {row.sk_nomor}",
                url=_url(pegawai, PANGKAT),
                ikon="stairs-up",
                is_batal=not row.is_berlaku,
            )
            for row in semua.pangkat
        ),
        *(
            TimelineItem(
                row.tmt,
                _jabatan(row),
                _why(row) or row.nama_unit,
                url=_url(pegawai, JABATAN),
                ikon="briefcase",
                is_batal=not row.is_berlaku,
            )
            for row in semua.jabatan
        ),
        *(
            TimelineItem(
                _lulus(row),
                f"Lulus {row.nama}"
                if row.tanggal_lulus
                else f"Lulus {row.nama} ({row.tahun_lulus})",
                _why(row) or row.sekolah,
                url=_url(pegawai, PENDIDIKAN),
                ikon="school",
                is_batal=not row.is_berlaku,
            )
            for row in semua.pendidikan
            if _lulus(row)
        ),
        *(
            TimelineItem(
                row.tmt,
                f"Kedudukan: {row.kedudukan.nama}",
                _why(row),
                ikon="user",
                is_batal=not row.is_berlaku,
            )
            for row in semua.kedudukan
        ),
        *(_lain(row, pegawai) for row in lain),
    ]
    pensiun = pegawai.keadaan.tmt_pensiun
    if pensiun:
        sentence = "Menurut batas usia jabatan sekarang"
        items.append(TimelineItem(pensiun, "Pensiun", sentence, ikon="clock"))
    return sorted(items, key=lambda item: item.tanggal or dt.date.min, reverse=True)


def _pengangkatan(pegawai: Pegawai) -> list[TimelineItem]:
    items = []
    if pegawai.tmt_cpns:
        label = (
            "CPNS" if pegawai.jenis_asn == "pns" else pegawai.get_jenis_asn_display()
        )
        items.append(
            TimelineItem(
                pegawai.tmt_cpns,
                f"Diangkat sebagai {label}",
                f"SK {pegawai.sk_cpns_nomor}" if pegawai.sk_cpns_nomor else "",
                ikon="user-plus",
            )
        )
    if pegawai.tmt_pns:
        items.append(
            TimelineItem(
                pegawai.tmt_pns,
                "Diangkat sebagai PNS",
                f"SK {pegawai.sk_pns_nomor}" if pegawai.sk_pns_nomor else "",
                ikon="circle-check",
            )
        )
    return items


def _jabatan(row: RiwayatJabatan) -> str:
    if row.jenis_penugasan == JenisPenugasan.DEFINITIF:
        return row.jabatan.nama
    return f"{row.get_jenis_penugasan_display()} {row.jabatan.nama}"


def _lulus(row: RiwayatPendidikan) -> dt.date | None:
    if row.tanggal_lulus or row.tahun_lulus is None:
        return row.tanggal_lulus
    return dt.date(row.tahun_lulus, 1, 1)


def _lain(row: BarisPeristiwa, pegawai: Pegawai) -> TimelineItem:
    peristiwa = row.jenis.peristiwa
    return TimelineItem(
        row.tanggal,
        peristiwa.pola.format(peristiwa.tulis(row.judul)) if peristiwa else row.judul,
        f"Dibatalkan: {row.alasan_batal}" if row.alasan_batal else "",
        url=_url(pegawai, row.jenis),
        ikon=row.jenis.ikon,
        is_batal=row.alasan_batal is not None,
    )


def _url(pegawai: Pegawai, jenis: JenisRiwayat) -> str:
    """Return the tab where the row stands with its file."""
    bagian = get_bagian(jenis).kunci
    return reverse("simpeg:pegawai-bagian", args=[pegawai.pk, bagian])


def _why(row: Riwayat) -> str:
    pembatalan = row.dibatalkan_oleh
    return f"Dibatalkan: {pembatalan.alasan}" if pembatalan else ""
