"""Lists of the admin on a narrow screen: each cell says which column it stands in."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from django import template
from django.contrib.admin.templatetags.admin_list import ResultList
from django.utils.html import escape, strip_tags
from django.utils.safestring import mark_safe
from django.utils.text import capfirst

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

register = template.Library()


@register.filter
def under_headings(
    results: Iterable[ResultList], headers: Sequence[dict[str, Any]]
) -> list[ResultList]:
    """The rows, each cell with the words of its heading as `data-column`.

    A hidden field may follow the last cell; the box to choose a row has no words.
    """
    names = [strip_tags(str(header["text"])).strip() for header in headers]
    return [ResultList(row.form, under_names(row, names)) for row in results]


def under_names(row: Iterable[str], names: Sequence[str]) -> list[str]:
    return [with_column(cell, name) for cell, name in zip_longest(row, names, fillvalue="")]


def with_column(cell: str, name: str) -> str:
    """A cell is markup of Django's, which escaped what is shown in it."""
    start = cell[:3]
    if not name or start not in {"<td", "<th"}:
        return cell
    return mark_safe(f'{start} data-column="{escape(capfirst(name))}"{cell[3:]}')
