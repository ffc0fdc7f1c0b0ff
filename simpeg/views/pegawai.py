"""List, person page, identity form and export of people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import FormView, TemplateView, View

from bkpsdmd.documents.permissions import Permission as NaskahPermission
from bkpsdmd.exceptions import DomainError
from bkpsdmd.ui.components import ExportLink, Tab
from bkpsdmd.ui.pager import COUNT_LIMIT
from bkpsdmd.ui.views import Crumb, FormPageMixin, ListPageMixin, PageMixin
from simpeg.filters import PegawaiFilter
from simpeg.forms.pegawai import DataUtamaForm, PengangkatanForm
from simpeg.jenis_riwayat import BAGIAN, Bagian, JenisRiwayat
from simpeg.kolom_pegawai import KOLOM_PEGAWAI
from simpeg.models import KeadaanPegawai, Pegawai, TindakLanjut
from simpeg.permissions import Permission
from simpeg.selectors.arsip import show_arsip
from simpeg.selectors.identitas import (
    is_data_sendiri,
    list_data_lain,
    list_nip_lama,
)
from simpeg.selectors.keadaan import derive_keadaan
from simpeg.selectors.linimasa import list_linimasa
from simpeg.selectors.mendatang import list_mendatang
from simpeg.selectors.mutu import show_mutu
from simpeg.selectors.pegawai import (
    can_change,
    explain_gaji,
    explain_pensiun,
    get_pegawai,
    list_pegawai,
)
from simpeg.selectors.pembukaan import (
    get_simpan_sejak,
    list_aplikasi,
    list_pembukaan,
)
from simpeg.selectors.radar import find_url
from simpeg.selectors.riwayat import (
    list_audit,
    list_peristiwa,
    load_all_riwayat,
    show_data_utama,
    show_tabel,
)
from simpeg.selectors.surat import list_naskah_pegawai
from simpeg.services.dokumen import DOKUMEN, get_dokumen, print_dokumen
from simpeg.services.ekspor import export_pegawai, request_export
from simpeg.services.pegawai import (
    confirm_pegawai,
    update_pegawai,
    update_pengangkatan,
)
from simpeg.services.pembukaan import note_pembukaan
from simpeg.services.tindak_lanjut import finish_tindak_lanjut
from simpeg.views.daftar import TampilanMixin, register_daftar

# So many papers stand on the page of a person; the list has all.
BATAS_NASKAH = 100


@register_daftar("pegawai", "simpeg:pegawai-list")
class PegawaiListView(TampilanMixin, ListPageMixin, TemplateView):
    permission = Permission.PEGAWAI_LIST
    template_name = "simpeg/pegawai/list.html"
    fragment_template = "simpeg/pegawai/_table.html"
    title = "Daftar Pegawai"
    satuan = "pegawai"
    sorts = {"nama": ("nama_urut",), "pensiun": ("tmt_pensiun",)}
    columns = KOLOM_PEGAWAI
    filterset_class = PegawaiFilter
    main_filters = ("q", "opd", "status")
    live_filters = ("unit",)
    panduan = (
        "Ketik sebagian nama atau NIP, lalu tekan Cari. Beberapa kata boleh sekaligus.",
        "Persempit dengan saringan; saringan yang sedang berlaku tampak di atas tabel.",
        "Tekan nama untuk membuka data orangnya.",
        "Simpan saringan yang sering dipakai, dan pilih kolom yang ingin dilihat.",
        "Unduh Excel dan daftar nominatif mengikuti saringan yang sedang berlaku.",
        "Centang beberapa orang lalu tekan Tindakan massal untuk menandai mereka atau "
        "mencetak dokumen tiap orang; tanpa centang berlaku untuk semua yang tampil.",
        "Lembar kerja dapat disunting di Excel, lalu diunggah lagi di Lembar Kerja Excel.",
    )

    def get_queryset(self) -> QuerySet[KeadaanPegawai]:
        return list_pegawai(self.request.user, self.shown_columns)

    def get_bulk_url(self) -> str:
        if not self.request.user.has_perm(Permission.PEGAWAI_EXPORT):
            return ""
        return reverse("simpeg:aksi-massal")

    def get_exports(self) -> Sequence[ExportLink]:
        if not self.request.user.has_perm(Permission.PEGAWAI_EXPORT):
            return ()
        suntingan = (
            ExportLink(
                "Lembar kerja (sunting)",
                self.export_url("simpeg:lembar-unduh"),
                "pencil",
                post=True,
            ),
        )
        return (
            ExportLink(
                "Unduh Excel", self.export_url("simpeg:pegawai-export"), post=True
            ),
            *(
                suntingan
                if self.request.user.has_perm(Permission.PEGAWAI_CHANGE)
                else ()
            ),
            ExportLink(
                "Daftar nominatif", self.export_url("simpeg:nominatif-print"), "printer"
            ),
        )


class PegawaiExportView(PegawaiListView):
    """The list as XLSX: at once up to 10,000 rows, as a job beyond."""

    permission = Permission.PEGAWAI_EXPORT
    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        rows = self.filtered_queryset.order_by(*self.get_order(), "pk")
        if rows.order_by().values("pk")[: COUNT_LIMIT + 1].count() > COUNT_LIMIT:
            job = request_export(
                query=request.GET.urlencode(),
                kolom=self.get_column_choice(),
                by=request.user,
            )
            return redirect("jobs:detail", pk=job.pk)
        hari_ini = timezone.localdate()
        file = export_pegawai(
            rows=rows,
            by=request.user,
            per_tanggal=hari_ini,
            kolom=self.get_column_choice(),
        )
        return FileResponse(
            file, as_attachment=True, filename=f"pegawai-{hari_ini:%Y-%m-%d}.xlsx"
        )


class PegawaiMixin(PageMixin):
    """A page about the person in the address; anybody out of scope does not exist."""

    permission = Permission.PEGAWAI_VIEW
    active_menu = "simpeg:pegawai-list"
    kwargs: dict[str, Any]

    @cached_property
    def pegawai(self) -> Pegawai:
        user, pk = self.request.user, self.kwargs["pk"]
        pegawai = get_pegawai(user, pk)
        if pegawai is None and is_data_sendiri(user, pk):
            pegawai = get_pegawai(user, pk, is_sendiri=True)
        if pegawai is None:
            raise Http404
        return pegawai

    @cached_property
    def can_change(self) -> bool:
        user = self.request.user
        return (
            user.has_perm(Permission.PEGAWAI_CHANGE)
            and can_change(user, self.pegawai)
            and not self.is_own
        )

    @property
    def is_own(self) -> bool:
        """Tell whether this is the reader's own record, or another one of theirs."""
        user = self.request.user
        return self.pegawai.user_id == user.pk or any(
            one.user_id == user.pk for one in self.data_lain
        )

    @cached_property
    def data_lain(self) -> list[Pegawai]:
        is_tertaut = self.pegawai.is_tertaut  # type: ignore[attr-defined]
        return list_data_lain(self.pegawai) if is_tertaut else []

    @property
    def is_sensitive_visible(self) -> bool:
        """NIK, address and phone: the person and those who keep or audit the record."""
        return self.is_own or self.request.user.has_perm(Permission.PEGAWAI_SENSITIVE)

    def note_pembukaan(self, bagian: str) -> None:
        """Write down that somebody else than the person sees what is closed."""
        if self.is_sensitive_visible and not self.is_own:
            note_pembukaan(
                pegawai=self.pegawai,
                bagian=bagian,
                by=self.request.user,
                now=timezone.now(),
            )

    @property
    def can_open(self) -> bool:
        """Tell whether this user may look at files of the person at all."""
        return self.is_own or self.request.user.has_perm(Permission.BERKAS_VIEW)

    def can_see(self, jenis: JenisRiwayat) -> bool:
        return self.is_sensitive_visible or not jenis.is_tertutup

    def get_breadcrumbs(self) -> Sequence[Crumb]:
        above: list[Crumb] = []
        if self.request.user.has_perm(Permission.PEGAWAI_LIST):
            above.append(("Daftar Pegawai", reverse("simpeg:pegawai-list")))
        return above

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            pegawai=self.pegawai,
            keadaan=self.pegawai.keadaan,
            can_change=self.can_change,
            is_own=self.is_own,
            data_lain=self.data_lain,
            **kwargs,
        )


class PegawaiDetailView(PegawaiMixin, TemplateView):
    """One address per part of the record, in the order of the official file."""

    # Tabs around those of the kinds, which `jenis_riwayat.BAGIAN` lists.
    AWAL = {"ringkasan": "Ringkasan", "data-utama": "Data utama"}
    AKHIR = {
        "arsip": "Arsip",
        "naskah": "Naskah",
        "jejak": "Jejak",
        "dibuka": "Dibuka oleh",
    }
    panduan = (
        "Ringkasan menampilkan keadaan hari ini dan seluruh perjalanan karier.",
        "Di linimasa, tekan judul untuk membuka catatannya, atau nomor SK untuk membuka "
        "berkasnya. Jeda dan tumpang tindih bertanda segitiga.",
        "Tab lain memuat riwayat menurut urutan berkas kepegawaian.",
        "Tombol Cetak membuat PDF daftar riwayat hidup, biodata, atau kartu riwayat tab "
        "yang sedang dibuka.",
        "Riwayat yang salah tidak dihapus: pakai Koreksi atau Batalkan, catatan lama "
        "tetap terbaca.",
    )

    def get_template_names(self) -> list[str]:
        name = "riwayat" if self.bagian_riwayat else self.bagian.replace("-", "_")
        return [f"simpeg/pegawai/{name}.html"]

    @property
    def bagian(self) -> str:
        return self.kwargs.get("bagian", "ringkasan")  # type: ignore[no-any-return]

    @cached_property
    def bagian_riwayat(self) -> Bagian | None:
        return next((b for b in BAGIAN if b.kunci == self.bagian), None)

    def get_title(self) -> str:
        return self.pegawai.nama_lengkap

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if self.bagian_riwayat:
            rest = self._build_riwayat(self.bagian_riwayat)
        elif self.bagian in {**self.AWAL, **self.AKHIR}:
            rest = getattr(self, f"_build_{self.bagian.replace('-', '_')}")()
        else:
            raise Http404
        return super().get_context_data(
            tabs=self._list_tabs(),
            cetak=self._list_cetak(),
            can_draft_surat=self.can_change
            and self.pegawai.keadaan.is_aktif
            and self.request.user.has_perm(Permission.SURAT_DRAFT),
            **rest,
            **kwargs,
        )

    def _list_cetak(self) -> list[tuple[str, str]]:
        """Return (key, label) of the papers one press away: the card follows the tab."""
        kartu = f"kartu-{self.bagian}" if self.bagian_riwayat else "kartu"
        return [(kunci, DOKUMEN[kunci].nama) for kunci in ("drh", "biodata", kartu)]

    def _list_tabs(self) -> list[Tab]:
        labels = {
            **self.AWAL,
            **{b.kunci: b.label for b in BAGIAN if self._list_jenis(b)},
            **({"arsip": self.AKHIR["arsip"]} if self.can_open else {}),
            **({"naskah": self.AKHIR["naskah"]} if self._can_see_naskah() else {}),
            **({"jejak": self.AKHIR["jejak"]} if self._can_see_audit() else {}),
            **({"dibuka": self.AKHIR["dibuka"]} if self._can_see_readers() else {}),
        }
        return [
            Tab(
                label,
                reverse("simpeg:pegawai-bagian", args=[self.pegawai.pk, key])
                if key != "ringkasan"
                else self.pegawai.get_absolute_url(),
                key == self.bagian,
            )
            for key, label in labels.items()
        ]

    def _list_jenis(self, bagian: Bagian) -> list[JenisRiwayat]:
        """Return the kinds of a tab that fit the person and may be seen here."""
        return [
            jenis
            for jenis in bagian.jenis
            if self.pegawai.jenis_asn in jenis.untuk and self.can_see(jenis)
        ]

    def _can_see_audit(self) -> bool:
        return self.is_own or self.request.user.has_perm(Permission.PEGAWAI_AUDIT)

    def _can_see_naskah(self) -> bool:
        user = self.request.user
        return user.has_perm(NaskahPermission.NASKAH_VIEW) and (
            self.is_own or user.has_perm(Permission.SURAT_READ)
        )

    def _build_naskah(self) -> dict[str, Any]:
        if not self._can_see_naskah():
            raise PermissionDenied
        rows = list_naskah_pegawai(self.pegawai, self.request.user)
        naskah = list(rows[: BATAS_NASKAH + 1])
        return {
            "naskah": naskah[:BATAS_NASKAH],
            "is_lebih": len(naskah) > BATAS_NASKAH,
            "batas": BATAS_NASKAH,
        }

    def _build_ringkasan(self) -> dict[str, Any]:
        per_tanggal = timezone.localdate()
        semua = load_all_riwayat(self.pegawai)
        keadaan = derive_keadaan(semua.berlaku(), per_tanggal)
        lain = list_peristiwa(
            self.pegawai, is_sensitive_visible=self.is_sensitive_visible
        )
        linimasa = list_linimasa(
            semua, lain, self.pegawai, per_tanggal, can_open=self.can_open
        )
        mutu = show_mutu(semua.berlaku(), per_tanggal)
        return {
            "hari_ini": per_tanggal,
            "tindak_lanjut": self._get_tindak_lanjut(),
            "keadaan_rinci": keadaan,
            "linimasa": linimasa,
            "mendatang": list_mendatang(
                keadaan, lain, is_sensitive_visible=self.is_sensitive_visible
            )
            if self.pegawai.keadaan.is_aktif
            else [],
            "radar": [
                (row, find_url(row, is_sensitive_visible=self.is_sensitive_visible))
                for row in mutu.radar
            ],
            "perlu_diperiksa": sum(item.nada is not None for item in linimasa),
            "mutu": mutu,
            "can_see_mutu": self.is_sensitive_visible,
            "gaji": _explained(explain_gaji, keadaan),
            "pensiun": _explained(explain_pensiun, keadaan),
        }

    def _can_see_readers(self) -> bool:
        """The person concerned, and whoever audits: not those who are in the list."""
        return self.is_own or self.request.user.has_perm(Permission.PEMBUKAAN_VIEW)

    def _build_dibuka(self) -> dict[str, Any]:
        if not self._can_see_readers():
            raise PermissionDenied
        return {
            "pembukaan": list_pembukaan(self.pegawai),
            "aplikasi": list_aplikasi(self.pegawai, per_tanggal=timezone.localdate()),
            "unduhan_sejak": get_simpan_sejak(timezone.localdate()),
        }

    def _get_tindak_lanjut(self) -> TindakLanjut | None:
        is_ada = self.pegawai.is_ditandai  # type: ignore[attr-defined]
        if not is_ada or not self.request.user.has_perm(Permission.TINDAK_LANJUT):
            return None
        return (
            self.pegawai.tindak_lanjut_set.filter(selesai_at__isnull=True)
            .select_related("created_by")
            .first()
        )

    def _build_data_utama(self) -> dict[str, Any]:
        self.note_pembukaan(self.AWAL["data-utama"])
        return {
            "kelompok": show_data_utama(
                self.pegawai, is_sensitive_visible=self.is_sensitive_visible
            ),
            "nip_lama": list_nip_lama(self.pegawai),
            "can_correct_nip": self.can_change
            and self.request.user.has_perm(Permission.NIP_CORRECT),
        }

    def _build_riwayat(self, bagian: Bagian) -> dict[str, Any]:
        jenis = self._list_jenis(bagian)
        if not jenis:
            raise PermissionDenied
        if any(one.is_tertutup for one in jenis):
            self.note_pembukaan(bagian.label)
        return {
            "tabel": [show_tabel(self.pegawai, one) for one in jenis],
            "can_open": self.can_open,
        }

    def _build_arsip(self) -> dict[str, Any]:
        if not self.can_open:
            raise PermissionDenied
        return {
            "arsip": show_arsip(
                self.pegawai,
                is_sensitive_visible=self.is_sensitive_visible,
                per_tanggal=timezone.localdate(),
            ),
            "can_add": self.is_own or self.can_change,
        }

    def _build_jejak(self) -> dict[str, Any]:
        if not self._can_see_audit():
            raise PermissionDenied
        return {
            "jejak": list_audit(
                self.pegawai, is_sensitive_visible=self.is_sensitive_visible
            )
        }


def _explained(explain: Any, keadaan: Any) -> dict[str, Any]:
    """Return the rule's result, or the sentence of what keeps it from answering."""
    try:
        return {"hasil": explain(keadaan), "galat": ""}
    except DomainError as error:
        return {"hasil": None, "galat": error.pesan}


class PegawaiPrintView(PegawaiMixin, View):
    """A paper about this person as PDF: biodata, daftar riwayat hidup, kartu riwayat."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        try:
            dokumen = get_dokumen(request.POST.get("dokumen", ""))
            content = print_dokumen(
                dokumen=dokumen,
                pegawai=self.pegawai,
                is_sensitive_visible=self.is_sensitive_visible,
                by=request.user,
                dibuat=timezone.now(),
                per_tanggal=timezone.localdate(),
            )
        except DomainError as error:
            messages.warning(request, error.pesan)
            return redirect(self.pegawai)
        name = f"{dokumen.kunci}-{self.pegawai.nip}.pdf"
        return HttpResponse(
            content,
            content_type="application/pdf",
            headers={
                "Content-Disposition": f'attachment; filename="{name}"',
                "Cache-Control": "private, no-store",
                "X-Content-Type-Options": "nosniff",
            },
        )


class TindakLanjutView(PegawaiMixin, View):
    """Closes the mark on this person."""

    permission = Permission.TINDAK_LANJUT
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        try:
            finish_tindak_lanjut(pegawai_id=self.pegawai.pk, by=request.user)
        except DomainError as error:
            messages.warning(request, error.pesan)
        else:
            messages.success(request, "Tindak lanjut diselesaikan.")
        return redirect(self.pegawai)


class PegawaiSayaView(PageMixin, View):
    """Leads to one's own person page."""

    permission = Permission.PEGAWAI_SELF

    def get(self, request: HttpRequest) -> HttpResponse:
        pegawai = Pegawai.objects.filter(user=request.user).first()
        if pegawai is None:
            raise Http404
        return redirect(pegawai)


class PegawaiConfirmView(PegawaiMixin, View):
    """ "Data saya sudah benar": the person's own word, counted as recency (R-10)."""

    permission = Permission.PEGAWAI_SELF
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        try:
            confirm_pegawai(pegawai=self.pegawai, by=request.user)
        except DomainError as error:
            raise PermissionDenied(error.pesan) from None
        messages.success(request, "Terima kasih, data Anda tercatat sudah diperiksa.")
        return redirect(self.pegawai)


class PegawaiUpdateView(PegawaiMixin, FormPageMixin, FormView):
    permission = Permission.PEGAWAI_CHANGE
    form_class = DataUtamaForm
    title = "Ubah data utama"
    panduan = (
        "Ubah kolom yang salah atau kosong, lalu tekan Simpan.",
        "NIP, status, dan tanggal pengangkatan berubah lewat SK, bukan di sini.",
        "Semua perubahan tercatat beserta nama Anda.",
    )

    def has_permission(self) -> bool:
        return super().has_permission() and self.can_change

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.note_pembukaan(PegawaiDetailView.AWAL["data-utama"])
        return super().get(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()
        kwargs["instance"] = self.pegawai
        kwargs["initial"] = {"versi": self.pegawai.versi}
        return kwargs

    def perform(self, form: DataUtamaForm) -> Pegawai:
        return update_pegawai(
            pegawai=self.pegawai,
            versi=form.cleaned_data["versi"],
            data=form.as_data(),
            by=self.request.user,
            per_tanggal=timezone.localdate(),
        )

    def get_success_message(self, hasil: Any) -> str:
        return f"Data {hasil.nama_lengkap} tersimpan."

    def get_success_url(self) -> str:
        return reverse("simpeg:pegawai-bagian", args=[self.pegawai.pk, "data-utama"])

    def get_cancel_url(self) -> str:
        return self.get_success_url()

    def get_breadcrumbs(self) -> Sequence[Crumb]:
        return [
            *super().get_breadcrumbs(),
            (self.pegawai.nama_lengkap, self.pegawai.get_absolute_url()),
        ]


class PegawaiPengangkatanView(PegawaiUpdateView):
    """The decrees of appointment; what they say changes with a reason alone."""

    form_class = PengangkatanForm  # type: ignore[assignment]
    title = "Ubah data pengangkatan"
    panduan = (
        "Isi menurut SK CPNS dan SK PNS aslinya.",
        "TMT CPNS bulannya sama dengan angka 9 sampai 14 pada NIP.",
        "Unggah SK-nya pada tab Arsip agar dapat dibuktikan.",
    )

    def perform(self, form: Any) -> Pegawai:
        return update_pengangkatan(
            pegawai=self.pegawai,
            versi=form.cleaned_data["versi"],
            data=form.as_data(),
            alasan=form.cleaned_data["alasan"],
            by=self.request.user,
            per_tanggal=timezone.localdate(),
        )
