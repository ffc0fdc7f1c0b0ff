"""Archive files: stored privately under a random name, never changed or deleted."""

from __future__ import annotations

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.urls import reverse

from simpeg.choices import HasilPeriksa, KeadaanBerkas
from simpeg.models.lingkup import LingkupQuerySet

CACAT = (HasilPeriksa.RUSAK.value, HasilPeriksa.HILANG.value)


def path_of(instance: BerkasArsip, filename: str) -> str:
    """Return a random place: neither name nor NIP of a person stands in a path."""
    key = uuid.uuid4().hex
    return f"arsip/{key[:2]}/{key}"


class BerkasArsipQuerySet(LingkupQuerySet):
    orang = "pegawai__keadaan__"

    def berlaku(self) -> Self:
        return self.filter(keadaan=KeadaanBerkas.BERLAKU.value)

    def diusulkan(self) -> Self:
        return self.filter(keadaan=KeadaanBerkas.DIUSULKAN.value)

    def cacat(self) -> Self:
        """Leave only files that the last check found damaged or missing.

        One that was replaced since is mended.
        """
        return self.filter(
            hasil_periksa__in=CACAT,
            keadaan__in=(KeadaanBerkas.BERLAKU.value, KeadaanBerkas.DIUSULKAN.value),
        )


class BerkasArsip(models.Model):
    """One scanned document of one person; `jenis` is a code of `jenis_arsip`.

    Bytes never change. `untuk_jenis` and `untuk_id` name the riwayat that a proposed file
    is meant to prove; a file in force is cited by the riwayat itself.
    """

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
    uraian = models.CharField("uraian", max_length=200, blank=True)
    halaman = models.PositiveSmallIntegerField("halaman", null=True, blank=True)
    keadaan = models.CharField(
        "keadaan",
        max_length=10,
        choices=KeadaanBerkas.choices(),
        default=KeadaanBerkas.BERLAKU.value,
    )
    untuk_jenis = models.CharField("untuk riwayat", max_length=32, blank=True)
    untuk_id = models.BigIntegerField("untuk catatan", null=True, blank=True)
    menggantikan = models.ForeignKey(
        "self",
        verbose_name="menggantikan",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="pengganti_set",
    )
    # Why it was rejected, withdrawn or replaced, by whom and when; also who accepted it.
    alasan = models.CharField("alasan", max_length=500, blank=True)
    diputus_at = models.DateTimeField("diputuskan", null=True, blank=True)
    diputus_oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="diputuskan oleh",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    hasil_periksa = models.CharField(
        "hasil pemeriksaan", max_length=8, blank=True, choices=HasilPeriksa.choices()
    )
    diperiksa_at = models.DateTimeField("diperiksa", null=True, blank=True)

    objects = BerkasArsipQuerySet.as_manager()

    class Meta:
        verbose_name = "berkas arsip"
        verbose_name_plural = "berkas arsip"
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["pegawai", "jenis"], name="berkas_pegawai_jenis"),
            models.Index(
                fields=["id"],
                condition=models.Q(keadaan=KeadaanBerkas.DIUSULKAN.value),
                name="berkas_diusulkan",
            ),
            models.Index(
                fields=["id"],
                condition=models.Q(hasil_periksa__in=CACAT),
                name="berkas_cacat",
            ),
        ]

    def __str__(self) -> str:
        return self.nama_berkas

    def get_absolute_url(self) -> str:
        return reverse("simpeg:berkas-view", args=[self.pegawai_id, self.pk])

    @property
    def is_berlaku(self) -> bool:
        return self.keadaan == KeadaanBerkas.BERLAKU

    @property
    def is_pdf(self) -> bool:
        return self.content_type == "application/pdf"

    @property
    def status(self) -> KeadaanBerkas:
        return KeadaanBerkas(self.keadaan)


class PemeriksaanArsip(models.Model):
    """One walk through all stored files, those of issued papers too.

    `bagian` and `sampai_id` are where to go on after a stop.
    """

    mulai_at = models.DateTimeField("dimulai", auto_now_add=True)
    selesai_at = models.DateTimeField("selesai", null=True, blank=True)
    bagian = models.SlugField("bagian", max_length=10, default="arsip")
    sampai_id = models.BigIntegerField("sampai berkas", default=0)
    jumlah = models.PositiveIntegerField("diperiksa", default=0)
    rusak = models.PositiveIntegerField("rusak", default=0)
    hilang = models.PositiveIntegerField("hilang", default=0)
    # Files that no row names: how many, how many of them were deleted, and which the
    # next walk deletes if it finds them again.
    tanpa_catatan = models.PositiveIntegerField("tanpa catatan", default=0)
    dihapus = models.PositiveIntegerField("dihapus", default=0)
    yatim = models.JSONField("menunggu dihapus", default=list)

    class Meta:
        verbose_name = "pemeriksaan arsip"
        verbose_name_plural = "pemeriksaan arsip"
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"Pemeriksaan arsip {self.mulai_at:%d-%m-%Y}"

    @property
    def utuh(self) -> int:
        return self.jumlah - self.rusak - self.hilang

    @property
    def ditahan(self) -> int:
        """How many files without a row were left alone, for there were too many."""
        return self.tanpa_catatan - self.dihapus - len(self.yatim)
