"""How often questions were answered, in all editions: a code never stands for another question.

By people who answer alone: `models/rounds.py: of_one_person`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db import connection

from assessment.instrument.model import PROFILE_FIELDS
from assessment.models import Answer, Question, Response, Round
from assessment.models.rounds import of_one_person

MOST_COUNTED = 200
"""Counting all of them would read every answer of the site for one page of a list."""

MOST_READ = 2_000
"""So many answers to one question are read for its page. Which options may go does not hang on
them: what anybody answered was published, and stays."""


def answer_values(question: Question) -> list[Any]:
    """What was answered, MOST_READ of them at most, as the database finds them first."""
    rows, column = _answered(question)
    rows = rows.order_by("code", "status") if column == "value" else rows.order_by()
    return list(rows.values_list(column, flat=True)[:MOST_READ])


def option_counts(values: Iterable[Any]) -> Counter[str]:
    """By value of an option: how many answers hold it."""
    return Counter(
        str(one) for value in values for one in (value if isinstance(value, list) else [value])
    )


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
    rows, column = _answered(question)
    rows = rows.order_by().values("pk")
    if column == "value":
        rows = rows.order_by("code", "status").values("code")
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


def _answered(question: Question) -> tuple[Any, str]:
    """The rows in which the question is answered, and the column that holds what was.

    Facts of the scheme stand in the profile of the round; tier and sector are of the response. The
    responses of rounds of several are few: to leave them out costs less than to look up the round
    of each answer.
    """
    field = question.profile
    if field in PROFILE_FIELDS:
        rounds = Round.objects.filter(of_one_person(), profile__has_key=field)
        return rounds, f"profile__{field}"
    if field:
        return Response.objects.of_one_person().exclude(**{field: ""}), field
    several = Response.objects.order_by().exclude(of_one_person("round__"))
    rows = Answer.objects.filter(code=question.code, status__gt="")
    return rows.exclude(response__in=several), "value"
