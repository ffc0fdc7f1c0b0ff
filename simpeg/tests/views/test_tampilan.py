"""Saved filters and columns: each user's own, shared without widening a scope."""

import datetime as dt
import io
import re

import openpyxl
import pytest

from bkpsdmd.accounts.roles import Role
from simpeg.kolom_lampau import KOLOM_LAMPAU
from simpeg.models import PilihanKolom, Potret, SaringanTersimpan
from simpeg.services.potret import build_potret
from simpeg.tests.factories import PegawaiFactory

LIST, SARINGAN, KOLOM = (
    "/simpeg/pegawai/",
    "/simpeg/saringan/pegawai/",
    "/simpeg/kolom/pegawai/",
)


def heads(html):
    head = html[html.index("<thead>") : html.index("</thead>")]
    return [
        re.sub(r"<[^>]+>", "", cell).strip()
        for cell in re.findall(r"<th[^>]*>(.*?)</th>", head, re.DOTALL)
    ]


def save(client, nama="Golongan III", query="golongan=III/a", **data):
    return client.post(f"{SARINGAN}?{query}", {"nama": nama, "tujuan": "", **data})


def names_offered(client):
    html = client.get(LIST).content.decode()
    found = re.search(r"<summary>Saringan tersimpan.*?</details>", html, re.DOTALL)
    return re.findall(r">([^<>]+)</a>", found[0]) if found else []


# -- Saved filters ----------------------------------------------------------------------


def test_filter_is_kept_without_the_page_it_was_saved_from(client_for, pengelola):
    client = client_for(Role.PENGELOLA_OPD)
    answer = save(client, query="golongan=III/a&sesudah=5&ukuran=50&liar=1&urut=-nama")
    row = SaringanTersimpan.objects.get()

    assert answer["Location"].startswith(LIST)
    assert row.kueri == "golongan=III%2Fa&urut=-nama"
    assert row.pemilik == pengelola.user
    assert names_offered(client) == ["Golongan III"]


def test_list_offers_to_save_what_is_filtered(client_for):
    client = client_for(Role.PENGELOLA_OPD)

    assert "Kelola saringan" in client.get(LIST).content.decode()
    html = client.get(LIST, {"status": "pns"}).content.decode()
    assert f'href="{SARINGAN}?status=pns"' in html


def test_empty_filter_and_taken_name_are_refused(client_for):
    client = client_for(Role.PENGELOLA_OPD)
    save(client)

    assert "sudah mempunyai saringan" in save(client).content.decode()
    assert "Tidak ada saringan" in save(client, query="", nama="Lain").content.decode()
    assert SaringanTersimpan.objects.count() == 1


def test_shared_filter_reaches_the_unit_and_no_other(client_for, kantor):
    save(client_for(Role.PENGELOLA_OPD), tujuan=f"unit:{kantor.dinas.pk}")

    assert names_offered(client_for(Role.ATASAN)) == ["Golongan III"]
    other = PegawaiFactory(punya_akun=True, di=kantor.dinas_lain)
    from simpeg.tests.factories import PemberianPeranFactory

    PemberianPeranFactory(
        user=other.user, peran="pengelola_opd", unit_kerja=kantor.dinas_lain
    )
    assert names_offered(client_for(other)) == []


def test_shared_filter_never_widens_the_scope(client_for, kantor):
    save(
        client_for(Role.VERIFIKATOR),
        nama="Semua PNS",
        query="status=pns",
        tujuan=f"unit:{kantor.instansi.pk}",
    )
    client = client_for(Role.ATASAN)

    assert names_offered(client) == ["Semua PNS"]
    html = client.get(LIST, {"status": "pns"}).content.decode()
    assert "Siti Pegawai" in html
    assert "Udin Luar" not in html


def test_filter_shared_with_a_role(client_for, kantor):
    save(client_for(Role.VERIFIKATOR), tujuan="peran:verifikator")
    second = kantor.user_for(Role.KEPALA_BADAN)

    assert names_offered(client_for(second)) == []
    row = SaringanTersimpan.objects.get()
    assert (row.peran, row.unit) == ("verifikator", None)


def test_one_shares_with_own_units_and_roles_alone(client_for, kantor):
    client = client_for(Role.PENGELOLA_OPD)

    for tujuan in (f"unit:{kantor.dinas_lain.pk}", "peran:auditor", "unit:x"):
        save(client, tujuan=tujuan)
    assert not SaringanTersimpan.objects.exists()


def test_owner_renames_shares_and_deletes(client_for, kantor):
    client = client_for(Role.PENGELOLA_OPD)
    save(client)
    url = f"{SARINGAN}{SaringanTersimpan.objects.get().pk}/"

    client.post(url, {"nama": "Baru", "tujuan": f"unit:{kantor.dinas.pk}"})
    assert str(SaringanTersimpan.objects.get()) == "Baru"
    assert SaringanTersimpan.objects.get().unit == kantor.dinas
    client.post(f"{url}hapus/")
    assert not SaringanTersimpan.objects.exists()
    assert names_offered(client) == []


def test_nobody_else_may_change_it(client_for, kantor):
    save(client_for(Role.PENGELOLA_OPD), tujuan=f"unit:{kantor.dinas.pk}")
    url = f"{SARINGAN}{SaringanTersimpan.objects.get().pk}/"
    other = client_for(Role.ATASAN)

    assert other.get(url).status_code == 404
    assert other.post(f"{url}hapus/").status_code == 404
    assert "Golongan III" in other.get(SARINGAN).content.decode()


# -- Columns ----------------------------------------------------------------------------


def test_columns_chosen_show_in_table_and_file(client_for):
    client = client_for(Role.PENGELOLA_OPD)
    before = heads(client.get(LIST).content.decode())
    client.post(KOLOM, {"kolom": ["golongan", "pendidikan", "masa_kerja"]})
    after = heads(client.get(LIST).content.decode())
    file = client.post(f"{LIST}ekspor/")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(file.streaming_content)))

    assert before == [
        "Pilih", "Nama dan NIP", "Golongan", "Jabatan dan unit kerja", "Status", "Pensiun",
    ]  # fmt: skip
    assert after == ["Pilih", "Nama dan NIP", "Golongan", "Masa kerja", "Pendidikan"]
    assert next(book["Pegawai"].values) == (
        "NIP", "Nama", "Golongan", "TMT golongan", "Masa kerja (bulan)", "Pendidikan",
        "Tahun lulus",
    )  # fmt: skip


def test_choice_is_ones_own_and_can_be_undone(client_for, pengelola):
    client = client_for(Role.PENGELOLA_OPD)
    client.post(KOLOM, {"kolom": ["opd"]})

    assert "Perangkat daerah" not in heads(
        client_for(Role.VERIFIKATOR).get(LIST).content.decode()
    )
    client.post(KOLOM, {"kolom": ["opd"], "kembalikan": "1"})
    assert not PilihanKolom.objects.exists()
    assert "Golongan" in heads(client.get(LIST).content.decode())


def test_unknown_column_and_list_are_refused(client_for):
    client = client_for(Role.PENGELOLA_OPD)

    client.post(KOLOM, {"kolom": ["nik"]})
    assert not PilihanKolom.objects.exists()
    assert client.get("/simpeg/kolom/gaib/").status_code == 404


@pytest.mark.parametrize("how_many", [3, 30])
def test_all_columns_cost_no_more_queries(
    client_for, kantor, how_many, django_assert_max_num_queries
):
    from simpeg.kolom_pegawai import KOLOM_PEGAWAI

    client = client_for(Role.VERIFIKATOR)
    PegawaiFactory.create_batch(how_many, di=kantor.dinas)
    client.post(KOLOM, {"kolom": [k.kunci for k in KOLOM_PEGAWAI if not k.is_tetap]})
    client.get(LIST)
    with django_assert_max_num_queries(12):
        html = client.get(LIST).content.decode()

    assert len(heads(html)) == len(KOLOM_PEGAWAI) + 1


def test_names_are_escaped_in_every_cell(client_for, kantor):
    PegawaiFactory(nama="<b>Tebal</b>", di=kantor.dinas)
    html = client_for(Role.VERIFIKATOR).get(LIST).content.decode()

    assert "<b>Tebal" not in html
    assert "&lt;b&gt;Tebal" in html


def test_list_without_columns_of_its_own_keeps_filters_too(client_for, kantor):
    client = client_for(Role.PENGELOLA_OPD)
    client.post(
        f"/simpeg/saringan/duk/?opd={kantor.dinas.pk}", {"nama": "Dinas", "tujuan": ""}
    )
    html = client.get("/simpeg/duk/").content.decode()

    assert "Saringan tersimpan (1)" in html
    assert "Pilih kolom" not in html
    assert client.get("/simpeg/kolom/duk/").status_code == 404


@pytest.mark.parametrize(
    ("daftar", "url", "kueri"),
    [
        ("radar", "/simpeg/radar/", "tingkat=bertentangan"),
        ("mutu-orang", "/simpeg/mutu/orang/", "dimensi=akurasi"),
        ("orang-lampau", "/simpeg/statistik/pegawai/", "tanggal=2025-03-31"),
    ],
)
def test_other_lists_keep_filters_too(client_for, daftar, url, kueri):
    client = client_for(Role.VERIFIKATOR)
    saved = client.post(
        f"/simpeg/saringan/{daftar}/?{kueri}", {"nama": "Punyaku", "tujuan": ""}
    )

    assert saved.status_code == 302
    assert SaringanTersimpan.objects.get().kueri == kueri
    if daftar != "orang-lampau":
        assert f'href="?{kueri}">Punyaku' in client.get(url).content.decode()


def test_columns_of_a_past_day_are_chosen_and_cost_no_more(
    client_for, kantor, django_assert_max_num_queries
):
    hari = dt.date(2025, 3, 31)
    PegawaiFactory.create_batch(30, di=kantor.dinas)
    build_potret(potret_id=Potret.objects.create(tanggal=hari).pk)
    url = f"/simpeg/statistik/pegawai/?tanggal={hari}"
    client = client_for(Role.VERIFIKATOR)
    semua = [one.kunci for one in KOLOM_LAMPAU if not one.is_tetap]
    client.post("/simpeg/kolom/orang-lampau/", {"kolom": semua})
    client.get(url)
    with django_assert_max_num_queries(12):
        html = client.get(url).content.decode()

    assert heads(html) == [one.label for one in KOLOM_LAMPAU]
    assert "15 th 2 bl" in html  # III/a with none on 1 January 2010
