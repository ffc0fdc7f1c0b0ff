"""Papers about one person: what they print, for whom, and at what cost."""

import datetime as dt

import pytest
from django.utils import timezone

from bkpsdmd.documents.rendering import render_pdf
from bkpsdmd.documents.tests.pdf import open_pdf, read_text, squeeze
from bkpsdmd.exceptions import DomainError
from simpeg.jenis_riwayat import BAGIAN, JENIS
from simpeg.services.dokumen import DOKUMEN, DRH, KARTU, build_dokumen, get_dokumen
from simpeg.tests.factories import (
    PegawaiFactory,
    RiwayatHukumanFactory,
    RiwayatKursusFactory,
    RiwayatPangkatFactory,
    RiwayatPasanganFactory,
)

HARI = dt.date(2026, 11, 26)
PANJANG = "Pelatihan " + "Pengelolaan Kearsipan " * 9


def build(dokumen, *people, visible=True, per_tanggal=HARI):
    return build_dokumen(
        dokumen=dokumen,
        pegawai_ids=[person.pk for person in people],
        visible=lambda pk: visible,
        dibuat=timezone.now(),
        per_tanggal=per_tanggal,
    )


def rows_of(data, judul):
    (bagian,) = [b for b in data["bagian"] if b["judul"] == judul]
    return [baris for tabel in bagian["tabel"] for baris in tabel["baris"]]


def test_drh_has_the_sections_in_their_order(pegawai):
    (data,) = build(DRH, pegawai)

    assert [bagian["judul"] for bagian in data["bagian"]] == [
        "Riwayat kepangkatan",
        "Riwayat jabatan",
        "Riwayat pendidikan",
        "Pendidikan dan pelatihan",
        "Seminar dan lokakarya",
        "Orang tua",
        "Suami/istri",
        "Anak",
        "Organisasi",
        "Tanda jasa dan penghargaan",
    ]
    assert data["penandatangan"]["nama"] == pegawai.nama_lengkap


def test_rows_stand_oldest_first_and_cancelled_ones_not_at_all(pegawai):
    old = RiwayatPangkatFactory(
        pegawai=pegawai, golongan_id="II/c", tmt=dt.date(2005, 4, 1)
    )
    (data,) = build(DRH, pegawai)
    first, *_ = rows_of(data, "Riwayat kepangkatan")

    assert first[0] == f"{old.golongan_id}\n{old.golongan.pangkat}"
    assert first[1].startswith("01-04-2005")


def test_training_is_told_apart_by_its_kind(pegawai):
    from simpeg.models import Referensi

    for kode in ("2", "8", "9"):
        RiwayatKursusFactory(
            pegawai=pegawai,
            nama=f"Jenis {kode}",
            jenis=Referensi.objects.get(daftar="jenisDiklat", kode=kode),
        )
    (data,) = build(DRH, pegawai)
    bagian = next(b for b in data["bagian"] if b["judul"] == "Pendidikan dan pelatihan")
    tables = {
        t["judul"]: [row[0].split("\n")[0] for row in t["baris"]]
        for t in bagian["tabel"]
    }

    assert tables["Fungsional"] == ["Jenis 2"]
    assert tables["Teknis dan lainnya"] == ["Jenis 8"]
    assert rows_of(data, "Seminar dan lokakarya")[0][0].startswith("Jenis 9")


def test_family_and_nik_are_left_out_for_most_readers(pegawai):
    pegawai.nik = "6307010101800001"
    pegawai.save()
    RiwayatPasanganFactory(pegawai=pegawai, nama="Aminah Istri")
    (open_,) = build(DRH, pegawai)
    (closed,) = build(DRH, pegawai, visible=False)

    assert "6307010101800001" in str(open_)
    assert "Aminah Istri" in str(open_)
    assert "6307010101800001" not in str(closed)
    assert "Aminah Istri" not in str(closed)
    assert "Tidak ditampilkan" in str(closed)


def test_card_of_everything_holds_a_penalty_only_for_those_who_may_see_it(pegawai):
    RiwayatHukumanFactory(pegawai=pegawai, pelanggaran="Terlambat berulang")

    assert "Terlambat" in str(build(KARTU, pegawai))
    closed = str(build(KARTU, pegawai, visible=False))
    assert "Terlambat" not in closed
    assert "Hukuman disiplin" not in closed


def test_card_of_everything_leaves_out_what_is_empty(pegawai):
    (data,) = build(KARTU, pegawai)

    assert [bagian["judul"] for bagian in data["bagian"]] == [
        "Riwayat pangkat",
        "Riwayat jabatan",
        "Riwayat pendidikan",
        "Kedudukan hukum",
    ]


def test_every_tab_has_a_card_and_every_kind_stands_on_one():
    assert {f"kartu-{bagian.kunci}" for bagian in BAGIAN} <= set(DOKUMEN)
    assert {jenis.kunci for jenis in KARTU.jenis} == set(JENIS)


@pytest.mark.parametrize("kunci", sorted(DOKUMEN))
def test_every_paper_is_set_for_a_person_without_records(kunci, db):
    person = PegawaiFactory()
    (data,) = build(DOKUMEN[kunci], person)
    content = render_pdf("perorangan", dict(data))

    assert squeeze(person.nama_lengkap) in read_text(content)


@pytest.mark.slow
def test_long_titles_and_sixty_rows_stay_whole(pegawai):
    for number in range(60):
        RiwayatKursusFactory(
            pegawai=pegawai,
            nama=PANJANG[:200] if number % 10 == 0 else f"Kursus {number}",
            tanggal_selesai=dt.date(2019, 2, 3),
        )
    (data,) = build(DRH, pegawai)
    content = render_pdf("perorangan", dict(data))
    text = read_text(content)

    assert squeeze(PANJANG[:200]) in text
    assert "Kursus59" in text
    assert len(open_pdf(content).pages) > 3


def test_many_people_cost_as_many_queries_as_one(kantor, django_assert_max_num_queries):
    people = [PegawaiFactory(di=kantor.dinas) for _ in range(12)]
    most = 11 + len(KARTU.jenis)
    with django_assert_max_num_queries(most):
        build(KARTU, people[0])
    with django_assert_max_num_queries(most):
        found = build(KARTU, *people)

    assert [data["nip"] for data in found] == [person.nip for person in people]


def test_unknown_paper_is_refused():
    with pytest.raises(DomainError):
        get_dokumen("rapor")
