"""Programmes of study with the title each one gives."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Studi:
    """`tingkat` is SIASN's id; `usia_lulus` the usual age at the end."""

    tingkat: str
    nama: str
    gelar_belakang: str = ""
    gelar_depan: str = ""
    usia_lulus: int = 23

    @property
    def sekolah(self) -> str:
        """Return what kind of school gives it; its number is told apart elsewhere."""
        return {
            "05": "SD Negeri Contoh",
            "15": "SMA Negeri Contoh",
            "17": "SMK Negeri Contoh",
            "30": "Politeknik Contoh",
        }.get(self.tingkat, "Universitas Contoh")


SD = Studi("05", "Sekolah Dasar", usia_lulus=13)
SLTA = (
    Studi("15", "SMA IPA", usia_lulus=18),
    Studi("15", "SMA IPS", usia_lulus=18),
    Studi("17", "SMK Administrasi Perkantoran", usia_lulus=18),
    Studi("17", "SMK Teknik Komputer dan Jaringan", usia_lulus=18),
)
D3 = (
    Studi("30", "D-III Administrasi Perkantoran", "A.Md.", usia_lulus=21),
    Studi("30", "D-III Akuntansi", "A.Md.", usia_lulus=21),
    Studi("30", "D-III Manajemen Informatika", "A.Md.Kom.", usia_lulus=21),
)
S1 = (
    Studi("40", "S-1 Ilmu Administrasi Negara", "S.A.P."),
    Studi("40", "S-1 Ilmu Pemerintahan", "S.I.P."),
    Studi("40", "S-1 Hukum", "S.H."),
    Studi("40", "S-1 Manajemen", "S.E."),
    Studi("40", "S-1 Akuntansi", "S.Ak."),
    Studi("40", "S-1 Teknik Sipil", "S.T."),
    Studi("40", "S-1 Teknik Informatika", "S.Kom."),
    Studi("40", "S-1 Agroteknologi", "S.P."),
    Studi("40", "S-1 Ilmu Sosial", "S.Sos."),
)
S2 = (
    Studi("45", "S-2 Administrasi Publik", "M.A.P.", usia_lulus=33),
    Studi("45", "S-2 Manajemen", "M.M.", usia_lulus=33),
    Studi("45", "S-2 Ilmu Pemerintahan", "M.I.P.", usia_lulus=33),
)
S1_KOMPUTER = (
    Studi("40", "S-1 Sistem Informasi", "S.Kom."),
    Studi("40", "S-1 Teknik Informatika", "S.Kom."),
)
D3_KOMPUTER = (Studi("30", "D-III Teknik Komputer", "A.Md.Kom.", usia_lulus=21),)
S1_GURU = (
    Studi("40", "S-1 Pendidikan Guru Sekolah Dasar", "S.Pd."),
    Studi("40", "S-1 Pendidikan Matematika", "S.Pd."),
    Studi("40", "S-1 Pendidikan Bahasa Indonesia", "S.Pd."),
    Studi("40", "S-1 Pendidikan Agama Islam", "S.Pd.I."),
    Studi("40", "S-1 Pendidikan Jasmani", "S.Pd."),
)
D3_PERAWAT = (Studi("30", "D-III Keperawatan", "A.Md.Kep.", usia_lulus=21),)
NERS = (Studi("42", "Profesi Ners", "S.Kep., Ns.", usia_lulus=24),)
D3_BIDAN = (Studi("30", "D-III Kebidanan", "A.Md.Keb.", usia_lulus=21),)
DOKTER = (Studi("42", "Profesi Dokter", gelar_depan="dr.", usia_lulus=25),)
DOKTER_GIGI = (Studi("42", "Profesi Dokter Gigi", gelar_depan="drg.", usia_lulus=25),)
APOTEKER = (Studi("42", "Profesi Apoteker", "S.Farm., Apt.", usia_lulus=24),)
D3_GIZI = (Studi("30", "D-III Gizi", "A.Md.Gz.", usia_lulus=21),)
D3_LAB = (Studi("30", "D-III Analis Kesehatan", "A.Md.A.K.", usia_lulus=21),)
D3_SANITASI = (Studi("30", "D-III Kesehatan Lingkungan", "A.Md.Kes.", usia_lulus=21),)
S1_PERTANIAN = (Studi("40", "S-1 Agribisnis", "S.P."),)
S1_AKUNTANSI = (Studi("40", "S-1 Akuntansi", "S.Ak."),)
