"""`{% pictogram code size name %}`: the picture of a subject, whose name stands beside it.

The pictures are the files of `static/img/subjects/`, named by a dimension's code; a subject that
has no file has no picture. They are drawn into the page, so that none is fetched, they take the
colour of the words beside them, and paper has them too.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from assessment.reports.chart_tag import PRINT, print_colours

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.template.context import Context

register = template.Library()

FOLDER = settings.BASE_DIR / "static" / "img" / "subjects"
INSIDE = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)
STROKES = ((40, 1.4), (24, 1.75))
"""The larger a picture, the finer its lines; smaller ones have the last."""
SMALLEST_STROKE = 1.9


@register.simple_tag(takes_context=True)
def pictogram(context: Context, code: str, size: int, name: str = "") -> SafeString:
    """A decoration on a screen; in a PDF every picture has to say its name."""
    drawn = pictograms().get(code.lower())
    if drawn is None:
        return SafeString("")
    stroke = next((width for least, width in STROKES if size >= least), SMALLEST_STROKE)
    named, colour = SafeString('aria-hidden="true"'), "currentcolor"
    if context.get("output") == PRINT:
        named, colour = SafeString('role="img"'), print_colours()["accent"]
        drawn = format_html("<title>{}</title>{}", name, drawn)
    return format_html(
        '<svg class="pictogram" viewBox="0 0 24 24" width="{0}" height="{0}" fill="none" '
        'stroke="{1}" stroke-width="{2}" stroke-linecap="round" stroke-linejoin="round" {3}>'
        "{4}</svg>",
        *(size, colour, stroke, named, drawn),
    )


@lru_cache(maxsize=1)
def pictograms() -> Mapping[str, SafeString]:
    """By the code in small letters what is inside the file's `svg`; read once by each process."""
    files = FOLDER.glob("*.svg")
    found = ((file.stem, INSIDE.search(file.read_text(encoding="utf-8"))) for file in files)
    return {stem: mark_safe(match[1]) for stem, match in found if match}
