"""Changing identity data, and a person's own word on it."""

import datetime as dt

import pytest

from bkpsdmd.audit.models import Event
from bkpsdmd.exceptions import DomainError, StaleDataError
from simpeg.services.pegawai import confirm_pegawai, update_pegawai

HARI_INI = dt.date(2026, 11, 25)


def update(pegawai, by, versi=1, **data):
    return update_pegawai(
        pegawai=pegawai, versi=versi, data=data, by=by.user, per_tanggal=HARI_INI
    )


def test_change_reaches_the_list_and_the_log(pegawai, pengelola):
    update(pegawai, pengelola, nama="Siti Baru", gelar_belakang="S.E.")

    pegawai.keadaan.refresh_from_db()
    assert pegawai.keadaan.nama_lengkap == "Siti Baru, S.E."
    assert pegawai.keadaan.kunci_cari == f"SITI BARU {pegawai.nip}"
    event = Event.objects.get(kind="pegawai.ubah")
    assert event.changes["nama"] == ["Siti Pegawai", "Siti Baru"]


def test_log_tells_that_personal_data_changed_but_not_to_what(pegawai, pengelola):
    update(pegawai, pengelola, alamat="Jl. Rahasia 1", nomor_hp="081200000000")

    event = Event.objects.get(kind="pegawai.ubah")
    assert event.changes == {"alamat": [None, None], "nomor_hp": [None, None]}


def test_older_version_is_refused_and_nothing_overwritten(pegawai, pengelola):
    update(pegawai, pengelola, tempat_lahir="Barabai")

    with pytest.raises(StaleDataError):
        update(pegawai, pengelola, versi=1, tempat_lahir="Kandangan")

    pegawai.refresh_from_db()
    assert pegawai.tempat_lahir == "Barabai"


def test_saving_without_a_change_writes_nothing(pegawai, pengelola):
    update(pegawai, pengelola, nama=pegawai.nama)

    pegawai.refresh_from_db()
    assert pegawai.versi == 1
    assert not Event.objects.filter(kind="pegawai.ubah").exists()


def test_nik_that_cannot_be_one_is_refused(pegawai, pengelola):
    with pytest.raises(DomainError) as refused:
        update(pegawai, pengelola, nik="123")

    assert refused.value.kolom == "nik"


def test_nip_cannot_be_changed_here(pegawai, pengelola):
    with pytest.raises(KeyError):
        update(pegawai, pengelola, nip="1")


def test_person_confirms_the_own_record_only(pegawai, pengelola):
    confirm_pegawai(pegawai=pegawai, by=pegawai.user)

    pegawai.refresh_from_db()
    assert pegawai.dikonfirmasi_at is not None
    with pytest.raises(DomainError):
        confirm_pegawai(pegawai=pegawai, by=pengelola.user)
