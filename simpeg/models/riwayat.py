"""What every riwayat has: a decree, a file, and no way to be overwritten."""

from __future__ import annotations

import datetime as dt
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from simpeg.choices import Sumber


class Pembatalan(models.Model):
    """The act that took a riwayat out of force, with who, when and why."""

    alasan = models.TextField("alasan")
    sk_nomor = models.CharField("nomor SK pembatalan", max_length=100, blank=True)
    sk_tanggal = models.DateField("tanggal SK pembatalan", null=True, blank=True)
    created_at = models.DateTimeField("waktu", auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="oleh",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = "pembatalan"
        verbose_name_plural = "pembatalan"

    def __str__(self) -> str:
        return self.alasan[:80]


class RiwayatQuerySet(models.QuerySet):
    def berlaku(self) -> Self:
        """Leave out the rows that a later act has cancelled."""
        return self.filter(dibatalkan_oleh__isnull=True)

    def on(self, tanggal: dt.date) -> Self:
        """Return, per pegawai, the row in force on that day: the last TMT reached."""
        later = self.model._default_manager.filter(dibatalkan_oleh__isnull=True).filter(
            pegawai=OuterRef("pegawai"), tmt__lte=tanggal, tmt__gt=OuterRef("tmt")
        )
        return self.berlaku().filter(~Exists(later), tmt__lte=tanggal)


class Riwayat(models.Model):
    """Base of all records of a person. Append-only.

    A correction is a new row whose `mengoreksi` cites the old one; the old row then
    gets `dibatalkan_oleh`, once. Constraints look only at rows where that is empty.
    """

    pegawai = models.ForeignKey(
        "simpeg.Pegawai",
        verbose_name="pegawai",
        on_delete=models.PROTECT,
        related_name="%(class)s_set",
    )
    sk_nomor = models.CharField("nomor SK", max_length=100, blank=True)
    sk_tanggal = models.DateField("tanggal SK", null=True, blank=True)
    sk_pejabat = models.CharField("pejabat penetap", max_length=200, blank=True)
    berkas = models.ForeignKey(
        "simpeg.BerkasArsip",
        verbose_name="berkas",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    sumber = models.CharField(
        "sumber", max_length=8, choices=Sumber.choices(), default=Sumber.MANUAL.value
    )
    siasn_id = models.CharField("id SIASN", max_length=36, blank=True)
    mengoreksi = models.ForeignKey(
        "self",
        verbose_name="mengoreksi",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="koreksi_set",
    )
    dibatalkan_oleh = models.ForeignKey(
        Pembatalan,
        verbose_name="dibatalkan oleh",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    created_at = models.DateTimeField("dicatat", auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="dicatat oleh",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = RiwayatQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def is_berlaku(self) -> bool:
        return self.dibatalkan_oleh_id is None

    def get_terkini(self) -> Self:
        """Return the row that stands in this one's place after all corrections."""
        row = self
        while not row.is_berlaku:
            new = row.koreksi_set.order_by("-id").first()  # type: ignore[attr-defined]
            if new is None:
                break
            row = new
        return row


BERLAKU = Q(dibatalkan_oleh__isnull=True)
