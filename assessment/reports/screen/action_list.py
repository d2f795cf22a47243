"""Every recommendation in one list by packages, the way the page of actions shows them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessment.reports import formats
from assessment.reports.screen.chosen_actions import (
    Choice,
    Select,
    is_wanted,
    selects,
)
from assessment.reports.sections.lines import Section
from assessment.reports.sections.recommendations import (
    RecommendationLine,
    WithheldLine,
    package_lines,
    recommendation_lines,
    withheld_lines,
)
from assessment.reports.side_signs import SideSign, acting_sides

if TYPE_CHECKING:
    from collections.abc import Iterable

    from assessment.reports.report_data import ReportData
    from assessment.reports.sections.recommendations import PackageLine


@dataclass(frozen=True, slots=True)
class ActionLine:
    """`slug` is its address in the page; `open`: shown whole, the others open when asked.

    `slot` is the timing for the style sheet; `subjects` are the codes and names of what it is on.
    """

    line: RecommendationLine
    slug: str
    open: bool
    slot: str
    sides: tuple[SideSign, ...]
    subjects: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ActionPackage:
    """`line` is None for actions that no package holds; `first`: those to begin with."""

    line: PackageLine | None
    first: bool
    actions: tuple[ActionLine, ...]


@dataclass(frozen=True, slots=True)
class ActionList:
    """`counted` says in words how many of how many are shown; `filtered` that not all are."""

    selects: tuple[Select, ...]
    filtered: bool
    counted: str
    before: tuple[ActionLine, ...]
    first: tuple[ActionPackage, ...]
    further: tuple[ActionPackage, ...]
    withheld: tuple[WithheldLine, ...]
    any: bool


def action_list(report: ReportData, choice: Choice) -> Section:
    lines = recommendation_lines(report)
    shown = {line.code for line in lines if _is_shown(report, line, choice)}
    packages = [kept for one in _packages(report) if (kept := _only(one, shown)).actions]
    content = ActionList(
        selects=selects(report, choice),
        filtered=choice.is_made,
        counted=_counted(len(shown), len(lines)),
        before=tuple(one for one in _alone(report, first=True) if one.line.code in shown),
        first=tuple(one for one in packages if one.first),
        further=tuple(one for one in packages if not one.first),
        withheld=() if choice.is_made else withheld_lines(report),
        any=bool(lines),
    )
    return Section("actions", _("What to do"), "report/screen/_actions.html", content)


def _is_shown(report: ReportData, line: RecommendationLine, choice: Choice) -> bool:
    return is_wanted(report.instrument, report.instrument.rule[line.code], choice)


def _only(package: ActionPackage, shown: Iterable[str]) -> ActionPackage:
    return replace(package, actions=tuple(a for a in package.actions if a.line.code in shown))


def _counted(shown: int, every: int) -> str:
    words = ngettext("{shown} of {all} action", "{shown} of {all} actions", every)
    return words.format(shown=formats.number(shown), all=formats.number(every))


def _packages(report: ReportData) -> tuple[ActionPackage, ...]:
    """Those to begin with, the others, and last what no package holds."""
    found = zip(report.result.packages, package_lines(report), strict=True)
    packages = tuple(
        ActionPackage(
            line,
            one.first,
            tuple(
                _action(report, action, is_open=one.first and action is line.lead)
                for action in (line.lead, *line.steps, *line.more)
            ),
        )
        for one, line in found
    )
    return (*packages, ActionPackage(None, False, _alone(report, first=False)))


def _alone(report: ReportData, *, first: bool) -> tuple[ActionLine, ...]:
    """Of no package: those that come before all, or the rest."""
    packed = {code for p in report.result.packages for code in (p.lead, *p.steps)}
    return tuple(
        _action(report, line, is_open=first)
        for line in recommendation_lines(report)
        if line.code not in packed and line.first is first
    )


def _action(report: ReportData, line: RecommendationLine, *, is_open: bool) -> ActionLine:
    bank = report.instrument
    rule = bank.rule[line.code]
    return ActionLine(
        line=line,
        slug=action_slug(line.code),
        open=is_open,
        slot=rule.timing.replace("_", "-"),
        sides=acting_sides(bank, rule),
        subjects=tuple((code, bank.dimension[code].short) for code in rule.dimensions),
    )


def action_slug(code: str) -> str:
    return f"action-{code.lower()}"


def actions_on(report: ReportData, subject: str) -> tuple[ActionLine, ...]:
    """What is recommended on one subject, in the order in which to begin."""
    return tuple(
        _action(report, line, is_open=False)
        for line in recommendation_lines(report)
        if subject in report.instrument.rule[line.code].dimensions
    )
