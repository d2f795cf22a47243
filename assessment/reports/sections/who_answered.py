"""Who was heard in a round: by sector and tier how many answered, and why a group is hidden."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from assessment.instrument.model import SECTORS, TIERS
from assessment.reports import formats
from assessment.reports.reliability import (
    answered_of,
    cells_of_report,
    counting_cells,
    invited_to,
    minimum_of,
)
from assessment.reports.seat_wording import SECTORS as SECTOR_WORDS
from assessment.reports.sections.lines import Section
from assessment.reports.side_signs import side_signs

if TYPE_CHECKING:
    from assessment.instrument.groups import Group
    from assessment.method.result import GroupResult
    from assessment.reports.report_data import ReportData
    from assessment.reports.side_signs import SideSign


@dataclass(frozen=True, slots=True)
class HeardCell:
    """How many answered of how many; empty where there is no such group."""

    words: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class HeardColumn:
    name: str
    signs: tuple[SideSign, ...]


@dataclass(frozen=True, slots=True)
class HeardRow:
    name: str
    cells: tuple[HeardCell, ...]


@dataclass(frozen=True, slots=True)
class WhoAnswered:
    """`why` has a sentence for each hidden group; `invited` tells whether it is known how many."""

    columns: tuple[HeardColumn, ...]
    rows: tuple[HeardRow, ...]
    why: tuple[str, ...]
    invited: bool


def who_answered(report: ReportData) -> Section | None:
    if not report.several:
        return None
    groups = {(group.sector, group.tier): group for group in report.result.groups}
    cells = [*((g.sector or "", g.tier or "") for g in cells_of_report(report)), *report.invited]
    sectors = [*(sector for sector in SECTORS if any(cell[0] == sector for cell in cells)), None]
    tiers = [*(tier for tier in TIERS if any(cell[1] == tier for cell in cells)), None]
    content = WhoAnswered(
        columns=tuple(_column(sector) for sector in sectors),
        rows=tuple(
            HeardRow(
                report.tiers[tier] if tier else _("All people"),
                tuple(_cell(report, groups, (sector, tier)) for sector in sectors),
            )
            for tier in tiers
        ),
        why=reasons_of(report),
        invited=bool(report.invited),
    )
    return Section("heard", _("Who was heard"), "report/_heard.html", content)


def _column(sector: str | None) -> HeardColumn:
    if sector is None:
        return HeardColumn(_("Together"), ())
    return HeardColumn(str(SECTOR_WORDS[sector]), side_signs([sector]))


def _cell(report: ReportData, groups: dict[Group, GroupResult], at: Group) -> HeardCell:
    found, invited = groups.get(at), invited_to(report, *at)
    if found is None and not invited:
        return HeardCell("", hidden=False)
    number = found.n if found else 0
    return HeardCell(answered_of(number, invited), hidden=found is not None and found.hidden)


def reasons_of(report: ReportData) -> tuple[str, ...]:
    """For each hidden group how many answered, of how many, and why nothing of it is shown."""
    return tuple(_reason(report, group) for group in report.result.groups if group.hidden)


def _reason(report: ReportData, group: GroupResult) -> str:
    minimum = minimum_of(report)
    words = {
        "group": report.seat_words(group.sector, group.tier) or _("Everybody"),
        "answered": answered_of(group.n, invited_to(report, group.sector, group.tier)),
        "minimum": formats.number(minimum),
    }
    if group.n >= minimum:
        sentence = _(
            "{group}: {answered} answered. Hidden too, because from it a smaller group could be "
            "worked out."
        )
    elif (group.sector or "", group.tier or "") in counting_cells(report):
        sentence = _(
            "{group}: {answered} answered, fewer than {minimum}. Hidden, because people could be "
            "recognised; their answers count in larger groups only."
        )
    else:
        sentence = _(
            "{group}: {answered} answered, fewer than {minimum}. Hidden, and in no figure: their "
            "answers would show through any of them."
        )
    return sentence.format(**words)
