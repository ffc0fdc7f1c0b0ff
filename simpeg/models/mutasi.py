"""Placements inside the office: another unit (PNS unor), another work region (PWK)."""

from django.db import models

from simpeg.models.riwayat import BERLAKU, Riwayat


class RiwayatUnor(Riwayat):
    """Another unit from `tmt` with the post as it was; the next post ends it."""

    unit_kerja = models.ForeignKey(
        "simpeg.UnitKerja",
        verbose_name="unit kerja baru",
        on_delete=models.PROTECT,
        related_name="+",
    )
    tmt = models.DateField("TMT")

    class Meta:
        verbose_name = "riwayat unit organisasi"
        verbose_name_plural = "riwayat unit organisasi"
        ordering = ["-tmt", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["pegawai", "tmt"], condition=BERLAKU, name="unor_satu_per_tmt"
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit_kerja} TMT {self.tmt:%d-%m-%Y}"


class RiwayatPWK(Riwayat):
    """A move to another work region; its office of payment (KPKN) moves along."""

    lokasi = models.CharField("lokasi kerja baru", max_length=255)
    unit = models.CharField("unit organisasi baru", max_length=255, blank=True)
    satuan_kerja = models.CharField("satuan kerja", max_length=255, blank=True)
    kpkn = models.CharField("KPKN/KPPN baru", max_length=255, blank=True)
    tmt = models.DateField("TMT")

    class Meta:
        verbose_name = "riwayat pindah wilayah kerja"
        verbose_name_plural = "riwayat pindah wilayah kerja"
        ordering = ["-tmt", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["pegawai", "tmt"], condition=BERLAKU, name="pwk_satu_per_tmt"
            )
        ]

    def __str__(self) -> str:
        return f"{self.lokasi} TMT {self.tmt:%d-%m-%Y}"
