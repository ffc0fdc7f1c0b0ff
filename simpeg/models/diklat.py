"""Training: structural (the fourth criterion of the DUK), courses, certification."""

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


class RiwayatKursus(Riwayat):
    """All training that is not structural; the certificate stands in `sk_nomor`."""

    jenis = models.ForeignKey(
        "simpeg.Referensi",
        verbose_name="jenis diklat",
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"daftar": "jenisDiklat"},
    )
    nama = models.CharField("nama kursus", max_length=255)
    tanggal_mulai = models.DateField("tanggal mulai")
    tanggal_selesai = models.DateField("tanggal selesai")
    jumlah_jam = models.PositiveSmallIntegerField("jumlah jam", null=True, blank=True)

    class Meta:
        verbose_name = "riwayat kursus"
        verbose_name_plural = "riwayat kursus"
        ordering = ["-tanggal_selesai", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(tanggal_selesai__gte=models.F("tanggal_mulai")),
                name="kursus_selesai_setelah_mulai",
            )
        ]

    def __str__(self) -> str:
        return f"{self.nama} ({self.tanggal_selesai.year})"


class RiwayatSertifikasi(Riwayat):
    """A certificate of competence, valid from `tmt` to `tmt_selesai` if that is set."""

    nama = models.CharField("nama sertifikasi", max_length=255)
    tmt = models.DateField("berlaku mulai")
    tmt_selesai = models.DateField("berlaku sampai", null=True, blank=True)

    class Meta:
        verbose_name = "riwayat sertifikasi"
        verbose_name_plural = "riwayat sertifikasi"
        ordering = ["-tmt", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(tmt_selesai__isnull=True)
                | models.Q(tmt_selesai__gte=models.F("tmt")),
                name="sertifikasi_sampai_setelah_mulai",
            )
        ]

    def __str__(self) -> str:
        return f"{self.nama} ({self.tmt.year})"
