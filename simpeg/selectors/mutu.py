"""Data quality: derived for people, and read by unit, point and month."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import (
    BigIntegerField,
    CharField,
    Count,
    DateField,
    F,
    Q,
    QuerySet,
    Sum,
    Value,
)
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from bkpsdmd.ui.formats import format_angka, format_persen
from simpeg.choices import DimensiMutu, JenisKelamin, Pendidikan, TingkatTemuan
from simpeg.jenis_riwayat import JENIS, get_bagian
from simpeg.models import (
    BerkasArsip,
    MutuPegawai,
    PotretMutu,
    RiwayatKGB,
    RiwayatKontrak,
    RiwayatPasangan,
    TemuanData,
    TemuanMutu,
    UnitKerja,
)
from simpeg.models.lingkup import Lingkup
from simpeg.rules.arsip import check_arsip
from simpeg.rules.mutu import (
    FaktaKontradiksi,
    FaktaMutu,
    HasilMutu,
    Tempat,
    Temuan,
    compute_mutu,
    describe_kode,
    find_dimensi,
)
from simpeg.rules.radar import KodeRadar
from simpeg.rules.waktu import first_of_next_month
from simpeg.selectors.arsip import build_fakta_arsip
from simpeg.selectors.bup import compute_tanggal_bup
from simpeg.selectors.compiled import fetch_compiled
from simpeg.selectors.keadaan import (
    HimpunanRiwayat,
    Keadaan,
    KedudukanSejak,
    derive_keadaan,
)
from simpeg.selectors.kelengkapan import compute_kelengkapan
from simpeg.selectors.radar import sort_temuan

UKURAN = ("skor", *(satu.value for satu in DimensiMutu))


# -- Derived ----------------------------------------------------------------------------


@dataclass(slots=True)
class _Lain:
    """What else of a person the quality hangs on: files, raises, agreements, spouses."""

    berkas: list[str] = field(default_factory=list)
    kgb: list[tuple[dt.date, int]] = field(default_factory=list)
    kontrak: list[tuple[int, int, dt.date, dt.date, int | None]] = field(
        default_factory=list
    )
    radar: list[TemuanData] = field(default_factory=list)
    pasangan: int = 0

    @property
    def kontradiksi(self) -> tuple[FaktaKontradiksi, ...]:
        """Return what contradicts; what time brings about counts as such already."""
        return tuple(
            FaktaKontradiksi(row.kode, row.pesan, row.jenis)
            for row in sorted(self.radar, key=lambda row: (row.kode, row.pk))
            if row.tingkat == TingkatTemuan.SALAH
            and row.kode not in (KodeRadar.PENSIUN_LEWAT, KodeRadar.KONTRAK_LEWAT)
        )


def _load_lain(ids: Sequence[int]) -> dict[int, _Lain]:
    """Return the rest of these people's records; one query for all kinds."""
    return _collect_lain(_union_lain(ids))


def _union_lain(ids: Sequence[int]) -> QuerySet[Any, tuple[Any, ...]]:
    no_day = Cast(Value(None), DateField())
    no_number = Cast(Value(None), BigIntegerField())

    def shape(rows: Any, kind: str, **columns: Any) -> Any:
        text = Value("", output_field=CharField())
        empty = {
            **dict.fromkeys(("t", "u", "v", "w", "x"), text),
            **dict.fromkeys(("d1", "d2"), no_day),
            **dict.fromkeys(("n1", "n2"), no_number),
        }
        return (
            rows.filter(pegawai__in=ids)
            .order_by()
            .annotate(
                _k=Value(kind, output_field=CharField()),
                **{f"_{name}": columns.get(name, empty[name]) for name in empty},
            )
            .values_list("_k", "pegawai", "pk", *(f"_{name}" for name in empty))
        )

    pasangan = RiwayatPasangan.objects.berlaku().filter(
        tanggal_cerai__isnull=True, tanggal_meninggal__isnull=True
    )
    queries = [
        shape(
            RiwayatKontrak.objects.berlaku(),
            "kontrak",
            d1=F("tmt"),
            d2=F("tmt_akhir"),
            n1=Cast("ke", BigIntegerField()),
            n2=Cast("berkas", BigIntegerField()),
        ),
        shape(
            RiwayatKGB.objects.berlaku(),
            "kgb",
            d1=F("tmt"),
            n1=Cast("masa_kerja_bulan", BigIntegerField()),
        ),
        shape(pasangan, "pasangan"),
        shape(BerkasArsip.objects.berlaku(), "berkas", t=F("jenis")),
        shape(
            TemuanData.objects.all(),
            "radar",
            t=F("kode"),
            u=F("pesan"),
            v=F("jenis"),
            w=F("dasar_hukum"),
            x=F("tingkat"),
            n1=F("riwayat"),
        ),
    ]
    return queries[0].union(*queries[1:], all=True)


def _collect_lain(rows: Iterable[Sequence[Any]]) -> dict[int, _Lain]:
    found: dict[int, _Lain] = defaultdict(_Lain)
    for kind, pegawai_id, pk, teks, *radar, d1, d2, n1, n2 in rows:
        lain = found[pegawai_id]
        match kind:
            case "berkas":
                lain.berkas.append(teks)
            case "radar":
                pesan, jenis, dasar_hukum, tingkat = radar
                lain.radar.append(
                    TemuanData(
                        pk=pk,
                        pegawai_id=pegawai_id,
                        kode=teks,
                        tingkat=tingkat,
                        pesan=pesan,
                        dasar_hukum=dasar_hukum,
                        jenis=jenis,
                        riwayat=n1,
                    )
                )
            case "kgb":
                lain.kgb.append((d1, n1))
            case "kontrak":
                lain.kontrak.append((pk, n1, d1, d2, n2))
            case _:
                lain.pasangan += 1
    return found


def derive_mutu(
    himpunan: Sequence[HimpunanRiwayat], per_tanggal: dt.date
) -> Iterator[tuple[Keadaan, HasilMutu]]:
    """Yield each person's state with the quality of their data; one query."""
    return _derive(himpunan, _load_lain([h.pegawai.pk for h in himpunan]), per_tanggal)


def _derive(
    himpunan: Sequence[HimpunanRiwayat],
    lain_of: dict[int, _Lain],
    per_tanggal: dt.date,
) -> Iterator[tuple[Keadaan, HasilMutu]]:
    for satu in himpunan:
        keadaan = derive_keadaan(satu, per_tanggal)
        pegawai, lain = keadaan.pegawai, lain_of[keadaan.pegawai.pk]
        arsip = build_fakta_arsip(
            satu,
            lain.berkas,
            [(pk, ke, tmt, berkas) for pk, ke, tmt, _, berkas in lain.kontrak],
            per_tanggal,
        )
        gaji_tmt, gaji_mkg = max(
            [
                *lain.kgb,
                *((row.tmt, row.masa_kerja_bulan) for row in satu.pangkat),
            ],
            default=(None, 0),
        )
        periksa = [
            timezone.localdate(at)
            for at in (pegawai.dikonfirmasi_at, pegawai.diperiksa_at)
            if at
        ]
        pendidikan, bup = keadaan.pendidikan, compute_tanggal_bup(keadaan)
        unit = keadaan.jabatan.unit_kerja if keadaan.jabatan else None
        fakta = FaktaMutu(
            status=keadaan.status,
            is_aktif=keadaan.is_aktif,
            kelengkapan=compute_kelengkapan(keadaan),
            arsip=check_arsip(arsip, per_tanggal=per_tanggal),
            nip=pegawai.nip,
            nik=pegawai.nik,
            jenis_kelamin=JenisKelamin(pegawai.jenis_kelamin),
            tanggal_lahir=pegawai.tanggal_lahir,
            tmt_cpns=pegawai.tmt_cpns,
            tmt_pns=pegawai.tmt_pns,
            diperiksa=max(periksa, default=None),
            golongan=keadaan.pangkat.golongan_id if keadaan.pangkat else "",
            gaji_tmt=gaji_tmt,
            gaji_mkg_bulan=gaji_mkg,
            kontrak_sampai=max((row[3] for row in lain.kontrak), default=None),
            tmt_pensiun=first_of_next_month(bup) if bup else None,
            nomor_hp=pegawai.nomor_hp,
            surel=pegawai.email or pegawai.email_dinas,
            status_kawin=pegawai.status_kawin,
            pasangan=lain.pasangan,
            tingkat=Pendidikan(pendidikan.tingkat.setara) if pendidikan else None,
            tahun_lulus=pendidikan.tahun_lulus if pendidikan else None,
            kontradiksi=lain.kontradiksi,
            is_bergelar=bool(pegawai.gelar_depan or pegawai.gelar_belakang),
            is_unit_aktif=(unit.selesai is None or unit.selesai > per_tanggal)
            if unit
            else None,
        )
        yield keadaan, compute_mutu(fakta, per_tanggal=per_tanggal)


# -- The person page --------------------------------------------------------------------


@dataclass(frozen=True)
class Perbaikan:
    """A form with the findings it mends."""

    url: str
    label: str
    temuan: tuple[Temuan, ...]
    is_periksa: bool = False

    @property
    def naik(self) -> Decimal:
        return persen(sum(satu.naik for satu in self.temuan))

    @property
    def naik_teks(self) -> str:
        return format_angka(self.naik)

    @property
    def is_berkas(self) -> bool:
        """Tell whether a paper is missing, which the person may propose."""
        return self.temuan[0].tempat.rute == "simpeg:berkas-create"


@dataclass(frozen=True)
class MutuOrang:
    skor: Decimal
    dimensi: list[tuple[DimensiMutu, Decimal]]
    perbaikan: list[Perbaikan]
    banyak: int
    diperiksa: dt.date | None
    radar: list[TemuanData]

    @property
    def skor_teks(self) -> str:
        return format_persen(self.skor)

    @property
    def dimensi_teks(self) -> list[tuple[DimensiMutu, str, str]]:
        """Return each dimension with its number for a bar and as it reads."""
        return [
            (satu, f"{nilai}", format_persen(nilai)) for satu, nilai in self.dimensi
        ]

    @property
    def sisa(self) -> int:
        """Return how many findings there are beside those of the next step."""
        return self.banyak - len(self.perbaikan[0].temuan) if self.perbaikan else 0

    @property
    def nada(self) -> str:
        return nada_skor(self.skor)


def show_mutu(himpunan: HimpunanRiwayat, per_tanggal: dt.date) -> MutuOrang:
    """Return a person's quality as derived now, by the form that mends each point.

    How the person stands today is taken from the stored state: decrees that changed it
    need not be in the set.
    """
    pegawai = himpunan.pegawai
    if kedudukan := pegawai.keadaan.kedudukan:
        himpunan.perubahan = [KedudukanSejak(per_tanggal, kedudukan, 0)]
    lain = _collect_lain(
        fetch_compiled("mutu", lambda pk: _union_lain([pk]), pegawai.pk)
    )
    ((_, hasil),) = _derive([himpunan], lain, per_tanggal)
    groups: dict[str, list[Temuan]] = {}
    for temuan in hasil.temuan:
        groups.setdefault(
            tempat_url(pegawai.pk, temuan.tempat).partition("#")[0], []
        ).append(temuan)
    return MutuOrang(
        skor=persen(hasil.skor),
        dimensi=[(satu, persen(hasil.dimensi[satu])) for satu in DimensiMutu],
        perbaikan=[
            Perbaikan(
                # The first field that is missing; the form shows the rest.
                tempat_url(pegawai.pk, some[0].tempat),
                label_tempat(some[0].tempat),
                tuple(some),
                is_periksa=some[0].tempat.jangkar == "periksa",
            )
            for some in groups.values()
        ],
        banyak=len(hasil.temuan),
        radar=sort_temuan(lain[pegawai.pk].radar),
        diperiksa=max(
            (
                timezone.localdate(at)
                for at in (pegawai.dikonfirmasi_at, pegawai.diperiksa_at)
                if at
            ),
            default=None,
        ),
    )


_LABEL = {
    "simpeg:pegawai-update": "Ubah data utama",
    "simpeg:pegawai-pengangkatan": "Ubah data pengangkatan",
    "simpeg:berkas-create": "Unggah berkas",
    "simpeg:riwayat-create": "Tambah riwayat",
    "simpeg:pegawai-bagian": "Buka riwayat",
    "simpeg:pegawai-detail": "Periksa data",
}


def label_tempat(tempat: Tempat) -> str:
    if tempat.rute == "simpeg:riwayat-create":
        return f"Tambah {JENIS[tempat.jenis].nama}"
    return _LABEL[tempat.rute]


def tempat_url(pegawai_id: int, tempat: Tempat) -> str:
    """Return the address of the form, at the field that is missing."""
    args: list[Any] = [pegawai_id]
    if tempat.rute == "simpeg:pegawai-bagian":
        args.append(get_bagian(JENIS[tempat.jenis]).kunci)
    elif tempat.jenis:
        args.append(tempat.jenis)
    url = reverse(tempat.rute, args=args)
    if tempat.kueri:
        url += f"?{urlencode(tempat.kueri)}"
    return f"{url}#{tempat.jangkar}" if tempat.jangkar else url


def persen(nilai: int | Decimal | None) -> Decimal:
    """Return hundredths of a percent as percent with one decimal."""
    return (Decimal(nilai or 0) / 100).quantize(Decimal("0.1"))


def nada_skor(skor: Decimal) -> str:
    return "ok" if skor >= 90 else "warn" if skor >= 60 else "bad"


# -- Units, points, months --------------------------------------------------------------


@dataclass(frozen=True)
class BarisUnit:
    """One perangkat daerah, or all in scope where `opd` is None."""

    opd: UnitKerja | None
    nama: str
    orang: int
    nilai: dict[str, Decimal]
    lengkap: int

    @property
    def skor(self) -> Decimal:
        return self.nilai["skor"]

    @property
    def nada(self) -> str:
        return nada_skor(self.skor)


@dataclass(frozen=True)
class BarisTemuan:
    kode: str
    nama: str
    dimensi: DimensiMutu
    orang: int


@dataclass(frozen=True)
class TitikTren:
    bulan: dt.date
    orang: int
    nilai: dict[str, Decimal]


def list_unit(lingkup: Lingkup) -> list[BarisUnit]:
    """Return the figures of each perangkat daerah in scope, the poorest first.

    Two queries; the figures come from an index alone.
    """
    rows: list[Any] = list(
        MutuPegawai.objects.within(lingkup)
        .aktif()
        .order_by()
        .values("opd")
        .annotate(
            orang=Count("pk"),
            penuh=Count("pk", filter=Q(kurang=0)),
            **{f"jumlah_{name}": Sum(name) for name in UKURAN},
        )
    )
    units = UnitKerja.objects.in_bulk([row["opd"] for row in rows if row["opd"]])
    found = [
        BarisUnit(
            opd=units.get(row["opd"]),
            nama=units[row["opd"]].nama if row["opd"] else "Tanpa unit kerja",
            orang=row["orang"],
            nilai={
                name: persen(Decimal(row[f"jumlah_{name}"]) / row["orang"])
                for name in UKURAN
            },
            lengkap=row["penuh"],
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: (one.skor, one.nama))


def summarize_unit(baris: Sequence[BarisUnit], nama: str) -> BarisUnit | None:
    """Return the figures of all these perangkat daerah together, weighed by people."""
    orang = sum(one.orang for one in baris)
    if not orang:
        return None
    return BarisUnit(
        opd=None,
        nama=nama,
        orang=orang,
        nilai={
            name: (
                sum((one.nilai[name] * one.orang for one in baris), Decimal(0)) / orang
            ).quantize(Decimal("0.1"))
            for name in UKURAN
        },
        lengkap=sum(one.lengkap for one in baris),
    )


def list_temuan(
    lingkup: Lingkup, per_tanggal: dt.date, *, opd: UnitKerja | None = None
) -> list[BarisTemuan]:
    """Return the points that most people miss, the commonest first; one query."""
    rows = TemuanMutu.objects.within(lingkup).aktif()
    if opd:
        rows = rows.filter(opd=opd)
    counts = rows.order_by().values_list("kode").annotate(n=Count("pk"))
    found = [
        BarisTemuan(
            kode, describe_kode(kode, per_tanggal=per_tanggal), find_dimensi(kode), n
        )
        for kode, n in counts
    ]
    return sorted(found, key=lambda one: (-one.orang, one.nama))


def list_tren(lingkup: Lingkup, *, opd: UnitKerja | None = None) -> list[TitikTren]:
    """Return the last twelve months of one perangkat daerah, or of all; one query.

    Months are kept by perangkat daerah: a scope below one has no trend.
    """
    rows = PotretMutu.objects.all()
    if opd:
        rows = rows.filter(opd=opd)
    elif not lingkup.semua:
        return []
    months: Any = (
        rows.order_by()
        .values("bulan")
        .annotate(n=Sum("orang"), **{f"jumlah_{name}": Sum(name) for name in UKURAN})
        .order_by("-bulan")[:12]
    )
    return [
        TitikTren(
            row["bulan"],
            row["n"],
            {
                name: persen(Decimal(row[f"jumlah_{name}"]) / row["n"])
                for name in UKURAN
            },
        )
        for row in reversed(months)
        if row["n"]
    ]


def list_orang(lingkup: Lingkup) -> QuerySet[MutuPegawai]:
    """Return the active people in scope whose data miss something."""
    return (
        MutuPegawai.objects.within(lingkup)
        .aktif()
        .filter(kurang__gt=0)
        .select_related("pegawai__keadaan__unit_kerja")
    )


def list_kurang(
    orang: Sequence[MutuPegawai], per_tanggal: dt.date
) -> list[tuple[MutuPegawai, list[str]]]:
    """Return these people with what their data miss in words; one query."""
    found: dict[int, list[str]] = defaultdict(list)
    rows = TemuanMutu.objects.filter(pegawai__in=[one.pk for one in orang])
    for pk, kode, banyak in rows.order_by("kode").values_list(
        "pegawai", "kode", "banyak"
    ):
        nama = describe_kode(kode, per_tanggal=per_tanggal)
        found[pk].append(f"{nama} ({banyak})" if banyak > 1 else nama)
    return [(one, found[one.pk]) for one in orang]
