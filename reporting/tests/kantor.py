"""A small invented office whose figures can be counted by hand.

Period 2026-Q3 in WITA. Perangkat daerah at its end: Dinas Alfa, Beta and Gama; Dinas
Delta had been dissolved on its last day, Dinas Epsilon opened the day after.

    account   perangkat daerah  registered at the end   log-in
    alfa1     Alfa              yes                     the first instant of the period
    alfa2     Alfa              yes                     the last second, and twice more
    alfa3     Alfa              yes                     30 September 16:30 UTC: next quarter
    beta1     Beta              closed on 1 September   15 August
    beta2     Beta              yes                     only a failed one
    gama1     Gama              made on 1 October       never
    titipan   none on record    yes                     never
    admin     (no pegawai)      yes                     20 July
    robot     (system account)  not counted             1 August
"""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from bkpsdmd.accounts.models import CatatanMasuk, User
from bkpsdmd.accounts.tests.factories import UserFactory
from reporting.periode import Periode
from simpeg.models import KeadaanPegawai, Pegawai, UnitKerja
from simpeg.tests.factories import PegawaiFactory, UnitKerjaFactory

WITA = ZoneInfo("Asia/Makassar")
Q3 = Periode.parse("2026-Q3")
# When the daily check publishes: ten past midnight of the day after.
CUTOFF = dt.datetime(2026, 10, 1, 0, 10, tzinfo=WITA)

# (mandatory, filled, last changed) of each person's record.
DATA = {
    "alfa1": (22, 22, dt.date(2026, 9, 1)),
    "alfa2": (22, 20, dt.date(2025, 9, 30)),  # one day too old
    "alfa3": (19, 19, dt.date(2025, 10, 1)),  # the first of the 365 days
    "beta1": (22, 11, dt.date(2026, 1, 5)),
    "gama1": (22, 16, dt.date(2026, 10, 1)),  # after the period
    "titipan": (20, 0, dt.date(2020, 1, 1)),
}


def wita(month: int, day: int, *time: int) -> dt.datetime:
    return dt.datetime(2026, month, day, *time, tzinfo=WITA)


def build_kantor_kecil() -> dict[str, User]:
    units = {
        name: UnitKerjaFactory(nama=f"Dinas {name.title()}")
        for name in ("alfa", "beta", "gama", "delta", "epsilon")
    }
    _set_dates(units["delta"], selesai=dt.date(2026, 9, 30))
    _set_dates(units["epsilon"], mulai=dt.date(2026, 10, 1))
    users = {
        name: _make_pegawai(name, units[name[:-1]]).user
        for name in ("alfa1", "alfa2", "alfa3", "beta1", "beta2", "gama1")
    }
    users["titipan"] = PegawaiFactory(nama="titipan", punya_akun=True).user
    users["admin"] = UserFactory(username="admin")
    users["robot"] = UserFactory(username="robot", is_layanan=True)
    _set_accounts(users)
    _log_in(users)
    _set_records()
    return users


def _make_pegawai(name: str, unit: UnitKerja) -> Pegawai:
    return PegawaiFactory(nama=name, punya_akun=True, di=unit)


def _set_dates(unit: UnitKerja, **dates: dt.date) -> None:
    UnitKerja.objects.filter(pk=unit.pk).update(**dates)


def _set_accounts(users: dict[str, User]) -> None:
    User.objects.update(created_at=wita(6, 1))
    User.objects.filter(pk=users["gama1"].pk).update(created_at=wita(10, 1))
    User.objects.filter(pk=users["beta1"].pk).update(
        is_active=False, deactivated_at=wita(9, 1)
    )


def _log_in(users: dict[str, User]) -> None:
    tries = [
        ("alfa1", wita(7, 1), True),
        ("alfa2", wita(9, 30, 23, 59, 59), True),
        ("alfa2", wita(8, 3), True),
        ("alfa2", wita(8, 4), True),
        ("alfa3", dt.datetime(2026, 9, 30, 16, 30, tzinfo=dt.UTC), True),
        ("alfa3", wita(6, 30, 23, 59, 59), True),
        ("beta1", wita(8, 15), True),
        ("beta2", wita(8, 15), False),
        ("admin", wita(7, 20), True),
        ("robot", wita(8, 1), True),
    ]
    alasan = CatatanMasuk.Alasan
    CatatanMasuk.objects.bulk_create(
        CatatanMasuk(
            user=users[name],
            nama_hash="0" * 64,
            at=at,
            berhasil=berhasil,
            alasan=alasan.BERHASIL if berhasil else alasan.SANDI_SALAH,
        )
        for name, at, berhasil in tries
    )


def _set_records() -> None:
    KeadaanPegawai.objects.filter(nama_urut="BETA2").update(is_aktif=False)
    for name, (wajib, terisi, changed) in DATA.items():
        people = Pegawai.objects.filter(nama=name)
        people.update(updated_at=dt.datetime.combine(changed, dt.time.min, tzinfo=WITA))
        KeadaanPegawai.objects.filter(pegawai__in=people).update(
            wajib_jumlah=wajib, wajib_terisi=terisi
        )
