"""Legal standing that follows from a decree, and what speaks against the decree.

Dasar hukum: see regulations/kedudukan_penugasan.yaml and cltn.yaml.
"""

from datetime import date

from bkpsdmd.regulations import Alasan, Kode, load_regulasi
from simpeg.rules.waktu import add_months, add_years

CLTN, PERPANJANGAN_CLTN = "1", "5"
# Which acts end what, by the kind that SIASN gives them.
MENGAKTIFKAN = {
    "3": frozenset({"1", "5"}),
    "4": frozenset({"2"}),
    "8": frozenset({"6", "7"}),
    "11": frozenset({"9"}),
    "12": frozenset({"10"}),
}
MEMPERPANJANG = {"5": frozenset({"1", "5"}), "7": frozenset({"6", "7"})}


class KodePenugasan(Kode):
    LAMA_CLTN = "lama_cltn", "Lamanya CLTN tidak melampaui batas (peringatan)"
    ADA_YANG_DIAKHIRI = (
        "ada_yang_diakhiri",
        "Ada penugasan tercatat yang diakhiri SK pengaktifan ini (peringatan)",
    )
    ADA_YANG_DIPERPANJANG = (
        "ada_yang_diperpanjang",
        "Ada penugasan tercatat yang diperpanjang SK ini (peringatan)",
    )


def find_kedudukan(jenis: str, *, per_tanggal: date) -> str | None:
    """Return the standing (SIASN id) that follows from an act of this kind."""
    ketentuan = load_regulasi("simpeg/kedudukan_penugasan").find(per_tanggal)
    return ketentuan.nilai.get(jenis) if ketentuan else None


def list_di_luar(*, per_tanggal: date) -> frozenset[str]:
    """Return the standings of those whom a decree keeps from their post for a time."""
    ketentuan = load_regulasi("simpeg/kedudukan_penugasan").find(per_tanggal)
    if ketentuan is None:
        return frozenset()
    return frozenset(
        kedudukan
        for jenis, kedudukan in ketentuan.nilai.items()
        if jenis.isdigit() and not is_pengaktifan(jenis)
    )


def is_pengaktifan(jenis: str) -> bool:
    return jenis in MENGAKTIFKAN


def check_lama_cltn(jenis: str, mulai: date, selesai: date) -> Alasan | None:
    """Return why this leave is longer than may be, None where it is not."""
    if jenis != CLTN:
        return None
    ketentuan = load_regulasi("simpeg/cltn").find(mulai)
    if ketentuan is None:
        return None
    maks = ketentuan.nilai["maks"]
    tambah = add_years if maks["satuan"] == "tahun" else add_months
    if selesai < tambah(mulai, maks["nilai"]):
        return None
    return Alasan(
        KodePenugasan.LAMA_CLTN,
        f"CLTN ini lebih lama daripada {maks['nilai']} {maks['satuan']}; selebihnya "
        "memerlukan SK perpanjangan.",
        terpenuhi=False,
        dasar_hukum=ketentuan.kutipan,
    )


def check_sebelumnya(jenis: str, tercatat: frozenset[str]) -> Alasan | None:
    """Return that nothing on record is ended or prolonged by an act of this kind.

    `tercatat` are the kinds of the person's earlier acts.
    """
    if dasar := MENGAKTIFKAN.get(jenis):
        kode, kata = KodePenugasan.ADA_YANG_DIAKHIRI, "diakhiri pengaktifan ini"
    elif dasar := MEMPERPANJANG.get(jenis, frozenset()):
        kode, kata = KodePenugasan.ADA_YANG_DIPERPANJANG, "diperpanjang SK ini"
    else:
        return None
    if dasar & tercatat:
        return None
    return Alasan(kode, f"Belum tercatat penugasan yang {kata}.", terpenuhi=False)
