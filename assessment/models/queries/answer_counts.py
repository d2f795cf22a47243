"""How often questions were answered, in all editions: a code never stands for another question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.db.models import Count

from assessment.instrument.model import PROFILE_FIELDS
from assessment.models import Answer, Question, Response, Round

MOST_COUNTED = 1_000
"""Counting all of them would read every answer of the site for one page of a list."""

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
    """By code, up to MOST_COUNTED; one query for any number of questions.

    Written out, because the ORM bounds no count within a query of several.
    """
    counted = [(question.code, *_bounded_rows(question)) for question in questions]
    if not counted:
        return {}
    count = "SELECT %s AS code, COUNT(*) FROM ({sql}) AS counted"
    statement = " UNION ALL ".join(count.format(sql=sql) for _code, sql, _values in counted)
    parameters = [part for code, _sql, values in counted for part in (code, *values)]
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return dict(cursor.fetchall())


def _bounded_rows(question: Question) -> tuple[str, tuple[Any, ...]]:
    """The statement and its values for at most MOST_COUNTED answers to a question.

    In the order of the index `answer_by_question`, which holds the whole of it: without an order
    PostgreSQL first marks every answer to the question in a bitmap.
    """
    rows: Any = Answer.objects.filter(code=question.code, status__gt="")
    rows = rows.order_by("code", "status").values("code")
    if question.profile:
        rows = _facts(question.profile)[0].order_by().values("pk")
    sql, values = rows[:MOST_COUNTED].query.sql_with_params()
    return sql, tuple(values)


def status_counts(response: Response) -> dict[str, Counter[str]]:
    """By dimension, the number of answers of each status; questions without an answer are open."""
    status = dict(response.answers.values_list("code", "status"))
    rows = Question.objects.filter(edition=response.round.edition_id).order_by("position")
    counts: dict[str, Counter[str]] = {}
    for code, dimension in rows.values_list("code", "dimension__code"):
        counts.setdefault(dimension or "", Counter())[status.get(code, "")] += 1
    return counts


def _facts(profile: str) -> tuple[Any, str]:
    """The rows with an answer about the profile, and the column that holds it.

    Facts of the scheme stand in the profile of the round; tier and sector are of the response.
    """
    if profile in PROFILE_FIELDS:
        return Round.objects.filter(profile__has_key=profile), f"profile__{profile}"
    return Response.objects.exclude(**{profile: ""}), profile
