"""An act that wrote many records: whom it touched, and taking it back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import FormView, TemplateView

from bkpsdmd.jobs.models import Job
from bkpsdmd.ui.components import Figure, Nada
from bkpsdmd.ui.formats import format_angka
from bkpsdmd.ui.views import Crumb, FormPageMixin, ListPageMixin, PageMixin
from simpeg.forms.rombongan import BatalForm, JejakFilter
from simpeg.models import JejakRombongan, JenisMasuk, Pegawai, Rombongan
from simpeg.permissions import Permission
from simpeg.selectors.rombongan import list_jejak, list_rombongan
from simpeg.services.rombongan import is_working, request_undo

NADA = {
    Rombongan.Status.DIMINTA: Nada.INFO,
    Rombongan.Status.DITERAPKAN: Nada.OK,
    Rombongan.Status.DIBATALKAN: Nada.NETRAL,
}
# Way in -> its list and the page of one file.
HALAMAN = {
    JenisMasuk.IMPOR: ("Impor SIASN", "simpeg:siasn-list", "simpeg:siasn-detail"),
    JenisMasuk.REKONSILIASI: (
        "Rekonsiliasi SIASN",
        "simpeg:rekonsiliasi-list",
        "simpeg:rekonsiliasi-detail",
    ),
    JenisMasuk.LEMBAR: (
        "Lembar Kerja Excel",
        "simpeg:lembar-list",
        "simpeg:lembar-detail",
    ),
}


class RombonganMixin(PageMixin):
    permission = Permission.PEGAWAI_CHANGE
    kwargs: dict[str, Any]

    @cached_property
    def rombongan(self) -> Rombongan:
        found = list_rombongan(self.request.user).filter(pk=self.kwargs["pk"]).first()
        if found is None:
            raise Http404
        return found

    def get_breadcrumbs(self) -> Sequence[Crumb]:
        berkas = self.rombongan.berkas_masuk
        judul, daftar, satu = HALAMAN[JenisMasuk(berkas.jenis)]
        # A sheet is its owner's; who may undo it need not see it.
        is_lain = berkas.jenis == JenisMasuk.LEMBAR and (
            berkas.created_by_id != self.request.user.pk
        )
        url = None if is_lain else reverse(satu, args=[berkas.pk])
        return [(judul, reverse(daftar)), (berkas.nama_berkas, url)]


class RombonganDetailView(RombonganMixin, ListPageMixin, TemplateView):
    template_name = "simpeg/rombongan/detail.html"
    fragment_template = "simpeg/rombongan/_jejak.html"
    satuan = "orang"
    sorts = {"urutan": ("nomor",)}
    filterset_class = JejakFilter
    main_filters = ("terhalang",)
    panduan = (
        "Halaman ini memuat setiap orang yang catatannya ditulis sekaligus.",
        "Batalkan mengembalikan semuanya seperti semula, selama belum ada yang dicatat "
        "sesudahnya pada orang-orang itu.",
        "Bila ada yang menghalangi, tidak satu pun dibatalkan; orangnya dan sebabnya "
        "terdaftar di sini.",
        "Batalkan atau koreksi dahulu catatan yang menghalangi, lalu coba lagi.",
    )

    def get_title(self) -> str:
        return self.rombongan.nama

    def get_queryset(self) -> QuerySet[JejakRombongan]:
        return list_jejak(self.rombongan)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rombongan = self.rombongan
        context = super().get_context_data(rombongan=rombongan, **kwargs)
        for jejak in context["daftar"].rows:
            jejak.isi = _describe(jejak)
        if not self.is_fragment():
            job = Job.objects.filter(pk=rombongan.job_id).first()
            context |= {
                "nada": NADA[Rombongan.Status(rombongan.status)],
                "job": job,
                "is_bekerja": job is not None and job.is_active,
                "angka": self._list_figures(),
            }
        return context

    def _list_figures(self) -> list[Figure]:
        rombongan = self.rombongan
        angka = [
            Figure("Orang", format_angka(rombongan.jumlah_orang)),
            Figure("Di antaranya orang baru", format_angka(rombongan.jumlah_baru)),
        ]
        if rombongan.jumlah_halangan:
            angka.append(
                Figure(
                    "Menghalangi pembatalan",
                    format_angka(rombongan.jumlah_halangan),
                    url="?terhalang=on",
                )
            )
        return angka


class RombonganUndoView(RombonganMixin, FormPageMixin, FormView):
    form_class = BatalForm
    template_name = "simpeg/rombongan/batal.html"
    submit_label = "Batalkan semuanya"
    cancel_label = "Kembali"
    keep_draft = False
    panduan = (
        "Tulis mengapa semuanya harus dibatalkan; alasan ini tercatat.",
        "Orang yang sudah ada kembali seperti sebelum penulisan; riwayat yang salah "
        "tetap terbaca sebagai dibatalkan.",
        "Orang yang dibuat oleh berkas ini dihapus beserta akunnya yang belum dipakai.",
        "Bila sudah ada yang dicatat sesudahnya, tidak ada yang dibatalkan dan "
        "penyebabnya ditampilkan.",
    )

    def get_title(self) -> str:
        return f"Batalkan {self.rombongan.nama[:1].lower()}{self.rombongan.nama[1:]}"

    def get_breadcrumbs(self) -> Sequence[Crumb]:
        url = reverse("simpeg:rombongan-detail", args=[self.rombongan.pk])
        return [*super().get_breadcrumbs(), ("Yang ditulis", url)]

    def perform(self, form: BaseForm) -> Job:
        return request_undo(
            rombongan=self.rombongan,
            alasan=form.cleaned_data["alasan"],
            by=self.request.user,
        )

    def get_success_url_for(self, hasil: Any) -> str:
        return str(hasil.get_absolute_url())

    def get_cancel_url(self) -> str:
        return reverse("simpeg:rombongan-detail", args=[self.rombongan.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            rombongan=self.rombongan, is_bekerja=is_working(self.rombongan), **kwargs
        )


def _describe(jejak: JejakRombongan) -> str:
    """Return what was done to a person: created, or which fields and riwayat changed."""
    if jejak.is_baru:
        return "Orang baru"
    isian = [str(Pegawai._meta.get_field(n).verbose_name) for n in jejak.sebelum]  # type: ignore[union-attr]
    riwayat = [
        f"riwayat {topik}" for topik in dict.fromkeys(r[0] for r in jejak.riwayat)
    ]
    return ", ".join([*isian, *riwayat])
