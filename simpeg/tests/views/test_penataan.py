"""The pages of acts on the organisation: who may, steps by form, decision, files."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bkpsdmd.accounts.roles import Role
from bkpsdmd.audit.models import Event
from bkpsdmd.jobs.models import Job
from simpeg.choices import StatusPenataan
from simpeg.models import PenataanUnit, UnitKerja
from simpeg.services import penataan_terap
from simpeg.tests.actors import make_user
from simpeg.tests.factories import PegawaiFactory, UnitKerjaFactory
from simpeg.tests.services.test_penataan import DATA, draft, gabung

URL = "/simpeg/penataan/"


@pytest.fixture
def sekretaris(kantor):
    return make_user(Role.SEKRETARIS)


def log_in(user):
    client = Client()
    client.force_login(user)
    return client


def post_langkah(client, act, jenis, query="", **data):
    return client.post(f"{URL}{act.pk}/langkah/{jenis}/tambah/{query}", data)


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.PEGAWAI, 403),
        (Role.PENGELOLA_OPD, 403),
        (Role.ATASAN, 403),
        (Role.VERIFIKATOR, 200),
        (Role.KEPALA_BIDANG, 200),
        (Role.AUDITOR, 200),
    ],
)
def test_who_sees_the_list(client_for, role, status):
    assert client_for(role).get(URL).status_code == status


def test_a_part_of_the_office_is_too_little(kantor):
    user = make_user(Role.VERIFIKATOR, unit_kerja=kantor.dinas)
    assert log_in(user).get(URL).status_code == 403


def test_from_draft_to_application_by_the_pages(
    kantor, verifikator, sekretaris, django_capture_on_commit_callbacks
):
    tujuan = UnitKerjaFactory(nama="Bidang Tujuan", induk=kantor.dinas_lain)
    clerk, boss = log_in(verifikator), log_in(sekretaris)
    data = {name: str(value) for name, value in DATA.items()}
    answer = clerk.post(f"{URL}susun/", data)
    act = PenataanUnit.objects.get()
    assert answer.url == act.get_absolute_url()

    answer = post_langkah(
        clerk, act, "gabung", asal_1="Bidang Contoh", nama="Bidang Gabungan",
        jabatan="Kepala Bidang Gabungan", eselon="III.b", asal_2="", asal_3="",
        asal_4="", asal_5="", asal_6="", tujuan="",
    )  # fmt: skip
    assert answer.status_code == 302, answer.context["form"].errors
    html = clerk.get(act.get_absolute_url()).content.decode()
    assert "Ahmad Atasan masih bekerja di sana" in html
    assert "Ajukan</button>" not in html

    answer = post_langkah(clerk, act, "pindah_orang", asal="Bidang Contoh")
    assert answer.url.endswith(f"?asal={kantor.bidang.kode}")
    form = clerk.get(answer.url).context["form"]
    assert len(form.fields["orang"].choices) == 2
    answer = post_langkah(
        clerk, act, "pindah_orang", f"?asal={kantor.bidang.kode}",
        siapa="pilih", orang=[kantor.atasan.pk], tujuan="Bidang Gabungan",
        pimpinan="on", jabatan="",
    )  # fmt: skip
    assert answer.status_code == 302, answer.context["form"].errors
    answer = post_langkah(
        clerk, act, "pindah_induk", unit=tujuan.nama, induk=kantor.dinas.nama
    )
    assert answer.status_code == 302
    act.refresh_from_db()

    clerk.post(f"{URL}{act.pk}/ajukan/", {"versi": act.versi})
    act.refresh_from_db()
    assert act.status == StatusPenataan.DIAJUKAN
    html = clerk.get(act.get_absolute_url()).content.decode()
    assert "Setujui" not in html
    clerk.post(f"{URL}{act.pk}/setujui/", {"versi": act.versi})
    act.refresh_from_db()
    assert act.status == StatusPenataan.DIAJUKAN

    with django_capture_on_commit_callbacks():
        answer = boss.post(f"{URL}{act.pk}/setujui/", {"versi": act.versi})
    job = Job.objects.get(kind="simpeg.terapkan_penataan")
    assert str(job.pk) in answer.url
    assert job.params == {"penataan": act.pk}
    penataan_terap.apply_penataan(
        penataan_id=act.pk, per_tanggal=timezone.localdate(), now=timezone.now()
    )
    Job.objects.all().update(state="selesai")
    answer = boss.get(act.get_absolute_url())
    assert "Diterapkan" in answer.content.decode()
    assert answer.context["jumlah_orang"] == 2
    assert UnitKerja.objects.get(nama="Bidang Tujuan").opd == kantor.dinas
    rows = boss.get(f"{URL}{act.pk}/pegawai/").context["daftar"].rows
    assert {row.unit_lama for row in rows} == {"Bidang Contoh"}
    html = boss.get(f"/simpeg/pegawai/{kantor.pegawai.pk}/").content.decode()
    assert "Bidang Gabungan" in html
    assert "Bidang Contoh" in html


@pytest.mark.parametrize(
    ("jenis", "data", "kolom"),
    [
        ("ganti_nama", {"unit": "Tak Ada", "nama": "X"}, "unit"),
        ("ganti_nama", {"unit": "Bidang Contoh", "nama": "Bidang Contoh"}, None),
        ("pindah_induk", {"unit": "Bidang Contoh", "induk": "Bidang Contoh"}, None),
        ("tutup", {"unit": ""}, "unit"),
        ("pecah", {"unit": "Bidang Contoh", "pecahan": "A\nA"}, "pecahan"),
        ("pecah", {"unit": "Bidang Contoh", "pecahan": " \n "}, "pecahan"),
        ("gabung", {"asal_1": "Bidang Contoh"}, None),
        ("unit_baru", {"nama": "X", "induk": "Contoh"}, "induk"),
    ],
)
def test_bad_input_is_told_and_changes_nothing(kantor, verifikator, jenis, data, kolom):
    act = draft(verifikator)
    answer = post_langkah(log_in(verifikator), act, jenis, **data)
    assert answer.status_code == 200
    errors = answer.context["form"].errors
    assert (kolom or "__all__") in errors
    assert act.langkah_set.count() == 0


def test_a_split_by_the_form(kantor, verifikator):
    act = draft(verifikator)
    answer = post_langkah(
        log_in(verifikator), act, "pecah", unit="Bidang Contoh", tutup="on",
        pecahan="Bidang A\nBidang B\n", eselon="III.b",
    )  # fmt: skip
    assert answer.status_code == 302
    isi = act.langkah_set.get().isi
    assert [one["jabatan"] for one in isi["pecahan"]] == [
        "Kepala Bidang A",
        "Kepala Bidang B",
    ]
    assert len({one["kode"] for one in isi["pecahan"]}) == 2


def test_units_of_the_plan_are_suggested(kantor, verifikator):
    act = draft(verifikator, *gabung(kantor, kantor.dinas_lain)[:1])
    html = log_in(verifikator).get(f"{URL}{act.pk}/pilihan/?unit=gabungan")
    assert "Bidang Gabungan" in html.content.decode()


def test_a_step_is_removed(kantor, verifikator):
    act = draft(verifikator, *gabung(kantor, kantor.dinas_lain))
    langkah = act.langkah_set.last()
    log_in(verifikator).post(f"{URL}{act.pk}/langkah/{langkah.pk}/hapus/")
    assert act.langkah_set.count() == 2


def test_the_lampiran_is_given_and_logged(kantor, verifikator, client_for):
    act = draft(verifikator, *gabung(kantor, kantor.dinas_lain))
    client = client_for(Role.AUDITOR)
    xlsx = client.post(f"{URL}{act.pk}/lampiran/excel/")
    assert b"".join(xlsx.streaming_content)[:2] == b"PK"
    pdf = client.post(f"{URL}{act.pk}/lampiran/pdf/")
    assert pdf.content[:5] == b"%PDF-"
    assert Event.objects.filter(kind="penataan.lampiran").count() == 2


def test_the_page_costs_the_same_for_many_people(kantor, verifikator):
    act = draft(verifikator, *gabung(kantor, kantor.dinas_lain))
    client = log_in(verifikator)

    def cost():
        with CaptureQueriesContext(connection) as queries:
            client.get(act.get_absolute_url())
        return len(queries)

    cost()  # what every process reads once
    few = cost()
    PegawaiFactory.create_batch(30, di=kantor.bidang)
    assert cost() == few < 25


def test_giving_up_a_draft_needs_a_reason(kantor, verifikator):
    act = draft(verifikator)
    client = log_in(verifikator)
    assert client.post(f"{URL}{act.pk}/batal/", {"alasan": ""}).status_code == 200
    client.post(f"{URL}{act.pk}/batal/", {"alasan": "Keliru"})
    act.refresh_from_db()
    assert (act.status, act.alasan_batal) == (StatusPenataan.DIBATALKAN, "Keliru")


def test_beranda_asks_those_who_decide(kantor, verifikator, sekretaris):
    from simpeg.services.penataan import submit_penataan

    act = draft(verifikator, *gabung(kantor, kantor.dinas_lain))
    submit_penataan(penataan=act, versi=act.versi, by=verifikator, now=timezone.now())
    assert DATA["tentang"] in log_in(sekretaris).get("/").content.decode()
    assert DATA["tentang"] not in log_in(verifikator).get("/").content.decode()


@pytest.mark.parametrize("tanggal", ["2026-13-45", "kemarin", "1850-01-01"])
def test_the_tree_page_takes_any_date(client_for, tanggal):
    answer = client_for(Role.KEPALA_BADAN).get("/simpeg/unit/", {"tanggal": tanggal})
    assert answer.status_code == 200


def test_the_record_shows_the_name_of_its_time(kantor, client_for):
    from simpeg.services.unit_kerja import rename_unit

    row = kantor.pegawai.riwayatjabatan_set.get()
    rename_unit(
        unit=kantor.bidang,
        nama="Bidang Berganti",
        mulai=row.tmt + dt.timedelta(days=400),
        dasar="Perbup",
        by=None,
        per_tanggal=timezone.localdate(),
    )
    client = client_for(Role.KEPALA_BADAN)
    html = client.get(f"/simpeg/pegawai/{kantor.pegawai.pk}/jabatan/").content.decode()
    assert "Bidang Contoh" in html
    assert "kini Bidang Berganti" in html
