"""A worker killed at any write of an import, a reconciliation or a sheet.

Each step runs as its job. It is killed at the first write, then at the second, and so
on until it gets through: whatever it had written, the next run ends as one that was
never killed, and nothing stands there twice.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from bkpsdmd.accounts.models import User
from bkpsdmd.audit.models import Event
from bkpsdmd.jobs.choices import JobState
from bkpsdmd.jobs.models import Job
from bkpsdmd.jobs.running import release, run_job
from simpeg.models import (
    BarisMasuk,
    BerkasMasuk,
    JejakRombongan,
    KeadaanPegawai,
    Pegawai,
    RiwayatPangkat,
    SelisihSiasn,
)
from simpeg.services import lembar, rekonsiliasi, rombongan, siasn
from simpeg.services.massal import Sisipan
from simpeg.services.rombongan import MODEL
from simpeg.tests.services.test_lembar import Lembar
from simpeg.tests.siasn.ekspor import Baris, make_baris, write_csv

pytestmark = pytest.mark.django_db
ORANG = 8
# Small enough that each step stores its rows in several goes.
SEKALI = 3
NAIK = {"GOL AKHIR ID": "45", "GOL AKHIR NAMA": "IV/e", "TMT GOLONGAN": "01-04-2026"}


class KilledError(BaseException):
    """Nothing catches it, as nothing catches a signal."""


@pytest.fixture(autouse=True)
def small_goes(monkeypatch):
    for module, nama in (
        (siasn, "BATCH_BARIS"),
        (lembar, "BATCH_BARIS"),
        (rekonsiliasi, "BATCH_SELISIH"),
    ):
        monkeypatch.setattr(module, nama, SEKALI)


@pytest.fixture
def run_to_the_end(monkeypatch) -> Callable[..., int]:
    """Return a function that kills a job at each write until it gets through.

    `check` looks at what a killed run left. Returns how often the job was killed.
    """

    def run(job: Job, check: Callable[[], None]) -> int:
        for sampai in itertools.count():
            write, sudah = Sisipan.write, itertools.count()

            def killed(self: Any, *, at: int = sampai) -> None:
                if len(self) and next(sudah) == at:  # noqa: B023
                    raise KilledError
                write(self)  # noqa: B023

            with monkeypatch.context() as patch:
                patch.setattr(Sisipan, "write", killed)
                try:
                    run_job(job.pk)
                except KilledError:
                    check()
                    # What the sweep does with the job of a worker that is gone.
                    job.refresh_from_db()
                    release(job, "Terputus", spend_attempt=False)
                else:
                    job.refresh_from_db()
                    assert job.state == JobState.SELESAI, job.error
                    return sampai
        raise AssertionError

    return run


def look() -> dict[str, Any]:
    """Return all that these services write about people."""
    return {
        "orang": list(Pegawai.objects.order_by("pk").values()),
        "keadaan": list(KeadaanPegawai.objects.order_by("pk").values()),
        "riwayat": {
            topik: list(model.objects.order_by("pk").values())
            for topik, model in MODEL.items()
        },
        "kejadian": Event.objects.exclude(kind__startswith="akun.").count(),
        "jejak": JejakRombongan.objects.count(),
        "akun": User.objects.count(),
    }


def nothing_changed() -> Callable[[], None]:
    before = look()

    def check() -> None:
        assert look() == before

    return check


def is_waiting(impor: BerkasMasuk, status: str) -> Callable[[], None]:
    """Return a check: still in this state, and nobody's record has changed."""
    same = nothing_changed()

    def check() -> None:
        same()
        assert BerkasMasuk.objects.get(pk=impor.pk).status == status

    return check


def isi(*rows: Baris, by: User) -> None:
    """Fill the portal with rows as SIASN tells them."""
    impor = siasn.upload_impor(
        berkas=ContentFile(write_csv(rows)), nama="awal.csv", by=by
    )
    siasn.examine_impor(impor_id=impor.pk, per_tanggal=timezone.localdate())
    siasn.apply_impor(impor_id=impor.pk, by=by, per_tanggal=timezone.localdate())
    Job.objects.all().delete()


def list_rows() -> list[Baris]:
    return [make_baris(n) for n in range(ORANG)]


def list_changed(alamat: str) -> list[Baris]:
    """Return everybody with another address, and PNS with a later pangkat."""
    return [
        make_baris(n, ALAMAT=alamat, **({} if n % 5 == 4 else NAIK))
        for n in range(ORANG)
    ]


def list_nomor(impor: BerkasMasuk) -> list[int]:
    return list(impor.baris_set.order_by("nomor").values_list("nomor", flat=True))


def test_import_killed_at_each_write(verifikator, run_to_the_end):
    impor = siasn.upload_impor(
        berkas=ContentFile(write_csv(list_rows())), nama="ekspor.csv", by=verifikator
    )
    job = Job.objects.get(pk=impor.job_id)
    assert run_to_the_end(job, is_waiting(impor, "diunggah")) == 3
    assert list_nomor(impor) == list(range(2, ORANG + 2))

    impor.refresh_from_db()
    job = siasn.request_terap(impor=impor, by=verifikator)
    kali = run_to_the_end(job, is_waiting(impor, "siap"))

    # Accounts, people, four kinds of riwayat, states, events and the trail.
    assert kali >= 9
    impor.refresh_from_db()
    assert (impor.status, impor.jumlah_baru) == ("diterapkan", ORANG)
    orang = Pegawai.objects.filter(siasn_id__isnull=False)
    assert orang.count() == ORANG
    assert KeadaanPegawai.objects.filter(pegawai__in=orang).count() == ORANG
    for pegawai in orang:
        assert pegawai.user_id
        assert RiwayatPangkat.objects.filter(pegawai=pegawai).count() >= 1
    act = impor.rombongan_set.get()
    assert JejakRombongan.objects.filter(rombongan=act).count() == ORANG
    events = Event.objects.filter(kind="pegawai.impor", batch=str(act.pk))
    assert events.count() == events.values("subject_id").distinct().count() == ORANG


def test_undoing_an_import_killed_midway_leaves_it_whole(verifikator, run_to_the_end):
    isi(*list_rows(), by=verifikator)
    semula = [
        {k: v for k, v in row.items() if k not in ("versi", "updated_at")}
        for row in Pegawai.objects.order_by("pk").values()
    ]
    impor = siasn.upload_impor(
        berkas=ContentFile(write_csv(list_changed("Jl. Baru"))),
        nama="ekspor.csv",
        by=verifikator,
    )
    run_job(impor.job_id)
    impor.refresh_from_db()
    run_job(siasn.request_terap(impor=impor, by=verifikator).pk)
    assert Pegawai.objects.filter(alamat="Jl. Baru").count() == ORANG

    act = impor.rombongan_set.get()
    job = rombongan.request_undo(rombongan=act, alasan="Salah berkas", by=verifikator)
    assert run_to_the_end(job, nothing_changed()) >= 3

    act.refresh_from_db()
    assert act.status == "dibatalkan"
    assert semula == [
        {k: v for k, v in row.items() if k not in ("versi", "updated_at")}
        for row in Pegawai.objects.order_by("pk").values()
    ]


def test_reconciliation_killed_at_each_write(verifikator, run_to_the_end):
    isi(*list_rows(), by=verifikator)
    impor = rekonsiliasi.upload_rekonsiliasi(
        berkas=ContentFile(write_csv(list_changed("Jl. SIASN"))),
        nama="siasn.csv",
        by=verifikator,
    )
    # Rows in three goes, differences in several more.
    job = Job.objects.get(pk=impor.job_id)
    kali = run_to_the_end(job, is_waiting(impor, "diunggah"))
    assert kali >= 6
    assert list_nomor(impor) == list(range(2, ORANG + 2))
    beda = impor.selisih_set
    jumlah = beda.count()
    assert beda.filter(kolom="alamat").count() == ORANG
    assert beda.values("pegawai", "kolom").distinct().count() == jumlah

    # One is decided; comparing again keeps that, however often it is killed.
    impor.refresh_from_db()
    satu = beda.filter(kolom="alamat").order_by("pk")[0]
    rekonsiliasi.keep_ours(impor=impor, ids=[satu.pk], alasan="KK", by=verifikator)
    beda.filter(kolom="alamat").exclude(pk=satu.pk).delete()
    job = rekonsiliasi.request_banding(impor=impor, by=verifikator)
    # Seven in goes of three: the second run keeps a go, the third has two to do.
    assert run_to_the_end(job, is_waiting(impor, "siap")) == 2
    assert beda.count() == jumlah
    satu.refresh_from_db()
    assert satu.keadaan == "dipertahankan"


def test_following_siasn_killed_at_each_write(verifikator, run_to_the_end, monkeypatch):
    isi(*list_rows(), by=verifikator)
    monkeypatch.setattr(rekonsiliasi, "LANGSUNG", 3)
    impor = rekonsiliasi.upload_rekonsiliasi(
        berkas=ContentFile(write_csv(list_changed("Jl. SIASN"))),
        nama="siasn.csv",
        by=verifikator,
    )
    run_job(impor.job_id)
    impor.refresh_from_db()
    bisa = list(
        impor.selisih_set.filter(bisa_diterima=True).values_list("pk", flat=True)
    )
    job = rekonsiliasi.accept(
        impor=impor,
        ids=bisa,
        alasan="Sesuai",
        by=verifikator,
        per_tanggal=timezone.localdate(),
    )
    assert isinstance(job, Job)
    same = nothing_changed()

    def check() -> None:
        same()
        keadaan = SelisihSiasn.objects.filter(pk__in=bisa)
        assert set(keadaan.values_list("keadaan", flat=True)) == {"diproses"}

    assert run_to_the_end(job, check) >= 5

    assert Pegawai.objects.filter(alamat="Jl. SIASN").count() == ORANG
    selisih = SelisihSiasn.objects.filter(pk__in=bisa)
    assert set(selisih.values_list("keadaan", flat=True)) == {"diterima"}
    act = impor.rombongan_set.get()
    assert act.jumlah_orang == ORANG
    events = Event.objects.filter(kind="pegawai.rekonsiliasi", batch=str(act.pk))
    assert events.count() == ORANG
    naik = RiwayatPangkat.objects.berlaku().filter(
        golongan="IV/e", tmt=dt.date(2026, 4, 1)
    )
    assert naik.values("pegawai").distinct().count() == naik.count() > 0


def test_sheet_killed_at_each_write(verifikator, run_to_the_end):
    isi(*list_rows(), by=verifikator)
    rows = KeadaanPegawai.objects.order_by("nama_urut")
    with lembar.write_lembar(rows=rows, by=verifikator) as file:
        sheet = Lembar(file.read())
    orang = list(Pegawai.objects.filter(siasn_id__isnull=False).order_by("pk"))
    for n, pegawai in enumerate(orang):
        sheet.cell(pegawai.nip, "Alamat").value = f"Jl. Lembar {n}"
    impor = lembar.upload_lembar(
        berkas=ContentFile(sheet.save()), nama="lembar.xlsx", by=verifikator
    )
    job = Job.objects.get(pk=impor.job_id)
    assert run_to_the_end(job, is_waiting(impor, "diunggah")) == 4
    impor.refresh_from_db()
    assert (impor.jumlah_baris, impor.jumlah_berubah) == (ORANG + 4, ORANG)
    assert BarisMasuk.objects.filter(impor=impor).count() == ORANG + 4

    job = lembar.request_terap(impor=impor, alasan="Uji", by=verifikator)
    assert run_to_the_end(job, is_waiting(impor, "siap")) >= 4

    impor.refresh_from_db()
    assert impor.status == "diterapkan"
    alamat = Pegawai.objects.filter(siasn_id__isnull=False).order_by("pk")
    assert list(alamat.values_list("alamat", flat=True)) == [
        f"Jl. Lembar {n}" for n in range(ORANG)
    ]
    assert Event.objects.filter(kind="pegawai.lembar").count() == ORANG
