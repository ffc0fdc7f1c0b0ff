"""Excel out and back: 500 people, what is refused, one act, undone, killed."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bkpsdmd.accounts.models import User
from bkpsdmd.audit.models import Event
from bkpsdmd.exceptions import DomainError
from bkpsdmd.jobs.models import Job
from bkpsdmd.jobs.running import run_job
from simpeg.models import BerkasMasuk, KeadaanPegawai, Pegawai, Rombongan
from simpeg.services import lembar, rombongan, siasn
from simpeg.services.keadaan import refresh_keadaan
from simpeg.services.pegawai import update_pegawai
from simpeg.tests.actors import Kantor
from simpeg.tests.siasn.ekspor import make_baris, write_csv

pytestmark = pytest.mark.django_db
HARI_INI = dt.date(2026, 11, 25)


@pytest.fixture
def pengelola(kantor: Kantor) -> User:
    return kantor.pengelola.user


class Lembar:
    """The sheet as a person edits it: rows by NIP, cells by heading."""

    def __init__(self, content: bytes) -> None:
        self.book = openpyxl.load_workbook(io.BytesIO(content))
        self.page = self.book["Pegawai"]
        self.judul = {cell.value: cell.column for cell in self.page[1]}
        nip = self.judul["NIP"]
        self.baris = {
            self.page.cell(n, nip).value: n for n in range(2, self.page.max_row + 1)
        }

    def cell(self, nip: str, judul: str) -> Any:
        return self.page.cell(self.baris[nip], self.judul[judul])

    def save(self) -> bytes:
        isi = io.BytesIO()
        self.book.save(isi)
        return isi.getvalue()


def unduh(by: User) -> Lembar:
    rows = KeadaanPegawai.objects.order_by("nama_urut")
    with lembar.write_lembar(rows=rows, by=by) as file:
        return Lembar(file.read())


def unggah(isi: bytes, by: User) -> BerkasMasuk:
    impor = lembar.upload_lembar(berkas=ContentFile(isi), nama="lembar.xlsx", by=by)
    return lembar.examine_lembar(impor_id=impor.pk)


def terapkan(impor: BerkasMasuk, by: User) -> BerkasMasuk:
    lembar.request_terap(impor=impor, alasan="Pemutakhiran data", by=by)
    Job.objects.filter(pk__isnull=False).update(state="selesai")
    return lembar.apply_lembar(impor_id=impor.pk, by=by, per_tanggal=HARI_INI)


@pytest.fixture
def ubah(kantor: Kantor, pengelola: User) -> Callable[..., BerkasMasuk]:
    """Return a function that edits cells of one person and uploads the sheet."""

    def run(**sel: Any) -> BerkasMasuk:
        sheet = unduh(pengelola)
        for judul, value in sel.items():
            sheet.cell(kantor.pegawai.nip, judul.replace("_", " ")).value = value
        return unggah(sheet.save(), pengelola)

    return run


def satu(impor: BerkasMasuk, kantor: Kantor) -> Any:
    return impor.baris_set.get(pegawai=kantor.pegawai)


# -- The sheet ------------------------------------------------------------------------


def test_sheet_locks_what_is_not_edited_and_offers_the_lists(kantor, pengelola):
    sheet = unduh(pengelola)

    assert sheet.page.protection.sheet
    assert sheet.page.column_dimensions["A"].hidden
    assert sheet.cell(kantor.pegawai.nip, "NIP").protection.locked
    assert not sheet.cell(kantor.pegawai.nip, "Nama").protection.locked
    daftar = [v.sqref for v in sheet.page.data_validations.dataValidation]
    assert len(daftar) == 2
    assert "Islam" in [cell.value for cell in sheet.book["Pilihan"]["A"]]
    assert int(sheet.cell(kantor.pegawai.nip, "VERSI").value) == kantor.pegawai.versi


def test_sheet_holds_the_people_one_keeps_and_never_oneself(kantor, pengelola):
    nips = set(unduh(pengelola).baris)

    assert nips == {kantor.pegawai.nip, kantor.atasan.nip}
    assert Event.objects.get(kind="lembar.unduh").changes == {"pegawai": [None, 2]}


def test_sensitive_columns_are_for_those_who_may_see_them(kantor, verifikator):
    class Tanpa:
        def has_perm(self, izin: str) -> bool:
            return False

    assert "nik" in lembar.list_kolom(verifikator)
    tanpa = lembar.list_kolom(Tanpa())
    assert "nama" in tanpa
    assert not {"nik", "alamat", "nomor_hp", "email", "npwp", "bpjs"} & set(tanpa)
    with pytest.raises(DomainError) as error:
        lembar.map_judul(["KUNCI", "VERSI", "NIP", "NIK"], tanpa)
    assert error.value.kode == "kolom_asing"


def test_too_many_people_are_refused(kantor, pengelola, monkeypatch):
    monkeypatch.setattr(lembar, "PALING_BANYAK", 1)

    with pytest.raises(DomainError) as error:
        unduh(pengelola)

    assert "saringannya" in error.value.pesan


# -- What comes back ------------------------------------------------------------------


def test_unchanged_sheet_changes_nothing(kantor, pengelola):
    Pegawai.objects.filter(pk=kantor.pegawai.pk).update(
        alamat="Jl. Satu\nRT 2", gelar_belakang="S.E.,  M.M.", agama="1"
    )

    impor = unggah(unduh(pengelola).save(), pengelola)

    assert (impor.jumlah_sama, impor.jumlah_berubah, impor.jumlah_ditolak) == (2, 0, 0)


def test_cells_are_compared_old_beside_new(ubah, kantor):
    impor = ubah(Agama="Kristen", Alamat="Jl. Baru", Gelar_depan="dr.")

    assert satu(impor, kantor).perubahan == {
        "gelar_depan": [None, "dr."],
        "agama": [None, "Kristen"],
        "alamat": [None, "Jl. Baru"],
    }
    assert Pegawai.objects.get(pk=kantor.pegawai.pk).alamat == ""


def test_emptied_cell_empties_the_field(ubah, kantor, pengelola):
    Pegawai.objects.filter(pk=kantor.pegawai.pk).update(tempat_lahir="Barabai")

    terapkan(ubah(Tempat_lahir=None), pengelola)

    assert Pegawai.objects.get(pk=kantor.pegawai.pk).tempat_lahir == ""


@pytest.mark.parametrize(
    ("judul", "value", "kode"),
    [
        ("Agama", "Jedi", "tidak_ada_di_daftar"),
        ("Nama", None, "tidak_sah"),
        ("Surel", "bukan surel", "tidak_sah"),
        ("NIK", "123", "tidak_sah"),
        ("NIK", 6307010101900001, "jadi_angka"),
        ("Nomor HP", "nol delapan", "tidak_sah"),
        ("Alamat", "=1+1", "rumus"),
        ("Alamat", '=HYPERLINK("http://x.invalid")', "rumus"),
        ("Tempat lahir", dt.date(2020, 1, 1), "jadi_angka"),
        ("Nama", "N" * 201, "tidak_sah"),
        ("KUNCI", "abc", "kunci_tidak_dikenal"),
        ("NIP", "199001012020121001", "nip_berbeda"),
    ],
)
def test_cell_that_cannot_be_is_explained_and_its_row_not_written(
    kantor, pengelola, judul, value, kode
):
    sheet = unduh(pengelola)
    sheet.cell(kantor.pegawai.nip, judul).value = value

    impor = unggah(sheet.save(), pengelola)

    assert (impor.jumlah_ditolak, impor.jumlah_berubah) == (1, 0)
    baris = impor.baris_set.get(hasil="ditolak")
    assert kode in [catatan["kode"] for catatan in baris.catatan]
    assert all(catatan["pesan"] for catatan in baris.catatan)


def test_formula_is_not_taken_for_its_last_result(kantor, pengelola):
    # As Excel stores it: the formula and what it came to.
    isi, orang = io.BytesIO(), kantor.pegawai
    with xlsxwriter.Workbook(isi) as book:
        page = book.add_worksheet("Pegawai")
        page.write_row(0, 0, ["KUNCI", "VERSI", "NIP", "Alamat"])
        page.write_row(1, 0, [str(orang.pk), str(orang.versi), orang.nip])
        page.write_formula(1, 3, "=A1", value="Jl. Curian")

    impor = unggah(isi.getvalue(), pengelola)

    baris = satu(impor, kantor)
    assert [c["kode"] for c in baris.catatan] == ["rumus"]
    assert "Curian" not in str(baris.data)


def test_unknown_column_refuses_the_file(kantor, pengelola):
    sheet = unduh(pengelola)
    sheet.page.cell(1, sheet.page.max_column + 1).value = "Gaji"

    with pytest.raises(DomainError) as error:
        unggah(sheet.save(), pengelola)

    assert error.value.kode == "kolom_asing"
    assert "Gaji" in error.value.pesan
    assert not BerkasMasuk.objects.exists()


def test_sheet_without_its_key_is_refused(kantor, pengelola):
    sheet = unduh(pengelola)
    sheet.page.delete_cols(sheet.judul["VERSI"])

    with pytest.raises(DomainError) as error:
        unggah(sheet.save(), pengelola)

    assert error.value.kode == "kolom_kurang"


def test_person_outside_the_units_one_keeps_is_refused(kantor, pengelola, verifikator):
    sheet = unduh(verifikator)
    sheet.cell(kantor.orang_luar.nip, "Alamat").value = "Jl. Luar"
    sheet.cell(kantor.pengelola.nip, "Alamat").value = "Jl. Sendiri"

    impor = unggah(sheet.save(), pengelola)

    kode = {
        b.nip: b.catatan[0]["kode"] for b in impor.baris_set.filter(hasil="ditolak")
    }
    assert kode[kantor.orang_luar.nip] == "kunci_tidak_dikenal"
    assert kode[kantor.pengelola.nip] == "data_sendiri"


def test_same_person_twice_is_refused(kantor, pengelola):
    sheet = unduh(pengelola)
    nomor, akhir = sheet.baris[kantor.pegawai.nip], sheet.page.max_row + 1
    for cell in sheet.page[nomor]:
        sheet.page.cell(akhir, cell.column).value = cell.value

    impor = unggah(sheet.save(), pengelola)

    assert impor.baris_set.get(hasil="ditolak").catatan[0]["kode"] == "ganda"


def test_csv_comes_back_too(kantor, pengelola):
    sheet = unduh(pengelola)
    sheet.cell(kantor.pegawai.nip, "Alamat").value = "Jl. CSV"
    teks = io.StringIO()
    csv.writer(teks).writerows(
        [cell.value if cell.value is not None else "" for cell in row]
        for row in sheet.page.iter_rows()
    )

    impor = unggah(teks.getvalue().encode(), pengelola)

    assert satu(impor, kantor).perubahan == {"alamat": [None, "Jl. CSV"]}


# -- 500 people, 30 changes, one conflict ----------------------------------------------


@pytest.fixture
def banyak(tmp_path, verifikator) -> tuple[Lembar, list[Pegawai]]:
    path = tmp_path / "ekspor.csv"
    path.write_bytes(write_csv([make_baris(n) for n in range(500)]))
    siasn.import_file(path, per_tanggal=HARI_INI)
    sheet = unduh(verifikator)
    orang = list(Pegawai.objects.filter(siasn_id__isnull=False).order_by("pk"))
    for n, pegawai in enumerate(orang[:30]):
        sheet.cell(pegawai.nip, "Alamat").value = f"Jl. Lembar {n}"
    return sheet, orang


def ubah_di_portal(pegawai: Pegawai, by: User) -> None:
    update_pegawai(
        pegawai=pegawai,
        versi=pegawai.versi,
        data={"tempat_lahir": "Kandangan"},
        by=by,
        per_tanggal=HARI_INI,
    )


def test_500_rows_30_changes_one_conflict(banyak, verifikator):
    sheet, orang = banyak
    ubah_di_portal(orang[7], verifikator)

    impor = unggah(sheet.save(), verifikator)
    assert impor.jumlah_baris >= 500
    assert (impor.jumlah_berubah, impor.jumlah_ditolak) == (29, 1)
    basi = impor.baris_set.get(hasil="ditolak")
    assert (basi.pegawai, basi.catatan[0]["kode"]) == (orang[7], "basi")

    lewat = impor.baris_set.get(pegawai=orang[0])
    lembar.skip_rows(impor=impor, ids=[lewat.pk], is_dilewati=True, by=verifikator)
    terapkan(impor, verifikator)

    assert Pegawai.objects.filter(alamat__startswith="Jl. Lembar").count() == 28
    orang[7].refresh_from_db()
    assert (orang[7].tempat_lahir, orang[7].alamat) == (
        "Kandangan",
        "Jl. Contoh No. 7, Barabai",
    )
    act = Rombongan.objects.get(berkas_masuk=impor)
    assert (act.jumlah_orang, act.alasan) == (28, "Pemutakhiran data")
    events = Event.objects.filter(kind="pegawai.lembar")
    assert events.count() == 28
    assert set(events.values_list("batch", "reason")) == {
        (str(act.pk), "Pemutakhiran data")
    }
    assert events.first().changes == {"alamat": [None, None]}
    before = {k.pk: k.wajib_terisi for k in KeadaanPegawai.objects.all()}
    refresh_keadaan(list(before), per_tanggal=HARI_INI)
    assert {k.pk: k.wajib_terisi for k in KeadaanPegawai.objects.all()} == before


def test_the_act_is_undone_as_one(banyak, verifikator):
    sheet, orang = banyak
    impor = unggah(sheet.save(), verifikator)
    terapkan(impor, verifikator)
    act = Rombongan.objects.get(berkas_masuk=impor)
    act.alasan_batal = "Keliru"
    act.save()

    rombongan.undo_rombongan(rombongan_id=act.pk, by=verifikator, per_tanggal=HARI_INI)

    assert not Pegawai.objects.filter(alamat__startswith="Jl. Lembar").exists()
    orang[0].refresh_from_db()
    assert orang[0].alamat == "Jl. Contoh No. 0, Barabai"


def test_killed_in_the_midst_leaves_nothing_half_done_and_runs_again(
    banyak, verifikator, monkeypatch
):
    sheet, _ = banyak
    impor = unggah(sheet.save(), verifikator)
    lembar.request_terap(impor=impor, alasan="Uji", by=verifikator)
    events = Event.objects.count()

    def killed(*args: Any, **kwargs: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(lembar, "seal", killed)
        with pytest.raises(KeyboardInterrupt):
            lembar.apply_lembar(impor_id=impor.pk, by=verifikator, per_tanggal=HARI_INI)
    assert not Pegawai.objects.filter(alamat__startswith="Jl. Lembar").exists()
    assert Event.objects.count() == events
    impor.refresh_from_db()
    assert impor.status == "siap"

    for _ in range(2):
        lembar.apply_lembar(impor_id=impor.pk, by=verifikator, per_tanggal=HARI_INI)
    assert Pegawai.objects.filter(alamat__startswith="Jl. Lembar").count() == 30
    assert Event.objects.filter(kind="pegawai.lembar").count() == 30


def test_person_changed_after_the_examination_stops_the_writing(banyak, verifikator):
    sheet, orang = banyak
    impor = unggah(sheet.save(), verifikator)
    ubah_di_portal(orang[3], verifikator)

    with pytest.raises(DomainError) as error:
        terapkan(impor, verifikator)

    assert error.value.kode == "perbedaan_berubah"
    assert not Pegawai.objects.filter(alamat__startswith="Jl. Lembar").exists()
    impor.refresh_from_db()
    assert (impor.status, impor.jumlah_berubah, impor.jumlah_ditolak) == ("siap", 29, 1)
    terapkan(impor, verifikator)
    assert Pegawai.objects.filter(alamat__startswith="Jl. Lembar").count() == 29


def test_examination_that_was_killed_starts_over(ubah, kantor):
    impor = ubah(Alamat="Jl. Baru")
    BerkasMasuk.objects.filter(pk=impor.pk).update(status="diunggah")

    lembar.examine_lembar(impor_id=impor.pk)

    assert impor.baris_set.count() == 2


def test_queries_do_not_grow_with_the_rows(banyak, verifikator):
    _, orang = banyak
    biaya = []
    for jumlah in (3, 30):
        semua = unduh(verifikator)
        for pegawai in orang[100 : 100 + jumlah]:
            semua.cell(pegawai.nip, "Alamat").value = f"Jl. Biaya {jumlah}"
        isi = semua.save()
        with CaptureQueriesContext(connection) as queries:
            terapkan(unggah(isi, verifikator), verifikator)
        biaya.append(len(queries))
    assert biaya[1] <= biaya[0] + 2, biaya


# -- Who, and when --------------------------------------------------------------------


def test_only_the_owner_applies_and_cancels(ubah, verifikator, pengelola):
    impor = ubah(Alamat="Jl. Baru")
    for tindakan in (
        lambda: lembar.request_terap(impor=impor, alasan="x", by=verifikator),
        lambda: lembar.cancel_lembar(impor=impor, by=verifikator),
    ):
        with pytest.raises(DomainError) as error:
            tindakan()
        assert error.value.kode == "bukan_pemilik"

    lembar.cancel_lembar(impor=impor, by=pengelola)
    with pytest.raises(DomainError):
        lembar.request_terap(impor=impor, alasan="x", by=pengelola)


def test_reason_is_asked_for(ubah, pengelola):
    with pytest.raises(DomainError) as error:
        lembar.request_terap(impor=ubah(Alamat="Jl."), alasan=" ", by=pengelola)

    assert error.value.kolom == "alasan"


def test_clerk_of_a_unit_undoes_own_sheet(ubah, pengelola, kantor):
    impor = terapkan(ubah(Alamat="Jl. Baru"), pengelola)
    act = Rombongan.objects.get(berkas_masuk=impor)

    job = rombongan.request_undo(rombongan=act, alasan="Keliru", by=pengelola)
    run_job(job.pk)

    job.refresh_from_db()
    assert (job.state, job.error) == ("selesai", "")
    assert Pegawai.objects.get(pk=kantor.pegawai.pk).alamat == ""
