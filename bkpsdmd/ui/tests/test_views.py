from typing import Any, ClassVar

import django_filters
import pytest
from django import forms
from django.contrib.auth.decorators import login_not_required
from django.contrib.messages.storage.fallback import FallbackStorage
from django.core.exceptions import PermissionDenied
from django.db import OperationalError, connection
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import resolve
from django.utils.decorators import method_decorator
from django.views.generic import FormView, TemplateView
from django_htmx.middleware import HtmxDetails

from bkpsdmd.accounts.models import User
from bkpsdmd.accounts.roles import Role
from bkpsdmd.exceptions import DomainError, StaleDataError
from bkpsdmd.ui.permissions import Permission
from bkpsdmd.ui.views import SIBUK, FormPageMixin, ListPageMixin, PageMixin


class Halaman(PageMixin, TemplateView):
    template_name = "ui/bantuan.html"
    permission = Permission.GALERI_VIEW
    title = "Contoh"


class HalamanLupaIzin(PageMixin, TemplateView):
    template_name = "ui/bantuan.html"


@method_decorator(login_not_required, name="dispatch")
class HalamanUmum(PageMixin, TemplateView):
    template_name = "ui/bantuan.html"
    title = "Umum"


class NamaForm(forms.Form):
    nama = forms.CharField(label="Nama")


class NamaView(FormPageMixin, FormView):
    permission = Permission.BERANDA_VIEW
    form_class = NamaForm
    title = "Ganti nama"
    success_url = "/bantuan/"
    success_message = "Nama tersimpan."
    error: ClassVar[Exception | None] = None

    def perform(self, form: forms.Form) -> str:
        if self.error:
            raise self.error
        return form.cleaned_data["nama"]


class AkunFilter(django_filters.FilterSet):
    q = django_filters.CharFilter("nama", "icontains", label="Nama")
    is_active = django_filters.BooleanFilter(label="Aktif")
    sejak = django_filters.DateFilter("created_at", "date__gte", label="Sejak")

    class Meta:
        model = User
        fields: ClassVar[list[str]] = []


class AkunListView(ListPageMixin, TemplateView):
    permission = Permission.BERANDA_VIEW
    template_name = "ui/tests/akun.html"
    fragment_template = "components/pager.html"
    title = "Akun"
    filterset_class = AkunFilter
    main_filters = ("q",)
    sorts = {"nama": ("nama",), "aktif": ("-is_active", "nama")}
    page_sizes = (3, 5)
    satuan = "akun"

    def get_queryset(self) -> QuerySet[User]:
        return User.objects.all()


@pytest.fixture
def ask(rf: RequestFactory, make_user: Any) -> Any:
    """Call a view as a person with these roles, as the middleware would."""

    def call(view: Any, *roles: Role, data: Any = None, **headers: str) -> HttpResponse:
        send = rf.post if data is not None else rf.get
        path = headers.pop("path", "/bantuan/")
        request: Any = send(path, data, headers=headers)
        request.user = make_user(*roles)
        request.session = {}
        request.htmx = HtmxDetails(request)
        request.resolver_match = resolve("/bantuan/")
        request._messages = FallbackStorage(request)
        response = view.as_view()(request)
        response.asked = request
        return response

    return call


# -- Permission ---------------------------------------------------------------------


def test_page_opens_for_a_role_that_may(ask: Any) -> None:
    assert ask(Halaman, Role.ADMIN).status_code == 200


def test_page_is_refused_to_a_role_that_may_not(ask: Any) -> None:
    with pytest.raises(PermissionDenied):
        ask(Halaman, Role.PEGAWAI)


def test_page_without_permission_is_refused_even_to_the_admin(ask: Any) -> None:
    with pytest.raises(PermissionDenied):
        ask(HalamanLupaIzin, Role.ADMIN)


def test_public_page_needs_no_permission(ask: Any) -> None:
    assert ask(HalamanUmum).status_code == 200


def test_context_has_heading_path_and_help(ask: Any) -> None:
    context = ask(Halaman, Role.ADMIN).context_data
    assert context["title"] == "Contoh"
    assert list(context["breadcrumbs"]) == []
    assert list(context["panduan"]) == []


# -- Fragments ----------------------------------------------------------------------


def test_htmx_gets_the_fragment_and_caches_know_it(ask: Any) -> None:
    response = ask(AkunListView, Role.PEGAWAI, **{"HX-Request": "true"})
    assert response.template_name == ["components/pager.html"]
    assert "HX-Request" in response["Vary"]


def test_plain_request_gets_the_page_and_caches_know_it(ask: Any) -> None:
    response = ask(AkunListView, Role.PEGAWAI)
    assert response.template_name == ["ui/tests/akun.html"]
    assert "HX-Request" in response["Vary"]


@pytest.mark.parametrize("header", ["HX-Boosted", "HX-History-Restore-Request"])
def test_whole_page_where_htmx_replaces_all_of_it(ask: Any, header: str) -> None:
    response = ask(AkunListView, Role.PEGAWAI, **{"HX-Request": "true", header: "true"})
    assert response.template_name == ["ui/tests/akun.html"]


# -- Forms --------------------------------------------------------------------------


def test_accepted_form_redirects_with_a_message(ask: Any) -> None:
    response = ask(NamaView, Role.PEGAWAI, data={"nama": "Siti"})
    assert (response.status_code, response.url) == (302, "/bantuan/")
    assert [str(message) for message in response.asked._messages] == ["Nama tersimpan."]


def refused(ask: Any, error: Exception) -> tuple[HttpResponse, str]:
    class RefusedView(NamaView):
        pass

    RefusedView.error = error
    response = ask(RefusedView, Role.PEGAWAI, data={"nama": "Siti"})
    return response, response.rendered_content


def test_locked_database_keeps_the_typing_and_asks_to_try_again(ask: Any) -> None:
    response, html = refused(ask, OperationalError("database is locked"))
    assert response.context_data["form"].non_field_errors() == [SIBUK]
    assert 'value="Siti"' in html


def test_refusal_stands_beside_its_field_and_keeps_the_typing(ask: Any) -> None:
    response, html = refused(ask, DomainError("Nama sudah dipakai.", kolom="nama"))
    assert response.context_data["form"].errors["nama"] == ["Nama sudah dipakai."]
    assert '<a href="#id_nama">Nama</a>: Nama sudah dipakai.' in html
    assert 'value="Siti"' in html
    assert 'data-draf="terkirim"' in html


def test_refusal_of_a_field_not_on_the_form_belongs_to_the_whole(ask: Any) -> None:
    response, html = refused(ask, DomainError("Berkas rusak.", kolom="berkas"))
    assert response.context_data["form"].non_field_errors() == ["Berkas rusak."]
    assert "Berkas rusak." in html


def test_stale_record_is_explained_and_nothing_overwritten(ask: Any) -> None:
    _, html = refused(ask, StaleDataError("Riwayat ini sudah berubah."))
    assert "diubah orang lain" in html
    assert "Riwayat ini sudah berubah." in html


# -- Lists --------------------------------------------------------------------------


@pytest.fixture
def accounts(db: None) -> list[User]:
    return User.objects.bulk_create(
        User(username=f"u{n}", nama=f"Contoh {n:02}", is_active=n % 2 == 0)
        for n in range(8)
    )


def listed(ask: Any, query: str = "") -> Any:
    response = ask(AkunListView, Role.PEGAWAI, path=f"/bantuan/?{query}")
    return response.context_data["daftar"]


def test_list_shows_a_page_with_count(ask: Any, accounts: list[User]) -> None:
    daftar = listed(ask, "q=contoh+0")
    assert [row.nama for row in daftar.rows] == [f"Contoh 0{n}" for n in range(3)]
    assert daftar.jumlah_label == "8"
    assert daftar.url_sesudah == f"?q=contoh+0&sesudah={daftar.rows[-1].pk}"
    assert daftar.url_sebelum == ""


def test_next_page_keeps_filter_size_and_order(ask: Any, accounts: list[User]) -> None:
    first = listed(ask, "q=contoh+0&ukuran=5&urut=-nama")
    second = listed(ask, first.url_sesudah[1:])
    assert [row.nama[-1] for row in [*first.rows, *second.rows]] == list("76543210")
    assert "ukuran=5" in second.url_sebelum
    assert "urut=-nama" in second.url_sebelum


def test_address_carries_no_name_of_a_row(ask: Any, accounts: list[User]) -> None:
    assert "Contoh" not in listed(ask).url_sesudah


def test_unknown_order_and_size_fall_back(ask: Any, accounts: list[User]) -> None:
    daftar = listed(ask, "urut=password&ukuran=100000")
    assert (daftar.urut, daftar.ukuran) == ("nama", 3)


def test_sorting_twice_turns_the_order(ask: Any, accounts: list[User]) -> None:
    assert listed(ask).get_sort("nama") == {"url": "?urut=-nama", "aria": "ascending"}
    turned = listed(ask, "urut=-nama").get_sort("nama")
    assert turned == {"url": "?urut=nama", "aria": "descending"}


def test_turned_order_turns_each_field(ask: Any, accounts: list[User]) -> None:
    rows = listed(ask, "q=contoh+0&urut=-aktif&ukuran=5").rows
    assert [row.nama[-1] for row in rows] == list("75316")


def test_chips_say_what_holds_and_lead_out_of_it(
    ask: Any, accounts: list[User]
) -> None:
    daftar = listed(ask, "q=contoh&is_active=true&sejak=2026-01-02&sesudah=9")
    assert [(chip.label, chip.nilai) for chip in daftar.chips] == [
        ("Nama", "contoh"),
        ("Aktif", "ya"),
        ("Sejak", "2 Januari 2026"),
    ]
    assert daftar.chips[0].url == "?is_active=true&sejak=2026-01-02"
    assert daftar.url_bersih == "?"


def test_filter_that_cannot_be_read_lists_nobody(
    ask: Any, accounts: list[User]
) -> None:
    daftar = listed(ask, "sejak=kemarin")
    assert list(daftar.rows) == []
    assert daftar.form.errors["sejak"]


def test_filters_out_of_sight_are_shown_while_they_hold(
    ask: Any, accounts: list[User]
) -> None:
    assert [bound.name for bound in listed(ask).utama] == ["q"]
    assert not listed(ask, "q=a").is_lain_terpakai
    assert listed(ask, "is_active=true").is_lain_terpakai


def test_more_than_the_limit_is_said_in_words(
    ask: Any, accounts: list[User], monkeypatch: Any
) -> None:
    monkeypatch.setattr("bkpsdmd.ui.pager.COUNT_LIMIT", 5)
    assert listed(ask).jumlah_label == "lebih dari 5"


@pytest.mark.parametrize("query", ["", "q=akun", "urut=-aktif&ukuran=5"])
def test_list_costs_the_same_for_3_and_for_30_rows(
    rf: RequestFactory, make_user: Any, query: str
) -> None:
    user = make_user(Role.PEGAWAI)

    def count_queries() -> int:
        request: HttpRequest = rf.get(f"/?{query}")
        request.user = user
        with CaptureQueriesContext(connection) as queries:
            AkunListView.as_view()(request)
        return len(queries)

    def add(start: int, stop: int) -> None:
        User.objects.bulk_create(
            User(username=f"akun{n}", nama=f"Akun {n}") for n in range(start, stop)
        )

    user.has_perm(Permission.BERANDA_VIEW)
    add(0, 3)
    few = count_queries()
    add(3, 30)
    assert count_queries() == few == 2
