"""Writing the identity of a person, and the checks every write about a person makes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from bkpsdmd.accounts.models import User
from bkpsdmd.audit import services as audit
from bkpsdmd.exceptions import DomainError, StaleDataError
from simpeg.choices import JenisKelamin
from simpeg.models import Pegawai
from simpeg.rules.nik import FaktaNik, check_nik
from simpeg.selectors.akses import get_lingkup_kelola
from simpeg.selectors.identitas import is_data_sendiri
from simpeg.services.keadaan import refresh_keadaan
from simpeg.services.mutu import refresh_mutu

# What a clerk may mend by hand. NIP, status and dates of appointment follow from
# decrees and have acts of their own.
KOLOM_DATA_UTAMA = (
    "nama",
    "gelar_depan",
    "gelar_belakang",
    "tempat_lahir",
    "agama",
    "status_kawin",
    "nik",
    "nomor_hp",
    "email",
    "email_dinas",
    "alamat",
    "npwp",
    "bpjs",
)

KOLOM_PENGANGKATAN = (
    "sk_cpns_nomor",
    "sk_cpns_tanggal",
    "tmt_cpns",
    "sk_pns_nomor",
    "sk_pns_tanggal",
    "tmt_pns",
)


def lock_for_change(pegawai_id: int, *, by: User) -> Pegawai:
    """Return the person, locked until the transaction ends, if `by` may change them.

    Raises DomainError for oneself (nobody keeps their own record) and for people
    outside the units granted to `by`.
    """
    pegawai = Pegawai.objects.select_for_update().get(pk=pegawai_id)
    if pegawai.user_id == by.pk or is_data_sendiri(by, pegawai_id):
        raise DomainError(
            "Data Anda sendiri dicatat oleh petugas lain, bukan oleh Anda.",
            kode="data_sendiri",
        )
    inside = Pegawai.objects.filter(pk=pegawai_id).within(get_lingkup_kelola(by))
    if not inside.exists():
        raise DomainError(
            "Pegawai ini di luar unit kerja yang Anda kelola.", kode="luar_lingkup"
        )
    return pegawai


def update_pegawai(
    *,
    pegawai: Pegawai,
    versi: int,
    data: Mapping[str, Any],
    by: User,
    per_tanggal: dt.date,
) -> Pegawai:
    """Change identity data as read at `versi`; unknown keys are a programming error.

    Raises StaleDataError when somebody saved the person after `versi` was read.
    """
    if unknown := set(data) - set(KOLOM_DATA_UTAMA):
        raise KeyError(f"not a field of data utama: {sorted(unknown)}")
    with transaction.atomic():
        locked = lock_for_change(pegawai.pk, by=by)
        _check_versi(locked, versi)
        _check_nik(locked, data.get("nik", locked.nik))
        changes = audit.diff(locked, data)
        if not changes:
            return locked
        for name, value in data.items():
            setattr(locked, name, value)
        locked.versi += 1
        locked.save(update_fields=[*data, "versi", "updated_at"])
        refresh_keadaan([locked.pk], per_tanggal=per_tanggal)
        audit.record("pegawai.ubah", locked, by=by, subject=locked, changes=changes)
    return locked


def update_pengangkatan(
    *,
    pegawai: Pegawai,
    versi: int,
    data: Mapping[str, Any],
    alasan: str,
    by: User,
    per_tanggal: dt.date,
) -> Pegawai:
    """Change the decrees of appointment as read at `versi`, with the reason.

    Raises StaleDataError when somebody saved the person after `versi` was read,
    DomainError for dates that cannot follow one another.
    """
    if unknown := set(data) - set(KOLOM_PENGANGKATAN):
        raise KeyError(f"not a field of pengangkatan: {sorted(unknown)}")
    with transaction.atomic():
        locked = lock_for_change(pegawai.pk, by=by)
        _check_versi(locked, versi)
        _check_urutan({**{n: getattr(locked, n) for n in KOLOM_PENGANGKATAN}, **data})
        changes = audit.diff(locked, data)
        if not changes:
            return locked
        for name, value in data.items():
            setattr(locked, name, value)
        locked.versi += 1
        locked.save(update_fields=[*data, "versi", "updated_at"])
        refresh_keadaan([locked.pk], per_tanggal=per_tanggal)
        audit.record(
            "pegawai.pengangkatan",
            locked,
            by=by,
            subject=locked,
            changes=changes,
            reason=alasan,
        )
    return locked


def _check_urutan(nilai: Mapping[str, Any]) -> None:
    cpns, pns = nilai["tmt_cpns"], nilai["tmt_pns"]
    if pns and not cpns:
        raise DomainError("Isi TMT CPNS lebih dahulu.", kolom="tmt_cpns")
    if cpns and pns and pns <= cpns:
        raise DomainError("TMT PNS sesudah TMT CPNS.", kolom="tmt_pns")


def _check_versi(pegawai: Pegawai, versi: int) -> None:
    if pegawai.versi != versi:
        raise StaleDataError(
            "Data pegawai ini baru saja diubah petugas lain. Muat ulang halaman, "
            "bandingkan, lalu simpan lagi; belum ada yang tertimpa."
        )


def confirm_pegawai(*, pegawai: Pegawai, by: User) -> None:
    """Note that a person has looked at their own record and found it right."""
    if pegawai.user_id != by.pk:
        raise DomainError("Hanya pegawai yang bersangkutan dapat menyatakan ini.")
    with transaction.atomic():
        Pegawai.objects.filter(pk=pegawai.pk).update(dikonfirmasi_at=timezone.now())
        refresh_mutu([pegawai.pk], per_tanggal=timezone.localdate())
        audit.record("pegawai.konfirmasi", pegawai, by=by, subject=pegawai)


def _check_nik(pegawai: Pegawai, nik: str) -> None:
    if not nik:
        return
    hasil = check_nik(
        FaktaNik(
            nik,
            jenis_kelamin=JenisKelamin(pegawai.jenis_kelamin),
            tanggal_lahir=pegawai.tanggal_lahir,
        )
    )
    if not hasil.sah:
        salah = next(a for a in hasil.alasan if not a.terpenuhi)
        raise DomainError(salah.pesan, kolom="nik")
