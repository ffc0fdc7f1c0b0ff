"""Excel out and back: identity data edited in a sheet, compared, applied as one act.

Each row carries the key and the version of the person it was made from. What comes back
is compared with what we hold; a row made from an older version is refused, a formula is
never taken for a value, and nothing is written before somebody has looked at it.
"""

from __future__ import annotations

import datetime as dt
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import IO

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from bkpsdmd.accounts.models import User
from bkpsdmd.audit import services as audit
from bkpsdmd.audit.services import REDACTED
from bkpsdmd.documents.spreadsheets import (
    Cell,
    Column,
    find_formulas,
    read_table,
    write_xlsx,
)
from bkpsdmd.exceptions import DomainError, StaleDataError
from bkpsdmd.jobs.models import Job
from bkpsdmd.ui.formats import format_angka
from simpeg.choices import JenisKelamin
from simpeg.models import (
    BarisMasuk,
    BerkasMasuk,
    JenisMasuk,
    KeadaanPegawai,
    Pegawai,
    Referensi,
    Rombongan,
)
from simpeg.permissions import Permission
from simpeg.rules.nik import FaktaNik, check_nik
from simpeg.rules.nip import normalize_nip
from simpeg.selectors.akses import get_lingkup_kelola
from simpeg.selectors.keadaan import load_himpunan
from simpeg.selectors.siasn import BATCH, batched, label_isian
from simpeg.services.massal import Sisipan, collector_paused
from simpeg.services.pegawai import KOLOM_DATA_UTAMA
from simpeg.services.pembukaan import note_unduhan
from simpeg.services.rencana import Progress, Rencana
from simpeg.services.rombongan_terap import prepare, seal, stale, write
from simpeg.services.siasn import (
    SPOOL_BYTES,
    count_again,
    delete_baris,
    enqueue_for,
    finish_periksa,
    keep_berkas,
    lock_siap,
    refuse_working,
    reject,
)
from simpeg.siasn.catatan import Catatan, galat

Hasil = BarisMasuk.Hasil
Status = BerkasMasuk.Status
JOB_PERIKSA = "simpeg.periksa_lembar"
JOB_TERAP = "simpeg.terapkan_lembar"
# A sheet that a person still oversees; more is cut by a filter.
PALING_BANYAK = 5000
PERCOBAAN = 3
BATCH_BARIS = 2000
KUNCI, VERSI, NIP, OPD = "KUNCI", "VERSI", "NIP", "Perangkat daerah"
TETAP = (KUNCI, VERSI, NIP, OPD)
WAJIB = (KUNCI, VERSI, NIP)
ACUAN = {"agama": "agama", "status_kawin": "kawin"}
SUREL = frozenset({"email", "email_dinas"})
# Long numbers that a spreadsheet spoils when it takes them for amounts.
NOMOR = frozenset({"nik", "nomor_hp", "npwp", "bpjs"})
LEBAR = {"nama": 32, "alamat": 48, "email": 28, "email_dinas": 28, "gelar_belakang": 20}
SENSITIF = frozenset(REDACTED) & frozenset(KOLOM_DATA_UTAMA)


@dataclass(slots=True)
class BarisLembar:
    """The verdict on one row of a sheet."""

    nomor: int
    sel: dict[str, str]
    pegawai: Pegawai | None = None
    catatan: list[Catatan] = field(default_factory=list)
    # Field -> (ours, the sheet's), as stored and in words.
    isi: dict[str, tuple[str, str]] = field(default_factory=dict)
    kata: dict[str, list[str | None]] = field(default_factory=dict)

    @property
    def hasil(self) -> Hasil:
        if self.catatan:
            return Hasil.DITOLAK
        return Hasil.BERUBAH if self.isi else Hasil.SAMA

    def refuse(self, kolom: str, kode: str, pesan: str) -> None:
        self.catatan.append(galat(kolom, kode, pesan))


def list_kolom(user: User) -> list[str]:
    """Return the fields this user may change in a sheet."""
    is_sensitive = user.has_perm(Permission.PEGAWAI_SENSITIVE)
    return [n for n in KOLOM_DATA_UTAMA if is_sensitive or n not in SENSITIF]


# -- Out ------------------------------------------------------------------------------


def write_lembar(*, rows: QuerySet[KeadaanPegawai], by: User) -> IO[bytes]:
    """Return an open XLSX of the people among `rows` whom `by` keeps, never oneself."""
    lingkup = get_lingkup_kelola(by)
    milik = rows.within(lingkup).exclude(pegawai__user=by)  # type: ignore[attr-defined]
    jumlah = milik.order_by().values("pk")[: PALING_BANYAK + 1].count()
    if jumlah > PALING_BANYAK:
        raise DomainError(
            f"Lembar kerja memuat paling banyak {format_angka(PALING_BANYAK)} pegawai. "
            "Persempit dahulu saringannya, misalnya satu perangkat daerah."
        )
    if not jumlah:
        raise DomainError(
            "Tidak ada pegawai yang Anda kelola pada saringan ini, jadi tidak ada yang "
            "dapat disunting."
        )
    kolom, acuan = list_kolom(by), _load_acuan()
    columns = [
        Column(KUNCI, width=8, is_hidden=True),
        Column(VERSI, width=8, is_hidden=True),
        Column(NIP, width=20),
        Column(OPD, width=32),
        *(
            Column(
                label_isian(nama),
                width=LEBAR.get(nama, 18),
                is_isian=True,
                pilihan=tuple(acuan[nama].values()) if nama in acuan else (),
            )
            for nama in kolom
        ),
    ]
    nilai = milik.values_list(
        "pegawai_id",
        "pegawai__versi",
        "nip",
        "opd__nama",
        *(f"pegawai__{nama}" for nama in kolom),
    )
    dimuat: list[int] = []

    def isi() -> Iterator[list[object]]:
        for row in nilai.iterator(chunk_size=2000):
            dimuat.append(row[0])
            yield [
                *(str(value or "") for value in row[:4]),
                *(
                    acuan[nama].get(value, "") if nama in acuan else value
                    for nama, value in zip(kolom, row[4:], strict=True)
                ),
            ]

    file = tempfile.SpooledTemporaryFile(max_size=SPOOL_BYTES)  # noqa: SIM115
    write_xlsx(
        file,
        title="Lembar kerja data pegawai",
        columns=columns,
        rows=isi(),
        sheet="Pegawai",
        notes=(
            "Sunting hanya sel yang putih; yang kelabu terkunci. Sel yang dikosongkan "
            "mengosongkan isian itu.",
            "Jangan hapus kolom tersembunyi KUNCI dan VERSI: dengan itu portal tahu "
            "barisnya milik siapa dan apakah datanya sudah berubah.",
            "Baris boleh diurutkan, disaring, atau dihapus; yang tidak ada di berkas "
            "tidak berubah.",
            "Rumus tidak dihitung: ketik nilainya.",
            "Unggah lagi di Data Pegawai, Lembar Kerja Excel. Perbedaannya ditampilkan "
            "dahulu, baru diterapkan.",
        ),
    )
    with transaction.atomic():
        audit.record("lembar.unduh", by, by=by, changes={"pegawai": (None, jumlah)})
        if SENSITIF.intersection(kolom):
            note_unduhan(
                ids=dimuat, bagian="Lembar kerja Excel", by=by, now=timezone.now()
            )
    file.seek(0)
    return file


# -- In -------------------------------------------------------------------------------


def upload_lembar(*, berkas: File[bytes], nama: str, by: User) -> BerkasMasuk:
    """Keep an edited sheet and ask for its examination; unknown columns are refused."""
    content = berkas.read()
    map_judul(read_table(content).header, list_kolom(by))
    return keep_berkas(
        content,
        nama=nama,
        jenis=JenisMasuk.LEMBAR,
        kejadian="lembar.unggah",
        job=JOB_PERIKSA,
        label="Periksa lembar kerja",
        by=by,
    )


def map_judul(judul: Sequence[str], kolom: Sequence[str]) -> list[str]:
    """Return what stands in each column: one of `TETAP` or a field.

    Raises DomainError that names what is missing, twice there, or not ours to change.
    """
    dikenal = {nama.casefold(): nama for nama in TETAP}
    dikenal |= {label_isian(nama).casefold(): nama for nama in kolom}
    nama = [dikenal.get(satu.casefold(), "") for satu in judul]
    asing = [satu for satu, ada in zip(judul, nama, strict=True) if satu and not ada]
    kembar = sorted({satu for satu in nama if satu and nama.count(satu) > 1})
    kurang = [satu for satu in WAJIB if satu not in nama]
    if kurang:
        raise DomainError(
            f"Kolom {', '.join(kurang)} tidak ada. Pakai lembar kerja yang diunduh dari "
            "Daftar Pegawai, lengkap dengan kolom tersembunyinya.",
            kolom="berkas",
            kode="kolom_kurang",
        )
    if asing:
        raise DomainError(
            f"Kolom ini tidak dikenal atau tidak boleh Anda ubah: {', '.join(asing)}. "
            "Hapus kolomnya, lalu unggah lagi; tidak ada yang diubah.",
            kolom="berkas",
            kode="kolom_asing",
        )
    if kembar:
        raise DomainError(
            f"Kolom ini tertulis dua kali: {', '.join(kembar)}. Hapus salah satunya.",
            kolom="berkas",
            kode="kolom_kembar",
        )
    return nama


@collector_paused()
def examine_lembar(*, impor_id: int, progress: Progress | None = None) -> BerkasMasuk:
    """Store the verdict on every row. Runs again without harm."""
    impor = BerkasMasuk.objects.select_related("created_by").get(pk=impor_id)
    if impor.status != Status.DIUNGGAH or impor.created_by is None:
        return impor
    try:
        with impor.berkas.open("rb") as handle:
            rows = _read(handle.read(), list_kolom(impor.created_by))
        _check_rows(rows, by=impor.created_by, progress=progress)
    except DomainError as error:
        return reject(impor, error)
    delete_baris(impor)
    for some in batched(rows, BATCH_BARIS):
        Sisipan(BarisMasuk, [_as_model(impor, satu) for satu in some]).write()
    finish_periksa(impor)
    return impor


def skip_rows(
    *, impor: BerkasMasuk, ids: Iterable[int], is_dilewati: bool, by: User
) -> int:
    """Leave changed rows out of what is applied, or take them in again."""
    with transaction.atomic():
        lock_siap(impor.pk)
        check_owner(impor, by=by)
        jumlah = 0
        for some in batched(sorted(set(ids)), BATCH):
            jumlah += BarisMasuk.objects.filter(
                impor=impor, pk__in=some, hasil=Hasil.BERUBAH
            ).update(is_dilewati=is_dilewati)
    return jumlah


def request_terap(*, impor: BerkasMasuk, alasan: str, by: User) -> Job:
    """Ask for the rows that are not left out to be written, with one reason for all."""
    if not alasan.strip():
        raise DomainError("Tulis alasan atau dasar perubahannya.", kolom="alasan")
    with transaction.atomic():
        impor = lock_siap(impor.pk)
        check_owner(impor, by=by)
        if not _list_dipilih(impor).exists():
            raise DomainError("Tidak ada baris berubah yang dipilih.")
        rombongan = Rombongan(
            berkas_masuk=impor,
            nama=f"Lembar kerja {impor.nama_berkas}"[:200],
            alasan=alasan.strip(),
            created_by=by,
        )
        # The reason waits on the act; one that was asked for before is dropped.
        impor.rombongan_set.filter(status=Rombongan.Status.DIMINTA).delete()
        rombongan.save()
        return enqueue_for(impor, JOB_TERAP, "Terapkan lembar kerja", by=by)


@collector_paused()
def apply_lembar(
    *,
    impor_id: int,
    by: User,
    per_tanggal: dt.date,
    progress: Progress | None = None,
) -> BerkasMasuk:
    """Write the chosen rows in one transaction. Applied once, a second run changes nothing.

    A row whose person was changed meanwhile is refused, and then nothing is written:
    what is left must be looked at again.
    """
    impor = BerkasMasuk.objects.get(pk=impor_id)
    if impor.status == Status.DITERAPKAN:
        return impor
    check_owner(impor, by=by)
    rombongan = impor.rombongan_set.filter(status=Rombongan.Status.DIMINTA).first()
    if impor.status != Status.SIAP or rombongan is None:
        raise DomainError(f"Lembar kerja ini {impor.get_status_display().lower()}.")
    for percobaan in range(PERCOBAAN):
        rencana = _plan(impor, by=by, progress=progress)
        siap = prepare(
            rencana,
            rombongan=rombongan,
            kejadian="pegawai.lembar",
            by=by,
            per_tanggal=per_tanggal,
            progress=progress,
        )
        try:
            with transaction.atomic():
                still = BerkasMasuk.objects.select_for_update().get(pk=impor.pk)
                if still.status != Status.SIAP:
                    raise DomainError(
                        f"Lembar kerja ini {still.get_status_display().lower()}."
                    )
                write(siap, by=by)
                impor.status, impor.diterapkan_at = Status.DITERAPKAN, timezone.now()
                impor.save(update_fields=["status", "diterapkan_at"])
                event = audit.record(
                    "lembar.terapkan",
                    impor,
                    by=by,
                    changes={"pegawai": (None, len(rencana))},
                    reason=rombongan.alasan,
                    batch=str(rombongan.pk),
                )
                seal(rombongan, event)
        except (StaleDataError, IntegrityError) as error:
            if percobaan == PERCOBAAN - 1:
                raise stale() from error
        else:
            break
    return impor


def cancel_lembar(*, impor: BerkasMasuk, by: User) -> None:
    """Drop a sheet that was not applied."""
    with transaction.atomic():
        impor = BerkasMasuk.objects.select_for_update().get(pk=impor.pk)
        check_owner(impor, by=by)
        if impor.status not in (Status.DIUNGGAH, Status.SIAP):
            raise DomainError(f"Lembar kerja ini {impor.get_status_display().lower()}.")
        refuse_working(impor)
        impor.status = Status.DIBATALKAN
        impor.save(update_fields=["status"])
        audit.record("lembar.batal", impor, by=by)


def request_periksa(*, impor: BerkasMasuk, by: User) -> Job:
    """Ask again for an examination that broke off."""
    with transaction.atomic():
        impor = BerkasMasuk.objects.select_for_update().get(pk=impor.pk)
        check_owner(impor, by=by)
        refuse_working(impor)
        if impor.status != Status.DIUNGGAH:
            raise DomainError("Lembar kerja ini tidak perlu diperiksa ulang.")
        return enqueue_for(impor, JOB_PERIKSA, "Periksa lembar kerja", by=by)


def check_owner(impor: BerkasMasuk, *, by: User) -> None:
    """Refuse sheets of somebody else: they were judged by that person's scope."""
    if impor.created_by_id != by.pk:
        raise DomainError(
            "Lembar kerja ini diunggah petugas lain; hanya ia yang dapat menerapkannya.",
            kode="bukan_pemilik",
        )


# -- Reading --------------------------------------------------------------------------


def _read(content: bytes, kolom: Sequence[str]) -> list[BarisLembar]:
    """Return the rows with clean cells; a formula is noted and its value not taken."""
    tabel = read_table(content)
    nama = map_judul(tabel.header, kolom)
    rumus = find_formulas(content)
    baris = []
    for nomor, cells in tabel.rows:
        satu = BarisLembar(nomor, {})
        for place, (kolom_, cell) in enumerate(
            zip(nama, [*cells, *[None] * (len(nama) - len(cells))], strict=False), 1
        ):
            if not kolom_:
                continue
            teks, keliru = _read_cell(kolom_, cell)
            if (nomor, place) in rumus or teks.startswith("="):
                satu.refuse(
                    kolom_,
                    "rumus",
                    "Sel ini berisi rumus. Rumus tidak dihitung; ketik nilainya.",
                )
                teks = ""
            elif keliru:
                satu.refuse(kolom_, "jadi_angka", keliru)
            satu.sel[kolom_] = teks
        if any(satu.sel.values()):
            baris.append(satu)
    if not baris:
        raise DomainError(
            "Berkas hanya berisi baris judul, jadi tidak ada yang dibandingkan.",
            kode="berkas_kosong",
        )
    return baris


def _read_cell(kolom: str, cell: Cell) -> tuple[str, str]:
    """Return the text of a cell, and what is wrong with how it was stored."""
    match cell:
        case None:
            return "", ""
        case str():
            return _rapikan(kolom, cell), ""
        case int() if kolom in (*NOMOR, NIP):
            return str(cell), (
                "Excel menyimpan nomor ini sebagai bilangan, sehingga angka nol di depan "
                "atau angka akhirnya dapat hilang. Ubah selnya menjadi teks, ketik lagi."
            )
        case dt.date():
            return str(cell), "Excel mengubah isi sel ini menjadi tanggal. Ketik lagi."
        case _:
            return str(cell), ""


def _rapikan(kolom: str, teks: str) -> str:
    """Return a text without what a spreadsheet puts around it; lines of an address stay."""
    bersih = teks.replace("\x00", "").replace("\xa0", " ").replace("\r\n", "\n")
    return bersih.strip() if kolom == "alamat" else " ".join(bersih.split())


# -- Judging --------------------------------------------------------------------------


def _check_rows(
    rows: Sequence[BarisLembar], *, by: User, progress: Progress | None
) -> None:
    """Judge each row against what we hold. The queries do not grow with the rows."""
    acuan = _load_acuan()
    ids = [int(satu.sel[KUNCI]) for satu in rows if _is_angka(satu.sel.get(KUNCI))]
    orang = _load_orang(ids, by=by)
    pertama: dict[int, int] = {}
    for done, satu in enumerate(rows, 1):
        _find(satu, orang, pertama, by=by)
        if satu.pegawai is not None:
            _compare(satu, satu.pegawai, acuan)
        if progress:
            progress(done, len(rows), "Membandingkan baris")


def _load_orang(ids: Iterable[int], *, by: User) -> dict[int, Pegawai]:
    """Return the people among these whom `by` keeps; `di_luar` marks the others."""
    found: dict[int, Pegawai] = {}
    di_dalam = Pegawai.objects.within(get_lingkup_kelola(by)).filter(pk=OuterRef("pk"))
    for some in batched(sorted(set(ids)), BATCH):
        rows = Pegawai.objects.filter(pk__in=some).annotate(di_dalam=Exists(di_dalam))
        found |= {pegawai.pk: pegawai for pegawai in rows}
    return found


def _find(
    satu: BarisLembar,
    orang: Mapping[int, Pegawai],
    pertama: dict[int, int],
    *,
    by: User,
) -> None:
    """Find whose row it is, unless key, version or NIP tell against it."""
    kunci = satu.sel.get(KUNCI, "")
    pegawai = orang.get(int(kunci)) if _is_angka(kunci) else None
    if pegawai is None or not pegawai.di_dalam:  # type: ignore[attr-defined]
        satu.refuse(
            KUNCI,
            "kunci_tidak_dikenal",
            "Baris ini tidak berasal dari lembar kerja portal, atau orangnya di luar "
            "unit yang Anda kelola. Menambah orang tidak lewat lembar ini.",
        )
        return
    if pegawai.user_id == by.pk:
        satu.refuse(KUNCI, "data_sendiri", "Data Anda sendiri dicatat petugas lain.")
        return
    lain = pertama.setdefault(pegawai.pk, satu.nomor)
    if lain != satu.nomor:
        satu.refuse(KUNCI, "ganda", f"Orang ini sudah ada di baris {lain}.")
    if normalize_nip(satu.sel.get(NIP, "")) != pegawai.nip:
        satu.refuse(
            NIP,
            "nip_berbeda",
            "NIP pada baris ini bukan milik orang ini: barisnya tertukar atau NIP "
            "diubah. NIP berubah lewat SK, bukan di sini.",
        )
        return
    satu.pegawai = pegawai
    if satu.sel.get(VERSI) != str(pegawai.versi):
        satu.refuse(
            VERSI,
            "basi",
            "Data orang ini sudah diubah di portal sesudah lembar kerja diunduh. Unduh "
            "lembar baru untuk orang ini, lalu ulangi perubahannya.",
        )


def _compare(
    satu: BarisLembar, pegawai: Pegawai, acuan: Mapping[str, Mapping[str, str]]
) -> None:
    """Work out what the row changes; a value that cannot be is noted on its cell."""
    terlarang = {catatan.kolom for catatan in satu.catatan}
    for kolom, teks in satu.sel.items():
        if kolom in TETAP or kolom in terlarang:
            continue
        lama: str = getattr(pegawai, kolom)
        daftar = acuan.get(kolom)
        if teks == (daftar.get(lama, "") if daftar else _rapikan(kolom, lama)):
            continue
        baru = _find_kode(satu, kolom, teks, daftar) if daftar else teks
        if baru is None or not _is_valid(satu, pegawai, kolom, baru):
            satu.kata[kolom] = [_kata(lama, daftar), teks]
            continue
        if baru != lama:
            satu.isi[kolom] = (lama, baru)
            satu.kata[kolom] = [_kata(lama, daftar), _kata(baru, daftar)]


def _find_kode(
    satu: BarisLembar, kolom: str, teks: str, daftar: Mapping[str, str]
) -> str | None:
    if not teks:
        return ""
    for kode, nama in daftar.items():
        if nama.casefold() == teks.casefold():
            return kode
    satu.refuse(
        kolom,
        "tidak_ada_di_daftar",
        f"{label_isian(kolom)} “{teks[:80]}” tidak ada di daftar. Pilih dari daftar di "
        "lembar kerja.",
    )
    return None


def _is_valid(satu: BarisLembar, pegawai: Pegawai, kolom: str, baru: str) -> bool:
    if pesan := _find_fault(pegawai, kolom, baru):
        satu.refuse(kolom, "tidak_sah", pesan)
    return not pesan


def _find_fault(pegawai: Pegawai, kolom: str, baru: str) -> str:
    """Return why this value cannot be kept, or nothing."""
    panjang = Pegawai._meta.get_field(kolom).max_length or 1000  # type: ignore[union-attr]
    if kolom == "nama" and not baru:
        return "Nama tidak boleh dikosongkan."
    if len(baru) > panjang:
        return f"{label_isian(kolom)} melebihi {panjang} tanda."
    if kolom in SUREL and baru:
        try:
            validate_email(baru)
        except ValidationError:
            return "Surel tidak terbaca; tulis seperti nama@contoh.go.id."
    if kolom == "nomor_hp" and baru and not re.fullmatch(r"[0-9+() .-]{6,}", baru):
        return "Nomor HP hanya berisi angka, paling sedikit enam."
    if kolom == "nik" and baru:
        hasil = check_nik(
            FaktaNik(
                baru,
                jenis_kelamin=JenisKelamin(pegawai.jenis_kelamin),
                tanggal_lahir=pegawai.tanggal_lahir,
            )
        )
        if not hasil.sah:
            return next(a.pesan for a in hasil.alasan if not a.terpenuhi)
    return ""


def _kata(nilai: str, daftar: Mapping[str, str] | None) -> str | None:
    return (daftar.get(nilai, nilai) if daftar else nilai) or None


def _load_acuan() -> dict[str, dict[str, str]]:
    """Return the lists of the sheet: field -> code -> name; one query."""
    per_daftar: dict[str, dict[str, str]] = {}
    for row in Referensi.objects.filter(daftar__in=ACUAN.values()).order_by("kode"):
        per_daftar.setdefault(row.daftar, {})[row.kode] = row.nama
    return {kolom: per_daftar.get(daftar, {}) for kolom, daftar in ACUAN.items()}


def _as_model(
    impor: BerkasMasuk, satu: BarisLembar, *, pk: int | None = None
) -> BarisMasuk:
    pegawai = satu.pegawai
    return BarisMasuk(
        pk=pk,
        impor=impor,
        nomor=satu.nomor,
        hasil=satu.hasil.value,
        nama=(pegawai.nama_lengkap if pegawai else satu.sel.get("nama", ""))[:200],
        nip=satu.sel.get(NIP, "")[:32],
        data=satu.sel,
        catatan=[catatan.as_dict() for catatan in satu.catatan],
        perubahan=satu.kata,
        pegawai_id=pegawai.pk if pegawai else None,
    )


# -- Applying -------------------------------------------------------------------------


def _list_dipilih(impor: BerkasMasuk) -> QuerySet[BarisMasuk]:
    return impor.baris_set.filter(hasil=Hasil.BERUBAH, is_dilewati=False)


def _plan(impor: BerkasMasuk, *, by: User, progress: Progress | None) -> list[Rencana]:
    """Judge the chosen rows again and return what they would write.

    Where one is judged otherwise by now, that is stored and a DomainError says so.
    """
    boleh = {*list_kolom(by), *TETAP}
    tersimpan = {baris.nomor: baris for baris in _list_dipilih(impor).order_by("nomor")}
    rows = [
        BarisLembar(nomor, {k: v for k, v in baris.data.items() if k in boleh})
        for nomor, baris in tersimpan.items()
    ]
    _check_rows(rows, by=by, progress=progress)
    berbeda = [
        satu
        for satu in rows
        if satu.hasil != Hasil.BERUBAH or satu.kata != tersimpan[satu.nomor].perubahan
    ]
    if berbeda:
        with transaction.atomic():
            BarisMasuk.objects.bulk_update(
                [_as_model(impor, s, pk=tersimpan[s.nomor].pk) for s in berbeda],
                ["hasil", "catatan", "perubahan", "pegawai"],
                batch_size=200,
            )
            impor.pesan = (
                f"Data {len(berbeda)} orang berubah di portal sesudah lembar ini "
                "diperiksa, jadi belum ada yang ditulis. Lihat lagi, lalu terapkan."
            )
            count_again(impor)
        raise DomainError(impor.pesan, kode="perbedaan_berubah")
    himpunan = {
        satu.pegawai.pk: satu
        for some in batched([s.pegawai.pk for s in rows if s.pegawai], BATCH)
        for satu in load_himpunan(some)
    }
    return [
        Rencana(
            himpunan[satu.pegawai.pk],
            identitas=dict(satu.isi),
            perubahan=satu.kata,
        )
        for satu in rows
        if satu.pegawai is not None
    ]


def _is_angka(teks: str | None) -> bool:
    return teks is not None and bool(re.fullmatch(r"[0-9]{1,18}", teks))
