"""What letterheads and paper settings make of a paper that is drafted and numbered."""

import datetime as dt

import pytest

from bkpsdmd.accounts.tests.factories import UserFactory
from bkpsdmd.documents import jenis
from bkpsdmd.documents.contoh import build_contoh
from bkpsdmd.documents.kertas import (
    add_pengaturan_naskah,
    get_pengaturan_naskah,
    write_kode,
)
from bkpsdmd.documents.kop import add_kop, get_kop
from bkpsdmd.documents.models import (
    BukuNomor,
    KopSurat,
    NomorDokumen,
    PengaturanNaskah,
)
from bkpsdmd.documents.naskah import rendering
from bkpsdmd.documents.naskah.rendering import ensure_berkas, render_draf
from bkpsdmd.documents.naskah.services import assign_nomor
from bkpsdmd.documents.services import open_buku, update_buku
from bkpsdmd.documents.tests.naskah import (  # noqa: F401
    JENIS,
    NOW,
    TODAY,
    draft,
    jenis_uji,
    numbered,
)
from bkpsdmd.documents.tests.pdf import open_pdf, read_pages, read_text, squeeze
from bkpsdmd.exceptions import DomainError

JANUARI = dt.date(2026, 1, 1)
ISI = {
    "judul": "Surat Keterangan",
    "judul_pendek": "Surat keterangan",
    "isi": [{"jenis": "paragraf", "teks": "Menerangkan bahwa ini contoh."}],
}

pytestmark = pytest.mark.usefixtures("office", "units")


@pytest.fixture
def kop_a():
    kop = KopSurat(kunci="dinas-a", mulai=JANUARI, tempat="Birayang", alamat="Jalan A")
    return add_kop(kop=kop, per_tanggal=JANUARI, by=None)


def set_paper(**lain):
    row = PengaturanNaskah(jenis="uji", mulai=JANUARI, **lain)
    return add_pengaturan_naskah(pengaturan=row, by=None)


def read(naskah):
    with naskah.berkas.open("rb") as file:
        return file.read()


def paper(kunci, **lain):
    clerk = UserFactory()
    data = ISI | ({"kop_kunci": kunci} if kunci else {})
    return numbered(clerk, [UserFactory()], data=data, **lain)


def height(content):
    with open_pdf(content) as pdf:
        return round(float(pdf.pages[0].mediabox[3]) / 72 * 25.4)


def test_paper_bears_the_letterhead_of_its_unit_and_the_place(kop_a, office):
    set_paper(kertas="F4")
    content = read(paper("dinas-a"))
    text = read_text(content)
    assert squeeze("DINAS CONTOH A") in text
    assert squeeze("Birayang, 26 November 2026") in text
    assert squeeze(office.nama_perangkat_daerah.upper()) not in text
    assert height(content) == 330


def test_paper_without_a_unit_bears_the_offices(kop_a, office):
    content = read(paper(""))
    text = read_text(content)
    assert squeeze(office.nama_perangkat_daerah.upper()) in text
    assert squeeze("Barabai, 26 November 2026") in text
    assert "CONTOHA" not in text
    assert height(content) == 297


def test_draft_is_looked_at_on_the_same_paper(kop_a):
    set_paper(kertas="F4")
    clerk = UserFactory()
    naskah = draft(clerk, [UserFactory()], data=ISI | {"kop_kunci": "dinas-a"})
    content = render_draf(naskah, now=NOW)
    assert squeeze("DINAS CONTOH A") in read_text(content)
    assert height(content) == 330


def test_papers_of_several_units_made_at_once_keep_their_own(kop_a, monkeypatch):
    calls = []
    real = rendering.render_many_apart

    def count(template, datas, **lain):
        calls.append(len(datas))
        return real(template, datas, **lain)

    monkeypatch.setattr(rendering, "render_many_apart", count)
    clerk = UserFactory()
    papers = []
    for kunci in ("dinas-a", "dinas-b", "", "dinas-a"):
        naskah = draft(clerk, [UserFactory()], data=ISI | {"kop_kunci": kunci})
        papers.append(
            assign_nomor(naskah=naskah, tanggal=TODAY, by=clerk, now=NOW, cara="basah")
        )
    ensure_berkas(papers, now=NOW)
    texts = [read_text(read(naskah)) for naskah in papers]
    heads = ["DINASCONTOHA", "DINASCONTOHB", "BADANKEPEGAWAIAN"]
    own = [heads[0], heads[1], heads[2], heads[0]]
    for text, mine in zip(texts, own, strict=True):
        assert [head in text for head in heads] == [head == mine for head in heads]
    for naskah, text in zip(papers, texts, strict=True):
        assert squeeze(naskah.nomor.nomor) in text
    # Two of one unit in one process, the others by themselves.
    assert calls == [2]


def test_number_bears_the_class_where_the_office_says_so():
    assert paper("").nomor.nomor == "800/001/BKPSDMD/XI/2026"
    set_paper(kelas_keamanan="R", is_kelas_di_nomor=True)
    naskah = paper("")
    assert naskah.nomor.nomor == "R/800/002/BKPSDMD/XI/2026"
    assert squeeze("Nomor R/800/002/") in read_text(read(naskah))


def test_class_goes_with_the_classification_of_the_year(office):
    nilai = get_pengaturan_naskah("uji", TODAY)
    values = {"jenis": "lain", "nama": "Lain", "pola": "{kode}/{urut}", "by": None}
    open_buku(tahun=2025, kode="700", **values)
    open_buku(tahun=2026, kode="800", **values)
    assert write_kode(nilai, buku="lain", tahun=2026) == ""
    set_paper(is_kelas_di_nomor=True)
    nilai = get_pengaturan_naskah("uji", TODAY)
    codes = [write_kode(nilai, buku="lain", tahun=year) for year in (2025, 2026, 2027)]
    assert codes == ["B/700", "B/800", "B/800"]
    # Without a book the taking of a number says what is missing.
    assert write_kode(nilai, buku="tidak_ada", tahun=2026) == ""


def test_class_is_not_put_in_the_middle_of_a_number(office):
    set_paper(is_kelas_di_nomor=True)
    buku = BukuNomor.objects.get(jenis="surat")
    update_buku(buku=buku, by=None, pola="{urut}/{kode}/{tahun}")
    with pytest.raises(DomainError, match="tidak diawali") as refusal:
        paper("")
    assert refusal.value.kode == "pola_tanpa_kode"
    assert not NomorDokumen.objects.exists()


def test_no_number_is_taken_for_a_paper_without_a_letterhead():
    with pytest.raises(DomainError, match="belum diatur"):
        paper("lain")
    assert not NomorDokumen.objects.exists()


def test_letter_goes_the_way_of_every_paper(monkeypatch, kop_a):
    monkeypatch.setitem(
        jenis._jenis,
        "uji",
        jenis.JenisNaskah(**{**JENIS.__dict__, "templat": "surat"}),
    )
    surat = build_contoh(
        kop=get_kop("dinas-a", TODAY),
        nilai=get_pengaturan_naskah("uji", TODAY),
        dibuat=NOW,
    )
    names = ("judul", "judul_pendek", "isi", "tembusan", "sifat", "lampiran", "hal",
             "kepada", "di")  # fmt: skip
    data = {name: surat[name] for name in names} | {"kop_kunci": "dinas-a"}
    naskah = numbered(UserFactory(), [UserFactory(), UserFactory()], data=data)
    text = read_text(read(naskah))
    for words in (
        "DINAS CONTOH A",
        f"Nomor:{naskah.nomor.nomor}",
        "Birayang, 26 November 2026",
        "Ditandatangani secara elektronik",
        naskah.kode_periksa,
    ):
        assert squeeze(words) in text
    with open_pdf(read(naskah)) as pdf:
        assert pdf.open_metadata()["pdfuaid:part"] == "1"


def test_standing_copies_are_printed_unless_the_draft_names_its_own():
    set_paper(tembusan="Inspektur Contoh")
    assert squeeze("Tembusan: 1. Inspektur Contoh") in read_text(read(paper("")))
    own = numbered(
        UserFactory(), [UserFactory()], data=ISI | {"tembusan": ["Camat Contoh"]}
    )
    text = read_text(read(own))
    assert "CamatContoh" in text
    assert "InspekturContoh" not in text
    none = numbered(UserFactory(), [UserFactory()], data=ISI | {"tembusan": []})
    assert "Tembusan" not in read_text(read(none))


@pytest.mark.parametrize("panjang", range(24, 40, 3))
def test_signature_of_a_paper_stands_with_its_last_words(panjang, office):
    naskah = paper("")
    kalimat = (
        "Kalimat yang panjang sekali dan tidak pernah habis sampai halaman berikut. "
    )
    naskah.data["isi"] = [
        {"jenis": "paragraf", "teks": kalimat * panjang},
        {"jenis": "paragraf", "teks": "Demikian dibuat dengan sebenarnya."},
    ]
    pages = read_pages(render_draf(naskah, now=NOW))
    last = next(page for page in pages if squeeze("Demikian dibuat") in page)
    assert squeeze("Rahmawati, S.Sos., M.AP.") in last


def test_long_last_paragraph_leaves_no_page_empty(office):
    """Held together with the signature, it would leave the first page to the title."""
    naskah = paper("")
    kalimat = (
        "Kalimat yang panjang sekali dan tidak pernah habis sampai halaman berikut. "
    )
    naskah.data["isi"] = [{"jenis": "paragraf", "teks": kalimat * 70}]
    pages = read_pages(render_draf(naskah, now=NOW))
    assert squeeze(kalimat) in pages[0]
