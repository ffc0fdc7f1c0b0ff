"""The emblem is for everybody; everything else of this app goes through the admin."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from bkpsdmd.audit.models import Event
from bkpsdmd.documents.models import BukuNomor, PengaturanKantor, get_kantor
from bkpsdmd.documents.services import (
    open_buku,
    store_dokumen,
    update_kantor,
)
from bkpsdmd.documents.tests.nomor import take_nomor
from bkpsdmd.documents.tests.test_services import JANUARI, SVG

KANTOR_URL = "/admin/documents/pengaturankantor/1/change/"


@pytest.fixture
def admin_client(client, admin, office):
    client.force_login(admin)
    return client


def kantor_form(**changes):
    kantor = PengaturanKantor.objects.get()
    fields = [f.name for f in kantor._meta.concrete_fields if f.editable]
    values = {name: getattr(kantor, name) for name in fields if name != "lambang"}
    values = {name: value for name, value in values.items() if value is not False}
    return values | {"versi_dilihat": kantor.versi} | changes


# -- Emblem -------------------------------------------------------------------------------


def test_emblem_is_given_to_people_who_are_not_logged_in(client, office):
    update_kantor(by=None, lambang=SimpleUploadedFile("a.svg", SVG))
    response = client.get(get_kantor().url_lambang)
    assert response.status_code == 200
    assert response["Content-Type"] == "image/svg+xml"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "immutable" in response["Cache-Control"]
    assert b"<path" in b"".join(response.streaming_content)


def test_without_an_emblem_there_is_no_address(client, office):
    assert get_kantor().url_lambang == ""
    assert client.get(reverse("documents:lambang", args=["a.png"])).status_code == 404


def test_no_other_file_is_given(client, office):
    update_kantor(by=None, lambang=SimpleUploadedFile("a.svg", SVG))
    assert client.get(reverse("documents:lambang", args=["..png"])).status_code == 404


# -- Admin --------------------------------------------------------------------------------


def test_settings_open_without_a_list(admin_client):
    response = admin_client.get("/admin/documents/pengaturankantor/")
    assert response["Location"] == KANTOR_URL
    assert admin_client.get(KANTOR_URL).status_code == 200


def test_settings_saved_in_the_admin_are_audited(admin_client, admin):
    response = admin_client.post(
        KANTOR_URL,
        kantor_form(tempat="Kandangan", lambang=SimpleUploadedFile("a.svg", SVG)),
    )
    assert response.status_code == 302
    kantor = PengaturanKantor.objects.get()
    assert kantor.tempat == "Kandangan"
    assert kantor.lambang
    event = Event.objects.get(kind="kantor.ubah")
    assert event.actor == admin
    assert set(event.changes) == {"tempat", "lambang"}


def test_saving_without_touching_the_emblem_keeps_it(admin_client):
    update_kantor(by=None, lambang=SimpleUploadedFile("a.svg", SVG))
    admin_client.post(KANTOR_URL, kantor_form(tempat="Kandangan"))
    assert PengaturanKantor.objects.get().lambang
    admin_client.post(KANTOR_URL, kantor_form(**{"lambang-clear": "on"}))
    assert not PengaturanKantor.objects.get().lambang


def test_second_editor_sees_the_refusal_in_the_form(admin_client):
    form = kantor_form(tempat="Rantau")
    update_kantor(by=None, tempat="Kandangan")
    response = admin_client.post(KANTOR_URL, form)
    assert response.status_code == 200
    assert "sudah diubah orang lain" in response.content.decode()
    assert PengaturanKantor.objects.get().tempat == "Kandangan"


def test_refused_emblem_is_an_error_of_its_field(admin_client):
    upload = SimpleUploadedFile("a.svg", b"<html/>")
    response = admin_client.post(KANTOR_URL, kantor_form(lambang=upload))
    assert response.status_code == 200
    assert "bukan gambar SVG" in response.content.decode()


def test_number_book_is_opened_and_changed_in_the_admin(admin_client, admin):
    values = {"jenis": "nota", "tahun": 2026, "nama": "Nota dinas", "kode": "800",
              "unit": "BKPSDMD", "pola": "{urut}/{tahun}"}  # fmt: skip
    assert (
        admin_client.post("/admin/documents/bukunomor/add/", values).status_code == 302
    )
    buku = BukuNomor.objects.get(jenis="nota")
    url = f"/admin/documents/bukunomor/{buku.pk}/change/"
    values["nama"] = "Nota"
    assert admin_client.post(url, values).status_code == 302
    buku.refresh_from_db()
    assert buku.nama == "Nota"
    kinds = Event.objects.filter(actor=admin).values_list("kind", flat=True)
    assert set(kinds) == {"buku_nomor.buka", "buku_nomor.ubah"}


def test_bad_pattern_is_refused_in_the_form(admin_client):
    buku = BukuNomor.objects.first()
    url = f"/admin/documents/bukunomor/{buku.pk}/change/"
    values = {"nama": buku.nama, "kode": "", "unit": "", "pola": "{x}"}
    response = admin_client.post(url, values)
    assert "tidak dikenal" in response.content.decode()


@pytest.mark.parametrize("model", ["nomordokumen", "dokumenterbit"])
def test_numbers_and_papers_can_only_be_looked_at(admin_client, model):
    open_buku(jenis="uji", tahun=2026, nama="Uji", pola="{urut}", by=None)
    nomor = take_nomor(jenis="uji", tanggal=JANUARI, perihal="Hal", by=None)
    dokumen = store_dokumen(
        jenis="uji", judul="Uji", pdf=b"%PDF", data={"nik": "rahasia"}, by=None,
        nomor=nomor,
    )  # fmt: skip
    pk = nomor.pk if model == "nomordokumen" else dokumen.pk
    assert admin_client.get(f"/admin/documents/{model}/").status_code == 200
    page = admin_client.get(f"/admin/documents/{model}/{pk}/change/")
    assert page.status_code == 200
    assert "rahasia" not in page.content.decode()
    assert admin_client.get(f"/admin/documents/{model}/add/").status_code == 403
    url = f"/admin/documents/{model}/{pk}/"
    assert admin_client.post(f"{url}change/", {"judul": "x"}).status_code == 403
    assert admin_client.post(f"{url}delete/", {"post": "yes"}).status_code == 403
