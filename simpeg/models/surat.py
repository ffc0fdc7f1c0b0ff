"""Whom an official paper is about."""

from django.db import models


class SuratPegawai(models.Model):
    """The person a paper of the office speaks of; the paper knows no person itself."""

    naskah = models.OneToOneField(
        "documents.Naskah",
        verbose_name="naskah",
        on_delete=models.CASCADE,
        related_name="surat_pegawai",
        primary_key=True,
    )
    pegawai = models.ForeignKey(
        "simpeg.Pegawai",
        verbose_name="pegawai",
        on_delete=models.PROTECT,
        related_name="surat_set",
    )

    class Meta:
        verbose_name = "surat tentang pegawai"
        verbose_name_plural = "surat tentang pegawai"

    def __str__(self) -> str:
        return str(self.naskah)
