"""What Beranda tells about the people of a scope."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.core.cache import cache
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum
from django.utils import timezone

from bkpsdmd.accounts.models import User
from simpeg.choices import StatusKepegawaian, StatusPenataan
from simpeg.models import (
    BerkasMasuk,
    KeadaanPegawai,
    Pegawai,
    PenataanUnit,
    SuratPegawai,
)
from simpeg.models.lingkup import Lingkup
from simpeg.permissions import Permission
from simpeg.rules.waktu import add_years
from simpeg.selectors.arsip import list_ditolak
from simpeg.selectors.compiled import fetch_compiled

# Figures of Beranda may be this old: counting a large office takes longer than a page.
SIMPAN_DETIK = 600


@dataclass(frozen=True)
class Ringkasan:
    """Active people of a scope by status, and how much of what is mandatory is filled."""

    jumlah: dict[StatusKepegawaian, int]
    wajib: int
    terisi: int
    dihitung_at: dt.datetime

    @property
    def pegawai(self) -> int:
        return sum(self.jumlah.values())


def summarize_pegawai(lingkup: Lingkup) -> Ringkasan:
    """Return the figures of a scope, at most ten minutes old; one query or none."""
    key = f"simpeg.ringkasan.{lingkup.kunci}"
    ringkasan: Ringkasan | None = cache.get(key)
    if ringkasan is None:
        ringkasan = _count(lingkup)
        cache.set(key, ringkasan, SIMPAN_DETIK)
    return ringkasan


def _count(lingkup: Lingkup) -> Ringkasan:
    rows = list(
        KeadaanPegawai.objects.within(lingkup)
        .aktif()
        .order_by()
        .values_list("status")
        .annotate(Count("pk"), Sum("wajib_jumlah"), Sum("wajib_terisi"))
    )
    counts = {StatusKepegawaian(status): jumlah for status, jumlah, _, _ in rows}
    return Ringkasan(
        jumlah={status: counts.get(status, 0) for status in StatusKepegawaian},
        wajib=sum(wajib for _, _, wajib, _ in rows),
        terisi=sum(terisi for _, _, _, terisi in rows),
        dihitung_at=timezone.now(),
    )


def list_akan_pensiun(
    lingkup: Lingkup, per_tanggal: dt.date
) -> QuerySet[KeadaanPegawai]:
    """Return active people who retire within a year, the next ones first."""
    return (
        KeadaanPegawai.objects.within(lingkup)
        .aktif()
        .filter(
            tmt_pensiun__gt=per_tanggal,
            tmt_pensiun__lte=add_years(per_tanggal, 1),
        )
        .order_by("tmt_pensiun", "pk")
    )


class RingkasanSaya(NamedTuple):
    """One's own record: what is filled, what of it happened last and when (or None)."""

    wajib_jumlah: int
    wajib_terisi: int
    dikonfirmasi_at: dt.datetime | None
    surat: int | None
    surat_judul: str | None
    surat_at: dt.datetime | None
    ditolak_at: dt.datetime | None


def get_ringkasan_saya(pegawai_id: int) -> RingkasanSaya:
    """Return what Beranda tells a person of their own record; one query."""
    (row,) = fetch_compiled("ringkasan saya", _ringkasan_saya, pegawai_id)
    return RingkasanSaya(*row)


def _ringkasan_saya(pegawai_id: int) -> QuerySet[Pegawai, tuple[Any, ...]]:
    surat = SuratPegawai.objects.filter(
        pegawai=OuterRef("pk"), naskah__dokumen__akhir=None
    ).exclude(naskah__dokumen=None)
    terbaru = surat.order_by("-naskah__dokumen__created_at", "-naskah")
    ditolak = list_ditolak(OuterRef("pk")).order_by("-diputus_at")
    return (
        Pegawai.objects.filter(pk=pegawai_id)
        .order_by()
        .values_list(
            "keadaan__wajib_jumlah",
            "keadaan__wajib_terisi",
            "dikonfirmasi_at",
            Subquery(terbaru.values("naskah")[:1]),
            Subquery(terbaru.values("naskah__judul")[:1]),
            Subquery(terbaru.values("naskah__dokumen__created_at")[:1]),
            Subquery(ditolak.values("diputus_at")[:1]),
        )
    )


def list_impor_menunggu() -> QuerySet[BerkasMasuk]:
    """Return the imports that somebody still has to decide on, oldest first."""
    return BerkasMasuk.objects.filter(
        jenis=BerkasMasuk.Jenis.IMPOR, status=BerkasMasuk.Status.SIAP
    ).order_by("pk")


def list_penataan_menunggu(user: User) -> QuerySet[PenataanUnit]:
    """Return acts that wait for this user: to decide, to mend, or that failed."""
    waiting = ~Q(galat="") & Q(status=StatusPenataan.DISETUJUI.value)
    if user.has_perm(Permission.PENATAAN_APPROVE):
        hands = Q(created_by=user) | Q(diajukan_by=user)
        waiting |= Q(status=StatusPenataan.DIAJUKAN.value) & ~hands
    if user.has_perm(Permission.PENATAAN_DRAFT):
        waiting |= ~Q(catatan="") & Q(
            status=StatusPenataan.KONSEP.value, created_by=user
        )
    return PenataanUnit.objects.filter(waiting).order_by("berlaku", "pk")
