"""The office as its papers name it, the number books, and the papers that went out."""

from pathlib import PurePosixPath
from typing import Any, NoReturn

from django.conf import settings
from django.core.cache import cache
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.urls import reverse

from bkpsdmd.documents.initial import read_initial
from bkpsdmd.documents.numbering import format_nomor, validate_pola
from bkpsdmd.documents.storage import RandomPath

KANTOR_ID = 1
KANTOR_CACHE_KEY = "documents.kantor"
KANTOR_CACHE_SECONDS = 60


class Kertas(models.TextChoices):
    A4 = "A4", "A4 (210 × 297 mm)"
    F4 = "F4", "F4 (215 × 330 mm)"


def _margin(label: str, default: int) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(
        label,
        default=default,
        validators=[MinValueValidator(10), MaxValueValidator(50)],
        help_text="Dalam milimeter, 10 sampai 50.",
    )


class PengaturanKantor(models.Model):
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
        validators=[RegexValidator(r"^\d{5}$", "Kode pos terdiri atas 5 angka.")],
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
    def nama_singkat(self) -> str:
        return self.singkatan

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


class BukuNomor(models.Model):
    """The agenda of one kind of paper in one year; its numbers run from 1."""

    jenis = models.SlugField("jenis", max_length=40)
    nama = models.CharField("nama buku", max_length=100)
    tahun = models.PositiveSmallIntegerField(
        "tahun", validators=[MinValueValidator(2000), MaxValueValidator(2999)]
    )
    kode = models.CharField("kode klasifikasi", max_length=40, blank=True)
    unit = models.CharField("kode unit", max_length=40, blank=True)
    pola = models.CharField(
        "pola nomor",
        max_length=120,
        validators=[validate_pola],
        help_text=(
            "Bagian yang dapat dipakai: {kode} {urut:03} {unit} {bulan} {bulan_romawi} "
            "{tahun}. Bagian {urut} wajib ada."
        ),
    )

    class Meta:
        verbose_name = "buku nomor"
        verbose_name_plural = "buku nomor"
        ordering = ["-tahun", "nama"]
        constraints = [
            models.UniqueConstraint(
                fields=["jenis", "tahun"], name="bukunomor_jenis_tahun"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.nama} {self.tahun}"

    def format(self, urut: int, *, bulan: int, kode: str = "") -> str:
        return format_nomor(
            self.pola,
            kode=kode or self.kode,
            urut=urut,
            unit=self.unit,
            bulan=bulan,
            tahun=self.tahun,
        )


class StatusNomor(models.TextChoices):
    TERPAKAI = "terpakai", "Terpakai"
    BATAL = "batal", "Batal"


class NomorDokumen(models.Model):
    """A number that was given out. A cancelled one stays in the book and is not reused."""

    buku = models.ForeignKey(
        BukuNomor, verbose_name="buku", on_delete=models.PROTECT, related_name="nomor"
    )
    urut = models.PositiveIntegerField("nomor urut")
    nomor = models.CharField("nomor", max_length=200)
    tanggal = models.DateField("tanggal")
    perihal = models.CharField("perihal", max_length=300)
    status = models.CharField(
        "status",
        max_length=10,
        choices=StatusNomor.choices,
        default=StatusNomor.TERPAKAI,
    )
    taken_at = models.DateTimeField("diambil", auto_now_add=True)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="diambil oleh",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    cancelled_at = models.DateTimeField("dibatalkan", null=True, blank=True)
    alasan_batal = models.CharField("alasan batal", max_length=300, blank=True)

    class Meta:
        verbose_name = "nomor dokumen"
        verbose_name_plural = "nomor dokumen"
        ordering = ["-buku__tahun", "buku", "-urut"]
        constraints = [
            models.UniqueConstraint(fields=["buku", "urut"], name="nomor_buku_urut"),
            # Two books with the same pattern must not give the same number twice.
            models.UniqueConstraint(fields=["nomor"], name="nomor_sekali"),
            models.CheckConstraint(
                condition=models.Q(status=StatusNomor.BATAL, cancelled_at__isnull=False)
                | models.Q(status=StatusNomor.TERPAKAI, cancelled_at__isnull=True),
                name="nomor_batal_bertanggal",
            ),
        ]

    def __str__(self) -> str:
        return self.nomor


class DokumenTerbitQuerySet(models.QuerySet["DokumenTerbit"]):
    def update(self, **kwargs: Any) -> NoReturn:
        raise TypeError("Dokumen terbit tidak dapat diubah")

    def delete(self) -> NoReturn:
        raise TypeError("Dokumen terbit tidak dapat dihapus")


class DokumenTerbit(models.Model):
    """A paper as it went out: the file, its checksum, and the data it was made from.

    It never changes. `data` lets the same bytes be made again after the records move on.
    """

    jenis = models.SlugField("jenis", max_length=40)
    judul = models.CharField("judul", max_length=300)
    nomor = models.OneToOneField(
        NomorDokumen,
        verbose_name="nomor",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="dokumen",
    )
    berkas = models.FileField(
        "berkas", upload_to=RandomPath("dokumen", ".pdf"), max_length=200
    )
    sha256 = models.CharField("sidik berkas (SHA-256)", max_length=64)
    ukuran_byte = models.PositiveIntegerField("ukuran (byte)")
    data = models.JSONField("data")
    # What the paper prints for whoever wants to know whether it is genuine.
    kode_periksa = models.CharField(
        "kode periksa", max_length=19, blank=True, editable=False
    )
    # Told to everybody with the code: never the name of a person.
    perihal_umum = models.CharField("perihal bagi umum", max_length=300, blank=True)
    pejabat = models.CharField("jabatan penandatangan", max_length=255, blank=True)
    created_at = models.DateTimeField("terbit", auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="diterbitkan oleh",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = DokumenTerbitQuerySet.as_manager()

    class Meta:
        verbose_name = "dokumen terbit"
        verbose_name_plural = "dokumen terbit"
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["jenis", "-id"], name="dokumen_jenis"),
            models.Index(fields=["sha256"], name="dokumen_sha256"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["kode_periksa"],
                condition=~models.Q(kode_periksa=""),
                name="dokumen_kode_periksa",
            ),
        ]

    def __str__(self) -> str:
        return self.judul

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("Dokumen terbit tidak dapat diubah")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("Dokumen terbit tidak dapat dihapus")

    @property
    def akhir_atau_none(self) -> "AkhirDokumen | None":
        return getattr(self, "akhir", None)


class AkhirDokumen(models.Model):
    """The end of a paper's validity, once and for good: revoked, or replaced by another."""

    class Jenis(models.TextChoices):
        DICABUT = "dicabut", "Dicabut"
        DIGANTI = "diganti", "Diganti"

    dokumen = models.OneToOneField(
        DokumenTerbit,
        verbose_name="dokumen",
        on_delete=models.PROTECT,
        related_name="akhir",
    )
    jenis = models.CharField("jenis", max_length=8, choices=Jenis)
    pengganti = models.ForeignKey(
        DokumenTerbit,
        verbose_name="pengganti",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    alasan = models.CharField("alasan", max_length=500)
    created_at = models.DateTimeField("waktu", auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="oleh",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = "akhir dokumen"
        verbose_name_plural = "akhir dokumen"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(jenis="diganti", pengganti__isnull=False)
                | models.Q(jenis="dicabut", pengganti__isnull=True),
                name="akhirdokumen_pengganti",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dokumen}: {self.get_jenis_display()}"
