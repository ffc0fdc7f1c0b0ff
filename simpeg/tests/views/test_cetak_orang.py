"""The papers one press away on the person page: who gets them, and the trace."""

import pytest

from bkpsdmd.accounts.roles import Role
from bkpsdmd.audit.models import Event
from bkpsdmd.documents.tests.pdf import read_text
from simpeg.tests.factories import RiwayatHukumanFactory


def url(pegawai):
    return f"/simpeg/pegawai/{pegawai.pk}/cetak/"


@pytest.mark.parametrize(
    "role", [Role.PEGAWAI, Role.ATASAN, Role.PENGELOLA_OPD, Role.KEPALA_BADAN]
)
def test_those_who_see_the_person_print_the_paper(client_for, pegawai, role):
    answer = client_for(role).post(url(pegawai), {"dokumen": "drh"})

    assert answer["Content-Type"] == "application/pdf"
    assert "SitiPegawai" in read_text(answer.content)
    event = Event.objects.get(kind="dokumen.cetak_drh")
    assert (event.subject_id, str(event)) == (
        str(pegawai.pk),
        f"{event.actor} mencetak daftar riwayat hidup Siti Pegawai",
    )


def test_people_out_of_scope_do_not_exist(client_for, orang_luar):
    answer = client_for(Role.PENGELOLA_OPD).post(url(orang_luar), {"dokumen": "drh"})

    assert answer.status_code == 404
    assert not Event.objects.filter(kind__startswith="dokumen.cetak").exists()


def test_closed_card_is_refused_in_words(client_for, pegawai):
    RiwayatHukumanFactory(pegawai=pegawai)
    answer = client_for(Role.KEPALA_BADAN).post(
        url(pegawai), {"dokumen": "kartu-disiplin"}, follow=True
    )

    assert "Tidak ditampilkan" in answer.content.decode()
    assert (
        client_for(Role.AUDITOR)
        .post(url(pegawai), {"dokumen": "kartu-disiplin"})
        .content.startswith(b"%PDF-")
    )


def test_unknown_paper_leads_back_with_a_message(client_for, pegawai):
    answer = client_for(Role.PENGELOLA_OPD).post(
        url(pegawai), {"dokumen": "../x"}, follow=True
    )

    assert "tidak dikenal" in answer.content.decode()


def test_page_offers_the_card_of_its_tab(client_for, pegawai):
    html = (
        client_for(Role.PENGELOLA_OPD)
        .get(f"/simpeg/pegawai/{pegawai.pk}/gaji/")
        .content.decode()
    )

    assert 'value="kartu-gaji"' in html
    assert "Kartu Riwayat Gaji" in html
