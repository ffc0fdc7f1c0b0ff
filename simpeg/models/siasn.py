"""Reconciliation with SIASN: each difference, what was decided, and what is remembered."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models


def impor_path(instance: object, filename: str) -> str:
    """Return a random place: no name of a person or a file stands in a path."""
    return f"impor/{uuid.uuid4().hex}"


class SelisihSiasn(models.Model):
    """One field of one person that SIASN tells otherwise than we do."""

    class Keadaan(models.TextChoices):
        TERBUKA = "terbuka", "Belum diputuskan"
        DITANYA = "ditanya", "Menunggu jawaban"
        DIJAWAB = "dijawab", "Sudah dijawab"
        DIPROSES = "diproses", "Sedang ditulis"
        DITERIMA = "diterima", "Mengikuti SIASN"
        DIPERTAHANKAN = "dipertahankan", "Catatan kita dipertahankan"
        GUGUR = "gugur", "Tidak berbeda lagi"

    class Jawaban(models.TextChoices):
        KITA = "kita", "Catatan kita yang benar"
        SIASN = "siasn", "SIASN yang benar"
        LAIN = "lain", "Keduanya keliru"

    impor = models.ForeignKey(
        "simpeg.BerkasMasuk", on_delete=models.CASCADE, related_name="selisih_set"
    )
    baris = models.ForeignKey(
        "simpeg.BarisMasuk", on_delete=models.CASCADE, related_name="selisih_set"
    )
    pegawai = models.ForeignKey(
        "simpeg.Pegawai",
        verbose_name="pegawai",
        on_delete=models.PROTECT,
        related_name="+",
    )
    # Where the person worked when the file was examined.
    opd = models.ForeignKey(
        "simpeg.UnitKerja",
        verbose_name="perangkat daerah",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    kolom = models.CharField("isian", max_length=32)
    kita = models.TextField("catatan kita", blank=True)
    siasn = models.TextField("SIASN", blank=True)
    # False where SIASN's value cannot take the place of ours (ours is younger).
    bisa_diterima = models.BooleanField(default=True)
    keadaan = models.CharField(
        "keadaan", max_length=16, choices=Keadaan.choices, default=Keadaan.TERBUKA
    )
    is_diingat = models.BooleanField("menurut putusan dahulu", default=False)
    rombongan = models.ForeignKey(
        "simpeg.Rombongan",
        null=True,
        on_delete=models.SET_NULL,
        related_name="selisih_set",
    )
    diputus_at = models.DateTimeField("diputuskan", null=True, blank=True)
    diputus_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="diputuskan oleh",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    ditanya_at = models.DateTimeField("ditanyakan", null=True, blank=True)
    ditanya_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="ditanyakan oleh",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    jawaban = models.CharField(
        "jawaban", max_length=8, choices=Jawaban.choices, blank=True
    )
    jawaban_catatan = models.TextField("keterangan", blank=True)
    jawaban_berkas = models.ForeignKey(
        "simpeg.BerkasArsip",
        verbose_name="bukti",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    dijawab_at = models.DateTimeField("dijawab", null=True, blank=True)
    dijawab_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="dijawab oleh",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = "selisih dengan SIASN"
        verbose_name_plural = "selisih dengan SIASN"
        ordering = ["impor", "id"]
        indexes = [
            models.Index(fields=["impor", "keadaan", "id"], name="selisih_keadaan"),
            models.Index(fields=["impor", "kolom", "id"], name="selisih_kolom"),
            models.Index(fields=["impor", "opd", "id"], name="selisih_opd"),
            models.Index(fields=["keadaan", "pegawai"], name="selisih_pertanyaan"),
            # What the page counts by: it reads this and not the table.
            models.Index(
                fields=["impor", "kolom", "opd", "keadaan"], name="selisih_ringkas"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["impor", "pegawai", "kolom"], name="selisih_satu_per_kolom"
            )
        ]

    def __str__(self) -> str:
        return self.kolom


class PutusanSelisih(models.Model):
    """A difference somebody chose to live with; `sidik` tells it without its values.

    It outlives the file: the same pair of values is not asked about again.
    """

    pegawai = models.ForeignKey(
        "simpeg.Pegawai", on_delete=models.CASCADE, related_name="+"
    )
    kolom = models.CharField("isian", max_length=32)
    sidik = models.CharField(max_length=64)
    alasan = models.TextField("alasan", blank=True)
    created_at = models.DateTimeField("diputuskan", auto_now=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "putusan selisih"
        verbose_name_plural = "putusan selisih"
        constraints = [
            models.UniqueConstraint(
                fields=["pegawai", "kolom"], name="putusan_satu_per_kolom"
            )
        ]

    def __str__(self) -> str:
        return self.kolom
