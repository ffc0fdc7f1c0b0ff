"""How each user likes the lists: filters kept under a name, columns shown."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from bkpsdmd.accounts.roles import Role


class SaringanTersimpan(models.Model):
    """Filters of a list under a name; shared with a unit and below, or with a role.

    Only the question is kept and shared, never its answer: whoever opens it sees no
    more people than before.
    """

    pemilik = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="pemilik",
        on_delete=models.PROTECT,
        related_name="+",
    )
    daftar = models.CharField("daftar", max_length=40)
    nama = models.CharField("nama", max_length=80)
    kueri = models.TextField("saringan")
    unit = models.ForeignKey(
        "simpeg.UnitKerja",
        verbose_name="dibagikan kepada unit",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    peran = models.CharField(
        "dibagikan kepada peran",
        max_length=20,
        blank=True,
        choices=[(role.value, role.label) for role in Role],
    )
    updated_at = models.DateTimeField("diubah", auto_now=True)

    class Meta:
        verbose_name = "saringan tersimpan"
        verbose_name_plural = "saringan tersimpan"
        ordering = ["nama", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["pemilik", "daftar", "nama"], name="saringan_nama_sekali"
            ),
            models.CheckConstraint(
                condition=Q(unit__isnull=True) | Q(peran=""),
                name="saringan_satu_tujuan",
            ),
        ]
        indexes = [
            models.Index(
                fields=["daftar", "unit"],
                condition=Q(unit__isnull=False),
                name="saringan_unit",
            ),
            models.Index(
                fields=["daftar", "peran"],
                condition=~Q(peran=""),
                name="saringan_peran",
            ),
        ]

    def __str__(self) -> str:
        return self.nama


class PilihanKolom(models.Model):
    """Which columns a user wants to see of a list, in their order."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    daftar = models.CharField("daftar", max_length=40)
    kolom = models.JSONField("kolom", default=list)

    class Meta:
        verbose_name = "pilihan kolom"
        verbose_name_plural = "pilihan kolom"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "daftar"], name="pilihan_kolom_satu"
            )
        ]

    def __str__(self) -> str:
        return self.daftar


class TindakLanjut(models.Model):
    """A mark on a person that something is to be done; one is open at a time."""

    pegawai = models.ForeignKey(
        "simpeg.Pegawai",
        verbose_name="pegawai",
        on_delete=models.PROTECT,
        related_name="tindak_lanjut_set",
    )
    catatan = models.CharField("yang harus dikerjakan", max_length=500)
    created_at = models.DateTimeField("ditandai", auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="ditandai oleh",
        on_delete=models.PROTECT,
        related_name="+",
    )
    selesai_at = models.DateTimeField("selesai", null=True, blank=True)
    selesai_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="diselesaikan oleh",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = "tindak lanjut"
        verbose_name_plural = "tindak lanjut"
        ordering = ["-id"]
        constraints = [
            # Also what the filter of the list reads.
            models.UniqueConstraint(
                fields=["pegawai"],
                condition=Q(selesai_at__isnull=True),
                name="tindak_lanjut_satu_terbuka",
            )
        ]

    def __str__(self) -> str:
        return self.catatan
