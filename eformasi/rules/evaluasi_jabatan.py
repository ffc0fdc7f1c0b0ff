"""Class of a jabatan from the levels of its factors.

Dasar hukum: see regulations/evaluasi_faktor.yaml, evaluasi_kelas.yaml.
"""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from bkpsdmd.exceptions import DomainError
from bkpsdmd.regulations import Alasan, Hasil, Kode, load_regulasi
from eformasi.choices import JenisEvaluasi


class KodeEvaluasi(Kode):
    FAKTOR = "faktor", "Nilai suatu faktor menurut levelnya"
    KELAS = "kelas", "Kelas jabatan menurut jumlah nilai"
    USULAN = "usulan", "Kelas baru berlaku setelah persetujuan Menteri"
    FAKTOR_KURANG = "faktor_kurang", "Ada faktor yang belum diberi level"
    FAKTOR_ASING = "faktor_asing", "Faktor bukan milik jenis jabatan itu"
    LEVEL_MUSTAHIL = "level_mustahil", "Faktor tidak mempunyai level itu"
    SKOR_TERLALU_RENDAH = "skor_terlalu_rendah", "Nilai di bawah kelas 1"


@dataclass(frozen=True, kw_only=True)
class HasilEvaluasi(Hasil):
    skor: int
    kelas: int


def evaluate_jabatan(
    jenis: JenisEvaluasi, level: Mapping[str, int], *, per_tanggal: date
) -> HasilEvaluasi:
    """Return score and class from one level for every factor of the kind.

    Raises DomainError for a factor that is missing, foreign or without that level, and
    KetentuanNotInForceError when no rule applies on that date.
    """
    ketentuan = load_regulasi("eformasi/evaluasi_faktor").on(per_tanggal)
    faktor = ketentuan.nilai[jenis]
    _check_faktor(jenis, level, faktor)
    nilai = {nama: faktor[nama][level[nama] - 1] for nama in faktor}
    alasan = tuple(
        Alasan(
            KodeEvaluasi.FAKTOR,
            f"Faktor {nama} level {level[nama]}: {poin}.",
            nilai=poin,
            dasar_hukum=ketentuan.kutipan,
        )
        for nama, poin in nilai.items()
    )
    hasil = find_kelas(sum(nilai.values()), per_tanggal=per_tanggal)
    return replace(
        hasil,
        alasan=(*alasan, *hasil.alasan),
        dasar_hukum=(ketentuan.kutipan, *hasil.dasar_hukum),
    )


def find_kelas(skor: int, *, per_tanggal: date) -> HasilEvaluasi:
    """Return the class of a score; one between two rows takes the higher class.

    Raises DomainError below class 1, and KetentuanNotInForceError when no rule applies
    on that date.
    """
    ketentuan = load_regulasi("eformasi/evaluasi_kelas").on(per_tanggal)
    terendah: int = ketentuan.nilai["terendah"]
    if skor < terendah:
        raise DomainError(
            f"skor {skor} di bawah nilai terendah kelas 1, {terendah}: tidak ada kelas.",
            kolom="skor",
            kode=KodeEvaluasi.SKOR_TERLALU_RENDAH,
        )
    kelas = bisect_left(ketentuan.nilai["sampai"], skor) + 1
    return HasilEvaluasi(
        skor=skor,
        kelas=kelas,
        alasan=(
            Alasan(
                KodeEvaluasi.KELAS,
                f"Jumlah nilai {skor}: kelas jabatan {kelas}.",
                nilai=kelas,
                dasar_hukum=ketentuan.kutipan,
            ),
            Alasan(
                KodeEvaluasi.USULAN,
                "Hasil ini usulan; kelas jabatan berlaku setelah validasi dan persetujuan "
                "Menteri PANRB.",
            ),
        ),
        dasar_hukum=(ketentuan.kutipan,),
    )


def _check_faktor(
    jenis: JenisEvaluasi,
    level: Mapping[str, int],
    faktor: Mapping[str, tuple[int, ...]],
) -> None:
    for nama in level:
        if nama not in faktor:
            raise DomainError(
                f"level.{nama} bukan faktor {jenis.label.lower()}: gunakan "
                f"{', '.join(faktor)}.",
                kolom=f"level.{nama}",
                kode=KodeEvaluasi.FAKTOR_ASING,
            )
    for nama, poin in faktor.items():
        if nama not in level:
            raise DomainError(
                f"level.{nama} harus diisi: setiap faktor diberi level.",
                kolom=f"level.{nama}",
                kode=KodeEvaluasi.FAKTOR_KURANG,
            )
        if not 1 <= level[nama] <= len(poin):
            raise DomainError(
                f"level.{nama} {level[nama]} tidak ada: faktor ini mempunyai level 1 "
                f"sampai {len(poin)}.",
                kolom=f"level.{nama}",
                kode=KodeEvaluasi.LEVEL_MUSTAHIL,
            )
