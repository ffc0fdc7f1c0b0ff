"""The family of an invented person: parents, spouse and children."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from simpeg.choices import HubunganOrangTua, JenisAnak, JenisASN, JenisKelamin

from .baris import Baris
from .nama import KECAMATAN, draw_nama
from .orang import KABUPATEN, Orang

# SIASN's ids of marital states.
MENIKAH, CERAI, JANDA_DUDA = "1", "2", "3"
PEKERJAAN_TUA = ("Petani", "Pedagang", "Pensiunan", "Nelayan", "Guru", "Wiraswasta")
PEKERJAAN_IBU = ("Ibu rumah tangga", "Petani", "Pedagang", "Pensiunan", "Guru")
PEKERJAAN_PASANGAN = ("Wiraswasta", "Karyawan swasta", "Pedagang", "Petani")
# How an office usually pays the allowance: for two at most, while they are young.
ANAK_DITUNJANG, USIA_DITUNJANG = 2, 21
TAHUN = timedelta(days=365.25)


def list_keluarga(orang: Orang, rng: Random, today: date) -> Iterator[Baris]:
    """Yield who is on record; in some files nobody ever wrote the family down."""
    if rng.random() < 0.9:
        yield from _list_orang_tua(orang, rng, today)
    if orang.status_kawin not in (MENIKAH, CERAI, JANDA_DUDA) or rng.random() > 0.93:
        return
    pasangan = _draw_pasangan(orang, rng, today)
    yield "pasangan", pasangan
    for anak in _list_anak(orang, pasangan, rng, today):
        yield "anak", anak


def _list_orang_tua(orang: Orang, rng: Random, today: date) -> Iterator[Baris]:
    for hubungan, kelamin, pekerjaan in (
        (HubunganOrangTua.AYAH, JenisKelamin.LAKI_LAKI, PEKERJAAN_TUA),
        (HubunganOrangTua.IBU, JenisKelamin.PEREMPUAN, PEKERJAAN_IBU),
    ):
        lahir = orang.tanggal_lahir - rng.randint(21 * 12, 36 * 12) * TAHUN / 12
        meninggal = lahir + rng.randint(58 * 12, 96 * 12) * TAHUN / 12
        yield (
            "orang-tua",
            {
                "hubungan": hubungan.value,
                "nama": draw_nama(rng, kelamin),
                "tempat_lahir": rng.choice(KECAMATAN),
                "tanggal_lahir": lahir,
                "pekerjaan": rng.choice(pekerjaan),
                "tanggal_meninggal": (
                    meninggal if orang.tanggal_lahir < meninggal < today else None
                ),
            },
        )


def _draw_pasangan(orang: Orang, rng: Random, today: date) -> dict[str, Any]:
    is_istri = orang.kelamin is JenisKelamin.LAKI_LAKI
    kelamin = JenisKelamin.PEREMPUAN if is_istri else JenisKelamin.LAKI_LAKI
    tua = rng.randint(-2, 5) * (-1 if is_istri else 1)
    lahir = orang.tanggal_lahir - tua * TAHUN - timedelta(days=rng.randint(0, 300))
    first = max(orang.tanggal_lahir, lahir) + 21 * TAHUN
    last = min(orang.tanggal_lahir + 31 * TAHUN, today - timedelta(days=60))
    nikah = first + timedelta(days=rng.randint(0, max((last - first).days, 0)))
    nikah = min(nikah, today - timedelta(days=30))
    is_asn = rng.random() < 0.22
    pns = orang.jenis_asn is JenisASN.PNS
    pekerjaan = PEKERJAAN_PASANGAN + (("Ibu rumah tangga",) * 3 if is_istri else ())
    isi: dict[str, Any] = {
        "nama": draw_nama(rng, kelamin),
        "nik": _draw_nik(lahir, kelamin, rng),
        "tempat_lahir": rng.choice(KECAMATAN),
        "tanggal_lahir": lahir,
        "pekerjaan": "ASN" if is_asn else rng.choice(pekerjaan),
        "is_asn": is_asn,
        "karis_karsu": f"CONTOH{orang.nomor:06}" if pns and rng.random() < 0.7 else "",
        "tanggal_nikah": nikah,
        "sk_nomor": f"{rng.randint(1, 400):03}/{rng.randint(1, 28):02}/CONTOH/{nikah.year}",
    }
    berakhir = nikah + rng.randint(3, 20) * TAHUN
    berakhir = min(berakhir, today - timedelta(days=20))
    if orang.status_kawin == CERAI:
        isi |= {
            "tanggal_cerai": max(berakhir, nikah),
            "akta_cerai": f"{rng.randint(1, 900):04}/AC/CONTOH/{berakhir.year}",
        }
    elif orang.status_kawin == JANDA_DUDA:
        isi["tanggal_meninggal"] = max(berakhir, nikah)
    return isi


def _draw_nik(lahir: date, kelamin: JenisKelamin, rng: Random) -> str:
    """Return a NIK whose serial no invented employee has."""
    day = lahir.day + (40 if kelamin is JenisKelamin.PEREMPUAN else 0)
    kecamatan = rng.randint(1, len(KECAMATAN))
    return f"{KABUPATEN}{kecamatan:02}{day:02}{lahir:%m%y}{rng.randint(5000, 9999)}"


def _list_anak(
    orang: Orang, pasangan: dict[str, Any], rng: Random, today: date
) -> Iterator[dict[str, Any]]:
    """Yield children of the marriage, two years and more apart, of a mother under 43."""
    is_ayah = orang.kelamin is JenisKelamin.LAKI_LAKI
    ibu = pasangan["tanggal_lahir"] if is_ayah else orang.tanggal_lahir
    akhir = pasangan.get("tanggal_cerai") or pasangan.get("tanggal_meninggal")
    batas = min(akhir or today, today - timedelta(days=30), ibu + 43 * TAHUN)
    lahir = pasangan["tanggal_nikah"] + timedelta(days=rng.randint(300, 1200))
    ditunjang = 0
    for _ in range(rng.choices((0, 1, 2, 3, 4), (8, 22, 42, 22, 6))[0]):
        if lahir >= batas:
            return
        usia = (today - lahir).days // 365.25
        is_ditunjang = usia < USIA_DITUNJANG and ditunjang < ANAK_DITUNJANG
        ditunjang += is_ditunjang
        kelamin = rng.choice((JenisKelamin.LAKI_LAKI, JenisKelamin.PEREMPUAN))
        yield {
            "nama": draw_nama(rng, kelamin),
            "jenis": JenisAnak.KANDUNG.value,
            "jenis_kelamin": kelamin.value,
            "tempat_lahir": rng.choice(KECAMATAN),
            "tanggal_lahir": lahir,
            "sk_nomor": f"6307-LU-{lahir:%d%m%Y}-{rng.randint(1, 60):04}",
            "pasangan": pasangan,
            "pekerjaan": _pekerjaan_anak(int(usia)),
            "is_ditunjang": is_ditunjang,
        }
        lahir += timedelta(days=rng.randint(700, 1900))


def _pekerjaan_anak(usia: int) -> str:
    if usia < 6:
        return "Belum sekolah"
    if usia < 19:
        return "Pelajar"
    return "Mahasiswa" if usia < 24 else "Karyawan swasta"
