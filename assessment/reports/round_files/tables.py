"""The result of a round as sheets of a workbook, and as flat files; made of what is stored."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment.instrument.model import TIERS as TIER_CODES
from assessment.interchange.csv_form import COMMA, CSV_FORMS
from assessment.interchange.plan_workbook import PlanTable, to_workbook
from assessment.interchange.round_files.figures import (
    BESIDE,
    FEW,
    LEVELS,
    POINTS,
    SHARES,
    RoundFigures,
)
from assessment.interchange.round_files.flat import to_csv_archive, to_json
from assessment.reports import formats
from assessment.reports.round_files.dictionary import about, dictionary, notes
from assessment.reports.seat_wording import SECTORS
from assessment.reports.sections.analyses import group_name, group_name_of
from assessment.reports.wording import STANDINGS, STATUSES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from django_stubs_ext import StrPromise

    from assessment.instrument.model import Dimension
    from assessment.method.result import DimensionResult, Gap, GroupResult, ItemResult
    from assessment.reports.report_data import ReportData

Cells = list[str | float | None]
WHY: Mapping[str, StrPromise] = {
    "": gettext_lazy("shown"),
    FEW: gettext_lazy("hidden: fewer than the minimum"),
    BESIDE: gettext_lazy("hidden: a smaller group could be worked out from it"),
}


def xlsx_of_round(report: ReportData) -> bytes:
    return to_workbook(_Sheets(report).tables())


def csv_of_round(report: ReportData, form: str = COMMA) -> bytes:
    return to_csv_archive(figures_of_round(report), dictionary(report), CSV_FORMS[form])


def json_of_round(report: ReportData) -> bytes:
    return to_json(figures_of_round(report), dictionary(report))


def figures_of_round(report: ReportData) -> RoundFigures:
    return RoundFigures(report.result, report.invited, _rounded)


def _rounded(value: float, places: int) -> float:
    return float(formats.rounded(value, places))


def _points(value: float | None) -> float | None:
    return None if value is None else _rounded(value, POINTS)


@dataclass(frozen=True)
class _Sheets:
    report: ReportData

    def tables(self) -> Iterator[PlanTable]:
        """Those of which the result has anything, the one that explains first."""
        result = self.report.result
        yield self._read_me()
        yield self._groups()
        if not self.report.too_few:
            yield self._subjects()
            yield self._questions()
        if result.gaps:
            yield self._gaps()
        if result.agreement:
            yield self._spread()
        if result.together:
            yield self._together()

    @cached_property
    def figures(self) -> RoundFigures:
        return figures_of_round(self.report)

    @property
    def dimensions(self) -> tuple[Dimension, ...]:
        return self.report.instrument.dimensions

    def _read_me(self) -> PlanTable:
        rows: list[Cells] = [[name, value] for name, value in about(self.report)]
        rows += [[_("Note"), note] for note in notes(self.report)]
        headings = (_("What this file is"), _("The result of a round, made from what is stored"))
        return PlanTable(_("Read me"), headings, rows, frozenset({1}))

    def _groups(self) -> PlanTable:
        headings = (
            *(_("Group"), _("Invited"), _("Submitted"), _("Shown")),
            *(one.name for one in self.dimensions),
        )
        rows = [self._group(group) for group in self.report.result.groups]
        return PlanTable(_("Groups"), headings, rows, frozenset({0, 3}))

    def _group(self, group: GroupResult) -> Cells:
        invited = max(self.figures.invited_to((group.sector, group.tier)), group.n)
        found = group.dimensions
        scores = [_points(found[d.code].score if found else None) for d in self.dimensions]
        name = group_name(self.report, group)
        return [name, invited, group.n, str(WHY[self.figures.why(group)]), *scores]

    def _subjects(self) -> PlanTable:
        result = self.report.result
        headings = (
            *(_("Subject"), _("Score"), _("At least"), _("At most"), _("Level")),
            *(_("What is known"), _("On paper"), _("In practice"), _("Share of “I do not know”")),
            *(_("Questions that count"), _("Questions asked")),
            *([_("Score before anything was agreed on")] if result.raw else []),
        )
        rows = [self._subject(code, found) for code, found in result.dimensions.items()]
        return PlanTable(_("Subjects"), headings, rows, frozenset({0}))

    def _subject(self, code: str, found: DimensionResult) -> Cells:
        raw, share = self.report.result.raw, found.dont_know_share
        return [
            self.report.instrument.dimension[code].name,
            *map(_points, (found.score, found.low, found.high)),
            "" if found.level is None else self.report.label(found.level),
            str(STANDINGS.get(found.standing, "")),
            *map(_points, (found.formal, found.practice)),
            None if share is None else _rounded(share, SHARES),
            *(found.questions_answered, found.questions_asked),
            *([_points(raw[code].score)] if raw else []),
        ]

    def _questions(self) -> PlanTable:
        headings = (
            *(_("Code"), _("Question"), _("Subject"), _("How it stands"), _("Score")),
            *(self.report.tiers[tier] for tier in TIER_CODES),
        )
        items = self.report.result.items
        rows = [self._question(code, item) for code, item in items.items()]
        return PlanTable(_("Questions"), headings, rows, frozenset({1}))

    def _question(self, code: str, item: ItemResult) -> Cells:
        question = self.report.instrument.question[code]
        link = next((one for one in self.report.result.chain if one.question == code), None)
        tiers = (link.national, link.regional, link.local) if link else (None, None, None)
        words = _("agreed on") if item.agreed else STATUSES.get(item.status, _("answered"))
        subject = self.report.instrument.dimension.get(question.dimension)
        return [
            *(code, question.text, subject.name if subject else "", str(words)),
            _points(item.score),
            *(None if level is None else _rounded(level, LEVELS) for level in tiers),
        ]

    def _gaps(self) -> PlanTable:
        headings = (_("Between"), _("and"), _("Code"), _("On"), _("Levels"))
        rows = [self._gap(gap) for gap in self.report.result.gaps]
        return PlanTable(_("Gaps"), headings, rows, frozenset({3}))

    def _gap(self, gap: Gap) -> Cells:
        words = {**SECTORS, **self.report.tiers}
        bank = self.report.instrument
        on = bank.dimension[gap.on].name if gap.on in bank.dimension else bank.question[gap.on].text
        sides = [str(words[side]) for side in gap.between]
        return [*sides, gap.on, on, _rounded(gap.levels, LEVELS)]

    def _spread(self) -> PlanTable:
        headings = (
            *(_("Group"), _("Code"), _("Question")),
            *(_("Mean distance from the mean, in levels"), _("Answers")),
        )
        bank = self.report.instrument
        rows: list[Cells] = [
            [
                *(group_name_of(self.report, one.group), one.question),
                *(bank.question[one.question].text, _rounded(one.ad, LEVELS), one.n),
            ]
            for one in self.report.result.agreement
        ]
        return PlanTable(_("Agreement"), headings, rows, frozenset({2}))

    def _together(self) -> PlanTable:
        headings = (_("Given together by"), _("People"), *(one.name for one in self.dimensions))
        rows: list[Cells] = [
            [
                *(self.report.seat_words(given.sector, given.tier), given.people),
                *(_points(given.dimensions[one.code].score) for one in self.dimensions),
            ]
            for given in self.report.result.together
        ]
        return PlanTable(_("Given together"), headings, rows, frozenset({0}))
