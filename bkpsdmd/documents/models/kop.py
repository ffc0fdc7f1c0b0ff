"""Letterheads of the perangkat daerah and the paper of each kind, by date."""

from __future__ import annotations

import datetime as dt
from pathlib import PurePosixPath
from typing import ClassVar, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from bkpsdmd.documents.models.kantor import KODE_POS, MARGIN_MM, BentukKop, Kertas
from bkpsdmd.documents.storage import RandomPath


class BerjangkaQuerySet(models.QuerySet):
    def berlaku(self) -> Self:
        """Leave out what was entered by mistake."""
        return self.filter(is_batal=False)

    def on(self, tanggal: dt.date) -> Self:
        """Return what holds on that day."""
        return self.berlaku().filter(
            Q(selesai__isnull=True) | Q(selesai__gt=tanggal), mulai__lte=tanggal
        )


class Berjangka(models.Model):
    """A setting that holds over `[mulai, selesai)`; a later one ends the one before.

    A mistaken row is cancelled and stays; it is never deleted.
    """

    mulai = models.DateField("berlaku sejak")
    selesai = models.DateField(
        "sampai sebelum",
        null=True,
        blank=True,
        help_text="Kosongkan selama masih berlaku; terisi sendiri saat ada yang baru.",
    )
    is_batal = models.BooleanField("dibatalkan", default=False, editable=False)
    versi = models.PositiveIntegerField("versi", default=1, editable=False)

    objects = BerjangkaQuerySet.as_manager()

    # The field whose value each row stands for: no two of one value overlap.
    POKOK: ClassVar[str]

    class Meta:
        abstract = True


class KopSurat(BentukKop, Berjangka):
    """The letterhead of one perangkat daerah; written through `bkpsdmd.documents.kop`."""

    POKOK = "kunci"

    # The stable code of the unit as text: this app knows no unit.
    kunci = models.CharField("perangkat daerah", max_length=64)
    nama_perangkat_daerah = models.CharField(
        "nama pada kop",
        max_length=200,
        blank=True,
        help_text=(
            "Baris kedua kop surat. Kosongkan untuk memakai nama perangkat daerah itu."
        ),
    )
    nama_bagian = models.CharField(
        "bidang atau UPT",
        max_length=200,
        blank=True,
        help_text="Baris di bawahnya, bila kop ini milik sebuah bidang atau UPT.",
    )
    alamat = models.CharField("alamat", max_length=200, blank=True)
    kode_pos = models.CharField(
        "kode pos", max_length=5, blank=True, validators=[KODE_POS]
    )
    telepon = models.CharField("telepon", max_length=60, blank=True)
    surel = models.EmailField("surel", blank=True)
    situs = models.CharField("laman", max_length=120, blank=True)
    tempat = models.CharField(
        "tempat",
        max_length=60,
        blank=True,
        help_text="Di depan tanggal surat. Kosongkan bila sama dengan tempat kantor ini.",
    )
    lambang = models.FileField(
        "lambang sendiri",
        upload_to=RandomPath("lambang", ".png", ".svg"),
        blank=True,
        help_text=(
            "PNG atau SVG, paling besar 200 KB. Kosongkan untuk memakai lambang daerah "
            "dari Pengaturan Kantor."
        ),
    )

    class Meta:
        verbose_name = "kop surat"
        verbose_name_plural = "kop surat"
        ordering = ["nama_perangkat_daerah", "-mulai"]
        constraints = [
            models.UniqueConstraint(
                fields=["kunci", "mulai"],
                condition=Q(is_batal=False),
                name="kopsurat_satu_per_mulai",
            ),
            # What the lock of the service cannot see on PostgreSQL, this does.
            models.UniqueConstraint(
                fields=["kunci"],
                condition=Q(is_batal=False, selesai__isnull=True),
                name="kopsurat_satu_terbuka",
            ),
            models.CheckConstraint(
                condition=Q(selesai__isnull=True) | Q(selesai__gt=F("mulai")),
                name="kopsurat_masa",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.nama_perangkat_daerah} (sejak {self.mulai:%d-%m-%Y})"

    @property
    def nama_lambang(self) -> str:
        return PurePosixPath(self.lambang.name or "").name


class Huruf(models.TextChoices):
    SANS = "sans", "Liberation Sans (serupa Arial), untuk surat"
    BONUM = "bonum", "TeX Gyre Bonum (serupa Bookman Old Style), untuk keputusan"


class Spasi(models.TextChoices):
    SATU = "1", "1"
    SEDANG = "1.15", "1,15"
    SATU_SETENGAH = "1.5", "1,5"


class KelasKeamanan(models.TextChoices):
    BIASA = "B", "Biasa (B)"
    TERBATAS = "T", "Terbatas (T)"
    RAHASIA = "R", "Rahasia (R)"
    SANGAT_RAHASIA = "SR", "Sangat rahasia (SR)"


class Sifat(models.TextChoices):
    BIASA = "biasa", "Biasa"
    SEGERA = "segera", "Segera"
    SANGAT_SEGERA = "sangat_segera", "Sangat Segera"


def _margin(label: str) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(
        label,
        null=True,
        blank=True,
        validators=MARGIN_MM,
        help_text="Dalam milimeter, 10 sampai 50. Kosong: menurut Pengaturan Kantor.",
    )


class PengaturanNaskah(Berjangka):
    """On which paper one kind of naskah is printed; `bkpsdmd.documents.kertas` writes it."""

    POKOK = "jenis"

    jenis = models.SlugField("jenis naskah", max_length=40)
    kertas = models.CharField(
        "kertas",
        max_length=2,
        choices=Kertas.choices,
        blank=True,
    )
    margin_kiri_mm = _margin("margin kiri")
    margin_kanan_mm = _margin("margin kanan")
    margin_atas_mm = _margin("margin atas")
    margin_bawah_mm = _margin("margin bawah")
    huruf = models.CharField(
        "huruf",
        max_length=5,
        choices=Huruf.choices,
        default=Huruf.SANS,
        help_text=(
            "Surat memakai huruf serupa Arial; bahwa keputusan memakai Bookman Old Style "
            "diketahui dari satu contoh keputusan saja."
        ),
    )
    ukuran_huruf_pt = models.PositiveSmallIntegerField(
        "ukuran huruf",
        default=11,
        validators=[MinValueValidator(9), MaxValueValidator(13)],
        help_text="Dalam poin, 9 sampai 13. Surat dinas memakai 11 atau 12.",
    )
    spasi = models.CharField(
        "spasi",
        max_length=4,
        choices=Spasi.choices,
        default=Spasi.SEDANG,
        help_text="Antara 1 dan 1,5 menurut satu sumber; sesuaikan dengan tata naskah.",
    )
    kelas_keamanan = models.CharField(
        "klasifikasi keamanan",
        max_length=2,
        choices=KelasKeamanan.choices,
        default=KelasKeamanan.BIASA,
        help_text=(
            "Pembagian B, T, R, dan SR ini lazim dipakai, tetapi belum dicocokkan dengan "
            "naskah peraturannya."
        ),
    )
    is_kelas_di_nomor = models.BooleanField(
        "tulis kelas di depan nomor",
        default=False,
        help_text=(
            "Misalnya “B/800/012/…”. Terlihat dipakai pada satu surat saja; centang bila "
            "tata naskah daerah memintanya."
        ),
    )
    sifat = models.CharField(
        "sifat",
        max_length=13,
        choices=Sifat.choices,
        default=Sifat.BIASA,
        help_text="Isian awal; dapat diganti pada tiap surat.",
    )
    tembusan = models.TextField(
        "tembusan tetap",
        blank=True,
        help_text="Satu penerima tiap baris. Isian awal; dapat diganti pada tiap surat.",
    )

    class Meta:
        verbose_name = "pengaturan naskah"
        verbose_name_plural = "pengaturan naskah"
        ordering = ["jenis", "-mulai"]
        constraints = [
            models.UniqueConstraint(
                fields=["jenis", "mulai"],
                condition=Q(is_batal=False),
                name="pengaturannaskah_satu_per_mulai",
            ),
            models.UniqueConstraint(
                fields=["jenis"],
                condition=Q(is_batal=False, selesai__isnull=True),
                name="pengaturannaskah_satu_terbuka",
            ),
            models.CheckConstraint(
                condition=Q(selesai__isnull=True) | Q(selesai__gt=F("mulai")),
                name="pengaturannaskah_masa",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.jenis} (sejak {self.mulai:%d-%m-%Y})"
