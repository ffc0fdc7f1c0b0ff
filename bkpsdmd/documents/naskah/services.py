"""Writes along the way of a paper: draft, number, attach a scan, cancel. All audited.

Signing stands in `signing`. A number is given out in a short transaction of its own; the
file is set afterwards from what is stored, so that a worker killed in between leaves a
numbered paper whose file the next one makes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from bkpsdmd.audit import services as audit
from bkpsdmd.documents.jenis import JenisNaskah, get_jenis, prefetch_subjek
from bkpsdmd.documents.kertas import get_pengaturan_naskah, write_kode
from bkpsdmd.documents.kop import get_kop
from bkpsdmd.documents.models import (
    CaraTtd,
    DokumenTerbit,
    Naskah,
    PaketNaskah,
    PenandatanganNaskah,
    PercobaanTtd,
    StatusNaskah,
)
from bkpsdmd.documents.naskah.rendering import build_data, ensure_berkas
from bkpsdmd.documents.naskah.selectors import forget_awaited
from bkpsdmd.documents.services import (
    cancel_nomor,
    replace_dokumen,
    store_dokumen,
    take_many,
)
from bkpsdmd.documents.verification import make_kode
from bkpsdmd.exceptions import DomainError

if TYPE_CHECKING:
    from bkpsdmd.accounts.models import User

MOST_SIGNERS = 3
# An attempt to sign that has not ended by then was killed.
LEASE = dt.timedelta(minutes=3)


# -- Draft ------------------------------------------------------------------------------


@transaction.atomic
def draft_naskah(
    *,
    jenis: str,
    judul: str,
    perihal_umum: str,
    data: Mapping[str, Any],
    penandatangan: Sequence[Mapping[str, Any]],
    by: User,
    paket: PaketNaskah | None = None,
    menggantikan: DokumenTerbit | None = None,
    alasan_ganti: str = "",
) -> Naskah:
    """Keep a draft with the data behind it and who is to sign, in their order.

    `penandatangan` are the fields of `PenandatanganNaskah`. `menggantikan` is the issued
    paper whose place this one takes once it is signed. Raises DomainError without a
    signer, with more than three, or for a paper that has already ended.
    """
    kind = get_jenis(jenis)
    if not kind.is_terdaftar:
        raise ValueError(f"no app registers the kind of paper {jenis!r}")
    _check_penandatangan(penandatangan)
    if menggantikan is not None:
        _check_replaceable(menggantikan, alasan_ganti)
    naskah = Naskah.objects.create(
        jenis=kind.kunci,
        judul=judul[:300],
        perihal_umum=perihal_umum[:300],
        data=dict(data),
        templat=kind.templat,
        versi_templat=kind.versi,
        paket=paket,
        menggantikan=menggantikan,
        alasan_ganti=alasan_ganti.strip(),
        created_by=by,
    )
    _save_penandatangan(naskah, penandatangan)
    return naskah


def record_draft(naskah: Naskah, *, by: User) -> None:
    """Note the draft in the log; apart, for the kind links its subject first."""
    audit.record("naskah.draf", naskah, by=by, subject=_subject(naskah))


@transaction.atomic
def update_draft(
    *,
    naskah: Naskah,
    judul: str,
    perihal_umum: str,
    data: Mapping[str, Any],
    penandatangan: Sequence[Mapping[str, Any]],
    by: User,
) -> Naskah:
    """Write a draft anew. Raises DomainError once it has a number."""
    naskah = _lock(naskah)
    _check_status(naskah, StatusNaskah.DRAF, "Naskah ini sudah bernomor, jadi tetap.")
    _check_penandatangan(penandatangan)
    naskah.judul, naskah.perihal_umum = judul[:300], perihal_umum[:300]
    naskah.data = dict(data)
    naskah.save(update_fields=["judul", "perihal_umum", "data"])
    naskah.penandatangan_set.all().delete()
    _save_penandatangan(naskah, penandatangan)
    audit.record("naskah.ubah_draf", naskah, by=by, subject=_subject(naskah))
    return naskah


def _check_penandatangan(penandatangan: Sequence[Mapping[str, Any]]) -> None:
    if not penandatangan:
        raise DomainError(
            "Belum ada pejabat penanda tangan untuk naskah ini. Admin menetapkannya di "
            "menu Admin, Pejabat penandatangan.",
            kode="tanpa_penandatangan",
        )
    if len(penandatangan) > MOST_SIGNERS:
        raise DomainError(f"Penanda tangan paling banyak {MOST_SIGNERS} orang.")


def _save_penandatangan(
    naskah: Naskah, penandatangan: Sequence[Mapping[str, Any]]
) -> None:
    PenandatanganNaskah.objects.bulk_create(
        PenandatanganNaskah(naskah=naskah, urutan=urutan, **satu)
        for urutan, satu in enumerate(penandatangan, start=1)
    )


# -- Number -----------------------------------------------------------------------------


def number_naskah(
    *, naskah: Naskah, tanggal: dt.date, by: User, now: dt.datetime, cara: str = ""
) -> Naskah:
    """Give a draft its number, its code and its file; from here on it stays as it is.

    `cara` is how it will be signed, by default as the settings say. Raises DomainError
    for a paper that is no draft, and when a signer without an account would have to sign
    electronically.
    """
    with transaction.atomic():
        naskah = assign_nomor(naskah=naskah, tanggal=tanggal, by=by, now=now, cara=cara)
    ensure_berkas([naskah], now=now)
    return naskah


def assign_nomor(
    *,
    naskah: Naskah,
    tanggal: dt.date,
    by: User,
    now: dt.datetime,
    cara: str = "",
    batch: str = "",
) -> Naskah:
    """Take the number and freeze the paper; its file is made afterwards."""
    (naskah,) = assign_many(
        papers=[naskah], tanggal=tanggal, by=by, now=now, cara=cara, batch=batch
    )
    return naskah


@transaction.atomic
def assign_many(
    *,
    papers: Sequence[Naskah],
    tanggal: dt.date,
    by: User,
    now: dt.datetime,
    cara: str = "",
    batch: str = "",
) -> list[Naskah]:
    """Number these papers in the order of their rows, all of them or none.

    The number of queries does not grow with that of the papers.
    """
    locked = list(
        Naskah.objects.select_for_update(of=("self",))
        .filter(pk__in=[naskah.pk for naskah in papers])
        .order_by("pk")
    )
    for naskah in locked:
        _check_status(naskah, StatusNaskah.DRAF, "Naskah ini sudah dinomori.")
        if not get_jenis(naskah.jenis).is_terdaftar:
            raise DomainError("Jenis naskah ini tidak dipakai lagi; batalkan drafnya.")
    chosen = CaraTtd(cara or settings.TTE)
    _check_cara(locked, chosen)
    # Before a number is taken: a paper without a letterhead needs none.
    for kunci in {naskah.data.get("kop_kunci", "") for naskah in locked}:
        get_kop(kunci, tanggal)
    for kunci in dict.fromkeys(naskah.jenis for naskah in locked):
        group = [naskah for naskah in locked if naskah.jenis == kunci]
        _take_numbers(group, get_jenis(kunci), tanggal=tanggal, by=by)
    for naskah in locked:
        naskah.cara = chosen.value
        naskah.kode_periksa = make_kode()
        naskah.numbered_at = now
        naskah.status = StatusNaskah.BERNOMOR
    Naskah.objects.bulk_update(
        locked, ["nomor", "cara", "kode_periksa", "numbered_at", "status"]
    )
    prefetch_subjek(locked)
    audit.record_many(
        audit.build(
            "naskah.nomor",
            naskah,
            by=by,
            subject=_subject(naskah),
            changes={
                "nomor": (None, str(naskah.nomor)),
                "cara": (None, chosen.label),
            },
            batch=batch,
        )
        for naskah in locked
    )
    # Now and once it is committed: until then another process may keep the old answer.
    transaction.on_commit(forget_awaited)
    forget_awaited()
    return locked


def _take_numbers(
    papers: Sequence[Naskah], kind: JenisNaskah, *, tanggal: dt.date, by: User
) -> None:
    nilai = get_pengaturan_naskah(kind.kunci, tanggal)
    numbers = take_many(
        jenis=kind.buku,
        tanggal=tanggal,
        perihal=[naskah.judul for naskah in papers],
        by=by,
        kode=write_kode(nilai, buku=kind.buku, tahun=tanggal.year),
    )
    for naskah, nomor in zip(papers, numbers, strict=True):
        naskah.nomor = nomor


def change_cara(
    *, naskah: Naskah, cara: str, alasan: str, by: User, now: dt.datetime
) -> Naskah:
    """Have a numbered paper signed in another way, e.g. by hand when a service is down.

    Only before the first signature: number and code stay, the file is set anew, for it
    says how it was signed. Raises DomainError otherwise.
    """
    if not alasan.strip():
        raise DomainError("Tulis alasannya.", kolom="alasan")
    chosen = CaraTtd(cara)
    with transaction.atomic():
        naskah = _lock(naskah)
        _check_status(
            naskah, StatusNaskah.BERNOMOR, "Naskah ini tidak menunggu tanda tangan."
        )
        if naskah.penandatangan_set.filter(signed_at__isnull=False).exists():
            raise DomainError("Sudah ada yang menandatangani, jadi caranya tetap.")
        if chosen.value == naskah.cara:
            raise DomainError("Caranya memang sudah itu.", kolom="cara")
        _check_cara([naskah], chosen)
        _check_idle(naskah, now)
        before, old = naskah.get_cara_display(), naskah.berkas.name
        naskah.cara, naskah.berkas, naskah.sha256 = chosen.value, "", ""
        naskah.save(update_fields=["cara", "berkas", "sha256"])
        audit.record(
            "naskah.cara",
            naskah,
            by=by,
            subject=_subject(naskah),
            changes={"cara": (before, chosen.label)},
            reason=alasan.strip(),
        )
        if old:
            storage = naskah.berkas.storage
            transaction.on_commit(lambda: storage.delete(old))
    ensure_berkas([naskah], now=now)
    return naskah


def list_cara(papers: QuerySet[Naskah]) -> list[CaraTtd]:
    """Return the ways in which all these papers can be signed, the usual one first."""
    signers = PenandatanganNaskah.objects.filter(naskah__in=papers)
    is_wet_only = signers.filter(user__isnull=True).exists()
    usual = CaraTtd(settings.TTE)
    return [
        cara
        for cara in sorted(CaraTtd, key=lambda one: one is not usual)
        if not (cara.is_elektronik and is_wet_only)
        and (cara is not CaraTtd.BSRE or settings.BSRE_ALAMAT)
    ]


def _check_cara(papers: Sequence[Naskah], cara: CaraTtd) -> None:
    if cara is CaraTtd.BSRE and not settings.BSRE_ALAMAT:
        raise DomainError(
            "Layanan BSrE belum disambungkan ke portal ini. Pilih cara lain.",
            kolom="cara",
            kode="bsre_belum_ada",
        )
    if cara.is_elektronik:
        _check_accounts(papers)


def _check_idle(naskah: Naskah, now: dt.datetime) -> None:
    """Refuse while a service is being asked to sign the paper as it is now."""
    running = PercobaanTtd.objects.filter(
        penandatangan__naskah=naskah, hasil=PercobaanTtd.Hasil.BERJALAN
    )
    if running.filter(started_at__gte=now - LEASE).exists():
        raise DomainError(
            "Naskah ini sedang ditandatangani. Tunggu beberapa menit, lalu coba lagi.",
            kode="sedang_ditandatangani",
        )
    # Killed on the way: what it may still bring is not for the paper as it will be.
    running.update(
        hasil=PercobaanTtd.Hasil.TERPUTUS, keterangan="Cara tanda tangannya diubah."
    )


def _check_accounts(papers: Sequence[Naskah]) -> None:
    without = PenandatanganNaskah.objects.filter(
        naskah__in=papers, user__isnull=True
    ).first()
    if without:
        raise DomainError(
            f"{without.nama} belum mempunyai akun portal, jadi tidak dapat "
            "menandatangani secara elektronik. Aktifkan akunnya, atau pilih tanda "
            "tangan basah.",
            kode="penandatangan_tanpa_akun",
        )


# -- Scan, cancellation -----------------------------------------------------------------


def attach_scan(
    *, naskah: Naskah, pdf: bytes, by: User, now: dt.datetime
) -> DokumenTerbit:
    """Issue a paper that was signed by hand: its scan is what went out.

    Raises DomainError for a paper that is not numbered or to be signed electronically,
    and for one about whoever brings the scan.
    """
    if get_jenis(naskah.jenis).is_tentang(naskah, by):
        raise DomainError(
            "Pindaian naskah tentang Anda sendiri diunggah petugas lain.",
            kode="diri_sendiri",
        )
    with transaction.atomic():
        naskah = _lock(naskah)
        _check_status(
            naskah, StatusNaskah.BERNOMOR, "Naskah ini tidak menunggu pindaian."
        )
        if naskah.cara != CaraTtd.BASAH:
            raise DomainError("Naskah ini ditandatangani secara elektronik.")
        naskah.penandatangan_set.update(signed_at=now)
        return issue(naskah, pdf, by=by, now=now, kind="naskah.pindaian")


def issue(
    naskah: Naskah,
    pdf: bytes,
    *,
    by: User,
    now: dt.datetime,
    kind: str,
    batch: str = "",
) -> DokumenTerbit:
    """Store the signed file as the issued paper; inside the caller's transaction."""
    dokumen = store_dokumen(
        jenis=naskah.jenis,
        judul=naskah.judul,
        pdf=pdf,
        data=build_data(naskah, draf=False, now=now),
        by=by,
        nomor=naskah.nomor,
        kode_periksa=naskah.kode_periksa,
        perihal_umum=naskah.perihal_umum,
        pejabat="; ".join(satu.jabatan for satu in naskah.penandatangan_set.all())[
            :255
        ],
    )
    try:
        naskah.dokumen, naskah.status = dokumen, StatusNaskah.DITANDATANGANI
        naskah.save(update_fields=["dokumen", "status"])
        # Revoked on its own meanwhile: then nobody is led here, but this one is good.
        if naskah.menggantikan and not naskah.menggantikan.akhir_atau_none:
            replace_dokumen(
                dokumen=naskah.menggantikan,
                pengganti=dokumen,
                alasan=naskah.alasan_ganti,
                by=by,
            )
        audit.record(kind, naskah, by=by, subject=_subject(naskah), batch=batch)
    except BaseException:
        dokumen.berkas.storage.delete(str(dokumen.berkas.name))
        raise
    return dokumen


@transaction.atomic
def cancel_naskah(*, naskah: Naskah, alasan: str, by: User) -> Naskah:
    """Give a paper up before anybody signed; its number stays in the book as cancelled."""
    if not alasan.strip():
        raise DomainError("Tulis alasan pembatalan.", kolom="alasan")
    naskah = _lock(naskah)
    if naskah.status not in {StatusNaskah.DRAF, StatusNaskah.BERNOMOR}:
        raise DomainError(
            "Naskah ini sudah terbit atau batal. Yang sudah terbit dicabut.",
            kode="sudah_terbit",
        )
    if naskah.penandatangan_set.filter(signed_at__isnull=False).exists():
        raise DomainError(
            "Sudah ada yang menandatangani. Selesaikan, lalu cabut dokumennya.",
            kode="sudah_ditandatangani",
        )
    if naskah.nomor:
        cancel_nomor(nomor=naskah.nomor, alasan=alasan, by=by)
    naskah.status, naskah.alasan_batal = StatusNaskah.BATAL, alasan.strip()[:300]
    naskah.save(update_fields=["status", "alasan_batal"])
    audit.record(
        "naskah.batal", naskah, by=by, subject=_subject(naskah), reason=alasan.strip()
    )
    return naskah


def _check_replaceable(dokumen: DokumenTerbit, alasan: str) -> None:
    if not alasan.strip():
        raise DomainError("Tulis alasan penggantian.", kolom="alasan")
    if dokumen.akhir_atau_none:
        raise DomainError("Dokumen itu sudah dicabut atau diganti.")
    open_ones = Naskah.objects.filter(
        menggantikan=dokumen, status__in=[StatusNaskah.DRAF, StatusNaskah.BERNOMOR]
    )
    if open_ones.exists():
        raise DomainError(
            "Pengganti dokumen itu sudah disusun; selesaikan atau batalkan dahulu.",
            kode="pengganti_ada",
        )


def _lock(naskah: Naskah) -> Naskah:
    return Naskah.objects.select_for_update(of=("self",)).get(pk=naskah.pk)


def _check_status(naskah: Naskah, status: StatusNaskah, pesan: str) -> None:
    if naskah.status != status:
        raise DomainError(pesan, kode="status_lain")


def _subject(naskah: Naskah) -> Any:
    return get_jenis(naskah.jenis).subjek(naskah)
