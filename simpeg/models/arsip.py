"""Archive files: stored privately under a random name, never changed."""

import uuid

from django.conf import settings
from django.db import models


def path_of(instance: "BerkasArsip", filename: str) -> str:
    """Return a random place: neither name nor NIP of a person stands in a path."""
    key = uuid.uuid4().hex
    return f"arsip/{key[:2]}/{key}"


class BerkasArsip(models.Model):
    """One scanned document of one person; `jenis` is a code of domain list §9.1."""

    pegawai = models.ForeignKey(
        "simpeg.Pegawai",
        verbose_name="pegawai",
        on_delete=models.PROTECT,
        related_name="berkas_set",
    )
    jenis = models.CharField("jenis dokumen", max_length=32)
    berkas = models.FileField("berkas", upload_to=path_of)
    nama_berkas = models.CharField("nama berkas", max_length=200)
    content_type = models.CharField("jenis isi", max_length=100)
    ukuran_byte = models.PositiveIntegerField("ukuran (byte)")
    sha256 = models.CharField("checksum", max_length=64)
    created_at = models.DateTimeField("diunggah", auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="diunggah oleh",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = "berkas arsip"
        verbose_name_plural = "berkas arsip"
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.nama_berkas
