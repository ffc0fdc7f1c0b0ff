"""Pages of the reconciliation with SIASN, and of the questions it puts to people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import FormView, TemplateView

from bkpsdmd.exceptions import DomainError
from bkpsdmd.jobs.models import Job
from bkpsdmd.ui.components import ExportLink, Figure, Nada
from bkpsdmd.ui.formats import format_angka
from bkpsdmd.ui.views import ActionView, Crumb, FormPageMixin, ListPageMixin
from simpeg.forms.rekonsiliasi import (
    JawabanForm,
    KeluarForm,
    PutusanForm,
    SelisihFilter,
)
from simpeg.models import BarisMasuk, BerkasMasuk, JenisMasuk, SelisihSiasn
from simpeg.permissions import Permission
from simpeg.selectors.rekonsiliasi import (
    SELESAI,
    SISA,
    Keadaan,
    list_hanya_siasn,
    list_pertanyaan,
    list_selisih,
    summarize_selisih,
)
from simpeg.selectors.siasn import label_isian
from simpeg.services import rekonsiliasi, siasn, siasn_keluar
from simpeg.views.siasn import (
    NADA_STATUS,
    Kosong,
    SiasnBarisView,
    SiasnCreateView,
    SiasnListView,
    SiasnMixin,
    SiasnTidakAdaView,
)

Status = BerkasMasuk.Status
NADA = {
    Keadaan.TERBUKA: Nada.WARN,
    Keadaan.DITANYA: Nada.INFO,
    Keadaan.DIJAWAB: Nada.WARN,
    Keadaan.DIPROSES: Nada.INFO,
    Keadaan.DITERIMA: Nada.OK,
    Keadaan.DIPERTAHANKAN: Nada.NETRAL,
    Keadaan.GUGUR: Nada.NETRAL,
}
# So many fields and perangkat daerah are counted on the page at first sight.
RINGKAS = 8


class RekonsiliasiMixin(SiasnMixin):
    active_menu = "simpeg:rekonsiliasi-list"
    jenis = JenisMasuk.REKONSILIASI

    def get_breadcrumbs(self) -> Sequence[Crumb]:
        above: list[Crumb] = [
            ("Rekonsiliasi SIASN", reverse("simpeg:rekonsiliasi-list"))
        ]
        return above

    def crumb(self) -> Crumb:
        url = reverse("simpeg:rekonsiliasi-detail", args=[self.impor.pk])
        return self.impor.nama_berkas, url


class RekonsiliasiListView(RekonsiliasiMixin, SiasnListView):
    template_name = "simpeg/rekonsiliasi/list.html"
    title = "Rekonsiliasi SIASN"
    satuan = "rekonsiliasi"
    judul_tabel = "Rekonsiliasi, yang terbaru di atas"
    rute_detail = "simpeg:rekonsiliasi-detail"
    hitungan = {
        "Baris": "jumlah_baris",
        "Berbeda": "jumlah_berubah",
        "Hanya di SIASN": "jumlah_baru",
        "Hanya di portal": "jumlah_tidak_ada",
    }
    kosong = Kosong(
        "Belum ada rekonsiliasi",
        "refresh",
        "Bandingkan ekspor data ASN dari SIASN dengan catatan portal. Tidak ada yang "
        "berubah sebelum Anda memutuskannya.",
    )
    panduan = (
        "Unduh ekspor data ASN dari SIASN, lalu tekan Bandingkan ekspor.",
        "Portal mencari setiap perbedaan; tidak ada yang berubah dengan sendirinya.",
        "Buka berkasnya untuk memutuskan: mengikuti SIASN, mempertahankan catatan kita, "
        "atau bertanya kepada pegawainya.",
        "Ekspor untuk SIASN memuat catatan kita dengan nama kolom SIASN.",
    )

    def get_breadcrumbs(self) -> Sequence[Crumb]:
        return ()


class RekonsiliasiCreateView(RekonsiliasiMixin, SiasnCreateView):
    template_name = "simpeg/rekonsiliasi/form.html"
    title = "Bandingkan ekspor SIASN"
    submit_label = "Unggah dan bandingkan"
    success_message = "Berkas tersimpan dan sedang dibandingkan."
    panduan = (
        "Unduh ekspor data ASN instansi dari SIASN, CSV atau Excel; kolomnya sama "
        "dengan untuk impor.",
        "Jangan buka berkasnya di Excel sebelum diunggah: Excel merusak NIP dan NIK.",
        "Pilih berkasnya, tekan Unggah dan bandingkan, tunggu sampai selesai.",
    )

    def perform(self, form: BaseForm) -> BerkasMasuk:
        berkas = form.cleaned_data["berkas"]
        return rekonsiliasi.upload_rekonsiliasi(
            berkas=berkas,
            nama=berkas.name,
            by=self.request.user,
            is_ke_contoh=form.cleaned_data.get("is_ke_contoh", False),
        )

    def get_cancel_url(self) -> str:
        return reverse("simpeg:rekonsiliasi-list")


class RekonsiliasiDetailView(RekonsiliasiMixin, ListPageMixin, TemplateView):
    """Every difference of a file, both values side by side, and the decision on it."""

    template_name = "simpeg/rekonsiliasi/detail.html"
    fragment_template = "simpeg/rekonsiliasi/_selisih.html"
    satuan = "selisih"
    sorts = {"urutan": ("pk",)}
    filterset_class = SelisihFilter
    main_filters = ("q", "kolom", "opd", "keadaan")
    panduan = (
        "Setiap baris satu isian yang berbeda: catatan kita di kiri, SIASN di kanan.",
        "Saring menurut isian atau perangkat daerah, centang barisnya atau semuanya, "
        "lalu pilih keputusannya.",
        "Ikuti SIASN menulis nilai SIASN seperti impor, dan dapat dibatalkan. "
        "Pertahankan diingat: perbedaan yang sama tidak muncul lagi.",
        "Tanyakan mengirimnya kepada pegawai dan pengelola unitnya; jawabannya tampil "
        "di sini dan Anda yang memutuskan.",
        "Sesudah mengoreksi catatan sendiri, tekan Bandingkan ulang.",
    )

    def get_title(self) -> str:
        return self.impor.nama_berkas

    def get_queryset(self) -> QuerySet[SelisihSiasn]:
        return list_selisih(self.impor)

    def get_exports(self) -> Sequence[ExportLink]:
        url = self.export_url("simpeg:rekonsiliasi-unduh", pk=self.impor.pk)
        return (ExportLink("Unduh Excel", url, post=True),)

    @property
    def can_decide(self) -> bool:
        return self.impor.status == Status.SIAP

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        impor = self.impor
        context = super().get_context_data(
            impor=impor,
            nada=NADA_STATUS[Status(impor.status)],
            can_decide=self.can_decide,
            url_putuskan=self.export_url("simpeg:rekonsiliasi-decide", pk=impor.pk),
            **kwargs,
        )
        for satu in context["daftar"].rows:
            satu.label = label_isian(satu.kolom)
            satu.nada = NADA[Keadaan(satu.keadaan)]
            satu.is_sisa = satu.keadaan in SISA
        if not self.is_fragment():
            context |= self._summarize()
        return context

    def _summarize(self) -> dict[str, Any]:
        impor = self.impor
        total, kolom, opd = summarize_selisih(impor)
        job = Job.objects.filter(pk=impor.job_id).select_related("owner").first()
        sini = reverse("simpeg:rekonsiliasi-detail", args=[impor.pk])
        selesai = total.count(*SELESAI)
        angka = [
            Figure(
                label,
                format_angka(total.count(keadaan)),
                url=f"{sini}?keadaan={keadaan}",
            )
            for label, keadaan in (
                ("Belum diputuskan", Keadaan.TERBUKA),
                ("Menunggu jawaban", Keadaan.DITANYA),
                ("Sudah dijawab", Keadaan.DIJAWAB),
                ("Mengikuti SIASN", Keadaan.DITERIMA),
                ("Dipertahankan", Keadaan.DIPERTAHANKAN),
            )
        ]
        return {
            "total": total,
            "selesai": selesai,
            "per_kolom": kolom,
            "per_opd": opd,
            "RINGKAS": RINGKAS,
            "angka": angka if impor.jumlah_baris else [],
            "job": job,
            "is_bekerja": job is not None and job.is_active,
            "sedang_ditulis": total.count(Keadaan.DIPROSES),
            "tindakan": list(impor.rombongan_set.exclude(status="diminta")[:RINGKAS]),
        }


class RekonsiliasiDecideView(RekonsiliasiDetailView):
    """What was ticked on the list, or all of the filter, decided at once."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        query = request.GET.urlencode()
        kembali = reverse("simpeg:rekonsiliasi-detail", args=[self.impor.pk])
        kembali = f"{kembali}?{query}" if query else kembali
        form = PutusanForm(request.POST)
        try:
            if not form.is_valid():
                raise DomainError(next(iter(form.errors.values()))[0])
            tujuan = self.decide(form)
        except DomainError as error:
            messages.warning(request, error.pesan)
            tujuan = None
        return tujuan or redirect(kembali)

    def decide(self, form: PutusanForm) -> HttpResponseBase | None:
        data = form.cleaned_data
        ids = data["pilih"]
        if data["semua"]:
            rows = self.filtered_queryset.filter(keadaan__in=SISA)
            ids = list(rows.order_by().values_list("pk", flat=True))
        by, impor = self.request.user, self.impor
        match data["tindakan"]:
            case "tanya":
                jumlah = rekonsiliasi.ask(impor=impor, ids=ids, by=by)
                pesan = f"{format_angka(jumlah)} selisih ditanyakan."
            case "pertahankan":
                jumlah = rekonsiliasi.keep_ours(
                    impor=impor, ids=ids, alasan=data["alasan"], by=by
                )
                pesan = (
                    f"Catatan kita dipertahankan pada {format_angka(jumlah)} selisih."
                )
            case _:
                hasil = rekonsiliasi.accept(
                    impor=impor,
                    ids=ids,
                    alasan=data["alasan"],
                    by=by,
                    per_tanggal=timezone.localdate(),
                )
                if isinstance(hasil, Job):
                    return redirect(hasil)
                self._tell(hasil)
                return None
        messages.success(self.request, pesan)
        return None

    def _tell(self, hasil: rekonsiliasi.HasilTerima) -> None:
        if hasil.diterima:
            jumlah = format_angka(len(hasil.diterima))
            messages.success(self.request, f"SIASN diikuti pada {jumlah} selisih.")
        if hasil.gugur:
            jumlah = format_angka(len(hasil.gugur))
            messages.info(
                self.request, f"{jumlah} selisih ternyata tidak berbeda lagi."
            )
        if hasil.berubah:
            jumlah = format_angka(len(hasil.berubah))
            messages.warning(
                self.request,
                f"{jumlah} selisih tidak ditulis: catatan kita berubah sejak "
                "dibandingkan, atau lebih baru daripada SIASN. Lihat lagi.",
            )


class RekonsiliasiExportView(RekonsiliasiDetailView):
    """The differences the filter leaves, as XLSX."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        rows = self.filtered_queryset.order_by("pk")
        file = rekonsiliasi.export_selisih(impor=self.impor, rows=rows, by=request.user)
        response = FileResponse(
            file, as_attachment=True, filename=f"selisih-siasn-{self.impor.pk}.xlsx"
        )
        response["Cache-Control"] = "private, no-store"
        return response


class RekonsiliasiBarisView(RekonsiliasiMixin, SiasnBarisView):
    """A row of the file as it was read; nothing is mended here."""

    panduan = (
        "Halaman ini memuat isi berkas untuk satu orang dan catatan pemeriksaannya.",
        "Perbaiki di SIASN, atau di data pegawai, lalu bandingkan lagi.",
    )

    @property
    def can_mend(self) -> bool:
        return False

    def get_breadcrumbs(self) -> Sequence[Crumb]:
        return [*RekonsiliasiMixin.get_breadcrumbs(self), self.crumb()]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "lain": None}


class RekonsiliasiHanyaSiasnView(RekonsiliasiMixin, ListPageMixin, TemplateView):
    template_name = "simpeg/rekonsiliasi/hanya_siasn.html"
    fragment_template = "simpeg/rekonsiliasi/_hanya_siasn.html"
    title = "Hanya di SIASN"
    satuan = "orang"
    sorts = {"baris": ("nomor",)}
    panduan = (
        "Daftar ini memuat orang di berkas SIASN yang tidak dikenal portal: tidak menurut "
        "PNS ID, NIP, maupun NIK.",
        "Bila memang pegawai kita, masukkan lewat Impor SIASN.",
        "Bila sudah pindah atau pensiun, laporkan agar SIASN dimutakhirkan.",
    )

    def get_queryset(self) -> QuerySet[BarisMasuk]:
        return list_hanya_siasn(self.impor)

    def get_breadcrumbs(self) -> Sequence[Crumb]:
        return [*super().get_breadcrumbs(), self.crumb()]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(impor=self.impor, **kwargs)


class RekonsiliasiHanyaPortalView(RekonsiliasiMixin, SiasnTidakAdaView):
    title = "Hanya di portal"
    panduan = (
        "Daftar ini memuat pegawai aktif di portal yang tidak ada di berkas SIASN.",
        "Periksa: pindah, pensiun, atau tertinggal dari ekspor.",
    )

    def get_breadcrumbs(self) -> Sequence[Crumb]:
        return [*RekonsiliasiMixin.get_breadcrumbs(self), self.crumb()]


class RekonsiliasiActionView(RekonsiliasiMixin, ActionView):
    def get_back_url(self) -> str:
        return reverse("simpeg:rekonsiliasi-detail", args=[self.impor.pk])


class RekonsiliasiCompareView(RekonsiliasiActionView):
    def act(self) -> HttpResponseBase:
        job = rekonsiliasi.request_banding(impor=self.impor, by=self.request.user)
        return redirect(job)


class RekonsiliasiCloseView(RekonsiliasiActionView):
    def act(self) -> HttpResponseBase:
        if self.impor.status == Status.DIUNGGAH:
            siasn.cancel_impor(impor=self.impor, by=self.request.user)
        else:
            rekonsiliasi.close_rekonsiliasi(impor=self.impor, by=self.request.user)
        messages.success(self.request, "Rekonsiliasi ditutup.")
        return redirect("simpeg:rekonsiliasi-list")


class SiasnKeluarView(RekonsiliasiMixin, FormPageMixin, FormView):
    """Our records of one kind under SIASN's names, as a file that a job writes."""

    form_class = KeluarForm
    title = "Ekspor untuk SIASN"
    submit_label = "Susun berkas Excel"
    keep_draft = False
    panduan = (
        "Pilih jenis datanya; nama kolomnya mengikuti SIASN, termasuk ejaannya.",
        "Centang Hanya yang dicatat petugas untuk riwayat yang belum berasal dari SIASN.",
        "Berkasnya disusun di belakang layar, lalu dapat diunduh.",
    )

    def get_form_kwargs(self) -> dict[str, Any]:
        jenis = siasn_keluar.list_jenis(self.request.user)
        return {**super().get_form_kwargs(), "jenis": jenis}

    def perform(self, form: BaseForm) -> Job:
        return siasn_keluar.request_keluar(
            kunci=form.cleaned_data["jenis"],
            is_petugas=form.cleaned_data["is_petugas"],
            by=self.request.user,
        )

    def get_success_url_for(self, hasil: Any) -> str:
        return str(hasil.get_absolute_url())

    def get_cancel_url(self) -> str:
        return reverse("simpeg:rekonsiliasi-list")


# -- Questions ------------------------------------------------------------------------


class PertanyaanListView(ListPageMixin, TemplateView):
    """What somebody is asked about their own record, or about those they keep."""

    permission = Permission.PEGAWAI_VIEW
    template_name = "simpeg/rekonsiliasi/pertanyaan.html"
    fragment_template = "simpeg/rekonsiliasi/_pertanyaan.html"
    title = "Pertanyaan data"
    satuan = "pertanyaan"
    sorts = {"urutan": ("pk",)}
    panduan = (
        "Catatan kita dan SIASN berbeda pada isian ini, dan petugas bertanya mana yang "
        "benar.",
        "Tekan isiannya, pilih yang benar, dan lampirkan buktinya bila ada.",
        "Petugas BKPSDMD memutuskan sesudah melihat jawaban Anda.",
    )

    def get_queryset(self) -> QuerySet[SelisihSiasn]:
        return list_pertanyaan(self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        for satu in context["daftar"].rows:
            satu.label = label_isian(satu.kolom)
        return context


class PertanyaanAnswerView(FormPageMixin, FormView):
    permission = Permission.PEGAWAI_VIEW
    active_menu = "simpeg:pertanyaan-list"
    form_class = JawabanForm
    template_name = "simpeg/rekonsiliasi/jawab.html"
    submit_label = "Kirim jawaban"
    success_message = "Terima kasih, jawaban Anda terkirim."
    keep_draft = False
    panduan = PertanyaanListView.panduan

    @cached_property
    def selisih(self) -> SelisihSiasn:
        rows = list_pertanyaan(self.request.user)
        found = rows.filter(pk=self.kwargs["pk"]).first()
        if found is None:
            raise Http404
        return found

    def get_title(self) -> str:
        return f"{label_isian(self.selisih.kolom)}: mana yang benar?"

    def get_breadcrumbs(self) -> Sequence[Crumb]:
        return [("Pertanyaan data", reverse("simpeg:pertanyaan-list"))]

    def get_form_kwargs(self) -> dict[str, Any]:
        return {
            **super().get_form_kwargs(),
            "kita": self.selisih.kita,
            "siasn": self.selisih.siasn,
        }

    def perform(self, form: BaseForm) -> SelisihSiasn:
        return rekonsiliasi.answer(
            selisih=self.selisih,
            jawaban=form.cleaned_data["jawaban"],
            catatan=form.cleaned_data["catatan"],
            berkas=form.cleaned_data["berkas"],
            by=self.request.user,
        )

    def get_success_url(self) -> str:
        return reverse("simpeg:pertanyaan-list")

    def get_cancel_url(self) -> str:
        return reverse("simpeg:pertanyaan-list")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            selisih=self.selisih,
            is_own=self.selisih.pegawai.user_id == self.request.user.pk,
            **kwargs,
        )
