"""What SIASN says of one person beside what we hold: what would change, what clashes.

Works in memory alone. A record an officer made is never replaced: where SIASN says
otherwise the row is noted and a person decides.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

from simpeg.choices import (
    JenisASN,
    JenisKelamin,
    JenisPenugasan,
    Sumber,
)
from simpeg.models import (
    Jabatan,
    Pegawai,
    RiwayatJabatan,
    RiwayatKedudukan,
    RiwayatPangkat,
    RiwayatPendidikan,
    UnitKerja,
)
from simpeg.models.riwayat import Riwayat
from simpeg.selectors.keadaan import HimpunanRiwayat
from simpeg.selectors.siasn import BELUM_DITEMPATKAN, PetaJabatan, PetaUnit
from simpeg.services.rencana import Nilai, Rencana, Tambahan
from simpeg.siasn.catatan import Catatan, KodeCatatan, peringatan
from simpeg.siasn.orang import Acuan, DataOrang, DataPangkat, DataPendidikan

_R = TypeVar("_R", bound="_BerTmt")
# What a correction does not take over from the row it corrects.
_TIDAK_IKUT = frozenset(
    {
        *("id", "pegawai", "sumber", "mengoreksi", "dibatalkan_oleh"),
        *("created_at", "created_by"),
    }
)


class _BerTmt(Protocol):
    tmt: dt.date


@dataclass(frozen=True, slots=True)
class Sengketa:
    """Where SIASN says otherwise than a record that an import leaves alone.

    What would follow it: a riwayat, or a value of the identity. Neither where ours is
    younger than what SIASN tells.
    """

    kita: str
    siasn: str
    tambahan: Tambahan | None = None
    identitas: tuple[Any, Any] | None = None

    @property
    def bisa_diterima(self) -> bool:
        return self.tambahan is not None or self.identitas is not None


@dataclass(slots=True, kw_only=True)
class RencanaSiasn(Rencana):
    """What one row of an export would change, and what a person has to decide."""

    orang: DataOrang
    catatan: list[Catatan] = field(default_factory=list)
    sengketa: dict[str, Sengketa] = field(default_factory=dict)

    def warn(self, kolom: str, kode: str, pesan: str) -> None:
        self.catatan.append(peringatan(kolom, kode, pesan))


class Pembanding:
    """Compares people one by one against the same lists, units and posts."""

    def __init__(
        self,
        *,
        acuan: Acuan,
        unit: PetaUnit,
        jabatan: PetaJabatan,
        per_tanggal: dt.date,
        nip_diganti: Collection[tuple[int, str]] = (),
    ) -> None:
        self.nip_diganti = nip_diganti
        self.acuan = acuan
        self.unit = unit
        self.jabatan = jabatan
        self.per_tanggal = per_tanggal

    def compare(self, orang: DataOrang, kita: HimpunanRiwayat | None) -> RencanaSiasn:
        """Return the plan for one person; `kita` is None for somebody new."""
        rencana = RencanaSiasn(kita or HimpunanRiwayat(Pegawai()), orang=orang)
        self._compare_identitas(rencana)
        _compare_pangkat(rencana)
        self._compare_jabatan(rencana)
        self._compare_pendidikan(rencana)
        self._compare_kedudukan(rencana)
        return rencana

    def _compare_identitas(self, rencana: RencanaSiasn) -> None:
        """Take over what SIASN says; what it leaves empty stays as we have it."""
        orang, pegawai = rencana.orang, rencana.himpunan.pegawai
        baru = {"nip": orang.nip, **orang.identitas}
        if orang.siasn_id and not pegawai.siasn_id:
            baru["siasn_id"] = orang.siasn_id
        elif orang.siasn_id and pegawai.siasn_id != orang.siasn_id:
            rencana.warn(
                "pns_id",
                KodeCatatan.PNS_ID_BERBEDA,
                "PNS ID di berkas berbeda dari catatan kita untuk NIP ini. Catatan kita "
                "dipertahankan; pastikan keduanya orang yang sama.",
            )
            rencana.sengketa["siasn_id"] = Sengketa(
                pegawai.siasn_id or "",
                orang.siasn_id,
                identitas=(pegawai.siasn_id, orang.siasn_id),
            )
        if (pegawai.pk, orang.nip) in self.nip_diganti and orang.nip != pegawai.nip:
            del baru["nip"]
            rencana.warn(
                "nip_baru",
                KodeCatatan.NIP_SUDAH_DIGANTI,
                "Berkas masih memakai NIP lama orang ini, yang sudah diganti menurut SK. "
                "NIP di portal dipertahankan; ajukan pemutakhiran di SIASN.",
            )
            rencana.sengketa["nip"] = Sengketa(
                pegawai.nip, orang.nip, identitas=(pegawai.nip, orang.nip)
            )
        for name, value in baru.items():
            lama = None if rencana.is_baru else getattr(pegawai, name)
            if value == lama:
                continue
            rencana.identitas[name] = (lama, value)
            rencana.change(name, self._tulis(name, lama), self._tulis(name, value))
        if "nip" in rencana.identitas and not rencana.is_baru:
            rencana.warn(
                "nip_baru",
                KodeCatatan.NIP_BERUBAH,
                "PNS ID ini tercatat dengan NIP lain. NIP diganti menurut berkas, juga "
                "sebagai nama masuk akunnya; pastikan memang ada penetapan NIP baru.",
            )

    def _tulis(self, name: str, value: Any) -> Nilai:
        """Return a value in words, as the page and the log show it."""
        match name, value:
            case _, None | "":
                return None
            case "agama", _:
                return str(self.acuan.agama.get(value, value))
            case "status_kawin", _:
                return str(self.acuan.kawin.get(value, value))
            case "jenis_kelamin", _:
                return JenisKelamin(value).label
            case "jenis_asn", _:
                return JenisASN(value).label
            case _, dt.date():
                return f"{value:%d-%m-%Y}"
            case _:
                return str(value)

    def _compare_jabatan(self, rencana: RencanaSiasn) -> None:
        data = rencana.orang.jabatan
        if data is None:
            return
        unit = self.unit.get(data.unit)
        jabatan = self.jabatan.get(data, unit)
        kita = [
            row
            for row in rencana.himpunan.jabatan
            if row.jenis_penugasan == JenisPenugasan.DEFINITIF
        ]
        isi = {"jabatan": jabatan, "unit_kerja": unit, "tmt": data.tmt}
        baru = _tulis_jabatan(jabatan, unit, data.tmt)
        sama_tmt = next((row for row in kita if row.tmt == data.tmt), None)
        terakhir = _terakhir(kita)
        if sama_tmt and _is_sama(sama_tmt, jabatan, unit):
            if terakhir and terakhir is not sama_tmt:
                _note_lebih_lama(
                    rencana, "jabatan", "jabatan_nama", _tulis_riwayat(terakhir), baru
                )
        elif sama_tmt and sama_tmt.sumber == Sumber.MANUAL:
            _note_beda(
                rencana,
                "jabatan",
                "jabatan_nama",
                _tulis_riwayat(sama_tmt),
                baru,
                _koreksi(sama_tmt, isi),
            )
        elif terakhir and data.tmt < terakhir.tmt:
            if not _is_sama(terakhir, jabatan, unit):
                _note_lebih_lama(
                    rencana, "jabatan", "jabatan_nama", _tulis_riwayat(terakhir), baru
                )
        else:
            rencana.tambahan.append(Tambahan(RiwayatJabatan, isi, sama_tmt))
            if unit.opd and unit.opd.nama == BELUM_DITEMPATKAN:
                _note_opd(rencana)
            lama = _tulis_riwayat(terakhir) if terakhir else None
            rencana.change("jabatan", lama, baru)

    def _compare_pendidikan(self, rencana: RencanaSiasn) -> None:
        data = rencana.orang.pendidikan
        if data is None:
            return
        setingkat = [
            row for row in rencana.himpunan.pendidikan if row.tingkat_id == data.tingkat
        ]
        kita = _find_pendidikan(setingkat, data)
        nama = data.nama or (kita.nama if kita else self.acuan.pendidikan[data.tingkat])
        isi = {
            "tingkat_id": data.tingkat,
            "nama": nama,
            "sekolah": data.sekolah,
            "tahun_lulus": data.tahun_lulus,
            "tanggal_lulus": data.tanggal_lulus,
        }
        baru = _tulis_pendidikan(nama, data.tahun_lulus)
        if kita is None:
            rencana.tambahan.append(Tambahan(RiwayatPendidikan, isi))
            rencana.change("pendidikan", None, baru)
        elif _is_pendidikan_sama(kita, data):
            return
        else:
            # What SIASN leaves out this time it did not take back.
            isi["sekolah"] = isi["sekolah"] or kita.sekolah
            isi["tahun_lulus"] = isi["tahun_lulus"] or kita.tahun_lulus
            isi["tanggal_lulus"] = isi["tanggal_lulus"] or kita.tanggal_lulus
            if kita.sumber == Sumber.MANUAL:
                _note_beda(
                    rencana,
                    "pendidikan",
                    "pendidikan_nama",
                    _tulis_lengkap(kita),
                    _tulis_pendidikan(
                        nama, data.tahun_lulus or kita.tahun_lulus, data.sekolah
                    ),
                    _koreksi(kita, isi),
                )
                return
            rencana.tambahan.append(Tambahan(RiwayatPendidikan, isi, kita))
            rencana.change("pendidikan", str(kita), baru)

    def _compare_kedudukan(self, rencana: RencanaSiasn) -> None:
        orang = rencana.orang
        if not orang.kedudukan:
            return
        nama = self.acuan.kedudukan[orang.kedudukan]
        himpunan = rencana.himpunan
        semua: list[Any] = [*himpunan.kedudukan, *himpunan.perubahan]
        kita = _terakhir(semua)
        if kita is None:
            sejak = _find_awal(orang) or self.per_tanggal
            isi = {"kedudukan_id": orang.kedudukan, "tmt": sejak}
            rencana.tambahan.append(Tambahan(RiwayatKedudukan, isi))
            rencana.change("kedudukan", None, nama)
            return
        if kita.kedudukan_id == orang.kedudukan:
            return
        # SIASN tells no TMT: from today, unless today's row itself is SIASN's.
        ganti = kita if kita.tmt == self.per_tanggal else None
        isi = {"kedudukan_id": orang.kedudukan, "tmt": self.per_tanggal}
        # A decree of another kind (CLTN, dismissal) stands for itself.
        is_sendiri = isinstance(kita, RiwayatKedudukan) and kita.tmt <= self.per_tanggal
        if not is_sendiri or kita.sumber == Sumber.MANUAL:
            _note_beda(
                rencana,
                "kedudukan",
                "kedudukan_hukum_nama",
                str(kita),
                nama,
                Tambahan(RiwayatKedudukan, isi, ganti) if is_sendiri else None,
            )
        else:
            rencana.tambahan.append(Tambahan(RiwayatKedudukan, isi, ganti))
            rencana.change("kedudukan", kita.kedudukan.nama, nama)
            rencana.warn(
                "kedudukan_hukum_nama",
                KodeCatatan.KEDUDUKAN_TANPA_TMT,
                f"Kedudukan berubah menjadi {nama}, tetapi SIASN tidak menyebut TMT-nya. "
                "Dicatat mulai hari impor; koreksi menurut SK bila berbeda.",
            )


# -- Pangkat --------------------------------------------------------------------------


def _compare_pangkat(rencana: RencanaSiasn) -> None:
    """Add golongan that SIASN knows and we do not; never replace an officer's record."""
    kita, data = rencana.himpunan.pangkat, rencana.orang.pangkat
    baru: list[str] = []
    awal = rencana.orang.pangkat_awal
    if awal and _is_awal_hilang(awal, data, kita):
        _add_pangkat(rencana, awal, baru)
    if data:
        _compare_pangkat_kini(rencana, data, baru)
    if baru:
        terakhir = _terakhir(kita)
        lama = _tulis_pangkat(terakhir.golongan_id, terakhir.tmt) if terakhir else None
        rencana.change("pangkat", lama, ", ".join(baru))


def _is_awal_hilang(
    awal: DataPangkat, kini: DataPangkat | None, kita: Sequence[RiwayatPangkat]
) -> bool:
    """Tell whether the golongan at appointment is missing from our record."""
    if kini and kini.tmt <= awal.tmt:
        return False
    return not any(
        row.tmt <= awal.tmt or row.golongan_id == awal.golongan for row in kita
    )


def _compare_pangkat_kini(
    rencana: RencanaSiasn, data: DataPangkat, baru: list[str]
) -> None:
    kita = rencana.himpunan.pangkat
    sama_tmt = next((row for row in kita if row.tmt == data.tmt), None)
    terakhir = _terakhir(kita)
    siasn = _tulis_pangkat(data.golongan, data.tmt)
    isi = _isi_pangkat(rencana, data)
    if sama_tmt and sama_tmt.golongan_id == data.golongan:
        if terakhir is not sama_tmt:
            _note_lebih_lama(
                rencana, "golongan", "gol_akhir_nama", str(terakhir), siasn
            )
        elif sama_tmt.masa_kerja_bulan != data.masa_kerja_bulan:
            # Whatever its source: SIASN does not say on which day it counted.
            _note_beda(
                rencana,
                "masa_kerja",
                "mk_tahun",
                f"masa kerja {_tulis_masa(sama_tmt.masa_kerja_bulan)}",
                _tulis_masa(data.masa_kerja_bulan),
                _koreksi(sama_tmt, isi),
            )
    elif sama_tmt and sama_tmt.sumber == Sumber.MANUAL:
        _note_beda(
            rencana,
            "golongan",
            "gol_akhir_nama",
            str(sama_tmt),
            siasn,
            _koreksi(sama_tmt, isi),
        )
    elif sama_tmt or terakhir is None:
        _add_pangkat(rencana, data, baru, sama_tmt)
    elif data.golongan == terakhir.golongan_id:
        _note_beda(
            rencana,
            "golongan",
            "tmt_golongan",
            str(terakhir),
            siasn,
            _koreksi(terakhir, isi),
        )
    elif data.tmt < terakhir.tmt:
        _note_lebih_lama(rencana, "golongan", "gol_akhir_nama", str(terakhir), siasn)
    else:
        _add_pangkat(rencana, data, baru)


def _add_pangkat(
    rencana: RencanaSiasn,
    data: DataPangkat,
    baru: list[str],
    ganti: RiwayatPangkat | None = None,
) -> None:
    isi = _isi_pangkat(rencana, data)
    rencana.tambahan.append(Tambahan(RiwayatPangkat, isi, ganti))
    baru.append(_tulis_pangkat(data.golongan, data.tmt))


def _isi_pangkat(rencana: RencanaSiasn, data: DataPangkat) -> dict[str, Any]:
    isi: dict[str, Any] = {
        "golongan_id": data.golongan,
        "tmt": data.tmt,
        "masa_kerja_bulan": data.masa_kerja_bulan,
    }
    identitas = rencana.orang.identitas
    if data.tmt == identitas.get("tmt_cpns"):
        # The decree of appointment is also the decree of the first golongan.
        isi["sk_nomor"] = identitas.get("sk_cpns_nomor", "")
        isi["sk_tanggal"] = identitas.get("sk_cpns_tanggal")
    return isi


# -- Helpers --------------------------------------------------------------------------


def _terakhir(rows: Sequence[_R]) -> _R | None:
    return max(rows, key=lambda row: row.tmt, default=None)


def _find_awal(orang: DataOrang) -> dt.date | None:
    tmt_cpns = orang.identitas.get("tmt_cpns")
    if isinstance(tmt_cpns, dt.date):
        return tmt_cpns
    return orang.pangkat.tmt if orang.pangkat else None


def _is_sama(row: RiwayatJabatan, jabatan: Jabatan, unit: UnitKerja) -> bool:
    return (row.jabatan_id, row.unit_kerja_id) == (jabatan.pk, unit.pk)


def _find_pendidikan(
    setingkat: Sequence[RiwayatPendidikan], data: DataPendidikan
) -> RiwayatPendidikan | None:
    """Return our record of the same diploma: same level, and same year or same name."""
    for row in setingkat:
        if data.tahun_lulus and row.tahun_lulus == data.tahun_lulus:
            return row
    for row in setingkat:
        if data.nama.casefold() in ("", row.nama.casefold()):
            return row
    return None


def _is_pendidikan_sama(kita: RiwayatPendidikan, data: DataPendidikan) -> bool:
    return (
        data.nama.casefold() in ("", kita.nama.casefold())
        and data.tahun_lulus in (None, kita.tahun_lulus)
        and data.sekolah.casefold() in ("", kita.sekolah.casefold())
    )


def _note_beda(
    rencana: RencanaSiasn,
    topik: str,
    kolom: str,
    kita: str,
    siasn: str,
    tambahan: Tambahan | None,
) -> None:
    rencana.sengketa[topik] = Sengketa(kita, siasn, tambahan)
    rencana.warn(
        kolom,
        KodeCatatan.BEDA_DENGAN_CATATAN,
        f"Beda dengan catatan kita: {kita}; SIASN: {siasn}. Catatan kita tidak diubah. "
        "Cocokkan dengan SK, lalu koreksi yang keliru.",
    )


def _note_lebih_lama(
    rencana: RencanaSiasn, topik: str, kolom: str, kita: str, siasn: str
) -> None:
    rencana.sengketa[topik] = Sengketa(kita, siasn)
    rencana.warn(
        kolom,
        KodeCatatan.SIASN_LEBIH_LAMA,
        f"Catatan kita lebih baru: {kita}. Catatan kita tidak diubah; pastikan SIASN "
        "ikut dimutakhirkan.",
    )


def _koreksi(lama: Riwayat, isi: Mapping[str, Any]) -> Tambahan:
    """Return a row that says what SIASN says and keeps the rest of what ours tells."""
    tetap = {
        field.attname: getattr(lama, field.attname)
        for field in lama._meta.concrete_fields
        if field.name not in _TIDAK_IKUT and field.name not in isi
    }
    return Tambahan(type(lama), {**tetap, **isi}, lama)


def _note_opd(rencana: RencanaSiasn) -> None:
    rencana.warn(
        "satuan_kerja_kerja_nama",
        KodeCatatan.OPD_KOSONG,
        f"Perangkat daerahnya tidak disebut. Unit ini dicatat di bawah "
        f"“{BELUM_DITEMPATKAN}”; lengkapi kolom SATUAN KERJA KERJA NAMA bila diketahui.",
    )


def _tulis_pangkat(golongan: str, tmt: dt.date) -> str:
    return f"{golongan} TMT {tmt:%d-%m-%Y}"


def _tulis_masa(bulan: int) -> str:
    return f"{bulan // 12} tahun {bulan % 12} bulan"


def _tulis_jabatan(jabatan: Jabatan, unit: UnitKerja, tmt: dt.date) -> str:
    return f"{jabatan.nama}, {unit.nama} TMT {tmt:%d-%m-%Y}"


def _tulis_riwayat(row: RiwayatJabatan) -> str:
    return _tulis_jabatan(row.jabatan, row.unit_kerja, row.tmt)


def _tulis_pendidikan(nama: str, tahun: int | None, sekolah: str = "") -> str:
    teks = f"{nama} ({tahun})" if tahun else nama
    return f"{teks}, {sekolah}" if sekolah else teks


def _tulis_lengkap(row: RiwayatPendidikan) -> str:
    return _tulis_pendidikan(row.nama, row.tahun_lulus, row.sekolah)
