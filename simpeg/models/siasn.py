"""An uploaded SIASN export: the file, its rows, what would change, what was applied."""

import uuid

from django.conf import settings
from django.db import models


def impor_path(instance: "ImporSiasn", filename: str) -> str:
    return f"impor/{uuid.uuid4().hex}"


class ImporSiasn(models.Model):
    """One file. Its rows carry personal data and are dropped after 90 days (setting)."""

    class Status(models.TextChoices):
        DIUNGGAH = "diunggah", "Sedang diperiksa"
        SIAP = "siap", "Menunggu keputusan"
        DITERAPKAN = "diterapkan", "Sudah diterapkan"
        DITOLAK = "ditolak", "Berkas tidak terbaca"
        DIBATALKAN = "dibatalkan", "Dibatalkan"

    berkas = models.FileField("berkas", upload_to=impor_path, blank=True)
    nama_berkas = models.CharField("nama berkas", max_length=200)
    sha256 = models.CharField("checksum", max_length=64)
    status = models.CharField(
        "status", max_length=16, choices=Status.choices, default=Status.DIUNGGAH
    )
    pesan = models.TextField("pesan", blank=True)
    job_id = models.UUIDField("pekerjaan", null=True, blank=True)
    jumlah_baris = models.PositiveIntegerField("baris", default=0)
    jumlah_baru = models.PositiveIntegerField("baru", default=0)
    jumlah_berubah = models.PositiveIntegerField("berubah", default=0)
    jumlah_sama = models.PositiveIntegerField("sama", default=0)
    jumlah_ditolak = models.PositiveIntegerField("ditolak", default=0)
    jumlah_peringatan = models.PositiveIntegerField("peringatan", default=0)
    jumlah_tidak_ada = models.PositiveIntegerField("tidak ada di berkas", default=0)
    created_at = models.DateTimeField("diunggah", auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="oleh",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    diterapkan_at = models.DateTimeField("diterapkan", null=True, blank=True)

    class Meta:
        verbose_name = "impor SIASN"
        verbose_name_plural = "impor SIASN"
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.nama_berkas


class BarisSiasn(models.Model):
    """One row as read, the verdict on it, and the differences it would bring."""

    class Hasil(models.TextChoices):
        BARU = "baru", "Baru"
        BERUBAH = "berubah", "Berubah"
        SAMA = "sama", "Sama"
        DITOLAK = "ditolak", "Ditolak"

    impor = models.ForeignKey(
        ImporSiasn, on_delete=models.CASCADE, related_name="baris_set"
    )
    nomor = models.PositiveIntegerField("baris")
    hasil = models.CharField("hasil", max_length=8, choices=Hasil.choices)
    ada_peringatan = models.BooleanField(default=False)
    nama = models.CharField("nama", max_length=200, blank=True)
    nip = models.CharField("NIP", max_length=32, blank=True)
    # {kolom: teks} as read; [{kolom, kode, tingkat, pesan}]; {kolom: [kita, SIASN]}
    data = models.JSONField(default=dict)
    catatan = models.JSONField(default=list)
    perubahan = models.JSONField(default=dict)
    pegawai = models.ForeignKey(
        "simpeg.Pegawai", null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "baris impor"
        verbose_name_plural = "baris impor"
        ordering = ["impor", "nomor"]
        indexes = [models.Index(fields=["impor", "hasil", "nomor"], name="baris_hasil")]
        constraints = [
            models.UniqueConstraint(
                fields=["impor", "nomor"], name="baris_satu_per_nomor"
            )
        ]

    def __str__(self) -> str:
        return f"Baris {self.nomor}"
