"""An export of SIASN about the invented office, with the differences such files have."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator
from random import Random

from django.core.files.base import ContentFile

from bkpsdmd.accounts.models import User
from simpeg.choices import JenisKelamin
from simpeg.demo.karier import add_months
from simpeg.demo.nama import draw_nama
from simpeg.models import BerkasMasuk, KeadaanPegawai, SelisihSiasn
from simpeg.rules.nip import compose_nip_pns
from simpeg.services.rekonsiliasi import (
    ask,
    compare_rekonsiliasi,
    upload_rekonsiliasi,
)

BERBEDA, TIDAK_ADA = 0.05, 0.006
HANYA_SIASN = 2
DITANYA = 3
Baris = dict[str, str]


def reconcile(
    *, by: User, pegawai: User, seed: int, per_tanggal: dt.date
) -> BerkasMasuk:
    """Compare the office with SIASN as an officer does, and ask `pegawai` and some more.

    Through the services of the officer, so that what shows is what they would make.
    """
    rng = Random(f"siasn-{seed}")  # noqa: S311
    rows = list(_list_baris(rng, pegawai))
    rows += [_draw_asing(rng, n, per_tanggal) for n in range(HANYA_SIASN)]
    teks = io.StringIO()
    writer = csv.DictWriter(teks, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    berkas = upload_rekonsiliasi(
        berkas=ContentFile(teks.getvalue().encode()),
        nama=f"ekspor-siasn-contoh-{per_tanggal:%Y-%m}.csv",
        by=by,
        is_ke_contoh=True,
    )
    compare_rekonsiliasi(impor_id=berkas.pk, per_tanggal=per_tanggal)
    own = SelisihSiasn.objects.filter(impor=berkas, pegawai__user=pegawai)
    lain = SelisihSiasn.objects.filter(impor=berkas).exclude(pegawai__user=by)
    ids = [*own.values_list("pk", flat=True), *lain.values_list("pk", flat=True)]
    ask(impor=berkas, ids=ids[:DITANYA], by=by)
    return berkas


def _list_baris(rng: Random, pegawai: User) -> Iterator[Baris]:
    """Yield active people as SIASN tells them; one cell of a few is another."""
    states = KeadaanPegawai.objects.aktif().select_related("pegawai").order_by("pk")
    for state in states.iterator(chunk_size=2000):
        is_pegawai = state.pegawai.user_id == pegawai.pk
        if rng.random() < TIDAK_ADA and not is_pegawai:
            continue
        baris = _build_baris(state)
        if is_pegawai:
            baris["NOMOR HP"] = "080099999999"
        elif rng.random() < BERBEDA:
            _change(baris, rng, state)
        yield baris


def _build_baris(state: KeadaanPegawai) -> Baris:
    orang = state.pegawai
    tmt = state.tmt_golongan
    tahun, bulan = divmod(state.masa_kerja_bulan or 0, 12)
    return {
        "NIP BARU": orang.nip,
        "NAMA": orang.nama,
        "TEMPAT LAHIR NAMA": orang.tempat_lahir,
        "TANGGAL LAHIR": f"{orang.tanggal_lahir:%d-%m-%Y}",
        "JENIS KELAMIN": JenisKelamin(orang.jenis_kelamin).siasn,
        "NIK": orang.nik,
        "NOMOR HP": orang.nomor_hp,
        "EMAIL": orang.email,
        "ALAMAT": orang.alamat,
        "GOL AKHIR NAMA": state.golongan_id or "",
        "TMT GOLONGAN": f"{tmt:%d-%m-%Y}" if tmt else "",
        "MK TAHUN": str(tahun),
        "MK BULAN": str(bulan),
        "JENIS PEGAWAI NAMA": orang.get_jenis_asn_display(),
    }


def _change(baris: Baris, rng: Random, state: KeadaanPegawai) -> None:
    judul = rng.choice(("NAMA", "NOMOR HP", "EMAIL", "ALAMAT", "TMT GOLONGAN"))
    if judul == "NAMA":
        baris[judul] = baris[judul].replace("a", "aa", 1)
    elif judul == "NOMOR HP":
        baris[judul] = f"0800{rng.randint(10_000_000, 99_999_999)}"
    elif judul == "EMAIL":
        baris[judul] = f"asn{rng.randint(10_000, 99_999)}@example.invalid"
    elif judul == "ALAMAT":
        baris[judul] = f"Jl. Contoh Baru No. {rng.randint(1, 300)}"
    elif state.tmt_golongan:
        baris[judul] = f"{add_months(state.tmt_golongan, -6):%d-%m-%Y}"


def _draw_asing(rng: Random, n: int, per_tanggal: dt.date) -> Baris:
    """Return somebody whom only SIASN knows."""
    lahir = dt.date(1990 + n, 3, 14)
    tmt = dt.date(per_tanggal.year - 3, 3, 1)
    return {
        "NIP BARU": compose_nip_pns(
            tanggal_lahir=lahir,
            tmt_cpns=tmt,
            jenis_kelamin=JenisKelamin.LAKI_LAKI,
            nomor_urut=900 + n,
        ),
        "NAMA": draw_nama(rng, JenisKelamin.LAKI_LAKI),
        "TEMPAT LAHIR NAMA": "Batu Laras",
        "TANGGAL LAHIR": f"{lahir:%d-%m-%Y}",
        "JENIS KELAMIN": JenisKelamin.LAKI_LAKI.siasn,
        "NIK": "",
        "NOMOR HP": "",
        "EMAIL": "",
        "ALAMAT": "",
        "GOL AKHIR NAMA": "III/a",
        "TMT GOLONGAN": f"{tmt:%d-%m-%Y}",
        "MK TAHUN": "0",
        "MK BULAN": "0",
        "JENIS PEGAWAI NAMA": "PNS",
    }
