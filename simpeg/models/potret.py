"""The state of everybody on a past day, derived once and kept for a while.

Derived from the riwayat by set-wise SQL (`services.potret`); a test holds a row equal to
`selectors.keadaan.derive_keadaan`. It may be thrown away at any time.
"""

from __future__ import annotations

from typing import Any, Self

from django.db import models

from simpeg.choices import JenisKelamin, StatusKepegawaian
from simpeg.models.keadaan import KeadaanPegawai
from simpeg.models.lingkup import LingkupQuerySet


class Potret(models.Model):
    """A day whose state was asked for; ready when `selesai_at` is set."""

    tanggal = models.DateField("keadaan per", unique=True)
    created_at = models.DateTimeField("dibuat", auto_now_add=True)
    selesai_at = models.DateTimeField("siap", null=True, blank=True)
    # The last person whose row is written: a job that was killed goes on after them.
    sampai = models.BigIntegerField("sampai pegawai", default=0)

    class Meta:
        verbose_name = "potret keadaan"
        verbose_name_plural = "potret keadaan"
        ordering = ["-tanggal"]

    def __str__(self) -> str:
        return f"Keadaan per {self.tanggal:%d-%m-%Y}"


class KeadaanLampauQuerySet(LingkupQuerySet):
    """`within` asks for the units that people had that day."""

    def aktif(self) -> Self:
        return self.filter(is_aktif=True)

    def search(self, kata: str) -> Self:
        """Find people by part of the name or NIP they have now."""
        people = KeadaanPegawai.objects.search(kata)
        return self.filter(pegawai__in=people.values("pk"))


def _link(to: str) -> Any:
    # A cache: what it points to may go without asking it, and needs no index of its own.
    return models.ForeignKey(
        to,
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        related_name="+",
    )


class KeadaanLampau(models.Model):
    """One active person on the day of a `Potret`; columns as in `KeadaanPegawai`."""

    potret = models.ForeignKey(
        Potret, on_delete=models.CASCADE, related_name="baris_set", db_index=False
    )
    pegawai = models.ForeignKey(
        "simpeg.Pegawai",
        on_delete=models.CASCADE,
        db_index=False,
        related_name="+",
    )
    nama_urut = models.CharField(max_length=200)
    jenis_kelamin = models.CharField(max_length=1, choices=JenisKelamin.choices())
    tanggal_lahir = models.DateField()
    status = models.CharField(max_length=20, choices=StatusKepegawaian.choices())
    is_aktif = models.BooleanField(default=True)
    unit_kerja = _link("simpeg.UnitKerja")
    opd = _link("simpeg.UnitKerja")
    unit_path = models.CharField(max_length=255, blank=True)
    golongan = _link("simpeg.Golongan")
    tmt_golongan = models.DateField(null=True)
    masa_kerja_bulan = models.PositiveSmallIntegerField(null=True)
    kunci_masa_kerja = models.IntegerField(null=True)
    jabatan = _link("simpeg.Jabatan")
    jenis_jabatan = models.CharField(max_length=16, blank=True)
    kelompok_jabatan = models.CharField(max_length=16, blank=True)
    pendidikan = _link("simpeg.TingkatPendidikan")
    agama = models.CharField(max_length=4, blank=True)
    status_kawin = models.CharField(max_length=4, blank=True)
    diklat = models.PositiveSmallIntegerField(null=True)
    tmt_pensiun = models.DateField(null=True)

    objects = KeadaanLampauQuerySet.as_manager()

    class Meta:
        verbose_name = "keadaan lampau"
        verbose_name_plural = "keadaan lampau"
        constraints = [
            models.UniqueConstraint(
                fields=["potret", "pegawai"], name="lampau_satu_per_orang"
            )
        ]
        indexes = [
            models.Index(fields=["potret", "nama_urut", "pegawai"], name="lampau_nama"),
            models.Index(fields=["potret", "opd"], name="lampau_opd"),
        ]

    def __str__(self) -> str:
        return f"{self.nama_urut}, {self.potret}"
