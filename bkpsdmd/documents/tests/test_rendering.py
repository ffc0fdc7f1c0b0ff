"""Every paper as a file: its standard, its text, its pages, and that it is repeatable."""

import copy
import re
import resource
import subprocess
import sys
import warnings

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from bkpsdmd.documents import engine, rendering
from bkpsdmd.documents.charts import render_svg
from bkpsdmd.documents.rendering import (
    build_payload,
    compute_checksum,
    count_rows,
    render_pdf,
    render_pdf_apart,
)
from bkpsdmd.documents.services import update_kantor
from bkpsdmd.documents.tests.contoh import (
    INJEKSI,
    build_baris,
    build_duk,
    build_kode,
    build_laporan,
)
from bkpsdmd.documents.tests.pdf import (
    list_alt,
    open_pdf,
    read_pages,
    read_text,
    squeeze,
)
from bkpsdmd.documents.tests.test_services import SVG, png
from bkpsdmd.exceptions import DomainError

pytestmark = pytest.mark.usefixtures("office")

PAPERS = {
    "duk": build_duk,
    "laporan_pasal24": build_laporan,
    "kode_akses": build_kode,
}


@pytest.fixture(params=PAPERS)
def paper(request):
    return request.param, PAPERS[request.param]()


def test_paper_is_tagged_pdf_a_2a_and_ua_1(paper):
    template, data = paper
    with open_pdf(render_pdf(template, data)) as pdf:
        meta = pdf.open_metadata()
        assert meta["pdfaid:part"] == "2"
        assert meta["pdfaid:conformance"] == "A"
        assert meta["pdfuaid:part"] == "1"
        assert str(pdf.Root.Lang) == "id-ID"
        assert pdf.Root.MarkInfo.Marked
        assert "/StructTreeRoot" in pdf.Root
        assert pdf.Root.OutputIntents[0].S == "/GTS_PDFA1"
        assert meta["dc:title"] == data["judul"]
        assert pdf.Root.ViewerPreferences.DisplayDocTitle


def test_untagged_paper_is_pdf_a_2b():
    with open_pdf(render_pdf("duk", build_duk(), tagged=False)) as pdf:
        meta = pdf.open_metadata()
        assert (meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("2", "B")
        assert "/StructTreeRoot" not in pdf.Root


def test_all_fonts_are_ours_and_embedded(paper):
    with open_pdf(render_pdf(*paper)) as pdf:
        fonts = [
            item
            for item in pdf.objects
            if isinstance(item, pikepdf.Dictionary)
            and item.get("/Type") == "/FontDescriptor"
        ]
        assert fonts
        for font in fonts:
            assert "LiberationSans" in str(font.FontName)
            assert {"/FontFile2", "/FontFile3"} & set(font.keys())


def test_template_compiles_without_a_warning(paper):
    template, data = paper
    payload, _created_at = build_payload(data, kop=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warned = engine.list_warnings(template, payload)
    assert warned == []


def test_same_data_gives_the_same_bytes(paper):
    template, data = paper
    first = render_pdf(template, data)
    assert render_pdf(template, copy.deepcopy(data)) == first
    assert render_pdf_apart(template, data) == first


def test_other_data_prints_another_checksum():
    data = build_laporan()
    text = read_text(render_pdf("laporan_pasal24", data))
    assert compute_checksum(data) in text
    other = build_laporan(periode="1 April – 30 Juni 2026")
    assert compute_checksum(other) not in text


def test_checksum_survives_storing_as_json():
    # A tuple becomes a list in the stored snapshot.
    with_tuple = {"identitas": [("Kepada", "Dinas")]}
    with_list = {"identitas": [["Kepada", "Dinas"]]}
    assert compute_checksum(with_tuple) == compute_checksum(with_list)


def test_creation_date_is_that_of_the_data():
    with open_pdf(render_pdf("duk", build_duk())) as pdf:
        assert str(pdf.docinfo.CreationDate).startswith("D:20261231")


def test_date_without_time_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        render_pdf("duk", build_duk(dibuat="2026-12-31T09:00:00"))


@pytest.mark.parametrize(
    ("template", "data"),
    [
        ("duk", build_duk() | {"unit": INJEKSI, "catatan": [INJEKSI]}),
        ("laporan_pasal24", build_laporan(pengantar=[INJEKSI], nomor=INJEKSI)),
        ("kode_akses", build_kode(nama=INJEKSI)),
    ],
)
def test_markup_in_data_is_printed_literally(template, data):
    text = read_text(render_pdf(template, data))
    expected = squeeze(INJEKSI)
    assert expected in text or expected.upper() in text


def test_markup_in_a_row_is_printed_literally():
    data = build_duk()
    data["bagian"][0]["baris"][0] = build_baris(1, nama=INJEKSI, keterangan=INJEKSI)
    assert read_text(render_pdf("duk", data)).count(squeeze(INJEKSI)) == 2


def test_template_name_cannot_leave_the_folder():
    with pytest.raises(ValueError, match="template name"):
        render_pdf("../lib/naskah", build_duk())


# -- Letterhead and marks ---------------------------------------------------------------


def test_kop_names_the_office_and_can_be_left_out():
    update_kantor(by=None, alamat="Jalan Contoh 1", telepon="0517-1")
    with_kop = read_text(render_pdf("duk", build_duk()))
    assert squeeze("PEMERINTAH KABUPATEN HULU SUNGAI TENGAH") in with_kop
    assert squeeze("Jalan Contoh 1") in with_kop
    without = read_text(render_pdf("duk", build_duk(), kop=False))
    assert squeeze("PEMERINTAH KABUPATEN HULU SUNGAI TENGAH") not in without


@pytest.mark.parametrize(("name", "content"), [("a.png", png()), ("a.svg", SVG)])
def test_emblem_stands_in_the_letterhead_with_its_name(name, content):
    update_kantor(by=None, lambang=SimpleUploadedFile(name, content))
    expected = "Lambang Pemerintah Kabupaten Hulu Sungai Tengah"
    with open_pdf(render_pdf("duk", build_duk())) as pdf:
        assert expected in list_alt(pdf)
    with open_pdf(render_pdf("duk", build_duk(), kop=False)) as pdf:
        assert expected not in list_alt(pdf)


def test_paper_size_and_orientation_follow_the_settings():
    def size(template, data):
        with open_pdf(render_pdf(template, data)) as pdf:
            box = pdf.pages[0].mediabox
            return [round(float(n) / 72 * 25.4) for n in box[2:]]

    assert size("laporan_pasal24", build_laporan()) == [210, 297]
    assert size("duk", build_duk()) == [297, 210]
    update_kantor(by=None, kertas="F4")
    assert size("laporan_pasal24", build_laporan()) == [215, 330]
    assert size("duk", build_duk()) == [330, 215]
    assert size("kode_akses", build_kode()) == [215, 330]


def test_demo_portal_marks_every_page():
    update_kantor(by=None, is_contoh=True)
    pages = read_pages(render_pdf("laporan_pasal24", build_laporan()))
    assert len(pages) > 1
    for page in pages:
        assert "DATACONTOH" in page
        assert squeeze("bukan dokumen resmi") in page


def test_draft_is_marked_and_a_final_paper_is_not():
    assert "DRAF" in read_text(render_pdf("duk", build_duk(draf=True)))
    final = read_text(render_pdf("duk", build_duk()))
    assert "DRAF" not in final
    assert "CONTOH," not in final


def test_pages_are_counted():
    pages = read_pages(render_pdf("duk", build_duk(pns=80)))
    assert len(pages) > 2
    for number, page in enumerate(pages, start=1):
        assert f"Halaman{number}dari{len(pages)}" in page


# -- DUK ----------------------------------------------------------------------------------


def test_duk_head_is_repeated_on_every_page():
    for page in read_pages(render_pdf("duk", build_duk(pns=80))):
        assert "Latihanjabatan" in page
        assert squeeze("1 2 3 4 5 6 7 8 9 10 11") in page


def test_duk_signature_stands_with_the_last_three_people():
    lengths = set()
    # Across the length at which the signature no longer fits on the first page.
    for pns in range(22, 42, 2):
        data = build_duk(pns=pns)
        data["bagian"].pop()
        pages = read_pages(render_pdf("duk", data, kop=False))
        lengths.add(len(pages))
        assert squeeze("Dr. Noor Contoh, M.A.P.") in pages[-1]
        for nomor in (pns, pns - 1, pns - 2):
            assert squeeze(f"Warga Contoh {nomor},") in pages[-1]
    assert lengths == {1, 2}


def test_duk_band_is_never_the_last_line_of_a_page():
    places = set()
    for pns in range(41, 49):
        pages = read_pages(render_pdf("duk", build_duk(pns=pns, cpns=9), kop=False))
        number, page = next(
            (n, p) for n, p in enumerate(pages) if "CalonPegawaiNegeriSipil" in p
        )
        places.add(number)
        after = page.split("CalonPegawaiNegeriSipil")[1]
        assert squeeze(f"Warga Contoh {pns + 1},") in after
    assert places == {0, 1}


@pytest.mark.parametrize("pendek", [2, 3])
def test_duk_row_is_never_split_between_pages(pendek):
    data = build_duk(pns=pendek, cpns=0)
    # After so many short rows, rows of three lines would cross the foot of a page.
    diklat = "Awal{0} Pelatihan Kepemimpinan Nasional Tingkat Utama Akhir{0}."
    data["bagian"][0]["baris"] += [
        build_baris(n, diklat=diklat.format(n)) for n in range(pendek + 1, 41)
    ]
    pages = read_pages(render_pdf("duk", data))
    for nomor in range(pendek + 1, 41):
        page = next(p for p in pages if f"Awal{nomor}Pelatihan" in p)
        assert f"Akhir{nomor}." in page


def test_duk_without_people_says_so():
    text = read_text(render_pdf("duk", build_duk(pns=0, cpns=0)))
    assert squeeze("Nihil: tidak ada PNS.") in text
    assert squeeze("Nihil: tidak ada CPNS.") in text


def test_duk_without_official_has_no_signature():
    text = read_text(render_pdf("duk", build_duk(penandatangan=None)))
    assert "KepalaBadan," not in text


def test_long_words_and_names_are_printed_whole():
    long_word = "Supercalifragilisticexpialidocious" * 6
    data = build_duk()
    data["bagian"][0]["baris"][0] = build_baris(1, nama=long_word)
    data["unit"] = "Unit dengan nama yang sangat panjang " * 6
    text = read_text(render_pdf("duk", data))
    assert long_word in text
    assert squeeze(data["unit"]).upper() in text


# -- Report -------------------------------------------------------------------------------


def _table(**lain):
    return {
        "jenis": "tabel",
        "judul": "Aset",
        "kolom": [{"label": "Jenis"}, {"label": "Baik"}],
        "baris": [],
        **lain,
    }


def test_empty_table_says_nihil_or_why_there_is_no_data():
    data = build_laporan(
        bab=[
            {
                "judul": "Infrastruktur",
                "isi": [
                    _table(),
                    _table(nihil="Belum ada data", alasan_nihil="register belum ada"),
                ],
            }
        ]
    )
    text = read_text(render_pdf("laporan_pasal24", data))
    assert "JenisBaikNihil" in text
    assert squeeze("Belum ada data – register belum ada") in text


def test_long_table_repeats_its_head():
    rows = [[f"Alat {n}", str(n)] for n in range(150)]
    data = build_laporan(bab=[{"judul": "Aset", "isi": [_table(baris=rows)]}])
    pages = read_pages(render_pdf("laporan_pasal24", data))
    with_rows = [page for page in pages if re.search(r"Alat\d", page)]
    assert len(with_rows) > 2
    assert all("JenisBaik" in page for page in with_rows)


def test_report_signature_is_not_alone_on_its_page():
    for filler in range(1, 30, 3):
        data = build_laporan(
            pengantar=["Kalimat pengisi yang cukup panjang. " * filler]
        )
        pages = read_pages(render_pdf("laporan_pasal24", data))
        page = next(p for p in pages if squeeze("Dr. Noor Contoh") in p)
        assert squeeze("Demikian laporan ini.") in page
        assert squeeze("Kepala Badan,") in page


def test_chart_keeps_its_text_and_description_in_the_paper():
    svg = render_svg(
        "batang_mendatar",
        [{"label": "Dinas Contoh", "nilai": 12}],
        title="Judul",
        desc="Uraian",
    )
    chart = {"jenis": "grafik", "judul": "Grafik", "svg": svg, "uraian": "Satu batang"}
    content = render_pdf(
        "laporan_pasal24", build_laporan(bab=[{"judul": "Bab", "isi": [chart]}])
    )
    assert "DinasContoh" in read_text(content)
    with open_pdf(content) as pdf:
        assert "Satu batang" in list_alt(pdf)


# -- Activation codes ---------------------------------------------------------------------


def test_eight_slips_to_a_sheet():
    pages = read_pages(render_pdf("kode_akses", build_kode(17), kop=False))
    assert [page.count("K7QM-4TXP-92HD") for page in pages] == [8, 8, 1]


def test_slip_with_a_name_of_200_letters_stays_on_its_sheet():
    data = build_kode(8, nama="Muhammad " * 22, unit="Unit Pelaksana Teknis " * 6)
    pages = read_pages(render_pdf("kode_akses", data, kop=False))
    assert len(pages) == 1
    assert pages[0].count(squeeze("Muhammad " * 22)) == 8


# -- Long papers --------------------------------------------------------------------------


def test_rows_are_the_records_at_any_depth():
    assert count_rows(build_duk(pns=5, cpns=2)) == 2 + 7
    assert count_rows({"a": [["x", "y"], ["z"]], "b": "teks", "c": ["d"]}) == 2


def test_long_list_is_set_in_a_process_of_its_own_without_tags(monkeypatch):
    monkeypatch.setattr(rendering, "MAX_TAGGED_ROWS", 50)
    monkeypatch.setattr(rendering, "APART_ROWS", 20)
    here = []
    monkeypatch.setattr(engine, "compile_pdf", lambda *a, **k: here.append(a))
    with open_pdf(render_pdf("duk", build_duk(pns=30))) as pdf:
        assert "/StructTreeRoot" in pdf.Root
    with open_pdf(render_pdf("duk", build_duk(pns=60))) as pdf:
        assert "/StructTreeRoot" not in pdf.Root
    assert here == []


def test_long_tagged_paper_is_packed_and_keeps_its_marks(monkeypatch):
    monkeypatch.setattr(engine, "PACK_ABOVE_BYTES", 10**9)
    plain = render_pdf("duk", build_duk(pns=100))
    monkeypatch.setattr(engine, "PACK_ABOVE_BYTES", 1000)
    packed = render_pdf("duk", build_duk(pns=100))
    assert len(packed) < len(plain) * 0.6
    assert render_pdf("duk", build_duk(pns=100)) == packed
    with open_pdf(packed) as pdf:
        meta = pdf.open_metadata()
        assert (meta["pdfaid:conformance"], meta["pdfuaid:part"]) == ("A", "1")
        assert "/StructTreeRoot" in pdf.Root


def test_list_beyond_the_limit_is_refused_with_a_way_out(monkeypatch):
    monkeypatch.setattr(rendering, "APART_ROWS", 5)
    monkeypatch.setattr(rendering, "MAX_ROWS", 10)
    with pytest.raises(DomainError, match="unduh sebagai Excel") as refusal:
        render_pdf("duk", build_duk(pns=20))
    assert refusal.value.kode == "terlalu_panjang"


def test_list_that_takes_too_long_is_stopped():
    with pytest.raises(DomainError) as refusal:
        render_pdf_apart("duk", build_duk(), timeout_seconds=0.001)
    assert refusal.value.kode == "waktu_habis"


def test_fault_in_the_other_process_is_not_swallowed():
    data = build_duk()
    del data["unit"]
    with pytest.raises(RuntimeError, match="unit"):
        render_pdf_apart("duk", data)


def test_engine_needs_no_django():
    code = (
        "import sys; import bkpsdmd.documents.engine; "
        "assert not any(m.split('.')[0] == 'django' for m in sys.modules)"
    )
    command = [sys.executable, "-c", code]
    subprocess.run(command, check=True, cwd=engine.PROJECT)  # noqa: S603


@pytest.mark.slow
def test_duk_of_5000_people_takes_less_than_15_seconds_of_work():
    """Processor time: the clock on the wall tells as much of the neighbours."""

    def used() -> float:
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        return usage.ru_utime + usage.ru_stime

    before = used()
    content = render_pdf("duk", build_duk(pns=4950, cpns=50))
    assert 1 < used() - before < 15
    with open_pdf(content) as pdf:
        assert len(pdf.pages) > 80
