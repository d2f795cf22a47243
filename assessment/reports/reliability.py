"""What a score of a round rests on: who answered, which groups are shown, who does not know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from assessment.method.rounds.suppression import counted_cells
from assessment.reports import formats

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assessment.instrument.groups import Cell
    from assessment.method.result import DimensionResult, GroupResult
    from assessment.reports.report_data import ReportData


def cells_of_report(report: ReportData) -> list[GroupResult]:
    """The smallest groups: one sector at one tier."""
    return [group for group in report.result.groups if group.sector and group.tier]


def counting_cells(report: ReportData) -> frozenset[Cell]:
    """The smallest groups whose answers are in any figure at all."""
    sizes = {(g.sector or "", g.tier or ""): g.n for g in cells_of_report(report)}
    return counted_cells(sizes, minimum_of(report))


def minimum_of(report: ReportData) -> int:
    return report.result.minimum or report.instrument.scale.minimum_group


def people_counted(report: ReportData, group: GroupResult) -> int:
    """How many answers are in the figures of a group: of a larger one those of the cells that
    count, so that nobody takes a hidden cell to be in it.
    """
    if group.sector and group.tier:
        return group.n
    counting = counting_cells(report)
    return sum(
        cell.n
        for cell in cells_of_report(report)
        if (cell.sector or "", cell.tier or "") in counting
        and group.sector in {None, cell.sector}
        and group.tier in {None, cell.tier}
    )


def invited_to(report: ReportData, sector: str | None, tier: str | None) -> int | None:
    """How many were invited there; None where it is not known, as of answers out of a file."""
    found = [
        number
        for (of_sector, of_tier), number in report.invited.items()
        if sector in {None, of_sector} and tier in {None, of_tier}
    ]
    return sum(found) if report.invited else None


def answered_of(number: int, invited: int | None) -> str:
    """How many answered, of how many where that is known."""
    if invited is None:
        return formats.number(number)
    return _("{number} of {invited}").format(
        number=formats.number(number), invited=formats.number(max(number, invited))
    )


def round_reliability(report: ReportData) -> str:
    """In one line what every score of the round rests on, and when it was."""
    cells = cells_of_report(report)
    hidden = sum(1 for group in cells if group.hidden)
    all_groups = {(group.sector or "", group.tier or "") for group in cells} | {*report.invited}
    people = answered_of(report.result.respondents, invited_to(report, None, None))
    shown = _("{shown} of {all} groups shown").format(
        shown=formats.number(len(cells) - hidden), all=formats.number(len(all_groups))
    )
    return " · ".join(
        (
            _("{people} people answered").format(people=people),
            shown,
            formats.date_words(report.generated_at),
        )
    )


def unknown_share(found: DimensionResult) -> str:
    """Who does not know, as far as anybody does not; empty where everybody knows."""
    if not found.dont_know_share:
        return ""
    share = formats.percent(found.dont_know_share)
    return _("{share} do not know").format(share=share)


def unknown_shares(found: Sequence[DimensionResult]) -> str:
    """The same of several groups in their order; empty where everybody of all of them knows."""
    if not any(one.dont_know_share for one in found):
        return ""
    shares = " / ".join(formats.percent(one.dont_know_share or 0) for one in found)
    return _("{shares} do not know").format(shares=shares)
