"""The form of a topic: what is filled in is what the calculator gets."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from bkpsdmd.calculator.formulir import (
    BARIS_TERBANYAK,
    Barisan,
    Formulir,
    Tunggal,
    drop_row,
)
from bkpsdmd.calculator.masukan import (
    Boleh,
    Bulat,
    Daftar,
    Desimal,
    Jam,
    Kunci,
    MasukanError,
    Objek,
    Peta,
    Pilihan,
    SatuAtauDaftar,
    Tanggal,
    Teks,
    Tipe,
    Wajib,
    YaTidak,
)
from bkpsdmd.calculator.registry import Topik, list_topik

LATIHAN = Objek(
    (Kunci("tingkat", Bulat(), "Tingkat"), Kunci("lulus", Boleh(Tanggal()), "Lulus"))
)
KUNCI = (
    Kunci("nama", Teks(), "Nama"),
    Kunci("bobot", Desimal(), "Bobot", Wajib.OPSIONAL),
    Kunci("cpns", YaTidak(), "CPNS", Wajib.OPSIONAL),
    Kunci("sejak", Boleh(Tanggal()), "Sejak"),
    Kunci("latihan", Boleh(LATIHAN), "Latihan", Wajib.OPSIONAL),
    Kunci("anak", Daftar(Objek((Kunci("usia", Bulat(), "Usia"),))), "Anak"),
    Kunci("libur", Daftar(Tanggal()), "Libur", Wajib.OPSIONAL),
    Kunci(
        "predikat",
        Peta(Bulat(minimum=1900, maksimum=2200), Pilihan({"baik": 1}), "Tahun"),
        "Predikat",
        Wajib.OPSIONAL,
    ),
    Kunci("jumlah", Peta(Pilihan({"a": 1, "b": 2}), Bulat()), "Jumlah", Wajib.OPSIONAL),
    Kunci("butuh", SatuAtauDaftar(Bulat()), "Butuh", Wajib.OPSIONAL),
)
LENGKAP = {
    "nama": "Ani",
    "sejak": "2026-01-01",
    "anak[0].usia": "3",
}


def fill(**data: str) -> Formulir:
    return Formulir(KUNCI, {**LENGKAP, **data}, rapat=True)


def read(data: dict[str, str]) -> Any:
    return Formulir(KUNCI, data, rapat=True).read()


def test_filled_form_is_a_case() -> None:
    data = {
        **LENGKAP,
        "bobot": "1,5",
        "cpns": "false",
        "latihan.tingkat": "2",
        "libur[0]": "2026-08-17",
        "libur[1]": "2026-12-25",
        "predikat[0].kunci": "2025",
        "predikat[0].nilai": "baik",
        "jumlah.b": "4",
        "butuh[0]": "7",
        "butuh[1]": "8",
    }

    assert read(data) == {
        "nama": "Ani",
        "bobot": "1.5",
        "cpns": False,
        "sejak": "2026-01-01",
        "latihan": {"tingkat": "2", "lulus": None},
        "anak": [{"usia": "3"}],
        "libur": ["2026-08-17", "2026-12-25"],
        "predikat": {"2025": "baik"},
        "jumlah": {"b": "4"},
        "butuh": ["7", "8"],
    }


def test_what_is_left_empty_is_left_out() -> None:
    """But a key whose value may be known to be absent says so."""
    assert read({"nama": " ", "anak[0].usia": ""}) == {"sejak": None}


def test_one_row_of_one_or_many_is_the_value_itself() -> None:
    assert read({"butuh[0]": "7"})["butuh"] == "7"


def test_rows_without_content_do_not_exist() -> None:
    data = {"anak[1].usia": "", "anak[4].usia": "9", "anak[2].usia": "5"}

    formulir = Formulir(KUNCI, data, rapat=True)

    assert formulir.read()["anak"] == [{"usia": "5"}, {"usia": "9"}]
    assert ("anak[1].usia", "9") in formulir.list_pasangan()


@pytest.mark.parametrize(
    ("tipe", "tertulis", "angka"),
    [
        (Bulat(), "3.500.000", "3500000"),
        (Bulat(), "Rp 3.500.000", "3500000"),
        (Bulat(), "1.250", "1250"),
        (Bulat(), "3.5", "3.5"),
        (Desimal(), "1.250.000", "1250000"),
        (Desimal(), "1.250,75", "1250.75"),
        (Desimal(), "0,5", "0.5"),
        (Desimal(), "0.5", "0.5"),
        (Desimal(), "0.125", "0.125"),
        (Desimal(), "12.75", "12.75"),
        (Desimal(), "abc", "abc"),
    ],
)
def test_number_is_read_as_it_is_written_here(
    tipe: Tipe, tertulis: str, angka: str
) -> None:
    formulir = Formulir((Kunci("n", tipe, "N"),), {"n": tertulis}, rapat=True)

    assert formulir.read() == {"n": angka}


def test_number_that_can_be_meant_in_two_ways_is_refused() -> None:
    with pytest.raises(MasukanError, match="1250 atau 1,250") as error:
        fill(bobot="1.250").read()

    assert error.value.kolom == "bobot"


def test_day_may_be_typed_the_indonesian_way() -> None:
    assert fill(sejak="17-5-1970").read()["sejak"] == "1970-05-17"


@pytest.mark.parametrize(
    ("data", "kolom"),
    [
        ({"predikat[0].kunci": "2025"}, "predikat[0].nilai"),
        ({"predikat[0].nilai": "baik"}, "predikat[0].kunci"),
        (
            {
                "predikat[0].kunci": "2025",
                "predikat[0].nilai": "baik",
                "predikat[1].kunci": "2025",
                "predikat[1].nilai": "baik",
            },
            "predikat[1].kunci",
        ),
    ],
)
def test_half_a_pair_and_a_repeated_name_are_refused(
    data: dict[str, str], kolom: str
) -> None:
    with pytest.raises(MasukanError) as error:
        fill(**data).read()

    assert error.value.kolom == kolom


@pytest.mark.parametrize(
    ("kolom", "isian"),
    [
        ("nama", "nama"),
        ("anak[0].usia", "anak[0].usia"),
        ("anak.usia", "anak"),
        ("anak[0].tinggi", "anak[0]"),
        ("anak[7].usia", "anak"),
        ("predikat.2025", "predikat[0].nilai"),
        ("predikat.lusa", "predikat[1].kunci"),
        ("butuh", "butuh[0]"),
        ("latihan.tingkat", "latihan.tingkat"),
        ("asing", None),
        ("", None),
    ],
)
def test_refusal_stands_at_its_field_or_the_nearest_around_it(
    kolom: str, isian: str | None
) -> None:
    formulir = fill(
        **{
            "predikat[0].kunci": "2025",
            "predikat[0].nilai": "baik",
            "predikat[1].kunci": "lusa",
            "predikat[1].nilai": "baik",
        }
    )

    ditandai = formulir.mark(kolom, "salah")

    assert (ditandai and ditandai.nama) == isian
    assert [satu.nama for satu in formulir.walk() if satu.galat] == (
        [isian] if isian else []
    )


def test_row_is_added_with_the_cursor_and_taken_away() -> None:
    formulir = Formulir(KUNCI, LENGKAP, rapat=False)

    formulir.add_row("anak")

    nama = [satu.nama for satu in formulir.walk() if isinstance(satu, Tunggal)]
    assert "anak[1].usia" in nama
    fokus = [satu for satu in formulir.walk() if getattr(satu, "is_fokus", False)]
    assert [satu.nama for satu in fokus] == ["anak[1].usia"]
    data = {"anak[0].usia": "3", "anak[1].usia": "5", "anak[10].usia": "7"}
    assert drop_row(data, "anak[1]") == {"anak[0].usia": "3", "anak[10].usia": "7"}


def test_empty_rows_stay_while_rows_are_added() -> None:
    data = {"anak[0].usia": "", "anak[1].usia": ""}

    formulir = Formulir(KUNCI, data, rapat=False)
    formulir.add_row("anak")

    (anak,) = [satu for satu in formulir.isian if satu.nama == "anak"]
    assert isinstance(anak, Barisan)
    assert len(anak.baris) == 3


def test_number_of_rows_has_an_end() -> None:
    data = {f"anak[{nomor}].usia": "1" for nomor in range(BARIS_TERBANYAK + 5)}

    formulir = Formulir(KUNCI, data, rapat=False)
    formulir.add_row("anak")

    assert len(formulir.read()["anak"]) == BARIS_TERBANYAK


def test_ids_are_unique_and_fit_for_a_link() -> None:
    formulir = fill(**{"anak[1].usia": "4", "libur[1]": "2026-01-01"})

    ids = [satu.id for satu in formulir.walk()]

    assert len(ids) == len(set(ids))
    assert all(satu.replace("-", "").replace("_", "").isalnum() for satu in ids)


# -- Every topic, whichever apps are installed ----------------------------------------


def build_contoh(tipe: Tipe) -> Any:
    """Return a value of this kind, every key of it filled in."""
    if isinstance(tipe, Boleh):
        return build_contoh(tipe.isi)
    if isinstance(tipe, Objek):
        return {satu.nama: build_contoh(satu.tipe) for satu in tipe.kunci}
    if isinstance(tipe, Daftar | SatuAtauDaftar):
        return [build_contoh(tipe.isi), build_contoh(tipe.isi)]
    if isinstance(tipe, Peta):
        return {str(build_contoh(tipe.kunci)): build_contoh(tipe.isi)}
    if isinstance(tipe, Pilihan):
        return next(iter(tipe.pilihan))
    if isinstance(tipe, Desimal):
        return str(max(tipe.minimum, 1))
    if isinstance(tipe, YaTidak):
        return True
    if isinstance(tipe, Tanggal):
        return "2026-02-28"
    return "07:30" if isinstance(tipe, Jam) else "1"


def flatten(tipe: Tipe, nama: str, nilai: Any) -> Iterator[tuple[str, str]]:
    """Yield the fields that a case fills in, as a form or an address carries them."""
    if nilai is None:
        return
    if isinstance(tipe, Boleh):
        yield from flatten(tipe.isi, nama, nilai)
    elif isinstance(tipe, Objek):
        for satu in tipe.kunci:
            if satu.nama in nilai:
                yield from flatten(satu.tipe, f"{nama}.{satu.nama}", nilai[satu.nama])
    elif isinstance(tipe, Peta):
        for posisi, (kunci, isi) in enumerate(nilai.items()):
            if isinstance(tipe.kunci, Pilihan):
                yield from flatten(tipe.isi, f"{nama}.{kunci}", isi)
            else:
                yield f"{nama}[{posisi}].kunci", str(kunci)
                yield from flatten(tipe.isi, f"{nama}[{posisi}].nilai", isi)
    elif isinstance(tipe, Daftar | SatuAtauDaftar):
        daftar = nilai if isinstance(nilai, list) else [nilai]
        for posisi, isi in enumerate(daftar):
            yield from flatten(tipe.isi, f"{nama}[{posisi}]", isi)
    elif isinstance(nilai, bool):
        yield nama, str(nilai).lower()
    elif isinstance(nilai, float | Decimal) or "." in str(nilai):
        is_angka = isinstance(tipe, Desimal)
        yield nama, str(nilai).replace(".", ",") if is_angka else str(nilai)
    else:
        yield nama, str(nilai)


def flatten_kasus(topik: Topik, kasus: dict[str, Any]) -> dict[str, str]:
    return {
        nama: nilai
        for kunci in topik.semua_kunci
        if kunci.nama in kasus
        for nama, nilai in flatten(kunci.tipe, kunci.nama, kasus[kunci.nama])
    }


@pytest.mark.parametrize("topik", list_topik(), ids=lambda topik: topik.nama)
def test_every_case_of_a_topic_goes_through_its_form_unchanged(topik: Topik) -> None:
    kasus = {satu.nama: build_contoh(satu.tipe) for satu in topik.semua_kunci}

    data = flatten_kasus(topik, kasus)
    formulir = Formulir(topik.semua_kunci, data, rapat=True)

    assert formulir.read() == kasus
    assert dict(formulir.list_pasangan()) == data
