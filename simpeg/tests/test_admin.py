"""The admin site of simpeg: writes go through services, people are only looked at."""

import datetime as dt

import pytest
from django.contrib import admin as site
from django.urls import reverse

from bkpsdmd.accounts.roles import Role
from bkpsdmd.audit.models import Event
from simpeg.admin import ReadOnlyModelAdmin
from simpeg.models import (
    Jabatan,
    JenisUnit,
    KeadaanPegawai,
    KedudukanHukum,
    PejabatPenandatangan,
    PemberianPeran,
    UnitKerja,
)

MODELS = sorted(
    (model for model in site.site._registry if model._meta.app_label == "simpeg"),
    key=lambda model: model.__name__,
)
TODAY = dt.date(2026, 11, 26)


@pytest.fixture
def browser(client_for):
    return client_for(Role.ADMIN)


def address(model, page="changelist", *args):
    return reverse(
        f"admin:{model._meta.label_lower.replace('.', '_')}_{page}", args=args
    )


def post(browser, model, page, *args, **data):
    response = browser.post(address(model, page, *args), data)
    if response.status_code == 200:
        return {
            name: list(errors)
            for name, errors in response.context["adminform"].form.errors.items()
        }
    assert response.status_code == 302
    return {}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_list_and_row_opens(browser, kantor, model):
    listed = browser.get(address(model))
    row = model._default_manager.first()
    shown = row and browser.get(address(model, "change", row.pk))

    assert listed.status_code == 200
    assert shown is None or shown.status_code == 200


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_nothing_can_be_deleted(browser, kantor, model):
    row = model._default_manager.first()
    if row is not None:
        assert browser.post(address(model, "delete", row.pk)).status_code == 403


def test_records_are_read_only_and_hide_what_is_restricted(browser, pegawai):
    model = type(pegawai)
    pegawai.nik, pegawai.alamat = "6307010101900001", "Jalan Rahasia 1"
    pegawai.save()
    html = browser.get(address(model, "change", pegawai.pk)).content.decode()

    assert issubclass(type(site.site._registry[model]), ReadOnlyModelAdmin)
    assert pegawai.nip in html
    assert "6307010101900001" not in html
    assert "Jalan Rahasia" not in html
    assert (
        browser.post(address(model, "change", pegawai.pk), {"nama": "X"}).status_code
        == 403
    )


def test_a_kedudukan_that_changes_group_changes_who_is_active(browser, pegawai):
    row = KeadaanPegawai.objects.get(pk=pegawai.pk).kedudukan

    errors = post(
        browser, KedudukanHukum, "change", row.pk, nama=row.nama, kelompok="berakhir"
    )

    assert errors == {}
    assert not KeadaanPegawai.objects.get(pk=pegawai.pk).is_aktif
    event = Event.objects.get(kind="acuan.ubah")
    assert event.changes == {"kelompok": ["aktif", "berakhir"]}


def test_a_unit_is_founded_and_renamed_with_its_decree(browser, kantor):
    induk = UnitKerja.objects.opd().first()
    errors = post(
        browser, UnitKerja, "add", kode="UJI-1", nama="Bidang Uji", jenis="bagian",
        induk=induk.pk, siasn_id="", sejak="01-01-2026", dasar="Perbup 1/2026",
    )  # fmt: skip
    unit = UnitKerja.objects.get(kode="UJI-1")
    renamed = post(
        browser, UnitKerja, "change", unit.pk,
        nama="Bidang Coba", sejak="01-07-2026", dasar="Perbup 2/2026",
    )  # fmt: skip
    unit.refresh_from_db()

    assert errors == renamed == {}
    assert unit.opd == induk
    assert unit.path.startswith(induk.path)
    assert unit.nama == "Bidang Coba"
    assert list(unit.riwayat_set.values_list("nama", "dasar")) == [
        ("Bidang Uji", "Perbup 1/2026"),
        ("Bidang Coba", "Perbup 2/2026"),
    ]


def test_a_unit_in_the_wrong_place_is_refused_at_its_field(browser, kantor):
    before = UnitKerja.objects.count()
    bagian = UnitKerja.objects.filter(jenis=JenisUnit.BAGIAN).first()
    errors = post(
        browser, UnitKerja, "add", kode="UJI-1", nama="Dinas Uji", jenis="opd",
        induk=bagian.pk, siasn_id="", sejak="01-01-2026", dasar="Perbup 1/2026",
    )  # fmt: skip

    assert "tepat di bawah instansi" in errors["induk"][0]
    assert UnitKerja.objects.count() == before


def test_a_post_is_added_renamed_and_its_holder_follows(browser, pegawai):
    jabatan = KeadaanPegawai.objects.get(pk=pegawai.pk).jabatan
    errors = post(
        browser, Jabatan, "change", jabatan.pk,
        nama="Analis Uji", kelas="7", usia_bup="", is_aktif="on",
    )  # fmt: skip

    assert errors == {}
    assert KeadaanPegawai.objects.get(pk=pegawai.pk).jabatan_nama == "Analis Uji"
    assert not post(
        browser, Jabatan, "add", kode="P-1", nama="Pengolah Data", jenis="pelaksana",
        eselon="", jenjang="", kelas="6", usia_bup="", unit_kerja="", siasn_id="",
    )  # fmt: skip
    assert Jabatan.objects.get(kode="P-1").is_aktif


def test_a_grant_is_given_and_ended_with_a_reason(browser, pegawai, kantor):
    unit = KeadaanPegawai.objects.get(pk=pegawai.pk).unit_kerja
    errors = post(
        browser, PemberianPeran, "add", user=pegawai.user.pk, peran="pengelola_opd",
        unit_kerja=unit.pk, mulai="01-11-2026", selesai="", dasar="SK 1",
    )  # fmt: skip
    grant = PemberianPeran.objects.get(user=pegawai.user)
    unexplained = post(
        browser, PemberianPeran, "change", grant.pk, selesai="01-12-2026", alasan=""
    )
    ended = post(
        browser, PemberianPeran, "change", grant.pk,
        selesai="01-12-2026", alasan="Pindah tugas",
    )  # fmt: skip
    grant.refresh_from_db()

    assert errors == ended == {}
    assert set(unexplained) == {"alasan"}
    assert grant.selesai == dt.date(2026, 12, 1)
    assert Event.objects.get(kind="peran.akhiri").reason == "Pindah tugas"


def test_a_role_without_its_unit_is_refused_at_its_field(browser, pegawai):
    errors = post(
        browser, PemberianPeran, "add", user=pegawai.user.pk, peran="pengelola_opd",
        unit_kerja="", mulai="01-11-2026", selesai="", dasar="",
    )  # fmt: skip

    assert "pilih unitnya" in errors["unit_kerja"][0]


def test_nobody_grants_to_themselves(browser):
    user = browser.get("/").wsgi_request.user
    errors = post(
        browser, PemberianPeran, "add", user=user.pk, peran="auditor",
        unit_kerja="", mulai="01-11-2026", selesai="", dasar="",
    )  # fmt: skip

    assert "diri sendiri" in errors["__all__"][0]


def test_the_next_official_ends_the_one_before(browser, pegawai, atasan):
    sign = {"jenis_dokumen": "duk", "jabatan": "Kepala Badan", "selesai": ""}
    first = post(
        browser, PejabatPenandatangan, "add",
        pegawai=pegawai.pk, mulai="01-01-2025", **sign,
    )  # fmt: skip
    second = post(
        browser, PejabatPenandatangan, "add",
        pegawai=atasan.pk, mulai="01-06-2026", **sign,
    )  # fmt: skip
    between = post(
        browser, PejabatPenandatangan, "add",
        pegawai=pegawai.pk, mulai="01-01-2026", **sign,
    )  # fmt: skip
    rows = PejabatPenandatangan.objects.order_by("mulai")

    assert first == second == {}
    assert "akhiri sebelum itu" in between["mulai"][0]
    assert [(row.pegawai, row.selesai) for row in rows] == [
        (pegawai, dt.date(2026, 6, 1)),
        (atasan, None),
    ]
    last = rows[1]
    assert post(
        browser, PejabatPenandatangan, "change", last.pk, selesai=""
    ).keys() == {"selesai"}
    assert not post(
        browser, PejabatPenandatangan, "change", last.pk, selesai="01-12-2026"
    )
