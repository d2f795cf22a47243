"""The plan as files: a workbook, a calendar, and a part of the printed report."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from ical.calendar_stream import IcsCalendarStream
from python_calamine import CalamineWorkbook

from assessment.actions.report_files.printing import claim_file, hold_file, store_file
from assessment.models import PlanLine, Response
from assessment.reports.pdf.files import pdf_key, print_html
from assessment.reports.report_data import report_of_response
from assessment.reports.sections import FILES
from assessment.tasks import file_of_report
from tests.factories import NOW
from tests.web.plans.plan_steps import ADVISED, own, page, take

pytestmark = pytest.mark.django_db


def test_report_prints_the_plan_as_it_stands(
    owner: Client, submitted: Response, advised: list[str]
) -> None:
    """With everything that was filled in; that of a scheme without a name has a calendar too."""
    steps = ADVISED.findall(page(owner, submitted, "subject", "bi"))
    take(owner, submitted, *advised, *steps)
    own(submitted, what="Invite the mayors", who="Préfecture", partners="Cabinet", sign="Seen")
    own(submitted, due_date=date(2027, 2, 15), no_budget="asked for", first_step="Call")
    own(submitted, budget="Line 3")
    report = report_of_response(submitted)

    paper = " ".join(print_html(report).split())
    submitted.round.scheme_name = ""
    submitted.round.save()
    calendar = owner.get(reverse("plan_ics", args=[submitted.uuid])).content

    plan = paper.partition('id="plan"')[2].partition("</section>")[0]
    said = ("Préfecture", "with Cabinet", "Seen", "15 February 2027", "no budget line: asked for")
    assert [words for words in said if words not in plan] == []
    assert "Take into the plan" not in paper
    assert b"X-WR-CALNAME:Plan\r\n" in calendar


def test_printed_report_is_out_of_date_once_the_plan_changes(
    owner: Client, submitted: Response, advised: list[str]
) -> None:
    """And the brief, which has no plan, is not."""

    def ready() -> dict[str, bool]:
        asked: Any = {"response": submitted, "language": "en", "now": NOW}
        return {layer: file_of_report(**asked, layer=layer).is_ready for layer in FILES}

    ready()
    print_all(submitted)
    before = ready()
    take(owner, submitted, advised[0])

    assert before == dict.fromkeys(FILES, True)
    assert ready() == {"brief": True, "report": False, "all": False}


def print_all(response: Response) -> None:
    """As the files are after their printing, without the seconds that it takes."""
    report, result = report_of_response(response), response.result_id or 0
    while file := claim_file(result=result, holder="printer", now=NOW):
        hold_file(file=file, key=pdf_key(report, FILES[file.layer]), now=NOW)
        store_file(file=file, content=b"%PDF-", now=NOW)


def test_files_hold_the_plan(owner: Client, submitted: Response, advised: list[str]) -> None:
    def load(name: str) -> Any:
        return owner.get(reverse(name, args=[submitted.uuid]))

    take(owner, submitted, *advised[:1])
    empty = load("plan_ics")
    own(
        submitted,
        what="=1+1 Réunir\nles _x0041_ maires",
        who="Préfecture",
        due_date=date(2027, 2, 15),
    )
    PlanLine.objects.create(
        round=submitted.round, edition=submitted.edition, origin="rule", code="R03", position=9,
        changed_at=NOW,
    )  # fmt: skip

    calendar, workbook = load("plan_ics"), load("plan_xlsx")

    (event,) = IcsCalendarStream.calendar_from_ics(calendar.content.decode()).events
    assert (event.summary, event.dtstart) == ("=1+1 Réunir les _x0041_ maires", date(2027, 2, 15))
    assert event.description == "Who does it: Préfecture\nState: not begun"
    sheet = CalamineWorkbook.from_filelike(BytesIO(workbook.content)).get_sheet_by_index(0)
    _head, taken, mine, gone = sheet.to_python()
    assert (mine[1], mine[6], mine[13]) == (
        "=1+1 Réunir\nles _x0041_ maires",
        date(2027, 2, 15),
        "Own line",
    )
    assert (taken[13], str(gone[13])[:27]) == (
        "Advice of the report",
        "Advice of an earlier report",
    )
    assert empty["Location"] == reverse("plan", args=[submitted.uuid])
    names = [answer["Content-Disposition"] for answer in (calendar, workbook)]
    assert names == [
        f'attachment; filename="articula-{submitted.reference}-plan.{ending}"'
        for ending in ("ics", "xlsx")
    ]
    assert calendar["Content-Type"] == "text/calendar; charset=utf-8"
