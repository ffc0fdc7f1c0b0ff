"""Cases for any topic: mostly such as could be meant, sometimes anything at all."""

from typing import Any

from hypothesis import strategies as st

from bkpsdmd.calculator.masukan import (
    Boleh,
    Bulat,
    Daftar,
    Desimal,
    Jam,
    Kunci,
    Objek,
    Peta,
    Pilihan,
    SatuAtauDaftar,
    Tanggal,
    Tipe,
    Wajib,
    YaTidak,
)

ANEH = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=20)
    | st.lists(st.integers(), max_size=2)
    | st.dictionaries(st.text(max_size=3), st.integers(), max_size=2)
)


def build_kasus(kunci: tuple[Kunci, ...]) -> st.SearchStrategy[Any]:
    """Return cases of the topic with these keys: whole, in part, with a strange key.

    A whole one may lack what is not required: of two alternatives a case gives one.
    """
    nilai = {satu.nama: build_nilai(satu.tipe) for satu in kunci}
    wajib = {satu.nama for satu in kunci if satu.wajib is Wajib.WAJIB}
    lengkap = st.fixed_dictionaries(
        {nama: isi for nama, isi in nilai.items() if nama in wajib},
        optional={nama: isi for nama, isi in nilai.items() if nama not in wajib},
    )
    sebagian = st.fixed_dictionaries({}, optional={**nilai, "asing": ANEH})
    return lengkap | sebagian


def build_nilai(tipe: Tipe) -> st.SearchStrategy[Any]:
    mungkin = build_mungkin(tipe)
    return st.one_of(mungkin, mungkin, mungkin, mungkin, mungkin, ANEH)


def build_mungkin(tipe: Tipe) -> st.SearchStrategy[Any]:
    """Return values of a kind; Bulat comes before Desimal, which it extends."""
    match tipe:
        case Pilihan():
            return st.sampled_from(list(tipe.pilihan))
        case Bulat():
            return st.integers(tipe.minimum, min(tipe.maksimum, tipe.minimum + 2000))
        case Desimal():
            maksimum = min(tipe.maksimum, tipe.minimum + 2000)
            return st.decimals(tipe.minimum, maksimum, places=3).map(str)
        case YaTidak():
            return st.booleans()
        case Jam():
            return st.times().map(lambda jam: f"{jam:%H:%M}")
        case Tanggal():
            return st.dates().map(str)
        case Objek():
            return build_kasus(tipe.kunci)
        case Daftar():
            return st.lists(build_nilai(tipe.isi), max_size=3)
        case Peta():
            return st.dictionaries(
                build_mungkin(tipe.kunci).map(str), build_nilai(tipe.isi), max_size=4
            )
        case SatuAtauDaftar():
            return build_nilai(tipe.isi) | st.lists(build_nilai(tipe.isi), max_size=3)
        case Boleh():
            return st.none() | build_nilai(tipe.isi)
        case _:
            return st.text(max_size=20)
