"""Which mandatory fields of a person's record are filled."""

from __future__ import annotations

from simpeg.rules.kelengkapan import HasilKelengkapan, check_kelengkapan
from simpeg.rules.nik import FaktaNik, check_nik
from simpeg.selectors.keadaan import Keadaan


def compute_kelengkapan(keadaan: Keadaan) -> HasilKelengkapan:
    """Return which mandatory fields of this person are filled and valid."""
    pegawai, pendidikan = keadaan.pegawai, keadaan.pendidikan
    nilai = {
        "nama": pegawai.nama,
        "tempat_lahir": pegawai.tempat_lahir,
        "tanggal_lahir": pegawai.tanggal_lahir,
        "jenis_kelamin": pegawai.jenis_kelamin,
        "agama": pegawai.agama,
        "status_kawin": pegawai.status_kawin,
        "nik": pegawai.nik if check_nik(FaktaNik(pegawai.nik)).sah else None,
        "nomor_hp": pegawai.nomor_hp,
        "email": pegawai.email or pegawai.email_dinas,
        "alamat": pegawai.alamat,
        "tmt_cpns": pegawai.tmt_cpns,
        "sk_cpns_nomor": pegawai.sk_cpns_nomor,
        "sk_cpns_tanggal": pegawai.sk_cpns_tanggal,
        "tmt_pns": pegawai.tmt_pns,
        "sk_pns_nomor": pegawai.sk_pns_nomor,
        "sk_pns_tanggal": pegawai.sk_pns_tanggal,
        "golongan": keadaan.pangkat,
        "jabatan": keadaan.jabatan,
        "unit_kerja": keadaan.jabatan,
        "kedudukan": keadaan.kedudukan,
        "pendidikan": pendidikan,
        "tahun_lulus": pendidikan.tahun_lulus if pendidikan else None,
    }
    return check_kelengkapan(nilai, keadaan.status, per_tanggal=keadaan.per_tanggal)
