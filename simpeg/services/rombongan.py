"""Taking back an act that wrote many records, while nothing was built on it.

People the act found are put back as they were: identity restored, its riwayat cancelled,
what these had replaced recorded again. People the act made are deleted (ADR 0008): nobody
ever kept a record of them, and NIP, PNS ID and account name must be free again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import IntegrityError, models, transaction
from django.db.models import ProtectedError, QuerySet
from django.utils import timezone

from bkpsdmd.accounts.models import User
from bkpsdmd.audit import services as audit
from bkpsdmd.audit.models import Event
from bkpsdmd.audit.presenters import describe
from bkpsdmd.exceptions import DomainError, StaleDataError
from bkpsdmd.jobs.choices import ACTIVE
from bkpsdmd.jobs.models import Job
from bkpsdmd.jobs.services import enqueue
from bkpsdmd.ui.formats import format_waktu
from simpeg.models import (
    BarisMasuk,
    BerkasMasuk,
    Jabatan,
    JejakRombongan,
    JenisMasuk,
    KeadaanPegawai,
    Pegawai,
    Pembatalan,
    RiwayatUnitKerja,
    Rombongan,
    SelisihSiasn,
    UnitKerja,
)
from simpeg.selectors.akses import get_lingkup_kelola
from simpeg.selectors.keadaan import HimpunanRiwayat, load_himpunan
from simpeg.selectors.siasn import BATCH, batched
from simpeg.services.keadaan import build_keadaan
from simpeg.services.massal import Sisipan, collector_paused, reserve_keys
from simpeg.services.mutu import mark_stale, request_hitung
from simpeg.services.perubahan_nip import build_kejadian_nip, rename_accounts
from simpeg.services.radar import refresh_temuan_of
from simpeg.services.rencana import Progress
from simpeg.services.rombongan_terap import KOLOM_KEADAAN, TOPIK

JOB_BATAL = "simpeg.batalkan_rombongan"
Status = Rombongan.Status
MODEL = {topik: model for model, topik in TOPIK.items()}
# What today's state reads of a riwayat beyond its own columns.
_IKUT = {
    "pangkat": ("golongan",),
    "jabatan": ("jabatan", "unit_kerja"),
    "pendidikan": ("tingkat",),
    "kedudukan": ("kedudukan",),
}
PERCOBAAN = 3
# Looking at somebody changes nothing: such events do not stand in the way.
_MEMBACA = (".buka", ".buka_tertutup", ".unduh", ".ekspor", ".cetak", ".lihat")
# Decisions on a difference that left the record as it was.
_BUKAN_CATATAN = ("selisih.",)
# What the way in keeps of a person itself.
_MILIK_BERKAS: frozenset[type[models.Model]] = frozenset({BarisMasuk, JejakRombongan})


def request_undo(*, rombongan: Rombongan, alasan: str, by: User) -> Job:
    """Ask for an act to be taken back, with the reason that the log will keep."""
    with transaction.atomic():
        rombongan = Rombongan.objects.select_for_update().get(pk=rombongan.pk)
        _check_may_undo(rombongan, by=by)
        if is_working(rombongan):
            raise DomainError("Pembatalan ini sedang berjalan. Tunggu sampai selesai.")
        if not alasan.strip():
            raise DomainError("Tulis alasan pembatalannya.", kolom="alasan")
        job = enqueue(
            JOB_BATAL,
            by=by,
            params={"rombongan": str(rombongan.pk)},
            label=f"Batalkan {rombongan.berkas_masuk.get_jenis_display()}",
        )
        rombongan.job_id, rombongan.alasan_batal = job.pk, alasan.strip()
        rombongan.save(update_fields=["job_id", "alasan_batal"])
    return job


@collector_paused()
def undo_rombongan(
    *,
    rombongan_id: UUID | str,
    by: User,
    per_tanggal: dt.date,
    progress: Progress | None = None,
) -> Rombongan:
    """Put everything back as it was before the act, in one transaction.

    Where later work stands in the way, nothing is undone: each person concerned is
    noted with what it is, and a DomainError says how many. Undone once, a second run
    changes nothing. Looked for and worked out before the transaction, which only makes
    sure that nothing has happened since.
    """
    tell = progress or (lambda done, total, pesan: None)
    for percobaan in range(PERCOBAAN):
        rombongan = Rombongan.objects.select_related("berkas_masuk").get(
            pk=rombongan_id
        )
        if rombongan.status == Status.DIBATALKAN:
            return rombongan
        _check_may_undo(rombongan, by=by)
        jejak = list(rombongan.jejak_set.order_by("nomor"))
        tell(0, len(jejak), "Memeriksa apa yang dicatat sesudahnya")
        terlihat = (
            Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        )
        if halangan := _find_halangan(rombongan, jejak):
            _note_halangan(rombongan, jejak, halangan)
            raise DomainError(
                f"{len(halangan)} dari {len(jejak)} orang sudah punya catatan "
                "sesudahnya, jadi tidak ada yang dibatalkan. Daftarnya ada di halaman "
                "pembatalan ini.",
                kode="terhalang",
            )
        pembatal = _Pembatal(rombongan, jejak, by=by, per_tanggal=per_tanggal)
        pembatal.prepare(tell)
        try:
            with transaction.atomic():
                still = Rombongan.objects.select_for_update().get(pk=rombongan_id)
                if still.status == Status.DIBATALKAN:
                    return still
                _refuse_changed(jejak, terlihat)
                pembatal.write()
        except (StaleDataError, IntegrityError, ProtectedError) as error:
            if percobaan == PERCOBAAN - 1:
                raise _stale() from error
        else:
            break
    pembatal.refresh()
    _note_halangan(rombongan, jejak, {})
    return rombongan


def _refuse_changed(jejak: Sequence[JejakRombongan], terlihat: int) -> None:
    """Lock the people; refuse if anything was written about one since `terlihat`."""
    versi = {satu.pegawai_id: satu.versi for satu in jejak}
    for some in batched(sorted(pk for pk in versi if pk), BATCH):
        orang = Pegawai.objects.select_for_update().filter(pk__in=some).order_by("pk")
        if dict(orang.values_list("pk", "versi")) != {pk: versi[pk] for pk in some}:
            raise _stale()
    baru = Event.objects.filter(
        pk__gt=terlihat, subject_type=Pegawai._meta.label_lower
    ).values_list("subject_id", flat=True)
    if {int(pk) for pk in baru if pk.isdigit()} & set(versi):
        raise _stale()


def _stale() -> StaleDataError:
    return StaleDataError(
        "Ada catatan yang baru saja ditulis pada orang-orang ini, jadi tidak ada yang "
        "dibatalkan. Jalankan sekali lagi untuk melihat yang menghalangi."
    )


def is_working(rombongan: Rombongan) -> bool:
    return (
        rombongan.job_id is not None
        and Job.objects.filter(pk=rombongan.job_id, state__in=ACTIVE).exists()
    )


def purge_jejak(*, before: dt.datetime) -> int:
    """Forget what acts older than this overwrote; they stay, but cannot be undone."""
    lama = JejakRombongan.objects.filter(rombongan__diterapkan_at__lt=before)
    jumlah = 0
    while pks := list(lama.values_list("pk", flat=True)[:BATCH]):
        jumlah += JejakRombongan.objects.filter(pk__in=pks).delete()[0]
    return jumlah


def _check_may_undo(rombongan: Rombongan, *, by: User) -> None:
    if rombongan.status != Status.DITERAPKAN:
        raise DomainError(
            f"{rombongan} {rombongan.get_status_display().lower()}, jadi tidak dapat "
            "dibatalkan."
        )
    lingkup = get_lingkup_kelola(by)
    luar = rombongan.jejak_set.exclude(
        pegawai__in=Pegawai.objects.within(lingkup).values("pk")
    )
    if not lingkup.semua and (
        rombongan.berkas_masuk.jenis != JenisMasuk.LEMBAR or luar.exists()
    ):
        raise DomainError(
            "Sebagian orangnya di luar unit kerja yang Anda kelola.",
            kode="luar_lingkup",
        )
    if not rombongan.jejak_set.exists():
        raise DomainError(
            "Masa simpan jejaknya sudah habis, jadi tidak dapat dibatalkan sekaligus. "
            "Koreksi catatannya satu per satu."
        )


# -- What stands in the way -----------------------------------------------------------


def _find_halangan(
    rombongan: Rombongan, jejak: Sequence[JejakRombongan]
) -> dict[int, str]:
    """Return, by person, the first thing that was built on this act.

    The number of queries grows with thousands of people, not with each.
    """
    halangan: dict[int, str] = {}
    satu_per_orang = {satu.pegawai_id: satu for satu in jejak if satu.pegawai_id}
    for some in batched(sorted(satu_per_orang), BATCH):
        orang = Pegawai.objects.filter(pk__in=some)
        versi = dict(orang.values_list("pk", "versi"))
        _add_events(halangan, rombongan, some)
        for pk in some:
            if versi.get(pk) != satu_per_orang[pk].versi:
                halangan.setdefault(pk, "Data utamanya sudah diubah sesudahnya.")
        _add_relations(halangan, rombongan, some, satu_per_orang)
    _add_riwayat(halangan, jejak)
    _add_akun(halangan, jejak)
    for satu in jejak:
        if satu.pegawai_id is None:
            raise DomainError("Sebagian orangnya sudah tidak ada; tidak dibatalkan.")
    return halangan


def _add_events(
    halangan: dict[int, str], rombongan: Rombongan, pks: Sequence[int]
) -> None:
    """Note people on whom something was written after the act, in the log's words."""
    batal = Rombongan.objects.filter(status=Status.DIBATALKAN).values_list(
        "pk", flat=True
    )
    sendiri = {str(rombongan.pk), *(str(pk) for pk in batal)}
    events = (
        Event.objects.filter(
            subject_type=Pegawai._meta.label_lower,
            subject_id__in=[str(pk) for pk in pks],
            pk__gt=rombongan.kejadian_id or 0,
        )
        .select_related("actor")
        .order_by("-pk")
    )
    for event in events.iterator(chunk_size=2000):
        if event.kind.endswith(_MEMBACA) or event.kind.startswith(_BUKAN_CATATAN):
            continue
        if event.batch in sendiri:
            continue
        halangan[int(event.subject_id)] = (
            f"{describe(event)}, {format_waktu(event.at)}."
        )


def _add_relations(
    halangan: dict[int, str],
    rombongan: Rombongan,
    pks: Sequence[int],
    jejak: dict[int, JejakRombongan],
) -> None:
    """Note people to whom a record was attached later, whatever app it belongs to.

    A protected relation is a record that hangs on the person; one that cascades is only
    worked out from them.
    """
    baru = {pk for pk in pks if jejak[pk].is_baru}
    for model, name in _list_protected(Pegawai):
        if model in _MILIK_BERKAS:
            continue
        rows = model._default_manager.filter(**{f"{name}__in": pks})
        if _has_field(model, "created_at"):
            rows = rows.filter(created_at__gt=rombongan.diterapkan_at)
        elif baru:
            rows = rows.filter(**{f"{name}__in": baru})
        else:
            continue
        if _has_field(model, "dibatalkan_oleh"):
            rows = rows.filter(dibatalkan_oleh__isnull=True)
        for pk in rows.values_list(f"{name}_id", flat=True).distinct():
            nama = str(model._meta.verbose_name)
            halangan.setdefault(pk, f"Sesudahnya dicatat {nama}.")


def _add_riwayat(halangan: dict[int, str], jejak: Sequence[JejakRombongan]) -> None:
    """Note people of whom a row the act wrote is no longer in force."""
    for topik, milik in _group_written(jejak).items():
        berlaku: set[int] = set()
        for some in batched(sorted(milik), BATCH):
            rows = MODEL[topik].objects.berlaku().filter(pk__in=some)
            berlaku.update(rows.values_list("pk", flat=True))
        for pk, satu in milik.items():
            if pk not in berlaku and satu.pegawai_id:
                halangan.setdefault(
                    satu.pegawai_id,
                    f"Riwayat {topik} yang ditulis sudah dikoreksi atau dibatalkan.",
                )


def _add_akun(halangan: dict[int, str], jejak: Sequence[JejakRombongan]) -> None:
    """Note people whose account, opened by the act, somebody already uses."""
    akun = {satu.akun_id: satu.pegawai_id or 0 for satu in jejak if satu.akun_id}
    for some in batched(sorted(akun), BATCH):
        for user in User.objects.filter(pk__in=some):
            if user.last_login or user.has_usable_password():
                halangan.setdefault(akun[user.pk], "Akunnya sudah diaktifkan.")
        # Who never logged in did nothing: only what was given to the account counts.
        for model, name in _list_protected(User, include_hidden=False):
            if model is Pegawai:
                continue
            rows = model._default_manager.filter(**{f"{name}__in": some})
            for pk in rows.values_list(f"{name}_id", flat=True).distinct():
                nama = str(model._meta.verbose_name)
                halangan.setdefault(akun[pk], f"Akunnya sudah punya {nama}.")


def _note_halangan(
    rombongan: Rombongan, jejak: Sequence[JejakRombongan], halangan: dict[int, str]
) -> None:
    """Keep on each row what stands in the way, and take away what no longer does."""
    berubah = []
    for satu in jejak:
        teks = halangan.get(satu.pegawai_id or 0, "")
        if satu.halangan != teks:
            satu.halangan = teks
            berubah.append(satu)
    if berubah or rombongan.jumlah_halangan != len(halangan):
        with transaction.atomic():
            JejakRombongan.objects.bulk_update(berubah, ["halangan"], batch_size=500)
            rombongan.jumlah_halangan = len(halangan)
            rombongan.save(update_fields=["jumlah_halangan"])


def _group_written(
    jejak: Sequence[JejakRombongan],
) -> dict[str, dict[int, JejakRombongan]]:
    """Return the rows the act wrote: topic -> key -> whose."""
    found: dict[str, dict[int, JejakRombongan]] = {}
    for satu in jejak:
        for topik, pk, _ in satu.riwayat:
            found.setdefault(topik, {})[pk] = satu
    return found


def _list_protected(
    model: type[models.Model], *, include_hidden: bool = True
) -> list[tuple[type[Any], str]]:
    """Return (model, field) of every foreign key that protects rows of `model`."""
    return _list_relations(model, models.PROTECT, include_hidden=include_hidden)


def _list_relations(
    model: type[models.Model], on_delete: Any, *, include_hidden: bool = True
) -> list[tuple[type[Any], str]]:
    relations: Sequence[Any] = model._meta.get_fields(include_hidden=include_hidden)
    return [
        (relation.related_model, relation.field.name)
        for relation in relations
        if relation.auto_created
        and not relation.concrete
        and (relation.one_to_many or relation.one_to_one)
        and relation.on_delete is on_delete
    ]


def _has_field(model: type[models.Model], name: str) -> bool:
    return any(field.name == name for field in model._meta.concrete_fields)


# -- Undoing --------------------------------------------------------------------------


class _Pembatal:
    """Takes one act back: worked out by `prepare`, written by `write`."""

    def __init__(
        self,
        rombongan: Rombongan,
        jejak: Sequence[JejakRombongan],
        *,
        by: User,
        per_tanggal: dt.date,
    ) -> None:
        self.rombongan, self.by, self.per_tanggal = rombongan, by, per_tanggal
        self.baru = [satu for satu in jejak if satu.is_baru]
        self.lama = [satu for satu in jejak if not satu.is_baru]
        self.himpunan: dict[int, HimpunanRiwayat] = {}
        self.kejadian: list[Event] = []
        self.sisipan: list[Sisipan] = []
        self.akun: dict[int, str] = {}
        # (topik, key) of a row that was replaced -> the row recorded in its place now.
        self.pengganti: dict[tuple[str, int], int] = {}
        self.perubahan: dict[int, dict[str, tuple[Any, Any]]] = {}

    # -- Before the transaction

    def prepare(self, tell: Progress) -> None:
        """Work out all rows to write. Reserves keys, writes nothing else."""
        jumlah = len(self.baru) + len(self.lama)
        tell(0, jumlah, "Menyiapkan pengembalian")
        for some in batched([satu.pegawai_id or 0 for satu in self.lama], 1000):
            self.himpunan |= {h.pegawai.pk: h for h in load_himpunan(some)}
        riwayat = self._restore_riwayat()
        orang, kolom = self._restore_identitas()
        keadaan = []
        for done, satu in enumerate(self.himpunan.values(), 1):
            keadaan.append(build_keadaan(satu, self.per_tanggal))
            self._note(satu.pegawai, self.perubahan.get(satu.pegawai.pk, {}))
            tell(done, jumlah, "Menyiapkan pengembalian")
        for some in batched([satu.pegawai_id or 0 for satu in self.baru], BATCH):
            for pegawai in Pegawai.objects.filter(pk__in=some):
                self._note(pegawai, {"nama": (pegawai.nama, None)})
        self.sisipan = [
            *riwayat,
            Sisipan(Pegawai, orang, timpa=[*kolom, "versi", "updated_at"]),
            Sisipan(KeadaanPegawai, keadaan, timpa=KOLOM_KEADAAN),
            Sisipan(JejakRombongan, self._hand_back(), timpa=["riwayat", "versi"]),
        ]

    def _restore_riwayat(self) -> list[Sisipan]:
        """Take out what the act wrote; return what it replaced, to be recorded again."""
        asal: dict[str, dict[int, tuple[int, int]]] = {}
        for satu in self.lama:
            himpunan = self.himpunan[satu.pegawai_id or 0]
            for topik, pk, ganti in satu.riwayat:
                rows: list[Any] = getattr(himpunan, topik)
                for row in [row for row in rows if row.pk == pk]:
                    self._change(row.pegawai_id, topik, str(row), None)
                    rows.remove(row)
                if ganti:
                    asal.setdefault(topik, {})[ganti] = (pk, satu.pegawai_id or 0)
        return [self._record_again(topik, rows) for topik, rows in asal.items()]

    def _record_again(self, topik: str, asal: Mapping[int, tuple[int, int]]) -> Sisipan:
        """Return rows as they were before; each cites the one it now corrects."""
        model = MODEL[topik]
        ikut = _IKUT.get(topik, ())
        rows: list[Any] = []
        for some in batched(sorted(asal), BATCH):
            rows += model.objects.filter(pk__in=some).select_related(*ikut)
        for row, key in zip(rows, reserve_keys(model, len(rows)), strict=True):
            ditulis, pegawai_id = asal[row.pk]
            self.pengganti[topik, row.pk] = key
            row.mengoreksi_id, row.dibatalkan_oleh_id = ditulis, None
            row.pk = key
            getattr(self.himpunan[pegawai_id], topik).append(row)
            self._change(pegawai_id, topik, None, str(row))
        return Sisipan(model, rows)

    def _restore_identitas(self) -> tuple[list[Pegawai], list[str]]:
        berubah: list[Pegawai] = []
        kolom: set[str] = set()
        for satu in self.lama:
            if not satu.sebelum:
                continue
            pegawai = self.himpunan[satu.pegawai_id or 0].pegawai
            if "nip" in satu.sebelum:
                self._return_nip(pegawai, satu.sebelum["nip"])
            for name, value in satu.sebelum.items():
                lama = Pegawai._meta.get_field(name).to_python(value)  # type: ignore[union-attr]
                self._change(pegawai.pk, name, getattr(pegawai, name), lama)
                setattr(pegawai, name, lama)
                kolom.add(name)
            pegawai.versi += 1
            berubah.append(pegawai)
        return berubah, sorted(kolom)

    def _return_nip(self, pegawai: Pegawai, nip: str) -> None:
        """Note that the person has the number of before again; the log-in name follows."""
        self.kejadian.append(
            build_kejadian_nip(
                pegawai,
                pegawai.nip,
                nip,
                alasan=self.rombongan.alasan_batal,
                by=self.by,
                batch=str(self.rombongan.pk),
            )
        )
        if pegawai.user_id:
            self.akun[pegawai.user_id] = nip

    def _hand_back(self) -> list[JejakRombongan]:
        """Let acts before this one be undone too: their rows bear new numbers now."""
        dulu = {satu.pegawai_id: satu.versi - bool(satu.sebelum) for satu in self.lama}
        berubah: list[JejakRombongan] = []
        for some in batched(sorted(self.himpunan), BATCH):
            sebelumnya = JejakRombongan.objects.filter(
                rombongan__status=Status.DITERAPKAN, pegawai__in=some
            ).exclude(rombongan=self.rombongan)
            for satu in sebelumnya:
                riwayat = [
                    [topik, self.pengganti.get((topik, pk), pk), ganti]
                    for topik, pk, ganti in satu.riwayat
                ]
                versi = satu.versi
                if versi == dulu[satu.pegawai_id]:
                    versi = self.himpunan[satu.pegawai_id or 0].pegawai.versi
                if (riwayat, versi) != (satu.riwayat, satu.versi):
                    satu.riwayat, satu.versi = riwayat, versi
                    berubah.append(satu)
        return berubah

    # -- Inside it

    def write(self) -> None:
        """Write everything, or nothing. Call it inside the caller's transaction."""
        self._cancel_riwayat()
        for sisipan in self.sisipan:
            sisipan.write()
        mark_stale(sorted(self.himpunan))
        rename_accounts(self.akun, by=self.by, batch=str(self.rombongan.pk))
        self._delete_people()
        self._delete_founded()
        self._close()
        Sisipan(Event, self.kejadian).write()
        transaction.on_commit(request_hitung)

    def _cancel_riwayat(self) -> None:
        milik = _group_written(self.lama)
        nip = self.rombongan.perubahan_nip_set.all()
        if not milik and not nip.exists():
            return
        pembatalan = Pembatalan.objects.create(
            alasan=self.rombongan.alasan_batal, created_by=self.by
        )
        for topik, rows in milik.items():
            for some in batched(sorted(rows), BATCH):
                MODEL[topik].objects.filter(pk__in=some).update(
                    dibatalkan_oleh=pembatalan
                )
        nip.update(dibatalkan_oleh=pembatalan)

    def _delete_people(self) -> None:
        """Delete the people the act made, all worked out from them, and their accounts.

        Without Django's collector, which reads every table that might point to one: that
        nothing does was looked for, and the database refuses what was overlooked.
        """
        pks = sorted(satu.pegawai_id or 0 for satu in self.baru)
        for some in batched(pks, BATCH):
            for model in _MILIK_BERKAS:
                model._default_manager.filter(pegawai__in=some).update(pegawai=None)
            for turunan, name in _list_relations(Pegawai, models.CASCADE):
                _delete_raw(turunan._default_manager.filter(**{f"{name}__in": some}))
        for topik, rows in _group_written(self.baru).items():
            for some in batched(sorted(rows), BATCH):
                _delete_raw(MODEL[topik].objects.filter(pk__in=some))
        for some in batched(pks, BATCH):
            _delete_raw(Pegawai.objects.filter(pk__in=some))
        for some in batched(sorted(s.akun_id for s in self.baru if s.akun_id), BATCH):
            for turunan, name in _list_relations(User, models.CASCADE):
                _delete_raw(turunan._default_manager.filter(**{f"{name}__in": some}))
            _delete_raw(User.objects.filter(pk__in=some))

    def _delete_founded(self) -> None:
        """Take away the posts and units founded for the act that nobody uses."""
        jabatan = set(self.rombongan.dibuat.get("jabatan", ()))
        unit = set(self.rombongan.dibuat.get("unit", ()))
        jabatan -= _list_used(Jabatan, jabatan)
        Jabatan.objects.filter(pk__in=jabatan).delete()
        dipakai = _list_used(UnitKerja, unit, kecuali={UnitKerja, RiwayatUnitKerja})
        paths = dict(UnitKerja.objects.filter(pk__in=unit).values_list("pk", "path"))
        tetap = list(
            UnitKerja.objects.exclude(pk__in=set(paths) - dipakai).values_list(
                "path", flat=True
            )
        )
        # A unit stays where something below it stays.
        pangkal = {path[:end] for path in tetap for end in range(1, len(path) + 1)}
        hapus = {pk for pk, path in paths.items() if path not in pangkal}
        RiwayatUnitKerja.objects.filter(unit__in=hapus).delete()
        RiwayatUnitKerja.objects.filter(induk__in=hapus).delete()
        UnitKerja.objects.filter(pk__in=hapus).update(opd=None)
        UnitKerja.objects.filter(pk__in=hapus).delete()

    def _close(self) -> None:
        rombongan, berkas = self.rombongan, self.rombongan.berkas_masuk
        rombongan.status = Status.DIBATALKAN
        rombongan.dibatalkan_at, rombongan.dibatalkan_by = timezone.now(), self.by
        rombongan.jumlah_halangan = 0
        rombongan.save()
        if berkas.jenis == JenisMasuk.REKONSILIASI:
            rombongan.selisih_set.update(keadaan=SelisihSiasn.Keadaan.TERBUKA)
        else:
            berkas.status = BerkasMasuk.Status.DIBATALKAN
            berkas.pesan = (
                "Sudah diterapkan, kemudian dibatalkan: catatan kembali seperti semula."
            )
            berkas.save(update_fields=["status", "pesan"])
        jumlah = len(self.baru) + len(self.lama)
        self.kejadian.append(
            audit.build(
                "rombongan.batal",
                rombongan,
                by=self.by,
                changes={"orang": (jumlah, None)},
                reason=rombongan.alasan_batal,
                batch=str(rombongan.pk),
            )
        )

    # -- After it

    def refresh(self) -> None:
        """Look for contradictions in the data again; only worked out, so not part of it."""
        for some in batched(sorted(self.himpunan), 1000):
            with transaction.atomic():
                refresh_temuan_of(some, per_tanggal=self.per_tanggal)

    def _change(self, pegawai_id: int, name: str, lama: Any, baru: Any) -> None:
        semua = self.perubahan.setdefault(pegawai_id, {})
        dulu, kini = semua.get(name, (None, None))
        semua[name] = (dulu or lama, baru or kini)

    def _note(self, pegawai: Pegawai, changes: dict[str, tuple[Any, Any]]) -> None:
        self.kejadian.append(
            audit.build(
                "pegawai.rombongan_batal",
                pegawai,
                by=self.by,
                subject=pegawai,
                changes=changes,
                reason=self.rombongan.alasan_batal,
                batch=str(self.rombongan.pk),
            )
        )


def _delete_raw(rows: QuerySet[Any]) -> None:
    rows._raw_delete(rows.db)


def _list_used(
    model: type[models.Model],
    pks: Iterable[int],
    *,
    kecuali: Iterable[type[models.Model]] = (),
) -> set[int]:
    """Return which of these rows something else in the database points to."""
    dipakai: set[int] = set()
    wanted = sorted(pks)
    relations: Sequence[Any] = model._meta.get_fields(include_hidden=True)
    for relation in relations:
        if not relation.auto_created or relation.concrete or relation.many_to_many:
            continue
        lain: Any = relation.related_model
        if lain in kecuali:
            continue
        name = relation.field.name
        for some in batched(wanted, BATCH):
            rows = lain._default_manager.filter(**{f"{name}__in": some})
            dipakai.update(
                rows.order_by().values_list(f"{name}_id", flat=True).distinct()
            )
    return dipakai
