"""Riwayat pendidikan: diplomas."""

from django.db import models

from simpeg.models.riwayat import Riwayat


class RiwayatPendidikan(Riwayat):
    """One finished education; `tahun_lulus` is known more often than the day."""

    tingkat = models.ForeignKey(
        "simpeg.TingkatPendidikan",
        verbose_name="tingkat",
        on_delete=models.PROTECT,
        related_name="+",
    )
    nama = models.CharField("pendidikan/jurusan", max_length=255)
    sekolah = models.CharField("nama sekolah", max_length=255, blank=True)
    tahun_lulus = models.PositiveSmallIntegerField("tahun lulus", null=True, blank=True)
    tanggal_lulus = models.DateField("tanggal lulus", null=True, blank=True)
    nomor_ijazah = models.CharField("nomor ijazah", max_length=100, blank=True)

    class Meta:
        verbose_name = "riwayat pendidikan"
        verbose_name_plural = "riwayat pendidikan"
        ordering = ["-tingkat", "-tahun_lulus", "-id"]

    def __str__(self) -> str:
        tahun = f" ({self.tahun_lulus})" if self.tahun_lulus else ""
        return f"{self.nama}{tahun}"
