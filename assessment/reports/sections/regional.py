"""The advice that the documents give for the region, beside what the answers say of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment.reports.sections.lines import FindingLine, Section, finding_line
from assessment.reports.short_reasons import short_because
from assessment.reports.wording import (
    region_words,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import _StrPromise

    from assessment.method.result import RegionalAdvice
    from assessment.reports.report_data import ReportData

STATES: Mapping[str, _StrPromise] = {
    "applies": gettext_lazy("Applies here"),
    "have": gettext_lazy("You already have it"),
    "unclear": gettext_lazy("Your answers do not tell"),
}

REGION = "profile.region"
"""The reason of them all, which their title says."""


@dataclass(frozen=True, slots=True)
class AdviceLine:
    finding: FindingLine
    slug: str
    state: str
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AdviceGroup:
    """What the answers say the same of, from one place of the documents."""

    slug: str
    state: str
    passage: str
    lines: tuple[AdviceLine, ...]


@dataclass(frozen=True, slots=True)
class Regional:
    """`region` is empty where the documents advise nothing for it of its own."""

    region: str
    lines: tuple[AdviceLine, ...]

    @property
    def groups(self) -> tuple[AdviceGroup, ...]:
        found: dict[tuple[str, str, str], list[AdviceLine]] = {}
        for line in self.lines:
            alike = (line.slug, line.state, line.finding.passage)
            found.setdefault(alike, []).append(line)
        return tuple(AdviceGroup(*alike, tuple(lines)) for alike, lines in found.items())


def regional(report: ReportData) -> Section | None:
    if not report.result.advice:
        return None
    region = str(report.result.profile.get("region", ""))
    cited = (report.instrument.finding[one.finding] for one in report.result.advice)
    own = any(finding.region == region for finding in cited)
    content = Regional(
        region_words(report.instrument, region) if own else "",
        tuple(_line(report, one) for one in report.result.advice),
    )
    title = _("What the authors advise for your region")
    return Section("regional", title, "report/_regional.html", content)


def _line(report: ReportData, found: RegionalAdvice) -> AdviceLine:
    return AdviceLine(
        finding_line(report, found.finding),
        found.state,
        str(STATES[found.state]),
        short_because(report, (one for one in found.because if one.name != REGION)),
    )
