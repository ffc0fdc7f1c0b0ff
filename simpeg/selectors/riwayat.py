"""Reads of the riwayat of one person, cancelled rows included."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from bkpsdmd.audit.models import Event
from bkpsdmd.audit.presenters import describe, list_changes
from simpeg.models import (
    Pegawai,
    Referensi,
    RiwayatDiklat,
    RiwayatJabatan,
    RiwayatKedudukan,
    RiwayatPangkat,
    RiwayatPendidikan,
)
from simpeg.selectors.keadaan import HimpunanRiwayat

_RELATED: dict[str, tuple[type, tuple[str, ...]]] = {
    "pangkat": (RiwayatPangkat, ("golongan", "jenis")),
    "jabatan": (RiwayatJabatan, ("jabatan", "unit_kerja")),
    "pendidikan": (RiwayatPendidikan, ("tingkat",)),
    "diklat": (RiwayatDiklat, ()),
    "kedudukan": (RiwayatKedudukan, ("kedudukan",)),
}
# What the audit tab shows; older events stay in the log.
AUDIT_LIMIT = 200


def list_riwayat(pegawai: Pegawai, topik: str) -> QuerySet[Any]:
    """Return all rows of one kind, newest first, with what a table of them prints."""
    model, related = _RELATED[topik]
    return model.objects.filter(pegawai=pegawai).select_related(  # type: ignore[attr-defined]
        *related, "dibatalkan_oleh__created_by", "created_by", "berkas"
    )


class SemuaRiwayat(HimpunanRiwayat):
    """Every row of a person, cancelled ones too."""

    def berlaku(self) -> HimpunanRiwayat:
        """Return the set without the cancelled rows."""
        return HimpunanRiwayat(
            self.pegawai,
            **{
                topik: [row for row in getattr(self, topik) if row.is_berlaku]
                for topik in _RELATED
            },
        )


def load_all_riwayat(pegawai: Pegawai) -> SemuaRiwayat:
    """Return every riwayat of one person; five queries."""
    return SemuaRiwayat(
        pegawai, **{topik: list(list_riwayat(pegawai, topik)) for topik in _RELATED}
    )


@dataclass(frozen=True)
class BarisJejak:
    event: Event
    kalimat: str
    perubahan: list[tuple[str, str, str]]


def list_audit(pegawai: Pegawai) -> list[BarisJejak]:
    """Return what happened to a person's record, newest first, as sentences."""
    events = Event.objects.filter(
        subject_type=Pegawai._meta.label_lower, subject_id=str(pegawai.pk)
    ).select_related("actor")
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
