"""A file is accepted only when it is what it says, whole, and cannot act."""

import hashlib
import io
import resource
import struct
import zlib

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from bkpsdmd.documents import terpisah, uploads
from bkpsdmd.documents.uploads import check_upload, clean_name
from bkpsdmd.exceptions import DomainError


def build_pdf(change=None):
    target = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        if change:
            change(pdf)
        pdf.save(target)
    return target.getvalue()


def build_image(kind, size=(20, 20)):
    target = io.BytesIO()
    Image.new("RGB", size, "white").save(target, kind)
    return target.getvalue()


def upload(name, content):
    return SimpleUploadedFile(name, content)


def refusal_of(name, content, **options):
    with pytest.raises(DomainError) as refusal:
        check_upload(upload(name, content), **options)
    assert refusal.value.kolom == "berkas"
    return refusal.value


@pytest.mark.parametrize(
    ("name", "content", "kind", "content_type"),
    [
        ("sk.pdf", build_pdf(), "pdf", "application/pdf"),
        ("SK.PDF", build_pdf(), "pdf", "application/pdf"),
        ("foto.jpg", build_image("JPEG"), "jpeg", "image/jpeg"),
        ("foto.jpeg", build_image("JPEG"), "jpeg", "image/jpeg"),
        ("foto.png", build_image("PNG"), "png", "image/png"),
    ],
)
def test_whole_file_of_its_kind_passes(name, content, kind, content_type):
    checked = check_upload(upload(name, content))
    assert (checked.kind, checked.content_type) == (kind, content_type)
    assert checked.content == content
    assert checked.size == len(content)
    assert checked.sha256 == hashlib.sha256(content).hexdigest()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("sk.pdf", b"MZ\x90\x00" + b"\0" * 200, "program (.exe), bukan PDF"),
        ("sk.pdf", b"\x7fELF" + b"\0" * 200, "sebenarnya program, bukan PDF"),
        ("sk.pdf", b"PK\x03\x04" + b"\0" * 200, "arsip ZIP, bukan PDF"),
        ("sk.pdf", build_image("PNG"), "PNG, bukan PDF"),
        ("foto.jpg", build_pdf(), "PDF, bukan JPEG"),
        ("foto.png", build_image("JPEG"), "JPEG, bukan PNG"),
        ("sk.pdf", b"<html><script>alert(1)</script></html>", "bukan PDF"),
    ],
)
def test_file_of_another_kind_is_named(name, content, words):
    error = refusal_of(name, content)
    assert words in error.pesan
    assert error.kode == "isi_tidak_cocok"


@pytest.mark.parametrize("name", ["sk.exe", "sk.svg", "sk", "sk.pdf.html", ".pdf"])
def test_other_extensions_are_refused(name):
    assert refusal_of(name, build_pdf()).kode == "jenis_tidak_diterima"


def test_kind_that_this_page_does_not_take_is_refused():
    error = refusal_of("foto.png", build_image("PNG"), kinds={"pdf"})
    assert "Pilih berkas PDF" in error.pesan


def test_empty_file_is_refused():
    assert refusal_of("sk.pdf", b"").kode == "kosong"


def test_file_over_the_limit_is_refused_in_numbers():
    error = refusal_of("sk.pdf", b"%PDF" + b"0" * 2_500_000, max_bytes=2_000_000)
    assert "2,5 MB" in error.pesan
    assert "2,0 MB" in error.pesan


# -- PDF --------------------------------------------------------------------------------


def _open_action(pdf):
    pdf.Root.OpenAction = pikepdf.Dictionary(
        S=pikepdf.Name.JavaScript, JS="app.alert(1)"
    )


def _named_script(pdf):
    action = pdf.make_indirect(
        pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    )
    pdf.Root.Names = pikepdf.Dictionary(
        JavaScript=pikepdf.Dictionary(Names=["a", action])
    )


def _launch(pdf):
    link = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Link,
        Rect=[0, 0, 10, 10],
        A=pikepdf.Dictionary(S=pikepdf.Name.Launch, F="calc.exe"),
    )
    pdf.pages[0].Annots = pikepdf.Array([link])


def _page_script(pdf):
    pdf.pages[0].AA = pikepdf.Dictionary(
        O=pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    )


def _attachment(pdf):
    pdf.attachments["virus.exe"] = b"MZ"


def _form(pdf):
    pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[], XFA=pdf.make_stream(b"<xdp/>"))


@pytest.mark.parametrize(
    "change", [_open_action, _named_script, _launch, _page_script, _attachment, _form]
)
def test_pdf_that_can_act_is_refused(change):
    error = refusal_of("sk.pdf", build_pdf(change))
    assert error.kode == "pdf_aktif"
    assert "Cetak ke PDF baru" in error.pesan


def test_pdf_with_a_plain_link_passes():
    def link(pdf):
        pdf.pages[0].Annots = pikepdf.Array(
            [
                pikepdf.Dictionary(
                    Type=pikepdf.Name.Annot,
                    Subtype=pikepdf.Name.Link,
                    Rect=[0, 0, 10, 10],
                    A=pikepdf.Dictionary(
                        S=pikepdf.Name.URI, URI="https://contoh.example"
                    ),
                )
            ]
        )

    assert check_upload(upload("sk.pdf", build_pdf(link))).kind == "pdf"


def build_bomb(megabytes):
    """A small file whose one packed object is so large."""
    packer = zlib.compressobj(9)
    packed = packer.compress(b"10 0 [(")
    packed += b"".join(packer.compress(bytes(1_000_000)) for _ in range(megabytes))
    packed += packer.compress(b")]") + packer.flush()
    body = b"%PDF-1.5\n"
    places = {}
    for number, item in {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Isi 10 0 R>>",
        5: b"<</Type/ObjStm/N 1/First 5/Filter/FlateDecode/Length %d>>stream\n%s\nendstream"
        % (len(packed), packed),
    }.items():
        places[number] = len(body)
        body += b"%d 0 obj%s endobj\n" % (number, item)
    places[11] = len(body)
    # Kind and place of each object; the tenth lies in the fifth.
    rows = [(1, places[n]) if n in places else (0, 0) for n in range(12)]
    rows[10] = (2, 5)
    table = b"".join(struct.pack(">BIB", kind, place, 0) for kind, place in rows)
    return body + (
        b"11 0 obj<</Type/XRef/Size 12/W[1 4 1]/Root 1 0 R/Length %d>>stream\n%s\n"
        b"endstream endobj\nstartxref\n%d\n%%%%EOF" % (len(table), table, places[11])
    )


def test_pdf_that_would_fill_the_memory_is_refused():
    """Whoever looks into it is ended, and the portal goes on."""
    assert check_upload(upload("kecil.pdf", build_bomb(1))).halaman == 1
    bomb = build_bomb(500)
    assert len(bomb) < 1_000_000

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert refusal_of("bom.pdf", bomb).kode == "terlalu_berat"

    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000


def test_looking_into_a_pdf_has_an_end(monkeypatch):
    monkeypatch.setattr(terpisah, "SECONDS", 0.001)
    assert refusal_of("sk.pdf", build_pdf()).kode == "terlalu_berat"
    monkeypatch.undo()
    assert check_upload(upload("sk.pdf", build_pdf())), "and the next gets its turn"


def test_damaged_pdf_is_refused():
    assert refusal_of("sk.pdf", b"%PDF-1.7\n" + b"bukan isi pdf " * 20).kode == "rusak"


def test_pdf_without_pages_is_refused():
    target = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.save(target)
    assert refusal_of("sk.pdf", target.getvalue()).kode == "rusak"


def test_pdf_with_a_password_is_refused():
    target = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(target, encryption=pikepdf.Encryption(user="a", owner="b"))
    assert refusal_of("sk.pdf", target.getvalue()).kode == "berkata_sandi"


# -- Pictures -----------------------------------------------------------------------------


def test_truncated_png_is_refused():
    content = build_image("PNG", (200, 200))
    assert refusal_of("foto.png", content[: len(content) // 2]).kode == "rusak"


def test_jpeg_of_only_a_head_is_refused():
    assert refusal_of("foto.jpg", b"\xff\xd8\xff\xe0" + b"\0" * 50).kode == "rusak"


def test_picture_that_would_fill_the_memory_is_refused(monkeypatch):
    monkeypatch.setattr(uploads.Image, "MAX_IMAGE_PIXELS", 100)
    assert refusal_of("foto.png", build_image("PNG")).kode == "terlalu_besar"


# -- Names --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("SK KP 2026.PDF", "SK_KP_2026.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ('a"b\r\nX: y.pdf', "abX_y.pdf"),
        ("a" * 300 + ".pdf", "a" * 96 + ".pdf"),
    ],
)
def test_name_is_safe_to_send_back(name, expected):
    assert clean_name(name) == expected
