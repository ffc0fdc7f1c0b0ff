"""Settings, numbers and papers change only here, under audit, and never go back."""

import datetime as dt
import hashlib
import io

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from PIL import Image

from bkpsdmd.audit.models import Event
from bkpsdmd.documents.models import (
    BukuNomor,
    DokumenTerbit,
    NomorDokumen,
    PengaturanKantor,
    get_kantor,
)
from bkpsdmd.documents.services import (
    cancel_nomor,
    ensure_kantor,
    open_buku,
    store_dokumen,
    update_buku,
    update_kantor,
)
from bkpsdmd.documents.tests.nomor import take_nomor
from bkpsdmd.exceptions import DomainError, StaleDataError

JANUARI = dt.date(2026, 1, 15)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 10"><path d="M0 0h8v10z"/></svg>'


def png(size=(40, 50)):
    target = io.BytesIO()
    Image.new("RGB", size, "white").save(target, "PNG")
    return target.getvalue()


# -- Office settings ----------------------------------------------------------------------


@pytest.mark.django_db
def test_before_set_up_the_first_values_are_shown_and_nothing_is_written():
    assert get_kantor().singkatan == "BKPSDMD"
    assert not PengaturanKantor.objects.exists()


@pytest.mark.django_db
def test_first_values_are_stored_once_and_not_forced_on_the_office():
    ensure_kantor()
    update_kantor(by=None, singkatan="BKD")
    ensure_kantor()
    assert PengaturanKantor.objects.get().singkatan == "BKD"
    assert Event.objects.filter(kind="kantor.mulai").count() == 1


def test_a_second_office_cannot_be_stored(office):
    with pytest.raises(IntegrityError):
        PengaturanKantor.objects.create(pk=2, nama_instansi="x")


def test_settings_are_read_once_a_minute(office, django_assert_num_queries):
    get_kantor()
    with django_assert_num_queries(0):
        assert get_kantor().nama == office.nama_perangkat_daerah


def test_change_is_seen_at_once_and_audited(office, admin):
    get_kantor()
    update_kantor(by=admin, tempat="Kandangan", alamat="Jalan Contoh 2")
    assert get_kantor().tempat == "Kandangan"
    event = Event.objects.get(kind="kantor.ubah")
    assert event.actor == admin
    assert event.changes["tempat"] == ["Barabai", "Kandangan"]


def test_change_to_the_same_value_leaves_no_event(office, admin):
    update_kantor(by=admin, tempat="Barabai")
    assert not Event.objects.filter(kind="kantor.ubah").exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("kertas", "A3"),
        ("margin_kiri_mm", 5),
        ("kode_pos", "712"),
        ("surel", "bukan surel"),
        ("nama_instansi", ""),
    ],
)
def test_value_that_does_not_fit_is_refused_at_its_field(office, admin, field, value):
    with pytest.raises(DomainError) as refusal:
        update_kantor(by=admin, **{field: value})
    assert refusal.value.kolom == field
    office.refresh_from_db()
    assert getattr(office, field) != value


def test_unknown_setting_is_a_mistake_of_ours(office):
    with pytest.raises(TypeError, match="nama_lain"):
        update_kantor(by=None, nama_lain="x")


def test_second_of_two_editors_is_told(office, admin):
    update_kantor(by=admin, versi=office.versi, tempat="Kandangan")
    with pytest.raises(StaleDataError):
        update_kantor(by=admin, versi=office.versi, tempat="Rantau")
    assert get_kantor().tempat == "Kandangan"


@pytest.mark.parametrize(
    ("name", "content"), [("lambang.png", png()), ("Lambang HST.SVG", SVG)]
)
def test_emblem_is_stored_under_a_random_name(office, admin, name, content):
    kantor = update_kantor(by=admin, lambang=SimpleUploadedFile(name, content))
    assert "HST" not in kantor.lambang.name
    assert kantor.url_lambang.endswith(name[-4:].lower())
    assert "lambang" in Event.objects.get(kind="kantor.ubah").changes
    assert update_kantor(by=admin, lambang=False).url_lambang == ""


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.gif", b"GIF89a", "PNG atau SVG"),
        ("a.png", SVG, "PNG ini rusak"),
        ("a.png", png((2001, 2000)), "terlalu besar"),
        ("a.png", b"\x89PNG" + b"0" * 200_001, "200 KB"),
        ("a.svg", b"<svg", "utuh"),
        ("a.svg", b"<html/>", "bukan gambar SVG"),
        ("a.svg", SVG.replace(b"<path", b"<script>1</script><path"), "script"),
        (
            "a.svg",
            SVG.replace(b"<path", b'<image href="http://x.example/a"/><path'),
            "image",
        ),
        (
            "a.svg",
            SVG.replace(b"<path", b'<use href="http://x.example/a"/><path'),
            "tautan",
        ),
        ("a.svg", SVG.replace(b"<path", b'<path onload="x()"'), "perintah"),
        (
            "a.svg",
            SVG.replace(b"<path", b'<path fill="url(http://x.example)"'),
            "tautan",
        ),
        (
            "a.svg",
            b'<!DOCTYPE svg [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
            b'<svg xmlns="http://www.w3.org/2000/svg"><title>&e;</title></svg>',
            "entitas",
        ),
    ],
)
def test_emblem_that_is_no_plain_picture_is_refused(office, name, content, words):
    with pytest.raises(DomainError, match=words) as refusal:
        update_kantor(by=None, lambang=SimpleUploadedFile(name, content))
    assert refusal.value.kolom == "lambang"


def test_notes_of_drawing_programs_are_taken_out_of_an_emblem(office):
    noted = (
        b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://x.example/svg11.dtd">'
        b'<!-- catatan --><svg xmlns="http://www.w3.org/2000/svg" '
        b'xmlns:i="http://i.example"><i:grid/><path d="M0 0h8v10z" fill="url(#a)"/></svg>'
    )
    kantor = update_kantor(by=None, lambang=SimpleUploadedFile("a.svg", noted))
    with kantor.lambang.open() as file:
        stored = file.read()
    assert b"grid" not in stored
    assert b"DOCTYPE" not in stored
    assert b"catatan" not in stored
    assert b"<path" in stored


# -- Number books ---------------------------------------------------------------------------


@pytest.fixture
def buku(db):
    return open_buku(
        jenis="uji",
        tahun=2026,
        nama="Buku uji",
        kode="800",
        unit="BKPSDMD",
        pola="{kode}/{urut:03}/{unit}/{bulan_romawi}/{tahun}",
        by=None,
    )


def take(tanggal=JANUARI, **lain):
    return take_nomor(jenis="uji", tanggal=tanggal, perihal="Hal", by=None, **lain)


def test_numbers_run_from_one_in_the_pattern_of_the_book(buku):
    assert [str(take()) for _ in range(3)] == [
        "800/001/BKPSDMD/I/2026",
        "800/002/BKPSDMD/I/2026",
        "800/003/BKPSDMD/I/2026",
    ]


def test_classification_of_one_paper_may_differ(buku):
    assert str(take(kode="800.1.3", tanggal=dt.date(2026, 12, 1))) == (
        "800.1.3/001/BKPSDMD/XII/2026"
    )


def test_new_year_opens_its_own_book_and_starts_again(buku, admin):
    take()
    nomor = take(tanggal=dt.date(2027, 1, 4))
    assert str(nomor) == "800/001/BKPSDMD/I/2027"
    assert BukuNomor.objects.filter(jenis="uji").count() == 2
    # A paper of the old year still goes into the old book.
    assert str(take(tanggal=dt.date(2026, 12, 31))) == "800/002/BKPSDMD/XII/2026"


def test_new_year_continues_as_the_newest_book_writes(buku):
    take(tanggal=dt.date(2027, 1, 4))
    newest = BukuNomor.objects.get(tahun=2027)
    update_buku(buku=newest, by=None, pola="{urut}/{tahun}")
    assert str(take(tanggal=dt.date(2028, 1, 3))) == "1/2028"


def test_number_without_a_book_says_who_opens_one(db):
    with pytest.raises(DomainError, match="Admin membuatnya") as refusal:
        take()
    assert refusal.value.kode == "buku_belum_ada"


def test_cancelled_number_stays_and_is_not_given_again(buku, admin):
    first = take()
    cancelled = cancel_nomor(nomor=first, alasan=" Salah tujuan ", by=admin)
    assert (cancelled.status, cancelled.alasan_batal) == ("batal", "Salah tujuan")
    assert take().urut == 2
    with pytest.raises(DomainError, match="sudah dibatalkan"):
        cancel_nomor(nomor=first, alasan="Lagi", by=admin)
    event = Event.objects.get(kind="nomor.batal")
    assert (event.actor, event.reason) == (admin, "Salah tujuan")


def test_cancelling_needs_a_reason(buku):
    with pytest.raises(DomainError) as refusal:
        cancel_nomor(nomor=take(), alasan="  ", by=None)
    assert refusal.value.kolom == "alasan"
    assert NomorDokumen.objects.get().status == "terpakai"


def test_taking_is_audited(buku, admin):
    nomor = take_nomor(jenis="uji", tanggal=JANUARI, perihal="Hal", by=admin)
    event = Event.objects.get(kind="nomor.ambil")
    assert (event.object_label, event.actor) == (str(nomor), admin)
    assert nomor.taken_by == admin
    assert str(event) == f"{admin} mengambil nomor 800/001/BKPSDMD/I/2026"


def test_two_books_with_one_pattern_do_not_give_one_number_twice(buku):
    open_buku(jenis="lain", tahun=2026, nama="Lain", kode="800", unit="BKPSDMD",
              pola=buku.pola, by=None)  # fmt: skip
    take()
    with pytest.raises(DomainError, match="buku lain") as refusal:
        take_nomor(jenis="lain", tanggal=JANUARI, perihal="Hal", by=None)
    assert refusal.value.kode == "nomor_kembar"
    assert NomorDokumen.objects.count() == 1


def test_subject_longer_than_the_book_holds_is_refused(buku):
    with pytest.raises(DomainError) as refusal:
        take_nomor(jenis="uji", tanggal=JANUARI, perihal="x" * 301, by=None)
    assert refusal.value.kolom == "perihal"


@pytest.mark.parametrize(
    ("pola", "words"),
    [
        ("800/{unit}/{tahun}", "memuat {urut}"),
        ("{urut}/{nama}", "tidak dikenal: nama"),
        ("{urut}/{unit.__class__}", "tidak dikenal"),
        ("{urut}/{unit[0]}", "tidak dikenal"),
        ("{urut", "berpasangan"),
        ("{urut:03d}/{tahun:x<500}", "terlalu panjang"),
        ("{urut}/{unit:03d}", "tidak dapat dipakai"),
        ("{urut}{}", "tidak dikenal"),
    ],
)
def test_pattern_that_cannot_number_is_refused(buku, pola, words):
    with pytest.raises(DomainError, match=words) as refusal:
        update_buku(buku=buku, by=None, pola=pola)
    assert refusal.value.kolom == "pola"


def test_changed_pattern_holds_from_the_next_number(buku, admin):
    old = take()
    update_buku(buku=buku, by=admin, pola="{urut}/{kode}/{bulan}-{tahun}")
    assert str(take()) == "2/800/01-2026"
    old.refresh_from_db()
    assert str(old) == "800/001/BKPSDMD/I/2026"
    assert Event.objects.get(kind="buku_nomor.ubah").changes["pola"][0] == (
        "{kode}/{urut:03}/{unit}/{bulan_romawi}/{tahun}"
    )


def test_same_book_is_not_opened_twice(buku):
    with pytest.raises(DomainError, match="sudah ada"):
        open_buku(jenis="uji", tahun=2026, nama="x", pola="{urut}", by=None)


@time_machine.travel("2026-03-01", tick=False)
def test_first_books_are_of_the_current_year(office):
    assert set(BukuNomor.objects.values_list("jenis", "tahun")) == {
        ("surat", 2026),
        ("laporan_pasal24", 2026),
        ("berita_acara", 2026),
    }


def test_book_that_a_later_version_brings_is_opened_too(office):
    BukuNomor.objects.filter(jenis="berita_acara").delete()
    ensure_kantor()
    assert BukuNomor.objects.filter(jenis="berita_acara").exists()


# -- Issued papers --------------------------------------------------------------------------


def store(**lain):
    values = {
        "jenis": "laporan",
        "judul": "Laporan",
        "pdf": b"%PDF-1.7 isi",
        "by": None,
    }
    return store_dokumen(**(values | {"data": {"a": [1, "é"]}} | lain))


def test_paper_is_stored_with_checksum_and_data(db, admin):
    dokumen = DokumenTerbit.objects.get(pk=store(by=admin).pk)
    with dokumen.berkas.open() as file:
        content = file.read()
    assert content == b"%PDF-1.7 isi"
    assert dokumen.sha256 == hashlib.sha256(content).hexdigest()
    assert dokumen.ukuran_byte == len(content)
    assert dokumen.data == {"a": [1, "é"]}
    assert dokumen.berkas.name.startswith("dokumen/")
    event = Event.objects.get(kind="dokumen.terbit")
    assert str(event) == f"{admin} menerbitkan Laporan"


def test_paper_never_changes(db):
    dokumen = store()
    dokumen.judul = "Lain"
    with pytest.raises(TypeError):
        dokumen.save()
    with pytest.raises(TypeError):
        dokumen.delete()
    with pytest.raises(TypeError):
        DokumenTerbit.objects.update(judul="Lain")
    with pytest.raises(TypeError):
        DokumenTerbit.objects.all().delete()
    assert DokumenTerbit.objects.get().judul == "Laporan"


def test_one_number_is_for_one_paper(buku):
    nomor = take()
    store(nomor=nomor)
    with pytest.raises(DomainError) as refusal:
        store(nomor=nomor)
    assert refusal.value.kolom == "nomor"


def test_cancelled_number_goes_on_no_paper(buku):
    nomor = cancel_nomor(nomor=take(), alasan="Salah", by=None)
    with pytest.raises(DomainError, match="ambil nomor baru"):
        store(nomor=nomor)


def test_refused_paper_leaves_no_file(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with pytest.raises(DomainError) as refusal:
        store(judul="x" * 301)
    assert refusal.value.kolom == "judul"
    assert not DokumenTerbit.objects.exists()
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
