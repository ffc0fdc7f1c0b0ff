"""The pages of every kind: forms end to end, who may, what a tab costs, what is closed."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from bkpsdmd.accounts.roles import Role
from bkpsdmd.audit.models import Event
from simpeg.choices import JenisASN
from simpeg.jenis_riwayat import (
    ANGKA_KREDIT,
    BAGIAN,
    HUKUMAN,
    KGB,
    PASANGAN,
    PENDIDIKAN,
    get_bagian,
)
from simpeg.models import UnitKerja
from simpeg.services.riwayat import add_riwayat, cancel_riwayat
from simpeg.tests.contoh_riwayat import SEMUA, benar, data, isian, orang_untuk
from simpeg.tests.factories import (
    JabatanFactory,
    PembatalanFactory,
    RiwayatJabatanFactory,
    UnitKerjaFactory,
)
from simpeg.tests.services.test_pangkat import PNG
from simpeg.tests.views.test_pegawai import MAX_QUERIES, page

pytestmark = pytest.mark.django_db
each_kind = pytest.mark.parametrize("jenis", SEMUA, ids=lambda jenis: jenis.kunci)
each_closed = pytest.mark.parametrize(
    "jenis", [j for j in SEMUA if j.is_tertutup], ids=lambda jenis: jenis.kunci
)


def url(jenis, pegawai, row=None, act="tambah"):
    middle = f"{row.pk}/" if row else ""
    return page(pegawai, f"riwayat-{jenis.kunci}/{middle}{act}/")


def tab(jenis, pegawai):
    return page(pegawai, f"{get_bagian(jenis).kunci}/")


@pytest.fixture
def add(kantor):
    def call(jenis, pegawai=None, /, **changes):
        berkas = changes.pop("berkas", None)
        pegawai = pegawai or orang_untuk(jenis, kantor)
        return add_riwayat(
            jenis=jenis,
            pegawai=pegawai,
            data=data(jenis, pegawai, **changes),
            berkas=[berkas] if berkas else (),
            by=kantor.pengelola.user,
            per_tanggal=dt.date(2026, 11, 25),
            is_diperiksa=True,
        )

    return call


@each_kind
def test_clerk_adds_corrects_and_cancels(jenis, client_for, kantor):
    client = client_for(Role.PENGELOLA_OPD)
    pegawai = orang_untuk(jenis, kantor)
    berkas = SimpleUploadedFile("bukti.png", PNG, "image/png")
    form = {**isian(jenis), "berkas": berkas, "is_diperiksa": "on"}

    assert client.get(url(jenis, pegawai)).status_code == 200
    saved = client.post(url(jenis, pegawai), form)
    assert saved.status_code == 302, saved.context["form"].errors
    html = client.get(saved.url).content.decode()
    row = jenis.model.objects.filter(pegawai=pegawai, berkas__isnull=False).get()
    assert "tersimpan" in html
    assert page(pegawai, f"berkas/{row.berkas_id}/") in html

    correction = client.get(url(jenis, pegawai, row, "koreksi")).context["form"]
    values = {
        name: value
        for name in correction.fields
        if (value := correction[name].value()) is not None and value is not False
    }
    name, value = benar(jenis)
    values |= {"alasan": "Salah baca", name: value, "is_diperiksa": "on"}
    answer = client.post(url(jenis, pegawai, row, "koreksi"), values)
    assert answer.status_code == 302, answer.context["form"].errors
    new = jenis.model.objects.get(mengoreksi=row)
    assert getattr(new, name) == value

    asked = client.get(url(jenis, pegawai, new, "batalkan"))
    assert "Yang akan dibatalkan" in asked.content.decode()
    # "Batal" beside the button "Batalkan catatan ini" would read as the same act.
    assert ">Kembali</a>" in asked.content.decode()
    assert ">Batal</a>" not in asked.content.decode()
    answer = client.post(url(jenis, pegawai, new, "batalkan"), {"alasan": "Keliru"})
    html = client.get(answer.url).content.decode()
    assert "Keliru" in html
    new.refresh_from_db()
    assert not new.is_berlaku


@each_kind
def test_page_opened_before_somebody_else_cancelled_overwrites_nothing(
    jenis, client_for, add, kantor
):
    row = add(jenis)
    cancel_riwayat(
        jenis=jenis,
        riwayat=row,
        alasan="Pertama",
        by=kantor.pengelola.user,
        per_tanggal=dt.date(2026, 11, 25),
    )

    answer = client_for(Role.PENGELOLA_OPD).post(
        url(jenis, row.pegawai, row, "batalkan"), {"alasan": "Kedua"}
    )

    assert answer.status_code == 200
    assert "baru saja dikoreksi atau dibatalkan" in answer.content.decode()


@each_kind
def test_row_without_a_file_says_so(jenis, client_for, add):
    row = add(jenis)

    html = client_for(Role.PENGELOLA_OPD).get(tab(jenis, row.pegawai)).content.decode()

    assert "Belum ada berkas" in html


@each_kind
def test_wrong_file_stands_beside_the_form_and_keeps_the_input(
    jenis, client_for, kantor
):
    pegawai = orang_untuk(jenis, kantor)
    berkas = SimpleUploadedFile("bukti.pdf", b"MZ" + b"\0" * 200, "application/pdf")

    answer = client_for(Role.PENGELOLA_OPD).post(
        url(jenis, pegawai), {**isian(jenis), "berkas": berkas, "is_diperiksa": "on"}
    )

    assert answer.status_code == 200
    assert "program" in answer.content.decode()


@each_kind
def test_form_asks_for_every_field_once_whatever_its_sections(
    jenis, client_for, kantor
):
    form = (
        client_for(Role.PENGELOLA_OPD)
        .get(url(jenis, orang_untuk(jenis, kantor)))
        .context["form"]
    )

    asked = [pointer.name for pointer in form.helper.layout.get_field_names()]
    assert sorted(asked) == sorted(form.fields)
    assert asked == list(form.fields)


def test_photographs_of_the_pages_become_one_pdf(client_for, pegawai):
    photos = [SimpleUploadedFile(f"sk-{n}.png", PNG, "image/png") for n in range(1, 4)]

    answer = client_for(Role.PENGELOLA_OPD).post(
        url(KGB, pegawai), {**isian(KGB), "berkas": photos, "is_diperiksa": "on"}
    )

    assert answer.status_code == 302, answer.context["form"].errors
    berkas = KGB.model.objects.get(pegawai=pegawai).berkas
    assert (berkas.content_type, berkas.halaman) == ("application/pdf", 3)


def test_form_offers_the_camera_with_its_script(client_for, pegawai):
    html = client_for(Role.PENGELOLA_OPD).get(url(KGB, pegawai)).content.decode()

    assert "data-foto" in html
    assert html.count("js/foto.js") == html.count("css/foto.css") == 1


def test_form_that_comes_back_asks_for_the_file_again(client_for, pegawai):
    form = {**isian(KGB), "sk_nomor": ""}
    client = client_for(Role.PENGELOLA_OPD)
    note = "Pilih lagi berkasnya"

    assert note not in client.post(url(KGB, pegawai), form).content.decode()
    photo = SimpleUploadedFile("sk.png", PNG, "image/png")
    answer = client.post(url(KGB, pegawai), {**form, "berkas": photo})
    assert note in answer.content.decode()


@each_kind
def test_forms_are_closed_to_those_who_only_read(jenis, client_for, add):
    row = add(jenis)
    for role in (Role.ATASAN, Role.AUDITOR, Role.KEPALA_BADAN):
        client = client_for(role)
        answers = [
            client.get(url(jenis, row.pegawai)),
            client.post(url(jenis, row.pegawai), isian(jenis)),
            client.get(url(jenis, row.pegawai, row, "koreksi")),
            client.get(url(jenis, row.pegawai, row, "batalkan")),
        ]
        assert [answer.status_code for answer in answers] == [403] * 4, role


@each_kind
def test_person_out_of_scope_does_not_exist(jenis, client_for, kantor):
    client = client_for(Role.PENGELOLA_OPD)

    assert client.get(tab(jenis, kantor.orang_luar)).status_code in {403, 404}
    assert client.get(url(jenis, kantor.orang_luar)).status_code == 404


@each_kind
def test_nobody_opens_a_form_on_the_own_record(jenis, client_for, kantor):
    if JenisASN.PNS not in jenis.untuk:
        return
    client = client_for(Role.PENGELOLA_OPD)

    assert client.get(url(jenis, kantor.pengelola)).status_code == 403
    html = client.get(tab(jenis, kantor.pengelola)).content.decode()
    assert "Tambah " not in html


@each_kind
def test_row_of_another_person_is_not_reached_through_this_one(
    jenis, client_for, add, kantor
):
    row = add(jenis)
    other = kantor.atasan if JenisASN.PNS in jenis.untuk else orang_untuk(jenis, kantor)

    answer = client_for(Role.PENGELOLA_OPD).get(url(jenis, other, row, "koreksi"))

    assert answer.status_code == 404


@pytest.mark.parametrize("bagian", BAGIAN, ids=lambda bagian: bagian.kunci)
@pytest.mark.parametrize("how_many", [1, 6])
def test_tab_costs_the_same_whatever_its_length(
    bagian, how_many, client_for, add, django_assert_max_num_queries
):
    client = client_for(Role.PENGELOLA_OPD)
    row = add(bagian.jenis[0])
    for _ in range(how_many - 1):
        jenis = bagian.jenis[0]
        copy = jenis.model.objects.get(pk=row.pk)
        copy.pk, copy.dibatalkan_oleh = None, None
        jenis.model.objects.filter(pk=row.pk).update(
            dibatalkan_oleh=PembatalanFactory()
        )
        copy.save()
        row = copy
    client.get(tab(bagian.jenis[0], row.pegawai))

    with django_assert_max_num_queries(MAX_QUERIES):
        answer = client.get(tab(bagian.jenis[0], row.pegawai))

    assert answer.status_code == 200


@each_closed
def test_closed_kind_is_hidden_from_leaders_everywhere(jenis, client_for, add):
    row = add(jenis, berkas=SimpleUploadedFile("rahasia.png", PNG, "image/png"))
    pegawai = row.pegawai
    opened = client_for(Role.PENGELOLA_OPD).get(
        page(pegawai, f"berkas/{row.berkas_id}/")
    )
    assert b"".join(opened.streaming_content).startswith(b"%PDF")
    leader = client_for(Role.KEPALA_BADAN)

    assert leader.get(tab(jenis, pegawai)).status_code == 403
    assert leader.get(page(pegawai, f"berkas/{row.berkas_id}/")).status_code == 404
    for part in ("", "pangkat/", "jejak/"):
        html = leader.get(page(pegawai, part)).content.decode()
        assert jenis.nama.lower() not in html.lower()
        assert str(row) not in html
        assert "rahasia" not in html
    assert Event.objects.filter(kind="berkas.buka_tertutup").count() == 1


@each_closed
@pytest.mark.parametrize("who", [Role.PENGELOLA_OPD, Role.AUDITOR, Role.PEGAWAI])
def test_closed_kind_is_read_by_the_person_and_those_who_keep_or_audit_it(
    jenis, who, client_for, add
):
    row = add(jenis)
    client = client_for(who)

    html = client.get(tab(jenis, row.pegawai)).content.decode()

    assert "Belum ada berkas" in html
    assert "Keadaan" in html


def test_penalty_stands_in_the_linimasa_of_those_who_may_see_it(client_for, add):
    row = add(HUKUMAN)

    html = client_for(Role.PEGAWAI).get(page(row.pegawai)).content.decode()

    assert f"Hukuman disiplin: {row.jenis.nama}" in html


@each_kind
def test_linimasa_tells_every_kind_that_has_its_day(jenis, client_for, add):
    if jenis.peristiwa is None:
        return
    row = add(jenis)
    cancel = {"jenis": jenis, "riwayat": row, "alasan": "Keliru catat"}
    client = client_for(Role.PENGELOLA_OPD)
    first = client.get(page(row.pegawai)).content.decode()
    user = Event.objects.get(kind=f"{jenis.kunci}.tambah").actor
    cancel_riwayat(**cancel, by=user, per_tanggal=dt.date(2026, 11, 25))
    second = client.get(page(row.pegawai)).content.decode()

    assert tab(jenis, row.pegawai) in first.split("linimasa", 1)[1]
    assert "Dibatalkan: Keliru catat" in second


def test_credit_is_written_alike_from_both_databases(client_for, add):
    row = add(ANGKA_KREDIT)
    client = client_for(Role.PENGELOLA_OPD)

    assert "Angka kredit 12,5" in client.get(page(row.pegawai)).content.decode()
    html = client.get(tab(ANGKA_KREDIT, row.pegawai)).content.decode()
    assert "12,5<" in html


@pytest.mark.parametrize("typed", ["3000000", "3.000.000", "Rp 3.000.000"])
def test_money_is_typed_with_or_without_points(typed, client_for, pegawai):
    client = client_for(Role.PENGELOLA_OPD)
    form = {**isian(KGB), "gaji_baru": typed, "is_diperiksa": "on"}

    saved = client.post(url(KGB, pegawai), form)

    row = KGB.model.objects.get(pegawai=pegawai)
    assert saved.status_code == 302
    assert row.gaji_baru == 3_000_000
    html = client.get(url(KGB, pegawai, row, "koreksi")).content.decode()
    assert 'value="3.000.000"' in html


@pytest.mark.parametrize("typed", ["tiga juta", "3,5", "-1", "99999999999"])
def test_money_that_cannot_be_is_refused_beside_the_field(typed, client_for, pegawai):
    form = {**isian(KGB), "gaji_baru": typed}

    answer = client_for(Role.PENGELOLA_OPD).post(url(KGB, pegawai), form)

    assert "gaji_baru" in answer.context["form"].errors


@pytest.mark.parametrize("typed", ["12,5", "12.5"])
def test_credit_is_typed_with_comma_or_point(typed, client_for, pegawai):
    form = {**isian(ANGKA_KREDIT), "jumlah": typed}

    saved = client_for(Role.PENGELOLA_OPD).post(url(ANGKA_KREDIT, pegawai), form)

    assert saved.status_code == 302, saved.context["form"].errors
    assert ANGKA_KREDIT.model.objects.get(pegawai=pegawai).jumlah == Decimal("12.5")


def test_service_time_is_called_what_the_kind_calls_it(client_for, pegawai):
    client = client_for(Role.PENGELOLA_OPD)

    def label(kunci):
        form = client.get(page(pegawai, f"riwayat-{kunci}/tambah/")).context["form"]
        return form.fields["masa_kerja_tahun"].label

    assert label("pmk") == "Masa kerja diakui (tahun)"
    assert label("kgb") == "Masa kerja golongan (tahun)"


def test_empty_tab_says_what_to_do(client_for, pegawai):
    clerk = client_for(Role.PENGELOLA_OPD).get(page(pegawai, "penghargaan/"))
    own = client_for(Role.PEGAWAI).get(page(pegawai, "penghargaan/"))

    assert "Belum ada catatan penghargaan" in clerk.content.decode()
    assert "Tambahkan dari Keppres" in clerk.content.decode()
    assert "hubungi pengelola kepegawaian" in own.content.decode()


def test_kind_of_the_other_jenis_asn_is_not_there(client_for, pegawai):
    client = client_for(Role.PENGELOLA_OPD)

    assert client.get(page(pegawai, "riwayat-kontrak/tambah/")).status_code == 404
    html = client.get(page(pegawai, "gaji/")).content.decode()
    assert "perjanjian kerja" not in html.lower()


@pytest.mark.parametrize(
    "path", ["riwayat-tidakada/tambah/", "tidakada/", "riwayat-pangkat/1/hapus/"]
)
def test_address_that_nobody_made_does_not_exist(path, client_for, pegawai):
    assert client_for(Role.PENGELOLA_OPD).get(page(pegawai, path)).status_code == 404


def test_spouse_of_another_person_is_not_offered(client_for, add, kantor):
    own = add(PASANGAN)
    add(PASANGAN, kantor.atasan, nama="Pasangan Orang Lain")

    form = (
        client_for(Role.PENGELOLA_OPD)
        .get(page(own.pegawai, "riwayat-anak/tambah/"))
        .context["form"]
    )

    assert list(form.fields["pasangan"].queryset) == [own]


def test_posts_are_suggested_while_typing(client_for, kantor):
    client = client_for(Role.PENGELOLA_OPD)
    JabatanFactory(nama="Analis Kebijakan")
    JabatanFactory(nama="Analis Lama", is_aktif=False)
    twins = [JabatanFactory(nama="Kepala Subbagian Umum", memimpin=u) for u in _units()]

    found = client.get("/simpeg/pilihan/jabatan/", {"jabatan": "kebij analis"})
    both = client.get("/simpeg/pilihan/jabatan/", {"jabatan": "subbagian"})

    assert "Analis Kebijakan" in found.content.decode()
    assert "Analis Lama" not in found.content.decode()
    for post in twins:
        assert f"[{post.kode}]" in both.content.decode()
        assert str(post.unit_kerja) in both.content.decode()
    assert client.get("/simpeg/pilihan/jabatan/").content.strip() == b""
    assert client.get("/simpeg/pilihan/lain/").status_code == 404
    assert client_for(Role.ATASAN).get("/simpeg/pilihan/jabatan/").status_code == 403


def _units() -> list[UnitKerja]:
    return [UnitKerjaFactory(), UnitKerjaFactory()]


def test_post_is_chosen_by_name_or_asked_for_in_full(client_for, pegawai, kantor):
    client = client_for(Role.PENGELOLA_OPD)
    address = page(pegawai, "riwayat-jabatan/tambah/")
    form = isian(next(j for j in SEMUA if j.kunci == "jabatan"))

    part = client.post(address, {**form, "jabatan": "contoh analis"})
    none = client.post(address, {**form, "jabatan": "Pilot"})
    twin = JabatanFactory(nama="Analis Contoh")
    many = client.post(address, {**form, "jabatan": "Analis Contoh"})
    full = client.post(address, {**form, "jabatan": f"Analis Contoh [{twin.kode}]"})

    assert "Tulis lengkap salah satu dari: Analis Contoh." in part.content.decode()
    assert "Tidak ada yang bernama demikian" in none.content.decode()
    assert f"Analis Contoh [{twin.kode}]" in many.content.decode()
    assert full.status_code == 302
    assert pegawai.riwayatjabatan_set.filter(jabatan=twin).exists()


def test_acting_assignment_needs_its_end(client_for, pegawai, kantor):
    client = client_for(Role.PENGELOLA_OPD)
    post = JabatanFactory(memimpin=kantor.dinas, nama="Kepala Dinas Contoh")
    form = {
        **isian(next(j for j in SEMUA if j.kunci == "jabatan")),
        "jenis_penugasan": "plt",
        "jabatan": post.nama,
        "unit_kerja": "Dinas Contoh",
    }
    address = page(pegawai, "riwayat-jabatan/tambah/")

    refused = client.post(address, form)
    saved = client.post(address, {**form, "tmt_selesai": "2015-08-01"})

    assert "selalu berjangka" in refused.content.decode()
    assert saved.status_code == 302
    assert "Pelaksana Tugas" in client.get(saved.url).content.decode()


def test_field_that_pns_alone_have_is_not_asked_of_pppk(client_for, kantor):
    client = client_for(Role.PENGELOLA_OPD)
    pppk = orang_untuk(next(j for j in SEMUA if j.kunci == "kontrak"), kantor)

    form = client.get(page(pppk, "riwayat-pangkat/tambah/")).context["form"]

    assert "jenis" not in form.fields
    assert {g.skala for g in form.fields["golongan"].queryset} == {"pppk"}


def test_required_fields_are_those_an_officer_can_prove(client_for, pegawai):
    client = client_for(Role.PENGELOLA_OPD)

    answer = client.post(url(PENDIDIKAN, pegawai), {})

    errors = set(answer.context["form"].errors)
    assert errors == {"tingkat", "nama", "sekolah", "tahun_lulus"}


def test_linimasa_opens_the_paper_and_the_row(client_for, add):
    row = add(KGB, berkas=SimpleUploadedFile("bukti.png", PNG, "image/png"))
    bare = add(ANGKA_KREDIT)

    html = client_for(Role.PENGELOLA_OPD).get(page(row.pegawai)).content.decode()
    line = html.split('class="linimasa"', 1)[1]

    assert page(row.pegawai, f"berkas/{row.berkas_id}/") in line
    assert f"{tab(KGB, row.pegawai)}#kgb-{row.pk}" in line
    assert f"Bukti {bare.sk_nomor}, belum ada berkas" in line
    assert (
        f'id="kgb-{row.pk}"'
        in client_for(Role.PENGELOLA_OPD).get(tab(KGB, row.pegawai)).content.decode()
    )


def test_linimasa_marks_gaps_and_overlaps_in_words_and_with_an_icon(
    client_for, add, pegawai
):
    skp = next(j for j in SEMUA if j.kunci == "skp")
    cltn = next(j for j in SEMUA if j.kunci == "cltn")
    add(skp)
    add(skp, tahun="2025", sk_tanggal="2026-01-20")
    add(cltn)
    RiwayatJabatanFactory(pegawai=pegawai, plt=True, tmt=dt.date(2020, 1, 1))

    html = client_for(Role.PENGELOLA_OPD).get(page(pegawai)).content.decode()
    line = html.split('class="linimasa"', 1)[1]

    assert "Tidak ada penilaian kinerja tahun 2024." in line
    assert "bertumpang tindih dengan CLTN" in line
    assert "Jeda" in line
    assert "Tumpang tindih" in line
    assert "#alert-triangle" in line


def test_summary_costs_the_same_whatever_the_career(
    client_for, add, pegawai, kantor, django_assert_max_num_queries
):
    client = client_for(Role.PENGELOLA_OPD)
    for jenis in SEMUA:
        if JenisASN.PNS in jenis.untuk:
            add(jenis)
    client.get(page(pegawai))

    with django_assert_max_num_queries(MAX_QUERIES):
        client.get(page(pegawai))
