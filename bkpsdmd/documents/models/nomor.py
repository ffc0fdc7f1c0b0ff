"""Number books and the numbers that were given out."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from bkpsdmd.documents.numbering import format_nomor, validate_pola


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
