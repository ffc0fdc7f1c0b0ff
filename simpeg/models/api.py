"""Programs that read the records: who they are, what they may, what they read."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone

from simpeg.choices import CakupanApi


class KlienApi(models.Model):
    """One program with one token. Only the hash of the token is stored.

    `awalan` is how the token begins, so that people can tell which one they hold. The
    units say whose records it reads: theirs and those of all units below.
    """

    nama = models.CharField("nama aplikasi", max_length=100, unique=True)
    penanggung_jawab = models.CharField("penanggung jawab", max_length=150)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    awalan = models.CharField("awal token", max_length=12, editable=False)
    cakupan = models.JSONField("cakupan", default=list)
    unit_set = models.ManyToManyField(
        "simpeg.UnitKerja", verbose_name="unit kerja", related_name="+"
    )
    batas_per_menit = models.PositiveIntegerField(
        "batas permintaan per menit",
        default=60,
        validators=[MinValueValidator(1), MaxValueValidator(6000)],
    )
    berlaku_sampai = models.DateField("berlaku sampai")
    terakhir_at = models.DateTimeField("terakhir dipakai", null=True, blank=True)
    dicabut_at = models.DateTimeField("dicabut", null=True, blank=True)
    dicabut_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="dicabut oleh",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    created_at = models.DateTimeField("dibuat", auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="dibuat oleh",
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = "klien API"
        verbose_name_plural = "klien API"
        ordering = ["nama"]

    def __str__(self) -> str:
        return self.nama

    def get_absolute_url(self) -> str:
        return reverse("simpeg:api-klien-detail", args=[self.pk])

    def has_cakupan(self, cakupan: CakupanApi) -> bool:
        return cakupan.value in self.cakupan

    def is_berlaku(self, tanggal: dt.date) -> bool:
        return self.dicabut_at is None and self.berlaku_sampai >= tanggal

    @property
    def status(self) -> tuple[str, str]:
        """Return (tone, word) of today."""
        if self.dicabut_at:
            return "bad", "Dicabut"
        if not self.is_berlaku(timezone.localdate()):
            return "warn", "Kedaluwarsa"
        return "ok", "Berlaku"

    @property
    def cakupan_label(self) -> str:
        return ", ".join(CakupanApi(kode).label for kode in self.cakupan)


class CatatanApi(models.Model):
    """One request: who, when, which resource, how many rows it was given."""

    klien = models.ForeignKey(
        KlienApi, verbose_name="klien", on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField("waktu", auto_now_add=True)
    sumber = models.CharField("yang dibaca", max_length=60)
    # The person that was asked for by key, where it was one.
    pegawai = models.ForeignKey(
        "simpeg.Pegawai",
        verbose_name="pegawai",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    baris = models.PositiveIntegerField("baris", default=0)
    status = models.PositiveSmallIntegerField("jawaban")
    ip = models.GenericIPAddressField("alamat", null=True)

    class Meta:
        verbose_name = "catatan API"
        verbose_name_plural = "catatan API"
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["klien", "-id"], name="catatan_api_klien"),
            models.Index(fields=["pegawai", "-id"], name="catatan_api_pegawai"),
        ]

    def __str__(self) -> str:
        return f"{self.sumber}, {self.baris} baris"
