"""The letter: its parts, its page, and whose letterhead it carries."""

import dataclasses
import datetime as dt
import warnings

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from bkpsdmd.documents import contoh, engine
from bkpsdmd.documents.contoh import HAL, PEJABAT, build_contoh, render_contoh
from bkpsdmd.documents.kertas import get_pengaturan_naskah
from bkpsdmd.documents.kop import add_kop, get_kop
from bkpsdmd.documents.models import DokumenTerbit, KopSurat, NomorDokumen
from bkpsdmd.documents.rendering import build_payload, render_pdf, render_pdf_apart
from bkpsdmd.documents.services import update_kantor
from bkpsdmd.documents.tests.contoh import INJEKSI, build_duk, build_laporan
from bkpsdmd.documents.tests.pdf import (
    list_alt,
    open_pdf,
    read_pages,
    read_text,
    squeeze,
)
from bkpsdmd.documents.tests.test_services import SVG

DIBUAT = dt.datetime.fromisoformat("2026-12-01T09:00:00+08:00")
HARI = DIBUAT.date()

pytestmark = pytest.mark.usefixtures("office", "units")


@pytest.fixture
def nilai(office):
    return get_pengaturan_naskah("surat", HARI)


def build(nilai, **lain):
    surat = build_contoh(kop=get_kop("", HARI), nilai=nilai, dibuat=DIBUAT)
    return surat | lain


def add(kunci="dinas-a", **lain):
    kop = KopSurat(kunci=kunci, mulai=dt.date(2026, 1, 1), **lain)
    return add_kop(kop=kop, per_tanggal=HARI, by=None)


# -- The letter ---------------------------------------------------------------------------


def test_letter_is_tagged_pdf_a_2a_and_ua_1(nilai):
    update_kantor(by=None, lambang=SimpleUploadedFile("a.svg", SVG))
    with open_pdf(render_pdf("surat", build(nilai), pengaturan=nilai)) as pdf:
        meta = pdf.open_metadata()
        assert (meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("2", "A")
        assert meta["pdfuaid:part"] == "1"
        assert str(pdf.Root.Lang) == "id-ID"
        assert meta["dc:title"] == "Contoh surat dinas"
        assert "Lambang Pemerintah Kabupaten Hulu Sungai Tengah" in list_alt(pdf)


def test_letter_compiles_without_a_warning(nilai):
    payload, _ = build_payload(build(nilai), kop=True, pengaturan=nilai)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert engine.list_warnings("surat", payload) == []


def test_parts_stand_in_the_order_of_a_letter(nilai):
    update_kantor(by=None, tempat="Kandangan")
    surat = build(nilai, nomor="800/007/X/2026", lampiran="2 (dua) lembar", di="Rantau")
    text = read_text(render_pdf("surat", surat, pengaturan=nilai))
    parts = [
        "PEMERINTAH KABUPATEN HULU SUNGAI TENGAH",
        "Nomor:800/007/X/2026",
        "Sifat:Biasa",
        "Lampiran:2 (dua) lembar",
        f"Hal:{HAL}",
        "Kandangan, 1 Desember 2026",
        "Yth.Kepala Dinas Contoh",
        "di – Rantau",
        "Rapat diselenggarakan pada:",
        "Kepala Perangkat Daerah,",
        PEJABAT[0]["nama"],
        "NIP 19700101 199503 1 001",
        "Tembusan:",
        "2.Sekretaris Daerah",
    ]
    places = [text.find(squeeze(part)) for part in parts]
    assert -1 not in places
    assert places == sorted(places)


def test_pages_are_numbered_from_the_second_on(nilai):
    pages = read_pages(render_pdf("surat", build(nilai), pengaturan=nilai))
    assert len(pages) == 2
    assert pages[1].startswith("–2–")
    assert "–1–" not in pages[0]


def test_signature_stands_with_the_last_words(nilai):
    lengths = set()
    for paragraphs in range(1, 14, 2):
        isi = [{"jenis": "paragraf", "teks": contoh.KALIMAT}] * paragraphs
        isi.append({"jenis": "paragraf", "teks": "Demikian kalimat terakhir."})
        pages = read_pages(render_pdf("surat", build(nilai, isi=isi), pengaturan=nilai))
        lengths.add(len(pages))
        page = next(p for p in pages if squeeze(PEJABAT[0]["nama"]) in p)
        assert squeeze("Demikian kalimat terakhir.") in page
        assert squeeze("Kepala Perangkat Daerah,") in page
    assert lengths == {1, 2}


def test_words_that_announce_a_list_stay_with_it(nilai):
    places = set()
    for lines in range(1, 26, 2):
        isi = [{"jenis": "paragraf", "teks": "Kalimat pengisi.\n"}] * lines
        isi += [
            {"jenis": "paragraf", "teks": "Peserta membawa hal berikut:"},
            {"jenis": "daftar", "butir": ["Butir pertama", "Butir kedua"]},
        ]
        pages = read_pages(render_pdf("surat", build(nilai, isi=isi), pengaturan=nilai))
        number, page = next((n, p) for n, p in enumerate(pages) if "halberikut:" in p)
        places.add(number)
        assert "1.Butirpertama" in page
    assert places == {0, 1}


def test_one_addressee_has_no_number_and_several_have(nilai):
    one = read_text(render_pdf("surat", build(nilai, kepada=["Kepala A"], di="")))
    assert squeeze("Yth. Kepala A") in one
    assert "di–" not in one
    two = read_text(render_pdf("surat", build(nilai, kepada=["Kepala A", "Kepala B"])))
    assert squeeze("Yth. 1. Kepala A 2. Kepala B") in two


def test_letter_without_copies_says_nothing_of_them(nilai):
    assert "Tembusan" not in read_text(render_pdf("surat", build(nilai, tembusan=[])))
    one = read_text(render_pdf("surat", build(nilai, tembusan=["Inspektur"])))
    assert "Tembusan:Inspektur" in one


@pytest.mark.parametrize("banyak", [1, 2, 3, 4])
def test_all_who_sign_stand_on_one_page(nilai, banyak):
    pejabat = [*PEJABAT, PEJABAT[0] | {"nama": "Yang Keempat"}][:banyak]
    pages = read_pages(
        render_pdf("surat", build(nilai, penandatangan=pejabat), pengaturan=nilai)
    )
    last = pages[-1]
    for satu in pejabat:
        assert squeeze(satu["nama"]) in last


def test_markup_in_a_letter_is_printed_literally(nilai):
    surat = build(
        nilai,
        hal=INJEKSI,
        nomor=INJEKSI,
        tembusan=[INJEKSI],
        kepada=[INJEKSI],
        di=INJEKSI,
        isi=[
            {"jenis": "paragraf", "teks": INJEKSI},
            {"jenis": "daftar", "butir": [INJEKSI]},
            {"jenis": "butir", "butir": [(INJEKSI, INJEKSI)]},
        ],
    )
    assert read_text(render_pdf("surat", surat)).count(squeeze(INJEKSI)) == 9


def test_verification_stands_below(nilai):
    surat = build(
        nilai, periksa={"kode": "AB12-CD34-EF56-GH78", "alamat": "", "qr": ""}
    )
    assert "AB12-CD34-EF56-GH78" in read_text(render_pdf("surat", surat))


# -- Paper --------------------------------------------------------------------------------


def _size(content):
    with open_pdf(content) as pdf:
        return [round(float(n) / 72 * 25.4) for n in pdf.pages[0].mediabox[2:]]


def test_paper_is_that_of_the_kind_and_others_keep_the_offices(nilai):
    f4 = dataclasses.replace(nilai, kertas="F4")
    assert _size(render_pdf("surat", build(nilai), pengaturan=f4)) == [215, 330]
    assert _size(render_pdf("surat", build(nilai))) == [210, 297]
    assert _size(render_pdf("laporan_pasal24", build_laporan(), pengaturan=f4)) == [
        215,
        330,
    ]
    assert _size(render_pdf_apart("duk", build_duk(), pengaturan=f4)) == [330, 215]


def test_wider_margins_and_larger_letters_make_a_longer_letter(nilai):
    isi = [{"jenis": "paragraf", "teks": contoh.KALIMAT * 6}] * 8
    surat = build(nilai, isi=isi)

    def count(**lain):
        values = dataclasses.replace(nilai, **lain)
        return len(read_pages(render_pdf("surat", surat, pengaturan=values)))

    narrow = count(margin_kiri_mm=10, margin_kanan_mm=10, ukuran_huruf_pt=9, spasi="1")
    wide = count(margin_kiri_mm=50, margin_kanan_mm=50, ukuran_huruf_pt=12, spasi="1.5")
    assert narrow < count() < wide


def _fonts(content):
    with open_pdf(content) as pdf:
        return {
            str(item.FontName).split("+")[1].split("-")[0]
            for item in pdf.objects
            if isinstance(item, pikepdf.Dictionary)
            and item.get("/Type") == "/FontDescriptor"
        }


def test_decisions_may_be_set_in_their_own_letters(nilai):
    assert _fonts(render_pdf("surat", build(nilai), pengaturan=nilai)) == {
        "LiberationSans"
    }
    bonum = dataclasses.replace(nilai, huruf="bonum")
    assert _fonts(render_pdf("surat", build(nilai), pengaturan=bonum)) == {
        "TeXGyreBonum"
    }


def test_same_data_and_settings_give_the_same_bytes(nilai):
    add()
    first = render_pdf("surat", build(nilai), kop_kunci="dinas-a", pengaturan=nilai)
    again = render_pdf_apart(
        "surat", build(nilai), kop_kunci="dinas-a", pengaturan=nilai
    )
    assert again == first


# -- Letterheads --------------------------------------------------------------------------


def test_letter_of_one_unit_never_shows_the_letterhead_of_another(nilai, office):
    update_kantor(by=None, alamat="Jalan Kantor 1", telepon="0517-111")
    add("dinas-a", alamat="Jalan A 2", surel="a@contoh.example")
    tell = {
        "": [office.nama_perangkat_daerah.upper(), "Jalan Kantor 1", "0517-111"],
        "dinas-a": ["DINAS CONTOH A", "Jalan A 2", "a@contoh.example"],
        "dinas-b": ["DINAS CONTOH B"],
    }
    for kunci in tell:
        content = render_pdf("surat", build(nilai), kop_kunci=kunci, pengaturan=nilai)
        text = read_text(content)
        for other, words in tell.items():
            for word in words:
                assert (squeeze(word) in text) == (other == kunci), (kunci, word)
        with open_pdf(content) as pdf:
            author = str(pdf.open_metadata()["dc:creator"])
        assert get_kop(kunci, HARI).nama_perangkat_daerah in author


def test_letterhead_is_that_of_the_day_of_the_letter(nilai):
    add("dinas-a", alamat="Alamat lama")
    add_kop(
        kop=KopSurat(kunci="dinas-a", mulai=dt.date(2026, 12, 2), alamat="Alamat baru"),
        per_tanggal=HARI,
        by=None,
    )
    old = render_pdf("surat", build(nilai), kop_kunci="dinas-a")
    assert "Alamatlama" in read_text(old)
    new = render_pdf(
        "surat",
        build(nilai),
        kop_kunci="dinas-a",
        per_tanggal=dt.date(2026, 12, 2),
    )
    assert "Alamatbaru" in read_text(new)
    # 1 December 23.00 UTC is the second of December here.
    late = build(nilai, dibuat="2026-12-01T23:00:00+00:00")
    assert "Alamatbaru" in read_text(render_pdf("surat", late, kop_kunci="dinas-a"))


def test_long_names_are_whole_and_all_lines_are_there(nilai):
    add(
        nama_perangkat_daerah="Dinas Penanaman Modal dan Tenaga Kerja " * 5,
        nama_bagian="Unit Pelaksana Teknis Daerah Pelayanan " * 5,
        alamat="Jalan Contoh yang Panjang " * 7,
        kode_pos="71311",
        telepon="0517-123",
        surel=f"{'surel' * 12}@contoh.example",
        situs="contoh.example/" + "panjang" * 15,
    )
    text = read_text(
        render_pdf("surat", build(nilai), kop_kunci="dinas-a", pengaturan=nilai)
    )
    for part in (
        ("Dinas Penanaman Modal dan Tenaga Kerja " * 5).upper(),
        ("Unit Pelaksana Teknis Daerah Pelayanan " * 5).upper(),
        "Jalan Contoh yang Panjang " * 7,
        "Kode Pos 71311",
        "Telepon 0517-123",
        f"Surel {'surel' * 12}@contoh.example",
        "Laman contoh.example/" + "panjang" * 15,
    ):
        assert squeeze(part) in text


# -- Sample -------------------------------------------------------------------------------


def test_sample_is_marked_and_leaves_nothing(nilai):
    content = render_contoh(
        kop=get_kop("", HARI), nilai=nilai, dibuat=DIBUAT, is_bertiga=True
    )
    for page in read_pages(content):
        assert "DATACONTOH" in page
    assert squeeze(PEJABAT[2]["nama"]) in read_text(content)
    assert not DokumenTerbit.objects.exists()
    assert not NomorDokumen.objects.exists()


def test_sample_has_the_subject_of_200_letters_and_the_copies_of_the_kind(nilai):
    assert 195 <= len(HAL) <= 200
    values = dataclasses.replace(
        nilai, tembusan=("Inspektur Contoh",), is_kelas_di_nomor=True
    )
    text = read_text(render_contoh(kop=get_kop("", HARI), nilai=values, dibuat=DIBUAT))
    assert squeeze(HAL) in text
    assert "Tembusan:InspekturContoh" in text
    assert "Nomor:B/000/001/" in text
    assert squeeze(PEJABAT[2]["nama"]) not in text
