"""Corrections of who a person is: another NIP, and two records of one person."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from simpeg.choices import StatusTautan


def _actor(label: str, *, null: bool = True) -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=label,
        null=null,
        blank=null,
        on_delete=models.PROTECT,
        related_name="+",
    )


class PerubahanNip(models.Model):
    """A NIP that a decree replaced; the old one still finds the person."""

    pegawai = models.ForeignKey(
        "simpeg.Pegawai",
        verbose_name="pegawai",
        on_delete=models.PROTECT,
        related_name="perubahan_nip_set",
    )
    nip_lama = models.CharField("NIP lama", max_length=18, db_index=True)
    nip_baru = models.CharField("NIP baru", max_length=18)
    berlaku = models.DateField("berlaku mulai")
    sk_nomor = models.CharField("nomor SK", max_length=100)
    sk_tanggal = models.DateField("tanggal SK")
    sk_pejabat = models.CharField("pejabat penetap", max_length=200, blank=True)
    alasan = models.TextField("alasan")
    created_at = models.DateTimeField("dicatat", auto_now_add=True)
    created_by = _actor("dicatat oleh")

    class Meta:
        verbose_name = "perubahan NIP"
        verbose_name_plural = "perubahan NIP"
        ordering = ["-berlaku", "-id"]

    def __str__(self) -> str:
        return f"NIP menurut SK {self.sk_nomor}"


class TautanPegawai(models.Model):
    """Two records of one person, as proposed by one officer and decided by another.

    A PPPK who became a CPNS got another NIP: both records stay, one account serves.
    """

    lama = models.ForeignKey(
        "simpeg.Pegawai",
        verbose_name="data lama",
        on_delete=models.PROTECT,
        related_name="tautan_baru_set",
    )
    baru = models.ForeignKey(
        "simpeg.Pegawai",
        verbose_name="data baru",
        on_delete=models.PROTECT,
        related_name="tautan_lama_set",
    )
    status = models.CharField(
        "keadaan",
        max_length=12,
        choices=StatusTautan.choices(),
        default=StatusTautan.DIUSULKAN.value,
    )
    alasan = models.TextField("dasar")
    diusulkan_by = _actor("diusulkan oleh")
    diusulkan_at = models.DateTimeField("diusulkan", auto_now_add=True)
    diputus_by = _actor("diputus oleh")
    diputus_at = models.DateTimeField("diputus", null=True, blank=True)
    catatan = models.TextField("catatan putusan", blank=True)
    dilepas_by = _actor("dilepas oleh")
    dilepas_at = models.DateTimeField("dilepas", null=True, blank=True)
    alasan_lepas = models.TextField("alasan dilepas", blank=True)
    # The accounts as they stood before, so that a wrong link can be undone.
    akun_lama = _actor("akun data lama sebelumnya")
    akun_baru = _actor("akun data baru sebelumnya")

    class Meta:
        verbose_name = "tautan pegawai"
        verbose_name_plural = "tautan pegawai"
        ordering = ["-id"]
        indexes = [models.Index(fields=["status", "-id"], name="tautan_status")]
        constraints = [
            models.UniqueConstraint(
                fields=["lama", "baru"],
                condition=Q(status__in=["diusulkan", "disetujui"]),
                name="tautan_satu_per_pasangan",
            ),
            models.CheckConstraint(
                condition=~Q(lama=models.F("baru")), name="tautan_dua_data"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lama} dan {self.baru}"
