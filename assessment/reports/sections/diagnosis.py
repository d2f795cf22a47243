"""What stands out: the patterns that several answers form together, or what tells most else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from assessment.reports import formats
from assessment.reports.sections.lines import Section, case_name
from assessment.reports.short_reasons import short_because, telling_because
from assessment.reports.wording import (
    score_words,
)

if TYPE_CHECKING:
    from assessment.method.result import Contrast, PatternResult
    from assessment.reports.report_data import ReportData


@dataclass(frozen=True, slots=True)
class PatternLine:
    """`case` and its `country` are empty where no case is described in these terms.

    `settled`: enough is known; `telling` are the first reasons, `more` counts the others.
    `package` is the title of what answers it, `decision` the number by which the brief asks for it.
    """

    title: str
    text: str
    case: str
    country: str
    settled: bool
    telling: tuple[str, ...]
    more: int
    package: str
    decision: str = ""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """`watch` are patterns that hold and do not lead; `contrast` stands where none holds.

    `tends` is "high" or "low" where more subjects stand or point there.
    """

    leading: tuple[PatternLine, ...]
    watch: tuple[PatternLine, ...]
    contrast: str
    tends: str
    unknown: tuple[str, ...]


def diagnosis(report: ReportData) -> Section | None:
    """What the brief has no room for; nothing where no further pattern holds."""
    content = diagnosis_of(report)
    if not content.watch:
        return None
    return Section("diagnosis", _("Also to watch"), "report/_diagnosis.html", content)


def diagnosis_of(report: ReportData) -> Diagnosis:
    lines = [(one.first, _pattern(report, one)) for one in report.result.patterns]
    contrast = report.result.contrast
    return Diagnosis(
        leading=tuple(line for first, line in lines if first),
        watch=tuple(line for first, line in lines if not first),
        contrast=contrast_words(report, contrast) if contrast else "",
        tends=_tends(report),
        unknown=tuple(report.instrument.dimension[d.dimension].name for d in report.unknown),
    )


def _tends(report: ReportData) -> str:
    directions = [one.direction for one in report.result.dimensions.values()]
    high, low = directions.count("high"), directions.count("low")
    return "" if high == low else "high" if high > low else "low"


def _pattern(report: ReportData, found: PatternResult) -> PatternLine:
    bank = report.instrument
    pattern = bank.pattern[found.pattern]
    telling = telling_because(report, found.because)
    return PatternLine(
        title=pattern.title,
        text=pattern.text,
        case=case_name(report, pattern.case) if pattern.case else "",
        country=formats.country_name(bank.case[pattern.case].country) if pattern.case else "",
        settled=found.standing == "settled",
        telling=telling,
        more=len(short_because(report, found.because)) - len(telling),
        package=bank.package[pattern.package].title if pattern.package else "",
    )


def contrast_words(report: ReportData, found: Contrast) -> str:
    """Two dimensions of opposite direction; what too few answers say is called that."""
    names = {
        "high": report.instrument.dimension[found.high].name,
        "low": report.instrument.dimension[found.low].name,
        "high_score": score_words(report, found.high),
        "low_score": score_words(report, found.low),
    }
    if found.standing == "settled":
        return _(
            "The clearest contrast: {high} is high ({high_score}), {low} is low ({low_score})."
        ).format(**names)
    return _(
        "The clearest contrast so far, from few answers: {high} points high, {low} points low."
    ).format(**names)
