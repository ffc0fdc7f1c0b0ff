"""Age limit and pension."""

from bkpsdmd.calculator.masukan import Desimal, Kunci, Masukan, Pilihan, Teks, Wajib
from bkpsdmd.calculator.registry import Jawaban, Keluaran, Topik
from simpeg.choices import Jenjang, KelompokJabatan
from simpeg.rules.hak_pensiun import (
    FaktaHakPensiun,
    JenisPensiun,
    KodeHakPensiun,
    check_hak_pensiun,
)
from simpeg.rules.pensiun import FaktaPensiun, KodePensiun, compute_pensiun

from .kunci import MASA_KERJA, TANGGAL_LAHIR, refuse_unborn


def answer_pensiun(masukan: Masukan) -> Jawaban:
    refuse_unborn(masukan, masukan["tanggal"])
    kelompok = masukan["kelompok"]
    is_jf = kelompok is KelompokJabatan.JF
    jabatan = masukan.find("jabatan") if is_jf else None
    fakta = FaktaPensiun(
        tanggal_lahir=masukan["tanggal_lahir"],
        kelompok=kelompok,
        jabatan=jabatan or "",
        jenjang=masukan.find("jenjang") if is_jf and not jabatan else None,
    )
    hasil = compute_pensiun(fakta, per_tanggal=masukan["tanggal"])
    return Jawaban.of(
        hasil,
        bup_tahun=hasil.bup_tahun,
        tanggal_bup=hasil.tanggal_bup,
        tmt_pensiun=hasil.tmt_pensiun,
    )


def answer_hak_pensiun(masukan: Masukan) -> Jawaban:
    fakta = FaktaHakPensiun(
        jenis=masukan["jenis"],
        usia_tahun=masukan["usia_tahun"],
        masa_kerja_bulan=masukan["masa_kerja_bulan"],
    )
    hasil = check_hak_pensiun(fakta, per_tanggal=masukan["tanggal"])
    return Jawaban.of(hasil, berhak=hasil.berhak)


TOPIK = (
    Topik(
        "pensiun",
        "Batas usia dan TMT pensiun",
        (
            TANGGAL_LAHIR,
            Kunci("kelompok", Pilihan.of(KelompokJabatan), "Kelompok jabatan"),
            Kunci("jabatan", Teks(), "Nama jabatan fungsional", Wajib.SEPERLUNYA),
            Kunci("jenjang", Pilihan.of(Jenjang), "Jenjang", Wajib.SEPERLUNYA),
        ),
        answer_pensiun,
        KodePensiun,
        uraian="Batas usia pensiun menurut jabatan, dan tanggal mulai pensiun.",
        kalimat="Pensiun mulai {tmt_pensiun}",
        keluaran={
            "bup_tahun": Keluaran("Batas usia pensiun"),
            "tanggal_bup": Keluaran("Mencapai batas usia"),
            "tmt_pensiun": Keluaran("TMT pensiun"),
        },
    ),
    Topik(
        "hak_pensiun",
        "Hak pensiun",
        (
            Kunci("jenis", Pilihan.of(JenisPensiun), "BUP atau permintaan sendiri"),
            Kunci("usia_tahun", Desimal(maksimum=120), "Usia (tahun)"),
            Kunci("masa_kerja_bulan", MASA_KERJA, "Masa kerja pensiun (bulan)"),
        ),
        answer_hak_pensiun,
        KodeHakPensiun,
        uraian=(
            "Hak atas pensiun pada batas usia pensiun atau atas permintaan sendiri (APS)."
        ),
        kalimat="berhak",
        keluaran={
            "berhak": Keluaran(
                "Hak pensiun",
                ya="Berhak atas pensiun",
                tidak="Tidak berhak atas pensiun",
            )
        },
    ),
)
