"""Forms for logging in, second steps, passwords and activation; allauth's, in our words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

from allauth.account import forms as account_forms
from allauth.account.adapter import get_adapter
from allauth.core import context
from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.webauthn import forms as webauthn_forms
from django import forms
from django.core.cache import cache
from django.core.exceptions import ValidationError

from bkpsdmd.accounts import codes
from bkpsdmd.accounts.adapter import (
    begin_form_attempt,
    begin_login,
    claim_form_attempt,
)
from bkpsdmd.accounts.attempts import Alasan, close_attempt
from bkpsdmd.accounts.models import PemulihanMfa, User

SANDI_BARU_HELP = (
    "Paling sedikit 10 huruf dan angka, bukan NIP, nama, atau tanggal lahir. "
    "Beberapa kata yang hanya Anda ingat sudah baik."
)


class LoginForm(account_forms.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self.fields["login"], "NIP atau nama pengguna")
        self.fields["login"].widget.attrs |= {
            "autofocus": True,
            "autocapitalize": "none",
            "spellcheck": "false",
        }
        _word(self.fields["password"], "Kata sandi")


class ReauthenticateForm(account_forms.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self.fields["password"], "Kata sandi")


class ChangePasswordForm(account_forms.ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self.fields["oldpassword"], "Kata sandi sekarang")
        _word(self.fields["password1"], "Kata sandi baru", SANDI_BARU_HELP)
        _word(self.fields["password2"], "Kata sandi baru sekali lagi")

    def clean_oldpassword(self) -> str:
        # Counted like any other try: a session left open must not become a password.
        password: str = self.cleaned_data["oldpassword"]
        if not get_adapter().reauthenticate(self.user, password):
            raise get_adapter().validation_error("enter_current_password")
        return password


@contextmanager
def _counted(user: User, *, accepted: Alasan, refused: Alasan) -> Iterator[None]:
    """Write down what is checked in this block: a proof by somebody already named."""
    attempt = begin_form_attempt(context.request, user.username)
    try:
        yield
    except ValidationError:
        close_attempt(attempt, refused, user=user)
        raise
    close_attempt(attempt, accepted, user=user)
    user.catatan_masuk = attempt


class _CountedCodeMixin:
    """A code of the second step: counted with the passwords, good only once."""

    # An accepted code stays readable in the app for a while, see MFA_TOTP_TOLERANCE.
    REPLAY_SECONDS = 120
    ACCEPTED: ClassVar[Alasan]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(
            self.fields["code"],  # type: ignore[attr-defined]
            "Kode",
            "Enam angka dari aplikasi, atau salah satu kode cadangan.",
        )
        self.fields["code"].widget.attrs |= {"autofocus": True}  # type: ignore[attr-defined]

    def clean_code(self) -> str:
        user = self.user  # type: ignore[attr-defined]
        refused = Alasan.LANGKAH_KEDUA_SALAH
        with _counted(user, accepted=self.ACCEPTED, refused=refused):
            code: str = super().clean_code()  # type: ignore[misc]
            used = f"accounts.kode-dipakai:{user.pk}:{codes.normalize_kode(code)}"
            if not cache.add(used, True, timeout=self.REPLAY_SECONDS):
                raise get_mfa_adapter().validation_error("incorrect_code")
        return code


class MfaAuthenticateForm(_CountedCodeMixin, mfa_forms.AuthenticateForm):
    """The second step of logging in."""

    ACCEPTED = Alasan.TERVERIFIKASI


class MfaReauthenticateForm(_CountedCodeMixin, mfa_forms.ReauthenticateForm):
    """The second step, asked once more before something sensitive."""

    ACCEPTED = Alasan.DIPASTIKAN


class ActivateTotpForm(totp_forms.ActivateTOTPForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self.fields["code"], "Kode enam angka dari aplikasi")
        self.fields["code"].widget.attrs |= {"inputmode": "numeric"}


# What a browser sends is read by a library that says so in many ways when it is garbage.
_GARBAGE = (TypeError, ValueError, KeyError, AttributeError, IndexError)


class KunciSandiTambahForm(webauthn_forms._BaseAddWebAuthnForm):
    """A new passkey: the name its owner gives it, and what the browser made."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(
            self.fields["name"],
            "Nama kunci sandi",
            "Agar kelak Anda tahu yang mana, misalnya Ponsel saya.",
        )
        self.fields["name"].max_length = 60
        self.fields["name"].widget.attrs |= {"maxlength": 60}

    def clean_name(self) -> str:
        name: str = super().clean_name()
        return name[:60]

    def clean(self) -> dict[str, Any]:
        try:
            return super().clean()
        except (*_GARBAGE, ValidationError):
            raise ValidationError(
                "Kunci sandi belum terbuat. Tekan tombolnya sekali lagi."
            ) from None


class _KunciSandiMixin:
    """A signature of a passkey: written down and locked like a code."""

    ACCEPTED: ClassVar[Alasan]

    def clean_credential(self) -> Authenticator:
        user = self.user  # type: ignore[attr-defined]
        with _counted(user, accepted=self.ACCEPTED, refused=Alasan.KUNCI_SALAH):
            found = _read_signature(super().clean_credential)  # type: ignore[misc]
            if found is None:
                raise get_mfa_adapter().validation_error("kunci_sandi")
        return found


class KunciSandiLangkahKeduaForm(
    _KunciSandiMixin, webauthn_forms.AuthenticateWebAuthnForm
):
    """A passkey as the second step of logging in."""

    ACCEPTED = Alasan.TERVERIFIKASI


class KunciSandiPastikanForm(
    _KunciSandiMixin, webauthn_forms.ReauthenticateWebAuthnForm
):
    """A passkey, asked once more before something sensitive."""

    ACCEPTED = Alasan.DIPASTIKAN


class KunciSandiMasukForm(webauthn_forms.LoginWebAuthnForm):
    """A passkey instead of name, password and second step.

    It names nobody until the signature was checked: garbage counts against the address
    it came from and never locks an account.
    """

    def clean_credential(self) -> Authenticator:
        request, sent = context.request, self.cleaned_data["credential"]
        key = str(sent.get("id", ""))[:200] if isinstance(sent, dict) else ""
        attempt = begin_form_attempt(request, f"kunci-sandi:{key}")
        found = _read_signature(super().clean_credential)
        if found is None or not found.user.is_active:
            close_attempt(attempt, Alasan.KUNCI_SALAH, user=None)
            raise get_mfa_adapter().validation_error("kunci_sandi")
        claim_form_attempt(attempt, found.user)
        close_attempt(attempt, Alasan.TERVERIFIKASI, user=found.user)
        begin_login(request, found.user, attempt)
        return found


def _read_signature(read: Callable[[], Authenticator]) -> Authenticator | None:
    try:
        return read()
    except (*_GARBAGE, ValidationError):
        return None


class AktivasiForm(forms.Form):
    """NIP, the code on paper, and a password of one's own."""

    username = forms.CharField(
        label="NIP atau nama pengguna",
        max_length=64,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "username",
                "autocapitalize": "none",
                "spellcheck": "false",
            }
        ),
    )
    kode = forms.CharField(
        label="Kode",
        max_length=32,
        help_text="Sepuluh huruf dan angka di kertas, misalnya K7QM-3F9T-XW.",
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
            }
        ),
    )
    password1 = forms.CharField(
        label="Kata sandi baru",
        strip=False,
        max_length=128,
        help_text=SANDI_BARU_HELP,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label="Kata sandi baru sekali lagi",
        strip=False,
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("password1") != data.get("password2"):
            self.add_error("password2", "Kedua kata sandi tidak sama.")
        return data


def _word(field: forms.Field, label: str, help_text: str = "") -> None:
    """Give a field of allauth our words; labels stand above, not inside it."""
    field.label = label
    field.help_text = help_text
    field.widget.attrs.pop("placeholder", None)


class PemulihanForm(forms.Form):
    """Why a second step is to be taken away, and how the officer knows who asks."""

    cara = forms.ChoiceField(
        label="Bagaimana Anda memastikan orangnya?",
        choices=PemulihanMfa.Cara,
        widget=forms.RadioSelect,
    )
    alasan = forms.CharField(
        label="Alasan",
        max_length=200,
        help_text="Misalnya: ponsel hilang saat banjir, kode cadangan ikut basah.",
    )


class PemulihanNamaForm(PemulihanForm):
    """The same for any account, by its name."""

    username = forms.CharField(
        label="NIP atau nama pengguna", max_length=64, help_text="Akun yang dipulihkan."
    )
    field_order = ("username", "cara", "alasan")

    def clean_username(self) -> str:
        username = User.normalize_username(self.cleaned_data["username"])
        if not User.objects.filter(username=username).exists():
            raise ValidationError("Tidak ada akun dengan nama itu.")
        return username


class PutusanPemulihanForm(forms.Form):
    """What the second officer decides."""

    SETUJU, TOLAK = "setuju", "tolak"

    putusan = forms.ChoiceField(
        label="Putusan",
        choices=[
            (SETUJU, "Setujui: saya sendiri sudah memastikan orangnya"),
            (TOLAK, "Tolak"),
        ],
        widget=forms.RadioSelect,
    )
    catatan = forms.CharField(
        label="Catatan",
        max_length=200,
        required=False,
        help_text="Wajib bila ditolak.",
    )
