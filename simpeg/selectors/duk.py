"""Who stands in the daftar urut kepangkatan, and what decides the place."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from simpeg.choices import Eselon, JenisJabatan, Jenjang, KelompokJabatan
from simpeg.models import Jabatan
from simpeg.rules.duk import FaktaDuk, TingkatJabatan
from simpeg.rules.golongan import GolonganPNS
from simpeg.selectors.keadaan import Keadaan


def build_fakta_duk(
    keadaan: Keadaan, *, masa_kerja_sampai: dt.date | None = None
) -> FaktaDuk:
    """Return what the DUK compares for one PNS who has a pangkat.

    Service counts up to `masa_kerja_sampai`, by default the date of `keadaan`.
    """
    pangkat, jabatan = keadaan.pangkat, keadaan.jabatan
    pendidikan, diklat = keadaan.pendidikan, keadaan.diklat
    if pangkat is None:
        raise ValueError("a person without a pangkat does not stand in the DUK")
    counted = replace(keadaan, per_tanggal=masa_kerja_sampai or keadaan.per_tanggal)
    return FaktaDuk(
        nomor=keadaan.pegawai.nip,
        golongan=GolonganPNS(pangkat.golongan_id),
        tmt_golongan=pangkat.tmt,
        tingkat_jabatan=_tingkat(jabatan.jabatan) if jabatan else None,
        tmt_jabatan=jabatan.tmt if jabatan else None,
        masa_kerja_bulan=counted.masa_kerja_bulan or 0,
        diklat_tingkat=diklat.tingkat if diklat else None,
        diklat_tanggal=diklat.tanggal_selesai if diklat else None,
        pendidikan=pendidikan.tingkat.as_pendidikan if pendidikan else None,
        tahun_lulus=pendidikan.tahun_lulus if pendidikan else None,
        tanggal_lahir=keadaan.pegawai.tanggal_lahir,
    )


def _tingkat(jabatan: Jabatan) -> TingkatJabatan | None:
    if jabatan.eselon:
        return Eselon(jabatan.eselon)
    if jabatan.jenjang:
        return Jenjang(jabatan.jenjang)
    if jabatan.jenis == JenisJabatan.PELAKSANA:
        return KelompokJabatan.PELAKSANA
    return None
