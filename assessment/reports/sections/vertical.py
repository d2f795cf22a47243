"""From national to local: the chain of the tiers, and the step where it breaks."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessment.instrument.model import TIERS
from assessment.reports import formats
from assessment.reports.chain_picture import Between, Box, chain_height, chain_marks
from assessment.reports.profile_table import Picture
from assessment.reports.reliability import cells_of_report, counting_cells
from assessment.reports.seat_wording import TIERS as WORDS_OF_TIERS
from assessment.reports.sections.lines import Section

if TYPE_CHECKING:
    from assessment.method.result import ChainLink
    from assessment.reports.report_data import ReportData

STEPS = tuple(pairwise(TIERS))
MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class ChainLine:
    """A question that all three tiers answered: by tier its mean level; `drops` says where."""

    question: str
    levels: tuple[tuple[str, str], ...]
    drops: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Vertical:
    """`summary` says in words what the picture shows; `chain` are the questions that drop,
    `holding` the names of the others.
    """

    summary: str
    picture: Picture | None
    chain: tuple[ChainLine, ...]
    holding: tuple[str, ...]
    tiers: tuple[str, ...]


def vertical(report: ReportData) -> Section | None:
    if not report.several:
        return None
    links = sorted(report.result.chain, key=_largest_drop)
    content = Vertical(
        summary=chain_summary(report),
        picture=_picture(report) if links else None,
        chain=tuple(_line(report, link) for link in links if link.drops),
        holding=tuple(_name(report, link) for link in links if not link.drops),
        tiers=tuple(report.tiers[tier] for tier in TIERS),
    )
    return Section("vertical", _("Where the chain breaks"), "report/_vertical.html", content)


def _levels_of(link: ChainLink) -> tuple[float, ...]:
    return (link.national, link.regional, link.local)


def _largest_drop(link: ChainLink) -> tuple[bool, float]:
    """Those that drop by a level first, then by how much they fall at one step."""
    levels = _levels_of(link)
    return not link.drops, -max(high - low for high, low in pairwise(levels))


def _line(report: ReportData, link: ChainLink) -> ChainLine:
    return ChainLine(
        question=_name(report, link),
        levels=tuple(
            (report.tiers[tier], formats.number(level, 1))
            for tier, level in zip(TIERS, _levels_of(link), strict=True)
        ),
        drops=tuple(_step_words(report, *step) for step in STEPS if "_".join(step) in link.drops),
    )


def _name(report: ReportData, link: ChainLink) -> str:
    question = report.instrument.question[link.question]
    return question.short or question.text


def _step_words(report: ReportData, upper: str, lower: str) -> str:
    return _("{upper} to {lower}").format(upper=report.tiers[upper], lower=report.tiers[lower])


def _dropping(report: ReportData, step: tuple[str, str]) -> list[ChainLink]:
    """The questions that drop at this step, the deepest drop first."""
    found = [link for link in report.result.chain if "_".join(step) in link.drops]
    at = TIERS.index(step[0])
    return sorted(found, key=lambda link: _levels_of(link)[at + 1] - _levels_of(link)[at])


def chain_summary(report: ReportData) -> str:
    """Where the chain breaks, and on what; that it does not, or that it cannot be shown."""
    if not report.result.chain:
        return _("The tiers cannot be followed: not all three of them can be shown.")
    said = [_step_sentence(report, step) for step in STEPS if _dropping(report, step)]
    return " ".join(said) or _(
        "No question that all three tiers answered drops by a level or more from one tier to the "
        "next."
    )


def chain_in_brief(report: ReportData) -> str:
    """The same where there are few words: nothing unless it breaks."""
    said = [_step_sentence(report, step) for step in STEPS if _dropping(report, step)]
    return " ".join(said)


def _step_sentence(report: ReportData, step: tuple[str, str]) -> str:
    dropping = _dropping(report, step)
    names = [_name(report, link) for link in dropping[:MOST_NAMED]]
    if len(dropping) > MOST_NAMED:
        names.append("…")
    sentence = ngettext(
        "From {upper} to {lower} {drops} of {all} questions drops by a level or more: {names}",
        "From {upper} to {lower} {drops} of {all} questions drop by a level or more: {names}",
        len(dropping),
    )
    return sentence.format(
        upper=_inside_sentence(report, step[0]),
        lower=_inside_sentence(report, step[1]),
        drops=formats.number(len(dropping)),
        all=formats.number(len(report.result.chain)),
        names=", ".join(names),
    )


def _inside_sentence(report: ReportData, tier: str) -> str:
    """The country's own word stays as it was written: it may be a name or an abbreviation."""
    return report.tier_words.get(tier) or str(WORDS_OF_TIERS[tier]).lower()


def _picture(report: ReportData) -> Picture:
    counting = counting_cells(report)
    boxes = [
        Box(
            report.tiers[tier],
            _answers(
                sum(
                    group.n
                    for group in cells_of_report(report)
                    if group.tier == tier and (group.sector, tier) in counting
                )
            ),
        )
        for tier in TIERS
    ]
    between = [_between(report, step) for step in STEPS]
    return Picture(chain_summary(report), chain_height(), chain_marks(boxes, between))


def _answers(number: int) -> str:
    words = ngettext("{number} answer", "{number} answers", number)
    return words.format(number=formats.number(number))


def _between(report: ReportData, step: tuple[str, str]) -> Between:
    drops = len(_dropping(report, step))
    words = _("{drops} of {all} drop").format(
        drops=formats.number(drops), all=formats.number(len(report.result.chain))
    )
    return Between(bool(drops), _("breaks") if drops else _("holds"), words)
