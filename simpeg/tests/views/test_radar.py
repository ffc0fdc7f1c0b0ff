"""The list of findings: whose, filtered, exported, each one tap from its row."""

import datetime as dt
import io

import openpyxl
import pytest
from django.urls import reverse

from bkpsdmd.accounts.roles import Role
from bkpsdmd.audit.models import Event
from bkpsdmd.jobs.models import Job
from bkpsdmd.jobs.running import JobRun
from simpeg.models import TemuanData
from simpeg.rules.radar import KodeRadar
from simpeg.tasks import run_ekspor_radar
from simpeg.tests.factories import PegawaiFactory, RiwayatPangkatFactory
from simpeg.tests.views.test_pegawai import MAX_QUERIES, page

pytestmark = pytest.mark.django_db
URL = "/simpeg/radar/"
LOMPAT = {"golongan_id": "III/c", "tmt": dt.date(2014, 4, 1)}


def jump(unit, banyak=1, **kwargs):
    people = PegawaiFactory.create_batch(banyak, di=unit, **kwargs)
    for one in people:
        RiwayatPangkatFactory(pegawai=one, **LOMPAT)
    return people


def test_finding_leads_to_the_row_that_mends_it(client_for, kantor):
    (orang,) = jump(kantor.bidang)
    row = orang.riwayatpangkat_set.get(golongan="III/c")
    client = client_for(Role.PENGELOLA_OPD)

    html = client.get(URL, {"kode": KodeRadar.GOLONGAN_LOMPAT}).content.decode()

    assert orang.nama in html
    assert "Golongan naik 2 tingkat sekaligus" in html
    assert page(orang, f"pangkat/#pangkat-{row.pk}") in html
    own = client.get(page(orang)).content.decode()
    assert "Golongan naik 2 tingkat sekaligus" in own
    assert "Radar data" in own


def test_people_out_of_scope_are_not_listed(client_for, kantor):
    (inside,) = jump(kantor.bidang)
    (outside,) = jump(kantor.dinas_lain)

    html = client_for(Role.PENGELOLA_OPD).get(URL).content.decode()
    every = client_for(Role.VERIFIKATOR).get(URL).content.decode()

    assert inside.nama in html
    assert outside.nama not in html
    assert outside.nama in every


@pytest.mark.parametrize("role", [Role.PEGAWAI, Role.ATASAN, Role.ADMIN])
def test_others_do_not_see_the_list(role, client_for, kantor):
    client = client_for(role)

    assert client.get(URL).status_code == 403
    assert client.post(reverse("simpeg:radar-export")).status_code == 403


def test_filters_narrow_the_list(client_for, kantor):
    (first,) = jump(kantor.bidang)
    (second,) = jump(kantor.dinas_lain)
    client = client_for(Role.VERIFIKATOR)

    def names(**query):
        rows = client.get(URL, query).context["daftar"].rows
        return {row.pegawai_id for row in rows}

    assert names(opd=kantor.dinas.pk) >= {first.pk}
    assert second.pk not in names(opd=kantor.dinas.pk)
    assert names(unit=kantor.bidang.pk, kode=KodeRadar.GOLONGAN_LOMPAT) == {first.pk}
    assert names(kode=KodeRadar.GOLONGAN_TURUN) == set()
    assert names(tingkat="salah") == set()
    assert names(q=first.nama.lower(), kode=KodeRadar.GOLONGAN_LOMPAT) == {first.pk}
    answer = client.get(URL, {"kode": "bukan"})
    assert answer.status_code == 200
    assert list(answer.context["daftar"].rows) == []


@pytest.mark.parametrize("banyak", [3, 30])
def test_list_costs_the_same_whatever_its_length(
    banyak, client_for, kantor, django_assert_max_num_queries
):
    jump(kantor.bidang, banyak)
    client = client_for(Role.PENGELOLA_OPD)
    client.get(URL)

    with django_assert_max_num_queries(MAX_QUERIES):
        client.get(URL)


def test_export_follows_filter_and_scope_and_is_logged(client_for, kantor):
    (inside,) = jump(kantor.bidang)
    (outside,) = jump(kantor.dinas_lain)

    answer = client_for(Role.PENGELOLA_OPD).post(
        f"{reverse('simpeg:radar-export')}?kode={KodeRadar.GOLONGAN_LOMPAT}"
    )

    sheet = openpyxl.load_workbook(io.BytesIO(answer.getvalue()))["Radar"]
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert [row[0] for row in rows] == [inside.nip]
    assert rows[0][4] == KodeRadar.GOLONGAN_LOMPAT.arti
    assert outside.nip not in str(rows)
    assert Event.objects.filter(kind="radar.ekspor").count() == 1


def test_closed_kind_is_not_linked_for_those_who_may_not_see_it(client_for, kantor):
    orang = kantor.pegawai
    TemuanData.objects.create(
        pegawai=orang,
        kode=KodeRadar.PENSIUN_LEWAT.value,
        tingkat="salah",
        pesan="Seharusnya pensiun.",
        jenis="pemberhentian",
        nama_urut=orang.nama.upper(),
    )
    tab = page(orang, "pemberhentian/")

    assert tab in client_for(Role.VERIFIKATOR).get(URL).content.decode()
    leader = client_for(Role.KEPALA_BADAN)
    assert tab not in leader.get(URL).content.decode()
    assert tab not in leader.get(page(orang)).content.decode()


def test_nothing_found_says_so(client_for, kantor):
    TemuanData.objects.all().delete()

    html = client_for(Role.VERIFIKATOR).get(URL).content.decode()

    assert "Tidak ada temuan" in html


def test_long_export_is_a_job_with_the_scope_of_its_owner(kantor):
    (inside,) = jump(kantor.bidang)
    jump(kantor.dinas_lain)
    job = Job.objects.create(
        kind="simpeg.ekspor_radar",
        label="Ekspor",
        owner=kantor.pengelola.user,
        params={"query": f"kode={KodeRadar.GOLONGAN_LOMPAT}"},
    )
    run, files = JobRun(job, job.pk), []
    run.save_file = lambda *file: files.append(file)  # type: ignore[method-assign]

    run_ekspor_radar(run)

    sheet = openpyxl.load_workbook(io.BytesIO(files[0][1])).active
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == [inside.nip]
