"""The periodic report on the use of the portal and the state of its data (Pasal 24).

`build_pasal24` counts; `as_data` is what is stored, hashed and handed out as JSON, and
`from_data` reads it back, so that page and paper show a report as it was published.

Two figures of one report may speak of different moments: accounts and log-ins are dated
and are counted for the period, employee records are those of the cut-off. Each says so.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any, Self, TypeVar
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from bkpsdmd.documents.models import get_kantor
from bkpsdmd.documents.shapes import Penandatangan
from bkpsdmd.regulations import load_regulasi
from reporting import selectors
from reporting.choices import JenisLaporan
from reporting.laporan.angka import Angka, Definisi, Nilai
from reporting.periode import Periode
from reporting.selectors import HitunganAkun, HitunganPegawai, Opd
from simpeg.choices import StatusKepegawaian
from simpeg.rules.kelengkapan import LABEL
from simpeg.selectors.penandatangan import get_penandatangan

JENIS = JenisLaporan.PASAL24
# Of the stored data; a change of its shape raises it and keeps reading the old one.
SKEMA = 1
TANPA_OPD = "Pegawai tanpa perangkat daerah"
TANPA_PEGAWAI = "Akun tanpa data pegawai"


# -- Content ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class BarisPemakaian:
    """One perangkat daerah (or group without one) and its accounts."""

    nama: str
    terdaftar: int
    aktif: int
    aktif_terdaftar: int
    # False: a group, or a perangkat daerah that did not exist at the end of the period.
    is_opd_aktif: bool

    @property
    def keaktifan(self) -> Nilai:
        return Nilai(self.aktif_terdaftar, self.terdaftar)


@dataclass(frozen=True, slots=True)
class BarisKelengkapan:
    """One perangkat daerah and what is filled in of its people's mandatory fields."""

    nama: str
    pegawai: int
    wajib: int
    terisi: int
    lengkap: int
    mutakhir: int
    is_opd_aktif: bool

    @property
    def kelengkapan(self) -> Nilai:
        return Nilai(self.terisi, self.wajib)

    @property
    def profil_lengkap(self) -> Nilai:
        return Nilai(self.lengkap, self.pegawai)

    @property
    def kemutakhiran(self) -> Nilai:
        return Nilai(self.mutakhir, self.pegawai)


Baris = TypeVar("Baris", BarisPemakaian, BarisKelengkapan)


@dataclass(frozen=True, slots=True)
class BarisKerangka:
    """A chapter with one of its tables; `isi` says what fills it."""

    bab: int
    judul_bab: str
    tabel: str
    judul_tabel: str
    memuat: str
    isi: str


@dataclass(frozen=True, slots=True)
class KolomWajib:
    """The version of the list of mandatory fields behind R-08 and R-09, in words."""

    versi: str
    # Whom a part of the list is for, and its fields.
    bagian: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Perbaikan:
    """This version replaces one that was published at `atas_terbit`."""

    ke: int
    alasan: str
    atas_terbit: dt.datetime


@dataclass(frozen=True, slots=True)
class Pembanding:
    """The report whose figures stand beside these, or that there is none."""

    periode: Periode
    versi: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LaporanPasal24:
    periode: Periode
    cutoff: dt.datetime
    zona: str
    pelapor: str
    instansi: str
    dasar: str
    catatan_dasar: str
    sumber_dasar: str
    kepada: str
    tembusan: tuple[str, ...]
    penandatangan: Penandatangan | None
    angka: tuple[Angka, ...]
    pembanding: Pembanding
    akun_layanan: int
    pemakaian: tuple[BarisPemakaian, ...]
    kelengkapan: tuple[BarisKelengkapan, ...]
    berubah_sesudah: int
    kolom_wajib: KolomWajib
    kerangka: tuple[BarisKerangka, ...]
    kerangka_versi: str
    perbaikan: Perbaikan | None = None

    @property
    def versi(self) -> int:
        return self.perbaikan.ke + 1 if self.perbaikan else 1

    @property
    def is_susulan(self) -> bool:
        """Tell whether the employee records are clearly not those of the period's end."""
        return self.cutoff.date() > self.periode.selesai

    @property
    def jumlah_pemakaian(self) -> BarisPemakaian:
        return _total(BarisPemakaian, self.pemakaian)

    @property
    def jumlah_kelengkapan(self) -> BarisKelengkapan:
        return _total(BarisKelengkapan, self.kelengkapan)

    def get_angka(self, kode: str) -> Angka:
        return next(one for one in self.angka if one.definisi.kode == kode)

    def as_data(self) -> dict[str, Any]:
        """Return the report as plain JSON: whole numbers, texts, ISO dates, no floats."""
        return {
            "skema": SKEMA,
            "jenis": JENIS.value,
            "periode": {
                "kode": self.periode.kode,
                "nama": self.periode.label,
                "mulai": self.periode.mulai.isoformat(),
                "selesai": self.periode.selesai.isoformat(),
            },
            "parameter": {
                "cutoff": self.cutoff.isoformat(),
                "zona": self.zona,
                "versi": self.versi,
            },
            "perbaikan": _perbaikan_as_data(self.perbaikan),
            "pelapor": {"nama": self.pelapor, "instansi": self.instansi},
            "pengaturan": {
                "dasar": self.dasar,
                "catatan": self.catatan_dasar,
                "sumber": self.sumber_dasar,
                "kepada": self.kepada,
                "tembusan": list(self.tembusan),
            },
            "penandatangan": self.penandatangan,
            "pembanding": {
                "periode": self.pembanding.periode.kode,
                "versi": self.pembanding.versi,
            },
            "angka": [_angka_as_data(one) for one in self.angka],
            "akun_layanan": self.akun_layanan,
            "pemakaian": [asdict(row) for row in self.pemakaian],
            "kelengkapan": [asdict(row) for row in self.kelengkapan],
            "berubah_sesudah": self.berubah_sesudah,
            "kerangka": [asdict(row) for row in self.kerangka],
            "ketentuan": {
                "kolom_wajib": {
                    "versi": self.kolom_wajib.versi,
                    "bagian": [
                        {"bagi": bagi, "kolom": list(kolom)}
                        for bagi, kolom in self.kolom_wajib.bagian
                    ],
                },
                "kerangka": self.kerangka_versi,
            },
        }

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Self:
        """Return the report that `as_data` wrote."""
        setting, kolom = data["pengaturan"], data["ketentuan"]["kolom_wajib"]
        fix, before = data["perbaikan"], data["pembanding"]
        zona = ZoneInfo(data["parameter"]["zona"])
        return cls(
            periode=Periode.parse(data["periode"]["kode"]),
            cutoff=_read_waktu(data["parameter"]["cutoff"], zona),
            zona=zona.key,
            pelapor=data["pelapor"]["nama"],
            instansi=data["pelapor"]["instansi"],
            dasar=setting["dasar"],
            catatan_dasar=setting["catatan"],
            sumber_dasar=setting["sumber"],
            kepada=setting["kepada"],
            tembusan=tuple(setting["tembusan"]),
            penandatangan=data["penandatangan"],
            angka=tuple(map(_angka_from_data, data["angka"])),
            pembanding=Pembanding(Periode.parse(before["periode"]), before["versi"]),
            akun_layanan=data["akun_layanan"],
            pemakaian=tuple(BarisPemakaian(**row) for row in data["pemakaian"]),
            kelengkapan=tuple(BarisKelengkapan(**row) for row in data["kelengkapan"]),
            berubah_sesudah=data["berubah_sesudah"],
            kolom_wajib=KolomWajib(
                kolom["versi"],
                tuple((row["bagi"], tuple(row["kolom"])) for row in kolom["bagian"]),
            ),
            kerangka=tuple(BarisKerangka(**row) for row in data["kerangka"]),
            kerangka_versi=data["ketentuan"]["kerangka"],
            perbaikan=fix
            and Perbaikan(
                fix["ke"], fix["alasan"], _read_waktu(fix["atas_terbit"], zona)
            ),
        )


def _total(kind: type[Baris], rows: Sequence[Baris]) -> Baris:
    """Return the last row of a table: the sum of each column."""
    counts = {
        field.name: sum(getattr(row, field.name) for row in rows)
        for field in fields(kind)
        if field.name not in {"nama", "is_opd_aktif"}
    }
    return kind(nama="Jumlah", is_opd_aktif=False, **counts)


def _read_waktu(teks: str, zona: ZoneInfo) -> dt.datetime:
    """Return the instant in the office's zone, which a bare offset does not name."""
    return dt.datetime.fromisoformat(teks).astimezone(zona)


def _perbaikan_as_data(perbaikan: Perbaikan | None) -> dict[str, Any] | None:
    if perbaikan is None:
        return None
    return {**asdict(perbaikan), "atas_terbit": perbaikan.atas_terbit.isoformat()}


def _angka_as_data(angka: Angka) -> dict[str, Any]:
    """Return a figure exactly (numerator, denominator) and as it is printed."""
    return {
        **asdict(angka.definisi),
        **asdict(angka.nilai),
        "sebelumnya": angka.sebelumnya and asdict(angka.sebelumnya),
        "is_definisi_berubah": angka.is_definisi_berubah,
        "tercetak": {
            "nilai": angka.nilai.teks,
            "sebelumnya": angka.sebelumnya_teks,
            "selisih": angka.selisih_teks,
            "catatan": angka.catatan,
        },
    }


def _angka_from_data(row: dict[str, Any]) -> Angka:
    names = Definisi.__dataclass_fields__
    return Angka(
        definisi=Definisi(**{name: row[name] for name in names}),
        nilai=Nilai(row["pembilang"], row["penyebut"]),
        sebelumnya=row["sebelumnya"] and Nilai(**row["sebelumnya"]),
        is_definisi_berubah=row["is_definisi_berubah"],
    )


# -- Definitions ------------------------------------------------------------------------


def list_definisi(kolom_wajib_versi: str) -> tuple[Definisi, ...]:
    """Return what each key figure means, in the order they are printed."""
    kolom = f"1, kolom wajib {kolom_wajib_versi}"
    return (
        Definisi(
            kode="R-01",
            nama="Akun terdaftar",
            rumus="Banyaknya akun yang dibuat sebelum akhir periode dan belum "
            "dinonaktifkan pada akhir periode. Akun sistem, uji, dan pemantauan tidak "
            "dihitung.",
            sumber="Daftar akun portal",
            versi="1",
        ),
        Definisi(
            kode="R-02",
            nama="Pengguna aktif",
            rumus="Banyaknya akun yang berhasil masuk paling sedikit satu kali dalam "
            "periode, tanpa akun sistem, uji, dan pemantauan.",
            sumber="Catatan masuk portal",
            versi="1",
        ),
        Definisi(
            kode="R-03",
            nama="Rasio keaktifan",
            rumus="Pengguna aktif (R-02) yang masih terdaftar pada akhir periode dibagi "
            "akun terdaftar (R-01), kali 100.",
            sumber="Daftar akun dan catatan masuk",
            versi="1",
            tanpa_penyebut="tidak ada akun terdaftar",
        ),
        Definisi(
            kode="R-04",
            nama="Jangkauan perangkat daerah",
            rumus="Perangkat daerah dengan paling sedikit satu pengguna aktif dibagi "
            "perangkat daerah yang berdiri pada akhir periode, kali 100. Pengguna "
            "dihitung pada perangkat daerahnya menurut data pegawai saat data diambil.",
            sumber="Catatan masuk, data pegawai, daftar unit kerja",
            versi="1",
            tanpa_penyebut="tidak ada perangkat daerah yang tercatat",
        ),
        Definisi(
            kode="R-08",
            nama="Kelengkapan data",
            rumus="Kolom wajib yang terisi dan lolos pemeriksaan dibagi kolom wajib yang "
            "berlaku bagi setiap pegawai aktif, kali 100.",
            sumber="Data pegawai saat data diambil",
            versi=kolom,
            tanpa_penyebut="tidak ada pegawai aktif yang tercatat",
        ),
        Definisi(
            kode="R-09",
            nama="Profil lengkap",
            rumus="Pegawai aktif yang semua kolom wajibnya terisi dibagi pegawai aktif, "
            "kali 100.",
            sumber="Data pegawai saat data diambil",
            versi=kolom,
            tanpa_penyebut="tidak ada pegawai aktif yang tercatat",
        ),
        Definisi(
            kode="R-10",
            nama="Kemutakhiran",
            rumus="Pegawai aktif yang datanya dikonfirmasi atau diubah dalam 365 hari "
            "sebelum akhir periode dibagi pegawai aktif, kali 100. Portal menyimpan "
            "waktu perubahan yang terakhir saja.",
            sumber="Data pegawai saat data diambil",
            versi="1",
            tanpa_penyebut="tidak ada pegawai aktif yang tercatat",
        ),
    )


# -- Building ---------------------------------------------------------------------------


def build_pasal24(
    periode: Periode, cutoff: dt.datetime, *, perbaikan: Perbaikan | None = None
) -> LaporanPasal24:
    """Return the report of a period that has ended, with what is recorded at `cutoff`.

    Reads only; the number of queries depends on neither people nor perangkat daerah.
    """
    zona = timezone.get_default_timezone()
    start, end = periode.batas(zona)
    cutoff = cutoff.astimezone(zona).replace(microsecond=0)
    kantor = get_kantor()
    setting = selectors.get_pengaturan(JENIS, periode.hari_terakhir)
    opd = selectors.list_opd(periode.hari_terakhir)
    akun = selectors.summarize_pemakaian(start, end)
    pegawai = selectors.summarize_kelengkapan(end)
    pemakaian = tuple(_list_pemakaian(opd, akun))
    kelengkapan = tuple(_list_kelengkapan(opd, pegawai.opd))
    kolom_wajib = _read_kolom_wajib(cutoff.date())
    kerangka = load_regulasi("reporting/kerangka_pasal24").on(periode.hari_terakhir)
    lalu = selectors.find_live(JENIS, periode.previous())
    return LaporanPasal24(
        periode=periode,
        cutoff=cutoff,
        zona=settings.TIME_ZONE,
        pelapor=kantor.nama_perangkat_daerah,
        instansi=kantor.nama_instansi,
        dasar=setting.dasar,
        catatan_dasar=setting.catatan,
        sumber_dasar=setting.sumber,
        kepada=setting.kepada,
        tembusan=setting.tembusan,
        penandatangan=get_penandatangan(
            "laporan", per_tanggal=cutoff.date(), tempat=kantor.tempat
        ),
        angka=tuple(
            _compare(
                list_definisi(kolom_wajib.versi),
                _compute_nilai(pemakaian, kelengkapan),
                lalu.dokumen.data if lalu else None,
            )
        ),
        pembanding=Pembanding(periode.previous(), lalu.versi if lalu else None),
        akun_layanan=selectors.count_akun_layanan(end),
        pemakaian=pemakaian,
        kelengkapan=kelengkapan,
        berubah_sesudah=pegawai.berubah_sesudah,
        kolom_wajib=kolom_wajib,
        kerangka=tuple(BarisKerangka(**row) for row in kerangka.nilai),
        kerangka_versi=kerangka.berlaku.isoformat(),
        perbaikan=perbaikan,
    )


def _list_pemakaian(
    opd: Mapping[int, Opd], akun: selectors.Pemakaian
) -> Iterator[BarisPemakaian]:
    """Yield every perangkat daerah of the period, and whoever is counted elsewhere."""
    for pk, satu in opd.items():
        hitungan = akun.opd.get(pk)
        if satu.is_berdiri or hitungan:
            yield BarisPemakaian(
                satu.nama,
                **asdict(hitungan or HitunganAkun()),
                is_opd_aktif=satu.is_berdiri,
            )
    for nama, hitungan in (
        (TANPA_OPD, akun.tanpa_opd),
        (TANPA_PEGAWAI, akun.tanpa_pegawai),
    ):
        if hitungan != HitunganAkun():
            yield BarisPemakaian(nama, **asdict(hitungan), is_opd_aktif=False)


def _list_kelengkapan(
    opd: Mapping[int, Opd], pegawai: Mapping[int | None, HitunganPegawai]
) -> Iterator[BarisKelengkapan]:
    for pk, satu in opd.items():
        hitungan = pegawai.get(pk)
        if satu.is_berdiri or hitungan:
            yield BarisKelengkapan(
                satu.nama,
                **asdict(hitungan or HitunganPegawai()),
                is_opd_aktif=satu.is_berdiri,
            )
    if sisa := pegawai.get(None):
        yield BarisKelengkapan(TANPA_OPD, **asdict(sisa), is_opd_aktif=False)


def _compute_nilai(
    pemakaian: Sequence[BarisPemakaian], kelengkapan: Sequence[BarisKelengkapan]
) -> dict[str, Nilai]:
    opd = [row for row in pemakaian if row.is_opd_aktif]
    akun = _total(BarisPemakaian, pemakaian)
    pegawai = _total(BarisKelengkapan, kelengkapan)
    return {
        "R-01": Nilai(akun.terdaftar),
        "R-02": Nilai(akun.aktif),
        "R-03": akun.keaktifan,
        "R-04": Nilai(sum(row.aktif > 0 for row in opd), len(opd)),
        "R-08": pegawai.kelengkapan,
        "R-09": pegawai.profil_lengkap,
        "R-10": pegawai.kemutakhiran,
    }


def _compare(
    definisi: Iterable[Definisi],
    nilai: Mapping[str, Nilai],
    lalu: dict[str, Any] | None,
) -> Iterator[Angka]:
    """Yield each figure beside the one that was published for the period before."""
    before = {
        one.definisi.kode: one
        for one in map(_angka_from_data, lalu["angka"] if lalu else [])
    }
    for one in definisi:
        found = before.get(one.kode)
        is_sama = found is not None and found.definisi.versi == one.versi
        yield Angka(
            definisi=one,
            nilai=nilai[one.kode],
            sebelumnya=found.nilai if found and is_sama else None,
            is_definisi_berubah=found is not None and not is_sama,
        )


def _read_kolom_wajib(per_tanggal: dt.date) -> KolomWajib:
    ketentuan = load_regulasi("simpeg/kolom_wajib").on(per_tanggal)
    return KolomWajib(
        versi=ketentuan.berlaku.isoformat(),
        bagian=tuple(
            (
                "semua pegawai" if bagi == "semua" else StatusKepegawaian(bagi).label,
                tuple(LABEL[nama] for nama in kolom),
            )
            for bagi, kolom in ketentuan.nilai.items()
        ),
    )
