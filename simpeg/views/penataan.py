"""Pages of acts on the organisation: list, steps, preview, decision, result, lampiran."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import Any

import django_filters as filters
from django.contrib import messages
from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import FormView, TemplateView

from bkpsdmd.jobs.models import Job
from bkpsdmd.ui.components import Nada
from bkpsdmd.ui.views import ActionView, Crumb, FormPageMixin, ListPageMixin, PageMixin
from simpeg.choices import JenisLangkah, StatusPenataan
from simpeg.forms.penataan import (
    FORMULIR,
    ORANG,
    AlasanForm,
    AsalForm,
    PenataanForm,
    find_unit,
    tulis_unit,
)
from simpeg.models import LangkahPenataan, PenataanUnit, PerpindahanPegawai
from simpeg.permissions import Permission
from simpeg.rules.penataan import Rencana, susun
from simpeg.selectors.akses import get_lingkup
from simpeg.selectors.penataan import (
    TAMPIL,
    Pratinjau,
    as_langkah,
    build_pratinjau,
    build_rencana,
    describe_langkah,
    list_lampiran,
    list_orang_unit,
    list_penataan,
    list_perpindahan,
    load_pohon,
)
from simpeg.services import penataan as services
from simpeg.services import penataan_terap
from simpeg.services.penataan_lampiran import export_lampiran, print_lampiran

NADA = {
    StatusPenataan.KONSEP: Nada.NETRAL,
    StatusPenataan.DIAJUKAN: Nada.WARN,
    StatusPenataan.DISETUJUI: Nada.INFO,
    StatusPenataan.DITERAPKAN: Nada.OK,
    StatusPenataan.DIBATALKAN: Nada.BAD,
}


class PenataanMixin(PageMixin):
    """A page of an act. It concerns everybody, so a part of the office is too little."""

    permission = Permission.PENATAAN_VIEW
    active_menu = "simpeg:penataan-list"
    kwargs: dict[str, Any]

    def has_permission(self) -> bool:
        return super().has_permission() and get_lingkup(self.request.user).semua

    @cached_property
    def penataan(self) -> PenataanUnit:
        return get_object_or_404(list_penataan(), pk=self.kwargs["pk"])

    @property
    def can_draft(self) -> bool:
        return self.request.user.has_perm(Permission.PENATAAN_DRAFT)

    def get_breadcrumbs(self) -> Sequence[Crumb]:
        above: list[Crumb] = [("Penataan Organisasi", reverse("simpeg:penataan-list"))]
        if "pk" in self.kwargs:
            above.append((self.penataan.nomor, self.penataan.get_absolute_url()))
        return above


class PenataanFilter(filters.FilterSet):
    status = filters.ChoiceFilter(
        label="Keadaan", choices=StatusPenataan.choices(), empty_label="Semua"
    )

    class Meta:
        model = PenataanUnit
        fields: list[str] = []


class PenataanListView(PenataanMixin, ListPageMixin, TemplateView):
    template_name = "simpeg/penataan/list.html"
    fragment_template = "simpeg/penataan/_table.html"
    title = "Penataan Organisasi"
    satuan = "penataan"
    sorts = {"berlaku": ("-berlaku",)}
    filterset_class = PenataanFilter
    main_filters = ("status",)
    panduan = (
        "Satu penataan memuat semua perubahan unit menurut satu Perbup atau SK.",
        "Susun langkahnya, lihat pratinjaunya, lalu ajukan; pejabat lain menyetujui.",
        "Portal menerapkannya pada tanggal berlaku: pohon unit, jabatan pimpinan, dan "
        "riwayat pegawai yang pindah.",
    )

    def get_queryset(self) -> QuerySet[PenataanUnit]:
        return list_penataan()

    def get_breadcrumbs(self) -> Sequence[Crumb]:
        return ()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(can_draft=self.can_draft, **kwargs)
        for one in context["daftar"].rows:
            one.nada = NADA[StatusPenataan(one.status)]
        return context


class PenataanFormMixin(PenataanMixin, FormPageMixin):
    permission = Permission.PENATAAN_DRAFT
    form_class = PenataanForm
    panduan = (
        "Isi nomor dan tanggal peraturannya sebagaimana tertulis.",
        "Berlaku mulai boleh hari yang akan datang atau yang sudah lewat.",
        "Langkah-langkahnya ditambahkan di halaman berikut.",
    )

    def get_success_url_for(self, hasil: Any) -> str:
        return str(hasil.get_absolute_url())


class PenataanCreateView(PenataanFormMixin, FormView):
    title = "Susun penataan"
    submit_label = "Simpan, lanjut ke langkah"

    def perform(self, form: BaseForm) -> PenataanUnit:
        return services.add_penataan(data=form.cleaned_data, by=self.request.user)

    def get_cancel_url(self) -> str:
        return reverse("simpeg:penataan-list")


class PenataanUpdateView(PenataanFormMixin, FormView):
    title = "Ubah dasar penataan"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {
            **super().get_form_kwargs(),
            "instance": self.penataan,
            "initial": {"versi": self.penataan.versi},
        }

    def perform(self, form: BaseForm) -> PenataanUnit:
        return services.update_penataan(
            penataan=self.penataan,
            versi=form.cleaned_data["versi"] or 0,
            data=form.cleaned_data,
            by=self.request.user,
        )

    def get_cancel_url(self) -> str:
        return self.penataan.get_absolute_url()


class PenataanDetailView(PenataanMixin, TemplateView):
    """The steps, what they would make of the tree, and the decision on them."""

    template_name = "simpeg/penataan/detail.html"
    panduan = (
        "Tambahkan langkah menurut urutan peraturannya; urutan itu juga urutan kerjanya.",
        "Lihat Susunan sebelum dan sesudah: jumlah orangnya harus sama.",
        "Selesaikan semua yang ditandai harus dibereskan, lalu ajukan.",
        "Pejabat yang tidak ikut menyusun memeriksa dan menyetujui.",
        "Penataan yang diterapkan dapat dibatalkan selama belum ada SK lain sesudahnya.",
    )

    def get_title(self) -> str:
        return self.penataan.tentang

    def get_breadcrumbs(self) -> Sequence[Crumb]:
        return super().get_breadcrumbs()[:1]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        act, user = self.penataan, self.request.user
        status = StatusPenataan(act.status)
        is_konsep = status is StatusPenataan.KONSEP
        job = Job.objects.filter(pk=act.job_id).first() if act.job_id else None
        return super().get_context_data(
            penataan=act,
            nada=NADA[status],
            is_konsep=is_konsep,
            can_draft=self.can_draft,
            can_approve=status is StatusPenataan.DIAJUKAN
            and services.can_approve(act, user),
            may_approve=user.has_perm(Permission.PENATAAN_APPROVE),
            job=job if job and job.is_active else None,
            is_job_saya=job is not None and job.owner_id == user.pk,
            jenis_langkah=list(JenisLangkah),
            is_tiba=act.berlaku <= timezone.localdate(),
            **(self._show_tercatat() if act.jejak else self._show_rencana()),
            **kwargs,
        )

    def _show_rencana(self) -> dict[str, Any]:
        act = self.penataan
        rows = list(act.langkah_set.all())
        rencana = build_rencana(act)
        words = describe_langkah(as_langkah(rows), rencana.rencana)
        faults = {one.urut for one in rencana.galat}
        lampiran = list_lampiran(act, rencana)
        return {
            "langkah": [(row, words[row.urut], row.urut in faults) for row in rows],
            "galat": rencana.galat if rows else [],
            "peringatan": rencana.peringatan,
            "lihat": build_pratinjau(rencana),
            "orang": list(islice(lampiran, TAMPIL)),
            "jumlah_orang": len(rencana.rencana.pindah),
            "jumlah_unit": len(rencana.rencana.list_tersentuh()),
        }

    def _show_tercatat(self) -> dict[str, Any]:
        act = self.penataan
        words = act.jejak["langkah"]
        rows = act.langkah_set.all()
        lihat = Pratinjau.from_json(act.jejak["pratinjau"])
        marked = [*lihat.sesudah, *(o for o in lihat.sebelum if "ditutup" in o.tanda)]
        return {
            "langkah": [
                (row, kalimat, False) for row, kalimat in zip(rows, words, strict=True)
            ],
            "lihat": lihat,
            "orang": list(islice(list_lampiran(act), TAMPIL)),
            "jumlah_orang": act.jumlah_orang,
            "jumlah_unit": sum(bool(one.tanda) for one in marked),
            "bangunan": (
                penataan_terap.find_bangunan(act)
                if act.status == StatusPenataan.DITERAPKAN
                else []
            ),
        }


class PenataanOrangView(PenataanMixin, ListPageMixin, TemplateView):
    template_name = "simpeg/penataan/orang.html"
    fragment_template = "simpeg/penataan/_orang.html"
    title = "Pegawai yang pindah"
    satuan = "pegawai"
    sorts = {"urut": ("id",)}
    panduan = (
        "Daftar ini memuat semua orang yang pindah unit atau jabatan oleh penataan ini.",
        "Tekan nama untuk membuka riwayatnya.",
        "Lampiran Excel ada di halaman penataannya.",
    )

    def get_queryset(self) -> QuerySet[PerpindahanPegawai]:
        return list_perpindahan(self.penataan)


class LangkahCreateView(PenataanMixin, FormPageMixin, FormView):
    """The form of one kind of step; moving people asks first out of which unit."""

    permission = Permission.PENATAAN_DRAFT
    template_name = "simpeg/penataan/langkah.html"
    keep_draft = False
    submit_label = "Tambahkan langkah"
    panduan = (
        "Unit yang baru dibentuk pada langkah sebelumnya juga dapat dipilih.",
        "Langkah ditolak bila susunannya tidak mungkin, mis. unit di bawah bagiannya.",
        "Langkah yang keliru dihapus dari halaman penataan, lalu ditambahkan lagi.",
    )

    def has_permission(self) -> bool:
        return (
            super().has_permission() and self.penataan.status == StatusPenataan.KONSEP
        )

    @cached_property
    def jenis(self) -> JenisLangkah:
        try:
            return JenisLangkah(self.kwargs["jenis"])
        except ValueError:
            raise Http404 from None

    def get_title(self) -> str:
        return self.jenis.label

    @cached_property
    def rencana(self) -> Rencana:
        """Return the tree the steps so far make; their people are not needed here."""
        return _susun_unit(self.penataan)

    @cached_property
    def asal(self) -> str:
        """Return the unit people are moved out of; empty until it was chosen."""
        kode = self.request.GET.get("asal", "")
        return kode if kode in self.rencana.sesudah else ""

    @property
    def is_asal_ditanya(self) -> bool:
        return self.jenis is JenisLangkah.PINDAH_ORANG and not self.asal

    def get_form_class(self) -> Any:
        return AsalForm if self.is_asal_ditanya else FORMULIR[self.jenis]

    def get_form_kwargs(self) -> dict[str, Any]:
        more: dict[str, Any] = {}
        if self.jenis is JenisLangkah.PINDAH_ORANG and self.asal:
            people = list_orang_unit(self.penataan, self.asal)[:ORANG]
            more = {
                "asal": self.asal,
                "pilihan": [
                    (str(one.pegawai), f"{one.nama} – {one.jabatan_nama}")
                    for one in people
                ],
            }
        return {
            **super().get_form_kwargs(),
            "rencana": self.rencana,
            "url_saran": reverse("simpeg:penataan-pilihan", args=[self.penataan.pk]),
            "awalan": f"P{self.penataan.pk}",
            **more,
        }

    def perform(self, form: Any) -> Any:
        if self.is_asal_ditanya:
            return form.cleaned_data["asal"]
        return services.add_langkah(
            penataan=self.penataan, langkah=form.as_langkah(), by=self.request.user
        )

    def get_success_message(self, hasil: Any) -> str:
        return "" if isinstance(hasil, str) else "Langkah ditambahkan."

    def get_success_url_for(self, hasil: Any) -> str:
        if isinstance(hasil, str):
            return f"{self.request.path}?asal={hasil}"
        return self.penataan.get_absolute_url()

    def get_cancel_url(self) -> str:
        return self.penataan.get_absolute_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        label = "Lanjut" if self.is_asal_ditanya else self.submit_label
        unit = self.rencana.sesudah.get(self.asal)
        return super().get_context_data(
            penataan=self.penataan, submit_label=label, asal=unit, **kwargs
        )


def _susun_unit(penataan: PenataanUnit) -> Rencana:
    langkah = as_langkah(penataan.langkah_set.all())
    return susun(load_pohon(penataan.berlaku).unit, {}, langkah)


class PenataanPilihanView(PenataanMixin, TemplateView):
    """Suggestions of units of the plan while somebody types."""

    permission = Permission.PENATAAN_DRAFT
    template_name = "simpeg/riwayat/_saran.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        teks = next(iter(self.request.GET.values()), "")[:200]
        rencana = _susun_unit(self.penataan)
        found = find_unit(rencana, teks)[:20]
        return super().get_context_data(
            saran=[
                (tulis_unit(one, rencana), _di_bawah(rencana, one.induk))
                for one in found
            ],
            **kwargs,
        )


def _di_bawah(rencana: Rencana, induk: str | None) -> str:
    unit = rencana.sesudah.get(induk or "")
    return unit.nama if unit else ""


# -- Buttons ----------------------------------------------------------------------------


class PenataanActionView(PenataanMixin, ActionView):
    def get_back_url(self) -> str:
        return self.penataan.get_absolute_url()

    @property
    def versi(self) -> int:
        sent = self.request.POST.get("versi", "")
        return int(sent) if sent.isascii() and sent.isdigit() else 0


class PenataanSubmitView(PenataanActionView):
    permission = Permission.PENATAAN_DRAFT

    def act(self) -> None:
        services.submit_penataan(
            penataan=self.penataan,
            versi=self.versi,
            by=self.request.user,
            now=timezone.now(),
        )
        messages.success(
            self.request, "Penataan diajukan untuk disetujui pejabat lain."
        )


class PenataanApproveView(PenataanActionView):
    permission = Permission.PENATAAN_APPROVE

    def act(self) -> HttpResponse | None:
        act = services.approve_penataan(
            penataan=self.penataan,
            versi=self.versi,
            by=self.request.user,
            per_tanggal=timezone.localdate(),
            now=timezone.now(),
        )
        if act.job_id:
            return redirect("jobs:detail", pk=act.job_id)
        messages.success(
            self.request, "Penataan disetujui; diterapkan pada hari berlakunya."
        )
        return None


class PenataanApplyView(PenataanActionView):
    permission = Permission.PENATAAN_APPROVE

    def act(self) -> HttpResponse:
        job = services.request_terap(
            penataan=self.penataan,
            by=self.request.user,
            per_tanggal=timezone.localdate(),
        )
        return redirect(job)


class LangkahDeleteView(PenataanActionView):
    permission = Permission.PENATAAN_DRAFT

    def act(self) -> None:
        langkah = get_object_or_404(
            LangkahPenataan, pk=self.kwargs["langkah_pk"], penataan=self.penataan
        )
        services.remove_langkah(langkah=langkah, by=self.request.user)
        messages.success(self.request, "Langkah dihapus.")


class LampiranView(PenataanActionView):
    """The list of people, old unit and new, as XLSX for the decree's annex."""

    def act(self) -> HttpResponseBase:
        file = export_lampiran(penataan=self.penataan, by=self.request.user)
        response = FileResponse(
            file,
            as_attachment=True,
            filename=f"lampiran-penataan-{self.penataan.pk}.xlsx",
        )
        response["Cache-Control"] = "private, no-store"
        return response


class LampiranPdfView(PenataanActionView):
    """The same list as a paper."""

    def act(self) -> HttpResponse:
        content = print_lampiran(
            penataan=self.penataan, by=self.request.user, dibuat=timezone.now()
        )
        name = f"lampiran-penataan-{self.penataan.pk}.pdf"
        return HttpResponse(
            content,
            content_type="application/pdf",
            headers={
                "Content-Disposition": f'attachment; filename="{name}"',
                "Cache-Control": "private, no-store",
                "X-Content-Type-Options": "nosniff",
            },
        )


class PenataanAlasanView(PenataanMixin, FormPageMixin, FormView):
    """An act of deciding that needs a reason."""

    form_class = AlasanForm
    template_name = "simpeg/penataan/alasan.html"
    keterangan = ""

    def get_cancel_url(self) -> str:
        return self.penataan.get_absolute_url()

    def get_success_url(self) -> str:
        return self.penataan.get_absolute_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            penataan=self.penataan, keterangan=self.keterangan, **kwargs
        )


class PenataanReturnView(PenataanAlasanView):
    permission = Permission.PENATAAN_APPROVE
    title = "Kembalikan penataan"
    submit_label = "Kembalikan"
    keterangan = "Penataan kembali menjadi konsep; penyusunnya membaca alasan Anda."
    success_message = "Penataan dikembalikan kepada penyusunnya."
    panduan = (
        "Tulis apa yang harus diperbaiki.",
        "Penyusun membacanya di halaman penataan.",
        "Sesudah diperbaiki, penataan diajukan lagi.",
    )

    def perform(self, form: BaseForm) -> Any:
        return services.return_penataan(
            penataan=self.penataan,
            catatan=form.cleaned_data["alasan"],
            by=self.request.user,
        )


class PenataanCancelView(PenataanAlasanView):
    """Giving up an act before its application, or taking it back after."""

    title = "Batalkan penataan"
    submit_label = "Batalkan penataan"
    cancel_label = "Kembali"
    panduan = (
        "Sebelum diterapkan, pembatalan tidak mengubah apa pun.",
        "Sesudah diterapkan, susunan unit dan tempat pegawai dikembalikan; catatannya "
        "tetap terbaca sebagai dibatalkan.",
        "Pembatalan ditolak bila sudah ada SK lain yang bertumpu padanya.",
    )

    @property
    def is_diterapkan(self) -> bool:
        return self.penataan.status == StatusPenataan.DITERAPKAN

    @property
    def keterangan(self) -> str:  # type: ignore[override]
        if self.is_diterapkan:
            return (
                "Susunan unit, jabatan pimpinan, dan tempat pegawai dikembalikan seperti "
                "sebelum penataan. Riwayatnya tetap terbaca dengan tanda dibatalkan."
            )
        return "Belum ada yang berubah, dan tidak ada yang akan berubah."

    def perform(self, form: BaseForm) -> Any:
        alasan, user = form.cleaned_data["alasan"], self.request.user
        if self.is_diterapkan:
            return penataan_terap.request_undo(
                penataan=self.penataan, alasan=alasan, by=user
            )
        return services.cancel_penataan(
            penataan=self.penataan, alasan=alasan, by=user, now=timezone.now()
        )

    def get_success_url_for(self, hasil: Any) -> str:
        return str(hasil.get_absolute_url())

    def get_success_message(self, hasil: Any) -> str:
        return "" if isinstance(hasil, Job) else "Penataan dibatalkan."
