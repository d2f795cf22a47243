"""What a report is made from: one result beside the edition, the notes and the scheme's names."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from django.db.models import Q

from assessment.instrument.kinds.registry import kind_of
from assessment.instrument.model import country_of
from assessment.method.result import TOO_FEW
from assessment.method.seats import NO_SEAT, Seat
from assessment.method.stored_result import result_to_json
from assessment.models.queries.round_process import process_of
from assessment.reports.logos import site_logos
from assessment.reports.seat_wording import seat_words, tiers_of_round

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from assessment.instrument.groups import Cell
    from assessment.instrument.model import Instrument, Question
    from assessment.interchange.assessment_json import Assessed
    from assessment.method.result import DimensionResult, ItemResult, Result
    from assessment.models.plans import PlanLine
    from assessment.models.responses import Response
    from assessment.models.results import Result as StoredResult
    from assessment.models.rounds import AgreedAnswer, Round
    from assessment.reports.logos import ReportLogo


@dataclass(frozen=True, slots=True)
class NamedProgramme:
    name: str
    institution: str = ""
    sector: str = ""


@dataclass(frozen=True, kw_only=True)
class ReportFrame:
    """What a report says beside its result, which `result_hash` names: with it a file that was
    printed is found again, and the result, which takes longest to read, is left where it is.

    `generated_at` is the time of the result, not of the reader: the same result, the same bytes.
    `seat` is where the one works whose report it is, and of nobody in a report of a round.
    `notes` and `texts` (the free answers) stand by question code; `correction` is the number of
    the last correction made before the result, 0 where the texts stand as published; `superseded`
    says that the answers were opened again and a newer revision took their place. `submitted`:
    the result is stored and final, not worked out from a file. `plan` are the lines of the round's
    plan and `logos` those of who runs the site, both as they stand now: they are no part of the
    result. `core_only`: the short way, which put no other questions than the core ones. `process`
    is how a round came about (`models/queries/round_process.py`), `agreements` what its session
    came to, `before` the round it was carried on from, with its plan. `invited` says by sector and
    tier how many were, empty where that is not known; `tier_words` are the country's own words for
    the tiers, where the round has them; `facilitated` says that who runs the round reads it.
    """

    instrument: Instrument
    generated_at: datetime
    result_hash: str
    reference: str = ""
    scheme: str = ""
    programmes: tuple[NamedProgramme, ...] = ()
    seat: Seat = NO_SEAT
    notes: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    language: str = "en"
    demo: bool = False
    superseded: bool = False
    correction: int = 0
    submitted: bool = False
    core_only: bool = False
    plan: tuple[PlanLine, ...] = ()
    process: Mapping[str, Any] = field(default_factory=dict)
    agreements: tuple[AgreedAnswer, ...] = ()
    before: ReportData | None = None
    logos: tuple[ReportLogo, ...] = ()
    invited: Mapping[Cell, int] = field(default_factory=dict)
    tier_words: Mapping[str, str] = field(default_factory=dict)
    facilitated: bool = False

    @cached_property
    def tiers(self) -> dict[str, str]:
        """By code, as the country calls them."""
        return tiers_of_round(self.tier_words)

    def seat_words(self, sector: str | None, tier: str | None) -> str:
        return seat_words(sector, tier, self.tier_words)

    def label(self, level: int) -> str:
        return self.instrument.scale.labels[level]

    def with_result(self, result: Result) -> ReportData:
        own = {part.name: getattr(self, part.name) for part in fields(ReportFrame)}
        return ReportData(**own, result=result)


@dataclass(frozen=True, kw_only=True)
class ReportData(ReportFrame):
    """Everything a report may say; each section makes its part of it from this alone.

    `section_cache` holds what several sections of this one report draw, by name; it lives as long
    as the report is drawn.
    """

    result: Result
    section_cache: dict[str, Any] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @cached_property
    def settled(self) -> tuple[DimensionResult, ...]:
        return tuple(d for d in self.result.dimensions.values() if d.settled)

    @cached_property
    def indicative(self) -> tuple[DimensionResult, ...]:
        return tuple(d for d in self.result.dimensions.values() if d.indicative)

    @cached_property
    def unknown(self) -> tuple[DimensionResult, ...]:
        """The dimensions of which nothing can be said."""
        return tuple(
            d for d in self.result.dimensions.values() if not d.settled and not d.indicative
        )

    @property
    def several(self) -> bool:
        return bool(self.result.groups)

    @property
    def too_few(self) -> bool:
        return self.result.status == TOO_FEW

    def item(self, question: Question) -> ItemResult | None:
        return self.result.items.get(question.code)


Frame = TypeVar("Frame", bound=ReportFrame)


def hash_of_result(result: Result) -> str:
    """The hash of a result that stands in no database."""
    text = json.dumps(result_to_json(result), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def report_of_response(
    response: Response,
    *,
    language: str = "en",
    plan: tuple[PlanLine, ...] | None = None,
    logos: tuple[ReportLogo, ...] | None = None,
) -> ReportData:
    """The report of one response's own result, for her alone; raises ValueError without one.

    `plan` and `logos` are given by who has read them already.
    """
    stored = _own_result(response)
    frame = frame_of_response(response, language=language, plan=plan, logos=logos)
    return frame.with_result(stored.read())


def frame_of_response(
    response: Response,
    *,
    language: str = "en",
    plan: tuple[PlanLine, ...] | None = None,
    logos: tuple[ReportLogo, ...] | None = None,
) -> ReportFrame:
    """The same without the result."""
    base = _frame_of_stored(response.round, _own_result(response), language)
    free = [question.code for question in base.instrument.questions if kind_of(question).free_text]
    answers = list(response.answers.filter(~Q(note="") | Q(code__in=free)))
    return replace(
        base,
        reference=response.reference,
        seat=response.seat,
        notes={a.code: a.note for a in answers if a.note},
        texts={a.code: str(a.value) for a in answers if a.value and a.code in free},
        superseded=response.is_superseded,
        plan=own_plan(response) if plan is None else plan,
        logos=site_logos() if logos is None else logos,
    )


def _own_result(response: Response) -> StoredResult:
    if response.result is None:
        raise ValueError("This response has no result of its own.")
    return response.result


def without_own_words(report: Frame) -> Frame:
    """For who reads by a link of hers: no note and no free answer, which the brief may quote."""
    return replace(report, notes={}, texts={})


def report_of_round(round: Round, *, language: str = "en") -> ReportData:
    """The report of a closed round of several, and of nobody in it: no notes, no free texts.

    Raises ValueError where the round has no result yet, or is of one person alone: that report is
    of her response.
    """
    return frame_of_round(round, language=language).with_result(_joint_result(round).read())


def frame_of_round(round: Round, *, language: str = "en") -> ReportFrame:
    """The same without the result."""
    base = _frame_of_stored(round, _joint_result(round), language)
    return replace(
        base,
        plan=plan_of(round),
        logos=site_logos(),
        process=process_of(round),
        agreements=tuple(round.agreed_answers.all()),
        before=_round_before(round, language),
        invited=round.invited_by_cell(),
    )


def _joint_result(round: Round) -> StoredResult:
    if round.result is None or round.alone:
        raise ValueError("This round of several has not been closed.")
    return round.result


def _round_before(round: Round, language: str) -> ReportData | None:
    """None where there was none, or it has no result of a whole round."""
    before = round.carried_from
    stored = before.result if before else None
    if before is None or stored is None:
        return None
    found = report_of_plan(before, stored, language=language)
    return None if found.too_few else found


def report_of_plan(round: Round, stored: StoredResult, *, language: str) -> ReportData:
    """What the plan of a round is read with: the result that counts, or the latest there was."""
    frame = _frame_of_stored(round, stored, language)
    return replace(frame, plan=plan_of(round)).with_result(stored.read())


def own_plan(response: Response) -> tuple[PlanLine, ...]:
    """Empty for one among several, whose plan is the round's."""
    return plan_of(response.round) if response.round.alone else ()


def plan_of(round: Round) -> tuple[PlanLine, ...]:
    lines = round.plan_lines.not_deleted()
    return tuple(lines if round.alone else lines.prefetch_related("shares"))


def _frame_of_stored(round: Round, stored: StoredResult, language: str) -> ReportFrame:
    """What a stored result and its round say, whosever report it is."""
    name, programmes = round.names()
    at, country = stored.created_at, country_of(stored.content["profile"])
    return ReportFrame(
        instrument=round.edition.instrument(language, at=at, country=country),
        generated_at=stored.created_at,
        result_hash=stored.content_hash,
        reference=round.reference,
        scheme=name,
        programmes=tuple(
            NamedProgramme(p["name"], p["institution"], p.get("sector", "")) for p in programmes
        ),
        language=language,
        demo=round.demo,
        correction=round.edition.correction_at(stored.created_at),
        submitted=True,
        core_only=round.questionnaire == round.Questionnaire.SHORT,
        tier_words=round.tier_words,
    )


def report_of_file(assessed: Assessed, instrument: Instrument, now: datetime) -> ReportData:
    """The report of answers that stand in a file and not in the database."""
    return ReportData(
        result=assessed.result,
        instrument=instrument,
        generated_at=now,
        result_hash=hash_of_result(assessed.result),
        texts=assessed.texts,
        seat=assessed.seat,
    )
