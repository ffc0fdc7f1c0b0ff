"""Whose letterhead a paper carries, by date; and the paper of each kind."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from bkpsdmd.audit.models import Event
from bkpsdmd.documents import kop as kop_module
from bkpsdmd.documents.emblems import make_hitam_putih
from bkpsdmd.documents.kertas import (
    add_pengaturan_naskah,
    cancel_pengaturan_naskah,
    get_pengaturan_naskah,
    list_jenis,
    update_pengaturan_naskah,
)
from bkpsdmd.documents.kop import (
    add_kop,
    cancel_kop,
    get_kop,
    list_kop_choices,
    register_kop_choices,
    update_kop,
)
from bkpsdmd.documents.models import KopSurat, PengaturanNaskah
from bkpsdmd.documents.services import update_kantor
from bkpsdmd.documents.tests.test_services import SVG, png
from bkpsdmd.exceptions import DomainError, StaleDataError

JANUARI = dt.date(2026, 1, 1)
MARET = dt.date(2026, 3, 1)
JULI = dt.date(2026, 7, 1)
SATU_HARI = dt.timedelta(days=1)

pytestmark = pytest.mark.usefixtures("office", "units")


def add(kunci="dinas-a", mulai=JANUARI, lambang=None, **lain):
    return add_kop(
        kop=KopSurat(kunci=kunci, mulai=mulai, **lain),
        per_tanggal=JANUARI,
        lambang=lambang,
        by=None,
    )


# -- Letterheads --------------------------------------------------------------------------


def test_office_is_the_letterhead_without_a_unit():
    update_kantor(by=None, alamat="Jalan Kantor 1")
    kop = get_kop("", JANUARI)
    assert kop.nama_perangkat_daerah == (
        "Badan Kepegawaian dan Pengembangan Sumber Daya Manusia"
    )
    assert kop.alamat == "Jalan Kantor 1"


def test_unit_without_its_own_gets_its_name_and_no_address_of_the_office(office):
    update_kantor(by=None, alamat="Jalan Kantor 1", telepon="0517", lebar_lambang_mm=20)
    kop = get_kop("dinas-b", JANUARI)
    assert (kop.kunci, kop.nama_perangkat_daerah) == ("dinas-b", "Dinas Contoh B")
    assert (kop.alamat, kop.telepon, kop.surel, kop.situs) == ("", "", "", "")
    assert kop.nama_instansi == office.nama_instansi
    assert kop.tempat == office.tempat
    assert kop.lebar_lambang_mm == 20


def test_unit_that_is_the_office_itself_gets_the_office_whole(office, monkeypatch):
    update_kantor(by=None, alamat="Jalan Kantor 1")
    name = f"  {office.nama_perangkat_daerah.upper()} "
    monkeypatch.setattr(kop_module, "_sources", [lambda tanggal: [("badan", name)]])
    assert get_kop("badan", JANUARI).alamat == "Jalan Kantor 1"


def test_unknown_unit_gets_nobodys_letterhead():
    with pytest.raises(DomainError, match="belum diatur") as refusal:
        get_kop("lain", JANUARI)
    assert refusal.value.kode == "kop_belum_ada"


def test_letterhead_holds_from_its_day_until_the_next(admin):
    first = add(alamat="Alamat lama")
    add(mulai=MARET, alamat="Alamat baru")
    first.refresh_from_db()
    assert first.selesai == MARET
    assert get_kop("dinas-a", JANUARI - SATU_HARI).alamat == ""
    assert get_kop("dinas-a", JANUARI).alamat == "Alamat lama"
    assert get_kop("dinas-a", MARET - SATU_HARI).alamat == "Alamat lama"
    assert get_kop("dinas-a", MARET).alamat == "Alamat baru"
    assert get_kop("dinas-b", MARET).alamat == ""


def test_one_entered_late_ends_where_the_next_begins():
    add(mulai=MARET, alamat="Maret")
    late = add(mulai=JANUARI, alamat="Januari")
    assert late.selesai == MARET
    assert get_kop("dinas-a", MARET).alamat == "Maret"
    assert get_kop("dinas-a", MARET - SATU_HARI).alamat == "Januari"


def test_two_on_one_day_are_refused():
    add()
    with pytest.raises(DomainError, match="sejak 01-01-2026") as refusal:
        add()
    assert refusal.value.kolom == "mulai"
    assert KopSurat.objects.count() == 1


def test_database_refuses_a_second_open_one_too():
    add()
    with pytest.raises(IntegrityError), transaction.atomic():
        KopSurat.objects.create(kunci="dinas-a", nama_perangkat_daerah="x", mulai=MARET)
    with pytest.raises(IntegrityError), transaction.atomic():
        KopSurat.objects.create(
            kunci="dinas-b", nama_perangkat_daerah="x", mulai=MARET, selesai=MARET
        )


def test_empty_name_becomes_that_of_the_unit():
    assert add().nama_perangkat_daerah == "Dinas Contoh A"
    assert add("dinas-b", nama_perangkat_daerah="Lain").nama_perangkat_daerah == "Lain"


def test_unit_that_is_not_offered_is_refused():
    with pytest.raises(DomainError) as refusal:
        add("lain")
    assert refusal.value.kolom == "kunci"
    assert not KopSurat.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("kode_pos", "712"),
        ("surel", "bukan surel"),
        ("lebar_lambang_mm", 31),
        ("ukuran_nama_pt", 10),
        ("warna_lambang", "merah"),
    ],
)
def test_value_that_does_not_fit_is_refused_at_its_field(field, value):
    with pytest.raises(DomainError) as refusal:
        add(**{field: value})
    assert refusal.value.kolom == field
    assert not Event.objects.filter(kind="kop.tambah").exists()
    kop = add()
    with pytest.raises(DomainError) as refusal:
        update_kop(kop=kop, versi=1, by=None, **{field: value})
    assert refusal.value.kolom == field


def test_correction_is_audited_and_counts_the_version(admin):
    kop = add(telepon="1")
    changed = update_kop(kop=kop, versi=1, by=admin, telepon="2")
    assert (changed.telepon, changed.versi) == ("2", 2)
    event = Event.objects.get(kind="kop.ubah")
    assert event.actor == admin
    assert event.changes == {"telepon": ["1", "2"]}
    assert str(event) == (
        f"{admin} mengubah kop surat Dinas Contoh A (sejak 01-01-2026)"
    )


def test_correction_to_the_same_leaves_no_event():
    kop = add(telepon="1")
    assert update_kop(kop=kop, versi=1, by=None, telepon="1").versi == 1
    assert not Event.objects.filter(kind="kop.ubah").exists()


def test_second_of_two_editors_is_told():
    kop = add()
    update_kop(kop=kop, versi=1, by=None, telepon="1")
    with pytest.raises(StaleDataError):
        update_kop(kop=kop, versi=1, by=None, telepon="2")
    with pytest.raises(StaleDataError):
        cancel_kop(kop=kop, versi=1, alasan="Keliru", by=None)
    assert get_kop("dinas-a", JANUARI).telepon == "1"


@pytest.mark.parametrize("name", ["kunci", "mulai", "versi", "is_batal", "lain"])
def test_what_it_is_about_does_not_change(name):
    with pytest.raises(TypeError, match=name):
        update_kop(kop=add(), versi=1, by=None, **{name: "x"})


def test_ending_is_checked_against_its_neighbours():
    kop = add(alamat="Jalan A")
    add(mulai=JULI)
    for selesai, words in (
        (JANUARI, "sesudah mulainya"),
        (JULI + SATU_HARI, "sejak 01-07-2026"),
    ):
        with pytest.raises(DomainError, match=words) as refusal:
            update_kop(kop=kop, versi=2, by=None, selesai=selesai)
        assert refusal.value.kolom == "selesai"
    ended = update_kop(kop=kop, versi=2, by=None, selesai=MARET)
    assert ended.selesai == MARET
    assert get_kop("dinas-a", MARET - SATU_HARI).alamat == "Jalan A"
    assert get_kop("dinas-a", MARET).alamat == ""
    # Taking the end away lets it go on until the next.
    assert update_kop(kop=kop, versi=3, by=None, selesai=None).selesai == JULI
    # The day the next begins is no overlap, and here no change.
    assert update_kop(kop=kop, versi=4, by=None, selesai=JULI).versi == 4


def test_cancelled_one_stays_and_the_one_before_goes_on(admin):
    first = add(alamat="Lama")
    wrong = add(mulai=MARET, alamat="Keliru")
    add(mulai=JULI, alamat="Nanti")
    wrong.refresh_from_db()
    with pytest.raises(DomainError, match="alasan") as refusal:
        cancel_kop(kop=wrong, versi=wrong.versi, alasan=" ", by=admin)
    assert refusal.value.kolom == "alasan"
    cancel_kop(kop=wrong, versi=wrong.versi, alasan="Salah unit", by=admin)
    first.refresh_from_db()
    assert first.selesai == JULI
    assert get_kop("dinas-a", MARET).alamat == "Lama"
    assert get_kop("dinas-a", JULI).alamat == "Nanti"
    assert KopSurat.objects.count() == 3
    event = Event.objects.get(kind="kop.batal")
    assert (event.actor, event.reason) == (admin, "Salah unit")
    with pytest.raises(DomainError, match="sudah dibatalkan"):
        update_kop(kop=wrong, versi=wrong.versi + 1, by=admin, telepon="1")
    # Its day is free again.
    assert add(mulai=MARET, alamat="Benar").selesai == JULI


def test_reading_costs_one_query(django_assert_num_queries):
    add()
    get_kop("", JANUARI)
    with django_assert_num_queries(1):
        get_kop("dinas-a", JANUARI)


def test_sources_are_registered_once(monkeypatch):
    monkeypatch.setattr(kop_module, "_sources", [])

    def source(tanggal):
        return [("x", str(tanggal.year))]

    register_kop_choices(source)
    register_kop_choices(source)
    assert list_kop_choices(JANUARI) == [("x", "2026")]


# -- Emblem -------------------------------------------------------------------------------


def test_own_emblem_is_checked_like_the_offices():
    with pytest.raises(DomainError, match="bukan gambar SVG") as refusal:
        add(lambang=SimpleUploadedFile("a.svg", b"<html/>"))
    assert refusal.value.kolom == "lambang"


def test_own_emblem_goes_before_the_offices_and_can_be_taken_away():
    update_kantor(by=None, lambang=SimpleUploadedFile("a.png", png()))
    kop = add(lambang=SimpleUploadedFile("b.svg", SVG))
    assert kop.lambang.name.endswith(".svg")
    assert get_kop("dinas-a", JANUARI).as_payload()["lambang"]["format"] == "svg"
    assert get_kop("dinas-b", JANUARI).as_payload()["lambang"]["format"] == "png"
    kop = update_kop(kop=kop, versi=1, by=None, lambang=False)
    assert not kop.lambang
    assert "lambang" in Event.objects.get(kind="kop.ubah").changes
    assert get_kop("dinas-a", JANUARI).as_payload()["lambang"]["format"] == "png"


def test_no_emblem_at_all_is_a_letterhead_too():
    assert get_kop("dinas-a", JANUARI).as_payload()["lambang"] is None


COLOURED = (
    b'<svg xmlns="http://www.w3.org/2000/svg"><path fill="red" stroke="none"/>'
    b'<path style="fill:#00ff00;stroke: rgb(0, 0, 255);opacity:.5"/>'
    b'<path fill="url(#a)"/><stop stop-color="gold"/></svg>'
)


def test_svg_loses_its_colours_and_keeps_its_shades():
    text = make_hitam_putih(COLOURED, ".svg").decode()
    assert 'fill="#4c4c4c" stroke="none"' in text
    assert "fill:#969696;stroke: #1d1d1d;opacity:.5" in text
    assert 'fill="url(#a)"' in text
    assert "gold" not in text


def test_png_loses_its_colours_and_keeps_what_is_clear():
    import io

    from PIL import Image

    target = io.BytesIO()
    picture = Image.new("RGBA", (2, 1), (255, 0, 0, 255))
    picture.putpixel((1, 0), (0, 0, 255, 0))
    picture.save(target, "PNG")
    with Image.open(io.BytesIO(make_hitam_putih(target.getvalue(), ".png"))) as gray:
        assert gray.mode == "LA"
        assert gray.getpixel((0, 0)) == (76, 255)
        assert gray.getpixel((1, 0))[1] == 0


def test_black_emblem_is_a_setting_of_the_letterhead():
    update_kantor(
        by=None,
        warna_lambang="hitam",
        lambang=SimpleUploadedFile("a.svg", SVG.replace(b"<path", b'<path fill="red"')),
    )
    assert "#4c4c4c" in get_kop("", JANUARI).as_payload()["lambang"]["isi"]
    add(warna_lambang="warna")
    assert "red" in get_kop("dinas-a", JANUARI).as_payload()["lambang"]["isi"]


# -- Paper of each kind -------------------------------------------------------------------


def add_kertas(mulai=JANUARI, jenis="surat", **lain):
    return add_pengaturan_naskah(
        pengaturan=PengaturanNaskah(jenis=jenis, mulai=mulai, **lain), by=None
    )


def test_kind_without_settings_is_printed_on_the_offices_paper():
    update_kantor(by=None, kertas="F4", margin_kiri_mm=25)
    nilai = get_pengaturan_naskah("surat", JANUARI)
    assert (nilai.kertas, nilai.margin_kiri_mm, nilai.margin_bawah_mm) == ("F4", 25, 25)
    assert (nilai.huruf, nilai.ukuran_huruf_pt, nilai.tembusan) == ("sans", 11, ())
    assert (nilai.awalan_nomor, nilai.nama_sifat) == ("", "Biasa")


def test_each_value_left_empty_is_the_offices():
    update_kantor(by=None, margin_kanan_mm=15)
    add_kertas(kertas="F4", margin_kiri_mm=40)
    nilai = get_pengaturan_naskah("surat", JANUARI)
    assert (nilai.kertas, nilai.margin_kiri_mm) == ("F4", 40)
    assert (nilai.margin_kanan_mm, nilai.margin_atas_mm) == (15, 20)


def test_paper_follows_its_dates():
    add_kertas(kertas="F4")
    add_kertas(MARET, kertas="A4")
    papers = [
        get_pengaturan_naskah("surat", day).kertas
        for day in (JANUARI - SATU_HARI, JANUARI, MARET - SATU_HARI, MARET)
    ]
    assert papers == ["A4", "F4", "F4", "A4"]


def test_class_stands_before_the_number_only_where_the_office_says_so():
    add_kertas(kelas_keamanan="R")
    assert get_pengaturan_naskah("surat", JANUARI).awalan_nomor == ""
    row = PengaturanNaskah.objects.get()
    update_pengaturan_naskah(
        pengaturan=row, versi=1, by=None, is_kelas_di_nomor=True, sifat="sangat_segera"
    )
    nilai = get_pengaturan_naskah("surat", JANUARI)
    assert (nilai.awalan_nomor, nilai.nama_sifat) == ("R/", "Sangat Segera")


def test_copies_are_one_per_line():
    row = add_kertas(tembusan=" Bupati  (sebagai laporan)\r\n\r\n Inspektur ")
    assert row.tembusan == "Bupati (sebagai laporan)\nInspektur"
    nilai = get_pengaturan_naskah("surat", JANUARI)
    assert nilai.tembusan == ("Bupati (sebagai laporan)", "Inspektur")


@pytest.mark.parametrize("teks", ["x\n" * 41, "x" * 201])
def test_too_many_or_too_long_copies_are_refused(teks):
    with pytest.raises(DomainError) as refusal:
        add_kertas(tembusan=teks)
    assert refusal.value.kolom == "tembusan"
    row = add_kertas()
    with pytest.raises(DomainError):
        update_pengaturan_naskah(pengaturan=row, versi=1, by=None, tembusan=teks)


def test_unknown_kind_is_refused():
    assert dict(list_jenis())["surat"] == "Surat keluar"
    with pytest.raises(DomainError) as refusal:
        add_kertas(jenis="lain")
    assert refusal.value.kolom == "jenis"


def test_paper_settings_are_audited_and_cancelled(admin):
    row = add_pengaturan_naskah(
        pengaturan=PengaturanNaskah(jenis="surat", mulai=JANUARI, kertas="F4"), by=admin
    )
    event = Event.objects.get(kind="naskah_kertas.tambah")
    assert event.changes["kertas"] == [None, "F4"]
    assert str(event) == (
        f"{admin} menambahkan pengaturan naskah surat (sejak 01-01-2026)"
    )
    cancel_pengaturan_naskah(pengaturan=row, versi=1, alasan="Keliru", by=admin)
    assert get_pengaturan_naskah("surat", JANUARI).kertas == "A4"
