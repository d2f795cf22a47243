"""Put back what stood in a row, in its lists and in the rows below it before one save."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from assessment.models import Edition, Option
from assessment.models.queries.history import (
    ADDED,
    CHANGED,
    field_changes,
    is_of,
    list_changes,
    model_of,
    values_before,
)
from assessment.models.queries.usage import PartUsage

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from auditlog.models import LogEntry

    from assessment.models.queries.usage import Use


class OptionInUse(Exception):
    """An option that would go is used by conditions, cases or answers."""

    def __init__(self, value: str, uses: Sequence[Use]) -> None:
        super().__init__(value)
        self.value = value
        self.uses = uses


@transaction.atomic
def restore_change(
    *,
    row: Any,
    entries: Iterable[LogEntry],
    fields: Collection[str],
    check: Callable[[Any, dict[str, Any]], None],
) -> list[str]:
    """Undo the entries of one save, the latest first; returns the names of the row's own columns.

    Of these only `fields` are put back. `check` is asked about the row and its older values before
    it is saved, and raises ValidationError, as does the row. Raises NotADraft, OptionInUse.
    """
    Edition.objects.lock_draft(row.pk if isinstance(row, Edition) else row.edition_id)
    values: dict[str, Any] = {}
    for entry in entries:
        if is_of(row, entry):
            values |= values_before(entry, fields)
            _restore_lists(row, entry)
        else:
            _restore_row_below(entry)
    for name, value in values.items():
        setattr(row, row._meta.get_field(name).attname, value)
    row.full_clean()
    check(row, values)
    row.save()
    return list(values)


def _restore_lists(row: Any, entry: LogEntry) -> None:
    """Rows are known by their codes: what is gone from the edition stays away."""
    for name, change in list_changes(entry).items():
        related = getattr(row, name)
        rows = related.model.objects.filter(edition=row.edition_id, code__in=change["objects"])
        (related.remove if change["operation"] == "add" else related.add)(*rows)


def _restore_row_below(entry: LogEntry) -> None:
    model = model_of(entry)
    found = model._default_manager.filter(pk=entry.object_id).first()
    if entry.action == ADDED:
        _delete(found)
    elif found is not None or entry.action != CHANGED:
        _set_values_before(found or model(pk=entry.object_id), entry)


def _delete(found: Any) -> None:
    if found is None:
        return
    uses = _uses_of_option(found) if isinstance(found, Option) else []
    if uses:
        raise OptionInUse(found.value, uses)
    found.delete()


def _uses_of_option(option: Option) -> Sequence[Use]:
    return PartUsage(option.question).option_uses[option.value]


def _set_values_before(below: Any, entry: LogEntry) -> None:
    for name, (old, _new) in field_changes(entry).items():
        setattr(below, below._meta.get_field(name).attname, old)
    below.full_clean(validate_unique=True)
    below.save()
