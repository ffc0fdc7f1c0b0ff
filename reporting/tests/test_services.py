"""Publishing once, correcting openly, changing nothing behind anybody's back."""

from __future__ import annotations

import datetime as dt
import hashlib
import threading
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, connection, transaction

from bkpsdmd.accounts.roles import Role
from bkpsdmd.audit.models import Event
from bkpsdmd.documents.models import DokumenTerbit
from bkpsdmd.documents.tests.pdf import read_text, squeeze
from bkpsdmd.exceptions import DomainError, StaleDataError
from bkpsdmd.jobs.choices import JobState
from bkpsdmd.jobs.models import Job
from reporting import services
from reporting.choices import JenisLaporan, JobKind
from reporting.models import LaporanTerbit, PengaturanLaporan, PermintaanPerbaikan
from reporting.periode import Periode
from reporting.services import (
    correct_laporan,
    fetch_json,
    fetch_pdf,
    publish_laporan,
    request_correction,
    request_missing,
    request_publish,
    save_pengaturan,
)
from reporting.tests.kantor import CUTOFF, Q3, build_kantor_kecil, wita
from simpeg.models import KeadaanPegawai
from simpeg.tests.actors import make_user

PASAL24 = JenisLaporan.PASAL24
ALASAN = "Data Dinas Beta baru lengkap setelah laporan terbit."
LATER = wita(10, 9, 8)


def publish(periode=Q3, per_saat=CUTOFF, by=None):
    return publish_laporan(jenis=PASAL24, periode=periode, by=by, per_saat=per_saat)


def die(*args, **kwargs):
    raise KeyboardInterrupt


def stored_files() -> list[Path]:
    root = Path(default_storage.location)
    return [path for path in root.rglob("*") if path.is_file()]


# -- Publishing -------------------------------------------------------------------------


def test_a_report_is_stored_with_its_data_checksums_and_event(laporan):
    assert (laporan.periode, laporan.versi, laporan.is_live) == ("2026-Q3", 1, True)
    assert (laporan.mulai, laporan.selesai) == (Q3.mulai, Q3.selesai)
    assert laporan.published_at == CUTOFF
    dokumen = laporan.dokumen
    with dokumen.berkas.open("rb") as file:
        assert hashlib.sha256(file.read()).hexdigest() == dokumen.sha256
    assert dokumen.data["ketentuan"]["kolom_wajib"]["versi"]
    assert laporan.grafik.startswith("<svg")
    event = Event.objects.get(kind="laporan.terbitkan")
    assert str(event) == (
        "Sistem menerbitkan Laporan Pelaksanaan e-Government Triwulan III 2026"
    )


def test_publishing_again_changes_nothing_even_when_the_records_moved_on(laporan):
    KeadaanPegawai.objects.update(wajib_terisi=0)
    events = Event.objects.count()
    again = publish(per_saat=LATER)
    assert again == laporan
    assert again.sha256_data == laporan.sha256_data
    assert LaporanTerbit.objects.count() == DokumenTerbit.objects.count() == 1
    assert Event.objects.count() == events
    assert len(stored_files()) == 1


def test_a_period_that_has_not_ended_is_refused(kantor_kecil):
    with pytest.raises(DomainError) as refusal:
        publish(per_saat=wita(9, 30, 23, 59, 59))
    assert refusal.value.kode == "periode_belum_berakhir"
    assert "mulai 1 Oktober 2026" in refusal.value.pesan
    assert not LaporanTerbit.objects.exists()
    assert publish(per_saat=wita(10, 1)).is_live


@pytest.mark.parametrize("kode", ["2026-09", "2026-S1", "2025"])
def test_a_period_of_another_kind_than_the_setting_is_refused(kantor_kecil, kode):
    with pytest.raises(DomainError) as refusal:
        publish(Periode.parse(kode))
    assert refusal.value.kode == "jenis_periode_lain"
    assert "triwulanan" in refusal.value.pesan


def test_a_period_from_before_the_regulation_is_refused(kantor_kecil):
    with pytest.raises(DomainError, match="Tidak ada ketentuan"):
        publish(Periode.parse("2017-Q3"))


def test_a_period_that_overlaps_a_published_one_is_refused(laporan):
    PengaturanLaporan.objects.create(
        berlaku=dt.date(2026, 10, 1),
        jenis_periode="semester",
        dasar="Perbup Contoh",
        kepada="Kepala Dinas",
    )
    with pytest.raises(DomainError) as refusal:
        publish(Periode.parse("2026-S2"), per_saat=wita(12, 31) + dt.timedelta(days=1))
    assert refusal.value.kode == "periode_tumpang_tindih"
    assert "Triwulan III 2026" in refusal.value.pesan


@pytest.mark.parametrize("step", ["store_dokumen", "render_laporan", "build_pasal24"])
def test_a_run_killed_on_the_way_leaves_nothing_and_the_next_one_finishes(
    kantor_kecil, monkeypatch, step
):
    with monkeypatch.context() as patch:
        patch.setattr(services, step, die)
        with pytest.raises(KeyboardInterrupt):
            publish()
    assert not LaporanTerbit.objects.exists()
    assert not DokumenTerbit.objects.exists()
    assert publish().versi == 1


def test_a_run_killed_before_its_commit_takes_its_file_along(kantor_kecil, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(LaporanTerbit, "save", die)
        with pytest.raises(KeyboardInterrupt):
            publish()
    assert stored_files() == []
    assert not DokumenTerbit.objects.exists()
    assert publish().versi == 1


@pytest.mark.django_db(transaction=True)
def test_two_at_once_make_one_report(monkeypatch):
    build_kantor_kecil()
    both_counted = threading.Barrier(2, timeout=60)
    real = services.render_laporan

    def render_together(*args, **kwargs):
        pdf = real(*args, **kwargs)
        both_counted.wait()
        return pdf

    monkeypatch.setattr(services, "render_laporan", render_together)
    found, errors = [], []

    def work():
        try:
            found.append(publish().pk)
        except BaseException as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert len(set(found)) == 1
    assert LaporanTerbit.objects.count() == DokumenTerbit.objects.count() == 1
    assert len(stored_files()) == 1


# -- What the database refuses ----------------------------------------------------------


def test_a_published_report_refuses_every_change(laporan):
    laporan.alasan = "diam-diam"
    with pytest.raises(TypeError):
        laporan.save()
    with pytest.raises(TypeError):
        laporan.save(update_fields=["is_live"])
    with pytest.raises(TypeError):
        laporan.delete()
    with pytest.raises(TypeError):
        LaporanTerbit.objects.update(alasan="diam-diam")
    with pytest.raises(TypeError):
        LaporanTerbit.objects.filter(pk=laporan.pk).delete()
    laporan.refresh_from_db()
    assert laporan.alasan == ""


@pytest.mark.parametrize(
    "fields",
    [
        {"versi": 2, "alasan": "Versi lain", "is_live": True},
        {"versi": 1, "is_live": False},
        {"versi": 2, "alasan": "", "is_live": False},
        {"versi": 2, "alasan": "Tanpa hari", "is_live": False, "selesai": Q3.mulai},
    ],
    ids=["two live", "one version twice", "correction without reason", "no days"],
)
def test_the_database_refuses(laporan, fields):
    dokumen = DokumenTerbit.objects.create(
        jenis="uji",
        judul="Uji",
        berkas="x.pdf",
        sha256="0" * 64,
        ukuran_byte=1,
        data={},
    )
    row = {
        "jenis": "pasal24",
        "periode": "2026-Q3",
        "mulai": Q3.mulai,
        "selesai": Q3.selesai,
        "dokumen": dokumen,
        "sha256_data": "0" * 64,
        "published_at": LATER,
        **fields,
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        LaporanTerbit.objects.create(**row)


# -- Correcting -------------------------------------------------------------------------


def correct(laporan, alasan=ALASAN, by=None, per_saat=LATER):
    return correct_laporan(laporan=laporan, alasan=alasan, by=by, per_saat=per_saat)


def test_a_correction_is_the_next_version_and_the_old_one_stays(laporan):
    KeadaanPegawai.objects.filter(opd__nama="Dinas Beta").update(wajib_terisi=22)
    before = laporan.dokumen.data
    baru = correct(laporan)
    laporan.refresh_from_db()
    assert (laporan.is_live, baru.is_live, baru.versi) == (False, True, 2)
    assert laporan.dokumen.data == before
    assert baru.alasan == ALASAN
    r08 = next(one for one in baru.dokumen.data["angka"] if one["kode"] == "R-08")
    assert r08["pembilang"] == 88 + 11
    text = read_text(fetch_pdf(laporan=baru, by=None))
    assert squeeze("Perbaikan ke-1 atas laporan Triwulan III 2026 yang terbit") in text
    assert squeeze(f"1 Oktober 2026, 00.10 WITA. Alasan: {ALASAN}") in text
    assert Event.objects.get(kind="laporan.perbaiki").reason == ALASAN
    assert publish(per_saat=LATER) == baru


def test_running_a_correction_again_makes_one_version(laporan):
    baru = correct(laporan)
    assert correct(laporan) == baru
    assert LaporanTerbit.objects.count() == 2


def test_the_second_of_two_who_correct_is_told(laporan):
    correct(laporan)
    with pytest.raises(StaleDataError, match="versi 1 sudah diganti"):
        correct(laporan, alasan="Alasan yang lain sama sekali.")
    assert LaporanTerbit.objects.count() == 2
    assert len(stored_files()) == 2


@pytest.mark.parametrize("alasan", ["", "   ", "salah", "  a\n\n\n\n\n\n\n\n\n b "])
def test_a_correction_needs_a_reason(laporan, alasan):
    with pytest.raises(DomainError) as refusal:
        correct(laporan, alasan=alasan)
    assert refusal.value.kolom == "alasan"
    assert LaporanTerbit.objects.count() == 1


def test_the_next_correction_says_that_it_is_the_second(laporan):
    third = correct(correct(laporan), alasan="Masih ada yang keliru di Dinas Alfa.")
    assert (third.versi, third.imbuhan_versi) == (3, ", perbaikan ke-2")
    assert third.nama_berkas == "laporan-pasal24-2026-q3-perbaikan-2"


# -- Asking -----------------------------------------------------------------------------


def test_asking_twice_gives_one_job(kantor_kecil):
    asks = {
        request_publish(jenis=PASAL24, periode=Q3, by=None, per_saat=LATER).pk
        for _ in range(2)
    }
    assert len(asks) == 1
    job = Job.objects.get()
    assert job.params == {"jenis": "pasal24", "periode": "2026-Q3"}
    assert job.label == "Laporan Pelaksanaan e-Government Triwulan III 2026"


def test_asking_for_a_period_that_has_not_ended_is_refused_at_once(kantor_kecil):
    with pytest.raises(DomainError):
        request_publish(jenis=PASAL24, periode=Q3.next(), by=None, per_saat=LATER)
    assert not Job.objects.exists()


def test_the_reason_of_a_correction_waits_in_a_row_not_in_the_job(laporan):
    by = make_user(Role.KEPALA_BIDANG)
    job = request_correction(laporan=laporan, alasan=ALASAN, by=by)
    permintaan = PermintaanPerbaikan.objects.get()
    assert job.params == {"permintaan": permintaan.pk}
    assert (permintaan.alasan, permintaan.created_by) == (ALASAN, by)
    event = Event.objects.get(kind="laporan.minta_perbaikan")
    assert (event.actor, event.reason) == (by, ALASAN)


def test_a_correction_that_is_being_made_is_not_asked_for_again(laporan):
    by = make_user(Role.KEPALA_BIDANG)
    job = request_correction(laporan=laporan, alasan=ALASAN, by=by)
    other = make_user(Role.PRANATA_KOMPUTER)
    with pytest.raises(DomainError, match="Kepala bidang Contoh"):
        request_correction(laporan=laporan, alasan="Alasan yang lain.", by=other)
    # Once its job has failed, it may be asked for anew, by anybody and for any reason.
    Job.objects.filter(pk=job.pk).update(state=JobState.GAGAL)
    request_correction(laporan=laporan, alasan="Alasan yang lain.", by=other)
    permintaan = PermintaanPerbaikan.objects.get()
    assert (permintaan.alasan, permintaan.created_by) == ("Alasan yang lain.", other)
    assert Job.objects.filter(kind=JobKind.CORRECT).count() == 2


def test_a_version_that_was_replaced_is_not_corrected(laporan):
    correct(laporan)
    with pytest.raises(StaleDataError):
        request_correction(
            laporan=laporan, alasan=ALASAN, by=make_user(Role.KEPALA_BIDANG)
        )
    assert not Job.objects.exists()


# -- The daily check --------------------------------------------------------------------


def test_the_daily_check_asks_for_the_last_closed_period_once(kantor_kecil):
    (job,) = request_missing(per_saat=CUTOFF)
    assert (job.params["periode"], job.owner) == ("2026-Q3", None)
    assert request_missing(per_saat=CUTOFF) == [job]
    assert Job.objects.count() == 1


def test_the_daily_check_leaves_a_published_period_alone(laporan):
    assert request_missing(per_saat=CUTOFF) == []


def test_the_daily_check_leaves_out_a_period_before_the_first_account(kantor_kecil):
    assert request_missing(per_saat=wita(6, 15)) == []
    assert [job.params["periode"] for job in request_missing(per_saat=wita(7, 1))] == [
        "2026-Q2"
    ]


def test_the_daily_check_survives_a_period_that_cannot_be_published(laporan, caplog):
    PengaturanLaporan.objects.create(
        berlaku=dt.date(2026, 10, 1),
        jenis_periode="semester",
        dasar="Perbup Contoh",
        kepada="Kepala Dinas",
    )
    assert request_missing(per_saat=wita(12, 31) + dt.timedelta(days=2)) == []
    assert "bertumpang tindih" in caplog.text


def test_after_a_change_of_kind_the_period_that_just_ended_is_still_of_the_old_one(
    kantor_kecil,
):
    PengaturanLaporan.objects.create(
        berlaku=dt.date(2026, 10, 1),
        jenis_periode="bulan",
        dasar="Perbup Contoh",
        kepada="Kepala Dinas",
    )
    (job,) = request_missing(per_saat=CUTOFF)
    assert job.params["periode"] == "2026-Q3"
    (job,) = request_missing(per_saat=wita(11, 1))
    assert job.params["periode"] == "2026-10"


# -- Handing out ------------------------------------------------------------------------


def test_every_download_is_logged(laporan):
    by = make_user(Role.KEPALA_BADAN)
    assert fetch_pdf(laporan=laporan, by=by).startswith(b"%PDF-1.7")
    content = fetch_json(laporan=laporan, by=by)
    assert hashlib.sha256(content).hexdigest() == laporan.sha256_data
    events = Event.objects.filter(kind="laporan.unduh").order_by("id")
    assert [(event.actor, event.changes) for event in events] == [
        (by, {"berkas": [None, "PDF"]}),
        (by, {"berkas": [None, "JSON"]}),
    ]


def test_a_file_that_changed_or_is_gone_is_not_handed_out(laporan):
    path = Path(laporan.dokumen.berkas.path)
    path.chmod(0o600)
    path.write_bytes(path.read_bytes() + b"\n")
    with pytest.raises(DomainError, match="hilang atau berubah"):
        fetch_pdf(laporan=laporan, by=None)
    path.unlink()
    with pytest.raises(DomainError, match="hilang atau berubah"):
        fetch_pdf(laporan=laporan, by=None)
    assert not Event.objects.filter(kind="laporan.unduh").exists()


def test_data_that_changed_is_not_handed_out(laporan):
    laporan.dokumen.data["angka"][0]["pembilang"] = 9999
    with pytest.raises(DomainError, match="hilang atau berubah"):
        fetch_json(laporan=laporan, by=None)


# -- Settings ---------------------------------------------------------------------------


def pengaturan(**fields):
    return PengaturanLaporan(
        **{
            "berlaku": dt.date(2027, 1, 1),
            "dasar": "Perbup Contoh 1/2027",
            "kepada": "Kepala Dinas",
            **fields,
        }
    )


@pytest.mark.django_db
def test_settings_are_stored_and_audited():
    by = make_user(Role.ADMIN)
    row = save_pengaturan(pengaturan=pengaturan(jenis_periode="semester"), by=by)
    event = Event.objects.get(kind="laporan.pengaturan")
    assert event.changes["jenis_periode"] == ["triwulan", "semester"]
    row.catatan = "Dikonfirmasi lisan"
    save_pengaturan(pengaturan=row, by=by)
    event = Event.objects.filter(kind="laporan.pengaturan").latest("id")
    assert event.changes == {"catatan": ["", "Dikonfirmasi lisan"]}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("berlaku", "jenis_periode"),
    [
        (dt.date(2027, 1, 15), "triwulan"),
        (dt.date(2027, 4, 1), "semester"),  # in the middle of the new kind
        (dt.date(2027, 2, 1), "bulan"),  # in the middle of the old one
    ],
)
def test_settings_begin_where_a_period_of_the_old_and_the_new_kind_begins(
    berlaku, jenis_periode
):
    with pytest.raises(DomainError) as refusal:
        save_pengaturan(
            pengaturan=pengaturan(berlaku=berlaku, jenis_periode=jenis_periode), by=None
        )
    assert (refusal.value.kolom, refusal.value.kode) == (
        "berlaku",
        "bukan_awal_periode",
    )
    assert not PengaturanLaporan.objects.exists()


@pytest.mark.django_db
def test_settings_without_a_legal_basis_are_refused():
    with pytest.raises(DomainError) as refusal:
        save_pengaturan(pengaturan=pengaturan(dasar=""), by=None)
    assert refusal.value.kolom == "dasar"
