"""The two sides of a round beside each other: what each sees, and what to ask one another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessment.instrument.model import COORDINATING_SECTORS
from assessment.reports import formats
from assessment.reports.charts import group_in_all
from assessment.reports.profile_table import Picture, Step, steps_of, subject_slug
from assessment.reports.reliability import people_counted, round_reliability, unknown_shares
from assessment.reports.seat_wording import SECTORS
from assessment.reports.sections.lines import Section
from assessment.reports.sections.vertical import chain_in_brief
from assessment.reports.sections.who_answered import reasons_of
from assessment.reports.side_signs import side_signs
from assessment.reports.sides_picture import HEIGHT, Between, Stand, sides_marks
from assessment.reports.wording import INDICATIONS

if TYPE_CHECKING:
    from assessment.method.result import DimensionResult, Gap, GroupResult
    from assessment.reports.report_data import ReportData
    from assessment.reports.side_signs import SideSign

MOST_QUESTIONS = 3


@dataclass(frozen=True, slots=True)
class SideStanding:
    """One side on one subject: its sign, its level or direction, its score if it has one."""

    sign: SideSign
    words: str
    score: str


@dataclass(frozen=True, slots=True)
class SideRow:
    """One subject as both sides see it; `picture` is None where one of them has no score.

    `ask` is the question of the bank on which they differ most, `asked_apart` by how much; both are
    empty where none may be named. `unknown` says how many of each side do not know.
    """

    code: str
    name: str
    short: str
    slug: str
    picture: Picture | None
    sides: tuple[SideStanding, ...]
    apart: str
    large: bool
    unknown: str
    ask: str
    asked_apart: str


@dataclass(frozen=True, slots=True)
class TwoSides:
    """`cards` are the widest gaps, to be talked about first; `rows` all subjects, widest first.

    `signs` are the sides with how many of each answered, `reliability` what every score here rests
    on, `points_of_a_level` what one level of distance is in points of the score. Where a side is
    hidden, `why` says which and for what reason, and there is nothing else of either.
    """

    signs: tuple[tuple[SideSign, str], ...]
    steps: tuple[Step, ...]
    points_of_a_level: str
    cards: tuple[SideRow, ...]
    rows: tuple[SideRow, ...]
    hidden: bool
    why: tuple[str, ...]
    reliability: str
    chain: str


def two_sides(report: ReportData) -> Section | None:
    """In rounds of several alone; where a side is hidden, why, and no figure of either."""
    if not report.several:
        return None
    found = [group_in_all(report, sector) for sector in COORDINATING_SECTORS]
    shown = [group for group in found if group and not group.hidden]
    hidden = len(shown) < len(found)
    rows = [] if hidden else _rows(report, shown)
    content = TwoSides(
        signs=tuple(
            (sign, _people(people_counted(report, group) if group else 0))
            for sign, group in zip(side_signs(COORDINATING_SECTORS), found, strict=True)
        ),
        steps=steps_of(report),
        points_of_a_level=formats.number(100 / report.instrument.scale.top_level),
        cards=tuple(row for row in rows if row.large)[:MOST_QUESTIONS],
        rows=tuple(rows),
        hidden=hidden,
        why=reasons_of(report),
        reliability=round_reliability(report),
        chain=chain_in_brief(report),
    )
    return Section("two-sides", _("What the two sides see"), "report/_two_sides.html", content)


def _people(number: int) -> str:
    words = ngettext("{number} person", "{number} people", number)
    return words.format(number=formats.number(number))


def _rows(report: ReportData, sides: list[GroupResult]) -> list[SideRow]:
    """The widest gap first, what cannot be compared last; equal ones in the bank's order."""
    gaps = {g.on: g for g in report.result.gaps if g.between == COORDINATING_SECTORS}
    widths = {code: abs(gaps[code].levels) if code in gaps else -1 for code in sides[0].dimensions}
    order = sorted(widths, key=lambda code: -widths[code])
    return [_row(report, code, [side.dimensions[code] for side in sides], gaps) for code in order]


def _row(
    report: ReportData, code: str, found: list[DimensionResult], gaps: dict[str, Gap]
) -> SideRow:
    gap = gaps.get(code)
    large = gap is not None and report.instrument.scale.is_gap(gap.levels)
    widest = _widest_question(report, code, gaps) if large else None
    signs = side_signs(COORDINATING_SECTORS)
    sides = tuple(_standing(report, *one) for one in zip(signs, found, strict=True))
    return SideRow(
        code=code,
        name=report.instrument.dimension[code].name,
        short=report.instrument.dimension[code].short,
        slug=subject_slug(code),
        picture=_picture(report, sides, found, gap),
        sides=sides,
        apart=_apart(report, gap),
        large=large,
        unknown=unknown_shares(found),
        ask=report.instrument.question[widest.on].text if widest else "",
        asked_apart=_levels(widest) if widest else "",
    )


def _widest_question(report: ReportData, code: str, gaps: dict[str, Gap]) -> Gap | None:
    questions = report.instrument.questions_of[code]
    named = [gaps[question.code] for question in questions if question.code in gaps]
    return max(named, key=lambda gap: abs(gap.levels), default=None)


def _alike(report: ReportData, gap: Gap | None) -> bool:
    """Less apart than half of what is a gap."""
    return gap is not None and abs(gap.levels) < report.instrument.scale.gap_levels / 2


def _standing(report: ReportData, sign: SideSign, found: DimensionResult) -> SideStanding:
    return SideStanding(
        sign=sign,
        words=_level_words(report, found),
        score=_score(report, found),
    )


def _score(report: ReportData, found: DimensionResult) -> str:
    if found.score is None:
        return ""
    return formats.score(found.score, report.instrument.scale.bands)


def _level_words(report: ReportData, found: DimensionResult) -> str:
    if found.settled and found.level is not None:
        return report.label(found.level)
    return str(INDICATIONS[found.direction]) if found.direction else _("nothing known")


def _apart(report: ReportData, gap: Gap | None) -> str:
    if gap is None:
        return _("not enough answers to compare")
    return _("seen alike") if _alike(report, gap) else _levels(gap)


def _levels(gap: Gap) -> str:
    levels = abs(gap.levels)
    return ngettext(
        "{levels} level apart", "{levels} levels apart", formats.counted(levels, 1)
    ).format(levels=formats.number(levels, 1))


def _picture(
    report: ReportData,
    sides: tuple[SideStanding, ...],
    found: list[DimensionResult],
    gap: Gap | None,
) -> Picture | None:
    stands = [Stand(one.score, one.settled) for one in found if one.score is not None]
    if len(stands) < len(found):
        return None
    first, second = stands
    title = _("{first} {one}, {second} {other} of 100").format(
        first=SECTORS[COORDINATING_SECTORS[0]],
        second=SECTORS[COORDINATING_SECTORS[1]],
        one=sides[0].score,
        other=sides[1].score,
    )
    between = _between(report, gap)
    marks = sides_marks(report.instrument.scale.bands, first, second, between)
    return Picture(title, HEIGHT, marks)


def _between(report: ReportData, gap: Gap | None) -> Between:
    if _alike(report, gap):
        return Between.ALIKE
    large = gap is not None and report.instrument.scale.is_gap(gap.levels)
    return Between.LARGE if large else Between.SOME
