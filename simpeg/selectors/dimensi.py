"""What people are counted by.

The key of a `Dimensi` is also the name of a filter of the list of people, and both ask
the same condition, so that behind every number stand exactly the people it counts.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.db.models import (
    Case,
    F,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from simpeg.choices import (
    Choice,
    Eselon,
    JenisJabatan,
    JenisKelamin,
    Jenjang,
    KelompokJabatan,
    StatusKepegawaian,
)
from simpeg.models import (
    Jabatan,
    Referensi,
    RiwayatUnitKerja,
    TingkatPendidikan,
    UnitKerja,
)
from simpeg.rules.golongan import GolonganPNS, GolonganPPPK
from simpeg.rules.waktu import add_years, find_kunci_masa_kerja

# What the filters of the list call "nothing is recorded".
TANPA = "tanpa"
# How many whole years after this one the retirements are projected.
TAHUN_PROYEKSI = 5


@dataclass(frozen=True, slots=True)
class Nilai:
    """One value of a dimension: its code in an address and how it is called.

    `kueri` are the filters of the list that find its people. `syarat` says who belongs
    to a band; what is not `is_inti` stands in the table but not in the chart.
    """

    kode: str
    label: str
    kueri: tuple[tuple[str, str], ...]
    singkat: str = ""
    syarat: Q | None = None
    is_inti: bool = True
    # Of a subtotal: the codes it sums.
    anggota: tuple[str, ...] = ()

    @property
    def kepala(self) -> str:
        """Return the word over a column."""
        return self.singkat or self.label


Daftar = Callable[["Dimensi", dt.date, Iterable[str]], list[Nilai]]


@dataclass(frozen=True, slots=True)
class Dimensi:
    """Something people are counted by: a field, or bands of one.

    `nilai` lists the values in their order, for a unit those among the codes found.
    """

    kunci: str
    judul: str
    nilai: Daftar
    kolom: str = ""
    kosong: str = "Belum tercatat"
    # Which rows have nothing recorded here.
    syarat_kosong: Q = field(default_factory=Q)
    is_rentang: bool = False
    # Fields with few values that the database groups by instead of the bands, and the
    # band of their values.
    bidang: tuple[str, ...] = ()
    kode_bidang: Callable[[dt.date, tuple[Any, ...]], str] | None = None
    # What a post says of its holder. Grouping by its key and asking it afterwards takes
    # a third of joining it first, as long as the other dimension has few groups.
    dari_jabatan: Callable[[Jabatan], str] | None = None
    # Names too long, and too many, to stand over columns.
    is_panjang: bool = False
    # The subtotal a value belongs to: its label, and the filters that find its people.
    subtotal: Callable[[str], tuple[str, tuple[tuple[str, str], ...]] | None] | None = (
        None
    )
    # Bands nobody belongs to are left out.
    hanya_terpakai: bool = False

    def list_nilai(
        self, per_tanggal: dt.date, terpakai: Iterable[str] = ()
    ) -> list[Nilai]:
        """Return every value, "nothing recorded" last."""
        tanpa = Nilai(
            TANPA, self.kosong, ((self.kunci, TANPA),), is_inti=not self.is_rentang
        )
        return [*self.nilai(self, per_tanggal, terpakai), tanpa]

    def list_kelompok(
        self, per_tanggal: dt.date, *, is_per_jabatan: bool = False
    ) -> list[Combinable]:
        """Return what the database groups by."""
        if is_per_jabatan and self.dari_jabatan:
            return [F("jabatan")]
        if self.bidang:
            return [F(name) for name in self.bidang]
        if not self.is_rentang:
            return [F(self.kolom)]
        # Numbers: a large office is sorted by them, which texts would slow.
        bands = enumerate(self.nilai(self, per_tanggal, ()))
        found = (When(band.syarat, then=Value(n)) for n, band in bands)
        return [Case(*found, default=Value(None), output_field=IntegerField())]

    def get_pembaca(
        self, per_tanggal: dt.date, *, is_per_jabatan: bool = False
    ) -> Callable[[tuple[Any, ...]], str]:
        """Return what reads the code of a group out of its values."""
        if is_per_jabatan and self.dari_jabatan:
            ask = self.dari_jabatan
            posts = Jabatan.objects.only("jenis", "eselon", "jenjang")
            told = {post.pk: ask(post) or TANPA for post in posts}
            return lambda values: told.get(values[0], TANPA)
        if self.kode_bidang:
            return partial(self.kode_bidang, per_tanggal)
        if not self.is_rentang:
            # An empty text says as little as no row.
            return lambda values: str(values[0] or TANPA)
        codes = [band.kode for band in self.nilai(self, per_tanggal, ())]
        return lambda values: TANPA if values[0] is None else codes[values[0]]

    def as_q(self, kode: str, per_tanggal: dt.date) -> Q:
        """Return who belongs to one value; nobody where the code is unknown."""
        if kode == TANPA:
            return self.syarat_kosong
        if not self.is_rentang:
            return Q((self.kolom, kode))
        bands = (band for band in self.nilai(self, per_tanggal, ()))
        found = next((band.syarat for band in bands if band.kode == kode), None)
        return found if found is not None else Q(pk__in=[])


# -- Values -----------------------------------------------------------------------------


def _from_choices(choices: type[Choice]) -> Daftar:
    def list_them(dimensi: Dimensi, *_: object) -> list[Nilai]:
        return [
            Nilai(one.value, one.label, ((dimensi.kunci, one.value),))
            for one in choices
        ]

    return list_them


def _list_golongan(dimensi: Dimensi, *_: object) -> list[Nilai]:
    named = [(g.value, f"{g.value} {g.pangkat}") for g in GolonganPNS]
    named += [(g.value, f"{g.value} (PPPK)") for g in GolonganPPPK]
    return [
        Nilai(kode, label, ((dimensi.kunci, kode),), singkat=kode)
        for kode, label in named
    ]


def _list_referensi(daftar: str) -> Daftar:
    """Return what lists the codes of a short SIASN list, as it is loaded."""

    def list_them(dimensi: Dimensi, *_: object) -> list[Nilai]:
        rows = Referensi.objects.filter(daftar=daftar).order_by("kode")
        return [Nilai(row.kode, row.nama, ((dimensi.kunci, row.kode),)) for row in rows]

    return list_them


# Ruang of the PNS scale by their golongan, and the whole scale of PPPK.
_KELOMPOK_GOLONGAN: Mapping[str, tuple[str, ...]] = {
    **{
        name: tuple(g.value for g in GolonganPNS if g.value.startswith(f"{name}/"))
        for name in ("I", "II", "III", "IV")
    },
    "PPPK": tuple(g.value for g in GolonganPPPK),
}


def _list_kelompok_golongan(dimensi: Dimensi, *_: object) -> list[Nilai]:
    return [
        _band(
            dimensi,
            kode,
            "PPPK" if kode == "PPPK" else f"Golongan {kode}",
            Q(golongan__in=steps),
        )
        for kode, steps in _KELOMPOK_GOLONGAN.items()
    ]


def find_kelompok_golongan(golongan: str | None) -> str:
    """Return the golongan I to IV of a ruang, "PPPK" for theirs, TANPA for none."""
    return next(
        (kode for kode, steps in _KELOMPOK_GOLONGAN.items() if golongan in steps), TANPA
    )


def _subtotal_golongan(kode: str) -> tuple[str, tuple[tuple[str, str], ...]] | None:
    group = find_kelompok_golongan(kode)
    if group == TANPA:
        return None
    label = "Jumlah PPPK" if group == "PPPK" else f"Jumlah golongan {group}"
    return label, (("kelompok_golongan", group),)


def _subtotal_jabatan(kode: str) -> tuple[str, tuple[tuple[str, str], ...]] | None:
    if not kode.startswith("jf-"):
        return None
    jf = KelompokJabatan.JF
    return "Jumlah jabatan fungsional", (("kelompok_jabatan", jf.value),)


def _list_jabatan(dimensi: Dimensi, *_: object) -> list[Nilai]:
    """Return the groups of UU 20/2023, the functional one by its jenjang."""
    values = []
    for one in KelompokJabatan:
        group = Q(kelompok_jabatan=one.value)
        if one is not KelompokJabatan.JF:
            values.append(_band(dimensi, one.value, one.label, group))
            continue
        values += [
            _band(
                dimensi,
                f"jf-{step.value}",
                f"JF {step.label}",
                group & Q(jabatan__jenjang=step.value),
            )
            for step in Jenjang
        ]
        known = [step.value for step in Jenjang]
        rest = group & ~Q(jabatan__jenjang__in=known)
        values.append(_band(dimensi, "jf-lain", "JF tanpa jenjang", rest))
    return values


def _read_jabatan(post: Jabatan) -> str:
    if post.kelompok is not KelompokJabatan.JF:
        return post.kelompok.value
    return f"jf-{post.jenjang or 'lain'}"


# The structural training each level of post asks for; 1 is the highest.
_DIKLAT = (("I", 1), ("II", 2), ("III", 3), ("IV", 4))


def _list_diklat(dimensi: Dimensi, *_: object) -> list[Nilai]:
    """Return whether those who hold an eselon finished the training of their level.

    A higher one counts too; V needs the lowest.
    """
    done = Q()
    for eselon, tingkat in _DIKLAT:
        done |= Q(jabatan__eselon__startswith=f"{eselon}.", diklat__lte=tingkat)
    done |= Q(jabatan__eselon__startswith="V.", diklat__isnull=False)
    holds = Q(jabatan__eselon__gt="")
    return [
        _band(dimensi, "sudah", "Sudah diklat", holds & done),
        _band(dimensi, "belum", "Belum diklat", holds & ~done),
    ]


def _find_diklat(per_tanggal: dt.date, values: tuple[Any, ...]) -> str:
    eselon, diklat = values
    if not eselon:
        return TANPA
    wanted = dict(_DIKLAT).get(eselon.split(".")[0], 4)
    return "sudah" if diklat is not None and diklat <= wanted else "belum"


def _list_pendidikan(dimensi: Dimensi, *_: object) -> list[Nilai]:
    return [
        Nilai(tingkat.kode, tingkat.nama, ((dimensi.kunci, tingkat.kode),))
        for tingkat in TingkatPendidikan.objects.all()
    ]


def _list_unit(
    dimensi: Dimensi, per_tanggal: dt.date, terpakai: Iterable[str]
) -> list[Nilai]:
    """Return the units by their name of the day; one that has ended is found by `unit`."""
    named = RiwayatUnitKerja.objects.filter(
        unit=OuterRef("pk"), mulai__lte=per_tanggal
    ).order_by("-mulai")
    units = (
        UnitKerja.objects.filter(pk__in=[kode for kode in terpakai if kode != TANPA])
        .annotate(nama_kini=Coalesce(Subquery(named.values("nama")[:1]), F("nama")))
        .order_by("nama_kini", "pk")
    )
    return [
        Nilai(str(unit.pk), unit.nama_kini, _unit_query(dimensi, unit))
        for unit in units
    ]


def _unit_query(dimensi: Dimensi, unit: UnitKerja) -> tuple[tuple[str, str], ...]:
    if dimensi.kunci == "opd":
        return (("opd" if unit.selesai is None else "unit", str(unit.pk)),)
    return (("unit", str(unit.pk)), ("tanpa_bagian", "on"))


def _list_usia(dimensi: Dimensi, per_tanggal: dt.date, *_: object) -> list[Nilai]:
    """Return ages in whole years: up to 25, then by five, then over 60."""

    def reached(usia: int) -> dt.date:
        return add_years(per_tanggal, -usia)

    return [
        _band(dimensi, "0-25", "≤ 25 tahun", Q(tanggal_lahir__gt=reached(26))),
        *(
            _band(
                dimensi,
                f"{start}-{start + 4}",
                f"{start}–{start + 4} tahun",
                Q(
                    tanggal_lahir__lte=reached(start),
                    tanggal_lahir__gt=reached(start + 5),
                ),
            )
            for start in range(26, 60, 5)
        ),
        _band(dimensi, "61", "> 60 tahun", Q(tanggal_lahir__lte=reached(61))),
    ]


# Whole years of service, from and up to; the last band has no end.
_MASA_KERJA: tuple[tuple[int, int | None], ...] = (
    (0, 5),
    *((start, start + 4) for start in range(6, 30, 5)),
    (31, None),
)


def _list_masa_kerja(dimensi: Dimensi, per_tanggal: dt.date, *_: object) -> list[Nilai]:
    """Return masa kerja golongan in whole years: up to 5, then by five, then over 30.

    Who has served longer has the smaller key; a TMT to come counts as no service yet.
    """
    values = []
    for start, end in _MASA_KERJA:
        syarat = Q(kunci_masa_kerja__isnull=False)
        if start:
            most = find_kunci_masa_kerja(start * 12, per_tanggal=per_tanggal)
            syarat &= Q(kunci_masa_kerja__lte=most)
        if end:
            next_most = find_kunci_masa_kerja((end + 1) * 12, per_tanggal=per_tanggal)
            syarat &= Q(kunci_masa_kerja__gt=next_most)
        kode = f"{start}-{end}" if end else str(start)
        label = f"{start}–{end} tahun" if end else f"> {start - 1} tahun"
        values.append(_band(dimensi, kode, label, syarat))
    return values


def _list_pensiun(dimensi: Dimensi, per_tanggal: dt.date, *_: object) -> list[Nilai]:
    """Return the rest of this year and the years after it, and what lies outside."""
    this = per_tanggal.year
    last = this + TAHUN_PROYEKSI

    def year(tahun: int) -> Q:
        return Q(
            tmt_pensiun__gte=dt.date(tahun, 1, 1),
            tmt_pensiun__lt=dt.date(tahun + 1, 1, 1),
        )

    return [
        _band(
            dimensi,
            "lewat",
            "TMT sudah lewat, masih aktif",
            Q(tmt_pensiun__lte=per_tanggal),
            is_inti=False,
        ),
        _band(
            dimensi,
            str(this),
            f"{this} (sisa tahun)",
            Q(tmt_pensiun__gt=per_tanggal, tmt_pensiun__lt=dt.date(this + 1, 1, 1)),
        ),
        *(
            _band(dimensi, str(tahun), str(tahun), year(tahun))
            for tahun in range(this + 1, last + 1)
        ),
        _band(
            dimensi,
            "nanti",
            f"Sesudah {last}",
            Q(tmt_pensiun__gte=dt.date(last + 1, 1, 1)),
            is_inti=False,
        ),
    ]


def _band(
    dimensi: Dimensi, kode: str, label: str, syarat: Q, *, is_inti: bool = True
) -> Nilai:
    return Nilai(kode, label, ((dimensi.kunci, kode),), syarat=syarat, is_inti=is_inti)


# -- Dimensions -------------------------------------------------------------------------


def _of_choices(
    kunci: str,
    judul: str,
    choices: type[Choice],
    *,
    kolom: str = "",
    kosong: str = "Belum tercatat",
    dari_jabatan: Callable[[Jabatan], str] | None = None,
) -> Dimensi:
    kolom = kolom or kunci
    return Dimensi(
        kunci,
        judul,
        _from_choices(choices),
        kolom,
        kosong,
        dari_jabatan=dari_jabatan,
        # A text field is empty; one behind a link that is not there has no row.
        syarat_kosong=Q((kolom, "")) | Q((f"{kolom}__isnull", True)),
    )


_SEMUA = (
    Dimensi(
        "golongan",
        "Golongan",
        _list_golongan,
        "golongan",
        syarat_kosong=Q(golongan__isnull=True),
        subtotal=_subtotal_golongan,
    ),
    Dimensi(
        "kelompok_golongan",
        "Golongan I–IV",
        _list_kelompok_golongan,
        syarat_kosong=Q(golongan__isnull=True),
        is_rentang=True,
        bidang=("golongan",),
        kode_bidang=lambda per_tanggal, values: find_kelompok_golongan(values[0]),
    ),
    _of_choices("kelompok_jabatan", "Kelompok jabatan", KelompokJabatan),
    Dimensi(
        "jabatan_rinci",
        "Jabatan dan jenjang",
        _list_jabatan,
        kosong="Tanpa jabatan",
        syarat_kosong=Q(kelompok_jabatan=""),
        is_rentang=True,
        hanya_terpakai=True,
        dari_jabatan=_read_jabatan,
        subtotal=_subtotal_jabatan,
    ),
    _of_choices("jenis_jabatan", "Jenis jabatan", JenisJabatan),
    _of_choices(
        "jenjang",
        "Jenjang jabatan fungsional",
        Jenjang,
        kolom="jabatan__jenjang",
        kosong="Tanpa jenjang",
        dari_jabatan=lambda post: post.jenjang,
    ),
    _of_choices(
        "eselon",
        "Eselon",
        Eselon,
        kolom="jabatan__eselon",
        kosong="Tanpa eselon",
        dari_jabatan=lambda post: post.eselon,
    ),
    Dimensi(
        "diklat_struktural",
        "Diklat struktural",
        _list_diklat,
        kosong="Bukan pemangku eselon",
        syarat_kosong=Q(jabatan__isnull=True) | Q(jabatan__eselon=""),
        is_rentang=True,
        bidang=("jabatan__eselon", "diklat"),
        kode_bidang=_find_diklat,
    ),
    Dimensi(
        "pendidikan",
        "Pendidikan",
        _list_pendidikan,
        "pendidikan",
        syarat_kosong=Q(pendidikan__isnull=True),
    ),
    _of_choices("jenis_kelamin", "Jenis kelamin", JenisKelamin),
    Dimensi(
        "agama",
        "Agama",
        _list_referensi("agama"),
        "agama",
        syarat_kosong=Q(agama=""),
    ),
    Dimensi(
        "status_kawin",
        "Status perkawinan",
        _list_referensi("kawin"),
        "status_kawin",
        syarat_kosong=Q(status_kawin=""),
    ),
    Dimensi(
        "usia",
        "Usia",
        _list_usia,
        syarat_kosong=Q(tanggal_lahir__isnull=True),
        is_rentang=True,
    ),
    Dimensi(
        "masa_kerja",
        "Masa kerja golongan",
        _list_masa_kerja,
        syarat_kosong=Q(kunci_masa_kerja__isnull=True),
        is_rentang=True,
    ),
    _of_choices("status", "Status kepegawaian", StatusKepegawaian),
    Dimensi(
        "opd",
        "Perangkat daerah",
        _list_unit,
        "opd",
        "Tanpa perangkat daerah",
        syarat_kosong=Q(opd__isnull=True),
        is_panjang=True,
    ),
    Dimensi(
        "unit",
        "Unit kerja",
        _list_unit,
        "unit_kerja",
        "Tanpa unit kerja",
        syarat_kosong=Q(unit_kerja__isnull=True),
        is_panjang=True,
    ),
    Dimensi(
        "pensiun",
        "Tahun pensiun",
        _list_pensiun,
        kosong="TMT pensiun belum dapat dihitung",
        syarat_kosong=Q(tmt_pensiun__isnull=True),
        is_rentang=True,
    ),
)
DIMENSI: Mapping[str, Dimensi] = {one.kunci: one for one in _SEMUA}
