"""What every page shares: permission, heading, help, fragments, forms and lists."""

import logging
from collections.abc import Collection, Mapping, Sequence
from typing import Any, ClassVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.db.models import QuerySet
from django.forms import BaseForm, ModelChoiceField
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    QueryDict,
)
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.functional import cached_property
from django.views.generic import TemplateView, View

from bkpsdmd.exceptions import DomainError, StaleDataError
from bkpsdmd.ui import formats
from bkpsdmd.ui.bantuan import list_bantuan
from bkpsdmd.ui.columns import ListColumn, choose_columns
from bkpsdmd.ui.components import Chip, ExportLink, PanelKind
from bkpsdmd.ui.pager import (
    SEARCH_COUNT_LIMIT,
    Page,
    count_rows,
    get_page,
)
from bkpsdmd.ui.panduan import LEBAR, TINGGI, Panduan, get_panduan
from bkpsdmd.ui.panels import list_panels
from bkpsdmd.ui.permissions import Permission

logger = logging.getLogger(__name__)

SIBUK = (
    "Portal sedang menulis data lain, jadi isian Anda belum tersimpan. Tunggu sebentar, "
    "lalu tekan tombolnya sekali lagi."
)

Crumb = tuple[str, str | None]
# The wide column of Beranda: what to do and what is waited for.
UTAMA = (PanelKind.TUGAS, PanelKind.MENUNGGU)


class PageMixin:
    """Permission, heading and help of a page; every view has it.

    A page without `permission` is refused, unless its `dispatch` is marked
    `login_not_required`. `breadcrumbs` are the pages above this one.
    """

    permission: ClassVar[str | None] = None
    title: str = ""
    breadcrumbs: Sequence[Crumb] = ()
    panduan: Sequence[str] = ()
    # View name of the menu entry to mark, where it is not this page's own.
    active_menu: str = ""
    # Returned alone to htmx; the page's own template includes it.
    fragment_template: str = ""

    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.has_permission():
            raise PermissionDenied
        request.active_menu = self.active_menu  # type: ignore[attr-defined]
        response: HttpResponse = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        if self.fragment_template:
            patch_vary_headers(response, ["HX-Request"])
        return response

    def has_permission(self) -> bool:
        if self.permission is None:
            return not getattr(type(self).dispatch, "login_required", True)
        return self.request.user.has_perm(self.permission)

    def get_title(self) -> str:
        return self.title

    def get_breadcrumbs(self) -> Sequence[Crumb]:
        return self.breadcrumbs

    def get_panduan(self) -> Sequence[str]:
        return self.panduan

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(  # type: ignore[misc]
            **{
                "title": self.get_title(),
                "breadcrumbs": self.get_breadcrumbs(),
                "panduan": self.get_panduan(),
                "active_menu": self.active_menu,
                **kwargs,
            }
        )

    def is_fragment(self) -> bool:
        """Tell whether htmx asked for the changing part alone."""
        htmx = getattr(self.request, "htmx", False)
        return bool(
            self.fragment_template
            and htmx
            and not htmx.boosted
            and not htmx.history_restore_request
        )

    def get_template_names(self) -> list[str]:
        if self.is_fragment():
            return [self.fragment_template]
        return super().get_template_names()  # type: ignore[misc]


class FormPageMixin(PageMixin):
    """A form whose valid input goes to one service call, `perform()`.

    Put before a `FormView`. What the service refuses becomes an error of the form, so
    that the person keeps what was typed.
    """

    template_name = "ui/form.html"
    submit_label = "Simpan"
    cancel_url: str = ""
    # "Kembali" where the button itself cancels something: "Batal" beside "Batalkan …"
    # reads as the same act.
    cancel_label = "Batal"
    success_message: str = ""
    # Opt out where drafts make no sense: a search, a one-time code.
    keep_draft = True
    is_stale = False

    def perform(self, form: BaseForm) -> Any:
        """Call the service; what it returns is handed to message and address."""
        raise NotImplementedError

    def get_success_message(self, hasil: Any) -> str:
        return self.success_message

    def get_success_url_for(self, hasil: Any) -> str:
        return self.get_success_url()  # type: ignore[attr-defined, no-any-return]

    def get_cancel_url(self) -> str:
        return self.cancel_url

    def form_valid(self, form: BaseForm) -> HttpResponse:
        try:
            hasil = self.perform(form)
        except DomainError as error:
            self.is_stale = isinstance(error, StaleDataError)
            form.add_error(
                error.kolom if error.kolom in form.fields else None, error.pesan
            )
            return self.form_invalid(form)  # type: ignore[attr-defined, no-any-return]
        except OperationalError:
            # Another writer kept the database longer than we wait: nothing was written.
            logger.warning("busy database refused %s", type(self).__name__)
            form.add_error(None, SIBUK)
            return self.form_invalid(form)  # type: ignore[attr-defined, no-any-return]
        message = self.get_success_message(hasil)
        if message:
            messages.success(self.request, message)
        return HttpResponseRedirect(self.get_success_url_for(hasil))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            **{
                "submit_label": self.submit_label,
                "cancel_url": self.get_cancel_url(),
                "cancel_label": self.cancel_label,
                "keep_draft": self.keep_draft,
                "is_stale": self.is_stale,
                **kwargs,
            }
        )


class ActionView(PageMixin, View):
    """One button of a page: a POST that calls a service; a refusal becomes a message.

    A mixin that knows the page's object stands before it.
    """

    http_method_names: ClassVar[Sequence[str]] = ["post"]

    def act(self) -> HttpResponseBase | None:
        """Call the service; say where to go if not back to the page."""
        raise NotImplementedError

    def get_back_url(self) -> str:
        """Return the address of the page that has the button."""
        raise NotImplementedError

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            answer = self.act()
        except DomainError as error:
            messages.warning(request, error.pesan)
            answer = None
        return answer or HttpResponseRedirect(self.get_back_url())


class Daftar:
    """The list on the screen: its rows, count, filters and the addresses around it."""

    _dibawa: Sequence[str] = ("urut", "ukuran")

    def __init__(self, view: "ListPageMixin") -> None:
        self._query: QueryDict = view.request.GET
        self.alamat = view.request.path
        self._sorts = view.sorts
        self.urut = view.get_sort_key()
        self.ukuran = view.get_page_size()
        self.pilihan_ukuran = [
            (size, self.query_with(ukuran=size, sesudah=None, sebelum=None))
            for size in view.page_sizes
        ]
        self.halaman: Page = view.get_page()
        self.jumlah, self.is_jumlah_tepat = count_rows(
            view.filtered_queryset, view.get_count_limit()
        )
        self.satuan = view.satuan
        self.form = view.filter_form
        self.utama = view.list_main_filters()
        self.lain = view.list_other_filters()
        self.chips = view.list_chips()
        self.exports = view.get_exports()
        self.target = view.target_id
        self.is_fragment = view.is_fragment()
        self._dibawa = (*self._dibawa, *view.carried_filters)
        self.kolom = view.shown_columns
        self.alat = view.list_tools()
        self.tersimpan = view.list_saved_filters()
        self.url_massal = view.get_bulk_url()
        self.segar = (
            [self.form[name] for name in view.live_filters] if self.form else []
        )

    @property
    def rows(self) -> Sequence[Any]:
        return self.halaman.rows

    @property
    def jumlah_label(self) -> str:
        angka = formats.format_angka(self.jumlah)
        return angka if self.is_jumlah_tepat else f"lebih dari {angka}"

    @property
    def url_sesudah(self) -> str:
        key = self.halaman.sesudah
        return self.query_with(sesudah=key, sebelum=None) if key else ""

    @property
    def url_sebelum(self) -> str:
        key = self.halaman.sebelum
        return self.query_with(sebelum=key, sesudah=None) if key else ""

    @property
    def url_awal(self) -> str:
        return self.query_with(sebelum=None, sesudah=None)

    @property
    def url_bersih(self) -> str:
        """The list without filters; how it is sorted and its size stay."""
        kept = QueryDict(mutable=True)
        for name in ("urut", "ukuran"):
            if name in self._query:
                kept[name] = self._query[name]
        return f"?{kept.urlencode()}"

    @property
    def ikut(self) -> list[tuple[str, str]]:
        """What the filter form carries along without showing it."""
        return [
            (name, self._query[name]) for name in self._dibawa if self._query.get(name)
        ]

    @property
    def kueri_massal(self) -> list[tuple[str, str]]:
        """What the page of acts on many rows has to know: the filters, not the page."""
        return [
            (name, value)
            for name, values in self._query.lists()
            if name not in ("sesudah", "sebelum", "ukuran", "pilih")
            for value in values
            if value
        ]

    @property
    def is_lain_terpakai(self) -> bool:
        """Tell whether a filter that is out of sight holds, so that it is shown."""
        return any(self._query.get(bound.name) for bound in self.lain)

    def get_sort(self, key: str) -> dict[str, str]:
        """Return address and `aria-sort` of one column's heading."""
        if key not in self._sorts:
            raise KeyError(f"Urutan {key!r} tidak ada dalam `sorts` tampilan ini")
        is_naik, is_turun = self.urut == key, self.urut == f"-{key}"
        return {
            "url": self.query_with(
                urut=f"-{key}" if is_naik else key, sesudah=None, sebelum=None
            ),
            "aria": "ascending" if is_naik else "descending" if is_turun else "none",
        }

    def query_with(self, **changes: object) -> str:
        return query_with(self._query, **changes)


def query_with(query: QueryDict, **changes: object) -> str:
    """Return the query with these values; None takes one away. Empty ones are left out."""
    changed = QueryDict(mutable=True)
    for name, values in query.lists():
        changed.setlist(name, [value for value in values if value])
    for name, value in changes.items():
        changed.setlist(name, [] if value is None else [str(value)])
    return f"?{changed.urlencode()}"


class ListPageMixin(PageMixin):
    """A filtered, sorted list in keyset pages; put before a `TemplateView`.

    State lives in the query: the filters, `urut`, `ukuran`, `sesudah`/`sebelum`. The
    template gets `daftar` and draws `{% filter_form %}` before the part that htmx replaces,
    in that part `{% list_summary %}`, a table and `{% pager %}`.
    """

    # Key in the address -> order fields, e.g. {"nama": ("nama",)}; the first is default.
    sorts: ClassVar[Mapping[str, Sequence[str]]] = {}
    default_sort: str = ""
    page_sizes: ClassVar[Sequence[int]] = (25, 50, 100)
    filterset_class: ClassVar[type | None] = None
    # Filters always in sight on a wide screen; the others wait under "Saringan lain".
    main_filters: ClassVar[Sequence[str]] = ()
    # Filters whose choices hang on another one: a fragment brings them along.
    live_filters: ClassVar[Sequence[str]] = ()
    # Filters that only a link sets: they show as chips, and the form carries them along.
    carried_filters: ClassVar[Sequence[str]] = ()
    # All columns there are, where `{% list_table %}` draws them.
    columns: ClassVar[Sequence[ListColumn]] = ()
    satuan = "baris"
    # The element that htmx replaces; it wraps the fragment.
    target_id = "daftar"

    def get_queryset(self) -> QuerySet[Any]:
        """Return the rows this person may see, before any filter."""
        raise NotImplementedError

    def get_exports(self) -> Sequence[ExportLink]:
        return ()

    @cached_property
    def shown_columns(self) -> list[ListColumn]:
        return choose_columns(self.columns, self.get_column_choice())

    def get_column_choice(self) -> Collection[str] | None:
        """Return the keys of the columns this user wants; None without a choice."""
        return None

    def list_tools(self) -> Sequence[ExportLink]:
        """Return small links about the list itself: its columns, its saved filters."""
        return ()

    def list_saved_filters(self) -> Sequence[tuple[str, str]]:
        """Return (name, address) of the filters kept for this user."""
        return ()

    def get_count_limit(self) -> int | None:
        """Return up to how many rows are counted; fewer where a word is searched."""
        return SEARCH_COUNT_LIMIT if self.request.GET.get("q") else None

    def get_bulk_url(self) -> str:
        """Return the page of acts on the ticked rows; "" where there is none."""
        return ""

    def export_url(self, view_name: str, **kwargs: object) -> str:
        """Return the address of an export that keeps the filter and the order."""
        query = query_with(self.request.GET, sesudah=None, sebelum=None, ukuran=None)
        return reverse(view_name, kwargs=kwargs or None) + query

    @cached_property
    def filterset(self) -> Any:
        if self.filterset_class is None:
            return None
        filterset = self.filterset_class(
            self.request.GET, queryset=self.scope, request=self.request
        )
        for bound in filterset.form:
            _style(bound.field)
        return filterset

    @cached_property
    def scope(self) -> QuerySet[Any]:
        return self.get_queryset()

    @cached_property
    def filtered_queryset(self) -> QuerySet[Any]:
        """Return the rows to list; none while a filter cannot be read."""
        if self.filterset is None:
            return self.scope
        return self.filterset.qs if self.filterset.is_valid() else self.scope.none()

    @property
    def filter_form(self) -> Any:
        return self.filterset.form if self.filterset is not None else None

    def get_sort_key(self) -> str:
        default = self.default_sort or next(iter(self.sorts))
        wanted = self.request.GET.get("urut", default)
        return wanted if wanted.removeprefix("-") in self.sorts else default

    def get_order(self) -> list[str]:
        """Return the order fields; "-" before the key turns each of them round."""
        key = self.get_sort_key()
        names = list(self.sorts[key.removeprefix("-")])
        if key.startswith("-"):
            names = [n[1:] if n.startswith("-") else f"-{n}" for n in names]
        return names

    def get_page_size(self) -> int:
        wanted = self.request.GET.get("ukuran", "")
        sizes = {str(size): size for size in self.page_sizes}
        return sizes.get(wanted, self.page_sizes[0])

    def get_page(self) -> Page:
        return get_page(
            self.filtered_queryset,
            order=self.get_order(),
            size=self.get_page_size(),
            sesudah=self.request.GET.get("sesudah", ""),
            sebelum=self.request.GET.get("sebelum", ""),
            scope=self.scope,
        )

    def list_main_filters(self) -> list[Any]:
        form = self.filter_form
        return [form[name] for name in self.main_filters] if form else []

    def list_other_filters(self) -> list[Any]:
        form = self.filter_form
        if not form:
            return []
        apart = {*self.main_filters, *self.carried_filters}
        return [bound for bound in form if bound.name not in apart]

    def list_chips(self) -> list[Chip]:
        form = self.filter_form
        if not form or not form.is_valid():
            return []
        gone = {"sesudah": None, "sebelum": None}
        return [
            Chip(
                str(form[name].label),
                _shown(form.fields[name], value),
                query_with(self.request.GET, **{name: None, **gone}),
            )
            for name, value in form.cleaned_data.items()
            if name in self.request.GET and value not in (None, "", [])
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(daftar=Daftar(self), **kwargs)


def _style(field: Any) -> None:
    """Give a filter Bootstrap's classes; crispy would cost more than the list."""
    attrs, kind = field.widget.attrs, getattr(field.widget, "input_type", "")
    if kind == "checkbox":
        attrs["class"] = "form-check-input"
    elif kind == "select":
        attrs["class"] = "form-select"
    else:
        attrs["class"] = "form-control"


def _shown(field: Any, value: Any) -> str:
    """Return a filter's value in the words of its own choices."""
    if value is True:
        return "ya"
    if value is False:
        return "tidak"
    if isinstance(field, ModelChoiceField):
        if hasattr(value, "__iter__"):
            return ", ".join(field.label_from_instance(one) for one in value)
        return field.label_from_instance(value)
    choices = dict(getattr(field, "choices", ()))
    if choices:
        values = value if isinstance(value, list | tuple) else [value]
        return ", ".join(str(choices.get(one, one)) for one in values)
    if hasattr(value, "year"):
        return formats.format_tanggal(value)
    return str(value)


class BerandaView(PageMixin, TemplateView):
    permission = Permission.BERANDA_VIEW
    template_name = "ui/beranda.html"
    title = "Beranda"
    panduan = (
        "Baca dari atas: yang harus Anda kerjakan, lalu yang sedang menunggu.",
        "Tekan satu baris untuk membuka pekerjaannya.",
        "Cari orang lewat kotak di atas: ketik sebagian nama atau NIP.",
    )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        hari_ini = timezone.localdate()
        panels = list_panels(user, per_tanggal=hari_ini)
        return super().get_context_data(
            hari_ini=hari_ini,
            utama=[panel for panel in panels if panel.jenis in UTAMA],
            samping=[panel for panel in panels if panel.jenis not in UTAMA],
            **kwargs,
        )


class BantuanView(PageMixin, TemplateView):
    permission = Permission.BERANDA_VIEW
    template_name = "ui/bantuan.html"
    title = "Bantuan"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(topik=list_bantuan(self.request.user), **kwargs)


class PanduanView(PageMixin, TemplateView):
    """A guide with pictures, for those whom its topic of help concerns."""

    permission = Permission.BERANDA_VIEW
    active_menu = "bantuan"
    template_name = "ui/panduan.html"
    kwargs: dict[str, Any]

    @cached_property
    def guide(self) -> Panduan:
        kunci = self.kwargs["kunci"]
        offered = {topic.panduan for topic in list_bantuan(self.request.user)}
        found = get_panduan(kunci) if kunci in offered else None
        if found is None:
            raise Http404
        return found

    def get_title(self) -> str:
        return self.guide.judul

    def get_breadcrumbs(self) -> Sequence[Crumb]:
        return [("Bantuan", reverse("bantuan"))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            petunjuk=self.guide, lebar=LEBAR, tinggi=TINGGI, **kwargs
        )
