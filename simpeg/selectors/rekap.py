"""Counts that are no dimension of people: posts filled and vacant, penalties, awards.

Each `Lembar` is a table ready to be drawn; behind each number stands a list of its own.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from simpeg.choices import (
    Eselon,
    JenisASN,
    JenisJabatan,
    StatusKepegawaian,
    TingkatHukuman,
)
from simpeg.models import (
    Jabatan,
    Potret,
    Referensi,
    RiwayatHukuman,
    RiwayatPenghargaan,
    UnitKerja,
)
from simpeg.models.lingkup import Lingkup
from simpeg.selectors.statistik import Saringan, list_dihitung
from simpeg.selectors.unit_kerja import list_tree_on

BATCH = 500
# Penalties and awards are told for this year and so many before it, the rest in one.
TAHUN = 4


class JenisRekap(StrEnum):
    label: str
    # Closed records are counted for those alone who may read them.
    is_tertutup: bool

    ESELON = "eselon", "Eselon terisi dan kosong", False
    BEZETTING = "bezetting", "Bezetting", False
    PENGHARGAAN = "penghargaan", "Penghargaan", False
    HUKUMAN = "hukuman", "Hukuman disiplin", True

    def __new__(cls, value: str, label: str, is_tertutup: bool) -> JenisRekap:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        member.is_tertutup = is_tertutup
        return member


@dataclass(frozen=True, slots=True)
class Sel:
    """A number and what finds its rows; None and a word where there is no number."""

    nilai: int | None
    kueri: tuple[tuple[str, str], ...] = ()
    kata: str = ""


@dataclass(frozen=True, slots=True)
class BarisLembar:
    label: str
    sel: tuple[Sel, ...]


@dataclass(frozen=True)
class Lembar:
    """A table with its sentence; `batang` are the columns a chart draws, at most two."""

    jenis: JenisRekap
    judul: str
    kepala: str
    kolom: tuple[str, ...]
    baris: Sequence[BarisLembar]
    jumlah: BarisLembar | None
    temuan: str
    per_tanggal: dt.date
    batang: tuple[int, ...] = (0,)
    catatan: tuple[str, ...] = ()


@dataclass(frozen=True)
class Tanya:
    """What a rekap is asked for: whose people, of which perangkat daerah, on which day."""

    lingkup: Lingkup
    per_tanggal: dt.date
    opd: UnitKerja | None = None
    potret: Potret | None = None

    @property
    def orang(self) -> QuerySet[Any]:
        """Return the active people, today's or those of the day."""
        rows = list_dihitung(self.lingkup, self.potret)
        return rows.filter(Saringan(self.opd).as_q()).order_by()


def build_lembar(jenis: JenisRekap, tanya: Tanya) -> Lembar:
    return _PEMBUAT[jenis](tanya)


# -- Posts filled and vacant ------------------------------------------------------------


def list_jabatan_eselon(tanya: Tanya) -> QuerySet[Jabatan]:
    """Return the structural posts of the day with `pemangku`, the holder's key or None.

    Posts lead units; they count where their unit hung that day. Three queries.
    """
    day = tanya.per_tanggal
    holder = (
        list_dihitung(Lingkup(semua=True), tanya.potret)
        .filter(is_aktif=True, jabatan=OuterRef("pk"))
        .order_by()
        .values("pegawai")[:1]
    )
    rows = Jabatan.objects.filter(
        Q(selesai__isnull=True, is_aktif=True) | Q(selesai__gt=day),
        mulai__lte=day,
        eselon__gt="",
        unit_kerja__isnull=False,
    )
    if not (tanya.lingkup.semua and tanya.opd is None):
        rows = rows.filter(unit_kerja__in=_list_unit(tanya))
    return rows.annotate(pemangku=Subquery(holder))


def _list_unit(tanya: Tanya) -> list[int]:
    """Return the units of the day inside scope and perangkat daerah."""
    return [
        node.unit.pk
        for node in list_tree_on(tanya.per_tanggal)
        if tanya.lingkup.covers_unit(node.unit)
        and (tanya.opd is None or node.opd_id == tanya.opd.pk)
    ]


def _build_eselon(tanya: Tanya) -> Lembar:
    rows = (
        list_jabatan_eselon(tanya)
        .order_by()
        .values_list("eselon")
        .annotate(n=Count("pk"), terisi=Count("pk", filter=Q(pemangku__isnull=False)))
    )
    counts = {eselon: (n, terisi) for eselon, n, terisi in rows}
    ada = [one for one in Eselon if one.value in counts]

    def sel(eselon: str, n: int, terisi: int) -> tuple[Sel, ...]:
        level = (("eselon", eselon),) if eselon else ()
        return (
            Sel(n, level),
            Sel(terisi, (*level, ("isi", "terisi"))),
            Sel(n - terisi, (*level, ("isi", "kosong"))),
        )

    baris = [BarisLembar(one.label, sel(one.value, *counts[one.value])) for one in ada]
    formasi = sum(n for n, _ in counts.values())
    terisi = sum(t for _, t in counts.values())
    return Lembar(
        JenisRekap.ESELON,
        "Jabatan struktural terisi dan kosong",
        "Eselon",
        ("Formasi", "Terisi", "Kosong"),
        baris,
        BarisLembar("Jumlah", sel("", formasi, terisi)) if baris else None,
        f"{formasi - terisi} dari {formasi} jabatan struktural kosong."
        if baris
        else "Belum ada jabatan struktural tercatat.",
        tanya.per_tanggal,
        batang=(1, 2),
        catatan=(
            "Formasi adalah jabatan struktural yang ada pada tanggal itu dan memimpin "
            "unit; terisi bila ada pemangku definitif yang aktif. Plt. dan Plh. tidak "
            "mengisi jabatan.",
        ),
    )


# -- Bezetting --------------------------------------------------------------------------

# How many people a post needs, nobody has computed yet.
BELUM_ADA = Sel(None, kata="belum ada data")


def _build_bezetting(tanya: Tanya) -> Lembar:
    """Count who stands in each post; a query, and one per thousand posts."""
    pns = {StatusKepegawaian.PNS.value, StatusKepegawaian.CPNS.value}
    held: dict[int, Counter[str]] = defaultdict(Counter)
    counted = tanya.orang.filter(jabatan__isnull=False).values_list("jabatan", "status")
    for jabatan, status, n in counted.annotate(n=Count("pk")):
        held[jabatan][JenisASN.PNS if status in pns else JenisASN.PPPK] += n
    ids = sorted(held)
    posts = {
        post.pk: post
        for start in range(0, len(ids), BATCH)
        for post in Jabatan.objects.filter(pk__in=ids[start : start + BATCH])
    }
    order = [one.value for one in JenisJabatan]
    ranked = sorted(
        posts.values(), key=lambda p: (order.index(p.jenis), -(p.kelas or 0), p.nama)
    )
    baris = []
    for post in ranked:
        count = held[post.pk]
        here = count[JenisASN.PNS] + count[JenisASN.PPPK]
        key = (("jabatan", str(post.pk)),)
        kelas = Sel(None, kata=str(post.kelas) if post.kelas else "–")
        baris.append(
            BarisLembar(
                post.nama,
                (
                    kelas,
                    BELUM_ADA,
                    Sel(count[JenisASN.PNS], (*key, ("jenis", "pns"))),
                    Sel(count[JenisASN.PPPK], (*key, ("jenis", "pppk"))),
                    Sel(here, key),
                    BELUM_ADA,
                ),
            )
        )
    total = Counter[str]()
    for one in held.values():
        total.update(one)
    semua = total[JenisASN.PNS] + total[JenisASN.PPPK]
    jumlah = BarisLembar(
        "Jumlah",
        (
            Sel(None, kata=""),
            BELUM_ADA,
            Sel(total[JenisASN.PNS], (("jenis", "pns"),)),
            Sel(total[JenisASN.PPPK], (("jenis", "pppk"),)),
            Sel(semua),
            BELUM_ADA,
        ),
    )
    return Lembar(
        JenisRekap.BEZETTING,
        "Bezetting menurut jabatan",
        "Jabatan",
        ("Kelas", "Kebutuhan", "PNS", "PPPK", "Tersedia", "Lebih/kurang"),
        baris,
        jumlah if baris else None,
        f"{semua} pegawai aktif memangku {len(baris)} jabatan."
        if baris
        else "Tidak ada pegawai yang memangku jabatan.",
        tanya.per_tanggal,
        batang=(4,),
        catatan=(
            "Yang dihitung pemangku definitif yang aktif; CPNS termasuk PNS, PPPK paruh "
            "waktu termasuk PPPK.",
            "Kebutuhan menurut analisis beban kerja; “belum ada data” bila jabatannya "
            "belum dihitung.",
        ),
    )


# -- Penalties and awards ---------------------------------------------------------------


def list_hukuman(tanya: Tanya) -> QuerySet[RiwayatHukuman]:
    """Return the penalties in force as records, begun by the day, of people in scope."""
    return _dalam_lingkup(
        RiwayatHukuman.objects.berlaku().filter(tmt__lte=tanya.per_tanggal), tanya
    )


def list_penghargaan(tanya: Tanya) -> QuerySet[RiwayatPenghargaan]:
    return _dalam_lingkup(
        RiwayatPenghargaan.objects.berlaku().filter(tahun__lte=tanya.per_tanggal.year),
        tanya,
    )


def _dalam_lingkup(rows: QuerySet[Any], tanya: Tanya) -> QuerySet[Any]:
    rows = rows.filter(tanya.lingkup.as_q("pegawai__keadaan__"))
    return rows.filter(pegawai__keadaan__opd=tanya.opd.pk) if tanya.opd else rows


def tingkat_q(tingkat: str) -> Q:
    """Return which penalties are of a level; the SIASN list tells it of each kind."""
    code = TingkatHukuman(tingkat).siasn
    kinds = Referensi.objects.filter(
        daftar="jenisHukuman", tambahan__contains=f"TingkatHukumanId={code}"
    )
    return Q(jenis__in=kinds.values("pk"))


def _build_hukuman(tanya: Tanya) -> Lembar:
    counts: dict[tuple[str, int], int] = Counter()
    for one in TingkatHukuman:
        rows = list_hukuman(tanya).filter(tingkat_q(one.value)).order_by()
        for tahun, n in rows.values_list("tmt__year").annotate(n=Count("pk")):
            counts[one.value, tahun] += n
    return _build_tahunan(
        tanya,
        JenisRekap.HUKUMAN,
        "Hukuman disiplin menurut tingkat",
        "Tingkat hukuman",
        [(one.value, one.label) for one in TingkatHukuman],
        counts,
        "tingkat",
        "hukuman",
        (
            "Dihitung menurut tahun hukuman mulai dijalani dan perangkat daerah pegawai "
            "sekarang. Data ini tertutup: jangan disebarkan.",
        ),
    )


def _build_penghargaan(tanya: Tanya) -> Lembar:
    rows = (
        list_penghargaan(tanya).order_by().values_list("jenis", "jenis__nama", "tahun")
    )
    counts: dict[tuple[str, int], int] = Counter()
    names: dict[str, str] = {}
    for jenis, nama, tahun, n in rows.annotate(n=Count("pk")):
        counts[str(jenis), tahun] += n
        names[str(jenis)] = nama
    return _build_tahunan(
        tanya,
        JenisRekap.PENGHARGAAN,
        "Penghargaan menurut jenis",
        "Penghargaan",
        sorted(names.items(), key=lambda one: one[1]),
        counts,
        "jenis",
        "penghargaan",
        ("Dihitung menurut tahun penghargaan dan perangkat daerah pegawai sekarang.",),
    )


def _build_tahunan(
    tanya: Tanya,
    jenis: JenisRekap,
    judul: str,
    kepala: str,
    values: Iterable[tuple[str, str]],
    counts: Mapping[tuple[str, int], int],
    kunci: str,
    kata: str,
    catatan: tuple[str, ...],
) -> Lembar:
    this = tanya.per_tanggal.year
    years = list(range(this - TAHUN, this + 1))

    def sel(kode: str) -> tuple[Sel, ...]:
        key = ((kunci, kode),) if kode else ()
        mine = {
            tahun: sum(
                n for (k, t), n in counts.items() if t == tahun and kode in (k, "")
            )
            for tahun in {t for _, t in counts}
        }
        earlier = sum(n for tahun, n in mine.items() if tahun < years[0])
        return (
            Sel(earlier, (*key, ("sebelum", str(years[0])))),
            *(Sel(mine.get(t, 0), (*key, ("tahun", str(t)))) for t in years),
            Sel(sum(mine.values()), key),
        )

    baris = [BarisLembar(label, sel(kode)) for kode, label in values]
    recent = sum(n for (_, tahun), n in counts.items() if tahun == this)
    total = sum(counts.values())
    return Lembar(
        jenis,
        judul,
        kepala,
        (f"Sebelum {years[0]}", *map(str, years), "Jumlah"),
        baris,
        BarisLembar("Jumlah", sel("")) if baris else None,
        f"{total} {kata} tercatat, {recent} di antaranya tahun {this}."
        if total
        else f"Belum ada {kata} tercatat.",
        tanya.per_tanggal,
        batang=(len(years) + 1,),
        catatan=catatan,
    )


_PEMBUAT: Mapping[JenisRekap, Callable[[Tanya], Lembar]] = {
    JenisRekap.ESELON: _build_eselon,
    JenisRekap.BEZETTING: _build_bezetting,
    JenisRekap.PENGHARGAAN: _build_penghargaan,
    JenisRekap.HUKUMAN: _build_hukuman,
}
