"""How often each rule and pattern holds, and how much a report has to say."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from statistics import mean
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from assessment.instrument.model import Instrument
    from tools.simulate.judging import Judged

ONLY_ROUNDS = ("gap.", "disagreement.")
"""What no single person's answers can show."""
RULE_COUNTS = ("true", "recommended", "withheld", "leads", "leads first")
PATTERN_COUNTS = ("named", "leads")


@dataclass(slots=True)
class Frequency:
    """Of so many sets: by rule or pattern how many, by family the figures of each report."""

    sets: int = 0
    rules: dict[str, Counter[str]] = field(default_factory=dict)
    patterns: dict[str, Counter[str]] = field(default_factory=dict)
    reports: dict[str, list[dict[str, float]]] = field(default_factory=dict)

    def add(self, found: Judged) -> None:
        self.sets += 1
        for code, counts in rule_counts(found).items():
            self.rules.setdefault(code, Counter()).update(counts)
        for pattern in found.result.patterns:
            counted = PATTERN_COUNTS[: 1 + pattern.first]
            self.patterns.setdefault(pattern.pattern, Counter()).update(counted)
        self.reports.setdefault(found.drawn.family, []).append(report_figures(found))

    def faults(self, bank: Instrument) -> list[str]:
        """What is always or never so; of rules on rounds the latter is as it must be."""
        lines = []
        for rule in bank.rules:
            times = self.rules[rule.code]["true"]
            if of_rounds(rule.when.source_text):
                lines += [f"{rule.code} holds for one person"] if times else []
            elif times in {0, self.sets}:
                lines.append(f"{rule.code} holds in {times} of {self.sets}")
            elif not self.rules[rule.code]["recommended"]:
                lines.append(f"{rule.code} is never recommended")
        for pattern in bank.patterns:
            counts = self.patterns.get(pattern.code, Counter())
            if counts["named"] in {0, self.sets} or not counts["leads"]:
                lines.append(f"{pattern.code}: {dict(counts)} of {self.sets}")
        return lines

    def rows(self, bank: Instrument) -> list[list[str]]:
        """A line for each rule and each pattern, in percent of all sets."""
        rows = [["rule", *RULE_COUNTS]]
        rows += [[r.code, *self.percent(self.rules[r.code], RULE_COUNTS)] for r in bank.rules]
        rows.append(["pattern", *PATTERN_COUNTS])
        for pattern in bank.patterns:
            counts = self.patterns.get(pattern.code, Counter())
            rows.append([pattern.code, *self.percent(counts, PATTERN_COUNTS)])
        return rows

    def percent(self, counts: Counter[str], names: Iterable[str]) -> list[str]:
        return [f"{100 * counts[name] / self.sets:.1f}" for name in names]

    def report_rows(self) -> list[list[str]]:
        names = list(next(iter(self.reports.values()))[0])
        rows = [["sets", "number", *names]]
        for family, figures in self.reports.items():
            means = [f"{mean(figure[name] for figure in figures):.2f}" for name in names]
            rows.append([family, str(len(figures)), *means])
        return rows


def of_rounds(condition: str) -> bool:
    return any(name in condition for name in ONLY_ROUNDS)


def rule_counts(found: Judged) -> dict[str, list[str]]:
    result = found.result
    counts: dict[str, list[str]] = {code: [] for code in result.rules}
    for code, holds in result.rules.items():
        counts[code] += ["true"] if holds else []
    for advice in result.recommendations:
        counts[advice.rule].append("recommended")
    for withheld in result.withheld:
        counts[withheld.rule].append("withheld")
    for package in result.packages:
        counts[package.lead] += ["leads", "leads first"][: 1 + package.first]
    return counts


def report_figures(found: Judged) -> dict[str, float]:
    """Of one report; what is counted as 0 or 1 is a share in the mean."""
    result = found.result
    true = sum(holds is True for holds in result.rules.values())
    return {
        "rules true": true,
        "recommended": len(result.recommendations),
        "first": sum(advice.first for advice in result.recommendations),
        "packages": len(result.packages),
        "first packages": sum(package.first for package in result.packages),
        "patterns": len(result.patterns),
        "no pattern": not result.patterns,
        "no pattern, no contrast": not result.patterns and result.contrast is None,
        "some withheld": bool(result.withheld),
        "withheld of true": len(result.withheld) / true if true else 0,
    }
