"""A site with many responses of one edition: how large its tables are, and how pages ask them.

    python -m tools.bench.volume --responses 100000 --seed 1

The database is the one of DATABASE_URL, or of the usual file: give it one of its own. It is filled
where it has no responses. Printed are the size of each table, and for each page that lists or
counts its queries with their plans. The exit status is 1 where a page reads a whole table of
answers or results.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING, Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "assessment.settings")
if __name__ == "__main__":
    django.setup()

from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assessment.models import Edition, Question, Response, Result, Round, Scheme
from tools.bench.measured_site import MeasuredSite, prepare_site

if TYPE_CHECKING:
    from collections.abc import Sequence

BATCH = 5_000
LARGE = ("assessment_answer", "assessment_result")
WHOLE_TABLE = re.compile(rf"\b(?:SCAN|Seq Scan on) (?:{'|'.join(LARGE)})\b(?! USING)")
COPIES = {
    "assessment_answer": (
        *("code", "status", "value", "note", "revision", "updated_at"),
        "response_id",
    ),
    "assessment_dimensionscore": (
        *("dimension", "sector", "tier", "n", "hidden", "score", "low", "high", "level"),
        *("sufficient", "standing", "direction", "answered", "asked", "result_id"),
    ),
    "assessment_resultcode": ("type", "code", "result_id"),
}
"""The columns that are copied from the rows of the first response; the last names the owner."""


def fill(site: MeasuredSite, number: int, seed: int) -> None:
    """`number` responses like that of the example, submitted within the last two years."""
    first = site.submitted_response("volume")
    random, now = Random(seed), timezone.now()
    for start in range(1, number, BATCH):
        days = [random.random() * 730 for _ in range(start, min(start + BATCH, number))]
        copy_responses(first, [now - timedelta(days=day) for day in days], random)
    copy_rows("assessment_answer", first.pk, "assessment_response")
    if first.result_id is None:
        raise ValueError("The first response has no result to copy.")
    for table in ("assessment_dimensionscore", "assessment_resultcode"):
        copy_rows(table, first.result_id, "assessment_result")
    close_rounds()


@transaction.atomic
def copy_responses(first: Response, moments: Sequence[Any], random: Random) -> None:
    """Each with a scheme, a round and a result of its own, closed at its moment."""
    own, result = first.round, Result.objects.with_content().get(response=first)
    schemes = Scheme.objects.bulk_create(
        Scheme(name=own.scheme.name, country=own.scheme.country, created_at=m) for m in moments
    )
    rounds = Round.objects.bulk_create(
        Round(
            **columns_of(own, "state", "closed_at", "result", "scheme", "created_at", "opened_at"),
            scheme=scheme,
            state="open",
            created_at=m,
            opened_at=m,
        )
        for scheme, m in zip(schemes, moments, strict=True)
    )
    results = Result.objects.bulk_create(
        Result(**columns_of(result, "round", "created_at"), round=one, created_at=m)
        for one, m in zip(rounds, moments, strict=True)
    )
    Response.objects.bulk_create(
        Response(
            round=one,
            notice="1",
            secret_hash=f"{random.getrandbits(256):064x}",
            key=f"{random.getrandbits(256):064x}",
            created_at=m,
            submitted_at=m,
            result=made,
        )
        for one, made, m in zip(rounds, results, moments, strict=True)
    )


def close_rounds() -> None:
    """In one statement: each of the rounds that were copied has one result."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE assessment_round SET state = 'closed', closed_at = opened_at, result_id ="
            " (SELECT id FROM assessment_result WHERE round_id = assessment_round.id)"
            " WHERE state = 'open'"
        )
        cursor.execute("ANALYZE")


def columns_of(row: Any, *without: str) -> dict[str, Any]:
    """The values of a row for a copy of it, less its names and those of `without`."""
    fields = [f for f in row._meta.concrete_fields if f.name not in {"id", "uuid", *without}]
    return {field.name: getattr(row, field.name) for field in fields}


def copy_rows(table: str, first: int, owners: str) -> None:
    """The rows of the first owner once more for each of the others, within the database."""
    *names, owner = COPIES[table]
    columns = ", ".join(names)
    chosen = ", ".join(f"one.{name}" for name in names)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({columns}, {owner}) SELECT {chosen}, many.id"  # noqa: S608
            f" FROM {table} AS one CROSS JOIN {owners} AS many"
            f" WHERE one.{owner} = %s AND many.id <> %s",
            [first, first],
        )


def sizes() -> Iterator[tuple[str, float]]:
    """Megabytes by table with its indexes, the largest first."""
    sql = (
        "SELECT m.tbl_name, SUM(s.pgsize) / 1e6 FROM dbstat s JOIN sqlite_master m"
        " ON m.name = s.name GROUP BY m.tbl_name ORDER BY 2 DESC"
    )
    if connection.vendor == "postgresql":
        sql = (
            "SELECT relname, pg_total_relation_size(oid) / 1e6 FROM pg_class"
            " WHERE relkind = 'r' AND relname LIKE 'assessment_%%' ORDER BY 2 DESC"
        )
    with connection.cursor() as cursor:
        cursor.execute(sql, [])
        yield from cursor.fetchall()


def pages(edition: Edition, response: Response) -> dict[str, str]:
    """Every page that lists or counts responses, results or answers."""
    question = Question.objects.get(edition=edition, code="TG2")
    admin = "/admin/assessment"
    return {
        "responses": f"{admin}/response/",
        "responses, second page": f"{admin}/response/?p=2",
        "responses of one edition": f"{admin}/response/?round__edition__id__exact={edition.pk}",
        "response": f"{admin}/response/{response.pk}/change/",
        "response by its uuid": f"{admin}/response/?q={response.uuid}",
        "results": f"{admin}/result/",
        "results, second page": f"{admin}/result/?p=2",
        "result": f"{admin}/result/{response.result_id}/change/",
        "editions": f"{admin}/edition/",
        "questions": f"{admin}/question/?edition={edition.pk}",
        "question": f"{admin}/question/{question.pk}/change/",
        "option's delete page": f"{admin}/question/{question.pk}/delete/",
        "start": "/",
    }


@contextmanager
def signed_in() -> Iterator[Client]:
    client = Client(SERVER_NAME="127.0.0.1")
    user, _made = User.objects.get_or_create(
        username="volume", defaults={"is_staff": True, "is_superuser": True}
    )
    client.force_login(user)
    with override_settings(SECOND_FACTOR_REQUIRED=False):
        yield client


def plan_of(sql: str) -> list[str]:
    explain = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
    with connection.cursor() as cursor:
        cursor.execute(f"{explain} {sql}".replace("%", "%%"), [])
        return [str(row[-1]).strip() for row in cursor.fetchall()]


def measure_page(client: Client, name: str, path: str) -> list[str]:
    """Prints the queries of a page with their plans; gives those that read a whole table."""
    client.get(path)
    began = time.perf_counter()
    with CaptureQueriesContext(connection) as captured:
        status = client.get(path).status_code
    seconds = time.perf_counter() - began
    queries = [q["sql"] for q in captured.captured_queries if q["sql"].startswith("SELECT")]
    print(f"\n{name}: {path} {status}, {len(queries)} queries, {seconds * 1000:.0f} ms")
    found = []
    for sql in queries:
        plan = [line for line in plan_of(sql) if "assessment_" in line]
        if any(table in sql for table in (*LARGE, "assessment_response", "assessment_round")):
            print(f"  {sql[:150]}")
            print("".join(f"    {line[:150]}\n" for line in plan), end="")
        found += [f"{name}: {line}" for line in plan if WHOLE_TABLE.search(line)]
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--responses", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    call_command("migrate", verbosity=0)
    current = Edition.objects.current()
    site = MeasuredSite(current) if current else prepare_site()
    if not Response.objects.exists():
        began = time.perf_counter()
        fill(site, options.responses, options.seed)
        print(f"{Response.objects.count()} responses in {time.perf_counter() - began:.0f} s")
    for table, megabytes in sizes():
        if megabytes >= 0.1:
            print(f"  {table:32} {megabytes:10.1f} MB")
    response = Response.objects.latest("created_at")
    with signed_in() as client:
        asked = pages(site.edition, response)
        found = [line for name, path in asked.items() for line in measure_page(client, name, path)]
    print("\n" + "\n".join(found or ["No page reads a whole table of answers or results."]))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
