"""Settling who signs which papers, from when on."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Q, QuerySet

from bkpsdmd.accounts.models import User
from bkpsdmd.audit import services as audit
from bkpsdmd.exceptions import DomainError
from simpeg.models import PejabatPenandatangan


def add_penandatangan(
    *, pejabat: PejabatPenandatangan, by: User | None
) -> PejabatPenandatangan:
    """Let somebody sign from `pejabat.mulai` on; whoever signed until then ends that day.

    Where `pejabat` ends before whom it relieves (a Plh. for a week), that one goes on
    afterwards.

    Raises DomainError when another one begins later and so would be overlapped.
    """
    _check_isian(pejabat)
    dari, sampai = pejabat.golongan_dari, pejabat.golongan_sampai
    with transaction.atomic():
        same = PejabatPenandatangan.objects.select_for_update(of=("self",)).filter(
            jenis_dokumen=pejabat.jenis_dokumen,
            golongan_dari=dari,
            golongan_sampai=sampai,
        )
        if dari and sampai:
            _check_ranges(pejabat)
        _refuse_later(same, pejabat)
        before = (
            same.filter(
                Q(selesai__isnull=True) | Q(selesai__gt=pejabat.mulai),
                mulai__lt=pejabat.mulai,
            )
            .order_by("-mulai")
            .first()
        )
        if before is not None:
            _make_room(before, pejabat, by)
        pejabat.full_clean()
        pejabat.save()
        audit.record(
            "penandatangan.tambah",
            pejabat,
            by=by,
            subject=pejabat.pegawai,
            changes={
                "dokumen": (None, pejabat.get_jenis_dokumen_display()),
                **(
                    {"golongan": (None, f"{dari} sampai {sampai}")}
                    if dari and sampai
                    else {}
                ),
                "mulai": (None, pejabat.mulai),
                "selesai": (None, pejabat.selesai),
            },
        )
    return pejabat


def _check_isian(pejabat: PejabatPenandatangan) -> None:
    if pejabat.selesai and pejabat.selesai <= pejabat.mulai:
        raise DomainError("Akhirnya harus sesudah mulainya.", kolom="selesai")
    dari, sampai = pejabat.golongan_dari, pejabat.golongan_sampai
    if (dari is None) != (sampai is None):
        raise DomainError(
            "Isi golongan dari dan sampai, atau kosongkan keduanya.",
            kolom="golongan_sampai",
        )
    if dari and sampai and sampai.urut < dari.urut:
        raise DomainError("Golongan sampai lebih rendah.", kolom="golongan_sampai")


def _refuse_later(
    same: QuerySet[PejabatPenandatangan], pejabat: PejabatPenandatangan
) -> None:
    """Raise DomainError where somebody begins to sign the same while `pejabat` does."""
    later = same.filter(mulai__gte=pejabat.mulai)
    if pejabat.selesai:
        later = later.filter(mulai__lt=pejabat.selesai)
    if found := later.order_by("mulai").first():
        raise DomainError(
            f"Sudah ada {found} mulai {found.mulai:%d-%m-%Y}; akhiri sebelum itu.",
            kolom="mulai",
            kode="penandatangan_ganda",
        )


def _make_room(
    before: PejabatPenandatangan, pejabat: PejabatPenandatangan, by: User | None
) -> None:
    """End whom a new one relieves, and let them go on where the new one ends first."""
    until = before.selesai
    before.selesai = pejabat.mulai
    before.save(update_fields=["selesai"])
    if pejabat.selesai is None or (until and until <= pejabat.selesai):
        return
    again = PejabatPenandatangan.objects.create(
        jenis_dokumen=before.jenis_dokumen,
        pegawai=before.pegawai,
        atas_nama=before.atas_nama,
        jabatan=before.jabatan,
        golongan_dari=before.golongan_dari,
        golongan_sampai=before.golongan_sampai,
        mulai=pejabat.selesai,
        selesai=until,
    )
    audit.record(
        "penandatangan.tambah",
        again,
        by=by,
        subject=again.pegawai,
        changes={"mulai": (None, again.mulai), "selesai": (None, again.selesai)},
    )


def _check_ranges(pejabat: PejabatPenandatangan) -> None:
    """Refuse a range of golongan that shares some with another one that still holds."""
    dari, sampai = pejabat.golongan_dari, pejabat.golongan_sampai
    if dari is None or sampai is None:
        return
    other = (
        PejabatPenandatangan.objects.filter(
            Q(selesai__isnull=True) | Q(selesai__gt=pejabat.mulai),
            jenis_dokumen=pejabat.jenis_dokumen,
            golongan_dari__urut__lte=sampai.urut,
            golongan_sampai__urut__gte=dari.urut,
        )
        .exclude(golongan_dari=dari, golongan_sampai=sampai)
        .select_related("pegawai")
        .first()
    )
    if other:
        raise DomainError(
            f"Golongan itu sebagian sudah ditandatangani {other} "
            f"({other.golongan_dari_id} sampai {other.golongan_sampai_id}).",
            kolom="golongan_dari",
            kode="golongan_bertumpang",
        )


def end_penandatangan(
    *, pejabat: PejabatPenandatangan, selesai: dt.date, by: User | None
) -> PejabatPenandatangan:
    """Let somebody sign no more from `selesai` on. What was signed stays as it is."""
    with transaction.atomic():
        pejabat = PejabatPenandatangan.objects.select_for_update().get(pk=pejabat.pk)
        if selesai <= pejabat.mulai:
            raise DomainError("Akhirnya harus sesudah mulainya.", kolom="selesai")
        if pejabat.selesai and pejabat.selesai <= selesai:
            raise DomainError(
                f"Sudah berakhir {pejabat.selesai:%d-%m-%Y}.", kolom="selesai"
            )
        audit.record(
            "penandatangan.akhiri",
            pejabat,
            by=by,
            subject=pejabat.pegawai,
            changes={"selesai": (pejabat.selesai, selesai)},
        )
        pejabat.selesai = selesai
        pejabat.save(update_fields=["selesai"])
    return pejabat
