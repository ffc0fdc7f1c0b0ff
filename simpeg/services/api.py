"""Clients of the API: their tokens, their limits, and what they read."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Sequence

from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.utils import timezone

from bkpsdmd.accounts.models import User
from bkpsdmd.audit import services as audit
from bkpsdmd.exceptions import DomainError
from simpeg.choices import CakupanApi
from simpeg.models import CatatanApi, KlienApi, UnitKerja

PREFIX = "pk_"
AWALAN = 10
# How long a token may live; a forgotten program stops by itself.
PALING_LAMA = dt.timedelta(days=730)
SENTUH_TIAP = dt.timedelta(minutes=1)


def hash_token(token: str) -> str:
    """Return what is stored of a token: 256 random bits need no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()


def create_klien(
    *,
    nama: str,
    penanggung_jawab: str,
    cakupan: Sequence[str],
    units: Sequence[UnitKerja],
    berlaku_sampai: dt.date,
    batas_per_menit: int,
    by: User,
    per_tanggal: dt.date,
) -> tuple[KlienApi, str]:
    """Return a new client and its token, which nobody can read again afterwards."""
    if not units:
        raise DomainError("Pilih paling sedikit satu unit kerja.", kolom="units")
    if not set(cakupan) & {c.value for c in CakupanApi if c is not CakupanApi.NIK}:
        raise DomainError("Pilih paling sedikit satu cakupan.", kolom="cakupan")
    if not per_tanggal <= berlaku_sampai <= per_tanggal + PALING_LAMA:
        raise DomainError(
            "Masa berlaku mulai hari ini, paling lama dua tahun.",
            kolom="berlaku_sampai",
        )
    token = PREFIX + secrets.token_urlsafe(32)
    klien = KlienApi(
        nama=nama,
        penanggung_jawab=penanggung_jawab,
        token_hash=hash_token(token),
        awalan=token[:AWALAN],
        cakupan=[c.value for c in CakupanApi if c.value in cakupan],
        batas_per_menit=batas_per_menit,
        berlaku_sampai=berlaku_sampai,
        created_by=by,
    )
    try:
        with transaction.atomic():
            klien.save()
            klien.unit_set.set(units)
            audit.record(
                "api.buat",
                klien,
                by=by,
                changes={
                    "cakupan": (None, klien.cakupan_label),
                    "unit": (None, ", ".join(unit.nama for unit in units)),
                    "berlaku_sampai": (None, berlaku_sampai),
                },
            )
    except IntegrityError:
        raise DomainError("Nama aplikasi ini sudah dipakai.", kolom="nama") from None
    return klien, token


def revoke_klien(*, klien: KlienApi, alasan: str, by: User) -> None:
    """End a client at once and for good."""
    with transaction.atomic():
        klien = KlienApi.objects.select_for_update().get(pk=klien.pk)
        if klien.dicabut_at:
            raise DomainError("Klien ini sudah dicabut.")
        klien.dicabut_at, klien.dicabut_by = timezone.now(), by
        klien.save(update_fields=["dicabut_at", "dicabut_by"])
        audit.record("api.cabut", klien, by=by, reason=alasan)


def find_klien(token: str, *, per_tanggal: dt.date) -> KlienApi | None:
    """Return whose token this is, None for one that does not hold (any more)."""
    klien = (
        KlienApi.objects.filter(token_hash=hash_token(token))
        .prefetch_related("unit_set")
        .first()
    )
    return klien if klien and klien.is_berlaku(per_tanggal) else None


def take_turn(klien: KlienApi, *, now: dt.datetime) -> int:
    """Count a request; return for how many seconds the client has to wait, or 0.

    A window is a minute of the clock, counted in the cache that all processes share.
    """
    key = f"api:{klien.pk}:{now:%Y%m%d%H%M}"
    if cache.add(key, 1, 120):
        return 0
    try:
        count = cache.incr(key)
    except ValueError:  # it expired meanwhile
        return 0
    return 60 - now.second if count > klien.batas_per_menit else 0


def note_access(
    *,
    klien: KlienApi,
    sumber: str,
    status: int,
    baris: int,
    pegawai_id: int | None,
    ip: str | None,
    now: dt.datetime,
) -> None:
    """Write down what a client asked for, and that it was there."""
    CatatanApi.objects.create(
        klien=klien,
        sumber=sumber[:60],
        status=status,
        baris=baris,
        pegawai_id=pegawai_id,
        ip=ip,
    )
    if klien.terakhir_at is None or now - klien.terakhir_at > SENTUH_TIAP:
        KlienApi.objects.filter(pk=klien.pk).update(terakhir_at=now)
