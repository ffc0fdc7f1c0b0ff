import csv

import pytest
from django.core.management import call_command

from simpeg.models import (
    Golongan,
    Jabatan,
    KedudukanHukum,
    Referensi,
    TingkatPendidikan,
)
from simpeg.services.referensi import DAFTAR_SIASN, load_referensi

pytestmark = pytest.mark.django_db


def test_every_list_of_siasn_is_loaded():
    assert Golongan.objects.filter(skala="pns").count() == 17
    assert Golongan.objects.filter(skala="pppk").count() == 17
    assert KedudukanHukum.objects.count() == 31
    assert TingkatPendidikan.objects.count() == 16
    assert Jabatan.objects.filter(jenis="fungsional").count() == 1466
    assert Referensi.objects.get(daftar="agama", kode="1").nama == "Islam"
    assert not Referensi.objects.filter(daftar="golonganPns").exists()


def test_golongan_of_the_rules_agree_with_siasn():
    with DAFTAR_SIASN.open(encoding="utf-8", newline="") as file:
        rows = [r for r in csv.DictReader(file) if r["daftar"] == "golonganPns"]
    siasn = {
        r["nama"]: (r["id"], r["tambahan"].removeprefix("namaPangkat=")) for r in rows
    }
    ours = {
        g.kode: (g.siasn_id, g.pangkat) for g in Golongan.objects.filter(skala="pns")
    }
    assert ours == siasn


def test_pppk_golongan_stand_in_order():
    order = Golongan.objects.filter(skala="pppk").order_by("urut")
    assert [g.kode for g in order][:4] == ["I", "II", "III", "IV"]
    assert order.last().kode == "XVII"


def test_unknown_age_limit_is_empty_and_unknown_jenjang_blank():
    assert Jabatan.objects.filter(usia_bup=0).count() == 0
    hakim = Jabatan.objects.get(nama="Asisten Ahli Hakim Konstitusi Ahli Madya")
    assert hakim.usia_bup is None
    assert Jabatan.objects.filter(jenis="fungsional", jenjang="").count() == 2


def test_second_run_changes_nothing():
    assert {(h.baru, h.berubah) for h in load_referensi()} == {(0, 0)}


def test_second_run_writes_nothing(django_assert_num_queries):
    # One SELECT per table, and the savepoint of this test.
    with django_assert_num_queries(8):
        load_referensi()


def test_damage_is_mended_but_edits_of_the_office_stay():
    jabatan = Jabatan.objects.get(nama="Guru Ahli Muda")
    Jabatan.objects.filter(pk=jabatan.pk).update(nama="Guru Ahli", kelas=9, usia_bup=61)
    KedudukanHukum.objects.filter(pk="12").update(kelompok=KedudukanHukum.DIBLOKIR)
    Referensi.objects.filter(daftar="agama", kode="1").delete()

    hasil = {h.tabel: h for h in load_referensi()}

    jabatan.refresh_from_db()
    assert (jabatan.nama, jabatan.kelas, jabatan.usia_bup) == ("Guru Ahli Muda", 9, 61)
    assert KedudukanHukum.objects.get(pk="12").kelompok == KedudukanHukum.DIBLOKIR
    assert hasil["jabatan"].berubah == 1
    assert hasil["referensi SIASN"].baru == 1


def test_every_kedudukan_has_a_group():
    groups = dict(KedudukanHukum.KELOMPOK)
    assert all(k.kelompok in groups for k in KedudukanHukum.objects.all())
    assert KedudukanHukum.objects.get(pk="99").is_aktif is False
    assert KedudukanHukum.objects.get(pk="02").is_aktif is True


def test_command_prints_one_line_per_table(capsys):
    call_command("load_reference")
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 6
    assert lines[0].split() == ["golongan", "0", "baru", "0", "berubah", "34", "tetap"]
