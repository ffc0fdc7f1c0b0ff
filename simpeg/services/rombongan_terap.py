"""Writing what was decided on many people: prepared outside, in one short transaction.

SQLite has one writer, so everything that can be worked out before the transaction is:
objects, today's states, events. Inside it only keys are filled in and rows written.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Count, Max
from django.utils import timezone

from bkpsdmd.accounts.events import Kejadian
from bkpsdmd.accounts.models import User
from bkpsdmd.accounts.services import AkunBaru, build_account
from bkpsdmd.audit import services as audit
from bkpsdmd.audit.models import Event
from bkpsdmd.documents.models import get_kantor
from bkpsdmd.exceptions import StaleDataError
from simpeg.choices import JenisJabatan, Sumber
from simpeg.models import (
    Jabatan,
    JejakRombongan,
    JenisUnit,
    KeadaanPegawai,
    KedudukanHukum,
    Pegawai,
    Pembatalan,
    PerubahanNip,
    RiwayatDiklat,
    RiwayatJabatan,
    RiwayatKedudukan,
    RiwayatPangkat,
    RiwayatPendidikan,
    Rombongan,
    TingkatPendidikan,
    UnitKerja,
)
from simpeg.selectors.siasn import BATCH, batched
from simpeg.services.jabatan import JabatanSpec, ensure_jabatan
from simpeg.services.keadaan import build_keadaan
from simpeg.services.massal import Sisipan, reserve_keys
from simpeg.services.mutu import mark_stale, request_hitung
from simpeg.services.perubahan_nip import build_perubahan_nip, rename_accounts
from simpeg.services.rencana import Progress, Rencana, Tambahan
from simpeg.services.unit_kerja import SEJAK_DAHULU, UnitSpec, ensure_units

TOPIK: dict[type[Any], str] = {
    RiwayatPangkat: "pangkat",
    RiwayatJabatan: "jabatan",
    RiwayatPendidikan: "pendidikan",
    RiwayatDiklat: "diklat",
    RiwayatKedudukan: "kedudukan",
}
DASAR = "Ekspor SIASN"
# What an import never changes stays out of the update.
_TETAP = {"id", "user", "dikonfirmasi_at", "created_at"}
_KOLOM_PEGAWAI = [
    field.name for field in Pegawai._meta.concrete_fields if field.name not in _TETAP
]
KOLOM_KEADAAN = [
    field.name
    for field in KeadaanPegawai._meta.concrete_fields
    if not field.primary_key
]


@dataclass(slots=True)
class Siap:
    """All rows to write, with their keys; only new units and posts have none yet."""

    rombongan: Rombongan
    sisipan: dict[str, Sisipan]
    unit: set[int]
    jabatan: set[int]
    diganti: dict[type[Any], list[int]]
    ganti_nama_akun: dict[int, str]
    versi: dict[int, int]
    stempel: dict[type[Any], tuple[int, int]]


def prepare(
    rencana: Sequence[Rencana],
    *,
    rombongan: Rombongan,
    kejadian: str,
    by: User | None,
    per_tanggal: dt.date,
    progress: Progress | None = None,
) -> Siap:
    """Turn the plans into rows. Uses them up: the people they hold are changed.

    `kejadian` is the event that each of these people gets.
    """
    versi, stempel = _stamp(rencana)
    tulis = _Penulis(
        by=by, rombongan=rombongan, kejadian=kejadian, per_tanggal=per_tanggal
    )
    tulis.assign_keys(rencana)
    for done, satu in enumerate(rencana, 1):
        tulis.add(satu)
        if progress:
            progress(done, len(rencana), "Menyiapkan perubahan")
    tulis.open_accounts()
    jabatan: list[RiwayatJabatan] = tulis.riwayat[RiwayatJabatan]
    rombongan.jumlah_orang = len(rencana)
    rombongan.jumlah_baru = len(tulis.baru)
    return Siap(
        rombongan=rombongan,
        sisipan=tulis.as_sisipan(),
        unit={row.unit_kerja_id for row in jabatan},
        jabatan={row.jabatan_id for row in jabatan},
        diganti=tulis.diganti,
        ganti_nama_akun=tulis.ganti_nama_akun,
        versi=versi,
        stempel=stempel,
    )


def write(
    siap: Siap,
    *,
    by: User | None,
    unit_baru: Mapping[int, UnitKerja] | None = None,
    jabatan_baru: Mapping[int, Jabatan] | None = None,
) -> None:
    """Write everything, or nothing. Call it inside the caller's transaction.

    `unit_baru` and `jabatan_baru` are the stand-ins the rows may name. Raises
    StaleDataError when somebody changed one of these people after they were read: then
    the plans must be made again.
    """
    _refuse_stale(siap)
    rombongan = siap.rombongan
    rombongan.dibuat = _fill_keys(siap, unit_baru or {}, jabatan_baru or {}, by=by)
    rombongan.status = Rombongan.Status.DITERAPKAN
    rombongan.diterapkan_at = timezone.now()
    rombongan.save()
    rename_accounts(siap.ganti_nama_akun, by=by, batch=str(rombongan.pk))
    _cancel_replaced(siap, by=by)
    for sisipan in siap.sisipan.values():
        sisipan.write()
    # Counting thousands again would hold everybody up: a job does it afterwards.
    mark_stale(siap.sisipan["keadaan"].list_values("pegawai_id"))
    transaction.on_commit(request_hitung)


def seal(rombongan: Rombongan, event: Event) -> None:
    """Note the last event of the act; undoing looks at what is younger."""
    rombongan.kejadian_id = event.pk
    rombongan.save(update_fields=["kejadian_id"])


def stale() -> StaleDataError:
    return StaleDataError(
        "Catatan pegawai baru saja diubah petugas lain, jadi tidak ada yang ditulis. "
        "Jalankan sekali lagi: perbedaannya dihitung ulang."
    )


# -- Preparing ------------------------------------------------------------------------


def _stamp(
    rencana: Sequence[Rencana],
) -> tuple[dict[int, int], dict[type[Any], tuple[int, int]]]:
    """Return what the plans were made from, to tell later whether it still holds."""
    ada = [satu.himpunan for satu in rencana if not satu.is_baru]
    stempel = {}
    for model, topik in TOPIK.items():
        pks = [row.pk for satu in ada for row in getattr(satu, topik)]
        stempel[model] = len(pks), max(pks, default=0)
    return {satu.pegawai.pk: satu.pegawai.versi for satu in ada}, stempel


class _Penulis:
    """Gathers the rows of one act."""

    def __init__(
        self,
        *,
        by: User | None,
        rombongan: Rombongan,
        kejadian: str,
        per_tanggal: dt.date,
    ) -> None:
        self.by = by
        self.rombongan = rombongan
        self.batch = str(rombongan.pk)
        self.jenis_kejadian = kejadian
        self.per_tanggal = per_tanggal
        self.baru: list[Pegawai] = []
        self.berubah: list[Pegawai] = []
        self.perlu_akun: list[Pegawai] = []
        self.akun: list[User] = []
        self.riwayat: dict[type[Any], list[Any]] = {model: [] for model in TOPIK}
        self.keadaan: list[KeadaanPegawai] = []
        self.kejadian: list[Event] = []
        self.jejak: dict[int, JejakRombongan] = {}
        self._kunci: dict[type[Any], list[int]] = {}
        self.diganti: dict[type[Any], list[int]] = {}
        self.nip: list[PerubahanNip] = []
        self.ganti_nama_akun: dict[int, str] = {}
        self._kedudukan = KedudukanHukum.objects.in_bulk()
        self._tingkat = TingkatPendidikan.objects.in_bulk()
        self._dicatat = {
            "sumber": Sumber.SIASN.value,
            "created_by_id": by.pk if by else None,
        }

    def assign_keys(self, rencana: Sequence[Rencana]) -> None:
        self.baru = [satu.himpunan.pegawai for satu in rencana if satu.is_baru]
        keys = reserve_keys(Pegawai, len(self.baru)) if self.baru else []
        for pegawai, key in zip(self.baru, keys, strict=True):
            pegawai.pk = key
        # Undoing must find the very rows, so they are numbered before they are written.
        for model in TOPIK:
            jumlah = sum(t.model is model for satu in rencana for t in satu.tambahan)
            self._kunci[model] = reserve_keys(model, jumlah)[::-1] if jumlah else []

    def add(self, rencana: Rencana) -> None:
        pegawai = rencana.himpunan.pegawai
        is_baru = pegawai._state.adding
        for name, (_, value) in rencana.identitas.items():
            setattr(pegawai, name, value)
        if not is_baru and rencana.identitas:
            pegawai.versi += 1
            self.berubah.append(pegawai)
            if "nip" in rencana.identitas:
                self._change_nip(pegawai, rencana.identitas["nip"][0])
        jejak = JejakRombongan(
            rombongan=self.rombongan,
            nomor=len(self.jejak) + 1,
            pegawai_id=pegawai.pk,
            nama=pegawai.nama_lengkap[:200],
            is_baru=is_baru,
            versi=pegawai.versi,
            sebelum={}
            if is_baru
            else {name: _plain(lama) for name, (lama, _) in rencana.identitas.items()},
        )
        self.jejak[pegawai.pk] = jejak
        for tambahan in rencana.tambahan:
            row = self._add_riwayat(rencana, tambahan)
            ganti = tambahan.ganti.pk if tambahan.ganti is not None else None
            jejak.riwayat.append([TOPIK[tambahan.model], row.pk, ganti])
        keadaan = build_keadaan(rencana.himpunan, self.per_tanggal)
        self.keadaan.append(keadaan)
        if is_baru and keadaan.is_aktif:
            self.perlu_akun.append(pegawai)
        self.kejadian.append(
            audit.build(
                self.jenis_kejadian,
                pegawai,
                by=self.by,
                subject=pegawai,
                changes={
                    nama: (lama, baru)
                    for nama, (lama, baru) in rencana.perubahan.items()
                },
                reason=self.rombongan.alasan,
                batch=self.batch,
            )
        )

    def _change_nip(self, pegawai: Pegawai, lama: str) -> None:
        row, kejadian = build_perubahan_nip(
            pegawai=pegawai,
            nip_lama=lama,
            nip_baru=pegawai.nip,
            berlaku=self.per_tanggal,
            alasan=self.rombongan.alasan or f"Menurut {DASAR}",
            by=self.by,
            rombongan=self.rombongan,
        )
        self.nip.append(row)
        self.kejadian.append(kejadian)
        if pegawai.user_id:
            self.ganti_nama_akun[pegawai.user_id] = pegawai.nip

    def _add_riwayat(self, rencana: Rencana, tambahan: Tambahan) -> Any:
        row = tambahan.model(
            pk=self._kunci[tambahan.model].pop(),
            pegawai_id=rencana.himpunan.pegawai.pk,
            **self._dicatat,
            **tambahan.isi,
        )
        # Today's state is worked out from these objects.
        if tambahan.model is RiwayatKedudukan:
            row.kedudukan = self._kedudukan[row.kedudukan_id]
        elif tambahan.model is RiwayatPendidikan:
            row.tingkat = self._tingkat[row.tingkat_id]
        semua: list[Any] = getattr(rencana.himpunan, TOPIK[tambahan.model])
        if tambahan.ganti is not None:
            row.mengoreksi_id = tambahan.ganti.pk
            semua.remove(tambahan.ganti)
            self.diganti.setdefault(tambahan.model, []).append(tambahan.ganti.pk)
        semua.append(row)
        self.riwayat[tambahan.model].append(row)
        return row

    def open_accounts(self) -> None:
        """Give new people an account that only a code opens; one made before is linked."""
        nips = [pegawai.nip for pegawai in self.perlu_akun]
        terpakai: dict[str, User] = {}
        for some in batched(nips, BATCH):
            found = User.objects.filter(username__in=some).select_related("pegawai")
            terpakai |= {user.username: user for user in found}
        belum = []
        for pegawai in self.perlu_akun:
            user = terpakai.get(pegawai.nip)
            if user is None:
                belum.append(pegawai)
            elif not hasattr(user, "pegawai"):
                pegawai.user = user
        keys = reserve_keys(User, len(belum)) if belum else []
        for pegawai, key in zip(belum, keys, strict=True):
            user = build_account(AkunBaru(pegawai.nip, pegawai.nama))
            user.pk = pegawai.user_id = self.jejak[pegawai.pk].akun_id = key
            self.akun.append(user)
            self.kejadian.append(
                audit.build(Kejadian.BUAT, user, by=self.by, batch=self.batch)
            )

    def as_sisipan(self) -> dict[str, Sisipan]:
        """Return the rows table by table, in the order in which they may be written."""
        return {
            "akun": Sisipan(User, self.akun),
            "baru": Sisipan(Pegawai, self.baru),
            "berubah": Sisipan(Pegawai, self.berubah, timpa=_KOLOM_PEGAWAI),
            **{
                topik: Sisipan(model, self.riwayat[model])
                for model, topik in TOPIK.items()
            },
            "nip": Sisipan(PerubahanNip, self.nip),
            "keadaan": Sisipan(KeadaanPegawai, self.keadaan, timpa=KOLOM_KEADAAN),
            "kejadian": Sisipan(Event, self.kejadian),
            "jejak": Sisipan(JejakRombongan, list(self.jejak.values())),
        }


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value


# -- Writing --------------------------------------------------------------------------


def _refuse_stale(siap: Siap) -> None:
    """Lock the people and compare them with what the plans were made from."""
    for some in batched(sorted(siap.versi), BATCH):
        found = Pegawai.objects.select_for_update().filter(pk__in=some)
        if dict(found.order_by("pk").values_list("pk", "versi")) != {
            pk: siap.versi[pk] for pk in some
        }:
            raise stale()
    for model, stempel in siap.stempel.items():
        jumlah = terbesar = 0
        for some in batched(sorted(siap.versi), BATCH):
            found = model.objects.berlaku().filter(pegawai__in=some)
            row = found.aggregate(jumlah=Count("pk"), terbesar=Max("pk"))
            jumlah += row["jumlah"]
            terbesar = max(terbesar, row["terbesar"] or 0)
        if (jumlah, terbesar) != stempel:
            raise stale()


def _fill_keys(
    siap: Siap,
    unit_baru: Mapping[int, UnitKerja],
    jabatan_baru: Mapping[int, Jabatan],
    *,
    by: User | None,
) -> dict[str, list[int]]:
    """Found the units and posts that the new rows name; put them for the stand-ins.

    Returns what was founded.
    """
    unit = _ensure_units(siap.unit, unit_baru, by=by)
    jabatan = _ensure_jabatan(siap.jabatan, jabatan_baru, unit, by=by)
    ganti_unit = {key: {"unit_kerja_id": found.pk} for key, found in unit.items()}
    ganti_jabatan = {key: {"jabatan_id": found.pk} for key, found in jabatan.items()}
    for topik in ("jabatan", "keadaan"):
        siap.sisipan[topik].replace("jabatan_id", ganti_jabatan)
    siap.sisipan["jabatan"].replace("unit_kerja_id", ganti_unit)
    siap.sisipan["keadaan"].replace(
        "unit_kerja_id",
        {
            key: {
                "unit_kerja_id": found.pk,
                "opd_id": found.opd_id,
                "unit_path": found.path,
            }
            for key, found in unit.items()
        },
    )
    return {
        "unit": [found.pk for found in unit.values()],
        "jabatan": [found.pk for found in jabatan.values()],
    }


def _ensure_units(
    dipakai: set[int], baru: Mapping[int, UnitKerja], *, by: User | None
) -> dict[int, UnitKerja]:
    """Return the unit that now stands for each stand-in in use."""
    dipakai = {pk for pk in dipakai if pk in baru}
    dipakai |= {opd.pk for pk in dipakai if (opd := baru[pk].opd) and opd.pk in baru}
    if not dipakai:
        return {}
    wanted = [baru[pk] for pk in sorted(dipakai, reverse=True)]
    if UnitKerja.objects.filter(kode__in=[unit.kode for unit in wanted]).exists():
        raise stale()
    akar = _ensure_akar(by=by)
    specs = [
        UnitSpec(
            kode=unit.kode,
            nama=unit.nama,
            jenis=JenisUnit(unit.jenis),
            induk_kode=(
                unit.opd.kode if unit.jenis == JenisUnit.BAGIAN and unit.opd else akar
            ),
            siasn_id=unit.siasn_id,
        )
        for unit in wanted
    ]
    made = ensure_units(specs, by=by, per_tanggal=SEJAK_DAHULU, dasar=DASAR)
    return {unit.pk: made[unit.kode] for unit in wanted}


def _ensure_akar(*, by: User | None) -> str:
    """Return the code of the instansi; an empty portal gets it named as its papers are."""
    akar = UnitKerja.objects.filter(depth=1).values_list("kode", flat=True).first()
    if akar is None:
        nama = get_kantor().nama_instansi
        spec = UnitSpec("INSTANSI", nama, JenisUnit.INSTANSI, None)
        ensure_units([spec], by=by, per_tanggal=SEJAK_DAHULU, dasar=DASAR)
        akar = spec.kode
    return str(akar)


def _ensure_jabatan(
    dipakai: set[int],
    baru: Mapping[int, Jabatan],
    unit: Mapping[int, UnitKerja],
    *,
    by: User | None,
) -> dict[int, Jabatan]:
    wanted = [baru[pk] for pk in sorted(dipakai, reverse=True) if pk in baru]
    if not wanted:
        return {}
    if Jabatan.objects.filter(kode__in=[satu.kode for satu in wanted]).exists():
        raise stale()
    specs = [
        JabatanSpec(
            kode=satu.kode,
            nama=satu.nama,
            jenis=JenisJabatan(satu.jenis),
            eselon=satu.eselon,
            memimpin=(
                unit.get(satu.unit_kerja.pk, satu.unit_kerja)
                if satu.unit_kerja
                else None
            ),
            siasn_id=satu.siasn_id,
        )
        for satu in wanted
    ]
    made = ensure_jabatan(specs, by=by)
    return {satu.pk: made[satu.kode] for satu in wanted}


def _cancel_replaced(siap: Siap, *, by: User | None) -> None:
    """Take corrected rows out of force, all by one act; before their corrections enter."""
    if not siap.diganti:
        return
    pembatalan = Pembatalan.objects.create(
        alasan=siap.rombongan.alasan
        or "Dikoreksi menurut ekspor SIASN yang lebih baru.",
        created_by=by,
    )
    for model, pks in siap.diganti.items():
        for some in batched(pks, BATCH):
            model.objects.filter(pk__in=some).update(dibatalkan_oleh=pembatalan)
