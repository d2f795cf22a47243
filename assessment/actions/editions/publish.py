"""Publish a draft: everything is checked, then its rows are frozen under a content hash."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from assessment.actions.editions.translate import hash_of_translations, incomplete_languages
from assessment.instrument.conditions.grammar import ConditionError, parse
from assessment.instrument.issues import Issue, Where
from assessment.instrument.seeds import BadScale, read_scale
from assessment.instrument.validation.validate import issues_in
from assessment.models import Edition, RuleVariant
from assessment.models.editions import NotADraft
from assessment.models.history import log_sentence
from assessment.models.queries.conditions import CONDITION_COLUMNS
from assessment.models.translations import locale_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from assessment.instrument.model import Instrument

NEVER_EMPTY = "when"
"""A rule or pattern has this condition; all others may be left out."""
PUBLISH_SENTENCE = _("Published.")
"""In the history of the edition."""


class NotPublishable(Exception):
    """The draft has faults, carried as `faults`."""

    def __init__(self, faults: list[Issue]) -> None:
        self.faults = faults
        super().__init__("; ".join(f"{fault.where.code}: {fault.code}" for fault in faults))


def faults_of(edition: Edition) -> list[Issue]:
    """Everything that keeps the edition from being published."""
    _instrument, faults = compile_and_check(edition)
    return faults


def compile_and_check(edition: Edition) -> tuple[Instrument | None, list[Issue]]:
    """The edition compiled, unless it cannot be, and what keeps it from being published."""
    if unreadable := list(_unreadable(edition)):
        return None, unreadable
    instrument = edition.instrument()
    return instrument, [
        *issues_in(instrument),
        *incomplete_languages(edition=edition, instrument=instrument),
    ]


def _require_publishable(edition: Edition) -> Instrument:
    """The edition compiled; raises NotPublishable."""
    instrument, faults = compile_and_check(edition)
    if instrument is None or faults:
        raise NotPublishable(faults)
    return instrument


def _unreadable(edition: Edition) -> Iterator[Issue]:
    """What an edition cannot be compiled or shown without: a language, a scale, conditions."""
    if locale_of(edition.language) is None:
        yield Issue("unknown_language", params={"value": edition.language})
    try:
        read_scale(edition.scale)
    except BadScale as error:
        at = Where("scale", "scale")
        yield at.issue(error.name, f"scale_{error.code}", name=error.name)
    for where, text in _conditions(edition):
        try:
            parse(text)
        except ConditionError as error:
            yield replace(error.issue, where=where)


def _conditions(edition: Edition) -> Iterator[tuple[Where, str]]:
    """Every text that has to be a condition, with the field it stands in."""
    for model, fields in CONDITION_COLUMNS.items():
        rows = model.objects.filter(edition=edition).values_list("code", *fields)
        for code, *texts in rows:
            for field, text in zip(fields, texts, strict=True):
                if text or field == NEVER_EMPTY:
                    yield Where(f"{model._meta.model_name}s", code, field), text
    variants = RuleVariant.objects.filter(rule__edition=edition)
    for code, position, text in variants.values_list("rule__code", "position", "when"):
        yield Where("rules", code, f"variants/{position + 1}/when"), text


@transaction.atomic
def publish(*, edition: Edition, now: datetime, least: int = 1) -> Edition:
    """Freeze the draft and number it; raises NotADraft, or NotPublishable with its faults.

    Its number is `least`, that of the seeds, unless an edition has it or a higher one.

    All editions are locked, in the order of their keys: the number is one more than the largest, so
    two that are published at once must not read the same largest. The order keeps two publications
    from waiting for each other. The lock of this draft keeps its content as it was checked
    (`EditionQuerySet.lock_draft`).
    """
    editions = {row.pk: row for row in Edition.objects.select_for_update().order_by("pk")}
    locked = editions[edition.pk]
    if not locked.is_draft:
        raise NotADraft(locked)
    locked.content_hash = _require_publishable(locked).content_hash
    locked.translations_hash = hash_of_translations(edition=locked)
    locked.number = max(least, 1 + max(row.number or 0 for row in editions.values()))
    locked.state = Edition.State.PUBLISHED
    locked.published_at = now
    locked.save()
    log_sentence(locked, str(PUBLISH_SENTENCE))
    return locked
