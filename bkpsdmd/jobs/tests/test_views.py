import datetime as dt
import uuid

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from bkpsdmd.accounts.roles import Role
from bkpsdmd.audit.models import Event
from bkpsdmd.jobs.choices import JobState
from bkpsdmd.jobs.models import Job
from bkpsdmd.jobs.views import describe_remaining

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(make_user):
    return make_user("admin", Role.ADMIN)


@pytest.fixture
def stranger(make_user):
    return make_user("budi", Role.PENGELOLA_OPD)


@pytest.fixture
def login(client):
    def as_user(user):
        client.force_login(user)
        return client

    return as_user


def make_job(owner=None, **fields):
    return Job.objects.create(
        **{"kind": "uji.salin", "label": "Impor SIASN", "owner": owner, **fields}
    )


def make_running(owner, **fields):
    now = timezone.now()
    return make_job(
        owner,
        state=JobState.BERJALAN,
        claim=uuid.uuid4(),
        attempts=1,
        started_at=now - dt.timedelta(seconds=60),
        heartbeat_at=now,
        **fields,
    )


def make_finished(owner, **fields):
    job = make_job(
        owner,
        state=JobState.SELESAI,
        attempts=1,
        started_at=timezone.now(),
        finished_at=timezone.now(),
        file_name="DUK 2026.txt",
        content_type="text/plain",
        **fields,
    )
    job.file.save("x", ContentFile(b"isi berkas"))
    return job


class TestList:
    def test_shows_my_jobs_and_nobody_elses(self, login, siti, stranger):
        mine = make_job(siti, label="Impor saya")
        make_job(stranger, label="Impor orang lain")
        make_job(None, label="Laporan terjadwal")

        page = login(siti).get(reverse("jobs:list"))

        assert mine.get_absolute_url() in page.text
        assert "Impor orang lain" not in page.text
        assert "Laporan terjadwal" not in page.text

    def test_keepers_of_the_portal_see_all_with_their_owners(self, login, admin, siti):
        make_job(siti, label="Impor saya")
        make_job(None, label="Laporan terjadwal")

        page = login(admin).get(reverse("jobs:list"))

        assert "Impor saya" in page.text
        assert "Laporan terjadwal" in page.text
        assert "Diminta oleh" in page.text

    def test_running_job_tells_how_far_it_is(self, login, siti):
        make_running(siti, done=1, total=4)
        make_running(siti, label="Belum diketahui")

        page = login(siti).get(reverse("jobs:list"))

        assert "Berjalan, 25 %" in page.text
        assert page.text.count("Berjalan") == 2

    def test_says_what_to_expect_while_there_is_nothing(self, login, siti):
        assert "Belum ada pekerjaan" in login(siti).get(reverse("jobs:list")).text

    def test_costs_the_same_for_many_rows(
        self, login, siti, admin, django_assert_max_num_queries
    ):
        client = login(admin)
        for number in range(30):
            make_job(siti, label=f"Pekerjaan {number}")
        client.get("/bantuan/")  # a session's first page also writes when it was opened
        with django_assert_max_num_queries(8):
            client.get(reverse("jobs:list"))


class TestDetail:
    def test_shows_progress_and_the_time_left(self, login, siti):
        job = make_running(siti, done=3000, total=6000, message="Memeriksa baris")

        page = login(siti).get(job.get_absolute_url())

        assert "<h1>Impor SIASN</h1>" in page.text
        assert "3.000 dari 6.000" in page.text
        assert "Memeriksa baris" in page.text
        assert "Sekitar 1 menit lagi" in page.text
        assert f'hx-get="{job.get_absolute_url()}"' in page.text
        # With scripts off the page loads itself anew, or by a link.
        head, _, body = page.text.partition("</head>")
        assert '<noscript><meta http-equiv="refresh"' in head
        assert "Muat ulang" in body

    def test_htmx_gets_the_changing_part_alone(self, login, siti):
        job = make_running(siti)

        part = login(siti).get(job.get_absolute_url(), headers={"HX-Request": "true"})

        assert part.text.lstrip().startswith('<div id="pekerjaan" hx-get=')
        assert "<html" not in part.text

    @pytest.mark.parametrize(
        ("state", "expected"),
        [
            (JobState.SELESAI, "Selesai"),
            (JobState.GAGAL, "Berkas tidak terbaca."),
            (JobState.DIBATALKAN, "Pekerjaan ini dibatalkan"),
        ],
    )
    def test_asking_again_ends_with_the_job(self, login, siti, state, expected):
        job = make_job(siti, state=state, error="Berkas tidak terbaca.")

        page = login(siti).get(job.get_absolute_url())

        assert expected in page.text
        assert "hx-trigger" not in page.text
        assert "http-equiv" not in page.text
        assert "Batalkan" not in page.text

    def test_result_page_and_file_are_offered(self, login, siti):
        job = make_finished(siti, result_url="/pekerjaan/?hasil=1")

        page = login(siti).get(job.get_absolute_url())

        assert 'href="/pekerjaan/?hasil=1"' in page.text
        assert reverse("jobs:file", args=[job.pk]) in page.text

    def test_somebody_elses_job_is_not_found(self, login, siti, stranger):
        job = make_running(siti)

        client = login(stranger)

        assert client.get(job.get_absolute_url()).status_code == 404
        assert client.post(reverse("jobs:cancel", args=[job.pk])).status_code == 404
        assert client.get(reverse("jobs:file", args=[job.pk])).status_code == 404
        job.refresh_from_db()
        assert job.state == JobState.BERJALAN

    def test_nobody_is_sent_to_the_log_in(self, client, siti):
        job = make_running(siti)

        answer = client.get(job.get_absolute_url())

        assert answer.status_code == 302
        assert reverse("account_login") in answer["Location"]


class TestCancel:
    def test_owner_stops_the_job(self, login, siti):
        job = make_running(siti)

        page = login(siti).post(reverse("jobs:cancel", args=[job.pk]), follow=True)

        assert "Pekerjaan dibatalkan." in page.text
        job.refresh_from_db()
        assert job.state == JobState.DIBATALKAN

    def test_job_that_ended_meanwhile_says_so(self, login, siti):
        job = make_job(siti, state=JobState.SELESAI)

        page = login(siti).post(reverse("jobs:cancel", args=[job.pk]), follow=True)

        assert "sudah berakhir" in page.text
        job.refresh_from_db()
        assert job.state == JobState.SELESAI

    def test_a_link_cannot_cancel(self, login, siti):
        job = make_running(siti)

        assert login(siti).get(reverse("jobs:cancel", args=[job.pk])).status_code == 405


class TestFile:
    def test_owner_gets_it_as_an_attachment_and_that_is_logged(self, login, siti):
        job = make_finished(siti)

        answer = login(siti).get(reverse("jobs:file", args=[job.pk]))

        assert b"".join(answer.streaming_content) == b"isi berkas"
        assert answer["Content-Disposition"] == 'attachment; filename="DUK 2026.txt"'
        assert answer["Content-Type"] == "text/plain"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "no-store" in answer["Cache-Control"]
        event = Event.objects.get(kind="pekerjaan.unduh")
        assert (event.actor, event.object_id) == (siti, str(job.pk))

    def test_seeing_all_jobs_is_not_having_all_files(self, login, siti, admin):
        job = make_finished(siti)
        client = login(admin)

        assert client.get(reverse("jobs:file", args=[job.pk])).status_code == 403
        assert "Unduh" not in client.get(job.get_absolute_url()).text
        assert not Event.objects.filter(kind="pekerjaan.unduh").exists()

    def test_file_of_a_scheduled_job_is_for_the_keepers(self, login, admin):
        job = make_finished(None)

        answer = login(admin).get(reverse("jobs:file", args=[job.pk]))

        assert b"".join(answer.streaming_content) == b"isi berkas"

    def test_who_lost_the_permission_lost_the_file(self, login, siti):
        job = make_finished(siti, kind="uji.izin")

        assert login(siti).get(reverse("jobs:file", args=[job.pk])).status_code == 403

    def test_deleted_file_leads_back_with_a_word(self, login, siti):
        job = make_finished(siti)
        job.file.storage.delete(job.file.name)

        page = login(siti).get(reverse("jobs:file", args=[job.pk]), follow=True)

        assert "Berkas ini sudah dihapus" in page.text


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (4, "beberapa detik lagi"),
        (31, "sekitar 40 detik lagi"),
        (59, "sekitar 1 menit lagi"),
        (62, "sekitar 1 menit lagi"),
        (95, "sekitar 2 menit lagi"),
        (3 * 3600 - 5, "sekitar 3 jam lagi"),
    ],
)
def test_time_left_is_told_in_round_words(seconds, words):
    assert describe_remaining(dt.timedelta(seconds=seconds)) == words


@pytest.mark.parametrize(
    ("done", "seconds", "is_told"),
    [(1, 3, False), (5, 3, False), (6, 3, True), (1, 19, False), (1, 20, True)],
)
def test_time_left_is_not_guessed_from_the_first_rows(done, seconds, is_told):
    now = timezone.now()
    started = now - dt.timedelta(seconds=seconds)
    job = Job(state=JobState.BERJALAN, started_at=started, done=done, total=300)

    assert (job.remaining(now) is not None) == is_told


def test_time_left_is_not_guessed_without_progress():
    now = timezone.now()
    job = Job(state=JobState.BERJALAN, started_at=now - dt.timedelta(seconds=60))

    assert job.remaining(now) is None
    assert describe_remaining(None) == ""
