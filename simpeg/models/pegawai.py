"""Pegawai: identity and status. What changes over time stands in the riwayat."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.urls import reverse

from simpeg.choices import JenisASN, JenisKelamin, StatusKepegawaian
from simpeg.models.lingkup import LingkupQuerySet
from simpeg.models.riwayat import BERLAKU, Riwayat


class PegawaiQuerySet(LingkupQuerySet):
    orang = "keadaan__"


class Pegawai(models.Model):
    """An ASN of the office, present or past. The NIP never stands in an address.

    `versi` grows with each change of this row: a form that was opened on an older one
    is refused, so that nobody overwrites what a colleague has just saved.
    """

    nip = models.CharField("NIP", max_length=18, unique=True)
    nip_lama = models.CharField("NIP lama", max_length=9, blank=True)
    siasn_id = models.CharField(
        "id SIASN", max_length=36, null=True, blank=True, unique=True
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name="akun",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="pegawai",
    )
    nama = models.CharField("nama", max_length=200)
    gelar_depan = models.CharField("gelar depan", max_length=64, blank=True)
    gelar_belakang = models.CharField("gelar belakang", max_length=100, blank=True)
    tempat_lahir = models.CharField("tempat lahir", max_length=100, blank=True)
    tanggal_lahir = models.DateField("tanggal lahir")
    jenis_kelamin = models.CharField(
        "jenis kelamin", max_length=1, choices=JenisKelamin.choices()
    )
    agama = models.CharField("agama", max_length=4, blank=True)
    status_kawin = models.CharField("status perkawinan", max_length=4, blank=True)
    nik = models.CharField("NIK", max_length=16, blank=True, db_index=True)
    nomor_hp = models.CharField("nomor HP", max_length=32, blank=True)
    email = models.CharField("surel", max_length=254, blank=True)
    email_dinas = models.CharField("surel dinas", max_length=254, blank=True)
    alamat = models.TextField("alamat", blank=True)
    npwp = models.CharField("NPWP", max_length=32, blank=True)
    bpjs = models.CharField("nomor BPJS", max_length=32, blank=True)
    jenis_asn = models.CharField("jenis ASN", max_length=20, choices=JenisASN.choices())
    jenis_pegawai = models.CharField("jenis pegawai SIASN", max_length=4, blank=True)
    sk_cpns_nomor = models.CharField("nomor SK CPNS/PPPK", max_length=100, blank=True)
    sk_cpns_tanggal = models.DateField("tanggal SK CPNS/PPPK", null=True, blank=True)
    tmt_cpns = models.DateField("TMT CPNS/PPPK", null=True, blank=True)
    sk_pns_nomor = models.CharField("nomor SK PNS", max_length=100, blank=True)
    sk_pns_tanggal = models.DateField("tanggal SK PNS", null=True, blank=True)
    tmt_pns = models.DateField("TMT PNS", null=True, blank=True)
    dikonfirmasi_at = models.DateTimeField(
        "dikonfirmasi pegawai", null=True, blank=True
    )
    # When an officer last went through the whole record with its papers.
    diperiksa_at = models.DateTimeField("diperiksa petugas", null=True, blank=True)
    diperiksa_oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="diperiksa oleh",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    versi = models.PositiveIntegerField("versi", default=1)
    created_at = models.DateTimeField("dicatat", auto_now_add=True)
    updated_at = models.DateTimeField("diubah", auto_now=True)

    objects = PegawaiQuerySet.as_manager()

    class Meta:
        verbose_name = "pegawai"
        verbose_name_plural = "pegawai"
        ordering = ["nama", "id"]

    def __str__(self) -> str:
        return self.nama_lengkap

    def get_absolute_url(self) -> str:
        return reverse("simpeg:pegawai-detail", args=[self.pk])

    @property
    def nama_lengkap(self) -> str:
        """Return the name with titles, e.g. "Dr. Siti Aminah, S.E., M.M."."""
        return format_nama(self.nama, self.gelar_depan, self.gelar_belakang)

    def status_on(self, tanggal: dt.date) -> StatusKepegawaian:
        """Return what the person is on that day: a CPNS until TMT PNS."""
        if self.jenis_asn != JenisASN.PNS:
            return StatusKepegawaian(self.jenis_asn)
        is_pns = self.tmt_pns is not None and self.tmt_pns <= tanggal
        return StatusKepegawaian.PNS if is_pns else StatusKepegawaian.CPNS


def format_nama(nama: str, gelar_depan: str, gelar_belakang: str) -> str:
    depan = f"{gelar_depan} {nama}" if gelar_depan else nama
    return f"{depan}, {gelar_belakang}" if gelar_belakang else depan


class RiwayatKedudukan(Riwayat):
    """Legal standing from `tmt`: active, on leave without pay, retired …"""

    kedudukan = models.ForeignKey(
        "simpeg.KedudukanHukum",
        verbose_name="kedudukan hukum",
        on_delete=models.PROTECT,
        related_name="+",
    )
    tmt = models.DateField("TMT")

    class Meta:
        verbose_name = "riwayat kedudukan hukum"
        verbose_name_plural = "riwayat kedudukan hukum"
        ordering = ["-tmt", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["pegawai", "tmt"],
                condition=BERLAKU,
                name="kedudukan_satu_per_tmt",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kedudukan} TMT {self.tmt:%d-%m-%Y}"
