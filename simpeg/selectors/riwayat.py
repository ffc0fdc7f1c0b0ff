"""Reads of the riwayat of one person, cancelled rows included."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, DateField, F, QuerySet, Value
from django.db.models.functions import Cast

from bkpsdmd.audit.models import Event
from bkpsdmd.audit.presenters import Isian, describe, list_changes
from simpeg.audit_sentences import BERKAS_TERTUTUP
from simpeg.jenis_riwayat import JENIS, JenisRiwayat
from simpeg.models import Pegawai, Referensi, RiwayatJabatan
from simpeg.models.riwayat import Riwayat
from simpeg.selectors.compiled import fetch_compiled
from simpeg.selectors.keadaan import HimpunanRiwayat

# What the summary of a person is made from; all other kinds come as `BarisPeristiwa`.
_UTUH: dict[str, tuple[type[Riwayat], tuple[str, ...]]] = {
    jenis.kunci: (jenis.model, jenis.related)
    for jenis in JENIS.values()
    if jenis.is_keadaan and jenis.peristiwa is None
}
KEJADIAN_TERTUTUP = [
    *BERKAS_TERTUTUP,
    *(
        f"{jenis.kunci}.{act}"
        for jenis in JENIS.values()
        if jenis.is_tertutup
        for act in ("tambah", "koreksi", "batal", "berkas")
    ),
]
# Reading, not changing: shown apart, for it would bury what changed.
KEJADIAN_BACA = (
    "pegawai.buka",
    "berkas.buka",
    "berkas.buka_tertutup",
    "berkas.unduh",
    "berkas.unduh_tertutup",
    "dokumen.cetak_biodata",
    "dokumen.cetak_drh",
    "dokumen.cetak_kartu",
)
# What the audit tab shows; older events stay in the log.
AUDIT_LIMIT = 200


def list_riwayat(pegawai: Pegawai, jenis: JenisRiwayat) -> QuerySet[Any]:
    """Return all rows of one kind, newest first, with what a table of them prints."""
    return _list_rows(pegawai, jenis.model, jenis.related)


def _list_rows(
    pegawai: Pegawai, model: type[Riwayat], related: tuple[str, ...]
) -> QuerySet[Any]:
    rows: QuerySet[Any] = model.objects.filter(pegawai=pegawai)
    if model is RiwayatJabatan:
        rows = RiwayatJabatan.objects.filter(pegawai=pegawai).with_nama_unit()
    return rows.select_related(*related, "dibatalkan_oleh__created_by", "berkas")


@dataclass(frozen=True)
class BarisTabel:
    """A row and its cells: (heading, what it says, what stands in small below)."""

    row: Any
    sel: list[tuple[str, object, object]]


@dataclass(frozen=True)
class TabelRiwayat:
    jenis: JenisRiwayat
    baris: list[BarisTabel]


def show_tabel(pegawai: Pegawai, jenis: JenisRiwayat) -> TabelRiwayat:
    """Return the table of one kind; one query."""
    baris = [
        BarisTabel(
            row,
            [
                (lajur.judul, lajur.utama(row), lajur.kecil(row) if lajur.kecil else "")
                for lajur in jenis.lajur
            ],
        )
        for row in list_riwayat(pegawai, jenis)
    ]
    return TabelRiwayat(jenis, baris)


class SemuaRiwayat(HimpunanRiwayat):
    """Golongan, posts and education of a person, cancelled rows too; the rest is empty."""

    def berlaku(self) -> HimpunanRiwayat:
        """Return the set without the cancelled rows."""
        return HimpunanRiwayat(
            self.pegawai,
            perubahan=self.perubahan,
            **{
                topik: [row for row in getattr(self, topik) if row.is_berlaku]
                for topik in _UTUH
            },
        )


def load_all_riwayat(pegawai: Pegawai) -> SemuaRiwayat:
    """Return the riwayat that the summary of a person follows from; three queries."""
    return SemuaRiwayat(
        pegawai,
        **{
            topik: list(_list_rows(pegawai, model, related))
            for topik, (model, related) in _UTUH.items()
        },
    )


@dataclass(frozen=True)
class BarisPeristiwa:
    """A row of any other kind as the linimasa shows it."""

    jenis: JenisRiwayat
    pk: int
    tanggal: dt.date
    selesai: dt.date | None
    judul: str
    kode: str | None
    sk_nomor: str
    berkas_id: int | None
    alasan_batal: str | None

    @property
    def is_berlaku(self) -> bool:
        return self.alasan_batal is None


def list_peristiwa(
    pegawai: Pegawai, *, is_sensitive_visible: bool
) -> list[BarisPeristiwa]:
    """Return the rows that `load_all_riwayat` leaves out; one query for all kinds."""
    rows = fetch_compiled(
        ("peristiwa", is_sensitive_visible),
        lambda pk: _union_peristiwa(pk, is_sensitive_visible),
        pegawai.pk,
    )
    return [BarisPeristiwa(JENIS[kunci], *row) for kunci, *row in rows if row[1]]


def _union_peristiwa(
    pegawai_id: int, is_sensitive_visible: bool
) -> QuerySet[Any, tuple[Any, ...]]:
    queries = [
        jenis.model.objects.filter(pegawai=pegawai_id)
        .order_by()
        .annotate(
            _jenis=Value(jenis.kunci, output_field=CharField()),
            _selesai=Cast(
                F(jenis.peristiwa.selesai) if jenis.peristiwa.selesai else Value(None),
                DateField(),
            ),
            _judul=Cast(F(jenis.peristiwa.judul), CharField()),
            _kode=Cast(
                F(jenis.peristiwa.kode) if jenis.peristiwa.kode else Value(None),
                CharField(),
            ),
        )
        .values_list(
            "_jenis",
            "pk",
            jenis.peristiwa.tanggal,
            "_selesai",
            "_judul",
            "_kode",
            "sk_nomor",
            "berkas",
            "dibatalkan_oleh__alasan",
        )
        for jenis in JENIS.values()
        if jenis.peristiwa and (is_sensitive_visible or not jenis.is_tertutup)
    ]
    return queries[0].union(*queries[1:], all=True)


@dataclass(frozen=True)
class BarisJejak:
    event: Event
    kalimat: str
    perubahan: list[Isian]


def list_audit(pegawai: Pegawai, *, is_sensitive_visible: bool) -> list[BarisJejak]:
    """Return what happened to a person's record, newest first, as sentences.

    What happened to a closed kind is for those who may see that kind.
    """
    events = Event.objects.filter(
        subject_type=Pegawai._meta.label_lower, subject_id=str(pegawai.pk)
    ).select_related("actor")
    events = events.exclude(kind__in=KEJADIAN_BACA)
    if not is_sensitive_visible:
        events = events.exclude(kind__in=KEJADIAN_TERTUTUP)
    return [
        BarisJejak(event, describe(event), list_changes(event))
        for event in events.order_by("-id")[:AUDIT_LIMIT]
    ]


def show_data_utama(
    pegawai: Pegawai, *, is_sensitive_visible: bool
) -> list[tuple[str, list[tuple[str, Any]]]]:
    """Return (group, [(label, value)]) of the identity, hidden values as a word."""
    names = {
        (row.daftar, row.kode): row.nama
        for row in Referensi.objects.filter(
            daftar__in=("agama", "kawin", "jenisPegawai")
        )
    }

    def hidden(value: str) -> str:
        return value if is_sensitive_visible or not value else "(disembunyikan)"

    return [
        (
            "Identitas",
            [
                ("Tempat lahir", pegawai.tempat_lahir),
                ("Tanggal lahir", pegawai.tanggal_lahir),
                ("Jenis kelamin", pegawai.get_jenis_kelamin_display()),
                ("Agama", names.get(("agama", pegawai.agama))),
                ("Status perkawinan", names.get(("kawin", pegawai.status_kawin))),
                ("NIK", hidden(pegawai.nik)),
                ("NPWP", hidden(pegawai.npwp)),
                ("Nomor BPJS", hidden(pegawai.bpjs)),
            ],
        ),
        (
            "Kontak",
            [
                ("Nomor HP", hidden(pegawai.nomor_hp)),
                ("Surel", hidden(pegawai.email)),
                ("Surel dinas", pegawai.email_dinas),
                ("Alamat", hidden(pegawai.alamat)),
            ],
        ),
        (
            "Pengangkatan",
            [
                ("Jenis ASN", pegawai.get_jenis_asn_display()),
                ("Jenis pegawai", names.get(("jenisPegawai", pegawai.jenis_pegawai))),
                ("NIP lama", pegawai.nip_lama),
                ("TMT CPNS/PPPK", pegawai.tmt_cpns),
                ("Nomor SK CPNS/PPPK", pegawai.sk_cpns_nomor),
                ("Tanggal SK CPNS/PPPK", pegawai.sk_cpns_tanggal),
                *(
                    [
                        ("TMT PNS", pegawai.tmt_pns),
                        ("Nomor SK PNS", pegawai.sk_pns_nomor),
                        ("Tanggal SK PNS", pegawai.sk_pns_tanggal),
                    ]
                    if pegawai.jenis_asn == "pns"
                    else []
                ),
            ],
        ),
    ]
