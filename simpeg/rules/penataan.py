"""What an act on the organisation makes of the tree, and what forbids it.

Plain Python: the units by code, who works in those the act touches, and its steps in;
the tree after it, who moves where, and every fault out. Nothing is read or written.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from simpeg.choices import JenisLangkah

INSTANSI, OPD, BAGIAN = "instansi", "opd", "bagian"
# How many names a sentence lists before it counts the rest.
SEBUT = 3


class Perubahan(StrEnum):
    """What happens to a unit; the preview marks it."""

    BARU = "baru"
    TUTUP = "tutup"
    NAMA = "nama"
    PINDAH = "pindah"
    PIMPINAN = "pimpinan"


@dataclass(frozen=True, slots=True)
class Pimpinan:
    """The post that leads a unit; `kunci` is its id, or "baru:<unit>" for a planned one."""

    kunci: str
    nama: str
    eselon: str = ""


@dataclass(frozen=True, slots=True)
class UnitFakta:
    kode: str
    nama: str
    jenis: str
    induk: str | None
    pimpinan: Pimpinan | None = None


@dataclass(frozen=True, slots=True)
class Penghuni:
    """Somebody who works in a unit on the day; `jabatan` is the id of the post held."""

    pegawai: int
    nama: str
    jabatan: str
    # A decree of the very day already placed this person.
    is_terikat: bool = False


@dataclass(frozen=True, slots=True)
class Langkah:
    urut: int
    jenis: JenisLangkah
    isi: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Masalah:
    """`urut` names the step at fault, 0 where the whole act is. A warning forbids nothing."""

    urut: int
    pesan: str
    is_galat: bool = True


@dataclass(frozen=True, slots=True)
class Pindah:
    """A person's place after the act, told only where it differs from before."""

    pegawai: int
    asal: str
    tujuan: str
    jabatan_lama: str
    jabatan_baru: str


@dataclass(frozen=True)
class Rencana:
    """The outcome of the steps. Units keep the order in which they were given."""

    sebelum: Mapping[str, UnitFakta]
    sesudah: Mapping[str, UnitFakta]
    ditutup: frozenset[str]
    pindah: tuple[Pindah, ...]
    pimpinan_dihapus: tuple[str, ...]
    masalah: tuple[Masalah, ...]

    @property
    def is_sah(self) -> bool:
        return not any(one.is_galat for one in self.masalah)

    @property
    def baru(self) -> tuple[str, ...]:
        return tuple(kode for kode in self.sesudah if kode not in self.sebelum)

    def list_perubahan(self, kode: str) -> frozenset[Perubahan]:
        """Return what happens to a unit; empty where nothing does."""
        if kode not in self.sebelum:
            return frozenset({Perubahan.BARU})
        if kode in self.ditutup:
            return frozenset({Perubahan.TUTUP})
        lama, baru = self.sebelum[kode], self.sesudah[kode]
        found = {
            Perubahan.NAMA: lama.nama != baru.nama,
            Perubahan.PINDAH: lama.induk != baru.induk,
            Perubahan.PIMPINAN: lama.pimpinan != baru.pimpinan,
        }
        return frozenset(one for one, is_so in found.items() if is_so)

    def list_tersentuh(self) -> list[str]:
        """Return the codes of all units that change, the new ones last."""
        return [
            kode
            for kode in dict.fromkeys((*self.sebelum, *self.sesudah))
            if self.list_perubahan(kode)
        ]


def list_unit_dibaca(langkah: Iterable[Langkah]) -> set[str]:
    """Return the codes of the units whose people the steps may move or strand."""
    codes: set[str] = set()
    for one in langkah:
        isi = one.isi
        match one.jenis:
            case JenisLangkah.GABUNG:
                codes.update((*isi["asal"], isi["tujuan"]))
            case JenisLangkah.PINDAH_ORANG:
                codes.update((isi["asal"], isi["tujuan"]))
            case JenisLangkah.PECAH | JenisLangkah.TUTUP | JenisLangkah.GANTI_NAMA:
                codes.add(isi["unit"])
            case _:
                pass
    return codes


def susun(
    unit: Mapping[str, UnitFakta],
    penghuni: Mapping[str, Sequence[Penghuni]],
    langkah: Sequence[Langkah],
) -> Rencana:
    """Return what the steps make of the tree, one after the other, with all faults.

    `penghuni` holds the people of the units of `list_unit_dibaca`.
    """
    susunan = _Susunan(dict(unit), penghuni)
    for one in langkah:
        susunan.apply(one)
    if not langkah:
        susunan.masalah.append(Masalah(0, "Belum ada langkah penataan."))
    susunan.check_akhir()
    return susunan.as_rencana(unit)


@dataclass
class _Susunan:
    unit: dict[str, UnitFakta]
    penghuni: Mapping[str, Sequence[Penghuni]]
    ditutup: set[str] = field(default_factory=set)
    dihapus: list[str] = field(default_factory=list)
    masalah: list[Masalah] = field(default_factory=list)
    urut: int = 0

    def __post_init__(self) -> None:
        self.orang = {
            one.pegawai: one for people in self.penghuni.values() for one in people
        }
        self.asal = {
            one.pegawai: kode
            for kode, people in self.penghuni.items()
            for one in people
        }
        # Where each stands now, and by which post.
        self.tempat = dict(self.asal)
        self.jabatan = {pk: one.jabatan for pk, one in self.orang.items()}
        self.isi: dict[str, dict[int, None]] = defaultdict(dict)
        for pk, kode in self.asal.items():
            self.isi[kode][pk] = None

    # -- Steps --------------------------------------------------------------------------

    def apply(self, langkah: Langkah) -> None:
        self.urut = langkah.urut
        isi = langkah.isi
        match langkah.jenis:
            case JenisLangkah.GANTI_NAMA:
                self._ganti_nama(isi)
            case JenisLangkah.UNIT_BARU:
                self._bentuk(isi, isi["jenis"], isi["induk"])
            case JenisLangkah.PECAH:
                self._pecah(isi)
            case JenisLangkah.GABUNG:
                self._gabung(isi)
            case JenisLangkah.PINDAH_INDUK:
                self._pindah_induk(isi["unit"], isi["induk"])
            case JenisLangkah.PINDAH_ORANG:
                self._pindah_orang(isi)
            case JenisLangkah.TUTUP:
                if self._get(isi["unit"]):
                    self._tutup(isi["unit"])

    def _salah(self, pesan: str) -> None:
        self.masalah.append(Masalah(self.urut, pesan))

    def _get(self, kode: str) -> UnitFakta | None:
        found = self.unit.get(kode)
        if found is None:
            self._salah(f"Unit dengan kode {kode} tidak ada pada tanggal itu.")
        elif kode in self.ditutup:
            self._salah(f"{found.nama} sudah ditutup oleh langkah sebelumnya.")
            return None
        return found

    def _ganti_nama(self, isi: Mapping[str, Any]) -> None:
        unit = self._get(isi["unit"])
        if unit is None:
            return
        if isi["nama"] == unit.nama and not isi.get("jabatan"):
            self._salah(f"{unit.nama}: nama barunya sama dengan yang sekarang.")
            return
        self.unit[unit.kode] = replace(unit, nama=isi["nama"])
        if isi.get("jabatan"):
            eselon = unit.pimpinan.eselon if unit.pimpinan else isi.get("eselon", "")
            self._ganti_pimpinan(unit.kode, isi["jabatan"], eselon)

    def _ganti_pimpinan(self, kode: str, nama: str, eselon: str) -> None:
        """Give a unit another post at its head; who held the old one holds the new."""
        unit = self.unit[kode]
        lama, baru = unit.pimpinan, Pimpinan(f"baru:{kode}", nama, eselon)
        self.unit[kode] = replace(unit, pimpinan=baru)
        if lama is None:
            return
        if not lama.kunci.startswith("baru:"):
            self.dihapus.append(lama.kunci)
        for pk in self.isi[kode]:
            if self.jabatan[pk] == lama.kunci:
                self.jabatan[pk] = baru.kunci

    def _bentuk(self, isi: Mapping[str, Any], jenis: str, induk: str) -> None:
        kode, nama = isi["kode"], isi["nama"]
        if kode in self.unit:
            self._salah(f"Kode unit {kode} sudah dipakai.")
            return
        above = self._get(induk)
        if above is None or not self._is_tempat_benar(nama, jenis, above):
            return
        pimpinan = (
            Pimpinan(f"baru:{kode}", isi["jabatan"], isi.get("eselon", ""))
            if isi.get("jabatan")
            else None
        )
        self.unit[kode] = UnitFakta(kode, nama, jenis, induk, pimpinan)
        if any(
            one.nama == nama and one.induk == induk and one.kode != kode
            for one in self.unit.values()
            if one.kode not in self.ditutup
        ):
            self.masalah.append(
                Masalah(
                    self.urut,
                    f"Di bawah {above.nama} sudah ada unit bernama {nama}.",
                    is_galat=False,
                )
            )

    def _is_tempat_benar(self, nama: str, jenis: str, induk: UnitFakta) -> bool:
        if jenis == OPD and induk.jenis != INSTANSI:
            self._salah(f"{nama}: perangkat daerah berada tepat di bawah instansi.")
            return False
        if jenis == BAGIAN and induk.jenis == INSTANSI:
            self._salah(
                f"{nama}: bagian berada di bawah perangkat daerah atau bagian lain."
            )
            return False
        return True

    def _pecah(self, isi: Mapping[str, Any]) -> None:
        unit = self._get(isi["unit"])
        if unit is None:
            return
        if unit.induk is None:
            self._salah("Instansi tidak dapat dipecah.")
            return
        for one in isi["pecahan"]:
            self._bentuk(one, unit.jenis, unit.induk)
        if isi["tutup"]:
            self._tutup(unit.kode)

    def _gabung(self, isi: Mapping[str, Any]) -> None:
        tujuan = self._get(isi["tujuan"])
        if tujuan is None:
            return
        for kode in isi["asal"]:
            unit = self._get(kode)
            if unit is None:
                continue
            if kode == tujuan.kode:
                self._salah(f"{unit.nama} tidak dapat digabung ke dirinya sendiri.")
                continue
            if unit.induk is None:
                self._salah("Instansi tidak dapat digabung.")
                continue
            for part in self._list_bagian(kode):
                self._pindah_induk(part, tujuan.kode)
            for pk in list(self.isi[kode]):
                if not self._is_pimpinan(pk, kode):
                    self._taruh(pk, tujuan.kode)
            self._tutup(kode)

    def _list_bagian(self, kode: str) -> list[str]:
        return [
            one.kode
            for one in self.unit.values()
            if one.induk == kode and one.kode not in self.ditutup
        ]

    def _pindah_induk(self, kode: str, induk: str) -> None:
        unit, above = self._get(kode), self._get(induk)
        if unit is None or above is None:
            return
        if unit.induk is None:
            self._salah("Instansi tidak dapat dipindahkan.")
            return
        if any(one == kode for one in self._list_atas(induk)):
            self._salah(
                f"{unit.nama} tidak dapat berada di bawah dirinya sendiri atau "
                "bagiannya."
            )
            return
        if unit.induk == induk:
            self._salah(f"{unit.nama} memang sudah di bawah {above.nama}.")
            return
        if self._is_tempat_benar(unit.nama, unit.jenis, above):
            self.unit[kode] = replace(unit, induk=induk)

    def _list_atas(self, kode: str | None) -> Iterator[str]:
        while kode is not None:
            yield kode
            kode = self.unit[kode].induk

    def _pindah_orang(self, isi: Mapping[str, Any]) -> None:
        # People may leave a unit that an earlier step closed: they must.
        asal = self.unit.get(isi["asal"])
        tujuan = self._get(isi["tujuan"])
        if asal is None:
            self._salah(f"Unit dengan kode {isi['asal']} tidak ada pada tanggal itu.")
        if asal is None or tujuan is None:
            return
        chosen: list[int] | None = isi.get("orang")
        is_pimpinan, jabatan = isi.get("pimpinan", False), isi.get("jabatan", "")
        if is_pimpinan and (chosen is None or len(chosen) != 1):
            self._salah("Pilih tepat satu orang untuk memimpin unit tujuan.")
            return
        if is_pimpinan and tujuan.pimpinan is None:
            self._salah(f"{tujuan.nama} belum mempunyai jabatan pimpinan.")
            return
        if asal.kode == tujuan.kode and not is_pimpinan and not jabatan:
            self._salah("Unit tujuan sama dengan unit asal.")
            return
        everybody = self.isi[asal.kode]
        if chosen is None:
            people = [pk for pk in everybody if not self._is_pimpinan(pk, asal.kode)]
        else:
            people = [pk for pk in chosen if pk in everybody]
            if gone := len(chosen) - len(people):
                self._salah(
                    f"{gone} orang yang dipilih tidak bekerja di {asal.nama} pada "
                    "tanggal itu."
                )
        if is_pimpinan and tujuan.pimpinan:
            jabatan = tujuan.pimpinan.kunci
        for pk in people:
            if self._is_pimpinan(pk, asal.kode) and not jabatan:
                self._salah(
                    f"{self.orang[pk].nama} memimpin {asal.nama}: pilih jabatannya "
                    "di unit tujuan."
                )
                continue
            self._taruh(pk, tujuan.kode, jabatan)

    def _is_pimpinan(self, pk: int, kode: str) -> bool:
        pimpinan = self.unit[kode].pimpinan
        return pimpinan is not None and self.jabatan[pk] == pimpinan.kunci

    def _taruh(self, pk: int, kode: str, jabatan: str = "") -> None:
        del self.isi[self.tempat[pk]][pk]
        self.isi[kode][pk] = None
        self.tempat[pk] = kode
        if jabatan:
            self.jabatan[pk] = jabatan

    def _tutup(self, kode: str) -> None:
        unit = self.unit[kode]
        if unit.induk is None:
            self._salah("Instansi tidak dapat ditutup.")
            return
        self.ditutup.add(kode)
        if unit.pimpinan and not unit.pimpinan.kunci.startswith("baru:"):
            self.dihapus.append(unit.pimpinan.kunci)

    # -- The whole ----------------------------------------------------------------------

    def check_akhir(self) -> None:
        """Note what no single step shows: stranded people and parts, heads, fixed days."""
        self.urut = 0
        for kode in self.unit:
            if kode in self.ditutup:
                self._check_kosong(self.unit[kode])
        for unit in self.unit.values():
            if unit.kode not in self.ditutup:
                self._check_pimpinan(unit)
        moved = {one.pegawai for one in self._list_pindah()}
        tetap = [
            one.nama
            for one in self.orang.values()
            if one.is_terikat and one.pegawai in moved
        ]
        if tetap:
            self._salah(
                f"{sebut(tetap)} sudah mempunyai SK jabatan bertanggal mulai sama. "
                "Koreksi riwayat jabatannya, atau ubah tanggal berlaku."
            )

    def _check_kosong(self, unit: UnitFakta) -> None:
        if parts := self._list_bagian(unit.kode):
            names = [self.unit[part].nama for part in parts]
            self._salah(
                f"{unit.nama} ditutup, tetapi {sebut(names)} masih di bawahnya. "
                "Pindahkan atau tutup juga."
            )
        if people := list(self.isi[unit.kode]):
            names = [self.orang[pk].nama for pk in people]
            self._salah(
                f"{unit.nama} ditutup, tetapi {sebut(names)} masih bekerja di sana. "
                "Pindahkan lewat langkah Pindahkan pegawai."
            )

    def _check_pimpinan(self, unit: UnitFakta) -> None:
        people = self.isi.get(unit.kode, {})
        heads = [pk for pk in people if self._is_pimpinan(pk, unit.kode)]
        if len(heads) > 1:
            names = [self.orang[pk].nama for pk in heads]
            self._salah(
                f"{unit.nama} akan dipimpin lebih dari satu orang: {sebut(names)}."
            )
        elif not heads and unit.pimpinan and unit.pimpinan.kunci.startswith("baru:"):
            self.masalah.append(
                Masalah(0, f"{unit.pimpinan.nama} belum terisi.", is_galat=False)
            )

    def _list_pindah(self) -> Iterator[Pindah]:
        for pk, one in self.orang.items():
            if self.tempat[pk] != self.asal[pk] or self.jabatan[pk] != one.jabatan:
                yield Pindah(
                    pk, self.asal[pk], self.tempat[pk], one.jabatan, self.jabatan[pk]
                )

    def as_rencana(self, sebelum: Mapping[str, UnitFakta]) -> Rencana:
        return Rencana(
            sebelum=sebelum,
            sesudah=self.unit,
            ditutup=frozenset(self.ditutup),
            pindah=tuple(self._list_pindah()),
            pimpinan_dihapus=tuple(dict.fromkeys(self.dihapus)),
            masalah=tuple(self.masalah),
        )


def sebut(names: Sequence[str]) -> str:
    """Return "A, B, C dan 4 lainnya"."""
    shown = ", ".join(names[:SEBUT])
    rest = len(names) - SEBUT
    return f"{shown} dan {rest} lainnya" if rest > 0 else shown
