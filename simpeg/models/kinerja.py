"""What was rated: DP3, SKP of either regulation, periods within a year.

The rating itself is the work of ekinerja; here stand the results that are on record.
"""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from simpeg.choices import Ekspektasi, Periodik, Predikat, SistemSKP
from simpeg.models.riwayat import BERLAKU, Riwayat


def nilai(label: str, maks: int = 100, **options: Any) -> models.DecimalField:
    """Return a field for a mark with two decimals, from 0 to `maks`."""
    return models.DecimalField(
        label,
        max_digits=6,
        decimal_places=2,
        validators=[MinValueValidator(0), MaxValueValidator(maks)],
        **options,
    )


class Penilaian(Riwayat):
    """Base: who rated, by name and post as the paper says it."""

    penilai_nama = models.CharField("nama pejabat penilai", max_length=200, blank=True)
    penilai_nip = models.CharField("NIP pejabat penilai", max_length=32, blank=True)
    penilai_jabatan = models.CharField(
        "jabatan pejabat penilai", max_length=255, blank=True
    )

    class Meta:
        abstract = True


class PenilaianTahunan(Penilaian):
    tahun = models.PositiveSmallIntegerField("tahun")

    class Meta:
        abstract = True


class DenganAtasan(PenilaianTahunan):
    """Base: the older systems also name the superior of the one who rated."""

    atasan_nama = models.CharField(
        "nama atasan pejabat penilai", max_length=200, blank=True
    )
    atasan_nip = models.CharField(
        "NIP atasan pejabat penilai", max_length=32, blank=True
    )
    atasan_jabatan = models.CharField(
        "jabatan atasan pejabat penilai", max_length=255, blank=True
    )

    class Meta:
        abstract = True


class RiwayatDP3(DenganAtasan):
    """Eight marks, the last for those who lead; before 2014."""

    kesetiaan = nilai("kesetiaan")
    prestasi_kerja = nilai("prestasi kerja")
    tanggung_jawab = nilai("tanggung jawab")
    ketaatan = nilai("ketaatan")
    kejujuran = nilai("kejujuran")
    kerja_sama = nilai("kerja sama")
    prakarsa = nilai("prakarsa")
    kepemimpinan = nilai("kepemimpinan", null=True, blank=True)
    jumlah = nilai("jumlah", maks=800)
    rata_rata = nilai("nilai rata-rata")

    class Meta:
        verbose_name = "riwayat DP3"
        verbose_name_plural = "riwayat DP3"
        ordering = ["-tahun", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["pegawai", "tahun"],
                condition=BERLAKU,
                name="dp3_satu_per_tahun",
            )
        ]

    def __str__(self) -> str:
        return f"DP3 {self.tahun}"


class RiwayatSKPLama(DenganAtasan):
    """SKP and conduct in numbers, 2014 to 2021."""

    peraturan = models.CharField(
        "peraturan", max_length=16, choices=SistemSKP.choices()
    )
    nilai_skp = nilai("nilai SKP", maks=150)
    orientasi_pelayanan = nilai("orientasi pelayanan", null=True, blank=True)
    integritas = nilai("integritas", null=True, blank=True)
    komitmen = nilai("komitmen", null=True, blank=True)
    disiplin = nilai("disiplin", null=True, blank=True)
    inisiatif_kerja = nilai("inisiatif kerja", null=True, blank=True)
    kerja_sama = nilai("kerja sama", null=True, blank=True)
    kepemimpinan = nilai("kepemimpinan", null=True, blank=True)
    jumlah = nilai("jumlah perilaku", maks=700, null=True, blank=True)
    nilai_perilaku = nilai("nilai perilaku kerja", maks=120)
    nilai_prestasi = nilai("nilai prestasi kerja", maks=150)
    konversi_nilai = nilai("nilai konversi", maks=150, null=True, blank=True)
    nilai_integrasi = nilai("nilai integrasi", maks=150, null=True, blank=True)

    class Meta:
        verbose_name = "riwayat SKP sampai 2021"
        verbose_name_plural = "riwayat SKP sampai 2021"
        ordering = ["-tahun", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["pegawai", "tahun", "peraturan"],
                condition=BERLAKU,
                name="skp_lama_satu_per_tahun",
            )
        ]

    def __str__(self) -> str:
        return f"SKP {self.tahun}"


class HasilKinerja(models.Model):
    """Base: results and conduct against what was expected, and the quadrant of both."""

    hasil_kerja = models.CharField(
        "hasil kerja", max_length=16, choices=Ekspektasi.choices()
    )
    perilaku_kerja = models.CharField(
        "perilaku kerja", max_length=16, choices=Ekspektasi.choices()
    )
    kuadran = models.CharField(
        "predikat (kuadran)", max_length=16, choices=Predikat.choices()
    )

    class Meta:
        abstract = True


class RiwayatSKP(HasilKinerja, PenilaianTahunan):
    """The yearly rating since 2022."""

    is_penilai_asn = models.BooleanField("penilai seorang ASN", default=True)

    class Meta:
        verbose_name = "riwayat SKP mulai 2022"
        verbose_name_plural = "riwayat SKP mulai 2022"
        ordering = ["-tahun", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["pegawai", "tahun"],
                condition=BERLAKU,
                name="skp_satu_per_tahun",
            )
        ]

    def __str__(self) -> str:
        return f"SKP {self.tahun}"


class RiwayatKinerjaPeriodik(HasilKinerja, Penilaian):
    """A month or a quarter, `mulai` to `selesai`."""

    periodik = models.CharField("periode", max_length=16, choices=Periodik.choices())
    mulai = models.DateField("awal periode")
    selesai = models.DateField("akhir periode")
    persentase = nilai("persentase angka kredit", maks=150, null=True, blank=True)
    koefisien = nilai("koefisien angka kredit", null=True, blank=True)
    jabatan = models.CharField("jabatan", max_length=255, blank=True)
    unit_kerja = models.CharField("unit kerja", max_length=255, blank=True)

    class Meta:
        verbose_name = "riwayat kinerja periodik"
        verbose_name_plural = "riwayat kinerja periodik"
        ordering = ["-selesai", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(selesai__gte=models.F("mulai")),
                name="kinerja_selesai_setelah_mulai",
            ),
            models.UniqueConstraint(
                fields=["pegawai", "periodik", "mulai"],
                condition=BERLAKU,
                name="kinerja_satu_per_periode",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_periodik_display()} {self.mulai:%m-%Y}"
