"""Filters and components of every page; a builtin, so no page needs to load it.

Components that wrap content are block tags (`{% card "Judul" %}…{% endcard %}`), the
others plain tags. All of them stand on `/ui/` with the code to copy.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django import template
from django.forms import (
    BaseForm,
    BoundField,
    CheckboxInput,
    Select,
    SelectMultiple,
    TextInput,
)
from django.forms.utils import flatatt
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from bkpsdmd.ui import formats
from bkpsdmd.ui.components import Figure, Nada, Perubahan, Tab, TimelineItem
from bkpsdmd.ui.icons import get_icon_url

register = template.Library()

register.filter("tanggal", formats.format_tanggal)
register.filter("tanggal_singkat", formats.format_tanggal_singkat)
register.filter("waktu", formats.format_waktu)
register.filter("angka", formats.format_angka)
register.filter("rupiah", formats.format_rupiah)
register.filter("persen", formats.format_persen)
register.filter("nip", formats.format_nip)
register.filter("nilai", formats.format_nilai)


def _render(name: str, **context: object) -> SafeString:
    return render_to_string(f"components/{name}.html", context)


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """Draw an icon of the sprite; with `label` it speaks, without it is decoration."""
    if label:
        return format_html(
            '<svg class="ikon" width="20" height="20" role="img" aria-label="{}">'
            '<use href="{}"/></svg>',
            label,
            get_icon_url(name),
        )
    return mark_safe(  # noqa: S308  the address is ours: a checked name of the sprite
        '<svg class="ikon" width="20" height="20" aria-hidden="true" focusable="false">'
        f'<use href="{get_icon_url(name)}"/></svg>'
    )


@register.simple_tag
def badge(status: Any, label: str = "", ikon: str = "") -> SafeString:
    """Show a status as icon and word.

    `status` is a tone (ok, warn, bad, info, netral) with `label`, or a member of an
    enum that carries `label` and `warna`.
    """
    nada = Nada.of(getattr(status, "warna", status))
    return format_html(
        '<span class="lencana lencana-{}">{}{}</span>',
        nada.value,
        icon(ikon or nada.ikon),
        label or status.label,
    )


# -- Blocks of a page ---------------------------------------------------------------


@register.simple_block_tag
def card(
    content: str,
    judul: str = "",
    *,
    ikon: str = "",
    url: str = "",
    url_label: str = "Lihat semua",
    id: str = "",
    rapat: bool = False,
) -> SafeString:
    """A surface with an optional heading and one link; `rapat` for a table inside."""
    return _render(
        "card",
        content=content,
        judul=judul,
        ikon=ikon,
        url=url,
        url_label=url_label,
        id=id,
        rapat=rapat,
    )


@register.simple_block_tag
def alert(content: str, nada: str = "info", judul: str = "") -> SafeString:
    """Say something that matters for the whole page or card."""
    return _render("alert", content=content, nada=Nada.of(nada), judul=judul)


@register.simple_block_tag
def empty_state(content: str, judul: str, ikon: str = "inbox") -> SafeString:
    """Say that there is nothing, why, and what to do; inside: a sentence, a link."""
    return _render("empty_state", content=content, judul=judul, ikon=ikon)


@register.simple_block_tag
def table(
    content: str, caption: str, *, caption_tampak: bool = False, tumpuk: bool = False
) -> SafeString:
    """Wrap `<thead>` and `<tbody>`; it scrolls inside its card under a sticky head.

    With `tumpuk` the cells of a row stand below each other on a phone, each after the
    heading that its `data-judul` repeats.
    """
    return _render(
        "table",
        content=content,
        caption=caption,
        caption_tampak=caption_tampak,
        tumpuk=tumpuk,
    )


@register.simple_block_tag
def fields(content: str) -> SafeString:
    """A definition list; inside: `{% field "Label" nilai %}`."""
    return format_html('<dl class="butir">{}</dl>', content)


@register.simple_tag
def field(label: str, nilai: Any = None) -> SafeString:
    """One line of a definition list; an empty value is a dash, never a blank."""
    return format_html("<div><dt>{}</dt><dd>{}</dd></div>", label, or_dash(nilai))


@register.simple_block_tag
def field_block(content: str, label: str) -> SafeString:
    """One line of a definition list whose value is more than a word."""
    return format_html("<div><dt>{}</dt><dd>{}</dd></div>", label, content)


@register.simple_tag
def figures(items: Iterable[Figure]) -> SafeString:
    """Two to four figures in a row."""
    return _render("figures", items=items)


@register.simple_tag
def tabs(items: Iterable[Tab], label: str) -> SafeString:
    """Pages of one thing, as links; `label` names the thing for a screen reader."""
    return _render("tabs", items=items, label=label)


@register.simple_tag
def timeline(items: Iterable[TimelineItem]) -> SafeString:
    """A linimasa, newest first as the view sorted it."""
    return _render("timeline", items=items)


@register.simple_tag
def compare(rows: Iterable[Perubahan]) -> SafeString:
    """Data lama and data baru side by side, what differs marked by a word too."""
    return _render("compare", rows=rows)


@register.simple_tag
def rule_result(
    kalimat: str,
    alasan: Iterable[Any],
    *,
    terpenuhi: bool,
    catatan: str = "",
) -> SafeString:
    """The sentence of a rule's answer, then each condition, its value and article.

    `alasan` has the shape of `bkpsdmd.regulations.hasil.Alasan`; `catatan` says when a
    missing condition will be met.
    """
    return _render(
        "rule_result",
        kalimat=kalimat,
        alasan=alasan,
        terpenuhi=terpenuhi,
        catatan=catatan,
    )


@register.simple_tag
def rule_reasons(alasan: Iterable[Any]) -> SafeString:
    """Each condition of a rule's answer, where the sentence stands elsewhere."""
    return _render("rule_reasons", alasan=alasan)


@register.simple_tag
def progress(selesai: int, jumlah: int, label: str, pesan: str = "") -> SafeString:
    """A bar with its count; with `jumlah` 0 the end is not known yet."""
    persen = min(100, selesai * 100 // jumlah) if jumlah else None
    return _render(
        "progress",
        selesai=selesai,
        jumlah=jumlah,
        persen=persen,
        label=label,
        pesan=pesan,
    )


# -- Lists and forms ----------------------------------------------------------------


@register.simple_tag(takes_context=True)
def filter_form(context: Context) -> SafeString:
    """The filters of a `ListPageMixin` page; they stand before the part htmx replaces.

    So a fragment need not draw them again, and the focus stays where it was.
    """
    return _render("filter_form", daftar=context["daftar"])


@register.simple_tag(takes_context=True)
def list_summary(context: Context) -> SafeString:
    """The count, chips and exports above the table of a `ListPageMixin` page."""
    return _render(
        "list_summary",
        daftar=context["daftar"],
        csrf_token=context.get("csrf_token"),
    )


@register.simple_tag
def filter_item(bound: BoundField, *, menukar: bool = False) -> SafeString:
    """Draw label and input of one filter; with `menukar` it replaces the one on the page.

    A list page draws up to twenty of them, hence without a template.
    """
    inner = (
        format_html("<fieldset><legend>{}</legend>{}</fieldset>", bound.label, bound)
        if bound.use_fieldset
        else format_html(
            '<label for="{}">{}</label>{}',
            bound.id_for_label,
            bound.label,
            filter_field(bound),
        )
    )
    return format_html(
        '<div id="saring-{}"{}{}>{}</div>',
        bound.name,
        _WIDE if bound.name == "q" else "",
        _SWAP if menukar else "",
        inner,
    )


_WIDE = mark_safe(' class="saring-lebar"')
_SWAP = mark_safe(' hx-swap-oob="true"')


@register.simple_tag
def filter_field(bound: BoundField) -> SafeString:
    """Draw the input of a filter; a list of choices without a template per choice.

    Django renders each `<option>` from two templates: a list of 40 units would cost
    more than the rest of the page.
    """
    widget = bound.field.widget
    if type(widget) in (TextInput, CheckboxInput):
        return _draw_input(bound)
    if not isinstance(widget, Select) or isinstance(widget, SelectMultiple):
        return mark_safe(str(bound))  # noqa: S308  rendered by Django's own widget
    value = bound.value()
    chosen = "" if value is None else str(value)
    attrs = {**widget.attrs, "name": bound.html_name, "id": bound.auto_id}
    return format_html(
        "<select{}>{}</select>",
        flatatt(attrs),
        _draw_options(_list_options(widget.choices), chosen),
    )


def _draw_input(bound: BoundField) -> SafeString:
    """Draw a line of text or a box to tick as Django does, without its template."""
    widget = bound.field.widget
    attrs = {**bound.build_widget_attrs({}, widget), "id": bound.auto_id}
    drawn = widget.get_context(bound.html_name, bound.value(), attrs)["widget"]
    value = drawn["value"]
    return format_html(
        '<input type="{}" name="{}"{}{}>',
        drawn["type"],
        drawn["name"],
        "" if value is None else format_html(' value="{}"', value),
        format_html_join(
            "",
            "{}",
            (
                (format_html(" {}" if said is True else ' {}="{}"', name, said),)
                for name, said in drawn["attrs"].items()
                if said is not False
            ),
        ),
    )


def _list_options(choices: Iterable[tuple[Any, Any]]) -> tuple[tuple[str, Any], ...]:
    """Return the choices as plain text, a group as a tuple inside."""
    return tuple(
        (
            "" if value is None else str(value),
            _list_options(label) if isinstance(label, list | tuple) else str(label),
        )
        for value, label in choices
    )


@lru_cache(maxsize=512)
def _draw_options(options: tuple[tuple[str, Any], ...], chosen: str) -> SafeString:
    """Return the `<option>`s; kept, for most lists of choices are always the same."""
    parts = []
    for value, label in options:
        if isinstance(label, tuple):
            inner = _draw_options(label, chosen)
            parts.append(
                format_html('<optgroup label="{}">{}</optgroup>', value, inner)
            )
        else:
            mark = " selected" if value == chosen else ""
            parts.append(
                f'<option value="{escape(value)}"{mark}>{escape(label)}</option>'
            )
    return mark_safe("".join(parts))  # noqa: S308  each part was escaped above


@register.simple_tag(takes_context=True)
def sort_header(context: Context, key: str, label: str, kelas: str = "") -> SafeString:
    """A `<th>` that sorts the list by this key, and backwards at the second press."""
    daftar = context["daftar"]
    return _render(
        "sort_header",
        urut=daftar.get_sort(key),
        target=daftar.target,
        label=label,
        kelas=kelas,
    )


@register.simple_tag(takes_context=True)
def list_table(context: Context, caption: str) -> SafeString:
    """The table of a `ListPageMixin` page that has `columns`, in its card.

    Where the page has acts on many rows, each row begins with a box to tick.
    """
    daftar = context["daftar"]
    tick = bool(daftar.url_massal)
    heads = [
        sort_header(context, one.sort, one.label, one.kelas)
        if one.sort
        else format_html('<th scope="col">{}</th>', one.label)
        for one in daftar.kolom
    ]
    cells = [
        (
            one.sel,
            f' data-judul="{escape(one.label)}"'
            + (f' class="{one.kelas}"' if one.kelas else ""),
        )
        for one in daftar.kolom
    ]
    rows = "".join(
        f"<tr>{_tick(row) if tick else ''}"
        + "".join(f"<td{sifat}>{sel(row)}</td>" for sel, sifat in cells)
        + "</tr>"
        for row in daftar.rows
    )
    head = (
        '<th scope="col"><span class="visually-hidden">Pilih</span></th>'
        if tick
        else ""
    )
    return _render(
        "list_table",
        caption=caption,
        content=mark_safe(  # noqa: S308  each part was escaped above
            f"<thead><tr>{head}{''.join(heads)}</tr></thead><tbody>{rows}</tbody>"
        ),
    )


def _tick(row: Any) -> str:
    return (
        '<td class="pilih"><input class="form-check-input" type="checkbox" name="pilih"'
        f' value="{escape(row.pk)}" form="massal" aria-label="Pilih {escape(row)}"></td>'
    )


@register.simple_tag(takes_context=True)
def pager(context: Context) -> SafeString:
    """The links under the table of a `ListPageMixin` page."""
    return _render("pager", daftar=context["daftar"])


@register.simple_tag
def error_summary(form: BaseForm) -> SafeString:
    """All errors of a form on top of it, each a link to its field.

    Files that were sent with it too: a browser does not send them again by itself.
    """
    if not form.errors:
        return mark_safe("")
    berkas = [
        isian
        for isian in form
        if isian.field.widget.needs_multipart_form and isian.data and not isian.errors
    ]
    return _render("error_summary", form=form, berkas=berkas)


@register.simple_tag(takes_context=True)
def form_field(context: Context, name: str) -> SafeString:
    """Draw one field of `form` with crispy's template, for forms laid out by hand."""
    form: BaseForm = context["form"]
    return render_to_string(
        "bootstrap5/field.html",
        {"field": form[name], "form_show_labels": True, "form_show_errors": True},
    )


@register.filter("ada_wajib")
def has_required(form: BaseForm | None) -> bool:
    """Tell whether a field that is seen carries the star that the foot explains."""
    return bool(form) and any(one.field.required for one in form.visible_fields())


@register.filter("atau_strip")
def or_dash(value: Any) -> Any:
    """Write an empty value as a dash."""
    return formats.KOSONG if value is None or value == "" else value
