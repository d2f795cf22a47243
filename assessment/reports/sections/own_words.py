"""What the respondent wrote herself: beside the advice it supports, and beside the answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assessment.instrument.conditions.explain import Reason
    from assessment.reports.report_data import ReportData

LONGEST_NOTE = 200
"""Letters of a note in the report; the whole stands in the annexes."""
FEW_WORDS = 7
MOST_QUOTES = 2
Quotes = dict[str, tuple["Quote", ...]]


@dataclass(frozen=True, slots=True)
class Quote:
    """`question` says in a few words beside which answer it was written."""

    code: str
    question: str
    text: str


def shown_rules(report: ReportData) -> Iterator[str]:
    """The rules that the report shows, in its order: before all packages, then package by package.

    An edition without packages has one list.
    """
    result = report.result
    packed = {code for one in result.packages for code in (one.lead, *one.steps)}
    yield from (r.rule for r in result.recommendations if r.first and r.rule not in packed)
    for package in result.packages:
        if package.first:
            yield package.lead
            yield from package.steps[: report.instrument.scale.package_steps]


def quotes_of(report: ReportData) -> Quotes:
    """By rule what was written beside the answers it rests on; each note once, where it is first
    of use.
    """
    found: Quotes | None = report.section_cache.get("quotes")
    if found is None:
        because = {one.rule: one.because for one in report.result.recommendations}
        taken: set[str] = set()
        found = {}
        for rule in shown_rules(report):
            fresh = [
                code
                for code in questions_with_notes(report, because.get(rule, ()))
                if code not in taken
            ]
            taken.update(fresh[:MOST_QUOTES])
            found[rule] = tuple(_quote(report, code) for code in fresh[:MOST_QUOTES])
        report.section_cache["quotes"] = found
    return found


def questions_with_notes(report: ReportData, because: tuple[Reason, ...]) -> Iterator[str]:
    """The questions among these reasons beside which something was written."""
    named = (reason.name.partition(".")[2] for reason in because)
    return (code for code in dict.fromkeys(named) if report.notes.get(code, "").strip())


def _quote(report: ReportData, code: str) -> Quote:
    question = report.instrument.question[code]
    return Quote(code, question.short or code, shorten(report.notes[code]))


def note_beside(report: ReportData, code: str) -> str:
    """The beginning of the note beside an answer: a few words where advice quotes more of it."""
    note = report.notes.get(code, "")
    quoted = any(quote.code == code for quotes in quotes_of(report).values() for quote in quotes)
    return first_words(note) if quoted else shorten(note)


def shorten(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= LONGEST_NOTE else words[: LONGEST_NOTE - 1].rstrip() + "…"


def first_words(text: str) -> str:
    words = text.split()
    few = " ".join(words[:FEW_WORDS])
    return shorten(few) if len(words) <= FEW_WORDS else shorten(few).rstrip("….,;") + "…"
