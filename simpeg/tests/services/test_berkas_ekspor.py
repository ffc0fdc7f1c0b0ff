"""An export that a job made is given as long as its owner holds what it was made with."""

import datetime as dt

import pytest
from django.urls import reverse

from bkpsdmd.accounts.roles import Role
from bkpsdmd.documents.naskah import ekspor as naskah
from bkpsdmd.jobs.models import Job
from bkpsdmd.jobs.running import run_job
from simpeg.models import PemberianPeran
from simpeg.services import duk, ekspor, radar

pytestmark = pytest.mark.django_db
ASK = {
    "pegawai": lambda by, kantor: ekspor.request_export(query="", kolom=None, by=by),
    "radar": lambda by, kantor: radar.request_export(query="", by=by),
    "naskah": lambda by, kantor: naskah.request_export(query="", by=by),
    "duk": lambda by, kantor: duk.request_duk(
        unit=kantor.dinas, per_tanggal=dt.date(2026, 11, 1), bentuk="xlsx", by=by
    ),
}


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.mark.parametrize("kind", list(ASK))
def test_clerk_who_moved_does_not_get_the_list_of_the_old_unit(
    client_for, kantor, kind
):
    by = kantor.pengelola.user
    grant = PemberianPeran.objects.filter(user=by, peran=Role.PENGELOLA_OPD)
    job = ASK[kind](by, kantor)
    run_job(job.pk)
    job = Job.objects.get(pk=job.pk)
    assert (job.state, bool(job.file)) == ("selesai", True), job.error
    address = reverse("jobs:file", args=[job.pk])

    def fetch():
        answer = client_for(by).get(address)
        if answer.streaming:
            list(answer)
        return answer.status_code

    assert fetch() == 200
    # Another unit, no unit at all, the grant ended yesterday: not any more theirs.
    grant.update(unit_kerja=kantor.dinas_lain)
    assert fetch() == 403
    page = client_for(by).get(job.get_absolute_url()).content.decode()
    assert address not in page
    grant.update(unit_kerja=kantor.dinas, selesai=dt.date(2026, 1, 1))
    assert fetch() == 403
    # A further role takes nothing away.
    grant.update(selesai=None)
    PemberianPeran.objects.create(
        user=by, peran=Role.AUDITOR, mulai=dt.date(2026, 1, 1), unit_kerja=None
    )
    assert fetch() == 200
