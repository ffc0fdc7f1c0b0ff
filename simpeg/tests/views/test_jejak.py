"""The log for auditors: who reads it, how it is searched, and what leaves the portal."""

import datetime as dt
import io

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from bkpsdmd.accounts.roles import Role
from bkpsdmd.audit import sealing
from bkpsdmd.audit import services as audit
from bkpsdmd.audit.models import Event, Segel
from bkpsdmd.audit.tasks import run_ekspor_jejak, run_periksa_segel
from bkpsdmd.jobs.models import Job
from bkpsdmd.jobs.running import JobRun
from simpeg.tests.actors import make_user

LIST = "/jejak/"
SEGEL = "/jejak/segel/"


@pytest.fixture
def events(kantor):
    """Three events about Siti, one closed to most, and one about somebody elsewhere."""
    siti, udin, by = kantor.pegawai, kantor.orang_luar, kantor.pengelola.user
    return {
        "ubah": audit.record(
            "pegawai.ubah",
            siti,
            by=by,
            subject=siti,
            changes={"gelar_depan": ("", "dr."), "nik": ("1", "2")},
            reason="ijazah baru",
            batch="b-1",
        ),
        "disiplin": audit.record("disiplin.tambah", siti, by=by, subject=siti),
        "sistem": audit.record("pegawai.ubah", siti, by=None, subject=siti),
        "lain": audit.record("pegawai.ubah", udin, by=by, subject=udin),
    }


def shown(client, query=""):
    """Return the numbers of the events on the first page."""
    answer = client.get(LIST + query)
    assert answer.status_code == 200
    return {event.pk for event in answer.context["daftar"].rows}


def test_auditor_reads_everything_with_who_what_and_why(client_for, events):
    html = client_for(Role.AUDITOR).get(LIST).content.decode()
    assert "ijazah baru" in html
    assert "gelar depan:" in html.lower()
    assert "Siti Pegawai" in html
    assert "(disembunyikan)" in html


def test_admin_does_not_see_what_is_closed(client_for, events):
    client = client_for(Role.ADMIN)
    numbers = shown(client)
    assert events["ubah"].pk in numbers
    assert events["disiplin"].pk not in numbers
    page = reverse("audit:jejak-detail", args=[events["disiplin"].pk])
    assert client.get(page).status_code == 404


def test_auditor_of_one_unit_sees_its_people_only(client_for, kantor, events):
    user = make_user(Role.AUDITOR, kantor.dinas)
    client = client_for(user)
    numbers = shown(client)
    assert events["ubah"].pk in numbers
    assert events["lain"].pk not in numbers
    assert client.get(events["lain"].get_absolute_url()).status_code == 404


@pytest.mark.parametrize(
    "role", [Role.PEGAWAI, Role.PENGELOLA_OPD, Role.VERIFIKATOR, Role.KEPALA_BADAN]
)
@pytest.mark.parametrize("url", [LIST, SEGEL])
def test_log_is_closed_to_others(client_for, role, url):
    assert client_for(role).get(url).status_code == 403


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?orang=siti", {"ubah", "disiplin", "sistem"}),
        ("?orang=tidak-ada", set()),
        ("?pelaku=sistem&orang=siti", {"sistem"}),
        ("?pelaku=rina", {"ubah", "disiplin", "lain"}),
        ("?kejadian=disiplin.tambah", {"disiplin"}),
        ("?rombongan=b-1", {"ubah"}),
        ("?sampai=2020-01-01", set()),
    ],
)
def test_filters(client_for, events, query, found):
    numbers = shown(client_for(Role.AUDITOR), query)
    assert {name for name, event in events.items() if event.pk in numbers} == found


def test_period_is_in_days_of_the_office(client_for, events):
    today = timezone.localdate()
    client = client_for(Role.AUDITOR)
    assert events["ubah"].pk in shown(client, f"?dari={today}&sampai={today}")
    assert not shown(client, f"?dari={today + dt.timedelta(days=1)}")


def test_links_lead_to_the_same_object_person_and_batch(client_for, kantor, events):
    client = client_for(Role.AUDITOR)
    html = client.get(events["ubah"].get_absolute_url()).content.decode()
    link = f"?subjek=simpeg.pegawai:{kantor.pegawai.pk}"
    assert link in html
    assert "?rombongan=b-1" in html
    assert "Semua kejadian tentang Siti Pegawai" in html
    numbers = shown(client, link)
    assert events["sistem"].pk in numbers
    assert events["lain"].pk not in numbers


def test_a_link_s_filter_stays_while_others_are_set(client_for, events):
    answer = client_for(Role.AUDITOR).get(f"{LIST}?rombongan=b-1")
    html = answer.content.decode()
    assert '<input type="hidden" name="rombongan" value="b-1">' in html
    assert "Rombongan: b-1" in html


def test_page_costs_the_same_for_few_and_many(
    client_for, kantor, django_assert_max_num_queries, events
):
    client = client_for(Role.AUDITOR)
    client.get(LIST)
    with django_assert_max_num_queries(12) as few:
        client.get(LIST)
    for _ in range(27):
        audit.record(
            "pegawai.ubah", kantor.atasan, by=kantor.atasan.user, subject=kantor.atasan
        )
    with django_assert_max_num_queries(12) as many:
        client.get(f"{LIST}?ukuran=50")
    assert len(few) == len(many)


def test_export_holds_what_is_filtered_and_is_logged(client_for, events):
    client = client_for(Role.AUDITOR)
    answer = client.post("/jejak/ekspor/?kejadian=disiplin.tambah")
    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    assert sheet.max_row == 2
    assert sheet["A2"].value == str(events["disiplin"].pk)
    assert Event.objects.filter(kind="audit.ekspor").count() == 1


def test_long_export_is_a_job_with_the_rights_of_its_owner(kantor, events):
    job = Job.objects.create(
        kind="audit.ekspor_jejak",
        label="Ekspor",
        owner=make_user(Role.ADMIN),
        params={"query": "orang=siti"},
    )
    run = JobRun(job, job.pk)
    files = []
    run.save_file = lambda *file: files.append(file)
    run_ekspor_jejak(run)
    sheet = load_workbook(io.BytesIO(files[0][1])).active
    numbers = {row[0].value for row in sheet.iter_rows(min_row=2)}
    assert str(events["ubah"].pk) in numbers
    assert str(events["disiplin"].pk) not in numbers


def test_seals_page_checks_as_a_job_and_warns(client_for, events):
    client = client_for(Role.PRANATA_KOMPUTER)
    assert client.post("/jejak/segel/periksa/").url == SEGEL
    sealing.seal_days(now=timezone.now() + dt.timedelta(days=2))
    Segel.objects.update(sidik="0" * 64)

    answer = client.post("/jejak/segel/periksa/")
    job = Job.objects.get(kind="audit.periksa_segel")
    assert answer.url == f"/pekerjaan/{job.pk}/"
    run = JobRun(job, job.pk)
    run.progress = lambda *step: None
    run_periksa_segel(run)

    assert run.result["rusak"] == run.result["jumlah"] >= 1
    html = client.get(SEGEL).content.decode()
    assert "tidak cocok dengan segelnya" in html
    assert "Jejak audit" in client.get("/").content.decode()


def test_seals_can_be_kept_outside(client_for, events):
    sealing.seal_days(now=timezone.now() + dt.timedelta(days=2))
    answer = client_for(Role.AUDITOR).post("/jejak/segel/ekspor/")
    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    assert sheet["E2"].value == Segel.objects.order_by("-tanggal").first().sidik
    assert Event.objects.filter(kind="audit.ekspor_segel").exists()
