"""Sheets we write hold data and nothing that acts; tables we read are what they seem."""

import datetime as dt
import io
import struct
import zipfile
from decimal import Decimal

import openpyxl
import pytest

from bkpsdmd.documents import spreadsheets
from bkpsdmd.documents.spreadsheets import Column, read_table, write_xlsx
from bkpsdmd.exceptions import DomainError

COLUMNS = [
    Column("NIP", "text", 22),
    Column("Jumlah", "int"),
    Column("TMT", "date"),
    Column("Gaji", "rupiah"),
    Column("Nilai", "decimal"),
]
ROW = ["198504122010011001", 1234, dt.date(2026, 1, 1), 3_500_000, Decimal("98.75")]


def write(rows, columns=COLUMNS, **options):
    target = io.BytesIO()
    write_xlsx(target, title="Daftar contoh", columns=columns, rows=rows, **options)
    return target.getvalue()


def load(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def refusal_of(content, **options):
    with pytest.raises(DomainError) as refusal:
        list(read_table(content, **options).rows)
    return refusal.value


# -- Writing ------------------------------------------------------------------------------


def test_values_keep_their_type():
    page = load(write([ROW]))["Data"]
    assert [cell.value for cell in page[1]] == ["NIP", "Jumlah", "TMT", "Gaji", "Nilai"]
    assert [cell.value for cell in page[2]] == [
        "198504122010011001",
        1234,
        dt.datetime(2026, 1, 1),  # noqa: DTZ001
        3_500_000,
        98.75,
    ]
    assert page["A2"].data_type == "s"
    assert page["A2"].number_format == "@"
    assert page["C2"].number_format == "dd-mm-yyyy"
    assert page["D2"].number_format == '"Rp" #,##0'


def test_head_is_frozen_filtered_and_repeated():
    page = load(write([ROW, ROW]))["Data"]
    assert page.freeze_panes == "A2"
    assert page.auto_filter.ref == "A1:E3"
    assert page.print_title_rows == "$1:$1"
    assert page["A1"].font.bold
    assert page.column_dimensions["A"].width == pytest.approx(22.7, abs=0.1)


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+62 812",
        "-2+3",
        "@SUM(A1)",
        '=HYPERLINK("http://contoh.example","klik")',
        "http://contoh.example",
        "mailto:a@contoh.example",
        "<script>alert(1)</script>",
        "\tindent",
        "00123",
        "1e5",
    ],
)
def test_text_never_becomes_formula_link_or_number(text):
    content = write([[text, text, text, text, text]])
    page = load(content)["Data"]
    for cell in page[2]:
        assert (cell.value, cell.data_type) == (text, "s")
        assert cell.hyperlink is None
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        sheet = package.read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet
    assert b"hyperlink" not in sheet


def test_number_too_long_for_excel_stays_exact_as_text():
    page = load(write([["x", 196807141991022001, None, 10**15, None]]))["Data"]
    assert page["B2"].value == "196807141991022001"
    assert page["D2"].value == str(10**15)


def test_instant_is_written_as_the_time_here():
    instant = dt.datetime(2026, 1, 1, 20, tzinfo=dt.UTC)
    page = load(write([["x", None, instant, None, None]]))["Data"]
    assert page["C2"].value == dt.datetime(2026, 1, 2, 4)  # noqa: DTZ001


def test_empty_values_leave_empty_cells():
    page = load(write([[None, None, None, None, None], ["", "", "", "", ""]]))["Data"]
    assert all(cell.value is None for row in page["A2:E3"] for cell in row)


def test_text_longer_than_a_cell_says_that_it_was_cut():
    page = load(write([["a" * 40_000, 1, None, None, None]]))["Data"]
    assert len(page["A2"].value) == 32_767
    assert page["A2"].value.endswith("… (dipotong)")


def test_title_and_notes_stand_on_their_own_sheet():
    book = load(write([ROW], sheet="Pegawai", notes=["Keadaan 31-12-2026", "=1"]))
    assert book.sheetnames == ["Pegawai", "Keterangan"]
    page = book["Keterangan"]
    assert [page[f"A{n}"].value for n in (1, 3, 4)] == [
        "Daftar contoh",
        "Keadaan 31-12-2026",
        "=1",
    ]
    assert page["A4"].data_type == "s"
    assert book.properties.title == "Daftar contoh"


def test_number_of_rows_is_returned_and_a_path_will_do(tmp_path):
    path = tmp_path / "daftar.xlsx"
    assert write_xlsx(path, title="x", columns=COLUMNS, rows=iter([ROW, ROW])) == 2
    assert load(path.read_bytes())["Data"].max_row == 3


def test_row_with_a_missing_value_is_a_mistake():
    with pytest.raises(ValueError, match="zip"):
        write([["hanya satu"]])


def test_list_longer_than_a_sheet_is_refused(monkeypatch):
    monkeypatch.setattr(spreadsheets, "MAX_SHEET_ROWS", 2)
    with pytest.raises(DomainError) as refusal:
        write([ROW] * 3)
    assert refusal.value.kode == "terlalu_panjang"


# -- Reading XLSX ---------------------------------------------------------------------------


def test_xlsx_comes_back_as_written():
    table = read_table(write([ROW, ROW]))
    assert table.format == "xlsx"
    assert table.header == ["NIP", "Jumlah", "TMT", "Gaji", "Nilai"]
    assert list(table.rows) == [
        (2, ["198504122010011001", 1234, dt.date(2026, 1, 1), 3_500_000, 98.75]),
        (3, ["198504122010011001", 1234, dt.date(2026, 1, 1), 3_500_000, 98.75]),
    ]


def test_whole_numbers_of_excel_are_whole():
    ((_number, cells),) = read_table(write([["x", 1990, None, None, None]])).rows
    assert cells[1] == 1990
    assert isinstance(cells[1], int)


def test_empty_row_is_counted_and_left_out():
    book = openpyxl.Workbook()
    for row in (["NIP", "Nama"], ["1", "a"], [None, None], ["2", "b"]):
        book.active.append(row)
    target = io.BytesIO()
    book.save(target)
    assert [n for n, _cells in read_table(target.getvalue()).rows] == [2, 4]


def test_hidden_sheet_is_not_read():
    book = openpyxl.Workbook()
    book.active.title = "Rahasia"
    book.active.append(["salah"])
    book.active.sheet_state = "hidden"
    book.create_sheet("Data").append(["NIP", "Nama"])
    book.active = 1
    target = io.BytesIO()
    book.save(target)
    assert read_table(target.getvalue()).header == ["NIP", "Nama"]


def test_formula_is_read_as_its_value_not_run():
    book = openpyxl.Workbook()
    book.active.append(["NIP", "Nama"])
    book.active.append(["=1+1", "a"])
    target = io.BytesIO()
    book.save(target)
    ((_number, cells),) = read_table(target.getvalue()).rows
    assert cells == [None, "a"]


@pytest.mark.parametrize("keep", [0.3, 0.9, 0.99])
def test_truncated_xlsx_is_called_damaged(keep):
    content = write([ROW] * 50)
    error = refusal_of(content[: int(len(content) * keep)])
    assert error.kode == "rusak"
    assert "rusak" in error.pesan


def test_xlsx_with_a_flipped_byte_is_called_damaged():
    content = bytearray(write([ROW] * 500))
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        info = package.getinfo("xl/worksheets/sheet1.xml")
    content[info.header_offset + 200] ^= 0xFF
    assert refusal_of(bytes(content)).kode == "rusak"


def test_xlsx_with_broken_xml_is_called_damaged():
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(write([ROW]))) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            text = old.read(name)
            new.writestr(name, text[: len(text) // 2] if "sheet1" in name else text)
    assert refusal_of(target.getvalue()).kode == "rusak"


def _package(parts):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts.items():
            package.writestr(name, text)
    return target.getvalue()


def test_zip_bomb_is_refused_before_it_unfolds(monkeypatch):
    monkeypatch.setattr(spreadsheets, "MAX_UNPACKED_BYTES", 5_000_000)
    bomb = _package({"xl/workbook.xml": "<x/>", "xl/media/a": b"\0" * 20_000_000})
    assert len(bomb) < 30_000
    assert refusal_of(bomb).kode == "terlalu_besar"


def test_lying_size_in_the_package_does_not_help():
    content = bytearray(_package({"xl/workbook.xml": b"\0" * 1_000_000}))
    # The central directory claims 10 bytes instead.
    at = content.rindex(b"PK\x01\x02")
    struct.pack_into("<I", content, at + 24, 10)
    assert refusal_of(bytes(content)).kode == "rusak"


@pytest.mark.parametrize("cell", ["XFD1", "A1048576", "ALM200001"])
def test_one_far_cell_does_not_fill_the_memory(cell):
    row = cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    sheet = (
        f'<row r="1"><c r="A1"/></row><row r="{row}"><c r="{cell}"><v>1</v></c></row>'
    )
    parts = {"xl/workbook.xml": "<x/>", "xl/worksheets/sheet1.xml": sheet}
    assert refusal_of(_package(parts)).kode == "terlalu_besar"


def test_far_cell_is_found_across_two_pieces(monkeypatch):
    monkeypatch.setattr(spreadsheets, "CHUNK", 7)
    sheet = '<row r="1"><c r="XFD1"><v>1</v></c></row>'
    parts = {"xl/workbook.xml": "<x/>", "xl/worksheets/sheet1.xml": sheet}
    assert refusal_of(_package(parts)).kode == "terlalu_besar"


# -- Reading CSV ----------------------------------------------------------------------------


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_csv_of_any_usual_kind(delimiter, encoding, newline):
    lines = [["NIP", "Nama"], ["0123", "Noor – “Café”"], ["4", ""]]
    text = newline.join(delimiter.join(line) for line in lines) + newline
    table = read_table(text.encode(encoding))
    assert table.format == "csv"
    assert table.header == ["NIP", "Nama"]
    assert list(table.rows) == [(2, ["0123", "Noor – “Café”"]), (3, ["4", None])]


def test_delimiter_is_judged_outside_quotes():
    table = read_table(b'"a, b, c, d";Nama\n"x, y";2\n')
    assert table.header == ["a, b, c, d", "Nama"]


def test_line_break_in_a_cell_does_not_shift_the_numbers():
    table = read_table(b'NIP,Alamat\n1,"Jl. Contoh\nRT 1\nBarabai"\n2,b\n\n3,c\n')
    assert [(n, cells[0]) for n, cells in table.rows] == [(2, "1"), (3, "2"), (5, "3")]


def test_head_is_trimmed():
    assert read_table(b' NIP  BARU ,"NAMA\nLENGKAP"\n1,2\n').header == [
        "NIP BARU",
        "NAMA LENGKAP",
    ]


def test_open_quote_is_refused_with_its_place_instead_of_swallowing_rows():
    error = refusal_of(b'a,b\n1,2\n3,"terbuka\n4,5\n')
    assert error.kode == "rusak"
    assert "baris 3" in error.pesan


def test_address_of_5000_letters_is_read_whole():
    table = read_table(b"NIP,Alamat\n1," + b"a" * 5_000 + b"\n")
    assert len(next(table.rows)[1][1]) == 5_000


# -- Refusals -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"MZ\x90\x00\x03\x00\x00\x00" + b"\0" * 100, "program (.exe)"),
        (b"%PDF-1.7\n1 0 obj", "sebenarnya PDF"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "sebenarnya PNG"),
        (_package({"word/document.xml": "<x/>"}), "bukan Excel"),
        (b"Rar!\x1a\x07\x00" + b"\0" * 20, "arsip RAR"),
        ("NIP,Nama\n1,a\n".encode("utf-16"), "CSV UTF-8"),
        (b"NIP,Nama\n1,a\x00b\n", "CSV UTF-8"),
        (b"NIP,Nama\n1,\x81\x8d\n", "CSV UTF-8"),
        (b"sebuah kalimat biasa saja", "bukan tabel"),
        (b"", "kosong"),
        (b"  \r\n \n", "kosong"),
    ],
)
def test_what_is_not_a_table_is_named(content, words):
    error = refusal_of(content)
    assert words in error.pesan
    assert error.kolom == "berkas"


def test_old_excel_file_is_named():
    head = bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 1000
    assert "bukan Excel (.xlsx)" in refusal_of(head).pesan


def test_file_over_the_limit_is_refused():
    error = refusal_of(b"a,b\n" + b"1,2\n" * 1000, max_bytes=1000)
    assert error.kode == "terlalu_besar"


def test_too_many_rows_are_refused(monkeypatch):
    monkeypatch.setattr(spreadsheets, "MAX_ROWS", 3)
    assert refusal_of(b"a,b\n" + b"1,2\n" * 5).kode == "terlalu_besar"


def test_reading_does_not_need_the_name_of_the_file(tmp_path):
    path = tmp_path / "ekspor.tanpa"
    path.write_bytes(b"a,b\n1,2\n")
    assert list(read_table(path).rows) == [(2, ["1", "2"])]
