"""Pages of the import: upload, what it would change, mending, applying, history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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
from django.views.generic import FormView, TemplateView, View

from bkpsdmd.documents.models import get_kantor
from bkpsdmd.jobs.models import Job
from bkpsdmd.ui.components import Figure, Nada, Perubahan
from bkpsdmd.ui.formats import format_angka
from bkpsdmd.ui.views import ActionView, Crumb, FormPageMixin, ListPageMixin, PageMixin
from simpeg.forms.siasn import PERINGATAN, BarisFilter, PerbaikanForm, UnggahForm
from simpeg.models import BarisMasuk, BerkasMasuk, JenisMasuk, KeadaanPegawai
from simpeg.permissions import Permission
from simpeg.selectors.akses import get_lingkup_kelola
from simpeg.selectors.rombongan import find_rombongan
from simpeg.selectors.siasn import (
    find_ditolak_lain,
    label_isian,
    list_baris,
    list_berkas,
    list_tidak_ada,
)
from simpeg.services import siasn
from simpeg.siasn.catatan import Tingkat
from simpeg.siasn.kolom import KETERANGAN, KOLOM, get_label

Status, Hasil = BerkasMasuk.Status, BarisMasuk.Hasil
NADA_STATUS = {
    Status.DIUNGGAH: Nada.INFO,
    Status.SIAP: Nada.WARN,
    Status.DITERAPKAN: Nada.OK,
    Status.DITOLAK: Nada.BAD,
    Status.DIBATALKAN: Nada.NETRAL,
    Status.DITUTUP: Nada.OK,
}
NADA_HASIL = {
    Hasil.BARU: Nada.OK,
    Hasil.BERUBAH: Nada.INFO,
    Hasil.SAMA: Nada.NETRAL,
    Hasil.DITOLAK: Nada.BAD,
}
IKON_HASIL = {Hasil.BARU: "user-plus", Hasil.BERUBAH: "pencil", Hasil.SAMA: "check"}
# So many differences and notes of one row are shown in the list.
RINGKAS = 3


@dataclass(frozen=True)
class CatatanTampil:
    """A note as the pages draw it."""

    label: str
    pesan: str
    kode: str
    is_galat: bool

    @property
    def nada(self) -> Nada:
        return Nada.BAD if self.is_galat else Nada.WARN


@dataclass(frozen=True)
class Kosong:
    """What a list says that has no row yet."""

    judul: str
    ikon: str
    pesan: str


class BerkasMasukListMixin(ListPageMixin):
    """A list of files brought in: how each stands, and what was counted in it.

    `hitungan` names the columns of counts and the fields they show.
    """

    fragment_template = "simpeg/berkas_masuk/_table.html"
    sorts = {"terbaru": ("-id",)}
    judul_tabel: str
    rute_detail: str
    hitungan: Mapping[str, str]
    kosong: Kosong

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(
            judul_tabel=self.judul_tabel,
            hitungan=list(self.hitungan),
            kosong=self.kosong,
            **kwargs,
        )
        for satu in context["daftar"].rows:
            satu.nada = NADA_STATUS[Status(satu.status)]
            satu.url = reverse(self.rute_detail, args=[satu.pk])
            satu.hitungan = [getattr(satu, name) for name in self.hitungan.values()]
        return context


class SiasnMixin(PageMixin):
    """A page of the import. It concerns everybody, so a part of the office is too little."""

    permission = Permission.SIASN_IMPORT
    active_menu = "simpeg:siasn-list"
    jenis: str = JenisMasuk.IMPOR
    kwargs: dict[str, Any]

    def has_permission(self) -> bool:
        user = self.request.user
        return super().has_permission() and get_lingkup_kelola(user).semua

    @cached_property
    def impor(self) -> BerkasMasuk:
        return get_object_or_404(list_berkas(self.jenis), pk=self.kwargs["pk"])

    def get_breadcrumbs(self) -> Sequence[Crumb]:
        above: list[Crumb] = [("Impor SIASN", reverse("simpeg:siasn-list"))]
        return above


class SiasnListView(SiasnMixin, BerkasMasukListMixin, TemplateView):
    template_name = "simpeg/siasn/list.html"
    title = "Impor SIASN"
    satuan = "impor"
    judul_tabel = "Impor SIASN, yang terbaru di atas"
    rute_detail = "simpeg:siasn-detail"
    hitungan = {
        "Baris": "jumlah_baris",
        "Baru": "jumlah_baru",
        "Berubah": "jumlah_berubah",
        "Ditolak": "jumlah_ditolak",
    }
    kosong = Kosong(
        "Belum ada impor",
        "upload",
        "Unggah ekspor data ASN dari SIASN untuk mengisi dan memutakhirkan data pegawai.",
    )
    panduan = (
        "Unduh ekspor data ASN dari SIASN, lalu tekan Unggah ekspor.",
        "Berkas diperiksa dahulu; tidak ada yang berubah sebelum Anda menerapkannya.",
        "Tekan nama berkas untuk melihat perbedaan, memperbaiki baris yang ditolak, "
        "dan menerapkannya.",
    )

    def get_queryset(self) -> QuerySet[BerkasMasuk]:
        return list_berkas(self.jenis)

    def get_breadcrumbs(self) -> Sequence[Crumb]:
        return ()


class SiasnCreateView(SiasnMixin, FormPageMixin, FormView):
    form_class = UnggahForm
    template_name = "simpeg/siasn/form.html"
    title = "Unggah ekspor SIASN"
    submit_label = "Unggah dan periksa"
    success_message = "Berkas tersimpan dan sedang diperiksa."
    # A file cannot be kept as a draft.
    keep_draft = False
    panduan = (
        "Unduh ekspor data ASN instansi dari SIASN, CSV atau Excel.",
        "Jangan buka berkasnya di Excel sebelum diunggah: Excel merusak NIP dan NIK.",
        "Pilih berkasnya di sini, tekan Unggah dan periksa, tunggu sampai selesai.",
        "Lihat perbedaannya, perbaiki baris yang ditolak, baru terapkan.",
    )

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "is_contoh": get_kantor().is_contoh}

    def perform(self, form: BaseForm) -> BerkasMasuk:
        berkas = form.cleaned_data["berkas"]
        return siasn.upload_impor(
            berkas=berkas,
            nama=berkas.name,
            by=self.request.user,
            is_ke_contoh=form.cleaned_data.get("is_ke_contoh", False),
        )

    def get_success_url_for(self, hasil: Any) -> str:
        return reverse("jobs:detail", args=[hasil.job_id])

    def get_cancel_url(self) -> str:
        return reverse("simpeg:siasn-list")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(keterangan=KETERANGAN, **kwargs)


class SiasnTemplateView(SiasnMixin, View):
    """An empty sheet with the headings, its cells text so that no NIP is rounded."""

    def get(self, request: HttpRequest) -> HttpResponseBase:
        return FileResponse(
            siasn.write_templat(), as_attachment=True, filename="templat-siasn.xlsx"
        )


class SiasnDetailView(SiasnMixin, ListPageMixin, TemplateView):
    """What a file would change, row by row, and the decision on it."""

    template_name = "simpeg/siasn/detail.html"
    fragment_template = "simpeg/siasn/_baris.html"
    satuan = "baris"
    sorts = {"baris": ("nomor",)}
    filterset_class = BarisFilter
    main_filters = ("q", "hasil")
    panduan = (
        "Tekan sebuah angka untuk melihat barisnya saja, misalnya yang ditolak.",
        "Tekan nama orang untuk melihat catatan kita di samping data SIASN.",
        "Baris yang ditolak dapat diperbaiki di sini, atau diunduh, diperbaiki, lalu "
        "diunggah sebagai berkas baru.",
        "Terapkan menulis semua yang baru dan berubah sekaligus; yang ditolak dilewati.",
        "Sesudah diterapkan, semuanya masih dapat dibatalkan selama belum ada yang "
        "dicatat sesudahnya.",
    )

    def get_title(self) -> str:
        return self.impor.nama_berkas

    def get_queryset(self) -> QuerySet[BarisMasuk]:
        return list_baris(self.impor)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        impor = self.impor
        context = super().get_context_data(
            impor=impor,
            nada=NADA_STATUS[Status(impor.status)],
            jumlah_tulis=impor.jumlah_baru + impor.jumlah_berubah,
            **kwargs,
        )
        for baris in context["daftar"].rows:
            _decorate(baris)
        if not self.is_fragment():
            job = Job.objects.filter(pk=impor.job_id).select_related("owner").first()
            context |= {
                "job": job,
                "is_bekerja": job is not None and job.is_active,
                "rombongan": find_rombongan(impor),
                "is_job_saya": job is not None and job.owner == self.request.user,
                "angka": self._list_figures(),
            }
        return context

    def _list_figures(self) -> list[Figure]:
        impor, sini = self.impor, reverse("simpeg:siasn-detail", args=[self.impor.pk])
        if not impor.jumlah_baris:
            return []
        return [
            *(
                Figure(
                    hasil.label,
                    format_angka(getattr(impor, f"jumlah_{hasil.value}")),
                    url=f"{sini}?hasil={hasil.value}",
                )
                for hasil in Hasil
            ),
            Figure(
                "Dengan peringatan",
                format_angka(impor.jumlah_peringatan),
                url=f"{sini}?hasil={PERINGATAN}",
            ),
            Figure(
                "Tidak ada di berkas",
                format_angka(impor.jumlah_tidak_ada),
                url=reverse("simpeg:siasn-tidak-ada", args=[impor.pk]),
            ),
        ]


class SiasnTidakAdaView(SiasnMixin, ListPageMixin, TemplateView):
    template_name = "simpeg/siasn/tidak_ada.html"
    fragment_template = "simpeg/siasn/_tidak_ada.html"
    title = "Tidak ada di berkas"
    satuan = "pegawai"
    sorts = {"nama": ("nama_urut",)}
    panduan = (
        "Daftar ini memuat pegawai aktif yang tidak disebut di berkas.",
        "Mereka tidak dihapus dan tidak diubah oleh impor.",
        "Periksa satu per satu: pindah, pensiun, atau memang tertinggal dari ekspor.",
    )

    def get_queryset(self) -> QuerySet[KeadaanPegawai]:
        return list_tidak_ada(self.impor)

    def get_breadcrumbs(self) -> Sequence[Crumb]:
        return [*super().get_breadcrumbs(), _crumb(self.impor)]


class SiasnBarisView(SiasnMixin, FormPageMixin, FormView):
    """One row: ours beside SIASN's, the notes, and the cells to correct."""

    form_class = PerbaikanForm
    template_name = "simpeg/siasn/baris.html"
    submit_label = "Simpan dan periksa lagi"
    panduan = (
        "Kolom Lama berisi catatan kita, kolom Baru isi berkas.",
        "Perbaiki sel yang keliru menurut SK, lalu tekan Simpan dan periksa lagi.",
        "Perbaikan hanya mengubah baris ini di impor, bukan di SIASN: laporkan juga "
        "agar SIASN dibetulkan.",
    )

    @cached_property
    def baris(self) -> BarisMasuk:
        rows = BarisMasuk.objects.select_related("impor", "pegawai")
        return get_object_or_404(
            rows,
            impor=self.kwargs["pk"],
            impor__jenis=self.jenis,
            nomor=self.kwargs["nomor"],
        )

    @property
    def can_mend(self) -> bool:
        return (
            self.baris.hasil == Hasil.DITOLAK and self.baris.impor.status == Status.SIAP
        )

    def get_title(self) -> str:
        return self.baris.nama or f"Baris {self.baris.nomor}"

    def get_breadcrumbs(self) -> Sequence[Crumb]:
        return [*super().get_breadcrumbs(), _crumb(self.baris.impor)]

    def get_form_kwargs(self) -> dict[str, Any]:
        return {
            **super().get_form_kwargs(),
            "baris": self.baris,
            "initial": {"sidik": siasn.fingerprint(self.baris)},
        }

    def perform(self, form: BaseForm) -> BarisMasuk:
        return siasn.mend_baris(
            baris=self.baris,
            sidik=form.cleaned_data["sidik"],
            sel=form.as_sel(),  # type: ignore[attr-defined]
            by=self.request.user,
            per_tanggal=timezone.localdate(),
        )

    def form_valid(self, form: BaseForm) -> HttpResponse:
        response = super().form_valid(form)
        if response.status_code == 302 and self.hasil.hasil == Hasil.DITOLAK:
            messages.warning(self.request, f"Baris {self.baris.nomor} masih ditolak.")
        return response

    def get_success_message(self, hasil: Any) -> str:
        self.hasil = hasil
        if hasil.hasil == Hasil.DITOLAK:
            return ""
        return f"Baris {hasil.nomor} diterima: {hasil.get_hasil_display().lower()}."

    def get_success_url_for(self, hasil: Any) -> str:
        """Stay on a row that is still refused, else go on to the next refused one."""
        lanjut = hasil if hasil.hasil == Hasil.DITOLAK else find_ditolak_lain(hasil)
        if lanjut is None:
            return reverse("simpeg:siasn-detail", args=[self.baris.impor_id])
        return reverse("simpeg:siasn-baris", args=[self.baris.impor_id, lanjut.nomor])

    def get_cancel_url(self) -> str:
        return reverse("simpeg:siasn-detail", args=[self.baris.impor_id])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        _decorate(self.baris)
        return super().get_context_data(
            baris=self.baris,
            impor=self.baris.impor,
            can_mend=self.can_mend,
            isi=[
                (label, self.baris.data[kolom])
                for kolom, label in KOLOM.items()
                if self.baris.data.get(kolom)
            ],
            lain=(
                find_ditolak_lain(self.baris)
                if self.baris.hasil == Hasil.DITOLAK
                else None
            ),
            **kwargs,
        )


class SiasnActionView(SiasnMixin, ActionView):
    def get_back_url(self) -> str:
        return reverse("simpeg:siasn-detail", args=[self.impor.pk])


class SiasnApplyView(SiasnActionView):
    def act(self) -> HttpResponseBase:
        job = siasn.request_terap(impor=self.impor, by=self.request.user)
        return redirect(job)


class SiasnCheckView(SiasnActionView):
    def act(self) -> HttpResponseBase:
        job = siasn.request_periksa(impor=self.impor, by=self.request.user)
        return redirect(job)


class SiasnCancelView(SiasnActionView):
    def act(self) -> HttpResponseBase:
        siasn.cancel_impor(impor=self.impor, by=self.request.user)
        messages.success(self.request, "Impor dibatalkan; tidak ada yang berubah.")
        return redirect("simpeg:siasn-list")


class SiasnDitolakView(SiasnActionView):
    """The refused rows as XLSX, to be mended and uploaded again."""

    def act(self) -> HttpResponseBase:
        file = siasn.export_ditolak(impor=self.impor, by=self.request.user)
        response = FileResponse(
            file, as_attachment=True, filename=f"siasn-ditolak-{self.impor.pk}.xlsx"
        )
        response["Cache-Control"] = "private, no-store"
        return response


def _crumb(impor: BerkasMasuk) -> Crumb:
    return impor.nama_berkas, reverse("simpeg:siasn-detail", args=[impor.pk])


def _decorate(baris: BarisMasuk) -> None:
    """Give a row what the templates draw: its tone, its notes and differences in words."""
    hasil = Hasil(baris.hasil)
    baris.nada, baris.ikon = NADA_HASIL[hasil], IKON_HASIL.get(hasil, "")
    baris.catatan_tampil = [
        CatatanTampil(
            get_label(satu["kolom"]),
            satu["pesan"],
            satu["kode"],
            satu["tingkat"] == Tingkat.GALAT,
        )
        for satu in baris.catatan
    ]
    baris.beda = [
        Perubahan(label_isian(nama), lama, baru)
        for nama, (lama, baru) in baris.perubahan.items()
    ]
    baris.beda_ringkas = baris.beda[:RINGKAS] if hasil == Hasil.BERUBAH else []
    baris.beda_lain = max(0, len(baris.beda) - RINGKAS) if hasil == Hasil.BERUBAH else 0
