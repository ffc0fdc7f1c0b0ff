"""The gallery of components: every one of them, with data that nobody has."""

from datetime import date
from types import SimpleNamespace
from typing import Any

from django import forms
from django.http import QueryDict
from django.views.generic import TemplateView

from bkpsdmd.ui.components import (
    Chip,
    ExportLink,
    Figure,
    Nada,
    Panel,
    PanelItem,
    PanelKind,
    Perubahan,
    Tab,
    TimelineItem,
)
from bkpsdmd.ui.icons import get_icon_names
from bkpsdmd.ui.pager import Page
from bkpsdmd.ui.permissions import Permission
from bkpsdmd.ui.views import Daftar, PageMixin


class ContohForm(forms.Form):
    nomor_sk = forms.CharField(
        label="Nomor SK", help_text="Seperti tertulis di kepala surat."
    )
    tmt = forms.DateField(
        label="TMT",
        help_text="Tanggal pertama sebuah bulan.",
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    golongan = forms.ChoiceField(
        label="Golongan ruang", choices=[("", "Pilih"), ("3d", "III/d"), ("4a", "IV/a")]
    )
    jenis = forms.ChoiceField(
        label="Jenis kenaikan pangkat",
        choices=[("reguler", "Reguler"), ("pilihan", "Pilihan")],
        widget=forms.RadioSelect,
    )
    berkas = forms.FileField(
        label="Berkas SK", help_text="PDF, paling besar 2 MB.", required=False
    )
    sudah_asli = forms.BooleanField(
        label="Saya sudah membandingkan dengan SK asli", required=False
    )


class ContohSaringan(forms.Form):
    q = forms.CharField(label="Nama atau NIP", required=False)
    unit = forms.ChoiceField(
        label="Unit kerja",
        choices=[("", "Semua unit"), ("dikbud", "Dinas Pendidikan")],
        required=False,
    )
    status = forms.ChoiceField(
        label="Status", choices=[("", "Semua"), ("pns", "PNS")], required=False
    )
    golongan = forms.ChoiceField(
        label="Golongan", choices=[("", "Semua"), ("3d", "III/d")], required=False
    )
    is_aktif = forms.BooleanField(label="Termasuk yang sudah berhenti", required=False)


class _DaftarContoh(Daftar):
    """A list without a database: the same drawing, invented rows."""

    def __init__(self, query: QueryDict) -> None:
        self._query = query
        self._sorts = {"nama": ("nama",), "golongan": ("golongan",)}
        self.urut = query.get("urut", "nama")
        self.ukuran = 25
        self.pilihan_ukuran = [(size, "?") for size in (25, 50, 100)]
        self.halaman = Page(ORANG, sesudah="3", sebelum="1")
        self.jumlah, self.is_jumlah_tepat = 10_000, False
        self.satuan = "pegawai"
        self.target, self.alamat = "daftar", ""
        self.form = ContohSaringan({"unit": "dikbud"}, auto_id="saring_%s")
        for bound in self.form:
            bound.field.widget.attrs["class"] = {
                "select": "form-select",
                "checkbox": "form-check-input",
            }.get(bound.field.widget.input_type, "form-control")
        self.utama = [self.form[name] for name in ("q", "unit", "status")]
        self.lain = [self.form[name] for name in ("golongan", "is_aktif")]
        self.chips = [Chip("Unit kerja", "Dinas Pendidikan", "?")]
        self.exports = [
            ExportLink("Ekspor Excel", "?"),
            ExportLink("Cetak PDF", "?", "printer"),
        ]


ORANG = [
    SimpleNamespace(
        nip="196803021994031005",
        nama="Drs. Saiful Rekaan, M.Si.",
        golongan="IV/b",
        tmt=date(2021, 4, 1),
        jabatan="Kepala Bidang Contoh",
        unit="Dinas Pendidikan",
        status=("ok", "Aktif"),
    ),
    SimpleNamespace(
        nip="198511172010012003",
        nama="Nurul Contohwati, S.Pd.",
        golongan="III/d",
        tmt=date(2023, 10, 1),
        jabatan="Guru Ahli Muda",
        unit="SDN 1 Karangan",
        status=("warn", "Batas usia pensiun 3 bulan lagi"),
    ),
    SimpleNamespace(
        nip="199902282022031001",
        nama="Muhammad Rekaan, A.Md.",
        golongan="II/c",
        tmt=date(2022, 3, 1),
        jabatan="Pengelola Data",
        unit="Dinas Pendidikan",
        status=("netral", "Tugas belajar"),
    ),
]

SYARAT = [
    SimpleNamespace(
        pesan="Paling sedikit 4 tahun dalam pangkat terakhir",
        terpenuhi=True,
        nilai="5 tahun 2 bulan",
        dasar_hukum="Pasal contoh ayat (1)",
    ),
    SimpleNamespace(
        pesan="Predikat kinerja 2 tahun terakhir paling rendah Baik",
        terpenuhi=False,
        nilai="2025: Baik, 2026: belum dinilai",
        dasar_hukum="Pasal contoh ayat (2)",
    ),
]

PANEL = (
    Panel(
        PanelKind.TUGAS,
        "Yang harus dikerjakan",
        items=(
            PanelItem(
                "Periksa 12 baris impor yang ditolak",
                "#",
                "Impor SIASN, 24 November 2026",
                date(2026, 11, 30),
                "5 hari lagi",
                Nada.WARN,
            ),
            PanelItem(
                "Lengkapi SK pangkat terakhir Nurul Contohwati",
                "#",
                "Berkas SK belum ada",
                date(2026, 11, 20),
                "Terlambat",
                Nada.BAD,
            ),
        ),
        url="#",
    ),
    Panel(
        PanelKind.MENDATANG,
        "Mencapai batas usia pensiun",
        kosong="Tidak ada yang mencapai batas usia pensiun dalam tiga bulan.",
    ),
)


class GaleriView(PageMixin, TemplateView):
    permission = Permission.GALERI_VIEW
    template_name = "ui/galeri.html"
    title = "Komponen halaman"
    panduan = (
        "Setiap bagian di bawah ini adalah satu komponen; namanya tertulis di judulnya.",
        "Salin tag dari templates/ui/galeri.html, jangan membuat bentuk baru.",
        "Semua orang, angka, dan pasal di halaman ini rekaan.",
    )
    breadcrumbs = (("Pengaturan", None),)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = ContohForm({"nomor_sk": "823.4/1/2026", "tmt": "besok"})
        return super().get_context_data(
            daftar=_DaftarContoh(self.request.GET),
            form=form,
            angka=(
                Figure("Pegawai aktif", "5.812", "per 25 November 2026", "#"),
                Figure("PPPK", "1.204", "20,7 % dari semua"),
                Figure("Pensiun tahun ini", "143", "31 belum diusulkan"),
            ),
            tab=(
                Tab("Identitas", "#", is_aktif=True),
                Tab("Pangkat", "#", jumlah=7),
                Tab("Jabatan", "#", jumlah=11),
                Tab("Pendidikan", "#", jumlah=4),
                Tab("Berkas digital", "#", jumlah=23),
            ),
            linimasa=(
                TimelineItem(
                    date(2023, 10, 1),
                    "Naik pangkat ke III/d",
                    "SK 823.3/99/2023, Bupati Contoh",
                    "#",
                ),
                TimelineItem(
                    date(2022, 4, 1),
                    "Naik pangkat ke III/d",
                    "Dibatalkan: TMT keliru ketik.",
                    is_batal=True,
                ),
                TimelineItem(
                    date(2010, 1, 1), "Diangkat sebagai CPNS", "Golongan III/a"
                ),
            ),
            perubahan=(
                Perubahan("Tempat lahir", "Barabai", "Barabai"),
                Perubahan("Gelar belakang", "", "S.Pd."),
            ),
            syarat=SYARAT,
            panel=PANEL,
            ikon=sorted(get_icon_names()),
            **kwargs,
        )
