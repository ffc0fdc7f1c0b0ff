"""Shape of the input on a riwayat; whether it may be is the service's matter."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms
from django.db import models

from bkpsdmd.documents.forms import PapersField
from simpeg.choices import JenisASN
from simpeg.forms.isian import CariField, RupiahField, TanggalInput
from simpeg.jenis_riwayat import JENIS, JenisRiwayat
from simpeg.models import Golongan, Jabatan, Pegawai, Referensi, UnitKerja
from simpeg.models.riwayat import Riwayat

MASA_KERJA = "masa_kerja_bulan"
# What a column of a database holds, far above any pay.
MAKS_RUPIAH = 2_000_000_000
# Letters up to which a text is asked for beside another one.
PENDEK = 100
_CARI = {Jabatan: "jabatan", UnitKerja: "unit-kerja"}


class RiwayatForm(forms.ModelForm):
    """The fields of one kind in legal order, then its decree and file.

    `masa_kerja_bulan` is asked as years and months.
    """

    jenis_riwayat: JenisRiwayat

    berkas = PapersField(label="Berkas bukti", required=False)
    is_diperiksa = forms.BooleanField(
        label="Sudah saya periksa, data di atas sesuai SK",
        required=False,
        widget=forms.HiddenInput(),
    )

    def __init__(self, *args: Any, pegawai: Pegawai, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        is_pns = pegawai.jenis_asn == JenisASN.PNS
        for name in self.jenis_riwayat.isian:
            if name in self.jenis_riwayat.hanya_pns and not is_pns:
                del self.fields[name]
            elif name in self.fields:
                _narrow(self.fields[name], pegawai)
                if syarat := self.jenis_riwayat.pilihan.get(name):
                    field: Any = self.fields[name]
                    field.queryset = field.queryset.filter(**syarat)
        if label := self.jenis_riwayat.label.get(MASA_KERJA):
            self.fields["masa_kerja_tahun"].label = f"{_upper(label)} (tahun)"
        isi, bukti = self._list_groups()
        self.order_fields(["alasan", *isi, *bukti, "is_diperiksa"])
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        # The page puts style and script of the widgets into its head.
        self.helper.include_media = False
        self.helper.layout = Layout(
            *(["alasan"] if "alasan" in self.fields else []),
            *self._list_seksi(isi),
            Fieldset("Bukti", *self._arrange(bukti)),
            "is_diperiksa",
        )

    def _list_groups(self) -> tuple[list[str], list[str]]:
        """Return the fields of the record and of its proof, in order."""
        isi: list[str] = []
        for name in self.jenis_riwayat.kolom:
            is_masa = name == MASA_KERJA
            isi += ["masa_kerja_tahun", "masa_kerja_sisa"] if is_masa else [name]
        return [name for name in isi if name in self.fields], [
            *self.jenis_riwayat.sk,
            "berkas",
        ]

    def _list_seksi(self, isi: list[str]) -> Iterator[Fieldset]:
        """Yield the sections of the record, only one where the form is short."""
        seksi = self.jenis_riwayat.seksi or {isi[0]: "Yang dicatat"}
        starts = [n for n, name in enumerate(isi) if name in seksi]
        for start, end in pairwise([*starts, len(isi)]):
            yield Fieldset(seksi[isi[start]], *self._arrange(isi[start:end]))

    def _arrange(self, names: list[str]) -> list[str | Row]:
        """Put short fields of a long form side by side where the screen allows it."""
        if not self.jenis_riwayat.seksi:
            return [*names]
        columns = [
            Column(
                name,
                css_class="col-sm-6" if _is_short(self.fields[name]) else "col-12",
            )
            for name in names
        ]
        return [Row(*columns, css_class="align-items-end")]

    def ask_confirmation(self) -> None:
        """Show the box that a person ticks after looking at the warnings."""
        self.fields["is_diperiksa"].widget = forms.CheckboxInput()

    def _post_clean(self) -> None:
        """Leave the instance untouched: the service does the writing."""

    def as_data(self) -> dict[str, Any]:
        """Return the cleaned input as the service takes it."""
        data = {
            name: self.cleaned_data[name]
            for name in self.jenis_riwayat.isian
            if name in self.cleaned_data
        }
        if MASA_KERJA in self.jenis_riwayat.kolom:
            tahun = self.cleaned_data["masa_kerja_tahun"]
            data[MASA_KERJA] = tahun * 12 + self.cleaned_data["masa_kerja_sisa"]
        return data


class _MasaKerja(forms.Form):
    masa_kerja_tahun = forms.IntegerField(
        label="Masa kerja golongan (tahun)", min_value=0, max_value=50
    )
    masa_kerja_sisa = forms.IntegerField(
        label="dan bulan", min_value=0, max_value=11, initial=0
    )


class _Koreksi(forms.Form):
    alasan = forms.CharField(
        label="Alasan koreksi",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Apa yang salah pada catatan lama. Terbaca di jejak perubahan.",
    )


@cache
def build_form(kunci: str, *, is_koreksi: bool = False) -> type[RiwayatForm]:
    """Return the form class of a kind, made from its description."""
    jenis = JENIS[kunci]
    isian = [name for name in jenis.isian if name != MASA_KERJA]
    bases: list[type[forms.BaseForm]] = [RiwayatForm]
    if MASA_KERJA in jenis.kolom:
        bases.append(_MasaKerja)
    if is_koreksi:
        bases.append(_Koreksi)
    meta = type("Meta", (), {"model": jenis.model, "fields": ["berkas", *isian]})
    return forms.models.ModelFormMetaclass(
        "RiwayatForm",
        tuple(bases),
        {
            "jenis_riwayat": jenis,
            "Meta": meta,
            **{
                name: _build_field(jenis, name)
                for name in isian
                if name not in RiwayatForm.base_fields
            },
        },
    )


def initial_of(jenis: JenisRiwayat, riwayat: Riwayat) -> dict[str, Any]:
    """Return the form's values as the row has them."""
    initial: dict[str, Any] = {}
    for name in jenis.isian:
        value = getattr(riwayat, name)
        if isinstance(value, Riwayat):
            value = value.get_terkini()
        initial[name] = value.pk if isinstance(value, models.Model) else value
    if MASA_KERJA in initial:
        tahun, bulan = divmod(initial.pop(MASA_KERJA), 12)
        initial |= {"masa_kerja_tahun": tahun, "masa_kerja_sisa": bulan}
    return initial


class BatalRiwayatForm(forms.Form):
    """Why a riwayat is taken out of force, and by which decree if there is one."""

    alasan = forms.CharField(
        label="Alasan pembatalan",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    sk_nomor = forms.CharField(
        label="Nomor SK pembatalan", max_length=100, required=False
    )
    sk_tanggal = forms.DateField(
        label="Tanggal SK pembatalan", required=False, widget=TanggalInput()
    )


def _build_field(jenis: JenisRiwayat, name: str) -> Any:
    field: Any = jenis.model._meta.get_field(name)
    options: dict[str, Any] = {
        "label": _upper(jenis.label_of(name)),
        "help_text": jenis.bantuan.get(name, ""),
    }
    if not isinstance(field, models.BooleanField):
        options["required"] = not field.blank or name in jenis.wajib
    if name in jenis.pilihan:
        options["required"] = True
    if field.related_model in _CARI:
        return CariField(_CARI[field.related_model], **options)
    if name in jenis.rupiah:
        return RupiahField(min_value=0, max_value=MAKS_RUPIAH, **options)
    if isinstance(field, models.DateField):
        options["widget"] = TanggalInput()
    if isinstance(field, models.DecimalField):
        options["localize"] = True
    if isinstance(field, models.ForeignKey):
        options["empty_label"] = "Pilih"
    made = field.formfield(**options)
    if field.choices and not field.has_default():
        made.choices = [("", "Pilih"), *field.choices]
    return made


def _narrow(field: Any, pegawai: Pegawai) -> None:
    """Offer only what fits the person: the own scale, the own family."""
    queryset = getattr(field, "queryset", None)
    if queryset is None:
        return
    if queryset.model is Golongan:
        is_pns = pegawai.jenis_asn == JenisASN.PNS
        skala = JenisASN.PNS if is_pns else JenisASN.PPPK
        field.queryset = queryset.filter(skala=skala.value)
    elif queryset.model is Referensi:
        field.queryset = queryset.order_by("nama")
    elif issubclass(queryset.model, Riwayat):
        field.queryset = queryset.filter(pegawai=pegawai, dibatalkan_oleh__isnull=True)


def _is_short(field: Any) -> bool:
    """Tell whether half a line holds what is typed: a number, a day, a short text."""
    if isinstance(field, forms.CharField):
        return field.max_length is not None and field.max_length <= PENDEK
    return isinstance(
        field,
        (
            forms.IntegerField,
            forms.DecimalField,
            forms.DateField,
            forms.ChoiceField,
            forms.BooleanField,
        ),
    )


def _upper(words: str) -> str:
    return words[0].upper() + words[1:]
