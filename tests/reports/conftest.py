"""Reports to draw: one scheme with gaps, one that knows nothing, one round."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from assessment.instrument.answers import Answer
from assessment.method.result import Respondent
from assessment.reports.pdf.files import report_pdf
from assessment.reports.report_data import NamedProgramme, ReportData, hash_of_result
from tests.bank_fixtures import bank_in_database, edition
from tests.method.judging import assess_raw
from tests.seeds_once import seeds

__all__ = ["bank_in_database", "edition"]

if TYPE_CHECKING:
    from assessment.instrument.model import Instrument, Question
    from assessment.method.result import Result

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
PROFILE: dict[str, int | str] = {
    "country": "PE",
    "stage": "running",
    "programmes": 2,
    "arrangement": "complementary_different",
    "intention": "partly",
    "stronger": "social_protection",
}
UNKNOWN = {"PC2", "HC6"}
HOSTILE = "<iframe src='file:///etc/passwd'></iframe><style>@import 'x.css';</style> **b** [u]c[/u]"
LEFT_OPEN = {"VC1", "SC1"}


def answer_to(question: Question, at: int) -> Answer:
    """An answer that depends on the place of the question only."""
    if question.code in UNKNOWN:
        return Answer("dont_know")
    if question.kind == "multi":
        chosen = [option.value for option in question.options if not option.exclusive]
        return Answer("answered", tuple(sorted(chosen[: 1 + at % len(chosen)])))
    if question.kind == "number":
        return Answer("answered", min(question.maximum or 8, 4))
    return Answer("answered", at % 4)


def answers_of(instrument: Instrument, *, shift: int = 0, but: set[str] = LEFT_OPEN) -> Any:
    return {
        question.code: answer_to(question, at + shift)
        for at, question in enumerate(instrument.questions)
        if question.dimension and question.kind != "text" and question.code not in but
    }


def everybody(instrument: Instrument) -> list[Respondent]:
    """Six respondents in each tier of each of the two sectors."""
    return [
        Respondent(
            {
                code: answer
                for code, answer in answers_of(instrument, shift=shift).items()
                if instrument.question[code].routed_to(tier, sector)
            },
            tier,
            sector,
        )
        for tier in ("national", "regional", "local")
        for sector in ("social_protection", "agriculture")
        for shift in range(6)
    ]


def report_of_result(instrument: Instrument, result: Result, **more: Any) -> ReportData:
    given = {
        "scheme": "Hills scheme",
        "programmes": (NamedProgramme("Cash for mothers", "Ministry of Care"),),
        "notes": {"PC1": "The decree was signed in May.", "PC2": HOSTILE},
        "texts": {"X1": "Ask us again."},
        "reference": "7c1e",
    }
    return ReportData(
        result=result,
        instrument=instrument,
        generated_at=NOW,
        result_hash=hash_of_result(result),
        **(given | more),
    )


@pytest.fixture(scope="session")
def instrument() -> Instrument:
    return seeds()


@pytest.fixture(scope="session")
def report(instrument: Instrument) -> ReportData:
    responses = [Respondent(answers_of(instrument))]
    result = assess_raw(instrument=instrument, profile=PROFILE, responses=responses)
    return report_of_result(instrument, result, demo=True)


@pytest.fixture(scope="session")
def empty(instrument: Instrument) -> ReportData:
    """Nothing but one “I do not know”."""
    return report_of_one_answer(instrument, Answer("dont_know"))


@pytest.fixture(scope="session")
def sparse(instrument: Instrument) -> ReportData:
    """Nothing but one answer: an indication in one dimension."""
    return report_of_one_answer(instrument, Answer("answered", 2))


def report_of_one_answer(instrument: Instrument, answer: Answer) -> ReportData:
    responses = [Respondent({"PC1": answer})]
    result = assess_raw(instrument=instrument, profile={}, responses=responses)
    return report_of_result(
        instrument, result, scheme="", programmes=(), notes={}, texts={}, reference=""
    )


@pytest.fixture(scope="session")
def single(instrument: Instrument) -> ReportData:
    """One programme, which asks other questions."""
    profile: dict[str, int | str] = {"country": "ML", "programmes": 1, "arrangement": "single"}
    responses = [Respondent(answers_of(instrument))]
    result = assess_raw(instrument=instrument, profile=profile, responses=responses)
    return report_of_result(instrument, result)


@pytest.fixture(scope="session")
def round_report(instrument: Instrument) -> ReportData:
    result = assess_raw(instrument=instrument, profile=PROFILE, responses=everybody(instrument))
    return report_of_result(instrument, result, notes={}, texts={})


@pytest.fixture(scope="session")
def few_report(instrument: Instrument) -> ReportData:
    """A round of four, where five are the least."""
    result = assess_raw(instrument=instrument, profile=PROFILE, responses=everybody(instrument)[:4])
    return report_of_result(instrument, result, notes={}, texts={})


@pytest.fixture(scope="session")
def agreed_report(instrument: Instrument) -> ReportData:
    """The round and one person of a group that is hidden, agreed that there is no body."""
    alone = Respondent({}, "national", "finance")
    result = assess_raw(
        instrument=instrument,
        profile=PROFILE,
        responses=[*everybody(instrument), alone],
        agreed={"HC3": ["none"]},
    )
    return report_of_result(instrument, result, notes={}, texts={})


@pytest.fixture(scope="session")
def pdf(report: ReportData) -> bytes:
    return report_pdf(report)
