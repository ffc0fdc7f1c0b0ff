"""Pages of correcting a NIP and of linking two records."""

import pytest
from django.test import Client

from bkpsdmd.accounts.roles import Role
from simpeg.choices import StatusTautan
from simpeg.models import Pegawai, TautanPegawai
from simpeg.tests.services.test_identitas import (
    SK,
    decide,
    kabid,
    other_nip,
    pasangan,
    petugas,
    propose,
)
from simpeg.tests.views.test_pegawai import page

__all__ = ["kabid", "pasangan", "petugas"]
URL = "/simpeg/data-ganda/"


def log_in(user):
    client = Client()
    client.force_login(user)
    return client


def test_a_nip_is_corrected_by_the_form(kantor, petugas):
    client, one = log_in(petugas), kantor.pegawai
    address = page(one, "nip/koreksi/")
    data = {name: str(value) for name, value in SK.items()}
    answer = client.post(address, {**data, "nip": "123"})
    assert "nip" in answer.context["form"].errors
    lama = one.nip
    answer = client.post(address, {**data, "nip": other_nip(one)})
    assert answer.status_code == 302, answer.context["form"].errors
    html = client.get(page(one, "data-utama/")).content.decode()
    assert "NIP sebelumnya" in html
    rows = client.get("/simpeg/pegawai/", {"q": lama}).context["daftar"].rows
    assert [row.pk for row in rows] == [one.pk]


@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.PENGELOLA_OPD, 403), (Role.KEPALA_BADAN, 403), (Role.VERIFIKATOR, 200)],
)
def test_who_may(kantor, client_for, role, status):
    client = client_for(role)
    assert client.get(URL).status_code == status
    assert client.get(page(kantor.pegawai, "nip/koreksi/")).status_code == status


def test_from_candidate_to_link_and_back(pasangan, petugas, kabid):
    lama, baru = pasangan
    clerk, boss = log_in(petugas), log_in(kabid)
    assert "NIK sama" in clerk.get(URL).content.decode()
    form = clerk.get(f"{URL}usul/?satu={lama.pk}&dua={baru.pk}").context["form"]
    answer = clerk.post(f"{URL}usul/", {**form.initial, "alasan": "KTP sama"})
    assert answer.status_code == 302, answer.context["form"].errors
    tautan = TautanPegawai.objects.get()
    address = f"{URL}{tautan.pk}/"
    assert "Menunggu putusan petugas lain" in clerk.get(address).content.decode()
    assert lama.nik in clerk.get(address).content.decode()
    assert lama.nik not in boss.get(address).content.decode()
    assert boss.post(address, {"putusan": "tolak"}).status_code == 200
    boss.post(address, {"putusan": "setuju", "catatan": ""})
    tautan.refresh_from_db()
    assert tautan.status == StatusTautan.DISETUJUI
    html = boss.get(page(baru)).content.decode()
    assert "Data lain orang ini" in html
    assert lama.get_absolute_url() in html
    boss.post(f"{address}lepas/", {"alasan": "Keliru"})
    tautan.refresh_from_db()
    assert tautan.status == StatusTautan.DILEPAS
    assert "Data lain orang ini" not in boss.get(page(baru)).content.decode()


def test_people_read_their_other_record_and_nobody_elses(pasangan, petugas, kabid):
    decide(propose(pasangan, petugas), kabid)
    lama, baru = (Pegawai.objects.get(pk=one.pk) for one in pasangan)
    client = log_in(baru.user)
    answer = client.get(page(lama))
    assert answer.status_code == 200
    assert answer.context["is_own"]


def test_strangers_read_neither(pasangan, petugas, kabid, kantor):
    decide(propose(pasangan, petugas), kabid)
    client = log_in(kantor.orang_luar.user)
    assert client.get(page(pasangan[0])).status_code == 404


def test_a_pair_is_named_by_keys_never_by_nip(pasangan, petugas):
    html = log_in(petugas).get(URL).content.decode()
    for one in pasangan:
        assert f"?satu={one.nip}" not in html
    assert f"satu={pasangan[0].pk}" in html


@pytest.mark.parametrize("satu", ["", "abc", "199001012010011999"])
def test_unknown_numbers_are_told(kantor, petugas, satu):
    answer = log_in(petugas).post(
        f"{URL}usul/", {"satu": satu, "dua": kantor.pegawai.nip, "alasan": "x"}
    )
    assert "satu" in answer.context["form"].errors
