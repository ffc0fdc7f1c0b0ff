"""What Beranda says about people, to whom."""

import datetime as dt

import pytest
from django.utils import timezone

from bkpsdmd.accounts.roles import Role
from bkpsdmd.documents.services import ensure_kantor
from simpeg.models import BerkasMasuk, KeadaanPegawai, Pegawai
from simpeg.selectors.akses import describe_peran
from simpeg.selectors.ringkasan import list_akan_pensiun
from simpeg.tests.factories import PegawaiFactory

TODAY = dt.date(2026, 11, 26)


def read(client):
    return client.get("/").content.decode()


def test_a_person_is_asked_to_look_through_the_own_record(client_for, pegawai):
    client = client_for(pegawai)
    asked = read(client)
    Pegawai.objects.filter(pk=pegawai.pk).update(dikonfirmasi_at=timezone.now())
    KeadaanPegawai.objects.filter(pk=pegawai.pk).update(wajib_jumlah=9, wajib_terisi=7)
    confirmed = read(client)

    assert "Periksa data Anda sekali setahun" in asked
    assert "Periksa data Anda" not in confirmed
    assert "2 isian data Anda masih kosong" in confirmed


@pytest.mark.parametrize(
    ("role", "sees"),
    [
        (Role.VERIFIKATOR, True),
        (Role.PENGELOLA_OPD, False),
        (Role.KEPALA_BADAN, False),
    ],
)
def test_an_import_waits_for_those_who_may_apply_it(client_for, role, sees):
    BerkasMasuk.objects.create(
        nama_berkas="ekspor.csv", status=BerkasMasuk.Status.SIAP, jumlah_baru=12
    )
    html = read(client_for(role))

    assert ("ekspor.csv" in html) == sees
    assert ("12 baru, 0 berubah, 0 ditolak." in html) == sees


def test_retirements_of_the_own_units_are_announced(client_for, kantor):
    soon = PegawaiFactory(nama="Segera Pensiun", di=kantor.bidang)
    elsewhere = PegawaiFactory(nama="Pensiun Lain", di=kantor.dinas_lain)
    KeadaanPegawai.objects.filter(pk__in=[soon.pk, elsewhere.pk]).update(
        tmt_pensiun=timezone.localdate() + dt.timedelta(days=40)
    )
    html = read(client_for(Role.PENGELOLA_OPD))

    assert "Segera Pensiun" in html
    assert "Pensiun Lain" not in html


@pytest.mark.parametrize(
    ("tmt", "listed"),
    [
        (dt.date(2026, 11, 26), False),
        (dt.date(2026, 11, 27), True),
        (dt.date(2027, 11, 26), True),
        (dt.date(2027, 11, 27), False),
    ],
)
def test_a_retirement_is_announced_for_a_year(kantor, tmt, listed):
    from simpeg.models.lingkup import Lingkup

    KeadaanPegawai.objects.filter(pk=kantor.pegawai.pk).update(tmt_pensiun=tmt)

    assert list_akan_pensiun(Lingkup(semua=True), TODAY).exists() == listed


@pytest.mark.parametrize(
    ("role", "pns"), [(Role.PENGELOLA_OPD, "3"), (Role.KEPALA_BADAN, "7")]
)
def test_figures_count_the_own_units(client_for, kantor, role, pns):
    PegawaiFactory.create_batch(3, di=kantor.dinas_lain)
    shown = client_for(role).get("/").context
    panels = [*shown["utama"], *shown["samping"]]
    (panel,) = [panel for panel in panels if panel.judul == "Pegawai aktif"]

    assert {figure.label: figure.nilai for figure in panel.angka}["PNS"] == pns


def test_roles_are_told_with_their_units(kantor):
    assert describe_peran(kantor.pengelola.user) == [
        "Pengelola kepegawaian OPD, Dinas Contoh",
        "Pegawai",
    ]
    assert describe_peran(kantor.atasan.user) == [
        "Atasan langsung, Bidang Contoh",
        "Pegawai",
    ]


@pytest.mark.parametrize("role", list(Role))
def test_beranda_takes_at_most_12_queries(
    client_for, role, django_assert_max_num_queries
):
    ensure_kantor()  # as in any portal that was set up; its settings are cached
    client = client_for(role)
    client.get("/akun/saya/")  # a session's first page also writes when it was opened
    with django_assert_max_num_queries(12):
        assert client.get("/").status_code == 200
