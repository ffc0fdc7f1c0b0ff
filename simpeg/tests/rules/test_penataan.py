"""The tree an act makes, who moves, and what it refuses."""

import pytest

from simpeg.choices import JenisLangkah as J
from simpeg.rules.penataan import (
    Langkah,
    Penghuni,
    Perubahan,
    Pimpinan,
    UnitFakta,
    susun,
)

KEPALA = Pimpinan("10", "Kepala Bidang A", "III.b")


def tree():
    rows = [
        UnitFakta("0", "Kabupaten", "instansi", None),
        UnitFakta("1", "Dinas Satu", "opd", "0"),
        UnitFakta("1.1", "Bidang A", "bagian", "1", KEPALA),
        UnitFakta("1.1.1", "Seksi A", "bagian", "1.1"),
        UnitFakta("1.2", "Bidang B", "bagian", "1"),
        UnitFakta("2", "Dinas Dua", "opd", "0"),
    ]
    return {row.kode: row for row in rows}


ORANG = {
    "1.1": [Penghuni(1, "Ani", "10"), Penghuni(2, "Budi", "99")],
    "1.2": [Penghuni(3, "Cici", "99")],
}


def plan(*langkah, orang=ORANG):
    steps = [Langkah(n, jenis, isi) for n, (jenis, isi) in enumerate(langkah, 1)]
    return susun(tree(), orang, steps)


def pesan(rencana):
    return " ".join(one.pesan for one in rencana.masalah if one.is_galat)


def test_an_act_without_steps_is_refused():
    assert "Belum ada langkah" in pesan(plan())


def test_a_rename_moves_nobody():
    rencana = plan((J.GANTI_NAMA, {"unit": "1.1", "nama": "Bidang Alfa"}))
    assert rencana.is_sah
    assert rencana.list_perubahan("1.1") == {Perubahan.NAMA}
    assert rencana.pindah == ()


def test_a_new_name_of_the_head_moves_its_holder_to_the_new_post():
    rencana = plan(
        (J.GANTI_NAMA, {"unit": "1.1", "nama": "Bidang Alfa", "jabatan": "Kepala Alfa"})
    )
    assert rencana.is_sah
    (one,) = rencana.pindah
    assert (one.pegawai, one.asal, one.tujuan) == (1, "1.1", "1.1")
    assert one.jabatan_baru == "baru:1.1"
    assert rencana.sesudah["1.1"].pimpinan.eselon == "III.b"
    assert rencana.pimpinan_dihapus == ("10",)


def test_a_merger_takes_people_and_parts_along_but_not_the_head():
    rencana = plan((J.GABUNG, {"asal": ["1.1"], "tujuan": "1.2"}))
    assert [one.pegawai for one in rencana.pindah] == [2]
    assert rencana.sesudah["1.1.1"].induk == "1.2"
    assert "Ani masih bekerja" in pesan(rencana)


@pytest.mark.parametrize("is_dahulu", [True, False])
def test_the_head_of_a_merged_unit_is_placed_before_or_after_it(is_dahulu):
    kepala = (
        J.PINDAH_ORANG,
        {"asal": "1.1", "tujuan": "1.2", "orang": [1], "jabatan": "99"},
    )
    gabung = (J.GABUNG, {"asal": ["1.1"], "tujuan": "1.2"})
    rencana = plan(*((kepala, gabung) if is_dahulu else (gabung, kepala)))
    assert rencana.is_sah, pesan(rencana)
    assert {one.pegawai: one.jabatan_baru for one in rencana.pindah} == {
        1: "99",
        2: "99",
    }
    assert rencana.ditutup == {"1.1"}


def test_a_split_founds_siblings_and_strands_whom_nobody_moves():
    pecah = (
        J.PECAH,
        {
            "unit": "1.1",
            "tutup": True,
            "pecahan": [
                {"kode": "n1", "nama": "Bidang A1", "jabatan": "Kepala A1", "eselon": "III.b"},
                {"kode": "n2", "nama": "Bidang A2"},
            ],
        },
    )  # fmt: skip
    kurang = plan(pecah)
    assert kurang.sesudah["n1"].induk == "1"
    assert "Ani, Budi masih bekerja" in pesan(kurang)
    assert "Seksi A masih di bawahnya" in pesan(kurang)

    lengkap = plan(
        pecah,
        (J.PINDAH_INDUK, {"unit": "1.1.1", "induk": "n2"}),
        (
            J.PINDAH_ORANG,
            {"asal": "1.1", "tujuan": "n1", "orang": [1], "pimpinan": True},
        ),
        (J.PINDAH_ORANG, {"asal": "1.1", "tujuan": "n2", "orang": None}),
    )
    assert lengkap.is_sah, pesan(lengkap)
    assert {o.pegawai: (o.tujuan, o.jabatan_baru) for o in lengkap.pindah} == {
        1: ("n1", "baru:n1"),
        2: ("n2", "99"),
    }


@pytest.mark.parametrize(
    ("langkah", "kata"),
    [
        ((J.PINDAH_INDUK, {"unit": "1.1", "induk": "1.1.1"}), "bawah dirinya sendiri"),
        ((J.PINDAH_INDUK, {"unit": "1.1", "induk": "1.1"}), "bawah dirinya sendiri"),
        ((J.PINDAH_INDUK, {"unit": "1.1", "induk": "1"}), "memang sudah"),
        ((J.PINDAH_INDUK, {"unit": "1.1", "induk": "0"}), "bagian berada di bawah"),
        ((J.PINDAH_INDUK, {"unit": "1", "induk": "2"}), "tepat di bawah instansi"),
        ((J.PINDAH_INDUK, {"unit": "0", "induk": "2"}), "Instansi tidak dapat"),
        ((J.TUTUP, {"unit": "0"}), "Instansi tidak dapat"),
        ((J.TUTUP, {"unit": "9"}), "kode 9 tidak ada"),
        ((J.TUTUP, {"unit": "1"}), "masih di bawahnya"),
        ((J.GANTI_NAMA, {"unit": "1.1", "nama": "Bidang A"}), "sama dengan"),
        (
            (J.UNIT_BARU, {"kode": "1", "nama": "X", "jenis": "opd", "induk": "0"}),
            "sudah dipakai",
        ),
        ((J.GABUNG, {"asal": ["1.2"], "tujuan": "1.2"}), "dirinya sendiri"),
        (
            (J.PINDAH_ORANG, {"asal": "1.1", "tujuan": "1.2", "orang": [1]}),
            "memimpin Bidang A",
        ),
        (
            (J.PINDAH_ORANG, {"asal": "1.1", "tujuan": "1.2", "orang": [77]}),
            "1 orang yang dipilih tidak bekerja",
        ),
        (
            (J.PINDAH_ORANG, {"asal": "1.2", "tujuan": "1.1", "orang": [3], "pimpinan": True}),
            "lebih dari satu orang",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(langkah, kata):
    rencana = plan(langkah)
    assert not rencana.is_sah
    assert kata in pesan(rencana)


def test_a_closed_unit_takes_no_further_step():
    rencana = plan(
        (J.TUTUP, {"unit": "1.2"}), (J.PINDAH_INDUK, {"unit": "1.1.1", "induk": "1.2"})
    )
    assert "sudah ditutup" in pesan(rencana)


def test_a_decree_of_the_same_day_stands_in_the_way():
    orang = {"1.2": [Penghuni(3, "Cici", "99", is_terikat=True)]}
    rencana = plan(
        (J.PINDAH_ORANG, {"asal": "1.2", "tujuan": "2", "orang": None}), orang=orang
    )
    assert "Cici sudah mempunyai SK" in pesan(rencana)
