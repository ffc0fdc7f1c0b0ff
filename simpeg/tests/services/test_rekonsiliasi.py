"""Differences with SIASN: found, decided, remembered, asked about, killed in the midst."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bkpsdmd.accounts.models import User
from bkpsdmd.accounts.roles import Role
from bkpsdmd.audit.models import Event
from bkpsdmd.exceptions import DomainError, StaleDataError
from bkpsdmd.jobs.models import Job
from bkpsdmd.jobs.running import run_job
from simpeg.models import (
    BerkasMasuk,
    Pegawai,
    PutusanSelisih,
    RiwayatPangkat,
    Rombongan,
    SelisihSiasn,
)
from simpeg.selectors.rekonsiliasi import (
    KOLOM,
    list_pertanyaan,
    summarize_selisih,
)
from simpeg.selectors.siasn import TOPIK
from simpeg.services import rekonsiliasi, rombongan, siasn
from simpeg.tests.factories import PemberianPeranFactory
from simpeg.tests.siasn.ekspor import Baris, get_orang, make_baris, write_csv

pytestmark = pytest.mark.django_db
HARI_INI = dt.date(2026, 11, 25)


@pytest.fixture
def isi(tmp_path: Path):
    """Fill the portal with rows as SIASN tells them."""

    def run(*rows: Baris) -> None:
        path = tmp_path / "ekspor.csv"
        path.write_bytes(write_csv(rows))
        siasn.import_file(path, per_tanggal=HARI_INI)

    return run


def banding(by: User, *rows: Baris) -> BerkasMasuk:
    impor = rekonsiliasi.upload_rekonsiliasi(
        berkas=ContentFile(write_csv(rows)), nama="siasn.csv", by=by
    )
    return rekonsiliasi.compare_rekonsiliasi(impor_id=impor.pk, per_tanggal=HARI_INI)


def beda(impor: BerkasMasuk) -> dict[str, tuple[str, str, str]]:
    rows = impor.selisih_set.values_list("kolom", "kita", "siasn", "keadaan")
    return {kolom: (kita, siasn_, keadaan) for kolom, kita, siasn_, keadaan in rows}


def ids(impor: BerkasMasuk, *kolom: str) -> list[int]:
    rows = impor.selisih_set.filter(kolom__in=kolom) if kolom else impor.selisih_set
    return list(rows.order_by("pk").values_list("pk", flat=True))


def terima(impor: BerkasMasuk, by: User, *kolom: str) -> Any:
    return rekonsiliasi.accept(
        impor=impor, ids=ids(impor, *kolom), alasan="", by=by, per_tanggal=HARI_INI
    )


LAIN = {"NAMA": "Nama SIASN", "ALAMAT": "Jl. SIASN", "AGAMA ID": "2"}


# -- Finding --------------------------------------------------------------------------


def test_each_field_that_differs_is_one_difference_with_both_values(isi, verifikator):
    isi(make_baris(0), make_baris(1))

    impor = banding(verifikator, make_baris(0, **LAIN), make_baris(1), make_baris(7))

    assert impor.status == "siap"
    assert beda(impor) == {
        "nama": ("Pegawai Contoh 0", "Nama SIASN", "terbuka"),
        "alamat": ("Jl. Contoh No. 0, Barabai", "Jl. SIASN", "terbuka"),
        "agama": ("Islam", "Kristen", "terbuka"),
    }
    assert set(impor.selisih_set.values_list("pegawai", flat=True)) == {get_orang().pk}
    assert (impor.jumlah_baru, impor.jumlah_sama) == (1, 1)
    assert get_orang().nama == "Pegawai Contoh 0"


def test_every_field_an_export_tells_can_be_filtered_by(isi, verifikator):
    isi(make_baris(0))
    semua = make_baris(
        8,
        **{
            "PNS ID": make_baris(0)["PNS ID"],
            "NIP LAMA": "131000001",
            "GELAR DEPAN": "Dr.",
            "GELAR BELAKANG": "M.M.",
            "NPWP NOMOR": "1",
            "EMAIL GOV": "a@b.go.id",
            "BPJS": "2",
            "NOMOR SK PNS": "3",
            "TANGGAL SK PNS": "01-01-2000",
        },
    )

    impor = banding(verifikator, semua)

    assert len(beda(impor)) > 15
    assert set(beda(impor)) <= set(KOLOM)
    fields = {name for name in KOLOM if name not in TOPIK}
    assert fields <= {field.name for field in Pegawai._meta.get_fields()}


def test_empty_cell_of_siasn_is_no_difference(isi, verifikator):
    isi(make_baris(0))

    assert beda(banding(verifikator, make_baris(0, ALAMAT="", NIK=""))) == {}


def test_record_of_an_officer_is_a_difference_that_can_be_followed(isi, verifikator):
    isi(make_baris(0))
    lama = RiwayatPangkat.objects.filter(pegawai=get_orang()).latest("tmt")
    RiwayatPangkat.objects.filter(pk=lama.pk).update(sumber="manual", sk_nomor="823/7")
    impor = banding(
        verifikator, make_baris(0, **{"GOL AKHIR NAMA": "IV/e", "GOL AKHIR ID": "45"})
    )
    assert set(beda(impor)) == {"golongan"}

    terima(impor, verifikator)

    baru = RiwayatPangkat.objects.berlaku().get(pegawai=get_orang(), tmt=lama.tmt)
    assert (baru.golongan_id, baru.mengoreksi_id) == ("IV/e", lama.pk)
    assert baru.sk_nomor == "823/7"
    assert get_orang().keadaan.golongan_id == "IV/e"


def test_other_masa_kerja_can_be_followed(isi, verifikator):
    isi(make_baris(0))
    impor = banding(verifikator, make_baris(0, **{"MK TAHUN": "3", "MK BULAN": "4"}))
    assert set(beda(impor)) == {"masa_kerja"}

    terima(impor, verifikator)

    assert get_orang().keadaan.masa_kerja_bulan == 40


def test_what_siasn_knows_later_is_told_but_cannot_be_followed(isi, verifikator):
    isi(make_baris(0))
    awal = make_baris(0)["TMT CPNS"]
    impor = banding(
        verifikator,
        make_baris(
            0,
            **{
                "GOL AKHIR NAMA": "III/b",
                "GOL AKHIR ID": "32",
                "TMT GOLONGAN": awal[:6] + str(int(awal[6:]) + 2),
            },
        ),
    )
    (satu,) = impor.selisih_set.all()
    assert (satu.kolom, satu.bisa_diterima) == ("golongan", False)

    hasil = terima(impor, verifikator)

    assert (len(hasil.diterima), len(hasil.berubah)) == (0, 1)
    assert not Rombongan.objects.filter(berkas_masuk=impor).exists()


def test_person_is_found_by_nik_where_the_numbers_differ(isi, verifikator):
    isi(make_baris(0))
    lain = make_baris(5, NIK=make_baris(0)["NIK"])

    impor = banding(verifikator, lain)

    assert impor.jumlah_baru == 0
    assert beda(impor)["nip"][:2] == (get_orang().nip, lain["NIP BARU"].strip("'"))
    assert "siasn_id" in beda(impor)


def test_nik_of_two_people_finds_nobody(isi, verifikator):
    isi(make_baris(0), make_baris(1, NIK=make_baris(0)["NIK"]))

    impor = banding(verifikator, make_baris(5, NIK=make_baris(0)["NIK"]))

    assert impor.jumlah_baru == 1


def test_only_one_reconciliation_is_open(isi, verifikator):
    banding(verifikator, make_baris(0))

    with pytest.raises(DomainError) as error:
        banding(verifikator, make_baris(0))

    assert error.value.kode == "masih_berjalan"


# -- Following ------------------------------------------------------------------------


def test_followed_difference_is_written_and_the_others_are_not(isi, verifikator):
    isi(make_baris(0))
    impor = banding(verifikator, make_baris(0, **LAIN))

    hasil = terima(impor, verifikator, "nama")

    assert len(hasil.diterima) == 1
    orang = get_orang()
    assert (orang.nama, orang.agama) == ("Nama SIASN", "1")
    assert beda(impor)["nama"][2] == "diterima"
    assert beda(impor)["alamat"][2] == "terbuka"
    event = Event.objects.get(kind="pegawai.rekonsiliasi")
    assert event.changes == {"nama": ["Pegawai Contoh 0", "Nama SIASN"]}
    act = Rombongan.objects.get(berkas_masuk=impor)
    assert event.batch == str(act.pk)


def test_followed_difference_can_be_undone(isi, verifikator):
    isi(make_baris(0))
    impor = banding(verifikator, make_baris(0, **LAIN))
    terima(impor, verifikator)
    act = Rombongan.objects.get(berkas_masuk=impor)
    act.alasan_batal = "Keliru"
    act.save()

    rombongan.undo_rombongan(rombongan_id=act.pk, by=verifikator, per_tanggal=HARI_INI)

    assert get_orang().nama == "Pegawai Contoh 0"
    assert {keadaan for *_, keadaan in beda(impor).values()} == {"terbuka"}


def test_what_changed_meanwhile_is_not_overwritten_but_shown_again(isi, verifikator):
    isi(make_baris(0))
    impor = banding(verifikator, make_baris(0, **LAIN))
    Pegawai.objects.filter(pk=get_orang().pk).update(nama="Diubah", agama="2")

    hasil = terima(impor, verifikator)

    assert [satu.kolom for satu in hasil.berubah] == ["nama"]
    assert [satu.kolom for satu in hasil.gugur] == ["agama"]
    assert [satu.kolom for satu in hasil.diterima] == ["alamat"]
    assert get_orang().nama == "Diubah"
    assert beda(impor)["nama"] == ("Diubah", "Nama SIASN", "terbuka")
    assert beda(impor)["agama"][2] == "gugur"


def test_decided_difference_is_not_decided_again(isi, verifikator):
    isi(make_baris(0))
    impor = banding(verifikator, make_baris(0, **LAIN))
    semua = ids(impor)
    terima(impor, verifikator)

    with pytest.raises(StaleDataError):
        rekonsiliasi.keep_ours(impor=impor, ids=semua, alasan="", by=verifikator)


# -- Keeping --------------------------------------------------------------------------


def pertahankan(impor: BerkasMasuk, by: User) -> None:
    rekonsiliasi.keep_ours(impor=impor, ids=ids(impor), alasan="Menurut SK", by=by)


def tutup(impor: BerkasMasuk, by: User) -> None:
    rekonsiliasi.close_rekonsiliasi(impor=impor, by=by)


def test_kept_difference_does_not_come_back_unless_a_side_changed(isi, verifikator):
    isi(make_baris(0))
    satu = banding(verifikator, make_baris(0, **LAIN))
    pertahankan(satu, verifikator)
    tutup(satu, verifikator)

    dua = banding(verifikator, make_baris(0, **LAIN))
    assert {keadaan for *_, keadaan in beda(dua).values()} == {"dipertahankan"}
    assert dua.selisih_set.filter(is_diingat=True).count() == 3
    tutup(dua, verifikator)

    Pegawai.objects.filter(pk=get_orang().pk).update(nama="Kita Berubah")
    tiga = banding(verifikator, make_baris(0, **{**LAIN, "ALAMAT": "Jl. Lain Lagi"}))
    assert beda(tiga)["nama"][2] == "terbuka"
    assert beda(tiga)["alamat"][2] == "terbuka"
    assert beda(tiga)["agama"][2] == "dipertahankan"


def test_memory_holds_no_values(isi, verifikator):
    isi(make_baris(0))
    pertahankan(banding(verifikator, make_baris(0, **LAIN)), verifikator)

    for satu in PutusanSelisih.objects.all():
        assert "SIASN" not in satu.sidik
        assert len(satu.sidik) == 64
    event = Event.objects.get(kind="selisih.pertahankan")
    assert event.reason == "Menurut SK"
    assert event.changes["alamat"] == [None, None]


def test_deciding_to_keep_does_not_stand_in_the_way_of_undoing(isi, verifikator):
    isi(make_baris(0))
    impor = banding(verifikator, make_baris(0, **LAIN))
    terima(impor, verifikator, "nama")
    rekonsiliasi.keep_ours(
        impor=impor, ids=ids(impor, "agama"), alasan="", by=verifikator
    )
    act = Rombongan.objects.get(berkas_masuk=impor)
    act.alasan_batal = "x"
    act.save()

    rombongan.undo_rombongan(rombongan_id=act.pk, by=verifikator, per_tanggal=HARI_INI)

    assert get_orang().nama == "Pegawai Contoh 0"


# -- Asking ---------------------------------------------------------------------------


@pytest.fixture
def ditanya(isi, verifikator) -> SelisihSiasn:
    isi(make_baris(0))
    impor = banding(verifikator, make_baris(0, NAMA="Nama SIASN"))
    rekonsiliasi.ask(impor=impor, ids=ids(impor), by=verifikator)
    return impor.selisih_set.get()


def test_person_and_their_clerks_are_asked_and_nobody_else(
    ditanya, verifikator, kantor
):
    orang = get_orang()
    pengelola = kantor.pengelola.user
    assert ditanya.keadaan == "ditanya"
    assert list_pertanyaan(orang.user).get() == ditanya
    for lain in (verifikator, kantor.pegawai.user, pengelola, kantor.atasan.user):
        assert not list_pertanyaan(lain).exists()

    PemberianPeranFactory(
        user=pengelola, peran=Role.PENGELOLA_OPD.value, unit_kerja=orang.keadaan.opd
    )
    assert list_pertanyaan(User.objects.get(pk=pengelola.pk)).get() == ditanya


def test_answer_waits_for_the_officer_and_changes_nothing(ditanya, verifikator):
    isi_berkas = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(isi_berkas)
    berkas = SimpleUploadedFile("ktp.pdf", isi_berkas.getvalue(), "application/pdf")

    rekonsiliasi.answer(
        selisih=ditanya, jawaban="siasn", berkas=[berkas], by=get_orang().user
    )

    ditanya.refresh_from_db()
    assert (ditanya.keadaan, ditanya.jawaban) == ("dijawab", "siasn")
    assert ditanya.jawaban_berkas.pegawai == get_orang()
    assert get_orang().nama == "Pegawai Contoh 0"
    assert not list_pertanyaan(get_orang().user).exists()
    with pytest.raises(StaleDataError):
        rekonsiliasi.answer(selisih=ditanya, jawaban="kita", by=get_orang().user)

    terima(ditanya.impor, verifikator)
    assert get_orang().nama == "Nama SIASN"


def test_neither_being_right_needs_the_right_value(ditanya):
    with pytest.raises(DomainError) as error:
        rekonsiliasi.answer(selisih=ditanya, jawaban="lain", by=get_orang().user)

    assert error.value.kolom == "catatan"


def test_question_ends_with_the_reconciliation(ditanya, verifikator):
    tutup(ditanya.impor, verifikator)

    assert not list_pertanyaan(get_orang().user).exists()
    with pytest.raises(StaleDataError):
        rekonsiliasi.answer(selisih=ditanya, jawaban="kita", by=get_orang().user)


# -- Many, twice, killed --------------------------------------------------------------


@pytest.fixture
def banyak(isi, verifikator) -> BerkasMasuk:
    """Sixty people whose name SIASN tells otherwise: more than are written at once."""
    rows = [make_baris(n) for n in range(60)]
    isi(*rows)
    return banding(verifikator, *({**row, "NAMA": f"{row['NAMA']} S"} for row in rows))


def test_many_are_followed_by_a_job(banyak, verifikator):
    job = terima(banyak, verifikator)

    assert isinstance(job, Job)
    assert {keadaan for *_, keadaan in beda(banyak).values()} == {"diproses"}
    run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, job.error) == ("selesai", "")
    assert Pegawai.objects.filter(nama__endswith=" S").count() == 60
    assert set(banyak.selisih_set.values_list("keadaan", flat=True)) == {"diterima"}


def test_killed_in_the_midst_leaves_nothing_half_done_and_runs_again(
    banyak, verifikator, monkeypatch
):
    job = terima(banyak, verifikator)
    act = Rombongan.objects.get(job_id=job.pk)
    events = Event.objects.count()

    def killed(*args: Any, **kwargs: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(rekonsiliasi, "_mark", killed)
        with pytest.raises(KeyboardInterrupt):
            rekonsiliasi.follow_rombongan(
                rombongan_id=act.pk, by=verifikator, per_tanggal=HARI_INI
            )
    assert not Pegawai.objects.filter(nama__endswith=" S").exists()
    assert set(banyak.selisih_set.values_list("keadaan", flat=True)) == {"diproses"}
    assert Event.objects.count() == events

    for _ in range(2):
        rekonsiliasi.follow_rombongan(
            rombongan_id=act.pk, by=verifikator, per_tanggal=HARI_INI
        )
    assert Pegawai.objects.filter(nama__endswith=" S").count() == 60
    assert Event.objects.filter(kind="pegawai.rekonsiliasi").count() == 60


def test_job_that_was_cancelled_gives_its_differences_back(banyak, verifikator):
    job = terima(banyak, verifikator)
    Job.objects.filter(pk=job.pk).update(state="dibatalkan")

    rekonsiliasi.request_banding(impor=banyak, by=verifikator)

    assert set(banyak.selisih_set.values_list("keadaan", flat=True)) == {"terbuka"}


def test_comparison_that_was_killed_starts_over(banyak, verifikator):
    banyak.status = "diunggah"
    banyak.save()

    rekonsiliasi.compare_rekonsiliasi(impor_id=banyak.pk, per_tanggal=HARI_INI)

    assert banyak.selisih_set.count() == 60
    assert banyak.baris_set.count() == 60


def test_comparing_again_keeps_decisions_and_drops_what_no_longer_differs(
    isi, verifikator
):
    isi(make_baris(0))
    impor = banding(verifikator, make_baris(0, **LAIN))
    rekonsiliasi.keep_ours(
        impor=impor, ids=ids(impor, "alamat"), alasan="", by=verifikator
    )
    Pegawai.objects.filter(pk=get_orang().pk).update(nama="Nama SIASN", agama="3")

    rekonsiliasi.compare_again(impor_id=impor.pk, per_tanggal=HARI_INI)

    assert beda(impor)["nama"][2] == "gugur"
    assert beda(impor)["alamat"][2] == "dipertahankan"
    assert beda(impor)["agama"] == ("Katholik", "Kristen", "terbuka")


def test_counts_by_field_and_by_perangkat_daerah(banyak, verifikator):
    total, per_kolom, per_opd = summarize_selisih(banyak)

    assert (total.semua, total.sisa) == (60, 60)
    assert [(satu.kunci, satu.semua) for satu in per_kolom] == [("nama", 60)]
    assert sum(satu.semua for satu in per_opd) == 60
    assert len(per_opd) == 40


def test_queries_of_comparing_do_not_grow_with_the_rows(isi, verifikator):
    isi(*(make_baris(n) for n in range(40)))
    biaya = []
    for awal, jumlah in ((0, 3), (5, 30)):
        rows = [make_baris(n, NAMA=f"Lain {n}") for n in range(awal, awal + jumlah)]
        impor = rekonsiliasi.upload_rekonsiliasi(
            berkas=ContentFile(write_csv(rows)), nama="x.csv", by=verifikator
        )
        with CaptureQueriesContext(connection) as queries:
            rekonsiliasi.compare_rekonsiliasi(impor_id=impor.pk, per_tanggal=HARI_INI)
        biaya.append(len(queries))
        Job.objects.all().update(state="selesai")
        tutup(impor, verifikator)
    assert biaya[0] >= biaya[1] - 4, biaya


def test_grant_for_a_part_of_the_office_is_not_enough(isi, kantor):
    with pytest.raises(DomainError) as error:
        banding(kantor.pengelola.user, make_baris(0))

    assert error.value.kode == "luar_lingkup"
