"""The invented people of the demo office: their rows, files and log-ins, in bulk."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils import timezone

from bkpsdmd.accounts.attempts import hash_nama
from bkpsdmd.accounts.models import CatatanMasuk, User
from simpeg.choices import JenisJabatan
from simpeg.demo.baris import Baris
from simpeg.demo.formasi import Pemeran
from simpeg.demo.masuk import Pemakaian
from simpeg.demo.orang import AKTIF, MPP, BarisPendidikan, Orang, Sk
from simpeg.demo.rekam import Pencatat
from simpeg.jenis_riwayat import JENIS
from simpeg.models import (
    Golongan,
    Jabatan,
    JenisKenaikanPangkat,
    KeadaanPegawai,
    KedudukanHukum,
    Pegawai,
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
from simpeg.services.demo_arsip import Pengarsip
from simpeg.services.keadaan import build_keadaan
from simpeg.services.massal import Sisipan, reserve_keys

JENIS_PEGAWAI_DAERAH = "15"  # SIASN: PNS of a regency who works there
BUPATI = "Bupati"
AKUN_DIBUKA_MENIT = 7 * 60  # before anybody could log in that day
_RIWAYAT: tuple[tuple[type[models.Model], str], ...] = (
    (RiwayatKedudukan, "kedudukan"),
    (RiwayatPangkat, "pangkat"),
    (RiwayatJabatan, "jabatan"),
    (RiwayatPendidikan, "pendidikan"),
    (RiwayatDiklat, "diklat"),
)


@dataclass
class Acuan:
    """Every row that the records of people refer to, read once."""

    units: dict[str, UnitKerja]
    jabatan: dict[str, Jabatan]
    golongan: dict[str, Golongan]
    jenis: dict[str, JenisKenaikanPangkat]
    tingkat: dict[str, TingkatPendidikan]
    kedudukan: dict[str, KedudukanHukum]
    referensi: dict[tuple[str, str], Referensi]


@dataclass
class Tokoh:
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


def load_acuan(units: dict[str, UnitKerja], jabatan: dict[str, Jabatan]) -> Acuan:
    by_nama = {
        row.nama: row
        for row in Jabatan.objects.filter(jenis=JenisJabatan.FUNGSIONAL.value)
        .exclude(jenjang="")
        .order_by("-pk")
    }
    return Acuan(
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


def write_people(
    chunk: Sequence[Orang],
    acuan: Acuan,
    pemakaian: Pemakaian,
    pencatat: Pencatat,
    pengarsip: Pengarsip,
    tokoh: Tokoh,
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


def _build_himpunan(orang: Orang, pegawai: Pegawai, acuan: Acuan) -> HimpunanRiwayat:
    return HimpunanRiwayat(
        pegawai=pegawai,
        pangkat=[
            RiwayatPangkat(
                pegawai=pegawai,
                golongan=acuan.golongan[golongan],
                tmt=tmt,
                jenis=acuan.jenis[jenis] if jenis else None,
                masa_kerja_bulan=bulan,
                **decree(sk),
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
                **decree(row.sk),
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
    rows: Iterable[Baris], pegawai: Pegawai, acuan: Acuan
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


def decree(sk: Sk) -> dict[str, object]:
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


def _noon(day: dt.date) -> dt.datetime:
    return _at(day, 12 * 60)


def _at(day: dt.date, minute: int) -> dt.datetime:
    time = dt.time(*divmod(minute, 60))
    return timezone.make_aware(dt.datetime.combine(day, time))
