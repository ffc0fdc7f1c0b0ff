"""Differences with SIASN as pages show and count them, and the questions they become."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db import connection
from django.db.models import Q, QuerySet

from bkpsdmd.accounts.models import User
from simpeg.models import (
    BarisMasuk,
    BerkasMasuk,
    Pegawai,
    SelisihSiasn,
    UnitKerja,
)
from simpeg.permissions import Permission
from simpeg.selectors.akses import get_lingkup_kelola
from simpeg.selectors.siasn import label_isian

Keadaan = SelisihSiasn.Keadaan
# What the officer has to decide now; a question that waits is somebody else's turn.
PERLU_DIPUTUS = (Keadaan.TERBUKA, Keadaan.DIJAWAB)
SISA = (Keadaan.TERBUKA, Keadaan.DITANYA, Keadaan.DIJAWAB)
SELESAI = (Keadaan.DITERIMA, Keadaan.DIPERTAHANKAN, Keadaan.GUGUR)
# Every field an export can tell otherwise, in the order of the record.
KOLOM = (
    *("siasn_id", "nip", "nip_lama", "nama", "gelar_depan", "gelar_belakang"),
    *("tempat_lahir", "tanggal_lahir", "jenis_kelamin", "agama", "status_kawin"),
    *("nik", "nomor_hp", "email", "email_dinas", "alamat", "npwp", "bpjs"),
    *("jenis_asn", "jenis_pegawai", "tmt_cpns", "sk_cpns_nomor", "sk_cpns_tanggal"),
    *("tmt_pns", "sk_pns_nomor", "sk_pns_tanggal"),
    *("pangkat", "golongan", "masa_kerja", "jabatan", "pendidikan", "kedudukan"),
)
TANPA_OPD = "Tanpa perangkat daerah"

EXPORT_COLUMNS = (
    "NIP",
    "Nama",
    "Perangkat daerah",
    "Isian",
    "Catatan kita",
    "SIASN",
    "Keadaan",
    "Jawaban",
    "Keterangan jawaban",
)


@dataclass
class Hitungan:
    """How many differences there are of one field or perangkat daerah, by state."""

    kunci: str
    label: str
    jumlah: dict[str, int] = field(default_factory=dict)

    def count(self, *keadaan: str) -> int:
        return sum(self.jumlah.get(satu, 0) for satu in keadaan)

    @property
    def semua(self) -> int:
        return sum(self.jumlah.values())

    @property
    def sisa(self) -> int:
        return self.count(*SISA)

    @property
    def ditanya(self) -> int:
        return self.count(Keadaan.DITANYA)

    @property
    def diterima(self) -> int:
        return self.count(Keadaan.DITERIMA)

    @property
    def dipertahankan(self) -> int:
        return self.count(Keadaan.DIPERTAHANKAN)


def list_selisih(impor: BerkasMasuk) -> QuerySet[SelisihSiasn]:
    """Return the differences of a file with whom they are about, read for its page."""
    return (
        SelisihSiasn.objects.filter(impor=impor)
        .select_related("pegawai", "opd", "diputus_by", "dijawab_by")
        .only(
            *("impor", "kolom", "kita", "siasn", "bisa_diterima", "keadaan"),
            *("is_diingat", "jawaban", "jawaban_catatan", "jawaban_berkas"),
            *("diputus_at", "dijawab_at", "pegawai__nip", "pegawai__nama"),
            *("pegawai__gelar_depan", "pegawai__gelar_belakang", "opd__nama"),
            *("diputus_by__nama", "diputus_by__username"),
            *("dijawab_by__nama", "dijawab_by__username"),
        )
    )


def summarize_selisih(
    impor: BerkasMasuk,
) -> tuple[Hitungan, list[Hitungan], list[Hitungan]]:
    """Return the count of a file, of each field, of each perangkat daerah; one query."""
    total = Hitungan("", "Semua")
    kolom: dict[str, Hitungan] = {}
    opd: dict[str, Hitungan] = {}
    for nama, opd_id, opd_nama, keadaan, jumlah in _count_selisih(impor):
        kunci = str(opd_id or "")
        for satu in (
            total,
            kolom.setdefault(nama, Hitungan(nama, label_isian(nama))),
            opd.setdefault(kunci, Hitungan(kunci, opd_nama or TANPA_OPD)),
        ):
            satu.jumlah[keadaan] = satu.jumlah.get(keadaan, 0) + jumlah
    return total, _ranked(kolom.values()), _ranked(opd.values())


def _count_selisih(
    impor: BerkasMasuk,
) -> list[tuple[str, int | None, str | None, str, int]]:
    """Return field, perangkat daerah and its name, state, and how many, of a file.

    Counted first, named afterwards: with the name joined to each row it took ten times
    as long, for counting reads an index alone.
    """
    selisih, unit = SelisihSiasn._meta.db_table, UnitKerja._meta.db_table
    sql = f"""
        SELECT a.kolom, a.opd_id, u.nama, a.keadaan, a.jumlah
        FROM (
            SELECT kolom, opd_id, keadaan, COUNT(*) AS jumlah
            FROM {selisih} WHERE impor_id = %s GROUP BY kolom, opd_id, keadaan
        ) a LEFT JOIN {unit} u ON u.id = a.opd_id
    """  # noqa: S608  names of our own tables; the value is a parameter
    with connection.cursor() as cursor:
        cursor.execute(sql, [impor.pk])
        return list(cursor.fetchall())


def _ranked(rows: object) -> list[Hitungan]:
    return sorted(rows, key=lambda satu: (-satu.sisa, -satu.semua, satu.label))  # type: ignore[call-overload]


def list_hanya_siasn(impor: BerkasMasuk) -> QuerySet[BarisMasuk]:
    """Return the rows that speak of nobody we know."""
    return BarisMasuk.objects.filter(impor=impor, hasil=BarisMasuk.Hasil.BARU).only(
        "nomor", "nama", "nip", "impor"
    )


def iter_export(rows: QuerySet[SelisihSiasn]) -> Iterator[tuple[str, ...]]:
    """Yield one row of `EXPORT_COLUMNS` per difference, in one query."""
    values = rows.values_list(
        "pegawai__nip",
        "pegawai__nama",
        "opd__nama",
        "kolom",
        "kita",
        "siasn",
        "keadaan",
        "jawaban",
        "jawaban_catatan",
    )
    keadaan = dict(Keadaan.choices)
    jawaban = dict(SelisihSiasn.Jawaban.choices)
    for nip, nama, opd, kolom, kita, siasn, state, kata, ket in values.iterator(
        chunk_size=2000
    ):
        yield (
            *(nip, nama, opd or "", label_isian(kolom), kita, siasn),
            *(keadaan[state], jawaban.get(kata, ""), ket),
        )


def list_pertanyaan(user: User) -> QuerySet[SelisihSiasn]:
    """Return the open questions this user may answer: own ones, and as a unit's clerk.

    Who keeps the whole office is the one who asks.
    """
    condition = Q(pegawai__user=user)
    lingkup = get_lingkup_kelola(user)
    if lingkup and not lingkup.semua and user.has_perm(Permission.PEGAWAI_CHANGE):
        condition |= Q(pegawai__in=Pegawai.objects.within(lingkup).values("pk"))
    return (
        SelisihSiasn.objects.filter(
            condition,
            keadaan=Keadaan.DITANYA,
            impor__status=BerkasMasuk.Status.SIAP,
        )
        .select_related("pegawai", "opd", "ditanya_by")
        .order_by("pk")
    )
