"""The pages of the regulations: every file, its history, its table."""

import re
from html import unescape
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bkpsdmd.accounts.roles import Role
from bkpsdmd.calculator.documentation import render_regulasi
from bkpsdmd.calculator.pemakaian import list_modul, list_topik_pemakai
from bkpsdmd.calculator.views.peraturan import is_tabel
from bkpsdmd.regulations import list_regulasi, load_regulasi, reader
from bkpsdmd.regulations.validation import list_faults

from .test_views_topik import open_page, teks

pytestmark = pytest.mark.django_db

GAJI = "/peraturan/simpeg/gaji_pokok_pns/"


@pytest.fixture
def client(browse: Any) -> Client:
    return browse()


@pytest.mark.parametrize("address", ["/peraturan/", GAJI])
def test_nobody_is_sent_to_the_log_in_page(address: str) -> None:
    answer = Client().get(address)

    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/akun/masuk/")


@pytest.mark.parametrize("roles", [(), (Role.PEGAWAI,), (Role.ADMIN,)])
def test_everybody_who_is_logged_in_may(browse: Any, roles: tuple[Role, ...]) -> None:
    assert "Panduan halaman ini" in open_page(browse(*roles), "/peraturan/")


@pytest.mark.parametrize("address", ["/peraturan/simpeg/x/", "/peraturan/x/y/"])
def test_unknown_regulation_is_not_found(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_list_shows_every_file_in_few_queries(client: Client) -> None:
    client.get("/peraturan/")
    with CaptureQueriesContext(connection) as queries:
        html = open_page(client, "/peraturan/")

    assert len(queries) <= 12
    for nama in list_regulasi():
        assert f'href="/peraturan/{nama}/"' in html
        assert load_regulasi(nama).uraian in unescape(html)
    assert f"{len(list_regulasi())} peraturan" in teks(html)


@pytest.mark.parametrize("nama", list_regulasi())
def test_detail_shows_the_whole_history(client: Client, nama: str) -> None:
    isi = teks(open_page(client, f"/peraturan/{nama}/"))

    regulasi = load_regulasi(nama)
    assert regulasi.satuan in isi
    for versi in regulasi.riwayat:
        assert versi.dasar_hukum in isi
        assert versi.kepastian.label.capitalize() in isi
        assert " ".join(versi.catatan.split()) in isi


@pytest.mark.parametrize(
    ("saringan", "ada", "tidak"),
    [
        ({"kata": "pns GAJI"}, "gaji_pokok_pns", "batas_usia_pensiun"),
        ({"kata": "UU 5/2014"}, "batas_usia_pensiun", "gaji_pokok_pns"),
        ({"modul": "reporting"}, "reporting/laporan_pasal24", "simpeg/gaji_cpns"),
        ({"kepastian": "kesepakatan"}, "kolom_wajib", "gaji_pokok_pns"),
    ],
)
def test_list_is_filtered(
    client: Client, saringan: dict[str, str], ada: str, tidak: str
) -> None:
    html = open_page(client, "/peraturan/", **saringan)

    assert f"{ada}/" in html
    assert f"{tidak}/" not in html
    assert 'class="kepingan"' in html


def test_list_of_another_day_shows_what_was_in_force(client: Client) -> None:
    isi = teks(
        open_page(client, "/peraturan/", tanggal="2020-01-01", kata="gaji pokok pns")
    )

    assert "Tidak ada yang berlaku" in isi
    assert "Nilai per 01-01-2020" in isi


def test_day_that_cannot_be_read_is_told(client: Client) -> None:
    html = open_page(client, "/peraturan/", tanggal="besok")

    assert 'role="alert"' in html
    assert "Tidak ada peraturan yang cocok" in html


def test_search_without_result_says_what_to_do(client: Client) -> None:
    html = open_page(client, "/peraturan/", kata="<script>alert(1)</script>")

    assert "Tidak ada peraturan yang cocok" in html
    assert "<script>alert" not in html


def test_htmx_gets_the_changing_part_alone(client: Client) -> None:
    for address in ("/peraturan/", GAJI):
        html = client.get(address, headers={"HX-Request": "true"}).content.decode()
        assert "<table" in html
        assert "<h1" not in html


def test_table_is_filtered_by_its_columns(client: Client) -> None:
    html = open_page(client, GAJI, golongan_ruang="III/b")

    assert "17 baris" in teks(html)
    assert "3.287.000" in html
    assert "<td>III/a</td>" not in html


def test_long_table_comes_in_pages_and_is_searched_by_typing(client: Client) -> None:
    address = "/peraturan/simpeg/jabatan_fungsional_siasn/"

    pertama = open_page(client, address)
    kedua = open_page(client, address, halaman="2")
    dicari = open_page(client, address, nama="arsiparis ahli muda")

    assert pertama.count("<tr>") == 101
    assert "Halaman 2 dari 15" in teks(kedua)
    assert re.search(r"(?i)<td>arsiparis ahli muda</td>", dicari)
    assert len(pertama) < 90_000


def test_value_of_a_filter_nobody_offered_lists_nothing_by_force(
    client: Client,
) -> None:
    html = open_page(client, GAJI, golongan_ruang='"><script>alert(1)</script>')

    assert "<script>alert" not in html


def test_users_of_a_regulation_are_found_in_the_source() -> None:
    assert list_modul("simpeg/gaji_pokok_pns") == ["simpeg.rules.gaji"]
    topik = {satu.nama for satu in list_topik_pemakai("simpeg/gaji_pokok_pns")}
    assert "gaji_pokok" in topik
    assert "nik" not in topik


@pytest.mark.parametrize("nama", list_regulasi())
def test_every_regulation_is_read_somewhere(nama: str) -> None:
    """A file that nothing reads is a leftover, or is read by a name built elsewhere."""
    assert list_modul(nama)


def test_users_are_linked_from_the_page(client: Client) -> None:
    assert 'href="/kalkulator/gaji_pokok/"' in open_page(client, GAJI)


def test_rows_of_one_shape_are_a_table() -> None:
    assert is_tabel(({"a": 1}, {"a": 2}))
    assert not is_tabel(({"a": 1}, {"b": 2}))
    assert not is_tabel(({"a": (1, 2)},))
    assert not is_tabel((1, 2))
    assert not is_tabel(())


# -- The how-to: a new salary table is two files and no code --------------------------


@pytest.fixture
def new_scale(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of simpeg's regulations with one more table and its line in the header."""
    asal = reader.ROOT / "simpeg" / "regulations"
    copytree(asal, tmp_path / "simpeg" / "regulations")
    folder = tmp_path / "simpeg" / "regulations" / "gaji_pokok_pns"
    lama = (folder / "2024-01-01.csv").read_text()
    baru = lama.replace("III/b,8,3287000", "III/b,8,4000000")
    (folder / "2030-07-01.csv").write_text(baru)
    with (folder / "keterangan.yaml").open("a") as header:
        header.write(
            "  - berlaku: 2030-07-01\n"
            "    dasar_hukum: PP 99/2030\n"
            "    kepastian: satu_sumber\n"
        )
    monkeypatch.setattr(reader, "ROOT", tmp_path)
    return tmp_path


def test_new_scale_stands_on_every_page_without_code(
    browse: Any, new_scale: Path, time_machine: Any
) -> None:
    time_machine.move_to("2030-07-02T01:00:00Z")
    client = browse()

    daftar = teks(open_page(client, "/peraturan/", kata="PP 99/2030"))
    isi = teks(open_page(client, GAJI, golongan_ruang="III/b"))
    lama = open_page(client, GAJI, versi="2024-01-01", golongan_ruang="III/b")
    hitungan = teks(
        open_page(
            client,
            "/kalkulator/gaji_pokok/",
            jenis_asn="PNS",
            golongan="III/b",
            mkg_bulan="100",
        )
    )

    assert list_faults(new_scale, "simpeg/gaji_pokok_pns") == []
    assert "1 Juli 2030 PP 99/2030 Satu sumber" in daftar
    assert "III/b 8 4.000.000" in isi
    assert "Berlaku 1 Juli 2030 Berlaku hari ini" in isi
    assert "3.287.000" in lama
    assert "Rp 4.000.000" in hitungan
    assert "PP 99/2030" in hitungan
    assert "| 1 Juli 2030 | PP 99/2030 | satu sumber |" in render_regulasi()
