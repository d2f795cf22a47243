"""A plan as a calendar (iCalendar, RFC 5545): an event of a whole day for each line with a date.

Events and not to-dos: calendars of phones leave out VTODO. A whole day has no time zone, so it is
the same day for everybody; only the stamps are times, in UTC.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from icalendar import Calendar, Event

if TYPE_CHECKING:
    from collections.abc import Sequence

PRODUCT = "-//Articula//Plan//EN"


@dataclass(frozen=True, slots=True)
class PlanEvent:
    """`revision` is 1 for what was never changed; `dropped` is shown as cancelled."""

    uuid: UUID
    day: date
    summary: str
    description: str
    revision: int
    changed_at: datetime
    dropped: bool


@dataclass(frozen=True, slots=True)
class PlanCalendar:
    name: str
    language: str
    events: Sequence[PlanEvent]


def to_ics(calendar: PlanCalendar, *, now: datetime) -> bytes:
    """Brought in a second time it changes the events of the first: same uid, higher sequence."""
    found = Calendar()
    found.add("prodid", PRODUCT)
    found.add("version", "2.0")
    found.add("method", "PUBLISH")
    found.add("x-wr-calname", calendar.name)
    for event in calendar.events:
        found.add_component(_event(event, calendar.language, now))
    return bytes(found.to_ical())


def _event(event: PlanEvent, language: str, now: datetime) -> Event:
    found = Event()
    found.add("uid", f"urn:uuid:{event.uuid}")
    found.add("dtstamp", now)
    found.add("last-modified", event.changed_at)
    found.add("sequence", event.revision - 1)
    found.add("dtstart", event.day)
    found.add("summary", event.summary, parameters={"language": language})
    if event.description:
        found.add("description", event.description, parameters={"language": language})
    found.add("status", "CANCELLED" if event.dropped else "CONFIRMED")
    found.add("transp", "TRANSPARENT")
    return found
