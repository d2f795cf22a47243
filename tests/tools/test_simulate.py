"""A short form of `manage.py simulate`; the long one judges 4,100 schemes and their neighbours."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from math import sqrt
from random import Random
from statistics import pvariance
from typing import TYPE_CHECKING

import pytest
from django.core.management import CommandError, call_command

from assessment.instrument.conditions.evaluate import names
from assessment.instrument.conditions.names import domain_of
from tests.method.test_documented_facts import FACTS
from tools.simulate.answer_sets import PLAUSIBLE, SPREAD_OF_ANSWER, draw_all
from tools.simulate.contradictions import Contradictions, read_texts, step_names
from tools.simulate.frequency import Frequency
from tools.simulate.judging import Judged, judged
from tools.simulate.little import Little
from tools.simulate.neighbours import Neighbours, moved, unknown
from tools.simulate.silence import Silence

if TYPE_CHECKING:
    from pytest_django import Settings

    from assessment.instrument.model import Instrument

SHARE = 0.06


@pytest.fixture(scope="module")
def sets(bank: Instrument) -> list[Judged]:
    return [judged(bank, drawn) for drawn in draw_all(bank, seed=1, share=SHARE)]


def test_no_rule_is_idle_no_advice_against_an_answer_and_no_low_answer_without_advice(
    bank: Instrument, sets: list[Judged]
) -> None:
    """Each rule and pattern holds for some and not for all."""
    frequency, contradictions, silence = Frequency(), Contradictions(read_texts()), Silence()
    for found in sets:
        frequency.add(found)
        contradictions.add(bank, found)
        silence.add(bank, found)

    assert (frequency.faults(bank), contradictions.found) == ([], Counter())
    assert (silence.found, silence.kept_back) == (Counter(), Counter())


def test_advice_against_an_answer_is_found(bank: Instrument, sets: list[Judged]) -> None:
    careless = replace(bank, rules=tuple(replace(r, unless=None, variants=()) for r in bank.rules))
    contradictions = Contradictions(read_texts())
    for found in sets[:40]:
        contradictions.add(careless, judged(careless, found.drawn))

    wrong = {text.partition(" ")[0] for text in contradictions.found}
    assert wrong >= {"R02", "R05", "R24", "R29", "R52", "R55"}


def test_table_of_texts_names_each_text_and_nothing_else(bank: Instrument) -> None:
    texts = read_texts()
    own = {rule.code for rule in bank.rules if "gap." not in rule.when.source_text}
    own -= {"G3", "G4"}
    variants = {f"{r.code}/{n}" for r in bank.rules for n, _v in enumerate(r.variants, start=1)}
    titles = {f"{rule.code}/title" for rule in bank.rules}

    known = own | variants | titles | set(bank.pattern) | step_names(bank)
    read = {name for part in (texts.there, texts.says) for c in part.values() for name in names(c)}
    assert (own | variants) - set(texts.there) == set()
    assert {*texts.there, *texts.says, *texts.needs} - known == set()
    assert [name for name in read if domain_of(name, bank) is None] == []


def test_few_answers_point_where_all_of_them_do(bank: Instrument, sets: list[Judged]) -> None:
    """The long form holds the bounds themselves: 65 of 100 from one answer, 80 from three."""
    little, random = Little(), Random(1)
    for found in sets:
        if found.drawn.family == PLAUSIBLE.name:
            little.add(bank, found, random)

    directions = little.directions
    assert little.too_certain == []
    assert directions.of_hundred(directions.same, 1) >= 60
    assert directions.of_hundred(directions.same, 3) >= 75


def test_answers_spread_as_those_of_the_documented_cases(bank: Instrument) -> None:
    """What is left of their spread inside a subject without the rounding to whole levels."""
    squares, freedom = 0.0, 0
    for file in FACTS.glob("*.json"):
        answers = json.loads(file.read_text(encoding="utf-8"))["responses"][0]["answers"]
        levels = [code for code in answers if bank.question[code].kind == "level"]
        for dimension in bank.dimension:
            known = [answers[c] for c in levels if bank.question[c].dimension == dimension]
            if known:
                squares += pvariance(known) * len(known)
                freedom += len(known) - 1

    assert freedom == 7
    assert sqrt(squares / freedom - 1 / 12) == pytest.approx(SPREAD_OF_ANSWER, abs=0.01)


def test_people_who_differ_in_one_answer_get_the_same_packages_first(
    bank: Instrument, sets: list[Judged]
) -> None:
    near, random = (Neighbours(), Neighbours()), Random(1)
    for found in sets[::5]:
        near[0].add(bank, found, moved(bank, found.drawn.answers, random))
        near[1].add(bank, found, unknown(found.drawn.answers, random))

    assert [one.holds for one in near] == [True, True]


def test_simulation_prints_its_tables_and_not_in_production(
    capfd: pytest.CaptureFixture[str], settings: Settings
) -> None:
    with pytest.raises(SystemExit):
        call_command("simulate", share=0.001)
    output = capfd.readouterr().out
    settings.PRODUCTION = True

    assert "First packages of two people who differ in one answer:" in output
    assert output.splitlines()[-1].endswith("not as they must be")
    with pytest.raises(CommandError, match="not in production"):
        call_command("simulate")
