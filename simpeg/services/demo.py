"""Filling an empty portal with an invented office (see `simpeg.demo`).

The one place that writes people in bulk without the services that officers use: what it
writes is nobody's act. One event of the audit log tells the whole.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.db import connection, models, transaction
from django.utils import timezone

from bkpsdmd.accounts.attempts import hash_nama
from bkpsdmd.accounts.models import CatatanMasuk, User
from bkpsdmd.accounts.roles import DERIVED, Role
from bkpsdmd.accounts.services import create_account
from bkpsdmd.audit import services as audit
from bkpsdmd.documents.models import get_kantor
from bkpsdmd.documents.services import ensure_kantor, update_kantor
from bkpsdmd.exceptions import DomainError
from bkpsdmd.regulations import load_regulasi
from simpeg.choices import Eselon, JenisJabatan, JenisPenugasan
from simpeg.demo import kantor as denah
from simpeg.demo.baris import Baris
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
    AKTIF,
    MPP,
    BarisPendidikan,
    Orang,
    Pembuat,
    Sk,
    kode_lama,
    kode_pelaksana,
)
from simpeg.demo.rekam import Pencatat
from simpeg.jenis_riwayat import JENIS
from simpeg.models import (
    Golongan,
    Jabatan,
    JenisKenaikanPangkat,
    JenisUnit,
    KeadaanPegawai,
    KedudukanHukum,
    Pegawai,
    PejabatPenandatangan,
    PotretMutu,
    Referensi,
    RiwayatDiklat,
    RiwayatJabatan,
    RiwayatKedudukan,
    RiwayatPangkat,
    RiwayatPasangan,
    RiwayatPendidikan,
    TingkatPendidikan,
    UnitKerja,
)
from simpeg.models.kedudukan import PerubahanKedudukan
from simpeg.selectors.keadaan import HimpunanRiwayat, KedudukanSejak
from simpeg.services.akses import grant_peran
from simpeg.services.demo_arsip import Pengarsip
from simpeg.services.demo_siasn import reconcile
from simpeg.services.jabatan import JabatanSpec, ensure_jabatan
from simpeg.services.keadaan import build_keadaan, refresh_keadaan
from simpeg.services.massal import Sisipan, collector_paused, reserve_keys
from simpeg.services.mutu import refresh_stale, take_potret
from simpeg.services.radar import rebuild_temuan
from simpeg.services.referensi import load_referensi
from simpeg.services.unit_kerja import UnitSpec, ensure_units, rename_unit

CHUNK = 2000
BERDIRI = dt.date(2017, 1, 1)
BUPATI = "Bupati"
AKUN_DIBUKA_MENIT = 7 * 60  # before anybody could log in that day
# Vacant posts of these levels get somebody who acts.
BER_PLT = (Eselon.II_B, Eselon.III_A, Eselon.III_B)
JENIS_PEGAWAI_DAERAH = "15"  # SIASN: PNS of a regency who works there
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


@dataclass
class _Acuan:
    """Every row that the records of people refer to, read once."""

    units: dict[str, UnitKerja]
    jabatan: dict[str, Jabatan]
    golongan: dict[str, Golongan]
    jenis: dict[str, JenisKenaikanPangkat]
    tingkat: dict[str, TingkatPendidikan]
    kedudukan: dict[str, KedudukanHukum]
    referensi: dict[tuple[str, str], Referensi]


@dataclass
class _Tokoh:
    """People met on the way who get a part later."""

    pemeran: dict[Pemeran, Pegawai] = field(default_factory=dict)
    pimpinan: dict[str, Pegawai] = field(default_factory=dict)
    pengelola: dict[str, Pegawai] = field(default_factory=dict)

    @property
    def petugas_id(self) -> int | None:
        """Return the account that files papers and decides on them."""
        petugas = self.pemeran.get(Pemeran.VERIFIKATOR)
        return petugas.user_id if petugas else None

    def meet(self, orang: Orang, pegawai: Pegawai) -> None:
        slot = orang.slot
        if slot.pemeran:
            self.pemeran[slot.pemeran] = pegawai
        if slot.eselon:
            self.pimpinan[slot.unit] = pegawai
        elif slot.pelaksana and not orang.is_pensiun and orang.tmt_pns:
            self.pengelola.setdefault(slot.opd, pegawai)


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
        acuan = _load_acuan(units, _plant_jabatan(formasi, units))
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
        tokoh = _Tokoh()
        done = 0
        for chunk in _chunked(pembuat.make(banyak), CHUNK):
            for orang in chunk:
                pengacau.spoil(orang)
            _write_people(
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


def _load_acuan(units: dict[str, UnitKerja], jabatan: dict[str, Jabatan]) -> _Acuan:
    by_nama = {
        row.nama: row
        for row in Jabatan.objects.filter(jenis=JenisJabatan.FUNGSIONAL.value)
        .exclude(jenjang="")
        .order_by("-pk")
    }
    return _Acuan(
        units=units,
        jabatan={**by_nama, **jabatan},
        golongan=Golongan.objects.in_bulk(),
        jenis=JenisKenaikanPangkat.objects.in_bulk(),
        tingkat=TingkatPendidikan.objects.in_bulk(),
        kedudukan=KedudukanHukum.objects.in_bulk(),
        referensi={
            (row.daftar, row.kode): row
            for row in Referensi.objects.filter(daftar__in=_DAFTAR_JENIS.values())
        },
    )


_RIWAYAT: tuple[tuple[type[models.Model], str], ...] = (
    (RiwayatKedudukan, "kedudukan"),
    (RiwayatPangkat, "pangkat"),
    (RiwayatJabatan, "jabatan"),
    (RiwayatPendidikan, "pendidikan"),
    (RiwayatDiklat, "diklat"),
)
# -- People -------------------------------------------------------------------------


def _write_people(
    chunk: Sequence[Orang],
    acuan: _Acuan,
    pemakaian: Pemakaian,
    pencatat: Pencatat,
    pengarsip: Pengarsip,
    tokoh: _Tokoh,
    per_tanggal: dt.date,
) -> None:
    """Write one chunk: accounts, people, records, papers, today's state, log-ins."""
    users = [
        _build_user(orang, key, pemakaian, per_tanggal)
        for orang, key in zip(chunk, reserve_keys(User, len(chunk)), strict=True)
    ]
    people = [
        _build_pegawai(orang, key, user, per_tanggal)
        for orang, key, user in zip(
            chunk, reserve_keys(Pegawai, len(chunk)), users, strict=True
        )
    ]
    records = [
        _build_himpunan(orang, pegawai, acuan)
        for orang, pegawai in zip(chunk, people, strict=True)
    ]
    for orang, pegawai in zip(chunk, people, strict=True):
        tokoh.meet(orang, pegawai)
    more: dict[str, list[Any]] = defaultdict(list)
    for orang, record in zip(chunk, records, strict=True):
        baris = [*pencatat.list_perubahan(orang), *pencatat.list_lain(orang)]
        lain = _build_lain(baris, record.pegawai, acuan)
        for kunci, row in lain:
            more[kunci].append(row)
            if isinstance(row, PerubahanKedudukan) and row.kedudukan:
                record.perubahan.append(KedudukanSejak.of(row))
        utama = [
            (kunci, row) for _, kunci in _RIWAYAT for row in getattr(record, kunci)
        ]
        pengarsip.collect(
            orang, record.pegawai, [*utama, *lain], petugas_id=tokoh.petugas_id
        )
    Sisipan(User, users).write()
    Sisipan(Pegawai, people).write()
    pengarsip.write()
    for model, name in _RIWAYAT:
        rows = [row for record in records for row in getattr(record, name)]
        Sisipan(model, rows).write()
    _link_children(more["pasangan"], more["anak"])
    for kunci, rows in more.items():
        Sisipan(JENIS[kunci].model, rows).write()
    states = [build_keadaan(record, per_tanggal) for record in records]
    Sisipan(KeadaanPegawai, states).write()
    Sisipan(CatatanMasuk, _list_masuk(chunk, users, pemakaian)).write()
    _date_changes(chunk, people, per_tanggal)


def _link_children(pasangan: Sequence[Any], anak: Sequence[Any]) -> None:
    """Give spouses their keys, and each child that of the other parent."""
    for row, key in zip(
        pasangan, reserve_keys(RiwayatPasangan, len(pasangan)), strict=True
    ):
        row.pk = key
    for row in anak:
        row.pasangan_id = row.pasangan.pk


def _build_user(
    orang: Orang, key: int, pemakaian: Pemakaian, per_tanggal: dt.date
) -> User:
    dibuka = pemakaian.find_akun_dibuka(orang.slot.opd, orang.tmt_cpns)
    user = User(
        pk=key,
        username=orang.nip,
        nama=orang.nama,
        email=orang.email,
        is_active=not orang.is_pensiun,
        created_at=_at(min(dibuka, per_tanggal), AKUN_DIBUKA_MENIT),
        deactivated_at=_noon(orang.kedudukan[-1][1]) if orang.is_pensiun else None,
    )
    user.set_unusable_password()
    return user


def _build_pegawai(orang: Orang, key: int, user: User, per_tanggal: dt.date) -> Pegawai:
    sk_cpns, sk_pns = orang.sk_cpns, orang.sk_pns
    konfirmasi = None
    if orang.hari_konfirmasi is not None:
        konfirmasi = _noon(per_tanggal - dt.timedelta(days=orang.hari_konfirmasi))
    return Pegawai(
        pk=key,
        nip=orang.nip,
        user=user,
        nama=orang.nama,
        gelar_depan=orang.gelar_depan,
        gelar_belakang=orang.gelar_belakang,
        tempat_lahir=orang.tempat_lahir,
        tanggal_lahir=orang.tanggal_lahir,
        jenis_kelamin=orang.kelamin.value,
        agama=orang.agama,
        status_kawin=orang.status_kawin,
        nik=orang.nik,
        nomor_hp=orang.nomor_hp,
        email=orang.email,
        alamat=orang.alamat,
        npwp=orang.npwp,
        bpjs=orang.bpjs,
        jenis_asn=orang.jenis_asn.value,
        jenis_pegawai=JENIS_PEGAWAI_DAERAH,
        sk_cpns_nomor=sk_cpns.nomor if sk_cpns else "",
        sk_cpns_tanggal=sk_cpns.tanggal if sk_cpns else None,
        tmt_cpns=orang.tmt_cpns,
        sk_pns_nomor=sk_pns.nomor if sk_pns else "",
        sk_pns_tanggal=sk_pns.tanggal if sk_pns else None,
        tmt_pns=orang.tmt_pns,
        dikonfirmasi_at=konfirmasi,
    )


def _build_himpunan(orang: Orang, pegawai: Pegawai, acuan: _Acuan) -> HimpunanRiwayat:
    return HimpunanRiwayat(
        pegawai=pegawai,
        pangkat=[
            RiwayatPangkat(
                pegawai=pegawai,
                golongan=acuan.golongan[golongan],
                tmt=tmt,
                jenis=acuan.jenis[jenis] if jenis else None,
                masa_kerja_bulan=bulan,
                **_decree(sk),
            )
            for golongan, tmt, bulan, jenis, sk in orang.pangkat
        ],
        jabatan=[
            RiwayatJabatan(
                pegawai=pegawai,
                jabatan=acuan.jabatan[row.jabatan],
                unit_kerja=acuan.units[row.unit],
                jenis_penugasan=row.penugasan.value,
                tmt=row.tmt,
                tmt_selesai=row.tmt_selesai,
                **_decree(row.sk),
            )
            for row in orang.jabatan
        ],
        pendidikan=[
            RiwayatPendidikan(
                pegawai=pegawai,
                tingkat=acuan.tingkat[row.studi.tingkat],
                nama=row.studi.nama,
                tahun_lulus=row.tahun_lulus,
                **_ijazah(row, orang.nomor),
            )
            for row in orang.pendidikan
        ],
        diklat=[
            RiwayatDiklat(
                pegawai=pegawai,
                nama=row.nama,
                tingkat=row.tingkat,
                tanggal_selesai=row.tanggal_selesai,
                jumlah_jam=row.jumlah_jam,
            )
            for row in orang.diklat
        ],
        kedudukan=[
            RiwayatKedudukan(pegawai=pegawai, kedudukan=acuan.kedudukan[kode], tmt=tmt)
            for kode, tmt in orang.kedudukan
            if kode in (AKTIF, MPP)
        ],
    )


# Which list the `jenis` of a decree stands in.
_DAFTAR_JENIS = {
    "pemberhentian": "jenisPemberhentian",
    "cltn": "cltn",
    "tugas-belajar": "cltn",
    "kursus": "jenisDiklat",
    "penghargaan": "penghargaan",
    "disiplin": "jenisHukuman",
}


def _build_lain(
    rows: Iterable[Baris], pegawai: Pegawai, acuan: _Acuan
) -> list[tuple[str, Any]]:
    """Return further records as (kind, unsaved row), codes replaced by what they name."""
    named: dict[str, Mapping[str, Any]] = {
        "kedudukan": acuan.kedudukan,
        "tingkat": acuan.tingkat,
        "unit_kerja": acuan.units,
        "golongan": acuan.golongan,
    }
    pasangan: dict[int, Any] = {}
    found: list[tuple[str, Any]] = []
    for kunci, isi in rows:
        row_isi = {
            name: named[name][value] if name in named else value
            for name, value in isi.items()
        }
        if kunci in _DAFTAR_JENIS:
            row_isi["jenis"] = acuan.referensi[_DAFTAR_JENIS[kunci], isi["jenis"]]
        elif kunci == "anak":
            row_isi["pasangan"] = pasangan[id(isi["pasangan"])]
        model: Any = JENIS[kunci].model
        row = model(pegawai=pegawai, **row_isi)
        if kunci == "pasangan":
            pasangan[id(isi)] = row
        found.append((kunci, row))
    return found


def _ijazah(row: BarisPendidikan, nomor: int) -> dict[str, object]:
    """Return where and when; nobody knows the day of a diploma without its year."""
    if row.tahun_lulus is None:
        return {}
    return {
        "sekolah": f"{row.studi.sekolah} {nomor % 4 + 1}",
        "tanggal_lulus": dt.date(row.tahun_lulus, 7, nomor % 28 + 1),
        "nomor_ijazah": f"DN-{nomor % 97:02}/{nomor:06}/CONTOH",
    }


def _decree(sk: Sk) -> dict[str, object]:
    return {"sk_nomor": sk.nomor, "sk_tanggal": sk.tanggal, "sk_pejabat": BUPATI}


def _list_masuk(
    chunk: Sequence[Orang], users: Sequence[User], pemakaian: Pemakaian
) -> list[CatatanMasuk]:
    """Return successful log-ins of the past quarters; the pensioned left none."""
    rows = []
    for orang, user in zip(chunk, users, strict=True):
        if orang.is_pensiun:
            continue
        nama_hash = hash_nama(user.username)
        dibuka = timezone.localdate(user.created_at)
        rows += [
            CatatanMasuk(
                user=user,
                nama_hash=nama_hash,
                at=_at(masuk.tanggal, masuk.menit),
                berhasil=True,
                alasan=CatatanMasuk.Alasan.BERHASIL,
            )
            for masuk in pemakaian.draw(orang.slot.opd, dibuka)
        ]
    return rows


def _date_changes(
    chunk: Sequence[Orang], people: Sequence[Pegawai], per_tanggal: dt.date
) -> None:
    """Let records be changed last at various times: writing them sets it to now."""
    changed: dict[dt.date, list[int]] = defaultdict(list)
    for orang, pegawai in zip(chunk, people, strict=True):
        days = 120 * (orang.nomor % 5 + 1)
        changed[per_tanggal - dt.timedelta(days=days)].append(pegawai.pk)
    for day, ids in changed.items():
        Pegawai.objects.filter(pk__in=ids).update(
            created_at=_noon(day), updated_at=_noon(day)
        )


# -- Parts --------------------------------------------------------------------------


def _appoint_acting(
    formasi: Formasi, acuan: _Acuan, tokoh: _Tokoh, per_tanggal: dt.date
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
    acuan: _Acuan,
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
        **_decree(Sk(f"800/{slot.unit}/CONTOH", tmt)),
    )


def _sign_papers(tokoh: _Tokoh) -> None:
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
    acuan: _Acuan, tokoh: _Tokoh, per_tanggal: dt.date
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


def _noon(day: dt.date) -> dt.datetime:
    return _at(day, 12 * 60)


def _at(day: dt.date, minute: int) -> dt.datetime:
    time = dt.time(*divmod(minute, 60))
    return timezone.make_aware(dt.datetime.combine(day, time))
