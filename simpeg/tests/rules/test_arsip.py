"""Which papers an archive must hold, and what services need."""

import datetime as dt

import pytest

from simpeg.choices import StatusKepegawaian
from simpeg.jenis_riwayat import JENIS
from simpeg.rules.arsip import (
    FaktaArsip,
    FaktaCatatan,
    Sifat,
    check_arsip,
    check_layanan,
    list_jenis_arsip,
)

from .cases import HARI_INI


def catatan(kunci="pangkat", pk=1, tahun=2020, *, is_berberkas=False, is_awal=False):
    return FaktaCatatan(
        kunci, pk, f"nomor {pk}", dt.date(tahun, 4, 1), is_berberkas, is_awal
    )


def wajib(fakta):
    return {
        (b.jenis.kode, b.rujukan): b.is_ada
        for b in check_arsip(fakta, per_tanggal=HARI_INI)
        if b.sifat is Sifat.WAJIB
    }


@pytest.mark.parametrize(
    ("status", "kode"),
    [
        (StatusKepegawaian.PNS, {"ktp", "kk", "sk_cpns", "sk_pns"}),
        (StatusKepegawaian.CPNS, {"ktp", "kk", "sk_cpns", "spmt"}),
        (StatusKepegawaian.PPPK, {"ktp", "kk", "sk_cpns"}),
    ],
)
def test_mandatory_papers_follow_the_status(status, kode):
    found = wajib(FaktaArsip(status, frozenset({"ktp"})))

    assert {k for k, _ in found} == kode
    assert found["ktp", ""]
    assert not found["kk", ""]


def test_each_record_needs_its_own_paper():
    fakta = FaktaArsip(
        StatusKepegawaian.PNS,
        frozenset({"sk_kp"}),
        (catatan(pk=1, is_berberkas=True), catatan(pk=2)),
    )

    found = wajib(fakta)

    assert found["sk_kp", "pangkat-1"]
    assert not found["sk_kp", "pangkat-2"]


def test_first_pangkat_is_proved_by_the_appointment():
    fakta = FaktaArsip(
        StatusKepegawaian.PNS, frozenset(), (catatan(is_awal=True), catatan(pk=2))
    )

    assert {r for _, r in wajib(fakta) if r} == {"pangkat-2"}


def test_paper_of_a_lesser_record_is_advice():
    fakta = FaktaArsip(StatusKepegawaian.PNS, frozenset(), (catatan("kursus"),))

    (butir,) = [b for b in check_arsip(fakta, per_tanggal=HARI_INI) if b.catatan]
    assert butir.sifat is Sifat.ANJURAN


def layanan(kode, fakta):
    found = check_layanan(fakta, per_tanggal=HARI_INI)
    return next(satu for satu in found if satu.kode == kode)


def test_service_asks_for_the_paper_of_the_latest_record():
    old = catatan(pk=1, tahun=2016, is_berberkas=True)
    ada = frozenset({"sk_kp", "skp"})
    without = FaktaArsip(StatusKepegawaian.PNS, ada, (old, catatan(pk=2)))
    with_it = FaktaArsip(
        StatusKepegawaian.PNS, ada, (old, catatan(pk=2, is_berberkas=True))
    )

    kurang = layanan("kgb", without)
    assert [b.rujukan for b in kurang.kurang] == ["pangkat-2"]
    assert kurang.status == "Kurang 1 dokumen"
    assert layanan("kgb", with_it).is_siap
    assert "kesepakatan" in kurang.dasar_hukum


def test_service_is_content_with_the_appointment_while_nothing_followed():
    fakta = FaktaArsip(
        StatusKepegawaian.PNS, frozenset({"sk_cpns", "skp"}), (catatan(is_awal=True),)
    )

    assert layanan("kgb", fakta).is_siap


def test_services_are_offered_by_status():
    kode = {
        satu.kode
        for satu in check_layanan(
            FaktaArsip(StatusKepegawaian.PPPK, frozenset()), per_tanggal=HARI_INI
        )
    }

    assert kode == {"kgb"}


def test_every_kind_of_record_has_its_kind_of_paper():
    jenis = list_jenis_arsip(HARI_INI)

    assert {one.arsip for one in JENIS.values()} <= set(jenis)
    for kode, satu in jenis.items():
        assert all(JENIS[kunci].arsip == kode for kunci in satu.riwayat)
    for one in JENIS.values():
        assert one.is_tertutup <= jenis[one.arsip].is_tertutup, one.kunci
