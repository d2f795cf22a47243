"""Who takes part in a round, by sector and tier; never what anybody answered."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assessment.actions.rounds.places import places_of
from assessment.instrument.model import SECTORS, TIERS
from assessment.models import Invitation, Response
from assessment.reports.wording import SECTORS as SECTOR_WORDS
from assessment.reports.wording import TIERS as TIER_WORDS
from assessment.reports.wording import seat_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from assessment.actions.rounds.places import Place
    from assessment.models import Round

State = Invitation.State
Seat = tuple[str, str]


@dataclass(frozen=True, slots=True)
class BoardRow:
    """Of one group: `asked` places that stand and people who came by the link of the group."""

    name: str
    asked: int
    begun: int
    submitted: int
    declined: int
    refused: int

    @property
    def open(self) -> int:
        return max(0, self.asked - self.begun - self.submitted)


@dataclass(frozen=True, slots=True)
class Board:
    rows: Sequence[BoardRow]
    total: BoardRow
    places: Sequence[tuple[Place, str]]
    """Each with the words of its seat."""


def board_of(round: Round) -> Board:
    """Two queries, whatever the number of people."""
    places = places_of(round)
    responses = list(
        round.responses.order_by().values_list("sector", "tier", "entry", "submitted_at")
    )
    by_seat = Counter((p.invitation.sector, p.invitation.tier, p.state) for p in places)
    came = Counter(
        (sector, tier, State.SUBMITTED if submitted else State.BEGUN)
        for sector, tier, entry, submitted in responses
        if entry != Response.Entry.INVITATION
    )
    counts = by_seat + came
    seats = [(sector, tier) for sector in SECTORS for tier in TIERS]
    used = {key[:2] for key in counts}
    rows = [_row(seat_words(*seat), _of_seat(counts, seat)) for seat in seats if seat in used]
    total: Counter[str] = Counter()
    for key, number in counts.items():
        total[key[2]] += number
    named = [(p, seat_words(p.invitation.sector, p.invitation.tier)) for p in places]
    return Board(rows, _row("", total), named)


def hidden_groups(round: Round) -> list[tuple[str, int]]:
    """If it were closed now: the groups with fewer than the minimum, and how many submitted.

    More may be hidden, where a small group could be worked out from the others.
    """
    submitted = round.responses.filter(submitted_at__isnull=False)
    counts = Counter(submitted.order_by().values_list("sector", "tier"))
    minimum = round.minimum or 0
    words = [(seat_words(*seat), counts[seat]) for seat in _seats(counts) if counts[seat] < minimum]
    for at, parts in enumerate((SECTORS, TIERS)):
        names = (SECTOR_WORDS, TIER_WORDS)[at]
        for part in parts:
            number = sum(found for seat, found in counts.items() if seat[at] == part)
            if 0 < number < minimum:
                words.append((str(names[part]), number))
    return words


def _seats(counts: Iterable[Seat]) -> list[Seat]:
    known = set(counts)
    return [(s, t) for s in SECTORS for t in TIERS if (s, t) in known]


def _of_seat(counts: Counter[tuple[str, str, str]], seat: Seat) -> Counter[str]:
    return Counter({key[2]: number for key, number in counts.items() if key[:2] == seat})


def _row(name: str, by_state: Counter[str]) -> BoardRow:
    declined = by_state[State.DECLINED] + by_state[State.WITHDRAWN]
    over = by_state[State.ENDED] + declined
    return BoardRow(
        name=name,
        asked=sum(by_state.values()) - over,
        begun=by_state[State.BEGUN],
        submitted=by_state[State.SUBMITTED],
        declined=declined,
        refused=by_state[State.REFUSED],
    )
