"""The addresses of the API, version 1."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Path, Query, Schema
from pydantic import BeforeValidator, create_model

from simpeg.choices import CakupanApi
from simpeg.models import KeadaanPegawai, KlienApi
from simpeg.selectors.api import (
    RIWAYAT,
    JenisApi,
    list_orang,
    list_perubahan,
    list_rows,
    show_orang,
    show_perubahan,
    show_row,
)
from simpeg.selectors.perorangan import list_terlihat
from simpeg.views.api.dasar import GALAT, api, not_found, note, note_read, require

TERBESAR = 2**63 - 1
UKURAN = 100
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
UKURAN_TERBESAR = 500
_WAKTU = re.compile(
    r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,6})?(Z|[+-]\d{2}:\d{2})"
)
_PENUNJUK = re.compile(r"(\d{1,16})-(\d{1,18})")

Kunci = Annotated[int, Path(ge=1, le=TERBESAR, description="id pegawai di portal")]
Sesudah = Annotated[
    int,
    Query(
        ge=0,
        le=TERBESAR,
        description="berikutnya dari jawaban sebelumnya; 0 untuk halaman pertama",
    ),
]
Ukuran = Annotated[
    int, Query(ge=1, le=UKURAN_TERBESAR, description="paling banyak baris satu jawaban")
]


class PegawaiOut(Schema):
    """Data utama; nama isian menurut SIASN."""

    id: int
    pnsId: str | None  # noqa: N815
    nipBaru: str  # noqa: N815
    nipLama: str | None  # noqa: N815
    nama: str
    gelarDepan: str | None  # noqa: N815
    gelarBelakang: str | None  # noqa: N815
    tempatLahir: str | None  # noqa: N815
    tglLahir: dt.date  # noqa: N815
    jenisKelamin: str  # noqa: N815
    agamaId: str | None  # noqa: N815
    jenisKawinId: str | None  # noqa: N815
    emailGov: str | None  # noqa: N815
    jenisPegawaiId: str | None  # noqa: N815
    kedudukanPnsId: str | None  # noqa: N815
    kedudukanPnsNama: str | None  # noqa: N815
    statusPegawai: str  # noqa: N815
    tkPendidikanTerakhirId: str | None  # noqa: N815
    tkPendidikanTerakhir: str | None  # noqa: N815
    tahunLulus: int | None  # noqa: N815
    nomorSkCpns: str | None  # noqa: N815
    tglSkCpns: dt.date | None  # noqa: N815
    tmtCpns: dt.date | None  # noqa: N815
    nomorSkPns: str | None  # noqa: N815
    tglSkPns: dt.date | None  # noqa: N815
    tmtPns: dt.date | None  # noqa: N815
    golRuangAkhirId: str | None  # noqa: N815
    golRuangAkhir: str | None  # noqa: N815
    pangkatAkhir: str | None  # noqa: N815
    tmtGolAkhir: dt.date | None  # noqa: N815
    mkTahun: int | None  # noqa: N815
    mkBulan: int | None  # noqa: N815
    jenisJabatan: str | None  # noqa: N815
    jabatanId: str | None  # noqa: N815
    jabatanNama: str | None  # noqa: N815
    tmtJabatan: dt.date | None  # noqa: N815
    eselonId: str | None  # noqa: N815
    eselon: str | None
    unorId: str | None  # noqa: N815
    unorNama: str | None  # noqa: N815
    unorIndukId: str | None  # noqa: N815
    unorIndukNama: str | None  # noqa: N815
    diubahPada: dt.datetime  # noqa: N815
    nik: str | None = Field(None, description="Hanya bagi klien dengan cakupan NIK.")


class HalamanPegawai(Schema):
    data: list[PegawaiOut]
    berikutnya: int | None


class CariIn(Schema):
    nipBaru: list[Annotated[str, Field(pattern=r"^[0-9]{18}$")]] = Field(  # noqa: N815
        min_length=1, max_length=100
    )


class PerubahanOut(Schema):
    id: int
    waktu: dt.datetime
    sumber: str = Field(description="`pegawai`, atau alamat riwayatnya.")
    tindakan: str = Field(description="`ubah`, `impor`, `tambah`, `koreksi`, `batal`.")
    idPegawai: int  # noqa: N815
    idRiwayat: int | None  # noqa: N815


class HalamanPerubahan(Schema):
    data: list[PerubahanOut]
    berikutnya: str | None


def _is_waktu(value: object) -> object:
    """Let only a moment with its zone through; pydantic would take plain numbers too."""
    if not isinstance(value, str) or not _WAKTU.fullmatch(value):
        raise ValueError("bukan waktu ISO 8601 dengan zona")
    return value


Waktu = Annotated[
    dt.datetime,
    BeforeValidator(_is_waktu),
    Query(description="waktu ISO 8601 dengan zona, mis. 2026-11-26T08:00:00+08:00"),
]


# -- Data utama -------------------------------------------------------------------------


def _show_all(
    request: HttpRequest,
    rows: Sequence[KeadaanPegawai],
    *,
    pegawai_id: int | None = None,
) -> list[dict[str, Any]]:
    """Return people as the client may see them, and write that down."""
    klien: KlienApi = request.klien  # type: ignore[attr-defined]
    hari_ini = timezone.localdate()
    with_nik = klien.has_cakupan(CakupanApi.NIK)
    note_read(
        request,
        bagian="Data utama dan NIK" if with_nik else "Data utama tanpa NIK",
        ids=[row.pk for row in rows],
        baris=len(rows),
        pegawai_id=pegawai_id,
    )
    return [show_orang(row, with_nik=with_nik, hari_ini=hari_ini) for row in rows]


@api.get(
    "/pegawai",
    response={200: HalamanPegawai, **GALAT},
    exclude_unset=True,
    summary="Daftar pegawai",
    operation_id="pegawai_list",
    tags=["Pegawai"],
)
def list_pegawai(
    request: HttpRequest, sesudah: Sesudah = 0, ukuran: Ukuran = UKURAN
) -> dict[str, Any]:
    """Semua pegawai dalam unit klien, aktif dan tidak, menurut id."""
    lingkup = require(request, CakupanApi.PEGAWAI)
    rows = list(list_orang(lingkup).filter(pk__gt=sesudah)[: ukuran + 1])
    page = rows[:ukuran]
    return {
        "data": _show_all(request, page),
        "berikutnya": page[-1].pk if len(rows) > ukuran else None,
    }


@api.post(
    "/pegawai/cari",
    response={200: HalamanPegawai, **GALAT},
    exclude_unset=True,
    summary="Cari pegawai menurut NIP",
    operation_id="pegawai_cari",
    tags=["Pegawai"],
)
def find_pegawai(request: HttpRequest, isi: CariIn) -> dict[str, Any]:
    """NIP dikirim di badan permintaan, bukan di alamat. Yang tidak ada dilewati."""
    lingkup = require(request, CakupanApi.PEGAWAI)
    rows = list(list_orang(lingkup).filter(nip__in=isi.nipBaru))
    return {"data": _show_all(request, rows), "berikutnya": None}


@api.get(
    "/pegawai/{id}",
    response={200: PegawaiOut, **GALAT},
    exclude_unset=True,
    summary="Satu pegawai",
    operation_id="pegawai_detail",
    tags=["Pegawai"],
)
def get_pegawai(request: HttpRequest, id: Kunci) -> dict[str, Any]:
    lingkup = require(request, CakupanApi.PEGAWAI)
    row = list_orang(lingkup).filter(pk=id).first()
    if row is None:
        raise not_found()
    return _show_all(request, [row], pegawai_id=id)[0]


# -- Riwayat ----------------------------------------------------------------------------


def _schema_of(jenis: JenisApi) -> type[Schema]:
    name = jenis.alamat.replace("-", " ").title().replace(" ", "")
    fields: dict[str, Any] = {
        "id": (int, ...),
        "idSiasn": (str | None, ...),
        "idPegawai": (int, ...),
        "nipBaru": (str, ...),
        **{nama: (jenis_ | None, ...) for nama, (jenis_, _) in jenis.butir.items()},
    }
    return create_model(name, __base__=Schema, __doc__=jenis.judul, **fields)


def _add_riwayat(jenis: JenisApi) -> None:
    """Add the two addresses of a kind: of everybody, and of one person."""
    baris = _schema_of(jenis)
    halaman = create_model(
        f"Halaman{baris.__name__}",
        __base__=Schema,
        data=(list[baris], ...),  # type: ignore[valid-type]
        berikutnya=(int | None, ...),
    )
    kata = jenis.alamat.replace("-", "_")

    def list_riwayat(
        request: HttpRequest, sesudah: Sesudah = 0, ukuran: Ukuran = UKURAN
    ) -> dict[str, Any]:
        lingkup = require(request, CakupanApi.RIWAYAT)
        rows = list(list_rows(jenis, lingkup).filter(pk__gt=sesudah)[: ukuran + 1])
        page = rows[:ukuran]
        note_read(
            request,
            bagian=jenis.judul,
            ids={row.pegawai_id for row in page},
            baris=len(page),
        )
        return {
            "data": [show_row(jenis, row) for row in page],
            "berikutnya": page[-1].pk if len(rows) > ukuran else None,
        }

    def list_riwayat_orang(request: HttpRequest, id: Kunci) -> dict[str, Any]:
        lingkup = require(request, CakupanApi.RIWAYAT)
        if id not in list_terlihat([id], lingkup):
            raise not_found()
        rows = [
            show_row(jenis, row) for row in list_rows(jenis, lingkup).filter(pegawai=id)
        ]
        note_read(request, bagian=jenis.judul, ids=[id], baris=len(rows), pegawai_id=id)
        return {"data": rows, "berikutnya": None}

    api.get(
        f"/{jenis.alamat}",
        response={200: halaman, **GALAT},
        summary=f"{jenis.judul}, semua pegawai",
        operation_id=f"{kata}_list",
        tags=["Riwayat"],
    )(list_riwayat)
    api.get(
        f"/pegawai/{{id}}/{jenis.alamat}",
        response={200: halaman, **GALAT},
        summary=f"{jenis.judul}, satu pegawai",
        operation_id=f"pegawai_{kata}",
        tags=["Riwayat"],
    )(list_riwayat_orang)


for _jenis in RIWAYAT:
    _add_riwayat(_jenis)


# -- Perubahan --------------------------------------------------------------------------


@api.get(
    "/perubahan",
    response={200: HalamanPerubahan, **GALAT},
    summary="Perubahan sejak suatu waktu",
    operation_id="perubahan_list",
    tags=["Perubahan"],
)
def list_changes(
    request: HttpRequest,
    sejak: Waktu,
    sesudah: Annotated[
        str,
        Query(
            pattern=r"^([0-9]{1,16}-[0-9]{1,18})?$",
            description="berikutnya dari jawaban sebelumnya; sejak lalu diabaikan",
        ),
    ] = "",
    ukuran: Ukuran = UKURAN,
) -> dict[str, Any]:
    """Apa yang berubah, dari yang terlama; isinya diambil lagi dari alamat sumbernya.

    Satu jawaban boleh memuat lebih sedikit baris daripada `ukuran`: teruskan sampai
    berikutnya null. Perubahan tampak paling cepat semenit sesudah terjadi.
    """
    lingkup = require(request, CakupanApi.PERUBAHAN)
    now = timezone.now()
    # Before the first portal and after today lies nothing, whatever the calendar says.
    moment, after = (EPOCH if sejak.year < 1971 else min(sejak, now)), 0
    if match := _PENUNJUK.fullmatch(sesudah):
        moment = EPOCH + dt.timedelta(microseconds=int(match[1]))
        after = int(match[2])
    found = list(list_perubahan(sejak=moment, sesudah_id=after, now=now)[: ukuran + 1])
    page = found[:ukuran]
    visible = list_terlihat([int(event.subject_id) for event in page], lingkup)
    rows = [show_perubahan(event) for event in page if int(event.subject_id) in visible]
    note(request, status=200, baris=len(rows))
    last = page[-1] if len(found) > ukuran else None
    return {
        "data": rows,
        "berikutnya": f"{_micros(last.at)}-{last.pk}" if last else None,
    }


def _micros(moment: dt.datetime) -> int:
    """Return a moment as whole microseconds, without rounding."""
    return (moment - EPOCH) // dt.timedelta(microseconds=1)


def build_urls() -> tuple[list[Any], str, str]:
    """Return the addresses, each with its own guard instead of the log-in page."""
    patterns, app, namespace = api.urls
    for pattern in patterns:
        if hasattr(pattern, "callback"):
            pattern.callback.login_required = False
    return patterns, app, namespace
