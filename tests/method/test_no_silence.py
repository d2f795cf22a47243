"""Whatever is low somewhere, something speaks of it; and what is withheld never stands alone."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

import pytest

from assessment.instrument.conditions.domains import limit_values
from assessment.instrument.conditions.evaluate import comparisons, holds, names
from assessment.instrument.conditions.names import domain_of
from tools.simulate.simulation import silent_questions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assessment.instrument.conditions.grammar import Condition
    from assessment.instrument.model import Instrument


@pytest.mark.no_cover
def test_each_low_answer_gets_a_recommendation_where_all_else_is_best(bank: Instrument) -> None:
    """At the lowest two answers, in three regions, with one, two and fourteen programmes."""
    number, silent = silent_questions(bank, ["complementary_different"])

    assert number > 9 * len(bank.dimension) * 6
    assert silent == []


def test_unless_is_never_true_of_the_answer_that_made_it_hold(bank: Instrument) -> None:
    held_back = {r.code: (r.when, r.unless) for r in bank.rules if r.unless is not None}
    held_back |= {p.code: (p.when, p.unless) for p in bank.patterns if p.unless is not None}
    shared = {
        code: found
        for code, (when, unless) in held_back.items()
        if (found := set(answers_of_both(bank, when, unless)))
    }

    assert shared == {}


def answers_of_both(bank: Instrument, when: Condition, unless: Condition) -> Iterator[str]:
    """The answers of which one value satisfies a comparison of each."""
    both = list(comparisons(when.tree)), list(comparisons(unless.tree))
    for name in names(when) & names(unless):
        own = [[one for one in side if one.name == name] for side in both]
        domain = domain_of(name, bank)
        if name.startswith(("answer.", "points.")) and domain is not None:
            limits = [limit for one in chain(*own) for limit in limit_values(one.limit)]
            for value in domain.samples(limits):
                if all(any(holds(one, {name: value}) for one in side) for side in own):
                    yield name
