"""Write the responses to an edition into a file: four queries, and one response in memory."""

from __future__ import annotations

import csv
from contextlib import closing
from dataclasses import dataclass
from io import TextIOWrapper
from itertools import groupby
from operator import itemgetter
from typing import IO, TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.contrib.admin.models import CHANGE, LogEntry
from django.utils.translation import gettext

from assessment.actions.record import record
from assessment.instrument import model as method
from assessment.interchange.csv_form import COMMA, CSV_FORMS
from assessment.interchange.responses_csv import (
    RESPONSE_COLUMNS,
    Export,
    ExportedQuestion,
    ResponseRow,
    exportable_questions,
    profile_of,
)
from assessment.models import Answer, Edition, Option, Question, Response

if TYPE_CHECKING:
    from collections.abc import Generator

    from django.db.models import QuerySet

CHUNK = 1000
Answers = dict[str, tuple[str, Any]]
COLUMNS = ("tier", "sector", "language", "submitted_at", "round__profile")
"""In the order of RESPONSE_COLUMNS behind the number, see `_response_columns`."""


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """What of an edition is exported; usually only what counts, and never one of several.

    Who answers in a round of several was promised that no row of the file is hers.
    """

    edition: Edition
    values: str
    shape: str
    with_open: bool = False
    with_demo: bool = False
    form: str = ""

    def responses(self) -> QuerySet[Response]:
        rows = Response.objects.of_one_person()
        rows = rows.filter(round__edition=self.edition, superseded_by=None)
        if not self.with_open:
            rows = rows.filter(result__isnull=False)
        return rows if self.with_demo else rows.filter(round__demo=False)


def export_responses(*, options: ExportOptions, out: IO[bytes]) -> int:
    """A ZIP of responses.csv and dictionary.csv in `out`; how many responses stand in it.

    Nothing is sent before all of it is written: what cannot be written raises, and yields no file.
    """
    separator = CSV_FORMS[options.form or COMMA].separator
    export = Export(_questions(options.edition), options.values, options.shape)
    number = 0
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        with archive.open("responses.csv", "w", force_zip64=True) as file, _text(file) as text:
            writer = csv.writer(text, delimiter=separator)
            writer.writerow(export.head())
            with closing(_response_rows(options.responses())) as rows:
                for number, row in enumerate(rows, 1):  # noqa: B007
                    writer.writerows(export.rows(row))
        with archive.open("dictionary.csv", "w") as file, _text(file) as text:
            csv.writer(text, delimiter=separator).writerows(export.dictionary())
    return number


def record_export(*, user: Any, options: ExportOptions, number: int) -> None:
    """Who took how many responses out: in the record, and with the form of the file in the log."""
    message = gettext("Exported %(number)d responses: %(values)s, %(shape)s.") % {
        "number": number,
        "values": options.values,
        "shape": options.shape,
    }
    LogEntry.objects.log_actions(user.pk, [options.edition], CHANGE, message, single_object=True)
    record(user, "responses_exported", options.edition, number=number)


def _text(file: IO[bytes]) -> TextIOWrapper:
    """With the mark by which spreadsheets know UTF-8."""
    return TextIOWrapper(file, "utf-8-sig", newline="")


def _questions(edition: Edition) -> tuple[ExportedQuestion, ...]:
    """Read as rows: compiling an edition takes many more queries."""
    options: dict[int, dict[str, method.Option]] = {}
    for row in Option.objects.filter(question__edition=edition):
        found = method.Option(row.value, row.text)
        options.setdefault(row.question_id, {})[row.value] = found
    return exportable_questions(
        ExportedQuestion(
            method.Question(row.code, row.kind, row.text, profile=row.profile),
            options.get(row.pk, {}),
        )
        for row in Question.objects.filter(edition=edition)
    )


def _response_rows(responses: QuerySet[Response]) -> Generator[ResponseRow, None, None]:
    """Responses and answers side by side, both in the order of the responses.

    PostgreSQL keeps a cursor open for each: they are closed whatever happens.
    """
    rows: Any = responses.order_by("pk").values_list("pk", *COLUMNS).iterator(CHUNK)
    with closing(rows), closing(_answers(responses)) as answers:
        ahead: tuple[int, Answers] = next(answers, (0, {}))
        for number, (pk, *known) in enumerate(rows, 1):
            while 0 < ahead[0] < pk:
                ahead = next(answers, (0, {}))
            yield ResponseRow(_response_columns(number, known), ahead[1] if ahead[0] == pk else {})


def _answers(responses: QuerySet[Response]) -> Generator[tuple[int, Answers], None, None]:
    """For each response that has any: its key and its answers by question."""
    found: Any = Answer.objects.filter(response__in=responses.order_by().values("pk"))
    found = found.exclude(status="").order_by("response_id", "pk")
    rows = found.values_list("response_id", "code", "status", "value").iterator(CHUNK)
    with closing(rows):
        for response, group in groupby(rows, itemgetter(0)):
            yield response, {code: (status, value) for _pk, code, status, value in group}


def _response_columns(number: int, known: list[Any]) -> dict[str, str]:
    tier, sector, language, submitted, profile = known
    own = (str(number), tier, sector, language, f"{submitted:%Y-%m-%d}" if submitted else "")
    names = tuple(RESPONSE_COLUMNS)[: len(own)]
    return dict(zip(names, own, strict=True)) | profile_of(profile)
