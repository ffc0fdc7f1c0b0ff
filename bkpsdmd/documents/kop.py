"""Whose letterhead a paper carries: that of its perangkat daerah on that day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from django.core.files.base import ContentFile
from django.db.models.fields.files import FieldFile

from bkpsdmd.documents.berjangka import (
    add_berjangka,
    cancel_berjangka,
    update_berjangka,
)
from bkpsdmd.documents.emblems import check_lambang, make_hitam_putih
from bkpsdmd.documents.models import (
    KopSurat,
    PengaturanKantor,
    WarnaLambang,
    get_kantor,
)
from bkpsdmd.exceptions import DomainError

if TYPE_CHECKING:
    from django.core.files import File

    from bkpsdmd.accounts.models import User

KATA = "kop"
Emblem = tuple[bytes, str]  # content and suffix, as `check_lambang` returns them

# -- Which units have letterheads: an app above says so ----------------------------------

KopChoices = Callable[[dt.date], Iterable[tuple[str, str]]]
_sources: list[KopChoices] = []


def register_kop_choices(source: KopChoices) -> None:
    """Offer units: `source(per_tanggal)` yields the stable code and name of each."""
    if source not in _sources:
        _sources.append(source)


def list_kop_choices(per_tanggal: dt.date) -> list[tuple[str, str]]:
    """Return code and name of every unit that may have a letterhead on that day."""
    return [pair for source in _sources for pair in source(per_tanggal)]


# -- Reading -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Kop:
    """A letterhead ready to be printed; an empty text is left out."""

    kunci: str
    nama_instansi: str
    nama_perangkat_daerah: str
    nama_bagian: str
    alamat: str
    kode_pos: str
    telepon: str
    surel: str
    situs: str
    tempat: str  # before the date of a letter
    lebar_lambang_mm: int
    ukuran_nama_pt: int
    ukuran_alamat_pt: int
    warna_lambang: str
    lambang: FieldFile | Emblem | None

    def as_payload(self) -> dict[str, object]:
        """Return what the templates print; reads the emblem."""
        names = (
            "nama_instansi", "nama_perangkat_daerah", "nama_bagian", "alamat", "kode_pos",
            "telepon", "surel", "situs", "lebar_lambang_mm", "ukuran_nama_pt",
            "ukuran_alamat_pt",
        )  # fmt: skip
        return {name: getattr(self, name) for name in names} | {
            "lambang": self._read_lambang()
        }

    def _read_lambang(self) -> dict[str, object] | None:
        """Return the emblem as a template takes it: SVG as text, PNG as numbers."""
        if not self.lambang:
            return None
        if isinstance(self.lambang, FieldFile):
            with self.lambang.open("rb") as file:
                content = file.read()
            suffix = "." + str(self.lambang.name).rsplit(".", 1)[-1]
        else:
            content, suffix = self.lambang
        if self.warna_lambang == WarnaLambang.HITAM:
            content = make_hitam_putih(content, suffix)
        if suffix == ".svg":
            return {"format": "svg", "isi": content.decode()}
        return {"format": "png", "isi": list(content)}


def get_kop(kunci: str, per_tanggal: dt.date) -> Kop:
    """Return the letterhead of a unit on that day; "" is the office itself.

    A unit without one of its own gets the office's emblem and shape with its own name
    and no address: never the name or address of another. Raises DomainError for a unit
    that nobody knows. One query; two more for a unit without one.
    """
    kantor = get_kantor()
    if not kunci:
        return build_kop(kantor)
    row = KopSurat.objects.on(per_tanggal).filter(kunci=kunci).first()
    if row is not None:
        return build_kop(kantor, row)
    nama = dict(list_kop_choices(per_tanggal)).get(kunci)
    if nama is None:
        raise DomainError(
            "Kop surat perangkat daerah ini belum diatur. Admin mengaturnya di menu "
            "Admin, Kop surat.",
            kode="kop_belum_ada",
        )
    if _squeeze(nama) == _squeeze(kantor.nama_perangkat_daerah):
        return build_kop(kantor)
    plain = KopSurat(
        kunci=kunci, nama_perangkat_daerah=nama, **_shape(kantor), mulai=per_tanggal
    )
    return build_kop(kantor, plain)


def build_kop(
    kantor: PengaturanKantor,
    row: KopSurat | None = None,
    *,
    lambang: Emblem | Literal[False] | None = None,
) -> Kop:
    """Return the letterhead that these settings make, stored or only typed so far.

    `lambang` is an emblem that is not stored yet, or False for none of its own.
    """
    own: Any = row or kantor
    stored = None if lambang is False else lambang or own.lambang or None
    if row is not None:
        stored = stored or kantor.lambang or None
    return Kop(
        kunci=row.kunci if row else "",
        nama_instansi=kantor.nama_instansi,
        nama_perangkat_daerah=own.nama_perangkat_daerah,
        nama_bagian=row.nama_bagian if row else "",
        alamat=own.alamat,
        kode_pos=own.kode_pos,
        telepon=own.telepon,
        surel=own.surel,
        situs=own.situs,
        tempat=own.tempat or kantor.tempat,
        lambang=stored,
        warna_lambang=own.warna_lambang,
        lebar_lambang_mm=own.lebar_lambang_mm,
        ukuran_nama_pt=own.ukuran_nama_pt,
        ukuran_alamat_pt=own.ukuran_alamat_pt,
    )


def _shape(kantor: PengaturanKantor) -> dict[str, Any]:
    names = ("warna_lambang", "lebar_lambang_mm", "ukuran_nama_pt", "ukuran_alamat_pt")
    return {name: getattr(kantor, name) for name in names}


def _squeeze(nama: str) -> str:
    return " ".join(nama.split()).casefold()


# -- Writing -------------------------------------------------------------------------------


def add_kop(
    *,
    kop: KopSurat,
    per_tanggal: dt.date,
    by: User | None,
    lambang: File[Any] | None = None,
) -> KopSurat:
    """Let a unit use this letterhead from `kop.mulai` on; the one before ends that day.

    An empty name becomes that of the unit on `per_tanggal`. Raises DomainError.
    """
    choices = dict(list_kop_choices(per_tanggal))
    if choices and kop.kunci not in choices:
        raise DomainError("Pilih perangkat daerah dari daftar.", kolom="kunci")
    kop.nama_perangkat_daerah = kop.nama_perangkat_daerah or choices.get(kop.kunci, "")
    _require_name(kop.nama_perangkat_daerah)
    emblem = check_lambang(lambang) if lambang else None
    return add_berjangka(
        kop, kata=KATA, by=by, store_files=lambda row: _store(row, emblem)
    )


def update_kop(
    *,
    kop: KopSurat,
    versi: int,
    by: User | None,
    lambang: File[Any] | Literal[False] | None = None,
    **changes: Any,
) -> KopSurat:
    """Correct a letterhead, or end it by `selesai`. Papers already out keep theirs.

    `lambang` is a new emblem, or False for the office's. Raises DomainError.
    """
    if "nama_perangkat_daerah" in changes:
        _require_name(changes["nama_perangkat_daerah"])
    emblem = check_lambang(lambang) if lambang else lambang
    return update_berjangka(
        kop,
        versi=versi,
        changes=changes,
        kata=KATA,
        by=by,
        store_files=lambda row: _store(row, emblem),  # type: ignore[arg-type]
    )


def cancel_kop(*, kop: KopSurat, versi: int, alasan: str, by: User | None) -> KopSurat:
    """Take back a letterhead entered by mistake; the one before goes on."""
    return cancel_berjangka(kop, versi=versi, alasan=alasan, kata=KATA, by=by)


def _store(kop: KopSurat, emblem: Emblem | Literal[False] | None) -> None:
    if emblem:
        content, suffix = emblem
        kop.lambang.save(f"lambang{suffix}", ContentFile(content), save=False)
    elif emblem is False:
        kop.lambang = ""


def _require_name(nama: str) -> None:
    if not nama.strip():
        raise DomainError(
            "Isi nama perangkat daerah pada kop.", kolom="nama_perangkat_daerah"
        )
