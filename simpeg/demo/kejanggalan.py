"""Mistakes that every real register has, put in on purpose for the radar to find.

One of each kind in so many people, so that few records are wrong and every kind of
finding can be seen. What is late or ended by itself is made elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from simpeg.choices import Eselon, JenisASN, JenisPenugasan
from simpeg.rules.golongan import GolonganPNS

from .karier import add_months, find_jenjang
from .orang import AKTIF, CLTN, PENSIUN, Orang

# The first mistake of a kind may come from this person on; then one in so many.
MULAI, TIAP = 150, 250
# Leaders are the first people of an office.
MULAI_PIMPINAN = 40


class Pengacau:
    """Puts the mistakes in; each person gets one at most."""

    def __init__(self, *, per_tanggal: date) -> None:
        self._month = per_tanggal.replace(day=1)
        self._rekan: Orang | None = None
        self._giliran: dict[Callable[[Orang], bool], int] = {
            self._share_post: MULAI_PIMPINAN,
            self._forget_pension: MULAI,
            self._forget_contract: MULAI,
            self._forget_return: MULAI,
            self._skip_golongan: MULAI,
            self._lower_golongan: MULAI,
            self._shrink_masa_kerja: MULAI,
            self._outgrow_post: MULAI,
        }

    def spoil(self, orang: Orang) -> None:
        """Change the record of this person if the turn has come for a mistake it can have."""
        if orang.slot.pemeran:
            return
        for mistake, nomor in self._giliran.items():
            if orang.nomor >= nomor and mistake(orang):
                self._giliran[mistake] = orang.nomor + TIAP
                return

    def _share_post(self, orang: Orang) -> bool:
        """Leave the predecessor in a post, as if the decree of the move were missing."""
        slot = orang.slot
        if slot.eselon not in (Eselon.III_B, Eselon.IV_A, Eselon.IV_B):
            return False
        rekan, self._rekan = self._rekan, orang
        if rekan is None or (rekan.slot.opd, rekan.slot.eselon) != (
            slot.opd,
            slot.eselon,
        ):
            return False
        post = rekan.jabatan[-1]
        orang.jabatan[-1] = replace(
            orang.jabatan[-1], jabatan=post.jabatan, unit=post.unit
        )
        self._rekan = None
        return True

    def _forget_pension(self, orang: Orang) -> bool:
        if not orang.is_pensiun:
            return False
        orang.kedudukan.pop()
        orang.jabatan[-1] = replace(orang.jabatan[-1], tmt_selesai=None)
        return True

    def _forget_contract(self, orang: Orang) -> bool:
        """Leave out the second agreement of somebody whose first has ended."""
        if orang.jenis_asn is not JenisASN.PPPK:
            return False
        akhir = add_months(self._month, -2)
        if orang.tmt_cpns > add_months(akhir, -12):
            return False
        orang.kontrak_berakhir = akhir
        return True

    def _forget_return(self, orang: Orang) -> bool:
        """Leave out the decree that ends a leave without pay."""
        tmt = add_months(self._month, -39)
        if not (
            _is_staf_pns(orang)
            and orang.tmt_pns
            and orang.tmt_pns < add_months(tmt, -60)
            and [kode for kode, _ in orang.kedudukan] == [AKTIF]
        ):
            return False
        orang.kedudukan.append((CLTN, tmt))
        return True

    def _skip_golongan(self, orang: Orang) -> bool:
        if not _is_staf_pns(orang) or len(orang.pangkat) < 4:
            return False
        del orang.pangkat[-2]
        return True

    def _lower_golongan(self, orang: Orang) -> bool:
        """Write an older golongan on the last decree, as a slip of the pen does."""
        if not (_is_staf_pns(orang) and orang.slot.pelaksana) or len(orang.pangkat) < 3:
            return False
        _, tmt, bulan, jenis, sk = orang.pangkat[-1]
        orang.pangkat[-1] = (orang.pangkat[-3][0], tmt, bulan, jenis, sk)
        return True

    def _shrink_masa_kerja(self, orang: Orang) -> bool:
        """Count masa kerja on the last decree a year short of the one before."""
        if not _is_staf_pns(orang) or len(orang.pangkat) < 3:
            return False
        sebelum = orang.pangkat[-2]
        kode, tmt, _, jenis, sk = orang.pangkat[-1]
        if sebelum[0].split("/")[0] != kode.split("/")[0] or sebelum[2] < 24:
            return False
        orang.pangkat[-1] = (kode, tmt, sebelum[2] - 12, jenis, sk)
        return True

    def _outgrow_post(self, orang: Orang) -> bool:
        """Leave out the decree of the higher jenjang that the golongan stands for."""
        fungsional = orang.slot.fungsional
        if orang.jenis_asn is not JenisASN.PNS or not fungsional or orang.is_pensiun:
            return False
        posts = [r for r in orang.jabatan if r.jabatan.startswith(fungsional.nama)]
        if len(posts) < 2 or orang.jabatan[-1] is not posts[-1]:
            return False
        jenjang = find_jenjang(GolonganPNS(orang.pangkat[-1][0]), fungsional.tangga)
        if not posts[-1].jabatan.endswith(f" {jenjang.label}"):
            return False
        orang.jabatan.pop()
        return True


def _is_staf_pns(orang: Orang) -> bool:
    """Tell whether nobody's post or succession hangs on this record."""
    return (
        orang.jenis_asn is JenisASN.PNS
        and orang.slot.eselon is None
        and not orang.slot.memimpin
        and all(kode != PENSIUN for kode, _ in orang.kedudukan)
        and all(r.penugasan is JenisPenugasan.DEFINITIF for r in orang.jabatan)
    )
