"""Counts of a small office, done by hand; and that each number has its people."""

from __future__ import annotations

import datetime as dt

import pytest
from django.http import QueryDict
from django.utils import timezone

from bkpsdmd.accounts.roles import Role
from simpeg.choices import JenisKelamin, StatusKepegawaian
from simpeg.filters import PegawaiFilter
from simpeg.models import Golongan, KeadaanPegawai
from simpeg.models.lingkup import Lingkup
from simpeg.selectors.akses import get_lingkup
from simpeg.selectors.dimensi import DIMENSI
from simpeg.selectors.keadaan import list_keadaan
from simpeg.selectors.pegawai import list_pegawai
from simpeg.selectors.statistik import Rekap, Saringan, summarize_statistik
from simpeg.tests.factories import (
    JabatanFactory,
    PegawaiFactory,
    RiwayatKedudukanFactory,
    RiwayatPangkatFactory,
)

SEMUA = Lingkup(semua=True)
SATU = sorted(set(DIMENSI) - {"unit"})


def count(
    baris: str,
    kolom: str = "",
    *,
    lingkup: Lingkup = SEMUA,
    saringan: Saringan | None = None,
    on: dt.date | None = None,
) -> Rekap:
    return summarize_statistik(
        lingkup,
        baris=DIMENSI[baris],
        kolom=DIMENSI.get(kolom),
        saringan=saringan or Saringan(),
        per_tanggal=on or timezone.localdate(),
    )


def by_label(rekap: Rekap) -> dict[str, int]:
    return {
        nilai.label: rekap.count(nilai)
        for nilai in rekap.nilai_baris
        if rekap.count(nilai)
    }


@pytest.fixture
def lengkap(kantor):
    """The four of `kantor`, and: a woman PPPK, a CPNS, a JF, one without records, one gone."""
    PegawaiFactory(
        pppk=True,
        perempuan=True,
        di=kantor.dinas_lain,
        tanggal_lahir=dt.date(1999, 5, 5),
    )
    PegawaiFactory(cpns=True, di=kantor.dinas_lain, di__golongan="II/c")
    PegawaiFactory(di=kantor.bidang, di__jabatan=JabatanFactory(fungsional=True))
    PegawaiFactory(menjelang_pensiun=True, di=kantor.bidang)
    PegawaiFactory()
    RiwayatKedudukanFactory(
        pegawai=PegawaiFactory(di=kantor.dinas), pensiun=True, tmt=dt.date(2020, 1, 1)
    )
    return kantor


@pytest.mark.parametrize(
    ("baris", "expected"),
    [
        (
            "golongan",
            {
                "II/c Pengatur": 1,
                "III/a Penata Muda": 5,
                "IV/a Pembina": 1,
                "IX (PPPK)": 1,
                "Belum tercatat": 1,
            },
        ),
        (
            "kelompok_jabatan",
            {
                "Administrator": 1,
                "Pelaksana": 6,
                "Jabatan Fungsional": 1,
                "Belum tercatat": 1,
            },
        ),
        (
            "jenis_jabatan",
            {
                "Jabatan Struktural": 1,
                "Jabatan Fungsional": 1,
                "Pelaksana": 6,
                "Belum tercatat": 1,
            },
        ),
        ("eselon", {"III.b": 1, "Tanpa eselon": 8}),
        ("jenjang", {"Ahli Pertama": 1, "Tanpa jenjang": 8}),
        ("pendidikan", {"S-1/Sarjana": 8, "Belum tercatat": 1}),
        ("jenis_kelamin", {"Laki-laki": 8, "Perempuan": 1}),
        ("status", {"CPNS": 1, "PNS": 7, "PPPK": 1}),
        (
            "opd",
            {"Dinas Contoh": 5, "Dinas Lain": 3, "Tanpa perangkat daerah": 1},
        ),
        (
            "unit",
            {
                "Bidang Contoh": 4,
                "Dinas Contoh": 1,
                "Dinas Lain": 3,
                "Tanpa unit kerja": 1,
            },
        ),
    ],
)
def test_active_people_are_counted(lengkap, baris, expected):
    assert by_label(count(baris)) == expected


def test_a_cross_table_counts_each_cell_and_its_sums(lengkap):
    rekap = count("opd", "status")
    cells = {
        (b.label, k.label): rekap.count(b, k)
        for b in rekap.nilai_baris
        for k in rekap.nilai_kolom
        if rekap.count(b, k)
    }

    assert cells == {
        ("Dinas Contoh", "PNS"): 5,
        ("Dinas Lain", "PNS"): 1,
        ("Dinas Lain", "CPNS"): 1,
        ("Dinas Lain", "PPPK"): 1,
        ("Tanpa perangkat daerah", "PNS"): 1,
    }
    assert [rekap.count(None, k) for k in rekap.nilai_kolom] == [1, 7, 1]
    assert rekap.count() == rekap.total == 9


def test_the_same_table_turned_round_has_the_same_cells(lengkap):
    one, other = count("usia", "golongan"), count("golongan", "usia")

    assert dict(one.jumlah) == {(b, k): n for (k, b), n in other.jumlah.items()}


# -- Bands ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lahir", "label"),
    [
        (dt.date(2000, 11, 27), "≤ 25 tahun"),
        (dt.date(2000, 11, 26), "26–30 tahun"),
        (dt.date(1995, 11, 27), "26–30 tahun"),
        (dt.date(1995, 11, 26), "31–35 tahun"),
        (dt.date(1965, 11, 27), "56–60 tahun"),
        (dt.date(1965, 11, 26), "> 60 tahun"),
    ],
)
def test_an_age_changes_on_the_birthday(db, lahir, label):
    PegawaiFactory(tanggal_lahir=lahir)

    assert by_label(count("usia", on=dt.date(2026, 11, 26))) == {label: 1}


def test_somebody_born_on_29_february_is_older_from_1_march(db):
    PegawaiFactory(tanggal_lahir=dt.date(2000, 2, 29))

    assert by_label(count("usia", on=dt.date(2026, 2, 28))) == {"≤ 25 tahun": 1}
    assert by_label(count("usia", on=dt.date(2026, 3, 1))) == {"26–30 tahun": 1}


@pytest.mark.parametrize(
    ("on", "label"),
    [
        (dt.date(2016, 3, 31), "0–5 tahun"),
        (dt.date(2016, 4, 1), "6–10 tahun"),
        (dt.date(2021, 3, 31), "6–10 tahun"),
        (dt.date(2021, 4, 1), "11–15 tahun"),
        (dt.date(2041, 3, 31), "26–30 tahun"),
        (dt.date(2041, 4, 1), "> 30 tahun"),
    ],
)
def test_service_is_counted_in_whole_years(kantor, on, label):
    person = PegawaiFactory(di=kantor.dinas)
    KeadaanPegawai.objects.exclude(pk=person.pk).delete()
    RiwayatPangkatFactory(
        pegawai=person, tmt=dt.date(2014, 4, 1), masa_kerja_bulan=48, golongan_id="IV/b"
    )

    assert by_label(count("masa_kerja", on=on)) == {label: 1}


def test_service_is_that_of_the_person_page(lengkap):
    """The database counts months as `Keadaan` does."""
    today = timezone.localdate()
    active = KeadaanPegawai.objects.aktif().values_list("pk", flat=True)
    expected: dict[str, int] = {}
    for keadaan in list_keadaan(list(active), today):
        months = keadaan.masa_kerja_bulan
        if months is not None:
            start = max(0, (months // 12 - 1) // 5 * 5 + 1)
            kode = "31" if start > 30 else f"{start or 0}-{max(start + 4, 5)}"
            kode = "0-5" if months < 72 else kode
            expected[kode] = expected.get(kode, 0) + 1
    rekap = count("masa_kerja")

    assert {
        kode: n for (kode, _), n in rekap.jumlah.items() if kode != "tanpa"
    } == expected


def test_retirements_are_projected_by_year(db):
    today = dt.date(2026, 11, 26)
    tmt = {
        "TMT sudah lewat, masih aktif": [dt.date(2026, 11, 1), today],
        "2026 (sisa tahun)": [dt.date(2026, 12, 1)],
        "2027": [dt.date(2027, 1, 1), dt.date(2027, 12, 1)],
        "2031": [dt.date(2031, 12, 1)],
        "Sesudah 2031": [dt.date(2032, 1, 1)],
        "TMT pensiun belum dapat dihitung": [None],
    }
    for dates in tmt.values():
        for tanggal in dates:
            KeadaanPegawai.objects.filter(pk=PegawaiFactory().pk).update(
                tmt_pensiun=tanggal
            )
    rekap = count("pensiun", on=today)

    assert by_label(rekap) == {label: len(dates) for label, dates in tmt.items()}
    assert [nilai.kode for nilai in rekap.nilai_baris][2:7] == [
        "2027", "2028", "2029", "2030", "2031",
    ]  # fmt: skip


# -- The people behind a number ---------------------------------------------------------


def find(user, kueri: dict[str, str]) -> int:
    request = type("Request", (), {"user": user, "GET": QueryDict(mutable=True)})()
    request.GET.update(kueri)
    filterset = PegawaiFilter(request.GET, queryset=list_pegawai(user), request=request)
    assert filterset.is_valid(), (kueri, filterset.errors)
    return filterset.qs.count()


@pytest.mark.slow
@pytest.mark.parametrize("baris", sorted(DIMENSI))
def test_every_number_has_its_list(lengkap, baris):
    user = lengkap.user_for(Role.KEPALA_BADAN)
    rekap = count(baris)

    for nilai in rekap.nilai_baris:
        if baris == "unit" and nilai.kode == "tanpa":
            continue  # never asked: units are counted inside one perangkat daerah
        assert find(user, dict(nilai.kueri)) == rekap.count(nilai), nilai.label


@pytest.mark.parametrize("kolom", ["usia", "masa_kerja", "eselon", "pensiun"])
def test_every_cell_has_its_list(lengkap, kolom):
    user = lengkap.user_for(Role.KEPALA_BADAN)
    rekap = count("opd", kolom)

    for b in rekap.nilai_baris:
        for k in rekap.nilai_kolom:
            assert find(user, dict(b.kueri + k.kueri)) == rekap.count(b, k)


def test_a_perangkat_daerah_that_ended_has_its_list_too(lengkap):
    user = lengkap.user_for(Role.KEPALA_BADAN)
    lengkap.dinas_lain.selesai = dt.date(2026, 1, 1)
    lengkap.dinas_lain.save(update_fields=["selesai"])
    rekap = count("opd")
    (nilai,) = [n for n in rekap.nilai_baris if n.label == "Dinas Lain"]

    assert find(user, dict(nilai.kueri)) == rekap.count(nilai) == 3


# -- Scope, filters, cost ---------------------------------------------------------------


def test_a_clerk_counts_the_own_units_only(lengkap):
    rekap = count("opd", lingkup=get_lingkup(lengkap.pengelola.user))

    assert by_label(rekap) == {"Dinas Contoh": 5}


def test_a_leader_counts_the_led_unit(lengkap):
    rekap = count("unit", lingkup=get_lingkup(lengkap.atasan.user))

    assert by_label(rekap) == {"Bidang Contoh": 4}


def test_filters_narrow_what_is_counted(lengkap):
    saringan = Saringan(opd=lengkap.dinas_lain, status=StatusKepegawaian.PPPK)
    rekap = count("jenis_kelamin", saringan=saringan)

    assert by_label(rekap) == {JenisKelamin.PEREMPUAN.label: 1}
    assert saringan.kueri == (("opd", str(lengkap.dinas_lain.pk)), ("status", "pppk"))


def test_scopes_and_filters_do_not_share_what_is_kept(lengkap):
    totals = [
        count("golongan").total,
        count("golongan", lingkup=get_lingkup(lengkap.pengelola.user)).total,
        count("golongan", lingkup=get_lingkup(lengkap.atasan.user)).total,
        count("golongan", saringan=Saringan(opd=lengkap.dinas_lain)).total,
        count("golongan", saringan=Saringan(status=StatusKepegawaian.PPPK)).total,
    ]

    assert totals == [9, 5, 4, 3, 1]


@pytest.mark.parametrize("baris", SATU)
def test_one_query_counts_and_then_none(lengkap, baris, django_assert_max_num_queries):
    for kolom in {"", "jenis_kelamin", "usia", "eselon"} - {baris}:
        # The second one reads the names of units or of levels, a third the posts.
        with django_assert_max_num_queries(3):
            count(baris, kolom)
        with django_assert_max_num_queries(1):
            count(baris, kolom)


def test_what_is_kept_says_when_it_was_counted(lengkap):
    first = count("golongan")
    PegawaiFactory(di=lengkap.dinas)
    again = count("golongan")

    assert (again.total, again.dihitung_at) == (first.total, first.dihitung_at)


def test_a_code_no_list_knows_is_counted_under_its_own_name(lengkap):
    Golongan.objects.create(kode="V/a", skala="pns", urut=99)
    KeadaanPegawai.objects.filter(pk=lengkap.pegawai.pk).update(golongan="V/a")
    rekap = count("golongan")

    assert by_label(rekap)["V/a"] == 1
    assert sum(map(rekap.count, rekap.nilai_baris)) == rekap.total == 9


def test_an_unknown_code_finds_nobody(lengkap):
    today = timezone.localdate()

    assert not KeadaanPegawai.objects.filter(DIMENSI["usia"].as_q("x", today)).exists()
