"""One act for many people at once, and what became of it for each of them."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse

from simpeg.choices import HasilTindakan, JenisTindakan


class TindakanMassal(models.Model):
    """Who asked for what, for how many people, why; a job carries it out.

    `params` says what exactly. `kunci` names the folder of what a run has finished, so
    that the next run goes on from there.
    """

    kunci = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    jenis = models.CharField("tindakan", max_length=16, choices=JenisTindakan.choices())
    judul = models.CharField("judul", max_length=150)
    params = models.JSONField("masukan", default=dict)
    alasan = models.CharField("alasan", max_length=500, blank=True)
    jumlah = models.PositiveIntegerField("banyak orang", default=0)
    per_tanggal = models.DateField("keadaan per tanggal")
    job = models.ForeignKey(
        "jobs.Job",
        verbose_name="pekerjaan",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    created_at = models.DateTimeField("diminta", auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="diminta oleh",
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = "tindakan massal"
        verbose_name_plural = "tindakan massal"
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["created_by", "-id"], name="tindakan_pemilik"),
        ]

    def __str__(self) -> str:
        return self.judul

    def get_absolute_url(self) -> str:
        return reverse("simpeg:tindakan-detail", args=[self.pk])

    @property
    def folder(self) -> str:
        """Where the finished parts of this act wait for the rest."""
        return f"tindakan/{self.kunci.hex}"


class BarisTindakan(models.Model):
    """One person of an act; `keterangan` says why it was refused."""

    tindakan = models.ForeignKey(
        TindakanMassal, on_delete=models.CASCADE, related_name="baris_set"
    )
    urut = models.PositiveIntegerField("urut")
    pegawai = models.ForeignKey(
        "simpeg.Pegawai",
        verbose_name="pegawai",
        on_delete=models.PROTECT,
        related_name="+",
    )
    hasil = models.CharField(
        "hasil",
        max_length=8,
        choices=HasilTindakan.choices(),
        default=HasilTindakan.MENUNGGU.value,
    )
    keterangan = models.CharField("keterangan", max_length=300, blank=True)

    class Meta:
        verbose_name = "baris tindakan"
        verbose_name_plural = "baris tindakan"
        ordering = ["tindakan", "urut"]
        constraints = [
            models.UniqueConstraint(
                fields=["tindakan", "urut"], name="baris_tindakan_urut"
            ),
            models.UniqueConstraint(
                fields=["tindakan", "pegawai"], name="baris_tindakan_orang"
            ),
        ]
        indexes = [
            models.Index(
                fields=["tindakan", "hasil", "urut"], name="baris_tindakan_hasil"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.urut}. {HasilTindakan(self.hasil).label}"

    @property
    def status(self) -> HasilTindakan:
        return HasilTindakan(self.hasil)
