"""A seeded office must be one that the rules themselves would accept."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from itertools import pairwise

import pytest
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Count, F, Max, Q, Sum
from django.utils import timezone

from bkpsdmd.accounts.models import CatatanMasuk, User
from bkpsdmd.accounts.roles import Role
from bkpsdmd.accounts.selectors import active_users
from bkpsdmd.audit.models import Event
from bkpsdmd.documents.models import get_kantor
from bkpsdmd.documents.uploads import check_upload
from bkpsdmd.exceptions import DomainError
from bkpsdmd.regulations import load_regulasi
from simpeg.choices import HasilPeriksa, JenisASN, JenisKelamin
from simpeg.demo.masuk import list_triwulan
from simpeg.jenis_riwayat import JENIS
from simpeg.models import (
    BerkasArsip,
    BerkasMasuk,
    KeadaanPegawai,
    MutuPegawai,
    Pegawai,
    PejabatPenandatangan,
    PemberianPeran,
    PotretMutu,
    RiwayatAnak,
    RiwayatDiklat,
    RiwayatHukuman,
    RiwayatJabatan,
    RiwayatKGB,
    RiwayatPenghargaan,
    SelisihSiasn,
    TemuanData,
    UnitKerja,
)
from simpeg.rules.gaji import FaktaGaji, compute_gaji_pokok
from simpeg.rules.golongan import parse_golongan
from simpeg.rules.nik import FaktaNik, check_nik
from simpeg.rules.nip import FaktaNip, check_nip
from simpeg.rules.pangkat import (
    BarisPangkat,
    FaktaRiwayatPangkat,
    check_riwayat_pangkat,
)
from simpeg.rules.radar import KodeRadar
from simpeg.selectors.akses import list_peran
from simpeg.selectors.arsip import list_usulan, show_arsip
from simpeg.selectors.keadaan import load_himpunan
from simpeg.selectors.rekonsiliasi import list_pertanyaan
from simpeg.services.demo import seed_demo
from simpeg.services.keadaan import build_keadaan
from simpeg.services.pemeriksaan_arsip import check_satu
from simpeg.services.riwayat import LENGKAPI, _check
from simpeg.services.usulan import Usulan

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 11, 25)
BANYAK = 400
# The law, written again: the generator may not be its own witness.
RENTANG = {
    "II.a": ("IV/c", "IV/d"),
    "II.b": ("IV/b", "IV/c"),
    "III.a": ("IV/a", "IV/b"),
    "III.b": ("III/d", "IV/a"),
    "IV.a": ("III/c", "III/d"),
    "IV.b": ("III/b", "III/c"),
}
GOLONGAN_JENJANG = {
    "terampil": {"II/b", "II/c", "II/d"},
    "mahir": {"III/a", "III/b"},
    "penyelia": {"III/c", "III/d"},
    "ahli_pertama": {"III/a", "III/b"},
    "ahli_muda": {"III/c", "III/d"},
    "ahli_madya": {"IV/a", "IV/b", "IV/c"},
}


@pytest.fixture(scope="module")
def kantor_contoh(django_db_setup, django_db_blocker):
    """Seed once for all tests here, in a transaction that is taken back at the end."""
    with django_db_blocker.unblock():
        atomic = transaction.atomic()
        atomic.__enter__()
        try:
            yield seed_demo(banyak=BANYAK, seed=7, per_tanggal=TODAY)
        finally:
            transaction.set_rollback(True)
            atomic.__exit__(None, None, None)


@pytest.fixture(scope="module")
def himpunan(kantor_contoh, django_db_blocker):
    with django_db_blocker.unblock():
        return load_himpunan(list(Pegawai.objects.values_list("pk", flat=True)))


@pytest.fixture(scope="module")
def keliru(kantor_contoh, django_db_blocker):
    """Who has a mistake in the record that was put there for the radar to find."""
    with django_db_blocker.unblock():
        found = TemuanData.objects.exclude(kode=KodeRadar.TMT_MENDAHULUI_SK.value)
        return set(found.values_list("pegawai", flat=True))


# -- The people ---------------------------------------------------------------------


def test_as_many_people_as_asked_for_of_every_kind(kantor_contoh):
    assert kantor_contoh.pegawai == Pegawai.objects.count() == BANYAK
    kinds = Counter(KeadaanPegawai.objects.values_list("status", flat=True))
    assert set(kinds) == {"pns", "cpns", "pppk", "pppk_paruh_waktu"}
    standing = set(KeadaanPegawai.objects.values_list("kedudukan", flat=True))
    assert {"01", "03", "99"} <= standing


def test_every_number_is_valid_and_agrees_with_the_person(kantor_contoh):
    for pegawai in Pegawai.objects.all():
        jenis = JenisASN(pegawai.jenis_asn)
        hasil = check_nip(
            FaktaNip(
                pegawai.nip,
                jenis_kelamin=JenisKelamin(pegawai.jenis_kelamin),
                tanggal_lahir=pegawai.tanggal_lahir,
                jenis_asn=jenis,
                tmt_cpns=pegawai.tmt_cpns,
            ),
            per_tanggal=TODAY,
        )
        assert (hasil.sah, hasil.peringatan) == (True, ()), pegawai.nip


def test_every_nik_is_valid_unique_and_agrees_with_the_person(kantor_contoh):
    people = Pegawai.objects.exclude(nik="")
    assert people.values("nik").distinct().count() == people.count()
    for pegawai in people:
        hasil = check_nik(
            FaktaNik(
                pegawai.nik,
                jenis_kelamin=JenisKelamin(pegawai.jenis_kelamin),
                tanggal_lahir=pegawai.tanggal_lahir,
            )
        )
        assert (hasil.sah, hasil.peringatan) == (True, ()), pegawai.nik


def test_the_rule_has_nothing_to_say_about_any_riwayat_pangkat(himpunan, keliru):
    for record in himpunan:
        if record.pegawai.pk in keliru:
            continue
        jenis = JenisASN(record.pegawai.jenis_asn)
        rows = [
            BarisPangkat(
                parse_golongan(r.golongan_id, jenis), r.tmt, r.masa_kerja_bulan
            )
            for r in sorted(record.pangkat, key=lambda r: r.tmt)
        ]
        assert rows, record.pegawai.nip
        for n, row in enumerate(rows):
            hasil = check_riwayat_pangkat(
                FaktaRiwayatPangkat(
                    jenis_asn=jenis,
                    tmt_pengangkatan=record.pegawai.tmt_cpns,
                    baru=row,
                    lain=tuple(rows[:n]),
                ),
                per_tanggal=row.tmt,
            )
            assert (hasil.kesalahan, hasil.peringatan) == ((), ()), record.pegawai.nip


def test_promotions_fall_on_permitted_dates_after_enough_time(himpunan):
    seen = 0
    for record in himpunan:
        rows = sorted(record.pangkat, key=lambda r: r.tmt)
        for before, row in pairwise(rows):
            seen += 1
            months = (
                (row.tmt.year - before.tmt.year) * 12 + row.tmt.month - before.tmt.month
            )
            assert months >= (24 if row.jenis_id == "202" else 48)
            if row.tmt < dt.date(2024, 1, 1):
                assert row.tmt.month in (4, 10)
            elif row.tmt < dt.date(2025, 10, 1):
                assert row.tmt.month % 2 == 0
            assert row.tmt <= TODAY
    assert seen > BANYAK / 2


def test_first_golongan_follows_from_the_first_diploma(himpunan):
    first_of = {
        "05": "I/a",
        "15": "II/a",
        "17": "II/a",
        "30": "II/c",
        "40": "III/a",
        "42": "III/b",
    }
    for record in himpunan:
        if record.pegawai.jenis_asn != "pns":
            continue
        first = min(record.pangkat, key=lambda r: r.tmt)
        ijazah = min(record.pendidikan, key=lambda r: r.pk)
        assert first.golongan_id == first_of[ijazah.tingkat_id]


def test_a_cpns_becomes_pns_after_a_year(kantor_contoh):
    pns = Pegawai.objects.filter(jenis_asn="pns")
    year = dt.timedelta(365)
    assert not pns.filter(tmt_pns__lt=F("tmt_cpns") + year).exists()
    young = pns.filter(tmt_pns__isnull=True)
    assert young.exists()
    assert not young.filter(tmt_cpns__lt=TODAY - dt.timedelta(580)).exists()


def test_nobody_active_is_past_the_age_limit_and_the_pensioned_left_on_its_day(
    kantor_contoh, keliru
):
    active = KeadaanPegawai.objects.filter(is_aktif=True).exclude(pk__in=keliru)
    assert not active.filter(
        Q(tmt_pensiun__isnull=True) | Q(tmt_pensiun__lte=TODAY)
    ).exists()
    left = KeadaanPegawai.objects.filter(is_aktif=False)
    assert 0 < left.count() < BANYAK * 0.1
    for keadaan in left:
        pensiun = keadaan.pegawai.riwayatpemberhentian_set.get(kedudukan="99")
        last = keadaan.pegawai.riwayatjabatan_set.latest("tmt")
        assert last.tmt_selesai == pensiun.tmt
        age = pensiun.tmt.year - keadaan.tanggal_lahir.year
        assert 58 <= age <= 61


def test_diplomas_come_at_a_plausible_age_and_the_first_before_the_appointment(
    himpunan,
):
    for record in himpunan:
        for row in record.pendidikan:
            if row.tahun_lulus is None:
                continue
            age = row.tahun_lulus - record.pegawai.tanggal_lahir.year
            assert age >= (12 if row.tingkat_id == "05" else 17)
            assert row.tahun_lulus <= TODAY.year
        first = min(record.pendidikan, key=lambda r: r.pk).tahun_lulus
        assert first is None or first <= record.pegawai.tmt_cpns.year


def test_titles_match_the_diploma(himpunan):
    for record in himpunan:
        names = {row.nama for row in record.pendidikan}
        if "Profesi Dokter" in names:
            assert record.pegawai.gelar_depan == "dr."
        if any(name.startswith("S-1 Hukum") for name in names):
            assert record.pegawai.gelar_belakang.startswith("S.H.")
        if any(name.startswith("SMA") for name in names):
            assert record.pegawai.gelar_belakang == ""


def test_contacts_reach_nobody(kantor_contoh):
    people = Pegawai.objects.all()
    assert (
        not people.exclude(email="")
        .exclude(email__endswith="@example.invalid")
        .exists()
    )
    assert not people.exclude(nomor_hp="").exclude(nomor_hp__startswith="0800").exists()


def test_records_are_not_all_complete(kantor_contoh):
    rows = KeadaanPegawai.objects.filter(is_aktif=True)
    complete = rows.filter(wajib_terisi=F("wajib_jumlah")).count()
    assert rows.count() * 0.4 < complete < rows.count() * 0.9


def test_today_equals_the_derivation(himpunan):
    fields = [f.attname for f in KeadaanPegawai._meta.concrete_fields]
    stored = {row.pk: row for row in KeadaanPegawai.objects.all()}
    for record in himpunan:
        derived = build_keadaan(record, TODAY)
        row = stored[record.pegawai.pk]
        assert [getattr(row, f) for f in fields] == [
            getattr(derived, f) for f in fields
        ]


def test_records_of_every_kind_would_be_accepted_from_an_officer(kantor_contoh, keliru):
    """Without a second look; what nobody ever has is the review of service time."""
    empty = set()
    for jenis in JENIS.values():
        rows = jenis.model.objects.exclude(pegawai__in=keliru).select_related(
            "pegawai", *jenis.related
        )
        if not rows.exists():
            empty.add(jenis.kunci)
        step = max(rows.count() // 40, 1)
        for row in rows.order_by("pk")[::step]:
            _check(Usulan(jenis, row.pegawai, row, row, TODAY))
            if complete := LENGKAPI.get(jenis.kunci):
                before = row.kedudukan_id
                complete(row)
                assert row.kedudukan_id == before
    assert empty == {"pmk"}


def test_raises_follow_the_salary_table_and_only_where_there_is_one(kantor_contoh):
    rows = RiwayatKGB.objects.select_related("pegawai")
    assert rows.count() > BANYAK / 2
    first = load_regulasi("simpeg/gaji_pokok_pns").on(TODAY).berlaku
    for row in rows:
        assert first <= row.tmt <= TODAY
        golongan = parse_golongan(row.golongan_id, JenisASN(row.pegawai.jenis_asn))
        hasil = compute_gaji_pokok(
            FaktaGaji(golongan, row.masa_kerja_bulan), per_tanggal=row.tmt
        )
        assert row.gaji_baru == hasil.gaji_rupiah
        assert row.gaji_lama < row.gaji_baru


def test_a_child_is_that_of_the_spouse_on_record(kantor_contoh):
    rows = RiwayatAnak.objects.select_related("pasangan")
    assert rows.count() > BANYAK / 2
    for row in rows:
        assert row.pasangan.pegawai_id == row.pegawai_id
        assert row.tanggal_lahir > row.pasangan.tanggal_nikah
        assert row.tanggal_lahir > row.pasangan.tanggal_lahir


def test_a_medal_follows_service_and_no_heavier_penalty(kantor_contoh):
    years = {"201": 10, "202": 20, "203": 30}
    rows = RiwayatPenghargaan.objects.filter(jenis__kode__in=years).select_related(
        "pegawai", "jenis"
    )
    assert {row.jenis.kode for row in rows} == set(years)
    for row in rows:
        assert row.tahun - row.pegawai.tmt_cpns.year >= years[row.jenis.kode]
    punished = RiwayatHukuman.objects.exclude(jenis__tambahan__endswith="=R")
    assert not rows.filter(pegawai__in=punished.values("pegawai")).exists()


# -- What is wrong, and how good it all is -------------------------------------------


def test_the_radar_finds_something_of_every_kind_with_few_people(kantor_contoh):
    found = Counter(TemuanData.objects.values_list("kode", flat=True))
    assert set(found) == {kode.value for kode in KodeRadar}
    people = TemuanData.objects.values("pegawai").distinct().count()
    assert people < BANYAK * 0.06
    keepers = [a.username for a in kantor_contoh.akun]
    assert not TemuanData.objects.filter(pegawai__nip__in=keepers).exists()


def test_the_quality_of_all_is_known_and_has_a_past(kantor_contoh):
    assert MutuPegawai.objects.filter(is_basi=False).count() == BANYAK
    months = sorted(set(PotretMutu.objects.values_list("bulan", flat=True)))
    assert (len(months), months[-1]) == (12, TODAY.replace(day=1))
    sums = [
        PotretMutu.objects.filter(bulan=m).aggregate(n=Sum("skor"))["n"] for m in months
    ]
    assert sums == sorted(sums)
    assert sums[0] < sums[-1]


def test_archives_are_of_every_completeness(kantor_contoh):
    shares = Counter()
    for pegawai in Pegawai.objects.filter(keadaan__is_aktif=True)[::4]:
        arsip = show_arsip(pegawai, is_sensitive_visible=True, per_tanggal=TODAY)
        shares[arsip.wajib_ada * 10 // arsip.wajib] += 1
    seen = sum(shares.values())
    assert shares[10] > seen * 0.08
    assert sum(n for share, n in shares.items() if share < 5) > seen * 0.08
    assert len(shares) >= 8


def test_every_file_opens_and_is_what_its_row_says(kantor_contoh):
    files = set(BerkasArsip.objects.values_list("berkas", "sha256", "ukuran_byte"))
    assert 50 < len(files) < 250
    for path, sha256, size in files:
        assert check_satu(path, sha256) is HasilPeriksa.UTUH
        assert default_storage.size(path) == size
    path, sha256, _ = min(files)
    with default_storage.open(path) as handle:
        assert check_upload(File(handle, "a.pdf")).sha256 == sha256
    assert not BerkasArsip.objects.filter(created_at__gt=timezone.now()).exists()


def test_a_record_cites_a_file_of_the_same_person_and_its_own_kind(kantor_contoh):
    cited = Counter()
    for jenis in JENIS.values():
        for row in jenis.model.objects.exclude(berkas=None).select_related("berkas"):
            assert row.berkas.pegawai_id == row.pegawai_id
            assert row.berkas.jenis == jenis.arsip
            assert row.berkas.is_berlaku
            cited[row.berkas_id] += 1
    assert cited
    assert set(cited.values()) == {1}


def test_some_papers_wait_for_an_officer(kantor_contoh):
    by_role = {akun.peran: akun.username for akun in kantor_contoh.akun}
    verifikator = User.objects.get(username=by_role[Role.VERIFIKATOR])
    waiting = list_usulan(verifikator)
    assert waiting.count() >= 3
    for berkas in waiting.select_related("pegawai"):
        assert berkas.created_by_id == berkas.pegawai.user_id
    own = BerkasArsip.objects.filter(pegawai__nip=by_role[Role.PEGAWAI])
    assert {"diusulkan", "ditolak"} <= set(own.values_list("keadaan", flat=True))
    refused = BerkasArsip.objects.filter(keadaan="ditolak")
    assert not refused.filter(Q(alasan="") | Q(diputus_oleh=None)).exists()


def test_siasn_tells_some_things_otherwise_and_asks_the_plain_employee(kantor_contoh):
    impor = BerkasMasuk.objects.get()
    assert (impor.jenis, impor.status) == ("rekonsiliasi", "siap")
    assert impor.jumlah_ditolak == 0
    people = SelisihSiasn.objects.values("pegawai").distinct().count()
    assert 4 < people < BANYAK * 0.1
    nip = next(a.username for a in kantor_contoh.akun if a.peran == Role.PEGAWAI)
    asked = list_pertanyaan(User.objects.get(username=nip))
    assert asked.filter(pegawai__nip=nip, kolom="nomor_hp").exists()


# -- Posts and units ----------------------------------------------------------------


def golongan_at(himpunan, row):
    rows = next(h.pangkat for h in himpunan if h.pegawai.pk == row.pegawai_id)
    return max((r for r in rows if r.tmt <= row.tmt), key=lambda r: r.tmt).golongan_id


def test_structural_posts_were_held_within_their_golongan(himpunan):
    rows = (
        RiwayatJabatan.objects.definitif()
        .exclude(jabatan__eselon="")
        .select_related("jabatan")
    )
    assert rows.count() > 150
    for row in rows:
        lo, hi = RENTANG[row.jabatan.eselon]
        assert lo <= golongan_at(himpunan, row) <= hi


def test_golongan_lies_within_the_jenjang(kantor_contoh, keliru):
    rows = (
        KeadaanPegawai.objects.filter(kelompok_jabatan="jf", pegawai__jenis_asn="pns")
        .exclude(pk__in=keliru)
        .select_related("jabatan")
    )
    assert rows.count() > 50
    for row in rows:
        assert row.golongan_id in GOLONGAN_JENJANG[row.jabatan.jenjang], row.nip


def test_a_leading_post_has_at_most_one_definitive_holder(kantor_contoh, keliru):
    held = (
        RiwayatJabatan.objects.on(TODAY)
        .definitif()
        .filter(jabatan__unit_kerja__isnull=False)
        .exclude(pegawai__in=keliru)
    )
    most = (
        held.values("jabatan").annotate(n=Count("pk")).aggregate(most=Max("n"))["most"]
    )
    assert most == 1


def test_every_perangkat_daerah_has_a_head_or_somebody_acting(kantor_contoh):
    led = set(
        RiwayatJabatan.objects.on(TODAY)
        .filter(jabatan__unit_kerja__jenis="opd")
        .values_list("jabatan__unit_kerja", flat=True)
    )
    assert led == set(UnitKerja.objects.opd().values_list("pk", flat=True))


def test_some_posts_are_acted_for_with_an_end(kantor_contoh):
    running = RiwayatJabatan.objects.on(TODAY)
    kinds = Counter(running.values_list("jenis_penugasan", flat=True))
    assert kinds["plt"] > 1
    assert kinds["plh"] == 1
    assert kinds["tugas_tambahan"] > 10
    acting = RiwayatJabatan.objects.exclude(jenis_penugasan="definitif")
    assert not acting.filter(tmt_selesai__isnull=True).exists()


def test_nobody_has_two_definitive_posts_from_one_day(himpunan):
    for record in himpunan:
        days = [r.tmt for r in record.jabatan if r.jenis_penugasan == "definitif"]
        assert len(days) == len(set(days))
        assert min(days) == record.pegawai.tmt_cpns


def test_leaders_were_trained_for_their_level(kantor_contoh):
    held = RiwayatDiklat.objects.filter(tingkat__isnull=False)
    assert set(held.values_list("tingkat", flat=True)) == {2, 3, 4}
    assert not RiwayatDiklat.objects.filter(tanggal_selesai__gt=TODAY).exists()


def test_the_tree_is_sound_and_remembers_a_former_name(kantor_contoh):
    assert UnitKerja.objects.find_problems() == ([], [], [], [], [])
    assert UnitKerja.objects.filter(jenis="instansi").count() == 1
    assert UnitKerja.objects.get(kode="BAPPERIDA").riwayat_set.count() == 2


# -- Accounts -----------------------------------------------------------------------


def test_one_account_of_each_role_has_a_password_and_that_role(kantor_contoh):
    assert [akun.peran for akun in kantor_contoh.akun] == list(Role)
    for akun in kantor_contoh.akun:
        user = User.objects.get(username=akun.username)
        assert user.check_password(akun.sandi)
        assert akun.peran in list_peran(user)


def test_all_others_have_accounts_without_a_password(kantor_contoh):
    users = User.objects.exclude(username__in=[a.username for a in kantor_contoh.akun])
    assert users.count() == BANYAK - 10
    assert not any(user.has_usable_password() for user in users)
    assert not Pegawai.objects.filter(user__isnull=True).exists()


def test_pegawai_atasan_and_pengelola_belong_together(kantor_contoh):
    by_role = {akun.peran: akun.username for akun in kantor_contoh.akun}
    keadaan = {
        row.nip: row for row in KeadaanPegawai.objects.select_related("unit_kerja")
    }
    pegawai, atasan = keadaan[by_role[Role.PEGAWAI]], keadaan[by_role[Role.ATASAN]]
    assert pegawai.unit_kerja == atasan.unit_kerja
    assert keadaan[by_role[Role.PENGELOLA_OPD]].opd == pegawai.opd
    grant = PemberianPeran.objects.get(user__username=by_role[Role.PENGELOLA_OPD])
    assert grant.unit_kerja == pegawai.opd


def test_the_pensioned_cannot_log_in(kantor_contoh):
    left = User.objects.filter(pegawai__keadaan__is_aktif=False)
    assert left.exists()
    assert not left.filter(Q(is_active=True) | Q(deactivated_at__isnull=True)).exists()


def test_the_use_of_the_portal_grew_over_the_last_quarters(kantor_contoh):
    def instant(day):
        return dt.datetime.combine(day, dt.time.min, tzinfo=dt.UTC)

    quarters = list_triwulan(TODAY)
    active = [active_users(instant(a), instant(b)).count() for a, b in quarters[:4]]
    registered = [User.objects.terdaftar(instant(b)).count() for _, b in quarters[:4]]
    assert 0 < active[0] < active[-1] < BANYAK
    assert registered == sorted(registered)
    assert registered[0] < registered[-1]
    assert all(a <= r for a, r in zip(active, registered, strict=True))


def test_nobody_logged_in_before_the_account_was_opened(kantor_contoh):
    logins = CatatanMasuk.objects.filter(berhasil=True)
    assert logins.exists()
    early = logins.filter(at__lt=F("user__created_at"))
    assert not early.exists()
    assert not logins.filter(user__is_active=False).exists()


# -- Signing, marking, refusing ------------------------------------------------------


def test_the_head_signs_papers_since_before_the_periods_to_report(kantor_contoh):
    rows = PejabatPenandatangan.objects.on(TODAY - dt.timedelta(500))
    assert {row.jenis_dokumen for row in rows} == {
        "duk",
        "laporan",
        "kepegawaian",
        "surat_keterangan",
        "surat_dinas",
    }
    kepala = next(a for a in kantor_contoh.akun if a.peran == Role.KEPALA_BADAN)
    assert {row.pegawai.nip for row in rows} == {kepala.username}


def test_the_portal_is_marked_as_a_demo_and_says_so_in_the_log(kantor_contoh):
    assert get_kantor().is_contoh
    event = Event.objects.get(kind="demo.isi")
    assert str(event) == "Sistem mengisi portal dengan kantor contoh"


def test_a_second_run_is_refused(kantor_contoh):
    with pytest.raises(DomainError) as refused:
        seed_demo(banyak=20, seed=1, per_tanggal=TODAY)
    assert refused.value.kode == "sudah_ada"
    assert Pegawai.objects.count() == BANYAK
