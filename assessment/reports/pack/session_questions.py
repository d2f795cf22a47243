"""The questions of a session on paper: what to ask each other, and the answers to choose from."""

from __future__ import annotations

from dataclasses import dataclass
from string import ascii_lowercase
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from assessment.instrument.kinds.registry import kind_of
from assessment.instrument.model import COORDINATING_SECTORS
from assessment.method.result import TOO_FEW
from assessment.models import Result
from assessment.models.promises import read_promise
from assessment.reports import formats
from assessment.reports.seat_wording import SECTORS
from assessment.reports.session_figures import first_figures, proposed_questions, session_order
from assessment.reports.wording import STATUSES

if TYPE_CHECKING:
    from assessment.instrument.model import Instrument, Question
    from assessment.method import result as method
    from assessment.models import Round
    from assessment.reports.session_figures import SessionRow

FEWEST = 4
"""So many are proposed where the sides stand apart on none, and so many empty forms are printed."""


@dataclass(frozen=True, slots=True)
class LetteredAnswer:
    letter: str
    text: str


@dataclass(frozen=True, slots=True)
class PackQuestion:
    """`text` is empty on a form that is filled in by hand.

    `apart` and `rows` are what the session may be shown of it; `asks` is what each side is asked.
    """

    number: str
    text: str = ""
    several: bool = False
    unit: str = ""
    answers: tuple[LetteredAnswer, ...] = ()
    beside: tuple[str, ...] = ()
    apart: str = ""
    rows: tuple[SessionRow, ...] = ()
    asks: tuple[str, ...] = ()


def why_no_figures(round: Round, joint: method.Result | None) -> str:
    """Why nothing of the result may be put before the room; empty where it may."""
    if joint is None:
        return _(
            "The round is not closed yet: nobody has seen what was answered. This sheet is filled "
            "once it is closed; print it again then."
        )
    if joint.status == TOO_FEW:
        return _(
            "Too few people answered for a result to be shown: there is nothing that the room "
            "could look at together."
        )
    if not read_promise(round.promise).round_result:
        return _(
            "A session shows the result of the round to those who answered. That was not promised "
            "to them before they answered, so nothing of it stands here."
        )
    return ""


def joint_result_of(round: Round) -> method.Result | None:
    """What people answered apart; None before the round is closed."""
    stored = round.results.with_content().filter(kind=Result.Kind.JOINT).first()
    return stored.read() if stored else None


def pack_questions(
    round: Round, joint: method.Result | None, instrument: Instrument
) -> list[PackQuestion]:
    """Those of the session where some were chosen, else those to begin with; else empty forms."""
    if joint is None or why_no_figures(round, joint):
        return [PackQuestion(formats.number(at)) for at in range(1, FEWEST + 1)]
    codes = list(round.session_items.values_list("code", flat=True))
    proposed = proposed_questions(joint, instrument) or session_order(joint, instrument)[:FEWEST]
    return [
        _question(at, instrument.question[code], joint, instrument)
        for at, code in enumerate(codes or proposed, 1)
    ]


def _question(
    at: int, question: Question, joint: method.Result, instrument: Instrument
) -> PackQuestion:
    figures = first_figures(joint, instrument, question.code)
    letters = zip(ascii_lowercase, question.options, strict=False)
    return PackQuestion(
        number=formats.number(at),
        text=question.text,
        several=kind_of(question).several,
        unit=question.unit,
        answers=tuple(LetteredAnswer(letter, option.text) for letter, option in letters),
        beside=tuple(str(STATUSES[status]) for status in question.statuses_beside),
        apart=figures.apart if figures else "",
        rows=figures.rows if figures else (),
        asks=_asks(question.code, joint, instrument),
    )


def _asks(code: str, joint: method.Result, instrument: Instrument) -> tuple[str, ...]:
    """Who sees it higher tells first what is there, the other what does not arrive."""
    gap = joint.gap(COORDINATING_SECTORS, code)
    if gap is None or not instrument.scale.is_gap(gap.levels):
        return (
            _("Both sides: tell one case of the last year in which this went well or did not."),
        )
    higher, lower = gap.between if gap.levels > 0 else reversed(gap.between)
    return (
        _("{side}: what do you see that is there? Since when, where, and who uses it?").format(
            side=SECTORS[higher]
        ),
        _("{side}: where does it not reach you? Tell one case of the last year.").format(
            side=SECTORS[lower]
        ),
        _("Both: what would have to exist so that both sides see the same?"),
    )
