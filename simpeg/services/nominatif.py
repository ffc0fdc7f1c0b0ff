"""The daftar nominatif of the people behind a filter, as PDF and XLSX."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Any

from django.db import transaction
from django.db.models import Case, F, QuerySet, Value, When
from django.utils import timezone

from bkpsdmd.accounts.models import User
from bkpsdmd.audit import services as audit
from bkpsdmd.documents.models import get_kantor
from bkpsdmd.documents.rendering import render_pdf
from bkpsdmd.documents.shapes import BagianDaftar, DaftarOrang, KolomTabel
from bkpsdmd.documents.spreadsheets import Column, write_xlsx
from bkpsdmd.exceptions import DomainError
from bkpsdmd.ui.formats import KOSONG, format_angka, format_tanggal
from bkpsdmd.ui.formats import format_tanggal_singkat as singkat
from simpeg.choices import Eselon, StatusKepegawaian
from simpeg.models import KeadaanLampau, KeadaanPegawai, Potret, TindakanMassal
from simpeg.rules.waktu import compute_usia
from simpeg.selectors.penandatangan import get_penandatangan
from simpeg.selectors.perorangan import (
    DataOrang,
    list_data_orang,
    load_nama_referensi,
)
from simpeg.services.pembukaan import note_unduhan

PDF_LIMIT = 10_000
BATCH = 500
URUTAN = {
    "unit": "Menurut unit kerja, lalu pangkat",
    "pangkat": "Menurut pangkat tertinggi",
    "nama": "Menurut nama",
}
# What may be added to the fixed columns; `alamat` for those who may read it.
TAMBAHAN = {"agama": "Agama", "kawin": "Status perkawinan", "alamat": "Alamat"}
TERTUTUP = frozenset({"alamat"})
CATATAN_LAMPAU = (
    "Keadaan diturunkan dari riwayat yang berlaku pada tanggal itu; nama, agama, status "
    "perkawinan, dan alamat menurut catatan sekarang."
)

Progress = Callable[[int, int, str], None]
Names = Mapping[tuple[str, str], str]


@dataclass(frozen=True)
class Kolom:
    """A column of the paper; `lebar` in millimetres on A4."""

    label: str
    lebar: float
    tulis: Callable[[DataOrang, Names], str]
    rata: str = "kiri"


def order_nominatif(
    rows: QuerySet[KeadaanPegawai], urutan: str
) -> QuerySet[KeadaanPegawai]:
    """Return the rows in one of the orders of `URUTAN`; PPPK after the PNS."""
    pangkat = (
        Case(When(kunci_duk="", then=Value(1)), default=Value(0)),
        F("kunci_duk").asc(),
        F("golongan__urut").desc(nulls_last=True),
        F("nama_urut").asc(),
        F("pk").asc(),
    )
    match urutan:
        case "unit":
            return rows.order_by("unit_path", *pangkat)
        case "pangkat":
            return rows.order_by(*pangkat)
        case _:
            return rows.order_by("nama_urut", "pk")


def order_lampau(rows: QuerySet[KeadaanLampau], urutan: str) -> QuerySet[KeadaanLampau]:
    """Return the people of a past day in one of the orders; the units as they hung."""
    pns = [StatusKepegawaian.PNS.value, StatusKepegawaian.CPNS.value]
    pangkat = (
        Case(When(status__in=pns, then=Value(0)), default=Value(1)),
        F("golongan__urut").desc(nulls_last=True),
        F("tmt_golongan").asc(nulls_last=True),
        F("kunci_masa_kerja").asc(nulls_last=True),
        F("nama_urut").asc(),
        F("pegawai").asc(),
    )
    match urutan:
        case "unit":
            return rows.order_by(
                F("opd__path").asc(nulls_last=True), "unit_path", *pangkat
            )
        case "pangkat":
            return rows.order_by(*pangkat)
        case _:
            return rows.order_by("nama_urut", "pegawai")


def write_nominatif(
    *,
    rows: QuerySet[KeadaanPegawai] | QuerySet[KeadaanLampau],
    tindakan: TindakanMassal,
    untuk: str,
    file: IO[bytes],
    by: User,
    dibuat: dt.datetime,
    progress: Progress,
    potret: Potret | None = None,
) -> None:
    """Write the file of these people in their order, and log that it was made.

    The XLSX is written as the people are read; a PDF of more than 10,000 is refused.
    With `potret` the rows are those of its day.
    """
    params = tindakan.params
    tambahan = [kunci for kunci in TAMBAHAN if kunci in params["tambahan"]]
    order = order_lampau if potret else order_nominatif
    ordered = order(rows, params["urutan"])  # type: ignore[arg-type]
    ids = list(ordered.values_list("pegawai", flat=True))
    people = _iter_people(ids, tindakan.per_tanggal, progress, potret)
    if params["bentuk"] == "xlsx":
        _write_xlsx(file, people, tambahan, untuk, tindakan.per_tanggal)
    else:
        if len(ids) > PDF_LIMIT:
            raise DomainError(
                f"Daftar ini memuat {format_angka(len(ids))} orang; PDF paling banyak "
                f"{format_angka(PDF_LIMIT)}. Persempit saringannya, atau pilih Excel.",
                kode="terlalu_panjang",
            )
        data = build_nominatif(
            people=list(people),
            tambahan=tambahan,
            urutan=params["urutan"],
            untuk=untuk,
            per_tanggal=tindakan.per_tanggal,
            dibuat=dibuat,
            is_lampau=potret is not None,
        )
        file.write(render_pdf("daftar", dict(data)))
    with transaction.atomic():
        audit.record("nominatif.cetak", tindakan, by=by)
        if TERTUTUP.intersection(tambahan):
            note_unduhan(
                ids=ids, bagian="Daftar nominatif dengan alamat", by=by, now=dibuat
            )


def _iter_people(
    ids: Sequence[int],
    per_tanggal: dt.date,
    progress: Progress,
    potret: Potret | None,
) -> Iterator[DataOrang]:
    for start in range(0, len(ids), BATCH):
        progress(start, len(ids), "Menyusun daftar")
        yield from list_data_orang(
            ids[start : start + BATCH],
            jenis=(),
            per_tanggal=per_tanggal,
            potret=potret,
        )


def build_nominatif(
    *,
    people: Sequence[DataOrang],
    tambahan: Sequence[str],
    urutan: str,
    untuk: str,
    per_tanggal: dt.date,
    dibuat: dt.datetime,
    is_lampau: bool = False,
) -> DaftarOrang:
    """Return the content of the paper; by unit, a band names each one."""
    names = load_nama_referensi()
    is_per_unit = urutan == "unit"
    kolom = [*_list_kolom(is_per_unit), *(_TAMBAHAN[kunci] for kunci in tambahan)]
    bagian: list[BagianDaftar] = []
    for nomor, orang in enumerate(people, start=1):
        judul = _pita(orang) if is_per_unit else ""
        if not bagian or bagian[-1]["judul"] != judul:
            bagian.append({"judul": judul, "baris": []})
        bagian[-1]["baris"].append(
            [str(nomor), *(satu.tulis(orang, names) for satu in kolom)]
        )
    return {
        "judul": "Daftar Nominatif Pegawai",
        "judul_pendek": "Daftar nominatif",
        "dibuat": dibuat.isoformat(),
        "untuk": untuk,
        "keadaan": format_tanggal(per_tanggal),
        "kolom": [
            {"label": "No.", "lebar": 8.0, "rata": "tengah"},
            *map(_lebar, kolom),
        ],
        "bagian": bagian,
        "nihil": "Tidak ada pegawai yang cocok dengan saringan ini.",
        "catatan": [
            f"Jumlah: {format_angka(len(people))} orang.",
            *([CATATAN_LAMPAU] if is_lampau else []),
        ],
        # Who signs now signs a list of a past day too.
        "penandatangan": get_penandatangan(
            "kepegawaian",
            per_tanggal=timezone.localdate(dibuat),
            tempat=get_kantor().tempat,
        ),
    }


def _lebar(kolom: Kolom) -> KolomTabel:
    return {
        "label": kolom.label,
        "lebar": kolom.lebar,
        "rata": "tengah" if kolom.rata == "tengah" else "kiri",
    }


def _pita(orang: DataOrang) -> str:
    """Return the heading of the unit a person stands under."""
    unit, opd = orang.nama_unit, orang.nama_opd
    if not unit:
        return "Unit kerja belum tercatat"
    return unit if opd in ("", unit) else f"{unit}, {opd}"


# -- Columns ----------------------------------------------------------------------------


def _nama(orang: DataOrang, names: Names) -> str:
    return f"{orang.pegawai.nama_lengkap}\n{orang.pegawai.nip}"


def _lahir(orang: DataOrang, names: Names) -> str:
    tempat, hari = orang.pegawai.tempat_lahir, singkat(orang.pegawai.tanggal_lahir)
    return f"{tempat},\n{hari}" if tempat else hari


def _pangkat(orang: DataOrang, names: Names) -> str:
    pangkat = orang.keadaan.pangkat
    if pangkat is None:
        return KOSONG
    nama = pangkat.golongan.pangkat
    return f"{nama}\n{pangkat.golongan_id}" if nama else pangkat.golongan_id


def _jabatan(orang: DataOrang, names: Names) -> str:
    return orang.jabatan_kini or KOSONG


def _eselon(orang: DataOrang) -> str:
    jabatan = orang.keadaan.jabatan
    eselon = jabatan.jabatan.eselon if jabatan else ""
    return Eselon(eselon).label if eselon else ""


def _diklat(orang: DataOrang, names: Names) -> str:
    diklat = orang.keadaan.diklat
    return f"{diklat.nama}\n{diklat.tanggal_selesai.year}" if diklat else KOSONG


def _pendidikan(orang: DataOrang, names: Names) -> str:
    pendidikan = orang.keadaan.pendidikan
    if pendidikan is None:
        return KOSONG
    return f"{pendidikan.nama}\n{pendidikan.tahun_lulus or ''}".strip()


def _masa_kerja(orang: DataOrang) -> tuple[str, str]:
    if orang.keadaan.pangkat is None:
        return KOSONG, KOSONG
    tahun, bulan = divmod(orang.keadaan.masa_kerja_bulan or 0, 12)
    return str(tahun), str(bulan)


def _usia(orang: DataOrang) -> int:
    return compute_usia(orang.pegawai.tanggal_lahir, orang.keadaan.per_tanggal)


def _tmt(row: Any) -> str:
    return singkat(row.tmt) if row else KOSONG


def _list_kolom(is_per_unit: bool) -> list[Kolom]:
    unit = Kolom("Unit kerja", 34, lambda o, n: _pita(o))
    return [
        Kolom("Nama dan NIP", 42, _nama),
        Kolom("Tempat, tanggal lahir", 22, _lahir),
        Kolom("L/P", 7, lambda o, n: o.pegawai.jenis_kelamin, "tengah"),
        Kolom("Pangkat, golongan", 24, _pangkat),
        Kolom("TMT golongan", 16, lambda o, n: _tmt(o.keadaan.pangkat), "tengah"),
        Kolom("Jabatan", 40, _jabatan),
        Kolom("Eselon", 10, lambda o, n: _eselon(o), "tengah"),
        Kolom("TMT jabatan", 16, lambda o, n: _tmt(o.keadaan.jabatan), "tengah"),
        *([] if is_per_unit else [unit]),
        Kolom("MK (thn)", 8, lambda o, n: _masa_kerja(o)[0], "tengah"),
        Kolom("MK (bln)", 8, lambda o, n: _masa_kerja(o)[1], "tengah"),
        Kolom("Diklat struktural", 28, _diklat),
        Kolom("Pendidikan terakhir", 32, _pendidikan),
        Kolom("Usia", 8, lambda o, n: str(_usia(o)), "tengah"),
    ]


_TAMBAHAN = {
    "agama": Kolom("Agama", 14, lambda o, n: n.get(("agama", o.pegawai.agama), KOSONG)),
    "kawin": Kolom(
        "Status kawin",
        16,
        lambda o, n: n.get(("kawin", o.pegawai.status_kawin), KOSONG),
    ),
    "alamat": Kolom("Alamat", 34, lambda o, n: o.pegawai.alamat or KOSONG),
}

_SHEET = (
    Column("No.", "int", 6),
    Column("NIP", "text", 22),
    Column("Nama", "text", 36),
    Column("Tempat lahir", "text", 18),
    Column("Tanggal lahir", "date", 14),
    Column("Jenis kelamin", "text", 8),
    Column("Status", "text", 12),
    Column("Golongan", "text", 10),
    Column("Pangkat", "text", 22),
    Column("TMT golongan", "date", 14),
    Column("Jabatan", "text", 40),
    Column("Eselon", "text", 8),
    Column("TMT jabatan", "date", 14),
    Column("Unit kerja", "text", 40),
    Column("Perangkat daerah", "text", 40),
    Column("Masa kerja (tahun)", "int", 12),
    Column("Masa kerja (bulan)", "int", 12),
    Column("Diklat struktural", "text", 30),
    Column("Tahun diklat", "int", 10),
    Column("Pendidikan terakhir", "text", 30),
    Column("Tingkat", "text", 16),
    Column("Tahun lulus", "int", 10),
    Column("Usia", "int", 8),
)


def _write_xlsx(
    file: IO[bytes],
    people: Iterator[DataOrang],
    tambahan: Sequence[str],
    untuk: str,
    per_tanggal: dt.date,
) -> None:
    names = load_nama_referensi()
    with tempfile.TemporaryFile() as spool:
        write_xlsx(
            spool,
            title=f"Daftar nominatif {untuk}, keadaan {format_tanggal(per_tanggal)}",
            columns=[
                *_SHEET,
                *(Column(TAMBAHAN[kunci], "text", 24) for kunci in tambahan),
            ],
            rows=(
                _cells(nomor, orang, tambahan, names)
                for nomor, orang in enumerate(people, start=1)
            ),
            sheet="Nominatif",
        )
        spool.seek(0)
        while chunk := spool.read(1 << 20):
            file.write(chunk)


def _cells(
    nomor: int, orang: DataOrang, tambahan: Sequence[str], names: Names
) -> list[Any]:
    pegawai, keadaan = orang.pegawai, orang.keadaan
    pangkat, jabatan = keadaan.pangkat, keadaan.jabatan
    pendidikan, diklat = keadaan.pendidikan, keadaan.diklat
    tahun, bulan = divmod(keadaan.masa_kerja_bulan or 0, 12)
    return [
        nomor,
        pegawai.nip,
        pegawai.nama_lengkap,
        pegawai.tempat_lahir,
        pegawai.tanggal_lahir,
        pegawai.jenis_kelamin,
        keadaan.status.label,
        pangkat.golongan_id if pangkat else "",
        pangkat.golongan.pangkat if pangkat else "",
        pangkat.tmt if pangkat else None,
        orang.jabatan_kini,
        _eselon(orang),
        jabatan.tmt if jabatan else None,
        orang.nama_unit,
        orang.nama_opd,
        tahun if pangkat else None,
        bulan if pangkat else None,
        diklat.nama if diklat else "",
        diklat.tanggal_selesai.year if diklat else None,
        pendidikan.nama if pendidikan else "",
        pendidikan.tingkat.nama if pendidikan else "",
        pendidikan.tahun_lulus if pendidikan else None,
        _usia(orang),
        *(_TAMBAHAN[kunci].tulis(orang, names) for kunci in tambahan),
    ]
