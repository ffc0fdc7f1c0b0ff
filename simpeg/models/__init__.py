"""All models of simpeg, one file per topic."""

from simpeg.models.akses import PejabatPenandatangan, PemberianPeran
from simpeg.models.angka_kredit import RiwayatAngkaKredit
from simpeg.models.api import CatatanApi, KlienApi
from simpeg.models.arsip import BerkasArsip, PemeriksaanArsip
from simpeg.models.diklat import RiwayatDiklat, RiwayatKursus, RiwayatSertifikasi
from simpeg.models.disiplin import RiwayatHukuman
from simpeg.models.gaji import RiwayatKGB, RiwayatKontrak, RiwayatPMK
from simpeg.models.identitas import PerubahanNip, TautanPegawai
from simpeg.models.jabatan import Jabatan, RiwayatJabatan
from simpeg.models.keadaan import KeadaanPegawai
from simpeg.models.kedudukan import (
    RiwayatCLTN,
    RiwayatPemberhentian,
    RiwayatPindahInstansi,
    RiwayatTugasBelajar,
)
from simpeg.models.keluarga import RiwayatAnak, RiwayatOrangTua, RiwayatPasangan
from simpeg.models.kinerja import (
    RiwayatDP3,
    RiwayatKinerjaPeriodik,
    RiwayatSKP,
    RiwayatSKPLama,
)
from simpeg.models.mutasi import RiwayatPWK, RiwayatUnor
from simpeg.models.mutu import MutuPegawai, PotretMutu, TemuanMutu
from simpeg.models.pangkat import RiwayatPangkat
from simpeg.models.pegawai import Pegawai, RiwayatKedudukan
from simpeg.models.pembukaan import PembukaanHarian
from simpeg.models.penataan import (
    LangkahPenataan,
    PenataanUnit,
    PerpindahanPegawai,
)
from simpeg.models.pendidikan import RiwayatPendidikan
from simpeg.models.penghargaan import RiwayatPenghargaan
from simpeg.models.penilaian import RiwayatKompetensi, RiwayatPotensi
from simpeg.models.potret import KeadaanLampau, Potret
from simpeg.models.radar import TemuanData
from simpeg.models.referensi import (
    Golongan,
    JenisKenaikanPangkat,
    KedudukanHukum,
    Referensi,
    TingkatPendidikan,
)
from simpeg.models.riwayat import Pembatalan
from simpeg.models.rombongan import (
    BarisMasuk,
    BerkasMasuk,
    JejakRombongan,
    JenisMasuk,
    Rombongan,
)
from simpeg.models.siasn import PutusanSelisih, SelisihSiasn
from simpeg.models.surat import SuratPegawai
from simpeg.models.tampilan import PilihanKolom, SaringanTersimpan, TindakLanjut
from simpeg.models.tindakan import BarisTindakan, TindakanMassal
from simpeg.models.tinjauan import BarisTinjauan, PutusanTinjauan, TinjauanAkses
from simpeg.models.unit_kerja import JenisUnit, RiwayatUnitKerja, UnitKerja

__all__ = [
    "BarisMasuk",
    "BarisTindakan",
    "BarisTinjauan",
    "BerkasArsip",
    "BerkasMasuk",
    "CatatanApi",
    "Golongan",
    "Jabatan",
    "JejakRombongan",
    "JenisKenaikanPangkat",
    "JenisMasuk",
    "JenisUnit",
    "KeadaanLampau",
    "KeadaanPegawai",
    "KedudukanHukum",
    "KlienApi",
    "LangkahPenataan",
    "MutuPegawai",
    "Pegawai",
    "PejabatPenandatangan",
    "Pembatalan",
    "PemberianPeran",
    "PembukaanHarian",
    "PemeriksaanArsip",
    "PenataanUnit",
    "PerpindahanPegawai",
    "PerubahanNip",
    "PilihanKolom",
    "Potret",
    "PotretMutu",
    "PutusanSelisih",
    "PutusanTinjauan",
    "Referensi",
    "RiwayatAnak",
    "RiwayatAngkaKredit",
    "RiwayatCLTN",
    "RiwayatDP3",
    "RiwayatDiklat",
    "RiwayatHukuman",
    "RiwayatJabatan",
    "RiwayatKGB",
    "RiwayatKedudukan",
    "RiwayatKinerjaPeriodik",
    "RiwayatKompetensi",
    "RiwayatKontrak",
    "RiwayatKursus",
    "RiwayatOrangTua",
    "RiwayatPMK",
    "RiwayatPWK",
    "RiwayatPangkat",
    "RiwayatPasangan",
    "RiwayatPemberhentian",
    "RiwayatPendidikan",
    "RiwayatPenghargaan",
    "RiwayatPindahInstansi",
    "RiwayatPotensi",
    "RiwayatSKP",
    "RiwayatSKPLama",
    "RiwayatSertifikasi",
    "RiwayatTugasBelajar",
    "RiwayatUnitKerja",
    "RiwayatUnor",
    "Rombongan",
    "SaringanTersimpan",
    "SelisihSiasn",
    "SuratPegawai",
    "TautanPegawai",
    "TemuanData",
    "TemuanMutu",
    "TindakLanjut",
    "TindakanMassal",
    "TingkatPendidikan",
    "TinjauanAkses",
    "UnitKerja",
]
