"""Keeping filters under a name, sharing them, and choosing columns."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.core.cache import cache
from django.db import IntegrityError, transaction

from bkpsdmd.accounts.models import User
from bkpsdmd.audit import services as audit
from bkpsdmd.exceptions import DomainError
from simpeg.models import PilihanKolom, SaringanTersimpan
from simpeg.selectors.tampilan import cache_key, list_tujuan

MAX_SARINGAN = 50
MAX_KUERI = 2_000


def save_saringan(
    *, daftar: str, nama: str, kueri: str, tujuan: str, by: User
) -> SaringanTersimpan:
    """Keep a filter under a name; `tujuan` is "" or one of `list_tujuan`.

    Raises DomainError for a name that is taken, an empty filter, and one too many.
    """
    if not kueri:
        raise DomainError(
            "Tidak ada saringan yang sedang berlaku. Saring dahulu daftarnya.",
            kode="saringan_kosong",
        )
    if len(kueri) > MAX_KUERI:
        raise DomainError("Saringan ini terlalu panjang untuk disimpan.")
    own = SaringanTersimpan.objects.filter(pemilik=by, daftar=daftar)
    if own.count() >= MAX_SARINGAN:
        raise DomainError(
            f"Paling banyak {MAX_SARINGAN} saringan; hapus yang tidak dipakai lagi."
        )
    saringan = SaringanTersimpan(pemilik=by, daftar=daftar, nama=nama, kueri=kueri)
    return _save(saringan, tujuan, by, "saringan.simpan")


def update_saringan(
    *, saringan: SaringanTersimpan, nama: str, tujuan: str, by: User
) -> SaringanTersimpan:
    """Rename a filter of one's own, or share it with others or nobody."""
    _refuse_other(saringan, by)
    saringan.nama = nama
    return _save(saringan, tujuan, by, "saringan.ubah")


def delete_saringan(*, saringan: SaringanTersimpan, by: User) -> None:
    """Delete a filter of one's own; those it was shared with lose it too."""
    _refuse_other(saringan, by)
    with transaction.atomic():
        audit.record("saringan.hapus", saringan, by=by)
        saringan.delete()
    forget(by, saringan.daftar)


def save_kolom(
    *, daftar: str, kolom: Sequence[str], ada: Collection[str], by: User
) -> None:
    """Keep which columns a user wants of a list; raises DomainError for an unknown one."""
    if unknown := set(kolom) - set(ada):
        raise DomainError(f"Kolom tidak dikenal: {', '.join(sorted(unknown))}.")
    PilihanKolom.objects.update_or_create(
        user=by, daftar=daftar, defaults={"kolom": list(kolom)}
    )
    forget(by, daftar)


def reset_kolom(*, daftar: str, by: User) -> None:
    """Go back to the columns everybody starts with."""
    PilihanKolom.objects.filter(user=by, daftar=daftar).delete()
    forget(by, daftar)


def forget(user: User, daftar: str) -> None:
    cache.delete(cache_key(user.pk, daftar))


def _save(
    saringan: SaringanTersimpan, tujuan: str, by: User, kejadian: str
) -> SaringanTersimpan:
    if tujuan and tujuan not in dict(list_tujuan(by)):
        raise DomainError(
            "Saringan hanya dapat dibagikan kepada unit atau peran Anda sendiri.",
            kolom="tujuan",
        )
    jenis, _, kunci = tujuan.partition(":")
    saringan.unit_id = int(kunci) if jenis == "unit" else None
    saringan.peran = kunci if jenis == "peran" else ""
    try:
        with transaction.atomic():
            saringan.save()
            audit.record(kejadian, saringan, by=by)
    except IntegrityError:
        raise DomainError(
            "Anda sudah mempunyai saringan dengan nama ini.", kolom="nama"
        ) from None
    forget(by, saringan.daftar)
    return saringan


def _refuse_other(saringan: SaringanTersimpan, by: User) -> None:
    if saringan.pemilik_id != by.pk:
        raise DomainError("Hanya pemiliknya yang dapat mengubah saringan ini.")
