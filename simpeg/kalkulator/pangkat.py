"""Promotion: its conditions and its days."""

from collections.abc import Callable, Mapping
from typing import Any

from bkpsdmd.calculator.masukan import (
    Desimal,
    Kunci,
    Masukan,
    Pilihan,
    Tanggal,
    Wajib,
    YaTidak,
)
from bkpsdmd.calculator.registry import Jawaban, Keluaran, Topik
from simpeg.choices import (
    Eselon,
    JenisKenaikanPangkat,
    Jenjang,
    Pendidikan,
    TingkatHukuman,
)
from simpeg.rules.golongan import GolonganPNS
from simpeg.rules.kenaikan_pangkat import (
    FaktaFungsional,
    FaktaPangkat,
    FaktaPengabdian,
    FaktaPenyesuaianIjazah,
    FaktaPrestasi,
    FaktaReguler,
    FaktaStruktural,
    KodeKenaikanPangkat,
    check_kenaikan_pangkat,
    is_atasan_a_limit,
    is_below_eselon,
    is_ujian_dinas_needed,
)
from simpeg.rules.periode_kp import KodePeriodeKp, check_periode_kp

from .kunci import MASA_KERJA, PREDIKAT_TAHUNAN


def answer_kp(masukan: Masukan) -> Jawaban:
    fakta = FAKTA[masukan["jenis"]](masukan)
    hasil = check_kenaikan_pangkat(fakta, per_tanggal=masukan["tanggal"])
    return Jawaban.of(
        hasil,
        memenuhi_syarat=hasil.memenuhi_syarat,
        golongan_baru=hasil.golongan_baru,
        tmt_kp=hasil.tmt_kp,
    )


def answer_periode_kp(masukan: Masukan) -> Jawaban:
    hasil = check_periode_kp(masukan["tmt"])
    return Jawaban.of(hasil, boleh=hasil.boleh)


def _read_umum(masukan: Masukan) -> dict[str, Any]:
    return {
        "golongan": masukan["golongan"],
        "tmt_golongan": masukan["tmt_golongan"],
        "predikat": masukan["predikat"],
        "hukuman_berjalan": masukan.find("hukuman_berjalan"),
    }


def _build_reguler(masukan: Masukan) -> FaktaReguler:
    golongan, tanggal = masukan["golongan"], masukan["tanggal"]
    perlu_ujian = is_ujian_dinas_needed(golongan, per_tanggal=tanggal)
    perlu_atasan = is_atasan_a_limit(per_tanggal=tanggal)
    return FaktaReguler(
        **_read_umum(masukan),
        pendidikan=masukan.find("pendidikan"),
        lulus_ujian=masukan.find("lulus_ujian") if perlu_ujian else None,
        golongan_atasan=masukan.find("golongan_atasan") if perlu_atasan else None,
    )


def _build_struktural(masukan: Masukan) -> FaktaStruktural:
    golongan, eselon = masukan["golongan"], masukan.need("eselon")
    di_bawah = is_below_eselon(golongan, eselon, per_tanggal=masukan["tanggal"])
    return FaktaStruktural(
        **_read_umum(masukan),
        eselon=eselon,
        tmt_jabatan=masukan.find("tmt_jabatan") if di_bawah else None,
    )


def _build_fungsional(masukan: Masukan) -> FaktaFungsional:
    return FaktaFungsional(
        **_read_umum(masukan),
        jenjang=masukan.find("jenjang"),
        ak_sejak_pangkat=masukan.find("ak_sejak_pangkat"),
    )


def _build_penyesuaian_ijazah(masukan: Masukan) -> FaktaPenyesuaianIjazah:
    return FaktaPenyesuaianIjazah(
        **_read_umum(masukan),
        pendidikan=masukan.need("pendidikan"),
        lulus_ujian=masukan.find("lulus_ujian"),
    )


def _build_pengabdian(masukan: Masukan) -> FaktaPengabdian:
    return FaktaPengabdian(
        **_read_umum(masukan), masa_kerja_bulan=masukan.find("masa_kerja_bulan")
    )


def _build_prestasi(masukan: Masukan) -> FaktaPrestasi:
    return FaktaPrestasi(
        **_read_umum(masukan), penetapan_prestasi=masukan.find("penetapan_prestasi")
    )


FAKTA: Mapping[JenisKenaikanPangkat, Callable[[Masukan], FaktaPangkat]] = {
    JenisKenaikanPangkat.REGULER: _build_reguler,
    JenisKenaikanPangkat.STRUKTURAL: _build_struktural,
    JenisKenaikanPangkat.FUNGSIONAL: _build_fungsional,
    JenisKenaikanPangkat.PENYESUAIAN_IJAZAH: _build_penyesuaian_ijazah,
    JenisKenaikanPangkat.PENGABDIAN: _build_pengabdian,
    JenisKenaikanPangkat.PRESTASI_LUAR_BIASA: _build_prestasi,
}

KUNCI_KP = (
    Kunci("jenis", Pilihan.of(JenisKenaikanPangkat), "Jenis kenaikan pangkat"),
    Kunci("golongan", Pilihan.of(GolonganPNS), "Golongan/ruang sekarang"),
    Kunci("tmt_golongan", Tanggal(), "TMT golongan"),
    Kunci("predikat", PREDIKAT_TAHUNAN, "Predikat menurut tahun"),
    Kunci("pendidikan", Pilihan.of(Pendidikan), "Pendidikan", Wajib.SEPERLUNYA),
    Kunci("eselon", Pilihan.of(Eselon), "Eselon", Wajib.SEPERLUNYA),
    Kunci("tmt_jabatan", Tanggal(), "TMT jabatan", Wajib.SEPERLUNYA),
    Kunci("jenjang", Pilihan.of(Jenjang), "Jenjang", Wajib.SEPERLUNYA),
    Kunci(
        "ak_sejak_pangkat",
        Desimal(),
        "Angka kredit sejak pangkat terakhir",
        Wajib.SEPERLUNYA,
    ),
    Kunci(
        "lulus_ujian",
        YaTidak(),
        "Lulus ujian",
        Wajib.SEPERLUNYA,
        "Ujian dinas atau penyesuaian ijazah; yang dibebaskan dinyatakan lulus.",
    ),
    Kunci(
        "golongan_atasan",
        Pilihan.of(GolonganPNS),
        "Golongan/ruang atasan langsung",
        Wajib.SEPERLUNYA,
    ),
    Kunci(
        "hukuman_berjalan",
        Pilihan.of(TingkatHukuman),
        "Hukuman disiplin yang dijalani",
        Wajib.SEPERLUNYA,
    ),
    Kunci("masa_kerja_bulan", MASA_KERJA, "Masa kerja PNS (bulan)", Wajib.SEPERLUNYA),
    Kunci(
        "penetapan_prestasi",
        YaTidak(),
        "Penetapan prestasi kerja luar biasa sudah ada",
        Wajib.SEPERLUNYA,
    ),
)

TOPIK = (
    Topik(
        "kp",
        "Kenaikan pangkat",
        KUNCI_KP,
        answer_kp,
        KodeKenaikanPangkat,
        uraian="Syarat kenaikan pangkat PNS dan TMT paling awal.",
        kalimat="memenuhi_syarat",
        keluaran={
            "memenuhi_syarat": Keluaran(
                "Syarat kenaikan pangkat",
                ya="Memenuhi syarat kenaikan pangkat",
                tidak="Belum memenuhi syarat kenaikan pangkat",
            ),
            "golongan_baru": Keluaran("Golongan/ruang yang dituju"),
            "tmt_kp": Keluaran("TMT paling awal"),
        },
    ),
    Topik(
        "periode_kp",
        "Periode kenaikan pangkat",
        (Kunci("tmt", Tanggal(), "TMT kenaikan pangkat"),),
        answer_periode_kp,
        KodePeriodeKp,
        uraian="Boleh tidaknya suatu tanggal menjadi TMT kenaikan pangkat.",
        kalimat="boleh",
        keluaran={
            "boleh": Keluaran(
                "TMT kenaikan pangkat",
                ya="Tanggal itu boleh menjadi TMT kenaikan pangkat",
                tidak="Tanggal itu tidak termasuk periode kenaikan pangkat",
            )
        },
    ),
)
