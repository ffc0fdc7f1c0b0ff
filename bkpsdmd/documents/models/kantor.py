"""The office as its papers name it: one row of settings."""

from pathlib import PurePosixPath

from django.core.cache import cache
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.urls import reverse

from bkpsdmd.documents.initial import read_initial
from bkpsdmd.documents.storage import RandomPath

KANTOR_ID = 1
KANTOR_CACHE_KEY = "documents.kantor"
KANTOR_CACHE_SECONDS = 60


class Kertas(models.TextChoices):
    A4 = "A4", "A4 (210 × 297 mm)"
    F4 = "F4", "F4 (215 × 330 mm)"


MARGIN_MM = [MinValueValidator(10), MaxValueValidator(50)]


def _margin(label: str, default: int) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(
        label,
        default=default,
        validators=MARGIN_MM,
        help_text="Dalam milimeter, 10 sampai 50.",
    )


class WarnaLambang(models.TextChoices):
    WARNA = "warna", "Berwarna"
    HITAM = "hitam", "Hitam putih"


KODE_POS = RegexValidator(r"^\d{5}$", "Kode pos terdiri atas 5 angka.")


class BentukKop(models.Model):
    """How large and in which colour a letterhead is set.

    Line 1 to line 2 is always 3 to 4 (two sources), so only line 2 has a size. The rest
    is known from one template of this regency, hence a setting with that value.
    """

    lebar_lambang_mm = models.PositiveSmallIntegerField(
        "lebar lambang",
        default=25,
        validators=[MinValueValidator(10), MaxValueValidator(30)],
        help_text=(
            "Dalam milimeter, 10 sampai 30. Nilai awal 25 mm dari satu contoh naskah "
            "saja; sesuaikan dengan tata naskah daerah."
        ),
    )
    warna_lambang = models.CharField(
        "warna lambang",
        max_length=5,
        choices=WarnaLambang.choices,
        default=WarnaLambang.WARNA,
        help_text=(
            "Aturan tiap daerah berbeda; ada yang meminta lambang hitam pada surat. Hitam "
            "putih dibuat sendiri dari lambang yang berwarna."
        ),
    )
    ukuran_nama_pt = models.PositiveSmallIntegerField(
        "huruf nama perangkat daerah",
        default=18,
        validators=[MinValueValidator(11), MaxValueValidator(20)],
        help_text=(
            "Dalam poin, 11 sampai 20. Baris nama instansi selalu tiga perempatnya. Nama "
            "yang panjang diperkecil sendiri supaya muat dalam dua baris. Nilai awal 18 "
            "dari satu contoh naskah saja."
        ),
    )
    ukuran_alamat_pt = models.PositiveSmallIntegerField(
        "huruf alamat",
        default=10,
        validators=[MinValueValidator(8), MaxValueValidator(12)],
        help_text=(
            "Dalam poin, 8 sampai 12. Nilai awal 10 dari satu contoh naskah saja."
        ),
    )

    class Meta:
        abstract = True


class PengaturanKantor(BentukKop):
    """The one row of office settings; it changes only through `update_kantor`."""

    nama_instansi = models.CharField(
        "nama instansi", max_length=120, help_text="Baris pertama kop surat."
    )
    nama_perangkat_daerah = models.CharField(
        "nama perangkat daerah", max_length=200, help_text="Baris kedua kop surat."
    )
    singkatan = models.CharField("singkatan", max_length=30)
    alamat = models.CharField("alamat", max_length=200, blank=True)
    kode_pos = models.CharField(
        "kode pos",
        max_length=5,
        blank=True,
        validators=[KODE_POS],
    )
    telepon = models.CharField("telepon", max_length=60, blank=True)
    surel = models.EmailField("surel", blank=True)
    situs = models.CharField("laman", max_length=120, blank=True)
    tempat = models.CharField(
        "tempat", max_length=60, help_text="Di depan tanggal surat."
    )
    lambang = models.FileField(
        "lambang daerah",
        upload_to=RandomPath("lambang", ".png", ".svg"),
        blank=True,
        help_text="PNG atau SVG, paling besar 200 KB. Dicetak di kiri kop surat.",
    )
    kertas = models.CharField(
        "kertas", max_length=2, choices=Kertas.choices, default=Kertas.A4
    )
    margin_kiri_mm = _margin("margin kiri", 30)
    margin_kanan_mm = _margin("margin kanan", 20)
    margin_atas_mm = _margin("margin atas", 20)
    margin_bawah_mm = _margin("margin bawah", 25)
    is_contoh = models.BooleanField(
        "portal contoh",
        default=False,
        help_text="Setiap halaman dan dokumen diberi tanda DATA CONTOH.",
    )
    versi = models.PositiveIntegerField("versi", default=1, editable=False)

    class Meta:
        verbose_name = "pengaturan kantor"
        verbose_name_plural = "pengaturan kantor"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(id=KANTOR_ID), name="pengaturankantor_one_row"
            ),
        ]

    def __str__(self) -> str:
        return self.nama_perangkat_daerah

    @property
    def nama(self) -> str:
        return self.nama_perangkat_daerah

    @property
    def nama_portal(self) -> str:
        return f"Portal {self.singkatan}"

    @property
    def url_lambang(self) -> str:
        """The address of the emblem; its name changes with it, so it may be cached."""
        return (
            reverse("documents:lambang", args=[self.nama_lambang])
            if self.lambang
            else ""
        )

    @property
    def nama_lambang(self) -> str:
        """The random file name of the emblem, without its folder."""
        return PurePosixPath(self.lambang.name or "").name


def get_kantor() -> PengaturanKantor:
    """Return the office settings, at most a minute old; before set-up the first values.

    The object is for reading: `update_kantor` is the way to change it.
    """
    values = cache.get(KANTOR_CACHE_KEY)
    if values is None:
        values = PengaturanKantor.objects.filter(pk=KANTOR_ID).values().first()
        if values is None:
            return PengaturanKantor(pk=KANTOR_ID, **read_initial()["kantor"])
        cache.set(KANTOR_CACHE_KEY, values, KANTOR_CACHE_SECONDS)
    return PengaturanKantor(**values)
