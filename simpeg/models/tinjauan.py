"""The yearly look at who may do what: each grant kept or ended, by somebody else."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q


class TinjauanAkses(models.Model):
    """The review of one year; closed when every grant was decided on, then final."""

    tahun = models.PositiveSmallIntegerField("tahun", unique=True)
    dibuka_at = models.DateTimeField("dibuka")
    dibuka_oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="dibuka oleh",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Kosong: dibuka menurut jadwal.",
    )
    ditutup_at = models.DateTimeField("ditutup", null=True)
    ditutup_oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="ditutup oleh",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = "tinjauan akses"
        verbose_name_plural = "tinjauan akses"
        ordering = ["-tahun"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ditutup_at=None, ditutup_oleh=None)
                | Q(ditutup_at__isnull=False, ditutup_oleh__isnull=False),
                name="tinjauan_ditutup_oleh_seseorang",
            ),
        ]

    def __str__(self) -> str:
        return f"tinjauan akses {self.tahun}"

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("simpeg:tinjauan-detail", args=[self.tahun])


class PutusanTinjauan(models.TextChoices):
    BELUM = "belum", "Belum diputuskan"
    TETAP = "tetap", "Tetap"
    CABUT = "cabut", "Dicabut"


class BarisTinjauan(models.Model):
    """One grant as it stood when the review was opened, in words, and what was decided."""

    tinjauan = models.ForeignKey(
        TinjauanAkses,
        verbose_name="tinjauan",
        on_delete=models.PROTECT,
        related_name="baris_set",
    )
    # Empty where the grant ended before it ever held; the words below remain.
    pemberian = models.ForeignKey(
        "simpeg.PemberianPeran",
        verbose_name="pemberian peran",
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="akun",
        on_delete=models.PROTECT,
        related_name="+",
    )
    peran = models.CharField("peran", max_length=20)
    unit = models.CharField("unit", max_length=255, blank=True)
    mulai = models.DateField("mulai")
    dasar = models.CharField("dasar", max_length=200, blank=True)
    terakhir_masuk = models.DateTimeField("terakhir masuk", null=True)
    putusan = models.CharField(
        "putusan",
        max_length=5,
        choices=PutusanTinjauan,
        default=PutusanTinjauan.BELUM,
    )
    alasan = models.CharField("alasan", max_length=200, blank=True)
    diputuskan_at = models.DateTimeField("diputuskan", null=True)
    diputuskan_oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="diputuskan oleh",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = "baris tinjauan"
        verbose_name_plural = "baris tinjauan"
        ordering = ["tinjauan", "peran", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(putusan="belum", diputuskan_oleh=None)
                | (~Q(putusan="belum") & Q(diputuskan_oleh__isnull=False)),
                name="baristinjauan_diputuskan_oleh_seseorang",
            ),
            models.CheckConstraint(
                condition=Q(diputuskan_oleh=None)
                | ~Q(diputuskan_oleh=models.F("user")),
                name="baristinjauan_bukan_diri_sendiri",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.peran}"

    @property
    def peran_label(self) -> str:
        from bkpsdmd.accounts.roles import Role

        return Role(self.peran).label

    @property
    def nada(self) -> str:
        return {"tetap": "ok", "cabut": "bad"}.get(self.putusan, "warn")
