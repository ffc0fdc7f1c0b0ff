"""Who looked at a person's closed data, opened their files or printed their papers."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.db.models import QuerySet

from bkpsdmd.accounts.models import User
from bkpsdmd.audit.models import Event
from bkpsdmd.audit.presenters import describe
from simpeg.models import KeadaanPegawai, KlienApi, Pegawai, PembukaanHarian
from simpeg.selectors.riwayat import KEJADIAN_BACA

# What the page shows; older events stay in the log.
LIMIT = 200
# Sheets and lists that people took along; the newest of a block are looked through.
LIMIT_UNDUHAN = 1000
HARI_API = 30


@dataclass(frozen=True)
class BarisPembukaan:
    """One reading: who, in which post today, and what it was."""

    at: dt.datetime
    kalimat: str
    bagian: str
    jabatan: str
    unit: str


@dataclass(frozen=True)
class BarisAplikasi:
    """What one program read of a person in the last days."""

    nama: str
    penanggung_jawab: str
    bagian: list[str]
    hari: int
    terakhir: dt.datetime


def get_simpan_sejak(per_tanggal: dt.date) -> dt.date:
    """Return the first day of which it is kept who took whose data along."""
    return per_tanggal - dt.timedelta(days=settings.PEMBUKAAN_RETENSI_HARI)


def list_pembukaan(pegawai: Pegawai) -> list[BarisPembukaan]:
    """Return who read what, newest first, the person's own reading left out; four queries."""
    events = list(
        Event.objects.filter(
            subject_type=Pegawai._meta.label_lower,
            subject_id=str(pegawai.pk),
            kind__in=KEJADIAN_BACA,
        )
        .exclude(actor=pegawai.user_id)
        .exclude(actor=None)
        .select_related("actor")
        .order_by("-id")[:LIMIT]
    )
    unduhan = [
        (int(row.pembaca.removeprefix("akun:")), row)
        for row in _blok(pegawai)
        .filter(pembaca__startswith="akun:")
        .exclude(pembaca=f"akun:{pegawai.user_id}")
        .order_by("-tanggal", "-id")[:LIMIT_UNDUHAN]
        if row.has(pegawai.pk)
    ]
    names = {
        user.pk: str(user)
        for user in User.objects.filter(pk__in={pk for pk, _ in unduhan})
    }
    posts = _list_posts({e.actor_id or 0 for e in events} | set(names))
    rows = [
        *(
            BarisPembukaan(
                event.at,
                describe(event),
                event.changes.get("bagian", [None, ""])[1],
                *posts.get(event.actor_id or 0, ("", "")),
            )
            for event in events
        ),
        *(
            BarisPembukaan(
                row.at,
                f"{names.get(pk, 'Petugas')} mengunduh data {pegawai}",
                row.bagian,
                *posts.get(pk, ("", "")),
            )
            for pk, row in unduhan
        ),
    ]
    return sorted(rows, key=lambda row: row.at, reverse=True)[:LIMIT]


def list_aplikasi(pegawai: Pegawai, *, per_tanggal: dt.date) -> list[BarisAplikasi]:
    """Return which programs read the person's data in the last days; two queries."""
    rows = [
        row
        for row in _blok(pegawai)
        .filter(
            pembaca__startswith="api:",
            tanggal__gt=per_tanggal - dt.timedelta(days=HARI_API),
        )
        .order_by("-at", "-id")
        if row.has(pegawai.pk)
    ]
    per_klien: dict[int, list[PembukaanHarian]] = {}
    for row in rows:
        per_klien.setdefault(int(row.pembaca.removeprefix("api:")), []).append(row)
    known = KlienApi.objects.in_bulk(per_klien)
    return [
        BarisAplikasi(
            nama=f"Aplikasi {known[pk].nama} (API)",
            penanggung_jawab=known[pk].penanggung_jawab,
            bagian=sorted({row.bagian for row in some}),
            hari=len({row.tanggal for row in some}),
            terakhir=some[0].at,
        )
        for pk, some in per_klien.items()
        if pk in known
    ]


def _blok(pegawai: Pegawai) -> QuerySet[PembukaanHarian]:
    return PembukaanHarian.objects.filter(blok=pegawai.pk // PembukaanHarian.BLOK)


def _list_posts(users: set[int]) -> dict[int, tuple[str, str]]:
    return {
        user: (jabatan, unit or "")
        for user, jabatan, unit in KeadaanPegawai.objects.filter(
            pegawai__user__in=users
        ).values_list("pegawai__user", "jabatan_nama", "unit_kerja__nama")
    }
