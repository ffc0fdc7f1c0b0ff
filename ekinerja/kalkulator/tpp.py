"""Additional income (TPP) of a month, by one of the example rule sets."""

from decimal import Decimal
from typing import Any

from bkpsdmd.calculator.masukan import (
    Boleh,
    Bulat,
    Daftar,
    Desimal,
    Kunci,
    Masukan,
    Objek,
    Peta,
    Pilihan,
    Wajib,
    YaTidak,
)
from bkpsdmd.calculator.registry import Jawaban, Keluaran, Topik
from bkpsdmd.exceptions import DomainError
from bkpsdmd.regulations.angka import to_decimal
from ekinerja.choices import (
    CaraPlt,
    ContohTpp,
    JenisKejadian,
    JenisStatusKhusus,
    KomponenTpp,
    PengecualianKejadian,
    StatusTpp,
    SyaratTpp,
)
from ekinerja.rules.aturan_tpp import AturanTpp, load_contoh
from ekinerja.rules.tpp import (
    FaktaTpp,
    Kejadian,
    KodeTpp,
    Plt,
    StatusKhusus,
    compute_tpp,
)
from simpeg.choices import Predikat

IURAN = ("iwp", "bpjs")


def answer_tpp(masukan: Masukan) -> Jawaban:
    aturan = load_contoh(masukan["aturan"], per_tanggal=masukan["tanggal"])
    _refuse_unused(masukan, aturan)
    hasil = compute_tpp(_build_fakta(masukan, aturan), aturan)
    return Jawaban.of(
        hasil,
        status=hasil.status,
        kurang_syarat=hasil.kurang_syarat,
        potongan_persen=_write(hasil.potongan_persen),
        potongan_disiplin_persen=_write(hasil.potongan_disiplin_persen),
        menit_kumulatif=hasil.menit_kumulatif,
        nilai_produktivitas=_write(hasil.nilai_produktivitas),
        nilai_disiplin=_write(hasil.nilai_disiplin),
        persen=_write(hasil.persen),
        baris=[
            {
                "komponen": baris.komponen,
                "dasar_rupiah": baris.dasar_rupiah,
                "rupiah": baris.rupiah,
            }
            for baris in hasil.baris
        ],
        total_rupiah=hasil.total_rupiah,
        **{f"{nama}_rupiah": hasil.iuran_rupiah.get(nama) for nama in IURAN},
    )


def _refuse_unused(masukan: Masukan, aturan: AturanTpp) -> None:
    """Raise DomainError on an input the rule set has no rule for.

    An empty one (false, 0, no rows) says nothing, and is ignored.
    """
    for kunci in KUNCI:
        if kunci.nama == "aturan" or kunci.nama in aturan.masukan:
            continue
        if masukan.find(kunci.nama):
            raise DomainError(
                f"{kunci.nama} tidak diatur oleh aturan {masukan['aturan']}; yang "
                f"diatur: {', '.join(aturan.masukan)}.",
                kolom=kunci.nama,
                kode=KodeTpp.MASUKAN_TANPA_ATURAN,
            )


def _build_fakta(masukan: Masukan, aturan: AturanTpp) -> FaktaTpp:
    status = masukan.find("status_khusus")
    # A special status takes the place of these: they are not looked at.
    kinerja: dict[str, Any] = {}
    if status is None:
        kinerja = {
            "predikat": masukan.find("predikat"),
            "potongan_persen": masukan.find("potongan_persen"),
            "hari_hadir": masukan.find("hari_hadir"),
        }
        if "kejadian" in aturan.masukan:
            kejadian = masukan.find("kejadian") or ()
            kinerja["kejadian"] = tuple(map(_build_kejadian, kejadian))
    plt = masukan.find("plt")
    return FaktaTpp(
        **kinerja,
        komponen=masukan.find("komponen"),
        is_cpns=bool(masukan.find("cpns")),
        plt=plt and Plt(plt["cara"], plt["komponen"]),
        status_khusus=status and _build_status(status),
        syarat=masukan.find("syarat") or {},
        iuran_gaji={
            nama: rupiah
            for nama in IURAN
            if (rupiah := masukan.find(f"{nama}_gaji_rupiah")) is not None
        },
    )


def _build_kejadian(kejadian: Masukan) -> Kejadian:
    jenis, bukti = kejadian["jenis"], kejadian.get("dikecualikan")
    menit = jam = None
    if bukti is None and jenis in (JenisKejadian.TERLAMBAT, JenisKejadian.PULANG_CEPAT):
        menit = kejadian.need("menit")
    if bukti is None and jenis is JenisKejadian.KELUAR_TANPA_IZIN:
        jam = kejadian.need("jam")
    return Kejadian(jenis, menit, jam, kejadian.get("banyak", 1), bukti)


def _build_status(status: Masukan) -> StatusKhusus:
    jenis = status["jenis"]
    is_cuti = jenis is JenisStatusKhusus.CUTI
    return StatusKhusus(jenis, status.need("bulan") if is_cuti else None)


def _write(nilai: Decimal | None) -> Any:
    return None if nilai is None else to_decimal(nilai)


KOMPONEN = Peta(Pilihan.of(KomponenTpp), Bulat(), "Komponen", "Dasar (Rp)")
KEJADIAN = Objek(
    (
        Kunci("jenis", Pilihan.of(JenisKejadian), "Kejadian"),
        Kunci("menit", Bulat(maksimum=1440), "Menit", Wajib.SEPERLUNYA),
        Kunci("jam", Desimal(maksimum=24), "Jam", Wajib.SEPERLUNYA),
        Kunci("banyak", Bulat(maksimum=1000), "Banyaknya kali", Wajib.OPSIONAL),
        Kunci(
            "dikecualikan",
            Boleh(Pilihan.of(PengecualianKejadian)),
            "Dikecualikan dengan bukti",
            Wajib.OPSIONAL,
        ),
    )
)
PLT = Objek(
    (
        Kunci("cara", Pilihan.of(CaraPlt), "Cara"),
        Kunci("komponen", KOMPONEN, "Dasar jabatan yang dirangkap"),
    )
)
STATUS_KHUSUS = Objek(
    (
        Kunci("jenis", Pilihan.of(JenisStatusKhusus), "Status"),
        Kunci("bulan", Bulat(maksimum=600), "Lama (bulan penuh)", Wajib.SEPERLUNYA),
    )
)
RUPIAH = Bulat()
KUNCI = (
    Kunci("aturan", Pilihan.of(ContohTpp), "Aturan contoh"),
    *(
        Kunci(nama, tipe, label, Wajib.SEPERLUNYA)
        for nama, tipe, label in (
            ("komponen", KOMPONEN, "Dasar tiap komponen"),
            ("predikat", Pilihan.of(Predikat), "Predikat kinerja bulanan"),
            ("potongan_persen", Desimal(maksimum=1000), "Jumlah potongan (persen)"),
            ("kejadian", Daftar(KEJADIAN), "Kejadian presensi"),
            ("hari_hadir", Bulat(maksimum=31), "Hari hadir"),
            ("cpns", YaTidak(), "Masih CPNS"),
            ("plt", PLT, "Pelaksana tugas"),
            ("status_khusus", STATUS_KHUSUS, "Status khusus"),
            (
                "syarat",
                Peta(Pilihan.of(SyaratTpp), YaTidak(), "Syarat", "Sudah ada"),
                "Syarat pembayaran",
            ),
            ("iwp_gaji_rupiah", RUPIAH, "IWP yang sudah dipotong dari gaji"),
            ("bpjs_gaji_rupiah", RUPIAH, "BPJS yang sudah dibayar atas gaji"),
        )
    ),
)

TOPIK = (
    Topik(
        "tpp",
        "Tambahan penghasilan pegawai (contoh)",
        KUNCI,
        answer_tpp,
        KodeTpp,
        uraian=(
            "TPP sebulan menurut aturan contoh daerah lain; belum berlaku sebelum "
            "ditetapkan daerah."
        ),
        kalimat="{status}: {persen} dari dasar.",
        keluaran={
            "status": Keluaran("Status", pilihan=dict(StatusTpp.choices())),
            "kurang_syarat": Keluaran(
                "Syarat yang belum ada", pilihan=dict(SyaratTpp.choices())
            ),
            "menit_kumulatif": Keluaran("Menit kumulatif"),
            "nilai_produktivitas": Keluaran("Nilai produktivitas"),
            "nilai_disiplin": Keluaran("Nilai disiplin"),
            "baris.komponen": Keluaran("Komponen", pilihan=dict(KomponenTpp.choices())),
            "iwp_rupiah": Keluaran("Iuran wajib pegawai (IWP)"),
            "bpjs_rupiah": Keluaran("Iuran BPJS pemberi kerja"),
        },
    ),
)
