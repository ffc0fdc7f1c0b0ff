"""The page of the statistics, its files, and who may count whom."""

from __future__ import annotations

import io
import re

import openpyxl
import pytest
from django.utils import timezone

from bkpsdmd.accounts.roles import Role
from bkpsdmd.documents.tests.pdf import open_pdf, read_pages, read_text, squeeze
from bkpsdmd.ui.formats import format_tanggal
from simpeg.selectors.dimensi import DIMENSI
from simpeg.tests.factories import PegawaiFactory, UnitKerjaFactory

URL = "/simpeg/statistik/"


def read_table(html: str) -> list[list[str]]:
    body = html[html.index("<tbody>") : html.index("</tfoot>")]
    return [
        [
            re.sub(r"<[^>]+>", "", cell).strip()
            for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)
        ]
        for row in re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL)
    ]


def test_page_says_the_finding_and_the_figures(client_for, kantor):
    answer = client_for(Role.KEPALA_BADAN).get(URL)
    html = answer.content.decode()

    assert "Golongan terbanyak adalah III/a Penata Muda: 3 dari 4 pegawai aktif" in html
    assert read_table(html) == [
        ["III/a Penata Muda", "3", "75 %"],
        ["IV/a Pembina", "1", "25 %"],
        ["Jumlah", "4", "100 %"],
    ]
    assert f"Keadaan per {format_tanggal(timezone.localdate())}" in html
    assert 'class="grafik"' in html


def test_page_shows_two_dimensions(client_for, kantor):
    PegawaiFactory(perempuan=True, di=kantor.dinas)
    html = (
        client_for(Role.KEPALA_BADAN)
        .get(URL, {"baris": "opd", "kolom": "jenis_kelamin"})
        .content.decode()
    )

    assert read_table(html) == [
        ["Dinas Contoh", "3", "1", "4", "80 %"],
        ["Dinas Lain", "1", "0", "1", "20 %"],
        ["Jumlah", "4", "1", "5", "100 %"],
    ]
    assert "dengan jenis kelamin Laki-laki" in html


@pytest.mark.slow
@pytest.mark.parametrize("baris", sorted(DIMENSI))
def test_every_link_leads_to_as_many_people(client_for, kantor, baris):
    client = client_for(Role.KEPALA_BADAN)
    PegawaiFactory(di=kantor.dinas_lain)
    PegawaiFactory()
    query = {"baris": baris, "kolom": "status" if baris != "status" else "usia"}
    if baris == "unit":
        query["opd"] = str(kantor.dinas.pk)
    html = client.get(URL, query).content.decode()
    links = re.findall(r'<a href="(/simpeg/pegawai/[^"]*)">([\d.]+)</a>', html)

    assert links
    for url, shown in set(links):
        daftar = client.get(url.replace("&amp;", "&")).context["daftar"]
        assert not daftar.form.errors
        assert str(daftar.jumlah) == shown, url


def test_filters_stay_in_links_and_files(client_for, kantor):
    query = {"baris": "usia", "opd": str(kantor.dinas.pk), "status": "pns"}
    html = client_for(Role.KEPALA_BADAN).get(URL, query).content.decode()

    kept = f"baris=usia&amp;opd={kantor.dinas.pk}&amp;status=pns"
    assert f"/simpeg/statistik/pdf/?{kept}" in html
    assert f"/simpeg/statistik/excel/?{kept}" in html
    assert f"/simpeg/pegawai/?opd={kantor.dinas.pk}&amp;status=pns&amp;usia=" in html


def test_units_are_asked_for_inside_one_perangkat_daerah(client_for, kantor):
    client = client_for(Role.KEPALA_BADAN)
    html = client.get(URL, {"baris": "unit"}).content.decode()

    assert "Pilih satu perangkat daerah lebih dahulu." in html
    assert "<tbody>" not in html
    assert client.get(URL + "pdf/", {"baris": "unit"}).url == URL + "?baris=unit"
    # A clerk of one needs no choice.
    html = client_for(kantor.pengelola).get(URL, {"baris": "unit"}).content.decode()
    assert read_table(html)[0] == ["Bidang Contoh", "2", "66,7 %"]


@pytest.mark.parametrize(
    "query",
    [
        {"baris": "gaji"},
        {"kolom": "opd"},
        {"baris": "usia", "kolom": "usia"},
        {"kolom": "golongan"},
        {"opd": "999999"},
        {"opd": "x' OR 1=1"},
        {"status": "raja"},
    ],
)
def test_a_question_that_makes_no_sense_is_answered_in_words(client_for, query):
    client = client_for(Role.KEPALA_BADAN)
    answer = client.get(URL, query)

    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert answer.context["rekap"] is None
    assert client.get(URL + "excel/", query).status_code == 302


def test_nobody_to_count_is_said(client_for, kantor):
    client = client_for(Role.KEPALA_BADAN)
    html = client.get(URL, {"status": "cpns"}).content.decode()

    assert "Tidak ada pegawai aktif yang cocok dengan saringan ini." in html
    for suffix in ("pdf/", "excel/"):
        assert client.get(URL + suffix, {"status": "cpns"}).status_code == 200


# -- Scope ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "total"),
    [
        (Role.PENGELOLA_OPD, 3),
        (Role.ATASAN, 2),
        (Role.VERIFIKATOR, 4),
        (Role.KEPALA_BIDANG, 4),
        (Role.SEKRETARIS, 4),
        (Role.KEPALA_BADAN, 4),
        (Role.AUDITOR, 4),
    ],
)
def test_everybody_counts_the_own_scope(client_for, role, total):
    assert client_for(role).get(URL).context["rekap"].total == total


@pytest.mark.parametrize("role", [Role.PEGAWAI, Role.ADMIN, Role.DISKOMINFO])
def test_who_reads_no_records_counts_none(client_for, role):
    client = client_for(role)

    for address in (URL, URL + "excel/", URL + "pdf/"):
        assert client.get(address).status_code == 403


def test_a_clerk_cannot_ask_for_another_perangkat_daerah(client_for, kantor):
    client = client_for(kantor.pengelola)
    query = {"opd": str(kantor.dinas_lain.pk)}

    assert client.get(URL, query).context["rekap"] is None
    assert client.get(URL + "excel/", query).status_code == 302
    html = client.get(URL, {"baris": "opd"}).content.decode()
    assert "Dinas Lain" not in html


# -- Cost -------------------------------------------------------------------------------


def test_page_costs_the_same_for_few_and_many(
    client_for, kantor, django_assert_max_num_queries
):
    client = client_for(Role.KEPALA_BADAN)
    query = {"baris": "opd", "kolom": "golongan"}
    for _ in range(20):
        PegawaiFactory(di=UnitKerjaFactory())

    with django_assert_max_num_queries(12):
        assert client.get(URL, query).status_code == 200


def test_units_of_a_clerk_cost_no_query_each(
    client_for, kantor, django_assert_max_num_queries
):
    client = client_for(kantor.pengelola)
    for _ in range(10):
        PegawaiFactory(di=UnitKerjaFactory(induk=kantor.dinas))

    with django_assert_max_num_queries(12):
        answer = client.get(URL, {"baris": "unit", "kolom": "usia"})
    assert answer.context["rekap"].total == 13


# -- Files ------------------------------------------------------------------------------


def fetch_xlsx(client, **query):
    answer = client.get(URL + "excel/", query)
    assert answer.status_code == 200
    return openpyxl.load_workbook(io.BytesIO(answer.content)), answer


def test_xlsx_holds_what_the_page_shows(client_for, kantor):
    book, answer = fetch_xlsx(
        client_for(kantor.pengelola), baris="golongan", kolom="jenis_kelamin"
    )
    today = timezone.localdate()

    assert [list(row) for row in book.worksheets[0].values] == [
        ["Golongan", "Laki-laki", "Jumlah", "Persen"],
        ["III/a Penata Muda", 2, 2, 66.7],
        ["IV/a Pembina", 1, 1, 33.3],
        ["Jumlah", 3, 3, 100],
    ]
    notes = " ".join(
        str(cell) for row in book.worksheets[1].values for cell in row if cell
    )
    assert f"Dinas Contoh, keadaan per {format_tanggal(today)}." in notes
    assert (
        f"statistik-golongan-jenis_kelamin-{today}.xlsx"
        in answer["Content-Disposition"]
    )


def test_pdf_holds_what_the_page_shows(client_for, kantor):
    answer = client_for(Role.KEPALA_BADAN).get(
        URL + "pdf/", {"baris": "pensiun", "kolom": "kelompok_jabatan"}
    )
    text = read_text(answer.content)

    assert answer["Content-Type"] == "application/pdf"
    assert squeeze("PEGAWAI MENURUT TAHUN PENSIUN DAN KELOMPOK JABATAN") in text
    assert squeeze(f"Keadaan: {format_tanggal(timezone.localdate())}") in text
    assert squeeze("Proyeksi apa adanya") in text
    assert squeeze("Jumlah 1 3 4 100 %") in text


def test_a_wide_table_lies_on_its_side(client_for, kantor):
    """Seventeen golongan do not fit upright; every head and name is printed."""
    golongan = [f"{level}/{step}" for level in ("II", "III", "IV") for step in "abcd"]
    for one in golongan:
        PegawaiFactory(di=kantor.dinas, di__golongan=one)
    answer = client_for(Role.KEPALA_BADAN).get(
        URL + "pdf/", {"baris": "opd", "kolom": "golongan"}
    )
    text = read_pages(answer.content)[-1]

    with open_pdf(answer.content) as pdf:
        _, _, width, height = pdf.pages[-1].mediabox
        assert width > height
    assert all(one in text for one in golongan)


def test_names_are_text_everywhere(client_for, kantor):
    evil = "<script>alert(1)</script> & =1+1 #strong"
    kantor.dinas.nama = evil
    kantor.dinas.save(update_fields=["nama"])
    kantor.dinas.riwayat_set.update(nama=evil)
    client = client_for(Role.KEPALA_BADAN)
    query = {"baris": "opd", "kolom": "status", "opd": str(kantor.dinas.pk)}
    html = client.get(URL, query).content.decode()

    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert client.get(URL + "pdf/", query).status_code == 200
    book, _ = fetch_xlsx(client, **query)
    cell = book.worksheets[0]["A2"]
    assert (cell.value, cell.data_type) == (evil, "s")


def test_menu_leads_to_it_for_those_who_may(client_for):
    assert URL in client_for(Role.ATASAN).get("/").content.decode()
    assert URL not in client_for(Role.PEGAWAI).get("/").content.decode()
