"""What everybody may see: the office's emblem, and whether a paper is genuine."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.generic import FormView

from bkpsdmd.documents.models import DokumenTerbit, Naskah, get_kantor
from bkpsdmd.documents.storage import private_response
from bkpsdmd.documents.tte.validation import TandaTanganPdf
from bkpsdmd.documents.verification import (
    count_try,
    find_by_file,
    find_by_kode,
    find_unsigned,
    is_stored_file_intact,
    list_tanda_tangan,
    normalize_kode,
)
from bkpsdmd.exceptions import DomainError
from bkpsdmd.ui.views import PageMixin

CONTENT_TYPES = {"png": "image/png", "svg": "image/svg+xml"}


@method_decorator(login_not_required, name="dispatch")
class LambangView(PageMixin, View):
    """The office's emblem, which the log-in page shows too."""

    permission = None

    def get(self, request: HttpRequest, *args: Any, name: str) -> HttpResponse:
        kantor = get_kantor()
        # Compared, not opened: no name from outside becomes a path.
        if not kantor.lambang or name != kantor.nama_lambang:
            raise Http404
        response = private_response(
            kantor.lambang,
            name=name,
            content_type=CONTENT_TYPES[name.rsplit(".", 1)[1]],
            inline=True,
        )
        # A new emblem has a new name.
        response["Cache-Control"] = "public, max-age=31536000, immutable"
        return response


class PeriksaForm(forms.Form):
    """A code or a file; one of the two."""

    kode = forms.CharField(
        label="Kode periksa",
        max_length=40,
        required=False,
        help_text="16 huruf dan angka di bagian akhir dokumen.",
        widget=forms.TextInput(
            attrs={"autocapitalize": "characters", "spellcheck": "false"}
        ),
    )
    berkas = forms.FileField(
        label="Atau berkas PDF-nya",
        required=False,
        help_text="Berkas hanya dibandingkan, tidak disimpan.",
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("kode") and not data.get("berkas") and not self.errors:
            raise forms.ValidationError(
                "Ketik kode periksa, atau pilih berkas PDF-nya."
            )
        return data


@method_decorator(login_not_required, name="dispatch")
@method_decorator(never_cache, name="dispatch")
class PeriksaView(PageMixin, FormView):
    """Tell whoever holds a paper whether it is genuine and still valid."""

    permission = None
    template_name = "documents/periksa.html"
    form_class = PeriksaForm
    title = "Periksa dokumen"

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        asks = request.method == "POST" or "kode" in kwargs
        if asks and not count_try(request.META.get("REMOTE_ADDR")):
            return render(request, "documents/periksa_ditahan.html", status=429)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        kode = kwargs.get("kode")
        if kode is None:
            return self.render_to_response(self.get_context_data())
        return self._answer_kode(kode)

    def form_valid(self, form: PeriksaForm) -> HttpResponse:
        kode, berkas = form.cleaned_data["kode"], form.cleaned_data["berkas"]
        if not berkas:
            return self._answer_kode(kode)
        try:
            found = find_by_file(berkas)
        except DomainError as error:
            form.add_error(error.kolom, error.pesan)
            return self.form_invalid(form)
        if found and kode and found.kode_periksa != normalize_kode(kode):
            found = None
        unsigned = None if found else find_unsigned(file=berkas)
        # A file nobody issued may still carry signatures: say whose, and how they stand.
        lain = list_tanda_tangan(berkas) if not found and not unsigned else ()
        return self._answer(found, unsigned, is_file=True, tanda_tangan=lain)

    def _answer_kode(self, kode: str) -> HttpResponse:
        found = find_by_kode(kode)
        unsigned = None if found else find_unsigned(kode)
        return self._answer(found, unsigned, is_file=False, kode=kode)

    def _answer(
        self,
        dokumen: DokumenTerbit | None,
        unsigned: Naskah | None,
        *,
        is_file: bool,
        kode: str = "",
        tanda_tangan: Sequence[TandaTanganPdf] = (),
    ) -> HttpResponse:
        is_utuh = dokumen is not None and is_stored_file_intact(dokumen)
        if dokumen is not None and is_utuh:
            with dokumen.berkas.open("rb") as stored:
                tanda_tangan = list_tanda_tangan(stored)
        return self.render_to_response(
            self.get_context_data(
                # A mistyped code is corrected, not typed anew.
                form=self.form_class(
                    initial={} if dokumen or unsigned else {"kode": kode}
                ),
                ditanya=True,
                is_file=is_file,
                dokumen=dokumen,
                unsigned=unsigned,
                tanda_tangan=tanda_tangan,
                akhir=dokumen.akhir_atau_none if dokumen else None,
                is_utuh=is_utuh,
            )
        )
