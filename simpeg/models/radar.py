"""What does not fit together in the record of a person, one row per finding.

Derived, like `KeadaanPegawai`: only `simpeg.services.radar` writes here.
"""

from __future__ import annotations

from django.db import models

from simpeg.choices import TingkatTemuan
from simpeg.models.lingkup import LingkupQuerySet
from simpeg.rules.radar import KodeRadar


class TemuanDataQuerySet(LingkupQuerySet):
    # Not the columns here: a reorganisation moves today's state at once.
    orang = "pegawai__keadaan__"


class TemuanData(models.Model):
    """`jenis` and `riwayat` lead to the row that mends it; unit and name sort the list."""

    pegawai = models.ForeignKey(
        "simpeg.Pegawai", on_delete=models.CASCADE, related_name="radar_set"
    )
    kode = models.CharField("temuan", max_length=40)
    tingkat = models.CharField("tingkat", max_length=8, choices=TingkatTemuan.choices())
    pesan = models.CharField("uraian", max_length=500)
    dasar_hukum = models.CharField("dasar", max_length=255, blank=True)
    jenis = models.CharField("riwayat", max_length=32, blank=True)
    riwayat = models.BigIntegerField("baris riwayat", null=True, blank=True)
    nama_urut = models.CharField(max_length=200)
    opd = models.ForeignKey(
        "simpeg.UnitKerja", null=True, on_delete=models.PROTECT, related_name="+"
    )
    unit_path = models.CharField(max_length=255, blank=True)

    objects = TemuanDataQuerySet.as_manager()

    class Meta:
        verbose_name = "temuan data"
        verbose_name_plural = "temuan data"
        ordering = ["nama_urut", "id"]
        indexes = [
            models.Index(fields=["nama_urut", "id"], name="radar_nama"),
            models.Index(fields=["kode", "nama_urut", "id"], name="radar_kode"),
            models.Index(fields=["tingkat", "nama_urut", "id"], name="radar_tingkat"),
            models.Index(fields=["opd", "nama_urut", "id"], name="radar_opd"),
            models.Index(fields=["unit_path"], name="radar_unit"),
        ]

    def __str__(self) -> str:
        return self.pesan

    @property
    def tingkat_temuan(self) -> TingkatTemuan:
        return TingkatTemuan(self.tingkat)

    @property
    def judul(self) -> str:
        """Return the kind of finding in words."""
        return KodeRadar(self.kode).arti
