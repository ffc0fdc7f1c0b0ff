"""Who sees whom, what a page costs, and the forms end to end."""

import io

import openpyxl
import pytest
from django.urls import reverse

from bkpsdmd.accounts.roles import Role
from bkpsdmd.audit.models import Event
from simpeg.models import RiwayatPangkat
from simpeg.tests.actors import make_user
from simpeg.tests.factories import PegawaiFactory

LIST = "/simpeg/pegawai/"
MAX_QUERIES = 12
PARTS = ["", "data-utama/", "pangkat/", "jabatan/", "pendidikan/", "jejak/"]
FORM = {
    "golongan": "III/b",
    "tmt": "2014-04-01",
    "masa_kerja_tahun": "4",
    "masa_kerja_sisa": "3",
    "sk_nomor": "823/1/CONTOH",
    "sk_tanggal": "2014-03-20",
}


def page(pegawai, part=""):
    return f"/simpeg/pegawai/{pegawai.pk}/{part}"


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        (Role.VERIFIKATOR, {"Siti", "Ahmad", "Rina", "Udin"}),
        (Role.AUDITOR, {"Siti", "Ahmad", "Rina", "Udin"}),
        (Role.PENGELOLA_OPD, {"Siti", "Ahmad", "Rina"}),
        (Role.ATASAN, {"Siti", "Ahmad"}),
    ],
)
def test_list_shows_only_the_people_in_scope(client_for, role, seen):
    html = client_for(role).get(LIST).content.decode()

    assert {n for n in ("Siti", "Ahmad", "Rina", "Udin") if n in html} == seen


@pytest.mark.parametrize(
    "role", [Role.PEGAWAI, Role.ADMIN, Role.PRANATA_KOMPUTER, Role.DISKOMINFO]
)
def test_list_is_closed_to_roles_without_it(client_for, role):
    assert client_for(role).get(LIST).status_code == 403


def test_search_finds_words_in_any_order_and_parts_of_a_nip(client_for, pegawai):
    client = client_for(Role.VERIFIKATOR)

    by_name = client.get(LIST, {"q": "pegaw sit"}).content.decode()
    by_nip = client.get(LIST, {"q": pegawai.nip[4:15]}).content.decode()

    assert "Siti Pegawai" in by_name
    assert "Rina" not in by_name.split("<table", 1)[1]
    assert "Siti Pegawai" in by_nip


def test_row_names_its_columns_where_a_phone_stacks_them(client_for, pegawai):
    html = client_for(Role.VERIFIKATOR).get(LIST).content.decode()

    assert '<table class="tabel tabel-tumpuk">' in html
    assert '<td data-judul="Jabatan dan unit kerja">' in html


def test_fragment_is_the_table_alone(client_for, kantor):
    answer = client_for(Role.VERIFIKATOR).get(LIST, headers={"HX-Request": "true"})

    assert "Siti Pegawai" in answer.content.decode()
    assert "<html" not in answer.content.decode()
    assert "HX-Request" in answer["Vary"]


@pytest.mark.parametrize("how_many", [3, 30])
def test_list_costs_the_same_whatever_its_length(
    client_for, kantor, how_many, django_assert_max_num_queries
):
    client = client_for(Role.VERIFIKATOR)
    PegawaiFactory.create_batch(how_many, di=kantor.dinas)
    client.get(LIST)

    with django_assert_max_num_queries(MAX_QUERIES):
        client.get(LIST)


@pytest.mark.parametrize("part", PARTS)
def test_each_part_of_the_record_opens_within_its_queries(
    client_for, pegawai, part, django_assert_max_num_queries
):
    client = client_for(Role.PENGELOLA_OPD)
    client.get(page(pegawai, part))

    with django_assert_max_num_queries(MAX_QUERIES):
        answer = client.get(page(pegawai, part))

    assert answer.status_code == 200
    assert "Siti Pegawai" in answer.content.decode()


@pytest.mark.parametrize("part", PARTS)
def test_person_out_of_scope_does_not_exist(client_for, kantor, part):
    client = client_for(Role.PENGELOLA_OPD)

    assert client.get(page(kantor.orang_luar, part)).status_code == 404


def test_person_reads_the_own_record_and_nobody_elses(client_for, kantor):
    client = client_for(kantor.pegawai)

    assert client.get("/simpeg/saya/").url == page(kantor.pegawai)
    assert client.get(page(kantor.pegawai)).status_code == 200
    assert client.get(page(kantor.atasan)).status_code == 404


def test_leader_does_not_see_address_and_nik(client_for, pegawai):
    pegawai.alamat, pegawai.nik = "Jl. Rahasia 7", "6307010101900001"
    pegawai.save()

    html = client_for(Role.ATASAN).get(page(pegawai, "data-utama/")).content.decode()

    assert "Jl. Rahasia 7" not in html
    assert "6307010101900001" not in html
    assert "(disembunyikan)" in html


def test_clerk_adds_a_row_after_being_asked_about_what_is_odd(client_for, pegawai):
    client = client_for(Role.PENGELOLA_OPD)
    url = page(pegawai, "riwayat-pangkat/tambah/")

    asked = client.post(url, {**FORM, "masa_kerja_sisa": "2"})
    assert asked.status_code == 200
    assert "Sudah saya periksa" in asked.content.decode()
    assert "4 tahun 3 bulan" in asked.content.decode()

    saved = client.post(url, {**FORM, "masa_kerja_sisa": "2", "is_diperiksa": "on"})
    assert saved.status_code == 302
    assert RiwayatPangkat.objects.filter(pegawai=pegawai, golongan="III/b").exists()


def test_refusal_stands_beside_the_field_and_keeps_the_input(client_for, pegawai):
    client = client_for(Role.PENGELOLA_OPD)

    answer = client.post(
        page(pegawai, "riwayat-pangkat/tambah/"), {**FORM, "tmt": "2014-04-02"}
    )

    html = answer.content.decode()
    assert "TMT pangkat selalu tanggal 1" in html
    assert "823/1/CONTOH" in html


@pytest.mark.parametrize("role", [Role.ATASAN, Role.AUDITOR, Role.KEPALA_BADAN])
def test_forms_are_closed_to_those_who_only_read(client_for, pegawai, role):
    client = client_for(role)

    assert client.get(page(pegawai, "riwayat-pangkat/tambah/")).status_code == 403
    assert client.get(page(pegawai, "ubah/")).status_code == 403


def test_second_editor_is_told_and_nothing_is_overwritten(client_for, pegawai):
    client = client_for(Role.PENGELOLA_OPD)
    url = page(pegawai, "ubah/")
    form = client.get(url).context["form"]
    data = {name: form[name].value() or "" for name in form.fields}

    assert client.post(url, {**data, "tempat_lahir": "Barabai"}).status_code == 302
    second = client.post(url, {**data, "tempat_lahir": "Kandangan"})

    pegawai.refresh_from_db()
    assert pegawai.tempat_lahir == "Barabai"
    assert "baru saja diubah" in second.content.decode()


def test_export_keeps_the_filter_and_is_logged(client_for, kantor):
    client = client_for(Role.VERIFIKATOR)

    answer = client.post(reverse("simpeg:pegawai-export") + "?q=siti")

    sheet = openpyxl.load_workbook(io.BytesIO(answer.getvalue()))["Pegawai"]
    texts = {cell for row in sheet.values for cell in row}
    assert "Siti Pegawai" in texts
    assert "Udin Luar" not in texts
    assert Event.objects.filter(kind="pegawai.ekspor").count() == 1


def test_name_that_looks_like_a_formula_stays_text(client_for, kantor):
    PegawaiFactory(nama='=HYPERLINK("http://example.invalid","x")', di=kantor.dinas)

    answer = client_for(Role.VERIFIKATOR).post(reverse("simpeg:pegawai-export"))

    sheet = openpyxl.load_workbook(io.BytesIO(answer.getvalue()))["Pegawai"]
    cells = [c for row in sheet.iter_rows() for c in row if "HYPERLINK" in str(c.value)]
    assert [cell.data_type for cell in cells] == ["s"]


def test_duk_page_stands_in_order(client_for, kantor, django_assert_max_num_queries):
    client = client_for(Role.KEPALA_BADAN)
    client.get("/simpeg/duk/")

    with django_assert_max_num_queries(MAX_QUERIES):
        html = client.get("/simpeg/duk/").content.decode()

    assert html.index("Ahmad Atasan") < html.index("Siti Pegawai")


def test_units_are_offered_of_the_chosen_perangkat_daerah_alone(client_for, kantor):
    client = client_for(Role.VERIFIKATOR)

    def offered(query):
        form = client.get("/simpeg/pegawai/", query).context["daftar"].form
        return list(form.fields["unit"].queryset)

    assert offered({}) == []
    assert offered({"opd": kantor.dinas.pk}) == [kantor.dinas, kantor.bidang]
    assert offered({"unit": kantor.bidang.pk}) == [kantor.bidang]
    assert offered({"opd": "²", "unit": "x"}) == []


def test_fragment_leaves_the_filters_and_brings_what_hangs_on_them(client_for, kantor):
    client = client_for(Role.VERIFIKATOR)
    query = {"opd": kantor.dinas.pk, "urut": "-nama"}
    html = client.get(
        "/simpeg/pegawai/", query, headers={"HX-Request": "true"}
    ).content.decode()

    assert 'class="saring"' not in html
    assert 'id="saring-unit" hx-swap-oob="true"' in html
    assert "Bidang Contoh</option>" in html
    assert (
        'id="saring-ikut" hx-swap-oob="true"><input type="hidden" name="urut"' in html
    )
    assert 'id="saring-banyak" hx-swap-oob="true"> (1)</span>' in html


def test_search_counts_up_to_its_own_limit_and_a_filter_further(
    client, kantor, monkeypatch
):
    monkeypatch.setattr("bkpsdmd.ui.views.SEARCH_COUNT_LIMIT", 2)
    for nomor in range(3):
        PegawaiFactory(nama=f"Guru {nomor}", di=kantor.bidang)
    client.force_login(make_user(Role.VERIFIKATOR))
    address = reverse("simpeg:pegawai-list")
    searched = client.get(address, {"q": "guru"}).context["daftar"]
    assert searched.jumlah_label == "lebih dari 2"
    assert len(searched.rows) == 3, "the page itself is whole"
    filtered = client.get(address, {"opd": kantor.dinas.pk}).context["daftar"]
    assert filtered.is_jumlah_tepat
    assert filtered.jumlah == 6
