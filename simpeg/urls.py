"""Addresses of simpeg, a list per resource. No name and no NIP stands in one."""

from django.urls import path

from simpeg.views import akun, arsip, duk, pangkat, pegawai

app_name = "simpeg"

_pegawai = [
    path("pegawai/", pegawai.PegawaiListView.as_view(), name="pegawai-list"),
    path("pegawai/ekspor/", pegawai.PegawaiExportView.as_view(), name="pegawai-export"),
    path("saya/", pegawai.PegawaiSayaView.as_view(), name="pegawai-saya"),
    path(
        "pegawai/<int:pk>/", pegawai.PegawaiDetailView.as_view(), name="pegawai-detail"
    ),
    path(
        "pegawai/<int:pk>/ubah/",
        pegawai.PegawaiUpdateView.as_view(),
        name="pegawai-update",
    ),
    path(
        "pegawai/<int:pk>/konfirmasi/",
        pegawai.PegawaiConfirmView.as_view(),
        name="pegawai-confirm",
    ),
    path(
        "pegawai/<int:pk>/<slug:bagian>/",
        pegawai.PegawaiDetailView.as_view(),
        name="pegawai-bagian",
    ),
]

_pangkat = [
    path(
        "pegawai/<int:pk>/riwayat-pangkat/tambah/",
        pangkat.RiwayatPangkatCreateView.as_view(),
        name="riwayat-pangkat-create",
    ),
    path(
        "pegawai/<int:pk>/riwayat-pangkat/<int:riwayat_pk>/koreksi/",
        pangkat.RiwayatPangkatCorrectView.as_view(),
        name="riwayat-pangkat-correct",
    ),
    path(
        "pegawai/<int:pk>/riwayat-pangkat/<int:riwayat_pk>/batalkan/",
        pangkat.RiwayatPangkatCancelView.as_view(),
        name="riwayat-pangkat-cancel",
    ),
]

_arsip = [
    path(
        "pegawai/<int:pk>/berkas/<int:berkas_pk>/",
        arsip.BerkasDetailView.as_view(),
        name="berkas-detail",
    ),
]

_duk = [
    path("duk/", duk.DukListView.as_view(), name="duk-list"),
    path("duk/cetak/", duk.DukPrintView.as_view(), name="duk-print"),
]

_akun = [path("akun/", akun.AkunListView.as_view(), name="akun-list")]

urlpatterns = [*_akun, *_pegawai, *_pangkat, *_arsip, *_duk]
