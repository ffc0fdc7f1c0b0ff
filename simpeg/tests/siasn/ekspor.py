"""Invented exports of SIASN of any length, and the ways an office saves them."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Mapping, Sequence

from openpyxl import Workbook

from simpeg.choices import JenisKelamin
from simpeg.models import Pegawai
from simpeg.rules.golongan import GolonganPNS
from simpeg.rules.nip import compose_ni_pppk, compose_nip_pns

Baris = dict[str, str]
GOLONGAN = list(GolonganPNS)


def make_baris(n: int, **sel: str) -> Baris:
    """Return the n-th person of an invented office, sound in every column."""
    is_pppk = n % 5 == 4
    kelamin = JenisKelamin.PEREMPUAN if n % 2 else JenisKelamin.LAKI_LAKI
    lahir = dt.date(1970, 1, 1) + dt.timedelta(days=n * 7919 % 9000)
    tmt_cpns = dt.date(lahir.year + 24, n % 12 + 1, 1)
    nomor = {
        "tanggal_lahir": lahir,
        "jenis_kelamin": kelamin,
        "nomor_urut": n % 999 + 1,
    }
    hari = f"{lahir.day + (40 if n % 2 else 0):02}{lahir:%m%y}"
    opd = f"Dinas Contoh {n % 40}"
    baris = {
        "PNS ID": f"ORANG{n:027d}",
        "NAMA": f"Pegawai Contoh {n}",
        "TEMPAT LAHIR NAMA": "Barabai",
        "TANGGAL LAHIR": f"{lahir:%d-%m-%Y}",
        "JENIS KELAMIN": kelamin.siasn,
        "AGAMA ID": "1",
        "JENIS KAWIN ID": "1",
        "NIK": f"'630701{hari}{n % 9999 + 1:04}",
        "NOMOR HP": f"'0812{n:08}",
        "EMAIL": f"asn{n}@example.invalid",
        "ALAMAT": f"Jl. Contoh No. {n}, Barabai",
        "KEDUDUKAN HUKUM ID": "'01",
        "JENIS JABATAN ID": "4",
        "JABATAN ID": f"JFU{n % 60:03}",
        "JABATAN NAMA": f"Pengelola Contoh {n % 60}",
        "TINGKAT PENDIDIKAN ID": "'40",
        "PENDIDIKAN NAMA": f"S-1 Contoh {n % 9}",
        "TAHUN LULUS": str(lahir.year + 23),
        "UNOR ID": f"UN{n % 240:03}",
        "UNOR NAMA": f"Bagian {n % 240} {opd}",
        "SATUAN KERJA KERJA NAMA": opd,
        "NOMOR SK CPNS": f"813/{n}/CONTOH",
        "TANGGAL SK CPNS": f"{tmt_cpns:%d-%m-%Y}",
    }
    if is_pppk:
        tmt_cpns = dt.date(2022, 3, 1)
        nip = compose_ni_pppk(tahun_pengangkatan=2022, kontrak_ke=1, **nomor)
        baris |= {
            "JENIS PEGAWAI NAMA": "PPPK",
            "GOL AWAL NAMA": "IX",
            "GOL AKHIR NAMA": "IX",
            "TMT GOLONGAN": "01-03-2022",
            "TMT JABATAN": "01-03-2022",
            "MK TAHUN": "0",
        }
    else:
        nip = compose_nip_pns(tmt_cpns=tmt_cpns, **nomor)
        akhir = GOLONGAN[8 + n % 6]
        tmt = dt.date(2016 + n % 10, 4, 1)
        baris |= {
            "JENIS PEGAWAI ID": "15",
            "STATUS CPNS PNS": "P",
            "TMT PNS": f"01-{tmt_cpns:%m}-{tmt_cpns.year + 1}",
            "GOL AWAL ID": "31",
            "GOL AWAL NAMA": "III/a",
            "GOL AKHIR ID": akhir.siasn,
            "GOL AKHIR NAMA": akhir.value,
            "TMT GOLONGAN": f"{max(tmt, tmt_cpns):%d-%m-%Y}",
            "TMT JABATAN": f"{max(tmt, tmt_cpns):%d-%m-%Y}",
            "MK TAHUN": str(max(tmt.year - tmt_cpns.year, 0)),
        }
    baris |= {"NIP BARU": f"'{nip}", "TMT CPNS": f"{tmt_cpns:%d-%m-%Y}"}
    return baris | sel


def get_orang(n: int = 0) -> Pegawai:
    """Return who the n-th row became."""
    return Pegawai.objects.get(siasn_id=make_baris(n)["PNS ID"])


def list_judul(rows: Sequence[Mapping[str, str]]) -> list[str]:
    return list(dict.fromkeys(judul for row in rows for judul in row))


def write_csv(
    rows: Sequence[Mapping[str, str]], *, pemisah: str = ",", sandi: str = "utf-8"
) -> bytes:
    teks = io.StringIO()
    writer = csv.DictWriter(teks, list_judul(rows), delimiter=pemisah)
    writer.writeheader()
    writer.writerows(rows)
    return teks.getvalue().encode(sandi)


def write_xlsx(rows: Sequence[Mapping[str, object]]) -> bytes:
    book = Workbook()
    judul = list_judul(rows)
    book.active.append(judul)
    for row in rows:
        book.active.append([row.get(nama, "") for nama in judul])
    isi = io.BytesIO()
    book.save(isi)
    return isi.getvalue()
