"""Reads of the reports: settings in force, figures per perangkat daerah, what went out.

Every figure is counted by the database: the number of queries is the same for two
perangkat daerah and for two hundred, for a hundred people and for a million.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum

from bkpsdmd.accounts.models import User
from bkpsdmd.accounts.selectors import active_users
from bkpsdmd.jobs.models import Job
from bkpsdmd.regulations import load_regulasi
from bkpsdmd.ui.formats import format_tanggal
from reporting.choices import JenisLaporan, JobKind
from reporting.models import LaporanTerbit, PengaturanLaporan
from reporting.periode import JenisPeriode, Periode
from simpeg.models import KeadaanPegawai, UnitKerja

# How long a confirmed or changed profile counts as up to date.
MUTAKHIR = dt.timedelta(days=365)


# -- Settings ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Pengaturan:
    """What holds for a report of periods that end on a date; `sumber` says from where."""

    jenis_periode: JenisPeriode
    dasar: str
    catatan: str
    kepada: str
    tembusan: tuple[str, ...]
    berlaku: dt.date
    sumber: str


def get_pengaturan(jenis: JenisLaporan, tanggal: dt.date) -> Pengaturan:
    """Return what the office settled, or before that what the regulation file says."""
    row = (
        PengaturanLaporan.objects.filter(jenis=jenis, berlaku__lte=tanggal)
        .order_by("-berlaku")
        .first()
    )
    if row is None:
        ketentuan = load_regulasi(f"reporting/laporan_{jenis}").on(tanggal)
        nilai = ketentuan.nilai
        return Pengaturan(
            jenis_periode=JenisPeriode(nilai["jenis_periode"]),
            dasar=nilai["dasar"],
            catatan=nilai["catatan"],
            kepada=nilai["kepada"],
            tembusan=(),
            berlaku=ketentuan.berlaku,
            sumber=ketentuan.kutipan,
        )
    return Pengaturan(
        jenis_periode=JenisPeriode(row.jenis_periode),
        dasar=row.dasar,
        catatan=row.catatan,
        kepada=row.kepada,
        tembusan=tuple(line.strip() for line in row.tembusan.splitlines() if line),
        berlaku=row.berlaku,
        sumber=f"Pengaturan laporan yang berlaku sejak {format_tanggal(row.berlaku)}",
    )


# -- Figures ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class HitunganAkun:
    """Accounts of one group: registered at the end, active, and active of the registered."""

    terdaftar: int = 0
    aktif: int = 0
    aktif_terdaftar: int = 0


@dataclass(frozen=True, slots=True)
class HitunganPegawai:
    """People of one group: their mandatory fields, and how many profiles are in order."""

    pegawai: int = 0
    wajib: int = 0
    terisi: int = 0
    lengkap: int = 0
    mutakhir: int = 0


@dataclass(frozen=True, slots=True)
class Pemakaian:
    """Use of the portal by perangkat daerah; two groups have none."""

    opd: dict[int, HitunganAkun]
    tanpa_opd: HitunganAkun
    tanpa_pegawai: HitunganAkun


def summarize_pemakaian(start: dt.datetime, end: dt.datetime) -> Pemakaian:
    """Count accounts at `end` and users in `[start, end)`; three queries.

    A person counts for the perangkat daerah of today's state.
    """
    terdaftar = User.objects.terdaftar(end)
    aktif = active_users(start, end)
    counts = [_count_by_opd(users) for users in (terdaftar, aktif, aktif & terdaftar)]
    groups = {key for found in counts for key in found}
    rows = {
        key: HitunganAkun(*(found.get(key, 0) for found in counts)) for key in groups
    }
    none = HitunganAkun()
    return Pemakaian(
        tanpa_opd=rows.pop(_TANPA_OPD, none),
        tanpa_pegawai=rows.pop(_TANPA_PEGAWAI, none),
        opd=rows,
    )


_TANPA_OPD, _TANPA_PEGAWAI = 0, -1


def _count_by_opd(users: QuerySet[User]) -> dict[int, int]:
    rows = (
        users.order_by()
        .values_list("pegawai__keadaan__opd")
        .annotate(n_akun=Count("pk"), n_pegawai=Count("pegawai"))
    )
    counts = {}
    for opd, akun, pegawai in rows:
        if opd is not None:
            counts[opd] = akun
        else:
            counts[_TANPA_OPD] = pegawai
            counts[_TANPA_PEGAWAI] = akun - pegawai
    return counts


def count_akun_layanan(end: dt.datetime) -> int:
    """Return how many system, test and monitoring accounts are left out at `end`."""
    return (
        User.objects.filter(is_layanan=True, created_at__lt=end)
        .filter(Q(deactivated_at=None) | Q(deactivated_at__gte=end))
        .count()
    )


@dataclass(frozen=True, slots=True)
class Kelengkapan:
    """Today's records of active employees by perangkat daerah (None: without one).

    `berubah_sesudah` people were last changed after the period: whether they also were
    within it is not known any more, so they do not count as up to date.
    """

    opd: dict[int | None, HitunganPegawai]
    berubah_sesudah: int


def summarize_kelengkapan(end: dt.datetime) -> Kelengkapan:
    """Count what is filled in today, and who was up to date before `end`; one query."""
    window = (end - MUTAKHIR, end)
    mutakhir = _in_window("pegawai__dikonfirmasi_at", window) | _in_window(
        "pegawai__updated_at", window
    )
    rows = (
        KeadaanPegawai.objects.aktif()
        .order_by()
        .values_list("opd")
        .annotate(
            n_pegawai=Count("pk"),
            n_wajib=Sum("wajib_jumlah"),
            n_terisi=Sum("wajib_terisi"),
            n_lengkap=Count("pk", filter=Q(wajib_terisi=F("wajib_jumlah"))),
            n_mutakhir=Count("pk", filter=mutakhir),
            n_sesudah=Count("pk", filter=Q(pegawai__updated_at__gte=end) & ~mutakhir),
        )
    )
    counts, berubah_sesudah = {}, 0
    for opd, *found, sesudah in rows:
        counts[opd] = HitunganPegawai(*found)
        berubah_sesudah += sesudah
    return Kelengkapan(counts, berubah_sesudah)


def _in_window(field: str, window: tuple[dt.datetime, dt.datetime]) -> Q:
    start, end = window
    return Q(**{f"{field}__gte": start, f"{field}__lt": end})


@dataclass(frozen=True, slots=True)
class Opd:
    nama: str
    is_berdiri: bool


def list_opd(hari_terakhir: dt.date) -> dict[int, Opd]:
    """Return every perangkat daerah ever, and whether it existed on that day."""
    berdiri = set(UnitKerja.objects.opd_on(hari_terakhir).values_list("pk", flat=True))
    rows = UnitKerja.objects.opd().order_by("nama", "pk").values_list("pk", "nama")
    return {pk: Opd(nama, pk in berdiri) for pk, nama in rows}


# -- Reports that went out --------------------------------------------------------------


def find_live(jenis: str, periode: Periode) -> LaporanTerbit | None:
    """Return the report of a period that is in force, if it has been published."""
    return (
        LaporanTerbit.objects.live()
        .filter(jenis=jenis, periode=periode.kode)
        .select_related("dokumen")
        .first()
    )


def find_last_closed(
    jenis: JenisLaporan, saat: dt.datetime, zona: dt.tzinfo
) -> Periode:
    """Return the last period that has ended by this instant and is to be reported."""
    current = get_pengaturan(jenis, saat.astimezone(zona).date())
    periode = Periode.last_closed(saat, current.jenis_periode, zona)
    if current.berlaku <= periode.hari_terakhir:
        return periode
    # Right after a change of the kind, what has just ended is of the old one.
    before = get_pengaturan(jenis, periode.hari_terakhir)
    return Periode.last_closed(saat, before.jenis_periode, zona)


def is_dipakai(periode: Periode, zona: dt.tzinfo) -> bool:
    """Tell whether the portal had an account by the end of the period."""
    return User.objects.terdaftar(periode.batas(zona)[1]).exists()


@dataclass(frozen=True, slots=True)
class StatusLaporan:
    """A period in the list: its report, or none yet and perhaps a job that makes it."""

    jenis: JenisLaporan
    periode: Periode
    laporan: LaporanTerbit | None = None
    job: Job | None = None


def list_status(saat: dt.datetime, zona: dt.tzinfo) -> list[StatusLaporan]:
    """Return the periods of every kind, newest first: reported ones and gaps."""
    live = LaporanTerbit.objects.live().defer("grafik").select_related("published_by")
    rows = [
        StatusLaporan(JenisLaporan(one.jenis), one.span, laporan=one) for one in live
    ]
    jobs = {
        (job.params["jenis"], job.params["periode"]): job
        for job in Job.objects.active().filter(kind=JobKind.PUBLISH)
    }
    for jenis in JenisLaporan:
        reported = [row.periode for row in rows if row.jenis == jenis]
        rows += [
            StatusLaporan(jenis, gap, job=jobs.get((jenis.value, gap.kode)))
            for gap in _list_gaps(jenis, reported, saat, zona)
        ]
    return sorted(
        rows, key=lambda row: (row.periode.selesai, row.periode.mulai), reverse=True
    )


def _list_gaps(
    jenis: JenisLaporan, reported: list[Periode], saat: dt.datetime, zona: dt.tzinfo
) -> Iterator[Periode]:
    """Yield closed periods without a report, back to the first one that has one."""
    periode = find_last_closed(jenis, saat, zona)
    if not reported and not is_dipakai(periode, zona):
        return
    since = get_pengaturan(jenis, periode.hari_terakhir).berlaku
    earliest = min((one.mulai for one in reported), default=periode.mulai)
    while periode.mulai >= earliest and periode.hari_terakhir >= since:
        if not any(periode.overlaps(one) for one in reported):
            yield periode
        periode = periode.previous()


def find_job(kind: JobKind, params: dict[str, Any]) -> Job | None:
    """Return the job of this kind with these parameters that has not ended, if any."""
    return Job.objects.active().filter(kind=kind, params=params).first()


def list_versi(jenis: str, periode: str) -> QuerySet[LaporanTerbit]:
    """Return every version of a report, the newest first."""
    versions = LaporanTerbit.objects.filter(jenis=jenis, periode=periode)
    return versions.select_related("published_by").order_by("-versi")
