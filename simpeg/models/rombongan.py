"""Data that comes in as a file, and the acts by which it was written and taken back.

One shape for all three ways in: a file is uploaded, a job judges its rows, a person
decides, one act (rombongan) writes what was decided, and that act can be undone while
nothing was built on it.
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from simpeg.models.siasn import impor_path


class JenisMasuk(models.TextChoices):
    IMPOR = "impor", "Impor SIASN"
    REKONSILIASI = "rekonsiliasi", "Rekonsiliasi SIASN"
    LEMBAR = "lembar", "Lembar kerja Excel"


class BerkasMasuk(models.Model):
    """One file. Its rows carry personal data and are dropped after 90 days (setting)."""

    Jenis = JenisMasuk

    class Status(models.TextChoices):
        DIUNGGAH = "diunggah", "Sedang diperiksa"
        SIAP = "siap", "Menunggu keputusan"
        DITERAPKAN = "diterapkan", "Sudah diterapkan"
        DITOLAK = "ditolak", "Berkas tidak terbaca"
        DIBATALKAN = "dibatalkan", "Dibatalkan"
        DITUTUP = "ditutup", "Selesai"

    jenis = models.CharField(
        "jenis", max_length=16, choices=JenisMasuk.choices, default=JenisMasuk.IMPOR
    )
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
        verbose_name = "berkas masuk"
        verbose_name_plural = "berkas masuk"
        ordering = ["-id"]
        indexes = [models.Index(fields=["jenis", "-id"], name="berkas_masuk_jenis")]

    def __str__(self) -> str:
        return self.nama_berkas


class BarisMasuk(models.Model):
    """One row as read, the verdict on it, and the differences it would bring."""

    class Hasil(models.TextChoices):
        BARU = "baru", "Baru"
        BERUBAH = "berubah", "Berubah"
        SAMA = "sama", "Sama"
        DITOLAK = "ditolak", "Ditolak"

    impor = models.ForeignKey(
        BerkasMasuk, on_delete=models.CASCADE, related_name="baris_set"
    )
    nomor = models.PositiveIntegerField("baris")
    hasil = models.CharField("hasil", max_length=8, choices=Hasil.choices)
    ada_peringatan = models.BooleanField(default=False)
    # A changed row that a person left out of what is to be written.
    is_dilewati = models.BooleanField("dilewati", default=False)
    nama = models.CharField("nama", max_length=200, blank=True)
    nip = models.CharField("NIP", max_length=32, blank=True)
    # {kolom: teks} as read; [{kolom, kode, tingkat, pesan}]; {kolom: [kita, berkas]}
    data = models.JSONField(default=dict)
    catatan = models.JSONField(default=list)
    perubahan = models.JSONField(default=dict)
    pegawai = models.ForeignKey(
        "simpeg.Pegawai", null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "baris berkas masuk"
        verbose_name_plural = "baris berkas masuk"
        ordering = ["impor", "nomor"]
        indexes = [models.Index(fields=["impor", "hasil", "nomor"], name="baris_hasil")]
        constraints = [
            models.UniqueConstraint(
                fields=["impor", "nomor"], name="baris_satu_per_nomor"
            )
        ]

    def __str__(self) -> str:
        return f"Baris {self.nomor}"


class Rombongan(models.Model):
    """One act that wrote many records; its id stands on every event of the act."""

    class Status(models.TextChoices):
        DIMINTA = "diminta", "Belum ditulis"
        DITERAPKAN = "diterapkan", "Sudah diterapkan"
        DIBATALKAN = "dibatalkan", "Dibatalkan"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    berkas_masuk = models.ForeignKey(
        BerkasMasuk,
        verbose_name="dari berkas",
        on_delete=models.CASCADE,
        related_name="rombongan_set",
    )
    nama = models.CharField("nama", max_length=200)
    alasan = models.TextField("alasan", blank=True)
    status = models.CharField(
        "status", max_length=16, choices=Status.choices, default=Status.DIMINTA
    )
    job_id = models.UUIDField("pekerjaan", null=True, blank=True)
    jumlah_orang = models.PositiveIntegerField("orang", default=0)
    jumlah_baru = models.PositiveIntegerField("orang baru", default=0)
    # The last event of the act: what is younger was done afterwards.
    kejadian_id = models.BigIntegerField(null=True)
    # {"unit": [id], "jabatan": [id]} that the act had to found.
    dibuat = models.JSONField(default=dict)
    created_at = models.DateTimeField("dibuat pada", auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="oleh",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    diterapkan_at = models.DateTimeField("diterapkan", null=True, blank=True)
    alasan_batal = models.TextField("alasan pembatalan", blank=True)
    dibatalkan_at = models.DateTimeField("dibatalkan", null=True, blank=True)
    dibatalkan_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="dibatalkan oleh",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    # How many people kept the last attempt to undo from going through.
    jumlah_halangan = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "rombongan"
        verbose_name_plural = "rombongan"
        ordering = ["-created_at"]
        indexes = [
            models.Index(
                fields=["berkas_masuk", "-created_at"], name="rombongan_berkas"
            )
        ]

    def __str__(self) -> str:
        return self.nama


class JejakRombongan(models.Model):
    """What one act did to one person: enough to take it back, and no more."""

    rombongan = models.ForeignKey(
        Rombongan, on_delete=models.CASCADE, related_name="jejak_set"
    )
    nomor = models.PositiveIntegerField("urutan")
    pegawai = models.ForeignKey(
        "simpeg.Pegawai", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    nama = models.CharField("nama", max_length=200, blank=True)
    is_baru = models.BooleanField("orang baru", default=False)
    akun_id = models.BigIntegerField("akun yang dibuka", null=True)
    versi = models.PositiveIntegerField("versi sesudahnya")
    # {kolom: value before}; [[topik, id written, id it replaced or null]]
    sebelum = models.JSONField(default=dict)
    riwayat = models.JSONField(default=list)
    halangan = models.TextField("yang menghalangi pembatalan", blank=True)

    class Meta:
        verbose_name = "jejak rombongan"
        verbose_name_plural = "jejak rombongan"
        ordering = ["rombongan", "nomor"]
        constraints = [
            models.UniqueConstraint(
                fields=["rombongan", "nomor"], name="jejak_satu_per_nomor"
            )
        ]

    def __str__(self) -> str:
        return self.nama
