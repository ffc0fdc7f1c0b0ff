"""Input on an act on the organisation: what it cites, and a form for each kind of step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.safestring import SafeString

from simpeg.choices import Eselon, JenisLangkah
from simpeg.forms.isian import CariField, TanggalInput
from simpeg.models import PenataanUnit
from simpeg.rules.penataan import Rencana, UnitFakta
from simpeg.services.penataan import KOLOM

# How many units one step merges, and how many names a split has.
ASAL, PECAHAN = 6, 20
# How many people the form of moving them lists.
ORANG = 300
BANYAK = 20


class PenataanForm(forms.ModelForm):
    """`versi` is what the person read: an older one is refused by the service."""

    versi = forms.IntegerField(widget=forms.HiddenInput(), required=False)

    class Meta:
        model = PenataanUnit
        fields = KOLOM
        widgets = {"tanggal": TanggalInput(), "berlaku": TanggalInput()}
        help_texts = {
            "nomor": "Sebagaimana tertulis, mis. Peraturan Bupati Nomor 12 Tahun 2026.",
            "tentang": "Mis. Susunan organisasi Dinas Kesehatan.",
            "pejabat": "Jabatan yang menetapkan, mis. Bupati.",
            "berlaku": "Hari susunan baru mulai berlaku. Boleh hari yang akan datang; "
            "portal menerapkannya sendiri pada hari itu.",
        }

    def _post_clean(self) -> None:
        """Leave the instance untouched: the service does the writing."""

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        tanggal, berlaku = data.get("tanggal"), data.get("berlaku")
        if tanggal and berlaku and (berlaku - tanggal).days < -366 * 2:
            self.add_error(
                "berlaku",
                "Berlaku lebih dari dua tahun sebelum penetapannya; periksa tanggalnya.",
            )
        return data


class AlasanForm(forms.Form):
    alasan = forms.CharField(
        label="Alasan", max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


# -- Units of the plan ------------------------------------------------------------------


def tulis_unit(unit: UnitFakta, rencana: Rencana) -> str:
    """Return the words that name this unit alone among those of the plan."""
    same = [
        one
        for one in rencana.sesudah.values()
        if one.nama == unit.nama and one.kode not in rencana.ditutup
    ]
    return unit.nama if len(same) == 1 else f"{unit.nama} [{unit.kode}]"


def find_unit(rencana: Rencana, teks: str) -> list[UnitFakta]:
    """Return the units whose name holds all words, those still to be founded first."""
    words = teks.casefold().split()
    found = [
        one
        for one in rencana.sesudah.values()
        if words and all(word in one.nama.casefold() for word in words)
    ]
    return sorted(found, key=lambda one: (one.kode in rencana.sebelum, one.nama))


class UnitInput(forms.TextInput):
    """A text input that suggests units of the plan; without scripts it is typed."""

    url_saran = ""

    def render(
        self, name: str, value: Any, attrs: Any = None, renderer: Any = None
    ) -> SafeString:
        id_saran = f"saran-{name}"
        more = {
            "list": id_saran,
            "hx-get": self.url_saran,
            "hx-trigger": "input changed delay:300ms",
            "hx-target": f"#{id_saran}",
            "hx-params": name,
            "autocomplete": "off",
        }
        html = super().render(name, value, {**(attrs or {}), **more}, renderer)
        return format_html('{}<datalist id="{}"></datalist>', html, id_saran)


class UnitField(forms.CharField):
    """One unit of the plan by its words; the value is its code."""

    rencana: Rencana

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=UnitInput(), max_length=400, **kwargs)

    def clean(self, value: Any) -> str:
        teks = super().clean(value).strip()
        if not teks:
            return ""
        nama, _, kode = teks.removesuffix("]").rpartition(" [")
        if nama and kode in self.rencana.sesudah:
            return kode
        found = [
            one
            for one in self.rencana.sesudah.values()
            if one.nama.casefold() == teks.casefold()
        ]
        still = [one for one in found if one.kode not in self.rencana.ditutup] or found
        if len(still) == 1:
            return still[0].kode
        near = still or find_unit(self.rencana, teks)
        if not near:
            raise ValidationError("Tidak ada unit bernama demikian pada tanggal itu.")
        names = "; ".join(f"{one.nama} [{one.kode}]" for one in near[:8])
        raise ValidationError(f"Tulis lengkap salah satu dari: {names}.")


_ESELON = [("", "Tanpa eselon"), *Eselon.choices()]


def _unit(label: str, *, required: bool = True, help_text: str = "") -> UnitField:
    return UnitField(
        label=label,
        required=required,
        help_text=help_text or "Ketik sebagian nama, lalu pilih.",
    )


def _nama(label: str, *, required: bool = True, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label, max_length=255, required=required, help_text=help_text
    )


class LangkahForm(forms.Form):
    """A step; `as_langkah` returns it as the service takes it."""

    jenis: JenisLangkah

    def __init__(
        self, *args: Any, rencana: Rencana, url_saran: str, awalan: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.rencana, self._awalan = rencana, awalan
        for field in self.fields.values():
            if isinstance(field, UnitField):
                field.rencana = rencana
                field.widget.url_saran = url_saran

    def as_langkah(self) -> list[tuple[JenisLangkah, Mapping[str, Any]]]:
        return [(self.jenis, self.as_isi())]

    def as_isi(self) -> dict[str, Any]:
        return dict(self.cleaned_data)

    def make_kode(self, terpakai: Iterable[str] = ()) -> str:
        """Return a code no unit of the plan has."""
        taken, n = {*self.rencana.sesudah, *terpakai}, 1
        while f"{self._awalan}-{n}" in taken:
            n += 1
        return f"{self._awalan}-{n}"


class GantiNamaForm(LangkahForm):
    jenis = JenisLangkah.GANTI_NAMA
    unit = _unit("Unit")
    nama = _nama("Nama baru")
    jabatan = _nama(
        "Nama baru jabatan pimpinannya",
        required=False,
        help_text="Isi bila nama jabatannya ikut berubah; pemangkunya dikukuhkan dalam "
        "jabatan bernama baru. Kosong: jabatannya tetap.",
    )


class UnitBaruForm(LangkahForm):
    jenis = JenisLangkah.UNIT_BARU
    nama = _nama("Nama unit baru")
    induk = _unit("Di bawah unit", help_text="Instansi untuk perangkat daerah baru.")
    jabatan = _nama("Nama jabatan pimpinannya", required=False)
    eselon = forms.ChoiceField(label="Eselon", choices=_ESELON, required=False)
    kode = forms.CharField(
        label="Kode unit",
        max_length=40,
        required=False,
        help_text="Kosong: dibuatkan portal.",
    )

    def as_isi(self) -> dict[str, Any]:
        isi = super().as_isi()
        induk = self.rencana.sesudah[isi["induk"]]
        isi["jenis"] = "opd" if induk.jenis == "instansi" else "bagian"
        isi["kode"] = isi["kode"] or self.make_kode()
        return isi


class PecahForm(LangkahForm):
    jenis = JenisLangkah.PECAH
    unit = _unit("Unit yang dipecah")
    pecahan = forms.CharField(
        label="Nama unit pecahan",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Satu nama pada tiap baris; paling sedikit satu.",
    )
    eselon = forms.ChoiceField(
        label="Eselon pimpinan tiap pecahan",
        choices=[("", "Tanpa jabatan pimpinan"), *Eselon.choices()],
        required=False,
        help_text="Bila dipilih, tiap pecahan mendapat jabatan “Kepala …”.",
    )
    tutup = forms.BooleanField(
        label="Tutup unit lama",
        required=False,
        initial=True,
        help_text="Pindahkan pegawai dan bagiannya dengan langkah berikut.",
    )

    def clean_pecahan(self) -> list[str]:
        names = [one.strip() for one in self.cleaned_data["pecahan"].splitlines()]
        names = [one for one in names if one]
        if not names:
            raise ValidationError("Tulis paling sedikit satu nama.")
        if len(names) > PECAHAN or max(map(len, names)) > 240:
            raise ValidationError(
                f"Paling banyak {PECAHAN} nama, masing-masing 240 huruf."
            )
        if len(set(names)) < len(names):
            raise ValidationError("Ada nama yang tertulis dua kali.")
        return names

    def as_isi(self) -> dict[str, Any]:
        data = self.cleaned_data
        pecahan: list[dict[str, str]] = []
        for nama in data["pecahan"]:
            post = {"jabatan": f"Kepala {nama}", "eselon": data["eselon"]}
            kode = self.make_kode(one["kode"] for one in pecahan)
            pecahan.append(
                {"kode": kode, "nama": nama, **(post if data["eselon"] else {})}
            )
        return {"unit": data["unit"], "tutup": data["tutup"], "pecahan": pecahan}


class GabungForm(LangkahForm):
    jenis = JenisLangkah.GABUNG
    tujuan = _unit(
        "Digabung ke unit",
        required=False,
        help_text="Kosongkan bila hasilnya unit baru.",
    )
    nama = _nama("atau nama unit baru hasil gabungan", required=False)
    jabatan = _nama("Nama jabatan pimpinan unit baru", required=False)
    eselon = forms.ChoiceField(
        label="Eselon pimpinan unit baru", choices=_ESELON, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # Before the fields are bound to the plan by the base class.
        self.base_fields = {
            **{
                f"asal_{n}": _unit(f"Unit asal {n}", required=n == 1)
                for n in range(1, ASAL + 1)
            },
            **type(self).base_fields,
        }
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if self.errors:
            return data
        asal = [data[f"asal_{n}"] for n in range(1, ASAL + 1) if data[f"asal_{n}"]]
        if len(set(asal)) < len(asal):
            raise ValidationError("Ada unit asal yang tertulis dua kali.")
        if bool(data["tujuan"]) == bool(data["nama"]):
            raise ValidationError(
                "Isi salah satu: unit tujuan yang sudah ada, atau nama unit baru."
            )
        data["asal"] = asal
        return data

    def as_langkah(self) -> list[tuple[JenisLangkah, Mapping[str, Any]]]:
        data = self.cleaned_data
        if data["tujuan"]:
            return [(self.jenis, {"asal": data["asal"], "tujuan": data["tujuan"]})]
        first, kode = self.rencana.sesudah[data["asal"][0]], self.make_kode()
        baru = {
            "kode": kode,
            "nama": data["nama"],
            "jenis": first.jenis,
            "induk": first.induk,
            "jabatan": data["jabatan"],
            "eselon": data["eselon"],
        }
        return [
            (JenisLangkah.UNIT_BARU, baru),
            (self.jenis, {"asal": data["asal"], "tujuan": kode}),
        ]


class PindahIndukForm(LangkahForm):
    jenis = JenisLangkah.PINDAH_INDUK
    unit = _unit("Unit yang dipindah")
    induk = _unit("Ke bawah unit")


class TutupForm(LangkahForm):
    jenis = JenisLangkah.TUTUP
    unit = _unit(
        "Unit yang ditutup",
        help_text="Pegawai dan bagiannya dipindahkan dengan langkah lain, sebelum atau "
        "sesudah ini.",
    )


class AsalForm(LangkahForm):
    """First half of moving people: out of which unit."""

    jenis = JenisLangkah.PINDAH_ORANG
    asal = _unit("Pegawai dari unit")


class PindahOrangForm(LangkahForm):
    jenis = JenisLangkah.PINDAH_ORANG
    siapa = forms.ChoiceField(
        label="Siapa yang pindah",
        choices=[
            ("semua", "Semua pegawai kecuali pimpinan"),
            ("pilih", "Yang ditandai"),
        ],
        widget=forms.RadioSelect(),
        initial="semua",
    )
    orang = forms.MultipleChoiceField(
        label="Pegawai", required=False, widget=forms.CheckboxSelectMultiple()
    )
    tujuan = _unit("Ke unit")
    pimpinan = forms.BooleanField(
        label="Menjadi pimpinan unit tujuan",
        required=False,
        help_text="Untuk satu orang; ia dikukuhkan dalam jabatan pimpinan unit itu.",
    )
    jabatan = CariField(
        "jabatan",
        label="Jabatan barunya",
        required=False,
        help_text="Kosong: jabatan masing-masing tetap. Wajib bagi pimpinan unit asal "
        "yang tidak memimpin unit tujuan.",
    )

    def __init__(self, *args: Any, asal: str, pilihan: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._asal = asal
        self.fields["orang"].choices = pilihan

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("siapa") == "pilih" and not data.get("orang"):
            self.add_error("orang", "Tandai paling sedikit satu orang.")
        if data.get("siapa") == "semua" and data.get("orang"):
            self.add_error(
                "siapa", "Ada yang ditandai: pilih Yang ditandai, atau hapus tandanya."
            )
        if data.get("pimpinan") and data.get("jabatan"):
            self.add_error(
                "jabatan", "Kosongkan: ia sudah mendapat jabatan pimpinan unit tujuan."
            )
        return data

    def as_isi(self) -> dict[str, Any]:
        data = self.cleaned_data
        chosen = data["siapa"] == "pilih"
        return {
            "asal": self._asal,
            "tujuan": data["tujuan"],
            "orang": [int(pk) for pk in data["orang"]] if chosen else None,
            "pimpinan": data["pimpinan"],
            "jabatan": str(data["jabatan"].pk) if data["jabatan"] else "",
        }


FORMULIR: Mapping[JenisLangkah, type[LangkahForm]] = {
    form.jenis: form
    for form in (
        GantiNamaForm,
        UnitBaruForm,
        PecahForm,
        GabungForm,
        PindahIndukForm,
        PindahOrangForm,
        TutupForm,
    )
}
