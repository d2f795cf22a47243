"""Rounds attacked from outside: 20 here; `manage.py simulate --rounds 1000` is the long form."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from assessment.method.rounds import (
    aggregation,
    agreement,
    disclosure,
    gaps,
    round_policy,
    suppression,
)
from assessment.method.rounds.suppression import FrequencyTable
from assessment.method.rounds.withholding import withhold
from tools.simulate.attacker import Attacker
from tools.simulate.rounds import attacked_round

if TYPE_CHECKING:
    from assessment.instrument.groups import Group
    from assessment.instrument.model import Instrument, Question

ROUNDS = int(os.environ.get("ROUND_EXAMPLES", "20"))


@pytest.mark.no_cover
def test_nothing_hidden_is_told_by_all_that_is_shown(bank: Instrument) -> None:
    assert [(seed, found) for seed in range(ROUNDS) for found in attacked_round(bank, seed)] == []


class WithClosedQuestions(Attacker):
    """She knows that what must not be shown of a group is in its means all the same."""

    def counts(self, question: Question, group: Group) -> bool:
        answered, _ = self.answering(question, self.policy.table.cells_in(group))
        return answered >= self.policy.minimum


Plant = Callable[[pytest.MonkeyPatch], None]


def no_room_is_sought(patch: pytest.MonkeyPatch) -> None:
    def as_it_is(_bank: Any, _cells: Any, policy: Any, _compared: Any) -> Any:
        return policy

    patch.setattr(round_policy, "without_edges", as_it_is)


def forgets_the_siblings(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(suppression, "next_to_suppress", lambda *_: None)


def forgets_sums_across_lines(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(suppression, "singles_out", lambda *_: False)


def counts_every_cell(patch: pytest.MonkeyPatch) -> None:
    forgets_sums_across_lines(patch)
    patch.setattr(suppression, "counted_cells", lambda sizes, _minimum: frozenset(sizes))
    patch.setattr(
        FrequencyTable,
        "is_too_few",
        lambda table, cells: 0 < sum(table.sizes[cell] for cell in cells) < table.minimum,
    )


def counts_closed_questions(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(
        aggregation,
        "withhold",
        lambda items, minimum, _closed: withhold(items, minimum, frozenset()),
    )


def forgets_the_gaps(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(gaps, "singles_out", lambda *_: False)
    patch.setattr(disclosure, "singles_out", lambda *_: False)


def forgets_hidden_groups_at_questions(patch: pytest.MonkeyPatch) -> None:
    found = disclosure.question_disclosures
    patch.setattr(
        disclosure,
        "question_disclosures",
        lambda cells, minimum, _hidden: found(cells, minimum, frozenset()),
    )


def tells_who_did_not_know(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(disclosure.DisclosurePolicy, "told_of_unknown", lambda _self, of: frozenset(of))


def takes_what_was_given_together_for_people(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(disclosure, "people_in", lambda members: sum(1 for _ in members))


def counts_hidden_groups_again(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(round_policy, "told_cells", lambda policy, _code: frozenset(policy.table.cells))


PLANTED: list[tuple[Plant, int, str]] = [
    (no_room_is_sought, 1, "exact"),
    (forgets_the_siblings, 8, "exact"),
    (forgets_sums_across_lines, 8, "exact"),
    (counts_every_cell, 0, "heavy"),
    (counts_closed_questions, 8, "exact"),
    (forgets_the_gaps, 18, "exact"),
    (forgets_hidden_groups_at_questions, 25, "narrow"),
    (tells_who_did_not_know, 1, "exact"),
    (takes_what_was_given_together_for_people, 6, "exact"),
    (counts_hidden_groups_again, 8, "exact"),
]


@contextmanager
def planted(plant: Plant) -> Iterator[pytest.MonkeyPatch]:
    """In rounds in which nothing else is found without the search for room."""
    with pytest.MonkeyPatch.context() as patch:
        disclosure.question_disclosure.cache_clear()
        no_room_is_sought(patch)
        plant(patch)
        yield patch
    disclosure.question_disclosure.cache_clear()


@pytest.mark.no_cover
def test_a_leak_of_each_kind_is_found(bank: Instrument) -> None:
    def found(plant: Plant, seed: int) -> set[str]:
        attacker = WithClosedQuestions if plant is counts_closed_questions else Attacker
        with planted(plant):
            return {finding.kind for finding in attacked_round(bank, seed, attacker)}

    assert [(plant, seed, found(plant, seed) & {kind}) for plant, seed, kind in PLANTED] == [
        (plant, seed, {kind}) for plant, seed, kind in PLANTED
    ]


def tells_how_hidden_groups_agree(patch: pytest.MonkeyPatch) -> None:
    def of_all(instrument: Instrument, cells: Any, policy: disclosure.DisclosurePolicy) -> Any:
        shown = {
            code: replace(one, suppressed=frozenset(), few=frozenset())
            for code, one in policy.questions.items()
        }
        bare = replace(policy, suppressed=frozenset(), closed=frozenset(), questions=shown)
        return agreement.deviations(instrument, cells, bare)

    patch.setattr("assessment.method.assess.deviations", of_all)


@pytest.mark.no_cover
def test_who_does_not_know_and_who_agrees_in_a_hidden_group_is_found(bank: Instrument) -> None:
    table: list[tuple[Plant, str]] = [
        (tells_who_did_not_know, "share"),
        (tells_how_hidden_groups_agree, "agreement"),
    ]

    def outcome(plant: Plant) -> set[str]:
        with pytest.MonkeyPatch.context() as patch:
            plant(patch)
            found = [one.what for one in attacked_round(bank, 2)]
        return {said for _plant, said in table if any(said in what for what in found)}

    assert [(plant, outcome(plant)) for plant, _said in table] == [
        (plant, {said}) for plant, said in table
    ]
