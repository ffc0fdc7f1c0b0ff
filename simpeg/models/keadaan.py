"""Today's state of every pegawai in one row, because lists filter and sort by it.

Only `simpeg.services.keadaan.refresh_keadaan` writes here. Any other date is derived
from the riwayat; a test holds the two equal (decision 3).
"""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from simpeg.choices import (
    JenisJabatan,
    JenisKelamin,
    KelompokJabatan,
    StatusKepegawaian,
)
from simpeg.models.identitas import PerubahanNip
from simpeg.models.lingkup import LingkupQuerySet

# So many digits may be the beginning of a NIP that was replaced.
_ANGKA_NIP = 8
_PANJANG_NIP = 18


class KeadaanPegawaiQuerySet(LingkupQuerySet):
    def aktif(self) -> Self:
        return self.filter(is_aktif=True)

    def search(self, kata: str) -> Self:
        """Find part of a name or NIP; every word must occur, in any order.

        One trigram index serves it on PostgreSQL; SQLite reads the table. A whole NIP is
        one look into its own index. A number that a decree replaced still finds its
        person: one query more for such a word.
        """
        found = self
        for word in kata.upper().split():
            is_whole = len(word) == _PANJANG_NIP and word.isdecimal()
            wanted = Q(pegawai__nip=word) if is_whole else Q(kunci_cari__contains=word)
            if len(word) >= _ANGKA_NIP and word.isdecimal():
                once = PerubahanNip.objects.berlaku().filter(nip_lama__startswith=word)
                if ids := list(once.values_list("pegawai", flat=True)[:50]):
                    wanted |= Q(pk__in=ids)
            found = found.filter(wanted)
        return found


class KeadaanPegawai(models.Model):
    """`kunci_cari` is name and NIP in capitals; `kunci_duk` digits that sort as the DUK."""

    pegawai = models.OneToOneField(
        "simpeg.Pegawai",
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="keadaan",
    )
    nip = models.CharField(max_length=18)
    nama_lengkap = models.CharField(max_length=400)
    nama_urut = models.CharField(max_length=200)
    kunci_cari = models.CharField(max_length=240)
    jenis_kelamin = models.CharField(max_length=1, choices=JenisKelamin.choices())
    tanggal_lahir = models.DateField()
    status = models.CharField(max_length=20, choices=StatusKepegawaian.choices())
    kedudukan = models.ForeignKey(
        "simpeg.KedudukanHukum", null=True, on_delete=models.PROTECT, related_name="+"
    )
    is_aktif = models.BooleanField()
    unit_kerja = models.ForeignKey(
        "simpeg.UnitKerja", null=True, on_delete=models.PROTECT, related_name="+"
    )
    opd = models.ForeignKey(
        "simpeg.UnitKerja", null=True, on_delete=models.PROTECT, related_name="+"
    )
    unit_path = models.CharField(max_length=255, blank=True)
    golongan = models.ForeignKey(
        "simpeg.Golongan", null=True, on_delete=models.PROTECT, related_name="+"
    )
    tmt_golongan = models.DateField(null=True)
    masa_kerja_bulan = models.PositiveSmallIntegerField(null=True)
    # Both in one number (`rules.waktu.compute_kunci_masa_kerja`): counting bands of it
    # reads an index, where a million people have nearly as many pairs of the two.
    kunci_masa_kerja = models.IntegerField(null=True)
    jabatan = models.ForeignKey(
        "simpeg.Jabatan", null=True, on_delete=models.PROTECT, related_name="+"
    )
    jabatan_nama = models.CharField(max_length=255, blank=True)
    jenis_jabatan = models.CharField(
        max_length=16, blank=True, choices=JenisJabatan.choices()
    )
    kelompok_jabatan = models.CharField(
        max_length=16, blank=True, choices=KelompokJabatan.choices()
    )
    tmt_jabatan = models.DateField(null=True)
    pendidikan = models.ForeignKey(
        "simpeg.TingkatPendidikan",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    tahun_lulus = models.PositiveSmallIntegerField(null=True)
    agama = models.CharField(max_length=4, blank=True)
    status_kawin = models.CharField(max_length=4, blank=True)
    # The highest structural training finished, 1 the highest of all.
    diklat = models.PositiveSmallIntegerField(null=True)
    tanggal_bup = models.DateField(null=True)
    tmt_pensiun = models.DateField(null=True)
    kunci_duk = models.CharField(max_length=100, blank=True)
    wajib_jumlah = models.PositiveSmallIntegerField(default=0)
    wajib_terisi = models.PositiveSmallIntegerField(default=0)
    # The next day on which a TMT arrives and this row must be written again.
    berubah_pada = models.DateField(null=True)

    objects = KeadaanPegawaiQuerySet.as_manager()

    class Meta:
        verbose_name = "keadaan pegawai"
        verbose_name_plural = "keadaan pegawai"
        indexes = [
            models.Index(fields=["nama_urut", "pegawai"], name="keadaan_nama"),
            models.Index(
                fields=["opd", "nama_urut", "pegawai"], name="keadaan_opd_nama"
            ),
            models.Index(fields=["unit_path"], name="keadaan_unit"),
            models.Index(
                fields=["golongan", "nama_urut", "pegawai"], name="keadaan_golongan"
            ),
            models.Index(
                fields=["status", "nama_urut", "pegawai"], name="keadaan_status"
            ),
            models.Index(
                fields=["kelompok_jabatan", "nama_urut", "pegawai"],
                name="keadaan_kelompok",
            ),
            models.Index(
                fields=["pendidikan", "nama_urut", "pegawai"], name="keadaan_pendidikan"
            ),
            models.Index(
                fields=["is_aktif", "nama_urut", "pegawai"], name="keadaan_aktif"
            ),
            models.Index(fields=["tmt_pensiun", "pegawai"], name="keadaan_pensiun"),
            models.Index(fields=["kunci_duk", "pegawai"], name="keadaan_duk"),
            models.Index(
                fields=["opd", "kunci_duk", "pegawai"], name="keadaan_opd_duk"
            ),
            models.Index(fields=["berubah_pada"], name="keadaan_berubah"),
            # Everything the statistics count by: they read this and not the table.
            models.Index(
                fields=[
                    "opd",
                    "status",
                    "golongan",
                    "kelompok_jabatan",
                    "jenis_jabatan",
                    "jabatan",
                    "pendidikan",
                    "jenis_kelamin",
                    "tanggal_lahir",
                    "kunci_masa_kerja",
                    "tmt_pensiun",
                    "unit_kerja",
                    "agama",
                    "status_kawin",
                    "diklat",
                ],
                condition=models.Q(is_aktif=True),
                name="keadaan_statistik",
            ),
        ]

    def __str__(self) -> str:
        return self.nama_lengkap

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("simpeg:pegawai-detail", args=[self.pk])
