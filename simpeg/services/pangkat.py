"""Recording, correcting and cancelling a riwayat pangkat: the specimen of its kind.

Each act is one transaction: lock the person, gather facts, ask the rule, write, refresh
today's state, log. Nothing is ever overwritten or deleted.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from bkpsdmd.accounts.models import User
from bkpsdmd.audit import services as audit
from bkpsdmd.exceptions import DomainError, StaleDataError
from simpeg.choices import JenisASN
from simpeg.exceptions import NeedsConfirmationError
from simpeg.models import (
    Golongan,
    JenisKenaikanPangkat,
    Pegawai,
    Pembatalan,
    RiwayatPangkat,
)
from simpeg.rules.golongan import parse_golongan
from simpeg.rules.pangkat import (
    BarisPangkat,
    FaktaRiwayatPangkat,
    check_riwayat_pangkat,
)
from simpeg.services.arsip import BerkasTersimpan, add_berkas, stored_upload
from simpeg.services.keadaan import refresh_keadaan
from simpeg.services.pegawai import lock_for_change

JENIS_ARSIP = "sk_kp"


@dataclass(frozen=True)
class DataPangkat:
    """What a decree on a golongan says; masa kerja golongan in months on `tmt`."""

    golongan: Golongan
    tmt: dt.date
    masa_kerja_bulan: int
    sk_nomor: str
    sk_tanggal: dt.date
    sk_pejabat: str = ""
    jenis: JenisKenaikanPangkat | None = None


def add_riwayat_pangkat(
    *,
    pegawai: Pegawai,
    data: DataPangkat,
    berkas: UploadedFile[bytes] | None,
    by: User,
    per_tanggal: dt.date,
    is_diperiksa: bool = False,
) -> RiwayatPangkat:
    """Record a golongan. Raises NeedsConfirmationError for what is possible but odd,
    until `is_diperiksa`; DomainError for what cannot be."""
    with stored_upload(berkas) as stored, transaction.atomic():
        locked = lock_for_change(pegawai.pk, by=by)
        _check(locked, data, per_tanggal, is_diperiksa=is_diperiksa)
        riwayat = _create(locked, data, stored, by=by)
        refresh_keadaan([locked.pk], per_tanggal=per_tanggal)
        audit.record(
            "pangkat.tambah",
            riwayat,
            by=by,
            subject=locked,
            changes={name: (None, value) for name, value in _shown(riwayat).items()},
        )
    return riwayat


def correct_riwayat_pangkat(
    *,
    riwayat: RiwayatPangkat,
    data: DataPangkat,
    alasan: str,
    berkas: UploadedFile[bytes] | None,
    by: User,
    per_tanggal: dt.date,
    is_diperiksa: bool = False,
) -> RiwayatPangkat:
    """Replace a row by a new one that cites it; the file stays if no new one comes.

    Raises StaleDataError when somebody cancelled or corrected the row meanwhile.
    """
    with stored_upload(berkas) as stored, transaction.atomic():
        pegawai = lock_for_change(riwayat.pegawai_id, by=by)
        old = _get_berlaku(riwayat)
        _check(pegawai, data, per_tanggal, is_diperiksa=is_diperiksa, replaced=old)
        _cancel(old, alasan=alasan, by=by)
        new = _create(pegawai, data, stored, by=by, mengoreksi=old)
        refresh_keadaan([pegawai.pk], per_tanggal=per_tanggal)
        before, after = _shown(old), _shown(new)
        audit.record(
            "pangkat.koreksi",
            new,
            by=by,
            subject=pegawai,
            changes={
                name: (before[name], value)
                for name, value in after.items()
                if before[name] != value
            },
            reason=alasan,
        )
    return new


def cancel_riwayat_pangkat(
    *,
    riwayat: RiwayatPangkat,
    alasan: str,
    sk_nomor: str = "",
    sk_tanggal: dt.date | None = None,
    by: User,
    per_tanggal: dt.date,
) -> Pembatalan:
    """Take a row out of force; it stays readable with the reason.

    Raises StaleDataError when somebody cancelled or corrected the row meanwhile.
    """
    with transaction.atomic():
        pegawai = lock_for_change(riwayat.pegawai_id, by=by)
        old = _get_berlaku(riwayat)
        pembatalan = _cancel(
            old, alasan=alasan, sk_nomor=sk_nomor, sk_tanggal=sk_tanggal, by=by
        )
        refresh_keadaan([pegawai.pk], per_tanggal=per_tanggal)
        audit.record(
            "pangkat.batal",
            old,
            by=by,
            subject=pegawai,
            changes={name: (value, None) for name, value in _shown(old).items()},
            reason=alasan,
        )
    return pembatalan


def _check(
    pegawai: Pegawai,
    data: DataPangkat,
    per_tanggal: dt.date,
    *,
    is_diperiksa: bool,
    replaced: RiwayatPangkat | None = None,
) -> None:
    if data.sk_tanggal > per_tanggal:
        raise DomainError(
            "Tanggal SK belum tiba; periksa kembali SK-nya.", kolom="sk_tanggal"
        )
    jenis_asn = JenisASN(pegawai.jenis_asn)
    rows = pegawai.riwayatpangkat_set.berlaku()
    if replaced:
        rows = rows.exclude(pk=replaced.pk)
    fakta = FaktaRiwayatPangkat(
        jenis_asn=jenis_asn,
        tmt_pengangkatan=pegawai.tmt_cpns,
        baru=BarisPangkat(
            parse_golongan(data.golongan.kode, jenis_asn),
            data.tmt,
            data.masa_kerja_bulan,
        ),
        lain=tuple(
            BarisPangkat(
                parse_golongan(row.golongan_id, jenis_asn),
                row.tmt,
                row.masa_kerja_bulan,
            )
            for row in rows
        ),
    )
    hasil = check_riwayat_pangkat(fakta, per_tanggal=data.tmt)
    for salah in hasil.kesalahan:
        raise DomainError(salah.pesan, kolom="tmt", kode=salah.kode)
    if hasil.peringatan and not is_diperiksa:
        raise NeedsConfirmationError(hasil.peringatan)


def _create(
    pegawai: Pegawai,
    data: DataPangkat,
    stored: BerkasTersimpan | None,
    *,
    by: User,
    mengoreksi: RiwayatPangkat | None = None,
) -> RiwayatPangkat:
    berkas = mengoreksi.berkas if mengoreksi else None
    if stored:
        berkas = add_berkas(stored, pegawai=pegawai, jenis=JENIS_ARSIP, by=by)
    riwayat = RiwayatPangkat(
        pegawai=pegawai,
        golongan=data.golongan,
        tmt=data.tmt,
        jenis=data.jenis,
        masa_kerja_bulan=data.masa_kerja_bulan,
        sk_nomor=data.sk_nomor,
        sk_tanggal=data.sk_tanggal,
        sk_pejabat=data.sk_pejabat,
        berkas=berkas,
        mengoreksi=mengoreksi,
        created_by=by,
    )
    riwayat.full_clean()
    riwayat.save()
    return riwayat


def _get_berlaku(riwayat: RiwayatPangkat) -> RiwayatPangkat:
    """Read the row again under the lock; refuse one that is out of force by now."""
    found = RiwayatPangkat.objects.berlaku().filter(pk=riwayat.pk).first()
    if found is None:
        raise StaleDataError(
            "Riwayat ini baru saja dikoreksi atau dibatalkan petugas lain. Kembali ke "
            "daftar riwayat untuk melihat keadaan terakhir; tidak ada yang tertimpa."
        )
    return found


def _cancel(
    riwayat: RiwayatPangkat,
    *,
    alasan: str,
    by: User,
    sk_nomor: str = "",
    sk_tanggal: dt.date | None = None,
) -> Pembatalan:
    pembatalan = Pembatalan.objects.create(
        alasan=alasan, sk_nomor=sk_nomor, sk_tanggal=sk_tanggal, created_by=by
    )
    riwayat.dibatalkan_oleh = pembatalan
    riwayat.save(update_fields=["dibatalkan_oleh"])
    return pembatalan


def _shown(riwayat: RiwayatPangkat) -> dict[str, object]:
    return {
        "golongan": riwayat.golongan_id,
        "tmt": riwayat.tmt,
        "masa_kerja_bulan": riwayat.masa_kerja_bulan,
        "sk_nomor": riwayat.sk_nomor,
        "sk_tanggal": riwayat.sk_tanggal,
        "sk_pejabat": riwayat.sk_pejabat,
        "jenis": riwayat.jenis.nama if riwayat.jenis else None,
        "berkas": riwayat.berkas.nama_berkas if riwayat.berkas else None,
    }
