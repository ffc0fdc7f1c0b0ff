"""A small office and the people who recur in tests: one for each role."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from bkpsdmd.accounts.models import User
from bkpsdmd.accounts.roles import Role
from bkpsdmd.accounts.tests.factories import UserFactory
from simpeg.models import Pegawai, PejabatPenandatangan, UnitKerja
from simpeg.tests.factories import (
    JabatanFactory,
    PegawaiFactory,
    PemberianPeranFactory,
    UnitKerjaFactory,
    refreshed_at_once,
)


@dataclass(frozen=True)
class Kantor:
    """An instansi with two perangkat daerah; `bidang` is a part of `dinas`.

    `pegawai` works in the bidang that `atasan` leads; `pengelola` keeps the records of
    the dinas; `orang_luar` works in the other one. All four have accounts.
    """

    instansi: UnitKerja
    dinas: UnitKerja
    bidang: UnitKerja
    dinas_lain: UnitKerja
    pegawai: Pegawai
    atasan: Pegawai
    pengelola: Pegawai
    orang_luar: Pegawai

    def user_for(self, role: Role) -> User:
        """Return somebody with this role: one of the four, or an account made for it."""
        match role:
            case Role.PEGAWAI:
                return self.pegawai.user
            case Role.ATASAN:
                return self.atasan.user
            case Role.PENGELOLA_OPD:
                return self.pengelola.user
            case _:
                return make_user(role)


def build_kantor() -> Kantor:
    with refreshed_at_once():
        return _build_kantor()


def _build_kantor() -> Kantor:
    instansi = UnitKerjaFactory(instansi=True)
    dinas = UnitKerjaFactory(nama="Dinas Contoh")
    bidang = UnitKerjaFactory(nama="Bidang Contoh", induk=dinas)
    dinas_lain = UnitKerjaFactory(nama="Dinas Lain")
    atasan = PegawaiFactory(
        nama="Ahmad Atasan",
        punya_akun=True,
        di=bidang,
        di__golongan="IV/a",
        di__jabatan=JabatanFactory(memimpin=bidang),
    )
    pengelola = PegawaiFactory(nama="Rina Pengelola", punya_akun=True, di=dinas)
    PemberianPeranFactory(
        user=pengelola.user, peran=Role.PENGELOLA_OPD.value, unit_kerja=dinas
    )
    return Kantor(
        instansi=instansi,
        dinas=dinas,
        bidang=bidang,
        dinas_lain=dinas_lain,
        pegawai=PegawaiFactory(nama="Siti Pegawai", punya_akun=True, di=bidang),
        atasan=atasan,
        pengelola=pengelola,
        orang_luar=PegawaiFactory(nama="Udin Luar", punya_akun=True, di=dinas_lain),
    )


def make_user(role: Role, unit_kerja: UnitKerja | None = None) -> User:
    """Return a new account that was granted this role, by default for the whole office."""
    grant = PemberianPeranFactory(
        user=UserFactory(username=f"{role}-contoh", nama=f"{role.label} Contoh"),
        peran=role.value,
        unit_kerja=unit_kerja,
        mulai=dt.date(2020, 1, 1),
    )
    return grant.user


def make_penandatangan(kantor: Kantor, jenis: str) -> Pegawai:
    """Return the head of another unit, with an account, who signs this kind of paper."""
    kepala = PegawaiFactory(nama="Erna Kepala", punya_akun=True, di=kantor.dinas_lain)
    PejabatPenandatangan.objects.create(
        jenis_dokumen=jenis,
        pegawai=kepala,
        jabatan="Kepala Badan",
        mulai=dt.date(2020, 1, 1),
    )
    return kepala
