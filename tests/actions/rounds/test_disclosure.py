"""Nothing of one person comes out of a round of several, through whatever is shown of it.

Two rounds differ in what one person said, or in who of a few said what. Everything that is shown
of one equals what is shown of the other, so no part of it, alone or beside others, tells them
apart. ROUND_EXAMPLES=300 in the environment makes a long run of it.
"""

from __future__ import annotations

import os
from dataclasses import replace
from functools import cache
from itertools import groupby
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st

from assessment.actions.editions.load_seeds import load_seeds
from assessment.actions.editions.publish import publish
from assessment.actions.rounds.agree import SessionOutcome, agree_answers
from assessment.actions.rounds.close import close_round
from assessment.instrument.conditions.shown_if import deciding_codes
from assessment.instrument.model import TIERS
from assessment.reports.page import report_html
from assessment.reports.report_data import report_of_round
from tests.actions.rounds.outlets import outlets
from tests.actions.rounds.round_steps import AG, SP, Person, opened_round, take_part
from tests.factories import NOW
from tests.method.test_laws import value
from tests.seeds_once import seeds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from assessment.models import Edition

    ShownOfRound = Callable[[Sequence[Person], Mapping[str, Any]], Mapping[str, Any]]

EXAMPLES = int(os.environ.get("ROUND_EXAMPLES", "0"))
TRIED = settings(
    max_examples=EXAMPLES or 1,
    phases=(Phase.explicit, Phase.generate) if EXAMPLES else (Phase.explicit,),
)
"""Two rounds that differ, or as many as the long run wants."""
SEEDS = st.integers(0, 2**32)
NOTE = "Only she knows this"
DECIDING = {code for question in seeds().questions for code in deciding_codes(question.shown_if)}
LONE = [
    question
    for question in seeds().questions
    if question.scored and question.dimension and question.code not in DECIDING
    if question.routed_to("local", AG)
]
LONE_CODES = sorted(question.code for question in LONE)


@pytest.fixture
def edition(bank_in_database: None, db: None) -> Edition:
    """The bank without robustness draws, which begin from a hash of all answers."""
    bank = seeds()
    quiet = replace(bank, name="Without draws", scale=replace(bank.scale, draws=0))
    return publish(edition=load_seeds(instrument=quiet, now=NOW).edition, now=NOW)


@pytest.fixture
def shown(edition: Edition, client: Client, tmp_path: Path) -> ShownOfRound:
    """What is shown of a round of these people after it was closed and agreed on, one by one."""
    client.force_login(User.objects.create_superuser("ada"))

    def of_round(people: Sequence[Person], agreed: Mapping[str, Any]) -> Mapping[str, Any]:
        with transaction.atomic():
            made = opened_round(edition)
            take_part(made, people)
            close_round(round=made, now=NOW)
            before = outlets(made, people, client, tmp_path)
            for code, raw in agreed.items():
                agree_answers(round=made, answers=[SessionOutcome(code, raw)], now=NOW)
            after = outlets(made, people, client, tmp_path)
            transaction.set_rollback(True)
        return {"closed": before, "agreed": after}

    return of_round


def others(random: Random, silent: Sequence[str]) -> Iterator[Person]:
    """Six people in each tier of both sectors; nobody of them knows the questions in `silent`."""
    for sector in (SP, AG):
        for tier in TIERS:
            for _ in range(6):
                answers = {
                    q.code: "dont_know" if q.code in silent else value(q, random)
                    for q in seeds().questions
                    if q.dimension and q.kind != "text" and q.routed_to(tier, sector)
                }
                yield Person(tier, sector, answers, NOTE)


def lone(codes: Sequence[str], random: Random) -> Person:
    question = seeds().question
    return Person("local", AG, {code: value(question[code], random) for code in codes}, NOTE)


def agreed_values(codes: Sequence[str], random: Random) -> dict[str, Any]:
    """What a session agrees on: some of these questions, in some order."""
    chosen = random.sample(list(codes), random.randint(0, len(codes)))
    return {code: value(seeds().question[code], random) for code in chosen}


@pytest.mark.no_cover
@given(st.lists(st.sampled_from(LONE_CODES), min_size=1, max_size=5, unique=True), SEEDS, SEEDS)
@example(codes=LONE_CODES[1::7][:5], seed=3, other=4)
@TRIED
def test_nothing_tells_what_one_person_alone_answered(
    shown: ShownOfRound, codes: list[str], seed: int, other: int
) -> None:
    people = list(others(Random(seed), codes))
    agreed = agreed_values(codes, Random(seed))

    one = shown([*people, lone(codes, Random(seed))], agreed)
    same = shown([*people, lone(codes, Random(other))], agreed)

    assert one == same


@cache
def alike() -> list[tuple[str, ...]]:
    """Questions whose answers count in the same means with the same weight, three or more."""
    scored = [q for q in LONE if q.kind == "level" and not q.essential]
    place = [(q.dimension, q.aspect, q.weight, q.code) for q in scored]
    groups = groupby(sorted(place, key=str), key=lambda found: found[:3])
    codes = [tuple(found[3] for found in group) for _place, group in groups]
    return [group for group in codes if len(group) >= 3]


@pytest.mark.no_cover
@given(st.integers(0, 2**16), SEEDS, st.booleans())
@example(group=1, seed=5, turned=False)
@TRIED
def test_nothing_tells_who_of_a_few_said_what(
    shown: ShownOfRound, group: int, seed: int, turned: bool
) -> None:
    """Each question was answered by two, all together by six: only their sum may be told."""
    codes = alike()[group % len(alike())][:3]
    random = Random(seed)
    people = list(others(random, codes))
    levels = [random.randint(0, 4) for _ in codes]
    changed = levels[::-1] if turned else [*levels[1:], levels[0]]
    agreed = agreed_values(codes[:2], random)

    one = shown([*people, *few(codes, levels)], agreed)
    same = shown([*people, *few(codes, changed)], agreed)

    assert one == same


def few(codes: Sequence[str], levels: Sequence[int]) -> list[Person]:
    pairs = zip(codes, levels, strict=True)
    return [Person("local", AG, {code: level}, NOTE) for code, level in pairs for _ in range(2)]


def test_report_of_several_holds_no_notes_no_texts_and_no_times(edition: Edition) -> None:
    text = next(q.code for q in seeds().questions if q.kind == "text")
    people = list(others(Random(1), ()))
    made = opened_round(edition)
    take_part(made, [person._replace(answers={**person.answers, text: NOTE}) for person in people])
    close_round(round=made, now=NOW)
    made.refresh_from_db()

    report = report_of_round(made)

    assert (report.notes, report.texts) == ({}, {})
    assert NOTE not in report_html(report)
    assert {r.submitted_at.hour for r in made.responses.all() if r.submitted_at} == {0}
