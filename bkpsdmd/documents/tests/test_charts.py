"""Charts stand inline under the content security policy, and read without colour."""

import re
from decimal import Decimal

import pytest
from lxml import etree

from bkpsdmd.documents import charts
from bkpsdmd.documents.charts import render_svg

SVG = charts.SVG
SATU = [{"label": "Dinas Satu", "nilai": 12}, {"label": "Dinas Dua", "nilai": 3400}]
DUA = [
    {"label": label, "kelompok": kelompok, "nilai": nilai}
    for kelompok, label, nilai in [
        ("Masuk", "Jan", 10),
        ("Masuk", "Feb", 14),
        ("Selesai", "Jan", 8),
        ("Selesai", "Feb", 13),
    ]
]
ROWS = {
    "batang_mendatar": SATU,
    "batang_berkelompok": DUA,
    "garis": DUA,
    "garis_persen": SATU,
}


@pytest.fixture(params=ROWS)
def svg(request):
    return render_svg(request.param, ROWS[request.param], title="Judul", desc="Uraian")


def texts(svg):
    root = etree.fromstring(svg)
    return ["".join(e.itertext()) for e in root.iter(SVG + "text")]


def test_every_spec_has_a_case_here():
    assert {path.stem for path in charts.SPECS.glob("*.json")} == set(ROWS)


def test_nothing_in_it_needs_an_exception_in_the_policy(svg):
    root = etree.fromstring(svg)
    drawing = {etree.QName(element).localname for element in root.iter()}
    assert drawing <= {
        "svg", "g", "path", "line", "rect", "text", "tspan", "title", "desc",
    }  # fmt: skip
    for element in root.iter():
        for name, value in element.attrib.items():
            assert name != "style"
            assert not name.startswith(("on", "{"))
            assert "url(" not in value
            assert "javascript" not in value


def test_it_is_one_named_picture(svg):
    root = etree.fromstring(svg)
    assert root.get("role") == "img"
    named = {
        e.get("id"): e.text for e in root if e.tag in (SVG + "title", SVG + "desc")
    }
    assert list(named.values()) == ["Judul", "Uraian"]
    assert root.get("aria-labelledby").split() == list(named)
    # English labels of the library would be read out besides.
    inside = [e for e in root.iter() if e is not root]
    assert not any(name.startswith("aria") for e in inside for name in e.attrib)


def test_it_is_small(svg):
    assert len(svg) < 8_000


def test_values_are_written_the_indonesian_way():
    rows = [
        {"label": "Satu", "nilai": 3400},
        {"label": "Dua", "nilai": Decimal("98.5")},
        {"label": "Tiga", "nilai": 70, "teks": "70,0 %"},
    ]
    shown = texts(render_svg("batang_mendatar", rows, title="J", desc="U"))
    assert {"3.400", "98,5", "70,0 %"} <= set(shown)


def test_series_differ_by_more_than_colour():
    root = etree.fromstring(render_svg("garis", DUA, title="J", desc="U"))
    lines = [
        e
        for e in root.iter(SVG + "path")
        if e.get("stroke-width") == "2" and e.get("d").count("L") == 1
    ]
    dashes = {e.get("stroke-dasharray", "") for e in lines}
    assert len(dashes) == 2
    # Bars carry their values beside the colour of the legend.
    shown = texts(render_svg("batang_berkelompok", DUA, title="J", desc="U"))
    assert {"10", "14", "8", "13", "Masuk", "Selesai"} <= set(shown)


def test_colours_are_the_tokens_and_can_be_recoloured_by_class(svg):
    allowed = {charts.INK, charts.LINE, "none", None, *charts.SERIES}
    for element in etree.fromstring(svg).iter():
        assert element.get("fill") in allowed
        assert element.get("stroke") in allowed
        if element.get("fill") in charts.SERIES and element.tag != SVG + "text":
            assert re.search(r"\bgrafik-[1-5]\b", element.get("class"))


def test_one_series_needs_no_legend():
    rows = [{"label": bulan, "nilai": n} for n, bulan in enumerate(["Jan", "Feb"])]
    shown = texts(render_svg("garis", rows, title="J", desc="U"))
    assert "undefined" not in shown
    assert "null" not in shown


def test_long_label_is_wrapped_not_cut():
    label = "Unit Pelaksana Teknis Daerah Pengelolaan Sampah Kecamatan Contoh"
    shown = texts(
        render_svg(
            "batang_mendatar", [{"label": label, "nilai": 1}], title="J", desc="U"
        )
    )
    assert label.replace(" ", "") in "".join(shown).replace(" ", "")
    assert "…" not in "".join(shown)


def test_markup_in_labels_and_title_stays_text():
    evil = "</text><script>alert(1)</script>"
    svg = render_svg(
        "batang_mendatar", [{"label": evil, "nilai": 1}], title=evil, desc=evil
    )
    assert "<script" not in svg
    assert "".join(texts(svg)).count("<script>") == 1


def test_no_rows_draw_an_empty_chart():
    assert texts(render_svg("batang_mendatar", [], title="J", desc="U")) == []


def test_more_than_five_series_are_refused():
    rows = [{"label": "a", "kelompok": str(n), "nilai": n} for n in range(6)]
    with pytest.raises(ValueError, match="at most 5 series"):
        render_svg("garis", rows, title="J", desc="U")


def test_same_figures_are_drawn_once(monkeypatch):
    drawn = []
    draw = charts._draw
    monkeypatch.setattr(charts, "_draw", lambda *a: drawn.append(a) or draw(*a))
    first = render_svg("batang_mendatar", SATU, title="Sekali", desc="U")
    assert render_svg("batang_mendatar", SATU, title="Sekali", desc="U") == first
    render_svg("batang_mendatar", SATU, title="Lain kali", desc="U")
    assert len(drawn) == 2


def test_unexpected_element_is_refused():
    source = '<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'
    with pytest.raises(ValueError, match="Unexpected element"):
        charts._finish(source, digest="x", title="J", desc="U")
