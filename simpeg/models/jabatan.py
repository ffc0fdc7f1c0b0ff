"""Posts and who held them, acting holders included."""

from __future__ import annotations

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery

from simpeg.choices import (
    Eselon,
    JenisJabatan,
    JenisMutasi,
    JenisPenugasan,
    Jenjang,
    KelompokJabatan,
)
from simpeg.models.riwayat import BERLAKU, Riwayat, RiwayatQuerySet
from simpeg.models.unit_kerja import RiwayatUnitKerja


class Jabatan(models.Model):
    """A post by name. A structural one leads exactly one unit (`unit_kerja`).

    `usia_bup` overrides the age limit of its group; 0 in the SIASN list means unknown
    and is stored as empty.
    """

    kode = models.CharField("kode jabatan", max_length=64, unique=True)
    nama = models.CharField("nama jabatan", max_length=255)
    jenis = models.CharField("jenis", max_length=16, choices=JenisJabatan.choices())
    eselon = models.CharField(
        "eselon", max_length=8, blank=True, choices=Eselon.choices()
    )
    jenjang = models.CharField(
        "jenjang", max_length=16, blank=True, choices=Jenjang.choices()
    )
    kelas = models.PositiveSmallIntegerField("kelas jabatan", null=True, blank=True)
    usia_bup = models.PositiveSmallIntegerField(
        "usia pensiun (BUP)", null=True, blank=True
    )
    unit_kerja = models.ForeignKey(
        "simpeg.UnitKerja",
        verbose_name="memimpin unit",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="jabatan_pimpinan_set",
    )
    siasn_id = models.CharField("id SIASN", max_length=36, blank=True, db_index=True)
    is_aktif = models.BooleanField("dipakai", default=True)
    # Over which days the post is part of the organisation; counts of vacancies ask.
    mulai = models.DateField("ada sejak", default=dt.date(1900, 1, 1))
    selesai = models.DateField("dihapus mulai", null=True, blank=True)

    class Meta:
        verbose_name = "jabatan"
        verbose_name_plural = "jabatan"
        ordering = ["jenis", "nama"]
        indexes = [models.Index(fields=["jenis", "nama"], name="jabatan_jenis_nama")]
        constraints = [
            models.UniqueConstraint(
                fields=["unit_kerja"],
                condition=Q(unit_kerja__isnull=False, is_aktif=True),
                name="jabatan_satu_pimpinan_per_unit",
            ),
        ]

    def __str__(self) -> str:
        return self.nama

    @property
    def kelompok(self) -> KelompokJabatan:
        """Return the group of UU 20/2023 this post belongs to."""
        if self.jenis == JenisJabatan.FUNGSIONAL:
            return KelompokJabatan.JF
        match self.eselon.split(".")[0]:
            case "I" | "II":
                return KelompokJabatan.JPT
            case "III":
                return KelompokJabatan.ADMINISTRATOR
            case "IV" | "V":
                return KelompokJabatan.PENGAWAS
            case _:
                return KelompokJabatan.PELAKSANA


class RiwayatJabatanQuerySet(RiwayatQuerySet):
    def definitif(self) -> Self:
        return self.filter(jenis_penugasan=JenisPenugasan.DEFINITIF.value)

    def on(self, tanggal: dt.date) -> Self:
        """Return the definitive row in force that day and every assignment then running."""
        later = (
            RiwayatJabatan.objects.berlaku()
            .definitif()
            .filter(
                pegawai=OuterRef("pegawai"), tmt__lte=tanggal, tmt__gt=OuterRef("tmt")
            )
        )
        running = Q(tmt_selesai__isnull=True) | Q(tmt_selesai__gt=tanggal)
        definitif = Q(jenis_penugasan=JenisPenugasan.DEFINITIF.value)
        return (
            self.berlaku()
            .filter(running, tmt__lte=tanggal)
            .filter(~definitif | ~Exists(later))
        )

    def with_nama_unit(self) -> Self:
        """Add `unit_tercatat`: what the unit was called on the TMT, if that is known."""
        return self.annotate(
            unit_tercatat=Subquery(
                RiwayatUnitKerja.objects.filter(
                    unit=OuterRef("unit_kerja"), mulai__lte=OuterRef("tmt")
                )
                .order_by("-mulai")
                .values("nama")[:1]
            )
        )


class RiwayatJabatan(Riwayat):
    """A post held from `tmt`; a decree with an end (Plt, Plh) stores `tmt_selesai`."""

    jabatan = models.ForeignKey(
        Jabatan,
        verbose_name="jabatan",
        on_delete=models.PROTECT,
        related_name="pemangku_set",
    )
    unit_kerja = models.ForeignKey(
        "simpeg.UnitKerja",
        verbose_name="unit kerja",
        on_delete=models.PROTECT,
        related_name="+",
    )
    jenis_penugasan = models.CharField(
        "penugasan",
        max_length=16,
        choices=JenisPenugasan.choices(),
        default=JenisPenugasan.DEFINITIF.value,
    )
    tmt = models.DateField("TMT")
    tmt_selesai = models.DateField("berakhir", null=True, blank=True)
    tanggal_pelantikan = models.DateField("tanggal pelantikan", null=True, blank=True)
    jenis_mutasi = models.CharField(
        "jenis mutasi", max_length=2, blank=True, choices=JenisMutasi.choices()
    )

    objects = RiwayatJabatanQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = "riwayat jabatan"
        verbose_name_plural = "riwayat jabatan"
        ordering = ["-tmt", "-id"]
        indexes = [models.Index(fields=["jabatan", "tmt"], name="jabatan_pemangku")]
        constraints = [
            models.UniqueConstraint(
                fields=["pegawai", "tmt"],
                condition=BERLAKU & Q(jenis_penugasan=JenisPenugasan.DEFINITIF.value),
                name="jabatan_satu_definitif_per_tmt",
            ),
            models.CheckConstraint(
                condition=Q(tmt_selesai__isnull=True)
                | Q(tmt_selesai__gt=models.F("tmt")),
                name="jabatan_selesai_setelah_tmt",
            ),
        ]

    @property
    def nama_unit(self) -> str:
        """Return the unit's name of that time where it was asked for, else today's."""
        return getattr(self, "unit_tercatat", None) or self.unit_kerja.nama

    def __str__(self) -> str:
        return f"{self.jabatan.nama} TMT {self.tmt:%d-%m-%Y}"
