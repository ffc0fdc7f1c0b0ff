"""People there will be, will lack, and should be asked for, year by year.

Dasar hukum: see regulations/proyeksi_kebutuhan.yaml.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bkpsdmd.exceptions import DomainError
from bkpsdmd.regulations import Alasan, Hasil, Ketentuan, Kode, load_regulasi


class KodeProyeksi(Kode):
    TANPA_PENGADAAN = (
        "tanpa_pengadaan",
        "Bezetting dan kekurangan dihitung tanpa pengadaan",
    )
    USULAN = "usulan", "Usulan tiap tahun dianggap terisi pada tahunnya"
    BATAS_BUP = "batas_bup", "Usulan tidak melebihi pegawai yang mencapai BUP"
    BUP_MELEBIHI_BEZETTING = (
        "bup_melebihi_bezetting",
        "Lebih banyak yang pensiun daripada yang ada",
    )
    TAHUN_TIDAK_SAMA = "tahun_tidak_sama", "Kebutuhan dan BUP tidak sama tahunnya"


@dataclass(frozen=True)
class FaktaProyeksi:
    """`kebutuhan` and `bup` by year; `bezetting` at the start of the first."""

    kebutuhan: Sequence[int]
    bezetting: int
    bup: Sequence[int]
    is_dibatasi_bup: bool = False


@dataclass(frozen=True, kw_only=True)
class HasilProyeksi(Hasil):
    bezetting: tuple[int, ...]
    kekurangan: tuple[int, ...]
    usulan: tuple[int, ...]


def compute_proyeksi(fakta: FaktaProyeksi, *, per_tanggal: date) -> HasilProyeksi:
    """Return what retirements leave, what lacks, and whom to ask for, never twice.

    Raises DomainError when the years differ or more retire than there are, and
    KetentuanNotInForceError when no rule applies on that date.
    """
    ketentuan = load_regulasi("eformasi/proyeksi_kebutuhan").on(per_tanggal)
    _check_fakta(fakta)
    ada, sudah_diusulkan = fakta.bezetting, 0
    bezetting, kekurangan, usulan = [], [], []
    for kebutuhan, bup in zip(fakta.kebutuhan, fakta.bup, strict=True):
        ada -= bup
        kurang = max(0, kebutuhan - ada)
        diusulkan = max(0, kurang - sudah_diusulkan)
        if fakta.is_dibatasi_bup:
            diusulkan = min(diusulkan, bup * ketentuan.nilai)
        sudah_diusulkan += diusulkan
        bezetting.append(ada)
        kekurangan.append(kurang)
        usulan.append(diusulkan)
    return HasilProyeksi(
        bezetting=tuple(bezetting),
        kekurangan=tuple(kekurangan),
        usulan=tuple(usulan),
        alasan=_explain(fakta, kekurangan, usulan, ketentuan),
        dasar_hukum=(ketentuan.kutipan,),
    )


def _check_fakta(fakta: FaktaProyeksi) -> None:
    if len(fakta.kebutuhan) != len(fakta.bup):
        raise DomainError(
            f"kebutuhan memuat {len(fakta.kebutuhan)} tahun, bup {len(fakta.bup)} tahun: "
            "harus sama banyak, atau kebutuhan satu bilangan.",
            kolom="kebutuhan",
            kode=KodeProyeksi.TAHUN_TIDAK_SAMA,
        )
    if sum(fakta.bup) > fakta.bezetting:
        raise DomainError(
            f"bup berjumlah {sum(fakta.bup)} orang, lebih banyak daripada bezetting "
            f"{fakta.bezetting} orang.",
            kolom="bup",
            kode=KodeProyeksi.BUP_MELEBIHI_BEZETTING,
        )


def _explain(
    fakta: FaktaProyeksi,
    kekurangan: Sequence[int],
    usulan: Sequence[int],
    ketentuan: Ketentuan,
) -> tuple[Alasan, ...]:
    alasan = [
        Alasan(
            KodeProyeksi.TANPA_PENGADAAN,
            f"Dari {fakta.bezetting} orang, {sum(fakta.bup)} mencapai BUP dalam "
            f"{len(fakta.bup)} tahun; bezetting dan kekurangan dihitung tanpa pengadaan.",
            dasar_hukum=ketentuan.kutipan,
        ),
        Alasan(
            KodeProyeksi.USULAN,
            f"Usulan {sum(usulan)} orang; yang sudah diusulkan dianggap terisi pada "
            "tahunnya dan tidak diusulkan lagi.",
            nilai=sum(usulan),
            dasar_hukum=ketentuan.kutipan,
        ),
    ]
    if fakta.is_dibatasi_bup:
        sisa = max(0, kekurangan[-1] - sum(usulan)) if usulan else 0
        alasan.append(
            Alasan(
                KodeProyeksi.BATAS_BUP,
                "Usulan tiap tahun tidak melebihi pegawai yang mencapai BUP tahun itu; "
                f"kekurangan yang tidak terisi pada akhir masa {sisa} orang.",
                terpenuhi=not sisa,
                nilai=sisa,
                dasar_hukum=ketentuan.kutipan,
            )
        )
    return tuple(alasan)
