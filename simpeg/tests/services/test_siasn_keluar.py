"""Our records under SIASN's names: every kind, its spelling, ids as text."""

from __future__ import annotations

import datetime as dt
import re

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bkpsdmd.accounts.roles import Role
from bkpsdmd.audit.models import Event
from bkpsdmd.exceptions import DomainError
from bkpsdmd.jobs.models import Job
from bkpsdmd.jobs.running import run_job
from simpeg.jenis_riwayat import JENIS
from simpeg.models import Pegawai
from simpeg.services import siasn_keluar
from simpeg.services.riwayat import add_riwayat
from simpeg.siasn.keluar import EJAAN_TULIS, RIWAYAT, TANPA_PADANAN
from simpeg.tests.contoh_riwayat import data, orang_untuk
from simpeg.tests.factories import RiwayatPangkatFactory

pytestmark = pytest.mark.django_db
HARI_INI = dt.date(2026, 11, 25)


def read(kunci, by, *, is_petugas=False, sheet=0):
    with siasn_keluar.write_keluar(kunci=kunci, is_petugas=is_petugas, by=by) as file:
        book = openpyxl.load_workbook(file)
    judul, *baris = book.worksheets[sheet].iter_rows(values_only=True)
    return [dict(zip(judul, row, strict=True)) for row in baris]


def test_every_kind_is_told_or_left_out_on_purpose():
    assert set(RIWAYAT) | TANPA_PADANAN == set(JENIS)


@pytest.mark.parametrize("kunci", sorted(RIWAYAT))
def test_each_kind_is_written(kunci, kantor, verifikator):
    jenis = JENIS[kunci]
    pegawai = orang_untuk(jenis, kantor)
    add_riwayat(
        jenis=jenis,
        pegawai=pegawai,
        data=data(jenis, pegawai),
        by=verifikator,
        per_tanggal=HARI_INI,
        is_diperiksa=True,
    )

    rows = [row for row in read(kunci, verifikator) if row["nipBaru"] == pegawai.nip]

    assert rows
    assert set(rows[0]) >= {"id", "idPns", "nipBaru", "nama"}
    for value in rows[0].values():
        assert value is None or isinstance(value, str)


def test_main_data_has_one_row_for_each_active_person(kantor, verifikator):
    Pegawai.objects.filter(pk=kantor.pegawai.pk).update(nik="0307010101900001")

    rows = {row["nipBaru"]: row for row in read("data-utama", verifikator)}

    assert len(rows) == 4
    satu = rows[kantor.pegawai.nip]
    assert satu["nik"] == "0307010101900001"
    assert re.fullmatch(r"\d\d-\d\d-\d{4}", satu["tglLahir"])
    assert satu["jenisKelamin"] in {"M", "F"}
    assert satu["unorNama"] == "Bidang Contoh"


def test_spelling_of_siasn_is_kept():
    semua = {nama for jenis in RIWAYAT.values() for nama in jenis.kolom}
    assert {"tgglMenikah", "tgglCerai", "koefisenId", "nomorIjasah"} <= semua
    assert {"bulanMulaiPenailan", "akhirHukumTanggal"} <= semua
    assert "PerilakuKerjaNilai" in RIWAYAT["skp"].kolom
    assert "perilakuKerjaNilai" in RIWAYAT["kinerja-periodik"].kolom
    assert set(EJAAN_TULIS) <= semua


def test_golongan_carries_the_id_of_siasn_as_text(kantor, verifikator):
    RiwayatPangkatFactory(
        pegawai=kantor.pegawai, golongan_id="III/b", tmt=dt.date(2024, 4, 1)
    )

    rows = {row["tmtGolongan"]: row for row in read("pangkat", verifikator)}

    satu = rows["01-04-2024"]
    assert (satu["golonganId"], satu["golongan"]) == ("32", "III/b")


def test_what_siasn_told_can_be_left_out(kantor, verifikator):
    RiwayatPangkatFactory(
        pegawai=kantor.pegawai, tmt=dt.date(2024, 4, 1), sumber="siasn", siasn_id="X1"
    )
    semua = read("pangkat", verifikator)

    petugas = read("pangkat", verifikator, is_petugas=True)

    assert "X1" in {row["id"] for row in semua}
    assert len(petugas) == len(semua) - 1


def test_job_keeps_the_file_and_the_log_who_took_it(kantor, verifikator):
    job = siasn_keluar.request_keluar(kunci="pangkat", is_petugas=False, by=verifikator)

    run_job(job.pk)

    job = Job.objects.get(pk=job.pk)
    assert (job.state, job.error) == ("selesai", "")
    assert job.file_name.startswith("siasn-pangkat-")
    event = Event.objects.get(kind="rekonsiliasi.ekspor")
    assert event.changes == {"jenis": [None, "Golongan"]}


def test_queries_do_not_grow_with_the_rows(kantor, verifikator):
    biaya = []
    for tahun in (2001, 2012):
        for n in range(2 if tahun == 2001 else 10):
            RiwayatPangkatFactory(
                pegawai=kantor.pegawai, tmt=dt.date(tahun + n // 12, n % 12 + 1, 1)
            )
        with CaptureQueriesContext(connection) as queries:
            read("pangkat", verifikator)
        biaya.append(len(queries))
    assert biaya[1] <= biaya[0]


def test_unknown_kind_and_part_of_the_office_are_refused(kantor, verifikator):
    for kunci, by in (("hantu", verifikator), ("pangkat", kantor.pengelola.user)):
        with pytest.raises(DomainError):
            siasn_keluar.request_keluar(kunci=kunci, is_petugas=False, by=by)


def test_page_starts_the_job(client_for):
    client = client_for(Role.VERIFIKATOR)
    assert "Golongan" in client.get("/simpeg/siasn/ekspor/").content.decode()

    answer = client.post("/simpeg/siasn/ekspor/", {"jenis": "pangkat"})

    assert answer.url == Job.objects.get().get_absolute_url()
