"""Charts as SVG: one engine for pages and papers, drawn from Vega-Lite files.

The result stands inline under the strict content security policy: no script, no style,
no link. Drawing happens in the process that asks (the first chart takes about 0.5 s and
100 MB there, later ones some 30 ms) and the picture is cached by its content, so a page
that shows the same figures again draws nothing. Jobs and reports draw theirs in the
worker and warm the cache for the pages.
"""

import hashlib
import json
import textwrap
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import vl_convert
from django.core.cache import cache as shared_cache
from lxml import etree

from bkpsdmd.documents.engine import FONTS

SPECS = Path(__file__).parent / "charts"
CACHE_SECONDS = 30 * 24 * 3600
# Part of the cache key: raise it when the cleaning below changes.
VERSION = "1"
LABEL_WIDTH = 34

# The tokens of static/css/tokens.css, in order of use. Series also differ in order,
# dash or mark and carry their values, so that a grey print can be read.
INK, MUTED, LINE = "#1b2733", "#55636f", "#dde3e8"
SERIES = ("#0f5e63", "#b7791f", "#1d5fa8", "#55636f", "#1b2733")
# A page in the dark recolours by class; the attributes below stay for paper.
CLASSES = {
    **{colour: f"grafik-{n}" for n, colour in enumerate(SERIES, 1)},
    LINE: "grafik-garis",
}

LOCALE = {
    "decimal": ",",
    "thousands": ".",
    "grouping": [3],
    "currency": ["Rp ", ""],
}
CONFIG: dict[str, Any] = {
    "font": "Liberation Sans",
    "background": None,
    "padding": 2,
    "view": {"stroke": None},
    "axis": {
        "labelFontSize": 12,
        "labelColor": INK,
        "gridColor": LINE,
        "domainColor": LINE,
    },
    "legend": {
        "title": None,
        "orient": "top",
        "offset": 8,
        "labelFontSize": 12,
        "labelColor": INK,
        "symbolSize": 110,
    },
    "text": {"fontSize": 12, "color": INK},
    "bar": {"color": SERIES[0]},
    "range": {"category": list(SERIES)},
}

SVG = "{http://www.w3.org/2000/svg}"
ELEMENTS = {
    SVG + name for name in ("svg", "g", "path", "line", "rect", "text", "tspan")
}
ATTRIBUTES = {
    "d", "x", "y", "x1", "x2", "y1", "y2", "dx", "dy", "width", "height", "viewBox",
    "transform", "fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray",
    "stroke-opacity", "stroke-miterlimit", "text-anchor", "font-family", "font-size",
    "font-weight", "version",
}  # fmt: skip


def render_svg(
    spec: str, rows: Iterable[Mapping[str, Any]], *, title: str, desc: str
) -> str:
    """Return the chart as one `<svg role="img">` with a title and a description.

    `spec` names a file in charts/. A row has `label` and `nilai`, for several series
    also `kelompok`, and optionally `teks`, the value as it should read ("98,5 %").
    """
    values = [_clean_row(row) for row in rows]
    if len({row.get("kelompok") for row in values}) > len(SERIES):
        raise ValueError(f"A chart shows at most {len(SERIES)} series")
    text = json.dumps([VERSION, spec, _source(spec), values, title, desc])
    digest = hashlib.sha256(text.encode()).hexdigest()
    key = f"grafik:{digest}"
    svg = shared_cache.get(key)
    if svg is None:
        svg = _finish(_draw(spec, values), digest=digest[:12], title=title, desc=desc)
        shared_cache.set(key, svg, CACHE_SECONDS)
    return str(svg)


def _clean_row(row: Mapping[str, Any]) -> dict[str, Any]:
    values = {
        name: float(value) if isinstance(value, Decimal) else value
        for name, value in row.items()
    }
    # Long names go on a second line: an abbreviated unit is another unit.
    return {
        **values,
        "label": "\n".join(textwrap.wrap(str(row["label"]), LABEL_WIDTH)) or "–",
    }


@cache
def _source(spec: str) -> str:
    return (SPECS / f"{spec}.json").read_text()


@cache
def _register_fonts() -> None:
    vl_convert.register_font_directory(str(FONTS))


def _draw(spec: str, values: list[dict[str, Any]]) -> str:
    _register_fonts()
    chart = json.loads(_source(spec))
    chart["data"] = {"values": values}
    if all(row.get("kelompok") is None for row in values):
        for channel in ("color", "shape", "strokeDash"):
            chart["encoding"].pop(channel, None)
    if isinstance(chart["height"], dict):
        lines = max((row["label"].count("\n") + 1 for row in values), default=1)
        series = len({row.get("kelompok") for row in values}) or 1
        step = chart["height"]["step"]
        chart["height"]["step"] = max(step, (14 * lines + 8) // series)
    return str(
        vl_convert.vegalite_to_svg(
            chart,
            vl_version="6.4",
            config=CONFIG,
            format_locale=LOCALE,
            allowed_base_urls=[],
        )
    )


def _finish(source: str, *, digest: str, title: str, desc: str) -> str:
    """Keep what draws, name it for people, and refuse anything else."""
    # The text is our own engine's, but labels in it are data: no entities, no network.
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    root = etree.fromstring(source.encode(), parser)
    for element in list(root.iter()):
        if element.tag not in ELEMENTS:
            raise ValueError(f"Unexpected element in a chart: {element.tag}")
        if element.get("display") == "none" or element.get("class") == "background":
            element.getparent().remove(element)
            continue
        for name in set(element.attrib) - ATTRIBUTES:
            del element.attrib[name]
        colour = element.get("fill"), element.get("stroke")
        if element.tag == SVG + "text":
            element.set("class", "grafik-teks")
        elif name := next((CLASSES[c] for c in colour if c in CLASSES), None):
            kind = "isi" if element.get("fill") in CLASSES else "tepi"
            element.set("class", f"{name} grafik-{kind}")
    root.set("role", "img")
    root.set("class", "grafik")
    root.set("aria-labelledby", f"g{digest}-judul g{digest}-uraian")
    for position, (tag, suffix, words) in enumerate(
        [("title", "judul", title), ("desc", "uraian", desc)]
    ):
        element = etree.Element(SVG + tag, id=f"g{digest}-{suffix}")
        element.text = words
        root.insert(position, element)
    etree.cleanup_namespaces(root)
    return etree.tostring(root, encoding="unicode")
