"""Family: spouses, children, parents. Read by the person and by those who keep it."""

from django.db import models

from simpeg.choices import HubunganOrangTua, JenisAnak, JenisKelamin
from simpeg.models.riwayat import BERLAKU, Riwayat


class Anggota(Riwayat):
    """A member of the family; the certificate stands in `sk_nomor`."""

    nama = models.CharField("nama", max_length=255)
    tempat_lahir = models.CharField("tempat lahir", max_length=100, blank=True)
    tanggal_lahir = models.DateField("tanggal lahir", null=True, blank=True)
    tanggal_meninggal = models.DateField("tanggal meninggal", null=True, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.nama


class RiwayatPasangan(Anggota):
    """A marriage, from `tanggal_nikah` to a divorce or a death."""

    nik = models.CharField("NIK", max_length=16, blank=True)
    pekerjaan = models.CharField("pekerjaan", max_length=100, blank=True)
    is_asn = models.BooleanField("juga ASN", default=False)
    karis_karsu = models.CharField("nomor Karis/Karsu", max_length=50, blank=True)
    tanggal_nikah = models.DateField("tanggal nikah")
    tanggal_cerai = models.DateField("tanggal cerai", null=True, blank=True)
    akta_cerai = models.CharField("nomor akta cerai", max_length=100, blank=True)

    class Meta:
        verbose_name = "pasangan"
        verbose_name_plural = "pasangan"
        ordering = ["-tanggal_nikah", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(tanggal_cerai__isnull=True)
                | models.Q(tanggal_cerai__gte=models.F("tanggal_nikah")),
                name="pasangan_cerai_setelah_nikah",
            )
        ]


class RiwayatAnak(Anggota):
    """A child; `pasangan` is the other parent where recorded."""

    jenis = models.CharField("jenis anak", max_length=16, choices=JenisAnak.choices())
    jenis_kelamin = models.CharField(
        "jenis kelamin", max_length=1, choices=JenisKelamin.choices()
    )
    pasangan = models.ForeignKey(
        RiwayatPasangan,
        verbose_name="dari pasangan",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="anak_set",
    )
    pekerjaan = models.CharField("pekerjaan atau sekolah", max_length=100, blank=True)
    is_ditunjang = models.BooleanField("mendapat tunjangan anak", default=False)

    class Meta:
        verbose_name = "anak"
        verbose_name_plural = "anak"
        ordering = ["tanggal_lahir", "id"]


class RiwayatOrangTua(Anggota):
    hubungan = models.CharField(
        "hubungan", max_length=8, choices=HubunganOrangTua.choices()
    )
    pekerjaan = models.CharField("pekerjaan", max_length=100, blank=True)

    class Meta:
        verbose_name = "orang tua"
        verbose_name_plural = "orang tua"
        ordering = ["hubungan", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["pegawai", "hubungan"],
                condition=BERLAKU,
                name="orang_tua_satu_per_hubungan",
            )
        ]
