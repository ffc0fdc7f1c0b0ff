"""Logging in and out, activation, and the pages of one's own account."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast
from urllib.parse import urlencode

from allauth.account import views as account_views
from allauth.account.utils import perform_login
from allauth.mfa.base import views as mfa_views
from allauth.mfa.recovery_codes import views as recovery_views
from allauth.mfa.totp import views as totp_views
from allauth.mfa.webauthn import views as webauthn_views
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView, TemplateView, View

from bkpsdmd.accounts.adapter import begin_login
from bkpsdmd.accounts.events import Kejadian
from bkpsdmd.accounts.forms import (
    AktivasiForm,
    PemulihanNamaForm,
    PutusanPemulihanForm,
)
from bkpsdmd.accounts.kunci_sandi import (
    has_second_step,
    list_kunci_sandi,
    why_unavailable,
)
from bkpsdmd.accounts.middleware import RequireSecondStepMiddleware, Sebab
from bkpsdmd.accounts.models import PemulihanMfa, User
from bkpsdmd.accounts.permissions import Permission
from bkpsdmd.accounts.recovery import (
    acknowledge_recovery,
    approve_recovery,
    can_decide,
    list_unread,
    refuse_recovery,
    request_recovery,
)
from bkpsdmd.accounts.roles import describe_roles
from bkpsdmd.accounts.selectors import list_recent_tries, list_security_changes
from bkpsdmd.accounts.services import activate
from bkpsdmd.accounts.sessions import end_other_sesi, end_sesi, list_sesi
from bkpsdmd.audit import services as audit
from bkpsdmd.audit.presenters import list_changes
from bkpsdmd.exceptions import DomainError
from bkpsdmd.ui.views import (
    ActionView,
    Crumb,
    FormPageMixin,
    ListPageMixin,
    PageMixin,
)

AKUN_SAYA = ("Akun saya", reverse_lazy("akun-saya"))
DUA_LANGKAH = ("Verifikasi dua langkah", reverse_lazy("mfa_index"))
PEMULIHAN = ("Pemulihan Akun", reverse_lazy("pemulihan-list"))


# -- In and out ---------------------------------------------------------------------


class LoginView(account_views.LoginView):
    """Name and password; says why somebody who was logged in must do so again."""

    extra_context = {"title": "Masuk"}
    PESAN = {
        Sebab.DIAM: "Anda keluar otomatis karena lama tidak ada kegiatan.",
        Sebab.USIA: "Sesi Anda sudah terlalu lama terbuka.",
        Sebab.BERAKHIR: "Sesi Anda sudah berakhir.",
    }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            pesan_sesi=self.PESAN.get(self.request.GET.get("sebab", ""), ""),
            isian_disimpan="isian" in self.request.GET,
            can_kunci_sandi=not why_unavailable(self.request),
            **kwargs,
        )


@method_decorator(login_not_required, name="dispatch")
class LangkahKeduaView(mfa_views.AuthenticateView):
    """The second step: a code, or a passkey where the browser can use one."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        options = context.get("js_data", {}).get("request_options", {})
        has_keys = bool(options.get("publicKey", {}).get("allowCredentials"))
        return {
            **context,
            # A code of the app, or one of those on paper, always does.
            "form": context["form"]
            or self.get_form_class()(user=self.stage.login.user),
            "has_kunci_sandi": has_keys,
            "kunci_sandi_mati": why_unavailable(self.request),
        }


@method_decorator(login_not_required, name="dispatch")
@method_decorator(never_cache, name="dispatch")
class KunciSandiMasukView(webauthn_views.LoginWebAuthnView):
    """Log in with a passkey alone: it is name, password and second step in one."""

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        if why_unavailable(request):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def form_invalid(self, form: Form) -> HttpResponse:
        for errors in form.errors.values():
            for error in errors:
                messages.warning(self.request, error)
        next_page = self.request.POST.get("next", "")
        query = f"?{urlencode({'next': next_page})}" if next_page else ""
        return redirect(reverse("account_login") + query)


@method_decorator(login_not_required, name="dispatch")
class LogoutView(account_views.LogoutView):
    """Open to all: it also abandons a log-in that waits for its second step."""

    extra_context = {"title": "Keluar"}


@method_decorator(login_not_required, name="dispatch")
@method_decorator(never_cache, name="dispatch")
@method_decorator(
    sensitive_post_parameters("kode", "password1", "password2"), name="dispatch"
)
class AktivasiView(FormView):
    """Set a password with the code that an officer printed, then log in with it."""

    template_name = "account/aktivasi.html"
    form_class = AktivasiForm
    extra_context = {"title": "Aktivasi akun"}

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        if request.user.is_authenticated:
            messages.info(
                request, "Anda sudah masuk. Keluarlah dahulu untuk memakai sebuah kode."
            )
            return redirect("akun-saya")
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: AktivasiForm) -> HttpResponse:
        data = form.cleaned_data
        try:
            user = activate(
                username=data["username"],
                kode=data["kode"],
                password=data["password1"],
                ip=self.request.META.get("REMOTE_ADDR"),
            )
        except DomainError as error:
            form.add_error(error.kolom, error.pesan)
            return self.form_invalid(form)
        begin_login(self.request, user, user.catatan_masuk)
        messages.success(self.request, "Kata sandi Anda sudah tersimpan.")
        return perform_login(self.request, user)


@method_decorator(login_not_required, name="dispatch")
class MasihDiSiniView(View):
    """Keeps a session alive (any request does); 401 tells the script that it ended."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        return HttpResponse(status=204 if request.user.is_authenticated else 401)


# -- My own account -----------------------------------------------------------------


class AkunSayaPageMixin(PageMixin):
    """A page below that of one's own account."""

    permission = Permission.AKUN_SAYA
    breadcrumbs: Sequence[Crumb] = (AKUN_SAYA,)
    active_menu = "akun-saya"


class DuaLangkahPageMixin(AkunSayaPageMixin):
    """A page below that of the second step."""

    breadcrumbs = (AKUN_SAYA, DUA_LANGKAH)


class AkunSayaView(PageMixin, TemplateView):
    permission = Permission.AKUN_SAYA
    template_name = "account/saya.html"
    title = "Akun saya"
    panduan = (
        "Lihat perangkat yang sedang masuk dan daftar masuk terakhir. Bila ada yang bukan "
        "Anda, keluarkan perangkat itu dan segera ganti kata sandi.",
        "Tekan “Ganti kata sandi” untuk memilih kata sandi baru; perangkat lain yang "
        "masih terbuka akan keluar sendiri.",
        "Pasang verifikasi dua langkah agar kata sandi yang bocor saja tidak cukup "
        "untuk masuk: aplikasi autentikator, atau kunci sandi di ponsel dan laptop.",
        "Perubahan keamanan di bagian bawah memuat setiap kunci sandi yang ditambah atau "
        "dihapus. Ada yang bukan dari Anda? Hapus kuncinya dan ganti kata sandi.",
    )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        return super().get_context_data(
            peran=describe_roles(user),
            is_dua_langkah=has_second_step(user),
            catatan=list_recent_tries(user),
            perangkat=list_sesi(user, key=self.request.session.session_key),
            pemulihan=list_unread(user),
            perubahan=[
                (event, list_changes(event)) for event in list_security_changes(user)
            ],
            **kwargs,
        )


class PasswordChangeView(AkunSayaPageMixin, account_views.PasswordChangeView):
    title = "Ganti kata sandi"
    extra_context = {
        "submit_label": "Ganti kata sandi",
        "cancel_url": reverse_lazy("akun-saya"),
    }


class ReauthenticateView(AkunSayaPageMixin, account_views.ReauthenticateView):
    title = "Pastikan ini Anda"


# -- The second step ----------------------------------------------------------------


class MfaReauthenticateView(AkunSayaPageMixin, mfa_views.ReauthenticateView):
    title = "Pastikan ini Anda"


class MfaIndexView(AkunSayaPageMixin, mfa_views.IndexView):
    title = "Verifikasi dua langkah"
    panduan = (
        "Cukup salah satu: aplikasi autentikator memberi enam angka untuk diketik, kunci "
        "sandi memakai sidik jari, wajah, atau PIN perangkat Anda.",
        "Kunci sandi menggantikan kata sandi sekaligus langkah kedua. Tambahkan di setiap "
        "perangkat yang Anda pakai, beri nama agar mudah dikenali.",
        "Simpan kode cadangan di tempat terkunci; dengan itu Anda masuk ketika ponsel "
        "hilang.",
        "Perangkat dijual, hilang, atau dipakai orang lain? Hapus kuncinya di sini.",
    )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            kunci_sandi=list_kunci_sandi(self.request.user),
            kunci_sandi_mati=why_unavailable(self.request),
            **kwargs,
        )


class AuditedMixin:
    """What one changes about one's second step goes into the log with the change."""

    kejadian: Kejadian
    request: HttpRequest

    def form_valid(self, form: Form) -> HttpResponse:
        user = cast("User", self.request.user)
        with transaction.atomic():
            changes = self.get_changes(form)
            response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
            audit.record(self.kejadian, user, by=user, changes=changes)
            self.after_change(user)
        return response

    def get_changes(self, form: Form) -> audit.Changes:
        return {}

    def after_change(self, user: User) -> None:
        """Do what else belongs to the change."""


class TakesAwayMixin(AuditedMixin):
    """Who took the last second step away and must have one sets it up again at once."""

    def after_change(self, user: User) -> None:
        if not has_second_step(user):
            self.request.session.pop(RequireSecondStepMiddleware.PUNYA, None)
            end_other_sesi(user=user, key=self.request.session.session_key)


class ActivateTotpView(AuditedMixin, DuaLangkahPageMixin, totp_views.ActivateTOTPView):
    kejadian = Kejadian.DUA_LANGKAH_HIDUP
    title = "Pasang verifikasi dua langkah"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            can_kunci_sandi=not why_unavailable(self.request), **kwargs
        )


class DeactivateTotpView(
    TakesAwayMixin, DuaLangkahPageMixin, totp_views.DeactivateTOTPView
):
    kejadian = Kejadian.DUA_LANGKAH_MATI
    title = "Matikan aplikasi autentikator"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            has_kunci_sandi=bool(list_kunci_sandi(self.request.user)), **kwargs
        )


class RecoveryCodesView(DuaLangkahPageMixin, recovery_views.ViewRecoveryCodesView):
    title = "Kode cadangan"


class GenerateRecoveryCodesView(
    AuditedMixin, DuaLangkahPageMixin, recovery_views.GenerateRecoveryCodesView
):
    kejadian = Kejadian.KODE_CADANGAN
    title = "Buat kode cadangan baru"


class DownloadRecoveryCodesView(
    DuaLangkahPageMixin, recovery_views.DownloadRecoveryCodesView
):
    """The codes on paper as a text file."""


class KunciSandiPageMixin(DuaLangkahPageMixin):
    """A page that needs a browser and an address that can use passkeys."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if sebab := why_unavailable(request):
            messages.warning(request, sebab)
            return redirect("mfa_index")
        return super().dispatch(request, *args, **kwargs)

    @property
    def extra_context(self) -> dict[str, Any]:
        # allauth's views of passkeys hand nothing on: neither this nor a refused form.
        return {
            "title": self.get_title(),
            "breadcrumbs": self.get_breadcrumbs(),
            "panduan": self.get_panduan(),
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), **kwargs}


class KunciSandiAddView(
    AuditedMixin, KunciSandiPageMixin, webauthn_views.AddWebAuthnView
):
    kejadian = Kejadian.TAMBAH_KUNCI
    title = "Tambah kunci sandi"
    panduan = (
        "Beri nama yang kelak Anda kenali, lalu tekan Buat kunci sandi.",
        "Perangkat meminta sidik jari, wajah, PIN, atau kunci USB Anda; portal tidak "
        "pernah menerimanya.",
        "Sesudah itu tekan “Masuk dengan kunci sandi” di halaman masuk.",
    )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        # Kept on the device where it can be, so that it is good for logging in alone.
        choice = context["js_data"]["creation_options"]["publicKey"]
        choice["authenticatorSelection"] = {
            "residentKey": "preferred",
            "requireResidentKey": False,
            "userVerification": "preferred",
        }
        return context

    def get_changes(self, form: Form) -> audit.Changes:
        return {"kunci_sandi": (None, form.cleaned_data["name"])}


class KunciSandiRemoveView(
    TakesAwayMixin, KunciSandiPageMixin, webauthn_views.RemoveWebAuthnView
):
    kejadian = Kejadian.HAPUS_KUNCI
    title = "Hapus kunci sandi"
    success_url = reverse_lazy("mfa_index")

    def get_changes(self, form: Form) -> audit.Changes:
        return {"kunci_sandi": (str(self.object), None)}


class KunciSandiReauthenticateView(
    KunciSandiPageMixin, webauthn_views.ReauthenticateWebAuthnView
):
    title = "Pastikan ini Anda"
    breadcrumbs = (AKUN_SAYA,)

    def form_invalid(self, form: Form) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form))


# -- Devices that are logged in -----------------------------------------------------


class AkunSayaActionView(ActionView):
    """A button of the page of one's own account."""

    permission = Permission.AKUN_SAYA
    kwargs: dict[str, Any]

    def get_back_url(self) -> str:
        return reverse("akun-saya")

    @property
    def user(self) -> User:
        return cast("User", self.request.user)


class SesiEndView(AkunSayaActionView):
    """Send one device out."""

    def act(self) -> None:
        key = self.request.session.session_key
        end_sesi(user=self.user, pk=self.kwargs["pk"], key=key)
        messages.success(self.request, "Perangkat itu sudah dikeluarkan.")


class SesiEndOthersView(AkunSayaActionView):
    """Send all devices out but this one."""

    def act(self) -> None:
        key = self.request.session.session_key
        count = end_other_sesi(user=self.user, key=key)
        pesan = (
            f"{count} perangkat lain sudah dikeluarkan."
            if count
            else "Tidak ada perangkat lain yang masuk."
        )
        messages.success(self.request, pesan)


# -- A lost second step -------------------------------------------------------------


class PemulihanListView(ListPageMixin, TemplateView):
    permission = Permission.PEMULIHAN_VIEW
    template_name = "account/pemulihan_list.html"
    fragment_template = "account/_pemulihan_table.html"
    title = "Pemulihan Akun"
    satuan = "permintaan"
    sorts = {"waktu": ("-diminta_at",)}
    panduan = (
        "Bila seseorang kehilangan ponsel dan kode cadangannya, satu petugas meminta "
        "pemulihan dan petugas lain menyetujuinya.",
        "Keduanya memastikan sendiri bahwa yang meminta memang pemilik akun. Yang "
        "meminta tidak dapat menyetujui.",
        "Sesudah disetujui semua perangkatnya keluar; ia masuk dengan kata sandi dan "
        "memasang verifikasi dua langkah lagi.",
        "Pengelola OPD meminta pemulihan lewat halaman Akun Pegawai.",
    )

    def get_queryset(self) -> QuerySet[PemulihanMfa]:
        return PemulihanMfa.objects.select_related(
            "user", "diminta_oleh", "diputuskan_oleh"
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            can_request=self.request.user.has_perm(Permission.PEMULIHAN_REQUEST),
            **kwargs,
        )


class PemulihanCreateView(FormPageMixin, FormView):
    permission = Permission.PEMULIHAN_REQUEST
    form_class = PemulihanNamaForm
    title = "Minta pemulihan akun"
    breadcrumbs = (PEMULIHAN,)
    active_menu = "pemulihan-list"
    submit_label = "Minta pemulihan"
    cancel_url = reverse_lazy("pemulihan-list")
    success_url = reverse_lazy("pemulihan-list")
    success_message = "Permintaan tersimpan; petugas kedua melihatnya di Beranda."
    keep_draft = False
    panduan = (
        "Pastikan sendiri bahwa yang meminta memang pemilik akun.",
        "Ketik NIP atau nama penggunanya, pilih cara Anda memastikan, tulis alasannya.",
        "Petugas lain memutuskan dalam waktu yang tertulis di permintaannya.",
    )

    def perform(self, form: Form) -> PemulihanMfa:
        data = form.cleaned_data
        return request_recovery(
            user=User.objects.get(username=data["username"]),
            cara=data["cara"],
            alasan=data["alasan"],
            by=self.request.user,
            now=timezone.now(),
        )


class PemulihanDetailView(FormPageMixin, FormView):
    """One request; who may be the second officer decides on it here."""

    permission = Permission.PEMULIHAN_VIEW
    template_name = "account/pemulihan_detail.html"
    form_class = PutusanPemulihanForm
    title = "Pemulihan akun"
    breadcrumbs = (PEMULIHAN,)
    active_menu = "pemulihan-list"
    submit_label = "Simpan putusan"
    success_url = reverse_lazy("pemulihan-list")
    success_message = "Putusan tersimpan."
    keep_draft = False
    panduan = (
        "Baca siapa yang meminta, caranya memastikan orangnya, dan alasannya.",
        "Hubungi atau temui sendiri pemilik akun sebelum menyetujui.",
        "Setelah disetujui verifikasi dua langkahnya terhapus dan semua perangkatnya "
        "keluar; putusan tidak dapat ditarik.",
    )

    @cached_property
    def pemulihan(self) -> PemulihanMfa:
        return get_object_or_404(
            PemulihanMfa.objects.select_related(
                "user", "diminta_oleh", "diputuskan_oleh"
            ),
            pk=self.kwargs["pk"],
        )

    @property
    def can_decide(self) -> bool:
        return (
            self.pemulihan.is_menunggu
            and self.request.user.has_perm(Permission.PEMULIHAN_DECIDE)
            and can_decide(self.pemulihan, by=self.request.user)
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm(Permission.PEMULIHAN_DECIDE):
            raise PermissionDenied
        return super().post(request, *args, **kwargs)

    def perform(self, form: Form) -> None:
        data = form.cleaned_data
        decide = (
            approve_recovery
            if data["putusan"] == PutusanPemulihanForm.SETUJU
            else refuse_recovery
        )
        decide(
            pemulihan=self.pemulihan,
            by=self.request.user,
            catatan=data["catatan"],
            now=timezone.now(),
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            pemulihan=self.pemulihan, can_decide=self.can_decide, **kwargs
        )


class PemulihanReadView(AkunSayaActionView):
    """The person read that their second step was taken away."""

    def act(self) -> None:
        acknowledge_recovery(user=self.user, now=timezone.now())
