"""Filling an empty portal with an invented office (see `simpeg.demo`).

The one place that writes people in bulk without the services that officers use: what it
writes is nobody's act. One event of the audit log tells the whole.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from django.db import connection, transaction

from bkpsdmd.accounts.models import User
from bkpsdmd.accounts.roles import DERIVED, Role
from bkpsdmd.accounts.services import create_account
from bkpsdmd.audit import services as audit
from bkpsdmd.documents.models import get_kantor
from bkpsdmd.documents.services import ensure_kantor, update_kantor
from bkpsdmd.exceptions import DomainError
from bkpsdmd.regulations import load_regulasi
from simpeg.choices import Eselon, JenisJabatan, JenisPenugasan
from simpeg.demo import kantor as denah
from simpeg.demo.formasi import (
    PALING_SEDIKIT,
    PELAKSANA,
    Formasi,
    Pemeran,
    Slot,
    build_formasi,
)
from simpeg.demo.karier import add_months
from simpeg.demo.kejanggalan import Pengacau
from simpeg.demo.masuk import Pemakaian
from simpeg.demo.orang import (
    Orang,
    Pembuat,
    Sk,
    kode_lama,
    kode_pelaksana,
)
from simpeg.demo.rekam import Pencatat
from simpeg.models import (
    Jabatan,
    JenisUnit,
    Pegawai,
    PejabatPenandatangan,
    PotretMutu,
    RiwayatJabatan,
    UnitKerja,
)
from simpeg.services.akses import grant_peran
from simpeg.services.demo_arsip import Pengarsip
from simpeg.services.demo_orang import (
    Acuan,
    Tokoh,
    decree,
    load_acuan,
    write_people,
)
from simpeg.services.demo_siasn import reconcile
from simpeg.services.jabatan import JabatanSpec, ensure_jabatan
from simpeg.services.keadaan import refresh_keadaan
from simpeg.services.massal import collector_paused
from simpeg.services.mutu import refresh_stale, take_potret
from simpeg.services.radar import rebuild_temuan
from simpeg.services.referensi import load_referensi
from simpeg.services.unit_kerja import UnitSpec, ensure_units, rename_unit

CHUNK = 2000
BERDIRI = dt.date(2017, 1, 1)
# Vacant posts of these levels get somebody who acts.
BER_PLT = (Eselon.II_B, Eselon.III_A, Eselon.III_B)
# Letters and digits that nobody mistakes for one another.
_TANDA_SANDI = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True)
class AkunContoh:
    """An account with a password to be told: the only time it can be read."""

    peran: Role
    username: str
    sandi: str
    nama: str


@dataclass(frozen=True)
class HasilDemo:
    pegawai: int
    unit_kerja: int
    akun: tuple[AkunContoh, ...]


@collector_paused()
def seed_demo(
    *,
    banyak: int,
    seed: int,
    per_tanggal: dt.date,
    progress: Callable[[int], None] = lambda done: None,
) -> HasilDemo:
    """Fill an empty portal with `banyak` invented people as of `per_tanggal`.

    The same three arguments give the same office, down to the ids; only passwords and
    the times of recording differ. Everything or nothing is written. Time grows with
    `banyak`; memory with the number of units alone. Raises DomainError for a portal
    that holds anything already.
    """
    if banyak < PALING_SEDIKIT:
        raise DomainError(f"Kantor contoh paling sedikit {PALING_SEDIKIT} pegawai.")
    refuse_occupied()
    pengarsip = Pengarsip(seed=seed, per_tanggal=per_tanggal)
    with pengarsip.clearing_up(), transaction.atomic():
        load_referensi()
        _mark_portal()
        formasi = build_formasi(banyak, instansi=get_kantor().nama_instansi)
        units = _plant_units(formasi, per_tanggal)
        acuan = load_acuan(units, _plant_jabatan(formasi, units))
        pembuat = Pembuat(formasi, seed=seed, per_tanggal=per_tanggal)
        pemakaian = Pemakaian(
            [u.kode for u in formasi.units if u.jenis == "opd"],
            seed=seed,
            per_tanggal=per_tanggal,
        )
        pencatat = Pencatat(
            seed=seed, per_tanggal=per_tanggal, instansi=get_kantor().nama_instansi
        )
        pengacau = Pengacau(per_tanggal=per_tanggal)
        tokoh = Tokoh()
        done = 0
        for chunk in _chunked(pembuat.make(banyak), CHUNK):
            for orang in chunk:
                pengacau.spoil(orang)
            write_people(
                chunk, acuan, pemakaian, pencatat, pengarsip, tokoh, per_tanggal
            )
            done += len(chunk)
            progress(done)
        _appoint_acting(formasi, acuan, tokoh, per_tanggal)
        _sign_papers(tokoh)
        rebuild_temuan(per_tanggal=per_tanggal)
        refresh_stale(per_tanggal=per_tanggal)
        _remember_mutu(per_tanggal)
        akun = _open_accounts(acuan, tokoh, per_tanggal)
        impor = reconcile(
            by=_user_of(tokoh.pemeran[Pemeran.VERIFIKATOR]),
            pegawai=_user_of(tokoh.pemeran[Pemeran.PEGAWAI]),
            seed=seed,
            per_tanggal=per_tanggal,
        )
        pengarsip.note(str(impor.berkas))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # the planner of either engine knows nothing yet
    return HasilDemo(pegawai=done, unit_kerja=len(units), akun=akun)


def refuse_occupied() -> None:
    """Raise DomainError unless nobody and nothing is on record here."""
    if not (Pegawai.objects.exists() or UnitKerja.objects.exists()):
        if User.objects.exists():
            raise DomainError(
                "Portal ini sudah memiliki akun. Kantor contoh hanya untuk portal baru.",
                kode="bukan_portal_kosong",
            )
        return
    if get_kantor().is_contoh:
        raise DomainError("Kantor contoh sudah dibuat di portal ini.", kode="sudah_ada")
    raise DomainError(
        "Portal ini berisi data pegawai atau unit kerja yang bukan contoh; tidak ada yang "
        "diubah.",
        kode="bukan_portal_kosong",
    )


# -- The office ---------------------------------------------------------------------


def _mark_portal() -> None:
    ensure_kantor()
    kantor = update_kantor(
        by=None,
        is_contoh=True,
        alamat="Jl. Contoh No. 1",
        kode_pos="00000",
        telepon="(0000) 000000",
        surel="bkpsdmd@example.invalid",
        situs="bkpsdmd.example.invalid",
    )
    audit.record("demo.isi", kantor, by=None)


def _plant_units(formasi: Formasi, per_tanggal: dt.date) -> dict[str, UnitKerja]:
    kode, nama_lama, mulai = denah.BERGANTI_NAMA
    units = ensure_units(
        [
            UnitSpec(
                kode=unit.kode,
                nama=nama_lama if unit.kode == kode else unit.nama,
                jenis=JenisUnit(unit.jenis),
                induk_kode=unit.induk,
            )
            for unit in formasi.units
        ],
        by=None,
        per_tanggal=BERDIRI,
        dasar="Perbup Contoh 1/2016",
    )
    nama_baru = next(unit.nama for unit in formasi.units if unit.kode == kode)
    if mulai <= per_tanggal:
        units[kode] = rename_unit(
            unit=units[kode],
            nama=nama_baru,
            mulai=mulai,
            dasar="Perbup Contoh 9/2023",
            by=None,
            per_tanggal=per_tanggal,
        )
    return units


def _plant_jabatan(formasi: Formasi, units: dict[str, UnitKerja]) -> dict[str, Jabatan]:
    leading = [
        JabatanSpec(
            kode=unit.kode_pimpinan,
            nama=unit.pimpinan,
            jenis=(JenisJabatan.STRUKTURAL if unit.eselon else JenisJabatan.FUNGSIONAL),
            eselon=unit.eselon or "",
            memimpin=units[unit.kode],
        )
        for unit in formasi.units
        if unit.pimpinan
    ]
    pelaksana = [
        JabatanSpec(kode_pelaksana(kunci), nama, JenisJabatan.PELAKSANA)
        for kunci, (nama, _) in PELAKSANA.items()
    ]
    lama = [
        JabatanSpec(kode_lama(eselon, n), nama, JenisJabatan.STRUKTURAL, eselon=eselon)
        for eselon, names in denah.JABATAN_LAMA.items()
        for n, nama in enumerate(names)
    ]
    jabatan = ensure_jabatan([*leading, *pelaksana, *lama], by=None)
    Jabatan.objects.filter(kode__in=[spec.kode for spec in lama]).update(is_aktif=False)
    return jabatan


# -- Parts --------------------------------------------------------------------------


def _appoint_acting(
    formasi: Formasi, acuan: Acuan, tokoh: Tokoh, per_tanggal: dt.date
) -> None:
    """Let leaders act for vacant posts of their OPD (Plt), one for an absent one (Plh)."""
    month = per_tanggal.replace(day=1)
    free: dict[str, list[Pegawai]] = defaultdict(list)
    for slot in reversed(formasi.pimpinan):
        if (
            slot.pemeran is None
            and slot.unit != slot.opd
            and slot.unit in tokoh.pimpinan
        ):
            free[slot.opd].append(tokoh.pimpinan[slot.unit])
    rows: list[RiwayatJabatan] = []
    for slot in formasi.lowong:
        if slot.eselon in BER_PLT and free[slot.opd]:
            acting = free[slot.opd].pop()
            # The first of them has gone on for longer than one appointment may.
            start = add_months(month, -1 if rows else -5)
            end = add_months(month, 2 if rows else 1)
            rows.append(
                _acting_row(acuan, slot, acting, JenisPenugasan.PLT, start, end)
            )
    for slot in formasi.pimpinan:
        if slot.eselon is Eselon.II_B and len(free[slot.opd]) > 1:
            start = per_tanggal - dt.timedelta(days=2)
            end = start + dt.timedelta(days=7)
            acting = free[slot.opd].pop()
            rows.append(
                _acting_row(acuan, slot, acting, JenisPenugasan.PLH, start, end)
            )
            break
    RiwayatJabatan.objects.bulk_create(rows)
    refresh_keadaan([row.pegawai_id for row in rows], per_tanggal=per_tanggal)


def _acting_row(
    acuan: Acuan,
    slot: Slot,
    pegawai: Pegawai,
    penugasan: JenisPenugasan,
    tmt: dt.date,
    tmt_selesai: dt.date,
) -> RiwayatJabatan:
    return RiwayatJabatan(
        pegawai=pegawai,
        jabatan=acuan.jabatan[f"pimpinan-{slot.unit}"],
        unit_kerja=acuan.units[slot.unit],
        jenis_penugasan=penugasan.value,
        tmt=tmt,
        tmt_selesai=tmt_selesai,
        **decree(Sk(f"800/{slot.unit}/CONTOH", tmt)),
    )


def _sign_papers(tokoh: Tokoh) -> None:
    kepala = tokoh.pemeran[Pemeran.KEPALA_BADAN]
    post = kepala.riwayatjabatan_set.select_related("jabatan").latest("tmt")
    PejabatPenandatangan.objects.bulk_create(
        [
            PejabatPenandatangan(
                jenis_dokumen=jenis,
                pegawai=kepala,
                jabatan=post.jabatan.nama,
                mulai=post.tmt,
            )
            for jenis in (
                "duk",
                "laporan",
                "kepegawaian",
                "surat_keterangan",
                "surat_dinas",
            )
        ]
    )


# How far each dimension stood below today's a month earlier, in hundredths of a percent.
_MUNDUR = {"kelengkapan": 260, "waktu": 150, "akurasi": 25, "konsistensi": 60}
_BULAN_LALU = 11


def _remember_mutu(per_tanggal: dt.date) -> None:
    """Keep this month's figures, and invent those of the months before: it got better."""
    take_potret(per_tanggal=per_tanggal)
    bobot = load_regulasi("simpeg/mutu_data").on(per_tanggal).nilai["bobot"]
    potret = []
    for kini in PotretMutu.objects.filter(bulan=per_tanggal.replace(day=1)):
        for n in range(1, _BULAN_LALU + 1):
            lalu = {
                nama: max(getattr(kini, nama) - mundur * n * kini.orang, 0)
                for nama, mundur in _MUNDUR.items()
            }
            jumlah = sum(lalu[nama] * bobot[nama] for nama in lalu)
            potret.append(
                PotretMutu(
                    bulan=add_months(kini.bulan, -n),
                    opd_id=kini.opd_id,
                    orang=kini.orang,
                    skor=jumlah // sum(bobot.values()),
                    **lalu,
                )
            )
    PotretMutu.objects.bulk_create(potret)


def _open_accounts(
    acuan: Acuan, tokoh: Tokoh, per_tanggal: dt.date
) -> tuple[AkunContoh, ...]:
    """Grant the roles, and give one person of each a password."""
    mulai = dt.date(per_tanggal.year - 1, 1, 1)

    def grant(user: User, peran: Role, unit: UnitKerja | None = None) -> None:
        grant_peran(
            user=user,
            peran=peran,
            unit_kerja=unit,
            mulai=mulai,
            dasar="Surat Tugas Contoh 1",
            by=None,
        )

    admin = create_account(username="admin", nama="Admin Contoh", by=None)
    users = {Role(part): _user_of(pegawai) for part, pegawai in tokoh.pemeran.items()}
    users[Role.ADMIN] = admin
    for role, user in users.items():
        if role is Role.PENGELOLA_OPD:
            grant(user, role, acuan.units[denah.DISHUB])
        elif role not in DERIVED:
            grant(user, role)
    for opd, pegawai in tokoh.pengelola.items():
        if opd != denah.DISHUB:
            grant(_user_of(pegawai), Role.PENGELOLA_OPD, acuan.units[opd])
    return tuple(_give_password(users[role], role) for role in Role)


def _user_of(pegawai: Pegawai) -> User:
    if pegawai.user is None:
        raise ValueError("every invented person has an account")
    return pegawai.user


def _give_password(user: User, role: Role) -> AkunContoh:
    groups = ["".join(secrets.choice(_TANDA_SANDI) for _ in range(4)) for _ in "123"]
    sandi = "-".join(groups)
    user.set_password(sandi)
    user.save(update_fields=["password"])
    return AkunContoh(role, user.username, sandi, user.nama)


def _chunked(people: Iterator[Orang], size: int) -> Iterator[list[Orang]]:
    while chunk := list(islice(people, size)):
        yield chunk
