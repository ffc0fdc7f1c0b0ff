"""Posts filled and vacant, bezetting, penalties and awards: counts, people, who may."""

import datetime as dt

import pytest

from bkpsdmd.accounts.roles import Role
from simpeg.models import Jabatan, Referensi
from simpeg.tests.factories import (
    JabatanFactory,
    PegawaiFactory,
    RiwayatHukumanFactory,
    RiwayatKedudukanFactory,
    RiwayatPenghargaanFactory,
)
from simpeg.tests.views.test_pegawai import MAX_QUERIES
from simpeg.tests.views.test_statistik_lampau import derive

URL = "/simpeg/statistik/rekap/"
LALU = dt.date(2025, 6, 30)


@pytest.fixture
def isi(kantor):
    JabatanFactory(memimpin=kantor.dinas)
    JabatanFactory(memimpin=kantor.dinas_lain)
    PegawaiFactory(pppk=True, di=kantor.dinas_lain)
    return kantor


def rows(page):
    return {
        row["label"]: [sel.nilai for sel, _ in row["sel"]]
        for row in page.context["baris"]
    }


@pytest.mark.django_db
def test_posts_filled_and_vacant(isi, client_for):
    page = client_for(Role.KEPALA_BADAN).get(f"{URL}eselon/")
    assert rows(page) == {"II.b": [2, 0, 2], "III.b": [1, 1, 0]}
    assert [sel.nilai for sel, _ in page.context["jumlah"]["sel"]] == [3, 1, 2]
    assert page.context["lembar"].temuan == "2 dari 3 jabatan struktural kosong."


@pytest.mark.django_db
def test_an_officer_counts_the_posts_of_their_dinas(isi, client_for):
    page = client_for(Role.PENGELOLA_OPD).get(f"{URL}eselon/")
    assert rows(page) == {"II.b": [1, 0, 1], "III.b": [1, 1, 0]}


@pytest.mark.django_db
def test_a_post_counts_from_its_day_and_until_its_end(isi, client_for):
    Jabatan.objects.filter(unit_kerja=isi.dinas).update(mulai=dt.date(2025, 7, 1))
    Jabatan.objects.filter(unit_kerja=isi.bidang).update(
        selesai=dt.date(2025, 7, 1), is_aktif=False
    )
    derive(LALU)
    client = client_for(Role.KEPALA_BADAN)
    page = client.get(f"{URL}eselon/", {"tanggal": str(LALU)})
    assert rows(page) == {"II.b": [1, 0, 1], "III.b": [1, 1, 0]}
    assert rows(client.get(f"{URL}eselon/")) == {"II.b": [2, 0, 2]}


@pytest.mark.django_db
def test_who_has_left_fills_no_post(isi, client_for):
    RiwayatKedudukanFactory(pegawai=isi.atasan, pensiun=True, tmt=dt.date(2026, 1, 1))
    page = client_for(Role.KEPALA_BADAN).get(f"{URL}eselon/")
    assert rows(page)["III.b"] == [1, 0, 1]


@pytest.mark.django_db
@pytest.mark.parametrize("jenis", ["eselon", "bezetting", "penghargaan", "hukuman"])
def test_every_number_leads_to_as_many_rows(isi, client_for, jenis):
    RiwayatHukumanFactory(pegawai=isi.pegawai, tmt=dt.date(2026, 2, 1))
    RiwayatHukumanFactory(pegawai=isi.orang_luar, tmt=dt.date(2012, 2, 1))
    RiwayatPenghargaanFactory(pegawai=isi.pegawai, tahun=2024)
    client = client_for(Role.VERIFIKATOR)
    page = client.get(f"{URL}{jenis}/")
    followed = 0
    for row in [*page.context["baris"], page.context["jumlah"]]:
        for sel, url in row["sel"]:
            if sel.nilai:
                found = client.get(url).context["daftar"].jumlah
                assert found == sel.nilai, (row["label"], url)
                followed += 1
    assert followed


@pytest.mark.django_db
@pytest.mark.parametrize("jenis", ["eselon", "bezetting", "penghargaan", "hukuman"])
def test_each_has_its_files(isi, client_for, jenis):
    client = client_for(Role.VERIFIKATOR)
    assert client.get(f"{URL}{jenis}/excel/").content[:2] == b"PK"
    assert client.get(f"{URL}{jenis}/pdf/").content[:5] == b"%PDF-"


@pytest.mark.django_db
@pytest.mark.parametrize("part", ["", "rincian/", "excel/", "pdf/"])
@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.KEPALA_BADAN, 403),
        (Role.ATASAN, 403),
        (Role.PEGAWAI, 403),
        (Role.VERIFIKATOR, 200),
        (Role.AUDITOR, 200),
    ],
)
def test_penalties_are_for_those_who_may_read_them(isi, client_for, role, status, part):
    assert client_for(role).get(f"{URL}hukuman/{part}").status_code == status


@pytest.mark.django_db
def test_penalties_of_others_are_not_counted(isi, client_for):
    RiwayatHukumanFactory(pegawai=isi.orang_luar, tmt=dt.date(2026, 2, 1))
    page = client_for(Role.PENGELOLA_OPD).get(f"{URL}hukuman/")
    assert page.context["lembar"].temuan == "Belum ada hukuman tercatat."


@pytest.mark.django_db
def test_need_of_posts_is_said_to_be_unknown(isi, client_for):
    page = client_for(Role.KEPALA_BADAN).get(f"{URL}bezetting/")
    post = isi.pegawai.riwayatjabatan_set.get().jabatan
    assert rows(page)[post.nama] == [None, None, 1, 0, 1, None]
    assert "belum ada data" in page.content.decode()


@pytest.mark.django_db
def test_an_unknown_rekap_does_not_exist(isi, client_for):
    client = client_for(Role.KEPALA_BADAN)
    assert client.get(f"{URL}lain/").status_code == 404
    assert client.get(f"{URL}eselon/", {"tanggal": "2026-02-31"}).context["form"].errors


@pytest.mark.django_db
def test_many_posts_cost_no_more(isi, client_for, django_assert_max_num_queries):
    for _ in range(30):
        PegawaiFactory(di=isi.dinas)
    client = client_for(Role.KEPALA_BADAN)
    client.get(f"{URL}bezetting/")
    for jenis in ("bezetting", "eselon"):
        for part in ("", "rincian/"):
            with django_assert_max_num_queries(MAX_QUERIES + 2):
                client.get(f"{URL}{jenis}/{part}")


@pytest.mark.django_db
def test_every_kind_of_penalty_has_a_level(db):
    kinds = Referensi.objects.filter(daftar="jenisHukuman")
    found = sum(
        kinds.filter(
            pk__in=kinds.filter(tambahan__contains=f"TingkatHukumanId={code}")
        ).count()
        for code in "RSB"
    )
    assert found == kinds.exclude(tambahan="").count()
