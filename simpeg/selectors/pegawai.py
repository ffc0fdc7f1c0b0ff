"""Reads of people for the list, the person page and the export."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.http import QueryDict

from bkpsdmd.accounts.models import User
from bkpsdmd.regulations import Hasil
from bkpsdmd.ui.columns import Ekspor, ListColumn
from simpeg.choices import JenisASN, Jenjang, StatusKepegawaian, StatusTautan
from simpeg.kolom_pegawai import KOLOM_PEGAWAI
from simpeg.models import KeadaanPegawai, Pegawai, TautanPegawai, TindakLanjut
from simpeg.rules.gaji import FaktaGaji, HasilGaji, compute_gaji_pokok
from simpeg.rules.golongan import parse_golongan
from simpeg.rules.pensiun import FaktaPensiun, compute_pensiun
from simpeg.selectors.akses import get_lingkup, get_lingkup_kelola
from simpeg.selectors.keadaan import Keadaan

_Row = TypeVar("_Row", bound=Model)


def list_pegawai(
    user: User, columns: Sequence[ListColumn] = KOLOM_PEGAWAI
) -> QuerySet[KeadaanPegawai]:
    """Return today's rows of the people this user may see, read for these columns."""
    return (
        KeadaanPegawai.objects.within(get_lingkup(user))
        .select_related(*{name for one in columns for name in one.related})
        .only(*{name for one in columns for name in one.fields})
    )


def only_ticked(
    rows: QuerySet[_Row], query: QueryDict, *, kolom: str = "pk"
) -> QuerySet[_Row]:
    """Return the people ticked in a list (`pilih`), all of `rows` where nobody is.

    Something that is no key stands for nobody.
    """
    ticked = query.getlist("pilih")
    if not ticked:
        return rows
    keys = [int(pk) for pk in ticked if pk.isascii() and pk.isdigit()]
    return rows.filter((f"{kolom}__in", keys))


def get_pegawai(user: User, pk: int, *, is_sendiri: bool = False) -> Pegawai | None:
    """Return one person with today's row, or None when the user may not see them.

    `is_sendiri`: it is known to be another record of the user's own. `is_ditandai` of the
    person tells whether a mark on them is open, `is_tertaut` whether there is another
    record of them: most pages then ask no more.
    """
    rows = Pegawai.objects.all()
    tautan = TautanPegawai.objects.filter(
        Q(lama=OuterRef("pk")) | Q(baru=OuterRef("pk")),
        status=StatusTautan.DISETUJUI.value,
    )
    terbuka = TindakLanjut.objects.filter(
        pegawai=OuterRef("pk"), selesai_at__isnull=True
    )
    return (
        (rows if is_sendiri else rows.within(get_lingkup(user)))
        .annotate(is_ditandai=Exists(terbuka), is_tertaut=Exists(tautan))
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


def list_ekspor(columns: Sequence[ListColumn]) -> list[Ekspor]:
    """Return what a file of these columns holds."""
    return [ekspor for one in columns for ekspor in one.ekspor]


def iter_export(
    rows: QuerySet[KeadaanPegawai], ekspor: Sequence[Ekspor]
) -> Iterator[list[Any]]:
    """Yield the values of these columns per person, in one query."""
    paths = list(dict.fromkeys(path for one in ekspor for path in one.paths))
    for found in rows.values_list(*paths).iterator(chunk_size=2000):
        row = dict(zip(paths, found, strict=True))
        yield [one.value(row) for one in ekspor]
