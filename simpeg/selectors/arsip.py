"""The archive of a person: what is there, what is missing, what a service would need."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import CharField, F, OuterRef, QuerySet, Value
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.http import urlencode

from bkpsdmd.accounts.models import User
from bkpsdmd.documents.keutuhan import list_cacat_pk
from bkpsdmd.ui.formats import format_tanggal_singkat
from simpeg.choices import KeadaanBerkas, StatusKepegawaian
from simpeg.jenis_riwayat import (
    ANAK,
    ARSIP_TERTUTUP,
    JABATAN,
    JENIS,
    KEDUDUKAN,
    KONTRAK,
    ORANG_TUA,
    PANGKAT,
    PASANGAN,
    PENDIDIKAN,
    JenisRiwayat,
)
from simpeg.models import BerkasArsip, Pegawai, PemeriksaanArsip
from simpeg.rules.arsip import (
    ButirArsip,
    FaktaArsip,
    FaktaCatatan,
    HasilLayanan,
    JenisArsip,
    Sifat,
    check_arsip,
    check_layanan,
    list_jenis_arsip,
)
from simpeg.selectors.akses import get_lingkup_kelola
from simpeg.selectors.keadaan import HimpunanRiwayat

# Path of what a record is called and of its day; the other kinds say it in `peristiwa`.
_SEBUTAN = {
    PANGKAT.kunci: ("golongan", "tmt"),
    JABATAN.kunci: ("jabatan__nama", "tmt"),
    PENDIDIKAN.kunci: ("nama", "tanggal_lulus"),
    ORANG_TUA.kunci: ("nama", "tanggal_lahir"),
    PASANGAN.kunci: ("nama", "tanggal_nikah"),
    ANAK.kunci: ("nama", "tanggal_lahir"),
    KEDUDUKAN.kunci: ("kedudukan__nama", "tmt"),
}
# Records that the decree of appointment itself proves.
_PENGANGKATAN = {PANGKAT.kunci, JABATAN.kunci}


def is_tertutup(kode: str, per_tanggal: dt.date) -> bool:
    """Tell whether files of this kind are for the person and those who keep it alone."""
    jenis = list_jenis_arsip(per_tanggal).get(kode)
    return kode in ARSIP_TERTUTUP or (jenis is not None and jenis.is_tertutup)


def list_tertutup(per_tanggal: dt.date) -> frozenset[str]:
    return ARSIP_TERTUTUP | {
        kode for kode, satu in list_jenis_arsip(per_tanggal).items() if satu.is_tertutup
    }


def nama_jenis(kode: str, per_tanggal: dt.date) -> str:
    jenis = list_jenis_arsip(per_tanggal).get(kode)
    return jenis.nama if jenis else kode.replace("_", " ")


# -- Facts ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CatatanBerkas:
    """A record in force and the file it cites, if any."""

    fakta: FaktaCatatan
    berkas_id: int | None


def list_catatan(pegawai: Pegawai) -> list[CatatanBerkas]:
    """Return every record in force that a paper can prove; one query for all kinds."""
    queries = []
    for jenis in JENIS.values():
        judul, tanggal = _SEBUTAN.get(jenis.kunci) or _sebutan(jenis)
        queries.append(
            jenis.model.objects.berlaku()
            .filter(pegawai=pegawai)
            .order_by()
            .annotate(
                _jenis=Value(jenis.kunci, output_field=CharField()),
                _judul=Cast(F(judul), CharField()),
            )
            .values_list("_jenis", "pk", "_judul", tanggal, "berkas_id")
        )
    rows = queries[0].union(*queries[1:], all=True)
    found = [
        CatatanBerkas(
            FaktaCatatan(
                kunci=kunci,
                pk=pk,
                label=_label(kunci, judul, hari),
                tmt=hari,
                is_berberkas=berkas_id is not None,
                is_pengangkatan=_is_pengangkatan(kunci, hari, pegawai),
            ),
            berkas_id,
        )
        for kunci, pk, judul, hari, berkas_id in rows
    ]
    return sorted(found, key=lambda c: (c.fakta.tmt or dt.date.min, c.fakta.pk))


def _sebutan(jenis: JenisRiwayat) -> tuple[str, str]:
    if jenis.peristiwa is None:
        raise KeyError(f"{jenis.kunci} needs a line in _SEBUTAN")
    return jenis.peristiwa.judul, jenis.peristiwa.tanggal


def _label(kunci: str, judul: str, hari: dt.date | None) -> str:
    if kunci in ("angka-kredit", "kgb") and hari:
        return f"per {format_tanggal_singkat(hari)}"
    if kunci == KONTRAK.kunci:
        return f"ke-{judul}"
    if kunci in (PANGKAT.kunci, JABATAN.kunci) and hari:
        return f"{judul}, TMT {format_tanggal_singkat(hari)}"
    return str(judul)


def _is_pengangkatan(kunci: str, hari: dt.date | None, pegawai: Pegawai) -> bool:
    return bool(
        kunci in _PENGANGKATAN
        and hari
        and pegawai.tmt_cpns
        and hari <= pegawai.tmt_cpns
    )


def build_fakta_arsip(
    himpunan: HimpunanRiwayat,
    ada: Iterable[str],
    kontrak: Iterable[tuple[int, int, dt.date, int | None]],
    per_tanggal: dt.date,
) -> FaktaArsip:
    """Return the facts on mandatory papers, from rows in memory alone.

    The same as those of the person page, as far as mandatory papers go. `ada` are the
    kinds of the files in force; a `kontrak` is (id, number, first day, file).
    """
    pegawai = himpunan.pegawai
    rows = [
        *(
            (PANGKAT.kunci, r.pk, r.golongan_id, r.tmt, r.berkas_id)
            for r in himpunan.pangkat
        ),
        *(
            (JABATAN.kunci, r.pk, r.jabatan.nama, r.tmt, r.berkas_id)
            for r in himpunan.jabatan
        ),
        *(
            (PENDIDIKAN.kunci, r.pk, r.nama, r.tanggal_lulus, r.berkas_id)
            for r in himpunan.pendidikan
        ),
        *(
            (KONTRAK.kunci, pk, str(ke), tmt, berkas_id)
            for pk, ke, tmt, berkas_id in kontrak
        ),
    ]
    return FaktaArsip(
        status=pegawai.status_on(per_tanggal),
        ada=frozenset(ada),
        catatan=tuple(
            FaktaCatatan(
                kunci=kunci,
                pk=pk,
                label=_label(kunci, judul, hari),
                tmt=hari,
                is_berberkas=berkas_id is not None,
                is_pengangkatan=_is_pengangkatan(kunci, hari, pegawai),
            )
            for kunci, pk, judul, hari, berkas_id in sorted(
                rows, key=lambda row: (row[3] or dt.date.min, row[1])
            )
        ),
    )


# -- The page ---------------------------------------------------------------------------


@dataclass(frozen=True)
class BarisArsip:
    """A paper that is wanted or there: its file in force and those that wait."""

    butir: ButirArsip
    berkas: BerkasArsip | None
    usulan: tuple[BerkasArsip, ...]
    url_unggah: str


@dataclass
class KelompokArsip:
    nama: str
    baris: list[BarisArsip] = field(default_factory=list)
    # Files of the group that prove no record yet, or more of a kind than one.
    lain: list[tuple[str, BerkasArsip]] = field(default_factory=list)


@dataclass(frozen=True)
class Arsip:
    kelompok: list[KelompokArsip]
    layanan: tuple[HasilLayanan, ...]
    dahulu: list[tuple[str, BerkasArsip]]
    wajib: int
    wajib_ada: int

    @property
    def kurang(self) -> int:
        return self.wajib - self.wajib_ada


def show_arsip(
    pegawai: Pegawai, *, is_sensitive_visible: bool, per_tanggal: dt.date
) -> Arsip:
    """Return the archive by group, services included; two queries.

    Closed kinds stay out for those who may not see them.
    """
    jenis = list_jenis_arsip(per_tanggal)
    tertutup = frozenset() if is_sensitive_visible else list_tertutup(per_tanggal)
    files = [
        one
        for one in BerkasArsip.objects.filter(pegawai=pegawai)
        .select_related("created_by", "diputus_oleh")
        .order_by("-id")
        if one.jenis not in tertutup
    ]
    catatan = list_catatan(pegawai)
    fakta = FaktaArsip(
        status=pegawai.status_on(per_tanggal),
        ada=frozenset(one.jenis for one in files if one.is_berlaku),
        catatan=tuple(one.fakta for one in catatan),
    )
    cited = {(c.fakta.kunci, c.fakta.pk): c.berkas_id for c in catatan}
    butir = [
        b
        for b in check_arsip(fakta, per_tanggal=per_tanggal)
        if b.jenis.kode not in tertutup
    ]
    kelompok = {satu.kelompok: KelompokArsip(satu.kelompok) for satu in jenis.values()}
    shown: set[int] = set()
    for satu_butir in butir:
        row = _build_baris(satu_butir, files, cited, pegawai)
        kelompok[satu_butir.jenis.kelompok].baris.append(row)
        shown.update(b.pk for b in (row.berkas, *row.usulan) if b)
    dahulu = []
    for one in files:
        nama = nama_jenis(one.jenis, per_tanggal)
        if one.is_berlaku or one.keadaan == KeadaanBerkas.DIUSULKAN:
            if one.pk not in shown:
                known = jenis.get(one.jenis)
                name = known.kelompok if known else "Lain-lain"
                kelompok.setdefault(name, KelompokArsip(name)).lain.append((nama, one))
        else:
            dahulu.append((nama, one))
    wajib = [b for b in butir if b.sifat is Sifat.WAJIB]
    return Arsip(
        kelompok=[k for k in kelompok.values() if k.baris or k.lain],
        layanan=tuple(
            satu
            for satu in check_layanan(fakta, per_tanggal=per_tanggal)
            if is_sensitive_visible
            or not any(b.jenis.kode in tertutup for b in (*satu.ada, *satu.kurang))
        ),
        dahulu=dahulu,
        wajib=len(wajib),
        wajib_ada=sum(b.is_ada for b in wajib),
    )


def _build_baris(
    butir: ButirArsip,
    files: Iterable[BerkasArsip],
    cited: dict[tuple[str, int], int | None],
    pegawai: Pegawai,
) -> BarisArsip:
    catatan = butir.catatan
    if catatan:
        berkas_id = cited[catatan.kunci, catatan.pk]
        berkas = next((f for f in files if f.pk == berkas_id), None)
        waiting = [
            f
            for f in files
            if f.keadaan == KeadaanBerkas.DIUSULKAN
            and (f.untuk_jenis, f.untuk_id) == (catatan.kunci, catatan.pk)
        ]
    else:
        same = [f for f in files if f.jenis == butir.jenis.kode]
        berkas = next((f for f in same if f.is_berlaku), None)
        waiting = [f for f in same if f.keadaan == KeadaanBerkas.DIUSULKAN]
    return BarisArsip(butir, berkas, tuple(waiting), url_unggah(pegawai.pk, butir))


def url_unggah(pegawai_id: int, butir: ButirArsip) -> str:
    """Return the upload form with kind and record already chosen."""
    query = {"jenis": butir.jenis.kode, "untuk": butir.rujukan}
    return f"{reverse('simpeg:berkas-create', args=[pegawai_id])}?{urlencode(query)}"


def list_jenis_untuk(
    status: StatusKepegawaian, *, is_sensitive_visible: bool, per_tanggal: dt.date
) -> list[JenisArsip]:
    """Return the kinds of paper one may file for a person of this status."""
    tertutup = frozenset() if is_sensitive_visible else list_tertutup(per_tanggal)
    return [
        satu
        for satu in list_jenis_arsip(per_tanggal).values()
        if satu.fits(status) and satu.kode not in tertutup
    ]


def list_kosong(
    pegawai: Pegawai, jenis_arsip: str, per_tanggal: dt.date
) -> list[FaktaCatatan]:
    """Return the records a file of this kind could prove and that have none yet."""
    jenis = list_jenis_arsip(per_tanggal).get(jenis_arsip)
    if jenis is None or not jenis.riwayat:
        return []
    return [
        c.fakta
        for c in list_catatan(pegawai)
        if c.fakta.kunci in jenis.riwayat and not c.fakta.is_berberkas
    ]


def list_pengutip(berkas: BerkasArsip) -> list[tuple[JenisRiwayat, int]]:
    """Return the records in force that cite this file; one query."""
    queries = [
        jenis.model.objects.berlaku()
        .filter(berkas=berkas)
        .order_by()
        .annotate(_jenis=Value(jenis.kunci, output_field=CharField()))
        .values_list("_jenis", "pk")
        for jenis in JENIS.values()
    ]
    rows = queries[0].union(*queries[1:], all=True)
    return [(JENIS[kunci], pk) for kunci, pk in rows]


# -- What waits, what is broken ---------------------------------------------------------


def list_usulan(user: User) -> QuerySet[BerkasArsip]:
    """Return the proposed files this user may decide on, never their own."""
    return (
        BerkasArsip.objects.diusulkan()
        .within(get_lingkup_kelola(user))
        .exclude(pegawai__user=user)
        .select_related("pegawai__keadaan__unit_kerja")
    )


def list_ditolak(pegawai: int | OuterRef) -> QuerySet[BerkasArsip]:
    """Return what was refused of a person's own proposals and not sent again."""
    return BerkasArsip.objects.filter(
        pegawai=pegawai, keadaan=KeadaanBerkas.DITOLAK.value, pengganti_set__isnull=True
    )


def list_cacat() -> QuerySet[BerkasArsip]:
    """Return the files that the last check found damaged or missing."""
    return BerkasArsip.objects.cacat().select_related("pegawai__keadaan__unit_kerja")


def count_cacat() -> int:
    """Return how many files of archive and issued papers are damaged or gone; one query."""
    rows = BerkasArsip.objects.cacat().order_by().values_list("pk")
    return rows.union(list_cacat_pk(), all=True).count()


def get_pemeriksaan_terakhir() -> PemeriksaanArsip | None:
    return PemeriksaanArsip.objects.first()
