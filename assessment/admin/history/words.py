"""Entries of the history in words: names of fields and of rows, yes and no, what came and went."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from auditlog.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import FieldDoesNotExist
from django.db.models import DateTimeField
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.text import Truncator, capfirst
from django.utils.timezone import localtime, make_aware
from django.utils.translation import gettext as _

from assessment.models.history import WORDS

VALUE_LIMIT = 2000
EMPTY_VALUE = "–"
PARENT_FIELDS = frozenset({"edition", "position", "question", "case", "rule", "user"})
RowNames = Mapping[tuple[type[Any], Any], str]


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
        model = model_of(entry)
        below = model is not type(row) or entry.object_id != row.pk
        whole = entry.action != LogEntry.Action.UPDATE
        lines[below, heading(entry, below), whole] += sentences(entry, model, names)
    for (_below, words, whole), told in sorted(lines.items(), key=lambda line: line[0][0]):
        yield ChangeLine(words, tuple(told), whole)


def heading(entry: LogEntry, below: bool) -> str:
    happened = {
        LogEntry.Action.CREATE: _("added"),
        LogEntry.Action.DELETE: _("deleted"),
    }.get(entry.action, "")
    if not below:
        return str(capfirst(happened))
    key = entry.object_repr.rpartition("/")[2]
    name = f"{capfirst(model_of(entry)._meta.verbose_name)} {key}"
    return f"{name}: {happened}" if happened else name


def model_of(entry: LogEntry) -> Any:
    return ContentType.objects.get_for_id(entry.content_type_id).model_class()


def field_changes(entry: LogEntry) -> dict[str, tuple[Any, Any]]:
    """Old and new by field; lists of rows are told apart."""
    return {name: tuple(told) for name, told in _changes(entry) if isinstance(told, list)}


def _changes(entry: LogEntry) -> Iterable[tuple[str, Any]]:
    return (entry.changes or {}).items()


def sentences(entry: LogEntry, model: Any, names: RowNames) -> Iterator[str]:
    if words := (entry.additional_data or {}).get(WORDS):
        yield words
    for name, two in sorted(_changes(entry), key=lambda change: field_order(model, change[0])):
        field = field_of(model, name)
        if isinstance(two, dict):
            yield list_sentence(field_label(field, name), two)
        else:
            old, new = (column_text(field, value, names) for value in differing_parts(*two))
            yield from field_sentences(entry, name, field_label(field, name), old, new)


def field_sentences(entry: LogEntry, name: str, label: str, old: str, new: str) -> Iterator[str]:
    """A change; of a row that came or went what it holds, without what it belongs to."""
    value = old if entry.action == LogEntry.Action.DELETE else new
    if entry.action == LogEntry.Action.UPDATE:
        yield _("%(field)s: “%(old)s” → “%(new)s”") % {"field": label, "old": old, "new": new}
    elif value != EMPTY_VALUE and is_visible_field(entry, name):
        yield _("%(field)s: “%(value)s”") % {"field": label, "value": value}


def is_visible_field(entry: LogEntry, name: str) -> bool:
    return entry.action == LogEntry.Action.UPDATE or name not in PARENT_FIELDS


def list_sentence(label: str, many: Mapping[str, Any]) -> str:
    added = many["operation"] == "add"
    words = _("%(field)s: added %(rows)s") if added else _("%(field)s: removed %(rows)s")
    return words % {"field": label, "rows": ", ".join(many["objects"])}


def field_of(model: Any, name: str) -> Any:
    """None where the column is gone: the history outlives it."""
    try:
        return model._meta.get_field(name)
    except FieldDoesNotExist:
        return None


def field_order(model: Any, name: str) -> int:
    """Columns in the order of the model, lists of rows behind them."""
    names = [field.name for field in (*model._meta.concrete_fields, *model._meta.many_to_many)]
    return names.index(name) if name in names else len(names)


def field_label(field: Any, name: str) -> str:
    return str(capfirst(str(getattr(field, "verbose_name", name))))


def row_names(entries: Iterable[LogEntry]) -> RowNames:
    """What the rows are called that the entries point to: one query a model."""
    wanted: dict[Any, set[Any]] = defaultdict(set)
    for entry in entries:
        for name, keys in field_changes(entry).items():
            field = field_of(model_of(entry), name)
            if field is not None and field.is_relation and is_visible_field(entry, name):
                wanted[field.related_model].update(key for key in keys if key is not None)
    return {
        (model, row.pk): str(row)
        for model, keys in wanted.items()
        for row in model._default_manager.filter(pk__in=keys)
    }


def column_text(field: Any, value: Any, names: RowNames) -> str:
    if value is None or field is None:
        return plain_text(value)
    if field.is_relation:
        return names.get((field.related_model, value), _("something that is deleted"))
    if isinstance(field, DateTimeField) and (moment := parse_datetime(value)):
        return date_format(localtime(make_aware(moment)), "DATETIME_FORMAT")
    return plain_text(dict(field.flatchoices).get(value, value) if field.choices else value)


def differing_parts(old: Any, new: Any) -> tuple[Any, Any]:
    """Of two tables or lists of one length what differs, so that one threshold is one line."""
    if isinstance(old, dict) and isinstance(new, dict):
        both = {name: differing_parts(old.get(name), new.get(name)) for name in {**old, **new}}
        kept = {name: two for name, two in both.items() if old.get(name) != new.get(name)}
        return {name: a for name, (a, _b) in kept.items()}, {n: b for n, (_a, b) in kept.items()}
    if isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        differing = [differing_parts(a, b) for a, b in zip(old, new, strict=True) if a != b]
        return [a for a, _b in differing], [b for _a, b in differing]
    return old, new


def plain_text(value: Any) -> str:
    if value is None or value in ("", []):
        return EMPTY_VALUE
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dict):
        value = "; ".join(f"{name}: {plain_text(one)}" for name, one in value.items())
    elif isinstance(value, list):
        value = ", ".join(plain_text(one) for one in value)
    return str(Truncator(str(value)).chars(VALUE_LIMIT))
