"""Riwayat angka kredit: what decrees (PAK) set."""

from django.db import models

from simpeg.choices import JenisAngkaKredit
from simpeg.models.riwayat import Riwayat


class RiwayatAngkaKredit(Riwayat):
    """Credit of a period, `mulai` to `selesai`; `jumlah` is the total of the decree."""

    jenis = models.CharField("jenis", max_length=16, choices=JenisAngkaKredit.choices())
    mulai = models.DateField("awal masa penilaian")
    selesai = models.DateField("akhir masa penilaian")
    utama = models.DecimalField(
        "kredit utama", max_digits=8, decimal_places=3, null=True, blank=True
    )
    penunjang = models.DecimalField(
        "kredit penunjang", max_digits=8, decimal_places=3, null=True, blank=True
    )
    jumlah = models.DecimalField("jumlah kredit", max_digits=8, decimal_places=3)

    class Meta:
        verbose_name = "riwayat angka kredit"
        verbose_name_plural = "riwayat angka kredit"
        ordering = ["-selesai", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(selesai__gte=models.F("mulai")),
                name="angka_kredit_selesai_setelah_mulai",
            ),
            models.CheckConstraint(
                condition=models.Q(jumlah__gte=0), name="angka_kredit_tidak_minus"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.jumlah} sampai {self.selesai:%d-%m-%Y}"
