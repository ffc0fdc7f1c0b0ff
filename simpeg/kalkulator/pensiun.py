"""Age limit and pension."""

from bkpsdmd.calculator.masukan import Kunci, Masukan, Pilihan, Teks, Wajib
from bkpsdmd.calculator.registry import Jawaban, Topik
from simpeg.choices import Jenjang, KelompokJabatan
from simpeg.rules.pensiun import FaktaPensiun, KodePensiun, compute_pensiun

from .kunci import TANGGAL_LAHIR, refuse_unborn


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
    ),
)
