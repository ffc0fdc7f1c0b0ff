import io

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from bkpsdmd.documents.pdf_safety import check_pdf
from bkpsdmd.documents.photos import MAX_PHOTOS, combine_photos
from bkpsdmd.exceptions import DomainError


def photo(size=(1200, 1600), *, name="foto.jpg", exif=None, mode="RGB", noisy=False):
    image = (
        Image.effect_noise(size, 90).convert(mode)
        if noisy
        else Image.new(mode, size, "white")
    )
    out = io.BytesIO()
    options = {}
    if exif:
        note = Image.Exif()
        note[0x0112] = exif
        note[0x010F] = "Ponsel Contoh"
        options["exif"] = note
    image.save(out, "PNG" if name.endswith("png") else "JPEG", **options)
    return SimpleUploadedFile(name, out.getvalue())


def sizes(content):
    with pikepdf.open(io.BytesIO(content)) as pdf:
        found = [page.Resources.XObject.Im0 for page in pdf.pages]
        return [(int(image.Width), int(image.Height)) for image in found]


def test_photos_become_one_pdf_in_order():
    made = combine_photos([photo(), photo((1600, 1200)), photo(name="b.png")])

    assert made.name == "foto.pdf"
    assert made.content_type == "application/pdf"
    assert sizes(made.content) == [(1200, 1600), (1600, 1200), (1200, 1600)]
    assert made.halaman == 3
    assert check_pdf(made.content) == made.halaman


def test_page_lies_as_the_picture_does():
    made = combine_photos([photo(), photo((1600, 1200))])

    with pikepdf.open(io.BytesIO(made.content)) as pdf:
        upright, lying = ([float(n) for n in p.MediaBox] for p in pdf.pages)
    assert upright[3] > upright[2]
    assert lying[2] > lying[3]


def test_phone_held_sideways_is_turned_upright_and_its_notes_are_dropped():
    made = combine_photos([photo((1600, 1200), exif=6)])

    assert sizes(made.content) == [(1200, 1600)]
    assert b"Ponsel Contoh" not in made.content


def test_large_photo_is_made_smaller():
    made = combine_photos([photo((4000, 6000))])

    assert max(sizes(made.content)[0]) <= 2339


@pytest.mark.slow
def test_heavy_photos_are_made_lighter_until_they_fit():
    heavy = [photo((2400, 3200), noisy=True) for _ in range(3)]

    made = combine_photos(heavy, max_bytes=2_000_000)

    assert made.size <= 2_000_000
    assert max(sizes(made.content)[0]) < 2339


@pytest.mark.slow
def test_photos_that_stay_too_heavy_are_refused_in_words():
    heavy = [photo((2400, 3200), noisy=True) for _ in range(3)]

    with pytest.raises(DomainError, match="lebih sedikit halaman"):
        combine_photos(heavy, max_bytes=100_000)


@pytest.mark.parametrize("mode", ["L", "RGBA", "P", "1", "LA"])
def test_every_kind_of_picture_is_printed_on_white(mode):
    image = Image.new("L", (300, 400), 255).convert(mode)
    out = io.BytesIO()
    image.save(out, "PNG")

    made = combine_photos([SimpleUploadedFile("a.png", out.getvalue())])

    assert made.halaman == 1


def test_more_than_a_stack_of_photos_is_refused():
    with pytest.raises(DomainError, match=f"{MAX_PHOTOS} foto"):
        combine_photos([photo((10, 10))] * (MAX_PHOTOS + 1))


def test_what_only_calls_itself_a_photo_is_refused():
    with pytest.raises(DomainError, match="sebenarnya PDF"):
        combine_photos([SimpleUploadedFile("a.jpg", b"%PDF-1.4\n" + b"x" * 300)])
