"""The last hour of a round in other programs' hands: read by a reader that shares nothing."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from ical.calendar_stream import IcsCalendarStream

from assessment.interchange.round_calendar import ClosingEvent, closing_to_ics

CLOSES = datetime(2026, 6, 1, 5, tzinfo=UTC)
EVENT = ClosingEvent(UUID(int=1), CLOSES, "Last hour: Haku Wiñay; Juntos", "Until \\ 31 May", "en")


def test_last_hour_ends_when_the_round_closes() -> None:
    content = closing_to_ics(EVENT, now=datetime(2026, 5, 1, tzinfo=UTC))

    (event,) = IcsCalendarStream.calendar_from_ics(content.decode()).events
    assert (event.uid, event.dtstart, event.end) == (
        "urn:uuid:00000000-0000-0000-0000-000000000001",
        datetime(2026, 6, 1, 4, tzinfo=UTC),
        CLOSES,
    )
    assert (event.summary, event.description) == (EVENT.summary, EVENT.description)
    later = closing_to_ics(EVENT, now=datetime(2026, 5, 2, tzinfo=UTC))
    (moved,) = IcsCalendarStream.calendar_from_ics(later.decode()).events
    assert (moved.uid, (moved.sequence or 0) > (event.sequence or 0)) == (event.uid, True)
