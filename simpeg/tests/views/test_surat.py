"""Letters and minutes over the pages: who drafts, numbers, signs, sees and checks them."""

import datetime as dt
import io

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from PIL import Image

from bkpsdmd.accounts.roles import Role
from bkpsdmd.accounts.tests.factories import SANDI
from bkpsdmd.audit.models import Event
from bkpsdmd.documents.models import AkhirDokumen, DokumenTerbit, Naskah, StatusNaskah
from bkpsdmd.documents.naskah.services import number_naskah
from bkpsdmd.documents.naskah.signing import sign_naskah
from bkpsdmd.documents.services import ensure_kantor, revoke_dokumen
from bkpsdmd.documents.tests.pdf import open_pdf, read_text
from bkpsdmd.exceptions import DomainError
from simpeg.models import (
    Golongan,
    KeadaanPegawai,
    PejabatPenandatangan,
    TautanPegawai,
)
from simpeg.panels import panel_data_saya
from simpeg.selectors.penandatangan import find_pejabat
from simpeg.services.akses import grant_peran
from simpeg.services.penandatangan import add_penandatangan
from simpeg.services.surat import draft_berita_acara, draft_surat_keterangan
from simpeg.tests.actors import make_penandatangan, make_user
from simpeg.tests.factories import PegawaiFactory

MULAI = dt.date(2020, 1, 1)


@pytest.fixture
def kepala(kantor):
    """The head, who signs letters."""
    ensure_kantor()
    return make_penandatangan(kantor, "surat_keterangan")


def draft(kantor, by, **changes):
    values = {
        "pegawai": kantor.pegawai,
        "keperluan": "pengajuan kredit",
        "by": by,
        "per_tanggal": timezone.localdate(),
    }
    return draft_surat_keterangan(**{**values, **changes})


def number(naskah, by, cara=""):
    now = timezone.now()
    return number_naskah(
        naskah=naskah, tanggal=timezone.localdate(now), by=by, now=now, cara=cara
    )


def sign(naskah, kepala):
    return sign_naskah(naskah=naskah, by=kepala.user, now=timezone.now())


def url(naskah, name="detail"):
    return reverse(f"documents:naskah-{name}", args=[naskah.pk])


def login(client, user):
    client.force_login(user)
    answer = client.post(reverse("account_reauthenticate"), {"password": SANDI})
    assert answer.status_code == 302


# -- Draft ------------------------------------------------------------------------------


def test_clerk_drafts_a_letter_about_a_person_of_the_unit(client, kantor, kepala):
    client.force_login(kantor.pengelola.user)
    page = client.get(kantor.pegawai.get_absolute_url())
    address = reverse("simpeg:surat-create", args=[kantor.pegawai.pk])
    assert address in page.content.decode()
    answer = client.post(
        address, {"keperluan": "pengurusan  paspor.", "tembusan": "Arsip\n\nDinas"}
    )
    naskah = Naskah.objects.get()
    assert answer.url == url(naskah)
    assert naskah.data["tembusan"] == ["Arsip", "Dinas"]
    assert naskah.surat_pegawai.pegawai == kantor.pegawai
    pdf = read_text(client.get(url(naskah, "pdf")).content)
    for word in ("DRAF", "SitiPegawai", "pengurusanpaspor.", "KepalaBadan"):
        assert word in pdf
    event = Event.objects.get(kind="naskah.draf")
    assert event.subject_id == str(kantor.pegawai.pk)
    assert client.get(url(naskah)).status_code == 200


@pytest.mark.parametrize("who", ["orang_luar", "pengelola"])
def test_nobody_drafts_about_people_elsewhere_or_oneself(client, kantor, kepala, who):
    client.force_login(kantor.pengelola.user)
    pegawai = getattr(kantor, who)
    answer = client.post(
        reverse("simpeg:surat-create", args=[pegawai.pk]), {"keperluan": "kredit"}
    )
    assert answer.status_code in {403, 404}
    assert not Naskah.objects.exists()


def test_letter_without_an_official_says_what_to_do(client, kantor):
    ensure_kantor()
    client.force_login(kantor.pengelola.user)
    page = client.post(
        reverse("simpeg:surat-create", args=[kantor.pegawai.pk]),
        {"keperluan": "kredit"},
    )
    assert "Pejabat penandatangan" in page.content.decode()
    assert not Naskah.objects.exists()


def test_who_left_gets_no_letter(kantor, kepala, verifikator):
    keadaan = kantor.pegawai.keadaan
    keadaan.is_aktif = False
    keadaan.save()
    with pytest.raises(DomainError, match="tidak aktif lagi"):
        draft(kantor, verifikator)


# -- Who signs --------------------------------------------------------------------------


def test_official_follows_kind_golongan_and_date(kantor, kepala):
    sekda, asisten = PegawaiFactory(di=kantor.dinas), PegawaiFactory(di=kantor.dinas)
    gol = {kode: Golongan.objects.get(pk=kode) for kode in ("III/d", "IV/a", "IV/c")}
    for pegawai, mulai in ((sekda, MULAI), (asisten, dt.date(2026, 7, 1))):
        add_penandatangan(
            pejabat=PejabatPenandatangan(
                jenis_dokumen="surat_keterangan",
                pegawai=pegawai,
                jabatan="Sekretaris Daerah",
                golongan_dari=gol["IV/a"],
                golongan_sampai=gol["IV/c"],
                mulai=mulai,
            ),
            by=None,
        )

    def found(kode, tanggal):
        return find_pejabat(
            "surat_keterangan", per_tanggal=tanggal, golongan=gol.get(kode)
        ).pegawai

    day = dt.date(2026, 6, 30)
    assert found("IV/a", day) == found("IV/c", day) == sekda
    assert found("III/d", day) == kepala
    assert found(None, day) == kepala
    assert found("IV/a", dt.date(2026, 7, 1)) == asisten


def test_ranges_of_golongan_that_overlap_are_refused(kantor, kepala):
    gol = {k: Golongan.objects.get(pk=k) for k in ("III/a", "III/d", "IV/a", "IV/e")}

    def add(dari, sampai):
        add_penandatangan(
            pejabat=PejabatPenandatangan(
                jenis_dokumen="surat_keterangan",
                pegawai=kepala,
                jabatan="Kepala",
                golongan_dari=gol.get(dari),
                golongan_sampai=gol.get(sampai),
                mulai=MULAI,
            ),
            by=None,
        )

    add("III/d", "IV/e")
    with pytest.raises(DomainError, match="sebagian sudah"):
        add("III/a", "IV/a")
    with pytest.raises(DomainError, match="kosongkan keduanya"):
        add("III/a", None)
    with pytest.raises(DomainError, match="lebih rendah"):
        add("IV/e", "III/a")


# -- From number to signature -----------------------------------------------------------


def test_letter_goes_from_draft_to_a_paper_anybody_can_check(
    client, kantor, kepala, verifikator
):
    naskah = draft(kantor, kantor.pengelola.user)
    client.force_login(kantor.pengelola.user)
    assert client.post(url(naskah, "number")).status_code == 403
    client.force_login(verifikator)
    client.post(url(naskah, "number"))
    naskah.refresh_from_db()
    assert naskah.status == StatusNaskah.BERNOMOR
    # What waits for an electronic signature never leaves without it.
    assert "DRAF" in read_text(client.get(url(naskah, "pdf")).content)
    said = client.get(reverse("documents:periksa-kode", args=[naskah.kode_periksa]))
    assert "belum ditandatangani" in said.content.decode()

    login(client, kepala.user)
    assert naskah.judul in client.get("/").content.decode()
    page = client.get(url(naskah, "sign"))
    assert "frasa_sandi" not in page.content.decode()
    assert client.post(url(naskah, "sign"), {}).status_code == 200, "unticked"
    answer = client.post(url(naskah, "sign"), {"setuju": "on"})
    assert answer.url == url(naskah)
    naskah.refresh_from_db()
    assert naskah.status == StatusNaskah.DITANDATANGANI

    client.logout()
    said = client.get(
        reverse("documents:periksa-kode", args=[naskah.kode_periksa])
    ).content.decode()
    assert "asli dan berlaku" in said
    assert "Sah" in said
    assert "Kepala Badan" in said
    assert "Siti Pegawai" not in said, "no personal data"


def test_signing_asks_for_the_password_again(client, kantor, kepala, verifikator):
    naskah = number(draft(kantor, verifikator), verifikator)
    client.force_login(kepala.user)
    answer = client.get(url(naskah, "sign"))
    assert answer.status_code == 302
    assert "/akun/pastikan/" in answer.url
    late = {"setuju": "on", "frasa_sandi": "rahasia"}
    assert client.post(url(naskah, "sign"), late).url == url(naskah, "sign")
    assert "rahasia" not in str(dict(client.session)), "dropped, not kept for later"
    naskah.refresh_from_db()
    assert naskah.status == StatusNaskah.BERNOMOR


def test_only_the_named_official_signs(client, kantor, kepala, verifikator):
    naskah = number(draft(kantor, verifikator), verifikator)
    for user in (verifikator, make_user(Role.KEPALA_BADAN), make_user(Role.AUDITOR)):
        login(client, user)
        assert client.get(url(naskah, "sign")).status_code == 403
        assert client.post(url(naskah, "sign"), {"setuju": "on"}).status_code == 403
    assert not DokumenTerbit.objects.exists()


def test_unsigned_file_and_changed_file_are_told_apart(
    client, kantor, kepala, verifikator
):
    naskah = sign(number(draft(kantor, verifikator), verifikator), kepala)

    def ask(content):
        file = SimpleUploadedFile("surat.pdf", content)
        page = client.post(reverse("documents:periksa"), {"berkas": file})
        return page.content.decode()

    with naskah.berkas.open("rb") as before, naskah.dokumen.berkas.open("rb") as signed:
        unsigned, issued = before.read(), signed.read()
    assert "asli dan berlaku" in ask(issued)
    assert "sebelum ditandatangani" in ask(unsigned)
    changed = bytearray(issued)
    changed[len(unsigned) // 2] ^= 1
    said = ask(bytes(changed))
    assert "tidak dikenal" in said
    assert "Tidak sah" in said


def test_revoked_and_replaced_letters_say_so(client, kantor, kepala, verifikator):
    old = sign(number(draft(kantor, verifikator), verifikator), kepala)
    client.force_login(verifikator)
    assert client.post(url(old, "revoke"), {"alasan": "x"}).status_code == 403
    page = client.get(url(old)).content.decode()
    address = (
        f"{reverse('simpeg:surat-create', args=[kantor.pegawai.pk])}?ganti={old.pk}"
    )
    assert address in page
    client.post(address, {"keperluan": "kredit", "alasan_ganti": "Salah tulis pangkat"})
    new = Naskah.objects.latest("pk")
    new = sign(number(new, verifikator), kepala)
    said = client.get(reverse("documents:periksa-kode", args=[old.kode_periksa]))
    assert "Salah tulis pangkat" in said.content.decode()
    assert new.kode_periksa in said.content.decode()

    client.force_login(make_user(Role.KEPALA_BADAN))
    client.post(url(new, "revoke"), {"alasan": "Tidak jadi dipakai"})
    said = client.get(reverse("documents:periksa-kode", args=[new.kode_periksa]))
    assert "Dicabut" in said.content.decode()
    assert client.post(url(new, "revoke"), {"alasan": "lagi"}).status_code == 302
    assert AkhirDokumen.objects.filter(dokumen=new.dokumen).count() == 1


def test_wet_signature_is_printed_scanned_and_issued(
    client, kantor, kepala, verifikator
):
    naskah = number(draft(kantor, verifikator), verifikator, cara="basah")
    client.force_login(verifikator)
    printed = client.get(url(naskah, "pdf"))
    assert "DRAF" not in read_text(b"".join(printed.streaming_content))
    refused = client.post(
        url(naskah, "scan"),
        {"berkas": SimpleUploadedFile("a.pdf", b"MZ program"), "sesuai": "on"},
    )
    assert "program" in refused.content.decode()
    assert not DokumenTerbit.objects.exists()
    with naskah.berkas.open("rb") as file:
        scan = SimpleUploadedFile("pindaian.pdf", file.read() + b"\n%pindaian\n")
    client.post(url(naskah, "scan"), {"berkas": scan, "sesuai": "on"})
    naskah.refresh_from_db()
    assert naskah.status == StatusNaskah.DITANDATANGANI


def test_cancel_and_change_of_way(client, kantor, kepala, verifikator):
    naskah = number(draft(kantor, verifikator), verifikator)
    client.force_login(verifikator)
    client.post(url(naskah, "cara"), {"cara": "basah", "alasan": "Layanan mati"})
    naskah.refresh_from_db()
    assert naskah.cara == "basah"
    client.post(url(naskah, "cancel"), {"alasan": "Tidak jadi"})
    naskah.refresh_from_db()
    assert naskah.status == StatusNaskah.BATAL
    said = client.get(reverse("documents:periksa-kode", args=[naskah.kode_periksa]))
    assert "dibatalkan" in said.content.decode()


# -- Who sees ---------------------------------------------------------------------------


def test_everybody_sees_the_papers_of_their_scope(client, kantor, kepala, verifikator):
    naskah = number(draft(kantor, verifikator), verifikator)

    def sees(user):
        client.force_login(user)
        listed = (
            naskah.judul
            in client.get(reverse("documents:naskah-list")).content.decode()
        )
        status = client.get(url(naskah)).status_code
        assert listed == (status == 200)
        pdf = client.get(url(naskah, "pdf"))
        assert pdf.status_code == status
        if pdf.streaming:
            assert b"".join(pdf.streaming_content).startswith(b"%PDF")
        return listed

    assert sees(kantor.pengelola.user)
    assert sees(kepala.user)
    assert sees(make_user(Role.AUDITOR))
    assert not sees(kantor.pegawai.user), "not before it is signed"
    assert not sees(kantor.orang_luar.user)
    sign(naskah, kepala)
    assert sees(kantor.pegawai.user)
    assert not sees(kantor.orang_luar.user)


def test_list_costs_the_same_for_few_and_many(
    client, kantor, kepala, verifikator, django_assert_max_num_queries
):
    client.force_login(verifikator)
    for _ in range(12):
        draft(kantor, verifikator)
    with django_assert_max_num_queries(11):
        client.get(reverse("documents:naskah-list"))


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 2),
        ("?q=siti", 2),
        ("?q=tidak+ada", 0),
        ("?status=draf", 1),
        ("?status=bernomor", 1),
        ("?status=dicabut", 0),
        ("?jenis=berita_acara", 0),
        ("?menunggu=on", 0),
    ],
)
def test_filters(client, kantor, kepala, verifikator, query, count):
    draft(kantor, verifikator)
    number(draft(kantor, verifikator), verifikator)
    client.force_login(verifikator)
    page = client.get(reverse("documents:naskah-list") + query)
    assert len(page.context["daftar"].rows) == count


# -- Berita acara -----------------------------------------------------------------------


def test_minutes_are_written_changed_and_signed_by_three(client, kantor, kepala):
    ensure_kantor()
    penyusun = make_user(Role.KEPALA_BIDANG)
    client.force_login(penyusun)
    signers = [kantor.atasan, kantor.pengelola, kepala]
    form = {
        "judul": "Berita Acara Pencocokan Data",
        "perihal_umum": "Berita acara pencocokan data",
        "isi": "Pada hari ini kami bersepakat.\n\n- 300 orang dicocokkan\n- 40 berbeda",
        **{f"nip_{n}": p.nip for n, p in enumerate(signers, start=1)},
        "jabatan_1": "Pihak Kesatu",
        "jabatan_2": "Pihak Kedua",
        "jabatan_3": "Mengetahui, Kepala Badan",
    }
    bad = client.post(
        reverse("simpeg:berita-acara-create"), {**form, "nip_2": kantor.atasan.nip}
    )
    assert "sudah disebut" in bad.content.decode()
    client.post(reverse("simpeg:berita-acara-create"), form)
    naskah = Naskah.objects.get()
    assert [b["jenis"] for b in naskah.data["isi"]] == ["paragraf", "daftar"]
    edit = reverse("simpeg:berita-acara-update", args=[naskah.pk])
    shown = client.get(edit).context["form"].initial
    assert {k: shown[k] for k in ("isi", "nip_3", "jabatan_1")} == {
        k: form[k] for k in ("isi", "nip_3", "jabatan_1")
    }
    client.post(edit, {**form, "judul": "Berita Acara Pemutakhiran Data"})
    naskah = number(Naskah.objects.get(), make_user(Role.SEKRETARIS))
    for pegawai in signers:
        naskah = sign(naskah, pegawai)
    assert naskah.dokumen.judul == "Berita Acara Pemutakhiran Data"
    assert client.get(edit).status_code == 404, "a numbered one stays"


def test_minutes_without_text_are_refused(kantor, kepala):
    with pytest.raises(DomainError, match="isi berita"):
        draft_berita_acara(
            judul="Kosong",
            perihal_umum="Kosong",
            isi=" \n\n ",
            penandatangan=[(kepala, "Kepala")],
            by=kepala.user,
        )
    assert not Naskah.objects.exists()


# -- What clerks ask for ------------------------------------------------------------------


def test_scan_may_be_photographs_of_a_phone(client, kantor, kepala, verifikator):
    naskah = number(draft(kantor, verifikator), verifikator, cara="basah")
    client.force_login(verifikator)
    assert "data-foto" in client.get(url(naskah, "scan")).content.decode()
    client.post(
        url(naskah, "scan"),
        {"berkas": [photo("1.jpg"), photo("2.jpg")], "sesuai": "on"},
    )
    naskah.refresh_from_db()
    assert naskah.status == StatusNaskah.DITANDATANGANI
    with naskah.dokumen.berkas.open("rb") as file, open_pdf(file.read()) as pdf:
        assert len(pdf.pages) == 2


def photo(name):
    out = io.BytesIO()
    Image.new("RGB", (600, 800), "white").save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")


def test_scan_is_issued_only_when_somebody_looked_at_it(
    client, kantor, kepala, verifikator
):
    naskah = number(draft(kantor, verifikator), verifikator, cara="basah")
    client.force_login(verifikator)
    page = client.post(url(naskah, "scan"), {"berkas": photo("1.jpg")})
    assert "Pilih lagi berkasnya" in page.content.decode()
    assert not DokumenTerbit.objects.exists()


def test_way_of_signing_is_chosen_with_the_number(client, kantor, kepala, verifikator):
    naskah = draft(kantor, verifikator)
    naskah.penandatangan_set.update(user=None)
    client.force_login(verifikator)
    page = client.get(url(naskah, "number")).content.decode()
    assert "hanya tanda tangan basah" in page
    assert "BSrE" not in page
    client.post(url(naskah, "number"), {"cara": "basah"})
    naskah.refresh_from_db()
    assert (naskah.status, naskah.cara) == (StatusNaskah.BERNOMOR, "basah")
    assert client.get(url(naskah, "number")).url == naskah.get_absolute_url()


def test_draft_of_a_letter_is_corrected_with_the_data_and_official_of_today(
    client, kantor, kepala, verifikator
):
    naskah = draft(kantor, verifikator, keperluan="kredit")
    other = PegawaiFactory(nama="Plh Baru", punya_akun=True, di=kantor.dinas_lain)
    add_penandatangan(
        pejabat=PejabatPenandatangan(
            jenis_dokumen="surat_keterangan",
            pegawai=other,
            jabatan="Plh. Kepala Badan",
            mulai=timezone.localdate(),
        ),
        by=None,
    )
    client.force_login(verifikator)
    address = reverse("simpeg:surat-update", args=[naskah.pk])
    assert address in client.get(url(naskah)).content.decode()
    assert 'value="kredit"' in client.get(address).content.decode()
    client.post(address, {"keperluan": "paspor", "tembusan": "Bupati"})
    naskah.refresh_from_db()
    assert "paspor" in str(naskah.data["isi"])
    assert naskah.data["tembusan"] == ["Bupati"]
    assert naskah.penandatangan_set.get().user == other.user
    number(naskah, verifikator)
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("who", ["stranger", "subject"])
def test_draft_is_changed_by_officers_of_the_person_alone(
    client, kantor, kepala, verifikator, who
):
    naskah = draft(kantor, verifikator)
    user = {
        "stranger": make_user(Role.PENGELOLA_OPD, kantor.dinas_lain),
        "subject": kantor.pegawai.user,
    }[who]
    client.force_login(user)
    address = reverse("simpeg:surat-update", args=[naskah.pk])
    assert client.post(address, {"keperluan": "x"}).status_code in (403, 404)


def test_history_of_the_paper_stands_on_its_page(client, kantor, kepala, verifikator):
    naskah = sign(number(draft(kantor, verifikator), verifikator), kepala)
    client.force_login(verifikator)
    page = client.get(url(naskah)).content.decode()
    assert "Riwayat naskah" in page
    assert f"{kepala.user} menandatangani" in page
    client.force_login(kantor.pegawai.user)
    assert "Riwayat naskah" not in client.get(url(naskah)).content.decode()


def test_page_says_who_must_do_what_next(client, kantor, kepala, verifikator):
    naskah = draft(kantor, kantor.pengelola.user)
    client.force_login(kantor.pengelola.user)
    assert "diberi nomor oleh verifikator" in client.get(url(naskah)).content.decode()
    naskah = number(naskah, verifikator)
    page = client.get(url(naskah)).content.decode()
    assert "Menunggu tanda tangan Erna Kepala" in page
    client.force_login(kepala.user)
    assert "Giliran Anda" in client.get(url(naskah)).content.decode()


def test_list_is_taken_along_as_excel_within_the_own_scope(
    client, kantor, kepala, verifikator
):
    naskah = sign(number(draft(kantor, verifikator), verifikator), kepala)
    address = reverse("documents:naskah-export")
    for user, count in (
        (verifikator, 1),
        (make_user(Role.PENGELOLA_OPD, kantor.dinas_lain), 0),
    ):
        client.force_login(user)
        answer = client.post(f"{address}?q=surat")
        book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
        text = str(list(book.active.values))
        assert text.count(naskah.nomor.nomor) == count
    assert Event.objects.filter(kind="naskah.ekspor").count() == 2
    client.force_login(kantor.pegawai.user)
    assert client.post(address).status_code == 403


@pytest.mark.parametrize("query", ["1", "001"])
def test_paper_is_found_by_its_number_in_the_book(
    client, kantor, kepala, verifikator, query
):
    number(draft(kantor, verifikator), verifikator)
    draft(kantor, verifikator)
    client.force_login(verifikator)
    page = client.get(reverse("documents:naskah-list"), {"q": query})
    assert len(page.context["daftar"].rows) == 1


# -- Who tries to get around --------------------------------------------------------------


def test_letter_about_somebody_else_is_not_replaced(
    client, kantor, kepala, verifikator
):
    old = sign(number(draft(kantor, verifikator), verifikator), kepala)
    other = PegawaiFactory(nama="Orang Lain", di=kantor.bidang)
    client.force_login(verifikator)
    address = reverse("simpeg:surat-create", args=[other.pk])
    answer = client.post(
        f"{address}?ganti={old.pk}", {"keperluan": "x", "alasan_ganti": "y"}
    )
    assert "bukan tentang orang ini" in answer.content.decode()
    assert Naskah.objects.count() == 1


@pytest.mark.parametrize("ganti", ["²", "x", "0", "99999999999999999999999", "-1"])
def test_replacing_nonsense_is_not_found(client, kantor, kepala, verifikator, ganti):
    client.force_login(verifikator)
    address = reverse("simpeg:surat-create", args=[kantor.pegawai.pk])
    assert client.get(address, {"ganti": ganti}).status_code == 404


@pytest.mark.parametrize("paket", ["99999999999999999999999", "1e400", "NaN", "²"])
def test_nonsense_in_the_filters_is_no_error(client, kantor, verifikator, paket):
    client.force_login(verifikator)
    page = client.get(reverse("documents:naskah-list"), {"paket": paket, "q": "²\x00"})
    assert page.status_code == 200


def test_nobody_signs_about_oneself_by_another_record(
    client, kantor, kepala, verifikator
):
    """A PPPK who became CPNS has two records and one account."""
    lama = PegawaiFactory(nama="Erna Lama", di=kantor.bidang)
    naskah = number(draft(kantor, verifikator, pegawai=lama), verifikator)
    TautanPegawai.objects.create(
        lama=lama, baru=kepala, status="disetujui", alasan="orang yang sama"
    )
    with pytest.raises(DomainError, match="tentang Anda sendiri"):
        sign(naskah, kepala)
    with pytest.raises(DomainError, match="disusun petugas lain"):
        draft(kantor, kepala.user, pegawai=lama)


def test_official_does_not_sign_the_letter_about_oneself(kantor, kepala, verifikator):
    """Whoever signs for all does; where nobody else is set, the draft says so."""
    with pytest.raises(DomainError, match="sendiri pejabat penanda tangannya"):
        draft(kantor, verifikator, pegawai=kepala)
    golongan = kepala.keadaan.golongan or Golongan.objects.get(pk="III/a")
    KeadaanPegawai.objects.filter(pegawai=kepala).update(golongan=golongan)
    kepala.refresh_from_db()
    sekda = PegawaiFactory(nama="Sekda", punya_akun=True, di=kantor.dinas_lain)
    add_penandatangan(
        pejabat=PejabatPenandatangan(
            jenis_dokumen="surat_keterangan", pegawai=sekda, jabatan="Sekda",
            golongan_dari=golongan, golongan_sampai=golongan, mulai=MULAI,
        ),
        by=None,
    )  # fmt: skip
    about = draft(kantor, verifikator, pegawai=kepala)
    assert about.penandatangan_set.get().user == sekda.user
    assert find_pejabat(
        "surat_keterangan", per_tanggal=timezone.localdate(), golongan=golongan,
        tentang=sekda,
    ).pegawai == kepala  # fmt: skip


def test_official_goes_on_when_a_plh_ends(kantor, kepala):
    plh = PegawaiFactory(nama="Plh", punya_akun=True, di=kantor.dinas_lain)
    add_penandatangan(
        pejabat=PejabatPenandatangan(
            jenis_dokumen="surat_keterangan", pegawai=plh, jabatan="Plh. Kepala Badan",
            mulai=dt.date(2026, 11, 2), selesai=dt.date(2026, 11, 9),
        ),
        by=None,
    )  # fmt: skip
    signs = {
        hari: find_pejabat("surat_keterangan", per_tanggal=dt.date(2026, 11, hari))
        for hari in (1, 2, 8, 9)
    }
    assert {hari: satu.pegawai.nama for hari, satu in signs.items()} == {
        1: "Erna Kepala", 2: "Plh", 8: "Plh", 9: "Erna Kepala",
    }  # fmt: skip
    assert signs[9].selesai is None


def test_paper_of_a_kind_no_app_registers_breaks_no_page(
    client, kantor, kepala, verifikator
):
    naskah = draft(kantor, verifikator)
    Naskah.objects.update(jenis="lama_sekali")
    client.force_login(verifikator)
    assert client.get(reverse("documents:naskah-list")).status_code == 200
    page = client.get(url(naskah)).content.decode()
    assert "Lama sekali" in page
    assert url(naskah, "number") not in page
    assert client.get(url(naskah, "number")).status_code == 403
    assert client.get(url(naskah, "pdf")).status_code == 200


def test_leader_does_not_revoke_the_paper_about_oneself(
    client, kantor, kepala, verifikator
):
    naskah = sign(number(draft(kantor, verifikator), verifikator), kepala)
    leader = kantor.pegawai.user
    grant_peran(
        user=leader, peran=Role.KEPALA_BADAN, unit_kerja=None, mulai=MULAI, by=None
    )
    client.force_login(leader)
    assert client.post(url(naskah, "revoke"), {"alasan": "x"}).status_code == 403


@pytest.mark.parametrize(
    ("who", "status", "shown"),
    [
        ("verifikator", 200, 2),
        ("pengelola", 200, 2),
        ("own", 200, 1),
        ("kepala", 404, 0),
        ("elsewhere", 404, 0),
    ],
)
def test_papers_of_a_person_stand_on_their_page(
    client, kantor, kepala, verifikator, who, status, shown
):
    sign(number(draft(kantor, verifikator), verifikator), kepala)
    draft(kantor, verifikator)
    user = {
        "verifikator": verifikator,
        "pengelola": kantor.pengelola.user,
        "own": kantor.pegawai.user,
        "kepala": kepala.user,
        "elsewhere": kantor.orang_luar.user,
    }[who]
    client.force_login(user)
    address = reverse("simpeg:pegawai-bagian", args=[kantor.pegawai.pk, "naskah"])
    page = client.get(address)
    assert page.status_code == status
    assert page.content.decode().count("Surat keterangan Siti") == shown


def test_page_of_papers_costs_the_same_for_few_and_many(
    client, kantor, kepala, verifikator, django_assert_max_num_queries
):
    client.force_login(verifikator)
    address = reverse("simpeg:pegawai-bagian", args=[kantor.pegawai.pk, "naskah"])
    for count in (1, 8):
        for _ in range(count):
            draft(kantor, verifikator)
        with django_assert_max_num_queries(12):
            client.get(address)


@pytest.mark.parametrize("name", ["number", "scan", "cara", "cancel", "revoke"])
def test_page_that_is_stale_leads_back_to_the_paper(
    client, kantor, kepala, verifikator, name
):
    """Pressed twice, or done meanwhile in another window."""
    user = make_user(Role.SEKRETARIS)
    naskah = sign(number(draft(kantor, verifikator), verifikator), kepala)
    if name == "revoke":
        revoke_dokumen(dokumen=naskah.dokumen, alasan="Keliru", by=user)
    client.force_login(user)
    answer = client.post(url(naskah, name), {"alasan": "x"}, follow=True)
    assert answer.redirect_chain == [(naskah.get_absolute_url(), 302)]
    assert "sudah berubah" in answer.content.decode()


def test_signing_twice_leads_back_to_the_paper(client, kantor, kepala, verifikator):
    naskah = sign(number(draft(kantor, verifikator), verifikator), kepala)
    client.force_login(kepala.user)
    assert client.post(url(naskah, "sign")).url == naskah.get_absolute_url()
    client.force_login(kantor.pengelola.user)
    assert client.post(url(naskah, "sign")).status_code == 403


def test_who_gives_numbers_finds_drafts_on_beranda(
    client, kantor, kepala, verifikator, django_assert_max_num_queries
):
    def page(user):
        cache.clear()
        client.force_login(user)
        return client.get("/").content.decode()

    judul = "Naskah untuk diperiksa dan dinomori"
    assert judul not in page(verifikator)
    naskah = draft(kantor, kantor.pengelola.user)
    found = page(verifikator)
    assert judul in found
    assert naskah.get_absolute_url() in found
    with django_assert_max_num_queries(12):
        client.get("/")
    # Neither who drafted it nor who will sign it has anything to do yet.
    assert judul not in page(kantor.pengelola.user)
    assert judul not in page(kepala.user)
    number(naskah, verifikator)
    assert judul not in page(verifikator)


def test_person_is_told_of_the_letter_on_beranda(client, kantor, kepala, verifikator):
    def told(pegawai):
        panel = panel_data_saya(pegawai.user, timezone.localdate())
        return [one.url for one in panel.items if "Surat" in one.judul]

    naskah = number(draft(kantor, verifikator), verifikator)
    assert told(kantor.pegawai) == []
    naskah = sign(naskah, kepala)
    assert told(kantor.pegawai) == [naskah.get_absolute_url()]
    assert told(kantor.atasan) == []
    revoke_dokumen(dokumen=naskah.dokumen, alasan="Keliru", by=kepala.user)
    assert told(kantor.pegawai) == []


def test_other_ways_of_signing_are_offered_where_there_are(
    client, kantor, kepala, verifikator
):
    naskah = number(draft(kantor, verifikator), verifikator)
    client.force_login(verifikator)
    page = client.get(url(naskah, "cara")).content.decode()
    assert "Tanda tangan basah" in page
    assert "hanya tanda tangan basah" not in " ".join(page.split())
    # By hand, with a signer who has no account: no other way is left.
    naskah.penandatangan_set.update(user=None)
    Naskah.objects.update(cara="basah")
    assert url(naskah, "cara") not in client.get(url(naskah)).content.decode()
    assert client.get(url(naskah, "cara")).url == naskah.get_absolute_url()


def test_replacement_begins_with_what_the_old_letter_said(
    client, kantor, kepala, verifikator
):
    old = sign(number(draft(kantor, verifikator), verifikator), kepala)
    client.force_login(verifikator)
    address = reverse("simpeg:surat-create", args=[kantor.pegawai.pk])
    page = client.get(f"{address}?ganti={old.pk}").content.decode()
    assert 'value="pengajuan kredit"' in page
