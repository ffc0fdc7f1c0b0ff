"""Riwayat hukuman disiplin; read by the person and by those who keep the record."""

from django.db import models

from simpeg.models.riwayat import Riwayat


class RiwayatHukuman(Riwayat):
    """A penalty from `tmt`; `tmt_selesai` where the decree sets an end.

    Level (R, S, B) stands in the SIASN list that `jenis` points to.
    """

    jenis = models.ForeignKey(
        "simpeg.Referensi",
        verbose_name="jenis hukuman",
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"daftar": "jenisHukuman"},
    )
    nomor_pp = models.CharField("peraturan", max_length=50)
    pelanggaran = models.TextField("pelanggaran", max_length=1000)
    tmt = models.DateField("mulai dijalani")
    tmt_selesai = models.DateField("berakhir", null=True, blank=True)

    class Meta:
        verbose_name = "riwayat hukuman disiplin"
        verbose_name_plural = "riwayat hukuman disiplin"
        ordering = ["-tmt", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(tmt_selesai__isnull=True)
                | models.Q(tmt_selesai__gte=models.F("tmt")),
                name="hukuman_selesai_setelah_tmt",
            )
        ]

    def __str__(self) -> str:
        return f"{self.jenis} TMT {self.tmt:%d-%m-%Y}"
