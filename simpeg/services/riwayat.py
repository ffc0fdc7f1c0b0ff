"""Recording, correcting and cancelling a riwayat of any kind.

Each act is one transaction: lock the person, check, write, refresh today's state where
it hangs on the kind, log. Nothing is ever overwritten or deleted.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction

from bkpsdmd.accounts.models import User
from bkpsdmd.audit import services as audit
from bkpsdmd.exceptions import DomainError, StaleDataError
from simpeg.jenis_riwayat import (
    ANAK,
    CLTN,
    DP3,
    HUKUMAN,
    JABATAN,
    KGB,
    KINERJA_PERIODIK,
    PANGKAT,
    PEMBERHENTIAN,
    PINDAH_INSTANSI,
    SKP,
    SKP_LAMA,
    TUGAS_BELAJAR,
    JenisRiwayat,
)
from simpeg.models import Pegawai, Pembatalan
from simpeg.models.riwayat import Riwayat
from simpeg.permissions import Permission
from simpeg.selectors.radar import DIPERIKSA
from simpeg.services.arsip import BerkasTersimpan, add_berkas, stored_proof
from simpeg.services.disiplin import check_hukuman
from simpeg.services.gaji import check_kgb
from simpeg.services.jabatan import check_riwayat_jabatan
from simpeg.services.keadaan import refresh_keadaan
from simpeg.services.kedudukan import (
    check_pemberhentian,
    check_penugasan,
    check_pindah_instansi,
    check_tugas_belajar,
    fill_kedudukan,
)
from simpeg.services.keluarga import check_anak
from simpeg.services.kinerja import (
    check_dp3,
    check_periodik,
    check_skp,
    check_skp_lama,
)
from simpeg.services.mutu import refresh_mutu
from simpeg.services.pangkat import check_pangkat
from simpeg.services.pegawai import lock_for_change
from simpeg.services.radar import refresh_temuan_of
from simpeg.services.usulan import Usulan

# What a kind must satisfy beyond its description.
PERIKSA: Mapping[str, Callable[[Usulan], None]] = {
    PANGKAT.kunci: check_pangkat,
    JABATAN.kunci: check_riwayat_jabatan,
    KGB.kunci: check_kgb,
    ANAK.kunci: check_anak,
    HUKUMAN.kunci: check_hukuman,
    DP3.kunci: check_dp3,
    SKP_LAMA.kunci: check_skp_lama,
    SKP.kunci: check_skp,
    KINERJA_PERIODIK.kunci: check_periodik,
    PEMBERHENTIAN.kunci: check_pemberhentian,
    CLTN.kunci: check_penugasan,
    TUGAS_BELAJAR.kunci: check_tugas_belajar,
    PINDAH_INSTANSI.kunci: check_pindah_instansi,
}
# What follows from the other fields of a kind.
LENGKAPI: Mapping[str, Callable[[Any], None]] = {
    jenis.kunci: fill_kedudukan for jenis in (CLTN, TUGAS_BELAJAR, PINDAH_INSTANSI)
}


def add_riwayat(
    *,
    jenis: JenisRiwayat,
    pegawai: Pegawai,
    data: Mapping[str, Any],
    berkas: Sequence[UploadedFile[bytes]] = (),
    by: User,
    per_tanggal: dt.date,
    is_diperiksa: bool = False,
) -> Any:
    """Record a row of this kind; `data` by the names of `jenis.isian`.

    Raises NeedsConfirmationError for what is possible but odd, until `is_diperiksa`;
    DomainError for what cannot be.
    """
    with stored_proof(berkas) as stored, transaction.atomic():
        locked = _lock(jenis, pegawai.pk, by=by)
        baru = _build(jenis, locked, data, by=by)
        _check(Usulan(jenis, locked, baru, None, per_tanggal, is_diperiksa))
        _save(jenis, baru, stored, by=by)
        _refresh(jenis, locked, per_tanggal)
        audit.record(
            f"{jenis.kunci}.tambah",
            baru,
            by=by,
            subject=locked,
            changes={
                name: (None, value)
                for name, value in _shown(jenis, baru).items()
                if value not in (None, "")
            },
        )
    return baru


def correct_riwayat(
    *,
    jenis: JenisRiwayat,
    riwayat: Riwayat,
    data: Mapping[str, Any],
    alasan: str,
    berkas: Sequence[UploadedFile[bytes]] = (),
    by: User,
    per_tanggal: dt.date,
    is_diperiksa: bool = False,
) -> Any:
    """Replace a row by a new one that cites it; the file stays if no new one comes.

    Raises StaleDataError when somebody cancelled or corrected the row meanwhile.
    """
    with stored_proof(berkas) as stored, transaction.atomic():
        pegawai = _lock(jenis, riwayat.pegawai_id, by=by)
        old = _get_berlaku(riwayat)
        baru = _build(jenis, pegawai, data, by=by, mengoreksi=old)
        _check(Usulan(jenis, pegawai, baru, old, per_tanggal, is_diperiksa))
        _cancel(old, alasan=alasan, by=by)
        _save(jenis, baru, stored, by=by)
        _refresh(jenis, pegawai, per_tanggal)
        before = _shown(jenis, old)
        audit.record(
            f"{jenis.kunci}.koreksi",
            baru,
            by=by,
            subject=pegawai,
            changes={
                name: (before[name], value)
                for name, value in _shown(jenis, baru).items()
                if before[name] != value
            },
            reason=alasan,
        )
    return baru


def cancel_riwayat(
    *,
    jenis: JenisRiwayat,
    riwayat: Riwayat,
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
        pegawai = _lock(jenis, riwayat.pegawai_id, by=by)
        old = _get_berlaku(riwayat)
        pembatalan = _cancel(
            old, alasan=alasan, sk_nomor=sk_nomor, sk_tanggal=sk_tanggal, by=by
        )
        _refresh(jenis, pegawai, per_tanggal)
        audit.record(
            f"{jenis.kunci}.batal",
            old,
            by=by,
            subject=pegawai,
            changes={
                name: (value, None)
                for name, value in _shown(jenis, old).items()
                if value not in (None, "")
            },
            reason=alasan,
        )
    return pembatalan


def _lock(jenis: JenisRiwayat, pegawai_id: int, *, by: User) -> Pegawai:
    """Return the person locked, if `by` keeps them and may see this kind at all."""
    pegawai = lock_for_change(pegawai_id, by=by)
    if jenis.is_tertutup and not by.has_perm(Permission.PEGAWAI_SENSITIVE):
        raise DomainError(
            f"Anda tidak berwenang atas data {jenis.nama}.", kode="tertutup"
        )
    return pegawai


def _build(
    jenis: JenisRiwayat,
    pegawai: Pegawai,
    data: Mapping[str, Any],
    *,
    by: User,
    mengoreksi: Any = None,
) -> Any:
    if unknown := set(data) - set(jenis.isian):
        raise KeyError(f"not a field of {jenis.kunci}: {sorted(unknown)}")
    model: Any = jenis.model
    row = model(
        **data,
        pegawai=pegawai,
        mengoreksi=mengoreksi,
        berkas=mengoreksi.berkas if mengoreksi else None,
        created_by=by,
    )
    if complete := LENGKAPI.get(jenis.kunci):
        complete(row)
    return row


def _check(usulan: Usulan) -> None:
    if usulan.pegawai.jenis_asn not in usulan.jenis.untuk:
        raise DomainError(
            f"Data {usulan.jenis.nama} tidak berlaku untuk "
            f"{usulan.pegawai.get_jenis_asn_display()}."
        )
    _check_tanggal(usulan)
    _check_rentang(usulan)
    _check_unik(usulan)
    if check := PERIKSA.get(usulan.jenis.kunci):
        check(usulan)


def _check_tanggal(usulan: Usulan) -> None:
    """Refuse days that have not come, and years, where the kind tells of the past."""
    jenis, baru = usulan.jenis, usulan.baru
    for name in jenis.isian:
        value = getattr(baru, name)
        if name in jenis.mendatang:
            continue
        if isinstance(value, dt.date) and value > usulan.per_tanggal:
            label = jenis.label_of(name)
            raise DomainError(
                f"{label[0].upper()}{label[1:]} belum tiba; periksa kembali buktinya.",
                kolom=name,
            )
        if name.startswith("tahun") and value and value > usulan.per_tanggal.year:
            raise DomainError("Tahun ini belum tiba.", kolom=name)
        if name.startswith("tahun") and value and value < 1900:
            raise DomainError("Tulis tahun dengan empat angka.", kolom=name)


def _check_rentang(usulan: Usulan) -> None:
    jenis = usulan.jenis
    if jenis.rentang is None:
        return
    awal, akhir = jenis.rentang
    mulai, selesai = getattr(usulan.baru, awal), getattr(usulan.baru, akhir)
    if selesai and selesai < mulai:
        raise DomainError(
            f"Tanggal ini mendahului {jenis.label_of(awal)}.", kolom=akhir
        )
    if not jenis.is_tunggal:
        return
    for row in usulan.lain:
        lain_mulai, lain_selesai = getattr(row, awal), getattr(row, akhir)
        if mulai <= (lain_selesai or dt.date.max) and lain_mulai <= (
            selesai or dt.date.max
        ):
            raise DomainError(
                f"Bertumpang tindih dengan {jenis.nama} {row}; satu hari tidak dapat "
                "tercatat dua kali.",
                kolom=awal,
                kode="tumpang_tindih",
            )


def _check_unik(usulan: Usulan) -> None:
    jenis = usulan.jenis
    if not jenis.unik:
        return
    kept = _key(jenis, usulan.baru)
    for row in usulan.lain:
        if _key(jenis, row) == kept:
            raise DomainError(
                f"Sudah tercatat: {row}. Bila ada yang salah padanya, pakai Koreksi.",
                kolom=jenis.unik[-1],
                kode="sudah_tercatat",
            )


def _key(jenis: JenisRiwayat, row: Any) -> tuple[Any, ...]:
    values = (getattr(row, jenis.model._meta.get_field(n).attname) for n in jenis.unik)  # type: ignore[union-attr]
    return tuple(v.casefold() if isinstance(v, str) else v for v in values)


def _save(
    jenis: JenisRiwayat, baru: Any, stored: BerkasTersimpan | None, *, by: User
) -> None:
    if stored:
        baru.berkas = add_berkas(stored, pegawai=baru.pegawai, jenis=jenis.arsip, by=by)
    try:
        baru.full_clean()
    except ValidationError as error:
        name, messages = next(iter(error.message_dict.items()))
        raise DomainError(
            messages[0], kolom=name if name in jenis.isian else None
        ) from error
    baru.save()


def _refresh(jenis: JenisRiwayat, pegawai: Pegawai, per_tanggal: dt.date) -> None:
    if jenis.is_keadaan:
        refresh_keadaan([pegawai.pk], per_tanggal=per_tanggal)
    elif jenis.kunci in DIPERIKSA:
        refresh_temuan_of([pegawai.pk], per_tanggal=per_tanggal)
    if not jenis.is_keadaan:
        refresh_mutu([pegawai.pk], per_tanggal=per_tanggal)


def _get_berlaku(riwayat: Riwayat) -> Any:
    """Read the row again under the lock; refuse one that is out of force by now."""
    rows = type(riwayat).objects.berlaku()
    found = rows.filter(pk=riwayat.pk).first()
    if found is None:
        raise StaleDataError(
            "Catatan ini baru saja dikoreksi atau dibatalkan petugas lain. Kembali ke "
            "daftar riwayat untuk melihat keadaan terakhir; tidak ada yang tertimpa."
        )
    return found


def _cancel(
    riwayat: Riwayat,
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


def _shown(jenis: JenisRiwayat, row: Any) -> dict[str, object]:
    """Return the values of a row as the log keeps them: words, not keys."""
    return {name: _value(row, name) for name in (*jenis.isian, "berkas")}


def _value(row: Any, name: str) -> object:
    field = row._meta.get_field(name)
    if field.choices:
        return getattr(row, f"get_{name}_display")()
    value = getattr(row, name)
    return str(value) if isinstance(value, models.Model) else value
