"""How often questions were answered, in all editions: a code never stands for another question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db.models import CharField, Count, Value

from assessment.instrument.model import PROFILE_FIELDS
from assessment.models import Answer, Question, Response, Round

AnswerValues = list[tuple[Any, int]]
"""What was answered, and how often."""


def answer_values(question: Question) -> AnswerValues:
    rows: Any = Answer.objects.filter(code=question.code).exclude(status="")
    column = "value"
    if question.profile:
        rows, column = _facts(question.profile)
    return list(rows.values_list(column).annotate(Count("pk")).order_by())


def option_counts(values: AnswerValues) -> Counter[str]:
    """By value of an option: how many answers hold it."""
    counts: Counter[str] = Counter()
    for value, number in values:
        for one in value if isinstance(value, list) else [value]:
            counts[str(one)] += number
    return counts


def answer_counts(questions: Iterable[Question]) -> dict[str, int]:
    """By code; one query for any number of questions."""
    questions = list(questions)
    codes = [q.code for q in questions if not q.profile]
    rows: Any = Answer.objects.filter(code__in=codes).exclude(status="").order_by()
    counted = rows.values_list("code").annotate(Count("pk"))
    return dict(counted.union(*(_of_profile(q) for q in questions if q.profile), all=True))


def status_counts(response: Response) -> dict[str, Counter[str]]:
    """By dimension, the number of answers of each status; questions without an answer are open."""
    status = dict(response.answers.values_list("code", "status"))
    rows = Question.objects.filter(edition=response.round.edition_id).order_by("position")
    counts: dict[str, Counter[str]] = {}
    for code, dimension in rows.values_list("code", "dimension__code"):
        counts.setdefault(dimension or "", Counter())[status.get(code, "")] += 1
    return counts


def _of_profile(question: Question) -> Any:
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
