"""Long work of simpeg; every handler may be killed and run again."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path

from celery import shared_task
from django.conf import settings
from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from bkpsdmd.accounts.models import User
from bkpsdmd.exceptions import DomainError
from bkpsdmd.jobs.registry import register
from bkpsdmd.jobs.running import JobRun
from simpeg.filters import KeadaanLampauFilter, PegawaiFilter, RadarFilter
from simpeg.models import KeadaanLampau, KeadaanPegawai, Potret, UnitKerja
from simpeg.permissions import Permission
from simpeg.selectors.akses import get_lingkup
from simpeg.selectors.pegawai import list_pegawai, only_ticked
from simpeg.selectors.potret import list_lampau
from simpeg.selectors.radar import list_temuan
from simpeg.selectors.unit_kerja import list_unit_duk
from simpeg.services import (
    aksi_massal,
    cetak,
    duk,
    ekspor,
    kode_massal,
    lembar,
    mutu,
    nominatif,
    pembukaan,
    pemeriksaan_arsip,
    penataan,
    penataan_terap,
    potret,
    radar,
    rekonsiliasi,
    rombongan,
    siasn,
    siasn_keluar,
    surat,
    tinjauan,
)
from simpeg.services.keadaan import roll_over
from simpeg.services.tindakan import describe_hasil, get_tindakan

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CONTENT_TYPES = {"pdf": "application/pdf", "xlsx": XLSX}


@register(duk.JOB_KIND, label="Cetak DUK", permission=Permission.DUK_VIEW)
def run_cetak_duk(job: JobRun) -> None:
    """Make the file of the list; asked again, it is simply made again."""
    unit = UnitKerja.objects.get(pk=job.params["unit"])
    if job.by is None or not list_unit_duk(job.by).filter(pk=unit.pk).exists():
        raise DomainError("Unit ini di luar kewenangan Anda.")
    per_tanggal, bentuk = (
        dt.date.fromisoformat(job.params["per_tanggal"]),
        job.params["bentuk"],
    )
    content = duk.write_duk(
        unit=unit,
        per_tanggal=per_tanggal,
        bentuk=bentuk,
        by=job.by,
        dibuat=timezone.now(),
        progress=lambda done, total: job.progress(done, total, "Menyusun daftar"),
    )
    name = f"duk-{unit.kode}-{per_tanggal}.{bentuk}".lower()
    job.save_file(name, content, CONTENT_TYPES[bentuk])


@register(ekspor.JOB_KIND, label="Ekspor pegawai", permission=Permission.PEGAWAI_EXPORT)
def run_ekspor_pegawai(job: JobRun) -> None:
    """Write the list behind a query as XLSX, with the scope its owner has now."""
    if job.by is None:
        raise DomainError("Ekspor hanya untuk pengguna yang masuk.")
    hari_ini = timezone.localdate()
    rows = _rows_of(job.params["query"], job.by).order_by("nama_urut", "pk")
    with ekspor.export_pegawai(
        rows=rows, by=job.by, per_tanggal=hari_ini, kolom=job.params.get("kolom")
    ) as file:
        job.save_file(f"pegawai-{hari_ini}.xlsx", file.read(), XLSX)


@register(
    cetak.JOB_CETAK,
    label="Cetak dokumen pegawai",
    permission=Permission.PEGAWAI_EXPORT,
    guard=cetak.can_fetch,
)
def run_cetak_dokumen(job: JobRun) -> None:
    """Print a paper of each person of an act; interrupted, it goes on where it was."""
    tindakan = get_tindakan(pk=job.params["tindakan"], by=job.by)
    with cetak.write_cetak(
        tindakan=tindakan,
        by=tindakan.created_by,
        dibuat=timezone.now(),
        progress=job.progress,
    ) as (path, name):
        kind = "application/zip" if path.suffix == ".zip" else CONTENT_TYPES["pdf"]
        job.save_file(name, path, kind)
    job.result_url = tindakan.get_absolute_url()
    job.progress(tindakan.jumlah, tindakan.jumlah, describe_hasil(tindakan))
    cetak.delete_parts(tindakan)


@register(
    cetak.JOB_NOMINATIF,
    label="Cetak daftar nominatif",
    permission=Permission.PEGAWAI_EXPORT,
    guard=cetak.can_fetch,
)
def run_cetak_nominatif(job: JobRun) -> None:
    """Write the daftar nominatif behind a query, with the scope its owner has now."""
    tindakan = get_tindakan(pk=job.params["tindakan"], by=job.by)
    by = tindakan.created_by
    if get_lingkup(by).kunci != tindakan.params["lingkup"]:
        raise DomainError("Kewenangan Anda berubah sejak daftar ini diminta.")
    bentuk, query = tindakan.params["bentuk"], tindakan.params["query"]
    day = None
    if tindakan.params.get("lampau"):
        day = potret.ensure_potret(tanggal=tindakan.per_tanggal, progress=job.progress)
    with tempfile.NamedTemporaryFile() as file:
        nominatif.write_nominatif(
            rows=_rows_lampau(query, by, day) if day else _rows_of(query, by),
            potret=day,
            tindakan=tindakan,
            untuk=tindakan.params["untuk"],
            file=file,
            by=by,
            dibuat=timezone.now(),
            progress=job.progress,
        )
        file.flush()
        name = f"nominatif-{tindakan.per_tanggal}.{bentuk}"
        job.save_file(name, Path(file.name), CONTENT_TYPES[bentuk])


@register(
    kode_massal.JOB_KODE,
    label="Cetak kode aktivasi",
    permission=Permission.AKUN_MANAGE,
    guard=kode_massal.can_fetch,
    keep_file=kode_massal.SIMPAN,
)
def run_cetak_kode(job: JobRun) -> None:
    """Print a slip for everybody who may have a code; interrupted, it goes on."""
    tindakan = get_tindakan(pk=job.params["tindakan"], by=job.by)
    with kode_massal.write_kode(
        tindakan=tindakan,
        by=tindakan.created_by,
        progress=job.progress,
        now=timezone.now(),
    ) as path:
        if path is not None:
            name = f"kode-aktivasi-{tindakan.per_tanggal}.pdf"
            job.save_file(name, path, CONTENT_TYPES["pdf"])
    job.result_url = tindakan.get_absolute_url()
    job.progress(tindakan.jumlah, tindakan.jumlah, describe_hasil(tindakan))
    cetak.delete_parts(tindakan)


@register(
    aksi_massal.JOB_AKSI,
    label="Tindakan massal",
    permission=Permission.PEGAWAI_LIST,
)
def run_aksi_massal(job: JobRun) -> None:
    """Act on everybody of a list who has no outcome yet."""
    tindakan = get_tindakan(pk=job.params["tindakan"], by=job.by)
    aksi_massal.run_aksi(
        tindakan=tindakan, by=tindakan.created_by, progress=job.progress
    )
    job.progress(tindakan.jumlah, tindakan.jumlah, describe_hasil(tindakan))
    job.result_url = tindakan.get_absolute_url()


def _rows_of(query: str, by: User) -> QuerySet[KeadaanPegawai]:
    """Return whom a query of the list leaves, within the scope of this user now."""
    request = type("Request", (), {"user": by, "GET": QueryDict(query)})()
    filterset = PegawaiFilter(request.GET, queryset=list_pegawai(by), request=request)
    if not filterset.is_valid():
        raise DomainError("Saringan pada pekerjaan ini tidak dapat dibaca lagi.")
    return only_ticked(filterset.qs, request.GET)


def _rows_lampau(query: str, by: User, day: Potret) -> QuerySet[KeadaanLampau]:
    """Return whom the same query leaves of a past day, within the scope of this user."""
    asked = QueryDict(query, mutable=True)
    asked["tanggal"] = day.tanggal.isoformat()
    request = type("Request", (), {"user": by, "GET": asked})()
    rows = list_lampau(by, day)
    filterset = KeadaanLampauFilter(asked, queryset=rows, request=request)
    if not filterset.is_valid():
        raise DomainError("Saringan pada pekerjaan ini tidak dapat dibaca lagi.")
    return only_ticked(filterset.qs, asked, kolom="pegawai")


@register(
    radar.JOB_KIND, label="Ekspor radar data", permission=Permission.PEGAWAI_EXPORT
)
def run_ekspor_radar(job: JobRun) -> None:
    """Write the findings behind a query as XLSX, with the scope its owner has now."""
    if job.by is None:
        raise DomainError("Ekspor hanya untuk pengguna yang masuk.")
    request = type(
        "Request", (), {"user": job.by, "GET": QueryDict(job.params["query"])}
    )()
    filterset = RadarFilter(request.GET, queryset=list_temuan(job.by), request=request)
    if not filterset.is_valid():
        raise DomainError("Saringan pada ekspor ini tidak dapat dibaca lagi.")
    hari_ini = timezone.localdate()
    rows = filterset.qs.order_by("nama_urut", "pk")
    with radar.export_temuan(rows=rows, by=job.by, per_tanggal=hari_ini) as file:
        job.save_file(f"radar-{hari_ini}.xlsx", file.read(), XLSX)


@register(
    siasn.JOB_PERIKSA,
    label="Periksa ekspor SIASN",
    permission=Permission.SIASN_IMPORT,
)
def run_impor_siasn(job: JobRun) -> None:
    """Examine an uploaded export; the result is its page."""
    impor = siasn.examine_impor(
        impor_id=job.params["impor"],
        per_tanggal=timezone.localdate(),
        progress=job.progress,
    )
    job.result_url = reverse("simpeg:siasn-detail", args=[impor.pk])


@register(
    siasn.JOB_TERAP,
    label="Terapkan ekspor SIASN",
    permission=Permission.SIASN_IMPORT,
)
def run_terapkan_siasn(job: JobRun) -> None:
    """Apply an examined export; applied before, it stays as it is."""
    if job.by is None:
        raise DomainError("Impor diterapkan oleh petugas yang masuk.")
    impor = siasn.apply_impor(
        impor_id=job.params["impor"],
        by=job.by,
        per_tanggal=timezone.localdate(),
        progress=job.progress,
    )
    job.result_url = reverse("simpeg:siasn-detail", args=[impor.pk])


@register(
    rekonsiliasi.JOB_BANDING,
    label="Bandingkan dengan SIASN",
    permission=Permission.SIASN_IMPORT,
)
def run_banding_siasn(job: JobRun) -> None:
    """Compare an uploaded export; killed, it starts over."""
    impor = rekonsiliasi.compare_rekonsiliasi(
        impor_id=job.params["impor"],
        per_tanggal=timezone.localdate(),
        progress=job.progress,
    )
    job.result_url = reverse("simpeg:rekonsiliasi-detail", args=[impor.pk])


@register(
    rekonsiliasi.JOB_ULANG,
    label="Bandingkan ulang dengan SIASN",
    permission=Permission.SIASN_IMPORT,
)
def run_banding_ulang_siasn(job: JobRun) -> None:
    """Compare again with what we hold by now; decisions stay."""
    impor = rekonsiliasi.compare_again(
        impor_id=job.params["impor"],
        per_tanggal=timezone.localdate(),
        progress=job.progress,
    )
    job.result_url = reverse("simpeg:rekonsiliasi-detail", args=[impor.pk])


@register(
    rekonsiliasi.JOB_TERIMA, label="Ikuti SIASN", permission=Permission.SIASN_IMPORT
)
def run_terima_selisih(job: JobRun) -> None:
    """Follow SIASN in the differences that were chosen; written once, it stays so."""
    if job.by is None:
        raise DomainError("Selisih diputuskan oleh petugas yang masuk.")
    hasil = rekonsiliasi.follow_rombongan(
        rombongan_id=job.params["rombongan"],
        by=job.by,
        per_tanggal=timezone.localdate(),
        progress=job.progress,
    )
    job.result_url = reverse("simpeg:rekonsiliasi-detail", args=[hasil.berkas_masuk_id])


@register(
    siasn_keluar.JOB_KELUAR,
    label="Ekspor untuk SIASN",
    permission=Permission.SIASN_IMPORT,
)
def run_ekspor_untuk_siasn(job: JobRun) -> None:
    """Write one kind of record under SIASN's names."""
    if job.by is None:
        raise DomainError("Ekspor hanya untuk pengguna yang masuk.")
    kunci = job.params["jenis"]
    with siasn_keluar.write_keluar(
        kunci=kunci,
        is_petugas=job.params["petugas"],
        by=job.by,
        progress=job.progress,
    ) as file:
        name = f"siasn-{kunci}-{timezone.localdate()}.xlsx"
        job.save_file(name, file.read(), XLSX)


@register(
    lembar.JOB_PERIKSA,
    label="Periksa lembar kerja",
    permission=Permission.PEGAWAI_CHANGE,
)
def run_periksa_lembar(job: JobRun) -> None:
    """Compare an edited sheet with what we hold; killed, it starts over."""
    impor = lembar.examine_lembar(impor_id=job.params["impor"], progress=job.progress)
    job.result_url = reverse("simpeg:lembar-detail", args=[impor.pk])


@register(
    lembar.JOB_TERAP,
    label="Terapkan lembar kerja",
    permission=Permission.PEGAWAI_CHANGE,
)
def run_terapkan_lembar(job: JobRun) -> None:
    """Write the chosen rows of a sheet; applied before, it stays as it is."""
    if job.by is None:
        raise DomainError("Lembar kerja diterapkan oleh petugas yang masuk.")
    impor = lembar.apply_lembar(
        impor_id=job.params["impor"],
        by=job.by,
        per_tanggal=timezone.localdate(),
        progress=job.progress,
    )
    job.result_url = reverse("simpeg:lembar-detail", args=[impor.pk])


@register(
    rombongan.JOB_BATAL,
    label="Batalkan rombongan",
    permission=Permission.PEGAWAI_CHANGE,
)
def run_batalkan_rombongan(job: JobRun) -> None:
    """Take an act back; undone before, it stays as it is."""
    if job.by is None:
        raise DomainError("Rombongan dibatalkan oleh petugas yang masuk.")
    hasil = rombongan.undo_rombongan(
        rombongan_id=job.params["rombongan"],
        by=job.by,
        per_tanggal=timezone.localdate(),
        progress=job.progress,
    )
    job.result_url = reverse("simpeg:rombongan-detail", args=[hasil.pk])


@shared_task(name="simpeg.purge_cetak")
def purge_cetak() -> None:
    """Each hour: drop what batches of papers that stopped a day ago had finished."""
    cetak.purge_parts(before=timezone.now() - dt.timedelta(days=1))


@register(pemeriksaan_arsip.JOB_KIND, label="Periksa keutuhan arsip", max_attempts=10)
def run_periksa_arsip(job: JobRun) -> None:
    """Read every stored file again; goes on where an interrupted run stopped."""
    walk = pemeriksaan_arsip.check_semua(progress=job.progress)
    job.result = {
        "jumlah": walk.jumlah,
        "rusak": walk.rusak,
        "hilang": walk.hilang,
        "dihapus": walk.dihapus,
    }
    job.result_url = reverse("simpeg:arsip-pemeriksaan")


@register(mutu.JOB_KIND, label="Hitung mutu data", max_attempts=10)
def run_hitung_mutu(job: JobRun) -> None:
    """Look and count again whose data changed; what is done already is not done again."""
    per_tanggal = timezone.localdate()
    radar.refresh_stale_temuan(per_tanggal=per_tanggal)
    jumlah = mutu.refresh_stale(per_tanggal=per_tanggal, progress=job.progress)
    mutu.take_potret(per_tanggal=per_tanggal)
    job.result = {"orang": jumlah}
    job.result_url = reverse("simpeg:mutu")


@shared_task(name="simpeg.count_mutu")
def count_mutu() -> None:
    """Each night, and when a worker starts: bring data quality up to date."""
    mutu.request_hitung()


@shared_task(name="simpeg.check_arsip")
def check_arsip() -> None:
    """Each week: have the whole archive read again."""
    pemeriksaan_arsip.request_pemeriksaan()


@register(
    potret.JOB_KIND,
    label="Keadaan pada satu tanggal",
    permission=Permission.STATISTIK_VIEW,
)
def run_potret(job: JobRun) -> None:
    """Derive everybody's state on a past day; the statistics of that day are its page."""
    day = potret.build_potret(potret_id=job.params["potret"], progress=job.progress)
    job.result_url = f"{reverse('simpeg:statistik-list')}?tanggal={day.tanggal}"


@shared_task(name="simpeg.purge_impor")
def purge_impor() -> None:
    """Each night: drop what was kept long enough, uploaded exports above all."""
    batas = timezone.now() - dt.timedelta(days=settings.IMPOR_RETENSI_HARI)
    siasn.purge_impor(before=batas)
    rombongan.purge_jejak(before=batas)
    rekonsiliasi.release_abandoned()
    potret.purge_potret(before=timezone.now() - potret.SIMPAN)
    pembukaan.purge_pembukaan(per_tanggal=timezone.localdate())


@register(
    penataan.JOB_TERAP,
    label="Terapkan penataan organisasi",
    permission=Permission.PENATAAN_VIEW,
)
def run_terapkan_penataan(job: JobRun) -> None:
    """Apply an approved act; applied before, it stays as it is."""
    act = penataan_terap.apply_penataan(
        penataan_id=job.params["penataan"],
        per_tanggal=timezone.localdate(),
        now=timezone.now(),
        progress=job.progress,
    )
    job.result_url = act.get_absolute_url()


@register(
    penataan.JOB_BATAL,
    label="Batalkan penataan organisasi",
    permission=Permission.PENATAAN_VIEW,
)
def run_batalkan_penataan(job: JobRun) -> None:
    """Take an applied act back; taken back before, it stays as it is."""
    act = penataan_terap.undo_penataan(
        penataan_id=job.params["penataan"],
        by=job.by,
        per_tanggal=timezone.localdate(),
        now=timezone.now(),
        progress=job.progress,
    )
    job.result_url = act.get_absolute_url()


@shared_task(name="simpeg.roll_over")
def roll_over_keadaan() -> None:
    """Each night: apply acts whose day has come, then follow every TMT that arrived."""
    hari_ini = timezone.localdate()
    penataan_terap.apply_due(per_tanggal=hari_ini, now=timezone.now())
    roll_over(per_tanggal=hari_ini)


@shared_task(name="simpeg.rebuild_temuan")
def rebuild_temuan_data() -> None:
    """Each night: look for contradictions in every record, some come by time alone."""
    radar.rebuild_temuan(per_tanggal=timezone.localdate())


@shared_task(name="simpeg.open_tinjauan")
def open_tinjauan() -> None:
    """Each night: open the yearly review of roles when its month has come."""
    tinjauan.open_due(per_tanggal=timezone.localdate(), now=timezone.now())


@register(
    surat.JOB_SURAT, label="Susun surat keterangan", permission=Permission.SURAT_DRAFT
)
def run_surat_massal(job: JobRun) -> None:
    """Draft a letter for each person of an act; the result is its bundle."""
    tindakan = get_tindakan(pk=job.params["tindakan"], by=job.by)
    paket = surat.run_surat_massal(
        tindakan=tindakan, by=tindakan.created_by, progress=job.progress
    )
    job.progress(tindakan.jumlah, tindakan.jumlah, describe_hasil(tindakan))
    job.result_url = (
        paket.get_absolute_url()
        if paket.naskah_set.exists()
        else tindakan.get_absolute_url()
    )
