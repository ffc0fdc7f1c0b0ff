"""What a riwayat pangkat must satisfy beyond its description: the rule on golongan."""

from __future__ import annotations

from bkpsdmd.exceptions import DomainError
from simpeg.choices import JenisASN
from simpeg.exceptions import NeedsConfirmationError
from simpeg.models import RiwayatPangkat
from simpeg.rules.golongan import parse_golongan
from simpeg.rules.pangkat import (
    BarisPangkat,
    FaktaRiwayatPangkat,
    check_riwayat_pangkat,
)
from simpeg.services.usulan import Usulan


def check_pangkat(usulan: Usulan) -> None:
    """Raise what speaks against recording this golongan, or asks for a second look."""
    jenis_asn = JenisASN(usulan.pegawai.jenis_asn)

    def baris(row: RiwayatPangkat) -> BarisPangkat:
        golongan = parse_golongan(row.golongan_id, jenis_asn)
        return BarisPangkat(golongan, row.tmt, row.masa_kerja_bulan)

    fakta = FaktaRiwayatPangkat(
        jenis_asn=jenis_asn,
        tmt_pengangkatan=usulan.pegawai.tmt_cpns,
        baru=baris(usulan.baru),
        lain=tuple(baris(row) for row in usulan.lain),
    )
    hasil = check_riwayat_pangkat(fakta, per_tanggal=usulan.baru.tmt)
    for salah in hasil.kesalahan:
        raise DomainError(salah.pesan, kolom="tmt", kode=salah.kode)
    if hasil.peringatan and not usulan.is_diperiksa:
        raise NeedsConfirmationError(hasil.peringatan)
