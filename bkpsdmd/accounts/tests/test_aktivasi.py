import pytest
from django.test import Client
from django.urls import reverse

from bkpsdmd.accounts import services
from bkpsdmd.accounts.attempts import Alasan
from bkpsdmd.accounts.models import CatatanMasuk, KodeAkses, User
from bkpsdmd.accounts.services import Tujuan
from bkpsdmd.accounts.tests.factories import SANDI, UserFactory

AKTIVASI = "/akun/aktivasi/"
BARU = "sungai deras di hulu"


@pytest.fixture
def kode(belum_aktif: User) -> str:
    return services.issue_kode(user=belum_aktif, tujuan=Tujuan.AKTIVASI, by=None)


def fill(
    client: Client, username: str, kode: str, password: str = BARU, again: str = ""
):
    return client.post(
        AKTIVASI,
        {
            "username": username,
            "kode": kode,
            "password1": password,
            "password2": again or password,
        },
    )


def test_page_is_open_to_all_and_never_cached(client, db):
    response = client.get(AKTIVASI)

    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]


def test_code_and_password_log_in_at_once(client, belum_aktif, kode):
    response = fill(
        client, f"{belum_aktif.username[:8]} {belum_aktif.username[8:]}", kode
    )

    assert response.url == reverse("beranda")
    assert client.get("/akun/saya/").status_code == 200
    row = CatatanMasuk.objects.latest("id")
    assert (row.user, row.alasan, row.berhasil) == (
        belum_aktif,
        Alasan.BERHASIL,
        True,
    )


def test_neither_nip_nor_code_stands_in_an_address(client, belum_aktif, kode):
    response = fill(client, belum_aktif.username, kode)

    for part in (belum_aktif.username, kode, kode.replace("-", "")):
        assert part not in response.url


def test_failed_form_keeps_the_nip_but_no_secret(client, belum_aktif, kode):
    html = fill(client, belum_aktif.username, kode, again="lain").content.decode()

    assert belum_aktif.username in html
    assert "Kedua kata sandi tidak sama." in html
    assert BARU not in html
    assert KodeAkses.objects.belum_selesai().exists()


def test_used_code_says_so_to_its_holder(client, belum_aktif, kode):
    fill(client, belum_aktif.username, kode)

    response = fill(Client(), belum_aktif.username, kode)

    assert "sudah pernah dipakai" in response.context["form"].errors["kode"][0]


def test_wrong_code_and_unknown_nip_get_the_same_page(client, belum_aktif, kode):
    known = fill(client, belum_aktif.username, "CCCC-CCCC-CC")
    unknown = fill(client, "tidak-ada", "CCCC-CCCC-CC")

    assert (
        known.context["form"].non_field_errors()
        == unknown.context["form"].non_field_errors()
        == ["NIP atau kode tidak cocok. Periksa lagi kertas kode Anda."]
    )


def test_weak_password_stands_beside_its_field(client, belum_aktif, kode):
    response = fill(client, belum_aktif.username, kode, password="1234567890")

    assert response.context["form"].errors["password1"]
    belum_aktif.refresh_from_db()
    assert not belum_aktif.has_usable_password()


def test_guessed_codes_and_guessed_passwords_are_counted_together(
    client, belum_aktif, kode
):
    for _ in range(3):
        fill(client, belum_aktif.username, "CCCC-CCCC-CC")
    for _ in range(2):
        client.post(
            "/akun/masuk/", {"login": belum_aktif.username, "password": "salah sekali"}
        )

    response = fill(client, belum_aktif.username, kode)

    assert "Terlalu banyak" in response.context["form"].non_field_errors()[0]


def test_reset_code_ends_the_other_sessions(client, pegawai):
    stranger = Client()
    stranger.post("/akun/masuk/", {"login": pegawai.username, "password": SANDI})
    assert stranger.get("/akun/saya/").status_code == 200
    kode = services.issue_kode(user=pegawai, tujuan=Tujuan.RESET, by=None)

    fill(client, pegawai.username, kode)

    assert stranger.get("/akun/saya/").url.startswith("/akun/masuk/")
    assert client.get("/akun/saya/").status_code == 200


def test_code_is_not_used_in_the_name_of_somebody_logged_in(client, belum_aktif, kode):
    client.force_login(UserFactory())

    assert fill(client, belum_aktif.username, kode).url == reverse("akun-saya")
    assert KodeAkses.objects.belum_selesai().exists()


def test_page_needs_a_csrf_token(belum_aktif, kode):
    response = fill(Client(enforce_csrf_checks=True), belum_aktif.username, kode)

    assert response.status_code == 403
    assert not CatatanMasuk.objects.exclude(alasan=Alasan.DIBUKA).exists()
