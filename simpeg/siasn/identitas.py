"""Who the row speaks of: name, numbers, kind of ASN, dates of appointment."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from simpeg.choices import JenisASN, JenisKelamin, StatusKepegawaian
from simpeg.rules.nik import FaktaNik, check_nik, normalize_nik
from simpeg.rules.nip import BagianNip, FaktaNip, KodeNip, check_nip, normalize_nip

from .catatan import KodeCatatan
from .kolom import get_label
from .pembaca import Pembaca
from .sel import is_rusak_jadi_angka

# Field of Pegawai -> column and the room there is.
_TEKS: Mapping[str, tuple[str, int]] = {
    "nip_lama": ("nip_lama", 9),
    "gelar_depan": ("gelar_depan", 64),
    "gelar_belakang": ("gelar_belakang", 100),
    "tempat_lahir": ("tempat_lahir_nama", 100),
    "nomor_hp": ("nomor_hp", 32),
    "email": ("email", 254),
    "email_dinas": ("email_gov", 254),
    "npwp": ("npwp_nomor", 32),
    "bpjs": ("bpjs", 32),
    "jenis_pegawai": ("jenis_pegawai_id", 4),
    "sk_cpns_nomor": ("nomor_sk_cpns", 100),
    "sk_pns_nomor": ("nomor_sk_pns", 100),
}
_KELAMIN: Mapping[str, JenisKelamin] = {
    **dict.fromkeys(("m", "l", "1", "pria", "laki-laki"), JenisKelamin.LAKI_LAKI),
    **dict.fromkeys(("f", "p", "2", "wanita", "perempuan"), JenisKelamin.PEREMPUAN),
}
# What a spreadsheet would run or a browser draw, had we not kept it as plain text.
_MENCURIGAKAN = re.compile(r"^[=+@]|[<>]")
NAMA_PANJANG = 200
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Identitas:
    """`kolom` maps fields of a pegawai to what the row says; empty cells are left out."""

    nip: str
    nama: str
    jenis_asn: JenisASN | None
    tanggal_lahir: date | None
    tmt_cpns: date | None
    kolom: Mapping[str, str | date]


def read_identitas(p: Pembaca) -> Identitas:
    nip, nama = normalize_nip(p.teks("nip_baru")), _read_nama(p)
    lahir, kelamin = p.tanggal("tanggal_lahir"), _read_kelamin(p)
    tmt_cpns, tmt_pns = p.tanggal("tmt_cpns"), p.tanggal("tmt_pns")
    jenis = _find_jenis_asn(p)
    bagian = _check_nip(p, FaktaNip(nip, kelamin, lahir, jenis, tmt_cpns))
    if bagian:
        jenis = jenis or bagian.jenis_asn
        lahir = lahir or _fill(p, "tanggal_lahir", bagian.tanggal_lahir)
        kelamin = kelamin or _fill(p, "jenis_kelamin", bagian.jenis_kelamin)
    _check_status(p, jenis, tmt_pns)
    kolom = {
        "nama": nama,
        "tanggal_lahir": lahir,
        "jenis_kelamin": kelamin and kelamin.value,
        "jenis_asn": jenis and jenis.value,
        "nik": _read_nik(p, lahir, kelamin),
        "agama": p.kode("agama", p.acuan.agama),
        "status_kawin": p.kode("jenis_kawin", p.acuan.kawin),
        "alamat": p.teks("alamat"),
        "tmt_cpns": tmt_cpns,
        "sk_cpns_tanggal": p.tanggal("tanggal_sk_cpns"),
        "tmt_pns": tmt_pns,
        "sk_pns_tanggal": p.tanggal("tanggal_sk_pns"),
        **{name: p.muat(kolom, panjang) for name, (kolom, panjang) in _TEKS.items()},
    }
    terisi = {name: value for name, value in kolom.items() if value}
    return Identitas(nip, nama, jenis, lahir, tmt_cpns, terisi)


def _read_nama(p: Pembaca) -> str:
    nama = " ".join(p.teks("nama").split())
    if not nama:
        p.galat("nama", KodeCatatan.NAMA_KOSONG, "Nama kosong. Isi namanya.")
    elif len(nama) > NAMA_PANJANG:
        p.galat(
            "nama",
            KodeCatatan.NAMA_TERLALU_PANJANG,
            f"Nama melebihi {NAMA_PANJANG} tanda. Tulis nama tanpa gelar.",
        )
    elif _MENCURIGAKAN.search(nama):
        p.peringatan(
            "nama",
            KodeCatatan.TEKS_MENCURIGAKAN,
            "Nama berisi rumus atau kode halaman. Dicatat sebagai tulisan biasa; periksa "
            "nama orang ini.",
        )
    return nama


def _read_kelamin(p: Pembaca) -> JenisKelamin | None:
    teks = p.teks("jenis_kelamin")
    kelamin = _KELAMIN.get(teks.lower())
    if teks and kelamin is None:
        p.galat(
            "jenis_kelamin",
            KodeCatatan.JENIS_KELAMIN_TIDAK_DIKENAL,
            f"Jenis kelamin “{teks[:20]}” tidak dikenal. Tulis M (laki-laki) atau F "
            "(perempuan).",
        )
    return kelamin


def _find_jenis_asn(p: Pembaca) -> JenisASN | None:
    """Return what the row itself says; None leaves it to the NIP."""
    id_, nama = p.pasangan("jenis_pegawai")
    nama = nama.lower()
    if "paruh waktu" in nama:
        return JenisASN.PPPK_PARUH_WAKTU
    if "pppk" in nama or "perjanjian kerja" in nama:
        return JenisASN.PPPK
    is_pns = "pns" in nama or id_.isdecimal() or _find_status(p) is not None
    return JenisASN.PNS if is_pns else None


def _find_status(p: Pembaca) -> StatusKepegawaian | None:
    return StatusKepegawaian.from_siasn(p.teks("status_cpns_pns").upper())


def _check_nip(p: Pembaca, fakta: FaktaNip) -> BagianNip | None:
    """Note what is wrong with the number; return its parts if it has any."""
    if not fakta.nip:
        p.galat("nip_baru", KodeCatatan.NIP_KOSONG, "NIP kosong. Isi 18 angka NIP.")
        return None
    if is_rusak_jadi_angka(p.teks("nip_baru")):
        _note_jadi_angka(p)
        return None
    hasil = check_nip(fakta, per_tanggal=p.per_tanggal)
    for alasan in hasil.alasan:
        if alasan.terpenuhi:
            continue
        if alasan.kode is KodeNip.NOMOR_URUT:
            _note_jadi_angka(p)
        elif alasan.kode in hasil.kesalahan:
            saran = "Perbaiki NIP menurut SK."
            p.galat("nip_baru", f"nip_{alasan.kode}", f"{alasan.pesan} {saran}")
        else:
            saran = "Cocokkan dengan SK; baris ini tetap diterima."
            p.peringatan("nip_baru", f"nip_{alasan.kode}", f"{alasan.pesan} {saran}")
    return hasil.bagian


def _note_jadi_angka(p: Pembaca) -> None:
    p.galat(
        "nip_baru",
        KodeCatatan.NIP_JADI_ANGKA,
        "Lembar kerja menyimpan NIP sebagai bilangan sehingga angka akhirnya hilang. "
        "Tulis lagi 18 angka NIP, atau ekspor ulang dengan kolom NIP berupa teks.",
    )


def _fill(p: Pembaca, kolom: str, value: _T | None) -> _T | None:
    """Take an empty cell's value from the digits of the NIP, and say so."""
    if value is None or p.teks(kolom):
        return None
    p.peringatan(
        kolom,
        KodeCatatan.DARI_NIP,
        f"{get_label(kolom)} kosong, jadi diambil dari NIP. Cocokkan dengan SK.",
    )
    return value


def _check_status(p: Pembaca, jenis: JenisASN | None, tmt_pns: date | None) -> None:
    """Note where the status letter and TMT PNS disagree: ours follows the date."""
    if jenis is not JenisASN.PNS or _find_status(p) is not StatusKepegawaian.PNS:
        return
    if not p.teks("tmt_pns"):
        p.peringatan(
            "tmt_pns",
            KodeCatatan.TMT_PNS_KOSONG,
            "SIASN menyebut PNS tetapi TMT PNS kosong. Tercatat sebagai CPNS sampai TMT "
            "PNS diisi.",
        )
    elif tmt_pns and tmt_pns > p.per_tanggal:
        p.peringatan(
            "tmt_pns",
            KodeCatatan.TMT_PNS_BELUM_TIBA,
            "SIASN menyebut PNS tetapi TMT PNS belum tiba. Tercatat sebagai CPNS sampai "
            "hari itu.",
        )


def _read_nik(p: Pembaca, lahir: date | None, kelamin: JenisKelamin | None) -> str:
    """Return the NIK if it can be kept; a faulty one never stops a row."""
    nik = normalize_nik(p.teks("nik"))
    if not nik:
        return ""
    hasil = check_nik(FaktaNik(nik, jenis_kelamin=kelamin, tanggal_lahir=lahir))
    is_disimpan = len(nik) <= 16 and nik.isdecimal()
    akibat = "tetap diterima" if is_disimpan else "diterima tanpa NIK"
    for alasan in hasil.alasan:
        if not alasan.terpenuhi:
            saran = f"Cocokkan dengan KTP; baris ini {akibat}."
            p.peringatan("nik", f"nik_{alasan.kode}", f"{alasan.pesan} {saran}")
    return nik if is_disimpan else ""
