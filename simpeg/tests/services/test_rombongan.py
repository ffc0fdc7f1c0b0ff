"""Undoing an act: everything as before, or a list of what stands in the way."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.forms.models import model_to_dict
from django.test.utils import CaptureQueriesContext

from bkpsdmd.accounts.models import User
from bkpsdmd.audit import services as audit
from bkpsdmd.audit.models import Event
from bkpsdmd.audit.presenters import describe
from bkpsdmd.exceptions import DomainError
from bkpsdmd.jobs.models import Job
from simpeg.models import (
    Jabatan,
    JejakRombongan,
    KeadaanPegawai,
    Pegawai,
    RiwayatPangkat,
    Rombongan,
    UnitKerja,
)
from simpeg.services import rombongan as layanan
from simpeg.services.pegawai import update_pegawai
from simpeg.tests.factories import PemberianPeranFactory, RiwayatPendidikanFactory
from simpeg.tests.siasn.ekspor import Baris, get_orang, make_baris

pytestmark = pytest.mark.django_db
HARI_INI = dt.date(2026, 11, 25)


@pytest.fixture
def impor(impor):
    def run(*rows: Baris) -> Rombongan:
        impor(*rows)
        return Rombongan.objects.latest("created_at")

    return run


def undo(rombongan: Rombongan, by: User) -> Rombongan:
    rombongan.alasan_batal = "Salah berkas"
    rombongan.save()
    return layanan.undo_rombongan(
        rombongan_id=rombongan.pk, by=by, per_tanggal=HARI_INI
    )


def lihat(pegawai: Pegawai) -> dict[str, Any]:
    """Everything that holds for a person, without what tells one writing from another."""
    keadaan = model_to_dict(KeadaanPegawai.objects.get(pk=pegawai.pk))
    riwayat = {
        topik: sorted(
            str(row) for row in model.objects.berlaku().filter(pegawai=pegawai)
        )
        for topik, model in layanan.MODEL.items()
    }
    pegawai = Pegawai.objects.get(pk=pegawai.pk)
    identitas = model_to_dict(pegawai)
    identitas.pop("versi")
    return {"identitas": identitas, "keadaan": keadaan, **riwayat}


def naik(n: int = 0, **sel: str) -> Baris:
    """The n-th person with another name and a later golongan."""
    return make_baris(
        n,
        NAMA="Nama Berubah",
        **{
            "GOL AKHIR ID": "45",
            "GOL AKHIR NAMA": "IV/e",
            "TMT GOLONGAN": "01-10-2026",
        },
        **sel,
    )


# -- What comes back ------------------------------------------------------------------


def test_people_the_act_made_are_gone_with_all_that_was_made_for_them(
    impor, verifikator
):
    sebelum = {
        model: model.objects.count()
        for model in (Pegawai, KeadaanPegawai, User, UnitKerja, Jabatan)
    }
    rombongan = impor(make_baris(0), make_baris(1))
    assert (rombongan.jumlah_orang, rombongan.jumlah_baru) == (2, 2)

    undo(rombongan, verifikator)

    assert {model: model.objects.count() for model in sebelum} == sebelum
    for model in layanan.MODEL.values():
        assert not model.objects.filter(sumber="siasn").exists()
    rombongan.refresh_from_db()
    assert rombongan.status == "dibatalkan"
    assert rombongan.berkas_masuk.status == "dibatalkan"
    assert Event.objects.filter(kind="pegawai.impor").count() == 2
    event = Event.objects.get(kind="rombongan.batal")
    assert (event.reason, event.batch) == ("Salah berkas", str(rombongan.pk))
    assert "membatalkan Impor ekspor.csv" in describe(event)


def test_the_same_file_can_be_imported_again_afterwards(impor, verifikator):
    undo(impor(make_baris(0)), verifikator)

    impor(make_baris(0))

    assert get_orang().user.username == get_orang().nip


def test_changed_people_are_as_before(impor, verifikator):
    impor(make_baris(0))
    semula = lihat(get_orang())
    rombongan = impor(naik())
    assert lihat(get_orang()) != semula
    versi = get_orang().versi

    undo(rombongan, verifikator)

    assert lihat(get_orang()) == semula
    assert get_orang().versi == versi + 1, "a form opened before is refused"
    event = Event.objects.get(kind="pegawai.rombongan_batal")
    assert event.subject_id == str(get_orang().pk)
    assert event.changes["nama"] == ["Nama Berubah", "Pegawai Contoh 0"]
    assert event.reason == "Salah berkas"


def test_riwayat_is_cancelled_not_deleted_and_what_it_replaced_is_recorded_again(
    impor, verifikator
):
    impor(make_baris(0))
    lain = {"GOL AKHIR NAMA": "IV/e", "GOL AKHIR ID": "45"}
    rombongan = impor(make_baris(0, **lain))
    lama, salah = RiwayatPangkat.objects.filter(
        pegawai=get_orang(), tmt=get_orang().keadaan.tmt_golongan
    ).order_by("pk")
    assert (lama.is_berlaku, salah.is_berlaku) == (False, True)

    undo(rombongan, verifikator)

    lama.refresh_from_db()
    salah.refresh_from_db()
    baru = RiwayatPangkat.objects.berlaku().get(pegawai=get_orang(), tmt=lama.tmt)
    assert not lama.is_berlaku
    assert salah.dibatalkan_oleh.alasan == "Salah berkas"
    assert baru.mengoreksi == salah
    assert (baru.golongan_id, baru.created_at) == (lama.golongan_id, lama.created_at)
    assert get_orang().keadaan.golongan_id == lama.golongan_id


def test_account_is_named_as_before_when_the_nip_comes_back(impor, verifikator):
    impor(make_baris(0))
    nip = get_orang().nip
    lain = make_baris(0, **{"NIP BARU": make_baris(3)["NIP BARU"]})
    lain |= {
        k: make_baris(3)[k] for k in ("TANGGAL LAHIR", "JENIS KELAMIN", "TMT CPNS")
    }
    rombongan = impor(lain)
    assert get_orang().user.username != nip

    undo(rombongan, verifikator)

    assert get_orang().nip == get_orang().user.username == nip


def test_two_acts_are_undone_one_after_the_other(impor, verifikator):
    impor(make_baris(0))
    semula = lihat(get_orang())
    satu = impor(make_baris(0, **{"GOL AKHIR NAMA": "IV/d", "GOL AKHIR ID": "44"}))
    di_antara = lihat(get_orang())
    dua = impor(
        make_baris(0, **{"GOL AKHIR NAMA": "IV/e", "GOL AKHIR ID": "45"}, NAMA="Lain")
    )
    with pytest.raises(DomainError):
        undo(satu, verifikator)

    undo(dua, verifikator)
    assert lihat(get_orang()) == di_antara
    undo(satu, verifikator)

    assert lihat(get_orang()) == semula


# -- What stands in the way -----------------------------------------------------------


def ubah_data(pegawai: Pegawai, by: User) -> None:
    update_pegawai(
        pegawai=pegawai,
        versi=pegawai.versi,
        data={"alamat": "Pindah"},
        by=by,
        per_tanggal=HARI_INI,
    )


def beri_peran(pegawai: Pegawai, by: User) -> None:
    PemberianPeranFactory(user=pegawai.user)


def pakai_akun(pegawai: Pegawai, by: User) -> None:
    pegawai.user.set_password("rahasia-sekali")
    pegawai.user.save()


def koreksi_langsung(pegawai: Pegawai, by: User) -> None:
    Pegawai.objects.filter(pk=pegawai.pk).update(versi=7)


@pytest.mark.parametrize(
    ("perbuatan", "kata"),
    [
        (ubah_data, "mengubah data utama"),
        (koreksi_langsung, "Data utamanya sudah diubah"),
        (beri_peran, "Akunnya sudah punya"),
        (pakai_akun, "Akunnya sudah diaktifkan"),
    ],
)
def test_what_was_built_on_it_stops_the_undoing_and_is_told(
    impor, verifikator, perbuatan, kata
):
    rombongan = impor(make_baris(0), make_baris(1))
    perbuatan(get_orang(), verifikator)
    semula = lihat(get_orang())

    with pytest.raises(DomainError) as error:
        undo(rombongan, verifikator)

    assert error.value.kode == "terhalang"
    assert lihat(get_orang()) == semula
    assert Pegawai.objects.filter(siasn_id=make_baris(1)["PNS ID"]).exists()
    rombongan.refresh_from_db()
    assert (rombongan.status, rombongan.jumlah_halangan) == ("diterapkan", 1)
    jejak = rombongan.jejak_set.exclude(halangan="").get()
    assert jejak.pegawai == get_orang()
    assert kata in jejak.halangan


def test_record_of_any_kind_added_later_stands_in_the_way(impor, verifikator):
    rombongan = impor(make_baris(0))
    RiwayatPendidikanFactory(pegawai=get_orang())

    with pytest.raises(DomainError):
        undo(rombongan, verifikator)

    assert "riwayat pendidikan" in rombongan.jejak_set.get().halangan


def test_corrected_riwayat_stands_in_the_way(impor, verifikator):
    impor(make_baris(0))
    rombongan = impor(naik())
    RiwayatPangkat.objects.filter(pegawai=get_orang(), golongan="IV/e").update(
        dibatalkan_oleh=layanan.Pembatalan.objects.create(alasan="x")
    )

    with pytest.raises(DomainError):
        undo(rombongan, verifikator)

    assert "pangkat" in rombongan.jejak_set.get().halangan


@pytest.mark.parametrize("status", ["diminta", "dibatalkan"])
def test_only_an_act_that_was_written_is_undone(impor, verifikator, status):
    rombongan = impor(make_baris(0))
    Rombongan.objects.update(status=status)

    with pytest.raises(DomainError, match="tidak dapat dibatalkan"):
        layanan.request_undo(rombongan=rombongan, alasan="Salah", by=verifikator)


def test_looking_at_somebody_does_not_stand_in_the_way(impor, verifikator):
    rombongan = impor(make_baris(0))
    audit.record("berkas.buka", get_orang(), by=verifikator, subject=get_orang())

    undo(rombongan, verifikator)

    assert not Pegawai.objects.filter(siasn_id=make_baris(0)["PNS ID"]).exists()


def test_obstacle_taken_away_no_longer_stands_there(impor, verifikator):
    rombongan = impor(make_baris(0))
    versi = get_orang().versi
    koreksi_langsung(get_orang(), verifikator)
    with pytest.raises(DomainError):
        undo(rombongan, verifikator)
    Pegawai.objects.filter(pk=get_orang().pk).update(versi=versi)

    undo(rombongan, verifikator)

    assert Rombongan.objects.get().status == "dibatalkan"


def test_units_and_posts_that_others_use_by_now_stay(impor, verifikator):
    satu = impor(make_baris(0))
    impor(make_baris(240, **{"UNOR ID": make_baris(0)["UNOR ID"]}))

    undo(satu, verifikator)

    unit = UnitKerja.objects.get(siasn_id=make_baris(0)["UNOR ID"])
    assert get_orang(240).keadaan.unit_kerja == unit
    assert UnitKerja.objects.find_problems() == ([], [], [], [], [])


# -- Once, twice, killed --------------------------------------------------------------


def test_second_run_changes_nothing(impor, verifikator):
    impor(make_baris(0))
    rombongan = impor(naik())
    undo(rombongan, verifikator)
    jumlah = Event.objects.count()

    undo(Rombongan.objects.get(pk=rombongan.pk), verifikator)

    assert Event.objects.count() == jumlah


def test_killed_in_the_midst_leaves_everything_and_runs_again(
    impor, verifikator, monkeypatch
):
    impor(make_baris(0))
    rombongan = impor(naik(), make_baris(1))
    semula = lihat(get_orang()), Pegawai.objects.count(), Event.objects.count()

    def killed(*args: Any, **kwargs: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(layanan._Pembatal, "_close", killed)
        with pytest.raises(KeyboardInterrupt):
            undo(rombongan, verifikator)
    assert semula == (
        lihat(get_orang()),
        Pegawai.objects.count(),
        Event.objects.count(),
    )

    undo(rombongan, verifikator)
    assert get_orang().nama == "Pegawai Contoh 0"
    assert not Pegawai.objects.filter(siasn_id=make_baris(1)["PNS ID"]).exists()


def test_undoing_is_asked_for_with_a_reason_and_once(impor, verifikator):
    rombongan = impor(make_baris(0))
    with pytest.raises(DomainError) as error:
        layanan.request_undo(rombongan=rombongan, alasan=" ", by=verifikator)
    assert error.value.kolom == "alasan"

    layanan.request_undo(rombongan=rombongan, alasan="Salah", by=verifikator)

    assert Job.objects.get().params == {"rombongan": str(rombongan.pk)}
    with pytest.raises(DomainError):
        layanan.request_undo(rombongan=rombongan, alasan="Salah", by=verifikator)


def test_grant_for_a_part_of_the_office_is_not_enough(impor, kantor):
    rombongan = impor(make_baris(0))

    with pytest.raises(DomainError) as error:
        undo(rombongan, kantor.pengelola.user)

    assert error.value.kode == "luar_lingkup"


def test_after_the_time_of_keeping_it_cannot_be_undone(impor, verifikator):
    rombongan = impor(make_baris(0))
    assert layanan.purge_jejak(before=rombongan.diterapkan_at) == 0
    nanti = rombongan.diterapkan_at + dt.timedelta(seconds=1)
    assert layanan.purge_jejak(before=nanti) == 1

    with pytest.raises(DomainError):
        undo(rombongan, verifikator)


def test_queries_do_not_grow_with_the_people(impor, verifikator):
    biaya = []
    for awal, jumlah in ((0, 3), (100, 30)):
        rombongan = impor(*(make_baris(n) for n in range(awal, awal + jumlah)))
        rombongan.alasan_batal = "x"
        rombongan.save()
        with CaptureQueriesContext(
            connection,
        ) as queries:
            undo(rombongan, verifikator)
        biaya.append(len(queries))
    assert biaya[1] <= biaya[0] + 10, biaya


def test_jejak_tells_of_each_person(impor):
    impor(make_baris(0))
    rombongan = impor(naik(), make_baris(1))

    lama, baru = JejakRombongan.objects.filter(rombongan=rombongan).order_by("nomor")
    assert lama.sebelum == {"nama": "Pegawai Contoh 0"}
    assert (lama.is_baru, lama.versi) == (False, get_orang().versi)
    assert [topik for topik, _, _ in lama.riwayat] == ["pangkat"]
    assert baru.is_baru
    assert baru.akun_id == get_orang(1).user_id
