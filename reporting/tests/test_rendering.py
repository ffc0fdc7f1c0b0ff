"""The paper: read back as text, it says what the figures say."""

import datetime as dt

import pytest

from bkpsdmd.documents.models import PengaturanNaskah
from bkpsdmd.documents.rendering import compute_checksum
from bkpsdmd.documents.tests.pdf import open_pdf, read_text, squeeze
from reporting.laporan.pasal24 import build_pasal24
from reporting.rendering import (
    BATANG,
    TEMPLAT,
    build_naskah,
    list_temuan,
    list_terendah,
    render_grafik,
    render_laporan,
)
from reporting.tests.kantor import CUTOFF, Q3, wita
from simpeg.models import KeadaanPegawai
from simpeg.tests.factories import (
    PegawaiFactory,
    PejabatPenandatanganFactory,
    UnitKerjaFactory,
)


def read_pdf(content):
    return read_text(render_laporan(content, grafik=render_grafik(content)))


def test_the_paper_carries_every_figure_chapter_and_definition(kantor_kecil):
    content = build_pasal24(Q3, CUTOFF)
    text = read_pdf(content)
    for angka in content.angka:
        assert squeeze(angka.definisi.kode + angka.definisi.nama) in text
        assert squeeze(angka.definisi.rumus) in text.replace("-\xad", "")
    for words in (
        "50,0 %", "66,7 %", "69,3 %", "33,3 %", "88 dari 127",
        "Triwulan III 2026, 1 Juli 2026 sampai 30 September 2026",
        "Periode tidak disebut dalam kutipan pasal",
        "Dinas Alfa 3 2 2 66,7 %",
        "Jumlah 6 127 88 69,3 % 2 3",
        "Tidak dihitung: 1 akun sistem, uji, atau pemantauan.",
        "Keadaan per 1 Oktober 2026, 00.10 WITA.",
        "Triwulan II 2026 belum terbit, maka tidak ada angka pembanding",
        "Kesiapan banjir: belum ada data (data belum dicatat)",
    ):  # fmt: skip
        assert squeeze(words) in text, words
    for row in content.kerangka:
        assert squeeze(row.judul_bab.upper()) in text
        assert squeeze(row.judul_tabel) in text
    assert text.count(squeeze("belum ada data (data belum dicatat)")) == 16
    assert "terbitsesudahwaktunya" not in text


def test_the_paper_prints_the_checksum_of_its_data(kantor_kecil):
    content = build_pasal24(Q3, CUTOFF)
    sidik = compute_checksum(content.as_data())
    text = read_pdf(content)
    assert sidik in text
    assert f"Sidikdata{sidik[:12]}" in text


def test_the_same_data_gives_the_same_bytes(kantor_kecil):
    content = build_pasal24(Q3, CUTOFF)
    grafik = render_grafik(content)
    pdf = render_laporan(content, grafik=grafik)
    assert pdf == render_laporan(content, grafik=grafik)
    with open_pdf(pdf) as document:
        assert document.Root.MarkInfo.Marked


def test_the_paper_is_that_of_its_kind_on_the_day_of_the_figures(kantor_kecil):
    content = build_pasal24(Q3, CUTOFF)

    def height():
        with open_pdf(render_laporan(content, grafik="")) as pdf:
            return round(float(pdf.pages[0].mediabox[3]) / 72 * 25.4)

    assert height() == 297
    later = CUTOFF.date() + dt.timedelta(days=1)
    PengaturanNaskah.objects.create(jenis=TEMPLAT, mulai=later, kertas="F4")
    assert height() == 297
    PengaturanNaskah.objects.update(mulai=CUTOFF.date())
    assert height() == 330


@pytest.mark.django_db
def test_a_report_of_an_empty_portal_says_so_on_every_place():
    content = build_pasal24(Q3, CUTOFF)
    assert render_grafik(content) == ""
    text = read_pdf(content)
    for words in (
        "belum ada akun yang terdaftar",
        "Belum ada pegawai aktif yang tercatat",
        "tidak ada akun terdaftar",
        "Belum ada data – data belum dicatat",
        "Nihil (tidak ada kejadian): tidak ada yang masuk selama periode ini.",
    ):
        assert squeeze(words) in text, words
    assert "0,0%" not in text
    assert "100,0%" not in text


def test_a_late_report_says_that_its_records_are_not_of_the_end(kantor_kecil):
    assert "terbitsesudahwaktunya" in read_pdf(build_pasal24(Q3, wita(11, 25)))


def test_the_finding_stands_in_a_sentence(kantor_kecil):
    akun, pegawai = list_temuan(build_pasal24(Q3, CUTOFF))
    assert "terdaftar 6 akun. Sebanyak 3 di antaranya, atau 50,0 %," in akun
    assert "Data 6 pegawai aktif terisi 69,3 %" in pegawai


def test_the_chart_shows_the_least_complete_first_and_only_real_units(kantor_kecil):
    for _ in range(BATANG):
        PegawaiFactory(di=UnitKerjaFactory())
    KeadaanPegawai.objects.filter(opd__nama="Dinas Alfa").update(wajib_terisi=0)
    rows = list_terendah(build_pasal24(Q3, CUTOFF))
    assert len(rows) == BATANG
    assert rows[0].nama == "Dinas Alfa"
    assert "Pegawai tanpa perangkat daerah" not in {row.nama for row in rows}
    values = [row.kelengkapan.exact for row in rows]
    assert values == sorted(values)


def test_the_signing_official_of_the_day_stands_below(kantor_kecil):
    PejabatPenandatanganFactory(jenis_dokumen="laporan", jabatan="Kepala Badan")
    naskah = build_naskah(build_pasal24(Q3, CUTOFF), grafik="")
    assert naskah["penandatangan"]["jabatan"] == "Kepala Badan"
    assert naskah["penandatangan"]["tempat_tanggal"].endswith("1 Oktober 2026")
