"""The archive of an invented office: few stored files, cited by many rows.

Each kind of paper has a handful of PDFs; rows share them, so that size and checksum are
true and every row opens.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from bkpsdmd.regulations import load_regulasi
from simpeg.choices import KeadaanBerkas
from simpeg.demo.arsip import Lemari
from simpeg.demo.lembar import RAGAM, draw_lembar
from simpeg.demo.orang import Orang
from simpeg.models import BerkasArsip, Pegawai
from simpeg.models.riwayat import Riwayat
from simpeg.rules.arsip import JenisArsip, list_jenis_arsip
from simpeg.services.massal import Sisipan, reserve_keys


@dataclass(frozen=True, slots=True)
class _Lembar:
    path: str
    sha256: str
    ukuran: int


class Pengarsip:
    """Puts papers into the archive of one chunk of people after another."""

    def __init__(self, *, seed: int, per_tanggal: dt.date) -> None:
        self._seed = seed
        self._today = per_tanggal
        self._jenis = list_jenis_arsip(per_tanggal)
        self._of = {
            kunci: satu for satu in self._jenis.values() for kunci in satu.riwayat
        }
        self._wajib = load_regulasi("simpeg/arsip_wajib").on(per_tanggal).nilai
        self._lembar: dict[tuple[str, int], _Lembar] = {}
        self._baru: list[str] = []
        self._rows: list[tuple[Any, BerkasArsip]] = []

    @contextmanager
    def clearing_up(self) -> Iterator[None]:
        """Take the files away again when the work inside fails."""
        try:
            yield
        except BaseException:
            for path in self._baru:
                default_storage.delete(path)
            raise

    def note(self, path: str) -> None:
        """Take this file away as well."""
        self._baru.append(path)

    def collect(
        self,
        orang: Orang,
        pegawai: Pegawai,
        rows: Iterable[tuple[str, Riwayat]],
        *,
        petugas_id: int | None,
    ) -> None:
        """Decide what this person's archive holds; records get their file with `write`."""
        lemari = Lemari(orang, seed=self._seed, per_tanggal=self._today)
        status = pegawai.status_on(self._today)
        wajib = [*self._wajib["semua"], *self._wajib.get(status.value, ())]
        nomor: dict[str, int] = {}

        def add(satu: JenisArsip, row: Any, hari: dt.date, **isian: Any) -> None:
            n = nomor[satu.kode] = nomor.get(satu.kode, orang.nomor) + 1
            lembar = self._get_lembar(satu, n % RAGAM + 1)
            isi = {
                "created_by_id": petugas_id,
                "created_at": _pagi(min(hari, self._today)),
                **isian,
            }
            berkas = BerkasArsip(
                pegawai=pegawai,
                jenis=satu.kode,
                berkas=lembar.path,
                nama_berkas=f"{satu.kode.replace('_', '-')}-{n - orang.nomor}.pdf",
                content_type="application/pdf",
                ukuran_byte=lembar.ukuran,
                sha256=lembar.sha256,
                halaman=1,
                **isi,
            )
            self._rows.append((row, berkas))

        for kunci, row in rows:
            satu = self._of.get(kunci)
            if (
                satu is None
                or not satu.fits(status)
                or _is_pertama(kunci, row, pegawai)
            ):
                continue
            if lemari.has(is_wajib=kunci in self._wajib["riwayat"]):
                hari = lemari.scanned_on()
                add(satu, row, max(hari, row.sk_tanggal or hari))
        ada = set()
        for kode in lemari.list_pelengkap(wajib):
            add(self._jenis[kode], None, lemari.scanned_on())
            ada.add(kode)
        for kiriman in lemari.list_kiriman(ada):
            hari = self._today - dt.timedelta(days=kiriman.hari_lalu)
            putusan: dict[str, Any] = {}
            if kiriman.keadaan is KeadaanBerkas.DITOLAK:
                putusan = {
                    "alasan": kiriman.alasan,
                    "diputus_at": _pagi(min(hari + dt.timedelta(days=1), self._today)),
                    "diputus_oleh_id": petugas_id,
                }
            add(
                self._jenis[kiriman.jenis],
                None,
                hari,
                created_by_id=pegawai.user_id,
                keadaan=kiriman.keadaan.value,
                **putusan,
            )

    def write(self) -> None:
        """Write the rows collected; before the records that cite them are prepared."""
        keys = reserve_keys(BerkasArsip, len(self._rows))
        for (row, berkas), key in zip(self._rows, keys, strict=True):
            berkas.pk = key
            if row is not None:
                row.berkas_id = key
        Sisipan(BerkasArsip, [berkas for _, berkas in self._rows]).write()
        self._rows.clear()

    def _get_lembar(self, satu: JenisArsip, ragam: int) -> _Lembar:
        """Store a paper at its first use; its place follows from its content."""
        key = (satu.kode, ragam)
        if key not in self._lembar:
            content = draw_lembar(satu.nama, ragam)
            sha256 = hashlib.sha256(content).hexdigest()
            path = f"arsip/{sha256[:2]}/{sha256[:32]}"
            if not default_storage.exists(path):
                path = default_storage.save(path, ContentFile(content))
                self._baru.append(path)
            self._lembar[key] = _Lembar(path, sha256, len(content))
        return self._lembar[key]


def _is_pertama(kunci: str, row: Any, pegawai: Pegawai) -> bool:
    """Tell whether the decree of appointment proves this record already."""
    return kunci in ("pangkat", "jabatan") and row.tmt <= pegawai.tmt_cpns


def _pagi(hari: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(hari, dt.time(9)))
