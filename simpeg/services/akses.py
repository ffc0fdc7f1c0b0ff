"""Granting, lending and ending roles.

Only an admin grants, and never to themselves; who holds a role may lend it for a time.
"""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet

from bkpsdmd.accounts.models import KodeAkses, User
from bkpsdmd.accounts.roles import DERIVED, Role
from bkpsdmd.accounts.services import create_account, issue_kode
from bkpsdmd.audit import services as audit
from bkpsdmd.exceptions import DomainError
from simpeg.models import Pegawai, PemberianPeran, UnitKerja
from simpeg.selectors.akses import DAPAT_DIDELEGASIKAN, PEMBACA


def grant_peran(
    *,
    user: User,
    peran: Role,
    unit_kerja: UnitKerja | None,
    mulai: dt.date,
    selesai: dt.date | None = None,
    dasar: str = "",
    by: User | None,
) -> PemberianPeran:
    """Give a role over `[mulai, selesai)`; `by=None` is the portal itself.

    Raises DomainError for a role that follows from the records, a unit that would limit
    nothing, and a grant that overlaps the same one.
    """
    _check_may_grant(user, by=by)
    _check_peran(peran, unit_kerja)
    if selesai and selesai <= mulai:
        raise DomainError("Akhir peran harus sesudah mulainya.", kolom="selesai")
    with transaction.atomic():
        return _create(
            "peran.beri",
            user=user,
            peran=peran,
            unit_kerja=unit_kerja,
            mulai=mulai,
            selesai=selesai,
            dasar=dasar,
            by=by,
        )


def delegate_peran(
    *,
    pemberian: PemberianPeran,
    penerima: User,
    mulai: dt.date,
    selesai: dt.date,
    alasan: str,
    by: User,
    per_tanggal: dt.date,
) -> PemberianPeran:
    """Lend a role one holds to somebody else over `[mulai, selesai)`; both hold it then.

    Raises DomainError for a role that is not one's own, not lent on, or not to be lent,
    and for a time that is past, too long, or outlasts the grant itself.
    """
    with transaction.atomic():
        pemberian = PemberianPeran.objects.select_for_update().get(pk=pemberian.pk)
        _check_delegation(pemberian, penerima, by)
        _check_delegation_time(pemberian, mulai, selesai, per_tanggal)
        return _create(
            "peran.delegasi",
            user=penerima,
            peran=Role(pemberian.peran),
            unit_kerja=pemberian.unit_kerja,
            mulai=mulai,
            selesai=selesai,
            dasar=alasan,
            dari=pemberian,
            by=by,
        )


def end_delegasi(*, delegasi: PemberianPeran, by: User, per_tanggal: dt.date) -> None:
    """Take a lent role back from that day on; who lent it or who got it may do so."""
    with transaction.atomic():
        delegasi = PemberianPeran.objects.select_for_update().get(pk=delegasi.pk)
        dari = delegasi.dari
        if dari is None or by.pk not in {dari.user_id, delegasi.user_id}:
            raise DomainError("Delegasi ini bukan milik Anda.", kode="bukan_milik")
        _refuse_ended(delegasi, per_tanggal)
        _shorten(delegasi, per_tanggal, alasan="Delegasi diakhiri", by=by)


def _create(
    kind: str,
    *,
    user: User,
    peran: Role,
    unit_kerja: UnitKerja | None,
    mulai: dt.date,
    selesai: dt.date | None,
    dasar: str,
    by: User | None,
    dari: PemberianPeran | None = None,
) -> PemberianPeran:
    user = User.objects.select_for_update().get(pk=user.pk)
    if not user.is_active:
        raise DomainError(f"Akun {user} nonaktif.", kolom="user")
    _refuse_overlap(user, peran, unit_kerja, mulai, selesai)
    pemberian = PemberianPeran.objects.create(
        user=user,
        peran=peran.value,
        unit_kerja=unit_kerja,
        mulai=mulai,
        selesai=selesai,
        dasar=dasar,
        dari=dari,
        created_by=by,
    )
    audit.record(
        kind,
        pemberian,
        by=by,
        subject=user,
        changes={
            "akun": (None, str(user)),
            "mulai": (None, mulai),
            "selesai": (None, selesai),
        },
        reason=dasar,
    )
    return pemberian


def _check_delegation(pemberian: PemberianPeran, penerima: User, by: User) -> None:
    if pemberian.user_id != by.pk:
        raise DomainError("Peran itu bukan milik Anda.", kode="bukan_milik")
    if pemberian.dari_id:
        raise DomainError(
            "Peran yang didelegasikan kepada Anda tidak dapat didelegasikan lagi.",
            kode="delegasi_ulang",
        )
    if pemberian.peran not in DAPAT_DIDELEGASIKAN:
        raise DomainError(
            f"Peran {Role(pemberian.peran).label} tidak didelegasikan; mintalah admin.",
            kolom="pemberian",
            kode="tidak_dapat",
        )
    if penerima.pk == by.pk:
        raise DomainError("Pilih orang lain.", kolom="penerima", kode="diri_sendiri")
    if not Pegawai.objects.filter(user=penerima, keadaan__is_aktif=True).exists():
        raise DomainError(
            "Penerima harus pegawai aktif.", kolom="penerima", kode="bukan_pegawai"
        )


def _check_delegation_time(
    pemberian: PemberianPeran, mulai: dt.date, selesai: dt.date, per_tanggal: dt.date
) -> None:
    if mulai < per_tanggal:
        raise DomainError("Mulai paling awal hari ini.", kolom="mulai")
    if selesai <= mulai:
        raise DomainError("Hari terakhir tidak boleh sebelum mulainya.", kolom="sampai")
    if (selesai - mulai).days > settings.DELEGASI_HARI:
        raise DomainError(
            f"Paling lama {settings.DELEGASI_HARI} hari; untuk lebih lama mintalah admin.",
            kolom="sampai",
            kode="terlalu_lama",
        )
    if mulai < pemberian.mulai or (pemberian.selesai and selesai > pemberian.selesai):
        raise DomainError(
            "Peran Anda sendiri tidak berlaku selama seluruh waktu itu.",
            kolom="sampai",
            kode="di_luar_masa",
        )


def end_peran(
    *, pemberian: PemberianPeran, selesai: dt.date, alasan: str, by: User
) -> None:
    """Let a grant end before `selesai`. One that would never have held is taken away.

    Raises DomainError for the grant of the last admin.
    """
    _check_may_grant(pemberian.user, by=by, own="mengakhiri")
    revoke_peran(pemberian=pemberian, selesai=selesai, alasan=alasan, by=by)


def revoke_peran(
    *, pemberian: PemberianPeran, selesai: dt.date, alasan: str, by: User
) -> None:
    """Do the same for whoever was allowed to decide it elsewhere (the yearly review)."""
    with transaction.atomic():
        pemberian = PemberianPeran.objects.select_for_update().get(pk=pemberian.pk)
        _refuse_ended(pemberian, selesai)
        if pemberian.peran == Role.ADMIN:
            _refuse_last_admin(pemberian, selesai)
        # What was lent from it ends with it.
        for delegasi in pemberian.delegasi_set.filter(selesai__gt=selesai):
            _shorten(delegasi, selesai, alasan=alasan, by=by)
        _shorten(pemberian, selesai, alasan=alasan, by=by)


def _refuse_ended(pemberian: PemberianPeran, selesai: dt.date) -> None:
    if pemberian.selesai and pemberian.selesai <= selesai:
        raise DomainError(
            f"Peran ini sudah berakhir {pemberian.selesai:%d-%m-%Y}.", kolom="selesai"
        )


def _shorten(
    pemberian: PemberianPeran, selesai: dt.date, *, alasan: str, by: User
) -> None:
    """Let a grant end on that day; one that would never have held is taken away."""
    audit.record(
        "peran.akhiri",
        pemberian,
        by=by,
        subject=pemberian.user,
        changes={
            "akun": (str(pemberian.user), None),
            "selesai": (pemberian.selesai, selesai),
        },
        reason=alasan,
    )
    if selesai <= pemberian.mulai:
        pemberian.delete()
    else:
        pemberian.selesai = selesai
        pemberian.save(update_fields=["selesai"])


def create_first_admin(
    *, username: str, nama: str, per_tanggal: dt.date
) -> tuple[User, str]:
    """Open a new portal: make its first admin and return the account and its code.

    Raises DomainError as soon as any active account is admin, today or later.
    """
    with transaction.atomic():
        if _admins(per_tanggal).exists():
            raise DomainError(
                "Portal ini sudah memiliki admin. Akun admin lain dibuat oleh admin itu.",
                kode="sudah_ada_admin",
            )
        user = create_account(username=username, nama=nama, by=None)
        grant_peran(
            user=user,
            peran=Role.ADMIN,
            unit_kerja=None,
            mulai=per_tanggal,
            dasar="Admin pertama portal",
            by=None,
        )
        kode = issue_kode(user=user, tujuan=KodeAkses.Tujuan.AKTIVASI, by=None)
    return user, kode


def _check_may_grant(user: User, *, by: User | None, own: str = "memberi") -> None:
    if by is None:
        return
    if Role.ADMIN not in by.roles:
        raise DomainError("Hanya admin yang mengatur peran.", kode="bukan_admin")
    if by.pk == user.pk:
        raise DomainError(
            f"Anda tidak dapat {own} peran untuk diri sendiri; mintalah admin lain.",
            kode="diri_sendiri",
        )


def _check_peran(peran: Role, unit_kerja: UnitKerja | None) -> None:
    if peran in DERIVED:
        raise DomainError(
            f"Peran {peran.label} mengikuti data pegawai dan jabatan, jadi tidak diberikan.",
            kolom="peran",
        )
    if peran == Role.PENGELOLA_OPD and unit_kerja is None:
        raise DomainError(
            "Pengelola kepegawaian mengelola satu unit; pilih unitnya.",
            kolom="unit_kerja",
        )
    if peran not in PEMBACA and unit_kerja is not None:
        raise DomainError(
            f"Peran {peran.label} selalu untuk seluruh instansi; kosongkan unitnya.",
            kolom="unit_kerja",
        )


def _refuse_overlap(
    user: User,
    peran: Role,
    unit_kerja: UnitKerja | None,
    mulai: dt.date,
    selesai: dt.date | None,
) -> None:
    same = PemberianPeran.objects.filter(
        Q(selesai__isnull=True) | Q(selesai__gt=mulai),
        user=user,
        peran=peran.value,
        unit_kerja=unit_kerja,
    )
    if selesai:
        same = same.filter(mulai__lt=selesai)
    if found := same.first():
        raise DomainError(
            f"{user} sudah memegang peran ini sejak {found.mulai:%d-%m-%Y}.",
            kolom="mulai",
            kode="peran_ganda",
        )


def _refuse_last_admin(pemberian: PemberianPeran, selesai: dt.date) -> None:
    if not _admins(selesai).exclude(pk=pemberian.pk).exists():
        raise DomainError(
            "Portal tidak boleh tanpa admin. Beri peran admin kepada orang lain dahulu.",
            kode="admin_terakhir",
        )


def _admins(per_tanggal: dt.date) -> QuerySet[PemberianPeran]:
    """Return the grants of admin that hold on that day or later, of active accounts."""
    return PemberianPeran.objects.filter(
        Q(selesai__isnull=True) | Q(selesai__gt=per_tanggal),
        peran=Role.ADMIN.value,
        user__is_active=True,
    )
