"""What `seed_demo` refuses, and that the same arguments give the same office."""

from __future__ import annotations

import datetime as dt
import stat

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from bkpsdmd.documents.models import get_kantor
from bkpsdmd.exceptions import DomainError
from simpeg.demo.formasi import PALING_SEDIKIT, build_formasi
from simpeg.demo.orang import Pembuat
from simpeg.jenis_riwayat import ANAK, KGB, KURSUS, PENGHARGAAN, SKP_LAMA
from simpeg.models import (
    BerkasArsip,
    JenisUnit,
    KeadaanPegawai,
    Pegawai,
    RiwayatJabatan,
    UnitKerja,
)
from simpeg.services.demo import seed_demo
from simpeg.services.unit_kerja import UnitSpec, ensure_units
from simpeg.tests.factories import PegawaiFactory, UserFactory

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 11, 25)


def seed(**given):
    return seed_demo(**{"banyak": 40, "seed": 3, "per_tanggal": TODAY, **given})


def snapshot():
    """Return what the office looks like, without ids and times of recording."""
    return [
        list(
            KeadaanPegawai.objects.order_by("nip").values_list(
                "nip", "nama_lengkap", "unit_kerja__kode", "golongan", "kunci_duk"
            )
        ),
        list(
            RiwayatJabatan.objects.order_by(
                "pegawai__nip", "tmt", "jabatan"
            ).values_list("pegawai__nip", "jabatan__kode", "tmt", "sk_nomor")
        ),
        list(UnitKerja.objects.values_list("kode", "path", "nama")),
        list(
            BerkasArsip.objects.order_by("pk").values_list(
                "pegawai__nip", "jenis", "keadaan", "sha256", "berkas"
            )
        ),
        *(
            list(
                jenis.model.objects.order_by("pk").values_list(
                    "pegawai__nip",
                    *(name for name in jenis.isian if name != "pasangan"),
                )
            )
            for jenis in (ANAK, KGB, KURSUS, PENGHARGAAN, SKP_LAMA)
        ),
    ]


def make_people(seed, per_tanggal=TODAY, banyak=200):
    formasi = build_formasi(banyak, instansi="Pemerintah Kabupaten Contoh")
    return list(Pembuat(formasi, seed=seed, per_tanggal=per_tanggal).make(banyak))


def test_the_same_arguments_give_the_same_people():
    assert make_people(5) == make_people(5)


def test_another_seed_or_date_gives_others():
    assert make_people(5) != make_people(6)
    assert make_people(5) != make_people(5, TODAY - dt.timedelta(90))


def test_the_same_arguments_give_the_same_office():
    seen = []
    for _ in range(2):
        with transaction.atomic():
            seed()
            seen.append(snapshot())
            transaction.set_rollback(True)
    assert seen[0] == seen[1]
    assert len(seen[0][0]) == 40


@pytest.mark.parametrize("per_tanggal", [dt.date(2024, 2, 29), dt.date(2026, 1, 1)])
def test_an_office_of_another_day_stands_on_that_day(per_tanggal):
    seed(per_tanggal=per_tanggal, banyak=120)
    active = KeadaanPegawai.objects.filter(is_aktif=True)
    assert not active.filter(tmt_pensiun__lte=per_tanggal).exists()
    assert not Pegawai.objects.filter(tmt_cpns__gt=per_tanggal).exists()


def test_what_fails_leaves_no_file_behind(settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path / "berkas"

    def fail(**kwargs):
        assert any(path.is_file() for path in settings.MEDIA_ROOT.rglob("*"))
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("simpeg.services.demo.rebuild_temuan", fail)
    with pytest.raises(RuntimeError):
        seed()
    assert not Pegawai.objects.exists()
    assert not any(path.is_file() for path in settings.MEDIA_ROOT.rglob("*"))


def test_the_smallest_office_has_everybody_with_a_part():
    hasil = seed(banyak=PALING_SEDIKIT)
    assert len(hasil.akun) == PALING_SEDIKIT + 1


def test_a_smaller_one_is_refused():
    with pytest.raises(DomainError, match="paling sedikit"):
        seed(banyak=PALING_SEDIKIT - 1)


@pytest.mark.parametrize(
    "occupy",
    [
        PegawaiFactory,
        UserFactory,
        lambda: ensure_units(
            [UnitSpec("0", "Kantor", JenisUnit.INSTANSI, None)],
            by=None,
            per_tanggal=TODAY,
        ),
    ],
)
def test_a_portal_in_use_is_left_alone(occupy):
    occupy()
    people = Pegawai.objects.count()
    with pytest.raises(DomainError) as refused:
        seed()
    assert refused.value.kode == "bukan_portal_kosong"
    assert Pegawai.objects.count() == people
    assert not get_kantor().is_contoh


def test_the_command_shows_the_accounts_and_keeps_them_privately(
    settings, tmp_path, capsys
):
    settings.DATA_DIR = tmp_path
    call_command("seed_demo", pegawai=20, per_tanggal=TODAY)
    path = tmp_path / "akun_contoh.txt"
    text = path.read_text()
    assert len(text.splitlines()) == 11
    assert text in capsys.readouterr().out
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_command_says_why_it_refuses():
    UserFactory()
    with pytest.raises(CommandError, match="sudah memiliki akun"):
        call_command("seed_demo", pegawai=20)
