"""Who takes part in a round, by sector and tier; never what anybody answered."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from assessment.actions.rounds.close import judge_round, round_input
from assessment.actions.rounds.places import places_of
from assessment.actions.rounds.send import reminder_is_due
from assessment.instrument.model import SECTORS, TIERS
from assessment.models import Invitation, OutgoingMail, Response
from assessment.reports.seat_wording import seat_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from assessment.actions.rounds.places import Place
    from assessment.models import Round

State = Invitation.State
Seat = tuple[str, str]
MailState = OutgoingMail.State
TOGETHER, ON_BEHALF = "together", "on_behalf"
"""Counted beside the states, of those who have submitted or begun."""


@dataclass(frozen=True, slots=True)
class BoardRow:
    """Of one group: `asked` places that stand and people who came in another way.

    `own` of the submitted were given by one person each: by them it is decided whether the group is
    shown. `on_behalf` of the begun and submitted were entered from paper. `of_most` is the largest
    number asked of any group, by which the bars are measured.
    """

    name: str
    asked: int
    begun: int
    submitted: int
    own: int
    on_behalf: int
    declined: int
    refused: int
    of_most: int = 1

    @property
    def open(self) -> int:
        return max(0, self.asked - self.begun - self.submitted)

    @property
    def bar(self) -> list[tuple[str, float, float]]:
        """Name, beginning and width of each part, in percent of the longest bar."""
        parts, at = [], 0.0
        for name in ("submitted", "begun", "open"):
            width = 100 * float(getattr(self, name)) / self.of_most
            if width:
                parts.append((name, round(at, 2), round(width, 2)))
            at += width
        return parts


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place with the words of its seat, and where the last reminder stands."""

    place: Place
    seat: str
    reminder: str


@dataclass(frozen=True, slots=True)
class Board:
    """`together` are the numbers of people of each answer that several gave as one."""

    rows: Sequence[BoardRow]
    total: BoardRow
    places: Sequence[PlaceRow]
    together: Sequence[int]
    reminders: Sequence[tuple[str, int]]
    minimum_at: float
    too_few: Sequence[str]
    """Groups of fewer people than the smallest that is shown, which no link makes larger."""


def board_of(round: Round, now: datetime) -> Board:
    """Three queries, whatever the number of people."""
    places = places_of(round)
    responses = list(
        round.responses.order_by().values_list("sector", "tier", "entry", "submitted_at", "people")
    )
    counts = Counter((p.invitation.sector, p.invitation.tier, p.state) for p in places)
    for sector, tier, entry, submitted, people in responses:
        if entry != Response.Entry.INVITATION:
            counts[sector, tier, State.SUBMITTED if submitted else State.BEGUN] += 1
        counts[sector, tier, ON_BEHALF] += entry == Response.Entry.ON_BEHALF
        counts[sector, tier, TOGETHER] += bool(submitted and people)
    by_seat = {seat: _of_seat(counts, seat) for seat in _seats(key[:2] for key in counts)}
    most = max((_asked(found) for found in by_seat.values()), default=0) or 1
    total = sum(by_seat.values(), Counter[str]())
    standing = [_reminder(place, now) for place in places]
    named = [
        PlaceRow(p, seat_words(p.invitation.sector, p.invitation.tier, round.tier_words), reminder)
        for p, reminder in zip(places, standing, strict=True)
    ]
    by_link = set(round.open_links.filter(ended=False).values_list("sector", "tier"))
    rows = [_row(seat_words(*seat, round.tier_words), by_seat[seat], most) for seat in by_seat]
    return Board(
        rows=rows,
        total=_row("", total, _asked(total) or 1),
        places=named,
        together=sorted(people for *_rest, submitted, people in responses if submitted and people),
        reminders=list(Counter(words for words in standing if words).items()),
        minimum_at=100 * min(1.0, (round.minimum or 0) / most),
        too_few=[
            row.name
            for seat, row in zip(by_seat, rows, strict=True)
            if row.asked < (round.minimum or 0) and seat not in by_link
        ],
    )


def hidden_groups(round: Round) -> list[tuple[str, int]]:
    """If it were closed now: each group that would not be shown, and how many submitted in it.

    Worked out as closing does it, so that those are among them from which a small group could be
    worked out. Nothing else of that result is read.
    """
    judged = judge_round(round, round_input(round))
    return [
        (seat_words(group.sector, group.tier, round.tier_words) or str(_("Everybody")), group.n)
        for group in judged.groups
        if group.hidden and (group.n or not (group.sector or group.tier))
    ]


def _reminder(place: Place, now: datetime) -> str:
    """Of the last one to who has not submitted: sent, due, failed; empty where there is none."""
    mail = place.invitation.mail
    if mail is None or place.state in {State.SUBMITTED, *Invitation.OVER}:
        return ""
    if mail.kind == OutgoingMail.Kind.ROUND_REMINDER:
        if mail.state in OutgoingMail.IN_QUEUE:
            return _("on its way")
        if mail.state == MailState.REFUSED:
            return _("failed")
        if mail.state == MailState.IN_DOUBT:
            return _("in doubt")
    if reminder_is_due(place, now):
        return pgettext("reminder", "due")
    return _("sent") if mail.kind == OutgoingMail.Kind.ROUND_REMINDER else ""


def _seats(found: Iterable[Seat]) -> list[Seat]:
    known = set(found)
    return [(s, t) for s in SECTORS for t in TIERS if (s, t) in known]


def _of_seat(counts: Counter[tuple[str, str, str]], seat: Seat) -> Counter[str]:
    return Counter({key[2]: number for key, number in counts.items() if key[:2] == seat})


def _asked(by_state: Counter[str]) -> int:
    over = {State.ENDED, State.DECLINED, State.WITHDRAWN, TOGETHER, ON_BEHALF}
    return sum(number for state, number in by_state.items() if state not in over)


def _row(name: str, by_state: Counter[str], most: int) -> BoardRow:
    return BoardRow(
        name=name,
        asked=_asked(by_state),
        begun=by_state[State.BEGUN],
        submitted=by_state[State.SUBMITTED],
        own=by_state[State.SUBMITTED] - by_state[TOGETHER],
        on_behalf=by_state[ON_BEHALF],
        declined=by_state[State.DECLINED] + by_state[State.WITHDRAWN],
        refused=by_state[State.REFUSED],
        of_most=most,
    )
