"""The regulations the portal reads: the list, and one with its history and tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django import forms
from django.apps import apps
from django.core.paginator import Paginator
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView

from bkpsdmd.calculator.kata import (
    ARTI_KEPASTIAN,
    NADA_KEPASTIAN,
    humanize,
    label_satuan,
)
from bkpsdmd.calculator.pemakaian import list_modul, list_topik_pemakai
from bkpsdmd.calculator.permissions import Permission
from bkpsdmd.calculator.registry import Topik
from bkpsdmd.regulations import (
    Kepastian,
    Ketentuan,
    Regulasi,
    list_regulasi,
    load_regulasi,
)
from bkpsdmd.ui import formats
from bkpsdmd.ui.components import Chip
from bkpsdmd.ui.views import Crumb, PageMixin, query_with

BARIS_SEHALAMAN = 100
# A column with more values than this is searched by typing, not by choosing.
PILIHAN_TERBANYAK = 60
RINGKAS = 60


class SaringanPeraturan(forms.Form):
    # Not `q`: the search box of every page would show it.
    kata = forms.CharField(
        label="Nama atau dasar hukum", required=False, max_length=100
    )
    modul = forms.ChoiceField(label="Modul", required=False)
    kepastian = forms.ChoiceField(
        label="Kepastian",
        required=False,
        choices=[
            ("", "Semua"),
            *((satu.value, satu.label.capitalize()) for satu in Kepastian),
        ],
    )
    tanggal = forms.DateField(
        label="Keadaan tanggal",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["modul"].choices = [("", "Semua"), *list_modul_app()]
        for satu in self.fields.values():
            is_pilihan = isinstance(satu, forms.ChoiceField)
            satu.widget.attrs["class"] = "form-select" if is_pilihan else "form-control"


def list_modul_app() -> list[tuple[str, str]]:
    """Return the apps that keep regulations, with their names for people."""
    ada = {nama.partition("/")[0] for nama in list_regulasi()}
    return [
        (config.label, str(config.verbose_name))
        for config in apps.get_app_configs()
        if config.label in ada
    ]


@dataclass(frozen=True)
class BarisPeraturan:
    """One regulation on a day: the version in force, or that there is none."""

    regulasi: Regulasi
    modul: str
    versi: Ketentuan | None

    @property
    def nilai(self) -> str:
        return summarize(self.versi)

    @property
    def topik(self) -> list[Topik]:
        return list_topik_pemakai(self.regulasi.nama)

    @property
    def nada(self) -> str:
        return NADA_KEPASTIAN[self.versi.kepastian] if self.versi else "netral"

    @property
    def kepastian(self) -> str:
        return self.versi.kepastian.label.capitalize() if self.versi else ""


class DaftarPeraturan:
    """The list on the screen, in the shape the filter bar draws."""

    satuan, target, exports, ikut, lain = "peraturan", "daftar", (), (), ()

    def __init__(self, query: Any) -> None:
        self._query = query
        self.form = SaringanPeraturan(query, auto_id="saring_%s")
        self.utama = list(self.form)
        isi = self.form.cleaned_data if self.form.is_valid() else {}
        self._isi = {nama: nilai for nama, nilai in isi.items() if nilai}
        self.tanggal: date = self._isi.get("tanggal") or timezone.localdate()
        self.rows = list(self._list_rows()) if self.form.is_valid() else []
        self.jumlah_label = formats.format_angka(len(self.rows))
        self.url_bersih = "?"

    @property
    def chips(self) -> list[Chip]:
        return [
            Chip(
                str(self.form[nama].label),
                self._shown(nama, nilai),
                query_with(self._query, **{nama: None}),
            )
            for nama, nilai in self._isi.items()
        ]

    def _shown(self, nama: str, nilai: Any) -> str:
        if isinstance(nilai, date):
            return formats.format_tanggal(nilai)
        pilihan = dict(getattr(self.form.fields[nama], "choices", ()))
        return str(pilihan.get(nilai, nilai))

    def _list_rows(self) -> Iterator[BarisPeraturan]:
        for label, modul in list_modul_app():
            if self._isi.get("modul", label) != label:
                continue
            milik = [n for n in list_regulasi() if n.partition("/")[0] == label]
            for regulasi in sorted(map(load_regulasi, milik), key=lambda r: r.uraian):
                baris = BarisPeraturan(regulasi, modul, regulasi.find(self.tanggal))
                if self._is_wanted(baris):
                    yield baris

    def _is_wanted(self, baris: BarisPeraturan) -> bool:
        kepastian = self._isi.get("kepastian")
        if kepastian and (baris.versi is None or baris.versi.kepastian != kepastian):
            return False
        teks = " ".join(
            (
                baris.regulasi.uraian,
                baris.regulasi.nama,
                *(versi.dasar_hukum for versi in baris.regulasi.riwayat),
            )
        ).casefold()
        return all(
            kata in teks for kata in self._isi.get("kata", "").casefold().split()
        )


class PeraturanListView(PageMixin, TemplateView):
    permission = Permission.PERATURAN_VIEW
    template_name = "calculator/peraturan/list.html"
    fragment_template = "calculator/peraturan/_table.html"
    title = "Peraturan"
    panduan = (
        "Setiap baris adalah satu ketentuan yang dipakai portal untuk menghitung.",
        "Cari dengan sebagian nama atau nomor peraturannya, misalnya “PP 11/2017”.",
        "Isi Keadaan tanggal untuk melihat nilai yang berlaku pada hari lain.",
        "Kepastian berkata seberapa yakin portal atas angkanya; tekan namanya untuk "
        "riwayat, sumber, dan catatannya.",
    )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            daftar=DaftarPeraturan(self.request.GET), **kwargs
        )


@dataclass(frozen=True)
class VersiPeraturan:
    """One version in the history, and whether it is the one in force today."""

    versi: Ketentuan
    is_berlaku: bool

    @property
    def nada(self) -> str:
        return NADA_KEPASTIAN[self.versi.kepastian]

    @property
    def kepastian(self) -> str:
        return self.versi.kepastian.label.capitalize()

    @property
    def arti(self) -> str:
        return ARTI_KEPASTIAN[self.versi.kepastian]

    @property
    def url_tabel(self) -> str:
        return (
            f"?versi={self.versi.berlaku}#tabel" if is_tabel(self.versi.nilai) else ""
        )

    @property
    def banyak_baris(self) -> int:
        return len(self.versi.nilai)

    @property
    def butir(self) -> list[tuple[str, str]]:
        """The value as label and text; a single value has no label."""
        return list(list_nilai(self.versi.nilai, self.versi.satuan))


class PeraturanDetailView(PageMixin, TemplateView):
    permission = Permission.PERATURAN_VIEW
    template_name = "calculator/peraturan/detail.html"
    fragment_template = "calculator/peraturan/_tabel.html"
    active_menu = "calculator:peraturan-list"
    panduan = (
        "Riwayat terbaru di atas; yang berlaku hari ini bertanda.",
        "Tabel dapat disaring menurut kolomnya, misalnya menurut golongan.",
        "Bagian Dipakai menyebut hitungan yang bersandar pada ketentuan ini.",
    )

    def get_breadcrumbs(self) -> list[Crumb]:
        return [("Peraturan", reverse("calculator:peraturan-list"))]

    def get_title(self) -> str:
        return self.regulasi.uraian

    @cached_property
    def regulasi(self) -> Regulasi:
        nama = f"{self.kwargs['app']}/{self.kwargs['nama']}"
        if nama not in list_regulasi():
            raise Http404
        return load_regulasi(nama)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        regulasi, hari_ini = self.regulasi, timezone.localdate()
        berlaku = regulasi.find(hari_ini)
        return super().get_context_data(
            regulasi=regulasi,
            modul=dict(list_modul_app())[self.kwargs["app"]],
            berlaku=berlaku,
            ringkasan=summarize(berlaku),
            riwayat=[
                VersiPeraturan(versi, versi is berlaku)
                for versi in reversed(regulasi.riwayat)
            ],
            topik=list_topik_pemakai(regulasi.nama),
            modul_pemakai=list_modul(regulasi.nama),
            tabel=self._find_tabel(berlaku),
            **kwargs,
        )

    def _find_tabel(self, berlaku: Ketentuan | None) -> TabelPeraturan | None:
        diminta = self.request.GET.get("versi", "")
        bertabel = [v for v in self.regulasi.riwayat if is_tabel(v.nilai)]
        if not bertabel:
            return None
        awal = berlaku if berlaku in bertabel else bertabel[-1]
        dipilih = {str(versi.berlaku): versi for versi in bertabel}.get(diminta, awal)
        return TabelPeraturan(dipilih, self.request.GET)


class TabelPeraturan:
    """The rows of one version, filtered by its columns, in pages."""

    def __init__(self, versi: Ketentuan, query: Any) -> None:
        self.versi = versi
        self._query = query
        # An id says nothing to a reader: last, whatever the file's order.
        self.kolom = sorted(versi.nilai[0], key=lambda nama: nama == "id")
        self.form = self._build_form()
        isi = self.form.cleaned_data if self.form.is_valid() else {}
        wanted = {kunci: str(nilai) for kunci, nilai in isi.items() if nilai}
        rows = [baris for baris in versi.nilai if self._matches(baris, wanted)]
        self.jumlah = len(rows)
        self.halaman = Paginator(rows, BARIS_SEHALAMAN).get_page(query.get("halaman"))

    @property
    def judul(self) -> list[tuple[str, bool]]:
        """Return heading and whether the column holds numbers."""
        return [(label_satuan(nama), self._is_angka(nama)) for nama in self.kolom]

    @property
    def baris(self) -> list[list[tuple[str, bool]]]:
        return [
            [
                (write_nilai(row[nama], nama), self._is_angka(nama))
                for nama in self.kolom
            ]
            for row in self.halaman
        ]

    @property
    def url_sesudah(self) -> str:
        return self._url(self.halaman.number + 1) if self.halaman.has_next() else ""

    @property
    def url_sebelum(self) -> str:
        return self._url(self.halaman.number - 1) if self.halaman.has_previous() else ""

    def _url(self, nomor: int) -> str:
        return query_with(self._query, halaman=nomor)

    def _is_angka(self, nama: str) -> bool:
        return not isinstance(self.versi.nilai[0][nama], str)

    def _build_form(self) -> forms.Form:
        """Return a filter per column of text: a choice where its values are few."""
        form = forms.Form(self._query, auto_id="tabel_%s")
        for nama in self.kolom:
            if self._is_angka(nama):
                continue
            nilai = list(dict.fromkeys(row[nama] for row in self.versi.nilai))
            label = label_satuan(nama)
            if len(nilai) <= PILIHAN_TERBANYAK:
                form.fields[nama] = forms.ChoiceField(
                    label=label,
                    required=False,
                    choices=[("", "Semua"), *((satu, satu) for satu in nilai if satu)],
                    widget=forms.Select(attrs={"class": "form-select"}),
                )
            else:
                form.fields[nama] = forms.CharField(
                    label=label,
                    required=False,
                    max_length=100,
                    widget=forms.TextInput(attrs={"class": "form-control"}),
                )
        return form

    def _matches(self, baris: Mapping[str, Any], wanted: Mapping[str, str]) -> bool:
        for nama, nilai in wanted.items():
            if isinstance(self.form.fields[nama], forms.ChoiceField):
                if baris[nama] != nilai:
                    return False
            elif nilai.casefold() not in baris[nama].casefold():
                return False
        return True


# -- Values --------------------------------------------------------------------------


def is_tabel(nilai: Any) -> bool:
    """Tell whether a value is a list of rows with the same columns."""
    return (
        isinstance(nilai, tuple)
        and bool(nilai)
        and all(isinstance(satu, Mapping) for satu in nilai)
        and len({tuple(satu) for satu in nilai}) == 1
        and not any(isinstance(isi, Mapping | tuple) for isi in nilai[0].values())
    )


def write_nilai(nilai: Any, kunci: str = "") -> str:
    """Return one value in words, inner ones joined."""
    if isinstance(nilai, Mapping):
        return "; ".join(
            f"{label_satuan(str(k))} {write_nilai(v, str(k))}" for k, v in nilai.items()
        )
    if isinstance(nilai, tuple):
        return ", ".join(write_nilai(satu, kunci) for satu in nilai)
    if kunci.endswith("rupiah") and isinstance(nilai, int):
        return formats.format_angka(nilai)
    if isinstance(nilai, str):
        return humanize(nilai) if "_" in nilai else nilai
    return formats.format_nilai(nilai)


def list_nilai(nilai: Any, satuan: str) -> Iterator[tuple[str, str]]:
    """Yield label and text of each part of a value."""
    if nilai is None:
        yield "", "Dicabut"
    elif isinstance(nilai, Mapping):
        for kunci, satu in nilai.items():
            yield label_satuan(str(kunci)), write_nilai(satu, str(kunci))
    elif isinstance(nilai, tuple):
        for nomor, satu in enumerate(nilai, start=1):
            yield str(nomor), write_nilai(satu)
    else:
        yield "", f"{write_nilai(nilai)} {satuan}"


def summarize(versi: Ketentuan | None) -> str:
    """Return a value in a few words, for the list."""
    if versi is None:
        return "Tidak ada yang berlaku"
    nilai: Any = versi.nilai
    if is_tabel(nilai):
        return f"Tabel {formats.format_angka(len(nilai))} baris"
    if isinstance(nilai, Mapping | tuple):
        teks = write_nilai(nilai)
        return teks if len(teks) <= RINGKAS else f"{len(nilai)} nilai"
    teks = write_nilai(nilai)
    return teks if isinstance(nilai, str) else f"{teks} {versi.satuan}"
