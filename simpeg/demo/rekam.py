"""What else is on record about an invented person: ratings, pay, family, transfers …

Drawn from a source of its own per person, so that the people stay who they are.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from simpeg.choices import (
    ArahPindah,
    Ekspektasi,
    JenisASN,
    Periodik,
    Predikat,
    SistemSKP,
)

from .baris import Baris
from .gaji import list_kgb, list_kontrak
from .karier import add_months
from .keluarga import list_keluarga
from .orang import AKTIF, CLTN, MPP, PENSIUN, TUGAS_BELAJAR, Orang
from .pengembangan import list_angka_kredit, list_pelatihan, list_penilaian_diri

# Kinds of acts and of dismissal, by the ids of SIASN.
JENIS_CLTN, JENIS_TUBEL, JENIS_BUP = "1", "6", "1"
SKP_TAHUN = 4  # how many of the last complete years are on record
SKP_PERTAMA = 2022
KUADRAN = {
    (Ekspektasi.SESUAI, Ekspektasi.SESUAI, Predikat.BAIK): 74,
    (Ekspektasi.SESUAI, Ekspektasi.DI_ATAS, Predikat.BAIK): 8,
    (Ekspektasi.DI_ATAS, Ekspektasi.DI_ATAS, Predikat.SANGAT_BAIK): 14,
    (Ekspektasi.DI_BAWAH, Ekspektasi.SESUAI, Predikat.BUTUH_PERBAIKAN): 4,
}
PENILAI = {
    "penilai_nama": "Pejabat Penilai Contoh",
    "penilai_jabatan": "Kepala Unit Contoh",
}
KGB_TERLEWAT = 0.08
SEBERANG = "Pemerintah Kabupaten Contoh Seberang"


class Pencatat:
    """Makes the further records of one person after another."""

    def __init__(self, *, seed: int, per_tanggal: date, instansi: str) -> None:
        self._seed = seed
        self._today = per_tanggal
        self._instansi = instansi

    def list_perubahan(self, orang: Orang) -> Iterator[Baris]:
        """Yield the decrees behind the standings of a person that are not plain records."""
        for kode, tmt in orang.kedudukan:
            sk = _sk("882", orang, tmt - timedelta(days=20))
            if kode == PENSIUN:
                isi = {"jenis": JENIS_BUP, "kedudukan": kode, "tmt": tmt, **sk}
                yield "pemberhentian", isi
            elif kode == CLTN:
                akhir = add_months(tmt, 36) - timedelta(days=1)
                isi = {"jenis": JENIS_CLTN, "kedudukan": kode, "tmt": tmt}
                yield "cltn", {**isi, "tmt_selesai": akhir, **sk}
            elif kode == TUGAS_BELAJAR:
                # Every second one has come to an end that nobody recorded.
                akhir = add_months(tmt, 6 + 18 * (orang.nomor % 2)) - timedelta(days=1)
                isi = {"jenis": JENIS_TUBEL, "kedudukan": kode, "tmt": tmt}
                yield (
                    "tugas-belajar",
                    {
                        **isi,
                        "tmt_selesai": akhir,
                        "is_dibebaskan": True,
                        "tingkat": "45",
                        "nama": "Magister Contoh",
                        "sekolah": "Universitas Contoh",
                        **sk,
                    },
                )
            elif kode not in (AKTIF, MPP):
                raise ValueError(f"no decree gives the standing {kode}")

    def list_lain(self, orang: Orang) -> Iterator[Baris]:
        rng = Random(f"rekam-{self._seed}-{orang.nomor}")  # noqa: S311
        akhir = orang.kedudukan[-1][1] if orang.is_pensiun else self._today
        dinilai = list(self._rate(orang, rng, akhir))
        yield from dinilai
        if orang.slot.eselon and rng.random() < 0.6:
            yield from self._assess(rng)
        if orang.jenis_asn == JenisASN.PNS:
            yield from self._move(orang, rng)
        predikat = {
            isi["tahun"]: Predikat(isi["kuadran"])
            for kunci, isi in dinilai
            if kunci == "skp"
        }
        yield from self._list_hak(orang, predikat, akhir)

    def _list_hak(
        self, orang: Orang, predikat: dict[int, Predikat], akhir: date
    ) -> Iterator[Baris]:
        """Yield pay, family, training, credits, medals and penalties."""
        rng = Random(f"hak-{self._seed}-{orang.nomor}")  # noqa: S311
        yield from list_kontrak(orang)
        kgb = list(list_kgb(orang, predikat, akhir))
        # Now and then the last raise was paid and never written down.
        yield from kgb[: -1 if rng.random() < KGB_TERLEWAT else None]
        yield from list_keluarga(orang, rng, self._today)
        yield from list_pelatihan(orang, rng, akhir)
        yield from list_angka_kredit(orang, predikat)
        yield from list_penilaian_diri(orang, rng, akhir)

    def _rate(self, orang: Orang, rng: Random, akhir: date) -> Iterator[Baris]:
        pergi = [tmt for kode, tmt in orang.kedudukan if kode == CLTN]
        last = min([akhir, *pergi]).year - 1
        first = max(SKP_PERTAMA, last - SKP_TAHUN + 1, orang.tmt_cpns.year + 1)
        for tahun in range(first, last + 1):
            yield "skp", {"tahun": tahun, **_draw(rng), **_dokumen(tahun), **PENILAI}
        if rng.random() < 0.03 and not orang.is_pensiun:
            yield from self._rate_quarters(orang, rng)
        if orang.jenis_asn != JenisASN.PNS:
            return
        if rng.random() < 0.45:
            for tahun in range(max(2017, orang.tmt_cpns.year + 1), SKP_PERTAMA):
                is_leader = orang.slot.eselon is not None
                yield "skp-lama", _skp_lama(rng, tahun, is_leader=is_leader)
        if orang.tmt_cpns.year < 2013 and rng.random() < 0.06:
            yield "dp3", _dp3(rng, is_leader=orang.slot.eselon is not None)

    def _rate_quarters(self, orang: Orang, rng: Random) -> Iterator[Baris]:
        mulai = date(self._today.year, 1, 1)
        while (akhir := add_months(mulai, 3) - timedelta(days=1)) < self._today:
            if orang.tmt_cpns < mulai:
                isi = {
                    "periodik": Periodik.TRIWULAN.value,
                    "mulai": mulai,
                    "selesai": akhir,
                    "sk_nomor": f"EK/{orang.nomor:05}/{mulai:%m}/CONTOH",
                    "sk_tanggal": akhir,
                }
                yield "kinerja-periodik", {**isi, **_draw(rng), **PENILAI}
            mulai = akhir + timedelta(days=1)

    def _assess(self, rng: Random) -> Iterator[Baris]:
        hari = self._today - timedelta(days=rng.randint(60, 1200))
        laporan = {
            "tanggal": hari,
            "sk_nomor": f"LHA/{hari:%y%m%d}/CONTOH",
            "sk_tanggal": hari,
            "sk_pejabat": "Pusat Asesmen Contoh",
        }
        level = {name: rng.choice((2, 3, 3, 3, 4)) for name in _KOMPETENSI}
        yield "kompetensi", {**laporan, **level}
        nilai = {name: rng.randint(60, 92) for name in _POTENSI}
        yield "potensi", {**laporan, **nilai, "total": sum(nilai.values())}

    def _move(self, orang: Orang, rng: Random) -> Iterator[Baris]:
        years = self._today.year - orang.tmt_cpns.year
        if years > 6 and rng.random() < 0.012:
            tmt = add_months(orang.tmt_cpns, rng.randint(24, years * 12 - 24))
            sk = _sk("824", orang, tmt - timedelta(days=30))
            yield (
                "pindah-instansi",
                {
                    "arah": ArahPindah.MASUK.value,
                    "kedudukan": AKTIF,
                    "tmt": tmt,
                    "instansi_asal": SEBERANG,
                    "instansi_tujuan": self._instansi,
                    **sk,
                },
            )
            pindah = {"lokasi": "Hulu Sungai Tengah", "tmt": tmt}
            yield "pwk", {**pindah, "satuan_kerja": self._instansi, **sk}
        for lama, baru in zip(orang.jabatan, orang.jabatan[1:], strict=False):
            if lama.jabatan == baru.jabatan and lama.unit != baru.unit:
                sk = {"sk_nomor": baru.sk.nomor, "sk_tanggal": baru.sk.tanggal}
                yield "unor", {"unit_kerja": baru.unit, "tmt": baru.tmt, **sk}


_KOMPETENSI = (
    "integritas",
    "kerja_sama",
    "komunikasi",
    "orientasi_hasil",
    "pelayanan_publik",
    "pengembangan_diri",
    "mengelola_perubahan",
    "pengambilan_keputusan",
    "perekat_bangsa",
)
_POTENSI = (
    "berpikir_kritis",
    "intelektual",
    "interpersonal",
    "kesadaran_diri",
    "motivasi_komitmen",
)
_PERILAKU = (
    "orientasi_pelayanan",
    "integritas",
    "komitmen",
    "disiplin",
    "kerja_sama",
)
_PERILAKU_BARU = ("orientasi_pelayanan", "inisiatif_kerja", "komitmen", "kerja_sama")
_DP3 = (
    "kesetiaan",
    "prestasi_kerja",
    "tanggung_jawab",
    "ketaatan",
    "kejujuran",
    "kerja_sama",
    "prakarsa",
)


def _draw(rng: Random) -> dict[str, Any]:
    hasil, perilaku, kuadran = rng.choices(list(KUADRAN), list(KUADRAN.values()))[0]
    return {
        "hasil_kerja": hasil.value,
        "perilaku_kerja": perilaku.value,
        "kuadran": kuadran.value,
    }


def _dokumen(tahun: int) -> dict[str, Any]:
    return {
        "sk_nomor": f"EK/{tahun}/CONTOH",
        "sk_tanggal": date(tahun + 1, 1, 20),
    }


def _skp_lama(rng: Random, tahun: int, *, is_leader: bool) -> dict[str, Any]:
    # From 2021 on PP 30/2019 rated initiative in the place of integrity and discipline.
    is_baru = tahun > 2020
    names = _PERILAKU_BARU if is_baru else _PERILAKU
    names = (*names, "kepemimpinan") if is_leader else names
    unsur = {name: rng.randint(76, 92) for name in names}
    jumlah = sum(unsur.values())
    skp, perilaku = rng.randint(78, 92), round(jumlah / len(names), 2)
    return {
        "tahun": tahun,
        "peraturan": (SistemSKP.PP_30 if is_baru else SistemSKP.PP_46).value,
        "nilai_skp": skp,
        **unsur,
        "jumlah": jumlah,
        "nilai_perilaku": perilaku,
        "nilai_prestasi": round(skp * 0.6 + perilaku * 0.4, 2),
        **_dokumen(tahun),
        **PENILAI,
    }


def _dp3(rng: Random, *, is_leader: bool) -> dict[str, Any]:
    names = (*_DP3, "kepemimpinan") if is_leader else _DP3
    nilai = {name: rng.randint(76, 90) for name in names}
    nilai["kesetiaan"] = 91
    jumlah = sum(nilai.values())
    return {
        "tahun": 2013,
        **nilai,
        "jumlah": jumlah,
        "rata_rata": round(jumlah / len(names), 2),
        **_dokumen(2013),
        **PENILAI,
    }


def _sk(kode: str, orang: Orang, tanggal: date) -> dict[str, Any]:
    return {
        "sk_nomor": f"{kode}/{orang.nomor:05}/CONTOH/{tanggal.year}",
        "sk_tanggal": tanggal,
        "sk_pejabat": "Bupati",
    }
