"""An import step by step: uploaded, examined, mended, applied or dropped."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from bkpsdmd.accounts.models import User
from bkpsdmd.accounts.roles import Role
from bkpsdmd.accounts.tests.factories import UserFactory
from bkpsdmd.audit.models import Event
from bkpsdmd.exceptions import DomainError, StaleDataError
from bkpsdmd.jobs.models import Job
from simpeg.models import (
    BarisMasuk,
    BerkasMasuk,
    Pegawai,
)
from simpeg.services import siasn
from simpeg.tests.factories import (
    PegawaiFactory,
    PemberianPeranFactory,
    RiwayatJabatanFactory,
)
from simpeg.tests.siasn.ekspor import Baris, get_orang, make_baris, write_csv

pytestmark = pytest.mark.django_db

HARI_INI = dt.date(2026, 11, 25)


def count_rows() -> dict[str, int]:
    from django.apps import apps

    return {
        model.__name__: model._default_manager.count()
        for app in ("simpeg", "accounts", "audit", "jobs")
        for model in apps.get_app_config(app).get_models()
    }


# -- Step by step ---------------------------------------------------------------------


def upload(verifikator: User, *rows: Baris) -> BerkasMasuk:
    return siasn.upload_impor(
        berkas=ContentFile(write_csv(rows)), nama="ekspor.csv", by=verifikator
    )


def examine(impor: BerkasMasuk) -> BerkasMasuk:
    return siasn.examine_impor(impor_id=impor.pk, per_tanggal=HARI_INI)


def apply(impor: BerkasMasuk, by: User) -> BerkasMasuk:
    return siasn.apply_impor(impor_id=impor.pk, by=by, per_tanggal=HARI_INI)


@pytest.fixture
def siap(verifikator: User) -> BerkasMasuk:
    """Three rows examined: one new, one with a warning, one refused."""
    return examine(
        upload(
            verifikator,
            make_baris(0),
            make_baris(1, NPWP=""),
            make_baris(2, **{"GOL AKHIR ID": "99", "GOL AKHIR NAMA": "VI/z"}),
        )
    )


def test_upload_keeps_the_file_privately_and_asks_for_the_examination(verifikator):
    impor = upload(verifikator, make_baris(0))

    assert impor.status == "diunggah"
    assert "ekspor" not in impor.berkas.name
    assert Job.objects.get(pk=impor.job_id).params == {"impor": impor.pk}
    assert Event.objects.filter(kind="siasn.unggah", actor=verifikator).count() == 1


def test_upload_refuses_a_file_without_the_columns_at_once(verifikator):
    with pytest.raises(DomainError) as error:
        siasn.upload_impor(
            berkas=ContentFile(b"A,B\r\n1,2"), nama="x.csv", by=verifikator
        )

    assert error.value.kode == "kolom_kurang"
    assert BerkasMasuk.objects.count() == 0


def test_examination_stores_rows_and_figures_and_nothing_else(siap):
    assert siap.status == "siap"
    siap.refresh_from_db()
    assert (siap.jumlah_baris, siap.jumlah_baru, siap.jumlah_ditolak) == (3, 2, 1)
    assert Pegawai.objects.filter(siasn_id__isnull=False).count() == 0
    baris = siap.baris_set.get(nomor=4)
    assert baris.hasil == "ditolak"
    assert baris.catatan[0]["kode"] == "golongan_tidak_dikenal"
    assert siap.baris_set.get(nomor=2).perubahan["nama"] == [None, "Pegawai Contoh 0"]


def test_examination_again_changes_nothing(siap):
    before = list(siap.baris_set.values_list("pk", flat=True))

    examine(siap)

    assert list(siap.baris_set.values_list("pk", flat=True)) == before


def test_examination_that_was_killed_starts_over(siap):
    siap.status = "diunggah"
    siap.save()

    examine(siap)

    assert siap.baris_set.count() == 3


def test_unreadable_file_ends_the_import_with_the_reason(verifikator):
    impor = upload(verifikator, make_baris(0))
    with impor.berkas.storage.open(impor.berkas.name, "wb") as handle:
        handle.write(b"PK\x03\x04rusak")

    impor = examine(impor)

    assert impor.status == "ditolak"
    assert "rusak" in impor.pesan


def test_applying_writes_the_accepted_rows(siap, verifikator):
    apply(siap, verifikator)

    siap.refresh_from_db()
    assert siap.status == "diterapkan"
    assert get_orang(0).created_at
    assert siap.baris_set.get(nomor=2).pegawai == get_orang(0)
    assert Event.objects.get(kind="siasn.terapkan").actor == verifikator


def test_applying_twice_changes_nothing(siap, verifikator):
    apply(siap, verifikator)
    before = count_rows()

    apply(siap, verifikator)

    assert count_rows() == before


def test_killed_in_the_midst_of_writing_leaves_nothing_and_runs_again(
    siap, verifikator, monkeypatch
):
    before = count_rows()

    def killed(*args: Any, **kwargs: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(siasn, "_link_baru", killed)
        with pytest.raises(KeyboardInterrupt):
            apply(siap, verifikator)
    assert count_rows() == before

    apply(siap, verifikator)
    assert Pegawai.objects.filter(siasn_id__isnull=False).count() == 2


def test_difference_that_nobody_looked_at_is_not_applied(siap, verifikator):
    PegawaiFactory(nip=make_baris(0)["NIP BARU"].strip("'"), nama="Sudah Ada")
    before = Pegawai.objects.count()

    with pytest.raises(DomainError) as error:
        apply(siap, verifikator)

    assert error.value.kode == "perbedaan_berubah"
    siap.refresh_from_db()
    assert (siap.status, siap.jumlah_baru, siap.jumlah_berubah) == ("siap", 1, 1)
    assert Pegawai.objects.count() == before
    assert siap.baris_set.get(nomor=2).perubahan["nama"][0] == "Sudah Ada"

    apply(siap, verifikator)
    assert (
        Pegawai.objects.get(siasn_id=make_baris(0)["PNS ID"]).nama == "Pegawai Contoh 0"
    )


def test_record_changed_while_the_rows_are_prepared_is_not_overwritten(
    verifikator, monkeypatch
):
    apply(examine(upload(verifikator, make_baris(0))), verifikator)
    impor = examine(upload(verifikator, make_baris(0, ALAMAT="Baru")))
    prepare = siasn.prepare

    def prepare_slowly(*args: Any, **kwargs: Any) -> Any:
        siap = prepare(*args, **kwargs)
        Pegawai.objects.filter(pk=get_orang().pk).update(versi=9, nama="Diubah Rekan")
        return siap

    monkeypatch.setattr(siasn, "prepare", prepare_slowly)
    with pytest.raises((StaleDataError, DomainError)):
        apply(impor, verifikator)

    assert get_orang().alamat != "Baru"


def test_riwayat_added_while_the_rows_are_prepared_stops_the_writing(
    verifikator, monkeypatch
):
    apply(examine(upload(verifikator, make_baris(0))), verifikator)
    impor = examine(upload(verifikator, make_baris(0, ALAMAT="Baru")))
    prepare, kali = siasn.prepare, []

    def prepare_once_slowly(*args: Any, **kwargs: Any) -> Any:
        siap = prepare(*args, **kwargs)
        if not kali:
            RiwayatJabatanFactory(pegawai=get_orang(), tmt=dt.date(2026, 1, 1))
        kali.append(1)
        return siap

    monkeypatch.setattr(siasn, "prepare", prepare_once_slowly)
    apply(impor, verifikator)

    assert len(kali) == 2
    pegawai = get_orang()
    assert pegawai.alamat == "Baru"
    assert pegawai.keadaan.tmt_jabatan == dt.date(2026, 1, 1)


def test_records_that_never_rest_end_the_applying_with_a_word(verifikator, monkeypatch):
    apply(examine(upload(verifikator, make_baris(0))), verifikator)
    impor = examine(upload(verifikator, make_baris(0, ALAMAT="Baru")))
    prepare, kali = siasn.prepare, []

    def prepare_slowly(*args: Any, **kwargs: Any) -> Any:
        siap = prepare(*args, **kwargs)
        kali.append(1)
        Pegawai.objects.filter(pk=get_orang().pk).update(versi=90 + len(kali))
        return siap

    monkeypatch.setattr(siasn, "prepare", prepare_slowly)
    with pytest.raises(StaleDataError):
        apply(impor, verifikator)

    assert len(kali) == siasn.PERCOBAAN
    impor.refresh_from_db()
    assert (impor.status, get_orang().alamat != "Baru") == ("siap", True)


def test_one_nip_registered_meanwhile_stops_the_writing(siap, verifikator, monkeypatch):
    prepare, kali = siasn.prepare, []

    def prepare_once_slowly(*args: Any, **kwargs: Any) -> Any:
        hasil = prepare(*args, **kwargs)
        if not kali:
            UserFactory(username=make_baris(0)["NIP BARU"].strip("'"))
        kali.append(1)
        return hasil

    monkeypatch.setattr(siasn, "prepare", prepare_once_slowly)
    apply(siap, verifikator)

    assert len(kali) == 2
    assert User.objects.filter(username=get_orang().nip).count() == 1
    assert get_orang().user.username == get_orang().nip


def test_second_to_apply_is_told_of_the_first(siap, verifikator):
    siasn.request_terap(impor=siap, by=verifikator)

    with pytest.raises(DomainError) as error:
        siasn.request_terap(impor=siap, by=verifikator)
    assert error.value.kode == "sedang_diterapkan"

    Job.objects.filter(kind=siasn.JOB_TERAP).update(state="gagal")
    siasn.request_terap(impor=siap, by=verifikator)
    apply(siap, verifikator)
    with pytest.raises(DomainError) as error:
        siasn.request_terap(impor=siap, by=verifikator)
    assert "sudah diterapkan" in error.value.pesan


def test_nothing_to_apply_is_not_applied(verifikator):
    impor = examine(upload(verifikator, make_baris(0, NAMA="")))

    with pytest.raises(DomainError, match="Tidak ada perubahan"):
        siasn.request_terap(impor=impor, by=verifikator)


def test_cancelled_import_cannot_be_applied(siap, verifikator):
    siasn.cancel_impor(impor=siap, by=verifikator)

    with pytest.raises(DomainError, match="dibatalkan"):
        apply(siap, verifikator)
    assert Event.objects.filter(kind="siasn.batal").count() == 1
    with pytest.raises(DomainError, match="dibatalkan"):
        siasn.cancel_impor(impor=siap, by=verifikator)


def test_import_under_way_cannot_be_cancelled(siap, verifikator):
    siasn.request_terap(impor=siap, by=verifikator)

    with pytest.raises(DomainError) as error:
        siasn.cancel_impor(impor=siap, by=verifikator)
    assert error.value.kode == "sedang_diterapkan"


def test_upload_cancelled_while_it_is_examined_stays_cancelled(
    verifikator, monkeypatch
):
    impor = upload(verifikator, make_baris(0))
    store_baris = siasn.store_baris

    def store_and_cancel(*args: Any) -> None:
        store_baris(*args)
        siasn.cancel_impor(impor=impor, by=verifikator)

    monkeypatch.setattr(siasn, "store_baris", store_and_cancel)
    examine(impor)

    impor.refresh_from_db()
    assert impor.status == "dibatalkan"


def test_import_cancelled_while_its_rows_are_prepared_is_not_written(
    siap, verifikator, monkeypatch
):
    prepare = siasn.prepare

    def prepare_slowly(*args: Any, **kwargs: Any) -> Any:
        BerkasMasuk.objects.update(status="dibatalkan")
        return prepare(*args, **kwargs)

    monkeypatch.setattr(siasn, "prepare", prepare_slowly)
    with pytest.raises(DomainError, match="dibatalkan"):
        apply(siap, verifikator)

    assert not Pegawai.objects.filter(siasn_id=make_baris(0)["PNS ID"]).exists()


def test_broken_off_examination_can_be_asked_for_again(verifikator):
    impor = upload(verifikator, make_baris(0))
    with pytest.raises(DomainError):
        siasn.request_periksa(impor=impor, by=verifikator)
    Job.objects.update(state="gagal")

    job = siasn.request_periksa(impor=impor, by=verifikator)

    impor.refresh_from_db()
    assert impor.job_id == job.pk


# -- Mending --------------------------------------------------------------------------


def mend(baris: BarisMasuk, by: User, **sel: str) -> BarisMasuk:
    return siasn.mend_baris(
        baris=baris,
        sidik=siasn.fingerprint(baris),
        sel=sel,
        by=by,
        per_tanggal=HARI_INI,
    )


def test_mended_row_is_judged_again_and_counted(siap, verifikator):
    baris = mend(
        siap.baris_set.get(nomor=4),
        verifikator,
        gol_akhir_id="33",
        gol_akhir_nama="III/c",
    )

    assert baris.hasil == "baru"
    siap.refresh_from_db()
    assert (siap.jumlah_baru, siap.jumlah_ditolak) == (3, 0)
    event = Event.objects.get(kind="siasn.perbaiki")
    assert event.changes == {
        "gol_akhir_id": ["99", "33"],
        "gol_akhir_nama": ["VI/z", "III/c"],
    }
    assert event.reason == "Baris 4"
    apply(siap, verifikator)
    assert get_orang(2).keadaan.golongan_id == "III/c"


def test_row_mended_wrongly_stays_refused_with_the_new_reason(siap, verifikator):
    baris = mend(siap.baris_set.get(nomor=4), verifikator, gol_akhir_nama="IX")

    assert baris.hasil == "ditolak"
    assert "“IX”" in baris.catatan[0]["pesan"]


def test_mended_nip_must_not_collide_with_an_accepted_row(verifikator):
    impor = examine(
        upload(verifikator, make_baris(0, **{"NIP BARU": "123"}), make_baris(5))
    )
    baris = impor.baris_set.get(nomor=2)

    baris = mend(baris, verifikator, nip_baru=make_baris(5)["NIP BARU"])

    assert "nip_ganda" in [satu["kode"] for satu in baris.catatan]
    assert "baris 3" in baris.catatan[-1]["pesan"]
    assert mend(baris, verifikator, nip_baru=make_baris(0)["NIP BARU"]).hasil == "baru"


def test_row_mended_by_a_colleague_meanwhile_is_not_overwritten(siap, verifikator):
    baris = siap.baris_set.get(nomor=4)
    sidik = siasn.fingerprint(baris)
    mend(baris, verifikator, gol_akhir_nama="IX")

    with pytest.raises(StaleDataError):
        siasn.mend_baris(
            baris=baris,
            sidik=sidik,
            sel={"gol_akhir_nama": "III/c"},
            by=verifikator,
            per_tanggal=HARI_INI,
        )


def test_only_faulty_cells_may_be_mended(siap, verifikator):
    with pytest.raises(KeyError):
        mend(siap.baris_set.get(nomor=4), verifikator, nama="Orang Lain")


def test_row_that_was_accepted_is_not_mended(siap, verifikator):
    with pytest.raises(StaleDataError):
        mend(siap.baris_set.get(nomor=2), verifikator)


def test_applied_import_is_not_mended(siap, verifikator):
    apply(siap, verifikator)

    with pytest.raises(DomainError, match="sudah diterapkan"):
        mend(siap.baris_set.get(nomor=4), verifikator, gol_akhir_nama="III/c")


# -- Who may, and how long ------------------------------------------------------------


def test_grant_for_a_part_of_the_office_is_not_enough(siap, kantor):
    sebagian = PemberianPeranFactory(
        user=UserFactory(), peran=Role.VERIFIKATOR.value, unit_kerja=kantor.dinas
    ).user

    for act in (
        lambda: upload(sebagian, make_baris(0)),
        lambda: siasn.request_terap(impor=siap, by=sebagian),
        lambda: siasn.cancel_impor(impor=siap, by=sebagian),
        lambda: apply(siap, sebagian),
        lambda: mend(siap.baris_set.get(nomor=4), sebagian, gol_akhir_nama="III/c"),
    ):
        with pytest.raises(DomainError) as error:
            act()
        assert error.value.kode == "luar_lingkup"


def test_old_rows_and_file_are_purged_and_the_figures_stay(siap):
    storage, name = siap.berkas.storage, siap.berkas.name
    batas = timezone.now() + dt.timedelta(seconds=1)

    assert siasn.purge_impor(before=batas) == 1

    siap.refresh_from_db()
    assert siap.baris_set.count() == 0
    assert (siap.jumlah_baris, siap.status, siap.berkas.name) == (3, "dibatalkan", "")
    assert not storage.exists(name)
    assert siasn.purge_impor(before=batas) == 0


def test_young_rows_are_kept(siap):
    assert siasn.purge_impor(before=timezone.now() - dt.timedelta(days=1)) == 0
    assert siap.baris_set.count() == 3
