"""What the office settles about a report, and the reports that went out."""

from __future__ import annotations

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from reporting.choices import JenisLaporan
from reporting.periode import JenisPeriode, Periode


class PengaturanLaporan(models.Model):
    """What the office has confirmed about a report, for periods that end from `berlaku`.

    Before the first row the regulation file speaks (`regulations/laporan_pasal24.yaml`).
    """

    jenis = models.CharField(
        "laporan",
        max_length=20,
        choices=JenisLaporan.choices(),
        default=JenisLaporan.PASAL24.value,
    )
    berlaku = models.DateField(
        "berlaku sejak",
        help_text="Untuk periode yang hari terakhirnya pada atau sesudah tanggal ini.",
    )
    jenis_periode = models.CharField(
        "periode",
        max_length=10,
        choices=JenisPeriode.choices(),
        default=JenisPeriode.TRIWULAN.value,
    )
    dasar = models.TextField(
        "dasar hukum", help_text="Sebagaimana tercetak pada laporan."
    )
    catatan = models.CharField(
        "catatan atas dasar hukum",
        max_length=300,
        blank=True,
        help_text="Yang masih perlu dikonfirmasi. Kosongkan bila sudah pasti.",
    )
    kepada = models.CharField(
        "kepada", max_length=200, help_text="Jabatan penerima, tanpa “Yth.”."
    )
    tembusan = models.TextField(
        "tembusan", blank=True, help_text="Satu penerima per baris."
    )

    class Meta:
        verbose_name = "pengaturan laporan"
        verbose_name_plural = "pengaturan laporan"
        ordering = ["jenis", "-berlaku"]
        constraints = [
            models.UniqueConstraint(
                fields=["jenis", "berlaku"], name="pengaturanlaporan_one_per_berlaku"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_jenis_display()} sejak {self.berlaku:%d-%m-%Y}"


class LaporanTerbitQuerySet(models.QuerySet["LaporanTerbit"]):
    def live(self) -> LaporanTerbitQuerySet:
        return self.filter(is_live=True)

    def overlapping(self, periode: Periode) -> LaporanTerbitQuerySet:
        """Keep reports of another period that shares a day with this one."""
        return self.filter(
            mulai__lt=periode.selesai, selesai__gt=periode.mulai
        ).exclude(periode=periode.kode)

    def replace(self) -> int:
        """Take these out of force; the newer version is written right after."""
        return super().update(is_live=False)

    def update(self, **kwargs: Any) -> NoReturn:
        raise TypeError("Laporan terbit tidak dapat diubah")

    def delete(self) -> NoReturn:
        raise TypeError("Laporan terbit tidak dapat dihapus")


class LaporanTerbit(models.Model):
    """One version of the report of one period, as it went out.

    `dokumen` keeps the PDF and the data behind it; `sha256_data` is the checksum that the
    paper prints. Only `is_live` ever changes, once, when a correction takes over.
    """

    jenis = models.CharField("laporan", max_length=20, choices=JenisLaporan.choices())
    periode = models.CharField("periode", max_length=7)
    mulai = models.DateField("mulai")
    selesai = models.DateField("selesai", help_text="Hari pertama sesudah periode.")
    versi = models.PositiveSmallIntegerField("versi")
    is_live = models.BooleanField("berlaku", default=True)
    alasan = models.CharField("alasan perbaikan", max_length=500, blank=True)
    dokumen = models.OneToOneField(
        "documents.DokumenTerbit",
        verbose_name="dokumen",
        on_delete=models.PROTECT,
        related_name="laporan",
    )
    sha256_data = models.CharField("sidik data (SHA-256)", max_length=64)
    # Drawn once, by the job: the page shows the picture that stands in the PDF.
    grafik = models.TextField("grafik", blank=True)
    published_at = models.DateTimeField("terbit")
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="diterbitkan oleh",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Kosong: terbit menurut jadwal.",
    )

    objects = LaporanTerbitQuerySet.as_manager()

    class Meta:
        verbose_name = "laporan terbit"
        verbose_name_plural = "laporan terbit"
        ordering = ["-selesai", "-versi"]
        constraints = [
            models.UniqueConstraint(
                fields=["jenis", "periode"],
                condition=Q(is_live=True),
                name="laporanterbit_one_live",
            ),
            models.UniqueConstraint(
                fields=["jenis", "periode", "versi"], name="laporanterbit_versi"
            ),
            models.CheckConstraint(
                condition=Q(selesai__gt=F("mulai")), name="laporanterbit_span"
            ),
            models.CheckConstraint(
                condition=Q(versi=1, alasan="") | (Q(versi__gt=1) & ~Q(alasan="")),
                name="laporanterbit_correction_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.judul} {self.span.label}{self.imbuhan_versi}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("Laporan terbit tidak dapat diubah")
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """The live version has the address of the period, an older one its own."""
        if self.is_live:
            return reverse("reporting:laporan-detail", args=[self.jenis, self.periode])
        return reverse(
            "reporting:laporan-versi", args=[self.jenis, self.periode, self.versi]
        )

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("Laporan terbit tidak dapat dihapus")

    @property
    def span(self) -> Periode:
        return Periode.parse(self.periode)

    @property
    def judul(self) -> str:
        return f"Laporan {JenisLaporan(self.jenis).label}"

    @property
    def perbaikan_ke(self) -> int:
        return self.versi - 1

    @property
    def imbuhan_versi(self) -> str:
        """Return ", perbaikan ke-1" for a correction."""
        return f", perbaikan ke-{self.perbaikan_ke}" if self.perbaikan_ke else ""

    @property
    def nama_berkas(self) -> str:
        """Return what a download is called, without extension."""
        imbuhan = f"-perbaikan-{self.perbaikan_ke}" if self.perbaikan_ke else ""
        return f"laporan-{self.jenis}-{self.periode}{imbuhan}".lower()

    @property
    def sidik_singkat(self) -> str:
        return self.sha256_data[:12]


class PermintaanPerbaikan(models.Model):
    """Why a published version is to be replaced; the job that makes the next one reads it."""

    laporan = models.OneToOneField(
        LaporanTerbit,
        verbose_name="laporan yang diganti",
        on_delete=models.PROTECT,
        related_name="permintaan_perbaikan",
    )
    alasan = models.CharField("alasan", max_length=500)
    created_at = models.DateTimeField("diminta", auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="diminta oleh",
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = "permintaan perbaikan"
        verbose_name_plural = "permintaan perbaikan"

    def __str__(self) -> str:
        return f"Perbaikan {self.laporan}"
