"""What the documents saw of a subject, beside whether the answers tell of it here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy

from assessment.reports import formats
from assessment.reports.finding_signs import SIGNS
from assessment.reports.sections.lines import FindingLine, finding_line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import _StrPromise

    from assessment.reports.marks import Mark
    from assessment.reports.report_data import ReportData

LOOKS: Mapping[tuple[str, str], tuple[str, _StrPromise]] = {
    ("barrier", "seen"): ("hinders-here", gettext_lazy("Hinders, and is here")),
    ("barrier", "partly"): ("hinders-here", gettext_lazy("Hinders, and is partly here")),
    ("barrier", "not_seen"): ("hinders-absent", gettext_lazy("Would hinder, and is not here")),
    ("enabler", "seen"): ("helps-here", gettext_lazy("Helps, and is here")),
    ("enabler", "partly"): ("helps-here", gettext_lazy("Helps, and is partly here")),
    ("enabler", "not_seen"): ("helps-absent", gettext_lazy("Would help, and is missing")),
}
"""By kind and verdict one of four looks; they differ in edge and sign, not in colour alone."""


@dataclass(frozen=True, slots=True)
class SeenLine:
    """`slug` is the look, `look` its words, `sign` its picture."""

    finding: FindingLine
    slug: str
    look: str
    sign: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class SeenElsewhere:
    """Findings that concern this subject as well and stand at another one."""

    subject: str
    slug: str
    count: str


@dataclass(frozen=True, slots=True)
class SeenLook:
    """One look with all findings that have it here."""

    slug: str
    words: str
    sign: tuple[Mark, ...]
    findings: tuple[FindingLine, ...]


@dataclass(frozen=True, slots=True)
class SeenFindings:
    """`untold` counts the findings of which the answers say nothing."""

    lines: tuple[SeenLine, ...]
    elsewhere: tuple[SeenElsewhere, ...]
    untold: int

    @property
    def looks(self) -> tuple[SeenLook, ...]:
        by_words: dict[str, list[SeenLine]] = {}
        for line in self.lines:
            by_words.setdefault(line.look, []).append(line)
        return tuple(
            SeenLook(alike[0].slug, words, alike[0].sign, tuple(one.finding for one in alike))
            for words, alike in by_words.items()
        )


def seen_here(report: ReportData, dimension: str) -> SeenFindings:
    lines, untold = [], 0
    elsewhere: dict[str, int] = {}
    for code, found in report.result.verdicts.items():
        finding = report.instrument.finding[code]
        if dimension not in finding.dimensions:
            continue
        look = LOOKS.get((finding.kind, found.verdict))
        first = first_subject(report, code)
        if look is None:
            untold += first == dimension
        elif first == dimension:
            lines.append(
                SeenLine(finding_line(report, code), look[0], str(look[1]), SIGNS[look[0]])
            )
        else:
            elsewhere[first] = elsewhere.get(first, 0) + 1
    return SeenFindings(
        lines=tuple(sorted(lines, key=lambda line: tuple(SIGNS).index(line.slug))),
        elsewhere=tuple(
            SeenElsewhere(
                report.instrument.dimension[code].name,
                f"dimension-{code.lower()}",
                formats.number(count),
            )
            for code, count in elsewhere.items()
        ),
        untold=untold,
    )


def first_subject(report: ReportData, finding: str) -> str:
    """Where a finding is printed: at the first of its dimensions, in the order of the bank."""
    concerned = report.instrument.finding[finding].dimensions
    return next(d.code for d in report.instrument.dimensions if d.code in concerned)
