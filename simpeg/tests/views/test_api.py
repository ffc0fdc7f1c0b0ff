"""The API: who gets in, what they see, how it ends, and the trace."""

import datetime as dt
import json
import re

import pytest
from django.test import Client
from django.utils import timezone

from bkpsdmd.accounts.roles import Role
from bkpsdmd.accounts.tests.factories import UserFactory
from bkpsdmd.audit.models import Event
from bkpsdmd.exceptions import DomainError
from simpeg.choices import CakupanApi
from simpeg.models import CatatanApi, KlienApi, Pegawai
from simpeg.selectors import api as selectors
from simpeg.services import api as services
from simpeg.services.pegawai import update_pegawai
from simpeg.tests.factories import (
    PegawaiFactory,
    RiwayatKGBFactory,
    RiwayatPangkatFactory,
)
from simpeg.views.api.dasar import api

BASE = "/api/v1"
SEMUA = [c.value for c in CakupanApi]
HARI = timezone.localdate


def make(unit, cakupan=("pegawai", "riwayat", "perubahan"), **changes):
    params = {
        "nama": f"Aplikasi {KlienApi.objects.count()}",
        "penanggung_jawab": "Pranata",
        "berlaku_sampai": HARI() + dt.timedelta(30),
        "batas_per_menit": 1000,
        "by": UserFactory(),
        "per_tanggal": HARI(),
    }
    return services.create_klien(cakupan=cakupan, units=[unit], **{**params, **changes})


@pytest.fixture
def call(kantor):
    """Return a function that asks as a client of the dinas, or with another token."""
    _, own = make(kantor.dinas)

    def ask(path, token=own, method="get", **data):
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        if method == "post":
            return Client().post(
                BASE + path, json.dumps(data), "application/json", headers=headers
            )
        return Client().get(BASE + path, data, headers=headers)

    return ask


# -- Who gets in ------------------------------------------------------------------------


def test_token_is_stored_as_a_hash_alone(kantor):
    klien, token = make(kantor.dinas)

    assert token.startswith(klien.awalan)
    assert token not in str(KlienApi.objects.values().get(pk=klien.pk))
    assert services.find_klien(token, per_tanggal=HARI()) == klien


@pytest.mark.parametrize("token", ["", "salah", "pk_" + "x" * 43])
def test_without_a_token_that_holds_nobody_gets_in(call, token):
    answer = call("/pegawai", token)

    assert answer.status_code == 401
    assert answer.json()["kode"] == "token_tidak_berlaku"
    assert "Bearer" in answer["WWW-Authenticate"]


def test_session_of_a_person_is_no_token(client_for):
    assert client_for(Role.ADMIN).get(f"{BASE}/pegawai").status_code == 401


def test_expired_and_revoked_tokens_do_not_hold(kantor, call, pengelola):
    klien, token = make(kantor.dinas)
    KlienApi.objects.filter(pk=klien.pk).update(
        berlaku_sampai=HARI() - dt.timedelta(days=1)
    )
    assert call("/pegawai", token).status_code == 401

    klien, token = make(kantor.dinas)
    assert call("/pegawai", token).status_code == 200
    services.revoke_klien(klien=klien, alasan="Bocor", by=pengelola.user)
    assert call("/pegawai", token).status_code == 401
    assert Event.objects.get(kind="api.cabut").reason == "Bocor"
    with pytest.raises(DomainError):
        services.revoke_klien(klien=klien, alasan="Lagi", by=pengelola.user)


def test_token_in_the_address_is_refused(call):
    answer = call("/pegawai", access_token="pk_x")

    assert (answer.status_code, answer.json()["kode"]) == (400, "token_di_alamat")


def test_scope_decides_what_is_read(kantor, call):
    _, token = make(kantor.dinas, cakupan=["pegawai"])

    assert call("/pegawai", token).status_code == 200
    answer = call("/rw-golongan", token)
    assert (answer.status_code, answer.json()["kode"]) == (403, "di_luar_cakupan")
    assert call("/perubahan", token, sejak="2026-01-01T00:00:00Z").status_code == 403


def test_too_many_requests_wait_for_the_next_minute(kantor, call):
    _, token = make(kantor.dinas, batas_per_menit=2)
    codes = [call("/pegawai", token) for _ in range(3)]

    assert [answer.status_code for answer in codes[:2]] == [200, 200]
    # A minute may end between two of them.
    if codes[2].status_code == 429:
        assert codes[2].json()["kode"] == "terlalu_sering"
        assert 0 < int(codes[2]["Retry-After"]) <= 60


# -- People -----------------------------------------------------------------------------


def test_only_people_of_the_clients_units_are_given(call, orang_luar):
    data = call("/pegawai").json()["data"]

    assert {row["nama"] for row in data} == {
        "Siti Pegawai",
        "Ahmad Atasan",
        "Rina Pengelola",
    }
    assert call(f"/pegawai/{orang_luar.pk}").status_code == 404
    assert call(f"/pegawai/{orang_luar.pk}/rw-golongan").status_code == 404


def test_whole_office_is_the_root(kantor, call):
    _, token = make(kantor.instansi)

    assert len(call("/pegawai", token).json()["data"]) == 4
    assert call(f"/pegawai/{kantor.orang_luar.pk}", token).status_code == 200


def test_nik_only_where_the_scope_says_so(kantor, call, pegawai):
    Pegawai.objects.filter(pk=pegawai.pk).update(nik="6307010101800001")
    _, token = make(kantor.dinas, cakupan=["pegawai", "nik"])
    plain = call(f"/pegawai/{pegawai.pk}")
    full = call(f"/pegawai/{pegawai.pk}", token)

    assert "nik" not in plain.json()
    assert "6307010101800001" not in plain.content.decode()
    assert full.json()["nik"] == "6307010101800001"
    assert "alamat" not in full.json()


def test_names_are_those_of_siasn(call, pegawai):
    row = call(f"/pegawai/{pegawai.pk}").json()

    assert row["nipBaru"] == pegawai.nip
    assert row["golRuangAkhir"] == "III/a"
    assert row["jenisKelamin"] in "MF"
    assert row["statusPegawai"] == "P"
    assert row["tglLahir"] == pegawai.tanggal_lahir.isoformat()


def test_pages_follow_each_other_without_gap(call, kantor):
    PegawaiFactory.create_batch(5, di=kantor.dinas)
    seen, after = [], 0
    while after is not None:
        page = call("/pegawai", sesudah=after, ukuran=3).json()
        seen += [row["id"] for row in page["data"]]
        after = page["berikutnya"]

    assert len(seen) == len(set(seen)) == 8
    assert seen == sorted(seen)


def test_nip_is_looked_for_in_the_body(call, pegawai, orang_luar):
    answer = call("/pegawai/cari", method="post", nipBaru=[pegawai.nip, orang_luar.nip])

    assert [row["id"] for row in answer.json()["data"]] == [pegawai.pk]
    assert call("/pegawai/cari", method="post", nipBaru=["12"]).status_code == 422


@pytest.mark.parametrize(
    "query", [{"ukuran": 0}, {"ukuran": 501}, {"sesudah": "x"}, {"sesudah": 2**63}]
)
def test_wrong_input_is_named_and_not_repeated(call, query):
    answer = call("/pegawai", **query)

    assert answer.status_code == 422
    assert answer.json()["kode"] == "isian_salah"
    assert next(iter(query)) in answer.json()["pesan"]


@pytest.mark.parametrize("key", ["0", "-1", "x", "9" * 30, "%00"])
def test_key_that_is_none_is_told_so(call, key):
    assert call(f"/pegawai/{key}").json()["kode"] == "isian_salah"


def test_body_that_is_none_is_told_so(kantor):
    _, token = make(kantor.dinas)
    answer = Client().post(
        f"{BASE}/pegawai/cari",
        "{",
        "application/json",
        headers={"Authorization": f"Bearer {token}"},
    )

    assert (answer.status_code, answer.json()["kode"]) == (400, "badan_salah")


# -- Riwayat ----------------------------------------------------------------------------


def test_every_kind_answers_for_all_and_for_one(call, pegawai):
    RiwayatKGBFactory(pegawai=pegawai)
    for jenis in selectors.RIWAYAT:
        whole = call(f"/{jenis.alamat}")
        one = call(f"/pegawai/{pegawai.pk}/{jenis.alamat}")
        assert (whole.status_code, one.status_code) == (200, 200), jenis.alamat
        assert all(row["idPegawai"] == pegawai.pk for row in one.json()["data"])
    (kgb,) = call(f"/pegawai/{pegawai.pk}/rw-kgb").json()["data"]
    assert (kgb["gajiBaru"], kgb["tmtGajiBaru"]) == (3_000_000, "2018-01-01")


def test_every_address_wants_a_token(call):
    for path, operations in api.get_openapi_schema()["paths"].items():
        for method in operations:
            url = path.replace("{id}", "1").removeprefix(BASE)
            assert call(url, None, method).status_code == 401, path


def test_closed_kinds_have_no_address():
    paths = api.get_openapi_schema()["paths"]

    assert not [path for path in paths if re.search("hukdis|anak|pasangan|ortu", path)]


# -- Changes ----------------------------------------------------------------------------


def change(pegawai, by, tempat):
    pegawai.refresh_from_db()
    update_pegawai(
        pegawai=pegawai,
        versi=pegawai.versi,
        data={"tempat_lahir": tempat},
        by=by,
        per_tanggal=HARI(),
    )


def test_changes_since_a_moment_come_oldest_first(
    call, kantor, pegawai, orang_luar, monkeypatch
):
    monkeypatch.setattr(selectors, "TUNDA", dt.timedelta(0))
    since = timezone.now().isoformat()
    petugas = kantor.user_for(Role.VERIFIKATOR)
    for number in range(3):
        change(pegawai, petugas, f"Barabai {number}")
        change(orang_luar, petugas, f"Kandangan {number}")
    seen, after = [], ""
    while after is not None:
        page = call("/perubahan", sejak=since, sesudah=after, ukuran=2).json()
        seen += page["data"]
        after = page["berikutnya"]

    assert [row["idPegawai"] for row in seen] == [pegawai.pk] * 3
    assert [row["id"] for row in seen] == sorted(row["id"] for row in seen)
    assert {(row["sumber"], row["tindakan"]) for row in seen} == {("pegawai", "ubah")}


def test_last_minute_is_left_for_the_next_call(call, kantor, pegawai):
    since = (timezone.now() - dt.timedelta(hours=1)).isoformat()
    change(pegawai, kantor.user_for(Role.VERIFIKATOR), "Barabai")

    assert call("/perubahan", sejak=since).json()["data"] == []


@pytest.mark.parametrize(
    "sejak", ["", "0", "2026-01-01", "2026-13-01T00:00:00Z", "kemarin"]
)
def test_moment_has_to_be_one(call, sejak):
    assert call("/perubahan", sejak=sejak).status_code == 422


# -- Trace ------------------------------------------------------------------------------


def test_every_request_is_written_down(call, kantor, pegawai):
    klien, token = make(kantor.dinas)
    call("/pegawai", token)
    call(f"/pegawai/{pegawai.pk}", token)
    call("/pegawai/999999", token)
    rows = list(CatatanApi.objects.filter(klien=klien).order_by("id"))

    assert [(row.status, row.baris, row.pegawai_id) for row in rows] == [
        (200, 3, None),
        (200, 1, pegawai.pk),
        (404, 0, None),
    ]
    assert rows[1].sumber == "GET /api/v1/pegawai/<id>"
    assert str(pegawai.nip) not in str(CatatanApi.objects.values())
    klien.refresh_from_db()
    assert klien.terakhir_at is not None


@pytest.mark.parametrize("how_many", [3, 30])
def test_page_costs_the_same_whatever_its_length(
    call, kantor, how_many, django_assert_max_num_queries
):
    PegawaiFactory.create_batch(how_many, di=kantor.dinas)
    RiwayatPangkatFactory(pegawai=kantor.pegawai, tmt=dt.date(2020, 1, 1))
    call("/perubahan", sejak="2026-01-01T00:00:00Z")  # the client was there this minute
    for path in ("/pegawai", "/rw-golongan"):
        # The first time on a day it is also written down whose data was read.
        with django_assert_max_num_queries(10):
            call(path)
        with django_assert_max_num_queries(5):
            call(path)


# -- The admin's pages ------------------------------------------------------------------

PAGES = "/simpeg/api/klien/"


def test_admin_sees_the_token_once(client_for, kantor):
    client = client_for(Role.ADMIN)
    answer = client.post(
        f"{PAGES}tambah/",
        {
            "nama": "Presensi",
            "penanggung_jawab": "Diskominfo",
            "cakupan": ["pegawai", "riwayat"],
            "units": [kantor.dinas.pk],
            "batas_per_menit": "60",
            "berlaku_sampai": (HARI() + dt.timedelta(90)).isoformat(),
        },
    )
    token = re.search(r'value="(pk_[^"]+)"', answer.content.decode())[1]
    klien = KlienApi.objects.get()

    assert answer["Cache-Control"] == "private, no-store"
    assert services.find_klien(token, per_tanggal=HARI()) == klien
    for url in (PAGES, klien.get_absolute_url()):
        assert token not in client.get(url).content.decode()
    client.post(f"{klien.get_absolute_url()}cabut/", {"alasan": "Selesai"})
    assert services.find_klien(token, per_tanggal=HARI()) is None
    assert "Dicabut" in client.get(klien.get_absolute_url()).content.decode()


def test_what_a_client_may_not_be(client_for, kantor):
    for changes in (
        {"cakupan": ["nik"]},
        {"berlaku_sampai": HARI() + dt.timedelta(800)},
    ):
        with pytest.raises(DomainError):
            make(kantor.dinas, **{"cakupan": ["pegawai"], **changes})
    make(kantor.dinas, nama="Sama")
    with pytest.raises(DomainError, match="sudah dipakai"):
        make(kantor.dinas, nama="Sama")


@pytest.mark.parametrize(
    "role", [Role.VERIFIKATOR, Role.KEPALA_BADAN, Role.PRANATA_KOMPUTER, Role.AUDITOR]
)
def test_tokens_are_for_the_admin_alone(client_for, role):
    assert client_for(role).get(PAGES).status_code == 403


def test_documentation_is_drawn_without_another_host(client_for):
    client = client_for(Role.DISKOMINFO)
    html = client.get("/simpeg/api/dokumentasi/").content.decode()
    schema = json.loads(client.get("/simpeg/api/openapi.json").content)

    assert "/pegawai/{id}/rw-golongan" in html
    assert "tmtGolongan" in html
    assert not re.findall(r'(?:src|href)="https?://', html)
    assert set(schema["paths"]) == set(api.get_openapi_schema()["paths"])


def test_unknown_word_in_the_address_is_refused_and_named(call):
    answer = call("/pegawai?ukuran=5&ukurn=5")

    assert answer.status_code == 422
    assert answer.json()["kode"] == "isian_tidak_dikenal"
    assert "ukurn" in answer.json()["pesan"]
    assert call("/pegawai?ukuran=5").status_code == 200
    assert CatatanApi.objects.filter(status=422).count() == 1
