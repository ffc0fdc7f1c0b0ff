"""Corrections of who a person is: another NIP, and two records of one person."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from simpeg.choices import StatusTautan, Sumber


def _actor(label: str, *, null: bool = True) -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=label,
        null=null,
        blank=null,
        on_delete=models.PROTECT,
        related_name="+",
    )


class PerubahanNipQuerySet(models.QuerySet["PerubahanNip"]):
    def berlaku(self) -> Self:
        """Leave out the changes that were taken back with the act that made them."""
        return self.filter(dibatalkan_oleh__isnull=True)


class PerubahanNip(models.Model):
    """A NIP that another one replaced; the old one still finds the person.

    By decree where an officer corrected it; a file of SIASN tells none.
    """

    pegawai = models.ForeignKey(
        "simpeg.Pegawai",
        verbose_name="pegawai",
        on_delete=models.PROTECT,
        related_name="perubahan_nip_set",
    )
    nip_lama = models.CharField("NIP lama", max_length=18, db_index=True)
    nip_baru = models.CharField("NIP baru", max_length=18)
    berlaku = models.DateField("berlaku mulai")
    sk_nomor = models.CharField("nomor SK", max_length=100, blank=True)
    sk_tanggal = models.DateField("tanggal SK", null=True, blank=True)
    sk_pejabat = models.CharField("pejabat penetap", max_length=200, blank=True)
    alasan = models.TextField("alasan")
    sumber = models.CharField(
        "sumber",
        max_length=10,
        choices=Sumber.choices(),
        default=Sumber.MANUAL.value,
    )
    rombongan = models.ForeignKey(
        "simpeg.Rombongan",
        verbose_name="rombongan",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="perubahan_nip_set",
    )
    dibatalkan_oleh = models.ForeignKey(
        "simpeg.Pembatalan",
        verbose_name="dibatalkan oleh",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    created_at = models.DateTimeField("dicatat", auto_now_add=True)
    created_by = _actor("dicatat oleh")

    objects = PerubahanNipQuerySet.as_manager()

    class Meta:
        verbose_name = "perubahan NIP"
        verbose_name_plural = "perubahan NIP"
        ordering = ["-berlaku", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(sumber=Sumber.MANUAL.value)
                | (~Q(sk_nomor="") & Q(sk_tanggal__isnull=False)),
                name="perubahannip_by_hand_has_a_decree",
            ),
        ]

    def __str__(self) -> str:
        return f"NIP menurut {self.dasar}"

    @property
    def dasar(self) -> str:
        """What the change rests on, in words."""
        return f"SK {self.sk_nomor}" if self.sk_nomor else "data SIASN"


class TautanPegawai(models.Model):
    """Two records of one person, as proposed by one officer and decided by another.

    A PPPK who became a CPNS got another NIP: both records stay, one account serves.
    """

    lama = models.ForeignKey(
        "simpeg.Pegawai",
        verbose_name="data lama",
        on_delete=models.PROTECT,
        related_name="tautan_baru_set",
    )
    baru = models.ForeignKey(
        "simpeg.Pegawai",
        verbose_name="data baru",
        on_delete=models.PROTECT,
        related_name="tautan_lama_set",
    )
    status = models.CharField(
        "keadaan",
        max_length=12,
        choices=StatusTautan.choices(),
        default=StatusTautan.DIUSULKAN.value,
    )
    alasan = models.TextField("dasar")
    diusulkan_by = _actor("diusulkan oleh")
    diusulkan_at = models.DateTimeField("diusulkan", auto_now_add=True)
    diputus_by = _actor("diputus oleh")
    diputus_at = models.DateTimeField("diputus", null=True, blank=True)
    catatan = models.TextField("catatan putusan", blank=True)
    dilepas_by = _actor("dilepas oleh")
    dilepas_at = models.DateTimeField("dilepas", null=True, blank=True)
    alasan_lepas = models.TextField("alasan dilepas", blank=True)
    # The accounts as they stood before, so that a wrong link can be undone.
    akun_lama = _actor("akun data lama sebelumnya")
    akun_baru = _actor("akun data baru sebelumnya")

    class Meta:
        verbose_name = "tautan pegawai"
        verbose_name_plural = "tautan pegawai"
        ordering = ["-id"]
        indexes = [models.Index(fields=["status", "-id"], name="tautan_status")]
        constraints = [
            models.UniqueConstraint(
                fields=["lama", "baru"],
                condition=Q(status__in=["diusulkan", "disetujui"]),
                name="tautan_satu_per_pasangan",
            ),
            models.CheckConstraint(
                condition=~Q(lama=models.F("baru")), name="tautan_dua_data"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lama} dan {self.baru}"
