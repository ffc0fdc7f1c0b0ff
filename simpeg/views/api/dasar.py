"""Who asks, how often, and how an error reads: what every address of the API shares."""

from __future__ import annotations

import math
import re
from collections.abc import Collection
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.security import HttpBearer
from pydantic import Field

from bkpsdmd.audit.context import get_source
from simpeg.choices import CakupanApi
from simpeg.models import KlienApi
from simpeg.models.lingkup import Lingkup
from simpeg.selectors.api import get_lingkup_klien
from simpeg.services.api import find_klien, note_access, take_turn
from simpeg.services.pembukaan import note_pembacaan_api

# Names under which people put tokens into addresses, where logs would keep them.
NAMA_TOKEN = ("token", "access_token", "api_key", "apikey", "authorization")


class Galat(Schema):
    """Every error: a code that stays the same, and a sentence for people."""

    kode: str = Field(description="Kode tetap untuk program.")
    pesan: str = Field(description="Penjelasan dalam bahasa Indonesia.")


GALAT: dict[int, Any] = dict.fromkeys((400, 401, 403, 404, 422, 429), Galat)


class ApiError(Exception):
    """What ends a request with an answer in words."""

    def __init__(self, status: int, kode: str, pesan: str, tunggu: int = 0) -> None:
        super().__init__(kode)
        self.status, self.kode, self.pesan, self.tunggu = status, kode, pesan, tunggu


class TokenAuth(HttpBearer):
    """A token in the Authorization header, of a client that holds today."""

    openapi_description = "Token klien; diberikan sekali oleh admin portal."

    def __call__(self, request: HttpRequest) -> Any:
        if any(name.lower() in NAMA_TOKEN for name in request.GET):
            raise ApiError(
                400,
                "token_di_alamat",
                "Token tidak boleh ditulis di alamat. Kirim lewat kepala Authorization, "
                "lalu minta admin mengganti token ini.",
            )
        return super().__call__(request)

    def authenticate(self, request: HttpRequest, token: str) -> KlienApi | None:
        now = timezone.now()
        klien = find_klien(token, per_tanggal=timezone.localdate())
        if klien is None:
            return None
        tunggu = take_turn(klien, now=now)
        if tunggu:
            raise ApiError(
                429,
                "terlalu_sering",
                f"Batas {klien.batas_per_menit} permintaan per menit terlampaui. Coba "
                f"lagi {math.ceil(tunggu)} detik lagi.",
                tunggu=tunggu,
            )
        request.klien = klien  # type: ignore[attr-defined]
        _refuse_unknown(request)
        return klien


def _refuse_unknown(request: HttpRequest) -> None:
    """Refuse a word in the address that means nothing here: most often a misspelt one."""
    match = request.resolver_match
    route = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", match.route if match else "")
    known = _list_known().get((f"/{route}", (request.method or "").lower()))
    if known is not None and (unknown := sorted(set(request.GET) - known)):
        raise ApiError(
            422,
            "isian_tidak_dikenal",
            f"Isian ini tidak dikenal: {', '.join(unknown)[:200]}.",
        )


@lru_cache(maxsize=1)
def _list_known() -> dict[tuple[str, str], frozenset[str]]:
    """Return the names each address takes after its "?", as the API describes itself."""
    return {
        (path, method): frozenset(
            one["name"]
            for one in operation.get("parameters", ())
            if one["in"] == "query"
        )
        for path, operations in api.get_openapi_schema()["paths"].items()
        for method, operation in operations.items()
    }


api = NinjaAPI(
    title="API Portal Kepegawaian",
    version="1",
    description=(
        "Data pegawai dan riwayatnya dengan nama isian SIASN. Tanggal ditulis "
        "YYYY-MM-DD, waktu menurut ISO 8601. Isian yang belum tercatat bernilai null."
    ),
    docs_url=None,
    openapi_url=None,
    urls_namespace="api",
    auth=TokenAuth(),
)


def require(request: HttpRequest, *cakupan: CakupanApi) -> Lingkup:
    """Return whose records the client may read; raises ApiError without the scope."""
    klien: KlienApi = request.klien  # type: ignore[attr-defined]
    for one in cakupan:
        if not klien.has_cakupan(one):
            raise ApiError(
                403,
                "di_luar_cakupan",
                f"Klien ini tidak mempunyai cakupan {one.label.lower()}.",
            )
    return get_lingkup_klien(klien)


def not_found() -> ApiError:
    return ApiError(
        404, "tidak_ditemukan", "Pegawai ini tidak ada atau di luar unit klien ini."
    )


def note(
    request: HttpRequest, *, status: int, baris: int = 0, pegawai_id: int | None = None
) -> None:
    """Write the request down under the pattern of its address, never its values."""
    match = request.resolver_match
    route = match.route if match else ""
    note_access(
        klien=request.klien,  # type: ignore[attr-defined]
        sumber=f"{request.method} /{route}",
        status=status,
        baris=baris,
        pegawai_id=pegawai_id,
        ip=get_source().ip,
        now=timezone.now(),
    )


def note_read(
    request: HttpRequest,
    *,
    bagian: str,
    ids: Collection[int],
    baris: int,
    pegawai_id: int | None = None,
) -> None:
    """Write down what was given, and on each person concerned that it was read."""
    note(request, status=200, baris=baris, pegawai_id=pegawai_id)
    note_pembacaan_api(
        ids=ids,
        bagian=bagian,
        klien=request.klien,  # type: ignore[attr-defined]
        now=timezone.now(),
    )


def _answer(status: int, kode: str, pesan: str) -> HttpResponse:
    return api.create_response(None, {"kode": kode, "pesan": pesan}, status=status)  # type: ignore[arg-type]


@api.exception_handler(ApiError)
def on_api_error(request: HttpRequest, error: ApiError) -> HttpResponse:
    if hasattr(request, "klien"):
        note(request, status=error.status)
    response = _answer(error.status, error.kode, error.pesan)
    if error.tunggu:
        response["Retry-After"] = str(error.tunggu)
    return response


@api.exception_handler(AuthenticationError)
def on_no_token(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    response = _answer(
        401,
        "token_tidak_berlaku",
        "Kirim token klien yang masih berlaku: Authorization: Bearer <token>.",
    )
    response["WWW-Authenticate"] = 'Bearer realm="Portal Kepegawaian"'
    return response


@api.exception_handler(HttpError)
def on_unreadable(request: HttpRequest, error: HttpError) -> HttpResponse:
    return _answer(400, "badan_salah", "Badan permintaan bukan JSON yang dapat dibaca.")


@api.exception_handler(ValidationError)
def on_wrong_input(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Name the fields that are wrong, never what was typed into them."""
    names = sorted({str(one["loc"][-1]) for one in error.errors})
    if hasattr(request, "klien"):
        note(request, status=422)
    return _answer(
        422, "isian_salah", f"Isian ini salah atau kurang: {', '.join(names)[:200]}."
    )
