"""Stored files of papers that are not what they were."""

from django.db import models
from django.db.models import Q

from bkpsdmd.documents.models.naskah import Naskah, PenandatanganNaskah
from bkpsdmd.documents.models.terbit import DokumenTerbit


class BerkasCacat(models.Model):
    """A paper whose file the last check found damaged or missing.

    The issued paper itself never changes, so that this stands beside it; it goes when a
    check finds the file whole again.
    """

    class Hasil(models.TextChoices):
        RUSAK = "rusak", "Rusak"
        HILANG = "hilang", "Hilang"

    dokumen = models.OneToOneField(
        DokumenTerbit,
        verbose_name="dokumen terbit",
        null=True,
        on_delete=models.PROTECT,
        related_name="berkas_cacat",
    )
    naskah = models.OneToOneField(
        Naskah,
        verbose_name="naskah bernomor",
        null=True,
        on_delete=models.CASCADE,
        related_name="berkas_cacat",
    )
    penandatangan = models.OneToOneField(
        PenandatanganNaskah,
        verbose_name="berkas di antara penanda tangan",
        null=True,
        on_delete=models.CASCADE,
        related_name="berkas_cacat",
    )
    hasil = models.CharField("hasil pemeriksaan", max_length=6, choices=Hasil.choices)
    diperiksa_at = models.DateTimeField("diperiksa")

    class Meta:
        verbose_name = "berkas naskah yang tidak utuh"
        verbose_name_plural = "berkas naskah yang tidak utuh"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    dokumen__isnull=False,
                    naskah__isnull=True,
                    penandatangan__isnull=True,
                )
                | Q(
                    dokumen__isnull=True,
                    naskah__isnull=False,
                    penandatangan__isnull=True,
                )
                | Q(
                    dokumen__isnull=True,
                    naskah__isnull=True,
                    penandatangan__isnull=False,
                ),
                name="berkascacat_satu_berkas",
            ),
        ]

    def __str__(self) -> str:
        berkas = self.dokumen or self.naskah or self.penandatangan
        return f"{berkas}, {self.get_hasil_display()}"
