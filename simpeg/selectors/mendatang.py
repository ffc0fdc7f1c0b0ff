"""The next dates of a career, each worked out by its rule from what is on record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bkpsdmd.exceptions import DomainError
from bkpsdmd.regulations import Alasan, load_regulasi
from simpeg.choices import (
    Eselon,
    JenisASN,
    Jenjang,
    KelompokJabatan,
    Predikat,
    StatusKepegawaian,
    TingkatHukuman,
)
from simpeg.jenis_riwayat import (
    ANGKA_KREDIT,
    CLTN,
    HUKUMAN,
    KGB,
    KONTRAK,
    PENGHARGAAN,
    SKP,
)
from simpeg.rules.golongan import GolonganPNS, parse_golongan
from simpeg.rules.kedudukan import is_pengaktifan
from simpeg.rules.kenaikan_pangkat import (
    FaktaFungsional,
    FaktaPangkat,
    FaktaReguler,
    FaktaStruktural,
    HasilKenaikanPangkat,
    KodeKenaikanPangkat,
    check_kenaikan_pangkat,
)
from simpeg.rules.kgb import FaktaKgb, HasilKgb, compute_kgb
from simpeg.rules.penghargaan import (
    FaktaSatyalancana,
    HukumanTercatat,
    KelasSatyalancana,
    KodeSatyalancana,
    MasaCltn,
    find_satyalancana,
)
from simpeg.rules.waktu import add_years, count_months
from simpeg.selectors.keadaan import Keadaan
from simpeg.selectors.riwayat import BarisPeristiwa

# More steps than a scale has.
SEMUA_LANGKAH = 40
# What a rule asks for, in words of the record it stands in.
BELUM_TERCATAT = {
    "ak_sejak_pangkat": "angka kredit sejak pangkat terakhir belum tercatat.",
    "lulus_ujian": "kelulusan ujian dinas tidak tercatat di portal.",
    "pendidikan": "pendidikan belum tercatat.",
    "jenjang": "jenjang jabatannya belum tercatat.",
    "tmt_jabatan": "TMT jabatannya belum tercatat.",
}
BELUM_HUKUMAN = "Belum memperhitungkan catatan disiplin, yang tidak terbaca oleh Anda."


@dataclass(frozen=True)
class Mendatang:
    """`tanggal` is None where the rule gives none; `keterangan` then says why.

    What a rule could not judge stands in `keterangan` without reasons.
    """

    kunci: str
    label: str
    tanggal: dt.date | None
    keterangan: str = ""
    alasan: tuple[Alasan, ...] = ()
    catatan: str = ""


class _Lain:
    """The rows in force of the other kinds, by kind, oldest first."""

    def __init__(self, rows: Sequence[BarisPeristiwa]) -> None:
        self._rows = sorted(
            (row for row in rows if row.is_berlaku), key=lambda row: row.tanggal
        )

    def list(self, kunci: str) -> list[BarisPeristiwa]:
        return [row for row in self._rows if row.jenis.kunci == kunci]

    @property
    def predikat(self) -> dict[int, Predikat]:
        return {
            int(row.judul): Predikat(row.kode or "") for row in self.list(SKP.kunci)
        }


def list_mendatang(
    keadaan: Keadaan,
    lain: Sequence[BarisPeristiwa],
    *,
    is_sensitive_visible: bool,
) -> list[Mendatang]:
    """Return the next raise, promotion, end of contract and medal; no query.

    Retirement is told by its own rule. Penalties count only for who may read them.
    """
    rows = _Lain(lain)
    found: list[Mendatang] = []
    sources: list[tuple[str, str, Callable[[], Mendatang | None]]] = [
        ("kgb", "Kenaikan gaji berkala", lambda: _kgb(keadaan, rows)),
    ]
    if keadaan.status.jenis_asn is JenisASN.PNS:
        sources += [
            (
                "kp",
                "Kenaikan pangkat",
                lambda: _kp(keadaan, rows, is_sensitive_visible=is_sensitive_visible),
            ),
            (
                "satyalancana",
                "Satyalancana Karya Satya",
                lambda: _satyalancana(
                    keadaan, rows, is_sensitive_visible=is_sensitive_visible
                ),
            ),
        ]
    else:
        sources.append(("kontrak", "Akhir perjanjian kerja", lambda: _kontrak(rows)))
    for kunci, label, compute in sources:
        try:
            satu = compute()
        except DomainError as error:
            kurang = BELUM_TERCATAT.get(error.kolom or "", error.pesan)
            satu = Mendatang(kunci, label, None, f"Belum dapat dihitung: {kurang}")
        if satu:
            found.append(satu)
    return found


# -- KGB ------------------------------------------------------------------------------


def _kgb(keadaan: Keadaan, lain: _Lain) -> Mendatang:
    label = "Kenaikan gaji berkala"
    if keadaan.pangkat is None:
        return Mendatang("kgb", label, None, "Golongan belum tercatat.")
    hari_ini = keadaan.per_tanggal
    dasar, masa = keadaan.pangkat.tmt, keadaan.pangkat.masa_kerja_bulan
    for row in lain.list(KGB.kunci):
        if dasar <= row.tanggal <= hari_ini and row.kode:
            dasar, masa = row.tanggal, int(row.kode)
    cltn = [satu for satu in _list_cltn(lain) if dasar <= satu.mulai <= hari_ini]
    for satu in cltn:
        if satu.selesai is None:
            return Mendatang("kgb", label, None, "Menunggu SK aktif kembali dari CLTN.")
        # Service stands still while away: the base moves to the day of the return.
        masa += max(count_months(dasar, satu.mulai), 0)
        dasar = max(dasar, satu.selesai)
    kontrak = lain.list(KONTRAK.kunci)[-1:]
    fakta = FaktaKgb(
        golongan=parse_golongan(
            keadaan.pangkat.golongan_id, JenisASN(keadaan.pegawai.jenis_asn)
        ),
        tmt_dasar=dasar,
        mkg_bulan_dasar=masa,
        kontrak_mulai=kontrak[0].tanggal if kontrak else None,
        kontrak_selesai=kontrak[0].selesai if kontrak else None,
        banyak=SEMUA_LANGKAH,
    )
    # What time has reached since the last decree counts as granted: the next one is asked.
    lewat = [
        s for s in compute_kgb(fakta, per_tanggal=hari_ini).kgb if s.tmt <= hari_ini
    ]
    if lewat:
        dasar, masa = lewat[-1].tmt_semula, lewat[-1].mkg_bulan
    hasil = compute_kgb(
        FaktaKgb(
            golongan=fakta.golongan,
            tmt_dasar=dasar,
            mkg_bulan_dasar=masa,
            kontrak_mulai=fakta.kontrak_mulai,
            kontrak_selesai=fakta.kontrak_selesai,
            predikat=lain.predikat,
        ),
        per_tanggal=hari_ini,
    )
    return Mendatang(
        "kgb",
        label,
        hasil.kgb[0].tmt if hasil.kgb else None,
        _qualify_kgb(hasil),
        hasil.alasan,
        " ".join(
            kata
            for kata, berlaku in (
                ("Masa CLTN tidak dihitung sebagai masa kerja.", cltn),
                (
                    "Menganggap kenaikan yang sudah lewat waktunya sudah diberikan.",
                    lewat,
                ),
            )
            if berlaku
        ),
    )


def _qualify_kgb(hasil: HasilKgb) -> str:
    if hasil.puncak:
        return "Sudah di puncak skala gaji golongannya."
    return "" if hasil.berhak else "Menurut waktu; ada syarat yang belum terpenuhi."


# -- Kenaikan pangkat ------------------------------------------------------------------


def _kp(
    keadaan: Keadaan, lain: _Lain, *, is_sensitive_visible: bool
) -> Mendatang | None:
    label = "Kenaikan pangkat"
    if keadaan.status is StatusKepegawaian.CPNS:
        return Mendatang("kp", label, None, "Dihitung setelah diangkat sebagai PNS.")
    if keadaan.pangkat is None or keadaan.jabatan is None:
        return Mendatang("kp", label, None, "Pangkat atau jabatan belum tercatat.")
    fakta = _build_fakta_kp(keadaan, lain)
    hasil = check_kenaikan_pangkat(fakta, per_tanggal=keadaan.per_tanggal)
    alasan = hasil.alasan
    if not is_sensitive_visible:
        alasan = tuple(a for a in alasan if a.kode != KodeKenaikanPangkat.HUKUMAN)
    return Mendatang(
        "kp",
        label,
        hasil.tmt_kp,
        _why_no_kp(hasil),
        alasan,
        "" if is_sensitive_visible else BELUM_HUKUMAN,
    )


def _build_fakta_kp(keadaan: Keadaan, lain: _Lain) -> FaktaPangkat:
    """Return the facts of the kind of promotion that the post takes."""
    pangkat, riwayat = keadaan.pangkat, keadaan.jabatan
    if pangkat is None or riwayat is None:
        raise ValueError("golongan and post are needed")
    golongan, tmt, predikat = (
        GolonganPNS(pangkat.golongan_id),
        pangkat.tmt,
        lain.predikat,
    )
    hukuman = _find_hukuman_berjalan(lain, keadaan.per_tanggal)
    jabatan = riwayat.jabatan
    if jabatan.kelompok is KelompokJabatan.JF:
        kredit = [row for row in lain.list(ANGKA_KREDIT.kunci) if row.tanggal > tmt]
        return FaktaFungsional(
            golongan,
            tmt,
            predikat,
            hukuman,
            jenjang=Jenjang(jabatan.jenjang) if jabatan.jenjang else None,
            ak_sejak_pangkat=sum((Decimal(row.judul) for row in kredit), Decimal())
            if kredit
            else None,
        )
    if jabatan.eselon:
        return FaktaStruktural(
            golongan,
            tmt,
            predikat,
            hukuman,
            eselon=Eselon(jabatan.eselon),
            tmt_jabatan=riwayat.tmt,
        )
    pendidikan = keadaan.pendidikan
    return FaktaReguler(
        golongan,
        tmt,
        predikat,
        hukuman,
        pendidikan=pendidikan.tingkat.as_pendidikan if pendidikan else None,
    )


def _why_no_kp(hasil: HasilKenaikanPangkat) -> str:
    if hasil.tmt_kp:
        return f"Paling awal, ke golongan {hasil.golongan_baru}."
    kurang = [a.pesan for a in hasil.alasan if not a.terpenuhi]
    return kurang[0] if kurang else ""


def _find_hukuman_berjalan(lain: _Lain, per_tanggal: dt.date) -> TingkatHukuman | None:
    running = [
        tingkat
        for row in lain.list(HUKUMAN.kunci)
        if (tingkat := _tingkat(row))
        and row.tanggal <= per_tanggal <= (row.selesai or row.tanggal)
    ]
    return max(running, key=list(TingkatHukuman).index, default=None)


def _tingkat(row: BarisPeristiwa) -> TingkatHukuman | None:
    """Read the level out of what SIASN adds to a kind of penalty."""
    return TingkatHukuman.from_siasn((row.kode or "").rpartition("=")[2])


# -- Contract and medal ----------------------------------------------------------------


def _kontrak(lain: _Lain) -> Mendatang:
    label = "Akhir perjanjian kerja"
    rows = lain.list(KONTRAK.kunci)
    if not rows:
        return Mendatang("kontrak", label, None, "Perjanjian kerja belum tercatat.")
    last = max(rows, key=lambda row: row.selesai or row.tanggal)
    keterangan = f"Hari terakhir perjanjian ke-{last.judul}."
    return Mendatang("kontrak", label, last.selesai, keterangan)


def _satyalancana(
    keadaan: Keadaan, lain: _Lain, *, is_sensitive_visible: bool
) -> Mendatang | None:
    label, hari_ini = "Satyalancana Karya Satya", keadaan.per_tanggal
    tmt_cpns = keadaan.pegawai.tmt_cpns
    if tmt_cpns is None:
        return Mendatang("satyalancana", label, None, "TMT CPNS belum tercatat.")
    punya = {row.kode for row in lain.list(PENGHARGAAN.kunci)}
    tahun = load_regulasi("simpeg/satyalancana").on(hari_ini).nilai
    kelas = _find_kelas_berikut(punya, tmt_cpns, tahun, hari_ini)
    if kelas is None:
        return None
    jatuh = add_years(tmt_cpns, tahun[kelas])
    hasil = find_satyalancana(
        FaktaSatyalancana(
            tmt_cpns, tuple(_list_hukuman(lain)), tuple(_list_cltn(lain))
        ),
        per_tanggal=max(jatuh, hari_ini),
    )
    alasan = hasil.alasan
    if not is_sensitive_visible:
        alasan = tuple(a for a in alasan if a.kode == KodeSatyalancana.MASA_KERJA)
    gugur = hasil.kelas is None
    kata = "Sudah dapat diusulkan" if jatuh <= hari_ini else "Dapat diusulkan"
    return Mendatang(
        "satyalancana",
        label,
        None if gugur else jatuh,
        "Haknya gugur." if gugur else f"{kata}: {kelas.label}.",
        alasan,
        "" if is_sensitive_visible else BELUM_HUKUMAN,
    )


def _find_kelas_berikut(
    punya: set[str | None],
    tmt_cpns: dt.date,
    tahun: dict[str, int],
    hari_ini: dt.date,
) -> KelasSatyalancana | None:
    """Return the highest class reached and not held, else the next one to reach."""
    semua = list(KelasSatyalancana)
    dimiliki = [n for n, kelas in enumerate(semua) if kelas.siasn in punya]
    sisa = semua[max(dimiliki, default=-1) + 1 :]
    sudah = [k for k in sisa if add_years(tmt_cpns, tahun[k]) <= hari_ini]
    return sudah[-1] if sudah else next(iter(sisa), None)


def _list_hukuman(lain: _Lain) -> Iterator[HukumanTercatat]:
    for row in lain.list(HUKUMAN.kunci):
        if tingkat := _tingkat(row):
            yield HukumanTercatat(tingkat, row.tanggal)


def _list_cltn(lain: _Lain) -> Iterator[MasaCltn]:
    """Yield each CLTN; `selesai` is the first day after it."""
    rows = lain.list(CLTN.kunci)
    for row in rows:
        if row.kode in {"1", "5"}:
            kembali = [
                lain.tanggal
                for lain in rows
                if lain.tanggal > row.tanggal and is_pengaktifan(lain.kode or "")
            ]
            habis = row.selesai and row.selesai + dt.timedelta(days=1)
            ends = [day for day in (habis, *kembali[:1]) if day]
            yield MasaCltn(row.tanggal, min(ends, default=None))
