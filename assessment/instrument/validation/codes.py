"""Codes and values of options that the one rule for them refuses, each at its place."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from assessment.instrument.codes import alike, code_issue, value_issue
from assessment.instrument.issues import Where
from assessment.instrument.validation.references import PARTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assessment.instrument.issues import Issue
    from assessment.instrument.model import Instrument, Question


def unusable_codes(instrument: Instrument) -> Iterator[Issue]:
    for part in PARTS:
        for entry in getattr(instrument, part):
            if issue := code_issue(part, entry.code):
                yield _at(issue, Where(part, entry.code, "code"))
    for question in instrument.questions:
        yield from _unusable_values(question)


def _unusable_values(question: Question) -> Iterator[Issue]:
    for option in question.options:
        at = Where("questions", question.code, f"options/{option.value}/value")
        if issue := value_issue(option.value, profile=bool(question.profile)):
            yield _at(issue, at)
    for value, other in alike(option.value for option in question.options):
        at = Where("questions", question.code)
        field = f"options/{value}/value"
        yield at.blocking_issue(field, "code_alike", value=value, other=other)


def codes_alike(instrument: Instrument) -> Iterator[Issue]:
    """Codes that differ in capital letters only, and questions that are called as a dimension.

    In `gap.tiers.PC` nothing would say which of the two is meant.
    """
    for part in PARTS:
        for code, other in alike(entry.code for entry in getattr(instrument, part)):
            yield Where(part, code).blocking_issue("code", "code_alike", value=code, other=other)
    dimensions = {dimension.code.lower() for dimension in instrument.dimensions}
    for question in instrument.questions:
        if question.code.lower() in dimensions:
            at = Where("questions", question.code)
            yield at.blocking_issue("code", "code_of_dimension", value=question.code)


def _at(issue: Issue, where: Where) -> Issue:
    return replace(issue, where=where, blocks_saving=True)
