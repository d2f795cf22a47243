"""The rows of a page that somebody else gave more or fewer rows while it was open."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

SentRow = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class MergedInline:
    """`added` are keys of rows that came, `lost` the numbers of rows of the page that went."""

    added: frozenset[str]
    deleted: frozenset[int]


def merge_inlines(data: QueryDict, formset: Any) -> MergedInline:
    """Make what was sent fit the rows that stand now, which are those of the unbound `formset`.

    Rows that came stand behind those that stayed; a row that went comes back as a new one, unless
    this page takes it away too.
    """
    sent = _taken_out(data, formset.prefix)
    stored = {str(form.instance.pk): form for form in formset.initial_forms}
    stayed = [row for row in sent if _key(row) in stored]
    lost = [row for row in sent if _key(row) and row not in stayed and "DELETE" not in row]
    fresh = [row for row in sent if not _key(row)]
    added = stored.keys() - {_key(row) for row in stayed}
    came = [_shown(form) for key, form in stored.items() if key in added]
    first = len(stayed) + len(came)
    rows = [*stayed, *came, *({**row, "id": [""]} for row in lost), *fresh]
    _put_in(data, formset.prefix, rows, initial=first)
    return MergedInline(frozenset(added), frozenset(range(first, first + len(lost))))


def _key(row: SentRow) -> str:
    return row.get("id", [""])[-1]


def _taken_out(data: QueryDict, prefix: str) -> list[SentRow]:
    rows: dict[int, SentRow] = {}
    for name in list(data):
        if found := re.fullmatch(rf"{re.escape(prefix)}-(\d{{1,4}})-(\w+)", name, re.ASCII):
            rows.setdefault(int(found[1]), {})[found[2]] = data.getlist(name)
            del data[name]
    return [rows[number] for number in sorted(rows)]


def _put_in(data: QueryDict, prefix: str, rows: list[SentRow], *, initial: int) -> None:
    for number, row in enumerate(rows):
        for name, values in row.items():
            data.setlist(f"{prefix}-{number}-{name}", values)
    data[f"{prefix}-TOTAL_FORMS"] = str(len(rows))
    data[f"{prefix}-INITIAL_FORMS"] = str(initial)


def _shown(form: Any) -> SentRow:
    """What a browser would send for a row that nobody touched."""
    return {field.name: values for field in form if (values := list(_values(field.value())))}


def _values(value: Any) -> Iterator[str]:
    if value is True:
        yield "on"
    elif isinstance(value, list):
        yield from (str(getattr(one, "pk", one)) for one in value)
    elif value is not None and value is not False:
        yield str(getattr(value, "pk", value))
