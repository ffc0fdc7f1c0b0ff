"""A person sees who looked at their closed data; nobody writes twice a day for it."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bkpsdmd.accounts.roles import Role
from bkpsdmd.accounts.tests.factories import UserFactory
from bkpsdmd.audit.models import Event
from bkpsdmd.ui.formats import format_tanggal
from simpeg.models import KeadaanPegawai, PembukaanHarian
from simpeg.selectors.pembukaan import get_simpan_sejak, list_aplikasi
from simpeg.services import api as klien_services
from simpeg.services.pembukaan import note_pembacaan_api, note_unduhan
from simpeg.tasks import purge_impor
from simpeg.tests.actors import make_user
from simpeg.tests.factories import PegawaiFactory


@pytest.fixture
def url(kantor):
    def of(bagian):
        return f"/simpeg/pegawai/{kantor.pegawai.pk}/{bagian}/"

    return of


def readings():
    return list(
        Event.objects.filter(kind="pegawai.buka").values_list("actor", "changes")
    )


def test_person_sees_who_opened_the_closed_data(client_for, kantor, url):
    clerk = client_for(Role.PENGELOLA_OPD)
    clerk.get(url("data-utama"))
    clerk.get(url("keluarga"))

    html = client_for(kantor.pegawai).get(url("dibuka")).content.decode()
    assert html.count("Rina Pengelola membuka data Siti Pegawai") == 2
    assert "Data utama" in html.split("<ol", 1)[1]
    assert "Dinas Contoh" in html.split("<ol", 1)[1]


def test_one_event_per_reader_part_and_day(client_for, kantor, url):
    clerk = client_for(Role.PENGELOLA_OPD)
    for _ in range(3):
        clerk.get(url("data-utama"))
    clerk.get(f"/simpeg/pegawai/{kantor.pegawai.pk}/ubah/")
    assert readings() == [(kantor.pengelola.user.pk, {"bagian": [None, "Data utama"]})]

    client_for(Role.VERIFIKATOR).get(url("data-utama"))
    assert len(readings()) == 2


def test_second_reading_asks_the_log_nothing(client_for, url):
    clerk = client_for(Role.PENGELOLA_OPD)
    clerk.get(url("data-utama"))
    with CaptureQueriesContext(connection) as queries:
        clerk.get(url("data-utama"))
    assert not [query for query in queries if "audit_event" in query["sql"]]


@pytest.mark.parametrize("bagian", ["data-utama", "keluarga", "ringkasan"])
def test_own_reading_is_not_written_down(client_for, kantor, url, bagian):
    client_for(kantor.pegawai).get(url(bagian))
    assert readings() == []


def test_who_sees_nothing_closed_is_not_written_down(client_for, kantor, url):
    client_for(kantor.atasan).get(url("data-utama"))
    client_for(Role.PENGELOLA_OPD).get(url("ringkasan"))
    client_for(Role.PENGELOLA_OPD).get(url("pendidikan"))
    assert readings() == []


def test_list_is_for_the_person_and_the_auditor(client_for, kantor, url):
    for who, status in (
        (kantor.pegawai, 200),
        (Role.AUDITOR, 200),
        (Role.PENGELOLA_OPD, 403),
        (kantor.atasan, 403),
        (kantor.orang_luar, 404),
    ):
        assert client_for(who).get(url("dibuka")).status_code == status


def test_reading_does_not_bury_what_changed(client_for, kantor, url):
    client_for(Role.PENGELOLA_OPD).get(url("data-utama"))
    html = client_for(kantor.pegawai).get(url("jejak")).content.decode()
    assert "membuka data" not in html


def test_auditor_s_own_reading_stands_there_too(client_for, kantor, url):
    auditor = make_user(Role.AUDITOR)
    client_for(auditor).get(url("data-utama"))
    html = client_for(kantor.pegawai).get(url("dibuka")).content.decode()
    assert "Auditor Contoh membuka data" in html


# -- Many at once -------------------------------------------------------------------


@pytest.fixture
def aplikasi(kantor):
    """Return a client of the dinas: its row, and a function that asks as it."""
    klien, token = klien_services.create_klien(
        nama="Presensi",
        penanggung_jawab="Kepala Bidang TIK",
        cakupan=["pegawai", "riwayat", "nik"],
        units=[kantor.dinas],
        berlaku_sampai=timezone.localdate() + dt.timedelta(30),
        batas_per_menit=1000,
        by=UserFactory(),
        per_tanggal=timezone.localdate(),
    )

    def ask(path, method="get", **data):
        headers = {"Authorization": f"Bearer {token}"}
        client = Client()
        if method == "post":
            answer = client.post(
                f"/api/v1{path}", data, "application/json", headers=headers
            )
        else:
            answer = client.get(f"/api/v1{path}", data, headers=headers)
        assert answer.status_code == 200, answer.content
        return answer.json()

    ask.klien = klien
    return ask


def read_by_programs(pegawai):
    return [
        (one.nama, one.bagian)
        for one in list_aplikasi(pegawai, per_tanggal=timezone.localdate())
    ]


@pytest.mark.parametrize("how", ["daftar", "cari", "satu"])
def test_person_sees_which_program_read_the_record(
    aplikasi, kantor, client_for, url, how
):
    orang = kantor.pegawai
    if how == "daftar":
        aplikasi("/pegawai")
    elif how == "cari":
        aplikasi("/pegawai/cari", "post", nipBaru=[orang.nip])
    else:
        aplikasi(f"/pegawai/{orang.pk}")

    html = client_for(orang).get(url("dibuka")).content.decode()
    assert "Aplikasi Presensi (API) membaca: Data utama dan NIK" in html
    assert "Kepala Bidang TIK" in html
    assert read_by_programs(kantor.orang_luar) == []


def test_riwayat_read_by_a_program_is_told_by_kind(aplikasi, kantor):
    orang = kantor.pegawai
    aplikasi(f"/pegawai/{orang.pk}/rw-golongan")
    aplikasi("/rw-jabatan")
    bagian = ["Riwayat golongan", "Riwayat jabatan"]
    assert read_by_programs(orang) == [("Aplikasi Presensi (API)", bagian)]
    # Others had a row on the page of everybody, none of them was asked for by key.
    assert read_by_programs(kantor.atasan) == [
        ("Aplikasi Presensi (API)", ["Riwayat jabatan"])
    ]


def test_client_without_the_scope_is_told_apart(aplikasi, kantor):
    aplikasi.klien.cakupan = ["pegawai"]
    aplikasi.klien.save()
    aplikasi("/pegawai")
    assert read_by_programs(kantor.pegawai)[0][1] == ["Data utama tanpa NIK"]


def test_what_was_refused_is_no_reading(aplikasi, kantor):
    Client().get(f"/api/v1/pegawai/{kantor.pegawai.pk}")
    with pytest.raises(AssertionError):
        aplikasi(f"/pegawai/{kantor.orang_luar.pk}")
    assert not PembukaanHarian.objects.exists()


def test_program_that_asks_again_the_same_day_writes_nothing(aplikasi):
    aplikasi("/pegawai")
    before = list(PembukaanHarian.objects.values())
    with CaptureQueriesContext(connection) as queries:
        aplikasi("/pegawai")
    about = [q["sql"] for q in queries if "pembukaanharian" in q["sql"]]
    assert len(about) == 1
    assert about[0].startswith("SELECT")
    assert list(PembukaanHarian.objects.values()) == before


def test_readings_of_months_ago_are_not_today_s(kantor, aplikasi):
    past = timezone.now() - dt.timedelta(days=40)
    note_pembacaan_api(
        ids=[kantor.pegawai.pk], bagian="Data utama", klien=aplikasi.klien, now=past
    )
    assert read_by_programs(kantor.pegawai) == []


def test_days_are_counted_and_the_last_one_told(kantor, aplikasi):
    now = timezone.now()
    for days in (0, 1, 5):
        note_pembacaan_api(
            ids=[kantor.pegawai.pk],
            bagian="Data utama",
            klien=aplikasi.klien,
            now=now - dt.timedelta(days=days),
        )
    (row,) = list_aplikasi(kantor.pegawai, per_tanggal=timezone.localdate(now))
    assert (row.hari, row.terakhir) == (3, now)


def test_bits_are_added_across_blocks_and_pages(kantor, aplikasi):
    """People of several blocks, met in several pages, none lost and none invented."""
    blok = PembukaanHarian.BLOK
    pages = [[1, 2, blok - 1], [blok, blok + 7], [3, 5 * blok + 1]]
    for ids in pages:
        note_pembacaan_api(
            ids=ids, bagian="Data utama", klien=aplikasi.klien, now=timezone.now()
        )
    rows = list(PembukaanHarian.objects.all())
    found = {
        one.blok * blok + place
        for one in rows
        for place in range(blok)
        if one.has(one.blok * blok + place)
    }
    assert found == {pk for ids in pages for pk in ids}
    assert len(rows) == 3


@pytest.mark.django_db(transaction=True)
def test_pages_read_at_the_same_time_lose_nobody(kantor, aplikasi):
    def read(start):
        try:
            note_pembacaan_api(
                ids=range(start, 4000, 8),
                bagian="Data utama",
                klien=aplikasi.klien,
                now=timezone.now(),
            )
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(read, range(8)))

    rows = list(PembukaanHarian.objects.all())
    assert sum(row.bits.bit_count() for row in rows) == 4000


def test_readings_are_kept_as_long_as_the_office_says(
    kantor, aplikasi, client_for, url, settings
):
    """The day that is kept last and the one before, told in the office's time."""
    settings.PEMBUKAAN_RETENSI_HARI = 10
    now = timezone.now()
    for days in (9, 10, 11):
        note_pembacaan_api(
            ids=[kantor.pegawai.pk],
            bagian="Data utama",
            klien=aplikasi.klien,
            now=now - dt.timedelta(days=days),
        )
    sejak = timezone.localdate(now) - dt.timedelta(days=10)

    purge_impor()
    purge_impor()

    kept = PembukaanHarian.objects.order_by("tanggal")
    assert [row.tanggal for row in kept] == [sejak, sejak + dt.timedelta(days=1)]
    note_unduhan(
        ids=[kantor.pegawai.pk], bagian="Daftar", by=kantor.atasan.user, now=now
    )
    html = client_for(kantor.pegawai).get(url("dibuka")).content.decode()
    assert f"tersimpan sejak {format_tanggal(sejak)}" in html


def test_unless_told_otherwise_readings_are_kept_for_five_years():
    assert get_simpan_sejak(dt.date(2026, 11, 26)) == dt.date(2021, 11, 26)


def test_cost_does_not_grow_with_the_people(kantor):
    """6,000 people cost what three cost, the first time and again."""
    biaya = []
    for ids in (range(1, 4), range(10_000, 16_000)):
        for _ in range(2):
            with CaptureQueriesContext(connection) as queries:
                note_unduhan(
                    ids=ids, bagian="Daftar", by=kantor.atasan.user, now=timezone.now()
                )
            biaya.append(len([q for q in queries if "pembukaan" in q["sql"]]))
    assert biaya == [4, 1, 4, 1]


def test_sheet_leaves_a_trace_on_everybody_in_it(client_for, kantor, url):
    clerk = client_for(Role.PENGELOLA_OPD)
    answer = clerk.post("/simpeg/pegawai/lembar/unduh/")
    assert b"".join(answer.streaming_content)[:2] == b"PK"

    html = client_for(kantor.pegawai).get(url("dibuka")).content.decode()
    assert "Rina Pengelola mengunduh data Siti Pegawai: Lembar kerja Excel" in html
    assert "Dinas Contoh" in html.split("<ol", 1)[1]
    # Not in it: somebody of another unit, and the clerk.
    assert PembukaanHarian.objects.count() == 1
    assert not PembukaanHarian.objects.get().has(kantor.orang_luar.pk)
    assert not PembukaanHarian.objects.get().has(kantor.pengelola.pk)


def test_own_row_in_a_list_is_no_reading(kantor, client_for):
    note_unduhan(
        ids=[kantor.pengelola.pk],
        bagian="Daftar mutu data dengan nomor HP",
        by=kantor.pengelola.user,
        now=timezone.now(),
    )
    html = (
        client_for(kantor.pengelola)
        .get(f"/simpeg/pegawai/{kantor.pengelola.pk}/dibuka/")
        .content.decode()
    )
    assert "Belum ada yang membuka data ini" in html


@pytest.mark.parametrize("bentuk", ["xlsx", "pdf"])
def test_campaign_list_with_phone_numbers_leaves_a_trace(
    client_for, kantor, url, bentuk
):
    from simpeg.services.mutu import refresh_mutu

    refresh_mutu(
        [*KeadaanPegawai.objects.values_list("pk", flat=True)],
        per_tanggal=timezone.localdate(),
    )
    clerk = client_for(Role.PENGELOLA_OPD)
    answer = clerk.post(f"/simpeg/mutu/orang/ekspor/?bentuk={bentuk}")
    assert answer.status_code == 200

    html = client_for(kantor.pegawai).get(url("dibuka")).content.decode()
    assert "Daftar mutu data dengan nomor HP" in html


def test_page_costs_the_same_with_many_readings(
    client_for, kantor, url, aplikasi, django_assert_max_num_queries
):
    for number in range(30):
        reader = UserFactory()
        note_unduhan(
            ids=[kantor.pegawai.pk, PegawaiFactory().pk],
            bagian=f"Daftar {number}",
            by=reader,
            now=timezone.now(),
        )
    aplikasi("/pegawai")
    client = client_for(kantor.pegawai)
    client.get(url("dibuka"))
    with django_assert_max_num_queries(14):
        assert client.get(url("dibuka")).status_code == 200
