"""What clients of the API read: people, their riwayat, and what has changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from bkpsdmd.audit.models import Event
from simpeg import models
from simpeg.choices import Eselon, JenisKelamin, StatusKepegawaian
from simpeg.models import KeadaanPegawai, KlienApi, Pegawai
from simpeg.models.lingkup import Lingkup
from simpeg.rules.waktu import add_months

# An event may become visible a little after its moment: its transaction was open.
TUNDA = dt.timedelta(seconds=60)


def get_lingkup_klien(klien: KlienApi) -> Lingkup:
    """Return the people a client may read."""
    return Lingkup.of(list(klien.unit_set.all()))


def list_orang(lingkup: Lingkup) -> QuerySet[KeadaanPegawai]:
    return (
        KeadaanPegawai.objects.within(lingkup)
        .select_related(
            "pegawai",
            "kedudukan",
            "golongan",
            "jabatan",
            "unit_kerja",
            "opd",
            "pendidikan",
        )
        .order_by("pk")
    )


def show_orang(
    row: KeadaanPegawai, *, with_nik: bool, hari_ini: dt.date
) -> dict[str, Any]:
    """Return one person under the names SIASN uses; without the right, without NIK."""
    pegawai, golongan, jabatan = row.pegawai, row.golongan, row.jabatan
    kedudukan, pendidikan = row.kedudukan, row.pendidikan
    tahun, bulan = _masa_kerja(row, hari_ini)
    status = StatusKepegawaian(row.status)
    eselon = Eselon(jabatan.eselon) if jabatan and jabatan.eselon else None
    shown = {
        "id": row.pk,
        "pnsId": pegawai.siasn_id,
        "nipBaru": row.nip,
        "nipLama": pegawai.nip_lama or None,
        "nama": pegawai.nama,
        "gelarDepan": pegawai.gelar_depan or None,
        "gelarBelakang": pegawai.gelar_belakang or None,
        "tempatLahir": pegawai.tempat_lahir or None,
        "tglLahir": pegawai.tanggal_lahir,
        "jenisKelamin": JenisKelamin(pegawai.jenis_kelamin).siasn,
        "agamaId": pegawai.agama or None,
        "jenisKawinId": pegawai.status_kawin or None,
        "emailGov": pegawai.email_dinas or None,
        "jenisPegawaiId": pegawai.jenis_pegawai or None,
        "kedudukanPnsId": kedudukan.kode if kedudukan else None,
        "kedudukanPnsNama": kedudukan.nama if kedudukan else None,
        "statusPegawai": status.siasn or status.label,
        "tkPendidikanTerakhirId": row.pendidikan_id,
        "tkPendidikanTerakhir": pendidikan.nama if pendidikan else None,
        "tahunLulus": row.tahun_lulus,
        "nomorSkCpns": pegawai.sk_cpns_nomor or None,
        "tglSkCpns": pegawai.sk_cpns_tanggal,
        "tmtCpns": pegawai.tmt_cpns,
        "nomorSkPns": pegawai.sk_pns_nomor or None,
        "tglSkPns": pegawai.sk_pns_tanggal,
        "tmtPns": pegawai.tmt_pns,
        "golRuangAkhirId": (golongan.siasn_id or None) if golongan else None,
        "golRuangAkhir": row.golongan_id,
        "pangkatAkhir": (golongan.pangkat or None) if golongan else None,
        "tmtGolAkhir": row.tmt_golongan,
        "mkTahun": tahun,
        "mkBulan": bulan,
        "jenisJabatan": row.jenis_jabatan or None,
        "jabatanId": (jabatan.siasn_id or None) if jabatan else None,
        "jabatanNama": row.jabatan_nama or None,
        "tmtJabatan": row.tmt_jabatan,
        "eselonId": eselon.siasn if eselon else None,
        "eselon": eselon.value if eselon else None,
        "unorId": (row.unit_kerja.siasn_id or None) if row.unit_kerja else None,
        "unorNama": row.unit_kerja.nama if row.unit_kerja else None,
        "unorIndukId": (row.opd.siasn_id or None) if row.opd else None,
        "unorIndukNama": row.opd.nama if row.opd else None,
        "diubahPada": pegawai.updated_at,
    }
    return shown | {"nik": pegawai.nik or None} if with_nik else shown


def _masa_kerja(
    row: KeadaanPegawai, hari_ini: dt.date
) -> tuple[int | None, int | None]:
    """Return masa kerja golongan of today, from that on the TMT."""
    if row.tmt_golongan is None or row.masa_kerja_bulan is None:
        return None, None
    tmt = row.tmt_golongan
    passed = (hari_ini.year - tmt.year) * 12 + hari_ini.month - tmt.month
    if passed > 0 and add_months(tmt, passed) > hari_ini:
        passed -= 1
    return divmod(row.masa_kerja_bulan + max(passed, 0), 12)


# -- Riwayat ----------------------------------------------------------------------------

Tulis = Callable[[Any], Any]


@dataclass(frozen=True)
class JenisApi:
    """A kind of riwayat: its address as SIASN names it, and its fields.

    `butir` maps each name to its type and to what it says of a row; everything may be
    unknown. `kunci` is that of `jenis_riwayat`.
    """

    alamat: str
    judul: str
    kunci: str
    model: type[Any]
    related: tuple[str, ...]
    butir: dict[str, tuple[Any, Tulis]]


def _get(name: str) -> Tulis:
    """Return a reader of one field; an empty text is unknown."""

    def read(row: Any) -> Any:
        value = getattr(row, name)
        return None if value == "" else value

    return read


def _year(name: str) -> Tulis:
    return lambda row: getattr(row, name).year


def _month(name: str) -> Tulis:
    return lambda row: getattr(row, name).month


_SK: dict[str, tuple[Any, Tulis]] = {
    "nomorSk": (str, _get("sk_nomor")),
    "tanggalSk": (dt.date, _get("sk_tanggal")),
}
_SERTIFIKAT: dict[str, tuple[Any, Tulis]] = {
    "institusiPenyelenggara": (str, _get("sk_pejabat")),
    "jumlahJam": (int, _get("jumlah_jam")),
}

RIWAYAT: tuple[JenisApi, ...] = (
    JenisApi(
        "rw-golongan",
        "Riwayat golongan",
        "pangkat",
        models.RiwayatPangkat,
        ("golongan", "jenis"),
        {
            "golonganId": (str, lambda r: r.golongan.siasn_id or None),
            "golongan": (str, _get("golongan_id")),
            "pangkat": (str, lambda r: r.golongan.pangkat or None),
            "skNomor": (str, _get("sk_nomor")),
            "skTanggal": (dt.date, _get("sk_tanggal")),
            "tmtGolongan": (dt.date, _get("tmt")),
            "noPertekBkn": (str, _get("pertek_nomor")),
            "tglPertekBkn": (dt.date, _get("pertek_tanggal")),
            "jenisKPId": (str, _get("jenis_id")),
            "jenisKPNama": (str, lambda r: r.jenis.nama if r.jenis else None),
            "masaKerjaGolonganTahun": (int, lambda r: r.masa_kerja[0]),
            "masaKerjaGolonganBulan": (int, lambda r: r.masa_kerja[1]),
        },
    ),
    JenisApi(
        "rw-jabatan",
        "Riwayat jabatan",
        "jabatan",
        models.RiwayatJabatan,
        ("jabatan", "unit_kerja"),
        {
            "jenisJabatan": (str, lambda r: r.jabatan.jenis or None),
            "namaJabatan": (str, lambda r: r.jabatan.nama),
            "eselon": (str, lambda r: r.jabatan.eselon or None),
            "unorId": (str, lambda r: r.unit_kerja.siasn_id or None),
            "namaUnor": (str, lambda r: r.unit_kerja.nama),
            "tmtJabatan": (dt.date, _get("tmt")),
            "tmtSelesai": (dt.date, _get("tmt_selesai")),
            "tmtPelantikan": (dt.date, _get("tanggal_pelantikan")),
            "jenisPenugasanId": (str, _get("jenis_penugasan")),
            **_SK,
        },
    ),
    JenisApi(
        "rw-pendidikan",
        "Riwayat pendidikan",
        "pendidikan",
        models.RiwayatPendidikan,
        ("tingkat",),
        {
            "tkPendidikanId": (str, _get("tingkat_id")),
            "tkPendidikanNama": (str, lambda r: r.tingkat.nama),
            "pendidikanNama": (str, _get("nama")),
            "namaSekolah": (str, _get("sekolah")),
            "tahunLulus": (int, _get("tahun_lulus")),
            "tglLulus": (dt.date, _get("tanggal_lulus")),
            "nomorIjasah": (str, _get("nomor_ijazah")),
        },
    ),
    JenisApi(
        "rw-diklat",
        "Riwayat diklat struktural",
        "diklat",
        models.RiwayatDiklat,
        (),
        {
            "latihanStrukturalNama": (str, _get("nama")),
            "nomor": (str, _get("sk_nomor")),
            "tanggal": (dt.date, _get("sk_tanggal")),
            "tanggalSelesai": (dt.date, _get("tanggal_selesai")),
            "tahun": (int, _year("tanggal_selesai")),
            **_SERTIFIKAT,
        },
    ),
    JenisApi(
        "rw-kursus",
        "Riwayat kursus dan diklat lain",
        "kursus",
        models.RiwayatKursus,
        ("jenis",),
        {
            "jenisDiklatId": (str, lambda r: r.jenis.kode),
            "namaKursus": (str, _get("nama")),
            "noSertipikat": (str, _get("sk_nomor")),
            "tahunKursus": (int, _year("tanggal_selesai")),
            "tanggalKursus": (dt.date, _get("tanggal_mulai")),
            "tanggalSelesaiKursus": (dt.date, _get("tanggal_selesai")),
            **_SERTIFIKAT,
        },
    ),
    JenisApi(
        "rw-sertifikasi",
        "Riwayat sertifikasi",
        "sertifikasi",
        models.RiwayatSertifikasi,
        (),
        {
            "namaSertifikasi": (str, _get("nama")),
            "nomorSertifikat": (str, _get("sk_nomor")),
            "tanggalSertifikat": (dt.date, _get("sk_tanggal")),
            "masaBerlakuSertMulai": (dt.date, _get("tmt")),
            "masaBerlakuSertSelesai": (dt.date, _get("tmt_selesai")),
        },
    ),
    JenisApi(
        "rw-angkakredit",
        "Riwayat angka kredit",
        "angka-kredit",
        models.RiwayatAngkaKredit,
        (),
        {
            "bulanMulaiPenailan": (int, _month("mulai")),
            "tahunMulaiPenailan": (int, _year("mulai")),
            "bulanSelesaiPenailan": (int, _month("selesai")),
            "tahunSelesaiPenailan": (int, _year("selesai")),
            "kreditUtamaBaru": (float, _get("utama")),
            "kreditPenunjangBaru": (float, _get("penunjang")),
            "kreditBaruTotal": (float, _get("jumlah")),
            **_SK,
        },
    ),
    JenisApi(
        "rw-kgb",
        "Riwayat kenaikan gaji berkala",
        "kgb",
        models.RiwayatKGB,
        (),
        {
            "golongan": (str, _get("golongan_id")),
            "gajiLama": (int, _get("gaji_lama")),
            "gajiBaru": (int, _get("gaji_baru")),
            "tmtGajiBaru": (dt.date, _get("tmt")),
            "masaKerjaTahun": (int, lambda r: r.masa_kerja[0]),
            "masaKerjaBulan": (int, lambda r: r.masa_kerja[1]),
            **_SK,
        },
    ),
    JenisApi(
        "rw-masakerja",
        "Riwayat peninjauan masa kerja",
        "pmk",
        models.RiwayatPMK,
        (),
        {
            "pengalaman": (str, _get("pengalaman")),
            "tanggalAwal": (dt.date, _get("tanggal_mulai")),
            "tanggalSelesai": (dt.date, _get("tanggal_selesai")),
            "nomorBkn": (str, _get("pertek_nomor")),
            "tanggalBkn": (dt.date, _get("pertek_tanggal")),
            "masaKerjaTahun": (int, lambda r: r.masa_kerja[0]),
            "masaKerjaBulan": (int, lambda r: r.masa_kerja[1]),
            **_SK,
        },
    ),
    JenisApi(
        "rw-kontrak",
        "Riwayat perjanjian kerja",
        "kontrak",
        models.RiwayatKontrak,
        (),
        {
            "perpanjanganKe": (int, _get("ke")),
            "nomorPerjanjian": (str, _get("sk_nomor")),
            "tanggalPerjanjian": (dt.date, _get("sk_tanggal")),
            "mulai": (dt.date, _get("tmt")),
            "akhir": (dt.date, _get("tmt_akhir")),
            "golongan": (str, _get("golongan_id")),
            "gaji": (int, _get("gaji_pokok")),
        },
    ),
    JenisApi(
        "rw-penghargaan",
        "Riwayat penghargaan",
        "penghargaan",
        models.RiwayatPenghargaan,
        ("jenis",),
        {
            "hargaId": (str, lambda r: r.jenis.kode),
            "hargaNama": (str, lambda r: r.keterangan or r.jenis.nama),
            "tahun": (int, _get("tahun")),
            "skNomor": (str, _get("sk_nomor")),
            "skDate": (dt.date, _get("sk_tanggal")),
        },
    ),
)


def list_rows(jenis: JenisApi, lingkup: Lingkup) -> QuerySet[Any]:
    """Return the rows in force of a kind, of the people within a scope, by key."""
    rows = jenis.model.objects.berlaku().select_related("pegawai", *jenis.related)
    if not lingkup.semua:
        rows = rows.filter(lingkup.as_q("pegawai__keadaan__"))
    return rows.order_by("pk")


def show_row(jenis: JenisApi, row: Any) -> dict[str, Any]:
    return {
        "id": row.pk,
        "idSiasn": row.siasn_id or None,
        "idPegawai": row.pegawai_id,
        "nipBaru": row.pegawai.nip,
        **{name: tulis(row) for name, (_, tulis) in jenis.butir.items()},
    }


# -- Changes ----------------------------------------------------------------------------

_JENIS = {jenis.kunci: jenis.alamat for jenis in RIWAYAT}
_TINDAKAN = ("tambah", "koreksi", "batal")
KEJADIAN: dict[str, tuple[str, str]] = {
    "pegawai.ubah": ("pegawai", "ubah"),
    "pegawai.nip": ("pegawai", "ubah"),
    "pegawai.impor": ("pegawai", "impor"),
    "pegawai.rekonsiliasi": ("pegawai", "impor"),
    "pegawai.rombongan_batal": ("pegawai", "impor"),
    **{
        f"{kunci}.{tindakan}": (alamat, tindakan)
        for kunci, alamat in _JENIS.items()
        for tindakan in _TINDAKAN
    },
}


def list_perubahan(
    *, sejak: dt.datetime, sesudah_id: int, now: dt.datetime
) -> QuerySet[Event]:
    """Return what happened to people's records from a moment on, the oldest first.

    With `sesudah_id`, what follows that event of exactly that moment. The last minute is
    left out: an act whose transaction was open may still come in. Whose records they
    are is for the caller to look at (`list_terlihat`).
    """
    later = Q(at__gt=sejak) | Q(at=sejak, id__gt=sesudah_id)
    return Event.objects.filter(
        later,
        kind__in=KEJADIAN,
        subject_type=Pegawai._meta.label_lower,
        at__gte=sejak,
        at__lt=now - TUNDA,
    ).order_by("at", "id")


def show_perubahan(event: Event) -> dict[str, Any]:
    sumber, tindakan = KEJADIAN[event.kind]
    return {
        "id": event.pk,
        "waktu": event.at,
        "sumber": sumber,
        "tindakan": tindakan,
        "idPegawai": int(event.subject_id),
        "idRiwayat": int(event.object_id) if sumber != "pegawai" else None,
    }
