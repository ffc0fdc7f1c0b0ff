"""Reference tables that BKN or the office may extend; keys are the ids SIASN uses."""

from django.db import models

from simpeg.choices import JenisASN, Pendidikan


class Golongan(models.Model):
    """A step of the pay scale: golongan/ruang of PNS, golongan I-XVII of PPPK.

    `urut` orders within one scale (I/a = 1 … IV/e = 17, I = 1 … XVII = 17).
    """

    kode = models.CharField("golongan", max_length=8, primary_key=True)
    skala = models.CharField(
        "skala",
        max_length=8,
        choices=[(JenisASN.PNS.value, "PNS"), (JenisASN.PPPK.value, "PPPK")],
    )
    urut = models.PositiveSmallIntegerField("urutan")
    pangkat = models.CharField("pangkat", max_length=64, blank=True)
    siasn_id = models.CharField("id SIASN", max_length=36, blank=True)

    class Meta:
        verbose_name = "golongan"
        verbose_name_plural = "golongan"
        ordering = ["skala", "urut"]
        constraints = [
            models.UniqueConstraint(
                fields=["skala", "urut"], name="golongan_urut_per_skala"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kode} {self.pangkat}".strip()


class KedudukanHukum(models.Model):
    """Legal standing of a person; `kelompok` decides who is counted as active."""

    AKTIF, TANPA_GAJI, BERAKHIR, DIBLOKIR = (
        "aktif",
        "tanpa_gaji",
        "berakhir",
        "diblokir",
    )
    KELOMPOK = [
        (AKTIF, "Aktif"),
        (TANPA_GAJI, "Aktif tanpa bertugas atau tanpa gaji"),
        (BERAKHIR, "Sudah berhenti"),
        (DIBLOKIR, "Data diblokir"),
    ]

    kode = models.CharField("id SIASN", max_length=4, primary_key=True)
    nama = models.CharField("kedudukan hukum", max_length=100)
    kelompok = models.CharField("kelompok", max_length=16, choices=KELOMPOK)

    class Meta:
        verbose_name = "kedudukan hukum"
        verbose_name_plural = "kedudukan hukum"
        ordering = ["kode"]

    def __str__(self) -> str:
        return self.nama

    @property
    def is_aktif(self) -> bool:
        """True for those who count as staff, present or not."""
        return self.kelompok in {self.AKTIF, self.TANPA_GAJI}


class TingkatPendidikan(models.Model):
    """A SIASN level; `setara` is the level that rules tell apart."""

    kode = models.CharField("id SIASN", max_length=4, primary_key=True)
    nama = models.CharField("tingkat pendidikan", max_length=64)
    setara = models.CharField("setara", max_length=16, choices=Pendidikan.choices())

    class Meta:
        verbose_name = "tingkat pendidikan"
        verbose_name_plural = "tingkat pendidikan"
        ordering = ["kode"]

    def __str__(self) -> str:
        return self.nama

    @property
    def as_pendidikan(self) -> Pendidikan:
        return Pendidikan(self.setara)


class JenisKenaikanPangkat(models.Model):
    """Why a golongan was given, with SIASN's ids."""

    kode = models.CharField("id SIASN", max_length=4, primary_key=True)
    nama = models.CharField("jenis kenaikan pangkat", max_length=100)

    class Meta:
        verbose_name = "jenis kenaikan pangkat"
        verbose_name_plural = "jenis kenaikan pangkat"
        ordering = ["kode"]

    def __str__(self) -> str:
        return self.nama


class Referensi(models.Model):
    """All other short SIASN lists (agama, kawin, latihanStruktural …), by list name."""

    daftar = models.CharField("daftar", max_length=32)
    kode = models.CharField("id SIASN", max_length=64)
    nama = models.CharField("nama", max_length=255)
    tambahan = models.CharField("keterangan", max_length=255, blank=True)

    class Meta:
        verbose_name = "referensi SIASN"
        verbose_name_plural = "referensi SIASN"
        ordering = ["daftar", "kode"]
        constraints = [
            models.UniqueConstraint(fields=["daftar", "kode"], name="referensi_unik")
        ]

    def __str__(self) -> str:
        return self.nama
