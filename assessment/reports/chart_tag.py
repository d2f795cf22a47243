"""`{% chart %}`: the same chart for a screen and for print."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.template.context import Context

    from assessment.reports.charts import Chart, Mark

register = template.Library()

PRINT = "print"
TOKENS = {
    "accent": "--accent",
    "second": "--second",
    "sheet": "--sheet",
    "middle": "--chart-middle",
    "band": "--chart-band",
    "gap": "--chart-gap",
}
CSS = settings.BASE_DIR / "static" / "css"
DEFINED = re.compile(r"(--[\w-]+):\s*([^;]+);")


@register.simple_tag(takes_context=True)
def chart(context: Context, drawn: Chart) -> SafeString:
    """For print where the page's `output` says so, else for a screen."""
    colours = print_colours() if context.get("output") == PRINT else screen_colours()
    marks = format_html_join("\n", "{}", ((mark_html(mark, colours),) for mark in drawn.marks))
    parts = {"chart": drawn, "colours": colours, "marks": marks}
    return SafeString(render_to_string("report/chart.html", parts))


def screen_colours() -> dict[str, str]:
    return {name: f"var({token})" for name, token in TOKENS.items()}


def print_colours() -> dict[str, str]:
    """As values: WeasyPrint 70 draws an SVG without the page's style sheets, where `var()` is
    black.
    """
    values = dict(DEFINED.findall((CSS / "tokens.css").read_text(encoding="utf-8")))
    return {name: values[token] for name, token in TOKENS.items()}


def mark_html(mark: Mark, colours: Mapping[str, str]) -> SafeString:
    """One SVG element; a fill or stroke that names a colour of the chart becomes that colour."""
    attributes = format_html_join(
        "", ' {}="{}"', ((name, colours.get(value, value)) for name, value in mark.attributes)
    )
    inside = mark_html(mark.inside, colours) if mark.inside else ""
    return format_html("<{}{}>{}</{}>", mark.element, attributes, inside, mark.element)
