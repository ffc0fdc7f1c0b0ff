import datetime as dt

import pytest

from bkpsdmd.audit.models import Event
from bkpsdmd.exceptions import DomainError
from simpeg.models import JenisUnit, RiwayatUnitKerja, UnitKerja
from simpeg.selectors.unit_kerja import list_tree_on
from simpeg.services.unit_kerja import UnitSpec, add_unit, ensure_units, rename_unit
from simpeg.tests.factories import UserFactory

pytestmark = pytest.mark.django_db

D2020 = dt.date(2020, 1, 1)
D2024 = dt.date(2024, 7, 1)
TODAY = dt.date(2026, 11, 25)

INSTANSI = UnitSpec("0", "Pemerintah Kab. Contoh", JenisUnit.INSTANSI, None)
DINAS = UnitSpec("1", "Dinas Contoh", JenisUnit.OPD, "0", siasn_id="S1")
BIDANG = UnitSpec("1.1", "Bidang Satu", JenisUnit.BAGIAN, "1")
SEKSI = UnitSpec("1.1.1", "Seksi Satu", JenisUnit.BAGIAN, "1.1")
BADAN = UnitSpec("2", "Badan Contoh", JenisUnit.OPD, "0")


@pytest.fixture
def by():
    return UserFactory()


def plant(*specs, by=None, per_tanggal=D2020):
    return ensure_units(specs, by=by, per_tanggal=per_tanggal)


def test_tree_is_the_one_treebeard_would_make(by):
    units = plant(INSTANSI, DINAS, BIDANG, SEKSI, BADAN, by=by)
    assert UnitKerja.objects.find_problems() == ([], [], [], [], [])
    assert [u.kode for u in UnitKerja.objects.all()] == ["0", "1", "1.1", "1.1.1", "2"]
    assert units["1.1.1"].path == "0001000100010001"
    assert list(UnitKerja.objects.get_children(units["0"])) == [units["1"], units["2"]]


def test_every_part_knows_its_perangkat_daerah():
    units = plant(INSTANSI, DINAS, BIDANG, SEKSI)
    stored = {u.kode: u.opd_id for u in UnitKerja.objects.all()}
    dinas = units["1"].pk
    assert stored == {"0": None, "1": dinas, "1.1": dinas, "1.1.1": dinas}


def test_parents_may_follow_their_children():
    plant(SEKSI, BIDANG, DINAS, INSTANSI)
    assert UnitKerja.objects.find_problems() == ([], [], [], [], [])
    assert UnitKerja.objects.get(kode="1.1.1").opd.kode == "1"


def test_existing_units_stay_and_new_ones_come_last(by):
    plant(INSTANSI, DINAS, BADAN)
    renamed = UnitSpec("1", "Nama Lain", JenisUnit.OPD, "0")
    baru = UnitSpec("3", "Dinas Ketiga", JenisUnit.OPD, "0")

    units = plant(renamed, baru, by=by, per_tanggal=D2024)

    assert units["1"].nama == "Dinas Contoh"
    assert units["3"].path == "00010003"
    assert units["3"].mulai == D2024
    assert UnitKerja.objects.get(kode="0").numchild == 3
    assert UnitKerja.objects.find_problems() == ([], [], [], [], [])


def test_units_that_are_there_cost_no_more_when_they_are_many(
    django_assert_max_num_queries,
):
    many = [UnitSpec(f"9.{n}", f"Dinas {n}", JenisUnit.OPD, "0") for n in range(60)]
    plant(INSTANSI, *many)
    events = Event.objects.count()
    with django_assert_max_num_queries(4):
        plant(INSTANSI, *many)
    assert Event.objects.count() == events


def test_new_units_are_logged_and_dated(by):
    units = plant(INSTANSI, DINAS, by=by)
    event = Event.objects.get(kind="unit.tambah", object_id=str(units["1"].pk))
    assert str(event) == f"{by} menambah unit kerja Dinas Contoh"
    riwayat = RiwayatUnitKerja.objects.get(unit=units["1"])
    assert (riwayat.induk, riwayat.mulai, riwayat.selesai) == (units["0"], D2020, None)


@pytest.mark.parametrize(
    ("specs", "kode"),
    [
        ([INSTANSI, DINAS, DINAS], "kode_kembar"),
        ([INSTANSI, BIDANG], "induk_tidak_ada"),
        ([UnitSpec("1", "Tanpa induk", JenisUnit.OPD, None)], "salah_tempat"),
        ([INSTANSI, UnitSpec("9", "Kedua", JenisUnit.INSTANSI, None)], "salah_tempat"),
        ([INSTANSI, UnitSpec("9", "Lepas", JenisUnit.BAGIAN, "0")], "salah_tempat"),
        (
            [INSTANSI, DINAS, UnitSpec("9", "Dalam", JenisUnit.OPD, "1")],
            "salah_tempat",
        ),
        (
            [
                INSTANSI,
                UnitSpec("a", "A", JenisUnit.BAGIAN, "b"),
                UnitSpec("b", "B", JenisUnit.BAGIAN, "a"),
            ],
            "induk_tidak_ada",
        ),
    ],
)
def test_what_is_no_tree_is_refused_whole(specs, kode):
    with pytest.raises(DomainError) as refused:
        plant(*specs)
    assert refused.value.kode == kode
    assert not UnitKerja.objects.exists()
    assert not Event.objects.exists()


def test_a_code_is_given_once(by):
    plant(INSTANSI, DINAS)
    with pytest.raises(DomainError) as refused:
        add_unit(spec=DINAS, by=by, per_tanggal=TODAY)
    assert refused.value.kode == "kode_dipakai"


def test_one_unit_is_founded_with_its_legal_basis(by):
    plant(INSTANSI, DINAS)
    unit = add_unit(spec=BIDANG, by=by, per_tanggal=TODAY, dasar="Perbup 1/2026")
    assert unit.riwayat_set.get().dasar == "Perbup 1/2026"
    assert Event.objects.get(object_id=str(unit.pk)).reason == "Perbup 1/2026"


def rename(unit, by, **given):
    data = {"nama": "Dinas Baru", "mulai": D2024, "dasar": "Perbup 2/2024"}
    return rename_unit(unit=unit, by=by, per_tanggal=TODAY, **{**data, **given})


def test_a_renamed_unit_keeps_its_old_name_before_that_day(by):
    dinas = plant(INSTANSI, DINAS, BIDANG)["1"]

    rename(dinas, by)

    before, after = list_tree_on(D2024 - dt.timedelta(1)), list_tree_on(D2024)
    assert [n.nama for n in before][1] == "Dinas Contoh"
    assert [n.nama for n in after][1] == "Dinas Baru"
    assert UnitKerja.objects.get(kode="1").nama == "Dinas Baru"
    event = Event.objects.get(kind="unit.ganti_nama")
    assert event.changes["nama"] == ["Dinas Contoh", "Dinas Baru"]
    assert event.reason == "Perbup 2/2024"


@pytest.mark.parametrize(
    ("given", "kolom"),
    [
        ({"mulai": TODAY + dt.timedelta(1)}, "mulai"),
        ({"mulai": D2020}, "mulai"),
        ({"nama": "Dinas Contoh"}, "nama"),
    ],
)
def test_a_name_that_cannot_begin_then_is_refused(by, given, kolom):
    dinas = plant(INSTANSI, DINAS)["1"]
    with pytest.raises(DomainError) as refused:
        rename(dinas, by, **given)
    assert refused.value.kolom == kolom
    assert RiwayatUnitKerja.objects.filter(unit=dinas).count() == 1
    assert not Event.objects.filter(kind="unit.ganti_nama").exists()


def test_tree_of_a_day_holds_only_what_stood_then(django_assert_num_queries):
    plant(INSTANSI, DINAS, BIDANG)
    plant(BADAN, SEKSI, per_tanggal=D2024)
    with django_assert_num_queries(1):
        early = list_tree_on(D2020)
    assert [(n.unit.kode, n.kedalaman) for n in early] == [
        ("0", 0),
        ("1", 1),
        ("1.1", 2),
    ]
    assert [n.unit.kode for n in list_tree_on(D2024)] == ["0", "1", "1.1", "1.1.1", "2"]
    assert list_tree_on(D2020 - dt.timedelta(1)) == []
