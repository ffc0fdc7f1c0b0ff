"""Periodic raises and work agreements of one career, by the scales the portal keeps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from bkpsdmd.regulations import load_regulasi
from simpeg.choices import JenisASN, Predikat
from simpeg.rules.gaji import list_baris
from simpeg.rules.golongan import Golongan, GolonganPNS, GolonganPPPK

from .baris import Baris
from .karier import add_months
from .orang import CLTN, Orang

KONTRAK_PPPK_BULAN = 60


def list_kgb(
    orang: Orang, predikat: Mapping[int, Predikat], sampai: date
) -> Iterator[Baris]:
    """Yield the raises up to `sampai` for which a salary table is on file.

    What was paid under older tables nobody here can tell, so it is not invented. A year
    rated too low holds the raise of a PPPK back.
    """
    if orang.jenis_asn is JenisASN.PPPK_PARUH_WAKTU:
        return
    is_pns = orang.jenis_asn is JenisASN.PNS
    berhenti = min(
        (tmt for kode, tmt in orang.kedudukan if kode == CLTN), default=sampai
    )
    ends = [row[1] for row in orang.pangkat[1:]] + [min(sampai, berhenti)]
    for (kode, tmt, bulan, _, _), akhir in zip(orang.pangkat, ends, strict=True):
        golongan: Golongan = GolonganPNS(kode) if is_pns else GolonganPPPK(kode)
        for tanggal, tahun, lama, baru in _list_langkah(golongan, tmt, bulan, akhir):
            if tanggal > berhenti or not (is_pns or _is_baik(predikat, tanggal, tahun)):
                continue
            terbit = tanggal - timedelta(days=20 + orang.nomor % 35)
            yield (
                "kgb",
                {
                    "golongan": kode,
                    "tmt": tanggal,
                    "masa_kerja_bulan": tahun * 12,
                    "gaji_lama": lama,
                    "gaji_baru": baru,
                    "sk_nomor": f"822.3/{orang.nomor:05}/CONTOH/{terbit.year}",
                    "sk_tanggal": terbit,
                    "sk_pejabat": "Kepala Perangkat Daerah",
                },
            )


def _list_langkah(
    golongan: Golongan, tmt: date, bulan: int, akhir: date
) -> Iterator[tuple[date, int, int, int]]:
    """Yield (day, row of the scale in years, pay before, pay from then on)."""
    jenis = "pns" if isinstance(golongan, GolonganPNS) else "pppk"
    skala = load_regulasi(f"simpeg/gaji_pokok_{jenis}").find(akhir)
    if skala is None:
        return
    for lama, baru in pairwise(list_baris(skala, golongan)):
        tahun = baru.masa_kerja_tahun
        if tahun * 12 <= bulan or baru.gaji_rupiah == lama.gaji_rupiah:
            continue
        tanggal = add_months(tmt, tahun * 12 - bulan)
        if tanggal >= akhir:
            return
        if tanggal >= skala.berlaku:
            yield tanggal, tahun, lama.gaji_rupiah, baru.gaji_rupiah


def _is_baik(predikat: Mapping[int, Predikat], tanggal: date, tahun: int) -> bool:
    """Tell whether no known rating of the years before is below Baik."""
    sebelum = range(tanggal.year - min(tahun, 2), tanggal.year)
    known = [predikat[satu] for satu in sebelum if satu in predikat]
    return all(satu.reaches(Predikat.BAIK) for satu in known)


def list_kontrak(orang: Orang) -> Iterator[Baris]:
    """Yield the agreements of a PPPK: one of five years, or one for each year."""
    if orang.jenis_asn is JenisASN.PNS:
        return
    kode, tmt, _, _, _ = orang.pangkat[0]
    if orang.jenis_asn is JenisASN.PPPK:
        akhir = orang.kontrak_berakhir or add_months(tmt, KONTRAK_PPPK_BULAN)
        gaji = _find_gaji(GolonganPPPK(kode), tmt)
        yield _kontrak(orang, 1, tmt, akhir, kode, gaji)
        return
    for ke, row in enumerate(orang.jabatan, start=1):
        akhir = row.tmt_selesai or add_months(row.tmt, 12)
        yield _kontrak(orang, ke, row.tmt, akhir, kode, None)


def _kontrak(
    orang: Orang, ke: int, mulai: date, berikutnya: date, golongan: str, gaji: Any
) -> Baris:
    terbit = mulai - timedelta(days=10)
    return (
        "kontrak",
        {
            "ke": ke,
            "tmt": mulai,
            "tmt_akhir": berikutnya - timedelta(days=1),
            "golongan": golongan,
            "gaji_pokok": gaji,
            "sk_nomor": f"PK/{orang.nomor:05}/{ke}/CONTOH/{terbit.year}",
            "sk_tanggal": terbit,
            "sk_pejabat": "Kepala BKPSDMD",
        },
    )


def _find_gaji(golongan: GolonganPPPK, tmt: date) -> int | None:
    """Return the first pay, where the scale of that day is on file."""
    skala = load_regulasi("simpeg/gaji_pokok_pppk").find(tmt)
    return list_baris(skala, golongan)[0].gaji_rupiah if skala else None
