"""The calculator: all topics, and one topic with its form and its answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.apps import apps
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    QueryDict,
)
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView

from bkpsdmd.calculator.formulir import Formulir, Isian, drop_row
from bkpsdmd.calculator.masukan import MasukanError
from bkpsdmd.calculator.pemakaian import list_regulasi_topik
from bkpsdmd.calculator.permissions import Permission
from bkpsdmd.calculator.registry import (
    TANGGAL,
    Jawaban,
    Topik,
    evaluate_or_refuse,
    find_topik,
    list_topik,
)
from bkpsdmd.calculator.tampilan import (
    Butir,
    Sumber,
    find_regulasi,
    is_terpenuhi,
    list_butir,
    list_sumber,
    write_kalimat,
)
from bkpsdmd.exceptions import DomainError
from bkpsdmd.regulations import Regulasi, load_regulasi
from bkpsdmd.ui.views import Crumb, PageMixin

# Longer addresses are cut or refused by servers and chat programs on the way.
ALAMAT_TERPANJANG = 1500
PANDUAN = (
    "Isi yang bertanda bintang. Yang boleh kosong hanya diisi bila Anda tahu.",
    "Keadaan tanggal memilih peraturan yang berlaku pada hari itu; kosong berarti hari "
    "ini.",
    "Tekan Hitung. Bacalah kalimat jawabannya dahulu, lalu syarat demi syarat.",
    "Bila belum dapat dihitung, isian yang perlu dibetulkan ditandai beserta sebabnya.",
    "Tekan Cetak untuk lembar berisi masukan, jawaban, dan dasar hukumnya.",
)


class TopikListView(PageMixin, TemplateView):
    permission = Permission.KALKULATOR_USE
    template_name = "calculator/topik/list.html"
    title = "Kalkulator"
    panduan = (
        "Pilih satu hitungan. Semua memakai peraturan yang sama dengan halaman lain "
        "portal ini.",
        "Tidak ada yang disimpan dan tidak ada data pegawai yang dibaca.",
        "Jawaban menyebut dasar hukum dan tingkat kepastiannya; angkanya ada di halaman "
        "Peraturan.",
    )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(modul=list(group_topik()), **kwargs)


def group_topik() -> Iterator[tuple[str, list[Topik]]]:
    """Yield each app's name for people with its topics, in the order of the menu."""
    topik = list_topik()
    for config in apps.get_app_configs():
        milik = [satu for satu in topik if satu.app == config.label]
        if milik:
            yield (
                str(config.verbose_name),
                sorted(milik, key=lambda satu: satu.label.casefold()),
            )


@dataclass
class Hitungan:
    """What the page says about one case: an answer, or why there is none."""

    topik: Topik
    formulir: Formulir
    jawaban: Jawaban | None = None
    galat: str = ""
    isian: Isian | None = None
    regulasi: Regulasi | None = None
    butir: Sequence[Butir] = ()
    sumber: Sequence[Sumber] = ()
    kalimat: str = ""
    is_terpenuhi: bool = field(default=True)

    @classmethod
    def of(cls, topik: Topik, formulir: Formulir) -> Hitungan:
        hari_ini = timezone.localdate()
        try:
            jawaban = evaluate_or_refuse(topik, formulir.read(), hari_ini=hari_ini)
        except DomainError as error:
            return cls._refuse(topik, formulir, error)
        return cls(
            topik,
            formulir,
            jawaban=jawaban,
            butir=list_butir(topik, jawaban.hasil),
            sumber=list_sumber(topik, jawaban),
            kalimat=write_kalimat(topik, jawaban),
            is_terpenuhi=is_terpenuhi(topik, jawaban),
        )

    @classmethod
    def _refuse(cls, topik: Topik, formulir: Formulir, error: DomainError) -> Hitungan:
        regulasi = find_regulasi(error)
        kolom = TANGGAL.nama if regulasi else error.kolom or ""
        pesan = error.pesan
        if isinstance(error, MasukanError):
            pesan = error.keluhan[:1].upper() + error.keluhan[1:]
        return cls(
            topik,
            formulir,
            galat=pesan,
            isian=formulir.mark(kolom, pesan),
            regulasi=regulasi,
        )


class TopikDetailView(PageMixin, TemplateView):
    """One topic. A case without personal data has an address that brings it back.

    A topic that names people answers a POST alone; nothing of it stands in an address.
    """

    permission = Permission.KALKULATOR_USE
    template_name = "calculator/topik/detail.html"
    fragment_template = "calculator/topik/_formulir.html"
    active_menu = "calculator:topik-list"

    def get_breadcrumbs(self) -> list[Crumb]:
        return [("Kalkulator", reverse("calculator:topik-list"))]

    def get_title(self) -> str:
        return self.topik.label

    def get_panduan(self) -> Sequence[str]:
        return (*self.topik.panduan, *PANDUAN)

    @cached_property
    def topik(self) -> Topik:
        topik = find_topik(self.kwargs["nama"])
        if topik is None:
            raise Http404
        return topik

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        data = {} if self.topik.is_pribadi else self._pick(request.GET)
        formulir = self._build(data, rapat=True)
        hitungan = Hitungan.of(self.topik, formulir) if data else None
        return self._render(formulir, hitungan)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        data = self._pick(request.POST)
        if "tambah" in request.POST or "hapus" in request.POST:
            data = drop_row(data, request.POST.get("hapus", ""))
            formulir = self._build(data, rapat=False)
            formulir.add_row(request.POST.get("tambah", ""))
            return self._render(formulir, None)
        data.setdefault(TANGGAL.nama, "")
        data[TANGGAL.nama] = data[TANGGAL.nama] or timezone.localdate().isoformat()
        formulir = self._build(data, rapat=True)
        if "cetak" not in request.POST:
            alamat = self._address(formulir)
            if alamat:
                return HttpResponseRedirect(f"{alamat}#jawaban")
        hitungan = Hitungan.of(self.topik, formulir)
        if "cetak" in request.POST and hitungan.jawaban:
            self.template_name = "calculator/topik/cetak.html"
        return self._render(formulir, hitungan)

    def _pick(self, sent: QueryDict) -> dict[str, str]:
        """Return what was sent for the topic's keys; a foreign name is not ours."""
        kunci = {satu.nama for satu in self.topik.semua_kunci}
        return {
            nama: sent[nama]
            for nama in sent
            if nama.partition(".")[0].partition("[")[0] in kunci
        }

    def _build(self, data: dict[str, str], *, rapat: bool) -> Formulir:
        return Formulir(self.topik.semua_kunci, data, rapat=rapat)

    def _address(self, formulir: Formulir) -> str:
        """Return the address of a case, or "" where it must not or cannot have one."""
        if self.topik.is_pribadi:
            return ""
        alamat = f"{self.request.path}?{urlencode(formulir.list_pasangan())}"
        return alamat if len(alamat) <= ALAMAT_TERPANJANG else ""

    def _render(self, formulir: Formulir, hitungan: Hitungan | None) -> HttpResponse:
        return self.render_to_response(
            self.get_context_data(
                topik=self.topik,
                formulir=formulir,
                hitungan=hitungan,
                tautan=hitungan and self._address(formulir),
                regulasi=[load_regulasi(n) for n in list_regulasi_topik(self.topik)],
                sekarang=timezone.now(),
            )
        )
