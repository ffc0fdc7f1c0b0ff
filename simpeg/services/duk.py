"""The official daftar urut kepangkatan on a date, as PDF and XLSX."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Callable, Iterator, Sequence

from bkpsdmd.accounts.models import User
from bkpsdmd.audit import services as audit
from bkpsdmd.documents.models import get_kantor
from bkpsdmd.documents.rendering import render_pdf
from bkpsdmd.documents.shapes import BagianDuk, BarisDuk, Duk
from bkpsdmd.documents.spreadsheets import Column, write_xlsx
from bkpsdmd.exceptions import DomainError
from bkpsdmd.jobs.models import Job
from bkpsdmd.jobs.services import enqueue
from bkpsdmd.ui.formats import format_tanggal, format_tanggal_singkat
from simpeg.choices import JenisASN, StatusKepegawaian
from simpeg.models import (
    Pegawai,
    RiwayatJabatan,
    UnitKerja,
)
from simpeg.rules.duk import check_keanggotaan_duk, rank_duk
from simpeg.rules.waktu import compute_usia
from simpeg.selectors.duk import build_fakta_duk
from simpeg.selectors.keadaan import Keadaan, list_keadaan
from simpeg.selectors.penandatangan import get_penandatangan

JOB_KIND = "simpeg.cetak_duk"
# A PDF of more people is a book nobody opens; see docs/adr/0006.
PDF_LIMIT = 10_000
BATCH = 1000

Progress = Callable[[int, int], None]


def request_duk(*, unit: UnitKerja, per_tanggal: dt.date, bentuk: str, by: User) -> Job:
    """Ask for the list of a unit as a file; `bentuk` is pdf or xlsx."""
    if bentuk not in {"pdf", "xlsx"}:
        raise DomainError("Bentuk berkas harus PDF atau Excel.", kolom="bentuk")
    params = {"unit": unit.pk, "per_tanggal": per_tanggal.isoformat(), "bentuk": bentuk}
    return enqueue(JOB_KIND, by=by, params=params, label=f"DUK {unit.nama}"[:100])


def write_duk(
    *,
    unit: UnitKerja,
    per_tanggal: dt.date,
    bentuk: str,
    by: User | None,
    dibuat: dt.datetime,
    progress: Progress = lambda done, total: None,
) -> bytes:
    """Return the file of the official list, and log that it was made."""
    anggota, cpns = list_duk(unit=unit, per_tanggal=per_tanggal, progress=progress)
    if bentuk == "pdf":
        if len(anggota) + len(cpns) > PDF_LIMIT:
            raise DomainError(
                f"DUK ini memuat lebih dari {PDF_LIMIT:,} orang; pilih unit yang lebih "
                "kecil atau unduh sebagai Excel.".replace(",", ".")
            )
        data = build_duk(
            unit=unit,
            per_tanggal=per_tanggal,
            anggota=anggota,
            cpns=cpns,
            dibuat=dibuat,
        )
        content = render_pdf("duk", dict(data), tagged=len(anggota) + len(cpns) <= 1000)
    else:
        content = _write_xlsx(unit, per_tanggal, anggota, cpns)
    audit.record("duk.cetak", unit, by=by)
    return content


def list_duk(
    *,
    unit: UnitKerja,
    per_tanggal: dt.date,
    progress: Progress = lambda done, total: None,
) -> tuple[list[Keadaan], list[Keadaan]]:
    """Return the PNS of a unit in order, then its CPNS by NIP; on any date.

    People belong to the unit they sat in on that date, not to today's. Six queries for
    each 1,000 people.
    """
    ids = list(_candidates(unit))
    anggota: dict[str, Keadaan] = {}
    cpns: list[Keadaan] = []
    for start in range(0, len(ids), BATCH):
        for keadaan in list_keadaan(ids[start : start + BATCH], per_tanggal):
            if not _is_member(keadaan, unit):
                continue
            if keadaan.status is StatusKepegawaian.CPNS:
                cpns.append(keadaan)
            elif check_keanggotaan_duk(
                keadaan.status, per_tanggal=per_tanggal
            ).terpenuhi:
                anggota[keadaan.pegawai.nip] = keadaan
        progress(min(start + BATCH, len(ids)), len(ids))
    hasil = rank_duk(
        (build_fakta_duk(k) for k in anggota.values()), per_tanggal=per_tanggal
    )
    urut = [anggota[posisi.fakta.nomor] for posisi in hasil.urutan]
    return urut, sorted(cpns, key=lambda k: k.pegawai.nip)


def build_duk(
    *,
    unit: UnitKerja,
    per_tanggal: dt.date,
    anggota: Sequence[Keadaan],
    cpns: Sequence[Keadaan],
    dibuat: dt.datetime,
) -> Duk:
    """Return the content of the paper, every value as it is printed."""
    kantor = get_kantor()
    bagian: list[BagianDuk] = [
        {
            "judul": "",
            "nihil": "Tidak ada PNS pada unit ini.",
            "baris": [_row(k, nomor) for nomor, k in enumerate(anggota, start=1)],
        }
    ]
    if cpns:
        bagian.append(
            {
                "judul": "Calon Pegawai Negeri Sipil",
                "nihil": "",
                "baris": [_row(k, nomor) for nomor, k in enumerate(cpns, start=1)],
            }
        )
    return {
        "judul": "Daftar Urut Kepangkatan Pegawai Negeri Sipil",
        "judul_pendek": "DUK",
        "dibuat": dibuat.isoformat(),
        "unit": unit.nama,
        "keadaan": format_tanggal(per_tanggal),
        "bagian": bagian,
        "catatan": list(CATATAN),
        "penandatangan": get_penandatangan(
            "duk", per_tanggal=per_tanggal, tempat=kantor.tempat
        ),
    }


CATATAN = (
    "Urutan menurut pangkat, jabatan, masa kerja, latihan jabatan, pendidikan, dan usia "
    "(PP 15/1979 jo. SE Kepala BAKN 03/SE/1980).",
    "Perbandingan jabatan struktural dengan fungsional tidak diatur; dipakai peringkat "
    "yang ditetapkan portal.",
)


def _candidates(unit: UnitKerja) -> Iterator[int]:
    """Yield who could ever have stood in this unit's list."""
    if unit.is_root():
        return (
            Pegawai.objects.filter(jenis_asn=JenisASN.PNS)
            .values_list("pk", flat=True)
            .iterator()
        )
    start, end = unit.path_range
    return (
        RiwayatJabatan.objects.berlaku()
        .filter(
            unit_kerja__path__gte=start,
            unit_kerja__path__lt=end,
            pegawai__jenis_asn=JenisASN.PNS,
        )
        .order_by("pegawai")
        .values_list("pegawai", flat=True)
        .distinct()
        .iterator()
    )


def _is_member(keadaan: Keadaan, unit: UnitKerja) -> bool:
    if not keadaan.is_aktif or keadaan.pangkat is None:
        return False
    if unit.is_root():
        return True
    riwayat = keadaan.jabatan
    return riwayat is not None and riwayat.unit_kerja.path.startswith(unit.path)


def _row(keadaan: Keadaan, nomor: int) -> BarisDuk:
    pegawai, pangkat, jabatan = keadaan.pegawai, keadaan.pangkat, keadaan.jabatan
    pendidikan, diklat = keadaan.pendidikan, keadaan.diklat
    if pangkat is None:
        raise ValueError("a person without a pangkat does not stand in the DUK")
    tahun, bulan = divmod(keadaan.masa_kerja_bulan or 0, 12)
    return {
        "urut": str(nomor),
        "nama": pegawai.nama_lengkap,
        "nip": pegawai.nip,
        "golongan": pangkat.golongan_id,
        "tmt_golongan": format_tanggal_singkat(pangkat.tmt),
        "jabatan": jabatan.jabatan.nama if jabatan else "",
        "tmt_jabatan": format_tanggal_singkat(jabatan.tmt) if jabatan else "",
        "masa_kerja_tahun": str(tahun),
        "masa_kerja_bulan": str(bulan),
        "diklat": diklat.nama if diklat else "",
        "diklat_waktu": f"{diklat.tanggal_selesai:%m/%Y}" if diklat else "",
        "diklat_jam": str(diklat.jumlah_jam or "") if diklat else "",
        "pendidikan": pendidikan.nama if pendidikan else "",
        "pendidikan_lulus": str(pendidikan.tahun_lulus or "") if pendidikan else "",
        "pendidikan_tingkat": pendidikan.tingkat.nama if pendidikan else "",
        "usia": str(compute_usia(pegawai.tanggal_lahir, keadaan.per_tanggal)),
        "catatan": "",
        "keterangan": "",
    }


_COLUMNS = (
    Column("No.", "int", 6),
    Column("Nama", "text", 36),
    Column("NIP", "text", 22),
    Column("Golongan", "text", 10),
    Column("TMT golongan", "date", 14),
    Column("Jabatan", "text", 40),
    Column("TMT jabatan", "date", 14),
    Column("Masa kerja (tahun)", "int", 12),
    Column("Masa kerja (bulan)", "int", 12),
    Column("Latihan jabatan", "text", 30),
    Column("Selesai latihan", "date", 14),
    Column("Jumlah jam", "int", 10),
    Column("Pendidikan", "text", 30),
    Column("Tahun lulus", "int", 10),
    Column("Tingkat", "text", 16),
    Column("Usia", "int", 8),
    Column("Status", "text", 8),
)


def _write_xlsx(
    unit: UnitKerja,
    per_tanggal: dt.date,
    anggota: Sequence[Keadaan],
    cpns: Sequence[Keadaan],
) -> bytes:
    numbered = (*enumerate(anggota, start=1), *enumerate(cpns, start=1))
    with tempfile.TemporaryFile() as file:
        write_xlsx(
            file,
            title=f"DUK {unit.nama}, keadaan {format_tanggal(per_tanggal)}",
            columns=_COLUMNS,
            rows=(_cells(keadaan, nomor) for nomor, keadaan in numbered),
            sheet="DUK",
        )
        file.seek(0)
        return file.read()


def _cells(keadaan: Keadaan, nomor: int) -> tuple[str | int | dt.date | None, ...]:
    pegawai, pangkat, jabatan = keadaan.pegawai, keadaan.pangkat, keadaan.jabatan
    pendidikan, diklat = keadaan.pendidikan, keadaan.diklat
    tahun, bulan = divmod(keadaan.masa_kerja_bulan or 0, 12)
    return (
        nomor,
        pegawai.nama_lengkap,
        pegawai.nip,
        pangkat.golongan_id if pangkat else "",
        pangkat.tmt if pangkat else None,
        jabatan.jabatan.nama if jabatan else "",
        jabatan.tmt if jabatan else None,
        tahun,
        bulan,
        diklat.nama if diklat else "",
        diklat.tanggal_selesai if diklat else None,
        diklat.jumlah_jam if diklat else None,
        pendidikan.nama if pendidikan else "",
        pendidikan.tahun_lulus if pendidikan else None,
        pendidikan.tingkat.nama if pendidikan else "",
        compute_usia(pegawai.tanggal_lahir, keadaan.per_tanggal),
        keadaan.status.label,
    )
