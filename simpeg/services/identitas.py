"""Correcting a NIP by decree, and linking two records of one person.

Two officers link: one proposes, another decides. Both records stay; one account serves,
that of the newer record. A wrong link is released, and the accounts stand as before.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Q

from bkpsdmd.accounts.models import User
from bkpsdmd.accounts.roles import DERIVED, fetch_roles
from bkpsdmd.accounts.services import deactivate_account, reactivate_account
from bkpsdmd.audit import services as audit
from bkpsdmd.exceptions import DomainError, StaleDataError
from simpeg.choices import JenisASN, JenisKelamin, StatusTautan
from simpeg.exceptions import NeedsConfirmationError
from simpeg.models import Pegawai, PerubahanNip, TautanPegawai
from simpeg.permissions import Permission
from simpeg.rules.nip import FaktaNip, check_nip, normalize_nip
from simpeg.selectors.akses import get_lingkup
from simpeg.selectors.identitas import TERTAUT, sort_data
from simpeg.services.keadaan import refresh_keadaan
from simpeg.services.pegawai import lock_for_change
from simpeg.services.perubahan_nip import build_perubahan_nip, rename_accounts


def correct_nip(
    *,
    pegawai: Pegawai,
    nip: str,
    berlaku: dt.date,
    sk_nomor: str,
    sk_tanggal: dt.date,
    alasan: str,
    by: User,
    per_tanggal: dt.date,
    sk_pejabat: str = "",
    is_diperiksa: bool = False,
) -> PerubahanNip:
    """Give a person the NIP of a decree; the old one still finds them.

    The log-in name follows. Raises DomainError for a number that cannot be or is
    somebody's, NeedsConfirmationError for one at odds with the record.
    """
    if not by.has_perm(Permission.NIP_CORRECT):
        raise DomainError(
            "Anda tidak berwenang mengoreksi NIP.", kode="tidak_berwenang"
        )
    baru = normalize_nip(nip)
    if berlaku > per_tanggal:
        raise DomainError(
            "Perubahan NIP dicatat setelah berlaku; tanggal ini belum tiba.",
            kolom="berlaku",
        )
    if sk_tanggal > per_tanggal:
        raise DomainError("Tanggal SK belum tiba.", kolom="sk_tanggal")
    with transaction.atomic():
        locked = lock_for_change(pegawai.pk, by=by)
        _check_nip(locked, baru, per_tanggal, is_diperiksa=is_diperiksa)
        row, kejadian = build_perubahan_nip(
            pegawai=locked,
            nip_lama=locked.nip,
            nip_baru=baru,
            berlaku=berlaku,
            sk_nomor=sk_nomor,
            sk_tanggal=sk_tanggal,
            sk_pejabat=sk_pejabat,
            alasan=alasan,
            by=by,
        )
        row.save()
        locked.nip = baru
        locked.versi += 1
        locked.save(update_fields=["nip", "versi", "updated_at"])
        if locked.user_id:
            rename_accounts({locked.user_id: baru}, by=by)
        refresh_keadaan([locked.pk], per_tanggal=per_tanggal)
        kejadian.save()
    return row


def _check_nip(
    pegawai: Pegawai, nip: str, per_tanggal: dt.date, *, is_diperiksa: bool
) -> None:
    if nip == pegawai.nip:
        raise DomainError("NIP ini sama dengan yang sekarang.", kolom="nip")
    others = Pegawai.objects.exclude(pk=pegawai.pk)
    once = PerubahanNip.objects.berlaku().exclude(pegawai=pegawai).filter(nip_lama=nip)
    hasil = check_nip(
        FaktaNip(
            nip,
            jenis_kelamin=JenisKelamin(pegawai.jenis_kelamin),
            tanggal_lahir=pegawai.tanggal_lahir,
            jenis_asn=JenisASN(pegawai.jenis_asn),
            tmt_cpns=pegawai.tmt_cpns,
            is_dipakai=others.filter(nip=nip).exists() or once.exists(),
        ),
        per_tanggal=per_tanggal,
    )
    salah = [alasan for alasan in hasil.alasan if not alasan.terpenuhi]
    if not hasil.sah:
        wrong = next(alasan for alasan in salah if alasan.kode in hasil.kesalahan)
        raise DomainError(wrong.pesan, kolom="nip")
    if salah and not is_diperiksa:
        raise NeedsConfirmationError(salah)


# -- Two records of one person ----------------------------------------------------------


def propose_tautan(
    *, satu: Pegawai, dua: Pegawai, alasan: str, by: User
) -> TautanPegawai:
    """Propose that two records are one person's; another officer decides."""
    _check_petugas(by)
    if satu.pk == dua.pk:
        raise DomainError("Pilih dua data yang berbeda.")
    with transaction.atomic():
        lama, baru = sort_data(*_lock_pair(satu.pk, dua.pk))
        if by.pk in {lama.user_id, baru.user_id}:
            raise DomainError("Data Anda sendiri diusulkan petugas lain.")
        same = TautanPegawai.objects.filter(
            Q(lama=lama, baru=baru) | Q(lama=baru, baru=lama), status__in=TERTAUT
        )
        if same.exists():
            raise DomainError("Kedua data ini sudah diusulkan atau ditautkan.")
        tautan = TautanPegawai.objects.create(
            lama=lama, baru=baru, alasan=alasan, diusulkan_by=by
        )
        _record("tautan.usul", tautan, by=by, reason=alasan)
    return tautan


def decide_tautan(
    *,
    tautan: TautanPegawai,
    is_setuju: bool,
    catatan: str,
    by: User,
    now: dt.datetime,
) -> TautanPegawai:
    """Link the two records, or refuse to; never by who proposed it.

    Linked, one account is left: the newer record's, or the older one's under the newer
    NIP. Raises DomainError where the account that would close holds a role.
    """
    _check_petugas(by)
    with transaction.atomic():
        locked = _lock_tautan(tautan, StatusTautan.DIUSULKAN)
        lama, baru = _lock_pair(locked.lama_id, locked.baru_id)
        if by.pk in {locked.diusulkan_by_id, lama.user_id, baru.user_id}:
            raise DomainError(
                "Usul ini diputus petugas lain, bukan pengusul atau orangnya sendiri.",
                kode="pengusul_sendiri",
            )
        locked.diputus_by, locked.diputus_at, locked.catatan = by, now, catatan
        locked.status = (
            StatusTautan.DISETUJUI if is_setuju else StatusTautan.DITOLAK
        ).value
        locked.akun_lama_id, locked.akun_baru_id = lama.user_id, baru.user_id
        locked.save()
        if is_setuju:
            _join_accounts(lama, baru, by=by)
        kind = "tautan.setujui" if is_setuju else "tautan.tolak"
        _record(kind, locked, by=by, reason=catatan)
    return locked


def _join_accounts(lama: Pegawai, baru: Pegawai, *, by: User) -> None:
    if lama.user_id is None:
        return
    user = User.objects.select_for_update().get(pk=lama.user_id)
    if baru.user_id is None:
        lama.user = None
        lama.save(update_fields=["user", "updated_at"])
        baru.user = user
        baru.save(update_fields=["user", "updated_at"])
        rename_accounts({user.pk: baru.nip}, by=by)
        return
    if fetch_roles(user) - DERIVED:
        raise DomainError(
            f"Akun data lama ({user}) memegang peran. Akhiri perannya, lalu putuskan lagi.",
            kode="akun_berperan",
        )
    if user.is_active:
        deactivate_account(
            user=user, by=None, reason="Dua data satu orang: dipakai akun data baru."
        )


def release_tautan(
    *, tautan: TautanPegawai, alasan: str, by: User, now: dt.datetime
) -> TautanPegawai:
    """Undo a wrong link: the records part, and each has the account it had."""
    _check_petugas(by)
    with transaction.atomic():
        locked = _lock_tautan(tautan, StatusTautan.DISETUJUI)
        lama, baru = _lock_pair(locked.lama_id, locked.baru_id)
        if by.pk in {lama.user_id, baru.user_id}:
            raise DomainError("Data Anda sendiri dilepas petugas lain.")
        _part_accounts(locked, lama, baru, by=by)
        locked.status = StatusTautan.DILEPAS.value
        locked.dilepas_by, locked.dilepas_at = by, now
        locked.alasan_lepas = alasan
        locked.save()
        _record("tautan.lepas", locked, by=by, reason=alasan)
    return locked


def _part_accounts(
    tautan: TautanPegawai, lama: Pegawai, baru: Pegawai, *, by: User
) -> None:
    user = tautan.akun_lama
    if user is None:
        return
    if baru.user_id == user.pk:
        baru.user = None
        baru.save(update_fields=["user", "updated_at"])
        lama.user = user
        lama.save(update_fields=["user", "updated_at"])
        rename_accounts({user.pk: lama.nip}, by=by)
    elif lama.user_id == user.pk and not user.is_active:
        reactivate_account(user=user, by=None, reason="Tautan dua data dilepas.")


def _check_petugas(by: User) -> None:
    if not by.has_perm(Permission.IDENTITAS_MANAGE) or not get_lingkup(by).semua:
        raise DomainError(
            "Tautan dua data diurus verifikator atau kepala bidang BKPSDMD.",
            kode="tidak_berwenang",
        )


def _lock_pair(one: int, two: int) -> tuple[Pegawai, Pegawai]:
    rows = {
        row.pk: row
        for row in Pegawai.objects.select_for_update()
        .filter(pk__in=[one, two])
        .order_by("pk")
    }
    return rows[one], rows[two]


def _lock_tautan(tautan: TautanPegawai, status: StatusTautan) -> TautanPegawai:
    locked = TautanPegawai.objects.select_for_update().get(pk=tautan.pk)
    if locked.status != status:
        raise StaleDataError("Tautan ini baru saja diputus petugas lain; muat ulang.")
    return locked


def _record(kind: str, tautan: TautanPegawai, *, by: User, reason: str) -> None:
    """Log the act in the history of both records."""
    for orang in (tautan.lama, tautan.baru):
        audit.record(kind, tautan, by=by, subject=orang, reason=reason)
