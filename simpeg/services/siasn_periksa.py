"""Judging a whole file: reads every row, finds the people, works out what would change.

Writes nothing. The number of queries does not grow with the number of rows.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bkpsdmd.documents.spreadsheets import MAX_EXACT_INTEGER, Cell, read_table
from bkpsdmd.exceptions import DomainError
from simpeg.choices import JenisASN
from simpeg.models import BarisMasuk, KeadaanPegawai
from simpeg.rules.nik import normalize_nik
from simpeg.selectors.siasn import (
    BATCH,
    PetaJabatan,
    PetaOrang,
    PetaUnit,
    batched,
    load_acuan,
    map_nik,
)
from simpeg.services.rencana import Progress
from simpeg.services.siasn_banding import Pembanding, RencanaSiasn
from simpeg.siasn.baris import Bacaan, read_orang
from simpeg.siasn.catatan import Catatan, KodeCatatan, galat, peringatan
from simpeg.siasn.kolom import map_judul
from simpeg.siasn.sel import clean_sel

Hasil = BarisMasuk.Hasil


@dataclass(frozen=True, slots=True)
class BarisBerkas:
    """One row as a person sees it: its number (the heading is 1) and clean cells."""

    nomor: int
    sel: Mapping[str, str]


@dataclass(slots=True)
class BarisDiperiksa:
    """The verdict on one row, and the plan where it is accepted."""

    nomor: int
    sel: Mapping[str, str]
    bacaan: Bacaan
    catatan: list[Catatan]
    hasil: Hasil = Hasil.DITOLAK
    pegawai_id: int | None = None
    rencana: RencanaSiasn | None = None

    @property
    def perubahan(self) -> dict[str, list[Any]]:
        return self.rencana.perubahan if self.rencana else {}

    @property
    def ada_peringatan(self) -> bool:
        return self.rencana is not None and bool(self.catatan)

    def refuse(self, kolom: str, kode: str, pesan: str) -> None:
        self.catatan.append(galat(kolom, kode, pesan))

    def accept(self, rencana: RencanaSiasn) -> None:
        self.rencana = rencana
        self.catatan += rencana.catatan
        if rencana.is_baru:
            self.hasil = Hasil.BARU
        else:
            self.hasil = Hasil.BERUBAH if rencana.is_berubah else Hasil.SAMA


@dataclass(slots=True)
class Pemeriksaan:
    """The verdict on a file, with the units and posts its plans refer to."""

    baris: list[BarisDiperiksa]
    unit: PetaUnit
    jabatan: PetaJabatan
    tidak_ada: int = 0

    def count(self, hasil: Hasil) -> int:
        return sum(satu.hasil is hasil for satu in self.baris)

    @property
    def peringatan(self) -> int:
        return sum(satu.ada_peringatan for satu in self.baris)

    @property
    def akan_ditulis(self) -> list[BarisDiperiksa]:
        """The rows that applying would write, in the order of the file."""
        return [
            satu for satu in self.baris if satu.hasil in (Hasil.BARU, Hasil.BERUBAH)
        ]

    def as_dict(self) -> dict[str, Any]:
        """Return the outcome in the shape of `import_siasn --json`."""
        return {
            "baris": len(self.baris),
            **{hasil.value: self.count(hasil) for hasil in Hasil},
            "peringatan": self.peringatan,
            "catatan": [
                {"baris": satu.nomor, **catatan.as_dict()}
                for satu in self.baris
                for catatan in satu.catatan
            ],
        }


def read_berkas(content: bytes) -> list[BarisBerkas]:
    """Return the rows of an export; empty ones are skipped.

    Raises DomainError where the file is no table, lacks a column, or has no row.
    """
    tabel = read_table(content)
    kolom = map_judul(tabel.header)
    baris = []
    for nomor, cells in tabel.rows:
        bersih = [clean_sel(_as_teks(cell)) for cell in cells]
        if any(bersih):
            sel = {
                nama: teks for nama, teks in zip(kolom, bersih, strict=False) if nama
            }
            baris.append(BarisBerkas(nomor, sel))
    if not baris:
        raise DomainError(
            "Berkas hanya berisi baris judul. Pastikan ekspornya lengkap, lalu unggah "
            "lagi.",
            kode="berkas_kosong",
        )
    return baris


def _as_teks(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case dt.date():
            return f"{cell:%d-%m-%Y}"
        case int() | float() if abs(cell) >= MAX_EXACT_INTEGER:
            # Its last digits are gone already; written so that this is seen.
            return f"{cell:E}"
        case _:
            return str(cell)


def check_baris(
    rows: Sequence[BarisBerkas],
    *,
    per_tanggal: dt.date,
    terpakai: Mapping[str, int] | None = None,
    is_cocok_nik: bool = False,
    progress: Progress | None = None,
) -> Pemeriksaan:
    """Return the verdict on these rows and what applying them would change.

    `is_cocok_nik` also finds people by NIK where PNS ID and NIP find nobody: good for
    comparing, not for an import, in which a PPPK who became PNS is somebody new.

    `terpakai` are NIP and PNS ID that rows outside `rows` already use, with their
    number: a row that is mended must not collide with one accepted before.
    """
    acuan = load_acuan()
    pemeriksaan = Pemeriksaan([], PetaUnit(), PetaJabatan())
    for done, row in enumerate(rows, 1):
        bacaan = read_orang(row.sel, acuan=acuan, per_tanggal=per_tanggal)
        pemeriksaan.baris.append(
            BarisDiperiksa(row.nomor, row.sel, bacaan, [*bacaan.catatan])
        )
        if progress:
            progress(done, len(rows), "Memeriksa baris")
    ganda = _refuse_ganda(pemeriksaan.baris, terpakai or {})
    orang = PetaOrang(
        [satu.sel.get("pns_id", "") for satu in pemeriksaan.baris],
        [satu.bacaan.nip for satu in pemeriksaan.baris],
        [_read_nik(satu) for satu in pemeriksaan.baris] if is_cocok_nik else (),
    )
    pembanding = Pembanding(
        acuan=acuan,
        unit=pemeriksaan.unit,
        jabatan=pemeriksaan.jabatan,
        per_tanggal=per_tanggal,
        nip_diganti=orang.nip_diganti,
    )
    dipakai = _claim(pemeriksaan.baris, ganda, orang)
    for done, satu in enumerate(pemeriksaan.baris, 1):
        if satu.nomor not in ganda:
            _compare(satu, orang, pembanding, dipakai)
        if progress:
            progress(done, len(rows), "Membandingkan dengan catatan portal")
    _warn_nik_ganda(pemeriksaan.baris)
    pemeriksaan.tidak_ada = _count_tidak_ada(
        {satu.pegawai_id for satu in pemeriksaan.baris if satu.pegawai_id}
    )
    return pemeriksaan


def _refuse_ganda(
    baris: Sequence[BarisDiperiksa], terpakai: Mapping[str, int]
) -> set[int]:
    """Refuse rows whose NIP or PNS ID an earlier row already has; return their numbers."""
    pertama: dict[str, int] = dict(terpakai)
    ganda = set()
    for satu in baris:
        for kolom, kode, nilai in (
            ("nip_baru", KodeCatatan.NIP_GANDA, satu.bacaan.nip),
            ("pns_id", KodeCatatan.PNS_ID_GANDA, satu.sel.get("pns_id", "")),
        ):
            if not nilai or (kolom == "nip_baru" and not nilai.isdecimal()):
                continue
            lain = pertama.setdefault(nilai, satu.nomor)
            if lain != satu.nomor:
                nama = "NIP" if kolom == "nip_baru" else "PNS ID"
                satu.refuse(
                    kolom,
                    kode,
                    f"{nama} ini sudah ada di baris {lain}. Perbaiki yang keliru menurut "
                    "SK, atau biarkan baris ini ditolak.",
                )
                ganda.add(satu.nomor)
    return ganda


def _claim(
    baris: Sequence[BarisDiperiksa], ganda: Collection[int], orang: PetaOrang
) -> dict[int, int]:
    """Return the row that names a person by PNS ID, wherever it stands in the file.

    One that has only the person's NIP speaks of somebody else who got that number.
    """
    by_siasn_id = (
        (orang.find(satu.sel.get("pns_id", ""), "")[0], satu.nomor)
        for satu in baris
        if satu.nomor not in ganda
    )
    return {pk: nomor for pk, nomor in by_siasn_id if pk}


def _compare(
    satu: BarisDiperiksa,
    orang: PetaOrang,
    pembanding: Pembanding,
    dipakai: dict[int, int],
) -> None:
    """Find whom the row speaks of and what it would change, unless it is refused."""
    by_siasn_id, by_nip = orang.find(satu.sel.get("pns_id", ""), satu.bacaan.nip)
    satu.pegawai_id = by_siasn_id or by_nip or orang.find_by_nik(_read_nik(satu))
    data = satu.bacaan.orang
    if data is None:
        return
    kita = orang.himpunan[satu.pegawai_id] if satu.pegawai_id else None
    if by_siasn_id and by_nip and by_siasn_id != by_nip:
        satu.refuse(
            "pns_id",
            KodeCatatan.ORANG_BERBEDA,
            "PNS ID dan NIP pada baris ini milik dua orang yang berbeda di portal: PNS ID "
            f"{orang.himpunan[by_siasn_id].pegawai.nama}, NIP "
            f"{orang.himpunan[by_nip].pegawai.nama} (sekarang atau dahulu). Perbaiki yang "
            "keliru menurut SK; baris ini tidak diterapkan.",
        )
    elif (
        satu.pegawai_id
        and dipakai.setdefault(satu.pegawai_id, satu.nomor) != satu.nomor
    ):
        satu.refuse(
            "nip_baru",
            KodeCatatan.ORANG_GANDA,
            f"Baris {dipakai[satu.pegawai_id]} sudah menyebut orang ini dengan NIP lain. "
            "Hapus salah satunya.",
        )
    elif kita and _is_ganti_jenis(kita.pegawai.jenis_asn, data.identitas["jenis_asn"]):
        satu.refuse(
            "nip_baru",
            KodeCatatan.JENIS_ASN_BERGANTI,
            "PNS ID ini tercatat sebagai PPPK dan di berkas sebagai PNS, atau sebaliknya. "
            "Catatan baru perlu PNS ID sendiri; periksa di SIASN.",
        )
    else:
        satu.accept(pembanding.compare(data, kita))


def _read_nik(satu: BarisDiperiksa) -> str:
    return normalize_nik(satu.sel.get("nik", ""))


def _is_ganti_jenis(kita: object, siasn: object) -> bool:
    return (kita == JenisASN.PNS) != (siasn == JenisASN.PNS)


def _warn_nik_ganda(baris: Sequence[BarisDiperiksa]) -> None:
    """Note a NIK that another person bears: PPPK who became PNS, or a slip."""
    per_nik: dict[str, list[BarisDiperiksa]] = {}
    for satu in baris:
        if satu.rencana and (nik := satu.rencana.orang.identitas.get("nik")):
            per_nik.setdefault(str(nik), []).append(satu)
    tercatat = map_nik(per_nik)
    for nik, semua in per_nik.items():
        for satu in semua:
            if tercatat.get(nik, set()) - {satu.pegawai_id}:
                dengan = "pegawai lain di portal"
            elif len(semua) > 1:
                dengan = f"baris {next(s.nomor for s in semua if s is not satu)}"
            else:
                continue
            satu.catatan.append(
                peringatan(
                    "nik",
                    KodeCatatan.NIK_GANDA,
                    f"NIK ini juga milik {dengan}. Pastikan orangnya: PPPK yang menjadi "
                    "PNS memang punya dua catatan.",
                )
            )


def _count_tidak_ada(pegawai_ids: set[int]) -> int:
    """Return how many active people of the portal the file does not name."""
    aktif = KeadaanPegawai.objects.aktif()
    return aktif.count() - sum(
        aktif.filter(pk__in=some).count()
        for some in batched(sorted(pegawai_ids), BATCH)
    )
