"""Papers of many people: what is asked for, and what became of each person."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import django_filters as filters
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import FormView, TemplateView, View

from bkpsdmd.exceptions import DomainError
from bkpsdmd.ui.formats import format_angka, format_tanggal
from bkpsdmd.ui.pager import count_rows
from bkpsdmd.ui.views import Crumb, FormPageMixin, ListPageMixin, PageMixin, query_with
from simpeg.choices import HasilTindakan, JenisTindakan
from simpeg.filters import KeadaanLampauFilter, read_tanggal
from simpeg.forms.aksi import AksiForm
from simpeg.forms.cetak import CetakForm, NominatifForm
from simpeg.models import (
    BarisTindakan,
    KeadaanPegawai,
    Potret,
    TindakanMassal,
    UnitKerja,
)
from simpeg.permissions import Permission
from simpeg.selectors.akses import get_lingkup
from simpeg.selectors.pegawai import only_ticked
from simpeg.selectors.perorangan import list_terlihat
from simpeg.selectors.potret import find_potret, list_lampau
from simpeg.selectors.statistik import Saringan
from simpeg.services.aksi_massal import request_aksi
from simpeg.services.cetak import request_cetak, request_nominatif
from simpeg.services.nominatif import order_nominatif
from simpeg.services.statistik import describe_saringan
from simpeg.services.tindakan import resume_tindakan
from simpeg.views.pegawai import PegawaiListView

# The state of a past day holds the active alone, and no mark of today.
HANYA_HARI_INI = ("keadaan", "tindak_lanjut")


class PilihanMixin(FormPageMixin):
    """A form about the people whom the list's own query, in the address, leaves."""

    active_menu = "simpeg:pegawai-list"
    template_name = "simpeg/tindakan/form.html"
    keep_draft = False

    @cached_property
    def daftar(self) -> PegawaiListView:
        view = PegawaiListView()
        view.setup(self.request)
        return view

    @property
    def kueri(self) -> str:
        gone = dict.fromkeys(("sesudah", "sebelum", "ukuran"))
        return query_with(self.request.GET, **gone)

    def get_breadcrumbs(self) -> Sequence[Crumb]:
        return [("Daftar Pegawai", self.get_cancel_url())]

    def get_cancel_url(self) -> str:
        return reverse("simpeg:pegawai-list") + self.kueri

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.request.user}  # type: ignore[misc]

    @cached_property
    def rows(self) -> QuerySet[KeadaanPegawai]:
        """Return whom it is about: the ticked people, or all that the filter leaves."""
        return only_ticked(self.daftar.filtered_queryset, self.request.GET)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        jumlah, is_tepat = count_rows(self.rows)
        angka = format_angka(jumlah)
        return super().get_context_data(
            jumlah=angka if is_tepat else f"lebih dari {angka}",
            is_kosong=not jumlah,
            is_dipilih="pilih" in self.request.GET,
            kueri=self.kueri,
            chips=self.daftar.list_chips(),
            **kwargs,
        )


class NominatifPrintView(PilihanMixin, FormView):
    permission = Permission.PEGAWAI_EXPORT
    form_class = NominatifForm
    title = "Cetak daftar nominatif"
    submit_label = "Buat berkas"
    panduan = (
        "Daftarnya memuat orang yang sedang tampak di Daftar Pegawai; ubah saringannya "
        "di sana bila perlu.",
        "Pilih bentuk berkas dan urutannya, lalu tekan Buat berkas.",
        "Isi Keadaan tanggal untuk daftar pada hari yang sudah lewat.",
        "Berkasnya dibuat di belakang layar; unduh dari halaman berikut.",
    )

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "tanggal": read_tanggal(self.request.GET)}

    @cached_property
    def potret(self) -> Potret | None:
        """Return the past day that the address names, if it was derived."""
        asked = read_tanggal(self.request.GET)
        found = find_potret(asked) if asked else None
        return found if found and found.selesai_at else None

    @cached_property
    def rows(self) -> QuerySet[Any]:
        """Return whom it is about: of a past day the people of that day."""
        if self.potret is None:
            return only_ticked(self.daftar.filtered_queryset, self.request.GET)
        request = self.request
        found = KeadaanLampauFilter(
            request.GET,
            queryset=list_lampau(request.user, self.potret),
            request=request,
        )
        rows = found.qs if found.is_valid() else found.queryset.none()
        return only_ticked(rows, request.GET, kolom="pegawai")

    def get_cancel_url(self) -> str:
        if self.potret is None:
            return super().get_cancel_url()
        return reverse("simpeg:statistik-orang") + self.kueri

    def get_breadcrumbs(self) -> Sequence[Crumb]:
        if self.potret is None:
            return super().get_breadcrumbs()
        label = f"Pegawai per {format_tanggal(self.potret.tanggal)}"
        return [(label, self.get_cancel_url())]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(potret=self.potret, **kwargs)

    def perform(self, form: NominatifForm) -> TindakanMassal:
        if not self.daftar.filterset.is_valid():
            raise DomainError("Saringan pada alamat ini tidak dapat dibaca.")
        today = timezone.localdate()
        data = dict(form.cleaned_data)
        tanggal = data.pop("tanggal") or today
        if tanggal < today:
            self._refuse_hari_ini()
        return request_nominatif(
            query=self.request.GET.urlencode(),
            untuk=self._untuk(),
            by=self.request.user,
            per_tanggal=tanggal,
            is_lampau=tanggal < today,
            **data,
        )

    def _refuse_hari_ini(self) -> None:
        """Refuse filters that ask what only today's state tells."""
        filterset = self.daftar.filterset
        asked = [
            filterset.filters[name].label
            for name in HANYA_HARI_INI
            if filterset.form.cleaned_data.get(name)
        ]
        if asked:
            raise DomainError(
                f"Saringan {' dan '.join(asked)} hanya untuk keadaan hari ini. Hapus "
                "dahulu di Daftar Pegawai, atau kosongkan tanggalnya.",
                kolom="tanggal",
            )

    def _untuk(self) -> str:
        """Return whom the list is about, for its heading."""
        chosen = self.daftar.filterset.form.cleaned_data
        units = (chosen.get("unit"), chosen.get("opd"))
        unit = next((one for one in units if isinstance(one, UnitKerja)), None)
        return describe_saringan(Saringan(unit), get_lingkup(self.request.user))

    def get_success_url_for(self, hasil: TindakanMassal) -> str:
        return reverse("jobs:detail", args=[hasil.job_id])


class CetakMassalView(PilihanMixin, FormView):
    permission = Permission.PEGAWAI_EXPORT
    form_class = CetakForm
    title = "Cetak dokumen tiap orang"
    submit_label = "Buat dokumen"
    panduan = (
        "Tiap orang yang sedang tampak di Daftar Pegawai mendapat satu dokumen.",
        "Pilih dokumen dan bentuknya, lalu tekan Buat dokumen.",
        "Pekerjaan yang terputus diteruskan dari orang terakhir yang sudah selesai.",
        "Halaman hasil mencatat siapa yang tercetak dan siapa yang ditolak.",
    )

    def perform(self, form: CetakForm) -> TindakanMassal:
        return request_cetak(
            rows=order_nominatif(self.rows, "unit"),
            by=self.request.user,
            per_tanggal=timezone.localdate(),
            **form.cleaned_data,
        )

    def get_success_url_for(self, hasil: TindakanMassal) -> str:
        return reverse("jobs:detail", args=[hasil.job_id])


class AksiMassalView(PilihanMixin, FormView):
    """One act with a reason for everybody who was ticked, or whom the filter leaves."""

    permission = Permission.PEGAWAI_EXPORT
    form_class = AksiForm
    template_name = "simpeg/tindakan/massal.html"
    title = "Tindakan massal"
    submit_label = "Kerjakan"
    panduan = (
        "Berlaku untuk orang yang Anda centang di daftar; tanpa centang, untuk semua "
        "yang cocok dengan saringan.",
        "Pilih tindakannya dan tuliskan alasannya; keduanya tercatat pada tiap orang.",
        "Halaman hasil menyebut siapa yang berhasil dan siapa yang ditolak, dan mengapa.",
        "Kode aktivasi: jadi satu PDF berisi potongan kertas menurut unit, hanya untuk "
        "Anda, dan dihapus sendiri sesudah sehari. Cetak, potong, serahkan kepada orangnya.",
    )

    def perform(self, form: AksiForm) -> TindakanMassal:
        data = {"isian": "", **form.cleaned_data}
        # Slips are handed out unit by unit.
        rows = (
            order_nominatif(self.rows, "unit")
            if data["aksi"] == JenisTindakan.KODE
            else self.rows.order_by("nama_urut", "pk")
        )
        return request_aksi(
            rows=rows,
            alamat=self.request.build_absolute_uri(reverse("akun-aktivasi")),
            by=self.request.user,
            per_tanggal=timezone.localdate(),
            **data,
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        return super().get_context_data(
            bisa_cetak=True,
            bisa_surat=user.has_perm(Permission.SURAT_DRAFT),
            bisa_kode=user.has_perm(Permission.AKUN_MANAGE),
            **kwargs,
        )

    def get_success_url_for(self, hasil: TindakanMassal) -> str:
        return reverse("jobs:detail", args=[hasil.job_id])


class TindakanMixin(PageMixin):
    """A page about an act of one's own; anybody else's does not exist."""

    permission = Permission.PEGAWAI_LIST
    active_menu = "jobs:list"
    kwargs: dict[str, Any]

    @cached_property
    def tindakan(self) -> TindakanMassal:
        found = (
            TindakanMassal.objects.filter(
                pk=self.kwargs["pk"], created_by=self.request.user
            )
            .select_related("job")
            .first()
        )
        if found is None:
            raise Http404
        return found


class BarisFilter(filters.FilterSet):
    hasil = filters.ChoiceFilter(
        label="Hasil", choices=HasilTindakan.choices(), empty_label="Semua"
    )

    class Meta:
        model = BarisTindakan
        fields: list[str] = []


class TindakanDetailView(TindakanMixin, ListPageMixin, TemplateView):
    """What became of an act for each person; the file is fetched from its job."""

    template_name = "simpeg/tindakan/detail.html"
    fragment_template = "simpeg/tindakan/_baris.html"
    satuan = "orang"
    sorts = {"urut": ("urut",)}
    filterset_class = BarisFilter
    panduan = (
        "Tiap baris menyebut hasilnya; yang ditolak beserta sebabnya.",
        "Saring menurut hasil untuk melihat yang ditolak saja.",
        "Pekerjaan yang gagal atau dihentikan dapat dilanjutkan; yang sudah selesai "
        "tidak diulang.",
    )

    def get_title(self) -> str:
        return self.tindakan.judul

    def get_breadcrumbs(self) -> Sequence[Crumb]:
        return [("Pekerjaan", reverse("jobs:list"))]

    def get_queryset(self) -> QuerySet[BarisTindakan]:
        return self.tindakan.baris_set.select_related("pegawai")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(
            tindakan=self.tindakan, job=self.tindakan.job, **kwargs
        )
        rows = context["daftar"].rows
        context["terlihat"] = list_terlihat(
            [row.pegawai_id for row in rows], get_lingkup(self.request.user)
        )
        return context


class TindakanResumeView(TindakanMixin, View):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        try:
            tindakan = resume_tindakan(tindakan=self.tindakan, by=request.user)
        except DomainError as error:
            messages.warning(request, error.pesan)
            return redirect(self.tindakan)
        return redirect("jobs:detail", pk=tindakan.job_id)
