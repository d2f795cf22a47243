"""The last moment of a round as a calendar (iCalendar, RFC 5545): the hour before it.

An event that began at midnight would stand on the day after the last one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from icalendar import Alarm, Calendar, Event

if TYPE_CHECKING:
    from uuid import UUID

PRODUCT = "-//Articula//Round//EN"
BEFORE = timedelta(hours=1)
REMIND_BEFORE = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class ClosingEvent:
    uuid: UUID
    closes_at: datetime
    summary: str
    description: str
    language: str


def closing_to_ics(event: ClosingEvent, *, now: datetime) -> bytes:
    """Brought in again after the day was moved it moves the event: same uid, higher sequence."""
    last = event.closes_at.astimezone(UTC)
    words = {"language": event.language}
    found = Event()
    found.add("uid", f"urn:uuid:{event.uuid}")
    found.add("dtstamp", now)
    found.add("sequence", int(now.timestamp()) // 60)
    found.add("dtstart", last - BEFORE)
    found.add("dtend", last)
    found.add("summary", event.summary, parameters=words)
    found.add("description", event.description, parameters=words)
    found.add("transp", "TRANSPARENT")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", event.summary)
    alarm.add("trigger", -REMIND_BEFORE)
    found.add_component(alarm)
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(found)
    return bytes(calendar.to_ical())
