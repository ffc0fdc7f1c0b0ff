"""The tree of units: today's as a path column, the dated one as rows."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import Q
from treebeard.mp_tree import MP_Node, MP_NodeManager, MP_NodeQuerySet

_PATH_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class JenisUnit(models.TextChoices):
    INSTANSI = "instansi", "Instansi"
    OPD = "opd", "Perangkat daerah"
    BAGIAN = "bagian", "Bagian perangkat daerah"


class UnitKerjaQuerySet(MP_NodeQuerySet):
    def aktif(self) -> UnitKerjaQuerySet:
        return self.filter(selesai__isnull=True)

    def opd(self) -> UnitKerjaQuerySet:
        return self.filter(jenis=JenisUnit.OPD)

    def opd_on(self, tanggal: dt.date) -> UnitKerjaQuerySet:
        """Return the perangkat daerah that exist on that day."""
        return self.opd().filter(
            Q(selesai__isnull=True) | Q(selesai__gt=tanggal), mulai__lte=tanggal
        )


class UnitKerjaManager(MP_NodeManager.from_queryset(UnitKerjaQuerySet)):  # type: ignore[misc]
    def get_queryset(self) -> UnitKerjaQuerySet:
        # treebeard's own names its queryset class and would drop the methods above.
        return UnitKerjaQuerySet(self.model, using=self._db).order_by("path")


class UnitKerja(MP_Node):
    """A unit of today's tree; the root is the instansi, below it the perangkat daerah.

    `path` (treebeard) holds digits and capitals only, so that "unit and everything
    below" is one index range on both engines: see `path_range`.
    """

    kode = models.CharField("kode unit", max_length=64, unique=True)
    nama = models.CharField("nama unit", max_length=255)
    jenis = models.CharField(
        "jenis", max_length=16, choices=JenisUnit.choices, default=JenisUnit.BAGIAN
    )
    siasn_id = models.CharField("id SIASN", max_length=36, blank=True, db_index=True)
    # The perangkat daerah this unit belongs to (itself for one; empty at the root).
    opd = models.ForeignKey(
        "self",
        verbose_name="perangkat daerah",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="bagian_set",
    )
    mulai = models.DateField("berdiri sejak", default=dt.date(1900, 1, 1))
    selesai = models.DateField("berakhir", null=True, blank=True)

    objects = UnitKerjaManager()

    class Meta:
        verbose_name = "unit kerja"
        verbose_name_plural = "unit kerja"
        ordering = ["path"]
        indexes = [models.Index(fields=["jenis", "nama"], name="unit_jenis_nama")]

    def __str__(self) -> str:
        return self.nama

    @property
    def path_range(self) -> tuple[str, str]:
        """Return [from, to) of `path` that covers this unit and all below it."""
        return self.path, next_path(self.path)

    def as_q(self, prefix: str = "") -> Q:
        """Return the condition "in this unit or below" on a `KeadaanPegawai`.

        A perangkat daerah is one equality, served by an index that also sorts; a part of
        one is a range of paths. The root leaves nobody out.
        """
        if self.jenis == JenisUnit.INSTANSI:
            return Q()
        if self.jenis == JenisUnit.OPD:
            return Q(**{f"{prefix}opd": self.pk})
        start, end = self.path_range
        return Q(**{f"{prefix}unit_path__gte": start, f"{prefix}unit_path__lt": end})


def next_path(path: str) -> str:
    """Return the first path after everything below `path`."""
    head, last = path[:-1], path[-1]
    if last == _PATH_ALPHABET[-1]:
        return next_path(head) if head else "~"
    return head + _PATH_ALPHABET[_PATH_ALPHABET.index(last) + 1]


class RiwayatUnitKerja(models.Model):
    """What a unit was called and where it hung, over `[mulai, selesai)`."""

    unit = models.ForeignKey(
        UnitKerja,
        verbose_name="unit",
        on_delete=models.PROTECT,
        related_name="riwayat_set",
    )
    induk = models.ForeignKey(
        UnitKerja,
        verbose_name="induk",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    nama = models.CharField("nama unit", max_length=255)
    mulai = models.DateField("mulai")
    selesai = models.DateField("selesai", null=True, blank=True)
    dasar = models.CharField("dasar (nomor Perbup/SK)", max_length=200, blank=True)
    penataan = models.ForeignKey(
        "simpeg.PenataanUnit",
        verbose_name="penataan",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="riwayat_unit_set",
    )

    class Meta:
        verbose_name = "riwayat unit kerja"
        verbose_name_plural = "riwayat unit kerja"
        ordering = ["unit", "mulai"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "mulai"], name="riwayat_unit_unik")
        ]

    def __str__(self) -> str:
        return f"{self.nama} ({self.mulai:%d-%m-%Y})"
