"""How often questions were answered, in all editions: a code never stands for another question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db.models import CharField, Count, Value

from assessment.instrument.model import PROFILE_FIELDS
from assessment.models import Answer, Question, Response, Round


def given(question: Question) -> list[tuple[Any, int]]:
    """What was answered and how often, read once for a question object."""
    kept = vars(question)
    if "given" not in kept:
        rows: Any = Answer.objects.filter(code=question.code).exclude(status="")
        column = "value"
        if question.profile:
            rows, column = _facts(question.profile)
        kept["given"] = list(rows.values_list(column).annotate(Count("pk")).order_by())
    return list(kept["given"])


def chosen_of(question: Question) -> Counter[str]:
    """By value of an option: how many answers hold it."""
    counts: Counter[str] = Counter()
    for value, number in given(question):
        for one in value if isinstance(value, list) else [value]:
            counts[str(one)] += number
    return counts


def answers_by_code(questions: Iterable[Question]) -> dict[str, int]:
    """One query for any number of questions."""
    questions = list(questions)
    asked = [q.code for q in questions if not q.profile]
    rows: Any = Answer.objects.filter(code__in=asked).exclude(status="").order_by()
    counted = rows.values_list("code").annotate(Count("pk"))
    return dict(counted.union(*(_said(q) for q in questions if q.profile), all=True))


def _said(question: Question) -> Any:
    """The same pair for a question of the profile."""
    rows, _column = _facts(question.profile)
    code = Value(question.code, output_field=CharField())
    return rows.order_by().annotate(code=code).values_list("code").annotate(Count("pk"))


def _facts(profile: str) -> tuple[Any, str]:
    """The rows with an answer about the profile, and the column that holds it.

    Facts of the scheme stand in the profile of the round; tier and sector are of the response.
    """
    if profile in PROFILE_FIELDS:
        return Round.objects.filter(profile__has_key=profile), f"profile__{profile}"
    return Response.objects.exclude(**{profile: ""}), profile
