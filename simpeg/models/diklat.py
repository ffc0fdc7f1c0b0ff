"""Riwayat latihan jabatan (structural training), the fourth criterion of the DUK."""

from django.db import models

from simpeg.models.riwayat import Riwayat


class RiwayatDiklat(Riwayat):
    """`tingkat` 1 is the highest (PKN I), 4 the lowest (PKP); empty for others."""

    nama = models.CharField("nama latihan", max_length=255)
    tingkat = models.PositiveSmallIntegerField("tingkat", null=True, blank=True)
    tanggal_selesai = models.DateField("tanggal selesai")
    jumlah_jam = models.PositiveSmallIntegerField("jumlah jam", null=True, blank=True)

    class Meta:
        verbose_name = "riwayat diklat struktural"
        verbose_name_plural = "riwayat diklat struktural"
        ordering = ["-tanggal_selesai", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(tingkat__isnull=True)
                | models.Q(tingkat__range=(1, 4)),
                name="diklat_tingkat_1_4",
            )
        ]

    def __str__(self) -> str:
        return f"{self.nama} ({self.tanggal_selesai.year})"
