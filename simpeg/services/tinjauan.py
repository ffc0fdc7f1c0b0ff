"""Reviewing once a year who may do what: opened, decided row by row, closed for good."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from bkpsdmd.accounts.models import User
from bkpsdmd.accounts.roles import Role
from bkpsdmd.audit import services as audit
from bkpsdmd.documents.models import get_kantor
from bkpsdmd.documents.rendering import render_pdf
from bkpsdmd.documents.shapes import DaftarOrang
from bkpsdmd.exceptions import DomainError
from bkpsdmd.ui.formats import format_tanggal, format_tanggal_singkat, format_waktu
from simpeg.models import (
    BarisTinjauan,
    PemberianPeran,
    PutusanTinjauan,
    TinjauanAkses,
)
from simpeg.selectors.penandatangan import get_penandatangan
from simpeg.services.akses import revoke_peran

# In this month the review opens by itself: a convention of ours.
BULAN = 1


def open_tinjauan(
    *, tahun: int, by: User | None, per_tanggal: dt.date, now: dt.datetime
) -> TinjauanAkses:
    """Return the review of that year, opened now with every grant that holds today.

    Run again it returns the one that is there. Raises DomainError for another year.
    """
    if tahun != per_tanggal.year:
        raise DomainError("Tinjauan hanya dibuka untuk tahun berjalan.")
    with transaction.atomic():
        tinjauan, is_new = TinjauanAkses.objects.get_or_create(
            tahun=tahun, defaults={"dibuka_at": now, "dibuka_oleh": by}
        )
        if not is_new:
            return tinjauan
        grants = (
            PemberianPeran.objects.on(per_tanggal)
            .select_related("user", "unit_kerja")
            .order_by("peran", "pk")
        )
        BarisTinjauan.objects.bulk_create(
            [
                BarisTinjauan(
                    tinjauan=tinjauan,
                    pemberian=grant,
                    user=grant.user,
                    peran=grant.peran,
                    unit=grant.unit_kerja.nama if grant.unit_kerja else "",
                    mulai=grant.mulai,
                    dasar=grant.dasar,
                    terakhir_masuk=grant.user.last_login,
                )
                for grant in grants
            ],
            batch_size=500,
        )
        audit.record("tinjauan.buka", tinjauan, by=by)
    return tinjauan


def open_due(*, per_tanggal: dt.date, now: dt.datetime) -> TinjauanAkses | None:
    """Open the review in its month, once somebody holds a role. Run daily."""
    if per_tanggal.month != BULAN or not PemberianPeran.objects.exists():
        return None
    return open_tinjauan(
        tahun=per_tanggal.year, by=None, per_tanggal=per_tanggal, now=now
    )


def decide_baris(
    *,
    baris: BarisTinjauan,
    putusan: str,
    alasan: str,
    by: User,
    per_tanggal: dt.date,
    now: dt.datetime,
) -> None:
    """Keep a grant, or end it from today on; nobody decides on their own.

    A decision may be changed until the review is closed, but what was ended stays ended.
    """
    if putusan not in {PutusanTinjauan.TETAP, PutusanTinjauan.CABUT}:
        raise DomainError("Pilih tetap atau cabut.", kolom="putusan")
    if putusan == PutusanTinjauan.CABUT and not alasan.strip():
        raise DomainError("Tuliskan alasan pencabutan.", kolom="alasan")
    with transaction.atomic():
        baris = (
            BarisTinjauan.objects.select_for_update(of=("self",))
            .select_related("tinjauan", "pemberian")
            .get(pk=baris.pk)
        )
        if baris.user_id == by.pk:
            raise DomainError(
                "Peran Anda sendiri diputuskan orang lain.", kode="diri_sendiri"
            )
        if baris.tinjauan.ditutup_at:
            raise DomainError("Tinjauan ini sudah ditutup.", kode="sudah_ditutup")
        if baris.putusan == PutusanTinjauan.CABUT:
            raise DomainError("Peran ini sudah dicabut.", kode="sudah_dicabut")
        grant = baris.pemberian
        if putusan == PutusanTinjauan.CABUT and grant and _holds(grant, per_tanggal):
            revoke_peran(
                pemberian=grant, selesai=per_tanggal, alasan=alasan.strip(), by=by
            )
            # A grant of today alone is taken away altogether, and its row with it.
            baris.refresh_from_db()
        baris.putusan = putusan
        baris.alasan = alasan.strip()
        baris.diputuskan_oleh = by
        baris.diputuskan_at = now
        baris.save(
            update_fields=["putusan", "alasan", "diputuskan_oleh", "diputuskan_at"]
        )
        audit.record(
            "tinjauan.putus",
            baris.tinjauan,
            by=by,
            subject=baris.user,
            changes={
                "akun": (None, str(baris.user)),
                "peran": (None, baris.peran_label),
                "putusan": (None, baris.get_putusan_display()),
            },
            reason=baris.alasan,
        )


def close_tinjauan(*, tinjauan: TinjauanAkses, by: User, now: dt.datetime) -> None:
    """End the review; every row must have been decided. It never changes again."""
    with transaction.atomic():
        tinjauan = TinjauanAkses.objects.select_for_update().get(pk=tinjauan.pk)
        if tinjauan.ditutup_at:
            raise DomainError("Tinjauan ini sudah ditutup.", kode="sudah_ditutup")
        left = tinjauan.baris_set.filter(putusan=PutusanTinjauan.BELUM).count()
        if left:
            raise DomainError(
                f"Masih {left} peran yang belum diputuskan.", kode="belum_selesai"
            )
        tinjauan.ditutup_at, tinjauan.ditutup_oleh = now, by
        tinjauan.save(update_fields=["ditutup_at", "ditutup_oleh"])
        audit.record("tinjauan.tutup", tinjauan, by=by)


def print_tinjauan(
    *, tinjauan: TinjauanAkses, by: User, per_tanggal: dt.date, dibuat: dt.datetime
) -> bytes:
    """Return the review as PDF, the one in progress marked as such."""
    rows = tinjauan.baris_set.select_related("user", "diputuskan_oleh").order_by(
        "peran", "user__nama", "pk"
    )
    bagian: dict[str, list[list[str]]] = {}
    for nomor, row in enumerate(rows, start=1):
        oleh = f"{row.diputuskan_oleh}, " if row.diputuskan_oleh else ""
        hari = format_tanggal_singkat(row.diputuskan_at) if row.diputuskan_at else "–"
        bagian.setdefault(Role(row.peran).label, []).append(
            [
                str(nomor),
                f"{row.user.nama}\n{row.user.username}",
                row.unit or "Seluruh instansi",
                format_tanggal_singkat(row.mulai),
                format_waktu(row.terakhir_masuk) if row.terakhir_masuk else "belum",
                row.get_putusan_display(),
                row.alasan or "–",
                f"{oleh}{hari}",
            ]
        )
    ditutup = tinjauan.ditutup_at
    data: DaftarOrang = {
        "judul": f"Tinjauan Akses Tahun {tinjauan.tahun}",
        "judul_pendek": f"Tinjauan akses {tinjauan.tahun}",
        "dibuat": dibuat.isoformat(),
        "untuk": "Semua peran yang diberikan di portal kepegawaian",
        "keadaan": format_tanggal(tinjauan.dibuka_at),
        "kolom": [
            {"label": "No.", "lebar": 8.0, "rata": "tengah"},
            {"label": "Nama dan akun", "lebar": 52.0, "rata": "kiri"},
            {"label": "Unit", "lebar": 48.0, "rata": "kiri"},
            {"label": "Sejak", "lebar": 20.0, "rata": "tengah"},
            {"label": "Terakhir masuk", "lebar": 34.0, "rata": "kiri"},
            {"label": "Putusan", "lebar": 22.0, "rata": "kiri"},
            {"label": "Alasan", "lebar": 40.0, "rata": "kiri"},
            {"label": "Diputuskan", "lebar": 43.0, "rata": "kiri"},
        ],
        "bagian": [{"judul": judul, "baris": baris} for judul, baris in bagian.items()],
        "nihil": "Tidak ada peran yang diberikan.",
        "catatan": [
            f"Ditutup {format_waktu(ditutup)} oleh {tinjauan.ditutup_oleh}."
            if ditutup
            else "Tinjauan ini belum ditutup."
        ],
        "penandatangan": get_penandatangan(
            "kepegawaian", per_tanggal=per_tanggal, tempat=get_kantor().tempat
        )
        if ditutup
        else None,
    }
    content = render_pdf("daftar", dict(data))
    audit.record("tinjauan.cetak", tinjauan, by=by)
    return content


def _holds(grant: PemberianPeran, per_tanggal: dt.date) -> bool:
    return grant.selesai is None or grant.selesai > per_tanggal
