"""Who holds which role for which unit, and who signs what, from when to when."""

from __future__ import annotations

import datetime as dt
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from bkpsdmd.accounts.roles import DERIVED, Role
from bkpsdmd.documents.jenis import list_choices


class BerjangkaQuerySet(models.QuerySet):
    def on(self, tanggal: dt.date) -> Self:
        """Leave what is in force that day; `selesai` is the first day after."""
        return self.filter(
            Q(selesai__isnull=True) | Q(selesai__gt=tanggal), mulai__lte=tanggal
        )


class PemberianPeran(models.Model):
    """A grant over `[mulai, selesai)`; without a unit it holds for the whole office."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="akun",
        on_delete=models.PROTECT,
        related_name="peran_set",
    )
    peran = models.CharField(
        "peran",
        max_length=20,
        choices=[(r.value, r.label) for r in Role if r not in DERIVED],
    )
    unit_kerja = models.ForeignKey(
        "simpeg.UnitKerja",
        verbose_name="unit kerja",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Kosong: seluruh instansi.",
    )
    mulai = models.DateField("mulai")
    selesai = models.DateField("sampai sebelum", null=True, blank=True)
    dasar = models.CharField("dasar (SK/surat tugas)", max_length=200, blank=True)
    # Set where a holder lends the role for a while: the grant it is lent from.
    dari = models.ForeignKey(
        "self",
        verbose_name="didelegasikan dari",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="delegasi_set",
    )
    created_at = models.DateTimeField("dicatat", auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="dicatat oleh",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = BerjangkaQuerySet.as_manager()

    class Meta:
        verbose_name = "pemberian peran"
        verbose_name_plural = "pemberian peran"
        ordering = ["user", "-mulai"]
        indexes = [models.Index(fields=["user", "mulai"], name="peran_user")]
        constraints = [
            models.CheckConstraint(
                condition=Q(selesai__isnull=True) | Q(selesai__gt=models.F("mulai")),
                name="peran_selesai_setelah_mulai",
            ),
            # Only some roles make sense for a part of the office.
            models.CheckConstraint(
                condition=~Q(peran=Role.PENGELOLA_OPD.value)
                | Q(unit_kerja__isnull=False),
                name="peran_pengelola_punya_unit",
            ),
            models.CheckConstraint(
                condition=Q(dari__isnull=True) | Q(selesai__isnull=False),
                name="peran_delegasi_berakhir",
            ),
        ]

    def __str__(self) -> str:
        where = self.unit_kerja.nama if self.unit_kerja else "seluruh instansi"
        return f"{Role(self.peran).label} – {where}"


def list_jenis_dokumen() -> list[tuple[str, str]]:
    """Return the papers that have a signing official: lists and kinds of naskah."""
    return [
        ("duk", "Daftar Urut Kepangkatan"),
        ("laporan", "Laporan berkala"),
        ("kepegawaian", "Daftar nominatif dan kartu riwayat"),
        *list_choices(),
    ]


class PejabatPenandatangan(models.Model):
    """Who signs a kind of paper over `[mulai, selesai)`.

    With a range of golongan only papers about people of these golongan, both included;
    for all others who signs without a range.
    """

    jenis_dokumen = models.CharField(
        "jenis dokumen", max_length=32, choices=list_jenis_dokumen
    )
    pegawai = models.ForeignKey(
        "simpeg.Pegawai",
        verbose_name="pegawai",
        on_delete=models.PROTECT,
        related_name="+",
    )
    jabatan = models.CharField(
        "jabatan tercetak",
        max_length=255,
        help_text="Sebagaimana tercetak di atas nama, mis. “Kepala Badan”.",
    )
    atas_nama = models.CharField(
        "atas nama",
        max_length=255,
        blank=True,
        help_text="Bila menandatangani atas nama pejabat lain, mis. “a.n. Bupati Hulu "
        "Sungai Tengah”.",
    )
    golongan_dari = models.ForeignKey(
        "simpeg.Golongan",
        verbose_name="dari golongan",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"skala": "pns"},
        help_text="Kosongkan keduanya bila untuk semua golongan.",
    )
    golongan_sampai = models.ForeignKey(
        "simpeg.Golongan",
        verbose_name="sampai golongan",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"skala": "pns"},
    )
    mulai = models.DateField("mulai")
    selesai = models.DateField("sampai sebelum", null=True, blank=True)

    objects = BerjangkaQuerySet.as_manager()

    class Meta:
        verbose_name = "pejabat penandatangan"
        verbose_name_plural = "pejabat penandatangan"
        ordering = ["jenis_dokumen", "-mulai"]
        constraints = [
            models.UniqueConstraint(
                fields=["jenis_dokumen", "mulai"],
                condition=Q(golongan_dari__isnull=True),
                name="penandatangan_satu_per_mulai",
            ),
            models.UniqueConstraint(
                fields=["jenis_dokumen", "golongan_dari", "mulai"],
                condition=Q(golongan_dari__isnull=False),
                name="penandatangan_satu_per_golongan",
            ),
            models.CheckConstraint(
                condition=Q(golongan_dari__isnull=True, golongan_sampai__isnull=True)
                | Q(golongan_dari__isnull=False, golongan_sampai__isnull=False),
                name="penandatangan_rentang_golongan",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.jabatan}: {self.pegawai}"
