"""A letter of the office from its form to the desk of whoever signs it."""

import pytest
from django.urls import reverse

from bkpsdmd.accounts.roles import Role
from bkpsdmd.documents.models import Naskah
from bkpsdmd.documents.services import ensure_kantor
from bkpsdmd.documents.tests.pdf import read_text
from simpeg.tests.actors import make_penandatangan, make_user

FORM = {
    "hal": "Undangan rapat  pemutakhiran data.",
    "kepada": "Yth. Kepala Dinas Pendidikan\nKepala Dinas Kesehatan\n",
    "di": "Barabai",
    "sifat": "segera",
    "lampiran": "",
    "isi": "Kami mengundang Saudara dengan acara:\n\n- Pemutakhiran data\n- Lain-lain",
    "tembusan": "Bupati (sebagai laporan)",
}


@pytest.fixture
def kepala(kantor):
    """The head, who signs letters."""
    ensure_kantor()
    return make_penandatangan(kantor, "surat_dinas")


@pytest.fixture
def clerk(client, kantor):
    user = make_user(Role.PRANATA_KOMPUTER)
    client.force_login(user)
    return user


def test_letter_is_drafted_read_and_written_anew(client, kepala, clerk):
    answer = client.post(reverse("simpeg:surat-dinas-create"), FORM)
    naskah = Naskah.objects.get()
    assert answer.url == naskah.get_absolute_url()
    assert naskah.data["hal"] == "Undangan rapat pemutakhiran data"
    assert naskah.data["kepada"] == [
        "Kepala Dinas Pendidikan",
        "Kepala Dinas Kesehatan",
    ]
    pdf = client.get(reverse("documents:naskah-pdf", args=[naskah.pk])).content
    text = read_text(pdf)
    for word in (
        "Undanganrapat",
        "KepalaDinasKesehatan",
        "Segera",
        "ErnaKepala",
        "Bupati",
    ):
        assert word in text
    edit = reverse("simpeg:surat-dinas-update", args=[naskah.pk])
    shown = client.get(edit).context["form"].initial
    assert shown["isi"] == FORM["isi"]
    assert shown["sifat"] == "segera"
    client.post(edit, {**FORM, "hal": "Undangan lain"})
    naskah.refresh_from_db()
    assert naskah.judul == "Undangan lain"


@pytest.mark.parametrize("empty", ["hal", "kepada", "isi"])
def test_what_is_missing_is_asked_for(client, kepala, clerk, empty):
    page = client.post(reverse("simpeg:surat-dinas-create"), {**FORM, empty: " \n "})
    assert page.context["form"].errors[empty]
    assert not Naskah.objects.exists()


def test_letter_without_an_official_says_where_to_name_one(client, kantor, clerk):
    ensure_kantor()
    page = client.post(reverse("simpeg:surat-dinas-create"), FORM)
    assert "Pejabat penandatangan" in page.content.decode()


def test_letters_are_for_the_office_alone(client, kantor, kepala, clerk):
    client.post(reverse("simpeg:surat-dinas-create"), FORM)
    naskah = Naskah.objects.get()
    for user, status in (
        (kantor.pengelola.user, 404),
        (kantor.pegawai.user, 404),
        (make_user(Role.AUDITOR), 200),
        (kepala.user, 200),
    ):
        client.force_login(user)
        assert client.get(naskah.get_absolute_url()).status_code == status
    client.force_login(kantor.pengelola.user)
    assert client.get(reverse("simpeg:surat-dinas-create")).status_code == 403
