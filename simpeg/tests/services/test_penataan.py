"""An act on the organisation from draft to undoing: rights, rows, history, figures."""

import datetime as dt

import pytest

from bkpsdmd.accounts.roles import Role
from bkpsdmd.audit.models import Event
from bkpsdmd.exceptions import DomainError, StaleDataError
from simpeg.choices import JenisLangkah as J
from simpeg.choices import JenisPenugasan, StatusPenataan
from simpeg.models import (
    Jabatan,
    KeadaanPegawai,
    PenataanUnit,
    RiwayatJabatan,
    RiwayatUnitKerja,
    UnitKerja,
)
from simpeg.selectors.keadaan import load_himpunan
from simpeg.selectors.penataan import build_pratinjau, build_rencana, list_lampiran
from simpeg.selectors.unit_kerja import list_tree_on
from simpeg.services import penataan as services
from simpeg.services import penataan_terap
from simpeg.services.keadaan import build_keadaan
from simpeg.tests.actors import make_user
from simpeg.tests.factories import (
    PegawaiFactory,
    PemberianPeranFactory,
    RiwayatJabatanFactory,
    UnitKerjaFactory,
)

HARI_INI = dt.date(2026, 11, 25)
BERLAKU = dt.date(2026, 11, 1)
SEBELUM = BERLAKU - dt.timedelta(days=1)
NOW = dt.datetime(2026, 11, 25, 9, tzinfo=dt.UTC)
DATA = {
    "nomor": "Perbup 12/2026",
    "tanggal": dt.date(2026, 10, 20),
    "tentang": "Susunan organisasi",
    "pejabat": "Bupati Contoh",
    "berlaku": BERLAKU,
}


@pytest.fixture
def sekretaris(kantor):
    return make_user(Role.SEKRETARIS)


@pytest.fixture
def tujuan(kantor):
    return UnitKerjaFactory(nama="Bidang Tujuan", induk=kantor.dinas_lain)


def draft(by, *langkah, **data):
    act = services.add_penataan(data={**DATA, **data}, by=by)
    if langkah:
        services.add_langkah(penataan=act, langkah=langkah, by=by)
    act.refresh_from_db()
    return act


def approve(act, by, approver, per_tanggal=HARI_INI):
    act = services.submit_penataan(penataan=act, versi=act.versi, by=by, now=NOW)
    return services.approve_penataan(
        penataan=act, versi=act.versi, by=approver, per_tanggal=per_tanggal, now=NOW
    )


def apply(act, per_tanggal=HARI_INI):
    return penataan_terap.apply_penataan(
        penataan_id=act.pk, per_tanggal=per_tanggal, now=NOW
    )


def undo(act, by, per_tanggal=HARI_INI):
    act = PenataanUnit.objects.get(pk=act.pk)
    penataan_terap.request_undo(penataan=act, alasan="Perbup dicabut", by=by)
    return penataan_terap.undo_penataan(
        penataan_id=act.pk, by=by, per_tanggal=per_tanggal, now=NOW
    )


def gabung(kantor, tujuan):
    """Merge the bidang into one of another dinas; its head leads there."""
    return (
        (J.UNIT_BARU, {
            "kode": "baru-1", "nama": "Bidang Gabungan", "jenis": "bagian",
            "induk": tujuan.kode, "jabatan": "Kepala Bidang Gabungan", "eselon": "III.b",
        }),
        (J.PINDAH_ORANG, {
            "asal": kantor.bidang.kode, "tujuan": "baru-1",
            "orang": [kantor.atasan.pk], "pimpinan": True,
        }),
        (J.GABUNG, {"asal": [kantor.bidang.kode], "tujuan": "baru-1"}),
    )  # fmt: skip


def keadaan_is_derived():
    ids = KeadaanPegawai.objects.values_list("pk", flat=True)
    for himpunan in load_himpunan(list(ids)):
        stored = KeadaanPegawai.objects.get(pk=himpunan.pegawai.pk)
        made = build_keadaan(himpunan, HARI_INI)
        for field in KeadaanPegawai._meta.concrete_fields:
            assert getattr(stored, field.attname) == getattr(made, field.attname)
    return True


def test_a_merger_moves_people_posts_and_history(
    kantor, tujuan, verifikator, sekretaris
):
    act = approve(draft(verifikator, *gabung(kantor, tujuan)), verifikator, sekretaris)
    act = apply(act)

    assert act.status == StatusPenataan.DITERAPKAN
    assert act.jumlah_orang == 2
    baru = UnitKerja.objects.get(kode="baru-1")
    assert baru.opd == kantor.dinas_lain
    kantor.bidang.refresh_from_db()
    assert kantor.bidang.selesai == BERLAKU
    rows = RiwayatJabatan.objects.filter(sk_nomor=DATA["nomor"])
    assert {r.pegawai_id: (r.unit_kerja, r.jenis_mutasi, r.tmt) for r in rows} == {
        kantor.pegawai.pk: (baru, "MU", BERLAKU),
        kantor.atasan.pk: (baru, "MJ", BERLAKU),
    }
    post = Jabatan.objects.get(unit_kerja=baru)
    assert post.nama == "Kepala Bidang Gabungan"
    assert post.mulai == BERLAKU
    assert not Jabatan.objects.get(unit_kerja=kantor.bidang).is_aktif
    state = KeadaanPegawai.objects.get(pk=kantor.atasan.pk)
    assert (state.opd, state.unit_path, state.jabatan) == (
        kantor.dinas_lain,
        baru.path,
        post,
    )
    assert keadaan_is_derived()
    assert UnitKerja.objects.find_problems() == ([], [], [], [], [])
    assert "Bidang Contoh" in {n.nama for n in list_tree_on(SEBELUM)}
    assert "Bidang Gabungan" not in {n.nama for n in list_tree_on(SEBELUM)}
    assert "Bidang Contoh" not in {n.nama for n in list_tree_on(BERLAKU)}
    assert "Bidang Gabungan" in {n.nama for n in list_tree_on(BERLAKU)}


def test_the_lampiran_is_the_same_before_and_after(
    kantor, tujuan, verifikator, sekretaris
):
    act = draft(verifikator, *gabung(kantor, tujuan))
    before = sorted(list_lampiran(act), key=lambda row: row.pegawai)
    act = apply(approve(act, verifikator, sekretaris))
    after = sorted(list_lampiran(act), key=lambda row: row.pegawai)
    assert before == after
    assert [row.unit_lama for row in after] == ["Bidang Contoh"] * 2
    assert [row.unit_baru for row in after] == ["Bidang Gabungan"] * 2


def test_applying_twice_changes_nothing_more(kantor, tujuan, verifikator, sekretaris):
    act = apply(
        approve(draft(verifikator, *gabung(kantor, tujuan)), verifikator, sekretaris)
    )
    counts = RiwayatJabatan.objects.count(), Event.objects.count()
    apply(act)
    assert (RiwayatJabatan.objects.count(), Event.objects.count()) == counts


def test_a_unit_moves_with_all_below_it(kantor, verifikator, sekretaris):
    seksi = UnitKerjaFactory(nama="Seksi", induk=kantor.bidang)
    orang = PegawaiFactory(di=seksi)
    act = draft(
        verifikator,
        (
            J.PINDAH_INDUK,
            {"unit": kantor.bidang.kode, "induk": kantor.dinas_lain.kode},
        ),
    )
    apply(approve(act, verifikator, sekretaris))

    seksi.refresh_from_db()
    assert seksi.opd == kantor.dinas_lain
    state = KeadaanPegawai.objects.get(pk=orang.pk)
    assert (state.opd, state.unit_path) == (kantor.dinas_lain, seksi.path)
    assert keadaan_is_derived()
    assert UnitKerja.objects.find_problems() == ([], [], [], [], [])
    assert RiwayatJabatan.objects.filter(pegawai=orang).count() == 1
    before = {n.nama: n.opd_id for n in list_tree_on(SEBELUM)}
    assert before["Seksi"] == kantor.dinas.pk
    after = {n.nama: n.opd_id for n in list_tree_on(BERLAKU)}
    assert after["Seksi"] == kantor.dinas_lain.pk


def test_a_future_act_waits_for_its_day_and_the_night_applies_it(
    kantor, tujuan, verifikator, sekretaris
):
    besok = HARI_INI + dt.timedelta(days=1)
    act = draft(verifikator, *gabung(kantor, tujuan), berlaku=besok)
    act = approve(act, verifikator, sekretaris)
    assert act.job_id is None
    with pytest.raises(DomainError, match="diterapkan sendiri"):
        apply(act)
    assert penataan_terap.apply_due(per_tanggal=HARI_INI, now=NOW) == 0
    assert penataan_terap.apply_due(per_tanggal=besok, now=NOW) == 1
    assert penataan_terap.apply_due(per_tanggal=besok, now=NOW) == 0
    act.refresh_from_db()
    assert act.status == StatusPenataan.DITERAPKAN


def test_an_approved_act_that_fails_by_then_keeps_its_reason(
    kantor, tujuan, verifikator, sekretaris
):
    besok = HARI_INI + dt.timedelta(days=1)
    act = approve(
        draft(verifikator, *gabung(kantor, tujuan), berlaku=besok),
        verifikator,
        sekretaris,
    )
    RiwayatJabatanFactory(
        pegawai=kantor.orang_luar, unit_kerja=kantor.bidang,
        jenis_penugasan=JenisPenugasan.PLT.value, tmt=HARI_INI,
        tmt_selesai=besok + dt.timedelta(days=60),
    )  # fmt: skip
    assert penataan_terap.apply_due(per_tanggal=besok, now=NOW) == 0
    act.refresh_from_db()
    assert act.status == StatusPenataan.DISETUJUI
    assert "masih berjalan" in act.galat
    assert kantor.bidang.selesai is None


def test_undoing_puts_everything_back_and_keeps_the_rows_readable(
    kantor, tujuan, verifikator, sekretaris
):
    names = {n.nama for n in list_tree_on(HARI_INI)}
    before = {
        row.pk: (row.unit_kerja_id, row.opd_id, row.jabatan_id)
        for row in KeadaanPegawai.objects.all()
    }
    act = apply(
        approve(draft(verifikator, *gabung(kantor, tujuan)), verifikator, sekretaris)
    )
    act = undo(act, sekretaris)

    assert act.status == StatusPenataan.DIBATALKAN
    assert {n.nama for n in list_tree_on(HARI_INI)} == names
    assert {
        row.pk: (row.unit_kerja_id, row.opd_id, row.jabatan_id)
        for row in KeadaanPegawai.objects.all()
    } == before
    assert keadaan_is_derived()
    rows = RiwayatJabatan.objects.filter(sk_nomor=DATA["nomor"])
    assert {r.dibatalkan_oleh.alasan for r in rows} == {
        "Penataan Perbup 12/2026 dibatalkan: Perbup dicabut"
    }
    kantor.bidang.refresh_from_db()
    assert kantor.bidang.selesai is None
    assert Jabatan.objects.get(unit_kerja=kantor.bidang, is_aktif=True)
    assert not UnitKerja.objects.aktif().filter(nama="Bidang Gabungan").exists()
    # The same act may be done again: its codes are free.
    apply(approve(draft(verifikator, *gabung(kantor, tujuan)), verifikator, sekretaris))


def test_a_moved_and_renamed_unit_goes_back(kantor, verifikator, sekretaris):
    act = draft(
        verifikator,
        (J.PINDAH_INDUK, {"unit": kantor.bidang.kode, "induk": kantor.dinas_lain.kode}),
        (J.GANTI_NAMA, {"unit": kantor.bidang.kode, "nama": "Bidang Lain",
                        "jabatan": "Kepala Bidang Lain"}),
    )  # fmt: skip
    act = apply(approve(act, verifikator, sekretaris))
    kantor.bidang.refresh_from_db()
    assert (kantor.bidang.nama, kantor.bidang.opd) == ("Bidang Lain", kantor.dinas_lain)
    undo(act, sekretaris)
    kantor.bidang.refresh_from_db()
    assert (kantor.bidang.nama, kantor.bidang.opd) == ("Bidang Contoh", kantor.dinas)
    assert RiwayatUnitKerja.objects.filter(unit=kantor.bidang).count() == 1
    assert keadaan_is_derived()


def test_undoing_is_refused_once_something_was_built_on_it(
    kantor, tujuan, verifikator, sekretaris
):
    act = apply(
        approve(draft(verifikator, *gabung(kantor, tujuan)), verifikator, sekretaris)
    )
    RiwayatJabatanFactory(
        pegawai=kantor.pegawai,
        unit_kerja=kantor.dinas,
        tmt=BERLAKU + dt.timedelta(days=5),
    )
    with pytest.raises(DomainError, match=r"Sudah ada SK jabatan.*Siti Pegawai"):
        undo(act, sekretaris)
    act.refresh_from_db()
    assert act.status == StatusPenataan.DITERAPKAN


def test_an_approved_act_can_be_given_up_before_its_day(
    kantor, tujuan, verifikator, sekretaris
):
    besok = HARI_INI + dt.timedelta(days=1)
    act = approve(
        draft(verifikator, *gabung(kantor, tujuan), berlaku=besok),
        verifikator,
        sekretaris,
    )
    with pytest.raises(DomainError, match="tidak berwenang"):
        services.cancel_penataan(penataan=act, alasan="x", by=verifikator, now=NOW)
    services.cancel_penataan(penataan=act, alasan="Ditunda", by=sekretaris, now=NOW)
    assert penataan_terap.apply_due(per_tanggal=besok, now=NOW) == 0


def test_who_drafts_never_approves(kantor, tujuan):
    kabid, lain = make_user(Role.KEPALA_BIDANG), make_user(Role.KEPALA_BADAN)
    act = draft(kabid, *gabung(kantor, tujuan))
    act = services.submit_penataan(penataan=act, versi=act.versi, by=kabid, now=NOW)
    with pytest.raises(DomainError, match="ikut menyusun"):
        services.approve_penataan(
            penataan=act, versi=act.versi, by=kabid, per_tanggal=HARI_INI, now=NOW
        )
    assert services.can_approve(act, lain)
    with pytest.raises(StaleDataError):
        services.approve_penataan(
            penataan=act, versi=act.versi - 1, by=lain, per_tanggal=HARI_INI, now=NOW
        )


def test_who_began_and_who_submitted_do_not_approve_either(kantor, tujuan):
    """Each had a hand in it, though somebody else wrote every step."""
    began, wrote, sent = (
        PemberianPeranFactory(peran=Role.KEPALA_BIDANG.value).user for _ in range(3)
    )
    act = draft(began)
    services.add_langkah(penataan=act, langkah=gabung(kantor, tujuan), by=wrote)
    act.refresh_from_db()
    act = services.submit_penataan(penataan=act, versi=act.versi, by=sent, now=NOW)

    hands = [services.can_approve(act, one) for one in (began, wrote, sent)]

    assert hands == [False, False, False]
    assert services.can_approve(act, make_user(Role.KEPALA_BADAN))


@pytest.mark.parametrize("role", [Role.PENGELOLA_OPD, Role.SEKRETARIS, Role.AUDITOR])
def test_others_do_not_draft(kantor, role):
    with pytest.raises(DomainError, match="verifikator atau kepala bidang"):
        draft(kantor.user_for(role))


def test_a_grant_for_a_part_of_the_office_is_too_little(kantor):
    user = make_user(Role.VERIFIKATOR, unit_kerja=kantor.dinas)
    with pytest.raises(DomainError, match="verifikator atau kepala bidang"):
        draft(user)


def test_a_returned_act_is_a_draft_again(kantor, tujuan, verifikator, sekretaris):
    act = draft(verifikator, *gabung(kantor, tujuan))
    act = services.submit_penataan(
        penataan=act, versi=act.versi, by=verifikator, now=NOW
    )
    with pytest.raises(StaleDataError):
        services.add_langkah(
            penataan=act,
            langkah=[(J.TUTUP, {"unit": tujuan.kode})],
            by=verifikator,
        )
    act = services.return_penataan(penataan=act, catatan="Kurang", by=sekretaris)
    assert (act.status, act.catatan) == (StatusPenataan.KONSEP, "Kurang")


def test_a_step_that_cannot_be_is_refused_and_not_kept(kantor, verifikator):
    act = draft(verifikator)
    with pytest.raises(DomainError, match="bagian berada di bawah"):
        services.add_langkah(
            penataan=act,
            langkah=[
                (
                    J.PINDAH_INDUK,
                    {"unit": kantor.bidang.kode, "induk": kantor.instansi.kode},
                )
            ],
            by=verifikator,
        )
    assert act.langkah_set.count() == 0


def test_an_incomplete_plan_is_not_submitted(kantor, verifikator):
    act = draft(verifikator, (J.TUTUP, {"unit": kantor.bidang.kode}))
    with pytest.raises(DomainError, match="masih bekerja di sana"):
        services.submit_penataan(penataan=act, versi=act.versi, by=verifikator, now=NOW)


def test_an_act_before_a_later_change_is_refused(kantor, verifikator, sekretaris):
    apply(
        approve(
            draft(
                verifikator,
                (J.GANTI_NAMA, {"unit": kantor.bidang.kode, "nama": "Bidang Baru"}),
            ),
            verifikator,
            sekretaris,
        )
    )
    act = draft(
        verifikator,
        (J.GANTI_NAMA, {"unit": kantor.bidang.kode, "nama": "Bidang Lama"}),
        berlaku=SEBELUM,
    )
    with pytest.raises(DomainError, match="sudah berubah per 01-11-2026"):
        services.submit_penataan(penataan=act, versi=act.versi, by=verifikator, now=NOW)


def test_grants_on_a_closed_unit_are_warned_of(kantor, tujuan, verifikator):
    PemberianPeranFactory(
        user=kantor.pegawai.user,
        peran=Role.PENGELOLA_OPD.value,
        unit_kerja=kantor.bidang,
        mulai=dt.date(2020, 1, 1),
    )
    rencana = build_rencana(draft(verifikator, *gabung(kantor, tujuan)))
    assert not rencana.galat
    assert any("perlu diberikan lagi" in one.pesan for one in rencana.peringatan)


def test_the_preview_counts_everybody_before_and_after(kantor, tujuan, verifikator):
    act = draft(verifikator, *gabung(kantor, tujuan))
    lihat = build_pratinjau(build_rencana(act))
    assert lihat.orang_sebelum == lihat.orang_sesudah == 4
    before = {one.nama: one for one in lihat.sebelum}
    after = {one.nama: one for one in lihat.sesudah}
    assert before["Bidang Contoh"].orang == 2
    assert before["Bidang Contoh"].tanda == ("ditutup",)
    assert "Bidang Contoh" not in after
    assert after["Bidang Gabungan"].orang == 2
    assert after["Bidang Gabungan"].tanda == ("baru",)


def test_reading_a_plan_costs_no_more_for_many_people(
    kantor, tujuan, verifikator, django_assert_max_num_queries
):
    act = draft(verifikator, *gabung(kantor, tujuan))
    PegawaiFactory.create_batch(20, di=kantor.bidang)
    with django_assert_max_num_queries(16):
        rencana = build_rencana(act)
        build_pratinjau(rencana)
        list(list_lampiran(act, rencana))
    assert len(rencana.rencana.pindah) == 22
