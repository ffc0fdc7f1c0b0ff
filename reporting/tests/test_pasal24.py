"""The figures, counted by hand on the office of `kantor.py`."""

import datetime as dt
import json

import pytest

from reporting.laporan import pasal24
from reporting.laporan.pasal24 import LaporanPasal24, Perbaikan, build_pasal24
from reporting.models import PengaturanLaporan
from reporting.periode import Periode
from reporting.rendering import describe_belum_ada, list_belum_ada
from reporting.tests.kantor import CUTOFF, Q3, WITA, wita
from simpeg.models import Pegawai, UnitKerja
from simpeg.tests.factories import PegawaiFactory, UnitKerjaFactory


@pytest.fixture
def content(kantor_kecil):
    return build_pasal24(Q3, CUTOFF)


@pytest.mark.parametrize(
    ("kode", "pembilang", "penyebut", "teks"),
    [
        # alfa1-3, beta2, titipan, admin; beta1 was closed, gama1 came later
        ("R-01", 6, None, "6"),
        # alfa1, alfa2, beta1, admin
        ("R-02", 4, None, "4"),
        # of these beta1 is not registered any more
        ("R-03", 3, 6, "50,0 %"),
        # Alfa and Beta of Alfa, Beta, Gama
        ("R-04", 2, 3, "66,7 %"),
        # 22+20+19 + 11 + 16 + 0 of 22+22+19 + 22 + 22 + 20
        ("R-08", 88, 127, "69,3 %"),
        # alfa1 and alfa3 of six active people
        ("R-09", 2, 6, "33,3 %"),
        # alfa1, alfa3 (first of the 365 days), beta1
        ("R-10", 3, 6, "50,0 %"),
    ],
)
def test_key_figures(content, kode, pembilang, penyebut, teks):
    angka = content.get_angka(kode)
    assert (angka.nilai.pembilang, angka.nilai.penyebut) == (pembilang, penyebut)
    assert angka.nilai.teks == teks
    assert angka.sebelumnya_teks == angka.selisih_teks == "–"


def test_use_per_perangkat_daerah_names_everybody_once(content):
    rows = [
        (row.nama, row.terdaftar, row.aktif, row.aktif_terdaftar, row.keaktifan.teks)
        for row in (*content.pemakaian, content.jumlah_pemakaian)
    ]
    assert rows == [
        ("Dinas Alfa", 3, 2, 2, "66,7 %"),
        ("Dinas Beta", 1, 1, 0, "0,0 %"),
        ("Dinas Gama", 0, 0, 0, "–"),
        ("Pegawai tanpa perangkat daerah", 1, 0, 0, "0,0 %"),
        ("Akun tanpa data pegawai", 1, 1, 1, "100,0 %"),
        ("Jumlah", 6, 4, 3, "50,0 %"),
    ]
    assert content.akun_layanan == 1


def test_completeness_per_perangkat_daerah(content):
    rows = [
        (row.nama, row.pegawai, row.wajib, row.terisi, row.lengkap, row.mutakhir)
        for row in (*content.kelengkapan, content.jumlah_kelengkapan)
    ]
    assert rows == [
        ("Dinas Alfa", 3, 63, 61, 2, 2),
        ("Dinas Beta", 1, 22, 11, 0, 1),
        ("Dinas Gama", 1, 22, 16, 0, 0),
        ("Pegawai tanpa perangkat daerah", 1, 20, 0, 0, 0),
        ("Jumlah", 6, 127, 88, 2, 3),
    ]


def test_people_of_a_dissolved_perangkat_daerah_are_counted_but_not_as_reach(
    kantor_kecil,
):
    delta = UnitKerja.objects.get(nama="Dinas Delta")
    pegawai = PegawaiFactory(nama="delta1", punya_akun=True, di=delta)
    pegawai.user.created_at = wita(6, 1)
    pegawai.user.save()
    content = build_pasal24(Q3, CUTOFF)
    row = next(row for row in content.pemakaian if row.nama == "Dinas Delta")
    assert (row.terdaftar, row.is_opd_aktif) == (1, False)
    assert content.get_angka("R-01").nilai.pembilang == 7
    assert content.get_angka("R-04").nilai.penyebut == 3


def test_a_change_after_the_period_hides_whether_there_was_one_in_it(kantor_kecil):
    late = Pegawai.objects.filter(nama__in=["alfa1", "gama1"])
    late.update(updated_at=wita(10, 1))
    assert build_pasal24(Q3, CUTOFF).berubah_sesudah == 2
    # Unless the person confirmed the record within it: that is dated by itself.
    late.update(dikonfirmasi_at=wita(9, 30))
    content = build_pasal24(Q3, CUTOFF)
    assert content.berubah_sesudah == 0
    assert content.get_angka("R-10").nilai.pembilang == 4


@pytest.mark.django_db
def test_an_empty_portal_has_dashes_and_reasons_never_zero_percent():
    content = build_pasal24(Q3, CUTOFF)
    found = {one.definisi.kode: (one.nilai.teks, one.catatan) for one in content.angka}
    tanpa_pegawai = "tidak ada pegawai aktif yang tercatat"
    assert found == {
        "R-01": ("0", ""),
        "R-02": ("0", ""),
        "R-03": ("–", "tidak ada akun terdaftar"),
        "R-04": ("–", "tidak ada perangkat daerah yang tercatat"),
        "R-08": ("–", tanpa_pegawai),
        "R-09": ("–", tanpa_pegawai),
        "R-10": ("–", tanpa_pegawai),
    }


def test_the_period_before_stands_beside_it_as_it_was_published(laporan):
    content = build_pasal24(Q3.next(), wita(12, 31) + dt.timedelta(days=1))
    r01 = content.get_angka("R-01")
    # gama1 was registered on 1 October.
    assert (r01.nilai.teks, r01.sebelumnya_teks, r01.selisih_teks) == ("7", "6", "+1")
    r02 = content.get_angka("R-02")
    # alfa3 alone: the log-in at 30 September 16:30 UTC.
    assert (r02.nilai.teks, r02.sebelumnya_teks, r02.selisih_teks) == ("1", "4", "−3")
    assert content.get_angka("R-03").selisih_teks == "−35,7 poin"
    assert (content.pembanding.periode, content.pembanding.versi) == (Q3, 1)


def test_figures_of_another_definition_are_not_compared(laporan, monkeypatch):
    baru = pasal24.KolomWajib("2026-12-01", (("semua pegawai", ("Nama",)),))
    monkeypatch.setattr(pasal24, "_read_kolom_wajib", lambda per_tanggal: baru)
    content = build_pasal24(Q3.next(), wita(12, 31) + dt.timedelta(days=1))
    for kode in ("R-08", "R-09"):
        angka = content.get_angka(kode)
        assert angka.sebelumnya_teks == angka.selisih_teks == "–"
        assert "definisinya berubah" in angka.catatan
    assert content.get_angka("R-10").sebelumnya_teks == "50,0 %"


def test_the_list_of_mandatory_fields_is_told_with_its_version(content):
    bagian = dict(content.kolom_wajib.bagian)
    assert "NIK" in bagian["semua pegawai"]
    assert bagian["PNS"] == ("TMT PNS", "Nomor SK PNS", "Tanggal SK PNS")
    assert content.kolom_wajib.versi in content.get_angka("R-08").definisi.versi
    assert content.kolom_wajib.versi not in content.get_angka("R-10").definisi.versi


def test_the_outline_has_all_chapters_and_says_what_is_missing(content):
    assert [row.bab for row in content.kerangka] == sorted(
        row.bab for row in content.kerangka
    )
    assert {row.bab for row in content.kerangka} == set(range(1, 15))
    missing = list_belum_ada(content)
    assert [row.tabel for row in missing] == [
        *("T1", "T2", "T3", "T4", "T5", "T6", "T7", "T8", "T9"),
        *("T10", "T11", "T12", "T13", "T14", "T15", "T16", "T17"),
    ]
    reasons = {row.tabel: describe_belum_ada(content, row) for row in missing}
    assert reasons.pop("T17").startswith("disusun setahun sekali")
    assert set(reasons.values()) == {"belum ada data (data belum dicatat)"}


def test_the_yearly_chapter_is_due_in_the_last_period_of_the_year(kantor_kecil):
    content = build_pasal24(Q3.next(), dt.datetime(2027, 1, 1, tzinfo=WITA))
    (tahunan,) = (row for row in content.kerangka if row.isi == "tahunan")
    assert "belum ada data" in describe_belum_ada(content, tahunan)


def test_the_legal_basis_comes_with_its_doubt(content):
    assert "Nomor 52 Tahun 2017" in content.dasar
    assert content.catatan_dasar == (
        "Periode tidak disebut dalam kutipan pasal; konfirmasi Bagian Hukum/Diskominfo."
    )
    assert "[satu sumber]" in content.sumber_dasar


def test_what_the_office_settled_replaces_it(kantor_kecil):
    PengaturanLaporan.objects.create(
        berlaku=dt.date(2026, 7, 1),
        dasar="Perbup Contoh 1/2026 Pasal 9",
        kepada="Kepala Diskominfo",
        tembusan="Bupati\n\nInspektur\n",
    )
    content = build_pasal24(Q3, CUTOFF)
    assert content.dasar == "Perbup Contoh 1/2026 Pasal 9"
    assert content.catatan_dasar == ""
    assert content.tembusan == ("Bupati", "Inspektur")
    assert build_pasal24(Periode.parse("2026-Q2"), CUTOFF).tembusan == ()


def test_only_a_late_report_says_that_its_records_are_not_of_the_end(content):
    assert not content.is_susulan
    assert build_pasal24(Q3, wita(10, 2)).is_susulan


def test_the_data_is_plain_json_and_reads_back_as_the_same_report(kantor_kecil):
    fix = Perbaikan(1, "Data Dinas Alfa baru lengkap", CUTOFF)
    content = build_pasal24(Q3, wita(10, 5, 9, 30), perbaikan=fix)
    text = json.dumps(content.as_data(), allow_nan=False)
    data = json.loads(text, parse_float=pytest.fail)
    assert LaporanPasal24.from_data(data) == content
    assert data["parameter"] == {
        "cutoff": "2026-10-05T09:30:00+08:00",
        "zona": "Asia/Makassar",
        "versi": 2,
    }
    assert data["periode"] == {
        "kode": "2026-Q3",
        "nama": "Triwulan III 2026",
        "mulai": "2026-07-01",
        "selesai": "2026-10-01",
    }
    r03 = next(row for row in data["angka"] if row["kode"] == "R-03")
    assert (r03["pembilang"], r03["penyebut"]) == (3, 6)
    assert r03["tercetak"]["nilai"] == "50,0 %"


def test_queries_do_not_grow_with_people_or_perangkat_daerah(
    kantor_kecil, django_assert_num_queries, django_assert_max_num_queries
):
    with django_assert_max_num_queries(12) as few:
        build_pasal24(Q3, CUTOFF)
    for _ in range(8):
        unit = UnitKerjaFactory()
        PegawaiFactory.create_batch(2, punya_akun=True, di=unit)
    with django_assert_num_queries(len(few)):
        build_pasal24(Q3, CUTOFF)
