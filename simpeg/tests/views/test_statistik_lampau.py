"""Statistics of a past day: the tree and the people of that day, behind each number."""

import datetime as dt
from urllib.parse import urlsplit

import pytest
from django.http import QueryDict
from django.test import Client

from bkpsdmd.accounts.roles import Role
from simpeg.filters import KeadaanLampauFilter
from simpeg.models import KeadaanLampau, Potret
from simpeg.models.lingkup import Lingkup
from simpeg.selectors.dimensi import DIMENSI
from simpeg.selectors.statistik import Saringan, summarize_statistik
from simpeg.services.potret import build_potret
from simpeg.tests.actors import make_user
from simpeg.tests.factories import (
    JabatanFactory,
    PegawaiFactory,
    RiwayatDiklatFactory,
    RiwayatJabatanFactory,
    UnitKerjaFactory,
)
from simpeg.tests.services.test_penataan import (
    BERLAKU,
    SEBELUM,
    apply,
    approve,
    draft,
    gabung,
)
from simpeg.tests.views.test_pegawai import MAX_QUERIES

URL = "/simpeg/statistik/"
LALU = dt.date(2025, 6, 30)


def derive(tanggal):
    potret = Potret.objects.get_or_create(tanggal=tanggal)[0]
    return build_potret(potret_id=potret.pk)


def labels(rekap):
    return {b.label: rekap.count(b) for b in rekap.nilai_baris if rekap.count(b)}


@pytest.fixture
def isi(kantor):
    PegawaiFactory(pppk=True, perempuan=True, di=kantor.dinas_lain, agama="2")
    PegawaiFactory(di=kantor.bidang, di__jabatan=JabatanFactory(fungsional=True))
    PegawaiFactory(di=kantor.dinas, di__golongan="II/c", status_kawin="1")
    RiwayatDiklatFactory(
        pegawai=kantor.atasan, tingkat=3, tanggal_selesai=dt.date(2020, 1, 1)
    )
    return kantor


@pytest.mark.django_db
def test_a_reorganisation_leaves_the_figures_of_the_days_before_as_they_were(isi):
    """Merge a bidang into another dinas: each day counts by the tree of that day."""
    tujuan = UnitKerjaFactory(nama="Bidang Tujuan", induk=isi.dinas_lain)
    verifikator, sekretaris = make_user(Role.VERIFIKATOR), make_user(Role.SEKRETARIS)
    boss = Client()
    boss.force_login(make_user(Role.KEPALA_BADAN))

    def counts(tanggal):
        boss.post(f"{URL}hitung/?baris=opd&tanggal={tanggal}")
        page = boss.get(URL, {"baris": "opd", "tanggal": str(tanggal)})
        return labels(page.context["rekap"])

    def today():
        return labels(boss.get(URL, {"baris": "opd"}).context["rekap"])

    assert today() == {"Dinas Contoh": 5, "Dinas Lain": 2}
    before = counts(SEBELUM)
    assert before == {"Dinas Contoh": 5, "Dinas Lain": 2}

    act = approve(draft(verifikator, *gabung(isi, tujuan)), verifikator, sekretaris)
    apply(act)
    from django.core.cache import cache

    cache.clear()  # figures may be ten minutes old

    assert today() == {"Dinas Contoh": 2, "Dinas Lain": 5}
    assert counts(SEBELUM) == before
    assert counts(BERLAKU) == {"Dinas Contoh": 2, "Dinas Lain": 5}
    units = boss.get(
        URL, {"baris": "unit", "opd": isi.dinas.pk, "tanggal": str(SEBELUM)}
    ).context["rekap"]
    assert labels(units) == {"Bidang Contoh": 3, "Dinas Contoh": 2}


@pytest.mark.django_db
def test_a_unit_that_moved_counts_where_it_hung_that_day(isi):
    from simpeg.choices import JenisLangkah as J

    verifikator, sekretaris = make_user(Role.VERIFIKATOR), make_user(Role.SEKRETARIS)
    langkah = (
        J.PINDAH_INDUK,
        {"unit": isi.bidang.kode, "induk": isi.dinas_lain.kode},
    )
    apply(approve(draft(verifikator, langkah), verifikator, sekretaris))
    for tanggal, dinas in ((SEBELUM, isi.dinas), (BERLAKU, isi.dinas_lain)):
        rows = KeadaanLampau.objects.filter(
            potret=derive(tanggal), unit_kerja=isi.bidang
        )
        assert {row.opd_id for row in rows} == {dinas.pk}


@pytest.mark.django_db
@pytest.mark.slow
@pytest.mark.parametrize("kunci", sorted(DIMENSI))
def test_behind_every_number_stand_its_people(isi, kunci):
    potret = derive(LALU)
    lingkup = Lingkup(semua=True)
    rekap = summarize_statistik(
        lingkup,
        baris=DIMENSI[kunci],
        kolom=None,
        saringan=Saringan(),
        per_tanggal=LALU,
        potret=potret,
    )
    assert rekap.total == potret.baris_set.count() == 7
    request = type("Request", (), {"user": make_user(Role.KEPALA_BADAN)})()
    for nilai in rekap.list_tabel():
        if not rekap.count(nilai):
            continue
        query = QueryDict(mutable=True)
        query.update({**dict(nilai.kueri), "tanggal": str(LALU)})
        request.GET = query
        found = KeadaanLampauFilter(
            query, queryset=KeadaanLampau.objects.filter(potret=potret), request=request
        )
        assert found.is_valid(), found.errors
        assert found.qs.count() == rekap.count(nilai), nilai.label


SEHARI = dt.timedelta(days=1)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("tanggal", "tahun"),
    [(LALU - SEHARI, "2026"), (LALU, "2028"), (LALU + SEHARI, "2028")],
)
def test_retirement_is_projected_by_the_post_of_that_day(kantor, tanggal, tahun):
    """A pelaksana retires at 58; from the TMT of a JPT post it is 60."""
    person = PegawaiFactory(di=kantor.dinas, tanggal_lahir=dt.date(1968, 2, 29))
    RiwayatJabatanFactory(
        pegawai=person,
        unit_kerja=kantor.dinas,
        jabatan=JabatanFactory(memimpin=kantor.dinas, eselon="II.b"),
        tmt=LALU,
    )
    potret = derive(tanggal)
    rekap = summarize_statistik(
        Lingkup(semua=True),
        baris=DIMENSI["pensiun"],
        kolom=None,
        saringan=Saringan(),
        per_tanggal=tanggal,
        potret=potret,
    )
    row = KeadaanLampau.objects.get(potret=potret, pegawai=person)
    assert row.tmt_pensiun == dt.date(int(tahun), 3, 1)
    assert labels(rekap) == {tahun: 1, "Sesudah 2030": 4}


@pytest.mark.django_db
def test_projection_of_a_past_day_leads_to_its_people(kantor, client_for):
    """The years are those after the day asked for, not after today."""
    day = dt.date(2020, 6, 30)
    PegawaiFactory(
        di=kantor.dinas, nama="Tua Contoh", tanggal_lahir=dt.date(1963, 5, 9)
    )
    derive(day)
    client = client_for(Role.KEPALA_BADAN)
    page = client.get(URL, {"baris": "pensiun", "tanggal": str(day)})
    assert page.context["rekap"].is_lampau
    (row,) = [row for row in page.context["baris"] if row["label"] == "2021"]
    assert row["jumlah"] == 1
    found = client.get(row["url"])
    assert "Tua Contoh" in found.content.decode()
    assert found.context["daftar"].jumlah == 1
    assert "batas usia yang berlaku hari itu" in page.content.decode()


@pytest.mark.django_db
def test_people_of_a_past_day_are_found_by_name(kantor, client_for):
    derive(LALU)
    client = client_for(Role.KEPALA_BADAN)
    page = client.get(f"{URL}pegawai/", {"tanggal": str(LALU), "q": "siti"})
    assert [row.pegawai for row in page.context["daftar"].rows] == [kantor.pegawai]

    # From there the nominatif of that day, of the same people.
    (link,) = page.context["daftar"].exports
    assert link.label == "Daftar nominatif"
    page = client.get(link.url)
    assert page.context["form"].initial["tanggal"] == LALU
    assert page.context["jumlah"] == "1"
    assert "pegawai per 30 Juni 2025" in page.content.decode()
    assert page.context["cancel_url"].startswith(f"{URL}pegawai/?")


@pytest.mark.django_db
def test_a_number_leads_to_the_list_of_that_day(isi, client_for):
    client = client_for(Role.KEPALA_BADAN)
    asked = {"baris": "jenis_kelamin", "kolom": "status", "tanggal": str(LALU)}
    page = client.get(URL, asked)
    assert page.context["rekap"] is None
    assert "belum dihitung" in page.content.decode()
    answer = client.post(f"{URL}hitung/?baris=jenis_kelamin&tanggal={LALU}")
    assert urlsplit(answer.url).path == URL
    page = client.get(URL, asked)
    for row in page.context["baris"]:
        for n, url in row["sel"]:
            if n:
                assert url.startswith(f"{URL}pegawai/?")
                assert client.get(url).context["daftar"].jumlah == n


@pytest.mark.django_db
def test_files_of_a_past_day_say_which(isi, client_for):
    derive(LALU)
    client = client_for(Role.KEPALA_BADAN)
    asked = {"baris": "golongan", "tanggal": str(LALU)}
    for kind in ("excel", "pdf"):
        answer = client.get(f"{URL}{kind}/", asked)
        assert answer.status_code == 200
        assert "2025-06-30" in answer["Content-Disposition"]


@pytest.mark.django_db
def test_an_officer_of_one_dinas_counts_its_people_of_that_day(isi, client_for):
    derive(LALU)
    page = client_for(Role.PENGELOLA_OPD).get(
        URL, {"baris": "opd", "tanggal": str(LALU)}
    )
    assert labels(page.context["rekap"]) == {"Dinas Contoh": 5}
    client = client_for(Role.PENGELOLA_OPD)
    rows = client.get(f"{URL}pegawai/?tanggal={LALU}").context["daftar"].rows
    assert {row.opd_id for row in rows} == {isi.dinas.pk}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "kolom"),
    [
        ({"tanggal": "2999-01-01"}, "tanggal"),
        ({"tanggal": "1900-01-01"}, "tanggal"),
        ({"tanggal": "2026-02-31"}, "tanggal"),
    ],
)
def test_days_that_cannot_be_are_told(isi, client_for, query, kolom):
    client = client_for(Role.KEPALA_BADAN)
    assert kolom in client.get(URL, query).context["form"].errors
    answer = client.post(f"{URL}hitung/?tanggal={query['tanggal']}")
    assert answer.status_code == 302
    assert not Potret.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("tanggal", ["", "2026-02-31", "x", "2020-01-01"])
def test_a_list_of_no_derived_day_says_so(isi, client_for, tanggal):
    answer = client_for(Role.KEPALA_BADAN).get(f"{URL}pegawai/", {"tanggal": tanggal})
    assert answer.status_code == 200
    assert "belum dihitung" in answer.content.decode()


@pytest.mark.django_db
def test_the_list_costs_the_same_for_three_and_for_thirty(
    isi, client_for, django_assert_max_num_queries
):
    PegawaiFactory.create_batch(30, di=isi.dinas_lain)
    derive(LALU)
    client = client_for(Role.KEPALA_BADAN)
    client.get(f"{URL}pegawai/?tanggal={LALU}")  # what every process reads once
    with django_assert_max_num_queries(MAX_QUERIES):
        client.get(f"{URL}pegawai/?tanggal={LALU}")


@pytest.mark.django_db
def test_golongan_has_its_sums_and_each_has_its_people(isi, client_for):
    muda = JabatanFactory(fungsional=True, jenjang="ahli_muda")
    PegawaiFactory(di=isi.bidang, di__jabatan=muda)
    client = client_for(Role.KEPALA_BADAN)
    page = client.get(URL, {"baris": "golongan", "kolom": "jenis_kelamin"})
    sums = [row for row in page.context["baris"] if row["is_jumlah"]]
    for row in sums:
        assert client.get(row["url"]).context["daftar"].jumlah == row["jumlah"]
    rinci = client.get(URL, {"baris": "jabatan_rinci"})
    jf = next(r for r in rinci.context["baris"] if r["is_jumlah"])
    assert (jf["label"], jf["jumlah"]) == ("Jumlah jabatan fungsional", 2)
    assert client.get(jf["url"]).context["daftar"].jumlah == 2


@pytest.mark.django_db
def test_training_is_counted_for_those_who_hold_an_eselon(isi, client_for):
    page = client_for(Role.KEPALA_BADAN).get(
        URL, {"baris": "eselon", "kolom": "diklat_struktural"}
    )
    rekap = page.context["rekap"]
    assert rekap.jumlah["III.b", "sudah"] == 1
