"""Pages on who a person is: correcting a NIP, linking two records, releasing a link."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.forms import BaseForm
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import FormView, TemplateView

from bkpsdmd.ui.components import Nada, Perubahan
from bkpsdmd.ui.formats import format_nip, format_tanggal
from bkpsdmd.ui.views import Crumb, FormPageMixin, ListPageMixin, PageMixin
from simpeg.choices import StatusTautan
from simpeg.exceptions import NeedsConfirmationError
from simpeg.forms.identitas import (
    KoreksiNipForm,
    LepasForm,
    PutusanForm,
    UsulTautanForm,
)
from simpeg.models import Pegawai, TautanPegawai
from simpeg.permissions import Permission
from simpeg.selectors.akses import get_lingkup
from simpeg.selectors.identitas import list_calon, list_nip_lama, list_tautan
from simpeg.services import identitas
from simpeg.views.pegawai import PegawaiMixin

NADA = {
    StatusTautan.DIUSULKAN: Nada.WARN,
    StatusTautan.DISETUJUI: Nada.OK,
    StatusTautan.DITOLAK: Nada.BAD,
    StatusTautan.DILEPAS: Nada.NETRAL,
}


class NipCorrectView(PegawaiMixin, FormPageMixin, FormView):
    permission = Permission.NIP_CORRECT
    template_name = "simpeg/identitas/nip.html"
    form_class = KoreksiNipForm
    title = "Koreksi NIP"
    submit_label = "Simpan NIP baru"
    keep_draft = False
    peringatan: Sequence[Any] = ()
    panduan = (
        "NIP hanya berubah menurut SK; isi NIP sebagaimana tertulis padanya.",
        "NIP lama tetap menemukan orangnya di kotak pencarian.",
        "Nama masuk akunnya ikut berubah: beri tahu yang bersangkutan.",
    )

    def has_permission(self) -> bool:
        return super().has_permission() and self.can_change

    def perform(self, form: BaseForm) -> Any:
        data = dict(form.cleaned_data)
        try:
            return identitas.correct_nip(
                pegawai=self.pegawai,
                by=self.request.user,
                per_tanggal=timezone.localdate(),
                **data,
            )
        except NeedsConfirmationError as error:
            self.peringatan = error.peringatan
            form.ask_confirmation()  # type: ignore[attr-defined]
            raise

    def get_success_message(self, hasil: Any) -> str:
        return "NIP baru tersimpan; NIP lama tetap menemukan orangnya."

    def get_success_url(self) -> str:
        return reverse("simpeg:pegawai-bagian", args=[self.pegawai.pk, "data-utama"])

    def get_cancel_url(self) -> str:
        return self.get_success_url()

    def get_breadcrumbs(self) -> Sequence[Crumb]:
        return [
            *super().get_breadcrumbs(),
            (self.pegawai.nama_lengkap, self.pegawai.get_absolute_url()),
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            peringatan=self.peringatan,
            nip_lama=list_nip_lama(self.pegawai),
            **kwargs,
        )


class TautanMixin(PageMixin):
    """A page on two records of one person; it may concern anybody of the office."""

    permission = Permission.IDENTITAS_MANAGE
    active_menu = "simpeg:tautan-list"
    kwargs: dict[str, Any]

    def has_permission(self) -> bool:
        return super().has_permission() and get_lingkup(self.request.user).semua

    @cached_property
    def tautan(self) -> TautanPegawai:
        return get_object_or_404(list_tautan(), pk=self.kwargs["pk"])

    def get_breadcrumbs(self) -> Sequence[Crumb]:
        above: list[Crumb] = [("Data Ganda", reverse("simpeg:tautan-list"))]
        return above


class TautanListView(TautanMixin, ListPageMixin, TemplateView):
    template_name = "simpeg/identitas/list.html"
    fragment_template = "simpeg/identitas/_table.html"
    title = "Data Ganda"
    satuan = "tautan"
    sorts = {"terbaru": ("-id",)}
    panduan = (
        "Calon data ganda: NIK sama, atau nama dan tanggal lahir sama.",
        "Periksa buktinya, lalu usulkan; petugas lain memutus.",
        "Kedua data tetap ada, dengan satu akun. Tautan yang keliru dapat dilepas.",
    )

    def get_breadcrumbs(self) -> Sequence[Crumb]:
        return ()

    def get_queryset(self) -> QuerySet[TautanPegawai]:
        return list_tautan()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        for one in context["daftar"].rows:
            one.nada = NADA[StatusTautan(one.status)]
        if not self.is_fragment():
            context["calon"] = list_calon()
        return context


class TautanCreateView(TautanMixin, FormPageMixin, FormView):
    template_name = "simpeg/identitas/usul.html"
    form_class = UsulTautanForm
    title = "Usulkan tautan"
    submit_label = "Usulkan"
    keep_draft = False
    success_message = "Diusulkan; petugas lain memutusnya."
    panduan = (
        "Isi NIP kedua data; dari daftar calon keduanya sudah terisi.",
        "Tulis bukti bahwa keduanya satu orang.",
        "Petugas lain memutus; sebelum itu tidak ada yang berubah.",
    )

    def get_initial(self) -> dict[str, Any]:
        """Fill in the pair of a candidate: the address carries keys, never a NIP."""
        asked = [self.request.GET.get(name, "") for name in ("satu", "dua")]
        ids = [int(pk) for pk in asked if pk.isascii() and pk.isdigit()]
        people = Pegawai.objects.in_bulk(ids)
        return {
            name: format_nip(people[pk].nip)
            for name, pk in zip(("satu", "dua"), ids, strict=False)
            if pk in people
        }

    def perform(self, form: BaseForm) -> TautanPegawai:
        return identitas.propose_tautan(**form.cleaned_data, by=self.request.user)

    def get_success_url_for(self, hasil: Any) -> str:
        return reverse("simpeg:tautan-decide", args=[hasil.pk])

    def get_cancel_url(self) -> str:
        return reverse("simpeg:tautan-list")


class TautanDecideView(TautanMixin, FormPageMixin, FormView):
    """Both records side by side, and the decision of another officer."""

    template_name = "simpeg/identitas/tautan.html"
    form_class = PutusanForm
    submit_label = "Simpan putusan"
    keep_draft = False
    panduan = (
        "Bandingkan kedua data; baris yang berbeda ditandai.",
        "Yang memutus bukan yang mengusulkan.",
        "Bila satu orang: akun data baru yang dipakai, akun data lama ditutup.",
    )

    def get_title(self) -> str:
        return self.tautan.baru.nama_lengkap

    @property
    def can_decide(self) -> bool:
        return (
            self.tautan.status == StatusTautan.DIUSULKAN
            and self.tautan.diusulkan_by_id != self.request.user.pk
        )

    def perform(self, form: BaseForm) -> TautanPegawai:
        return identitas.decide_tautan(
            tautan=self.tautan,
            is_setuju=form.cleaned_data["putusan"] == "setuju",
            catatan=form.cleaned_data["catatan"],
            by=self.request.user,
            now=timezone.now(),
        )

    def get_success_message(self, hasil: Any) -> str:
        return f"Putusan tersimpan: {hasil.get_status_display().lower()}."

    def get_success_url(self) -> str:
        return reverse("simpeg:tautan-decide", args=[self.tautan.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        lama, baru = self.tautan.lama, self.tautan.baru
        return super().get_context_data(
            tautan=self.tautan,
            nada=NADA[StatusTautan(self.tautan.status)],
            can_decide=self.can_decide,
            can_release=self.tautan.status == StatusTautan.DISETUJUI,
            banding=[self._compare(label, name, lama, baru) for label, name in BANDING],
            **kwargs,
        )

    def _compare(
        self, label: str, name: str, lama: Pegawai, baru: Pegawai
    ) -> Perubahan:
        """Return one line; of a NIK whether it is the same, to who may not read it."""
        one, two = _show(lama, name), _show(baru, name)
        if name == "nik" and not self.request.user.has_perm(
            Permission.PEGAWAI_SENSITIVE
        ):
            same = "(disembunyikan)" if one == two else "(disembunyikan, berbeda)"
            return Perubahan(label, "(disembunyikan)", same)
        return Perubahan(label, one, two)


BANDING = (
    ("Nama", "nama"),
    ("NIP", "nip"),
    ("NIK", "nik"),
    ("Tempat lahir", "tempat_lahir"),
    ("Tanggal lahir", "tanggal_lahir"),
    ("Jenis kelamin", "jenis_kelamin"),
    ("Jenis ASN", "jenis_asn"),
    ("TMT CPNS/PPPK", "tmt_cpns"),
)


def _show(orang: Pegawai, name: str) -> str:
    value = getattr(orang, name)
    if name == "nip":
        return format_nip(value)
    if orang._meta.get_field(name).choices:  # type: ignore[union-attr]
        return str(getattr(orang, f"get_{name}_display")())
    return format_tanggal(value) if hasattr(value, "year") else str(value or "")


class TautanReleaseView(TautanMixin, FormPageMixin, FormView):
    template_name = "simpeg/identitas/lepas.html"
    form_class = LepasForm
    title = "Lepas tautan"
    submit_label = "Lepas tautan"
    success_message = "Tautan dilepas; akunnya kembali seperti semula."
    panduan = (
        "Pakai bila ternyata keduanya bukan satu orang.",
        "Kedua data tidak berubah; akunnya kembali seperti sebelum ditautkan.",
        "Alasannya tercatat di jejak kedua orang.",
    )

    def perform(self, form: BaseForm) -> TautanPegawai:
        return identitas.release_tautan(
            tautan=self.tautan,
            alasan=form.cleaned_data["alasan"],
            by=self.request.user,
            now=timezone.now(),
        )

    def get_success_url(self) -> str:
        return reverse("simpeg:tautan-decide", args=[self.tautan.pk])

    def get_cancel_url(self) -> str:
        return self.get_success_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(tautan=self.tautan, **kwargs)
