"""Who changed what, as django-auditlog keeps it: the entries of a row and what each changed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from auditlog.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet

RowsBelow = tuple[type[Any], dict[str, Any]]
"""A model and the fields by which its rows belong to a row."""
ADDED, CHANGED, DELETED = LogEntry.Action.CREATE, LogEntry.Action.UPDATE, LogEntry.Action.DELETE


def content_type(model: type[Any]) -> ContentType:
    return ContentType.objects.get_for_model(model)


def model_of(entry: LogEntry) -> Any:
    return ContentType.objects.get_for_id(entry.content_type_id).model_class()


def is_of(row: Any, entry: LogEntry) -> bool:
    return model_of(entry) is type(row) and entry.object_id == row.pk


def with_rows_below(row: Any, rows_below: Iterable[RowsBelow]) -> Q:
    """Entries of the row and of the rows that belong, or belonged, to it."""
    found = Q(content_type=content_type(type(row)), object_id=row.pk)
    for model, same in rows_below:
        here = model._default_manager.filter(**same).values("pk")
        away = LogEntry.objects.filter(deleted_rows([model], **same)).values("object_id")
        ours = Q(object_id__in=here) | Q(object_id__in=away)
        found |= Q(content_type=content_type(model)) & ours
    return found


def deleted_rows(models: Iterable[type[Any]], **same: Any) -> Q:
    """Entries of the rows of these models that are deleted and held these values."""
    held = {f"changes__{name}__0": value for name, value in same.items()}
    return Q(content_type__in=[content_type(model) for model in models], action=DELETED, **held)


def newest_first(condition: Q) -> QuerySet[Any]:
    entries: QuerySet[Any] = LogEntry.objects.filter(condition).select_related("actor")
    return entries.order_by("-timestamp", "-pk")


def saved_with(entries: QuerySet[Any], pk: int) -> list[LogEntry]:
    """All entries of the save that one of them belongs to, in their order."""
    one = entries.filter(pk=pk).first()
    if one is None:
        return []
    return list(entries.filter(cid=one.cid)) if one.cid else [one]


def all_changes(entry: LogEntry) -> Mapping[str, Any]:
    """By field a pair, old and new; by list of rows what was done to it."""
    return entry.changes or {}


def field_changes(entry: LogEntry) -> dict[str, tuple[Any, Any]]:
    """Old and new by field, without the lists of rows."""
    changes = all_changes(entry).items()
    return {name: (pair[0], pair[1]) for name, pair in changes if isinstance(pair, list)}


def list_changes(entry: LogEntry) -> dict[str, Mapping[str, Any]]:
    """By list of rows: which were added or removed."""
    changes = all_changes(entry).items()
    return {name: change for name, change in changes if isinstance(change, dict)}


def values_before(entry: LogEntry, fields: Collection[str]) -> dict[str, Any]:
    """What stood in these fields before this change, in their order."""
    changes = field_changes(entry)
    return {name: changes[name][0] for name in fields if name in changes}


def can_be_restored(row: Any, entries: Sequence[LogEntry], fields: Collection[str]) -> bool:
    """Not where the row itself was added: before that there was nothing."""
    own = [entry for entry in entries if is_of(row, entry)]
    if any(entry.action != CHANGED for entry in own):
        return False
    return len(own) < len(entries) or any(values_before(e, fields) or list_changes(e) for e in own)
