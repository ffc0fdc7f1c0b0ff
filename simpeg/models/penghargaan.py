"""Riwayat penghargaan: medals and awards."""

from django.db import models

from simpeg.models.riwayat import Riwayat


class RiwayatPenghargaan(Riwayat):
    """One award of the SIASN list; `keterangan` names it where the list says "lainnya"."""

    jenis = models.ForeignKey(
        "simpeg.Referensi",
        verbose_name="penghargaan",
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"daftar": "penghargaan"},
    )
    keterangan = models.CharField("keterangan", max_length=255, blank=True)
    tahun = models.PositiveSmallIntegerField("tahun")

    class Meta:
        verbose_name = "riwayat penghargaan"
        verbose_name_plural = "riwayat penghargaan"
        ordering = ["-tahun", "-id"]

    def __str__(self) -> str:
        return f"{self.jenis} ({self.tahun})"
