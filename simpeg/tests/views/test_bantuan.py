"""Help: each role is offered the guides of its tasks; every guide is whole."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.urls import reverse
from PIL import Image

from bkpsdmd.accounts.roles import Role
from bkpsdmd.ui.panduan import FOLDER, LEBAR, TINGGI, get_panduan
from simpeg.bantuan import TOPIK

MAX_BYTES = 60_000
KUNCI = [topik.panduan for topik in TOPIK]


def test_every_guide_is_offered_and_every_offer_has_one() -> None:
    assert sorted(KUNCI) == sorted(path.stem for path in FOLDER.glob("*.md"))


@pytest.mark.parametrize("kunci", KUNCI)
def test_guide_has_steps_and_small_pictures_with_words(kunci: str) -> None:
    panduan = get_panduan(kunci)

    assert panduan
    assert panduan.untuk.startswith("Untuk ")
    assert 3 <= len(panduan.langkah) <= 7
    pictures = [langkah for langkah in panduan.langkah if langkah.gambar]
    assert 2 <= len(pictures) <= 3
    for langkah in pictures:
        path = settings.BASE_DIR / "static" / langkah.gambar
        assert langkah.keterangan
        assert path.stat().st_size < MAX_BYTES
        with Image.open(path) as image:
            assert (image.format, image.size) == ("WEBP", (LEBAR, TINGGI))


def test_no_picture_lies_about() -> None:
    used = {
        langkah.gambar
        for kunci in KUNCI
        if (panduan := get_panduan(kunci))
        for langkah in panduan.langkah
    }
    folder = settings.BASE_DIR / "static"
    stored = {
        str(path.relative_to(folder)) for path in folder.glob("img/panduan/*.webp")
    }
    assert stored == used - {""}


@pytest.mark.parametrize("kunci", ["tidak-ada", "..", "README"])
def test_what_is_no_guide_is_none(kunci: str) -> None:
    assert get_panduan(kunci) is None


@pytest.mark.django_db
@pytest.mark.parametrize("topik", TOPIK, ids=KUNCI)
def test_guide_opens_from_help_for_whom_it_concerns(topik, client_for) -> None:
    url = reverse("panduan", args=[topik.panduan])
    for role in (Role.VERIFIKATOR, Role.PENGELOLA_OPD, Role.PEGAWAI):
        client = client_for(role)
        user = client.get(reverse("bantuan")).wsgi_request.user
        html = client.get(reverse("bantuan")).content.decode()
        page = client.get(url)
        if user.has_perm(topik.permission):
            assert url in html
            assert page.status_code == 200
            assert page.content.decode().count("img/panduan/") >= 2
        else:
            assert url not in html
            assert page.status_code == 404
