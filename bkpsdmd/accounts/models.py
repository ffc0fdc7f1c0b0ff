"""Who may log in. Who a person *is* stands in simpeg (`Pegawai.user` points here)."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import AnonymousUser, _user_has_perm
from django.db import models

from bkpsdmd.accounts.roles import Role, get_roles


class UserManager(BaseUserManager["User"]):
    def create_user(
        self, username: str, password: str | None = None, **fields: object
    ) -> "User":
        """Create an account; without a password it can only be activated by a code."""
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(username=username)


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

    objects = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["nama"]

    class Meta:
        verbose_name = "akun"
        verbose_name_plural = "akun"

    def __str__(self) -> str:
        return self.nama or self.username

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


__all__ = ["AnonymousUser", "User"]
