"""Bring a bank from a file into a draft, or show what that would change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction

from assessment.actions.drafts import start_draft
from assessment.actions.write_bank import TABLES, write_bank
from assessment.exchange.refusal import Fault, Refused
from assessment.method.compare import Comparison, compare
from assessment.method.instrument import canonical
from assessment.models import Edition
from assessment.models.history import tell
from assessment.seeds import plain_scale

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from assessment.method.instrument import Instrument


class NotADraft(Exception):
    """A published edition is never changed."""


class ChangedMeanwhile(Exception):
    """The draft is not the one that the person was shown."""


def preview_import(*, edition: Edition, instrument: Instrument) -> Comparison:
    """What an import would change in `edition`; refuses what cannot be stored, writes nothing."""
    _refuse_unless_storable(instrument)
    return compare(edition.instrument(), instrument)


@transaction.atomic
def import_bank(
    *, instrument: Instrument, into: Edition | None, now: datetime, seen: str = ""
) -> Edition:
    """The draft `into` with the content of `instrument`, or a new draft; all or nothing.

    `seen` is the content hash of `into` as the person was shown it.
    """
    _refuse_unless_storable(instrument)
    draft = _locked(into) if into else _new_draft(instrument, now)
    if seen and draft.instrument().content_hash != seen:
        raise ChangedMeanwhile
    written = write_bank(edition=draft, instrument=instrument)
    tell(draft, written.in_words)
    return draft


@transaction.atomic
def import_as_new_draft(*, edition: Edition, instrument: Instrument, now: datetime) -> Edition:
    """A draft made from `edition`, with its translations, and then changed by the file."""
    draft = start_draft(edition=edition, now=now)
    return import_bank(instrument=instrument, into=draft, now=now)


def _locked(edition: Edition) -> Edition:
    draft = Edition.objects.select_for_update().get(pk=edition.pk)
    if not draft.is_draft:
        raise NotADraft(f"{draft} is published and is never changed. Start a new draft from it.")
    return draft


def _new_draft(instrument: Instrument, now: datetime) -> Edition:
    return Edition.objects.create(
        name=instrument.name,
        language=instrument.language,
        scale=plain_scale(instrument.scale),
        created_at=now,
    )


def _refuse_unless_storable(instrument: Instrument) -> None:
    """The limits of the columns: SQLite would take what PostgreSQL refuses half-way."""
    faults = list(_faults(Edition, instrument, "edition", ("name", "language")))
    for table in TABLES:
        for part in getattr(instrument, table.part):
            faults.extend(_faults(table.model, part, table.part))
            if table.children:
                faults.extend(_of_children(part, table.children))
    if faults:
        raise Refused(faults)


def _of_children(part: Any, children: tuple[str, type[Any], str]) -> Iterator[Fault]:
    name, model, _parent = children
    for child in getattr(part, name):
        for fault in _faults(model, child, name):
            yield Fault(f"{part.code}: {fault.message}", name)


def _faults(model: type[Any], part: Any, sheet: str, names: Iterable[str] = ()) -> Iterator[Fault]:
    code = getattr(part, "code", "")
    for field in model._meta.concrete_fields:
        value = canonical(getattr(part, field.name, None))
        if (names and field.name not in names) or field.is_relation or value is None:
            continue
        try:
            field.run_validators(value)
        except ValidationError as error:
            where = f"{code}, {field.name}" if code else field.name
            yield Fault(f"{where}: {' '.join(error.messages)}", sheet)
