"""Data quality of each person as it stands, and of each unit month by month.

Read tables: `services.mutu` alone writes them, from `rules.mutu`; a test holds them equal
to what is derived. Scores are hundredths of a percent (10000 is 100 %).
"""

from __future__ import annotations

from decimal import Decimal
from typing import Self

from django.db import models

from simpeg.models.lingkup import LingkupQuerySet

PENUH = 10_000


class MutuQuerySet(LingkupQuerySet):
    def aktif(self) -> Self:
        return self.filter(is_aktif=True)


class Mutu(models.Model):
    """Where the person belongs, repeated here so that counting reads one index."""

    opd = models.ForeignKey(
        "simpeg.UnitKerja", null=True, on_delete=models.PROTECT, related_name="+"
    )
    unit_path = models.CharField(max_length=255, blank=True)
    is_aktif = models.BooleanField()

    objects = MutuQuerySet.as_manager()

    class Meta:
        abstract = True


class MutuPegawai(Mutu):
    """`berubah_pada` is the day on which time alone changes the findings."""

    pegawai = models.OneToOneField(
        "simpeg.Pegawai",
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="mutu",
    )
    skor = models.PositiveSmallIntegerField("skor")
    kelengkapan = models.PositiveSmallIntegerField("kelengkapan")
    waktu = models.PositiveSmallIntegerField("ketepatan waktu")
    akurasi = models.PositiveSmallIntegerField("akurasi")
    konsistensi = models.PositiveSmallIntegerField("konsistensi")
    kurang = models.PositiveSmallIntegerField("yang kurang")
    dihitung_pada = models.DateField()
    berubah_pada = models.DateField(null=True)
    # Written by work on many people at once, which leaves the counting to a task.
    is_basi = models.BooleanField(default=False)

    class Meta:
        verbose_name = "mutu data pegawai"
        verbose_name_plural = "mutu data pegawai"
        indexes = [
            models.Index(
                fields=["opd", "skor", "pegawai"],
                condition=models.Q(is_aktif=True),
                name="mutu_opd_skor",
            ),
            models.Index(
                fields=["skor", "pegawai"],
                condition=models.Q(is_aktif=True),
                name="mutu_skor",
            ),
            models.Index(fields=["unit_path"], name="mutu_unit"),
            models.Index(
                fields=["pegawai"],
                condition=models.Q(is_basi=True),
                name="mutu_basi",
            ),
            models.Index(fields=["berubah_pada"], name="mutu_berubah"),
            # All that the figures of the units are made from.
            models.Index(
                fields=[
                    "opd",
                    "skor",
                    "kelengkapan",
                    "waktu",
                    "akurasi",
                    "konsistensi",
                    "kurang",
                ],
                condition=models.Q(is_aktif=True),
                name="mutu_rekap",
            ),
        ]

    def __str__(self) -> str:
        return f"Mutu data {self.pegawai_id}"

    @property
    def skor_persen(self) -> Decimal:
        return (Decimal(self.skor) / 100).quantize(Decimal("0.1"))


class TemuanMutu(Mutu):
    """One point that a person's record misses, and how many times."""

    pegawai = models.ForeignKey(
        "simpeg.Pegawai", on_delete=models.CASCADE, related_name="temuan_mutu"
    )
    kode = models.CharField(max_length=40)
    banyak = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = "temuan mutu"
        verbose_name_plural = "temuan mutu"
        constraints = [
            models.UniqueConstraint(
                fields=["pegawai", "kode"], name="temuan_satu_per_kode"
            )
        ]
        indexes = [
            models.Index(
                fields=["opd", "kode", "pegawai"],
                condition=models.Q(is_aktif=True),
                name="temuan_opd_kode",
            ),
            models.Index(
                fields=["kode", "pegawai"],
                condition=models.Q(is_aktif=True),
                name="temuan_kode",
            ),
            models.Index(fields=["unit_path", "kode"], name="temuan_unit"),
        ]

    def __str__(self) -> str:
        return self.kode


class PotretMutu(models.Model):
    """The sums of one perangkat daerah as they stood at the end of a month.

    Sums and not means: those of the whole office are their sum. No `opd`: people without
    a unit on record.
    """

    bulan = models.DateField("bulan")
    opd = models.ForeignKey(
        "simpeg.UnitKerja", null=True, on_delete=models.PROTECT, related_name="+"
    )
    orang = models.PositiveIntegerField("orang")
    skor = models.BigIntegerField("jumlah skor")
    kelengkapan = models.BigIntegerField("jumlah kelengkapan")
    waktu = models.BigIntegerField("jumlah ketepatan waktu")
    akurasi = models.BigIntegerField("jumlah akurasi")
    konsistensi = models.BigIntegerField("jumlah konsistensi")

    class Meta:
        verbose_name = "potret mutu data"
        verbose_name_plural = "potret mutu data"
        constraints = [
            models.UniqueConstraint(
                fields=["bulan", "opd"], name="potret_mutu_per_bulan"
            ),
            models.UniqueConstraint(
                fields=["bulan"],
                condition=models.Q(opd__isnull=True),
                name="potret_mutu_tanpa_unit",
            ),
        ]
        indexes = [models.Index(fields=["opd", "bulan"], name="potret_mutu_opd")]

    def __str__(self) -> str:
        return f"Mutu data {self.bulan:%m-%Y}"
