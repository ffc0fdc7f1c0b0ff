"""Rearranging the organisation by one dated decree: its steps, and whom it moved."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse

from simpeg.choices import JenisLangkah, StatusPenataan


def _actor(label: str) -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=label,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )


class PenataanUnit(models.Model):
    """An act on the tree of units, from draft to application; cites its Perbup or SK.

    `versi` grows with each change of the draft: who approves, approves what was seen.
    `jejak` is what the application changed, so that it can be taken back.
    """

    nomor = models.CharField("nomor Perbup/SK", max_length=100)
    tanggal = models.DateField("tanggal Perbup/SK")
    tentang = models.CharField("tentang", max_length=255)
    pejabat = models.CharField("pejabat penetap", max_length=200, blank=True)
    berlaku = models.DateField("berlaku mulai")
    status = models.CharField(
        "keadaan",
        max_length=12,
        choices=StatusPenataan.choices(),
        default=StatusPenataan.KONSEP.value,
    )
    versi = models.PositiveIntegerField("versi", default=1)
    catatan = models.TextField("catatan pengembalian", blank=True)
    galat = models.TextField("sebab belum diterapkan", blank=True)
    jejak = models.JSONField("jejak penerapan", default=dict, blank=True)
    jumlah_orang = models.PositiveIntegerField("orang yang pindah", default=0)
    job_id = models.UUIDField("pekerjaan", null=True, blank=True)
    created_by = _actor("disusun oleh")
    created_at = models.DateTimeField("disusun", auto_now_add=True)
    diajukan_by = _actor("diajukan oleh")
    diajukan_at = models.DateTimeField("diajukan", null=True, blank=True)
    disetujui_by = _actor("disetujui oleh")
    disetujui_at = models.DateTimeField("disetujui", null=True, blank=True)
    diterapkan_at = models.DateTimeField("diterapkan", null=True, blank=True)
    dibatalkan_by = _actor("dibatalkan oleh")
    dibatalkan_at = models.DateTimeField("dibatalkan", null=True, blank=True)
    alasan_batal = models.TextField("alasan pembatalan", blank=True)

    class Meta:
        verbose_name = "penataan organisasi"
        verbose_name_plural = "penataan organisasi"
        ordering = ["-berlaku", "-id"]
        indexes = [
            models.Index(fields=["status", "berlaku"], name="penataan_jatuh_tempo")
        ]

    def __str__(self) -> str:
        return f"{self.nomor} tentang {self.tentang}"

    def get_absolute_url(self) -> str:
        return reverse("simpeg:penataan-detail", args=[self.pk])


class LangkahPenataan(models.Model):
    """One step of an act; `isi` names units by their code, people and posts by key.

    A unit that an earlier step founds has a code before it has a row, so codes it is.
    The keys of `isi` stand in `rules.penataan.parse_langkah`.
    """

    penataan = models.ForeignKey(
        PenataanUnit,
        verbose_name="penataan",
        on_delete=models.CASCADE,
        related_name="langkah_set",
    )
    urut = models.PositiveSmallIntegerField("urutan")
    jenis = models.CharField("langkah", max_length=16, choices=JenisLangkah.choices())
    isi = models.JSONField("isi", default=dict)
    created_by = _actor("ditambahkan oleh")
    created_at = models.DateTimeField("ditambahkan", auto_now_add=True)

    class Meta:
        verbose_name = "langkah penataan"
        verbose_name_plural = "langkah penataan"
        ordering = ["penataan", "urut"]
        constraints = [
            models.UniqueConstraint(
                fields=["penataan", "urut"], name="langkah_satu_per_urut"
            )
        ]

    def __str__(self) -> str:
        return f"{self.urut}. {self.get_jenis_display()}"


class PerpindahanPegawai(models.Model):
    """Whom an act moved from where to where; the lampiran prints it, undoing reads it."""

    penataan = models.ForeignKey(
        PenataanUnit,
        verbose_name="penataan",
        on_delete=models.PROTECT,
        related_name="perpindahan_set",
    )
    pegawai = models.ForeignKey(
        "simpeg.Pegawai",
        verbose_name="pegawai",
        on_delete=models.PROTECT,
        related_name="+",
    )
    riwayat_lama = models.ForeignKey(
        "simpeg.RiwayatJabatan",
        verbose_name="jabatan lama",
        on_delete=models.PROTECT,
        related_name="+",
    )
    riwayat_baru = models.OneToOneField(
        "simpeg.RiwayatJabatan",
        verbose_name="jabatan baru",
        on_delete=models.PROTECT,
        related_name="perpindahan",
    )

    class Meta:
        verbose_name = "perpindahan pegawai"
        verbose_name_plural = "perpindahan pegawai"
        ordering = ["penataan", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["penataan", "pegawai"], name="perpindahan_satu_per_orang"
            )
        ]

    def __str__(self) -> str:
        return f"{self.pegawai}: {self.penataan.nomor}"
