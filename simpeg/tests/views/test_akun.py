"""Slips with one-time codes: who may print for whom, and that the codes work."""

import io

import pikepdf
import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client

from bkpsdmd.accounts.models import KodeAkses, PemulihanMfa
from bkpsdmd.accounts.roles import Role
from simpeg.tests.actors import make_user

URL = "/simpeg/akun/"


def post(client, *people):
    return client.post(URL, {"pegawai": [p.pk for p in people]})


def test_list_holds_the_accounts_of_the_own_units_without_oneself(client_for, kantor):
    html = client_for(Role.PENGELOLA_OPD).get(URL).content.decode()
    table = html.split("<table", 1)[1]

    assert "Siti Pegawai" in table
    assert "Udin Luar" not in table
    assert "Rina Pengelola" not in table


def test_slips_are_a_pdf_and_each_person_gets_one_code(client_for, kantor):
    answer = post(client_for(Role.PENGELOLA_OPD), kantor.pegawai, kantor.atasan)

    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "private, no-store"
    with pikepdf.open(io.BytesIO(answer.getvalue())) as pdf:
        assert len(pdf.pages) == 1
    assert KodeAkses.objects.count() == 2


@pytest.mark.parametrize("who", ["orang_luar", "pengelola"])
def test_nobody_out_of_reach_gets_a_code(client_for, kantor, who):
    answer = post(client_for(Role.PENGELOLA_OPD), kantor.pegawai, getattr(kantor, who))

    assert answer.status_code == 302
    assert not KodeAkses.objects.exists()


def test_account_that_may_do_more_is_refused(client_for, kantor):
    admin = make_user(Role.ADMIN)
    kantor.pegawai.user = admin
    kantor.pegawai.save(update_fields=["user"])

    answer = post(client_for(Role.PENGELOLA_OPD), kantor.pegawai)

    assert answer.status_code == 302
    assert not KodeAkses.objects.exists()


@pytest.mark.parametrize("role", [Role.PEGAWAI, Role.AUDITOR, Role.KEPALA_BADAN])
def test_page_is_closed_to_others(client_for, role):
    assert client_for(role).get(URL).status_code == 403


def test_page_costs_at_most_twelve_queries(
    client_for, kantor, django_assert_max_num_queries
):
    client = client_for(Role.VERIFIKATOR)
    client.get(URL)

    with django_assert_max_num_queries(12):
        client.get(URL)


def test_list_tells_who_is_locked_and_who_holds_a_code(client_for, kantor):
    client = client_for(Role.PENGELOLA_OPD)
    post(client, kantor.atasan)
    for _ in range(5):
        Client().post(
            "/akun/masuk/", {"login": kantor.pegawai.user.username, "password": "-"}
        )
    html = client.get(URL).content.decode()
    siti = html.split("Siti Pegawai", 1)[1].split("</tr>", 1)[0]
    ahmad = html.split("Ahmad Atasan", 1)[1].split("</tr>", 1)[0]
    assert "Terkunci" in siti
    assert "kode berlaku sampai" in ahmad
    assert "kode berlaku sampai" not in siti


# -- A lost phone --------------------------------------------------------------------


@pytest.fixture
def with_mfa(kantor):
    def activate(*people):
        for one in people:
            TOTP.activate(one.user, generate_totp_secret())

    return activate


def recovery_url(orang):
    return f"/simpeg/akun/{orang.pk}/pemulihan/"


def test_officer_asks_for_a_person_of_the_own_units(client_for, kantor, with_mfa):
    with_mfa(kantor.pegawai)
    client = client_for(Role.PENGELOLA_OPD)
    assert recovery_url(kantor.pegawai) in client.get(URL).content.decode()
    assert recovery_url(kantor.atasan) not in client.get(URL).content.decode()

    answer = client.post(
        recovery_url(kantor.pegawai), {"cara": "tatap_muka", "alasan": "Ponsel hilang"}
    )

    assert answer.url == URL
    row = PemulihanMfa.objects.get()
    assert (row.user, row.diminta_oleh) == (kantor.pegawai.user, kantor.pengelola.user)
    assert kantor.pegawai.user.authenticator_set.exists()


@pytest.mark.parametrize("who", ["orang_luar", "pengelola"])
def test_nobody_out_of_reach_is_asked_for(client_for, kantor, with_mfa, who):
    with_mfa(getattr(kantor, who))
    client = client_for(Role.PENGELOLA_OPD)
    assert client.get(recovery_url(getattr(kantor, who))).status_code == 404
    assert not PemulihanMfa.objects.exists()


def test_what_the_service_refuses_is_told_in_the_form(client_for, kantor):
    html = (
        client_for(Role.PENGELOLA_OPD)
        .post(recovery_url(kantor.pegawai), {"cara": "surat", "alasan": "x"})
        .content.decode()
    )
    assert "tidak memakai verifikasi dua langkah" in html
