"""Pages of papers: list, one paper with what may be done to it, bundles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.core.exceptions import ReauthenticationRequired
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
)
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView, TemplateView, View

from bkpsdmd.audit.models import Event
from bkpsdmd.audit.presenters import Isian, describe, list_changes
from bkpsdmd.documents.jenis import JenisNaskah, get_jenis, list_jenis
from bkpsdmd.documents.models import (
    CaraTtd,
    DokumenTerbit,
    Naskah,
    PenandatanganNaskah,
    StatusNaskah,
)
from bkpsdmd.documents.naskah.ekspor import export_naskah, request_export
from bkpsdmd.documents.naskah.filters import NaskahFilter
from bkpsdmd.documents.naskah.forms import (
    AlasanForm,
    CabutForm,
    CaraForm,
    NomorForm,
    PindaianForm,
    TandaTanganForm,
)
from bkpsdmd.documents.naskah.rendering import ensure_berkas, render_draf
from bkpsdmd.documents.naskah.selectors import (
    describe_next,
    get_naskah,
    list_kejadian,
    list_naskah,
)
from bkpsdmd.documents.naskah.services import (
    attach_scan,
    cancel_naskah,
    change_cara,
    list_cara,
    number_naskah,
)
from bkpsdmd.documents.naskah.signing import find_turn, sign_naskah, why_not
from bkpsdmd.documents.permissions import Permission
from bkpsdmd.documents.services import revoke_dokumen
from bkpsdmd.documents.storage import private_response
from bkpsdmd.ui.components import ExportLink
from bkpsdmd.ui.pager import COUNT_LIMIT
from bkpsdmd.ui.views import (
    Crumb,
    FormPageMixin,
    ListPageMixin,
    PageMixin,
)

DAFTAR = "documents:naskah-list"
SUDAH_BERUBAH = (
    "Keadaan naskah ini sudah berubah, jadi langkah tadi tidak berlaku lagi."
)


class NaskahListView(ListPageMixin, TemplateView):
    permission = Permission.NASKAH_VIEW
    template_name = "documents/naskah/list.html"
    fragment_template = "documents/naskah/_table.html"
    title = "Naskah Dinas"
    satuan = "naskah"
    sorts = {"terbaru": ("-pk",)}
    filterset_class = NaskahFilter
    main_filters = ("q", "jenis", "status", "tahun", "menunggu")
    carried_filters = ("paket",)
    panduan = (
        "Semua naskah dari draf sampai ditandatangani ada di sini, yang terbaru di atas.",
        "Naskah baru dibuat dari halaman asalnya, misalnya Surat keterangan di halaman "
        "pegawai, atau Berita acara dengan tombol di atas.",
        "Centang Menunggu tanda tangan saya untuk melihat giliran Anda.",
        "Nomor yang sudah diambil tidak pernah dipakai ulang; naskah batal tetap tercatat.",
    )

    def get_queryset(self) -> QuerySet[Naskah]:
        return list_naskah(self.request.user).select_related(
            "nomor", "dokumen__akhir", "created_by"
        )

    def get_exports(self) -> Sequence[ExportLink]:
        if not self.request.user.has_perm(Permission.NASKAH_EXPORT):
            return ()
        url = self.export_url("documents:naskah-export")
        return (ExportLink("Unduh Excel", url, post=True),)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        can_draft = any(
            self.request.user.has_perm(jenis.penyusun) for jenis in list_jenis()
        )
        return super().get_context_data(
            buat=self._list_buat(), can_draft=can_draft, **kwargs
        )

    def _list_buat(self) -> list[tuple[str, str]]:
        return [
            (jenis.nama, reverse(jenis.buat))
            for jenis in list_jenis()
            if jenis.buat and self.request.user.has_perm(jenis.penyusun)
        ]


class NaskahExportView(NaskahListView):
    """The list as XLSX: at once up to 10,000 rows, as a job beyond."""

    permission = Permission.NASKAH_EXPORT
    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponseBase:
        rows = self.filtered_queryset.order_by(*self.get_order())
        if rows.order_by().values("pk")[: COUNT_LIMIT + 1].count() > COUNT_LIMIT:
            job = request_export(query=request.GET.urlencode(), by=request.user)
            return redirect("jobs:detail", pk=job.pk)
        hari_ini = timezone.localdate()
        file = export_naskah(rows=rows, by=request.user, per_tanggal=hari_ini)
        name = f"naskah-dinas-{hari_ini:%Y-%m-%d}.xlsx"
        return FileResponse(file, as_attachment=True, filename=name)


class NaskahMixin(PageMixin):
    """A page about the paper in the address; what is out of scope does not exist."""

    permission = Permission.NASKAH_VIEW
    active_menu = DAFTAR
    kwargs: dict[str, Any]

    @cached_property
    def naskah(self) -> Naskah:
        naskah = get_naskah(self.request.user, self.kwargs["pk"])
        if naskah is None:
            raise Http404
        return naskah

    def get_breadcrumbs(self) -> Sequence[Crumb]:
        above: list[Crumb] = [("Naskah Dinas", reverse(DAFTAR))]
        if type(self) is not NaskahDetailView:
            above.append((self.naskah.judul, self.naskah.get_absolute_url()))
        return above

    @cached_property
    def jenis(self) -> JenisNaskah:
        return get_jenis(self.naskah.jenis)

    @cached_property
    def is_tentang_saya(self) -> bool:
        return self.jenis.is_tentang(self.naskah, self.request.user)

    @property
    def can_number(self) -> bool:
        return (
            self.request.user.has_perm(Permission.NASKAH_NUMBER)
            and self.jenis.is_terdaftar
        )

    @cached_property
    def cara_lain(self) -> list[CaraTtd]:
        """The other ways in which the paper can be signed."""
        papers = Naskah.objects.filter(pk=self.naskah.pk)
        return [cara for cara in list_cara(papers) if cara != self.naskah.cara]

    @property
    def can_scan(self) -> bool:
        return (
            self.can_number
            and self.naskah.status == StatusNaskah.BERNOMOR
            and self.naskah.cara == CaraTtd.BASAH
            and not self.is_tentang_saya
        )

    @property
    def can_cancel(self) -> bool:
        is_open = self.naskah.status in {StatusNaskah.DRAF, StatusNaskah.BERNOMOR}
        signed = any(satu.signed_at for satu in self.naskah.penandatangan_set.all())
        mine = self.naskah.created_by_id == self.request.user.pk
        return is_open and not signed and (mine or self.can_number)

    @property
    def can_edit(self) -> bool:
        kind = self.jenis
        return (
            self.naskah.status == StatusNaskah.DRAF
            and kind.is_terdaftar
            and self.request.user.has_perm(kind.penyusun)
            and bool(kind.ubah(self.naskah))
            and not self.is_tentang_saya
        )

    @property
    def can_revoke(self) -> bool:
        dokumen = self.naskah.dokumen
        return (
            dokumen is not None
            and dokumen.akhir_atau_none is None
            and self.request.user.has_perm(Permission.NASKAH_REVOKE)
            and not self.is_tentang_saya
        )


class NaskahDetailView(NaskahMixin, TemplateView):
    template_name = "documents/naskah/detail.html"
    panduan = (
        "Draf dapat diubah atau dibatalkan. Beri nomor bila isinya sudah benar; sesudah "
        "itu isinya tetap.",
        "Naskah bernomor menunggu penanda tangannya, menurut urutan. Untuk tanda tangan "
        "basah: cetak, tanda tangani, lalu unggah pindaiannya.",
        "Yang sudah ditandatangani tidak berubah lagi. Bila keliru, susun penggantinya "
        "atau cabut; siapa pun yang memeriksa kodenya akan tahu.",
    )

    def get_title(self) -> str:
        return self.naskah.judul

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        naskah, user = self.naskah, self.request.user
        kind = self.jenis
        turn = find_turn(naskah, user)
        reason = why_not(naskah, user) if turn else ""
        bernomor = naskah.status == StatusNaskah.BERNOMOR
        penandatangan = list(naskah.penandatangan_set.all())
        can_number = self.can_number and naskah.status == StatusNaskah.DRAF
        nada, keadaan = naskah.keadaan
        can_replace = (
            naskah.dokumen is not None
            and naskah.dokumen.akhir_atau_none is None
            and kind.is_terdaftar
            and user.has_perm(kind.penyusun)
            and not self.is_tentang_saya
        )
        return super().get_context_data(
            naskah=naskah,
            nada=nada,
            keadaan=keadaan,
            jenis=kind.nama,
            asal=kind.asal(naskah, user),
            penandatangan=penandatangan,
            akhir=naskah.dokumen.akhir_atau_none if naskah.dokumen else None,
            can_sign=turn is not None and not reason,
            why_not=reason,
            can_number=can_number,
            can_scan=self.can_scan,
            berikutnya=describe_next(
                naskah,
                penandatangan,
                turn=turn,
                why_not=reason,
                can_number=can_number,
            ),
            jejak=self._list_jejak(penandatangan),
            can_change_cara=self.can_number
            and self.can_cancel
            and bernomor
            and bool(self.cara_lain),
            can_cancel=self.can_cancel,
            can_revoke=self.can_revoke,
            url_ubah=kind.ubah(naskah) if self.can_edit else "",
            url_ganti=kind.ganti(naskah) if can_replace else "",
            url_pdf=reverse("documents:naskah-pdf", args=[naskah.pk]),
            **kwargs,
        )

    def _list_jejak(
        self, penandatangan: Sequence[PenandatanganNaskah]
    ) -> list[tuple[Event, str, list[Isian]]]:
        """Return what happened to the paper, to those who work on it; one query."""
        user, naskah = self.request.user, self.naskah
        is_officer = (
            naskah.created_by_id == user.pk
            or any(satu.user_id == user.pk for satu in penandatangan)
            or user.has_perm(self.jenis.penyusun)
            or user.has_perm(Permission.NASKAH_EXPORT)
        )
        if not is_officer or self.is_tentang_saya:
            return []
        return [
            (event, describe(event, objek="naskah ini"), list_changes(event))
            for event in list_kejadian(naskah)
        ]


class NaskahPdfView(NaskahMixin, View):
    """The paper as it stands: a draft with its watermark, or the file that went out.

    What waits for an electronic signature is shown with the watermark too: its bytes
    leave the portal only once they are signed.
    """

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        naskah = self.naskah
        name = f"{naskah.jenis}-{naskah.pk}.pdf"
        is_inline = "unduh" not in request.GET
        file = naskah.dokumen.berkas if naskah.dokumen else None
        if naskah.status == StatusNaskah.BERNOMOR and naskah.cara == CaraTtd.BASAH:
            ensure_berkas([naskah], now=timezone.now())
            file = naskah.berkas
        if file:
            return private_response(
                file, name=name, content_type="application/pdf", inline=is_inline
            )
        kind = "inline" if is_inline else "attachment"
        return HttpResponse(
            render_draf(naskah, now=timezone.now()),
            content_type="application/pdf",
            headers={
                "Content-Disposition": f'{kind}; filename="draf-{name}"',
                "Cache-Control": "private, no-store",
            },
        )


class NaskahFormView(NaskahMixin, FormPageMixin, FormView):
    """A form about one paper that leads back to it."""

    keep_draft = False

    def may_act(self) -> bool:
        raise NotImplementedError

    def may_ever(self) -> bool:
        """Tell whether this user could act here, were the paper in another state."""
        return not self.is_tentang_saya

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        if not self.has_permission():
            raise PermissionDenied
        if not self.may_act():
            if not self.may_ever():
                raise PermissionDenied
            # Pressed twice, or done meanwhile in another window or by a colleague.
            messages.warning(request, SUDAH_BERUBAH)
            return redirect(self.naskah)
        return super().dispatch(request, *args, **kwargs)

    def get_cancel_url(self) -> str:
        return self.naskah.get_absolute_url()

    def get_success_url(self) -> str:
        return self.naskah.get_absolute_url()


class NaskahNumberView(NaskahFormView):
    permission = Permission.NASKAH_NUMBER
    template_name = "documents/naskah/nomor.html"
    form_class = NomorForm
    title = "Beri nomor"
    submit_label = "Beri nomor"
    panduan = (
        "Nomor diambil dari buku nomor dengan tanggal hari ini; sesudah itu isi naskah "
        "tetap.",
        "Pilih cara tanda tangannya. Yang elektronik ditandatangani pejabatnya di portal; "
        "yang basah dicetak, ditandatangani, lalu dipindai atau difoto.",
    )

    def may_act(self) -> bool:
        return self.can_number and self.naskah.status == StatusNaskah.DRAF

    def may_ever(self) -> bool:
        return self.can_number

    def get_form_kwargs(self) -> dict[str, Any]:
        papers = Naskah.objects.filter(pk=self.naskah.pk)
        return {**super().get_form_kwargs(), "pilihan": list_cara(papers)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            naskah=self.naskah,
            jenis=self.jenis.nama,
            tanggal=timezone.localdate(),
            penandatangan=self.naskah.penandatangan_set.all(),
            **kwargs,
        )

    def perform(self, form: NomorForm) -> Naskah:
        now = timezone.now()
        return number_naskah(
            naskah=self.naskah,
            tanggal=timezone.localdate(now),
            by=self.request.user,
            now=now,
            cara=form.cleaned_data["cara"],
        )

    def get_success_message(self, hasil: Naskah) -> str:
        return f"Nomor {hasil.nomor} diberikan."


@reauthentication_required
def _check_password(request: HttpRequest) -> None:
    """Raise ReauthenticationRequired unless the password was given minutes ago."""


class FreshPasswordMixin:
    """A form that is open only minutes after the password was given again.

    What was posted too late is dropped, not kept for later: it may hold a passphrase.
    """

    request: HttpRequest

    @method_decorator(sensitive_post_parameters("frasa_sandi"))
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.may_act():  # type: ignore[attr-defined]
            try:
                _check_password(request)
            except ReauthenticationRequired:
                if request.method == "POST":
                    return HttpResponseRedirect(request.path)
                raise
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc, no-any-return]


class NaskahSignView(FreshPasswordMixin, NaskahFormView):
    """Sign; whoever signs has just proved with the password who they are."""

    template_name = "documents/naskah/tandatangani.html"
    form_class = TandaTanganForm
    title = "Tanda tangani"
    submit_label = "Tanda tangani"
    success_message = "Naskah ditandatangani."
    panduan = (
        "Baca naskahnya sampai habis, lalu beri centang dan tekan Tanda tangani.",
        "Kata sandi diminta lagi bila Anda masuk lebih dari lima menit yang lalu.",
        "Frasa sandi BSrE hanya diteruskan ke layanannya dan tidak disimpan di portal.",
    )

    def may_act(self) -> bool:
        return find_turn(self.naskah, self.request.user) is not None

    def may_ever(self) -> bool:
        user = self.request.user
        return any(
            satu.user_id == user.pk for satu in self.naskah.penandatangan_set.all()
        )

    def get_form_kwargs(self) -> dict[str, Any]:
        is_bsre = self.naskah.cara == CaraTtd.BSRE
        return {**super().get_form_kwargs(), "is_bsre": is_bsre}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            url_pdf=reverse("documents:naskah-pdf", args=[self.naskah.pk]), **kwargs
        )

    def perform(self, form: TandaTanganForm) -> Naskah:
        return sign_naskah(
            naskah=self.naskah,
            by=self.request.user,
            now=timezone.now(),
            frasa_sandi=form.cleaned_data.get("frasa_sandi", ""),
        )


class NaskahScanView(NaskahFormView):
    permission = Permission.NASKAH_NUMBER
    form_class = PindaianForm
    title = "Unggah pindaian"
    submit_label = "Terbitkan"
    success_message = "Naskah terbit dengan pindaian itu."
    panduan = (
        "Cetak naskahnya, minta ditandatangani dan dicap, lalu pindai semua halaman "
        "menjadi satu PDF, atau foto halaman demi halaman dengan ponsel.",
        "Foto dapat diluruskan dan diurutkan; portal menjadikannya satu PDF.",
        "Sesudah diunggah, pindaian itulah dokumen terbitnya dan tidak dapat diganti.",
    )

    def may_act(self) -> bool:
        return self.can_scan

    def perform(self, form: PindaianForm) -> Any:
        # Its libraries cost every start of the portal time; few starts see an upload.
        from bkpsdmd.documents.photos import check_papers

        checked = check_papers(form.cleaned_data["berkas"])
        return attach_scan(
            naskah=self.naskah,
            pdf=checked.content,
            by=self.request.user,
            now=timezone.now(),
        )


class NaskahCaraView(NaskahFormView):
    permission = Permission.NASKAH_NUMBER
    form_class = CaraForm
    title = "Ubah cara tanda tangan"
    success_message = "Cara tanda tangan diubah."
    panduan = (
        "Pakai ini bila layanan tanda tangan sedang tidak dapat dihubungi, atau bila "
        "penanda tangannya belum mempunyai akun.",
        "Nomor dan kode periksanya tetap; berkasnya dibuat ulang.",
    )

    def may_act(self) -> bool:
        return (
            self.can_number
            and self.can_cancel
            and self.naskah.status == StatusNaskah.BERNOMOR
            and bool(self.cara_lain)
        )

    def may_ever(self) -> bool:
        return self.can_number

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "pilihan": self.cara_lain}

    def perform(self, form: CaraForm) -> Naskah:
        return change_cara(
            naskah=self.naskah,
            by=self.request.user,
            now=timezone.now(),
            **form.cleaned_data,
        )


class NaskahCancelView(NaskahFormView):
    form_class = AlasanForm
    title = "Batalkan naskah"
    submit_label = "Batalkan naskah"
    cancel_label = "Kembali"
    success_message = "Naskah dibatalkan."
    panduan = (
        "Naskah yang batal tetap tercatat. Bila sudah bernomor, nomornya tertulis batal "
        "di buku nomor dan tidak dipakai ulang.",
    )

    def may_act(self) -> bool:
        return self.can_cancel

    def may_ever(self) -> bool:
        return self.can_number or self.naskah.created_by_id == self.request.user.pk

    def perform(self, form: AlasanForm) -> Naskah:
        return cancel_naskah(
            naskah=self.naskah,
            alasan=form.cleaned_data["alasan"],
            by=self.request.user,
        )


class NaskahRevokeView(NaskahFormView):
    permission = Permission.NASKAH_REVOKE
    form_class = CabutForm
    title = "Cabut dokumen"
    submit_label = "Cabut dokumen"
    success_message = "Dokumen dicabut."
    panduan = (
        "Siapa pun yang memeriksa kode dokumen ini akan membaca bahwa ia dicabut, beserta "
        "alasannya. Jangan menulis data pribadi di alasan.",
        "Pencabutan tidak dapat ditarik kembali. Bila isinya keliru, lebih baik susun "
        "penggantinya.",
    )

    def may_act(self) -> bool:
        return self.can_revoke

    def perform(self, form: AlasanForm) -> Any:
        return revoke_dokumen(
            dokumen=DokumenTerbit.objects.get(naskah=self.naskah),
            alasan=form.cleaned_data["alasan"],
            by=self.request.user,
        )
