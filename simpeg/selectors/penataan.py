"""Reads of acts on the organisation: what they would change, and what they changed."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from simpeg.choices import JenisLangkah, JenisPenugasan
from simpeg.models import (
    Jabatan,
    KeadaanPegawai,
    LangkahPenataan,
    PemberianPeran,
    PenataanUnit,
    PerpindahanPegawai,
    RiwayatJabatan,
    RiwayatUnitKerja,
    UnitKerja,
)
from simpeg.models.pegawai import format_nama
from simpeg.rules.penataan import (
    Langkah,
    Masalah,
    Penghuni,
    Perubahan,
    Pimpinan,
    Pindah,
    Rencana,
    UnitFakta,
    list_unit_dibaca,
    sebut,
    susun,
)
from simpeg.selectors.keadaan import list_tidak_aktif

BATCH = 500
# How many rows of people the preview shows before it refers to the lampiran.
TAMPIL = 50


def list_penataan() -> QuerySet[PenataanUnit]:
    return PenataanUnit.objects.select_related(
        "created_by", "diajukan_by", "disetujui_by", "dibatalkan_by"
    )


# -- The tree and its people ------------------------------------------------------------


@dataclass(frozen=True)
class PohonTanggal:
    """The units of one day by code, in the order of the tree, and their keys."""

    unit: dict[str, UnitFakta]
    kunci: dict[str, int]

    @property
    def kode(self) -> dict[int, str]:
        return {pk: kode for kode, pk in self.kunci.items()}


def load_pohon(tanggal: dt.date) -> PohonTanggal:
    """Return the tree of a day with the posts that lead its units; two queries."""
    rows = list(
        RiwayatUnitKerja.objects.filter(
            Q(selesai__isnull=True) | Q(selesai__gt=tanggal), mulai__lte=tanggal
        )
        .order_by("unit__path")
        .values_list("unit", "unit__kode", "unit__jenis", "nama", "induk__kode")
    )
    posts = {
        unit: Pimpinan(str(pk), nama, eselon)
        for unit, pk, nama, eselon in Jabatan.objects.filter(
            Q(selesai__isnull=True) | Q(selesai__gt=tanggal),
            unit_kerja__isnull=False,
            is_aktif=True,
        ).values_list("unit_kerja", "pk", "nama", "eselon")
    }
    return PohonTanggal(
        unit={
            kode: UnitFakta(kode, nama, jenis, induk, posts.get(pk))
            for pk, kode, jenis, nama, induk in rows
        },
        kunci={kode: pk for pk, kode, *_ in rows},
    )


@dataclass(frozen=True, slots=True)
class Duduk:
    """A person's definitive row of a day, as moving them needs it."""

    riwayat: int
    pegawai: int
    nip: str
    nama: str
    unit: int
    jabatan: int
    jabatan_nama: str
    tmt: dt.date


def list_duduk(units: Collection[int], tanggal: dt.date) -> list[Duduk]:
    """Return who works in these units on a day, those who have left the service not.

    One query for each 500 units and two for each 500 people.
    """
    wanted = sorted(units)
    found = []
    for start in range(0, len(wanted), BATCH):
        rows = (
            RiwayatJabatan.objects.definitif()
            .on(tanggal)
            .filter(unit_kerja__in=wanted[start : start + BATCH])
            .order_by("pegawai__nama", "pegawai")
            .values_list(
                "pk",
                "pegawai",
                "pegawai__nip",
                "pegawai__nama",
                "pegawai__gelar_depan",
                "pegawai__gelar_belakang",
                "unit_kerja",
                "jabatan",
                "jabatan__nama",
                "tmt",
            )
        )
        found += [
            Duduk(
                pk,
                orang,
                nip,
                format_nama(nama, depan, belakang),
                unit,
                jab,
                nama_jab,
                tmt,
            )
            for pk, orang, nip, nama, depan, belakang, unit, jab, nama_jab, tmt in rows
        ]
    gone: set[int] = set()
    for start in range(0, len(found), BATCH):
        some = {one.pegawai for one in found[start : start + BATCH]}
        gone |= list_tidak_aktif(some, tanggal)
    return [one for one in found if one.pegawai not in gone]


# -- The plan ---------------------------------------------------------------------------


@dataclass(frozen=True)
class RencanaPenataan:
    """What the steps of an act make of the tree of its day."""

    rencana: Rencana
    pohon: PohonTanggal
    duduk: dict[int, Duduk]

    @property
    def galat(self) -> list[Masalah]:
        return [one for one in self.rencana.masalah if one.is_galat]

    @property
    def peringatan(self) -> list[Masalah]:
        return [one for one in self.rencana.masalah if not one.is_galat]


def as_langkah(rows: Iterable[LangkahPenataan]) -> list[Langkah]:
    return [Langkah(row.urut, JenisLangkah(row.jenis), row.isi) for row in rows]


def build_rencana(
    penataan: PenataanUnit, tambahan: Sequence[Langkah] = ()
) -> RencanaPenataan:
    """Return the plan of an act, with steps about to be added; about ten queries."""
    langkah = [*as_langkah(penataan.langkah_set.all()), *tambahan]
    pohon = load_pohon(penataan.berlaku)
    kunci = pohon.kunci
    touched = [kunci[kode] for kode in list_unit_dibaca(langkah) if kode in kunci]
    duduk = {one.pegawai: one for one in list_duduk(touched, penataan.berlaku)}
    penghuni: dict[str, list[Penghuni]] = defaultdict(list)
    kode = pohon.kode
    for one in duduk.values():
        penghuni[kode[one.unit]].append(
            Penghuni(
                one.pegawai,
                one.nama,
                str(one.jabatan),
                is_terikat=one.tmt == penataan.berlaku,
            )
        )
    rencana = susun(pohon.unit, penghuni, langkah)
    found = (*rencana.masalah, *_check_catatan(penataan, rencana, pohon))
    return RencanaPenataan(replace(rencana, masalah=found), pohon, duduk)


def _check_catatan(
    penataan: PenataanUnit, rencana: Rencana, pohon: PohonTanggal
) -> Iterator[Masalah]:
    """Yield what records of other acts and decrees stand against the plan."""
    berlaku = penataan.berlaku
    taken = UnitKerja.objects.filter(kode__in=rencana.baru).values_list("kode", "nama")
    for kode, nama in taken:
        yield Masalah(0, f"Kode unit {kode} sudah dipakai {nama}; pilih kode lain.")
    lama = [
        pohon.kunci[kode]
        for kode in rencana.list_tersentuh()
        if kode in pohon.kunci
        and rencana.list_perubahan(kode)
        & {Perubahan.NAMA, Perubahan.PINDAH, Perubahan.TUTUP}
    ]
    later = RiwayatUnitKerja.objects.filter(unit__in=lama, mulai__gte=berlaku)
    for row in later.select_related("unit")[:BATCH]:
        yield Masalah(
            0,
            f"{row.unit.nama} sudah berubah per {row.mulai:%d-%m-%Y} "
            f"({row.dasar or 'tanpa dasar'}); tanggal berlaku harus sesudahnya.",
        )
    ditutup = [pohon.kunci[k] for k in rencana.ditutup if k in pohon.kunci]
    rows = RiwayatJabatan.objects.berlaku().filter(unit_kerja__in=ditutup)
    nanti = rows.definitif().filter(tmt__gt=berlaku)
    if names := list(nanti.values_list("pegawai__nama", flat=True)[:BATCH]):
        yield Masalah(
            0,
            f"{sebut(names)} dicatat bertugas di unit yang ditutup mulai sesudah "
            "tanggal berlaku. Koreksi riwayat jabatannya dahulu.",
        )
    berjalan = rows.exclude(jenis_penugasan=JenisPenugasan.DEFINITIF.value).filter(
        Q(tmt_selesai__isnull=True) | Q(tmt_selesai__gt=berlaku)
    )
    if names := list(berjalan.values_list("pegawai__nama", flat=True)[:BATCH]):
        yield Masalah(
            0,
            f"Penugasan (Plt., Plh., Pj., atau tugas tambahan) {sebut(names)} di unit "
            "yang ditutup masih berjalan. Koreksi tanggal berakhirnya dahulu.",
        )
    dihapus = [int(kunci) for kunci in rencana.pimpinan_dihapus]
    acting = (
        RiwayatJabatan.objects.berlaku()
        .filter(
            Q(tmt_selesai__isnull=True) | Q(tmt_selesai__gt=berlaku),
            jabatan__in=dihapus,
        )
        .exclude(jenis_penugasan=JenisPenugasan.DEFINITIF.value)
        .exclude(unit_kerja__in=ditutup)
    )
    if names := list(acting.values_list("pegawai__nama", flat=True)[:BATCH]):
        yield Masalah(
            0,
            f"Penugasan {sebut(names)} tetap tercatat pada jabatan pimpinan yang lama; "
            "catat penugasan pada jabatan barunya.",
            is_galat=False,
        )
    grants = PemberianPeran.objects.filter(unit_kerja__in=ditutup).on(berlaku)
    if names := list(grants.values_list("user__nama", flat=True)[:BATCH]):
        yield Masalah(
            0,
            f"Peran {sebut(names)} di unit yang ditutup perlu diberikan lagi di unit "
            "barunya.",
            is_galat=False,
        )


# -- The preview ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class BarisPohon:
    """A unit of the tree before or after; `tanda` are the changes in words."""

    kode: str
    nama: str
    dalam: int
    orang: int
    jabatan: int
    tanda: tuple[str, ...]


_TANDA = {
    Perubahan.BARU: "baru",
    Perubahan.TUTUP: "ditutup",
    Perubahan.NAMA: "ganti nama",
    Perubahan.PINDAH: "pindah",
    Perubahan.PIMPINAN: "jabatan pimpinan baru",
}


@dataclass(frozen=True, slots=True)
class Pratinjau:
    """The perangkat daerah that the act touches, before and after."""

    sebelum: list[BarisPohon]
    sesudah: list[BarisPohon]

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Pratinjau:
        """Read what `as_json` wrote: the act as it was applied."""
        return cls(
            **{
                side: [
                    BarisPohon(**{**row, "tanda": tuple(row["tanda"])})
                    for row in data[side]
                ]
                for side in ("sebelum", "sesudah")
            }
        )

    @property
    def orang_sebelum(self) -> int:
        return sum(one.orang for one in self.sebelum)

    @property
    def orang_sesudah(self) -> int:
        return sum(one.orang for one in self.sesudah)


def build_pratinjau(rencana: RencanaPenataan) -> Pratinjau:
    """Return the touched parts of the tree with people and posts, each unit alone.

    Units whose people the steps move are counted on the day of the act, the others by
    today's state; two queries.
    """
    plan, kode = rencana.rencana, rencana.pohon.kode
    counted = {kode[one.unit] for one in rencana.duduk.values()}
    before: Counter[str] = Counter(kode[one.unit] for one in rencana.duduk.values())
    posts: dict[str, set[str]] = defaultdict(set)
    for one in rencana.duduk.values():
        posts[kode[one.unit]].add(str(one.jabatan))
    touched = plan.list_tersentuh()
    roots = {_find_puncak(plan.sebelum, k) for k in touched if k in plan.sebelum}
    roots |= {_find_puncak(plan.sesudah, k) for k in touched if k not in plan.ditutup}
    for move in plan.pindah:
        roots |= {
            _find_puncak(plan.sebelum, move.asal),
            _find_puncak(plan.sesudah, move.tujuan),
        }
    sebelum = [k for k in plan.sebelum if _find_puncak(plan.sebelum, k) in roots]
    sesudah = [k for k in plan.sesudah if _find_puncak(plan.sesudah, k) in roots]
    others = {
        rencana.pohon.kunci[k]
        for k in {*sebelum, *sesudah}
        if k in rencana.pohon.kunci and k not in counted
    }
    for pk, jabatan, n in _count_hari_ini(others):
        before[kode[pk]] += n
        posts[kode[pk]].add(str(jabatan))
    after, posts_after = _move(plan.pindah, before, posts)
    return Pratinjau(
        _walk(plan, plan.sebelum, sebelum, before, posts, is_sesudah=False),
        _walk(
            plan,
            plan.sesudah,
            [k for k in sesudah if k not in plan.ditutup],
            after,
            posts_after,
            is_sesudah=True,
        ),
    )


def _count_hari_ini(units: Collection[int]) -> Iterator[tuple[int, int | None, int]]:
    wanted = sorted(units)
    for start in range(0, len(wanted), BATCH):
        yield from (
            KeadaanPegawai.objects.aktif()
            .filter(unit_kerja__in=wanted[start : start + BATCH])
            .order_by()
            .values_list("unit_kerja", "jabatan")
            .annotate(n=Count("pk"))
        )


def _move(
    pindah: Iterable[Pindah], before: Counter[str], posts: dict[str, set[str]]
) -> tuple[Counter[str], dict[str, set[str]]]:
    after = Counter(before)
    posts_after = defaultdict(set, {k: set(v) for k, v in posts.items()})
    left: dict[str, set[str]] = defaultdict(set)
    for one in pindah:
        after[one.asal] -= 1
        after[one.tujuan] += 1
        left[one.asal].add(one.jabatan_lama)
        posts_after[one.tujuan].add(one.jabatan_baru)
    for asal, gone in left.items():
        if not after[asal]:
            posts_after[asal] -= gone
    return after, posts_after


def _find_puncak(unit: Mapping[str, UnitFakta], kode: str) -> str:
    """Return the perangkat daerah a unit belongs to, itself for the instansi."""
    one = unit[kode]
    while one.jenis == "bagian" and one.induk is not None:
        one = unit[one.induk]
    return one.kode


def _walk(
    plan: Rencana,
    unit: Mapping[str, UnitFakta],
    shown: Sequence[str],
    orang: Counter[str],
    posts: dict[str, set[str]],
    *,
    is_sesudah: bool,
) -> list[BarisPohon]:
    wanted = set(shown)
    parts: dict[str | None, list[str]] = defaultdict(list)
    for kode in shown:
        induk = unit[kode].induk
        parts[induk if induk in wanted else None].append(kode)

    def go(induk: str | None, depth: int) -> Iterator[BarisPohon]:
        for kode in parts[induk]:
            one = unit[kode]
            held = set(posts.get(kode, ()))
            if one.pimpinan:
                held.add(one.pimpinan.kunci)
            changes = plan.list_perubahan(kode)
            if not is_sesudah:
                changes -= {Perubahan.PIMPINAN}
            yield BarisPohon(
                kode,
                one.nama,
                depth,
                orang.get(kode, 0),
                len(held),
                tuple(_TANDA[c] for c in Perubahan if c in changes),
            )
            yield from go(kode, depth + 1)

    return list(go(None, 0))


def describe_langkah(langkah: Iterable[Langkah], rencana: Rencana) -> dict[int, str]:
    """Return, by place, what each step does in one sentence; two names of a unit both."""
    posts = {
        int(kunci): ""
        for one in langkah
        if (kunci := str(one.isi.get("jabatan", ""))).isdigit()
    }
    posts |= dict(Jabatan.objects.filter(pk__in=posts).values_list("pk", "nama"))

    def nama(kode: str) -> str:
        unit = rencana.sebelum.get(kode) or rencana.sesudah.get(kode)
        return unit.nama if unit else kode

    def pimpinan(isi: Mapping[str, Any]) -> str:
        if not isi.get("jabatan"):
            return ""
        eselon = f" (eselon {isi['eselon']})" if isi.get("eselon") else ""
        return f", dipimpin {isi['jabatan']}{eselon}"

    def tell(one: Langkah) -> str:
        isi = one.isi
        match one.jenis:
            case JenisLangkah.GANTI_NAMA:
                post = f"; pimpinannya {isi['jabatan']}" if isi.get("jabatan") else ""
                return f"{nama(isi['unit'])} menjadi {isi['nama']}{post}."
            case JenisLangkah.UNIT_BARU:
                return f"{isi['nama']} di bawah {nama(isi['induk'])}{pimpinan(isi)}."
            case JenisLangkah.PECAH:
                parts = ", ".join(part["nama"] for part in isi["pecahan"])
                akhir = "; unit lama ditutup" if isi["tutup"] else "; unit lama tetap"
                return f"{nama(isi['unit'])} menjadi {parts}{akhir}."
            case JenisLangkah.GABUNG:
                parts = ", ".join(nama(kode) for kode in isi["asal"])
                return (
                    f"{parts} ke {nama(isi['tujuan'])}, dengan pegawai dan bagiannya."
                )
            case JenisLangkah.PINDAH_INDUK:
                return f"{nama(isi['unit'])} ke bawah {nama(isi['induk'])}."
            case JenisLangkah.PINDAH_ORANG:
                orang = isi.get("orang")
                who = "Semua pegawai" if orang is None else f"{len(orang)} pegawai"
                post = str(isi.get("jabatan", ""))
                how = (
                    ", sebagai pimpinan"
                    if isi.get("pimpinan")
                    else f", sebagai {posts[int(post)]}"
                    if post
                    else ""
                )
                return f"{who} {nama(isi['asal'])} ke {nama(isi['tujuan'])}{how}."
            case _:
                return f"{nama(isi['unit'])}."

    return {one.urut: tell(one) for one in langkah}


# -- People -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class BarisLampiran:
    """One line of the lampiran: who moves from where to where."""

    pegawai: int
    nip: str
    nama: str
    jabatan_lama: str
    unit_lama: str
    jabatan_baru: str
    unit_baru: str


def list_lampiran(
    penataan: PenataanUnit, rencana: RencanaPenataan | None = None
) -> Iterator[BarisLampiran]:
    """Yield the people an act moves or moved; from the records once it is applied."""
    if penataan.diterapkan_at:
        yield from _list_tercatat(penataan)
        return
    rencana = rencana or build_rencana(penataan)
    plan = rencana.rencana
    planned = {
        one.pimpinan.kunci: one.pimpinan.nama
        for one in plan.sesudah.values()
        if one.pimpinan
    }
    ids = {
        int(kunci)
        for one in plan.pindah
        for kunci in (one.jabatan_lama, one.jabatan_baru)
        if kunci.isdigit()
    }
    names = dict(Jabatan.objects.filter(pk__in=ids).values_list("pk", "nama"))

    def jabatan(kunci: str) -> str:
        return names[int(kunci)] if kunci.isdigit() else planned[kunci]

    for one in plan.pindah:
        duduk = rencana.duduk[one.pegawai]
        yield BarisLampiran(
            one.pegawai,
            duduk.nip,
            duduk.nama,
            jabatan(one.jabatan_lama),
            plan.sebelum[one.asal].nama,
            jabatan(one.jabatan_baru),
            plan.sesudah[one.tujuan].nama,
        )


def list_perpindahan(penataan: PenataanUnit) -> QuerySet[PerpindahanPegawai]:
    """Return whom an applied act moved, with the units' names of that day."""

    def nama(path: str, tanggal: str) -> Subquery:
        return Subquery(
            RiwayatUnitKerja.objects.filter(
                unit=OuterRef(path), **{f"mulai__{tanggal}": penataan.berlaku}
            )
            .order_by("-mulai")
            .values("nama")[:1]
        )

    return (
        penataan.perpindahan_set.annotate(
            unit_lama=nama("riwayat_lama__unit_kerja", "lt"),
            unit_baru=nama("riwayat_baru__unit_kerja", "lte"),
        )
        .select_related(
            "pegawai",
            "riwayat_lama__jabatan",
            "riwayat_lama__unit_kerja",
            "riwayat_baru__jabatan",
            "riwayat_baru__unit_kerja",
        )
        .order_by("pk")
    )


def _list_tercatat(penataan: PenataanUnit) -> Iterator[BarisLampiran]:
    rows: Any = list_perpindahan(penataan)
    for row in rows.iterator(chunk_size=2000):
        yield BarisLampiran(
            row.pegawai_id,
            row.pegawai.nip,
            row.pegawai.nama_lengkap,
            row.riwayat_lama.jabatan.nama,
            row.unit_lama or row.riwayat_lama.unit_kerja.nama,
            row.riwayat_baru.jabatan.nama,
            row.unit_baru or row.riwayat_baru.unit_kerja.nama,
        )


def list_orang_unit(penataan: PenataanUnit, kode: str) -> list[Duduk]:
    """Return who works in one unit on the day of the act; empty for a planned unit."""
    found = UnitKerja.objects.filter(kode=kode).values_list("pk", flat=True)
    return list_duduk(list(found), penataan.berlaku)
