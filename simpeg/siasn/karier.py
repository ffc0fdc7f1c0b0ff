"""What the row tells of a career: golongan, jabatan and unit, pendidikan."""

from __future__ import annotations

import re
from datetime import date

from simpeg.choices import Eselon, JenisASN, JenisJabatan
from simpeg.rules.golongan import GolonganPNS, GolonganPPPK
from simpeg.rules.waktu import count_calendar_months

from .catatan import KodeCatatan
from .kolom import get_label
from .orang import DataJabatan, DataPangkat, DataPendidikan, DataUnit
from .pembaca import Pembaca, rapatkan
from .sel import TAHUN_TERKECIL, read_bilangan

_GOLONGAN = re.compile(r"(?:GOLONGAN\s*)?([IVX]+)\s*[/.\-]?\s*([A-E]?)")
_KODE = {
    skala: frozenset(satu.value for satu in skala)
    for skala in (GolonganPNS, GolonganPPPK)
}
# Earlier service that was recognised rarely exceeds this; a bound of plausibility.
PENGAKUAN_WAJAR_BULAN = 120
MASA_KERJA_TERBESAR_BULAN = 720
PANJANG_NAMA = 255


def read_pangkat(
    p: Pembaca, jenis: JenisASN | None, tmt_cpns: date | None
) -> tuple[DataPangkat | None, DataPangkat | None]:
    """Return the golongan at appointment and the present one."""
    awal = _find_golongan(p, "gol_awal", jenis)
    akhir = _find_golongan(p, "gol_akhir", jenis)
    tmt = p.tanggal("tmt_golongan")
    pertama = DataPangkat(awal, tmt_cpns) if awal and tmt_cpns else None
    if not any(p.pasangan("gol_akhir")):
        p.peringatan(
            "gol_akhir_nama",
            KodeCatatan.GOLONGAN_KOSONG,
            "Golongan kosong, jadi tidak dicatat. Tambahkan riwayat pangkatnya di data "
            "pegawai.",
        )
    elif akhir and not p.teks("tmt_golongan"):
        p.peringatan(
            "tmt_golongan",
            KodeCatatan.TMT_GOLONGAN_KOSONG,
            f"Golongan {akhir} tanpa TMT, jadi tidak dicatat. Tambahkan riwayat "
            "pangkatnya di data pegawai menurut SK.",
        )
    if not akhir or tmt is None:
        return pertama, None
    _check_tmt(p, "tmt_golongan", tmt, tmt_cpns)
    return pertama, DataPangkat(akhir, tmt, _read_masa_kerja(p, tmt, tmt_cpns))


def _find_golongan(p: Pembaca, awalan: str, jenis: JenisASN | None) -> str:
    id_, nama = p.pasangan(awalan)
    if not id_ and not nama:
        return ""
    menurut_id = _parse_golongan(id_, jenis)
    menurut_nama = _parse_golongan(nama, jenis)
    kolom = f"{awalan}_nama" if nama else f"{awalan}_id"
    if (nama and not menurut_nama) or not (menurut_nama or menurut_id):
        is_pns = jenis in (JenisASN.PNS, None)
        contoh = "I/a sampai IV/e" if is_pns else "I sampai XVII"
        p.galat(
            kolom,
            KodeCatatan.GOLONGAN_TIDAK_DIKENAL,
            f"{get_label(f'{awalan}_nama')} “{(nama or id_)[:40]}” tidak ada. Tulis "
            f"{contoh} menurut SK.",
        )
        return ""
    if menurut_id and menurut_nama and menurut_id != menurut_nama:
        p.galat(
            kolom,
            KodeCatatan.GOLONGAN_TIDAK_COCOK,
            f"Id golongan {id_} berarti {menurut_id}, namanya {menurut_nama}. Perbaiki "
            "salah satunya menurut SK.",
        )
        return ""
    return menurut_nama or menurut_id


def _parse_golongan(teks: str, jenis: JenisASN | None) -> str:
    """Return the golongan by SIASN id or by name on the right ladder; "" for none.

    The ids of PPPK golongan are not published: theirs are found by name alone.
    """
    is_pppk = jenis not in (JenisASN.PNS, None)
    by_id = None if is_pppk else GolonganPNS.from_siasn(teks)
    if by_id:
        return by_id.value
    by_nama = "" if is_pppk else _by_nama(teks, GolonganPNS)
    if by_nama or jenis is JenisASN.PNS:
        return by_nama
    return _by_nama(teks, GolonganPPPK)


def _by_nama(teks: str, skala: type[GolonganPNS] | type[GolonganPPPK]) -> str:
    cocok = _GOLONGAN.fullmatch(teks.upper())
    if not cocok:
        return ""
    angka, ruang = cocok.groups()
    kode = f"{angka}/{ruang.lower()}" if ruang else angka
    return kode if kode in _KODE[skala] else ""


def _read_masa_kerja(p: Pembaca, tmt: date, tmt_cpns: date | None) -> int:
    """Return masa kerja golongan on `tmt`, in months."""
    try:
        tahun = read_bilangan(p.teks("mk_tahun") or "0")
        total = tahun * 12 + read_bilangan(p.teks("mk_bulan") or "0")
    except ValueError:
        total = MASA_KERJA_TERBESAR_BULAN + 1
    if total > MASA_KERJA_TERBESAR_BULAN:
        p.peringatan(
            "mk_tahun",
            KodeCatatan.MASA_KERJA_TIDAK_TERBACA,
            "Masa kerja bukan bilangan yang wajar, jadi dicatat 0. Koreksi riwayat "
            "pangkatnya menurut SK.",
        )
        return 0
    if (
        tmt_cpns
        and total > count_calendar_months(tmt_cpns, tmt) + PENGAKUAN_WAJAR_BULAN
    ):
        p.peringatan(
            "mk_tahun",
            KodeCatatan.MASA_KERJA_JANGGAL,
            f"Masa kerja {total // 12} tahun pada TMT golongan jauh melebihi lama bekerja "
            "sejak diangkat. Cocokkan dengan SK; baris ini tetap diterima.",
        )
    return total


def _check_tmt(p: Pembaca, kolom: str, tmt: date, tmt_cpns: date | None) -> None:
    if tmt_cpns and tmt < tmt_cpns:
        p.peringatan(
            kolom,
            KodeCatatan.TMT_JANGGAL,
            f"{get_label(kolom)} lebih awal daripada TMT pengangkatan. Cocokkan dengan "
            "SK; baris ini tetap diterima.",
        )


def read_jabatan(p: Pembaca, tmt_cpns: date | None) -> DataJabatan | None:
    jenis, id_, nama = _find_jabatan(p)
    tmt, unit = p.tanggal("tmt_jabatan"), _read_unit(p)
    if not nama or jenis is None:
        p.peringatan(
            "jabatan_nama",
            KodeCatatan.JABATAN_KOSONG,
            "Nama atau jenis jabatan kosong, jadi jabatan dan unit kerja tidak dicatat.",
        )
    elif not p.teks("tmt_jabatan"):
        p.peringatan(
            "tmt_jabatan",
            KodeCatatan.TMT_JABATAN_KOSONG,
            "Jabatan tanpa TMT, jadi jabatan dan unit kerja tidak dicatat.",
        )
    if not nama or jenis is None or unit is None or tmt is None:
        return None
    _check_tmt(p, "tmt_jabatan", tmt, tmt_cpns)
    is_struktural = jenis is JenisJabatan.STRUKTURAL
    return DataJabatan(
        siasn_id=id_[:36],
        nama=nama[:PANJANG_NAMA],
        jenis=jenis,
        eselon=_find_eselon(p) if is_struktural else "",
        tmt=tmt,
        unit=unit,
    )


def _find_jabatan(p: Pembaca) -> tuple[JenisJabatan | None, str, str]:
    """Return kind, SIASN id and name; the older form has a pair for each kind."""
    satu = p.pasangan("jabatan")
    jft, jfu = (satu if satu[1] else p.pasangan(awalan) for awalan in ("jft", "jfu"))
    id_, nama = p.pasangan("jenis_jabatan")
    nama = nama.lower()
    if id_ == "3" and p.teks("jft_nama"):
        # Head of a unit and JF at once: the functional post decides BUP and pay.
        return JenisJabatan.FUNGSIONAL, *p.pasangan("jft")
    if id_ in {"1", "3"} or (not id_ and "struktural" in nama):
        return JenisJabatan.STRUKTURAL, *satu
    if id_ == "4" or (not id_ and ("umum" in nama or "pelaksana" in nama)):
        return JenisJabatan.PELAKSANA, *jfu
    if id_ == "2" or (not id_ and "fungsional" in nama):
        return JenisJabatan.FUNGSIONAL, *jft
    return None, *satu


def _find_eselon(p: Pembaca) -> str:
    id_, nama = p.pasangan("eselon")
    by_id = Eselon.from_siasn(id_)
    if by_id:
        return by_id.value
    wanted = rapatkan(nama).removeprefix("eselon").replace("/", ".")
    return next((e.value for e in Eselon if e.value.lower() == wanted), "")


def _read_unit(p: Pembaca) -> DataUnit | None:
    """Return the unit; where none is named, the perangkat daerah itself."""
    opd_id, opd_nama = _find_opd(p)
    id_, nama = p.pasangan("unor")
    if not nama:
        id_, nama = opd_id, opd_nama
    if not nama:
        p.peringatan(
            "unor_nama",
            KodeCatatan.UNIT_KOSONG,
            "Unit kerja kosong, jadi jabatan dan unit kerja tidak dicatat.",
        )
        return None
    return DataUnit(id_[:36], nama[:PANJANG_NAMA], opd_id[:36], opd_nama[:PANJANG_NAMA])


def _find_opd(p: Pembaca) -> tuple[str, str]:
    """Return the perangkat daerah a person works in, else the one that sent them.

    SIASN also writes the instansi itself there, which is none.
    """
    instansi = {
        rapatkan(p.teks("instansi_induk_nama")),
        rapatkan(p.teks("instansi_kerja_nama")),
    }
    for awalan in ("satuan_kerja_kerja", "satuan_kerja_induk"):
        id_, nama = p.pasangan(awalan)
        if nama and rapatkan(nama) not in instansi:
            return id_, nama
    return "", ""


def read_pendidikan(p: Pembaca, lahir: date | None) -> DataPendidikan | None:
    tingkat = p.kode("tingkat_pendidikan", p.acuan.pendidikan, lebar=2)
    lulus = p.tanggal("tanggal_lulus")
    if not tingkat:
        return None
    return DataPendidikan(
        tingkat=tingkat,
        nama=p.teks("pendidikan_nama")[:PANJANG_NAMA],
        tahun_lulus=lulus.year if lulus else _read_tahun_lulus(p, lahir),
        tanggal_lulus=lulus,
        sekolah=p.teks("nama_sekolah")[:PANJANG_NAMA],
    )


def _read_tahun_lulus(p: Pembaca, lahir: date | None) -> int | None:
    teks = p.teks("tahun_lulus")
    if not teks:
        return None
    try:
        tahun = read_bilangan(teks)
    except ValueError:
        tahun = 0
    terkecil = lahir.year if lahir else TAHUN_TERKECIL
    if terkecil < tahun <= p.per_tanggal.year:
        return tahun
    p.peringatan(
        "tahun_lulus",
        KodeCatatan.TAHUN_LULUS_JANGGAL,
        f"Tahun lulus “{teks[:20]}” bukan tahun yang wajar, jadi tidak dicatat.",
    )
    return None
