"""Pages of data quality: the card, the units, the people to be asked."""

import datetime as dt
import io

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from bkpsdmd.accounts.roles import Role
from bkpsdmd.audit.models import Event
from simpeg.models import MutuPegawai, PotretMutu
from simpeg.services.mutu import take_potret
from simpeg.services.pegawai import update_pegawai
from simpeg.tests.factories import PegawaiFactory
from simpeg.tests.views.test_pegawai import MAX_QUERIES, page

pytestmark = pytest.mark.django_db
MUTU, ORANG = reverse("simpeg:mutu"), reverse("simpeg:mutu-orang")
EKSPOR = reverse("simpeg:mutu-ekspor")
READERS = [
    Role.PENGELOLA_OPD,
    Role.VERIFIKATOR,
    Role.KEPALA_BADAN,
    Role.AUDITOR,
    Role.ATASAN,
]


@pytest.fixture
def berhp(kantor):
    update_pegawai(
        pegawai=kantor.pegawai,
        versi=1,
        data={"nomor_hp": "081234567890"},
        by=kantor.pengelola.user,
        per_tanggal=timezone.localdate(),
    )
    return kantor.pegawai


def test_card_shows_the_next_step_first_and_leads_to_its_form(client_for, pegawai):
    html = client_for(Role.PENGELOLA_OPD).get(page(pegawai)).content.decode()

    assert "Langkah berikutnya" in html
    assert page(pegawai, "ubah/") + "#id_" in html
    assert "Tempat lahir belum terisi." in html
    assert reverse("simpeg:pegawai-pengangkatan", args=[pegawai.pk]) in html
    assert "jenis=ktp" in html


def test_person_sees_the_card_and_may_propose_papers_alone(client_for, pegawai):
    html = client_for(Role.PEGAWAI).get(page(pegawai)).content.decode()

    assert "Tempat lahir belum terisi." in html
    assert "Usulkan berkas" in html
    assert page(pegawai, "ubah/") not in html


def test_leader_sees_the_score_and_not_what_is_closed(client_for, pegawai):
    html = client_for(Role.KEPALA_BADAN).get(page(pegawai)).content.decode()

    assert "Mutu data" in html
    assert "NIK kosong" not in html
    assert "Langkah berikutnya" not in html


def test_every_link_of_the_card_opens(client_for, pegawai):
    client = client_for(Role.PENGELOLA_OPD)
    card = client.get(page(pegawai)).context["mutu"]

    assert len(card.perbaikan) > 5
    for satu in card.perbaikan:
        path = satu.url.partition("#")[0]
        answer = client.get(path)
        assert answer.status_code == 200, path
        anchor = satu.url.partition("#")[2]
        if anchor:
            assert f'id="{anchor}"' in answer.content.decode() or satu.is_periksa


def test_officer_says_the_record_was_gone_through(client_for, pegawai):
    client = client_for(Role.PENGELOLA_OPD)

    answer = client.post(reverse("simpeg:pegawai-check", args=[pegawai.pk]))

    assert "diperiksa hari ini" in client.get(answer.url).content.decode()
    pegawai.refresh_from_db()
    assert pegawai.diperiksa_oleh is not None


@pytest.mark.parametrize("name", ["check", "pengangkatan"])
@pytest.mark.parametrize("role", [Role.AUDITOR, Role.KEPALA_BADAN, Role.PEGAWAI])
def test_those_who_only_read_change_nothing(name, role, client_for, pegawai):
    client = client_for(role)
    url = reverse(f"simpeg:pegawai-{name}", args=[pegawai.pk])

    assert client.post(url, {"alasan": "x", "versi": 1}).status_code == 403


def test_appointment_is_completed_from_its_form(client_for, pegawai):
    client = client_for(Role.PENGELOLA_OPD)
    url = reverse("simpeg:pegawai-pengangkatan", args=[pegawai.pk])
    form = client.get(url).context["form"]
    values = {
        name: value for name in form.fields if (value := form[name].value()) is not None
    }

    saved = client.post(url, {**values, "sk_pns_nomor": "821/9", "alasan": "SK asli"})

    assert saved.status_code == 302, saved.context["form"].errors
    pegawai.refresh_from_db()
    assert pegawai.sk_pns_nomor == "821/9"


def test_pppk_is_not_asked_for_the_decree_of_a_pns(client_for, kantor):
    orang = PegawaiFactory(di=kantor.dinas, pppk=True)
    url = reverse("simpeg:pegawai-pengangkatan", args=[orang.pk])

    form = client_for(Role.PENGELOLA_OPD).get(url).context["form"]

    assert "sk_cpns_nomor" in form.fields
    assert "tmt_pns" not in form.fields


@pytest.mark.parametrize("role", READERS)
def test_units_show_what_the_reader_may_see(role, client_for):
    html = client_for(role).get(MUTU).content.decode()

    assert "Mutu data" in html
    assert "Arsip: KTP" in html
    is_all = role in {Role.VERIFIKATOR, Role.KEPALA_BADAN, Role.AUDITOR}
    assert ("Dinas Lain" in html) == is_all


def test_one_unit_shows_its_points_and_months(client_for, kantor):
    take_potret(per_tanggal=dt.date(2026, 10, 31))
    PotretMutu.objects.update(skor=1_000)
    take_potret(per_tanggal=dt.date(2026, 11, 30))

    html = client_for(Role.VERIFIKATOR).get(f"{MUTU}?opd={kantor.dinas.pk}")
    text = html.content.decode()

    assert "Mutu Data Dinas Contoh" in text
    assert "poin sejak 10-2026" in text
    assert "<svg" in text
    assert f"{ORANG}?opd={kantor.dinas.pk}&amp;kode=" in text


@pytest.mark.parametrize("opd", ["x", "9" * 30, "0", "²"])
def test_unit_that_is_none_of_theirs_does_not_exist(opd, client_for, kantor):
    assert client_for(Role.VERIFIKATOR).get(f"{MUTU}?opd={opd}").status_code == 404
    other = client_for(Role.PENGELOLA_OPD).get(f"{MUTU}?opd={kantor.dinas_lain.pk}")
    assert other.status_code == 404


def test_portal_that_has_not_counted_yet_says_so(client_for):
    MutuPegawai.objects.all().delete()

    html = client_for(Role.VERIFIKATOR).get(MUTU).content.decode()

    assert "Mutu data belum dihitung" in html


def test_workbook_of_the_units_has_every_score(client_for):
    answer = client_for(Role.VERIFIKATOR).get(reverse("simpeg:mutu-xlsx"))

    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    names = {row[0].value for row in book.worksheets[0].iter_rows(min_row=2)}
    assert {"Dinas Contoh", "Dinas Lain"} <= names


def test_list_of_one_point_has_the_people_who_miss_it(client_for, berhp, kantor):
    client = client_for(Role.PENGELOLA_OPD)

    html = client.get(f"{ORANG}?kode=isi_nomor_hp").content.decode()

    assert kantor.atasan.nama in html
    assert berhp.nama not in html
    assert kantor.orang_luar.nama not in html
    assert berhp.nama in client.get(ORANG).content.decode()


def test_list_of_a_dimension(client_for, berhp):
    client = client_for(Role.PENGELOLA_OPD)

    assert berhp.nama in client.get(f"{ORANG}?dimensi=waktu").content.decode()
    assert berhp.nama not in client.get(f"{ORANG}?dimensi=akurasi").content.decode()


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        (Role.PENGELOLA_OPD, True),
        (Role.AUDITOR, True),
        (Role.KEPALA_BADAN, False),
        (Role.ATASAN, False),
    ],
)
def test_phone_numbers_are_for_those_who_may_see_them(role, seen, client_for, berhp):
    client = client_for(role)

    assert ("081234567890" in client.get(ORANG).content.decode()) == seen
    if role is Role.ATASAN:
        assert client.post(f"{EKSPOR}?bentuk=xlsx").status_code == 403
        return
    answer = client.post(f"{EKSPOR}?bentuk=xlsx")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    cells = {c.value for row in book.worksheets[0].iter_rows() for c in row}
    assert ("081234567890" in cells) == seen
    assert Event.objects.filter(kind="mutu.ekspor").count() == 1


def test_list_is_printed_with_the_filter_that_was_set(client_for, kantor):
    answer = client_for(Role.PENGELOLA_OPD).post(f"{EKSPOR}?kode=arsip_ktp&bentuk=pdf")

    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")


@pytest.mark.parametrize("how_many", [3, 30])
def test_pages_cost_the_same_whatever_their_length(
    how_many, client_for, kantor, django_assert_max_num_queries
):
    client = client_for(Role.PENGELOLA_OPD)
    for _ in range(how_many):
        PegawaiFactory(di=kantor.dinas)
    for url in (MUTU, f"{ORANG}?ukuran=50"):
        client.get(url)
        with django_assert_max_num_queries(MAX_QUERIES):
            assert client.get(url).status_code == 200
