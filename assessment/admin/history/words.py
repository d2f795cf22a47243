"""Entries of the history in words: names of fields and of rows, yes and no, what came and went."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from auditlog.models import LogEntry
from django.core.exceptions import FieldDoesNotExist
from django.db.models import DateTimeField
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.text import Truncator, capfirst
from django.utils.timezone import localtime, make_aware
from django.utils.translation import gettext as _

from assessment.models.history import WORDS
from assessment.models.queries.history import all_changes, field_changes, model_of
from assessment.reports.formats import colon

VALUE_LIMIT = 2000
EMPTY_VALUE = "–"
PARENT_FIELDS = frozenset({"edition", "position", "question", "case", "rule", "user"})
RowNames = Mapping[tuple[type[Any], Any], str]


def sentences(entry: LogEntry, model: Any, names: RowNames) -> Iterator[str]:
    if words := (entry.additional_data or {}).get(WORDS):
        yield words
    changes = all_changes(entry)
    for name in sorted(changes, key=lambda name: field_order(model, name)):
        field, change = field_of(model, name), changes[name]
        if isinstance(change, dict):
            yield list_sentence(field_label(field, name), change)
        else:
            old, new = (column_text(field, value, names) for value in differing_parts(*change))
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
    keys_of: dict[Any, set[Any]] = defaultdict(set)
    for entry in entries:
        for name, keys in field_changes(entry).items():
            field = field_of(model_of(entry), name)
            if field is not None and field.is_relation and is_visible_field(entry, name):
                keys_of[field.related_model].update(key for key in keys if key is not None)
    return {
        (model, row.pk): str(row)
        for model, keys in keys_of.items()
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
        names = [name for name in {**old, **new} if old.get(name) != new.get(name)]
        parts = {name: differing_parts(old.get(name), new.get(name)) for name in names}
        return {n: a for n, (a, _b) in parts.items()}, {n: b for n, (_a, b) in parts.items()}
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
        value = "; ".join(f"{name}{colon()}{plain_text(one)}" for name, one in value.items())
    elif isinstance(value, list):
        value = ", ".join(plain_text(one) for one in value)
    return str(Truncator(str(value)).chars(VALUE_LIMIT))
