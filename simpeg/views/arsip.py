"""Opening a file of the archive: checked, logged, never cached by a proxy."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, Http404, HttpRequest
from django.views.generic import View

from simpeg.jenis_riwayat import ARSIP_TERTUTUP
from simpeg.models import BerkasArsip
from simpeg.permissions import Permission
from simpeg.services.arsip import note_view
from simpeg.views.pegawai import PegawaiMixin


class BerkasDetailView(PegawaiMixin, View):
    permission = Permission.BERKAS_VIEW

    def get(self, request: HttpRequest, **kwargs: Any) -> FileResponse:
        berkas = BerkasArsip.objects.filter(
            pegawai=self.pegawai, pk=kwargs["berkas_pk"]
        ).first()
        if berkas is None:
            raise Http404
        if berkas.jenis in ARSIP_TERTUTUP and not self.is_sensitive_visible:
            raise Http404
        try:
            handle = berkas.berkas.open("rb")
        except FileNotFoundError:
            raise Http404 from None
        note_view(berkas, by=request.user)
        response = FileResponse(
            handle, filename=berkas.nama_berkas, content_type=berkas.content_type
        )
        response["Cache-Control"] = "private, no-store"
        response["X-Content-Type-Options"] = "nosniff"
        # A PDF is drawn by the browser's own reader, nothing in it may run.
        response["Content-Security-Policy"] = (
            "default-src 'none'; style-src 'unsafe-inline'"
        )
        return response
