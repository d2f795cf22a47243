"""The agenda of a session, for half a day and for a day, counted from its beginning."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from assessment.reports import formats

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import time

HALF, OF_A_DAY = 45, 60
"""Minutes of each of the two parts in which one talks about the questions."""


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """`hours` is from when to when: by the clock, or counted from the beginning."""

    hours: str
    title: str
    how: str


@dataclass(frozen=True, slots=True)
class _Part:
    minutes: int
    title: str
    how: str


def half_day(begins: time | None, questions: int, sheets: Mapping[str, str]) -> list[AgendaItem]:
    """Three and a half hours; `sheets` are the numbers of what is handed out, by its name."""
    return list(_timed(_half_day(questions, sheets), begins))


def whole_day(begins: time | None, questions: int, sheets: Mapping[str, str]) -> list[AgendaItem]:
    """Seven and a quarter hours with the meal."""
    return list(_timed(_whole_day(questions, sheets), begins))


def _timed(parts: Iterable[_Part], begins: time | None) -> Iterator[AgendaItem]:
    at = 0
    for part in parts:
        after = at + part.minutes
        hours = _("{begin} to {end}").format(begin=_moment(at, begins), end=_moment(after, begins))
        yield AgendaItem(hours, part.title, part.how)
        at = after


def _moment(minutes: int, begins: time | None) -> str:
    if begins is None:
        return f"{minutes // 60}:{minutes % 60:02}"
    of_day = minutes + 60 * begins.hour + begins.minute
    return f"{of_day // 60 % 24:02}:{of_day % 60:02}"


def _half_day(questions: int, sheets: Mapping[str, str]) -> Iterator[_Part]:
    yield _arrive(10, sheets)
    yield _open(15, sheets)
    yield _two_sides(20)
    yield from _talk(HALF, questions, sheets)
    yield _plan(45, sheets)
    yield _close(15, sheets)


def _whole_day(questions: int, sheets: Mapping[str, str]) -> Iterator[_Part]:
    yield _arrive(15, sheets)
    yield _open(20, sheets)
    yield _two_sides(30)
    yield from _talk(OF_A_DAY, questions, sheets)
    yield _Part(60, _("Meal"), _("Seats are mixed: nobody eats among his or her own only."))
    yield _Part(
        40,
        _("From national to local"),
        _(
            "Who works in a municipality speaks first: where does what was decided not arrive? "
            "Then the region, then the ministries: what would it need?"
        ),
    )
    yield _Part(
        30,
        _("Each side alone"),
        _(
            "Two rooms or corners. On one sheet of paper: what we need from the other side, and "
            "what we can give it."
        ),
    )
    yield _plan(50, sheets)
    yield _break()
    yield _Part(
        20,
        _("Money and days"),
        _(
            "Line by line of sheet {plan}: which money pays, whose is it, and until when can it "
            "still be moved? A line without money says why."
        ).format(plan=sheets["plan"]),
    )
    yield _close(20, sheets)


def _arrive(minutes: int, sheets: Mapping[str, str]) -> _Part:
    return _Part(
        minutes,
        _("Arrive"),
        _(
            "Everybody signs sheet {attendance} and sits down beside somebody of the other side."
        ).format(attendance=sheets["attendance"]),
    )


def _open(minutes: int, sheets: Mapping[str, str]) -> _Part:
    return _Part(
        minutes,
        pgettext("agenda", "Open"),
        _(
            "Who leads says why we are here, what is to be decided, who writes and who keeps the "
            "time. Read out the rules (sheet {rules}) and ask whether all agree to them."
        ).format(rules=sheets["rules"]),
    )


def _two_sides(minutes: int) -> _Part:
    return _Part(
        minutes,
        _("What the two sides see"),
        _(
            "Five minutes of reading in silence: the brief. Then each side names one thing that it "
            "did not expect. Nobody defends anything yet."
        ),
    )


def minutes_each(questions: int, minutes: int = HALF) -> int:
    """For one question, where the larger half of them has so many minutes."""
    return minutes // -(-questions // 2)


def _talk(minutes: int, questions: int, sheets: Mapping[str, str]) -> Iterator[_Part]:
    first = -(-questions // 2)
    yield _Part(
        minutes,
        _("Ask each other, first part"),
        ngettext(
            "One question, about {each} minutes: {steps}",
            "{count} questions, about {each} minutes each: {steps}",
            first,
        ).format(
            count=formats.number(first),
            each=formats.number(minutes_each(questions, minutes)),
            steps=_(
                "each marks an own answer in silence (sheet {slip}); who leads reads out the "
                "figures (sheet {questions}); each side tells what it sees; what is agreed, or "
                "both positions, is written down and read out (sheet {outcome})."
            ).format(**sheets),
        ),
    )
    yield _break()
    yield _Part(
        minutes,
        _("Ask each other, second part"),
        _(
            "The other questions in the same way. What could not be settled in its time stays as "
            "both positions; it is not taken up again."
        ),
    )


def _break() -> _Part:
    return _Part(
        15, _("Break"), _("Who writes and who leads read what has been written down so far.")
    )


def _plan(minutes: int, sheets: Mapping[str, str]) -> _Part:
    return _Part(
        minutes,
        _("What to do"),
        _(
            "What follows from what was agreed? For each line of sheet {plan} both sides say who "
            "does it, with what money, by when, and by what one will see it. Three whole lines are "
            "worth more than ten without a name."
        ).format(plan=sheets["plan"]),
    )


def _close(minutes: int, sheets: Mapping[str, str]) -> _Part:
    return _Part(
        minutes,
        _("Sign, and meet again"),
        _(
            "Who writes reads out the minutes (sheet {minutes}). One person of each side signs "
            "them. Fix who signs the result (sheet {signatures}), and the day on which to look at "
            "the plan."
        ).format(minutes=sheets["minutes"], signatures=sheets["signatures"]),
    )
