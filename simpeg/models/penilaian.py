"""Results of an assessment of competence and potential; read as penalties are."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from simpeg.models.kinerja import nilai
from simpeg.models.riwayat import BERLAKU, Riwayat


def _level(label: str) -> models.PositiveSmallIntegerField:
    """Return a field for a level of competence, 1 to 5."""
    return models.PositiveSmallIntegerField(
        label, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )


class HasilAsesmen(Riwayat):
    tanggal = models.DateField("tanggal asesmen")

    class Meta:
        abstract = True


class RiwayatKompetensi(HasilAsesmen):
    """Managerial and sociocultural competences, each at its level."""

    integritas = _level("integritas")
    kerja_sama = _level("kerja sama")
    komunikasi = _level("komunikasi")
    orientasi_hasil = _level("orientasi pada hasil")
    pelayanan_publik = _level("pelayanan publik")
    pengembangan_diri = _level("pengembangan diri dan orang lain")
    mengelola_perubahan = _level("mengelola perubahan")
    pengambilan_keputusan = _level("pengambilan keputusan")
    perekat_bangsa = _level("perekat bangsa")

    class Meta:
        verbose_name = "riwayat kompetensi"
        verbose_name_plural = "riwayat kompetensi"
        ordering = ["-tanggal", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["pegawai", "tanggal"],
                condition=BERLAKU,
                name="kompetensi_satu_per_hari",
            )
        ]

    def __str__(self) -> str:
        return f"uji kompetensi {self.tanggal:%d-%m-%Y}"


class RiwayatPotensi(HasilAsesmen):
    """Marks of potential and their total, as the report of the assessment has them."""

    berpikir_kritis = nilai("berpikir kritis dan strategis")
    intelektual = nilai("kemampuan intelektual")
    interpersonal = nilai("kemampuan interpersonal")
    kesadaran_diri = nilai("kesadaran diri")
    motivasi_komitmen = nilai("motivasi dan komitmen")
    total = nilai("total", maks=500)

    class Meta:
        verbose_name = "riwayat potensi"
        verbose_name_plural = "riwayat potensi"
        ordering = ["-tanggal", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["pegawai", "tanggal"],
                condition=BERLAKU,
                name="potensi_satu_per_hari",
            )
        ]

    def __str__(self) -> str:
        return f"uji potensi {self.tanggal:%d-%m-%Y}"
