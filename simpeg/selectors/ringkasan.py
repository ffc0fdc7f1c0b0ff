"""What Beranda tells about the people of a scope."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.core.cache import cache
from django.db.models import Count, Q, QuerySet, Sum
from django.utils import timezone

from bkpsdmd.accounts.models import User
from simpeg.choices import StatusKepegawaian, StatusPenataan
from simpeg.models import BerkasMasuk, KeadaanPegawai, PenataanUnit
from simpeg.models.lingkup import Lingkup
from simpeg.permissions import Permission
from simpeg.rules.waktu import add_years

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
