"""Applying an approved act on the organisation, and taking an applied one back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import OuterRef, Q, Subquery

from bkpsdmd.accounts.models import User
from bkpsdmd.audit import services as audit
from bkpsdmd.exceptions import DomainError
from bkpsdmd.jobs.models import Job
from simpeg.choices import (
    JenisJabatan,
    JenisMutasi,
    JenisPenugasan,
    StatusPenataan,
)
from simpeg.models import (
    Jabatan,
    JenisUnit,
    KeadaanPegawai,
    Pegawai,
    Pembatalan,
    PemberianPeran,
    PenataanUnit,
    PerpindahanPegawai,
    RiwayatJabatan,
    RiwayatUnitKerja,
    UnitKerja,
)
from simpeg.permissions import Permission
from simpeg.rules.penataan import Perubahan, Rencana, sebut
from simpeg.selectors.penataan import (
    RencanaPenataan,
    as_langkah,
    build_pratinjau,
    build_rencana,
    describe_langkah,
)
from simpeg.services.keadaan import roll_over
from simpeg.services.massal import collector_paused
from simpeg.services.penataan import (
    JOB_BATAL,
    close_penataan,
    enqueue_penataan,
    is_seluruh,
    lock_penataan,
    refuse_galat,
    tulis_belum_tiba,
    tulis_dasar,
)
from simpeg.services.unit_kerja import UnitSpec, ensure_units

BATCH = 500
Progress = Callable[[int, int, str], None]


# -- Applying ---------------------------------------------------------------------------


def apply_due(*, per_tanggal: dt.date, now: dt.datetime) -> int:
    """Apply every approved act whose day has come; return how many were.

    Run each night; one that cannot be applied keeps its reason and does not hold up the
    others.
    """
    due = PenataanUnit.objects.filter(
        status=StatusPenataan.DISETUJUI.value, berlaku__lte=per_tanggal
    ).order_by("berlaku", "pk")
    applied = 0
    for pk in list(due.values_list("pk", flat=True)):
        try:
            apply_penataan(penataan_id=pk, per_tanggal=per_tanggal, now=now)
        except DomainError:
            continue
        applied += 1
    return applied


def apply_penataan(
    *,
    penataan_id: int,
    per_tanggal: dt.date,
    now: dt.datetime,
    progress: Progress | None = None,
) -> PenataanUnit:
    """Change tree, posts and people as approved, then today's state of those moved.

    The change is one transaction; the read table follows in batches, and a run that is
    killed between them is made up for by the next or by the nightly roll-over. Raises
    DomainError, and notes the reason on the act, when the plan has a fault by now.
    """
    tell: Progress = progress or (lambda done, total, pesan: None)
    tell(0, 0, "Memeriksa rencana")
    try:
        with collector_paused(), transaction.atomic():
            penataan = PenataanUnit.objects.select_for_update().get(pk=penataan_id)
            if penataan.status != StatusPenataan.DITERAPKAN:
                _apply(penataan, per_tanggal, now)
    except DomainError as error:
        PenataanUnit.objects.filter(
            pk=penataan_id, status=StatusPenataan.DISETUJUI.value
        ).update(galat=error.pesan)
        raise
    roll_over(per_tanggal=per_tanggal, progress=tell)
    return penataan


def _apply(penataan: PenataanUnit, per_tanggal: dt.date, now: dt.datetime) -> None:
    if penataan.status != StatusPenataan.DISETUJUI:
        raise DomainError("Penataan ini belum disetujui atau sudah dibatalkan.")
    if penataan.berlaku > per_tanggal:
        raise DomainError(tulis_belum_tiba(penataan))
    list(UnitKerja.objects.select_for_update().filter(depth=1).values_list("pk"))
    rencana = build_rencana(penataan)
    refuse_galat(rencana)
    langkah = as_langkah(penataan.langkah_set.all())
    lihat = {
        "pratinjau": build_pratinjau(rencana).as_json(),
        "langkah": list(describe_langkah(langkah, rencana.rencana).values()),
    }
    units, jejak = _change_tree(penataan, rencana)
    jejak |= lihat
    posts = _change_posts(penataan, rencana, units, jejak)
    moved = _move_people(penataan, rencana, units, posts)
    _refresh(moved, jejak, per_tanggal)
    penataan.status = StatusPenataan.DITERAPKAN.value
    penataan.diterapkan_at, penataan.galat = now, ""
    penataan.jejak, penataan.jumlah_orang = jejak, len(moved)
    penataan.save(
        update_fields=["status", "diterapkan_at", "galat", "jejak", "jumlah_orang"]
    )
    audit.record(
        "penataan.terapkan",
        penataan,
        by=None,
        changes={"jumlah_orang": (None, len(moved))},
    )


def _change_tree(
    penataan: PenataanUnit, rencana: RencanaPenataan
) -> tuple[dict[str, UnitKerja], dict[str, Any]]:
    """Write the units; return them by code, and what undoing needs to know."""
    plan, berlaku, dasar = rencana.rencana, penataan.berlaku, tulis_dasar(penataan)
    baru = _found_units(penataan, plan)
    touched = [
        kode
        for kode in plan.list_tersentuh()
        if plan.list_perubahan(kode)
        & {Perubahan.NAMA, Perubahan.PINDAH, Perubahan.TUTUP}
    ]
    stored = UnitKerja.objects.in_bulk([rencana.pohon.kunci[k] for k in touched])
    units = baru | {one.kode: one for one in stored.values()}
    jejak: dict[str, Any] = {
        "unit_baru": [one.pk for one in baru.values()],
        "nama": [],
        "pindah": [],
        "tutup": [],
    }
    rows = []
    RiwayatUnitKerja.objects.filter(unit__in=stored, selesai__isnull=True).update(
        selesai=berlaku
    )
    induk = _fetch_units(
        {k for kode in touched for k in (plan.sesudah[kode].induk,) if k}, units
    )
    for kode in touched:
        unit, lama, akhir = units[kode], plan.sebelum[kode], plan.sesudah[kode]
        changes = plan.list_perubahan(kode)
        if Perubahan.TUTUP in changes:
            unit.selesai = berlaku
            jejak["tutup"].append(unit.pk)
        else:
            rows.append(
                RiwayatUnitKerja(
                    unit=unit,
                    induk=induk[akhir.induk] if akhir.induk else None,
                    nama=akhir.nama,
                    mulai=berlaku,
                    dasar=dasar,
                    penataan=penataan,
                )
            )
        if Perubahan.NAMA in changes:
            jejak["nama"].append([unit.pk, unit.nama])
            unit.nama = akhir.nama
        if Perubahan.PINDAH in changes and lama.induk:
            jejak["pindah"].append([unit.pk, rencana.pohon.kunci[lama.induk]])
    UnitKerja.objects.bulk_update(stored.values(), ["nama", "selesai"], BATCH)
    RiwayatUnitKerja.objects.bulk_create(rows, BATCH)
    for kode in touched:
        if Perubahan.PINDAH in plan.list_perubahan(kode):
            to = plan.sesudah[kode].induk
            if to:
                move_subtree(units[kode].pk, induk[to].pk)
    _record_units(penataan, plan, {kode: units[kode] for kode in touched})
    return units, jejak


def _found_units(penataan: PenataanUnit, plan: Rencana) -> dict[str, UnitKerja]:
    baru = ensure_units(
        [
            UnitSpec(one.kode, one.nama, JenisUnit(one.jenis), induk_kode=one.induk)
            for one in (plan.sesudah[kode] for kode in plan.baru)
        ],
        by=penataan.disetujui_by,
        per_tanggal=penataan.berlaku,
        dasar=tulis_dasar(penataan),
    )
    RiwayatUnitKerja.objects.filter(unit__in=baru.values()).update(penataan=penataan)
    return baru


def _record_units(
    penataan: PenataanUnit, plan: Rencana, units: Mapping[str, UnitKerja]
) -> None:
    audit.record_many(
        audit.build(
            "unit.tata",
            unit,
            by=penataan.disetujui_by,
            reason=tulis_dasar(penataan),
            changes={
                "nama": (plan.sebelum[kode].nama, plan.sesudah[kode].nama),
                "induk": (
                    _nama(plan.sebelum, plan.sebelum[kode].induk),
                    _nama(plan.sesudah, plan.sesudah[kode].induk),
                ),
                "berakhir": (None, penataan.berlaku if kode in plan.ditutup else None),
            },
            batch=_batch(penataan),
        )
        for kode, unit in units.items()
    )


def move_subtree(unit_id: int, induk_id: int) -> None:
    """Hang a unit with all below it under another; its perangkat daerah follows.

    Call it under the lock of the tree. `KeadaanPegawai` is the caller's matter.
    """
    unit = UnitKerja.objects.get(pk=unit_id)
    induk = UnitKerja.objects.get(pk=induk_id)
    UnitKerja.objects.move(unit, induk, "last-child")
    moved = UnitKerja.objects.get(pk=unit_id)
    if moved.jenis == JenisUnit.BAGIAN:
        start, end = moved.path_range
        UnitKerja.objects.filter(path__gte=start, path__lt=end).update(
            opd_id=induk.opd_id
        )


def _change_posts(
    penataan: PenataanUnit,
    rencana: RencanaPenataan,
    units: Mapping[str, UnitKerja],
    jejak: dict[str, Any],
) -> dict[str, Jabatan]:
    """Retire and found the posts that lead units; return the new ones by their key."""
    plan, berlaku = rencana.rencana, penataan.berlaku
    gone = [int(kunci) for kunci in plan.pimpinan_dihapus]
    Jabatan.objects.filter(pk__in=gone).update(is_aktif=False, selesai=berlaku)
    planned = {
        one.pimpinan.kunci: one
        for one in plan.sesudah.values()
        if one.pimpinan
        and one.pimpinan.kunci.startswith("baru:")
        and one.kode not in plan.ditutup
    }
    homes = _fetch_units({one.kode for one in planned.values()}, units)
    kelas = _load_kelas(rencana)
    posts = {
        kunci: Jabatan(
            kode=f"{one.kode[:44]}-P{penataan.pk}",
            nama=one.pimpinan.nama if one.pimpinan else "",
            jenis=JenisJabatan.STRUKTURAL.value,
            eselon=one.pimpinan.eselon if one.pimpinan else "",
            kelas=kelas.get(one.kode),
            unit_kerja=homes[one.kode],
            mulai=berlaku,
        )
        for kunci, one in planned.items()
    }
    Jabatan.objects.bulk_create(posts.values(), BATCH)
    audit.record_many(
        audit.build(
            "daftar_jabatan.tambah",
            post,
            by=penataan.disetujui_by,
            reason=tulis_dasar(penataan),
            batch=_batch(penataan),
        )
        for post in posts.values()
    )
    jejak["jabatan_baru"] = [post.pk for post in posts.values()]
    jejak["jabatan_hapus"] = gone
    return posts


def _load_kelas(rencana: RencanaPenataan) -> dict[str, int | None]:
    """Return the class of the posts that a renamed unit's new one takes the place of."""
    plan = rencana.rencana
    lama = {
        int(one.pimpinan.kunci): one.kode
        for one in plan.sebelum.values()
        if one.pimpinan and one.pimpinan.kunci in plan.pimpinan_dihapus
    }
    rows = Jabatan.objects.filter(pk__in=lama).values_list("pk", "kelas")
    return {lama[pk]: kelas for pk, kelas in rows}


def _move_people(
    penataan: PenataanUnit,
    rencana: RencanaPenataan,
    units: Mapping[str, UnitKerja],
    posts: Mapping[str, Jabatan],
) -> list[int]:
    """Write a dated row for everybody who moves; return who they are."""
    plan = rencana.rencana
    homes = _fetch_units({one.tujuan for one in plan.pindah}, units)
    held = Jabatan.objects.in_bulk(
        {int(o.jabatan_baru) for o in plan.pindah if o.jabatan_baru.isdigit()}
    )
    rows = [
        RiwayatJabatan(
            pegawai_id=one.pegawai,
            jabatan=(
                held[int(one.jabatan_baru)]
                if one.jabatan_baru.isdigit()
                else posts[one.jabatan_baru]
            ),
            unit_kerja=homes[one.tujuan],
            jenis_penugasan=JenisPenugasan.DEFINITIF.value,
            jenis_mutasi=(
                JenisMutasi.UNOR
                if one.jabatan_lama == one.jabatan_baru
                else JenisMutasi.JABATAN
            ).value,
            tmt=penataan.berlaku,
            sk_nomor=penataan.nomor,
            sk_tanggal=penataan.tanggal,
            sk_pejabat=penataan.pejabat,
            created_by=penataan.disetujui_by,
        )
        for one in plan.pindah
    ]
    RiwayatJabatan.objects.bulk_create(rows, BATCH)
    PerpindahanPegawai.objects.bulk_create(
        [
            PerpindahanPegawai(
                penataan=penataan,
                pegawai_id=row.pegawai_id,
                riwayat_lama_id=rencana.duduk[row.pegawai_id].riwayat,
                riwayat_baru=row,
            )
            for row in rows
        ],
        BATCH,
    )
    _record_moves(penataan, plan, rows)
    return [row.pegawai_id for row in rows]


def _record_moves(
    penataan: PenataanUnit, plan: Rencana, rows: Sequence[RiwayatJabatan]
) -> None:
    audit.record_many(
        audit.build(
            "jabatan.tambah",
            row,
            by=penataan.disetujui_by,
            subject=Pegawai(pk=row.pegawai_id),
            changes={
                "unit_kerja": (
                    plan.sebelum[one.asal].nama,
                    plan.sesudah[one.tujuan].nama,
                ),
                "jabatan": (None, row.jabatan.nama),
                "tmt": (None, row.tmt),
                "sk_nomor": (None, row.sk_nomor),
            },
            reason=tulis_dasar(penataan),
            batch=_batch(penataan),
        )
        for one, row in zip(plan.pindah, rows, strict=True)
    )


def _refresh(
    moved: Sequence[int], jejak: Mapping[str, Any], per_tanggal: dt.date
) -> None:
    """Mark the rows of those moved as due; set path and OPD of moved units at once."""
    for start in range(0, len(moved), BATCH):
        KeadaanPegawai.objects.filter(pk__in=moved[start : start + BATCH]).update(
            berubah_pada=per_tanggal
        )
    for unit_id, _ in jejak["pindah"]:
        unit = UnitKerja.objects.get(pk=unit_id)
        start_path, end_path = unit.path_range
        below = list(
            UnitKerja.objects.filter(
                path__gte=start_path, path__lt=end_path
            ).values_list("pk", flat=True)
        )
        home = UnitKerja.objects.filter(pk=OuterRef("unit_kerja")).order_by()
        for first in range(0, len(below), BATCH):
            KeadaanPegawai.objects.filter(
                unit_kerja__in=below[first : first + BATCH]
            ).update(
                unit_path=Subquery(home.values("path")[:1]),
                opd=Subquery(home.values("opd")[:1]),
            )


# -- Undoing ----------------------------------------------------------------------------


def request_undo(*, penataan: PenataanUnit, alasan: str, by: User) -> Job:
    """Ask for an applied act to be taken back; refused at once where it cannot be."""
    if not (by.has_perm(Permission.PENATAAN_APPROVE) and is_seluruh(by)):
        raise DomainError("Anda tidak berwenang membatalkan penataan.")
    with transaction.atomic():
        locked = lock_penataan(penataan, StatusPenataan.DITERAPKAN)
        _refuse_bangunan(locked)
        locked.alasan_batal = alasan
        locked.save(update_fields=["alasan_batal"])
        return enqueue_penataan(
            locked, JOB_BATAL, by, f"Batalkan penataan {locked.nomor}"
        )


def undo_penataan(
    *,
    penataan_id: int,
    by: User | None,
    per_tanggal: dt.date,
    now: dt.datetime,
    progress: Progress | None = None,
) -> PenataanUnit:
    """Put tree, posts and people back; the rows it wrote stay readable as cancelled.

    Raises DomainError when something was built on the act since.
    """
    tell: Progress = progress or (lambda done, total, pesan: None)
    with collector_paused(), transaction.atomic():
        penataan = PenataanUnit.objects.select_for_update().get(pk=penataan_id)
        if penataan.status != StatusPenataan.DIBATALKAN:
            if penataan.status != StatusPenataan.DITERAPKAN:
                raise DomainError("Penataan ini belum diterapkan.")
            list(
                UnitKerja.objects.select_for_update().filter(depth=1).values_list("pk")
            )
            _refuse_bangunan(penataan)
            _undo(penataan, by, per_tanggal, now)
    roll_over(per_tanggal=per_tanggal, progress=tell)
    return penataan


def find_bangunan(penataan: PenataanUnit) -> list[str]:
    """Return what was built on an applied act, in sentences; empty: it can be undone."""
    jejak = penataan.jejak
    moved = penataan.perpindahan_set.all()
    found = []
    mended = moved.filter(riwayat_baru__dibatalkan_oleh__isnull=False)
    if names := list(mended.values_list("pegawai__nama", flat=True)[:BATCH]):
        found.append(
            f"Riwayat jabatan {sebut(names)} dari penataan ini sudah dikoreksi atau "
            "dibatalkan."
        )
    ours = moved.values("riwayat_baru")
    rows = RiwayatJabatan.objects.berlaku().exclude(pk__in=ours)
    later = rows.filter(
        Q(pegawai__in=moved.values("pegawai"), tmt__gte=penataan.berlaku)
        | Q(unit_kerja__in=jejak["unit_baru"])
        | Q(jabatan__in=jejak["jabatan_baru"])
    )
    if names := list(later.values_list("pegawai__nama", flat=True)[:BATCH]):
        found.append(
            f"Sudah ada SK jabatan sesudahnya untuk {sebut(list(dict.fromkeys(names)))}."
        )
    touched = [
        *jejak["unit_baru"],
        *jejak["tutup"],
        *(pk for pk, _ in jejak["nama"]),
        *(pk for pk, _ in jejak["pindah"]),
    ]
    changed = RiwayatUnitKerja.objects.filter(
        Q(unit__in=touched) | Q(induk__in=jejak["unit_baru"]),
        mulai__gte=penataan.berlaku,
    ).exclude(penataan=penataan)
    if names := list(changed.values_list("nama", flat=True)[:BATCH]):
        found.append(f"Susunan {sebut(names)} sudah berubah lagi sesudahnya.")
    grants = PemberianPeran.objects.filter(unit_kerja__in=jejak["unit_baru"])
    if names := list(grants.values_list("user__nama", flat=True)[:BATCH]):
        found.append(f"Peran di unit baru sudah diberikan kepada {sebut(names)}.")
    return found


def _refuse_bangunan(penataan: PenataanUnit) -> None:
    if found := find_bangunan(penataan):
        raise DomainError(
            "Tidak dapat dibatalkan lagi. " + " ".join(found), kode="sudah_dibangun"
        )


def _undo(
    penataan: PenataanUnit, by: User | None, per_tanggal: dt.date, now: dt.datetime
) -> None:
    jejak, berlaku = penataan.jejak, penataan.berlaku
    moved = list(penataan.perpindahan_set.values_list("pegawai", "riwayat_baru"))
    pembatalan = Pembatalan.objects.create(
        alasan=f"Penataan {penataan.nomor} dibatalkan: {penataan.alasan_batal}",
        created_by=by,
    )
    rows = [riwayat for _, riwayat in moved]
    for start in range(0, len(rows), BATCH):
        RiwayatJabatan.objects.filter(pk__in=rows[start : start + BATCH]).update(
            dibatalkan_oleh=pembatalan
        )
    Jabatan.objects.filter(pk__in=jejak["jabatan_baru"]).update(
        is_aktif=False, selesai=berlaku
    )
    Jabatan.objects.filter(pk__in=jejak["jabatan_hapus"]).update(
        is_aktif=True, selesai=None
    )
    RiwayatUnitKerja.objects.filter(penataan=penataan).delete()
    touched = {
        *jejak["tutup"],
        *(pk for pk, _ in jejak["nama"]),
        *(pk for pk, _ in jejak["pindah"]),
    }
    RiwayatUnitKerja.objects.filter(unit__in=touched, selesai=berlaku).update(
        selesai=None
    )
    UnitKerja.objects.filter(pk__in=jejak["tutup"]).update(selesai=None)
    for pk, nama in jejak["nama"]:
        UnitKerja.objects.filter(pk=pk).update(nama=nama)
    for pk, induk in jejak["pindah"]:
        move_subtree(pk, induk)
    # They never were: of no length, their codes free for the act that comes instead.
    for unit in UnitKerja.objects.filter(pk__in=jejak["unit_baru"]):
        UnitKerja.objects.filter(pk=unit.pk).update(
            selesai=berlaku, kode=f"{unit.kode[:50]}~{penataan.pk}"
        )
    _refresh([pk for pk, _ in moved], jejak, per_tanggal)
    audit.record_many(
        audit.build(
            "jabatan.batal",
            penataan,
            by=by,
            subject=Pegawai(pk=pegawai),
            reason=pembatalan.alasan,
            batch=_batch(penataan),
        )
        for pegawai, _ in moved
    )
    close_penataan(penataan, penataan.alasan_batal, by, now)


# -- Shared ----------------------------------------------------------------------------


def _fetch_units(
    kodes: Iterable[str], known: Mapping[str, UnitKerja]
) -> dict[str, UnitKerja]:
    wanted = set(kodes)
    found = {kode: known[kode] for kode in wanted if kode in known}
    missing = sorted(wanted - set(found))
    for start in range(0, len(missing), BATCH):
        rows = UnitKerja.objects.filter(kode__in=missing[start : start + BATCH])
        found.update((row.kode, row) for row in rows)
    return found


def _nama(unit: Mapping[str, Any], kode: str | None) -> str | None:
    return unit[kode].nama if kode is not None and kode in unit else None


def _batch(penataan: PenataanUnit) -> str:
    return f"penataan-{penataan.pk}"
