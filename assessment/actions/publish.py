"""Publish a draft: everything is checked, then its rows are frozen under a content hash."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max

from assessment.method.conditions import ConditionError, parse
from assessment.method.integrity import Fault, faults_in
from assessment.models import Edition, Question, Rule, RuleVariant

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime


class NotPublishable(Exception):
    """The draft has faults, carried as `faults`."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        super().__init__("; ".join(f"{fault.code}: {fault.message}" for fault in faults))


class NotADraft(Exception):
    """The edition is published or retired already."""


def faults_of(edition: Edition) -> list[Fault]:
    """Everything that keeps the edition from being published."""
    return list(_unreadable(edition)) or faults_in(edition.instrument())


def _unreadable(edition: Edition) -> Iterator[Fault]:
    """Conditions that do not parse: with one of them the edition cannot be compiled."""
    rules = Rule.objects.filter(edition=edition)
    variants = RuleVariant.objects.filter(rule__edition=edition)
    texts = [
        *Question.objects.filter(edition=edition).values_list("code", "shown_if"),
        *(pair for field in RULE_CONDITIONS for pair in rules.values_list("code", field)),
        *variants.values_list("rule__code", "when"),
    ]
    for code, text in texts:
        try:
            _ = parse(text) if text else None
        except ConditionError as error:
            yield Fault(code, str(error))


RULE_CONDITIONS = ("when", "when_case", "suppressed_when")


@transaction.atomic
def publish(*, edition: Edition, now: datetime) -> Edition:
    """Freeze the draft and number it; raises NotADraft, or NotPublishable with its faults."""
    locked = Edition.objects.select_for_update().get(pk=edition.pk)
    if not locked.is_draft:
        raise NotADraft
    if faults := faults_of(locked):
        raise NotPublishable(faults)
    locked.content_hash = locked.instrument().content_hash
    locked.number = (Edition.objects.aggregate(Max("number"))["number__max"] or 0) + 1
    locked.state = Edition.State.PUBLISHED
    locked.published_at = now
    locked.save()
    return locked
