"""The papers that went out, and how their validity ended."""

from typing import Any, NoReturn

from django.conf import settings
from django.db import models

from bkpsdmd.documents.models.nomor import NomorDokumen
from bkpsdmd.documents.storage import RandomPath


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
