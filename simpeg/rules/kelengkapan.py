"""Which mandatory fields of a record are filled (indicator R-08)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bkpsdmd.regulations import load_regulasi
from simpeg.choices import StatusKepegawaian

KELOMPOK = {
    "Identitas": (
        "nama",
        "tempat_lahir",
        "tanggal_lahir",
        "jenis_kelamin",
        "agama",
        "status_kawin",
        "nik",
    ),
    "Kontak": ("nomor_hp", "email", "alamat"),
    "Pengangkatan": (
        "tmt_cpns",
        "sk_cpns_nomor",
        "sk_cpns_tanggal",
        "tmt_pns",
        "sk_pns_nomor",
        "sk_pns_tanggal",
    ),
    "Keadaan": ("golongan", "jabatan", "unit_kerja", "kedudukan"),
    "Pendidikan": ("pendidikan", "tahun_lulus"),
}

LABEL = {
    "nama": "Nama",
    "tempat_lahir": "Tempat lahir",
    "tanggal_lahir": "Tanggal lahir",
    "jenis_kelamin": "Jenis kelamin",
    "agama": "Agama",
    "status_kawin": "Status perkawinan",
    "nik": "NIK",
    "nomor_hp": "Nomor HP",
    "email": "Surel",
    "alamat": "Alamat",
    "tmt_cpns": "TMT CPNS/PPPK",
    "sk_cpns_nomor": "Nomor SK CPNS/PPPK",
    "sk_cpns_tanggal": "Tanggal SK CPNS/PPPK",
    "tmt_pns": "TMT PNS",
    "sk_pns_nomor": "Nomor SK PNS",
    "sk_pns_tanggal": "Tanggal SK PNS",
    "golongan": "Golongan",
    "jabatan": "Jabatan",
    "unit_kerja": "Unit kerja",
    "kedudukan": "Kedudukan hukum",
    "pendidikan": "Pendidikan",
    "tahun_lulus": "Tahun lulus",
}


@dataclass(frozen=True, slots=True)
class HasilKelengkapan:
    """`wajib` fields apply to this person, `kosong` of them are not filled."""

    wajib: tuple[str, ...]
    kosong: tuple[str, ...]

    @property
    def terisi(self) -> int:
        return len(self.wajib) - len(self.kosong)


def check_kelengkapan(
    nilai: Mapping[str, Any], status: StatusKepegawaian, *, per_tanggal: date
) -> HasilKelengkapan:
    """Return which mandatory fields of one person are empty.

    A field that does not pass its own check (a NIK that cannot be one) is handed in
    as empty. Dasar hukum: see regulations/kolom_wajib.yaml.
    """
    daftar = load_regulasi("simpeg/kolom_wajib").on(per_tanggal).nilai
    wajib = (*daftar["semua"], *daftar.get(status.value, ()))
    kosong = tuple(kolom for kolom in wajib if nilai[kolom] in (None, ""))
    return HasilKelengkapan(wajib=wajib, kosong=kosong)
