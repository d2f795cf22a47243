"""Entries of the history as changes: what was saved at once, by whom, and the way back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from auditlog.models import LogEntry
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from assessment.admin.history.words import RowNames, row_names, sentences
from assessment.models.queries.history import is_of, model_of
from assessment.reports.formats import colon


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """What happened to one row; `whole` where it came or went with all that it holds."""

    heading: str
    sentences: tuple[str, ...]
    whole: bool = False


@dataclass(frozen=True, slots=True)
class HistoryChange:
    """What was saved at once, and the address that puts back what stood there before."""

    pk: int
    when: Any
    who: str
    lines: tuple[ChangeLine, ...]
    restore: str


def changes_of(
    row: Any, entries: Sequence[LogEntry], address: Callable[[Sequence[LogEntry]], str]
) -> list[HistoryChange]:
    """Entries, newest first, as changes: those of one request are one."""
    names = row_names(entries)
    saved = [list(group) for _key, group in groupby(entries, key=lambda one: one.cid or one.pk)]
    return [
        HistoryChange(
            pk=group[0].pk,
            when=group[0].timestamp,
            who=actor_name(group[0]),
            lines=tuple(change_lines(row, list(reversed(group)), names)),
            restore=address(group),
        )
        for group in saved
    ]


def actor_name(entry: LogEntry) -> str:
    if entry.actor is None:
        return _("somebody whose account is deleted") if entry.cid else _("a command")
    name = entry.actor.get_full_name()
    return f"{entry.actor.get_username()} ({name})" if name else str(entry.actor.get_username())


def change_lines(row: Any, entries: Iterable[LogEntry], names: RowNames) -> Iterator[ChangeLine]:
    """One line for each row and thing that happened to it, the row of the page first."""
    lines: dict[tuple[bool, str, bool], list[str]] = defaultdict(list)
    for entry in entries:
        below = not is_of(row, entry)
        whole = entry.action != LogEntry.Action.UPDATE
        lines[below, heading(entry, below), whole] += sentences(entry, model_of(entry), names)
    for (_below, words, whole), found in sorted(lines.items(), key=lambda line: line[0][0]):
        yield ChangeLine(words, tuple(found), whole)


def heading(entry: LogEntry, below: bool) -> str:
    happened = {
        LogEntry.Action.CREATE: _("added"),
        LogEntry.Action.DELETE: _("deleted"),
    }.get(entry.action, "")
    if not below:
        return str(capfirst(happened))
    key = entry.object_repr.rpartition("/")[2]
    name = f"{capfirst(model_of(entry)._meta.verbose_name)} {key}"
    return f"{name}{colon()}{happened}" if happened else name
