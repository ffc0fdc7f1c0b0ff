"""An export read and imported at once: the sample, every way to save it, any size."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from bkpsdmd.documents.models import get_kantor
from bkpsdmd.exceptions import DomainError
from simpeg.models import (
    KeadaanPegawai,
    Pegawai,
)
from simpeg.selectors.keadaan import load_himpunan
from simpeg.services import siasn
from simpeg.services.keadaan import build_keadaan, refresh_keadaan
from simpeg.tests.siasn.ekspor import (
    Baris,
    get_orang,
    make_baris,
    write_csv,
    write_xlsx,
)

pytestmark = pytest.mark.django_db

DATA = Path(__file__).parents[1] / "data"
CONTOH = DATA / "siasn_export_contoh.csv"
DIHARAPKAN = json.loads((DATA / "siasn_export_contoh.expected.json").read_text())
HARI_INI = dt.date(2026, 11, 25)


def kode(hasil: dict[str, Any]) -> list[str]:
    return [satu["kode"] for satu in hasil["catatan"]]


def count_rows() -> dict[str, int]:
    from django.apps import apps

    return {
        model.__name__: model._default_manager.count()
        for app in ("simpeg", "accounts", "audit", "jobs")
        for model in apps.get_app_config(app).get_models()
    }


# -- The sample -----------------------------------------------------------------------


def test_sample_is_judged_exactly_as_expected():
    hasil = siasn.import_file(CONTOH, per_tanggal=HARI_INI)

    tingkat = {
        t: {str(c["baris"]) for c in hasil["catatan"] if c["tingkat"] == t}
        for t in ("galat", "peringatan")
    }
    assert tingkat["galat"] == set(DIHARAPKAN["rejected"])
    assert set(DIHARAPKAN["warned"]) <= tingkat["peringatan"]
    assert hasil["baris"] == DIHARAPKAN["rows"]
    assert hasil["baru"] == DIHARAPKAN["accepted"] == Pegawai.objects.count()
    assert hasil["ditolak"] == len(DIHARAPKAN["rejected"])
    assert (hasil["berubah"], hasil["sama"]) == (0, 0)


def test_sample_twice_changes_and_writes_nothing():
    siasn.import_file(CONTOH, per_tanggal=HARI_INI)
    before, versi = count_rows(), set(Pegawai.objects.values_list("pk", "versi"))

    hasil = siasn.import_file(CONTOH, per_tanggal=HARI_INI + dt.timedelta(days=1))

    assert (hasil["baru"], hasil["berubah"], hasil["sama"]) == (0, 0, 284)
    assert count_rows() == before
    assert set(Pegawai.objects.values_list("pk", "versi")) == versi


def test_sample_leaves_the_state_that_the_riwayat_tell():
    siasn.import_file(CONTOH, per_tanggal=HARI_INI)

    ids = list(Pegawai.objects.values_list("pk", flat=True))
    kolom = [f.attname for f in KeadaanPegawai._meta.concrete_fields]
    stored = {row.pk: row for row in KeadaanPegawai.objects.all()}
    assert set(stored) == set(ids)
    for himpunan in load_himpunan(ids):
        derived = build_keadaan(himpunan, HARI_INI)
        row = stored[himpunan.pegawai.pk]
        assert [getattr(row, k) for k in kolom] == [getattr(derived, k) for k in kolom]


def test_sample_keeps_formula_markup_and_long_text_as_plain_text():
    siasn.import_file(CONTOH, per_tanggal=HARI_INI)

    formula = '=HYPERLINK("http://example.invalid","klik")'
    assert Pegawai.objects.filter(nama=formula).count() == 2
    assert Pegawai.objects.filter(alamat__contains="<").count() == 2
    panjang = [len(a) for a in Pegawai.objects.values_list("alamat", flat=True)]
    assert sorted(panjang)[-2:] == [4799, 4799]  # the file ends them with a space


def test_trial_writes_nothing():
    before = count_rows()

    hasil = siasn.import_file(CONTOH, per_tanggal=HARI_INI, is_coba=True)

    assert hasil["baru"] == 284
    assert count_rows() == before


# -- Files ----------------------------------------------------------------------------


@pytest.mark.parametrize("pemisah", [",", ";", "\t"])
@pytest.mark.parametrize("sandi", ["utf-8", "utf-8-sig", "cp1252"])
def test_every_way_an_office_saves_a_csv(impor, pemisah, sandi):
    isi = write_csv([make_baris(0, NAMA="Désirée Ñoño")], pemisah=pemisah, sandi=sandi)

    impor(isi=isi)

    assert get_orang().nama == "Désirée Ñoño"


def test_xlsx_with_typed_cells(impor):
    baris: dict[str, object] = dict(make_baris(0))
    lahir = dt.datetime.strptime(make_baris(0)["TANGGAL LAHIR"], "%d-%m-%Y")  # noqa: DTZ007
    baris |= {"TANGGAL LAHIR": lahir, "MK TAHUN": 12, "TAHUN LULUS": 1993}

    hasil = impor(isi=write_xlsx([baris]))

    assert (hasil["baru"], hasil["catatan"]) == (1, [])
    assert get_orang().tanggal_lahir == lahir.date()


def test_nip_in_a_number_cell_of_xlsx_is_refused(impor):
    baris: dict[str, object] = dict(make_baris(0))
    baris["NIP BARU"] = int(make_baris(0)["NIP BARU"].strip("'"))

    assert kode(impor(isi=write_xlsx([baris]))) == ["nip_jadi_angka"]


def test_rows_are_counted_as_a_person_sees_them(impor):
    isi = write_csv([make_baris(0), make_baris(1, NAMA="")]).replace(
        b"\r\n", b"\r\n\r\n", 1
    )

    hasil = impor(isi=isi)

    assert [c["baris"] for c in hasil["catatan"]] == [4]


@pytest.mark.parametrize(
    ("isi", "kata"),
    [
        (b"", "kosong"),
        (b"PK\x03\x04rusak", "rusak"),
        (b"%PDF-1.7\n...", "PDF"),
        (b"MZ\x90\x00" + b"\x00" * 60, "program"),
        (b"nama saja\r\n", "bukan tabel"),
        (b"A,B\r\n1,2\r\n", "NIP BARU"),
    ],
)
def test_what_is_no_export_is_refused_in_words(impor, isi, kata):
    before = count_rows()

    with pytest.raises(DomainError) as error:
        impor(isi=isi)

    assert kata in error.value.pesan
    assert count_rows() == before


def test_file_with_a_heading_alone_is_refused(impor):
    isi = write_csv([make_baris(0)]).splitlines(keepends=True)[0]

    with pytest.raises(DomainError) as error:
        impor(isi=isi)

    assert error.value.kode == "berkas_kosong"


def test_demo_portal_refuses_unless_told(impor):
    _make_demo()

    with pytest.raises(DomainError) as error:
        impor(make_baris(0))
    assert error.value.kode == "portal_contoh"

    assert impor(make_baris(0), is_ke_contoh=True)["baru"] == 1


def _make_demo() -> None:
    from django.core.cache import cache

    from bkpsdmd.documents.models import PengaturanKantor

    kantor = get_kantor()
    kantor.is_contoh = True
    kantor.save()
    cache.clear()
    assert PengaturanKantor.objects.get().is_contoh


# -- Size -----------------------------------------------------------------------------


def test_queries_do_not_grow_with_the_rows(impor):
    def count(rows: list[Baris]) -> int:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(
            connection,
        ) as captured:
            impor(*rows)
        return len(captured)

    few = count([make_baris(n) for n in range(3)])
    many = count([make_baris(n) for n in range(10, 40)])

    assert many <= few + 2


def test_state_is_that_of_a_full_refresh(impor):
    impor(*[make_baris(n) for n in range(20)])
    kolom = [f.attname for f in KeadaanPegawai._meta.concrete_fields]
    before = list(KeadaanPegawai.objects.order_by("pk").values(*kolom))

    refresh_keadaan([row["pegawai_id"] for row in before], per_tanggal=HARI_INI)

    assert list(KeadaanPegawai.objects.order_by("pk").values(*kolom)) == before
