"""Decrees that change the legal standing of a person: leave, study, transfer, the end."""

from django.db import models

from simpeg.choices import ArahPindah
from simpeg.models.riwayat import BERLAKU, Riwayat


class PerubahanKedudukan(Riwayat):
    """Base: `kedudukan` holds from `tmt`; empty where the decree leaves it as it is.

    Today's standing is the last of these and of `RiwayatKedudukan` (see
    `selectors.keadaan`).
    """

    kedudukan = models.ForeignKey(
        "simpeg.KedudukanHukum",
        verbose_name="kedudukan hukum",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    tmt = models.DateField("TMT")

    class Meta:
        abstract = True


class RiwayatPemberhentian(PerubahanKedudukan):
    """The end of service; the reason may tell an offence or an illness."""

    jenis = models.ForeignKey(
        "simpeg.Referensi",
        verbose_name="jenis pemberhentian",
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"daftar": "jenisPemberhentian"},
    )
    keterangan = models.CharField("keterangan", max_length=255, blank=True)

    class Meta:
        verbose_name = "riwayat pemberhentian"
        verbose_name_plural = "riwayat pemberhentian"
        ordering = ["-tmt", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["pegawai", "tmt"],
                condition=BERLAKU,
                name="pemberhentian_satu_per_tmt",
            )
        ]

    def __str__(self) -> str:
        return f"{self.jenis} TMT {self.tmt:%d-%m-%Y}"


class Penugasan(PerubahanKedudukan):
    """Base: away from the post from `tmt` to `tmt_selesai`, or back on duty on `tmt`."""

    tmt_selesai = models.DateField("hari terakhir", null=True, blank=True)

    class Meta:
        abstract = True


class RiwayatCLTN(Penugasan):
    """Leave without pay and other duties outside the post, each act a row of its own."""

    jenis = models.ForeignKey(
        "simpeg.Referensi",
        verbose_name="jenis",
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={
            "daftar": "cltn",
            "kode__in": ["1", "2", "3", "4", "5", "9", "10", "11", "12"],
        },
    )
    pertek_nomor = models.CharField("nomor persetujuan BKN", max_length=100, blank=True)
    pertek_tanggal = models.DateField("tanggal persetujuan BKN", null=True, blank=True)

    class Meta:
        verbose_name = "riwayat CLTN"
        verbose_name_plural = "riwayat CLTN"
        ordering = ["-tmt", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["pegawai", "tmt"], condition=BERLAKU, name="cltn_satu_per_tmt"
            ),
            models.CheckConstraint(
                condition=models.Q(tmt_selesai__isnull=True)
                | models.Q(tmt_selesai__gte=models.F("tmt")),
                name="cltn_selesai_setelah_tmt",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.jenis} TMT {self.tmt:%d-%m-%Y}"


class RiwayatTugasBelajar(Penugasan):
    """Study by decree; only who is released from duty changes standing."""

    jenis = models.ForeignKey(
        "simpeg.Referensi",
        verbose_name="jenis",
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"daftar": "cltn", "kode__in": ["6", "7", "8"]},
    )
    is_dibebaskan = models.BooleanField("dibebaskan dari tugas jabatan", default=False)
    tingkat = models.ForeignKey(
        "simpeg.TingkatPendidikan",
        verbose_name="tingkat pendidikan",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    nama = models.CharField("program studi", max_length=255, blank=True)
    sekolah = models.CharField("perguruan tinggi", max_length=255, blank=True)

    class Meta:
        verbose_name = "riwayat tugas belajar"
        verbose_name_plural = "riwayat tugas belajar"
        ordering = ["-tmt", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["pegawai", "tmt"],
                condition=BERLAKU,
                name="tugas_belajar_satu_per_tmt",
            ),
            models.CheckConstraint(
                condition=models.Q(tmt_selesai__isnull=True)
                | models.Q(tmt_selesai__gte=models.F("tmt")),
                name="tugas_belajar_selesai_setelah_tmt",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.jenis} TMT {self.tmt:%d-%m-%Y}"


class RiwayatPindahInstansi(PerubahanKedudukan):
    """A transfer into this office or out of it."""

    arah = models.CharField("arah", max_length=8, choices=ArahPindah.choices())
    instansi_asal = models.CharField("instansi asal", max_length=255)
    satuan_kerja_asal = models.CharField(
        "satuan kerja asal", max_length=255, blank=True
    )
    jabatan_asal = models.CharField("jabatan asal", max_length=255, blank=True)
    instansi_tujuan = models.CharField("instansi tujuan", max_length=255)
    satuan_kerja_tujuan = models.CharField(
        "satuan kerja tujuan", max_length=255, blank=True
    )
    jabatan_tujuan = models.CharField("jabatan tujuan", max_length=255, blank=True)
    usul_nomor = models.CharField("nomor surat usul", max_length=100, blank=True)
    usul_tanggal = models.DateField("tanggal surat usul", null=True, blank=True)
    asal_nomor = models.CharField(
        "nomor persetujuan instansi asal", max_length=100, blank=True
    )
    asal_tanggal = models.DateField(
        "tanggal persetujuan instansi asal", null=True, blank=True
    )
    tujuan_nomor = models.CharField(
        "nomor persetujuan instansi tujuan", max_length=100, blank=True
    )
    tujuan_tanggal = models.DateField(
        "tanggal persetujuan instansi tujuan", null=True, blank=True
    )
    pertek_nomor = models.CharField("nomor pertek BKN", max_length=100, blank=True)
    pertek_tanggal = models.DateField("tanggal pertek BKN", null=True, blank=True)

    class Meta:
        verbose_name = "riwayat pindah instansi"
        verbose_name_plural = "riwayat pindah instansi"
        ordering = ["-tmt", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["pegawai", "tmt"],
                condition=BERLAKU,
                name="pindah_instansi_satu_per_tmt",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_arah_display()} TMT {self.tmt:%d-%m-%Y}"
