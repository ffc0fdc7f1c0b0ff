"""Reads of people for the list, the person page and the export."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db.models import QuerySet

from bkpsdmd.accounts.models import User
from bkpsdmd.regulations import Hasil
from simpeg.choices import JenisASN, Jenjang, StatusKepegawaian
from simpeg.models import KeadaanPegawai, Pegawai
from simpeg.rules.gaji import FaktaGaji, HasilGaji, compute_gaji_pokok
from simpeg.rules.golongan import parse_golongan
from simpeg.rules.pensiun import FaktaPensiun, compute_pensiun
from simpeg.selectors.akses import get_lingkup, get_lingkup_kelola
from simpeg.selectors.keadaan import Keadaan

# Columns of the list; the rest of the row is not read.
_LIST = (
    "nip",
    "nama_lengkap",
    "status",
    "is_aktif",
    "golongan",
    "tmt_golongan",
    "jabatan_nama",
    "tmt_pensiun",
    "unit_kerja__nama",
)


def list_pegawai(user: User) -> QuerySet[KeadaanPegawai]:
    """Return today's rows of the people this user may see, as the list shows them."""
    return (
        KeadaanPegawai.objects.within(get_lingkup(user))
        .select_related("unit_kerja")
        .only(*_LIST)
    )


def get_pegawai(user: User, pk: int) -> Pegawai | None:
    """Return one person with today's row, or None when the user may not see them."""
    return (
        Pegawai.objects.within(get_lingkup(user))
        .select_related(
            "keadaan__unit_kerja",
            "keadaan__opd",
            "keadaan__kedudukan",
            "keadaan__golongan",
        )
        .filter(pk=pk)
        .first()
    )


def can_change(user: User, pegawai: Pegawai) -> bool:
    """Tell whether this user keeps the record of this person (never their own)."""
    if pegawai.user_id == user.pk:
        return False
    lingkup, unit = get_lingkup_kelola(user), pegawai.keadaan.unit_kerja
    return lingkup.semua or (unit is not None and lingkup.covers_unit(unit))


def explain_gaji(keadaan: Keadaan) -> HasilGaji | None:
    """Return the basic pay on the date of `keadaan`, None without a golongan.

    Raises DomainError when no scale applies.
    """
    if keadaan.pangkat is None:
        return None
    jenis_asn = JenisASN(keadaan.pegawai.jenis_asn)
    fakta = FaktaGaji(
        golongan=parse_golongan(keadaan.pangkat.golongan_id, jenis_asn),
        mkg_bulan=keadaan.masa_kerja_bulan or 0,
        is_cpns=keadaan.status is StatusKepegawaian.CPNS,
    )
    return compute_gaji_pokok(fakta, per_tanggal=keadaan.per_tanggal)


def explain_pensiun(keadaan: Keadaan) -> Hasil | None:
    """Return when the person retires, None where no post is recorded.

    Raises DomainError when the rules cannot tell.
    """
    if keadaan.jabatan is None:
        return None
    jabatan = keadaan.jabatan.jabatan
    fakta = FaktaPensiun(
        tanggal_lahir=keadaan.pegawai.tanggal_lahir,
        kelompok=jabatan.kelompok,
        jabatan=jabatan.nama if jabatan.siasn_id else "",
        jenjang=Jenjang(jabatan.jenjang) if jabatan.jenjang else None,
    )
    return compute_pensiun(fakta, per_tanggal=keadaan.per_tanggal)


EXPORT_COLUMNS = (
    "NIP",
    "Nama",
    "Status",
    "Kedudukan hukum",
    "Golongan",
    "TMT golongan",
    "Jabatan",
    "TMT jabatan",
    "Unit kerja",
    "Perangkat daerah",
    "Pendidikan",
    "Tahun lulus",
    "Jenis kelamin",
    "Tanggal lahir",
    "TMT pensiun",
    "Kelengkapan data (%)",
)


def iter_export(
    rows: QuerySet[KeadaanPegawai],
) -> Iterator[tuple[str | int | dt.date | None, ...]]:
    """Yield one row of `EXPORT_COLUMNS` per person, in one query."""
    values = rows.values_list(
        "nip",
        "nama_lengkap",
        "status",
        "kedudukan__nama",
        "golongan",
        "tmt_golongan",
        "jabatan_nama",
        "tmt_jabatan",
        "unit_kerja__nama",
        "opd__nama",
        "pendidikan__nama",
        "tahun_lulus",
        "jenis_kelamin",
        "tanggal_lahir",
        "tmt_pensiun",
        "wajib_terisi",
        "wajib_jumlah",
    )
    status = {s.value: s.label for s in StatusKepegawaian}
    for row in values.iterator(chunk_size=2000):
        terisi, wajib = row[-2:]
        yield (
            row[0],
            row[1],
            status[row[2]],
            *row[3:-2],
            round(terisi * 100 / wajib) if wajib else None,
        )
