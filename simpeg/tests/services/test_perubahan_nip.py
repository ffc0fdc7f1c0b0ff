"""Whatever changes a NIP leaves the same trail, and taking it back leaves one too."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.files.base import ContentFile

from bkpsdmd.accounts.events import Kejadian
from bkpsdmd.accounts.models import User
from bkpsdmd.audit.models import Event
from bkpsdmd.exceptions import DomainError
from simpeg.models import BarisMasuk, KeadaanPegawai, Pegawai, PerubahanNip, Rombongan
from simpeg.selectors.identitas import list_nip_lama
from simpeg.services import identitas, rekonsiliasi, rombongan, siasn
from simpeg.services.perubahan_nip import rename_accounts
from simpeg.tests.factories import UserFactory
from simpeg.tests.siasn.ekspor import Baris, get_orang, make_baris, write_csv

pytestmark = pytest.mark.django_db
HARI_INI = dt.date(2026, 11, 25)


@pytest.fixture
def impor(impor):
    def run(*rows: Baris) -> Rombongan:
        impor(*rows)
        return Rombongan.objects.latest("created_at")

    return run


def other(nip: str, akhir: str = "777") -> str:
    return nip[:-3] + akhir


@pytest.fixture(params=["koreksi", "impor", "rekonsiliasi"])
def changed(request, impor, verifikator) -> tuple[str, str]:
    """Return the NIP before and after, changed in each of the ways there are."""
    impor(make_baris(0))
    lama = get_orang().nip
    baris = make_baris(0, **{"NIP BARU": other(lama)})
    if request.param == "koreksi":
        identitas.correct_nip(
            pegawai=get_orang(),
            nip=other(lama),
            berlaku=HARI_INI,
            sk_nomor="SK-9",
            sk_tanggal=HARI_INI,
            alasan="Salah ketik",
            by=verifikator,
            per_tanggal=HARI_INI,
        )
    elif request.param == "impor":
        impor(baris)
    else:
        berkas = rekonsiliasi.upload_rekonsiliasi(
            berkas=ContentFile(write_csv([baris])), nama="siasn.csv", by=verifikator
        )
        berkas = rekonsiliasi.compare_rekonsiliasi(
            impor_id=berkas.pk, per_tanggal=HARI_INI
        )
        rekonsiliasi.accept(
            impor=berkas,
            ids=list(berkas.selisih_set.values_list("pk", flat=True)),
            alasan="Ikut SIASN",
            by=verifikator,
            per_tanggal=HARI_INI,
        )
    return lama, other(lama)


def test_every_way_leaves_the_same_trail(changed):
    lama, baru = changed
    orang = get_orang()
    assert (orang.nip, orang.user.username) == (baru, baru)

    row = PerubahanNip.objects.get(pegawai=orang)
    assert (row.nip_lama, row.nip_baru, row.berlaku) == (lama, baru, HARI_INI)
    assert row.alasan
    assert (row.sk_nomor == "") == (row.rombongan is not None)
    event = Event.objects.get(kind="pegawai.nip")
    assert event.changes["nip"] == [lama, baru]
    assert event.subject_id == str(orang.pk)
    akun = Event.objects.get(kind=Kejadian.UBAH, object_id=str(orang.user_id))
    assert akun.changes["username"] == [lama, baru]
    # Whoever knows the old number still finds the person.
    for nip in (lama, baru):
        assert KeadaanPegawai.objects.search(nip).get().pk == orang.pk


def test_old_number_stands_on_the_page_with_what_it_rests_on(
    changed, client_for, verifikator
):
    lama, _ = changed
    row = list_nip_lama(get_orang()).get()
    page = client_for(verifikator).get(f"/simpeg/pegawai/{get_orang().pk}/data-utama/")
    html = page.content.decode()
    assert "NIP sebelumnya" in html
    assert row.nip_lama == lama
    assert (f"SK {row.sk_nomor}" if row.sk_nomor else "data SIASN") in html


def test_a_former_number_is_nobody_else_s(changed, kantor, verifikator):
    lama, _ = changed
    with pytest.raises(DomainError) as error:
        identitas.correct_nip(
            pegawai=kantor.pegawai,
            nip=lama,
            berlaku=HARI_INI,
            sk_nomor="SK-9",
            sk_tanggal=HARI_INI,
            alasan="-",
            by=verifikator,
            per_tanggal=HARI_INI,
            is_diperiksa=True,
        )
    assert error.value.kolom == "nip"


@pytest.mark.parametrize("_again", [1, 2])
def test_undoing_puts_the_number_back_and_says_so(impor, verifikator, _again):
    impor(make_baris(0))
    lama = get_orang().nip
    for _ in range(_again):
        salah = impor(make_baris(0, **{"NIP BARU": other(lama)}))
        salah.alasan_batal = "Salah berkas"
        salah.save()
        rombongan.undo_rombongan(
            rombongan_id=salah.pk, by=verifikator, per_tanggal=HARI_INI
        )
    orang = get_orang()

    assert (orang.nip, orang.user.username) == (lama, lama)
    row = PerubahanNip.objects.latest("pk")
    assert row.dibatalkan_oleh.alasan == "Salah berkas"
    assert not list_nip_lama(orang).exists()
    back = Event.objects.filter(kind="pegawai.nip").latest("pk")
    assert back.changes["nip"] == [other(lama), lama]
    assert back.reason == "Salah berkas"
    names = Event.objects.filter(kind=Kejadian.UBAH, object_id=str(orang.user_id))
    assert [event.changes["username"] for event in names.order_by("pk")] == [
        [lama, other(lama)],
        [other(lama), lama],
    ] * _again
    # The number that was never the person's finds nobody, and is free again.
    assert not KeadaanPegawai.objects.search(other(lama)).exists()


def test_act_before_can_be_undone_after_one_that_changed_the_number(impor, verifikator):
    impor(make_baris(0))
    satu = impor(make_baris(0, NAMA="Nama Lain"))
    dua = impor(make_baris(0, NAMA="Nama Lain", **{"NIP BARU": other(get_orang().nip)}))
    for act in (dua, satu):
        act.alasan_batal = "Salah berkas"
        act.save()
        rombongan.undo_rombongan(
            rombongan_id=act.pk, by=verifikator, per_tanggal=HARI_INI
        )
    assert get_orang().nama == "Pegawai Contoh 0"


def test_an_import_whose_number_is_a_log_in_name_already_writes_nothing(impor, kantor):
    impor(make_baris(0))
    lama = get_orang().nip
    UserFactory(username=other(lama))

    with pytest.raises(DomainError, match="nama masuk akun lain"):
        impor(make_baris(0, **{"NIP BARU": other(lama)}))

    assert get_orang().nip == lama
    assert not PerubahanNip.objects.exists()


def test_two_people_may_swap_their_names(db):
    satu, dua = UserFactory(), UserFactory()
    names = {satu.pk: dua.username, dua.pk: satu.username}

    rename_accounts(names, by=None)

    found = User.objects.filter(pk__in=names).values_list("pk", "username")
    assert dict(found) == names
    changes = Event.objects.filter(kind=Kejadian.UBAH).values_list("changes", flat=True)
    assert [satu.username, dua.username] in [one["username"] for one in changes]


def test_a_change_by_hand_without_a_decree_is_refused_by_the_database(kantor):
    from django.db import IntegrityError, transaction

    with pytest.raises(IntegrityError), transaction.atomic():
        PerubahanNip.objects.create(
            pegawai=kantor.pegawai,
            nip_lama="1",
            nip_baru="2",
            berlaku=HARI_INI,
            alasan="-",
        )


def test_programs_learn_that_a_number_changed(changed):
    from simpeg.selectors.api import list_perubahan, show_perubahan

    later = dt.datetime.now(dt.UTC) + dt.timedelta(hours=1)
    start = later - dt.timedelta(days=1)
    found = list_perubahan(sejak=start, sesudah_id=0, now=later)
    told = [show_perubahan(event) for event in found if event.kind == "pegawai.nip"]
    assert [(one["sumber"], one["idPegawai"]) for one in told] == [
        ("pegawai", get_orang().pk)
    ]


# -- A file that still has the number of before ------------------------------------


def correct(nip: str, by: User) -> None:
    identitas.correct_nip(
        pegawai=get_orang(),
        nip=nip,
        berlaku=HARI_INI,
        sk_nomor="SK-9",
        sk_tanggal=HARI_INI,
        alasan="Salah ketik",
        by=by,
        per_tanggal=HARI_INI,
    )


@pytest.mark.parametrize("pns_id", ["sama", ""])
def test_a_decree_outweighs_a_file_that_lags_behind(impor, verifikator, pns_id):
    """Whether the row is found by PNS ID or by the old number alone: nobody is doubled."""
    impor(make_baris(0))
    lama, jumlah = get_orang().nip, Pegawai.objects.count()
    correct(other(lama), verifikator)
    sel = {} if pns_id else {"PNS ID": ""}

    rombongan_ = impor(make_baris(0, NAMA="Nama Baru", **sel))

    orang = get_orang()
    assert Pegawai.objects.count() == jumlah
    assert (orang.nip, orang.nama) == (other(lama), "Nama Baru")
    baris = rombongan_.berkas_masuk.baris_set.get()
    assert [one["kode"] for one in baris.catatan] == ["nip_sudah_diganti"]
    assert PerubahanNip.objects.count() == 1


def test_what_a_file_changed_a_later_file_changes_back(impor):
    impor(make_baris(0))
    lama = get_orang().nip
    impor(make_baris(0, **{"NIP BARU": other(lama)}))
    impor(make_baris(0))
    assert get_orang().nip == lama
    assert [
        (row.nip_lama, row.nip_baru) for row in PerubahanNip.objects.order_by("pk")
    ] == [(lama, other(lama)), (other(lama), lama)]


def test_the_difference_stands_in_the_reconciliation(impor, verifikator):
    impor(make_baris(0))
    lama = get_orang().nip
    correct(other(lama), verifikator)
    berkas = rekonsiliasi.upload_rekonsiliasi(
        berkas=ContentFile(write_csv([make_baris(0)])), nama="siasn.csv", by=verifikator
    )
    berkas = rekonsiliasi.compare_rekonsiliasi(impor_id=berkas.pk, per_tanggal=HARI_INI)
    row = berkas.selisih_set.get(kolom="nip")
    assert (row.kita, row.siasn) == (other(lama), lama)


def test_the_present_bearer_of_a_number_is_meant_by_it(impor, verifikator, kantor):
    """A number that was mistaken for one person's is another one's own by now."""
    impor(make_baris(0), make_baris(1))
    satu, dua = get_orang(), Pegawai.objects.get(siasn_id=make_baris(1)["PNS ID"])
    PerubahanNip.objects.create(
        pegawai=satu,
        nip_lama=dua.nip,
        nip_baru=satu.nip,
        berlaku=HARI_INI,
        sk_nomor="SK-1",
        sk_tanggal=HARI_INI,
        alasan="-",
    )
    impor(make_baris(1, **{"PNS ID": "", "NAMA": "Nama Kedua"}))
    dua.refresh_from_db()
    assert dua.nama == "Nama Kedua"
    assert get_orang().nama == "Pegawai Contoh 0"


# -- One number that goes from one person to another --------------------------------


@pytest.fixture
def bertiga(impor) -> list[Pegawai]:
    impor(*(make_baris(n) for n in range(3)))
    return [Pegawai.objects.get(siasn_id=make_baris(n)["PNS ID"]) for n in range(3)]


def lend(n: int, dari: int, **sel: str) -> Baris:
    """Return the row of one person with the number of another."""
    nip = make_baris(dari)["NIP BARU"]
    # What the number tells of its bearer would refuse the row for its own reasons.
    tanpa = ("TANGGAL LAHIR", "JENIS KELAMIN", "TMT CPNS", "NIK")
    return make_baris(n, **{"NIP BARU": nip, **dict.fromkeys(tanpa, ""), **sel})


def errors(row: BarisMasuk) -> list[dict[str, str]]:
    return [one for one in row.catatan if one["tingkat"] == "galat"]


def state(orang: list[Pegawai]) -> list[tuple[str, str, str]]:
    return [
        (one.nip, one.nama, one.user.username)
        for one in Pegawai.objects.filter(pk__in=[one.pk for one in orang])
        .select_related("user")
        .order_by("pk")
    ]


@pytest.mark.parametrize("way", ["impor", "rekonsiliasi"])
def test_two_people_who_swap_their_numbers_are_both_refused(
    bertiga, verifikator, tmp_path, way
):
    """Neither row is written, each says whose numbers these are, and others go on."""
    before = state(bertiga)
    rows = [lend(0, 1), lend(1, 0), make_baris(2, NAMA="Nama Baru")]
    berkas = ContentFile(write_csv(rows))
    if way == "impor":
        masuk = siasn.upload_impor(berkas=berkas, nama="a.csv", by=verifikator)
        masuk = siasn.examine_impor(impor_id=masuk.pk, per_tanggal=HARI_INI)
        siasn.apply_impor(impor_id=masuk.pk, by=verifikator, per_tanggal=HARI_INI)
    else:
        masuk = rekonsiliasi.upload_rekonsiliasi(
            berkas=berkas, nama="a.csv", by=verifikator
        )
        masuk = rekonsiliasi.compare_rekonsiliasi(
            impor_id=masuk.pk, per_tanggal=HARI_INI
        )
        rekonsiliasi.accept(
            impor=masuk,
            ids=list(masuk.selisih_set.values_list("pk", flat=True)),
            alasan="Ikut SIASN",
            by=verifikator,
            per_tanggal=HARI_INI,
        )

    after = state(bertiga)
    assert after[:2] == before[:2]
    assert after[2] == (before[2][0], "Nama Baru", before[2][2])
    assert not PerubahanNip.objects.exists()
    ditolak = masuk.baris_set.filter(hasil="ditolak").order_by("nomor")
    assert [row.nomor for row in ditolak] == [2, 3]
    for row in ditolak:
        (note,) = errors(row)
        assert note["kode"] == "orang_berbeda"
        for one in bertiga[:2]:
            assert one.nama in note["pesan"]


@pytest.mark.parametrize("order", [1, -1])
def test_number_handed_on_in_one_file_moves_only_whom_nothing_contradicts(
    bertiga, impor, order
):
    """Two gets a new number and one gets two's: in either order, and a week later."""
    satu, dua, _ = bertiga
    baru = other(dua.nip)
    rows = [lend(0, 1), make_baris(1, **{"NIP BARU": baru})]

    for _ in range(2):
        hasil = impor(*rows[::order]).berkas_masuk

        assert state([satu, dua]) == [
            (satu.nip, satu.nama, satu.nip),
            (baru, dua.nama, baru),
        ]
        (row,) = hasil.baris_set.filter(hasil="ditolak")
        assert [one["kode"] for one in errors(row)] == ["orang_berbeda"]
        assert PerubahanNip.objects.get().pegawai == dua


@pytest.mark.parametrize("order", [1, -1])
def test_newcomer_with_a_number_given_up_in_the_same_file_is_nobody_else(
    bertiga, impor, order
):
    """Their row has the number alone in common with whom it was: never that record."""
    satu = bertiga[0]
    baru = other(satu.nip)
    newcomer = lend(7, 0, NAMA="Orang Lain")
    rows = [newcomer, make_baris(0, **{"NIP BARU": baru})]

    hasil = impor(*rows[::order]).berkas_masuk

    assert state([satu]) == [(baru, satu.nama, baru)]
    (row,) = hasil.baris_set.filter(hasil="ditolak")
    assert (row.nama, [one["kode"] for one in errors(row)]) == (
        "Orang Lain",
        ["orang_ganda"],
    )
    assert not Pegawai.objects.filter(nama="Orang Lain").exists()
