"""Drafting papers: the surat keterangan about a person, the berita acara of a meeting.

Numbering and signing are the shared engine's (`bkpsdmd.documents.naskah`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from bkpsdmd.accounts.models import User
from bkpsdmd.documents.models import (
    DokumenTerbit,
    Naskah,
    PaketNaskah,
    get_kantor,
)
from bkpsdmd.documents.naskah.paket import create_paket
from bkpsdmd.documents.naskah.services import draft_naskah, record_draft, update_draft
from bkpsdmd.documents.shapes import IsiNaskah
from bkpsdmd.exceptions import DomainError
from bkpsdmd.ui.formats import KOSONG, format_nip, format_tanggal
from simpeg.choices import HasilTindakan, JenisTindakan, StatusKepegawaian
from simpeg.models import (
    BarisTindakan,
    KeadaanPegawai,
    Pegawai,
    SuratPegawai,
    TindakanMassal,
)
from simpeg.permissions import Permission
from simpeg.selectors.identitas import get_data_sendiri
from simpeg.selectors.pegawai import can_change
from simpeg.selectors.penandatangan import as_penandatangan, find_pejabat
from simpeg.services.tindakan import (
    DI_LUAR,
    Progress,
    iter_chunks,
    reload_user,
    request_tindakan,
    save_hasil,
)

SURAT_KETERANGAN, BERITA_ACARA = "surat_keterangan", "berita_acara"
JOB_SURAT = "simpeg.surat_massal"
BATAS_SURAT = 5_000
PERIHAL_SURAT = "Surat keterangan status kepegawaian"
STATUS = {
    StatusKepegawaian.CPNS: "Calon Pegawai Negeri Sipil (CPNS)",
    StatusKepegawaian.PNS: "Pegawai Negeri Sipil (PNS)",
    StatusKepegawaian.PPPK: "Pegawai Pemerintah dengan Perjanjian Kerja (PPPK)",
    StatusKepegawaian.PPPK_PARUH_WAKTU: (
        "Pegawai Pemerintah dengan Perjanjian Kerja (PPPK) Paruh Waktu"
    ),
}


# -- Surat keterangan -------------------------------------------------------------------


@transaction.atomic
def draft_surat_keterangan(
    *,
    pegawai: Pegawai,
    keperluan: str,
    by: User,
    per_tanggal: dt.date,
    tembusan: Sequence[str] = (),
    paket: PaketNaskah | None = None,
    menggantikan: DokumenTerbit | None = None,
    alasan_ganti: str = "",
) -> Naskah:
    """Draft a letter that says who a person is today, for the purpose given.

    Who signs follows from the golongan. Raises DomainError for somebody who left, about
    oneself, where no official is set, and to replace a paper about somebody else.
    """
    _check_pegawai(pegawai, by)
    if menggantikan is not None and not _is_tentang(menggantikan, pegawai):
        raise DomainError(
            "Surat yang akan diganti bukan tentang orang ini.", kode="orang_lain"
        )
    naskah = draft_naskah(
        jenis=SURAT_KETERANGAN,
        judul=f"Surat keterangan {pegawai.nama_lengkap}",
        perihal_umum=PERIHAL_SURAT,
        data=_build_data(pegawai, keperluan, tembusan, per_tanggal),
        penandatangan=_list_penandatangan(pegawai, per_tanggal),
        by=by,
        paket=paket,
        menggantikan=menggantikan,
        alasan_ganti=alasan_ganti,
    )
    SuratPegawai.objects.create(naskah=naskah, pegawai=pegawai)
    record_draft(naskah, by=by)
    return naskah


def update_surat_keterangan(
    *,
    naskah: Naskah,
    pegawai: Pegawai,
    keperluan: str,
    by: User,
    per_tanggal: dt.date,
    tembusan: Sequence[str] = (),
) -> Naskah:
    """Write the draft of a letter anew, with the data and the official of today."""
    _check_pegawai(pegawai, by)
    return update_draft(
        naskah=naskah,
        judul=f"Surat keterangan {pegawai.nama_lengkap}",
        perihal_umum=PERIHAL_SURAT,
        data=_build_data(pegawai, keperluan, tembusan, per_tanggal),
        penandatangan=_list_penandatangan(pegawai, per_tanggal),
        by=by,
    )


def _check_pegawai(pegawai: Pegawai, by: User) -> None:
    if pegawai.pk in get_data_sendiri(by):
        raise DomainError(
            "Surat tentang Anda sendiri disusun petugas lain.", kode="diri_sendiri"
        )
    if not pegawai.keadaan.is_aktif:
        raise DomainError(
            f"{pegawai.nama_lengkap} tidak aktif lagi, jadi tidak dapat diberi surat "
            "keterangan aktif.",
            kode="tidak_aktif",
        )


def _is_tentang(dokumen: DokumenTerbit, pegawai: Pegawai) -> bool:
    return SuratPegawai.objects.filter(
        naskah__dokumen=dokumen, pegawai=pegawai
    ).exists()


def _list_penandatangan(pegawai: Pegawai, per_tanggal: dt.date) -> list[dict[str, Any]]:
    """Return who signs the letter about a person that day; none where nobody is set."""
    golongan = pegawai.keadaan.golongan
    pejabat = find_pejabat(
        SURAT_KETERANGAN, per_tanggal=per_tanggal, golongan=golongan, tentang=pegawai
    )
    if pejabat is None and find_pejabat(
        SURAT_KETERANGAN, per_tanggal=per_tanggal, golongan=golongan
    ):
        raise DomainError(
            f"{pegawai.nama_lengkap} sendiri pejabat penanda tangannya. Minta admin "
            "menetapkan pejabat lain untuk golongannya di menu Admin, Pejabat "
            "penandatangan.",
            kode="tanda_tangan_sendiri",
        )
    return [as_penandatangan(pejabat)] if pejabat else []


def _build_data(
    pegawai: Pegawai, keperluan: str, tembusan: Sequence[str], per_tanggal: dt.date
) -> dict[str, Any]:
    return {
        **_build_surat(pegawai, keperluan, tembusan, per_tanggal),
        # Not printed: what the form shows again.
        "keperluan": keperluan,
    }


def _build_surat(
    pegawai: Pegawai, keperluan: str, tembusan: Sequence[str], per_tanggal: dt.date
) -> IsiNaskah:
    keadaan, kantor = pegawai.keadaan, get_kantor()
    golongan, unit, opd = keadaan.golongan, keadaan.unit_kerja, keadaan.opd
    tempat = [unit.nama] if unit else []
    if opd and (unit is None or opd.pk != unit.pk):
        tempat.append(opd.nama)
    status = STATUS[StatusKepegawaian(keadaan.status)]
    pangkat = (
        ", ".join(part for part in (golongan.pangkat, golongan.kode) if part)
        if golongan
        else KOSONG
    )
    return {
        "judul": "Surat Keterangan",
        "judul_pendek": "Surat keterangan",
        "isi": [
            {
                "jenis": "paragraf",
                "teks": "Yang bertanda tangan di bawah ini menerangkan bahwa:",
            },
            {
                "jenis": "butir",
                "butir": [
                    ("Nama", pegawai.nama_lengkap),
                    ("NIP", format_nip(pegawai.nip)),
                    (
                        "Pangkat, golongan"
                        if pegawai.jenis_asn == "pns"
                        else "Golongan",
                        pangkat,
                    ),
                    ("Jabatan", keadaan.jabatan_nama or KOSONG),
                    ("Unit kerja", ", ".join(tempat) or KOSONG),
                ],
            },
            {
                "jenis": "paragraf",
                "teks": (
                    f"adalah benar {status} yang aktif di lingkungan "
                    f"{kantor.nama_instansi} pada tanggal {format_tanggal(per_tanggal)}."
                ),
            },
            {
                "jenis": "paragraf",
                "teks": f"Surat keterangan ini dibuat untuk keperluan {keperluan}.",
            },
            {
                "jenis": "paragraf",
                "teks": (
                    "Demikian surat keterangan ini dibuat dengan sebenarnya agar dapat "
                    "dipergunakan sebagaimana mestinya."
                ),
            },
        ],
        "tembusan": list(tembusan),
    }


def request_surat_massal(
    *,
    rows: QuerySet[KeadaanPegawai],
    keperluan: str,
    by: User,
    per_tanggal: dt.date,
    tembusan: Sequence[str] = (),
) -> TindakanMassal:
    """Ask for a draft of the letter about each of these people, as one bundle."""
    with transaction.atomic():
        tindakan = request_tindakan(
            jenis=JenisTindakan.SURAT,
            judul=f"Surat keterangan: {keperluan}"[:150],
            job_kind=JOB_SURAT,
            rows=rows,
            params={"keperluan": keperluan, "tembusan": list(tembusan)},
            by=by,
            per_tanggal=per_tanggal,
            batas=BATAS_SURAT,
        )
        paket = create_paket(judul=tindakan.judul, jenis=SURAT_KETERANGAN, by=by)
        tindakan.params["paket"] = paket.pk
        tindakan.save(update_fields=["params"])
    return tindakan


def run_surat_massal(
    *, tindakan: TindakanMassal, by: User, progress: Progress
) -> PaketNaskah:
    """Draft the letter of everybody who has no outcome yet; each refusal has its reason."""
    paket = PaketNaskah.objects.get(pk=tindakan.params["paket"])
    for _, baris in iter_chunks(tindakan):
        progress(baris[0].urut - 1, tindakan.jumlah, "Menyusun draf")
        now = reload_user(by, Permission.SURAT_DRAFT)
        people = Pegawai.objects.select_related(
            "keadaan__golongan", "keadaan__unit_kerja", "keadaan__opd"
        ).in_bulk([row.pegawai_id for row in baris])
        for row in baris:
            if row.hasil == HasilTindakan.MENUNGGU:
                _draft_row(tindakan, row, people[row.pegawai_id], paket, now)
    return paket


def _draft_row(
    tindakan: TindakanMassal,
    row: BarisTindakan,
    pegawai: Pegawai,
    paket: PaketNaskah,
    by: User,
) -> None:
    try:
        with transaction.atomic():
            if not can_change(by, pegawai):
                raise DomainError(DI_LUAR)
            draft_surat_keterangan(
                pegawai=pegawai,
                keperluan=tindakan.params["keperluan"],
                tembusan=tindakan.params["tembusan"],
                by=by,
                per_tanggal=tindakan.per_tanggal,
                paket=paket,
            )
            save_hasil([row], {row.pegawai_id: (HasilTindakan.BERHASIL, "")})
    except DomainError as error:
        save_hasil([row], {row.pegawai_id: (HasilTindakan.DITOLAK, error.pesan)})


# -- Berita acara -----------------------------------------------------------------------


@transaction.atomic
def draft_berita_acara(
    *,
    judul: str,
    perihal_umum: str,
    isi: str,
    penandatangan: Sequence[tuple[Pegawai, str]],
    by: User,
    tembusan: Sequence[str] = (),
    menggantikan: DokumenTerbit | None = None,
    alasan_ganti: str = "",
) -> Naskah:
    """Draft a record of what was agreed; up to three people sign it, in this order.

    `isi` is plain text (`parse_isi`). `penandatangan` pairs a person with the post to print.
    """
    naskah = draft_naskah(
        jenis=BERITA_ACARA,
        judul=judul,
        perihal_umum=perihal_umum,
        data=dict(build_berita_acara(judul, perihal_umum, isi, tembusan)),
        penandatangan=[_as_pihak(*pihak) for pihak in penandatangan],
        by=by,
        menggantikan=menggantikan,
        alasan_ganti=alasan_ganti,
    )
    record_draft(naskah, by=by)
    return naskah


def update_berita_acara(
    *,
    naskah: Naskah,
    judul: str,
    perihal_umum: str,
    isi: str,
    penandatangan: Sequence[tuple[Pegawai, str]],
    by: User,
    tembusan: Sequence[str] = (),
) -> Naskah:
    """Write the draft of a berita acara anew."""
    return update_draft(
        naskah=naskah,
        judul=judul,
        perihal_umum=perihal_umum,
        data=dict(build_berita_acara(judul, perihal_umum, isi, tembusan)),
        penandatangan=[_as_pihak(*pihak) for pihak in penandatangan],
        by=by,
    )


def build_berita_acara(
    judul: str, perihal_umum: str, isi: str, tembusan: Sequence[str]
) -> dict[str, Any]:
    blok = parse_isi(isi)
    if not blok:
        raise DomainError("Tulis isi berita acaranya.", kolom="isi")
    return {
        "judul": judul,
        "judul_pendek": "Berita acara",
        "isi": blok,
        "tembusan": list(tembusan),
        # Not printed: what the form shows again.
        "teks": isi,
    }


def parse_isi(teks: str) -> list[dict[str, Any]]:
    """Return typed text as the blocks of a paper.

    An empty line parts paragraphs; lines that begin with "-" are a numbered list.
    """
    blok: list[dict[str, Any]] = []
    for bagian in teks.replace("\r\n", "\n").split("\n\n"):
        lines = [line.strip() for line in bagian.split("\n") if line.strip()]
        if not lines:
            continue
        if all(line.startswith("-") for line in lines):
            butir = [line.lstrip("- ") for line in lines]
            blok.append({"jenis": "daftar", "butir": butir})
        else:
            blok.append({"jenis": "paragraf", "teks": " ".join(lines)})
    return blok


def _as_pihak(pegawai: Pegawai, jabatan: str) -> dict[str, Any]:
    golongan = pegawai.keadaan.golongan
    return {
        "user": pegawai.user,
        "jabatan": jabatan,
        "nama": pegawai.nama_lengkap,
        "pangkat": golongan.pangkat if golongan else "",
        "nip": pegawai.nip,
    }
