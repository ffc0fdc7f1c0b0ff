"""Papers on their way out: drafted, numbered, signed; and who signs them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from bkpsdmd.documents.models.nomor import NomorDokumen
from bkpsdmd.documents.models.terbit import AkhirDokumen, DokumenTerbit
from bkpsdmd.documents.storage import RandomPath


class StatusNaskah(models.TextChoices):
    DRAF = "draf", "Draf"
    BERNOMOR = "bernomor", "Bernomor"
    DITANDATANGANI = "ditandatangani", "Ditandatangani"
    BATAL = "batal", "Batal"


class CaraTtd(models.TextChoices):
    LOKAL = "lokal", "Elektronik, sertifikat portal"
    BSRE = "bsre", "Elektronik, sertifikat BSrE"
    BASAH = "basah", "Tanda tangan basah"

    @property
    def is_elektronik(self) -> bool:
        return self is not CaraTtd.BASAH


class PaketNaskah(models.Model):
    """Papers that were drafted together and go through numbering and signing together."""

    judul = models.CharField("judul", max_length=200)
    jenis = models.SlugField("jenis", max_length=40)
    created_at = models.DateTimeField("dibuat", auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="dibuat oleh",
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = "paket naskah"
        verbose_name_plural = "paket naskah"
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.judul

    def get_absolute_url(self) -> str:
        return reverse("documents:paket-detail", args=[self.pk])


class NaskahQuerySet(models.QuerySet["Naskah"]):
    def waiting_for(self, user: Any) -> NaskahQuerySet:
        """Return what waits for this user's signature now: numbered, and their turn."""
        earlier = PenandatanganNaskah.objects.filter(
            naskah=models.OuterRef("naskah"),
            urutan__lt=models.OuterRef("urutan"),
            signed_at__isnull=True,
        )
        turn = PenandatanganNaskah.objects.filter(
            user=user, signed_at__isnull=True
        ).exclude(models.Exists(earlier))
        return (
            self.filter(status=StatusNaskah.BERNOMOR)
            .exclude(cara=CaraTtd.BASAH)
            .filter(pk__in=turn.values("naskah"))
        )


class Naskah(models.Model):
    """A paper from draft to signature.

    `data` is what its template sets, in words, as they were when it was drafted. The
    numbered file is made once; what the signatures make of it becomes the issued paper
    (`dokumen`), which never changes.
    """

    jenis = models.SlugField("jenis", max_length=40)
    judul = models.CharField("judul", max_length=300)
    # Told to everybody with the code: never the name of a person.
    perihal_umum = models.CharField("perihal bagi umum", max_length=300)
    status = models.CharField(
        "status",
        max_length=14,
        choices=StatusNaskah.choices,
        default=StatusNaskah.DRAF,
    )
    data = models.JSONField("data")
    templat = models.SlugField("templat", max_length=40)
    versi_templat = models.PositiveSmallIntegerField("versi templat")
    paket = models.ForeignKey(
        PaketNaskah,
        verbose_name="paket",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="naskah_set",
    )
    menggantikan = models.ForeignKey(
        DokumenTerbit,
        verbose_name="menggantikan",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    alasan_ganti = models.CharField("alasan penggantian", max_length=500, blank=True)
    # From numbering on.
    cara = models.CharField(
        "cara tanda tangan", max_length=6, choices=CaraTtd.choices, blank=True
    )
    nomor = models.OneToOneField(
        NomorDokumen,
        verbose_name="nomor",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="naskah",
    )
    numbered_at = models.DateTimeField("dinomori", null=True, blank=True)
    kode_periksa = models.CharField("kode periksa", max_length=19, blank=True)
    berkas = models.FileField(
        "berkas bernomor",
        upload_to=RandomPath("naskah", ".pdf"),
        max_length=200,
        blank=True,
    )
    sha256 = models.CharField("sidik berkas bernomor", max_length=64, blank=True)
    dokumen = models.OneToOneField(
        DokumenTerbit,
        verbose_name="dokumen terbit",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="naskah",
    )
    alasan_batal = models.CharField("alasan batal", max_length=300, blank=True)
    created_at = models.DateTimeField("dibuat", auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="dibuat oleh",
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = NaskahQuerySet.as_manager()

    class Meta:
        verbose_name = "naskah dinas"
        verbose_name_plural = "naskah dinas"
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["jenis", "-id"], name="naskah_jenis"),
            models.Index(fields=["status", "-id"], name="naskah_status"),
            models.Index(fields=["sha256"], name="naskah_sha256"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["kode_periksa"],
                condition=~Q(kode_periksa=""),
                name="naskah_kode_periksa",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draf", "batal"])
                | Q(nomor__isnull=False, numbered_at__isnull=False) & ~Q(cara=""),
                name="naskah_bernomor_lengkap",
            ),
            models.CheckConstraint(
                condition=Q(status="ditandatangani", dokumen__isnull=False)
                | ~Q(status="ditandatangani") & Q(dokumen__isnull=True),
                name="naskah_ditandatangani_terbit",
            ),
        ]

    def __str__(self) -> str:
        return self.judul

    def get_absolute_url(self) -> str:
        return reverse("documents:naskah-detail", args=[self.pk])

    @property
    def keadaan(self) -> tuple[str, str]:
        """Return (tone, words) of where the paper stands, its end included."""
        akhir = self.dokumen.akhir_atau_none if self.dokumen else None
        if akhir:
            return "bad", AkhirDokumen.Jenis(akhir.jenis).label
        tone = {
            StatusNaskah.DRAF: "netral",
            StatusNaskah.BERNOMOR: "warn",
            StatusNaskah.DITANDATANGANI: "ok",
            StatusNaskah.BATAL: "netral",
        }[StatusNaskah(self.status)]
        label = self.get_status_display()
        if self.status == StatusNaskah.BERNOMOR:
            label = "Bernomor, belum ditandatangani"
        return tone, label


class PenandatanganNaskah(models.Model):
    """One of the officials who sign a paper, in their order, as the paper prints them."""

    naskah = models.ForeignKey(
        Naskah,
        verbose_name="naskah",
        on_delete=models.CASCADE,
        related_name="penandatangan_set",
    )
    urutan = models.PositiveSmallIntegerField("urutan")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="akun",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    atas_nama = models.CharField("atas nama", max_length=255, blank=True)
    jabatan = models.CharField("jabatan", max_length=255)
    nama = models.CharField("nama", max_length=200)
    pangkat = models.CharField("pangkat", max_length=60, blank=True)
    nip = models.CharField("NIP", max_length=18, blank=True)
    signed_at = models.DateTimeField("ditandatangani", null=True, blank=True)
    # The file after this signature, where further ones follow.
    berkas = models.FileField(
        "berkas",
        upload_to=RandomPath("naskah", ".pdf"),
        max_length=200,
        blank=True,
    )
    sha256 = models.CharField("sidik berkas", max_length=64, blank=True)

    class Meta:
        verbose_name = "penanda tangan naskah"
        verbose_name_plural = "penanda tangan naskah"
        ordering = ["naskah", "urutan"]
        indexes = [
            models.Index(
                fields=["user", "naskah"],
                condition=Q(signed_at__isnull=True),
                name="penandatangan_menunggu",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["naskah", "urutan"], name="penandatangan_urutan"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.jabatan}: {self.nama}"


class PercobaanTtd(models.Model):
    """An attempt to sign: at most one runs at a time, and what became of it is kept."""

    class Hasil(models.TextChoices):
        BERJALAN = "berjalan", "Berjalan"
        BERHASIL = "berhasil", "Berhasil"
        DITOLAK = "ditolak", "Ditolak"
        TERPUTUS = "terputus", "Tanpa jawaban"

    penandatangan = models.ForeignKey(
        PenandatanganNaskah,
        verbose_name="penanda tangan",
        on_delete=models.CASCADE,
        related_name="percobaan_set",
    )
    hasil = models.CharField(
        "hasil", max_length=9, choices=Hasil.choices, default=Hasil.BERJALAN
    )
    keterangan = models.CharField("keterangan", max_length=300, blank=True)
    started_at = models.DateTimeField("mulai")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="oleh",
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = "percobaan tanda tangan"
        verbose_name_plural = "percobaan tanda tangan"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["penandatangan"],
                condition=Q(hasil="berjalan"),
                name="percobaan_satu_berjalan",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.penandatangan}, {self.get_hasil_display()}"


class SertifikatTte(models.Model):
    """A certificate the portal has signed with; public, and kept for good."""

    sidik = models.CharField("sidik (SHA-256)", max_length=64, unique=True)
    subjek = models.CharField("subjek", max_length=300)
    mulai = models.DateTimeField("berlaku mulai")
    selesai = models.DateTimeField("berlaku sampai")
    pem = models.TextField("sertifikat (PEM)")
    created_at = models.DateTimeField("dicatat", auto_now_add=True)

    class Meta:
        verbose_name = "sertifikat tanda tangan"
        verbose_name_plural = "sertifikat tanda tangan"
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.subjek
