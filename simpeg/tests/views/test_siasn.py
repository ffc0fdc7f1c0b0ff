"""Pages of the import: what they show, to whom, at what cost."""

from __future__ import annotations

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from bkpsdmd.accounts.roles import Role
from bkpsdmd.documents.models import get_kantor
from simpeg.models import BarisMasuk, BerkasMasuk, KeadaanPegawai, Pegawai
from simpeg.services import siasn
from simpeg.tests.actors import make_user
from simpeg.tests.siasn.ekspor import make_baris, write_csv

URL = "/simpeg/siasn/"


@pytest.fixture
def client(client_for):
    return client_for(Role.VERIFIKATOR)


@pytest.fixture
def siap(kantor, client, monkeypatch) -> BerkasMasuk:
    """Two new people, one changed, one refused for its golongan; examined."""
    by = client.get("/akun/saya/").wsgi_request.user
    rows = [make_baris(n) for n in range(4)]
    bring_in(by, rows[:1])
    siasn.apply_impor(
        impor_id=BerkasMasuk.objects.get().pk, per_tanggal=timezone.localdate(), by=by
    )
    rows[0] = rows[0] | {"NAMA": "Nama <b>Berubah</b>", "ALAMAT": "=1+1"}
    rows[3] = rows[3] | {"GOL AKHIR NAMA": "VI/z", "GOL AKHIR ID": ""}
    return bring_in(by, rows)


def bring_in(by, rows) -> BerkasMasuk:
    berkas = SimpleUploadedFile("ekspor.csv", write_csv(rows))
    impor = siasn.upload_impor(berkas=berkas, nama="ekspor.csv", by=by)
    siasn.examine_impor(impor_id=impor.pk, per_tanggal=timezone.localdate())
    impor.refresh_from_db()
    return impor


def read(client, *address, **query):
    answer = client.get(URL + "".join(f"{part}/" for part in address), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_list_tells_the_outcome_of_each_file(client, siap):
    html = read(client)

    assert html.count("ekspor.csv") == 2
    assert "Menunggu keputusan" in html
    assert "Sudah diterapkan" in html


def test_differences_are_shown_old_beside_new_and_escaped(client, siap):
    html = read(client, siap.pk)

    assert "menambah 2 orang" in html
    assert "mengubah catatan 1 orang" in html
    assert "Nama &lt;b&gt;Berubah&lt;/b&gt;" in html
    assert "<b>Berubah</b>" not in html
    assert "VI/z" in html


@pytest.mark.parametrize(
    ("hasil", "jumlah"),
    [("baru", 2), ("berubah", 1), ("sama", 0), ("ditolak", 1), ("peringatan", 1)],
)
def test_a_figure_opens_its_rows(client, siap, hasil, jumlah):
    answer = client.get(f"{URL}{siap.pk}/", {"hasil": hasil})

    assert len(answer.context["daftar"].rows) == jumlah


def test_fragment_is_the_table_alone(client, siap):
    answer = client.get(f"{URL}{siap.pk}/", {"q": "Berubah"}, HTTP_HX_REQUEST="true")
    html = answer.content.decode()

    assert "<html" not in html
    assert "Berubah" in html
    assert "Terapkan 3 perubahan" not in html


@pytest.mark.parametrize("nomor", [2, 3, 5])
def test_each_kind_of_row_opens(client, siap, nomor):
    baris = BarisMasuk.objects.get(impor=siap, nomor=nomor)
    html = read(client, siap.pk, "baris", nomor)

    assert baris.nip[:8] in html
    assert ('name="sidik"' in html) == (baris.hasil == "ditolak")


def test_a_mended_row_is_accepted_and_leads_back(client, siap):
    address = f"{URL}{siap.pk}/baris/5/"
    form = client.get(address).context["form"]
    data = {"sidik": form["sidik"].value()}
    wrong = client.post(address, data | dict.fromkeys(form.kolom, "VI/y"), follow=True)
    form = wrong.context["form"]
    data = {"sidik": form["sidik"].value()} | dict.fromkeys(form.kolom, "")
    right = client.post(address, data | {"gol_akhir_nama": "III/a"}, follow=True)

    assert "masih ditolak" in wrong.content.decode()
    assert "Baris 5 diterima" in right.content.decode()
    siap.refresh_from_db()
    assert (siap.jumlah_baru, siap.jumlah_ditolak) == (3, 0)


def test_a_row_mended_by_a_colleague_is_told_and_kept(client, siap):
    address = f"{URL}{siap.pk}/baris/5/"
    data = {"sidik": "x" * 64, "gol_akhir_nama": "III/a", "gol_akhir_id": ""}
    html = client.post(address, data).content.decode()

    assert "diubah" in html or "berubah" in html
    assert BarisMasuk.objects.get(impor=siap, nomor=5).hasil == "ditolak"


def test_refused_rows_are_downloaded_as_text_with_the_reason(client, siap):
    answer = client.post(f"{URL}{siap.pk}/ditolak/")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    rows = list(book.active.values)

    assert answer["Cache-Control"] == "private, no-store"
    assert any("VI/z" in row for row in rows)
    assert any("golongan" in str(cell).lower() for row in rows for cell in row)


def test_the_template_has_the_columns_that_are_read(client, kantor):
    answer = client.get(f"{URL}templat/")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))

    heading = next(book.active.values)
    assert {"NIP BARU", "NAMA", "TANGGAL LAHIR"} <= set(heading)


def test_people_missing_from_the_file_are_listed_and_stay(client, siap, kantor):
    before = KeadaanPegawai.objects.count()
    html = read(client, siap.pk, "tidak-ada")

    assert "Siti Pegawai" in html
    assert KeadaanPegawai.objects.count() == before


def test_applying_asks_for_a_job_and_a_second_time_is_told(client, siap):
    first = client.post(f"{URL}{siap.pk}/terapkan/")
    second = client.post(f"{URL}{siap.pk}/terapkan/", follow=True)

    assert first.status_code == 302
    assert "/pekerjaan/" in first.url
    assert second.status_code == 200


def test_cancelling_changes_nobody(client, siap):
    before = Pegawai.objects.count()
    html = client.post(f"{URL}{siap.pk}/batal/", follow=True).content.decode()

    siap.refresh_from_db()
    assert "Impor dibatalkan" in html
    assert siap.status == BerkasMasuk.Status.DIBATALKAN
    assert Pegawai.objects.count() == before


@pytest.mark.parametrize(
    ("nama", "isi", "kata"),
    [
        ("ekspor.csv", b"MZ\x90\x00\x03\x00\x00\x00" * 40, "bukan"),
        ("ekspor.xlsx", b"PK\x03\x04rusak" * 20, "rusak"),
        ("ekspor.csv", b"", "kosong"),
        ("ekspor.csv", b"a,b,c\n1,2,3\n", "kolom"),
    ],
    ids=["executable", "damaged workbook", "empty", "no export"],
)
def test_a_file_that_is_no_export_is_refused_in_words(client, kantor, nama, isi, kata):
    berkas = SimpleUploadedFile(nama, isi)
    answer = client.post(f"{URL}unggah/", {"berkas": berkas})

    assert answer.status_code == 200
    errors = " ".join(map(str, answer.context["form"].errors["berkas"])).lower()
    assert kata in errors
    assert not BerkasMasuk.objects.exists()


def test_a_demo_portal_takes_an_offices_file_only_when_told(client, kantor):
    settings = get_kantor()
    settings.is_contoh = True
    settings.save()
    berkas = SimpleUploadedFile("ekspor.csv", write_csv([make_baris(0)]))
    answer = client.post(f"{URL}unggah/", {"berkas": berkas})

    assert answer.status_code == 200
    assert "Centang kotak ini" in answer.content.decode()
    assert not BerkasMasuk.objects.exists()


def test_a_grant_for_a_part_of_the_office_does_not_open_it(kantor, client_for):
    impor = BerkasMasuk.objects.create(nama_berkas="x.csv")
    partly = client_for(make_user(Role.VERIFIKATOR, kantor.dinas))

    assert partly.get(URL).status_code == 403
    assert partly.get(f"{URL}{impor.pk}/").status_code == 403


def test_cost_does_not_grow_with_the_rows(
    client, siap, django_assert_max_num_queries, django_assert_num_queries
):
    address = f"{URL}{siap.pk}/"
    with django_assert_max_num_queries(12) as few:
        client.get(address)
    cost = len(few)
    by = client.get("/akun/saya/").wsgi_request.user
    many = bring_in(by, [make_baris(n) for n in range(20, 60)])
    with django_assert_num_queries(cost):
        client.get(f"{URL}{many.pk}/")
