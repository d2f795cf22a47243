"""What people did with that which came with the seeds: their words, and drafts they threw away.

The history knows both: loading and importing write many rows at once and leave no entry of a row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditlog.models import LogEntry

from assessment.models import Edition, Translation
from assessment.models.history import LANGUAGE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import QuerySet

    from assessment.instrument.texts import TextKey

WRITING = (LogEntry.Action.CREATE, LogEntry.Action.UPDATE)


def texts_of_people(edition: Edition, language: str) -> Mapping[TextKey, str]:
    """Those whose words somebody typed, here or where the edition was started from."""
    typed = _typed(language)
    rows = Translation.objects.filter(edition=edition, language=language) if typed else ()
    return {row.place: row.text for row in rows if (str(row), row.text) in typed}


def _typed(language: str) -> set[tuple[str, str]]:
    """By the name of the row and its text: a row that was copied has another key."""
    entries = LogEntry.objects.get_for_model(Translation).filter(
        action__in=WRITING, object_repr__startswith=f"{language}: "
    )
    names = entries.values_list("object_repr", "changes")
    return {(name, changes["text"][1]) for name, changes in names if "text" in changes}


def was_thrown_away(*, name: str) -> bool:
    """Whether a draft of this name was deleted here."""
    return _deleted().filter(changes__name__0=name).exists()


def languages_thrown_away() -> set[str]:
    """Those that came with the seeds in a draft which was deleted."""
    entries = LogEntry.objects.get_for_model(Edition).filter(
        additional_data__has_key=LANGUAGE, object_pk__in=_deleted().values("object_pk")
    )
    return {data[LANGUAGE] for data in entries.values_list("additional_data", flat=True)}


def _deleted() -> QuerySet[LogEntry]:
    entries: QuerySet[LogEntry] = LogEntry.objects.get_for_model(Edition)
    return entries.filter(action=LogEntry.Action.DELETE)
