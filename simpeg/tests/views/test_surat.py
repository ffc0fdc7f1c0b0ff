"""Letters and minutes over the pages: who drafts, numbers, signs, sees and checks them."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from bkpsdmd.accounts.roles import Role
from bkpsdmd.accounts.tests.factories import SANDI
from bkpsdmd.audit.models import Event
from bkpsdmd.documents.models import DokumenTerbit, Naskah, StatusNaskah
from bkpsdmd.documents.naskah.services import number_naskah
from bkpsdmd.documents.naskah.signing import sign_naskah
from bkpsdmd.documents.services import ensure_kantor
from bkpsdmd.documents.tests.pdf import read_text
from bkpsdmd.exceptions import DomainError
from simpeg.models import Golongan, PejabatPenandatangan
from simpeg.selectors.penandatangan import find_pejabat
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


@pytest.fixture
def verifikator(kantor):
    return make_user(Role.VERIFIKATOR)


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
    assert client.post(url(new, "revoke"), {"alasan": "lagi"}).status_code == 403


def test_wet_signature_is_printed_scanned_and_issued(
    client, kantor, kepala, verifikator
):
    naskah = number(draft(kantor, verifikator), verifikator, cara="basah")
    client.force_login(verifikator)
    printed = client.get(url(naskah, "pdf"))
    assert "DRAF" not in read_text(b"".join(printed.streaming_content))
    refused = client.post(
        url(naskah, "scan"), {"berkas": SimpleUploadedFile("a.pdf", b"MZ program")}
    )
    assert refused.status_code == 200
    assert not DokumenTerbit.objects.exists()
    with naskah.berkas.open("rb") as file:
        scan = SimpleUploadedFile("pindaian.pdf", file.read() + b"\n%pindaian\n")
    client.post(url(naskah, "scan"), {"berkas": scan})
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
