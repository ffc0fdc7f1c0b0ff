"""The annex of an act: the people it moves, old unit and new, as XLSX and as PDF."""

from __future__ import annotations

import datetime as dt
import tempfile
from itertools import islice
from typing import IO

from bkpsdmd.accounts.models import User
from bkpsdmd.audit import services as audit
from bkpsdmd.documents.rendering import render_pdf
from bkpsdmd.documents.shapes import Statistik, Tabel
from bkpsdmd.documents.spreadsheets import Column, write_xlsx
from bkpsdmd.exceptions import DomainError
from bkpsdmd.ui.formats import format_angka, format_nip, format_tanggal
from simpeg.models import (
    PenataanUnit,
)
from simpeg.selectors.penataan import (
    BarisLampiran,
    list_lampiran,
)

# In memory up to this size, then in a file of its own.
SPOOL_BYTES = 5_000_000
# So many lines a PDF is made of while somebody waits.
CETAK = 2_000
JUDUL = ("Nama", "Jabatan lama", "Unit lama", "Jabatan baru", "Unit baru")


def export_lampiran(*, penataan: PenataanUnit, by: User) -> IO[bytes]:
    """Return the people an act moves, old unit and new, as an open XLSX; logged."""
    file = tempfile.SpooledTemporaryFile(max_size=SPOOL_BYTES)  # noqa: SIM115
    write_xlsx(
        file,
        title=f"Lampiran {penataan.nomor}",
        columns=[
            Column("No.", "int", 6),
            Column("NIP", "text", 22),
            *(Column(label, "text", 38) for label in JUDUL),
        ],
        rows=(
            (n, row.nip, *_cells(row))
            for n, row in enumerate(list_lampiran(penataan), 1)
        ),
        sheet="Lampiran",
        notes=[_judul_lampiran(penataan)],
    )
    audit.record("penataan.lampiran", penataan, by=by)
    file.seek(0)
    return file


def print_lampiran(*, penataan: PenataanUnit, by: User, dibuat: dt.datetime) -> bytes:
    """Return the same list as a PDF; logged. Refused for more people than a paper holds."""
    rows = list(islice(list_lampiran(penataan), CETAK + 1))
    if len(rows) > CETAK:
        raise DomainError(
            f"Lebih dari {format_angka(CETAK)} orang: unduh lampiran Excel saja."
        )
    tabel: Tabel = {
        "jenis": "tabel",
        "judul": "Pegawai yang pindah unit kerja atau jabatan",
        "kolom": [
            {"label": "No.", "lebar": 4, "rata": "kanan"},
            {"label": "Nama dan NIP", "lebar": 26},
            {"label": "Jabatan lama", "lebar": 22},
            {"label": "Unit lama", "lebar": 22},
            {"label": "Jabatan baru", "lebar": 22},
            {"label": "Unit baru", "lebar": 22},
        ],
        "baris": [
            [format_angka(n), f"{row.nama}\n{format_nip(row.nip)}", *_cells(row)[1:]]
            for n, row in enumerate(rows, 1)
        ],
        "nihil": "Nihil",
        "alasan_nihil": "tidak ada pegawai yang pindah",
    }
    data: Statistik = {
        "judul": "Lampiran penataan organisasi",
        "judul_pendek": f"Lampiran {penataan.nomor}",
        "dibuat": dibuat.isoformat(),
        "untuk": f"{penataan.nomor} tanggal {format_tanggal(penataan.tanggal)} tentang "
        f"{penataan.tentang}",
        "keadaan": format_tanggal(penataan.berlaku),
        "temuan": f"{format_angka(len(rows))} pegawai pindah unit kerja atau jabatan.",
        "lanskap": True,
        "kepala_tegak": False,
        "isi": [tabel],
        "catatan": [
            "Disusun portal dari langkah-langkah penataan; keadaan: "
            f"{penataan.get_status_display().lower()}."
        ],
    }
    audit.record("penataan.lampiran", penataan, by=by)
    return render_pdf("statistik", dict(data))


def _cells(row: BarisLampiran) -> tuple[str, str, str, str, str]:
    return row.nama, row.jabatan_lama, row.unit_lama, row.jabatan_baru, row.unit_baru


def _judul_lampiran(penataan: PenataanUnit) -> str:
    return (
        f"{penataan.nomor} tanggal {format_tanggal(penataan.tanggal)} tentang "
        f"{penataan.tentang}, berlaku {format_tanggal(penataan.berlaku)}."
    )
