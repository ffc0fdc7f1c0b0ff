"""The archive of a person: filing, looking at a paper, deciding, replacing, withdrawing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import FormView, TemplateView, View

from bkpsdmd.documents.keutuhan import list_naskah_cacat
from bkpsdmd.documents.storage import private_response
from bkpsdmd.exceptions import DomainError
from bkpsdmd.ui.views import Crumb, FormPageMixin, ListPageMixin, PageMixin
from simpeg.choices import KeadaanBerkas
from simpeg.forms.arsip import AlasanForm, PasangForm, PutusanForm, UnggahForm
from simpeg.jenis_riwayat import JENIS, get_bagian
from simpeg.models import BerkasArsip, PemeriksaanArsip
from simpeg.permissions import Permission
from simpeg.rules.arsip import list_jenis_arsip
from simpeg.selectors.akses import get_lingkup
from simpeg.selectors.arsip import (
    count_cacat,
    get_pemeriksaan_terakhir,
    is_tertutup,
    list_cacat,
    list_jenis_untuk,
    list_kosong,
    list_pengutip,
    list_usulan,
    nama_jenis,
)
from simpeg.services.arsip import (
    attach_berkas,
    decide_berkas,
    file_berkas,
    note_view,
    withdraw_berkas,
)
from simpeg.views.pegawai import PegawaiMixin


class ArsipMixin(PegawaiMixin):
    """A page below the archive of one person."""

    permission = Permission.PEGAWAI_VIEW

    def has_permission(self) -> bool:
        return super().has_permission() and self.can_open

    def get_arsip_url(self) -> str:
        return reverse("simpeg:pegawai-bagian", args=[self.pegawai.pk, "arsip"])

    def get_success_url(self) -> str:
        return self.get_arsip_url()

    def get_cancel_url(self) -> str:
        return self.get_arsip_url()

    def get_breadcrumbs(self) -> Sequence[Crumb]:
        return [
            *super().get_breadcrumbs(),
            (self.pegawai.nama_lengkap, self.pegawai.get_absolute_url()),
            ("Arsip", self.get_arsip_url()),
        ]


class BerkasMixin(ArsipMixin):
    """A page about one file; a closed one does not exist for those who may not see it."""

    @cached_property
    def berkas(self) -> BerkasArsip:
        berkas = (
            BerkasArsip.objects.filter(
                pegawai=self.pegawai, pk=self.kwargs["berkas_pk"]
            )
            .select_related("created_by", "diputus_oleh", "menggantikan")
            .first()
        )
        if berkas is None or (
            is_tertutup(berkas.jenis, timezone.localdate())
            and not self.is_sensitive_visible
        ):
            raise Http404
        return berkas

    @property
    def nama_jenis(self) -> str:
        return nama_jenis(self.berkas.jenis, timezone.localdate())

    def get_berkas_url(self) -> str:
        return reverse("simpeg:berkas-view", args=[self.pegawai.pk, self.berkas.pk])


class BerkasDetailView(BerkasMixin, View):
    """The bytes: checked, logged, never kept by a proxy."""

    def get(self, request: HttpRequest, **kwargs: Any) -> FileResponse:
        berkas, is_unduh = self.berkas, "unduh" in request.GET
        try:
            response = private_response(
                berkas.berkas,
                name=berkas.nama_berkas,
                content_type=berkas.content_type,
                inline=not is_unduh,
            )
        except FileNotFoundError:
            raise Http404 from None
        note_view(berkas, by=request.user, is_unduh=is_unduh)
        # The browser's own reader draws a PDF; nothing in the file may run or call out.
        response["Content-Security-Policy"] = (
            "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; "
            "object-src 'self'; plugin-types application/pdf; frame-ancestors 'self'"
        )
        return response


class BerkasView(BerkasMixin, TemplateView):
    """A file with what is known of it and what may be done with it."""

    template_name = "simpeg/arsip/detail.html"
    panduan = (
        "Berkas tampil di halaman ini; di ponsel, tekan Buka berkas.",
        "Ganti berkas bila pindaiannya buram: yang lama tetap disimpan.",
        "Berkas yang membuktikan catatan yang berlaku tidak dapat ditarik.",
        "Berkas yang diusulkan pegawai diperiksa dahulu, lalu diterima atau ditolak.",
    )

    def get_title(self) -> str:
        return self.nama_jenis

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        berkas = self.berkas
        is_diusulkan = berkas.keadaan == KeadaanBerkas.DIUSULKAN
        can_file = self.can_change and self.request.user.has_perm(
            Permission.BERKAS_CHANGE
        )
        pengutip = list_pengutip(berkas) if berkas.is_berlaku else []
        kosong = (
            list_kosong(self.pegawai, berkas.jenis, timezone.localdate())
            if berkas.is_berlaku and can_file and not pengutip
            else []
        )
        return super().get_context_data(
            berkas=berkas,
            pengutip=[
                (
                    jenis.judul,
                    reverse(
                        "simpeg:pegawai-bagian",
                        args=[self.pegawai.pk, get_bagian(jenis).kunci],
                    ),
                )
                for jenis, _ in pengutip
            ],
            url_isi=reverse("simpeg:berkas-detail", args=[self.pegawai.pk, berkas.pk]),
            is_diusulkan=is_diusulkan,
            can_decide=is_diusulkan and can_file,
            can_replace=berkas.is_berlaku and (can_file or self.is_own),
            can_withdraw=not pengutip
            and (
                (berkas.is_berlaku and can_file)
                or (is_diusulkan and (can_file or self.is_own))
            ),
            putusan_form=PutusanForm() if is_diusulkan and can_file else None,
            pasang_form=PasangForm(kosong=kosong) if kosong else None,
            **kwargs,
        )


class BerkasCreateView(ArsipMixin, FormPageMixin, FormView):
    permission = Permission.BERKAS_ADD
    form_class = UnggahForm
    template_name = "simpeg/arsip/form.html"
    submit_label = "Kirim ke arsip"
    panduan = (
        "Pilih jenis dokumennya, lalu pilih PDF atau ambil fotonya.",
        "Foto: letakkan kertas di tempat terang, tarik keempat sudut bingkai ke tepi "
        "kertas, lalu tekan Luruskan.",
        "Beberapa halaman boleh difoto satu per satu; urutannya dapat diubah.",
        "Pegawai mengusulkan; pengelola unit memeriksa lalu menerimanya ke arsip.",
    )

    def has_permission(self) -> bool:
        return super().has_permission() and (self.is_own or self.can_change)

    @cached_property
    def lama(self) -> BerkasArsip | None:
        """Return the file to be replaced, if one is."""
        pk = self.request.POST.get("ganti") or self.request.GET.get("ganti", "")
        if not pk:
            return None
        berkas = (
            BerkasArsip.objects.filter(pegawai=self.pegawai, pk=pk).first()
            if pk.isascii() and pk.isdigit() and len(pk) < 19
            else None
        )
        if berkas is None or (
            is_tertutup(berkas.jenis, timezone.localdate())
            and not self.is_sensitive_visible
        ):
            raise Http404
        return berkas

    @property
    def dari(self) -> dict[str, str]:
        """Return kind and record as the address or the form says them."""
        query = self.request.POST if self.request.method == "POST" else self.request.GET
        if self.lama:
            return {"jenis": self.lama.jenis, "untuk": ""}
        return {name: query.get(name, "") for name in ("jenis", "untuk")}

    def get_title(self) -> str:
        jenis = list_jenis_arsip(timezone.localdate()).get(self.dari["jenis"])
        if self.lama:
            return f"Ganti {nama_jenis(self.lama.jenis, timezone.localdate())}"
        if jenis and self.dari["untuk"]:
            return f"Lengkapi {jenis.nama}"
        return "Usulkan berkas" if self.is_own else "Tambah berkas"

    def get_initial(self) -> dict[str, Any]:
        return {**self.dari, "ganti": self.lama.pk if self.lama else None}

    def get_form_kwargs(self) -> dict[str, Any]:
        hari_ini = timezone.localdate()
        return {
            **super().get_form_kwargs(),
            "jenis": list_jenis_untuk(
                self.pegawai.status_on(hari_ini),
                is_sensitive_visible=self.is_sensitive_visible,
                per_tanggal=hari_ini,
            ),
            "is_tetap": bool(self.lama or (self.dari["jenis"] and self.dari["untuk"])),
            "is_ganti": self.lama is not None,
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            untuk=self._describe_untuk(), lama=self.lama, **kwargs
        )

    def _describe_untuk(self) -> str:
        """Return in words the record that the paper proves."""
        kunci, _, pk = self.dari["untuk"].rpartition("-")
        jenis = JENIS.get(kunci)
        if (
            jenis is None
            or not self.can_see(jenis)
            or not (pk.isascii() and pk.isdigit() and len(pk) < 19)
        ):
            return ""
        row = jenis.model.objects.filter(pegawai=self.pegawai, pk=pk).first()  # type: ignore[attr-defined]
        return f"{jenis.judul}: {row}" if row else ""

    def perform(self, form: UnggahForm) -> BerkasArsip:
        data = form.cleaned_data
        return file_berkas(
            pegawai=self.pegawai,
            jenis=data["jenis"],
            uploads=data["berkas"],
            uraian=data["uraian"],
            untuk=data["untuk"],
            menggantikan=self.lama,
            alasan=data.get("alasan", ""),
            by=self.request.user,
            per_tanggal=timezone.localdate(),
        )

    def get_success_message(self, hasil: BerkasArsip) -> str:
        nama = nama_jenis(hasil.jenis, timezone.localdate())
        if hasil.is_berlaku:
            return f"{nama} tersimpan dalam arsip."
        return f"{nama} terkirim; menunggu diperiksa pengelola kepegawaian unit Anda."


class BerkasWithdrawView(BerkasMixin, FormPageMixin, FormView):
    permission = Permission.BERKAS_ADD
    form_class = AlasanForm
    submit_label = "Tarik berkas ini"
    success_message = "Berkas ditarik; tetap terbaca pada bagian Berkas terdahulu."
    panduan = (
        "Tarik hanya berkas yang salah orang, salah jenis, atau ganda.",
        "Berkas yang ditarik tidak dihapus; alasannya terbaca.",
    )

    def has_permission(self) -> bool:
        return super().has_permission() and (self.is_own or self.can_change)

    def get_title(self) -> str:
        return f"Tarik {self.nama_jenis}"

    def perform(self, form: AlasanForm) -> BerkasArsip:
        return withdraw_berkas(
            berkas=self.berkas,
            alasan=form.cleaned_data["alasan"],
            by=self.request.user,
            per_tanggal=timezone.localdate(),
        )


class _BerkasPostView(BerkasMixin, View):
    """An act on a file that its own page asks for; what is refused stands there."""

    permission = Permission.BERKAS_CHANGE
    http_method_names = ["post"]

    def has_permission(self) -> bool:
        return super().has_permission() and self.can_change

    def act(self) -> str:
        """Do it and return the message."""
        raise NotImplementedError

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            messages.success(request, self.act())
        except DomainError as error:
            messages.error(request, error.pesan)
            return redirect(self.get_berkas_url())
        return redirect(self.get_next_url())

    def get_next_url(self) -> str:
        return self.get_arsip_url()


class BerkasDecideView(_BerkasPostView):
    def act(self) -> str:
        form = PutusanForm(self.request.POST)
        if not form.is_valid():
            raise DomainError("Alasan paling panjang 500 huruf.", kolom="alasan")
        is_diterima = self.request.POST.get("putusan") == "terima"
        decide_berkas(
            berkas=self.berkas,
            is_diterima=is_diterima,
            alasan=form.cleaned_data["alasan"],
            by=self.request.user,
            per_tanggal=timezone.localdate(),
        )
        return f"{self.nama_jenis} {'diterima ke arsip' if is_diterima else 'ditolak'}."

    def get_next_url(self) -> str:
        return reverse("simpeg:arsip-usulan")


class BerkasAttachView(_BerkasPostView):
    def act(self) -> str:
        hari_ini = timezone.localdate()
        kosong = list_kosong(self.pegawai, self.berkas.jenis, hari_ini)
        form = PasangForm(self.request.POST, kosong=kosong)
        if not form.is_valid():
            raise DomainError("Pilih catatan yang dibuktikan berkas ini.")
        attach_berkas(
            berkas=self.berkas,
            untuk=form.cleaned_data["untuk"],
            by=self.request.user,
            per_tanggal=hari_ini,
        )
        return f"{self.nama_jenis} dipasangkan; catatannya kini berberkas."


class UsulanListView(ListPageMixin, TemplateView):
    """The proposed files that wait for this officer, the oldest first."""

    permission = Permission.BERKAS_CHANGE
    template_name = "simpeg/arsip/usulan.html"
    fragment_template = "simpeg/arsip/_usulan.html"
    title = "Usulan Berkas"
    satuan = "berkas"
    sorts = {"lama": ("created_at",)}
    panduan = (
        "Berkas yang diunggah pegawai menunggu di sini, yang paling lama di atas.",
        "Buka, bandingkan dengan aslinya, lalu terima atau tolak dengan alasan.",
    )

    def get_queryset(self) -> QuerySet[BerkasArsip]:
        return list_usulan(self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        hari_ini = timezone.localdate()
        context["baris"] = [
            (one, nama_jenis(one.jenis, hari_ini)) for one in context["daftar"].rows
        ]
        return context


class PemeriksaanListView(PageMixin, TemplateView):
    """Whether every stored file is still what was uploaded."""

    permission = Permission.ARSIP_CHECK_VIEW
    template_name = "simpeg/arsip/pemeriksaan.html"
    title = "Pemeriksaan Arsip"
    BARIS = 100
    panduan = (
        "Tiap pekan portal membaca ulang semua berkas, juga naskah yang bernomor dan "
        "dokumen yang terbit, dan membandingkannya dengan sidiknya.",
        "Berkas arsip rusak atau hilang: pulihkan dari cadangan, atau minta pegawai "
        "mengunggah ulang lewat Ganti berkas.",
        "Dokumen terbit tidak dapat dibuat ulang: pulihkan dari cadangan, atau minta "
        "salinannya dari penerima dan periksa di Periksa dokumen.",
        "Berkas yang ditulis tetapi tidak sempat dicatat, misalnya karena listrik padam, "
        "dihapus sesudah dua pemeriksaan berturut-turut menemukannya.",
    )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, hari_ini = self.request.user, timezone.localdate()
        is_pembaca = bool(get_lingkup(user)) and user.has_perm(Permission.BERKAS_VIEW)
        return super().get_context_data(
            terakhir=get_pemeriksaan_terakhir(),
            pemeriksaan=PemeriksaanArsip.objects.all()[:12],
            cacat=[
                (one, nama_jenis(one.jenis, hari_ini))
                for one in list_cacat()[: self.BARIS]
            ],
            naskah_cacat=list_naskah_cacat(user, self.BARIS),
            jumlah_cacat=count_cacat(),
            is_pembaca=is_pembaca,
            **kwargs,
        )
