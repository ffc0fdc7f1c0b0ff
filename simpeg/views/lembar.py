"""Pages of the edited sheet: out of the list, in again, what it would change, applying."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import FormView, TemplateView

from bkpsdmd.exceptions import DomainError
from bkpsdmd.jobs.models import Job
from bkpsdmd.ui.components import Figure, Perubahan
from bkpsdmd.ui.formats import format_angka
from bkpsdmd.ui.views import ActionView, Crumb, FormPageMixin, ListPageMixin, PageMixin
from simpeg.forms.lembar import DILEWATI, TETAP, LembarFilter, LembarForm, PilihForm
from simpeg.models import BarisMasuk, BerkasMasuk
from simpeg.permissions import Permission
from simpeg.selectors.lembar import count_dipilih, list_baris_lembar, list_lembar
from simpeg.selectors.rombongan import find_rombongan
from simpeg.selectors.siasn import label_isian
from simpeg.services import lembar
from simpeg.views.pegawai import PegawaiListView
from simpeg.views.siasn import (
    NADA_HASIL,
    NADA_STATUS,
    BerkasMasukListMixin,
    Kosong,
)

Status, Hasil = BerkasMasuk.Status, BarisMasuk.Hasil


class LembarMixin(PageMixin):
    """A page of one's own sheets."""

    permission = Permission.PEGAWAI_CHANGE
    active_menu = "simpeg:lembar-list"
    kwargs: dict[str, Any]

    @cached_property
    def lembar(self) -> BerkasMasuk:
        return get_object_or_404(list_lembar(self.request.user), pk=self.kwargs["pk"])

    def get_breadcrumbs(self) -> Sequence[Crumb]:
        above: list[Crumb] = [("Lembar Kerja Excel", reverse("simpeg:lembar-list"))]
        return above


class LembarDownloadView(PegawaiListView):
    """The people of the list as a sheet to edit; what the filter leaves."""

    permission = Permission.PEGAWAI_CHANGE
    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponseBase:
        rows = self.filtered_queryset.order_by(*self.get_order(), "pk")
        try:
            file = lembar.write_lembar(rows=rows, by=request.user)
        except DomainError as error:
            messages.warning(request, error.pesan)
            query = request.GET.urlencode()
            return redirect(f"{reverse('simpeg:pegawai-list')}?{query}")
        hari_ini = timezone.localdate()
        response = FileResponse(
            file, as_attachment=True, filename=f"lembar-kerja-{hari_ini:%Y-%m-%d}.xlsx"
        )
        response["Cache-Control"] = "private, no-store"
        return response


class LembarListView(LembarMixin, BerkasMasukListMixin, TemplateView):
    template_name = "simpeg/lembar/list.html"
    title = "Lembar Kerja Excel"
    satuan = "lembar"
    judul_tabel = "Lembar kerja Anda, yang terbaru di atas"
    rute_detail = "simpeg:lembar-detail"
    hitungan = {
        "Baris": "jumlah_baris",
        "Berubah": "jumlah_berubah",
        "Ditolak": "jumlah_ditolak",
    }
    kosong = Kosong(
        "Belum ada lembar kerja",
        "file-spreadsheet",
        "Mulai dari Daftar Pegawai: saring orangnya, tekan Lembar kerja (sunting).",
    )
    panduan = (
        "Di Daftar Pegawai saring orangnya, lalu tekan Lembar kerja (sunting).",
        "Sunting sel yang putih di Excel; yang kelabu terkunci. Simpan.",
        "Tekan Unggah lembar kerja di sini: perbedaannya ditampilkan dahulu.",
        "Pilih barisnya, tulis alasannya, tekan Terapkan. Semuanya dapat dibatalkan "
        "selama belum ada yang dicatat sesudahnya.",
    )

    def get_queryset(self) -> QuerySet[BerkasMasuk]:
        return list_lembar(self.request.user)

    def get_breadcrumbs(self) -> Sequence[Crumb]:
        return ()


class LembarCreateView(LembarMixin, FormPageMixin, FormView):
    form_class = LembarForm
    title = "Unggah lembar kerja"
    submit_label = "Unggah dan bandingkan"
    success_message = "Berkas tersimpan dan sedang dibandingkan."
    keep_draft = False
    panduan = (
        "Pilih lembar kerja yang Anda unduh dari Daftar Pegawai dan sudah disunting.",
        "Kolom yang tidak dikenal menolak seluruh berkas; rumus tidak dihitung.",
        "Baris yang datanya berubah di portal sesudah diunduh ditolak, tidak ditimpa.",
    )

    def perform(self, form: BaseForm) -> BerkasMasuk:
        berkas = form.cleaned_data["berkas"]
        return lembar.upload_lembar(
            berkas=berkas, nama=berkas.name, by=self.request.user
        )

    def get_success_url_for(self, hasil: Any) -> str:
        return reverse("jobs:detail", args=[hasil.job_id])

    def get_cancel_url(self) -> str:
        return reverse("simpeg:lembar-list")


class LembarDetailView(LembarMixin, ListPageMixin, TemplateView):
    """What a sheet would change, cell by cell, and the decision on it."""

    template_name = "simpeg/lembar/detail.html"
    fragment_template = "simpeg/lembar/_baris.html"
    satuan = "baris"
    sorts = {"baris": ("nomor",)}
    filterset_class = LembarFilter
    main_filters = ("q", "hasil")
    panduan = (
        "Setiap baris menampilkan sel yang berubah: nilai lama dicoret, nilai baru di "
        "sampingnya.",
        "Baris yang ditolak tidak ditulis; sebabnya ada di selnya.",
        "Centang baris yang tidak jadi, lalu tekan Lewati; Sertakan mengembalikannya.",
        "Tulis alasan dan tekan Terapkan: semuanya ditulis sekaligus, atau tidak sama "
        "sekali.",
    )

    def get_title(self) -> str:
        return self.lembar.nama_berkas

    def get_queryset(self) -> QuerySet[BarisMasuk]:
        return list_baris_lembar(self.lembar)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        satu = self.lembar
        context = super().get_context_data(
            lembar=satu,
            nada=NADA_STATUS[Status(satu.status)],
            can_decide=satu.status == Status.SIAP
            and self.request.GET.get("hasil") not in TETAP,
            url_pilih=self.export_url("simpeg:lembar-select", pk=satu.pk),
            **kwargs,
        )
        for baris in context["daftar"].rows:
            _decorate(baris)
        if not self.is_fragment():
            job = Job.objects.filter(pk=satu.job_id).first() if satu.job_id else None
            dipilih = count_dipilih(satu)
            context |= {
                "job": job,
                "is_bekerja": job is not None and job.is_active,
                "dipilih": dipilih,
                "angka": self._list_figures(dipilih),
                "rombongan": find_rombongan(satu),
            }
        return context

    def _list_figures(self, dipilih: int) -> list[Figure]:
        satu, sini = self.lembar, reverse("simpeg:lembar-detail", args=[self.lembar.pk])
        if not satu.jumlah_baris:
            return []
        dilewati = satu.jumlah_berubah - dipilih
        return [
            Figure(label, format_angka(jumlah), url=f"{sini}?hasil={hasil}")
            for label, jumlah, hasil in (
                ("Berubah", satu.jumlah_berubah, Hasil.BERUBAH.value),
                ("Dilewati", dilewati, DILEWATI),
                ("Ditolak", satu.jumlah_ditolak, Hasil.DITOLAK.value),
                ("Sama", satu.jumlah_sama, Hasil.SAMA.value),
            )
        ]


class LembarSelectView(LembarDetailView):
    """Leave rows out, or take them in again: those ticked, or all of the filter."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        query = request.GET.urlencode()
        kembali = reverse("simpeg:lembar-detail", args=[self.lembar.pk])
        form = PilihForm(request.POST)
        try:
            if not form.is_valid():
                raise DomainError(next(iter(form.errors.values()))[0])
            data = form.cleaned_data
            ids = data["pilih"]
            if data["semua"]:
                rows = self.filtered_queryset.order_by()
                ids = list(rows.values_list("pk", flat=True))
            is_dilewati = data["tindakan"] == "lewati"
            jumlah = lembar.skip_rows(
                impor=self.lembar, ids=ids, is_dilewati=is_dilewati, by=request.user
            )
            kata = "dilewati" if is_dilewati else "disertakan"
            messages.success(request, f"{format_angka(jumlah)} baris {kata}.")
        except DomainError as error:
            messages.warning(request, error.pesan)
        return redirect(f"{kembali}?{query}" if query else kembali)


class LembarActionView(LembarMixin, ActionView):
    def get_back_url(self) -> str:
        return reverse("simpeg:lembar-detail", args=[self.lembar.pk])


class LembarApplyView(LembarActionView):
    def act(self) -> HttpResponseBase:
        alasan = self.request.POST.get("alasan", "")[:500]
        job = lembar.request_terap(
            impor=self.lembar, alasan=alasan, by=self.request.user
        )
        return redirect(job)


class LembarCheckView(LembarActionView):
    def act(self) -> HttpResponseBase:
        return redirect(lembar.request_periksa(impor=self.lembar, by=self.request.user))


class LembarCancelView(LembarActionView):
    def act(self) -> HttpResponseBase:
        lembar.cancel_lembar(impor=self.lembar, by=self.request.user)
        messages.success(
            self.request, "Lembar kerja dibatalkan; tidak ada yang berubah."
        )
        return redirect("simpeg:lembar-list")


def _decorate(baris: BarisMasuk) -> None:
    """Give a row its tone, its cells old and new, and what is wrong with them."""
    baris.nada = NADA_HASIL[Hasil(baris.hasil)]
    salah = {satu["kolom"]: satu["pesan"] for satu in baris.catatan}
    baris.sel = [
        (Perubahan(label_isian(nama), lama, baru), salah.pop(nama, ""))
        for nama, (lama, baru) in baris.perubahan.items()
    ]
    baris.sebab = [
        (label_isian(kolom) if kolom in lembar.KOLOM_DATA_UTAMA else "", pesan)
        for kolom, pesan in salah.items()
    ]
