"""Whether a riwayat pangkat may be recorded, and what about it needs a second look."""

from dataclasses import dataclass
from datetime import date

from bkpsdmd.regulations import Alasan, Hasil, Kode, load_regulasi
from bkpsdmd.regulations.teks import format_masa, format_tanggal
from simpeg.choices import JenisASN

from .golongan import Golongan
from .masa_kerja import transfer_masa_kerja
from .waktu import count_calendar_months


class KodePangkat(Kode):
    TMT_TANGGAL_SATU = "tmt_tanggal_satu", "TMT adalah hari pertama suatu bulan"
    TMT_TUNGGAL = "tmt_tunggal", "Hanya satu golongan untuk satu TMT"
    TMT_SETELAH_PENGANGKATAN = (
        "tmt_setelah_pengangkatan",
        "TMT tidak mendahului pengangkatan pertama",
    )
    URUTAN_NAIK = "urutan_naik", "Golongan tidak turun (peringatan)"
    SATU_TINGKAT = "satu_tingkat", "Golongan naik satu tingkat (peringatan)"
    MASA_KERJA = "masa_kerja", "Masa kerja golongan sesuai hitungan (peringatan)"


@dataclass(frozen=True)
class BarisPangkat:
    """A recorded golongan; masa kerja golongan in months on `tmt`."""

    golongan: Golongan
    tmt: date
    masa_kerja_bulan: int


@dataclass(frozen=True)
class FaktaRiwayatPangkat:
    """The row to record, and the rows in force without the one it replaces."""

    jenis_asn: JenisASN
    tmt_pengangkatan: date | None
    baru: BarisPangkat
    lain: tuple[BarisPangkat, ...]


@dataclass(frozen=True, kw_only=True)
class HasilPemeriksaan(Hasil):
    """`kesalahan` forbid the record, `peringatan` ask a person to look again."""

    kesalahan: tuple[Alasan, ...]
    peringatan: tuple[Alasan, ...]


def check_riwayat_pangkat(
    fakta: FaktaRiwayatPangkat, *, per_tanggal: date
) -> HasilPemeriksaan:
    """Return what speaks against recording this row.

    Eligibility for a promotion is another question: this looks only at whether the
    record can be true beside those already there.
    """
    fatal = (
        _check_tanggal_satu(fakta),
        _check_tmt_tunggal(fakta),
        _check_pengangkatan(fakta),
    )
    doubtful = (
        *_check_urutan(fakta),
        *_check_masa_kerja(fakta, per_tanggal),
    )
    return HasilPemeriksaan(
        kesalahan=tuple(a for a in fatal if not a.terpenuhi),
        peringatan=tuple(a for a in doubtful if not a.terpenuhi),
        alasan=(*fatal, *doubtful),
        dasar_hukum=tuple(a.dasar_hukum for a in doubtful if a.dasar_hukum),
    )


def expect_masa_kerja(
    sebelum: BarisPangkat, golongan: Golongan, tmt: date, *, per_tanggal: date
) -> int:
    """Return the masa kerja golongan, in months, that follows from the row before.

    Time served goes on; a PNS who moves from golongan I to II or II to III gives up
    what regulations/masa_kerja_pindah_golongan.yaml says, never falling below zero.
    """
    elapsed = count_calendar_months(sebelum.tmt, tmt)
    return transfer_masa_kerja(
        max(sebelum.masa_kerja_bulan + elapsed, 0),
        sebelum.golongan,
        golongan,
        per_tanggal=per_tanggal,
    )


def _check_tanggal_satu(fakta: FaktaRiwayatPangkat) -> Alasan:
    tmt = fakta.baru.tmt
    return Alasan(
        KodePangkat.TMT_TANGGAL_SATU,
        "TMT pangkat selalu tanggal 1; periksa kembali tanggal pada SK.",
        tmt.day == 1,
        tmt,
    )


def _check_tmt_tunggal(fakta: FaktaRiwayatPangkat) -> Alasan:
    kembar = next((b for b in fakta.lain if b.tmt == fakta.baru.tmt), None)
    pesan = (
        f"Sudah ada golongan {kembar.golongan} dengan TMT yang sama. Koreksi atau "
        "batalkan riwayat itu lebih dahulu."
        if kembar
        else "Belum ada golongan lain dengan TMT ini."
    )
    return Alasan(KodePangkat.TMT_TUNGGAL, pesan, kembar is None, fakta.baru.tmt)


def _check_pengangkatan(fakta: FaktaRiwayatPangkat) -> Alasan:
    awal, tmt = fakta.tmt_pengangkatan, fakta.baru.tmt
    pesan = (
        f"TMT tidak boleh sebelum pengangkatan pertama, {format_tanggal(awal)}."
        if awal
        else "TMT pengangkatan pertama belum tercatat, jadi tidak dibandingkan."
    )
    return Alasan(
        KodePangkat.TMT_SETELAH_PENGANGKATAN, pesan, awal is None or tmt >= awal, tmt
    )


def _check_urutan(fakta: FaktaRiwayatPangkat) -> tuple[Alasan, ...]:
    baru = fakta.baru
    sebelum, sesudah = _neighbours(fakta)
    reasons = []
    for bawah, atas in ((sebelum, baru), (baru, sesudah)):
        if bawah is None or atas is None:
            continue
        naik = atas.golongan.tingkat - bawah.golongan.tingkat
        reasons.append(
            Alasan(
                KodePangkat.URUTAN_NAIK,
                f"Golongan turun dari {bawah.golongan} ({format_tanggal(bawah.tmt)}) ke "
                f"{atas.golongan} ({format_tanggal(atas.tmt)}).",
                naik >= 0,
                atas.golongan,
            )
        )
        reasons.append(
            Alasan(
                KodePangkat.SATU_TINGKAT,
                f"Golongan naik {naik} tingkat sekaligus, dari {bawah.golongan} ke "
                f"{atas.golongan}.",
                naik <= 1,
                naik,
            )
        )
    return tuple(reasons)


def _check_masa_kerja(
    fakta: FaktaRiwayatPangkat, per_tanggal: date
) -> tuple[Alasan, ...]:
    sebelum, _ = _neighbours(fakta)
    if sebelum is None:
        return ()
    baru = fakta.baru
    bulan = expect_masa_kerja(sebelum, baru.golongan, baru.tmt, per_tanggal=per_tanggal)
    pesan = (
        f"Menurut riwayat sebelumnya masa kerja golongan per {format_tanggal(baru.tmt)} "
        f"adalah {format_masa(bulan)}, bukan {format_masa(baru.masa_kerja_bulan)}. "
        "Biarkan bila SK memang menyebut demikian (misalnya peninjauan masa kerja)."
    )
    ketentuan = load_regulasi("simpeg/masa_kerja_pindah_golongan").on(per_tanggal)
    return (
        Alasan(
            KodePangkat.MASA_KERJA,
            pesan,
            bulan == baru.masa_kerja_bulan,
            baru.masa_kerja_bulan,
            ketentuan.kutipan,
        ),
    )


def _neighbours(
    fakta: FaktaRiwayatPangkat,
) -> tuple[BarisPangkat | None, BarisPangkat | None]:
    tmt = fakta.baru.tmt
    before = [b for b in fakta.lain if b.tmt < tmt]
    after = [b for b in fakta.lain if b.tmt > tmt]
    return (
        max(before, key=lambda b: b.tmt, default=None),
        min(after, key=lambda b: b.tmt, default=None),
    )
