"""The way back behind one save: the row's own fields, its lists of rows, and the rows below it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from auditlog.models import LogEntry
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from assessment.admin.bank.part.wording import use_sentences
from assessment.admin.history.words import field_changes, field_label, model_of
from assessment.models import Option
from assessment.models.queries.usage import PartUsage

ADDED, CHANGED = LogEntry.Action.CREATE, LogEntry.Action.UPDATE


def can_be_restored(row: Any, entries: Sequence[LogEntry], fields: Collection[str]) -> bool:
    """Not where the row itself came: before that there was nothing."""
    own = [entry for entry in entries if _is_of(row, entry)]
    if any(entry.action != CHANGED for entry in own):
        return False
    return len(own) < len(entries) or any(values_before(e, fields) or list_changes(e) for e in own)


def restore_change(
    row: Any, entries: Iterable[LogEntry], fields: Collection[str]
) -> dict[str, Any]:
    """Undoes the entries of one save, the latest first; the own columns that were put back.

    The row itself is left to be saved. Raises ValidationError.
    """
    values: dict[str, Any] = {}
    for entry in entries:
        if _is_of(row, entry):
            values |= values_before(entry, fields)
            _lists(row, entry)
        else:
            _below(entry)
    for name, value in values.items():
        setattr(row, row._meta.get_field(name).attname, value)
    return values


def restored_labels(row: Any, values: Mapping[str, Any]) -> list[str]:
    names = [field_label(row._meta.get_field(name), name) for name in values]
    return names or [capfirst(str(row._meta.verbose_name))]


def values_before(entry: LogEntry, fields: Collection[str]) -> dict[str, Any]:
    """What stood in these fields before this change, in their order."""
    changed = field_changes(entry)
    return {name: changed[name][0] for name in fields if name in changed}


def list_changes(entry: LogEntry) -> dict[str, Mapping[str, Any]]:
    """By list of rows: what came or went."""
    told = (entry.changes or {}).items()
    return {name: change for name, change in told if isinstance(change, dict)}


def _is_of(row: Any, entry: LogEntry) -> bool:
    return model_of(entry) is type(row) and entry.object_id == row.pk


def _lists(row: Any, entry: LogEntry) -> None:
    """Rows are known by their codes: what is gone from the edition stays away."""
    for name, change in list_changes(entry).items():
        related = getattr(row, name)
        rows = related.model.objects.filter(edition=row.edition_id, code__in=change["objects"])
        (related.remove if change["operation"] == "add" else related.add)(*rows)


def _below(entry: LogEntry) -> None:
    model = model_of(entry)
    found = model._default_manager.filter(pk=entry.object_id).first()
    if entry.action == ADDED:
        _take_away(found)
    elif found is not None or entry.action != CHANGED:
        _set_back(found or model(pk=entry.object_id), entry)


def _take_away(found: Any) -> None:
    if found is None:
        return
    if isinstance(found, Option) and (used := PartUsage(found.question).option_uses[found.value]):
        told = {"row": found.value, "uses": "; ".join(use_sentences(used))}
        raise ValidationError(_("Option %(row)s is used: %(uses)s"), params=told)
    found.delete()


def _set_back(below: Any, entry: LogEntry) -> None:
    for name, (old, _new) in field_changes(entry).items():
        setattr(below, below._meta.get_field(name).attname, old)
    below.full_clean(validate_unique=True)
    below.save()
