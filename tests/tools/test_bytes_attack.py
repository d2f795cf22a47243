"""The attack on the bytes of what a round shows: each outlet by itself, and all together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from assessment.instrument.model import ASPECTS
from assessment.reports.pdf.render import pdf_of
from tests.tools.test_rounds import (
    Plant,
    forgets_the_gaps,
    forgets_the_siblings,
    planted,
    tells_who_did_not_know,
)
from tools.simulate import bytes_attack
from tools.simulate.bytes_attack import attacked_bytes, readings_in
from tools.simulate.outlets import OUTLETS, in_paper
from tools.simulate.readings import MEAN, SHARE, readings_of
from tools.simulate.rounds import draw_round, results_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from assessment.instrument.model import Instrument
    from tools.simulate.readings import Reading

pytestmark = pytest.mark.no_cover
WITH_A_SESSION, WITH_ALL_KINDS, WITH_NARROW_PAIRS = 18, 2, 51
ALL_THE_HIGHEST, TOO_SMALL = 1263, 1711


def test_nothing_hidden_is_told_by_the_bytes_of_all_outlets(bank: Instrument) -> None:
    """Nor is any figure read that is not what was said: a reader that errs finds nothing.

    Who all answered the highest are known by their own mean, and by nothing else: what the solver
    leaves open of one mean is no finding. Of a round that shows no group there is no paper.
    """
    found = {seed: attacked_bytes(bank, seed) for seed in (WITH_ALL_KINDS, 8, WITH_A_SESSION)}
    found[ALL_THE_HIGHEST] = attacked_bytes(bank, ALL_THE_HIGHEST, ["json"])
    found[TOO_SMALL] = attacked_bytes(bank, TOO_SMALL, paper=True)

    assert found == {seed: [] for seed in found}


def place(one: Reading) -> tuple[object, ...]:
    return one[:3] + one[4:6]


def test_each_outlet_is_read_as_it_is_written(bank: Instrument) -> None:
    result, _later = results_of(bank, draw_round(bank, WITH_ALL_KINDS))
    stored = {place(one): one.value for one in readings_of(result)}
    width = float(bank.scale.width)

    def is_as_stored(one: Reading) -> bool:
        slack = one.slack if one.kind != "question" or one.slack < 1 else width / 20
        return abs(stored[place(one)] - one.value) <= slack + 1e-9

    def outcome(name: str) -> tuple[bool, list[Reading]]:
        read = readings_in(bank, result, [name])
        wanted = {"mean", "share", "gap"} if name == "score" else {"mean", "question", "link"}
        kinds = {one.kind for one in read}
        return kinds >= wanted, [one for one in read if not is_as_stored(one)]

    assert {name: outcome(name) for name in OUTLETS} == dict.fromkeys(OUTLETS, (True, []))


PLANTED: list[tuple[Plant, int, list[str]]] = [
    (forgets_the_siblings, 8, ["json", "csv", "xlsx", "page"]),
    (forgets_the_gaps, 18, ["json", "csv", "xlsx", "score"]),
    (tells_who_did_not_know, 1, ["json", "csv", "score", "page"]),
]


def once(make: Callable[..., Any]) -> Callable[..., Any]:
    """Of one round: it is judged once, and its outlets are attacked one after the other."""
    made: list[Any] = []

    def kept(*given: Any) -> Any:
        made.extend([make(*given)] if not made else [])
        return made[0]

    return kept


def test_a_leak_is_found_in_the_bytes_of_one_outlet(bank: Instrument) -> None:
    def outcome(plant: Plant, seed: int, names: list[str]) -> list[tuple[str, bool, bool]]:
        with planted(plant) as patch:
            for part in ("draw_round", "results_of", "hidden_in"):
                patch.setattr(bytes_attack, part, once(getattr(bytes_attack, part)))
            found = [
                (name, {finding.kind for finding in attacked_bytes(bank, seed, [name])})
                for name in names
            ]
        return [(n, bool(kinds & {"exact", "narrow"}), "untrue" in kinds) for n, kinds in found]

    assert [(row[0], outcome(*row)) for row in PLANTED] == [
        (plant, [(name, True, False) for name in names]) for plant, _, names in PLANTED
    ]


def test_paper_is_read_like_the_page(bank: Instrument) -> None:
    """What it prints of the groups, figure by figure; `--bytes` reads it in each round."""

    def read(seed: int) -> tuple[list[Reading], list[Reading]]:
        result, _later = results_of(bank, draw_round(bank, seed))
        page = readings_in(bank, result, ["page"])
        shown = {one for one in page if one.kind in {MEAN, SHARE}}
        return sorted(readings_in(bank, result, [], paper=True), key=str), sorted(shown, key=str)

    found = {seed: read(seed) for seed in (WITH_NARROW_PAIRS, WITH_ALL_KINDS)}

    assert {seed: printed for seed, (printed, _) in found.items()} == {
        seed: shown for seed, (_, shown) in found.items()
    }
    assert [
        ({one.kind for one in printed}, {one.aspect for one in printed})
        for printed, _ in found.values()
    ] == [({MEAN, SHARE}, {"", *ASPECTS})] * 2


def test_paper_without_the_tables_of_the_groups_is_refused(bank: Instrument) -> None:
    with pytest.raises(ValueError, match="other tables"):
        list(in_paper(pdf_of("<html lang='en'><title>x</title><p>Everybody 9</p></html>"), bank))
