"""Letterheads and paper in the admin: choosing, correcting, cancelling, looking first."""

import datetime as dt
import re

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from bkpsdmd.accounts.roles import Role
from bkpsdmd.accounts.tests import factories
from bkpsdmd.audit.models import Event
from bkpsdmd.documents.kop import add_kop, update_kop
from bkpsdmd.documents.models import KopSurat, PengaturanKantor, PengaturanNaskah
from bkpsdmd.documents.services import update_kantor
from bkpsdmd.documents.tests.pdf import list_alt, open_pdf, read_text, squeeze
from bkpsdmd.documents.tests.test_services import SVG
from bkpsdmd.documents.tests.test_views import KANTOR_URL, kantor_form

KOP_URL = "/admin/documents/kopsurat/"
NASKAH_URL = "/admin/documents/pengaturannaskah/"

pytestmark = pytest.mark.usefixtures("office", "units")


@pytest.fixture
def admin_client(client, admin):
    client.force_login(admin)
    return client


def kop_values(**changes):
    return {
        "kunci": "dinas-a",
        "mulai": "01-01-2026",
        "nama_perangkat_daerah": "",
        "alamat": "Jalan A 2",
        "lebar_lambang_mm": 25,
        "warna_lambang": "warna",
        "ukuran_nama_pt": 18,
        "ukuran_alamat_pt": 10,
    } | changes


def naskah_values(**changes):
    return {
        "jenis": "surat",
        "mulai": "01-01-2026",
        "kertas": "F4",
        "huruf": "sans",
        "ukuran_huruf_pt": 12,
        "spasi": "1",
        "kelas_keamanan": "B",
        "sifat": "biasa",
        "tembusan": "Inspektur Contoh",
    } | changes


@pytest.fixture
def kop():
    return add_kop(
        kop=KopSurat(kunci="dinas-a", mulai=dt.date(2026, 1, 1)),
        per_tanggal=dt.date(2026, 1, 1),
        by=None,
    )


# -- Letterheads --------------------------------------------------------------------------


def test_letterhead_is_added_for_a_unit_from_the_list(admin_client, admin):
    page = admin_client.get(f"{KOP_URL}add/").content.decode()
    assert '<option value="dinas-b">Dinas Contoh B</option>' in page
    upload = re.search(r'<input type="file"[^>]*>', page)[0]
    assert 'id="id_lambang"' in upload
    assert "disabled" not in upload
    values = kop_values(lambang=SimpleUploadedFile("a.svg", SVG))
    assert admin_client.post(f"{KOP_URL}add/", values).status_code == 302
    kop = KopSurat.objects.get()
    assert (kop.nama_perangkat_daerah, kop.alamat) == ("Dinas Contoh A", "Jalan A 2")
    assert kop.lambang.name.endswith(".svg")
    assert kop.lambang.storage.exists(kop.lambang.name)
    assert Event.objects.get(kind="kop.tambah").actor == admin


def test_unit_outside_the_list_cannot_be_chosen(admin_client):
    response = admin_client.post(f"{KOP_URL}add/", kop_values(kunci="lain"))
    assert response.status_code == 200
    assert not KopSurat.objects.exists()


def test_refusal_stands_at_its_field(admin_client, kop):
    response = admin_client.post(f"{KOP_URL}add/", kop_values())
    assert "Sudah ada yang berlaku sejak 01-01-2026" in response.content.decode()
    assert KopSurat.objects.count() == 1


def test_letterhead_is_corrected_and_unit_and_day_stay(admin_client, kop):
    url = f"{KOP_URL}{kop.pk}/change/"
    values = kop_values(
        kunci="dinas-b", mulai="01-01-2020", telepon="0517", versi_dilihat=1
    )
    assert admin_client.post(url, values).status_code == 302
    kop.refresh_from_db()
    assert (kop.telepon, kop.kunci, kop.versi) == ("0517", "dinas-a", 2)
    assert kop.mulai == dt.date(2026, 1, 1)
    # The empty name is that of the unit again.
    assert kop.nama_perangkat_daerah == "Dinas Contoh A"


def test_emblem_is_changed_and_cleared(admin_client, kop):
    url = f"{KOP_URL}{kop.pk}/change/"
    values = kop_values(versi_dilihat=1, lambang=SimpleUploadedFile("a.svg", SVG))
    admin_client.post(url, values)
    kop.refresh_from_db()
    assert kop.lambang
    page = admin_client.get(url).content.decode()
    # The picture itself: no address leads to the file.
    assert 'src="data:image/svg+xml;base64,PHN2Zy' in page.replace("PD94bWw", "PHN2Zy")
    assert kop.lambang.name not in page
    admin_client.post(url, kop_values(versi_dilihat=2))
    kop.refresh_from_db()
    assert kop.lambang
    admin_client.post(
        url, kop_values(versi_dilihat=kop.versi) | {"lambang-clear": "on"}
    )
    kop.refresh_from_db()
    assert not kop.lambang


def test_second_editor_sees_the_refusal_in_the_form(admin_client, kop):
    update_kop(kop=kop, versi=1, by=None, telepon="1")
    url = f"{KOP_URL}{kop.pk}/change/"
    response = admin_client.post(url, kop_values(versi_dilihat=1, telepon="2"))
    assert "sudah diubah orang lain" in response.content.decode()
    kop.refresh_from_db()
    assert kop.telepon == "1"


def test_mistake_is_cancelled_with_a_reason_and_then_only_looked_at(
    admin_client, admin, kop
):
    url = f"{KOP_URL}{kop.pk}/change/"
    values = kop_values(versi_dilihat=1, batalkan="on")
    assert "Tulis alasan" in admin_client.post(url, values).content.decode()
    values["alasan"] = "Salah unit"
    assert admin_client.post(url, values).status_code == 302
    kop.refresh_from_db()
    assert kop.is_batal
    assert Event.objects.get(kind="kop.batal").reason == "Salah unit"
    assert admin_client.get(url).status_code == 200
    assert admin_client.post(url, kop_values(versi_dilihat=2)).status_code == 403


@time_machine.travel("2026-06-01", tick=False)
@pytest.mark.parametrize(
    ("masa", "words"),
    [
        ("kini", ["Kini"]),
        ("nanti", ["Nanti"]),
        ("lalu", ["Lalu"]),
        ("batal", ["Keliru"]),
        ("", ["Kini", "Nanti", "Lalu", "Keliru"]),
    ],
)
def test_list_says_what_holds(admin_client, masa, words):
    rows = {
        "Lalu": ("2025-01-01", "2026-01-01", False),
        "Kini": ("2026-01-01", "2027-01-01", False),
        "Nanti": ("2027-01-01", None, False),
        "Keliru": ("2026-02-01", None, True),
    }
    for nama, (mulai, selesai, is_batal) in rows.items():
        KopSurat.objects.create(
            kunci="dinas-a",
            nama_perangkat_daerah=f"Kop{nama}",
            mulai=mulai,
            selesai=selesai,
            is_batal=is_batal,
        )
    page = admin_client.get(KOP_URL, {"masa": masa}).content.decode()
    for nama in rows:
        assert (f"Kop{nama}" in page) == (nama in words)
    states = {"Kini": "Berlaku", "Nanti": "Akan berlaku", "Lalu": "Berakhir"}
    for nama in words:
        assert f">{states.get(nama, 'Dibatalkan')}</td>" in page


def test_list_costs_the_same_for_more_rows(admin_client, django_assert_max_num_queries):
    for number in range(30):
        KopSurat.objects.create(
            kunci=f"u{number}", nama_perangkat_daerah="X", mulai="2026-01-01"
        )
    with django_assert_max_num_queries(8):
        assert admin_client.get(KOP_URL).status_code == 200


# -- Paper of each kind -------------------------------------------------------------------


def test_paper_is_set_corrected_and_cancelled(admin_client, admin):
    page = admin_client.get(f"{NASKAH_URL}add/").content.decode()
    assert '<option value="surat">Surat keluar</option>' in page
    assert admin_client.post(f"{NASKAH_URL}add/", naskah_values()).status_code == 302
    row = PengaturanNaskah.objects.get()
    assert (row.kertas, row.ukuran_huruf_pt, row.margin_kiri_mm) == ("F4", 12, None)
    url = f"{NASKAH_URL}{row.pk}/change/"
    values = naskah_values(versi_dilihat=1, margin_kiri_mm=25, is_kelas_di_nomor="on")
    assert admin_client.post(url, values).status_code == 302
    row.refresh_from_db()
    assert (row.margin_kiri_mm, row.is_kelas_di_nomor, row.versi) == (25, True, 2)
    values = naskah_values(versi_dilihat=2, batalkan="on", alasan="Keliru")
    assert admin_client.post(url, values).status_code == 302
    row.refresh_from_db()
    assert row.is_batal
    kinds = Event.objects.filter(actor=admin).values_list("kind", flat=True)
    assert sorted(kinds) == [
        "naskah_kertas.batal",
        "naskah_kertas.tambah",
        "naskah_kertas.ubah",
    ]


def test_kinds_are_listed_by_name_at_the_same_cost(
    admin_client, django_assert_max_num_queries
):
    for number in range(20):
        jenis = "surat" if number == 0 else f"tanpa_buku_{number}"
        PengaturanNaskah.objects.create(jenis=jenis, mulai="2026-01-01")
    with django_assert_max_num_queries(9):
        page = admin_client.get(NASKAH_URL).content.decode()
    assert ">Surat keluar</a>" in page
    assert ">tanpa_buku_7</a>" in page


def test_margin_that_does_not_fit_is_refused(admin_client):
    response = admin_client.post(f"{NASKAH_URL}add/", naskah_values(margin_kiri_mm=5))
    assert response.status_code == 200
    assert not PengaturanNaskah.objects.exists()


# -- Looking before storing ---------------------------------------------------------------


def test_sample_of_a_new_letterhead_shows_what_is_typed_and_stores_nothing(
    admin_client,
):
    before = Event.objects.count()
    values = kop_values(
        contoh="1", tempat="Birayang", lambang=SimpleUploadedFile("a.svg", SVG)
    )
    response = admin_client.post(f"{KOP_URL}contoh/", values)
    assert response["Content-Type"] == "application/pdf"
    assert "no-store" in response["Cache-Control"]
    text = read_text(response.content)
    for words in ("DINAS CONTOH A", "Jalan A 2", "Birayang,", "DATA CONTOH"):
        assert squeeze(words) in text
    with open_pdf(response.content) as pdf:
        assert "Lambang Pemerintah Kabupaten Hulu Sungai Tengah" in list_alt(pdf)
    assert not KopSurat.objects.exists()
    assert Event.objects.count() == before


def test_sample_of_a_stored_letterhead_shows_the_change_and_keeps_the_old(
    admin_client, kop
):
    values = kop_values(contoh="3", alamat="Belum disimpan", versi_dilihat=1)
    response = admin_client.post(f"{KOP_URL}{kop.pk}/contoh/", values)
    text = read_text(response.content)
    assert "Belumdisimpan" in text
    assert "Sekretaris,HjSitiContoh" in text.replace(".", "")
    kop.refresh_from_db()
    assert (kop.alamat, kop.versi) == ("", 1)


def test_sample_of_the_office_and_of_a_kind(admin_client):
    update_kantor(by=None, lambang=SimpleUploadedFile("a.svg", SVG))
    url = KANTOR_URL.replace("change/", "contoh/")
    form = kantor_form(tempat="Rantau", contoh="1", margin_kiri_mm=40)
    response = admin_client.post(url, form)
    assert squeeze("Rantau, ") in read_text(response.content)
    with open_pdf(response.content) as pdf:
        assert "Lambang Pemerintah Kabupaten Hulu Sungai Tengah" in list_alt(pdf)
    response = admin_client.post(url, form | {"lambang-clear": "on"})
    with open_pdf(response.content) as pdf:
        assert list_alt(pdf) == []
    kantor = PengaturanKantor.objects.get()
    assert (kantor.tempat, bool(kantor.lambang)) == ("Barabai", True)

    response = admin_client.post(f"{NASKAH_URL}contoh/", naskah_values())
    with open_pdf(response.content) as pdf:
        assert round(float(pdf.pages[0].mediabox[3]) / 72 * 25.4) == 330
    assert "Tembusan:InspekturContoh" in read_text(response.content)
    assert not PengaturanNaskah.objects.exists()


def test_what_cannot_be_shown_says_what_to_mend(admin_client):
    for values, words in (
        (kop_values(kode_pos="1"), "Kode pos: Kode pos terdiri atas 5 angka."),
        (
            kop_values(lambang=SimpleUploadedFile("a.svg", b"<html/>")),
            "bukan gambar SVG",
        ),
    ):
        response = admin_client.post(f"{KOP_URL}contoh/", values)
        assert response.status_code == 422
        assert words in response.content.decode()


def test_sample_is_asked_for_by_post_and_by_admins_alone(admin_client, client, kop):
    url = f"{KOP_URL}{kop.pk}/contoh/"
    assert admin_client.get(url).status_code == 405
    assert admin_client.post(f"{KOP_URL}999/contoh/", kop_values()).status_code == 404
    client.force_login(factories.UserFactory(roles=[Role.VERIFIKATOR]))
    for address in (url, KOP_URL, NASKAH_URL):
        assert client.post(address, kop_values()).status_code in {302, 403}
        assert b"%PDF" not in client.post(address, kop_values()).content
