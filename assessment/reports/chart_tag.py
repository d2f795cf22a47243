"""`{% chart %}` and `{% picture %}`: the same chart for a screen and for print."""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from assessment.reports.marks import mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.template.context import Context

    from assessment.reports.charts import Chart
    from assessment.reports.marks import Mark
    from assessment.reports.profile_table import Picture

register = template.Library()

RING = {"cy": 14, "r": 11.5, "fill": "none", "stroke_width": 3.6}
RINGS = (
    mark("path", d="M22 5a11.5 11.5 0 0 1 0 18 11.5 11.5 0 0 1 0-18", fill="joint"),
    mark("circle", cx=15, stroke="accent", **RING),
    mark("circle", cx=29, stroke="second", **RING),
)

PRINT = "print"
TOKENS = {
    "accent": "--accent",
    "second": "--second",
    "sheet": "--sheet",
    "band": "--chart-band",
    "gap": "--chart-gap",
    "ink": "--ink",
    "muted": "--muted",
    "grid": "--line",
    "case": "--edge",
    "joint": "--joint",
    "caution": "--caution",
    "level1": "--level-1",
    "level2": "--level-2",
    "level3": "--level-3",
}
CSS = settings.BASE_DIR / "static" / "css"
DEFINED = re.compile(r"(--[\w-]+):\s*([^;]+);")


@register.simple_tag(takes_context=True)
def chart(context: Context, drawn: Chart) -> SafeString:
    """For print where the page's `output` says so, else for a screen."""
    colours = colours_for(context)
    parts = {"chart": drawn, "colours": colours, "marks": marks_html(drawn.marks, colours)}
    return SafeString(render_to_string("report/chart.html", parts))


@register.simple_tag(takes_context=True)
def picture(context: Context, drawn: Picture) -> SafeString:
    """The picture in one row of a table; its words stand in the row."""
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" width="100%" height="{}" role="img">'
        "<title>{}</title>{}</svg>",
        drawn.height,
        drawn.title,
        marks_html(drawn.marks, colours_for(context)),
    )


@register.simple_tag(takes_context=True)
def sign(context: Context, marks: Iterable[Mark], name: str, width: int, height: int) -> SafeString:
    """A small sign of a fixed size; `name` is what the word beside it says already."""
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" class="sign" viewBox="0 0 {} {}" width="{}" '
        'height="{}" role="img"><title>{}</title>{}</svg>',
        *(width, height, width, height),
        name,
        marks_html(marks, colours_for(context)),
    )


@register.simple_tag(takes_context=True)
def brand(context: Context) -> SafeString:
    """The two rings of this tool, as the head of each page on the screen has them."""
    return sign(context, RINGS, "Articula", 44, 28)


def colours_for(context: Context) -> dict[str, str]:
    return print_colours() if context.get("output") == PRINT else screen_colours()


def marks_html(marks: Iterable[Mark], colours: Mapping[str, str]) -> SafeString:
    return SafeString("".join(mark_html(one, colours) for one in marks))


def screen_colours() -> dict[str, str]:
    return {name: f"var({token})" for name, token in TOKENS.items()}


@lru_cache(maxsize=1)
def print_colours() -> dict[str, str]:
    """As values: WeasyPrint 70 draws an SVG without the page's style sheets, where `var()` is
    black. Kept by the process: a running program's files do not change under it.
    """
    values = dict(DEFINED.findall((CSS / "tokens.css").read_text(encoding="utf-8")))
    return {name: values[token] for name, token in TOKENS.items()}


def mark_html(one: Mark, colours: Mapping[str, str]) -> SafeString:
    """One SVG element; a fill or stroke that names a colour of the chart becomes that colour."""
    attributes = "".join(
        f' {name}="{escape(colours.get(value, value))}"' for name, value in one.attributes
    )
    inside = f"{marks_html(one.inside, colours)}{escape(one.text)}"
    return SafeString(f"<{one.element}{attributes}>{inside}</{one.element}>")
