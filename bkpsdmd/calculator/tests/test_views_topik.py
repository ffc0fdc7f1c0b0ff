"""The calculator's pages: every registered topic, and what holds for all of them."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from enum import StrEnum
from html import unescape
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bkpsdmd.accounts.roles import Role
from bkpsdmd.calculator import registry
from bkpsdmd.calculator.kata import format_pilihan
from bkpsdmd.calculator.masukan import (
    Boleh,
    Bulat,
    Daftar,
    Kunci,
    Masukan,
    Nomor,
    Objek,
    Pilihan,
    Teks,
    Wajib,
)
from bkpsdmd.calculator.registry import Jawaban, Keluaran, Topik, list_topik
from bkpsdmd.calculator.tampilan import list_butir, write_kalimat
from bkpsdmd.exceptions import DomainError
from bkpsdmd.regulations import Alasan, Kode, load_regulasi
from bkpsdmd.regulations.reader import ROOT, read_yaml

from .cases import HARI_INI, as_json
from .test_formulir import flatten_kasus

pytestmark = pytest.mark.django_db

TOPIK = [pytest.param(satu, id=satu.nama) for satu in list_topik()]


class KodeContoh(Kode):
    CUKUP = "cukup", "Bilangannya cukup"


def answer_contoh(masukan: Masukan) -> Jawaban:
    if masukan["bilangan"] == 13:
        raise ZeroDivisionError
    if masukan["bilangan"] == 12:
        load_regulasi("simpeg/gaji_cpns").on(masukan["tanggal"].replace(year=1950))
    if masukan.get("nama") == "aneh":
        raise DomainError("Nama itu aneh.", kolom="nama")
    alasan = Alasan(
        KodeContoh.CUKUP, "Bilangannya <b>cukup</b>.", False, 7, "PP 1/2026"
    )
    hasil = {
        "boleh": masukan["bilangan"] > 5,
        "upah_rupiah": 1_250_000,
        "lama_bulan": 100,
        "nama": masukan.get("nama"),
        "daftar": [{"tmt": masukan["tanggal"], "persen": 5}],
    }
    return Jawaban(hasil, (alasan,), ("PP 1/2026 [satu sumber]",))


CONTOH = Topik(
    "contoh",
    "Hitungan contoh",
    (
        Kunci("bilangan", Bulat(maksimum=100), "Bilangan", petunjuk="Sampai seratus."),
        Kunci("nama", Teks(), "Nama", Wajib.OPSIONAL),
        Kunci("warna", Pilihan({"merah_tua": 1}), "Warna", Wajib.OPSIONAL),
        Kunci(
            "anak",
            Daftar(Objek((Kunci("usia", Bulat(), "Usia"),))),
            "Anak",
            Wajib.OPSIONAL,
        ),
    ),
    answer_contoh,
    KodeContoh,
    uraian="Sekadar contoh.",
    kalimat="boleh",
    keluaran={"boleh": Keluaran("Boleh", ya="Boleh sekali", tidak="Belum boleh")},
)
PRIBADI = Topik(
    "pribadi",
    "Hitungan seseorang",
    (Kunci("bilangan", Bulat(), "Bilangan"), Kunci("nik", Nomor(), "NIK")),
    answer_contoh,
    KodeContoh,
)


@pytest.fixture
def contoh(monkeypatch: pytest.MonkeyPatch) -> str:
    topik = {"contoh": CONTOH, "pribadi": PRIBADI}
    monkeypatch.setattr(registry, "_topik", topik)
    return "/kalkulator/contoh/"


@pytest.fixture
def client(browse: Any) -> Client:
    return browse()


def teks(html: bytes | str) -> str:
    """Return the words of a page, as they are read."""
    isi = html if isinstance(html, str) else html.decode()
    isi = re.sub(r"(?s)<(script|style).*?</\1>", " ", isi)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", isi)).split())


def open_page(client: Client, address: str, **data: str) -> str:
    answer = client.get(address, data)
    assert answer.status_code == 200
    return answer.content.decode()


def send(client: Client, address: str, **data: str) -> str:
    answer = client.post(address, data, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


# -- Who may --------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["/kalkulator/", "/kalkulator/contoh/"])
def test_nobody_is_sent_to_the_log_in_page(contoh: str, address: str) -> None:
    answer = Client().get(address)

    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/akun/masuk/")


@pytest.mark.parametrize("roles", [(), (Role.PEGAWAI,), (Role.ADMIN,)])
def test_everybody_who_is_logged_in_may(
    browse: Any, contoh: str, roles: tuple[Role, ...]
) -> None:
    html = open_page(browse(*roles), contoh)

    assert 'aria-current="page">' in html
    assert "Panduan halaman ini" in html
    assert len(re.findall("<h1", html)) == 1


def test_unknown_topic_is_not_found(client: Client) -> None:
    assert client.get("/kalkulator/tidak-ada/").status_code == 404


# -- Every topic ----------------------------------------------------------------------


def test_list_names_every_topic_under_its_module(client: Client) -> None:
    html = open_page(client, reverse("calculator:topik-list"))

    for topik in list_topik():
        assert f'href="/kalkulator/{topik.nama}/"' in html
        assert topik.label in unescape(html)
    assert "<h2>SIMPEG</h2>" in html


def list_kasus(topik: Topik) -> Iterator[dict[str, Any]]:
    """Yield the cases of the apps' case files that a form can express."""
    for berkas in sorted(ROOT.glob(f"*/tests/rules/kasus/{topik.nama}.yaml")):
        isi = as_json(read_yaml(berkas))
        for kasus in isi if isinstance(isi, list) else []:
            masukan = kasus.get("masukan")
            # To a form what is empty is left out.
            if (
                isinstance(masukan, dict)
                and "hasil" in kasus
                and not any(nilai in ("", [], {}) for nilai in masukan.values())
            ):
                per_tanggal = str(kasus.get("per_tanggal", HARI_INI))
                yield {"tanggal": per_tanggal, **masukan}


@pytest.mark.parametrize("topik", TOPIK)
def test_empty_form_of_a_topic_is_drawn(client: Client, topik: Topik) -> None:
    client.get(f"/kalkulator/{topik.nama}/")  # the office's settings are now cached
    with CaptureQueriesContext(connection) as queries:
        html = open_page(client, f"/kalkulator/{topik.nama}/")

    assert len(queries) <= 12
    assert topik.label in unescape(html)
    for kunci in topik.semua_kunci:
        assert kunci.label in unescape(html)
    assert "Belum dapat dihitung" not in html


@pytest.mark.parametrize("topik", TOPIK)
def test_case_of_a_topic_comes_back_with_the_answer_of_the_command(
    client: Client, topik: Topik
) -> None:
    for kasus in list(list_kasus(topik))[:12]:
        jawaban = registry.evaluate(topik, kasus, hari_ini=HARI_INI)
        data = flatten_kasus(topik, kasus)

        html = send(client, f"/kalkulator/{topik.nama}/", **data)

        isi = teks(html)
        assert "Belum dapat dihitung" not in isi, (kasus, isi[isi.index("Belum") :])
        for alasan in jawaban.alasan:
            assert " ".join(alasan.pesan.split()) in isi
        for butir in list_butir(topik, jawaban.hasil):
            assert f"{butir.label} {butir.teks}".strip() in isi
        for nilai in data.values():
            assert nilai in unescape(html)


@pytest.mark.parametrize("topik", TOPIK)
def test_words_of_a_topic_speak_of_keys_it_answers(topik: Topik) -> None:
    dinamai = set(topik.keluaran) | set(re.findall(r"{(.+?)}", topik.kalimat))
    if topik.kalimat and "{" not in topik.kalimat:
        dinamai.add(topik.kalimat)

    for kasus in list(list_kasus(topik))[:1]:
        hasil = registry.evaluate(topik, kasus, hari_ini=HARI_INI).hasil
        assert {nama.partition(".")[0] for nama in dinamai} <= set(hasil)


@pytest.mark.parametrize("topik", TOPIK)
def test_form_without_what_it_needs_says_so_at_the_field(
    client: Client, topik: Topik
) -> None:
    wajib = [
        satu
        for satu in topik.semua_kunci
        if satu.wajib is Wajib.WAJIB and not isinstance(satu.tipe, Boleh)
    ]

    isi = send(client, f"/kalkulator/{topik.nama}/")

    if wajib:
        assert "Belum dapat dihitung" in isi
        assert isi.count("Harus diisi") == 2
        assert 'class="invalid-feedback"' in isi


@pytest.mark.parametrize("topik", TOPIK)
def test_topic_with_people_is_never_put_in_an_address(
    client: Client, topik: Topik
) -> None:
    answer = client.post(f"/kalkulator/{topik.nama}/", {"tanggal": "2026-01-01"})

    assert (answer.status_code == 200) == topik.is_pribadi


def test_topics_that_name_people_are_known() -> None:
    pribadi = {satu.nama for satu in list_topik() if satu.is_pribadi}

    assert {"nip", "nik", "duk"} <= pribadi


# -- One case -------------------------------------------------------------------------


def test_case_gets_an_address_with_its_day_that_brings_it_back(
    client: Client, contoh: str, time_machine: Any
) -> None:
    time_machine.move_to("2026-11-25T01:00:00Z")

    answer = client.post(contoh, {"bilangan": "7", "nama": "", "anak[3].usia": "2"})

    assert answer.status_code == 302
    query = urlencode({"bilangan": "7", "anak[0].usia": "2", "tanggal": "2026-11-25"})
    assert answer.headers["Location"] == f"{contoh}?{query}#jawaban"
    html = client.get(answer.headers["Location"]).content.decode()
    assert "Boleh sekali" in html
    assert f"{contoh}?{query}".replace("&", "&amp;") in html


def test_answer_speaks_in_sentences_labels_and_sources(
    client: Client, contoh: str
) -> None:
    isi = teks(open_page(client, contoh, bilangan="3", tanggal="2026-11-25"))

    assert "Belum boleh" in isi
    assert "Bilangannya <b>cukup</b>. Nilai: 7 · PP 1/2026" in isi
    assert "Upah Rp 1.250.000" in isi
    assert "Lama 8 tahun 4 bulan (100 bulan)" in isi
    assert "25-11-2026 5 %" in isi
    assert "PP 1/2026 Satu sumber" in isi
    assert "Satu sumber saja." in isi


@pytest.mark.parametrize(
    ("kalimat", "tertulis"),
    [
        ("", "Boleh: Tidak"),
        ("boleh", "Belum boleh"),
        ("Upah {upah_rupiah} selama {lama_bulan}", "Upah Rp 1.250.000 selama 8 tahun"),
        ("Di dalam {dalam.kurang}, {asing.kurang}", "Di dalam 1,5, –"),
    ],
)
def test_sentence_is_made_of_the_answer(kalimat: str, tertulis: str) -> None:
    hasil = {"boleh": False, "upah_rupiah": 1_250_000, "lama_bulan": 100}
    jawaban = Jawaban({**hasil, "dalam": {"kurang": Decimal("1.5")}}, (), ())
    keluaran = {"boleh": Keluaran("Boleh", tidak="Belum boleh")} if kalimat else {}
    topik = replace(CONTOH, kalimat=kalimat, keluaran=keluaran)

    assert write_kalimat(topik, jawaban).lower().startswith(tertulis.lower())


def test_code_that_people_use_stands_before_its_words() -> None:
    class Golongan(StrEnum):
        label: str
        III_C = "III/c"
        BAIK = "baik"

    Golongan.III_C.label, Golongan.BAIK.label = "Penata", "Baik"

    assert format_pilihan("III/c", Golongan.III_C) == "III/c, Penata"
    assert format_pilihan("baik", Golongan.BAIK) == "Baik"
    assert format_pilihan("tmt_psw1", 1) == "TMT PSW1"
    assert format_pilihan("Dinas Contoh", 1) == "Dinas Contoh"


def test_condition_that_is_not_met_says_so_in_a_word(
    client: Client, contoh: str
) -> None:
    assert 'aria-label="Belum terpenuhi:"' in open_page(client, contoh, bilangan="3")


@pytest.mark.parametrize(
    ("data", "pesan"),
    [
        ({"bilangan": "tiga"}, "Harus bilangan bulat."),
        ({"bilangan": "101"}, "Harus antara 0 dan 100."),
        ({"nama": "Ani"}, "Harus diisi."),
        ({"bilangan": "3", "warna": "biru"}, "Harus salah satu dari merah_tua."),
        ({"bilangan": "3", "nama": "aneh"}, "Nama itu aneh."),
        ({"bilangan": "3", "anak[0].usia": "x"}, "Harus bilangan bulat."),
        ({"bilangan": "3", "tanggal": "besok"}, "Harus tanggal yang ada"),
    ],
)
def test_bad_input_is_told_at_its_field_and_kept(
    client: Client, contoh: str, data: dict[str, str], pesan: str
) -> None:
    html = open_page(client, contoh, **data)

    (galat,) = re.findall(r'(?s)<div class="invalid-feedback" id="(.*?)-galat">', html)
    assert html.count(pesan) == 2
    assert f'href="#{galat}"' in html
    assert re.search(rf'id="{galat}"[^>]*aria-describedby="[^"]*{galat}-galat"', html)
    for nilai in data.values():
        assert f'value="{nilai}"' in html or nilai == "biru"


def test_case_that_no_version_covers_names_the_regulation(
    client: Client, contoh: str
) -> None:
    html = open_page(client, contoh, bilangan="12")

    assert "Belum dapat dihitung" in html
    assert 'href="#isian-tanggal"' in html
    assert 'href="/peraturan/simpeg/gaji_cpns/"' in html


def test_fault_of_the_program_is_no_error_page(client: Client, contoh: str) -> None:
    html = open_page(client, contoh, bilangan="13")

    assert "Kasus gagal dihitung karena kesalahan program" in html


def test_what_is_typed_is_never_markup(client: Client, contoh: str) -> None:
    jahat = '"><script>alert(1)</script>'

    for data in (
        {"bilangan": "3", "nama": jahat},
        {"bilangan": jahat},
        {"bilangan": "3", "warna": jahat},
        {"bilangan": "3", f"anak[0].{jahat}": jahat},
        {jahat: jahat},
    ):
        assert "<script>alert" not in open_page(client, contoh, **data)
        assert "<script>alert" not in send(client, contoh, **data)


def test_names_that_are_not_the_topics_are_ignored(client: Client, contoh: str) -> None:
    assert "Belum dapat dihitung" not in open_page(client, contoh, utm_source="x")


def test_private_case_is_answered_by_post_alone(client: Client, contoh: str) -> None:
    data = {"bilangan": "7", "nik": "6307010101900001"}

    dikirim = client.post("/kalkulator/pribadi/", data)
    dibuka = client.get("/kalkulator/pribadi/", data)

    assert dikirim.status_code == 200
    isi = dikirim.content.decode()
    assert "Tanpa tautan" in isi
    assert 'value="6307010101900001"' in isi
    assert "nik=" not in isi
    assert "6307010101900001" not in dibuka.content.decode()


def test_case_too_long_for_an_address_is_answered_all_the_same(
    client: Client, contoh: str
) -> None:
    data = {f"anak[{nomor}].usia": "12" for nomor in range(90)}

    answer = client.post(contoh, {"bilangan": "7", **data})

    assert answer.status_code == 200
    assert "Boleh sekali" in answer.content.decode()
    assert "Tautan kasus ini" not in answer.content.decode()


def test_row_is_added_without_computing_and_without_scripts(
    client: Client, contoh: str
) -> None:
    html = send(client, contoh, tambah="anak", **{"anak[0].usia": "4"})

    assert 'name="anak[0].usia" value="4"' in html
    assert re.search(r'name="anak\[1\].usia" value=""[^>]* autofocus', html)
    assert "Belum dapat dihitung" not in html
    assert "<h1" in html


def test_row_is_taken_away(client: Client, contoh: str) -> None:
    baris = {"anak[0].usia": "4", "anak[1].usia": "5"}

    html = send(client, contoh, hapus="anak[0]", **baris)

    assert 'name="anak[0].usia" value="5"' in html
    assert "anak[1]" not in html


def test_htmx_gets_the_form_alone(client: Client, contoh: str) -> None:
    answer = client.post(contoh, {"tambah": "anak"}, headers={"HX-Request": "true"})

    html = answer.content.decode()
    assert html.lstrip().startswith("<form")
    assert "csrfmiddlewaretoken" in html
    assert "<h1" not in html


def test_printed_case_shows_input_answer_and_when(client: Client, contoh: str) -> None:
    html = send(
        client,
        contoh,
        cetak="ya",
        bilangan="7",
        warna="merah_tua",
        tanggal="2026-11-25",
        **{"anak[0].usia": "4"},
    )

    isi = teks(html)
    assert 'class="cetak"' in html
    assert "Boleh sekali" in isi
    assert "Bilangan 7" in isi
    assert "Warna Merah tua" in isi
    assert "Anak 1, Usia 4" in isi
    assert "Keadaan tanggal 25 November 2026" in isi
    assert "Dihitung" in isi


def test_print_of_a_refused_case_is_the_form_again(client: Client, contoh: str) -> None:
    html = send(client, contoh, cetak="ya", bilangan="x")

    assert "Belum dapat dihitung" in html
    assert 'class="cetak"' not in html
