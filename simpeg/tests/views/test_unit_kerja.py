"""The page of the unit tree: what is shown to whom, on which date."""

import datetime as dt

import pytest
from django.utils import timezone

from bkpsdmd.accounts.roles import Role
from simpeg.choices import JenisPenugasan
from simpeg.models import UnitKerja
from simpeg.services.unit_kerja import rename_unit
from simpeg.tests.factories import (
    PegawaiFactory,
    RiwayatJabatanFactory,
    RiwayatKedudukanFactory,
    UnitKerjaFactory,
)

URL = "/simpeg/unit/"


def read(client, **query):
    answer = client.get(URL, query)
    assert answer.status_code == 200
    return {row.simpul.nama: row for row in answer.context["baris"]}


def test_without_a_choice_the_perangkat_daerah_are_counted(client_for, kantor):
    rows = read(client_for(Role.KEPALA_BADAN))

    assert {name: row.jumlah for name, row in rows.items()} == {
        kantor.instansi.nama: 4,
        "Dinas Contoh": 3,
        "Dinas Lain": 1,
    }


def test_a_choice_shows_the_parts_with_their_leaders(client_for, kantor):
    rows = read(client_for(Role.KEPALA_BADAN), opd=kantor.dinas.pk)

    assert {name: row.jumlah for name, row in rows.items()} == {
        "Dinas Contoh": 3,
        "Bidang Contoh": 2,
    }
    assert [r.pegawai for r in rows["Bidang Contoh"].pimpinan] == [kantor.atasan]
    assert [row.dalam for row in rows.values()] == [0, 1]


def test_an_acting_leader_stands_after_the_definitive_one(client_for, kantor):
    today = timezone.localdate()
    post = kantor.atasan.riwayatjabatan_set.get().jabatan
    RiwayatJabatanFactory(
        pegawai=kantor.pegawai, jabatan=post, unit_kerja=kantor.bidang,
        jenis_penugasan=JenisPenugasan.PLT.value, tmt=today - dt.timedelta(days=9),
        tmt_selesai=today + dt.timedelta(days=80),
    )  # fmt: skip
    client = client_for(Role.KEPALA_BADAN)
    rows = read(client, opd=kantor.dinas.pk)
    html = client.get(URL, {"opd": kantor.dinas.pk}).content.decode()

    assert [r.pegawai for r in rows["Bidang Contoh"].pimpinan] == [
        kantor.atasan,
        kantor.pegawai,
    ]
    assert "Pelaksana Tugas (Plt.): " in html


def test_a_leader_who_left_service_leads_no_more(client_for, kantor):
    RiwayatKedudukanFactory(
        pegawai=kantor.atasan,
        pensiun=True,
        tmt=timezone.localdate() - dt.timedelta(days=1),
    )
    rows = read(client_for(Role.KEPALA_BADAN), opd=kantor.dinas.pk)

    assert rows["Bidang Contoh"].pimpinan == ()


def test_a_date_shows_the_names_of_then_without_counts(client_for, kantor):
    rename_unit(
        unit=kantor.dinas, nama="Dinas Baru", mulai=dt.date(2026, 1, 1),
        dasar="Perbup 1", by=None, per_tanggal=timezone.localdate(),
    )  # fmt: skip
    client = client_for(Role.KEPALA_BADAN)
    then, now = read(client, tanggal="2025-12-31"), read(client)

    assert "Dinas Contoh" in then
    assert then["Dinas Contoh"].jumlah is None
    assert "Dinas Baru" in now


def test_a_clerk_sees_the_own_perangkat_daerah_alone(client_for, kantor):
    client = client_for(Role.PENGELOLA_OPD)

    assert list(read(client)) == ["Dinas Contoh"]
    refused = client.get(URL, {"opd": kantor.dinas_lain.pk})
    assert "Dinas Lain" not in refused.content.decode()


@pytest.mark.parametrize("query", [{"tanggal": "x"}, {"opd": "x"}])
def test_a_question_that_cannot_be_read_is_said(client_for, kantor, query):
    answer = client_for(Role.KEPALA_BADAN).get(URL, query)

    assert answer.status_code == 200
    assert answer.context["form"].errors


def test_cost_does_not_grow_with_the_tree(
    client_for, kantor, django_assert_max_num_queries, django_assert_num_queries
):
    client = client_for(Role.KEPALA_BADAN)
    client.get("/akun/saya/")
    with django_assert_max_num_queries(12) as few:
        client.get(URL, {"opd": kantor.dinas.pk})
    for number in range(20):
        bidang = UnitKerjaFactory(nama=f"Bidang {number}", induk=kantor.dinas)
        PegawaiFactory(di=bidang)
    assert UnitKerja.objects.filter(opd=kantor.dinas).count() == 22
    with django_assert_num_queries(len(few)):
        client.get(URL, {"opd": kantor.dinas.pk})
