"""Disciplinary penalty for absence without a valid reason.

Dasar hukum: see regulations/hukuman_absen.yaml.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bkpsdmd.regulations import Alasan, Hasil, Ketentuan, Kode, load_regulasi
from simpeg.choices import TingkatHukuman


class KodeHukumanAbsen(Kode):
    ABSEN_KUMULATIF = (
        "absen_kumulatif",
        "Tidak masuk kerja dalam setahun mencapai ambang hukuman",
    )
    ABSEN_BERTURUT = (
        "absen_berturut",
        "Tidak masuk kerja berturut-turut mencapai ambang pemberhentian",
    )
    TIM_PEMERIKSA = "tim_pemeriksa", "Tim pemeriksa untuk tingkat hukuman itu"


class KodeRiwayatHukuman(Kode):
    JENIS_BERLAKU = (
        "jenis_berlaku",
        "Jenis hukuman dikenal peraturan yang berlaku (peringatan)",
    )


@dataclass(frozen=True)
class Hukuman:
    tingkat: TingkatHukuman
    kode_siasn: str
    uraian: str

    @classmethod
    def of(cls, baris: Mapping[str, Any]) -> "Hukuman":
        """Return the penalty of a row of the regulation file."""
        tingkat = TingkatHukuman(baris["tingkat"])
        return cls(tingkat, baris["kode_siasn"], baris["uraian"])


@dataclass(frozen=True, kw_only=True)
class HasilHukumanAbsen(Hasil):
    hukuman: Hukuman | None


def find_hukuman_absen(
    *, hari_kumulatif: int, hari_berturut: int, per_tanggal: date
) -> HasilHukumanAbsen:
    """Return the penalty for working days missed in one year, or in a row.

    The row may have begun in the year before, so it may be longer than the total.
    Raises KetentuanNotInForceError when no rule applies on that date.
    """
    ketentuan = load_regulasi("simpeg/hukuman_absen").on(per_tanggal)
    kumulatif = ketentuan.nilai["kumulatif"]
    berturut = ketentuan.nilai["berturut"]
    tercapai = [baris for baris in kumulatif if baris["mulai_hari"] <= hari_kumulatif]
    is_berturut = hari_berturut >= berturut["mulai_hari"]
    baris = berturut if is_berturut else tercapai[-1] if tercapai else None
    hukuman = Hukuman.of(baris) if baris is not None else None
    return HasilHukumanAbsen(
        hukuman=hukuman,
        alasan=(
            _explain_kumulatif(hari_kumulatif, tercapai, ketentuan),
            Alasan(
                KodeHukumanAbsen.ABSEN_BERTURUT,
                f"Tidak masuk {hari_berturut} hari kerja berturut-turut; pemberhentian "
                f"mulai {berturut['mulai_hari']} hari.",
                terpenuhi=is_berturut,
                nilai=hari_berturut,
                dasar_hukum=ketentuan.kutipan,
            ),
            *_explain_tim(hukuman, ketentuan),
        ),
        dasar_hukum=(ketentuan.kutipan,),
    )


def check_jenis_hukuman(kode_siasn: str, *, per_tanggal: date) -> Alasan | None:
    """Return what speaks against a penalty of this kind in a decree of that day.

    The kinds of older regulations stay in the SIASN list for the record of the past;
    raises KetentuanNotInForceError for that past.
    """
    ketentuan = load_regulasi("simpeg/hukuman_absen").on(per_tanggal)
    if any(row["kode_siasn"] == kode_siasn for row in ketentuan.nilai["kumulatif"]):
        return None
    return Alasan(
        KodeRiwayatHukuman.JENIS_BERLAKU,
        "Jenis hukuman ini berasal dari peraturan lama dan tidak dijatuhkan lagi "
        f"menurut {ketentuan.dasar_hukum}.",
        terpenuhi=False,
        nilai=kode_siasn,
        dasar_hukum=ketentuan.kutipan,
    )


def _explain_kumulatif(
    hari: int, tercapai: list[Mapping[str, Any]], ketentuan: Ketentuan
) -> Alasan:
    if tercapai:
        uraian = tercapai[-1]["uraian"]
        kalimat = (
            f"{uraian[0].lower()}{uraian[1:]} mulai {tercapai[-1]['mulai_hari']} hari."
        )
    else:
        pertama = ketentuan.nilai["kumulatif"][0]
        kalimat = f"hukuman mulai {pertama['mulai_hari']} hari."
    return Alasan(
        KodeHukumanAbsen.ABSEN_KUMULATIF,
        f"Tidak masuk tanpa alasan yang sah {hari} hari kerja dalam setahun; {kalimat}",
        terpenuhi=bool(tercapai),
        nilai=hari,
        dasar_hukum=ketentuan.kutipan,
    )


def _explain_tim(hukuman: Hukuman | None, ketentuan: Ketentuan) -> Iterator[Alasan]:
    tim = ketentuan.nilai["tim_pemeriksa"]
    if hukuman is not None and hukuman.tingkat in tim:
        yield Alasan(
            KodeHukumanAbsen.TIM_PEMERIKSA,
            f"Hukuman {hukuman.tingkat}: tim pemeriksa {tim[hukuman.tingkat]}.",
            dasar_hukum=ketentuan.kutipan,
        )
