"""Who may log in. Who a person *is* stands in simpeg (`Pegawai.user` points here)."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import _user_has_perm  # type: ignore[attr-defined]
from django.db import models
from django.db.models import Q
from django.utils import timezone

from bkpsdmd.accounts.roles import Role, get_roles


class UserQuerySet(models.QuerySet["User"]):
    def terdaftar(self, at: dt.datetime) -> UserQuerySet:
        """Keep the people's accounts that existed at that instant."""
        return self.filter(is_layanan=False, created_at__lt=at).filter(
            Q(deactivated_at=None) | Q(deactivated_at__gte=at)
        )


class UserManager(BaseUserManager["User"]):
    def create_user(
        self, username: str, password: str | None = None, **fields: object
    ) -> User:
        """Create an account; without a password it can only be activated by a code."""
        user = self.model(username=User.normalize_username(username), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(username=User.normalize_username(username or ""))


class User(AbstractBaseUser):
    """A log-in: the NIP for an ASN, a chosen name for anybody else.

    Roles are grants by unit and date, not columns; `is_staff` is what the Django admin
    asks and follows from the role admin. There is no superuser on purpose.
    """

    username = models.CharField("NIP atau nama pengguna", max_length=64, unique=True)
    nama = models.CharField("nama", max_length=200)
    email = models.EmailField("surel", blank=True)
    is_active = models.BooleanField("aktif", default=True)
    is_layanan = models.BooleanField(
        "akun layanan",
        default=False,
        help_text="Akun sistem, uji, atau pemantauan: tidak dihitung dalam laporan.",
    )
    created_at = models.DateTimeField("dibuat", auto_now_add=True)
    deactivated_at = models.DateTimeField("dinonaktifkan", null=True, blank=True)

    # The try that this object is being logged in by (accounts/adapter.py).
    catatan_masuk: CatatanMasuk

    objects = UserManager.from_queryset(UserQuerySet)()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["nama"]

    class Meta:
        verbose_name = "akun"
        verbose_name_plural = "akun"

    def __str__(self) -> str:
        return self.nama or self.username

    @classmethod
    def normalize_username(cls, username: str) -> str:
        """Return the stored form: a NIP as bare digits, a name in lower case.

        A NIP is typed as it is printed, in groups: spaces, dots and dashes go.
        """
        text = unicodedata.normalize("NFKC", username).strip()
        compact = re.sub(r"[\s.\-]", "", text)
        return compact if compact.isdecimal() else text.lower()

    @property
    def roles(self) -> frozenset[Role]:
        return get_roles(self)

    @property
    def is_staff(self) -> bool:
        return Role.ADMIN in self.roles

    def has_perm(self, perm: str, obj: object = None) -> bool:
        return self.is_active and _user_has_perm(self, perm, obj)

    def has_perms(self, perm_list: list[str], obj: object = None) -> bool:
        return all(self.has_perm(perm, obj) for perm in perm_list)

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_staff

    def get_full_name(self) -> str:
        return self.nama

    def get_short_name(self) -> str:
        return self.nama.split(" ", 1)[0]


class CatatanMasuk(models.Model):
    """One try to log in, however it ended; the lock is read from these rows.

    `nama_hash` is a keyed hash of the name as typed, known here or not: people type
    passwords into that field. `user` is filled where the name is an account's.
    """

    class Alasan(models.TextChoices):
        BERHASIL = "berhasil", "Masuk"
        DIPERIKSA = "diperiksa", "Tidak selesai diperiksa"
        SANDI_SALAH = "sandi_salah", "Nama atau kata sandi salah"
        KODE_SALAH = "kode_salah", "Kode aktivasi salah"
        LANGKAH_KEDUA_SALAH = "langkah_kedua_salah", "Kode langkah kedua salah"
        KUNCI_SALAH = "kunci_salah", "Kunci sandi tidak cocok"
        TERVERIFIKASI = "terverifikasi", "Benar, tidak selesai masuk"
        DIPASTIKAN = "dipastikan", "Memastikan diri"
        TERKUNCI = "terkunci", "Ditolak karena terkunci"
        DIBUKA = "dibuka", "Kunci dibuka petugas"

    # A try that was never finished counts: the process may have been killed to hide it.
    DIHITUNG = (
        Alasan.DIPERIKSA,
        Alasan.SANDI_SALAH,
        Alasan.KODE_SALAH,
        Alasan.LANGKAH_KEDUA_SALAH,
        Alasan.KUNCI_SALAH,
    )
    # From here an account's count starts again.
    PEMUTUS = (Alasan.BERHASIL, Alasan.DIBUKA)

    user = models.ForeignKey(
        User,
        verbose_name="akun",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,  # catatanmasuk_user below serves it
    )
    nama_hash = models.CharField("sidik nama", max_length=64)
    at = models.DateTimeField("waktu", default=timezone.now)
    ip = models.GenericIPAddressField("alamat", null=True)
    berhasil = models.BooleanField("berhasil", default=False)
    alasan = models.CharField(
        "hasil", max_length=24, choices=Alasan, default=Alasan.DIPERIKSA
    )

    class Meta:
        verbose_name = "catatan masuk"
        verbose_name_plural = "catatan masuk"
        constraints = [
            models.CheckConstraint(
                condition=Q(berhasil=True, alasan="berhasil")
                | (Q(berhasil=False) & ~Q(alasan="berhasil")),
                name="catatanmasuk_berhasil_is_alasan",
            ),
            models.CheckConstraint(
                condition=Q(berhasil=False) | Q(user__isnull=False),
                name="catatanmasuk_berhasil_has_user",
            ),
        ]
        indexes = [
            models.Index(fields=["nama_hash", "-at"], name="catatanmasuk_nama"),
            models.Index(fields=["ip", "-at"], name="catatanmasuk_ip"),
            models.Index(fields=["user", "-at"], name="catatanmasuk_user"),
            # Read by the periodic report: who was active in a period.
            models.Index(
                fields=["at", "user"],
                name="catatanmasuk_masuk",
                condition=Q(berhasil=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user or 'Tidak dikenal'}: {self.get_alasan_display()}"

    @property
    def nada(self) -> str:
        """The tone in which a page shows how the try ended."""
        if self.berhasil:
            return "ok"
        return "netral" if self.alasan == self.Alasan.DIBUKA else "warn"


class KodeAksesQuerySet(models.QuerySet["KodeAkses"]):
    def berlaku(self, at: dt.datetime) -> KodeAksesQuerySet:
        return self.belum_selesai().filter(expires_at__gt=at)

    def belum_selesai(self) -> KodeAksesQuerySet:
        """Keep codes neither used nor revoked; they may have expired."""
        return self.filter(used_at=None, revoked_at=None)


class KodeAkses(models.Model):
    """A one-time code on paper with which a person sets a password.

    Only its keyed hash is kept; an account has at most one that is still open.
    """

    class Tujuan(models.TextChoices):
        AKTIVASI = "aktivasi", "Aktivasi akun"
        RESET = "reset", "Atur ulang kata sandi"

    user = models.ForeignKey(
        User, verbose_name="akun", on_delete=models.PROTECT, related_name="kode_akses"
    )
    tujuan = models.CharField("tujuan", max_length=10, choices=Tujuan)
    kode_hash = models.CharField("sidik kode", max_length=64)
    created_at = models.DateTimeField("dibuat", default=timezone.now)
    created_by = models.ForeignKey(
        User,
        verbose_name="dibuat oleh",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Kosong: dibuat sistem.",
    )
    expires_at = models.DateTimeField("berlaku sampai")
    used_at = models.DateTimeField("dipakai", null=True)
    revoked_at = models.DateTimeField("dicabut", null=True)

    objects = KodeAksesQuerySet.as_manager()

    class Meta:
        verbose_name = "kode akses"
        verbose_name_plural = "kode akses"
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(used_at=None, revoked_at=None),
                name="kodeakses_one_open_per_user",
            ),
            models.CheckConstraint(
                condition=Q(used_at=None) | Q(revoked_at=None),
                name="kodeakses_used_or_revoked",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_tujuan_display()} untuk {self.user}"

    @property
    def keadaan(self) -> str:
        if self.used_at:
            return "dipakai"
        if self.revoked_at:
            return "dicabut"
        return "berlaku" if self.expires_at > timezone.now() else "lewat waktu"


class PemulihanMfaQuerySet(models.QuerySet["PemulihanMfa"]):
    def menunggu(self, at: dt.datetime) -> PemulihanMfaQuerySet:
        """Keep requests that a second officer may still decide."""
        return self.filter(keadaan=PemulihanMfa.Keadaan.DIMINTA, berlaku_sampai__gt=at)


class PemulihanMfa(models.Model):
    """A lost second step, taken away by two officers who both made sure who asks.

    Never the person themselves, never one officer twice. The person is told at the next
    log-in until `dibaca_at` is set.
    """

    class Cara(models.TextChoices):
        TATAP_MUKA = "tatap_muka", "Tatap muka, dicocokkan dengan KTP atau kartu ASN"
        PANGGILAN_VIDEO = "panggilan_video", "Panggilan video, wajahnya saya kenal"
        SURAT = "surat", "Surat pengantar kepala unit kerja"

    class Keadaan(models.TextChoices):
        DIMINTA = "diminta", "Menunggu petugas kedua"
        DISETUJUI = "disetujui", "Disetujui"
        DITOLAK = "ditolak", "Ditolak"
        LEWAT = "lewat", "Lewat waktu"

    user = models.ForeignKey(
        User, verbose_name="akun", on_delete=models.PROTECT, related_name="+"
    )
    cara = models.CharField("cara memastikan orangnya", max_length=16, choices=Cara)
    alasan = models.CharField("alasan", max_length=200)
    keadaan = models.CharField(
        "keadaan", max_length=10, choices=Keadaan, default=Keadaan.DIMINTA
    )
    diminta_oleh = models.ForeignKey(
        User, verbose_name="diminta oleh", on_delete=models.PROTECT, related_name="+"
    )
    diminta_at = models.DateTimeField("diminta")
    berlaku_sampai = models.DateTimeField("berlaku sampai")
    diputuskan_oleh = models.ForeignKey(
        User,
        verbose_name="diputuskan oleh",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    diputuskan_at = models.DateTimeField("diputuskan", null=True)
    catatan = models.CharField("catatan petugas kedua", max_length=200, blank=True)
    dibaca_at = models.DateTimeField("dibaca pemilik akun", null=True)

    objects = PemulihanMfaQuerySet.as_manager()

    class Meta:
        verbose_name = "pemulihan verifikasi dua langkah"
        verbose_name_plural = "pemulihan verifikasi dua langkah"
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(keadaan="diminta"),
                name="pemulihanmfa_one_open_per_user",
            ),
            models.CheckConstraint(
                condition=Q(
                    keadaan__in=["disetujui", "ditolak"], diputuskan_oleh__isnull=False
                )
                | Q(keadaan__in=["diminta", "lewat"], diputuskan_oleh=None),
                name="pemulihanmfa_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(diminta_oleh=models.F("user"))
                & (
                    Q(diputuskan_oleh=None)
                    | (
                        ~Q(diputuskan_oleh=models.F("user"))
                        & ~Q(diputuskan_oleh=models.F("diminta_oleh"))
                    )
                ),
                name="pemulihanmfa_two_officers",
            ),
        ]
        indexes = [
            models.Index(
                fields=["keadaan", "-diminta_at"], name="pemulihanmfa_keadaan"
            ),
        ]

    def __str__(self) -> str:
        return f"pemulihan akun {self.user}"

    @property
    def is_menunggu(self) -> bool:
        return (
            self.keadaan == self.Keadaan.DIMINTA
            and self.berlaku_sampai > timezone.now()
        )

    @property
    def keadaan_label(self) -> str:
        if self.keadaan == self.Keadaan.DIMINTA and not self.is_menunggu:
            return self.Keadaan.LEWAT.label
        return self.get_keadaan_display()

    @property
    def nada(self) -> str:
        if self.is_menunggu:
            return "warn"
        return {"disetujui": "ok", "ditolak": "bad"}.get(self.keadaan, "netral")
