"""{% qr link label %}: a link as a picture that the camera of another device reads."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import segno
from django import template
from django.utils.html import format_html

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.utils.safestring import SafeString

register = template.Library()

BORDER = 4
"""Modules of white around it, which readers need."""


@register.simple_tag
def qr(link: str, label: str) -> SafeString:
    """SVG without a colour or a style of its own: those stand in `static/css/link.css`."""
    rows = list(segno.make_qr(link, error="m").matrix_iter(border=BORDER))
    path = "".join(_bars(rows))
    return format_html(
        '<svg class="qr" viewBox="0 0 {0} {0}" role="img" aria-label="{1}"><path d="{2}"/></svg>',
        len(rows),
        label,
        path,
    )


def _bars(rows: Iterable[Iterable[int]]) -> Iterator[str]:
    """Each run of dark modules in a row as one bar."""
    for y, row in enumerate(rows):
        for dark, run in groupby(enumerate(row), key=lambda module: bool(module[1])):
            if dark:
                at = [x for x, _module in run]
                yield f"M{at[0]} {y}h{len(at)}v1h-{len(at)}z"
