"""Publishing, correcting and handing out reports; settings of the office. All audited.

Figures are counted and the PDF is set before the transaction; inside it stand a few
rows. What makes a second run harmless is the constraint "one live report per period".
"""

from __future__ import annotations

import datetime as dt
import hashlib
import logging

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from bkpsdmd.accounts.models import User
from bkpsdmd.audit import services as audit
from bkpsdmd.documents.models import Naskah, get_kantor
from bkpsdmd.documents.rendering import compute_checksum, write_canonical_json
from bkpsdmd.documents.services import replace_dokumen, store_dokumen
from bkpsdmd.documents.verification import make_periksa
from bkpsdmd.exceptions import DomainError, StaleDataError
from bkpsdmd.jobs.models import Job
from bkpsdmd.jobs.services import enqueue
from bkpsdmd.ui.formats import format_tanggal
from reporting.choices import JenisLaporan, JobKind
from reporting.laporan.pasal24 import LaporanPasal24, Perbaikan, build_pasal24
from reporting.models import LaporanTerbit, PengaturanLaporan, PermintaanPerbaikan
from reporting.periode import JenisPeriode, Periode
from reporting.rendering import render_grafik, render_laporan
from reporting.selectors import (
    find_job,
    find_last_closed,
    find_live,
    get_pengaturan,
    is_dipakai,
)
from simpeg.services.surat_dinas import draft_surat_dinas

logger = logging.getLogger(__name__)

ALASAN_MIN = 10


# -- Publishing -------------------------------------------------------------------------


def publish_laporan(
    *, jenis: JenisLaporan, periode: Periode, by: User | None, per_saat: dt.datetime
) -> LaporanTerbit:
    """Return the live report of a period, made now if there is none yet.

    Safe to run again, at the same time, or after being killed: there is one live report,
    and one that was published stays as it is (`correct_laporan` makes the next version).
    Raises DomainError for a period that has not ended or that is not reported.
    """
    if live := find_live(jenis, periode):
        return live
    check_periode(jenis=jenis, periode=periode, per_saat=per_saat)
    content = build_pasal24(periode, per_saat)
    try:
        return _issue(content, by=by)
    except IntegrityError:
        # Somebody else published it while the figures were being counted.
        if live := find_live(jenis, periode):
            return live
        raise


def check_periode(
    *, jenis: JenisLaporan, periode: Periode, per_saat: dt.datetime
) -> None:
    """Raise DomainError unless a report of this period may go out at this instant."""
    wanted = get_pengaturan(jenis, periode.hari_terakhir).jenis_periode
    if periode.jenis != wanted:
        contoh = Periode.containing(periode.mulai, wanted)
        raise DomainError(
            f"Laporan ini disusun {wanted.label.lower()}, sedangkan {periode.label} "
            f"bukan. Tulis periodenya seperti {contoh.kode}.",
            kolom="periode",
            kode="jenis_periode_lain",
        )
    if not periode.is_closed(per_saat, timezone.get_default_timezone()):
        raise DomainError(
            f"{periode.label} belum berakhir; laporannya dapat terbit mulai "
            f"{format_tanggal(periode.selesai)}.",
            kolom="periode",
            kode="periode_belum_berakhir",
        )
    other = (
        LaporanTerbit.objects.live().filter(jenis=jenis).overlapping(periode).first()
    )
    if other:
        raise DomainError(
            f"{periode.label} bertumpang tindih dengan laporan {other.span.label} yang "
            "sudah terbit.",
            kolom="periode",
            kode="periode_tumpang_tindih",
        )


def correct_laporan(
    *, laporan: LaporanTerbit, alasan: str, by: User | None, per_saat: dt.datetime
) -> LaporanTerbit:
    """Publish the next version of a report, with the figures of now and the reason why.

    Running it twice makes one version. Raises StaleDataError when somebody else has
    replaced this version, DomainError without a reason.
    """
    alasan = _clean_alasan(alasan)
    done = LaporanTerbit.objects.filter(
        jenis=laporan.jenis, periode=laporan.periode, versi=laporan.versi + 1
    ).first()
    if done and done.alasan == alasan:
        return done
    content = build_pasal24(
        laporan.span,
        per_saat,
        perbaikan=Perbaikan(
            laporan.versi, alasan, timezone.localtime(laporan.published_at)
        ),
    )
    return _issue(content, by=by, replaces=laporan)


def _issue(
    content: LaporanPasal24, *, by: User | None, replaces: LaporanTerbit | None = None
) -> LaporanTerbit:
    """Set, store and log one version; what was stored of a failed one is removed."""
    grafik = render_grafik(content)
    periksa = make_periksa()
    pdf = render_laporan(content, grafik=grafik, periksa=periksa)
    data = content.as_data()
    dokumen = None
    try:
        with transaction.atomic():
            if replaces is None:
                if live := find_live(JenisLaporan.PASAL24, content.periode):
                    return live
            elif not LaporanTerbit.objects.live().filter(pk=replaces.pk).replace():
                raise _stale(replaces)
            laporan = LaporanTerbit(
                jenis=JenisLaporan.PASAL24.value,
                periode=content.periode.kode,
                mulai=content.periode.mulai,
                selesai=content.periode.selesai,
                versi=content.versi,
                alasan=content.perbaikan.alasan if content.perbaikan else "",
                sha256_data=compute_checksum(data),
                grafik=grafik,
                published_at=content.cutoff,
                published_by=by,
            )
            dokumen = store_dokumen(
                jenis="laporan_pasal24",
                judul=str(laporan),
                pdf=pdf,
                data=data,
                by=by,
                kode_periksa=periksa["kode"],
                perihal_umum=str(laporan),
                pejabat=content.penandatangan["jabatan"]
                if content.penandatangan
                else "",
            )
            laporan.dokumen = dokumen
            laporan.save()
            if replaces is not None:
                replace_dokumen(
                    dokumen=replaces.dokumen,
                    pengganti=dokumen,
                    alasan=laporan.alasan,
                    by=by,
                )
            kind = "laporan.perbaiki" if replaces else "laporan.terbitkan"
            audit.record(kind, laporan, by=by, reason=laporan.alasan)
    except BaseException:
        if dokumen is not None:
            dokumen.berkas.storage.delete(str(dokumen.berkas.name))
        raise
    return laporan


def _clean_alasan(alasan: str) -> str:
    alasan = " ".join(alasan.split())
    if len(alasan) < ALASAN_MIN:
        raise DomainError(
            "Tulis alasan perbaikan dengan jelas; alasan ini tercetak pada laporan.",
            kolom="alasan",
            kode="alasan_kosong",
        )
    return alasan


def _stale(laporan: LaporanTerbit) -> StaleDataError:
    return StaleDataError(
        f"Laporan {laporan.span.label} versi {laporan.versi} sudah diganti versi yang "
        "lebih baru. Buka versi itu dahulu."
    )


def draft_pengantar(
    *, laporan: LaporanTerbit, by: User, per_tanggal: dt.date
) -> Naskah:
    """Draft the letter that goes with a report to whom the settings name.

    Raises DomainError for a version that was replaced.
    """
    if not laporan.is_live:
        raise _stale(laporan)
    setting = get_pengaturan(JenisLaporan(laporan.jenis), laporan.span.hari_terakhir)
    kode = laporan.dokumen.kode_periksa
    periksa = f" Keaslian laporan dapat diperiksa dengan kode {kode}." if kode else ""
    return draft_surat_dinas(
        hal=f"Penyampaian {laporan.judul} {laporan.span.label}"[:200],
        kepada=[setting.kepada],
        di=get_kantor().tempat,
        lampiran="1 (satu) berkas",
        isi=(
            f"Bersama ini kami sampaikan {laporan.judul} untuk {laporan.span.label}, "
            f"sebagaimana terlampir.{periksa}\n\n"
            "Demikian disampaikan, atas perhatian Saudara diucapkan terima kasih."
        ),
        tembusan=setting.tembusan,
        by=by,
        per_tanggal=per_tanggal,
    )


# -- Asking for it ----------------------------------------------------------------------


def request_publish(
    *, jenis: JenisLaporan, periode: Periode, by: User | None, per_saat: dt.datetime
) -> Job:
    """Return the job that publishes this report: the one that waits or runs, or a new one."""
    check_periode(jenis=jenis, periode=periode, per_saat=per_saat)
    params = {"jenis": jenis.value, "periode": periode.kode}
    with transaction.atomic():
        return find_job(JobKind.PUBLISH, params) or enqueue(
            JobKind.PUBLISH,
            by=by,
            params=params,
            label=f"Laporan {jenis.label} {periode.label}",
        )


def request_correction(*, laporan: LaporanTerbit, alasan: str, by: User) -> Job:
    """Note why a report is to be corrected and start the job that makes the new version."""
    alasan = _clean_alasan(alasan)
    with transaction.atomic():
        laporan = LaporanTerbit.objects.select_for_update().get(pk=laporan.pk)
        if not laporan.is_live:
            raise _stale(laporan)
        request, created = PermintaanPerbaikan.objects.get_or_create(
            laporan=laporan, defaults={"alasan": alasan, "created_by": by}
        )
        params = {"permintaan": request.pk}
        if not created:
            if find_job(JobKind.CORRECT, params):
                raise DomainError(
                    f"Perbaikan laporan ini sedang dibuat atas permintaan "
                    f"{request.created_by}.",
                    kode="perbaikan_berjalan",
                )
            # The job of an earlier request failed: it is asked for anew.
            request.alasan, request.created_by = alasan, by
            request.save(update_fields=["alasan", "created_by"])
        audit.record("laporan.minta_perbaikan", laporan, by=by, reason=alasan)
        return enqueue(
            JobKind.CORRECT, by=by, params=params, label=f"Perbaikan {laporan}"[:200]
        )


def request_missing(*, per_saat: dt.datetime) -> list[Job]:
    """Ask for the report of the last closed period of each kind that has none.

    Run daily. A period from before the portal had a single account is not reported.
    """
    zona = timezone.get_default_timezone()
    jobs = []
    for jenis in JenisLaporan:
        periode = find_last_closed(jenis, per_saat, zona)
        if find_live(jenis, periode) or not is_dipakai(periode, zona):
            continue
        try:
            jobs.append(
                request_publish(
                    jenis=jenis, periode=periode, by=None, per_saat=per_saat
                )
            )
        except DomainError as error:
            logger.warning("report %s %s: %s", jenis, periode, error.pesan)
    return jobs


# -- Handing out ------------------------------------------------------------------------


def fetch_pdf(*, laporan: LaporanTerbit, by: User | None) -> bytes:
    """Return the PDF and log who fetched it. Raises DomainError if it is not intact."""
    dokumen = laporan.dokumen
    try:
        with dokumen.berkas.open("rb") as file:
            content: bytes = file.read()
    except (FileNotFoundError, ValueError):  # the latter where it was open before
        raise _damaged() from None
    if hashlib.sha256(content).hexdigest() != dokumen.sha256:
        raise _damaged()
    audit.record("laporan.unduh", laporan, by=by, changes={"berkas": (None, "PDF")})
    return content


def fetch_json(*, laporan: LaporanTerbit, by: User | None) -> bytes:
    """Return the data behind the report; its SHA-256 is the one printed on the paper."""
    content = write_canonical_json(laporan.dokumen.data)
    if hashlib.sha256(content).hexdigest() != laporan.sha256_data:
        raise _damaged()
    audit.record("laporan.unduh", laporan, by=by, changes={"berkas": (None, "JSON")})
    return content


def _damaged() -> DomainError:
    return DomainError(
        "Berkas laporan ini hilang atau berubah sejak terbit, jadi tidak diberikan. Beri "
        "tahu pranata komputer agar memulihkannya dari cadangan.",
        kode="berkas_rusak",
    )


# -- Settings ---------------------------------------------------------------------------


def save_pengaturan(
    *, pengaturan: PengaturanLaporan, by: User | None
) -> PengaturanLaporan:
    """Store what the office settled. Published reports keep what held when they went out.

    Raises DomainError unless `berlaku` is where a period of the old and one of the new
    kind begin: otherwise days would be reported twice or not at all.
    """
    old = (
        PengaturanLaporan.objects.filter(pk=pengaturan.pk).first()
        or PengaturanLaporan()
    )
    try:
        pengaturan.full_clean()
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise DomainError(" ".join(messages), kolom=field) from error
    _check_berlaku(pengaturan)
    names = [field.name for field in PengaturanLaporan._meta.concrete_fields[1:]]
    with transaction.atomic():
        changes = audit.diff(old, {name: getattr(pengaturan, name) for name in names})
        pengaturan.save()
        audit.record("laporan.pengaturan", pengaturan, by=by, changes=changes)
    return pengaturan


def _check_berlaku(pengaturan: PengaturanLaporan) -> None:
    berlaku = pengaturan.berlaku
    before = get_pengaturan(
        JenisLaporan(pengaturan.jenis), berlaku - dt.timedelta(days=1)
    )
    for kind in (before.jenis_periode, JenisPeriode(pengaturan.jenis_periode)):
        periode = Periode.containing(berlaku, kind)
        if periode.mulai != berlaku:
            raise DomainError(
                f"Pengaturan harus mulai berlaku pada hari pertama sebuah periode "
                f"{kind.label.lower()}, misalnya {format_tanggal(periode.mulai)} atau "
                f"{format_tanggal(periode.selesai)}.",
                kolom="berlaku",
                kode="bukan_awal_periode",
            )
