"""The one place that writes `KeadaanPegawai`, today's state of every pegawai."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence

from django.db import transaction

from simpeg.models import KeadaanPegawai
from simpeg.rules.duk import check_keanggotaan_duk, compute_kunci_duk
from simpeg.rules.waktu import compute_kunci_masa_kerja, first_of_next_month
from simpeg.selectors.bup import compute_tanggal_bup
from simpeg.selectors.duk import build_fakta_duk
from simpeg.selectors.keadaan import (
    HimpunanRiwayat,
    Keadaan,
    derive_keadaan,
    load_himpunan,
)
from simpeg.selectors.kelengkapan import compute_kelengkapan
from simpeg.services.mutu import build_mutu, mark_stale, save_mutu
from simpeg.services.radar import refresh_temuan

BATCH = 1000
# Stored DUK keys must stay comparable while time passes: service is counted up to one
# day that is the same for all. It grows alike for everybody (a TMT is a first).
ACUAN_MASA_KERJA = dt.date(2100, 1, 1)
_KOLOM = [
    field.name
    for field in KeadaanPegawai._meta.concrete_fields
    if not field.primary_key
]


def refresh_keadaan(pegawai_ids: Sequence[int], *, per_tanggal: dt.date) -> None:
    """Write the state of these people again; call it inside the caller's transaction.

    Seven queries and one write for each 1,000 people, then what the radar finds and
    how good their data are.
    """
    ids = list(pegawai_ids)
    for start in range(0, len(ids), BATCH):
        himpunan = load_himpunan(ids[start : start + BATCH])
        rows = [build_keadaan(h, per_tanggal) for h in himpunan]
        save_keadaan(rows)
        refresh_temuan(list(zip(himpunan, rows, strict=True)), per_tanggal=per_tanggal)
        save_mutu(build_mutu(himpunan, per_tanggal))


def roll_over(
    *,
    per_tanggal: dt.date,
    progress: Callable[[int, int, str], None] | None = None,
) -> int:
    """Write again all rows for which a TMT has arrived; return how many.

    Run each night; running it twice changes nothing. One transaction per 1,000 people.
    """
    total = 0
    due = KeadaanPegawai.objects.filter(berubah_pada__lte=per_tanggal)
    expected = due.count() if progress else 0
    while True:
        if progress:
            progress(total, max(total, expected), "Menyegarkan keadaan pegawai")
        ids = list(due.order_by("berubah_pada").values_list("pk", flat=True)[:BATCH])
        if not ids:
            return total
        himpunan = load_himpunan(ids)
        rows = [build_keadaan(h, per_tanggal) for h in himpunan]
        with transaction.atomic():
            save_keadaan(rows)
            refresh_temuan(
                list(zip(himpunan, rows, strict=True)), per_tanggal=per_tanggal
            )
            # Their quality is counted after the transaction, by the job of the night.
            mark_stale(ids)
        total += len(rows)


def save_keadaan(rows: Iterable[KeadaanPegawai]) -> None:
    """Insert or replace rows made by `build_keadaan`."""
    KeadaanPegawai.objects.bulk_create(
        rows,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["pegawai"],
        update_fields=_KOLOM,
    )


def build_keadaan(himpunan: HimpunanRiwayat, per_tanggal: dt.date) -> KeadaanPegawai:
    """Return the unsaved row for one person, from objects in memory alone."""
    keadaan = derive_keadaan(himpunan, per_tanggal)
    pegawai, pangkat, riwayat = keadaan.pegawai, keadaan.pangkat, keadaan.jabatan
    jabatan = riwayat.jabatan if riwayat else None
    unit = riwayat.unit_kerja if riwayat else None
    tanggal_bup = compute_tanggal_bup(keadaan)
    lengkap = compute_kelengkapan(keadaan)
    nama_urut = pegawai.nama.upper()
    return KeadaanPegawai(
        pegawai=pegawai,
        nip=pegawai.nip,
        nama_lengkap=pegawai.nama_lengkap,
        nama_urut=nama_urut,
        kunci_cari=f"{nama_urut} {pegawai.nip}",
        jenis_kelamin=pegawai.jenis_kelamin,
        tanggal_lahir=pegawai.tanggal_lahir,
        status=keadaan.status.value,
        kedudukan_id=keadaan.kedudukan.kedudukan_id if keadaan.kedudukan else None,
        is_aktif=keadaan.is_aktif,
        unit_kerja_id=unit.pk if unit else None,
        opd_id=unit.opd_id if unit else None,
        unit_path=unit.path if unit else "",
        golongan_id=pangkat.golongan_id if pangkat else None,
        tmt_golongan=pangkat.tmt if pangkat else None,
        masa_kerja_bulan=pangkat.masa_kerja_bulan if pangkat else None,
        kunci_masa_kerja=(
            compute_kunci_masa_kerja(pangkat.tmt, pangkat.masa_kerja_bulan)
            if pangkat
            else None
        ),
        jabatan_id=jabatan.pk if jabatan else None,
        jabatan_nama=jabatan.nama if jabatan else "",
        jenis_jabatan=jabatan.jenis if jabatan else "",
        kelompok_jabatan=jabatan.kelompok.value if jabatan else "",
        tmt_jabatan=riwayat.tmt if riwayat else None,
        pendidikan_id=keadaan.pendidikan.tingkat_id if keadaan.pendidikan else None,
        tahun_lulus=keadaan.pendidikan.tahun_lulus if keadaan.pendidikan else None,
        agama=pegawai.agama,
        status_kawin=pegawai.status_kawin,
        diklat=keadaan.diklat.tingkat if keadaan.diklat else None,
        tanggal_bup=tanggal_bup,
        tmt_pensiun=first_of_next_month(tanggal_bup) if tanggal_bup else None,
        kunci_duk=_compute_kunci_duk(keadaan),
        wajib_jumlah=len(lengkap.wajib),
        wajib_terisi=lengkap.terisi,
        berubah_pada=keadaan.berubah_pada,
    )


def _compute_kunci_duk(keadaan: Keadaan) -> str:
    """Return a key that sorts like the DUK; empty for those who do not stand in it."""
    anggota = check_keanggotaan_duk(keadaan.status, per_tanggal=keadaan.per_tanggal)
    if keadaan.pangkat is None or not anggota.terpenuhi:
        return ""
    fakta = build_fakta_duk(keadaan, masa_kerja_sampai=ACUAN_MASA_KERJA)
    return compute_kunci_duk(fakta, per_tanggal=keadaan.per_tanggal).teks
