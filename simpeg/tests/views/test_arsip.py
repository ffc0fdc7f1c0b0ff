"""The archive's pages: who sees what, forms end to end, what a page costs."""

import datetime as dt

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from bkpsdmd.accounts.roles import Role
from bkpsdmd.audit.models import Event
from simpeg.choices import HasilPeriksa, KeadaanBerkas
from simpeg.models import BerkasArsip, RiwayatPendidikan
from simpeg.services.arsip import file_berkas
from simpeg.tests.actors import make_user
from simpeg.tests.factories import (
    BerkasArsipFactory,
    PegawaiFactory,
    RiwayatPangkatFactory,
)
from simpeg.tests.services.test_arsip import foto
from simpeg.tests.views.test_pegawai import MAX_QUERIES, page

pytestmark = pytest.mark.django_db
KEEPERS = [Role.PENGELOLA_OPD, Role.VERIFIKATOR]
READERS = [*KEEPERS, Role.KEPALA_BADAN, Role.AUDITOR, Role.PEGAWAI]


def unggah(pegawai, **query):
    url = reverse("simpeg:berkas-create", args=[pegawai.pk])
    return (
        reverse("simpeg:berkas-create", args=[pegawai.pk])
        if not query
        else (url + "?" + "&".join(f"{k}={v}" for k, v in query.items()))
    )


def berkas_url(name, berkas):
    return reverse(f"simpeg:berkas-{name}", args=[berkas.pegawai_id, berkas.pk])


@pytest.fixture
def ktp(kantor):
    return file_berkas(
        pegawai=kantor.pegawai,
        jenis="ktp",
        uploads=[foto()],
        by=kantor.pengelola.user,
        per_tanggal=dt.date(2026, 11, 26),
    )


@pytest.fixture
def usulan(kantor):
    return file_berkas(
        pegawai=kantor.pegawai,
        jenis="ijazah",
        uploads=[foto("gray")],
        by=kantor.pegawai.user,
        per_tanggal=dt.date(2026, 11, 26),
    )


@pytest.mark.parametrize("role", READERS)
def test_archive_tells_what_is_missing(role, client_for, pegawai):
    html = client_for(role).get(page(pegawai, "arsip/")).content.decode()

    assert "dokumen wajib" in html
    assert "SK PNS" in html
    assert ("Kartu keluarga" in html) == (role is not Role.KEPALA_BADAN)
    assert ("Unggah<" in html) == (role in {*KEEPERS, Role.PEGAWAI})


@pytest.mark.parametrize("role", [Role.ATASAN])
def test_leader_of_the_unit_sees_no_files_of_others(role, client_for, pegawai, usulan):
    client = client_for(role)

    assert client.get(page(pegawai, "arsip/")).status_code == 403
    assert client.get(berkas_url("view", usulan)).status_code == 403
    assert client.get(berkas_url("detail", usulan)).status_code == 403
    assert "Arsip</a>" not in client.get(page(pegawai)).content.decode()


def test_service_says_how_many_papers_are_missing(client_for, pegawai):
    html = client_for(Role.PENGELOLA_OPD).get(page(pegawai, "arsip/")).content.decode()

    assert "Kenaikan gaji berkala" in html
    assert "Kurang 2 dokumen" in html
    assert "Penilaian kinerja dua tahun terakhir" in html


def test_clerk_completes_a_record_one_click_from_the_list(client_for, pegawai):
    client = client_for(Role.PENGELOLA_OPD)
    row = RiwayatPendidikan.objects.get(pegawai=pegawai)
    url = unggah(pegawai, jenis="ijazah", untuk=f"pendidikan-{row.pk}")
    assert (
        url.replace("&", "&amp;")
        in client.get(page(pegawai, "arsip/")).content.decode()
    )
    form = client.get(url)
    assert "Berkas ini membuktikan" in form.content.decode()
    assert form.context["title"] == "Lengkapi Ijazah"

    saved = client.post(
        unggah(pegawai),
        {
            "jenis": "ijazah",
            "untuk": f"pendidikan-{row.pk}",
            "berkas": [foto(), foto("gray")],
        },
    )

    assert saved.status_code == 302, saved.context["form"].errors
    row.refresh_from_db()
    assert row.berkas.halaman == 2
    assert "Ijazah tersimpan dalam arsip." in client.get(saved.url).content.decode()


def test_person_proposes_and_hears_of_the_decision(client_for, pegawai):
    own = client_for(Role.PEGAWAI)
    saved = own.post(unggah(pegawai), {"jenis": "ktp", "berkas": [foto()]})
    html = own.get(saved.url).content.decode()
    assert "menunggu diperiksa pengelola" in html
    assert "Menunggu persetujuan" in html
    berkas = BerkasArsip.objects.get()
    clerk = client_for(Role.PENGELOLA_OPD)
    assert berkas.get_absolute_url() in clerk.get("/").content.decode()
    assert (
        berkas.get_absolute_url()
        in clerk.get(reverse("simpeg:arsip-usulan")).content.decode()
    )
    assert "Terima ke arsip" in clerk.get(berkas.get_absolute_url()).content.decode()

    answer = clerk.post(
        berkas_url("decide", berkas), {"putusan": "tolak", "alasan": "Terpotong"}
    )

    assert answer.url == reverse("simpeg:arsip-usulan")
    assert "Terpotong" in own.get(page(pegawai, "arsip/")).content.decode()
    assert "KTP ditolak" in own.get("/").content.decode()


def test_refusal_without_a_reason_changes_nothing(client_for, usulan):
    answer = client_for(Role.PENGELOLA_OPD).post(
        berkas_url("decide", usulan), {"putusan": "tolak"}, follow=True
    )

    assert "Tulis alasan penolakannya" in answer.content.decode()
    usulan.refresh_from_db()
    assert usulan.status is KeadaanBerkas.DIUSULKAN


def test_person_does_not_decide_on_the_own_paper(client_for, usulan):
    client = client_for(Role.PEGAWAI)

    assert (
        "Terima ke arsip" not in client.get(berkas_url("view", usulan)).content.decode()
    )
    answer = client.post(berkas_url("decide", usulan), {"putusan": "terima"})
    assert answer.status_code == 403


def test_file_is_shown_in_the_page_under_strict_headers(client_for, ktp):
    client = client_for(Role.PENGELOLA_OPD)
    html = client.get(berkas_url("view", ktp)).content.decode()
    assert f'src="{berkas_url("detail", ktp)}#' in html

    shown = client.get(berkas_url("detail", ktp))

    assert b"".join(shown.streaming_content).startswith(b"%PDF-")
    assert shown["Content-Type"] == "application/pdf"
    assert shown["Content-Disposition"].startswith("inline")
    assert shown["X-Content-Type-Options"] == "nosniff"
    assert shown["Cache-Control"] == "private, no-store"
    assert "default-src 'none'" in shown["Content-Security-Policy"]
    assert "script-src" not in shown["Content-Security-Policy"]


def test_download_is_logged_apart(client_for, ktp):
    client = client_for(Role.PENGELOLA_OPD)

    fetched = client.get(berkas_url("detail", ktp) + "?unduh=1")

    assert b"".join(fetched.streaming_content)
    assert fetched["Content-Disposition"].startswith("attachment")
    assert Event.objects.filter(kind="berkas.unduh_tertutup").count() == 1


@pytest.mark.parametrize("name", ["view", "detail", "withdraw"])
def test_closed_file_does_not_exist_for_a_leader(name, client_for, ktp):
    client = client_for(Role.KEPALA_BADAN)

    assert client.get(berkas_url(name, ktp)).status_code in {403, 404}
    assert "foto" not in client.get(page(ktp.pegawai, "arsip/")).content.decode()
    assert "KTP" not in client.get(page(ktp.pegawai, "jejak/")).content.decode()
    url = unggah(ktp.pegawai, ganti=ktp.pk)
    assert client.get(url).status_code in {403, 404}


def test_file_of_another_person_is_not_reached_through_this_one(
    client_for, ktp, atasan
):
    url = reverse("simpeg:berkas-view", args=[atasan.pk, ktp.pk])

    assert client_for(Role.PENGELOLA_OPD).get(url).status_code == 404
    assert (
        client_for(Role.PENGELOLA_OPD).get(unggah(atasan, ganti=ktp.pk)).status_code
        == 404
    )


@pytest.mark.parametrize(
    "query",
    [
        {"ganti": "9" * 30},
        {"ganti": "x"},
        {"jenis": "ktp", "untuk": "pendidikan-" + "9" * 30},
        {"jenis": "x", "untuk": "-1"},
        {"untuk": "pangkat-²"},
    ],
)
def test_odd_addresses_break_nothing(query, client_for, pegawai):
    client = client_for(Role.PENGELOLA_OPD)

    assert client.get(unggah(pegawai, **query)).status_code in {200, 404}
    assert client.post(unggah(pegawai), {**query, "berkas": [foto()]}).status_code in {
        200,
        404,
    }
    assert not BerkasArsip.objects.exists()


def test_new_scan_is_filed_from_the_old_one(client_for, ktp):
    client = client_for(Role.PENGELOLA_OPD)
    url = unggah(ktp.pegawai, ganti=ktp.pk)
    assert "Ganti KTP" in client.get(url).content.decode()

    saved = client.post(
        url,
        {"jenis": "ktp", "ganti": ktp.pk, "alasan": "Buram", "berkas": [foto("gray")]},
    )

    assert saved.status_code == 302, saved.context["form"].errors
    ktp.refresh_from_db()
    assert ktp.status is KeadaanBerkas.DIGANTI
    html = client.get(saved.url).content.decode()
    assert "Berkas terdahulu" in html
    assert "Buram" in html


def test_withdrawn_file_stays_readable_with_its_reason(client_for, ktp):
    client = client_for(Role.PENGELOLA_OPD)

    saved = client.post(berkas_url("withdraw", ktp), {"alasan": "Milik orang lain"})

    html = client.get(saved.url).content.decode()
    assert "Milik orang lain" in html
    assert client.get(berkas_url("view", ktp)).status_code == 200


def test_loose_paper_is_linked_from_its_page(client_for, usulan):
    client = client_for(Role.PENGELOLA_OPD)
    client.post(berkas_url("decide", usulan), {"putusan": "terima"})
    row = RiwayatPendidikan.objects.get(pegawai=usulan.pegawai)
    assert (
        "Pasangkan ke catatan"
        in client.get(berkas_url("view", usulan)).content.decode()
    )

    client.post(berkas_url("attach", usulan), {"untuk": f"pendidikan-{row.pk}"})

    row.refresh_from_db()
    assert row.berkas == usulan
    assert "Membuktikan" in client.get(berkas_url("view", usulan)).content.decode()


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.KEPALA_BADAN])
def test_those_who_only_read_file_nothing(role, client_for, pegawai, usulan):
    client = client_for(role)

    assert client.get(unggah(pegawai)).status_code == 403
    assert client.post(berkas_url("decide", usulan), {}).status_code == 403
    assert client.post(berkas_url("attach", usulan), {}).status_code == 403
    assert client.get(berkas_url("withdraw", usulan)).status_code == 403


def test_proposals_of_another_unit_are_not_listed(client_for, kantor):
    file_berkas(
        pegawai=kantor.orang_luar,
        jenis="ktp",
        uploads=[foto()],
        by=kantor.orang_luar.user,
        per_tanggal=dt.date(2026, 11, 26),
    )

    html = client_for(Role.PENGELOLA_OPD).get(reverse("simpeg:arsip-usulan"))

    assert "Tidak ada usulan yang menunggu" in html.content.decode()


@pytest.mark.parametrize("how_many", [3, 30])
def test_archive_and_queue_cost_the_same_whatever_their_length(
    how_many, client_for, kantor, django_assert_max_num_queries
):
    client = client_for(Role.PENGELOLA_OPD)
    for n in range(how_many):
        BerkasArsipFactory(pegawai=kantor.pegawai, jenis="skp")
        BerkasArsipFactory(
            pegawai=PegawaiFactory(di=kantor.bidang), keadaan="diusulkan"
        )
        RiwayatPangkatFactory(
            pegawai=kantor.pegawai,
            tmt=dt.date(2011 + n // 12, n % 12 + 1, 1),
            berkas=BerkasArsipFactory(pegawai=kantor.pegawai),
            segarkan=False,
        )
    urls = [page(kantor.pegawai, "arsip/"), reverse("simpeg:arsip-usulan")]
    for url in urls:
        client.get(url)
        with django_assert_max_num_queries(MAX_QUERIES):
            assert client.get(url).status_code == 200


@pytest.mark.parametrize("role", [Role.ADMIN, Role.PRANATA_KOMPUTER, Role.VERIFIKATOR])
def test_damaged_files_are_shown_to_those_who_mend_them(role, client_for, pegawai):
    berkas = BerkasArsipFactory(
        pegawai=pegawai, hasil_periksa=HasilPeriksa.HILANG.value
    )
    client = client_for(make_user(role))

    html = client.get(reverse("simpeg:arsip-pemeriksaan")).content.decode()

    assert "Hilang" in html
    assert pegawai.nama not in html
    assert (berkas.get_absolute_url() in html) == (role is Role.VERIFIKATOR)
    assert "1 berkas rusak atau hilang" in client.get("/").content.decode()


def test_whole_archive_needs_no_panel(client_for, pegawai):
    BerkasArsipFactory(pegawai=pegawai, hasil_periksa=HasilPeriksa.UTUH.value)
    client = client_for(make_user(Role.ADMIN))

    assert "Keutuhan arsip" not in client.get("/").content.decode()


def test_missing_bytes_are_not_found(client_for, pegawai):
    berkas = BerkasArsipFactory(pegawai=pegawai, berkas=ContentFile(b"x", name="a"))
    berkas.berkas.storage.delete(berkas.berkas.name)

    answer = client_for(Role.PENGELOLA_OPD).get(berkas_url("detail", berkas))

    assert answer.status_code == 404
