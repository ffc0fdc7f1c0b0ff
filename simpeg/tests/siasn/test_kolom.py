import pytest

from bkpsdmd.exceptions import DomainError
from simpeg.siasn.kolom import KOLOM, LAMA, map_judul, normalize_judul

WAJIB = (
    "NIP BARU",
    "NAMA",
    "TANGGAL LAHIR",
    "JENIS KELAMIN",
    "GOL AKHIR NAMA",
    "TMT GOLONGAN",
)


@pytest.mark.parametrize(
    ("judul", "kolom"),
    [
        ("NIP BARU", "nip_baru"),
        ("\ufeffPNS ID", "pns_id"),
        ("  tanggal_lahir ", "tanggal_lahir"),
        ("Gol. Akhir Nama", "gol_akhir_nama"),
        ("TGL SK CPNS", "tanggal_sk_cpns"),
        ("TK PENDIDIKAN ID", "tingkat_pendidikan_id"),
        ("UNIT ORGANISASI NAMA", "unor_nama"),
    ],
)
def test_heading_is_found_in_either_form(judul, kolom):
    assert normalize_judul(judul) == kolom


def test_every_older_name_leads_to_a_column_that_is_read():
    assert set(LAMA.values()) <= set(KOLOM)
    assert not set(LAMA) & set(KOLOM)


def test_columns_keep_their_place_and_unknown_ones_are_skipped():
    assert map_judul([*WAJIB, "LOKASI KERJA NAMA"]) == [
        *(normalize_judul(judul) for judul in WAJIB),
        None,
    ]


@pytest.mark.parametrize("hilang", WAJIB)
def test_each_mandatory_column_is_named_when_missing(hilang):
    with pytest.raises(DomainError) as error:
        map_judul([judul for judul in WAJIB if judul != hilang])

    assert error.value.kode == "kolom_kurang"
    assert hilang in error.value.pesan


def test_golongan_may_be_given_by_its_id_alone():
    judul = ["GOL AKHIR ID" if satu == "GOL AKHIR NAMA" else satu for satu in WAJIB]

    assert "gol_akhir_id" in map_judul(judul)


def test_all_missing_columns_are_named_at_once():
    with pytest.raises(DomainError) as error:
        map_judul(["A", "B"])

    assert "NIP BARU, NAMA, TANGGAL LAHIR" in error.value.pesan


def test_a_column_in_both_forms_is_refused():
    with pytest.raises(DomainError) as error:
        map_judul([*WAJIB, "UNOR ID", "UNIT ORGANISASI ID"])

    assert error.value.kode == "kolom_kembar"
    assert "UNOR ID" in error.value.pesan
