"""The lines of a plan in words: the advice's own where nobody changed them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils import translation

from assessment.instrument.model import COORDINATING_SECTORS
from assessment.method.advice import RULE, AdviceReference, advice_references
from assessment.method.next_steps import written_step
from assessment.models.offered_languages import interface_of
from assessment.reports import formats
from assessment.reports.budget_words import BudgetWords, budget_words
from assessment.reports.report_data import report_of_plan
from assessment.reports.seat_wording import SECTORS
from assessment.reports.wording import TIMINGS, actor_words, fill_placeholders

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime

    from assessment.instrument.model import Instrument
    from assessment.models.plans import PlanLine, PlanShare
    from assessment.reports.report_data import ReportData


@dataclass(frozen=True, slots=True)
class AdviceWords:
    """What advice says of itself before anybody changes it; `timing` is when to begin."""

    what: str = ""
    who: str = ""
    partners: str = ""
    first_step: str = ""
    timing: str = ""


@dataclass(frozen=True, slots=True)
class ShareEntry:
    """What one side brings to a line; `side` is its name."""

    sector: str
    side: str
    budget_words: BudgetWords
    owner: str = ""
    budget: str = ""
    amount: str = ""
    no_budget: str = ""

    @property
    def without_budget(self) -> str:
        """Why there is none."""
        return self.budget_words.without(self.no_budget)


@dataclass(frozen=True, slots=True)
class PlanEntry:
    """A line as it is shown. `subjects` are codes of dimensions; `holds` is False where the result
    does not give its advice any more; `state` is a code, `state_words` its label. `shares` has in
    the plan of several both sides, whether they bring something or not.
    """

    number: str
    uuid: UUID
    key: str
    what: str
    who: str
    partners: str
    first_step: str
    timing: str
    due_date: date | None
    due_words: str
    budget: str
    no_budget: str
    budget_words: BudgetWords
    sign: str
    evidence: str
    shares: tuple[ShareEntry, ...]
    subjects: tuple[str, ...]
    subject_words: tuple[str, ...]
    state: str
    state_words: str
    own: bool
    holds: bool
    revision: int
    changed_at: datetime

    @property
    def without_budget(self) -> str:
        return self.budget_words.without(self.no_budget)


def plan_entries(report: ReportData) -> tuple[PlanEntry, ...]:
    """Those that are not deleted, in their order."""
    entries: tuple[PlanEntry, ...] | None = report.section_cache.get("plan")
    if entries is None:
        given = advice_references(report.instrument, report.result) if report.plan else {}
        entries = tuple(_entry(report, at, line, given) for at, line in enumerate(report.plan, 1))
        report.section_cache["plan"] = entries
    return entries


def deleted_entries(report: ReportData, lines: Iterable[PlanLine]) -> tuple[PlanEntry, ...]:
    """Those of `lines`, which are not in the plan now."""
    given = advice_references(report.instrument, report.result)
    return tuple(_entry(report, at, line, given) for at, line in enumerate(lines, 1))


def planned_advice(report: ReportData) -> Mapping[str, PlanEntry]:
    """By the key of the advice the line that was taken from it."""
    return {entry.key: entry for entry in plan_entries(report) if not entry.own}


def advice_words(report: ReportData, line: PlanLine) -> AdviceWords:
    """All empty for an own line."""
    if line.is_own:
        return AdviceWords()
    if line.origin == RULE:
        return _words_of_recommendation(report, line)
    return AdviceWords(written_step(report.instrument.question[line.code], line.wording))


def _words_of_recommendation(report: ReportData, line: PlanLine) -> AdviceWords:
    bank = report.instrument
    advice = bank.rule[line.code]
    first_step = advice.first_step
    if line.wording:
        first_step = advice.variants[int(line.wording)].first_step or first_step
    return AdviceWords(
        what=fill_placeholders(advice.title, report),
        who=fill_placeholders(actor_words(bank, advice), report),
        partners=formats.semicolon().join(bank.role[code].name for code in advice.with_roles),
        first_step=fill_placeholders(first_step, report),
        timing=str(TIMINGS[advice.timing]) if advice.timing else "",
    )


def what_of_line(line: PlanLine, language: str) -> str:
    """What is to be done, of a closed round; for who is told of it apart from its report."""
    if line.what is not None:
        return line.what
    with translation.override(interface_of(language)):
        report = report_of_plan(line.round, line.round.result_that_counts, language=language)
        return advice_words(report, line).what


def share_entries(line: PlanLine, budget: BudgetWords) -> tuple[ShareEntry, ...]:
    """Of both sides, in the order in which they are told."""
    by_side = {share.sector: share for share in line.shares.all()}
    return tuple(_share(sector, by_side.get(sector), budget) for sector in COORDINATING_SECTORS)


def _share(sector: str, share: PlanShare | None, budget: BudgetWords) -> ShareEntry:
    side = str(SECTORS[sector])
    if share is None:
        return ShareEntry(sector, side, budget)
    said = (share.owner, share.budget, share.amount, share.no_budget)
    return ShareEntry(sector, side, budget, *said)


def subjects_of(bank: Instrument, line: PlanLine) -> tuple[str, ...]:
    """Codes of dimensions, the main one first."""
    if line.is_own:
        return (line.subject,) if line.subject in bank.dimension else ()
    if line.origin == RULE:
        return bank.rule[line.code].dimensions
    return (bank.question[line.code].dimension,)


def _entry(
    report: ReportData, at: int, line: PlanLine, given: Mapping[str, AdviceReference]
) -> PlanEntry:
    words = advice_words(report, line)
    budget = budget_words(report.instrument)
    subjects = subjects_of(report.instrument, line)

    def changed_or(name: str) -> str:
        changed: str | None = getattr(line, name)
        return getattr(words, name) if changed is None else changed

    return PlanEntry(
        number=formats.number(at),
        uuid=line.uuid,
        key=line.key,
        what=changed_or("what"),
        who=changed_or("who"),
        partners=changed_or("partners"),
        first_step=changed_or("first_step"),
        timing=words.timing,
        due_date=line.due_date,
        due_words=formats.day_words(line.due_date) if line.due_date else "",
        budget=line.budget,
        no_budget=line.no_budget,
        budget_words=budget,
        sign=line.sign,
        evidence=line.evidence,
        shares=share_entries(line, budget) if report.several else (),
        subjects=subjects,
        subject_words=tuple(report.instrument.dimension[code].short for code in subjects),
        state=line.state,
        state_words=str(line.get_state_display()),
        own=line.is_own,
        holds=line.is_own or line.key in given,
        revision=line.revision,
        changed_at=line.changed_at,
    )
