"""The plan in other programs' hands: read back by readers that share nothing with the writers."""

from __future__ import annotations

from datetime import UTC, date, datetime
from io import BytesIO
from uuid import UUID

import vobject
from ical.calendar_stream import IcsCalendarStream
from ical.event import EventStatus
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from assessment.interchange.plan_calendar import PlanCalendar, PlanEvent, to_ics
from assessment.interchange.plan_workbook import PlanTable, to_plan_workbook
from assessment.interchange.workbook.xlsx import XlsxFile

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
LONG = "Coordinación entre el Ministerio de Agricultura y la Protección Social; " * 4


def event(number: int, **given: object) -> PlanEvent:
    values = {
        "uuid": UUID(int=number),
        "day": date(2027, 2, 15),
        "summary": f"Réunir les maires, à Ségou; ክልል {LONG}",
        "description": "Who does it: Préfecture\nFirst step: one page, two \\ three",
        "revision": 1,
        "changed_at": NOW,
        "dropped": False,
    }
    return PlanEvent(**(values | given))  # type: ignore[arg-type]


def test_calendar_is_read_back_as_it_was_written_by_two_readers() -> None:
    written = (event(1), event(2, revision=4, dropped=True, description=""))
    content = to_ics(PlanCalendar("Plan: Peñas", "fr", written), now=NOW)
    said = [(f"urn:uuid:{e.uuid}", e.day, e.summary, e.description) for e in written]

    one = IcsCalendarStream.calendar_from_ics(content.decode()).events
    other = vobject.readOne(content.decode())

    assert [(e.uid, e.dtstart, e.summary, e.description or "") for e in one] == said
    assert [(e.status, e.sequence, e.dtstamp, e.last_modified) for e in one] == [
        (EventStatus.CONFIRMED, 0, NOW, NOW),
        (EventStatus.CANCELLED, 3, NOW, NOW),
    ]
    assert other.x_wr_calname.value == "Plan: Peñas"
    events = other.vevent_list
    assert [(e.uid.value, e.dtstart.value, e.summary.value) for e in events] == [
        values[:3] for values in said
    ]
    assert events[0].description.value == written[0].description
    assert [(e.status.value, e.sequence.value, e.dtstamp.value) for e in events] == [
        ("CONFIRMED", "0", NOW),
        ("CANCELLED", "3", NOW),
    ]


def test_calendar_holds_to_the_form_of_its_lines() -> None:
    content = to_ics(PlanCalendar("Plan", "fr", (event(1),)), now=NOW)
    lines = content.split(b"\r\n")

    assert content.count(b"\n") == content.count(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert {b"DTSTART;VALUE=DATE:20270215", b"DTSTAMP:20261122T120000Z"} <= set(lines)


def test_workbook_is_read_back_without_a_formula() -> None:
    texts = ["=1+1", "+34", "-5", "@SUM(A1)", "<r>née</r>", "deux\nlignes", "ክልል", ""]
    rows = [[at, text, date(2027, 2, 15), None] for at, text in enumerate(texts, 1)]
    table = PlanTable("Plan", ("No.", "Quoi", "Échéance", "Budget"), rows, frozenset({1}))

    content = to_plan_workbook(table)
    sheet = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_name("Plan")
    cells = [cell for _at, row in XlsxFile(content).rows("Plan") for cell in row.values()]

    assert sheet.to_python() == [
        ["No.", "Quoi", "Échéance", "Budget"],
        *([float(at), text, date(2027, 2, 15), ""] for at, text in enumerate(texts, 1)),
    ]
    second = load_workbook(BytesIO(content))["Plan"]
    assert [[cell.value for cell in row] for row in second.iter_rows(min_row=2)] == [
        [at, text or None, datetime(2027, 2, 15), None]  # noqa: DTZ001 -- a day on paper has no zone
        for at, text in enumerate(texts, 1)
    ]
    assert {cell.data_type for row in second for cell in row} <= {"s", "n", "d"}
    assert {cell.kind for cell in cells} == {"s", "n"}
    assert content == to_plan_workbook(table)
