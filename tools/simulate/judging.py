"""One answer set judged, with what its conditions could read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assessment.method.assess import assess
from assessment.method.dimensions import judge_all
from assessment.method.facts import facts_of
from assessment.method.items import items_of
from assessment.method.result import Respondent

if TYPE_CHECKING:
    from assessment.instrument.conditions.evaluate import Facts
    from assessment.instrument.model import Instrument
    from assessment.method.result import Result
    from tools.simulate.answer_sets import Answers, AnswerSet, Profile


@dataclass(frozen=True, slots=True)
class Judged:
    drawn: AnswerSet
    result: Result
    facts: Facts


def result_of(bank: Instrument, profile: Profile, answers: Answers) -> Result:
    alone = [Respondent(answers)]
    return assess(instrument=bank, profile=profile, responses=alone, alone=True, draws=0)


def judged(bank: Instrument, drawn: AnswerSet) -> Judged:
    items = items_of(bank, drawn.profile, Respondent(drawn.answers))
    facts = facts_of(bank, drawn.profile, items, judge_all(bank, items))
    return Judged(drawn, result_of(bank, drawn.profile, drawn.answers), facts)


def first_packages(result: Result) -> frozenset[str]:
    return frozenset(found.package for found in result.packages if found.first)
