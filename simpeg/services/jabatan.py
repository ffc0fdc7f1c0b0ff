"""Posts, and who was appointed to them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from bkpsdmd.accounts.models import User
from bkpsdmd.audit import services as audit
from bkpsdmd.exceptions import DomainError
from simpeg.choices import JenisJabatan, JenisPenugasan
from simpeg.models import Jabatan, Pegawai, RiwayatJabatan, UnitKerja
from simpeg.selectors.keadaan import list_keadaan
from simpeg.services.keadaan import refresh_keadaan
from simpeg.services.pegawai import lock_for_change

BATCH = 500


@dataclass(frozen=True)
class JabatanSpec:
    """A post as a list names it; `memimpin` is the unit that a structural one leads."""

    kode: str
    nama: str
    jenis: JenisJabatan
    eselon: str = ""
    jenjang: str = ""
    kelas: int | None = None
    usia_bup: int | None = None
    memimpin: UnitKerja | None = None
    siasn_id: str = ""


@dataclass(frozen=True)
class DataJabatan:
    """What a decree on a post says; an assignment other than definitive has an end."""

    jabatan: Jabatan
    unit_kerja: UnitKerja
    tmt: dt.date
    sk_nomor: str
    sk_tanggal: dt.date
    sk_pejabat: str = ""
    jenis_penugasan: JenisPenugasan = JenisPenugasan.DEFINITIF
    tmt_selesai: dt.date | None = None
    tanggal_pelantikan: dt.date | None = None


def ensure_jabatan(
    specs: Sequence[JabatanSpec], *, by: User | None
) -> dict[str, Jabatan]:
    """Return the posts of `specs` by code; the missing ones are added, others stay.

    Raises DomainError, with nothing written, when a unit would get a second leader.
    """
    by_kode = {spec.kode: spec for spec in specs}
    if len(by_kode) < len(specs):
        raise DomainError("Ada kode jabatan yang kembar.", kode="kode_kembar")
    with transaction.atomic():
        posts = _fetch(list(by_kode))
        new = [
            Jabatan(
                kode=spec.kode,
                nama=spec.nama,
                jenis=spec.jenis.value,
                eselon=spec.eselon,
                jenjang=spec.jenjang,
                kelas=spec.kelas,
                usia_bup=spec.usia_bup,
                unit_kerja=spec.memimpin,
                siasn_id=spec.siasn_id,
            )
            for spec in specs
            if spec.kode not in posts
        ]
        _refuse_second_leader(new)
        Jabatan.objects.bulk_create(new, batch_size=BATCH)
        audit.record_many(
            audit.build("daftar_jabatan.tambah", jabatan, by=by) for jabatan in new
        )
        posts.update((jabatan.kode, jabatan) for jabatan in new)
    return {kode: posts[kode] for kode in by_kode}


def update_jabatan(
    *,
    jabatan: Jabatan,
    nama: str,
    kelas: int | None,
    usia_bup: int | None,
    is_aktif: bool,
    by: User | None,
    per_tanggal: dt.date,
) -> Jabatan:
    """Change how a post is called and classed, or retire it from the lists.

    Its holders are written again in the read table, which shows its name and the age
    limit. Kind, eselon and jenjang stay: another kind is another post.
    """
    values = {"nama": nama, "kelas": kelas, "usia_bup": usia_bup, "is_aktif": is_aktif}
    with transaction.atomic():
        jabatan = Jabatan.objects.select_for_update().get(pk=jabatan.pk)
        changes = audit.diff(jabatan, values)
        if not changes:
            return jabatan
        if is_aktif and not jabatan.is_aktif:
            _refuse_second_leader([jabatan])
        for name, value in values.items():
            setattr(jabatan, name, value)
        jabatan.full_clean()
        jabatan.save(update_fields=list(values))
        audit.record("daftar_jabatan.ubah", jabatan, by=by, changes=changes)
        holders = RiwayatJabatan.objects.berlaku().filter(jabatan=jabatan)
        ids = sorted(set(holders.values_list("pegawai", flat=True)))
        refresh_keadaan(ids, per_tanggal=per_tanggal)
    return jabatan


def add_riwayat_jabatan(
    *, pegawai: Pegawai, data: DataJabatan, by: User, per_tanggal: dt.date
) -> RiwayatJabatan:
    """Record an appointment, definitive or acting (Plt, Plh, Pj, tugas tambahan).

    Raises DomainError for dates that cannot be, for an acting post without an end, and
    for a second definitive holder of a structural post.
    """
    with transaction.atomic():
        locked = lock_for_change(pegawai.pk, by=by)
        # Two people appointed to one post at once: the second waits here, then sees it.
        jabatan = Jabatan.objects.select_for_update().get(pk=data.jabatan.pk)
        _check_jabatan(jabatan, data)
        _check_tanggal(locked, data, per_tanggal)
        if data.jenis_penugasan == JenisPenugasan.DEFINITIF:
            _check_tmt_tunggal(locked, data)
            if jabatan.unit_kerja_id:
                _check_lowong(jabatan, locked, data)
        riwayat = RiwayatJabatan(
            pegawai=locked,
            jabatan=jabatan,
            unit_kerja=data.unit_kerja,
            jenis_penugasan=data.jenis_penugasan.value,
            tmt=data.tmt,
            tmt_selesai=data.tmt_selesai,
            tanggal_pelantikan=data.tanggal_pelantikan,
            sk_nomor=data.sk_nomor,
            sk_tanggal=data.sk_tanggal,
            sk_pejabat=data.sk_pejabat,
            created_by=by,
        )
        riwayat.full_clean()
        riwayat.save()
        refresh_keadaan([locked.pk], per_tanggal=per_tanggal)
        audit.record(
            "jabatan.tambah",
            riwayat,
            by=by,
            subject=locked,
            changes={
                name: (None, value)
                for name, value in {
                    "jabatan": jabatan.nama,
                    "unit_kerja": data.unit_kerja.nama,
                    "jenis_penugasan": data.jenis_penugasan.label,
                    "tmt": data.tmt,
                    "tmt_selesai": data.tmt_selesai,
                    "sk_nomor": data.sk_nomor,
                    "sk_tanggal": data.sk_tanggal,
                }.items()
                if value is not None
            },
        )
    return riwayat


def _fetch(kodes: Sequence[str]) -> dict[str, Jabatan]:
    return {
        jabatan.kode: jabatan
        for start in range(0, len(kodes), BATCH)
        for jabatan in Jabatan.objects.filter(kode__in=kodes[start : start + BATCH])
    }


def _refuse_second_leader(new: Sequence[Jabatan]) -> None:
    led = [jabatan.unit_kerja for jabatan in new if jabatan.unit_kerja]
    taken = [
        jabatan.unit_kerja
        for start in range(0, len(led), BATCH)
        for jabatan in Jabatan.objects.filter(
            is_aktif=True, unit_kerja__in=led[start : start + BATCH]
        ).select_related("unit_kerja")
    ]
    seen: set[int] = {unit.pk for unit in taken if unit}
    for unit in led:
        if unit.pk in seen:
            raise DomainError(
                f"{unit.nama} sudah memiliki jabatan pimpinan.", kode="pimpinan_ganda"
            )
        seen.add(unit.pk)


def _check_jabatan(jabatan: Jabatan, data: DataJabatan) -> None:
    if not jabatan.is_aktif:
        raise DomainError(
            "Jabatan ini tidak dipakai lagi; pilih yang lain.", kolom="jabatan"
        )
    if jabatan.unit_kerja_id and jabatan.unit_kerja_id != data.unit_kerja.pk:
        raise DomainError(
            f"{jabatan.nama} memimpin {jabatan.unit_kerja}; pilih unit itu.",
            kolom="unit_kerja",
        )


def _check_tanggal(pegawai: Pegawai, data: DataJabatan, per_tanggal: dt.date) -> None:
    if data.sk_tanggal > per_tanggal:
        raise DomainError(
            "Tanggal SK belum tiba; periksa kembali SK-nya.", kolom="sk_tanggal"
        )
    if pegawai.tmt_cpns and data.tmt < pegawai.tmt_cpns:
        raise DomainError(
            f"TMT tidak boleh sebelum pengangkatan pertama, {pegawai.tmt_cpns:%d-%m-%Y}.",
            kolom="tmt",
        )
    if data.tmt_selesai and data.tmt_selesai <= data.tmt:
        raise DomainError("Tanggal berakhir harus sesudah TMT.", kolom="tmt_selesai")
    if data.jenis_penugasan != JenisPenugasan.DEFINITIF and not data.tmt_selesai:
        raise DomainError(
            f"{data.jenis_penugasan.label} selalu berjangka: isi tanggal berakhirnya.",
            kolom="tmt_selesai",
        )


def _check_tmt_tunggal(pegawai: Pegawai, data: DataJabatan) -> None:
    same = pegawai.riwayatjabatan_set.berlaku().definitif().filter(tmt=data.tmt).first()
    if same:
        raise DomainError(
            f"Sudah ada jabatan {same.jabatan} dengan TMT yang sama.", kolom="tmt"
        )


def _check_lowong(jabatan: Jabatan, pegawai: Pegawai, data: DataJabatan) -> None:
    """Refuse a structural post that somebody else holds in the time to be recorded."""
    rows = (
        RiwayatJabatan.objects.berlaku()
        .definitif()
        .filter(jabatan=jabatan)
        .exclude(pegawai=pegawai)
    )
    end = _find_end(pegawai, data)
    later = rows.filter(tmt__gt=data.tmt)
    if end:
        later = later.filter(tmt__lt=end)
    holders = [row.pegawai for row in later.select_related("pegawai").order_by("tmt")]
    earlier = rows.filter(tmt__lte=data.tmt).values_list("pegawai", flat=True)
    holders += [
        keadaan.pegawai
        for keadaan in list_keadaan(list(earlier), data.tmt)
        if keadaan.is_aktif
        and keadaan.jabatan
        and keadaan.jabatan.jabatan_id == jabatan.pk
    ]
    if holders:
        raise DomainError(
            f"{jabatan.nama} pada masa itu dipegang {holders[0]}. Catat dahulu perpindahan "
            "pejabat lama, atau pilih penugasan Plt. atau Plh.",
            kolom="jabatan",
            kode="jabatan_terisi",
        )


def _find_end(pegawai: Pegawai, data: DataJabatan) -> dt.date | None:
    """Return when the new row stops to hold: its own end or the next definitive TMT."""
    following = (
        pegawai.riwayatjabatan_set.berlaku()
        .definitif()
        .filter(tmt__gt=data.tmt)
        .order_by("tmt")
        .values_list("tmt", flat=True)
        .first()
    )
    return min((day for day in (data.tmt_selesai, following) if day), default=None)
