"""What an import needs to know of the portal, and what its pages show."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from itertools import count, islice
from typing import TypeVar

from django.db.models import QuerySet
from django.utils.text import slugify

from simpeg.choices import JenisJabatan
from simpeg.models import (
    BarisMasuk,
    BerkasMasuk,
    Jabatan,
    JenisUnit,
    KeadaanPegawai,
    KedudukanHukum,
    Pegawai,
    PerubahanNip,
    Referensi,
    TingkatPendidikan,
    UnitKerja,
)
from simpeg.selectors.keadaan import HimpunanRiwayat, load_himpunan
from simpeg.siasn.orang import Acuan, DataJabatan, DataUnit
from simpeg.siasn.pembaca import rapatkan

_T = TypeVar("_T")
# So many values go into one query at most; SQLite allows 32,766.
BATCH = 10_000
# Holds units whose OPD no file has told yet, until somebody moves them.
BELUM_DITEMPATKAN = "Belum ditempatkan"


def load_acuan() -> Acuan:
    """Return the lists rows are read against; three queries."""
    lain: dict[str, dict[str, str]] = {"agama": {}, "kawin": {}}
    for row in Referensi.objects.filter(daftar__in=lain):
        lain[row.daftar][row.kode] = row.nama
    return Acuan(
        agama=lain["agama"],
        kawin=lain["kawin"],
        pendidikan=dict(TingkatPendidikan.objects.values_list("kode", "nama")),
        kedudukan=dict(KedudukanHukum.objects.values_list("kode", "nama")),
    )


class PetaUnit:
    """Finds the unit a row names: by SIASN id or code, else by name inside its OPD.

    A unit that is not there yet gets a stand-in with a negative key, one for all rows
    that name it, so that a whole file can be worked out before anything is written.
    """

    def __init__(self) -> None:
        self.baru: dict[int, UnitKerja] = {}
        self._by_id: dict[str, UnitKerja] = {}
        self._by_nama: dict[tuple[int | None, str], UnitKerja] = {}
        self._keys = count(-1, -1)
        # Of two with one name the one that still exists is meant.
        units = UnitKerja.objects.order_by("path")
        for unit in sorted(units, key=lambda unit: unit.selesai is not None):
            self._add(unit)

    def get(self, data: DataUnit) -> UnitKerja:
        """Return the unit, perhaps as a stand-in."""
        found = self._by_id.get(data.siasn_id)
        if found:
            return found
        opd = self._find_opd(data)
        if opd and rapatkan(data.nama) == rapatkan(opd.nama):
            return opd
        found = self._by_nama.get((opd.pk if opd else None, rapatkan(data.nama)))
        if found:
            return found
        opd = opd or self._find_opd(DataUnit("", "", "", BELUM_DITEMPATKAN))
        return self._stand_in(data.siasn_id, data.nama, opd)

    def _find_opd(self, data: DataUnit) -> UnitKerja | None:
        if not data.opd_nama:
            return None
        found = self._by_id.get(data.opd_siasn_id) or self._by_nama.get(
            (None, rapatkan(data.opd_nama))
        )
        if found:
            return None if found.jenis == JenisUnit.INSTANSI else found
        # Where the row speaks of the OPD itself, its own id is the OPD's.
        is_sendiri = rapatkan(data.nama) == rapatkan(data.opd_nama)
        siasn_id = data.opd_siasn_id or (data.siasn_id if is_sendiri else "")
        return self._stand_in(siasn_id, data.opd_nama, None)

    def _stand_in(self, siasn_id: str, nama: str, opd: UnitKerja | None) -> UnitKerja:
        """Make a part of `opd`, or an OPD where that is None."""
        pk = next(self._keys)
        awalan = f"{opd.kode}-" if opd else ""
        unit = UnitKerja(
            pk=pk,
            kode=siasn_id or make_kode(f"{awalan}{nama}", self._by_id),
            nama=nama,
            jenis=JenisUnit.BAGIAN if opd else JenisUnit.OPD,
            siasn_id=siasn_id,
            opd=opd,
        )
        if opd is None:
            unit.opd = unit
        self.baru[pk] = unit
        self._add(unit)
        return unit

    def _add(self, unit: UnitKerja) -> None:
        for key in (unit.kode, unit.siasn_id):
            if key:
                self._by_id[key] = unit
        opd_id = unit.opd_id if unit.jenis == JenisUnit.BAGIAN else None
        self._by_nama.setdefault((opd_id, rapatkan(unit.nama)), unit)


class PetaJabatan:
    """Finds the post a row names: by SIASN id, else by name, a structural one by unit.

    Stand-ins as in `PetaUnit`.
    """

    def __init__(self) -> None:
        self.baru: dict[int, Jabatan] = {}
        self._by_id: dict[str, Jabatan] = {}
        self._by_nama: dict[tuple[str, int | None, str], Jabatan] = {}
        self._dipimpin: set[int] = set()
        self._keys = count(-1, -1)
        for jabatan in Jabatan.objects.filter(is_aktif=True):
            self._add(jabatan)

    def get(self, data: DataJabatan, unit: UnitKerja) -> Jabatan:
        """Return the post, perhaps as a stand-in; a structural one leads its unit.

        The first post that a unit is named with leads it, the others lead nothing.
        """
        jenis, nama = data.jenis.value, rapatkan(data.nama)
        is_struktural = data.jenis is JenisJabatan.STRUKTURAL
        found = self._by_id.get(data.siasn_id)
        if not found and is_struktural:
            found = self._by_nama.get((jenis, unit.pk, nama))
        found = found or self._by_nama.get((jenis, None, nama))
        if found:
            return found
        awalan = f"{unit.kode}-" if is_struktural else ""
        jabatan = Jabatan(
            pk=next(self._keys),
            kode=data.siasn_id or make_kode(f"{awalan}{data.nama}", self._by_id),
            nama=data.nama,
            jenis=jenis,
            eselon=data.eselon,
            siasn_id=data.siasn_id,
        )
        if is_struktural and unit.pk not in self._dipimpin:
            jabatan.unit_kerja = unit
        self.baru[jabatan.pk] = jabatan
        self._add(jabatan)
        return jabatan

    def _add(self, jabatan: Jabatan) -> None:
        for key in (jabatan.kode, jabatan.siasn_id):
            if key:
                self._by_id[key] = jabatan
        unit_id = jabatan.unit_kerja_id
        if unit_id:
            self._dipimpin.add(unit_id)
        self._by_nama.setdefault(
            (jabatan.jenis, unit_id, rapatkan(jabatan.nama)), jabatan
        )


def make_kode(nama: str, taken: Container[str]) -> str:
    """Return a code of ours for something SIASN gave no id, not yet in use."""
    dasar = slugify(nama).upper()[:60].strip("-") or "TANPA-NAMA"
    kandidat = (f"{dasar}-{n}" if n > 1 else dasar for n in count(1))
    return next(kode for kode in kandidat if kode not in taken)


class PetaOrang:
    """The people of the portal that a file may speak of, with their riwayat.

    A NIP that was replaced still finds its person, as it does in the search: SIASN may
    not know of the new one yet. `nip_diganti` are those that a decree replaced.
    """

    def __init__(
        self,
        siasn_ids: Iterable[str],
        nips: Iterable[str],
        niks: Iterable[str] = (),
    ) -> None:
        found: dict[int, Pegawai] = {}
        per_nik = map_nik(niks)
        nips = set(nips)
        lama = _map_nip_lama(nips)
        self.nip_diganti = frozenset(
            (pk, nip) for nip, rows in lama.items() for pk, has_sk in rows if has_sk
        )
        for name, values in (("siasn_id", siasn_ids), ("nip", nips)):
            for some in batched(sorted(set(values)), BATCH):
                for pegawai in Pegawai.objects.filter(**{f"{name}__in": some}).only(
                    "nip", "siasn_id"
                ):
                    found[pegawai.pk] = pegawai
        # A NIK of two people names neither: a PPPK who became PNS has two records.
        self._by_nik = {nik: min(pks) for nik, pks in per_nik.items() if len(pks) == 1}
        by_lama = {
            nip: pk
            for nip, rows in lama.items()
            for pk in {pk for pk, _ in rows}
            if len({pk for pk, _ in rows}) == 1
        }
        luar = {*self._by_nik.values(), *by_lama.values()} - set(found)
        for pks in batched(sorted(luar), BATCH):
            found |= Pegawai.objects.only("nip", "siasn_id").in_bulk(pks)
        self._by_siasn_id = {p.siasn_id: p.pk for p in found.values() if p.siasn_id}
        self._by_nip = by_lama | {p.nip: p.pk for p in found.values()}
        self.himpunan: dict[int, HimpunanRiwayat] = {
            satu.pegawai.pk: satu
            for some in batched(sorted(found), BATCH)
            for satu in load_himpunan(some)
        }

    def find(self, siasn_id: str, nip: str) -> tuple[int | None, int | None]:
        """Return who bears this PNS ID and who bears this NIP."""
        return self._by_siasn_id.get(siasn_id), self._by_nip.get(nip)

    def find_by_nik(self, nik: str) -> int | None:
        return self._by_nik.get(nik)


def _map_nip_lama(nips: Iterable[str]) -> Mapping[str, set[tuple[int, bool]]]:
    """Return who bore each of these NIP before, and whether a decree replaced it."""
    found: dict[str, set[tuple[int, bool]]] = {}
    for some in batched(sorted(set(nips) - {""}), BATCH):
        rows = PerubahanNip.objects.berlaku().filter(nip_lama__in=some)
        for nip, pk, sk in rows.values_list("nip_lama", "pegawai", "sk_nomor"):
            found.setdefault(nip, set()).add((pk, bool(sk)))
    return found


def map_nik(niks: Iterable[str]) -> Mapping[str, set[int]]:
    """Return which people bear each of these NIK."""
    found: dict[str, set[int]] = {}
    for some in batched(sorted(set(niks) - {""}), BATCH):
        for nik, pk in Pegawai.objects.filter(nik__in=some).values_list("nik", "pk"):
            found.setdefault(nik, set()).add(pk)
    return found


# -- What the pages show --------------------------------------------------------------

TOPIK = {
    "siasn_id": "PNS ID",
    "pangkat": "Pangkat",
    "golongan": "Golongan dan TMT-nya",
    "masa_kerja": "Masa kerja golongan",
    "jabatan": "Jabatan dan unit kerja",
    "pendidikan": "Pendidikan",
    "kedudukan": "Kedudukan hukum",
}


def label_isian(nama: str) -> str:
    """Return what a field of a person, or a kind of riwayat, is called."""
    if nama in TOPIK:
        return TOPIK[nama]
    label = str(Pegawai._meta.get_field(nama).verbose_name)  # type: ignore[union-attr]
    return label[:1].upper() + label[1:]


_BARIS = ("nomor", "hasil", "ada_peringatan", "nama", "nip", "catatan", "perubahan")


def list_berkas(jenis: str) -> QuerySet[BerkasMasuk]:
    """Return the files of one way in, with who uploaded them."""
    return BerkasMasuk.objects.filter(jenis=jenis).select_related("created_by")


def list_baris(impor: BerkasMasuk) -> QuerySet[BarisMasuk]:
    """Return the rows of a file without the cells they were read from."""
    return BarisMasuk.objects.filter(impor=impor).only(*_BARIS, "impor")


def list_tidak_ada(impor: BerkasMasuk) -> QuerySet[KeadaanPegawai]:
    """Return the active people whom the file does not name."""
    disebut = BarisMasuk.objects.filter(impor=impor, pegawai__isnull=False)
    return (
        KeadaanPegawai.objects.aktif()
        .exclude(pk__in=disebut.values("pegawai"))
        .select_related("unit_kerja")
        .only("nip", "nama_lengkap", "golongan", "jabatan_nama", "unit_kerja__nama")
    )


def find_ditolak_lain(baris: BarisMasuk) -> BarisMasuk | None:
    """Return the refused row after this one, or the first; None where it is the last."""
    lain = list_baris(baris.impor).filter(hasil=BarisMasuk.Hasil.DITOLAK)
    lain = lain.exclude(pk=baris.pk).order_by("nomor")
    return lain.filter(nomor__gt=baris.nomor).first() or lain.first()


def batched(values: Sequence[_T], size: int) -> Iterator[list[_T]]:
    rest = iter(values)
    while some := list(islice(rest, size)):
        yield some
