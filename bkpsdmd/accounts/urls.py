"""Below `akun/`: the few of allauth's pages that this portal uses, and our own.

What is not listed does not exist: signing up, e-mail addresses, reset by e-mail.
"""

from django.urls import path

from bkpsdmd.accounts import views

masuk = [
    path("masuk/", views.LoginView.as_view(), name="account_login"),
    path(
        "masuk/langkah-kedua/",
        views.LangkahKeduaView.as_view(),
        name="mfa_authenticate",
    ),
    path(
        "masuk/kunci-sandi/",
        views.KunciSandiMasukView.as_view(),
        name="mfa_login_webauthn",
    ),
    path("keluar/", views.LogoutView.as_view(), name="account_logout"),
    path("aktivasi/", views.AktivasiView.as_view(), name="akun-aktivasi"),
    path("masih-di-sini/", views.MasihDiSiniView.as_view(), name="akun-masih-di-sini"),
]

milik_sendiri = [
    path("saya/", views.AkunSayaView.as_view(), name="akun-saya"),
    path(
        "ganti-sandi/",
        views.PasswordChangeView.as_view(),
        name="account_change_password",
    ),
    path(
        "pastikan/", views.ReauthenticateView.as_view(), name="account_reauthenticate"
    ),
    path(
        "pastikan/kode/",
        views.MfaReauthenticateView.as_view(),
        name="mfa_reauthenticate",
    ),
    path(
        "pastikan/kunci-sandi/",
        views.KunciSandiReauthenticateView.as_view(),
        name="mfa_reauthenticate_webauthn",
    ),
]

dua_langkah = [
    path("dua-langkah/", views.MfaIndexView.as_view(), name="mfa_index"),
    path(
        "dua-langkah/pasang/",
        views.ActivateTotpView.as_view(),
        name="mfa_activate_totp",
    ),
    path(
        "dua-langkah/matikan/",
        views.DeactivateTotpView.as_view(),
        name="mfa_deactivate_totp",
    ),
    path(
        "dua-langkah/kunci-sandi/tambah/",
        views.KunciSandiAddView.as_view(),
        name="mfa_add_webauthn",
    ),
    path(
        "dua-langkah/kunci-sandi/<int:pk>/hapus/",
        views.KunciSandiRemoveView.as_view(),
        name="mfa_remove_webauthn",
    ),
    path(
        "dua-langkah/kode-cadangan/",
        views.RecoveryCodesView.as_view(),
        name="mfa_view_recovery_codes",
    ),
    path(
        "dua-langkah/kode-cadangan/buat/",
        views.GenerateRecoveryCodesView.as_view(),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "dua-langkah/kode-cadangan/unduh/",
        views.DownloadRecoveryCodesView.as_view(),
        name="mfa_download_recovery_codes",
    ),
]

perangkat = [
    path("perangkat/<int:pk>/keluarkan/", views.SesiEndView.as_view(), name="sesi-end"),
    path(
        "perangkat/keluarkan-lain/",
        views.SesiEndOthersView.as_view(),
        name="sesi-end-others",
    ),
]

pemulihan = [
    path("pemulihan/", views.PemulihanListView.as_view(), name="pemulihan-list"),
    path(
        "pemulihan/minta/",
        views.PemulihanCreateView.as_view(),
        name="pemulihan-create",
    ),
    path("pemulihan/dibaca/", views.PemulihanReadView.as_view(), name="pemulihan-read"),
    path(
        "pemulihan/<int:pk>/",
        views.PemulihanDetailView.as_view(),
        name="pemulihan-detail",
    ),
]

urlpatterns = masuk + milik_sendiri + dua_langkah + perangkat + pemulihan
