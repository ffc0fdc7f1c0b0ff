"""The official list as a file: who stands in it, in which order, on which date."""

import datetime as dt
import io

import openpyxl
import pytest
from django.utils import timezone

from bkpsdmd.audit.models import Event
from bkpsdmd.exceptions import DomainError
from simpeg.services.duk import build_duk, list_duk, request_duk, write_duk
from simpeg.tests.factories import PegawaiFactory, RiwayatJabatanFactory

AKHIR_TAHUN = dt.date(2026, 12, 31)


@pytest.fixture
def dinas(kantor):
    return kantor.dinas


def names(people):
    return [k.pegawai.nama for k in people]


def test_list_holds_the_pns_of_the_unit_and_below_highest_first(kantor, dinas):
    anggota, cpns = list_duk(unit=dinas, per_tanggal=AKHIR_TAHUN)

    assert names(anggota)[0] == "Ahmad Atasan"
    assert set(names(anggota)) == {"Ahmad Atasan", "Rina Pengelola", "Siti Pegawai"}
    assert cpns == []


def test_cpns_stand_apart_and_pppk_not_at_all(dinas):
    PegawaiFactory(nama="Calon", cpns=True, di=dinas)
    PegawaiFactory(nama="Kontrak", pppk=True, di=dinas)

    anggota, cpns = list_duk(unit=dinas, per_tanggal=AKHIR_TAHUN)

    assert names(cpns) == ["Calon"]
    assert "Kontrak" not in names(anggota)


def test_person_belongs_to_the_unit_held_on_that_date(kantor, dinas):
    RiwayatJabatanFactory(
        pegawai=kantor.pegawai, unit_kerja=kantor.dinas_lain, tmt=dt.date(2026, 6, 1)
    )

    before, _ = list_duk(unit=dinas, per_tanggal=dt.date(2026, 5, 31))
    after, _ = list_duk(unit=dinas, per_tanggal=dt.date(2026, 6, 1))

    assert "Siti Pegawai" in names(before)
    assert "Siti Pegawai" not in names(after)


def test_paper_prints_numbers_dates_and_service(dinas):
    anggota, cpns = list_duk(unit=dinas, per_tanggal=AKHIR_TAHUN)
    data = build_duk(
        unit=dinas,
        per_tanggal=AKHIR_TAHUN,
        anggota=anggota,
        cpns=cpns,
        dibuat=timezone.now(),
    )

    (bagian,) = data["bagian"]
    assert data["keadaan"] == "31 Desember 2026"
    assert [baris["urut"] for baris in bagian["baris"]] == ["1", "2", "3"]
    assert bagian["baris"][1]["masa_kerja_tahun"] == "16"
    assert bagian["baris"][1]["masa_kerja_bulan"] == "11"


def test_xlsx_has_a_row_per_person_and_nip_as_text(dinas, pegawai):
    content = write_duk(
        unit=dinas,
        per_tanggal=AKHIR_TAHUN,
        bentuk="xlsx",
        by=None,
        dibuat=timezone.now(),
    )

    rows = list(openpyxl.load_workbook(io.BytesIO(content))["DUK"].values)
    assert pegawai.nip in [row[2] for row in rows]
    assert Event.objects.filter(kind="duk.cetak").count() == 1


def test_pdf_is_a_pdf(dinas):
    content = write_duk(
        unit=dinas,
        per_tanggal=AKHIR_TAHUN,
        bentuk="pdf",
        by=None,
        dibuat=timezone.now(),
    )

    assert content.startswith(b"%PDF-")


def test_unknown_form_of_file_is_refused(dinas, pengelola):
    with pytest.raises(DomainError):
        request_duk(
            unit=dinas, per_tanggal=AKHIR_TAHUN, bentuk="docx", by=pengelola.user
        )
