"""Lists find what they count by an index: a table of millions is never read whole."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from assessment.models import Edition, Question
from assessment.models.queries.answer_counts import answer_counts, answer_values


def plan_of(statement: str) -> str:
    """How the database would read it; PostgreSQL reads small tables whole if it may."""
    explain = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_bitmapscan = off")
        cursor.execute(f"{explain} {statement}")
        return "\n".join(str(row) for row in cursor.fetchall())


@pytest.mark.django_db
def test_answers_to_a_question_are_counted_by_their_index(edition: Edition) -> None:
    question = Question.objects.get(edition=edition, code="PC1")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        answer_counts([question])
        answer_values(question)

    plans = [plan_of(query["sql"]) for query in asked.captured_queries]
    assert [("answer_by_question" in plan) for plan in plans] == [True, True]
