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
from simpeg.models import Jabatan, RiwayatJabatan, UnitKerja
from simpeg.selectors.keadaan import list_keadaan
from simpeg.services.keadaan import refresh_keadaan
from simpeg.services.usulan import Usulan

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


def check_riwayat_jabatan(usulan: Usulan) -> None:
    """Refuse an appointment that cannot be, definitive or acting (Plt, Plh, Pj, TT).

    Raises DomainError for dates that cannot be, for an acting post without an end, and
    for a second definitive holder of a structural post.
    """
    baru = usulan.baru
    # Two people appointed to one post at once: the second waits here, then sees it.
    jabatan = Jabatan.objects.select_for_update().get(pk=baru.jabatan_id)
    is_sama = usulan.lama is not None and usulan.lama.jabatan_id == jabatan.pk
    if not jabatan.is_aktif and not is_sama:
        raise DomainError(
            "Jabatan ini tidak dipakai lagi; pilih yang lain.", kolom="jabatan"
        )
    if jabatan.unit_kerja_id and jabatan.unit_kerja_id != baru.unit_kerja_id:
        raise DomainError(
            f"{jabatan.nama} memimpin {jabatan.unit_kerja}; pilih unit itu.",
            kolom="unit_kerja",
        )
    _check_tanggal(usulan)
    if baru.jenis_penugasan == JenisPenugasan.DEFINITIF:
        _check_tmt_tunggal(usulan)
        if jabatan.unit_kerja_id:
            _check_lowong(jabatan, usulan)


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


def _check_tanggal(usulan: Usulan) -> None:
    baru, pertama = usulan.baru, usulan.pegawai.tmt_cpns
    if pertama and baru.tmt < pertama:
        raise DomainError(
            f"TMT tidak boleh sebelum pengangkatan pertama, {pertama:%d-%m-%Y}.",
            kolom="tmt",
        )
    if baru.tmt_selesai and baru.tmt_selesai <= baru.tmt:
        raise DomainError("Tanggal berakhir harus sesudah TMT.", kolom="tmt_selesai")
    if baru.jenis_penugasan != JenisPenugasan.DEFINITIF and not baru.tmt_selesai:
        raise DomainError(
            f"{baru.get_jenis_penugasan_display()} selalu berjangka: isi tanggal "
            "berakhirnya.",
            kolom="tmt_selesai",
        )


def _check_tmt_tunggal(usulan: Usulan) -> None:
    rows = usulan.list_lain().definitif().filter(tmt=usulan.baru.tmt)  # type: ignore[attr-defined]
    if same := rows.select_related("jabatan").first():
        raise DomainError(
            f"Sudah ada jabatan {same.jabatan} dengan TMT yang sama.", kolom="tmt"
        )


def _check_lowong(jabatan: Jabatan, usulan: Usulan) -> None:
    """Refuse a structural post that somebody else holds in the time to be recorded."""
    tmt = usulan.baru.tmt
    rows = (
        RiwayatJabatan.objects.berlaku()
        .definitif()
        .filter(jabatan=jabatan)
        .exclude(pegawai=usulan.pegawai)
    )
    end = _find_end(usulan)
    later = rows.filter(tmt__gt=tmt)
    if end:
        later = later.filter(tmt__lt=end)
    holders = [row.pegawai for row in later.select_related("pegawai").order_by("tmt")]
    earlier = rows.filter(tmt__lte=tmt).values_list("pegawai", flat=True)
    holders += [
        keadaan.pegawai
        for keadaan in list_keadaan(list(earlier), tmt)
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


def _find_end(usulan: Usulan) -> dt.date | None:
    """Return when the new row stops to hold: its own end or the next definitive TMT."""
    following = (
        usulan.list_lain()
        .definitif()  # type: ignore[attr-defined]
        .filter(tmt__gt=usulan.baru.tmt)
        .order_by("tmt")
        .values_list("tmt", flat=True)
        .first()
    )
    days = (usulan.baru.tmt_selesai, following)
    return min((day for day in days if day), default=None)
