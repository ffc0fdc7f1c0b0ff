"""A person's career as one line of events."""

from __future__ import annotations

import datetime as dt

from bkpsdmd.ui.components import TimelineItem
from simpeg.models import Pegawai
from simpeg.selectors.riwayat import SemuaRiwayat


def list_linimasa(
    semua: SemuaRiwayat, pegawai: Pegawai, per_tanggal: dt.date
) -> list[TimelineItem]:
    """Return appointment, golongan, posts, education, standing and the age limit.

    Newest first; what was cancelled stays in its place, with the reason.
    """
    items = [
        *_pengangkatan(pegawai),
        *(
            TimelineItem(
                row.tmt,
                f"Golongan {row.golongan_id} {row.golongan.pangkat}".strip(),
                _why(row) or f"SK {row.sk_nomor}",
                ikon="stairs-up",
                is_batal=not row.is_berlaku,
            )
            for row in semua.pangkat
        ),
        *(
            TimelineItem(
                row.tmt,
                _jabatan(row),
                _why(row) or row.unit_kerja.nama,
                ikon="briefcase",
                is_batal=not row.is_berlaku,
            )
            for row in semua.jabatan
        ),
        *(
            TimelineItem(
                row.tanggal_lulus or dt.date(row.tahun_lulus, 1, 1),
                f"Lulus {row.nama}",
                _why(row) or row.sekolah,
                ikon="school",
                is_batal=not row.is_berlaku,
            )
            for row in semua.pendidikan
            if row.tanggal_lulus or row.tahun_lulus
        ),
        *(
            TimelineItem(
                row.tanggal_selesai,
                row.nama,
                _why(row),
                ikon="award",
                is_batal=not row.is_berlaku,
            )
            for row in semua.diklat
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


def _jabatan(row: object) -> str:
    nama = row.jabatan.nama  # type: ignore[attr-defined]
    if row.jenis_penugasan == "definitif":  # type: ignore[attr-defined]
        return nama  # type: ignore[no-any-return]
    return f"{row.get_jenis_penugasan_display()} {nama}"  # type: ignore[attr-defined]


def _why(row: object) -> str:
    pembatalan = row.dibatalkan_oleh  # type: ignore[attr-defined]
    return f"Dibatalkan: {pembatalan.alasan}" if pembatalan else ""
