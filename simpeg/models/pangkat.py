"""Riwayat pangkat: the golongan a person was given, from when, by which decree."""

from django.db import models

from simpeg.models.riwayat import BERLAKU, Riwayat


class RiwayatPangkat(Riwayat):
    """One golongan from `tmt`; masa kerja golongan is that on `tmt`, in whole months."""

    golongan = models.ForeignKey(
        "simpeg.Golongan",
        verbose_name="golongan",
        on_delete=models.PROTECT,
        related_name="+",
    )
    tmt = models.DateField("TMT")
    jenis = models.ForeignKey(
        "simpeg.JenisKenaikanPangkat",
        verbose_name="jenis kenaikan pangkat",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    masa_kerja_bulan = models.PositiveSmallIntegerField(
        "masa kerja golongan (bulan)", default=0
    )
    pertek_nomor = models.CharField("nomor pertek BKN", max_length=100, blank=True)
    pertek_tanggal = models.DateField("tanggal pertek BKN", null=True, blank=True)

    class Meta:
        verbose_name = "riwayat pangkat"
        verbose_name_plural = "riwayat pangkat"
        ordering = ["-tmt", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["pegawai", "tmt"],
                condition=BERLAKU,
                name="pangkat_satu_per_tmt",
            ),
            models.CheckConstraint(
                condition=models.Q(masa_kerja_bulan__lte=720),
                name="pangkat_masa_kerja_wajar",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.golongan_id} TMT {self.tmt:%d-%m-%Y}"

    @property
    def masa_kerja(self) -> tuple[int, int]:
        """Return masa kerja golongan on `tmt` as (years, months)."""
        return divmod(self.masa_kerja_bulan, 12)
