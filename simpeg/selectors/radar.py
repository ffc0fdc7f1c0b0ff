"""What the radar looks at, gathered for many people at once, and what it found."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Count, DateField, F, IntegerField, Value
from django.db.models.functions import Cast
from django.urls import reverse

from bkpsdmd.accounts.models import User
from simpeg.choices import (
    Eselon,
    JenisASN,
    JenisPenugasan,
    Jenjang,
    TingkatTemuan,
)
from simpeg.jenis_riwayat import (
    CLTN,
    HUKUMAN,
    JABATAN,
    JENIS,
    KGB,
    KONTRAK,
    PANGKAT,
    TUGAS_BELAJAR,
    JenisRiwayat,
)
from simpeg.models import KeadaanPegawai, RiwayatJabatan, TemuanData
from simpeg.models.radar import TemuanDataQuerySet
from simpeg.rules.golongan import GolonganPNS
from simpeg.rules.kedudukan import list_di_luar
from simpeg.rules.radar import (
    BarisGolongan,
    BarisSk,
    FaktaRadar,
    JabatanKini,
    Penugasan,
)
from simpeg.rules.temuan import HARI, Masa
from simpeg.selectors.akses import get_lingkup
from simpeg.selectors.keadaan import HimpunanRiwayat, Keadaan, derive_keadaan
from simpeg.selectors.linimasa import build_url

# Kinds beside those of `HimpunanRiwayat`: paths of first day, last day, code, words,
# months. A change of one of these is looked at anew.
_LAIN: tuple[tuple[JenisRiwayat, tuple[str, str, str, str, str]], ...] = (
    (KGB, ("tmt", "", "golongan", "golongan", "masa_kerja_bulan")),
    (KONTRAK, ("tmt", "tmt_akhir", "", "", "ke")),
    (CLTN, ("tmt", "tmt_selesai", "kedudukan", "jenis__nama", "")),
    (TUGAS_BELAJAR, ("tmt", "tmt_selesai", "kedudukan", "jenis__nama", "")),
    (HUKUMAN, ("tmt", "", "jenis__kode", "", "")),
)
DIPERIKSA = frozenset(jenis.kunci for jenis, _ in _LAIN)


@dataclass(frozen=True, slots=True)
class _Baris:
    kunci: str
    pk: int
    mulai: dt.date
    selesai: dt.date | None
    kode: str | None
    nama: str | None
    angka: int | None
    sk_tanggal: dt.date | None


def list_fakta_radar(
    records: Sequence[tuple[HimpunanRiwayat, KeadaanPegawai]], per_tanggal: dt.date
) -> Iterator[tuple[KeadaanPegawai, FaktaRadar]]:
    """Yield the facts of those who are active today; two queries for all of them."""
    active = [
        (himpunan, state, derive_keadaan(himpunan, per_tanggal))
        for himpunan, state in records
        if state.is_aktif
    ]
    lain = _load_lain([himpunan.pegawai.pk for himpunan, *_ in active])
    pemegang = _count_pemegang(keadaan for *_, keadaan in active)
    di_luar = list_di_luar(per_tanggal=per_tanggal)
    for himpunan, state, keadaan in active:
        yield (
            state,
            _build_fakta(
                himpunan, keadaan, state, lain[himpunan.pegawai.pk], pemegang, di_luar
            ),
        )


def _build_fakta(
    himpunan: HimpunanRiwayat,
    keadaan: Keadaan,
    state: KeadaanPegawai,
    lain: Mapping[str, list[_Baris]],
    pemegang: Mapping[int, int],
    di_luar: frozenset[str],
) -> FaktaRadar:
    jenis_asn = JenisASN(himpunan.pegawai.jenis_asn)
    is_pns = jenis_asn is JenisASN.PNS
    pergi = [
        row
        for jenis in (CLTN, TUGAS_BELAJAR)
        for row in lain[jenis.kunci]
        if row.kode is not None
    ]
    return FaktaRadar(
        jenis_asn=jenis_asn,
        tmt_pensiun=state.tmt_pensiun,
        is_bertugas=state.kedudukan_id not in di_luar,
        sk=tuple(_list_sk(himpunan, lain)),
        pangkat=tuple(_list_pangkat(himpunan)) if is_pns else (),
        kgb=tuple(_list_kgb(lain[KGB.kunci])) if is_pns else (),
        jabatan=_build_jabatan(keadaan.jabatan, pemegang),
        penugasan=tuple(_list_penugasan(himpunan)),
        pergi=tuple(
            Masa(row.kunci, row.pk, row.nama or "", row.mulai, row.selesai)
            for row in pergi
        ),
        kontrak=tuple(
            Masa(
                KONTRAK.kunci,
                row.pk,
                f"Perjanjian kerja ke-{row.angka}",
                row.mulai,
                row.selesai,
            )
            for row in lain[KONTRAK.kunci]
        ),
        hukuman=tuple(row.kode or "" for row in lain[HUKUMAN.kunci]),
    )


def _list_sk(
    himpunan: HimpunanRiwayat, lain: Mapping[str, list[_Baris]]
) -> Iterator[BarisSk]:
    for pangkat in himpunan.pangkat:
        nama = f"golongan {pangkat.golongan_id}"
        yield BarisSk(PANGKAT.kunci, pangkat.pk, nama, pangkat.tmt, pangkat.sk_tanggal)
    for jabatan in himpunan.jabatan:
        yield BarisSk(
            JABATAN.kunci,
            jabatan.pk,
            jabatan.jabatan.nama,
            jabatan.tmt,
            jabatan.sk_tanggal,
        )
    for jenis in (KGB, KONTRAK):
        for row in lain[jenis.kunci]:
            yield BarisSk(jenis.kunci, row.pk, jenis.nama, row.mulai, row.sk_tanggal)


def _list_pangkat(himpunan: HimpunanRiwayat) -> Iterator[BarisGolongan]:
    for row in himpunan.pangkat:
        yield BarisGolongan(
            PANGKAT.kunci,
            row.pk,
            GolonganPNS(row.golongan_id),
            row.tmt,
            row.masa_kerja_bulan,
            row.jenis_id or "",
        )


def _list_kgb(rows: Sequence[_Baris]) -> Iterator[BarisGolongan]:
    for row in rows:
        yield BarisGolongan(
            KGB.kunci, row.pk, GolonganPNS(row.kode or ""), row.mulai, row.angka or 0
        )


def _build_jabatan(
    row: RiwayatJabatan | None, pemegang: Mapping[int, int]
) -> JabatanKini | None:
    if row is None:
        return None
    jabatan = row.jabatan
    return JabatanKini(
        row.pk,
        jabatan.nama,
        Eselon(jabatan.eselon) if jabatan.eselon else None,
        Jenjang(jabatan.jenjang) if jabatan.jenjang else None,
        pemegang.get(jabatan.pk, 1),
    )


def _list_penugasan(himpunan: HimpunanRiwayat) -> Iterator[Penugasan]:
    for row in himpunan.jabatan:
        jenis = JenisPenugasan(row.jenis_penugasan)
        if jenis is JenisPenugasan.DEFINITIF:
            continue
        selesai = row.tmt_selesai and row.tmt_selesai - HARI
        nama = f"{jenis.label} {row.jabatan.nama}"
        masa = Masa(JABATAN.kunci, row.pk, nama, row.tmt, selesai)
        yield Penugasan(jenis, row.jabatan_id, masa)


def _load_lain(pegawai_ids: Sequence[int]) -> dict[int, dict[str, list[_Baris]]]:
    """Return the rows in force of the other kinds by person and kind; one query."""
    found: dict[int, dict[str, list[_Baris]]] = defaultdict(lambda: defaultdict(list))
    if not pegawai_ids:
        return found

    def column(path: str, field: Any) -> Any:
        return Cast(F(path) if path else Value(None), field)

    queries = [
        jenis.model.objects.filter(
            pegawai__in=pegawai_ids, dibatalkan_oleh__isnull=True
        )
        .order_by()
        .annotate(
            _kunci=Value(jenis.kunci, output_field=CharField()),
            _selesai=column(selesai, DateField()),
            _kode=column(kode, CharField()),
            _nama=column(nama, CharField()),
            _angka=column(angka, IntegerField()),
        )
        .values_list(
            "pegawai",
            "_kunci",
            "pk",
            mulai,
            "_selesai",
            "_kode",
            "_nama",
            "_angka",
            "sk_tanggal",
        )
        for jenis, (mulai, selesai, kode, nama, angka) in _LAIN
    ]
    for pegawai, *row in queries[0].union(*queries[1:], all=True):
        found[pegawai][row[0]].append(_Baris(*row))
    return found


def _count_pemegang(people: Iterator[Keadaan]) -> dict[int, int]:
    """Return how many active people hold each leading post of these; one query."""
    posts = {
        keadaan.jabatan.jabatan_id
        for keadaan in people
        if keadaan.jabatan and keadaan.jabatan.jabatan.unit_kerja_id
    }
    if not posts:
        return {}
    return dict(
        KeadaanPegawai.objects.aktif()
        .filter(jabatan__in=posts)
        .order_by()
        .values_list("jabatan")
        .annotate(Count("pk"))
    )


def list_temuan(user: User) -> TemuanDataQuerySet:
    """Return the findings on the people this user may see, with what a list shows."""
    rows: TemuanDataQuerySet = (
        TemuanData.objects.within(get_lingkup(user))
        .select_related("pegawai__keadaan__opd")
        .only(
            "kode",
            "tingkat",
            "pesan",
            "dasar_hukum",
            "jenis",
            "riwayat",
            "nama_urut",
            "pegawai__keadaan__nip",
            "pegawai__keadaan__nama_lengkap",
            "pegawai__keadaan__jabatan_nama",
            "pegawai__keadaan__opd__nama",
        )
    )
    return rows


def sort_temuan(rows: Iterable[TemuanData]) -> list[TemuanData]:
    """Return findings with the heavier first."""
    berat = list(TingkatTemuan)
    return sorted(rows, key=lambda row: (berat.index(row.tingkat_temuan), row.pk))


def find_url(row: TemuanData, *, is_sensitive_visible: bool) -> str:
    """Return where the finding is mended; the person's page where that is closed."""
    jenis = JENIS[row.jenis]
    if jenis.is_tertutup and not is_sensitive_visible:
        return reverse("simpeg:pegawai-detail", args=[row.pegawai_id])
    return build_url(row.pegawai_id, jenis, row.riwayat)
