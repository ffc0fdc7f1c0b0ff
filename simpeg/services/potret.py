"""The state of everybody on a past day: derived by set-wise SQL, kept for a while.

What `selectors.keadaan.derive_keadaan` says of one person, one INSERT … SELECT says of
20,000; a test holds the two equal. The units stand under the perangkat daerah they had
that day.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from bkpsdmd.accounts.models import User
from bkpsdmd.exceptions import DomainError
from bkpsdmd.jobs.models import Job
from bkpsdmd.jobs.services import enqueue
from simpeg.choices import JenisPenugasan
from simpeg.models import (
    Jabatan,
    KeadaanLampau,
    KedudukanHukum,
    Pegawai,
    Potret,
    RiwayatDiklat,
    RiwayatJabatan,
    RiwayatKedudukan,
    RiwayatPangkat,
    RiwayatPendidikan,
    RiwayatPindahInstansi,
    UnitKerja,
)
from simpeg.selectors.bup import find_usia_bup
from simpeg.selectors.keadaan import PERUBAHAN
from simpeg.selectors.potret import find_potret, is_usang
from simpeg.selectors.unit_kerja import list_tree_on

JOB_KIND = "simpeg.potret"
# People in one statement; an office up to this size is derived while somebody waits.
RENTANG = 20_000
# So many days are kept; asking for another drops the oldest.
BANYAK = 24
# A day nobody asked for again since is dropped after this long.
SIMPAN = dt.timedelta(days=7)
BATCH = 500
Progress = Callable[[int, int, str], None]


def request_potret(*, tanggal: dt.date, by: User, per_tanggal: dt.date) -> Job | None:
    """Derive the state of a past day anew; return the job that does it in a large office.

    Raises DomainError for a day that has not passed: today's state stands by itself.
    """
    if tanggal >= per_tanggal:
        raise DomainError("Pilih tanggal yang sudah lewat.", kolom="tanggal")
    potret = _begin(tanggal)
    if _last_key() > RENTANG:
        label = f"Keadaan per {tanggal:%d-%m-%Y}"
        return enqueue(JOB_KIND, by=by, params={"potret": potret.pk}, label=label)
    build_potret(potret_id=potret.pk)
    return None


def _begin(tanggal: dt.date) -> Potret:
    with transaction.atomic():
        potret, _ = Potret.objects.select_for_update().get_or_create(tanggal=tanggal)
        # Begun again: what somebody else may be writing of it is written over.
        Potret.objects.filter(pk=potret.pk).update(selesai_at=None, sampai=0)
        kept = Potret.objects.order_by("-created_at").values_list("pk", flat=True)
        _drop(list(kept.exclude(pk=potret.pk)[BANYAK - 1 :]))
    return potret


def ensure_potret(*, tanggal: dt.date, progress: Progress | None = None) -> Potret:
    """Return a past day as the records tell it now; derived again if they changed."""
    potret = find_potret(tanggal)
    if potret is None or is_usang(potret):
        potret = _begin(tanggal)
    return build_potret(potret_id=potret.pk, progress=progress)


def build_potret(*, potret_id: int, progress: Progress | None = None) -> Potret:
    """Derive the day, 20,000 people in a transaction; goes on where a killed run ended."""
    potret = Potret.objects.get(pk=potret_id)
    if potret.selesai_at:
        return potret
    last = _last_key()
    usia = _group_by_usia(potret.tanggal)
    while potret.sampai < last:
        if progress:
            progress(potret.sampai, last, "Menurunkan keadaan dari riwayat")
        with transaction.atomic():
            # Two who asked at once take turns, each going on where the day stands.
            potret = Potret.objects.select_for_update().get(pk=potret_id)
            start, end = potret.sampai, potret.sampai + RENTANG
            if start >= last:
                break
            KeadaanLampau.objects.filter(
                potret=potret, pegawai__gt=start, pegawai__lte=end
            ).delete()
            _insert(potret, start, end, usia)
            potret.sampai = end
            potret.save(update_fields=["sampai"])
    with transaction.atomic():
        _hang_as_then(potret)
        potret.selesai_at = timezone.now()
        potret.save(update_fields=["selesai_at"])
    return potret


def purge_potret(*, before: dt.datetime) -> int:
    """Drop the days derived before this time; they can be derived again at any time."""
    old = Potret.objects.filter(created_at__lt=before, selesai_at__lt=before)
    ids = list(old.values_list("pk", flat=True))
    _drop(ids)
    return len(ids)


def _drop(ids: list[int]) -> None:
    for pk in ids:
        # Nothing points to these rows: they need no look before they go.
        KeadaanLampau.objects.filter(potret=pk)._raw_delete("default")
        Potret.objects.filter(pk=pk).delete()


def _last_key() -> int:
    return Pegawai.objects.aggregate(last=Max("pk"))["last"] or 0


def _hang_as_then(potret: Potret) -> None:
    """Put units that hung elsewhere that day under the perangkat daerah they had."""
    today = dict(UnitKerja.objects.values_list("pk", "opd"))
    moved: dict[int | None, list[int]] = defaultdict(list)
    for node in list_tree_on(potret.tanggal):
        if today[node.unit.pk] != node.opd_id:
            moved[node.opd_id].append(node.unit.pk)
    for opd, units in moved.items():
        for start in range(0, len(units), BATCH):
            KeadaanLampau.objects.filter(
                potret=potret, unit_kerja__in=units[start : start + BATCH]
            ).update(opd=opd)


def _insert(
    potret: Potret, start: int, end: int, usia: Mapping[int | None, Sequence[int]]
) -> None:
    """Write the active people with keys in (start, end] as they stood that day.

    `usia` are the posts of each age limit.
    """
    day = connection.ops.adapt_datefield_value(potret.tanggal)
    year = potret.tanggal.year
    kinds: list[type] = [RiwayatKedudukan, *PERUBAHAN]
    sql = f"""
        INSERT INTO {_t(KeadaanLampau)} (
            potret_id, pegawai_id, nama_urut, jenis_kelamin, tanggal_lahir, status,
            is_aktif, unit_kerja_id, opd_id, unit_path, golongan_id, tmt_golongan,
            masa_kerja_bulan, kunci_masa_kerja, jabatan_id, jenis_jabatan, kelompok_jabatan,
            pendidikan_id, agama, status_kawin, diklat, tmt_pensiun
        )
        SELECT %(potret)s, p.id, UPPER(p.nama), p.jenis_kelamin, p.tanggal_lahir,
            CASE WHEN p.jenis_asn <> 'pns' THEN p.jenis_asn
                 WHEN p.tmt_pns <= %(day)s THEN 'pns' ELSE 'cpns' END,
            %(ya)s, u.id, u.opd_id, COALESCE(u.path, ''),
            g.golongan_id, g.tmt, g.masa_kerja_bulan, {_kunci_masa_kerja()},
            j.id, COALESCE(j.jenis, ''),
            CASE WHEN j.id IS NULL THEN ''
                 WHEN j.jenis = 'fungsional' THEN 'jf'
                 WHEN j.eselon LIKE 'I.%%' OR j.eselon LIKE 'II.%%' THEN 'jpt'
                 WHEN j.eselon LIKE 'III.%%' THEN 'administrator'
                 WHEN j.eselon LIKE 'IV.%%' OR j.eselon LIKE 'V.%%' THEN 'pengawas'
                 ELSE 'pelaksana' END,
            (SELECT x.tingkat_id FROM {_t(RiwayatPendidikan)} x
              WHERE x.pegawai_id = p.id AND x.dibatalkan_oleh_id IS NULL
                AND COALESCE(x.tahun_lulus, 0) <= %(year)s
              ORDER BY x.tingkat_id DESC LIMIT 1),
            p.agama, p.status_kawin,
            (SELECT MIN(x.tingkat) FROM {_t(RiwayatDiklat)} x
              WHERE x.pegawai_id = p.id AND x.dibatalkan_oleh_id IS NULL
                AND x.tanggal_selesai <= %(day)s),
            {_tmt_pensiun(usia)}
        FROM {_t(Pegawai)} p
        LEFT JOIN {_t(RiwayatPangkat)} g ON g.id = {_last(RiwayatPangkat)}
        LEFT JOIN {_t(RiwayatJabatan)} r
            ON r.id = {_last(RiwayatJabatan, "AND x.jenis_penugasan = %(definitif)s")}
            AND (r.tmt_selesai IS NULL OR r.tmt_selesai > %(day)s)
        LEFT JOIN {_t(Jabatan)} j ON j.id = r.jabatan_id
        LEFT JOIN {_t(UnitKerja)} u ON u.id = r.unit_kerja_id
        {" ".join(_join_kedudukan(n, model) for n, model in enumerate(kinds))}
        WHERE p.id > %(start)s AND p.id <= %(end)s
          AND (p.tmt_cpns <= %(day)s OR (
                p.tmt_cpns IS NULL AND (g.id IS NOT NULL OR r.id IS NOT NULL)))
          AND NOT EXISTS (
                SELECT 1 FROM {_t(RiwayatPindahInstansi)} m
                WHERE m.pegawai_id = p.id AND m.dibatalkan_oleh_id IS NULL
                  AND m.arah = 'masuk' AND m.tmt > %(day)s
                  AND NOT EXISTS (
                    SELECT 1 FROM {_t(RiwayatPindahInstansi)} k
                    WHERE k.pegawai_id = p.id AND k.dibatalkan_oleh_id IS NULL
                      AND k.arah = 'keluar' AND k.tmt < m.tmt))
          AND COALESCE({_standing(len(kinds))}, %(aktif)s)
                IN (%(aktif)s, %(tanpa_gaji)s)
    """  # noqa: S608  names of our own tables; every value is a parameter
    params = {
        "potret": potret.pk,
        "day": day,
        "year": year,
        "ya": True,
        "definitif": JenisPenugasan.DEFINITIF.value,
        "start": start,
        "end": end,
        "aktif": KedudukanHukum.AKTIF,
        "tanpa_gaji": KedudukanHukum.TANPA_GAJI,
    }
    with connection.cursor() as cursor:
        cursor.execute(sql, params)


def _group_by_usia(day: dt.date) -> dict[int | None, list[int]]:
    """Return the posts of each age limit in force on a day; None: no rule can tell."""
    groups: dict[int | None, list[int]] = defaultdict(list)
    for post in Jabatan.objects.order_by("pk"):
        groups[find_usia_bup(post, day)].append(post.pk)
    return dict(groups)


def _kunci_masa_kerja() -> str:
    """Return `rules.waktu.compute_kunci_masa_kerja` as the database counts it."""
    if connection.vendor == "sqlite":
        year, month, day = (
            f"CAST(STRFTIME('%%{part}', g.tmt) AS INTEGER)" for part in "Ymd"
        )
    else:
        year, month, day = (
            f"EXTRACT({part} FROM g.tmt)::integer" for part in ("YEAR", "MONTH", "DAY")
        )
    return f"({year} * 12 + {month} - g.masa_kerja_bulan) * 32 + {day}"


def _tmt_pensiun(usia: Mapping[int | None, Sequence[int]]) -> str:
    """Return the first day of retirement: of the month after the birthday at the limit.

    Counted from the month of birth, so that 29 February is of no concern.
    """
    if not usia:
        return "NULL"
    # The limit of most posts is left for the rest; the keys are our own integers.
    rest = max(usia, key=lambda age: len(usia[age]))
    cases = " ".join(
        f"WHEN j.id IN ({', '.join(map(str, posts))}) THEN {age or 'NULL'}"
        for age, posts in usia.items()
        if age != rest
    )
    age = f"CASE WHEN j.id IS NULL THEN NULL {cases} ELSE {rest or 'NULL'} END"
    months = f"({age}) * 12 + 1"
    if connection.vendor == "sqlite":
        return (
            f"DATE(p.tanggal_lahir, 'start of month', '+' || ({months}) || ' months')"
        )
    return f"(DATE_TRUNC('month', p.tanggal_lahir) + MAKE_INTERVAL(months => {months}))::date"


def _t(model: type) -> str:
    return connection.ops.quote_name(model._meta.db_table)  # type: ignore[attr-defined]


def _last(model: type, more: str = "") -> str:
    """Return the key of a person's row in force on the day: the last TMT reached."""
    return (
        f"(SELECT x.id FROM {_t(model)} x WHERE x.pegawai_id = p.id "  # noqa: S608
        f"AND x.dibatalkan_oleh_id IS NULL AND x.tmt <= %(day)s {more} "
        "ORDER BY x.tmt DESC LIMIT 1)"
    )


def _join_kedudukan(n: int, model: type) -> str:
    """Join the last row of one kind that tells the standing, with its group."""
    return (
        f"LEFT JOIN {_t(model)} s{n} "
        f"ON s{n}.id = {_last(model, 'AND x.kedudukan_id IS NOT NULL')} "
        f"LEFT JOIN {_t(KedudukanHukum)} k{n} ON k{n}.kode = s{n}.kedudukan_id"
    )


def _standing(banyak: int) -> str:
    """Return the group of the latest of the joined rows; of one day the last kind's."""
    cases = []
    for n in reversed(range(banyak)):
        later = " AND ".join(
            f"(s{m}.tmt IS NULL OR s{m}.tmt {'<=' if m < n else '<'} s{n}.tmt)"
            for m in range(banyak)
            if m != n
        )
        cases.append(f"WHEN s{n}.tmt IS NOT NULL AND {later} THEN k{n}.kelompok")
    return f"CASE {' '.join(cases)} END"
