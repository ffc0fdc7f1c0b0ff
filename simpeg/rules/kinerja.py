"""What a recorded rating must agree with: its year, its sums, its quadrant.

Dasar hukum: see regulations/penilaian_kinerja_sistem.yaml, bobot_skp.yaml and
ekinerja/regulations/kuadran_kinerja.yaml.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from bkpsdmd.regulations import Alasan, Kode, load_regulasi
from bkpsdmd.regulations.angka import round_half_up
from simpeg.choices import Ekspektasi, Predikat, SistemSKP

# Papers round each mark; more than this is another number.
TOLERANSI = Decimal("0.05")


class KodeRiwayatKinerja(Kode):
    TAHUN_PENILAIAN = (
        "tahun_penilaian",
        "Tahun penilaian termasuk masa berlakunya cara menilai itu",
    )
    KUADRAN_COCOK = (
        "kuadran_cocok",
        "Predikat sama dengan kuadran hasil kerja dan perilaku kerja (peringatan)",
    )
    JUMLAH_COCOK = "jumlah_cocok", "Jumlah sama dengan unsur-unsurnya (peringatan)"
    RATA_RATA_COCOK = (
        "rata_rata_cocok",
        "Nilai rata-rata sama dengan jumlah dibagi banyaknya unsur (peringatan)",
    )
    BOBOT_COCOK = (
        "bobot_cocok",
        "Nilai prestasi kerja mengikuti bobot SKP dan perilaku (peringatan)",
    )


def check_tahun(sistem: str, tahun: int) -> Alasan | None:
    """Return what is wrong with recording this year as `sistem`, None if nothing."""
    ketentuan = load_regulasi("simpeg/penilaian_kinerja_sistem").find(
        date(tahun, 12, 31)
    )
    if ketentuan is not None and ketentuan.nilai == sistem:
        return None
    kata = f"dinilai menurut {ketentuan.dasar_hukum}" if ketentuan else "terlalu lama"
    pesan = f"Tahun {tahun} {kata}; catat pada riwayat yang sesuai."
    return Alasan(
        KodeRiwayatKinerja.TAHUN_PENILAIAN,
        pesan,
        terpenuhi=False,
        dasar_hukum=ketentuan.kutipan if ketentuan else "",
    )


def check_kuadran(
    hasil: Ekspektasi, perilaku: Ekspektasi, kuadran: Predikat, *, per_tanggal: date
) -> Alasan | None:
    """Return what the quadrant of both ratings says instead, None if it says the same."""
    ketentuan = load_regulasi("ekinerja/kuadran_kinerja").find(per_tanggal)
    if ketentuan is None:
        return None
    seharusnya = Predikat(ketentuan.nilai[hasil][perilaku])
    if seharusnya is kuadran:
        return None
    return Alasan(
        KodeRiwayatKinerja.KUADRAN_COCOK,
        f"Hasil kerja {hasil.label.lower()} dan perilaku kerja {perilaku.label.lower()} "
        f"berpredikat {seharusnya.label}, bukan {kuadran.label}.",
        terpenuhi=False,
        nilai=seharusnya,
        dasar_hukum=ketentuan.kutipan,
    )


def check_jumlah(
    unsur: Sequence[Decimal | None], jumlah: Decimal, rata_rata: Decimal
) -> list[Alasan]:
    """Return where sum or mean are not those of the marks that were given."""
    ada = [nilai for nilai in unsur if nilai is not None]
    total = sum(ada, Decimal())
    salah = []
    if abs(total - jumlah) > TOLERANSI:
        pesan = f"Jumlah unsurnya {_tulis(total)}, tercatat {_tulis(jumlah)}."
        salah.append(Alasan(KodeRiwayatKinerja.JUMLAH_COCOK, pesan, terpenuhi=False))
    if ada and abs(jumlah / len(ada) - rata_rata) > TOLERANSI:
        pesan = (
            f"{_tulis(jumlah)} dibagi {len(ada)} unsur ialah "
            f"{_tulis(jumlah / len(ada))}, tercatat {_tulis(rata_rata)}."
        )
        salah.append(Alasan(KodeRiwayatKinerja.RATA_RATA_COCOK, pesan, terpenuhi=False))
    return salah


def check_bobot(
    sistem: SistemSKP,
    *,
    skp: Decimal,
    perilaku: Decimal,
    prestasi: Decimal,
    tahun: int,
) -> Alasan | None:
    """Return why this is not the weighted mark of that year, None where it is.

    Says nothing for a year without weights.
    """
    ketentuan = load_regulasi("simpeg/bobot_skp").find(date(tahun, 12, 31))
    susunan = ketentuan.nilai[sistem] if ketentuan else ()
    if ketentuan is None or not susunan:
        return None
    hasil = [(skp * a + perilaku * b) / 100 for a, b in susunan]
    if any(abs(nilai - prestasi) <= TOLERANSI for nilai in hasil):
        return None
    kata = " atau ".join(
        f"{_tulis(nilai)} (bobot {a} dan {b} persen)"
        for nilai, (a, b) in zip(hasil, susunan, strict=True)
    )
    return Alasan(
        KodeRiwayatKinerja.BOBOT_COCOK,
        f"Nilai prestasi kerja menurut bobotnya {kata}, tercatat {_tulis(prestasi)}.",
        terpenuhi=False,
        dasar_hukum=ketentuan.kutipan,
    )


def _tulis(nilai: Decimal) -> str:
    return f"{round_half_up(nilai, 2)}".replace(".", ",")
