"""Tables out as XLSX, tables in from XLSX and CSV."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from decimal import Decimal
from os import PathLike
from pathlib import Path
from typing import IO, Any, Literal

import xlsxwriter
from django.conf import settings
from django.utils import timezone
from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from bkpsdmd.documents.uploads import describe_content
from bkpsdmd.exceptions import DomainError

# -- Out --------------------------------------------------------------------------------

Kind = Literal["text", "int", "date", "rupiah", "decimal"]
# Excel's own limits: rows of a sheet with its head, and digits that it keeps.
MAX_SHEET_ROWS = 1_048_575
MAX_CELL_TEXT = 32_767
MAX_EXACT_INTEGER = 10**15
CUT = " … (dipotong)"

FORMATS: dict[str, dict[str, Any]] = {
    "text": {"num_format": "@"},
    "int": {"num_format": "#,##0"},
    "date": {"num_format": "dd-mm-yyyy", "align": "center"},
    "rupiah": {"num_format": '"Rp" #,##0'},
    "decimal": {"num_format": "#,##0.00"},
}


# How a locked cell looks, and what a protected sheet still allows.
TERKUNCI = {"bg_color": "#F1F3F5", "font_color": "#55636F"}
BOLEH = {
    "format_columns": True,
    "format_rows": True,
    "sort": True,
    "autofilter": True,
}


@dataclass(frozen=True)
class Column:
    """A column of a sheet; `width` is in characters. NIP and NIK are text.

    With one column to fill in (`is_isian`) the sheet is protected and all others are
    locked; `pilihan` are the values Excel then offers. A hidden column travels along.
    """

    label: str
    kind: Kind = "text"
    width: float = 16
    is_isian: bool = False
    is_hidden: bool = False
    pilihan: tuple[str, ...] = ()


def write_xlsx(
    target: str | PathLike[str] | IO[bytes],
    *,
    title: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Any]],
    sheet: str = "Data",
    notes: Sequence[str] = (),
) -> int:
    """Write one sheet row by row, in little memory, and return how many rows.

    The head stands in row 1, so the sheet can be filtered and read in again; the title
    and `notes` stand on a second sheet. Text is always text: nothing in a cell becomes a
    formula or a link.
    """
    options = {"constant_memory": True}
    written = 0
    with xlsxwriter.Workbook(
        target if hasattr(target, "write") else str(target), options
    ) as book:
        book.set_properties({"title": title, "comments": "\n".join(notes)})
        page = book.add_worksheet(sheet)
        is_isian = any(column.is_isian for column in columns)
        formats = _write_head(book, page, columns, is_isian=is_isian)
        for row in rows:
            written += 1
            if written > MAX_SHEET_ROWS:
                raise DomainError(
                    "Daftar ini lebih panjang dari satu lembar Excel (1.048.575 baris). "
                    "Persempit saringannya, lalu unduh lagi.",
                    kode="terlalu_panjang",
                )
            for index, (value, column) in enumerate(zip(row, columns, strict=True)):
                _write_cell(page, written, index, value, column.kind, formats[index])
        page.autofilter(0, 0, written, len(columns) - 1)
        # A NIP is text on purpose: no green corner for each of them.
        page.ignore_errors({"number_stored_as_text": f"A1:XFD{written + 1}"})
        _set_up_print(page, title)
        if is_isian:
            page.protect("", BOLEH)
            _offer_choices(book, page, columns, max(written, 1))
        _write_notes(book, title, notes)
    return written


def _write_head(
    book: xlsxwriter.Workbook, page: Any, columns: Sequence[Column], *, is_isian: bool
) -> list[Any]:
    """Set width and heading of each column; return the format of its cells."""
    formats = [
        book.add_format(
            {
                "valign": "top",
                **FORMATS[column.kind],
                **({} if column.is_isian or not is_isian else TERKUNCI),
                "locked": not column.is_isian,
            }
        )
        for column in columns
    ]
    head = book.add_format(
        {
            "bold": True,
            "bg_color": "#E3F1F1",
            "bottom": 1,
            "text_wrap": True,
            "valign": "vcenter",
        }
    )
    for index, column in enumerate(columns):
        options = {"hidden": True} if column.is_hidden else {}
        page.set_column(index, index, column.width, formats[index], options)
        page.write_string(0, index, column.label, head)
    page.freeze_panes(1, _count_locked(columns) if is_isian else 0)
    return formats


def _set_up_print(page: Any, title: str) -> None:
    """One page wide on A4 across, the head on every page."""
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.set_footer("&LHalaman &P dari &N&R" + title.replace("&", "&&")[:120])


def _count_locked(columns: Sequence[Column]) -> int:
    """Return how many columns stand before the first that is filled in."""
    return next(index for index, column in enumerate(columns) if column.is_isian)


def _offer_choices(book: Any, page: Any, columns: Sequence[Column], rows: int) -> None:
    """Let Excel offer the values of a list and refuse others; they stand on a sheet."""
    daftar = [(n, column) for n, column in enumerate(columns) if column.pilihan]
    if not daftar:
        return
    lists = book.add_worksheet("Pilihan")
    longest = max(len(column.pilihan) for _, column in daftar)
    for row in range(longest):
        for place, (_, column) in enumerate(daftar):
            if row < len(column.pilihan):
                lists.write_string(row, place, column.pilihan[row])
    lists.protect()
    for place, (index, column) in enumerate(daftar):
        letter = xlsxwriter.utility.xl_col_to_name(place)
        page.data_validation(
            1,
            index,
            rows,
            index,
            {
                "validate": "list",
                "source": f"=Pilihan!${letter}$1:${letter}${len(column.pilihan)}",
                "error_title": "Tidak ada di daftar",
                "error_message": "Pilih salah satu dari daftar, atau kosongkan.",
            },
        )


def _write_cell(
    page: Any, row: int, index: int, value: Any, kind: Kind, style: Any
) -> None:
    if value is None or value == "":
        return
    if kind == "date" and isinstance(value, dt.date):
        page.write_datetime(row, index, _as_datetime(value), style)
    elif (
        kind in ("int", "rupiah", "decimal")
        and isinstance(value, (int, float, Decimal))
        and not isinstance(value, bool)
        and abs(float(value)) < MAX_EXACT_INTEGER
    ):
        page.write_number(row, index, float(value), style)
    else:
        page.write_string(row, index, _as_text(value), style)


def _as_datetime(value: dt.date) -> dt.datetime:
    if isinstance(value, dt.datetime):
        return timezone.make_naive(value) if value.tzinfo else value
    return dt.datetime(value.year, value.month, value.day)  # noqa: DTZ001 (Excel has none)


def _as_text(value: Any) -> str:
    text = str(value)
    if len(text) <= MAX_CELL_TEXT:
        return text
    return text[: MAX_CELL_TEXT - len(CUT)] + CUT


def _write_notes(book: Any, title: str, notes: Sequence[str]) -> None:
    page = book.add_worksheet("Keterangan")
    page.set_column(0, 0, 100)
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    page.write_string(0, 0, title, book.add_format({"bold": True, "font_size": 14}))
    for row, note in enumerate(notes, start=2):
        page.write_string(row, 0, note, wrap)


# -- In ---------------------------------------------------------------------------------

Cell = str | int | float | bool | dt.date | dt.datetime | dt.time | None

# Far above any office's file, far below what fills a server's memory.
MAX_UNPACKED_BYTES = 400_000_000
MAX_PARTS = 2_000
MAX_ROWS = 200_000
MAX_COLUMNS = 1_000
MAX_CELLS = 20_000_000
MAX_FIELD_CHARACTERS = 100_000
CHUNK = 1 << 20
# The container of .xls and .doc, and of any encrypted .xlsx.
OLD_OFFICE = bytes.fromhex("D0CF11E0A1B11AE1")
# What a damaged or encrypted package provokes.
UNREADABLE = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, RuntimeError,
    ValueError,
)  # fmt: skip
_CELL_COLUMN = re.compile(rb"""\br=["']([A-Z]{1,3})(?=[0-9])""")
_FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")
_ROW_NUMBER = re.compile(rb"""<(?:\w+:)?row[^>]*?\br=["']([0-9]+)""")

csv.field_size_limit(MAX_FIELD_CHARACTERS)


@dataclass(frozen=True)
class Table:
    """A table that was read: its head, and its rows with their number as people see it.

    The head is row 1 and each record counts one, also one whose cell holds line breaks,
    just as a spreadsheet shows it. Empty records are counted and left out.
    """

    format: Literal["xlsx", "csv"]
    header: list[str]
    rows: Iterator[tuple[int, list[Cell]]]


def read_table(
    source: str | PathLike[str] | bytes, *, max_bytes: int | None = None
) -> Table:
    """Read the first sheet of an XLSX, or a CSV, as its content tells.

    A CSV may be separated by `,` `;` or tabs, in UTF-8 or Windows-1252; its cells are
    text as written. Raises DomainError for anything else, in words for the person who
    chose the file; for a CSV also while `rows` is being read.
    """
    content = source if isinstance(source, bytes) else Path(source).read_bytes()
    limit = max_bytes or settings.IMPORT_MAX_BYTES
    if not content.strip():
        raise _refusal("Berkas ini kosong. Pilih berkas lain.", "kosong")
    if len(content) > limit:
        raise _refusal(
            f"Berkas ini lebih besar dari {limit // 1_000_000} MB. Bagi menjadi beberapa "
            "berkas, lalu unggah satu per satu.",
            "terlalu_besar",
        )
    is_zip = content.startswith(b"PK")
    records = _read_xlsx(content) if is_zip else _read_csv(content)
    for _number, header in records:
        return Table(
            "xlsx" if is_zip else "csv", [_label(cell) for cell in header], records
        )
    raise _refusal("Berkas ini tidak berisi satu baris pun.", "kosong")


def find_formulas(content: bytes) -> set[tuple[int, int]]:
    """Return (row, column) of each cell of the first visible sheet that holds a formula.

    Both count from 1. `read_table` gives what a program last worked out there; who must
    not take that for typed text asks here. Call it after `read_table`, which checks the
    package. A CSV has none.
    """
    if not content.startswith(b"PK"):
        return set()
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        sheets = [n for n in package.namelist() if n.startswith("xl/worksheets/")]
        if not any(_FORMULA.search(package.read(name)) for name in sheets):
            return set()
    # Rarely needed, and slow to import.
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(content), read_only=True)
    with closing(book):
        page = next(p for p in book.worksheets if p.sheet_state == "visible")
        return {
            (cell.row, cell.column)
            for row in page.iter_rows()
            for cell in row
            if cell.data_type == "f"
        }


def _label(cell: Cell) -> str:
    return " ".join(str(cell).split()) if cell is not None else ""


def _read_xlsx(content: bytes) -> Iterator[tuple[int, list[Cell]]]:
    _check_package(content)
    try:
        with closing(CalamineWorkbook.from_filelike(io.BytesIO(content))) as book:
            visible = [
                sheet.name
                for sheet in book.sheets_metadata
                if sheet.visible == SheetVisibleEnum.Visible
            ]
            if not visible:
                raise _refusal("Berkas Excel ini tidak punya lembar yang terlihat.")
            sheet = book.get_sheet_by_name(visible[0])
            cells = sheet.to_python(skip_empty_area=False)
    except CalamineError as error:
        raise _damaged_xlsx() from error
    return _number(map(_clean_row, cells))


def _number(records: Iterable[list[Cell]]) -> Iterator[tuple[int, list[Cell]]]:
    for number, record in enumerate(records, start=1):
        if any(cell is not None for cell in record):
            yield number, record


def _clean_row(row: list[Any]) -> list[Cell]:
    return [_clean(cell) for cell in row]


def _clean(cell: Any) -> Cell:
    # Excel knows no whole numbers: 1990 is stored as 1990.0.
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    if isinstance(cell, dt.timedelta):
        return str(cell)
    return None if cell == "" else cell


def _check_package(content: bytes) -> None:
    """Refuse what is not an XLSX, is damaged, or would unfold to fill the memory.

    Each part is unpacked to its end, in pieces: that checks its checksum, and measures
    what it really holds instead of what its label claims.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = set(package.namelist())
            if "xl/workbook.xml" not in names:
                found = describe_content(content)
                raise _refusal(
                    f"Berkas ini sebenarnya {found}, bukan Excel (.xlsx) atau CSV."
                    if found not in ("", "lembar Excel")
                    else "Berkas ini bukan Excel (.xlsx) atau CSV. Simpan ulang sebagai "
                    ".xlsx, lalu coba lagi."
                )
            if len(names) > MAX_PARTS:
                raise _refusal("Susunan berkas Excel ini tidak wajar; simpan ulang.")
            unpacked = 0
            for part in package.infolist():
                for size in _unpack(package, part):
                    unpacked += size
                    if unpacked > MAX_UNPACKED_BYTES:
                        raise _too_large()
    except UNREADABLE as error:
        raise _damaged_xlsx() from error


def _unpack(package: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[int]:
    """Yield the size of each piece of a part; of a sheet, measure its table too."""
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise _damaged_xlsx()
    is_sheet = info.filename.startswith("xl/worksheets/")
    columns: set[bytes] = set()
    last_row = 0
    tail = b""
    with package.open(info) as part:
        while piece := part.read(CHUNK):
            yield len(piece)
            if not is_sheet:
                continue
            text = tail + piece
            columns.update(_CELL_COLUMN.findall(text))
            last_row = max(
                (int(n[:9]) for n in _ROW_NUMBER.findall(text)), default=last_row
            )
            # The reader makes room for every cell up to the last one named.
            width = max(map(_column_number, columns), default=0)
            if (
                last_row > MAX_ROWS
                or width > MAX_COLUMNS
                or last_row * width > MAX_CELLS
            ):
                raise _too_large()
            # A tag may lie across two pieces.
            tail = text[-200:]


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _read_csv(content: bytes) -> Iterator[tuple[int, list[Cell]]]:
    if content.startswith(OLD_OFFICE):
        raise _refusal(
            "Berkas ini dari Excel lama (.xls) atau berkata sandi, bukan Excel (.xlsx) "
            "atau CSV. Buka di Excel, simpan sebagai .xlsx tanpa kata sandi."
        )
    found = describe_content(content[:8192])
    if found:
        raise _refusal(f"Berkas ini sebenarnya {found}, bukan Excel (.xlsx) atau CSV.")
    text = _decode(content)
    delimiter = _sniff(text)
    return _number(_iter_csv(text, delimiter))


def _iter_csv(text: str, delimiter: str) -> Iterator[list[Cell]]:
    # Strict: a quote that is never closed would swallow the rows after it in silence.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    try:
        for number, record in enumerate(reader, start=1):
            if number > MAX_ROWS or len(record) > MAX_COLUMNS:
                raise _too_large()
            yield [cell if cell else None for cell in record]
    except csv.Error as error:
        raise _refusal(
            f"CSV ini rusak di sekitar baris {number + 1}: tanda kutip tidak berpasangan "
            "atau isi selnya terlalu panjang. Ekspor ulang dari sumbernya.",
            "rusak",
        ) from error


def _decode(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in content:
        raise _refusal(
            "Isi berkas ini tidak terbaca sebagai teks. Simpan ulang sebagai “CSV UTF-8”, "
            "lalu coba lagi."
        )
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _refusal(
        "Huruf pada berkas ini tidak terbaca. Simpan ulang sebagai “CSV UTF-8”, lalu coba "
        "lagi."
    )


def _sniff(text: str) -> str:
    """Return the separator that divides the head most often, outside quotes."""
    head = re.sub(r'"[^"]*"', "", text.lstrip("\r\n")[:20_000]).splitlines()
    first = head[0] if head else ""
    counts = {mark: first.count(mark) for mark in ",;\t"}
    best = max(counts, key=lambda mark: counts[mark])
    if not counts[best]:
        raise _refusal(
            "Berkas ini bukan tabel: pada baris pertamanya tidak ada koma, titik koma, "
            "atau tab. Pilih berkas Excel (.xlsx) atau CSV."
        )
    return best


def _damaged_xlsx() -> DomainError:
    return _refusal(
        "Berkas Excel ini rusak atau berkata sandi. Buka di Excel, simpan ulang sebagai "
        ".xlsx tanpa kata sandi, lalu coba lagi.",
        "rusak",
    )


def _too_large() -> DomainError:
    return _refusal(
        "Isi berkas ini terlalu besar untuk dibaca: paling banyak 200.000 baris dan 1.000 "
        "kolom. Hapus baris dan kolom kosong di tepinya, atau bagi menjadi beberapa berkas.",
        "terlalu_besar",
    )


def _refusal(pesan: str, kode: str = "jenis_tidak_diterima") -> DomainError:
    return DomainError(pesan, kolom="berkas", kode=kode)
