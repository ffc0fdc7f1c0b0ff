"""The read table equals the derivation; a TMT that arrives moves it."""

import datetime as dt

import pytest

from simpeg.models import KeadaanPegawai, MutuPegawai, TemuanData
from simpeg.rules.duk import rank_duk
from simpeg.selectors.duk import build_fakta_duk
from simpeg.selectors.keadaan import list_keadaan, load_himpunan
from simpeg.services.keadaan import build_keadaan, refresh_keadaan, roll_over
from simpeg.tests.factories import (
    PegawaiFactory,
    RiwayatDiklatFactory,
    RiwayatJabatanFactory,
    RiwayatKedudukanFactory,
    RiwayatPangkatFactory,
)

HARI_INI = dt.date(2026, 11, 25)


def values(row):
    names = [f.attname for f in KeadaanPegawai._meta.concrete_fields]
    return {name: getattr(row, name) for name in names}


def test_every_stored_row_equals_its_derivation(kantor):
    refresh_keadaan(
        KeadaanPegawai.objects.values_list("pk", flat=True), per_tanggal=HARI_INI
    )

    for himpunan in load_himpunan([p.pk for p in (kantor.pegawai, kantor.atasan)]):
        stored = KeadaanPegawai.objects.get(pk=himpunan.pegawai.pk)
        assert values(stored) == values(build_keadaan(himpunan, HARI_INI))


@pytest.mark.parametrize(
    ("per_tanggal", "golongan"),
    [
        (dt.date(2009, 12, 31), None),
        (dt.date(2010, 1, 1), "III/a"),
        (dt.date(2014, 3, 31), "III/a"),
        (dt.date(2014, 4, 1), "III/b"),
    ],
)
def test_state_on_a_date_is_that_of_the_last_tmt_reached(
    pegawai, per_tanggal, golongan
):
    RiwayatPangkatFactory(pegawai=pegawai, golongan_id="III/b", tmt=dt.date(2014, 4, 1))

    (keadaan,) = list_keadaan([pegawai.pk], per_tanggal)

    assert (keadaan.pangkat and keadaan.pangkat.golongan_id) == golongan


def test_roll_over_moves_only_what_is_due_and_only_once(pegawai, atasan):
    besok = HARI_INI + dt.timedelta(days=6)
    RiwayatPangkatFactory(
        pegawai=pegawai, golongan_id="III/b", tmt=besok, segarkan=False
    )
    refresh_keadaan([pegawai.pk, atasan.pk], per_tanggal=HARI_INI)
    assert KeadaanPegawai.objects.get(pk=pegawai.pk).golongan_id == "III/a"
    assert not MutuPegawai.objects.get(pegawai=pegawai).is_basi

    assert roll_over(per_tanggal=besok - dt.timedelta(days=1)) == 0
    assert roll_over(per_tanggal=besok) == 1
    assert roll_over(per_tanggal=besok) == 0

    assert KeadaanPegawai.objects.get(pk=pegawai.pk).golongan_id == "III/b"
    assert MutuPegawai.objects.get(pegawai=pegawai).is_basi


def test_roll_over_looks_for_contradictions_again(pegawai):
    besok = HARI_INI + dt.timedelta(days=1)
    RiwayatPangkatFactory(
        pegawai=pegawai, golongan_id="III/c", tmt=dt.date(2014, 4, 1), segarkan=False
    )
    RiwayatKedudukanFactory(pegawai=pegawai, pensiun=True, tmt=besok, segarkan=False)
    refresh_keadaan([pegawai.pk], per_tanggal=HARI_INI)
    assert TemuanData.objects.filter(pegawai=pegawai).exists()

    roll_over(per_tanggal=besok)

    assert not TemuanData.objects.filter(pegawai=pegawai).exists()


def test_end_of_an_acting_post_takes_the_role_away(pegawai, kantor):
    plt = RiwayatJabatanFactory(pegawai=pegawai, unit_kerja=kantor.dinas, plt=True)

    (before,) = list_keadaan([pegawai.pk], plt.tmt_selesai - dt.timedelta(days=1))
    (after,) = list_keadaan([pegawai.pk], plt.tmt_selesai)

    assert before.penugasan == (plt,)
    assert after.penugasan == ()


def test_person_who_left_is_not_active(pegawai):
    RiwayatKedudukanFactory(pegawai=pegawai, pensiun=True, tmt=dt.date(2026, 1, 1))

    assert KeadaanPegawai.objects.get(pk=pegawai.pk).is_aktif is False


def test_stored_duk_key_sorts_as_the_rule_does(kantor):
    people = [
        PegawaiFactory(di=kantor.dinas, di__golongan=golongan)
        for golongan in ("II/c", "IV/a", "III/d", "III/d", "III/a")
    ]
    RiwayatDiklatFactory(pegawai=people[3], tingkat=3)
    stored = list(
        KeadaanPegawai.objects.filter(kunci_duk__gt="")
        .order_by("kunci_duk")
        .values_list("nip", flat=True)
    )

    ids = list(KeadaanPegawai.objects.values_list("pk", flat=True))
    fakta = [build_fakta_duk(k) for k in list_keadaan(ids, HARI_INI) if k.pangkat]
    ranked = rank_duk(fakta, per_tanggal=HARI_INI)

    assert stored == [posisi.fakta.nomor for posisi in ranked.urutan]
