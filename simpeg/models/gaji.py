"""What decrees say on pay and service time: KGB, PMK, contracts of PPPK."""

from django.db import models

from simpeg.models.riwayat import BERLAKU, Riwayat


class RiwayatKGB(Riwayat):
    """A periodic raise from `tmt`; amounts in whole rupiah, service in months on `tmt`."""

    golongan = models.ForeignKey(
        "simpeg.Golongan",
        verbose_name="golongan",
        on_delete=models.PROTECT,
        related_name="+",
    )
    tmt = models.DateField("TMT")
    masa_kerja_bulan = models.PositiveSmallIntegerField("masa kerja golongan (bulan)")
    gaji_lama = models.PositiveIntegerField("gaji pokok lama", null=True, blank=True)
    gaji_baru = models.PositiveIntegerField("gaji pokok baru")

    class Meta:
        verbose_name = "riwayat KGB"
        verbose_name_plural = "riwayat KGB"
        ordering = ["-tmt", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["pegawai", "tmt"], condition=BERLAKU, name="kgb_satu_per_tmt"
            )
        ]

    def __str__(self) -> str:
        return f"KGB {self.golongan_id} TMT {self.tmt:%d-%m-%Y}"

    @property
    def masa_kerja(self) -> tuple[int, int]:
        """Return masa kerja golongan on `tmt` as (years, months)."""
        return divmod(self.masa_kerja_bulan, 12)


class RiwayatPMK(Riwayat):
    """Service elsewhere that a decree counts; `masa_kerja_bulan` is what it grants."""

    pengalaman = models.CharField("tempat bekerja", max_length=255)
    tanggal_mulai = models.DateField("mulai bekerja")
    tanggal_selesai = models.DateField("selesai bekerja")
    masa_kerja_bulan = models.PositiveSmallIntegerField("masa kerja diakui (bulan)")
    pertek_nomor = models.CharField("nomor pertek BKN", max_length=100, blank=True)
    pertek_tanggal = models.DateField("tanggal pertek BKN", null=True, blank=True)

    class Meta:
        verbose_name = "riwayat PMK"
        verbose_name_plural = "riwayat PMK"
        ordering = ["-tanggal_mulai", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(tanggal_selesai__gte=models.F("tanggal_mulai")),
                name="pmk_selesai_setelah_mulai",
            )
        ]

    def __str__(self) -> str:
        return f"{self.pengalaman} ({self.tanggal_mulai.year})"

    @property
    def masa_kerja(self) -> tuple[int, int]:
        """Return what was granted as (years, months)."""
        return divmod(self.masa_kerja_bulan, 12)


class RiwayatKontrak(Riwayat):
    """A work agreement of a PPPK, from `tmt` up to and including `tmt_akhir`."""

    ke = models.PositiveSmallIntegerField("perjanjian ke-", default=1)
    tmt = models.DateField("mulai")
    tmt_akhir = models.DateField("hari terakhir")
    golongan = models.ForeignKey(
        "simpeg.Golongan",
        verbose_name="golongan",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    gaji_pokok = models.PositiveIntegerField("gaji pokok", null=True, blank=True)

    class Meta:
        verbose_name = "riwayat perjanjian kerja"
        verbose_name_plural = "riwayat perjanjian kerja"
        ordering = ["-tmt", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(tmt_akhir__gte=models.F("tmt")),
                name="kontrak_akhir_setelah_mulai",
            )
        ]

    def __str__(self) -> str:
        return f"perjanjian ke-{self.ke} mulai {self.tmt:%d-%m-%Y}"
