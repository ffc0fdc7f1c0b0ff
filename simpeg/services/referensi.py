"""Loading the reference tables from the files that come with the portal.

Safe to run at every start: what is there already is compared, only differences are
written, and attributes that the office may set itself are never touched again.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.db import models, transaction

from bkpsdmd.accounts.models import User
from bkpsdmd.audit import services as audit
from bkpsdmd.regulations import load_regulasi
from simpeg.choices import JenisASN, JenisJabatan, Jenjang, Pendidikan
from simpeg.models import (
    Golongan,
    Jabatan,
    JenisKenaikanPangkat,
    KeadaanPegawai,
    KedudukanHukum,
    Referensi,
    TingkatPendidikan,
)
from simpeg.rules.golongan import GolonganPNS, GolonganPPPK
from simpeg.services.keadaan import refresh_keadaan

DAFTAR_SIASN = Path(__file__).parents[1] / "data" / "daftar_siasn.csv"
BATCH = 500

# No source groups these: a convention of ours (data/SUMBER.md), which the office may
# change in the admin. 12, Pengungsi, counts as active: they keep their post.
KELOMPOK_KEDUDUKAN = {
    KedudukanHukum.AKTIF: "01 03 07 08 11 12 15 16 20 51",
    KedudukanHukum.TANPA_GAJI: "02 04 05 06 09 13 14",
    KedudukanHukum.BERAKHIR: "52 66 67 68 69 70 77 88 89 98 99",
    KedudukanHukum.DIBLOKIR: "90 91 92",
}


@dataclass(frozen=True)
class HasilMuat:
    """What became of one table: rows added, changed, already as they should be."""

    tabel: str
    baru: int
    berubah: int
    sama: int


@dataclass(frozen=True)
class _Baris:
    daftar: str
    id: str
    nama: str
    tambahan: str


def load_referensi() -> list[HasilMuat]:
    """Bring all reference tables up to the files; one transaction, idempotent."""
    lists: dict[str, list[_Baris]] = {}
    with DAFTAR_SIASN.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            lists.setdefault(row["daftar"], []).append(_Baris(**row))
    with transaction.atomic():
        return [
            _sync(_list_golongan(), key=["kode"], follow=["pangkat", "siasn_id"]),
            _sync(
                _list_kedudukan(lists.pop("kedudukanHukum")),
                key=["kode"],
                follow=["nama"],
            ),
            _sync(
                _list_pendidikan(lists.pop("tingkatPendidikan")),
                key=["kode"],
                follow=["nama"],
            ),
            _sync(
                [
                    JenisKenaikanPangkat(kode=row.id, nama=" ".join(row.nama.split()))
                    for row in lists.pop("kenaikanPangkat")
                ],
                key=["kode"],
                follow=["nama"],
            ),
            _sync(
                [
                    Referensi(
                        daftar=daftar, kode=row.id, nama=row.nama, tambahan=row.tambahan
                    )
                    for daftar, rows in lists.items()
                    if daftar != "golonganPns"
                    for row in rows
                ],
                key=["daftar", "kode"],
                follow=["nama", "tambahan"],
            ),
            _sync(
                _list_jabatan_fungsional(),
                key=["kode"],
                follow=["nama", "jenjang"],
            ),
        ]


def _list_golongan() -> list[Golongan]:
    pns = [
        Golongan(
            kode=golongan.value,
            skala=JenisASN.PNS.value,
            urut=golongan.tingkat,
            pangkat=golongan.pangkat,
            siasn_id=golongan.siasn,
        )
        for golongan in GolonganPNS
    ]
    pppk = [
        Golongan(kode=golongan.value, skala=JenisASN.PPPK.value, urut=golongan.tingkat)
        for golongan in GolonganPPPK
    ]
    return pns + pppk


def _list_kedudukan(rows: Iterable[_Baris]) -> list[KedudukanHukum]:
    kelompok = {
        kode: nama
        for nama, kodes in KELOMPOK_KEDUDUKAN.items()
        for kode in kodes.split()
    }
    return [
        KedudukanHukum(kode=row.id, nama=row.nama, kelompok=kelompok[row.id])
        for row in rows
    ]


def _list_pendidikan(rows: Iterable[_Baris]) -> list[TingkatPendidikan]:
    return [
        TingkatPendidikan(kode=row.id, nama=row.nama, setara=setara.value)
        for row in rows
        if (setara := Pendidikan.from_siasn(row.id))
    ]


def _list_jabatan_fungsional() -> list[Jabatan]:
    """Return the functional posts of SIASN, each under SIASN's own id."""
    versions = load_regulasi("simpeg/jabatan_fungsional_siasn").riwayat
    rows = []
    for row in versions[-1].nilai:
        jenjang = Jenjang.from_siasn(row["jenjang"])  # None for XX, unknown
        rows.append(
            Jabatan(
                kode=row["id"],
                siasn_id=row["id"],
                nama=row["nama"],
                jenis=JenisJabatan.FUNGSIONAL.value,
                jenjang=jenjang.value if jenjang else "",
                usia_bup=row["usia_bup"] or None,
            )
        )
    return rows


def _sync(
    rows: Sequence[models.Model], *, key: Sequence[str], follow: Sequence[str]
) -> HasilMuat:
    """Add the rows that are missing; let the fields `follow` of the others follow.

    All other fields belong to the office once the row is there.
    """
    model = type(rows[0])
    there = {
        values[: len(key)]: values[len(key) :]
        for values in model._default_manager.values_list(*key, *follow)
    }
    new = [row for row in rows if _values(row, key) not in there]
    changed = [
        row
        for row in rows
        if there.get(values := _values(row, key)) != _values(row, follow)
        and values in there
    ]
    model._default_manager.bulk_create(new, batch_size=BATCH)
    model._default_manager.bulk_create(
        changed,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=key,
        update_fields=follow,
    )
    return HasilMuat(
        tabel=str(model._meta.verbose_name),
        baru=len(new),
        berubah=len(changed),
        sama=len(rows) - len(new) - len(changed),
    )


def _values(row: models.Model, fields: Sequence[str]) -> tuple[object, ...]:
    return tuple(getattr(row, name) for name in fields)


def save_acuan(
    *, row: models.Model, by: User | None, per_tanggal: dt.date
) -> models.Model:
    """Add a row of a reference table, or change one; its key never changes.

    When a kedudukan hukum moves to another group, everybody who stands in it is written
    again in the read table: the group decides who counts as active.
    """
    with transaction.atomic():
        manager = type(row)._default_manager
        old = manager.select_for_update().filter(pk=row.pk).first() if row.pk else None
        names = [field.name for field in row._meta.concrete_fields]
        values = {name: getattr(row, name) for name in names}
        changes = audit.diff(old, values) if old else {}
        if old and not changes:
            return row
        row.full_clean()
        row.save(force_insert=old is None)
        kind = "acuan.ubah" if old else "acuan.tambah"
        audit.record(kind, row, by=by, changes=changes)
        if isinstance(row, KedudukanHukum) and "kelompok" in changes:
            holders = KeadaanPegawai.objects.filter(kedudukan=row)
            ids = list(holders.values_list("pk", flat=True))
            refresh_keadaan(ids, per_tanggal=per_tanggal)
    return row
