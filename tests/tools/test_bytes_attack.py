"""The attack on the bytes of what a round shows: each outlet by itself, and all together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from assessment.instrument.model import ASPECTS
from assessment.method.rounds import disclosure
from assessment.reports.pdf.render import pdf_of
from tests.tools.test_rounds import (
    Plant,
    forgets_the_gaps,
    forgets_the_siblings,
    no_room_is_sought,
    tells_who_did_not_know,
)
from tools.simulate.bytes_attack import attacked_bytes, readings_in
from tools.simulate.outlets import in_paper
from tools.simulate.readings import MEAN, SHARE, readings_of
from tools.simulate.rounds import draw_round, results_of

if TYPE_CHECKING:
    from assessment.instrument.model import Instrument

pytestmark = pytest.mark.no_cover
WITH_A_SESSION, WITH_ALL_KINDS, WITH_NARROW_PAIRS = 18, 2, 51
ALL_THE_HIGHEST, TOO_SMALL = 1263, 1711


@pytest.mark.parametrize("seed", [WITH_ALL_KINDS, 8, WITH_A_SESSION])
def test_nothing_hidden_is_told_by_the_bytes_of_all_outlets(bank: Instrument, seed: int) -> None:
    """Nor is any figure read that is not what was said: a reader that errs finds nothing."""
    assert attacked_bytes(bank, seed) == []


def test_who_all_answered_the_highest_are_known_by_their_own_mean(bank: Instrument) -> None:
    """And by nothing else: what the solver leaves open of one mean is no finding."""
    assert attacked_bytes(bank, ALL_THE_HIGHEST, ["json"]) == []


@pytest.mark.parametrize("name", ["json", "csv", "xlsx", "score", "page"])
def test_each_outlet_is_read_as_it_is_written(bank: Instrument, name: str) -> None:
    result, _later = results_of(bank, draw_round(bank, WITH_ALL_KINDS))
    stored = {one[:3] + one[4:6]: one.value for one in readings_of(result)}

    read = readings_in(bank, result, [name])

    kinds = {one.kind for one in read}
    assert kinds >= ({"mean", "share", "gap"} if name == "score" else {"mean", "question", "link"})
    width = float(bank.scale.width)
    for one in read:
        slack = one.slack if one.kind != "question" or one.slack < 1 else width / 20
        assert abs(stored[one[:3] + one[4:6]] - one.value) <= slack + 1e-9


PLANTED: list[tuple[str, Plant, int]] = [
    ("json", forgets_the_siblings, 8),
    ("json", forgets_the_gaps, 18),
    ("json", tells_who_did_not_know, 1),
    ("csv", forgets_the_siblings, 8),
    ("csv", forgets_the_gaps, 18),
    ("csv", tells_who_did_not_know, 1),
    ("xlsx", forgets_the_siblings, 8),
    ("xlsx", forgets_the_gaps, 18),
    ("score", forgets_the_gaps, 18),
    ("score", tells_who_did_not_know, 1),
    ("page", forgets_the_siblings, 8),
    ("page", tells_who_did_not_know, 1),
]


@pytest.mark.parametrize(
    ("name", "plant", "seed"), PLANTED, ids=[f"{name}-{p.__name__}" for name, p, _ in PLANTED]
)
def test_a_leak_is_found_in_the_bytes_of_one_outlet(
    bank: Instrument, monkeypatch: pytest.MonkeyPatch, name: str, plant: Plant, seed: int
) -> None:
    disclosure.question_disclosure.cache_clear()
    no_room_is_sought(monkeypatch)
    plant(monkeypatch)

    found = {finding.kind for finding in attacked_bytes(bank, seed, [name])}

    disclosure.question_disclosure.cache_clear()
    assert found & {"exact", "narrow"}
    assert "untrue" not in found


@pytest.mark.parametrize("seed", [WITH_NARROW_PAIRS, WITH_ALL_KINDS])
def test_paper_is_read_like_the_page(bank: Instrument, seed: int) -> None:
    """What it prints of the groups, figure by figure; `--bytes` reads it in each round."""
    result, _later = results_of(bank, draw_round(bank, seed))
    printed = readings_in(bank, result, [], paper=True)
    shown = {one for one in readings_in(bank, result, ["page"]) if one.kind in {MEAN, SHARE}}

    assert {one.kind for one in printed} == {MEAN, SHARE}
    assert {one.aspect for one in printed} == {"", *ASPECTS}
    assert len(printed) == len(set(printed))
    assert set(printed) == shown


def test_round_that_shows_no_group_is_attacked_without_its_paper(bank: Instrument) -> None:
    assert attacked_bytes(bank, TOO_SMALL, paper=True) == []


def test_paper_without_the_tables_of_the_groups_is_refused(bank: Instrument) -> None:
    with pytest.raises(ValueError, match="other tables"):
        list(in_paper(pdf_of("<html lang='en'><title>x</title><p>Everybody 9</p></html>"), bank))
