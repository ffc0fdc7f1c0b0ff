"""What a decree on a periodic raise must satisfy beyond its description."""

from __future__ import annotations

from bkpsdmd.exceptions import DomainError
from bkpsdmd.regulations import Alasan
from simpeg.choices import JenisASN
from simpeg.exceptions import NeedsConfirmationError
from simpeg.rules.gaji import FaktaGaji, KodeGaji, compute_gaji_pokok
from simpeg.rules.golongan import parse_golongan
from simpeg.services.usulan import Usulan


def check_kgb(usulan: Usulan) -> None:
    """Refuse a golongan of the other scale and a raise that lowers the pay.

    Asks for a second look where the pay is not that of the scale in force on the TMT;
    says nothing where no scale of that time is kept.
    """
    row = usulan.baru
    golongan = parse_golongan(row.golongan_id, JenisASN(usulan.pegawai.jenis_asn))
    if row.gaji_lama and row.gaji_baru < row.gaji_lama:
        raise DomainError(
            "Gaji pokok baru lebih rendah daripada yang lama.", kolom="gaji_baru"
        )
    try:
        hasil = compute_gaji_pokok(
            FaktaGaji(golongan=golongan, mkg_bulan=row.masa_kerja_bulan),
            per_tanggal=row.tmt,
        )
    except DomainError:
        return
    if hasil.gaji_rupiah != row.gaji_baru and not usulan.is_diperiksa:
        pesan = "Gaji pokok baru pada SK berbeda dengan tabel gaji pada TMT itu."
        raise NeedsConfirmationError(
            [Alasan(KodeGaji.BARIS_GAJI, pesan), *hasil.alasan]
        )
