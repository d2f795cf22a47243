"""Whether a condition can ever be true: sampled values, tried as far as they occur together.

Why samples are enough: a comparison changes its truth only at its limit. Between two neighbouring
limits of a name all values are alike to every comparison, so one value of each stretch stands for
all of it: the limit itself, one step to either side, and the two ends of what the name can be
(`domains.samples`). Scores step by a thousandth; limits closer together than that are not told
apart. Of options and slugs those that a comparison names and one other are enough.

Why not every mixture of samples: names hang together. A level follows from its score, and an answer
exists only where its question is shown. A mixture that contradicts this is left out or cut.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from itertools import chain, product
from math import prod
from typing import TYPE_CHECKING, cast

from assessment.instrument.conditions.domains import limit_values
from assessment.instrument.conditions.evaluate import comparisons, evaluate_node
from assessment.instrument.conditions.grammar import And, Or
from assessment.instrument.conditions.names import domain_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from assessment.instrument.conditions.evaluate import Fact
    from assessment.instrument.conditions.grammar import Comparison, Node
    from assessment.instrument.model import Instrument

MOST_ASSIGNMENTS = 5000
"""Tried in some 20 ms. A condition of the seeds needs 375 at most."""
ANSWERED = frozenset({"answer", "points"})


def satisfiable(node: Node, instrument: Instrument) -> bool:
    """False only if the condition is false or unknown whatever is answered.

    Where there are too many assignments the parts are tried one by one: of an `or` one is enough,
    of an `and` each must be possible. That may miss a contradiction between two parts, never
    refuses what is possible: in doubt an author's condition passes.
    """
    space = SampleSpace(node, instrument)
    if space.size <= MOST_ASSIGNMENTS:
        return any(evaluate_node(node, facts) for facts in space.assignments())
    if isinstance(node, And):
        return all(satisfiable(part, instrument) for part in node.parts)
    if isinstance(node, Or):
        return any(satisfiable(part, instrument) for part in node.parts)
    return True


@dataclass(frozen=True)
class SampleSpace:
    """The values worth trying for a condition whose names are all known.

    `parts` are its comparisons and those of the visibility conditions, `samples` the values of each
    name, `assignments` the mixtures of them that can occur.
    """

    node: Node
    instrument: Instrument

    @cached_property
    def visibility_conditions(self) -> Mapping[str, Node]:
        """By question code `shown_if` of every question whose answer the condition reads.

        Questions that decide about others stand before them, so that hiding one hides the next.
        Empty where they wait for each other: `cyclic_conditions` reports that.
        """
        found: dict[str, Node] = {}
        ahead = list(answer_codes([self.node]))
        while ahead:
            question = self.instrument.question.get(code := ahead.pop())
            if code not in found and question is not None and question.shown_if is not None:
                found[code] = question.shown_if.tree
                ahead += answer_codes([question.shown_if.tree])
        try:
            order = list(
                TopologicalSorter({c: answer_codes([n]) for c, n in found.items()}).static_order()
            )
        except CycleError:
            return {}
        return {code: found[code] for code in order if code in found}

    @cached_property
    def parts(self) -> list[Comparison]:
        nodes = [self.node, *self.visibility_conditions.values()]
        return list(chain.from_iterable(map(comparisons, nodes)))

    @cached_property
    def level_and_score_dimensions(self) -> list[str]:
        """The dimensions of which the condition reads level and score: they cannot vary freely."""
        used = {part.name for part in self.parts}
        return [d for d in self.instrument.dimension if {f"level.{d}", f"score.{d}"} <= used]

    @cached_property
    def samples(self) -> Mapping[str, list[Fact | None]]:
        """By name its values; None, not answered, where that decides if a question is shown."""
        deciding = {
            part.name for node in self.visibility_conditions.values() for part in comparisons(node)
        }
        found: dict[str, list[Fact | None]] = {}
        for name in dict.fromkeys(part.name for part in self.parts):
            kind = domain_of(name, self.instrument)
            facts = (
                []
                if kind is None
                else kind.samples([*self.limits_of(name), *self.band_edges(name)])
            )
            found[name] = [*facts, None] if name in deciding or kind is None else list(facts)
        return found

    @property
    def size(self) -> int:
        return prod(len(facts) for facts in self.samples.values())

    def limits_of(self, name: str) -> Iterable[Fraction | str]:
        return chain.from_iterable(limit_values(p.limit) for p in self.parts if p.name == name)

    def band_edges(self, name: str) -> Iterator[Fraction]:
        """Where a level begins, as a level or as a score: else no sampled score fits a level."""
        family, _, code = name.partition(".")
        if family in {"level", "score"} and code in self.level_and_score_dimensions:
            levels = range(self.instrument.scale.top_level + 1)
            yield from map(Fraction, levels if family == "level" else self.instrument.scale.bands)

    def assignments(self) -> Iterator[dict[str, Fact]]:
        for values in product(*self.samples.values()):
            facts = {
                n: fact for n, fact in zip(self.samples, values, strict=True) if fact is not None
            }
            if all(self.level_fits_score(facts, code) for code in self.level_and_score_dimensions):
                yield self.without_hidden_answers(facts)

    def without_hidden_answers(self, facts: dict[str, Fact]) -> dict[str, Fact]:
        """Without the answers to questions that these very facts hide; changes `facts`."""
        for code, condition in self.visibility_conditions.items():
            if evaluate_node(condition, facts) is False:
                for family in ANSWERED:
                    facts.pop(f"{family}.{code}", None)
        return facts

    def level_fits_score(self, facts: Mapping[str, Fact], dimension: str) -> bool:
        """Whether the level is that of the score, or capped by an essential question."""
        level = facts[f"level.{dimension}"]
        score = cast("Fraction", facts[f"score.{dimension}"])
        scale = self.instrument.scale
        band = scale.band_of(score)
        essential = any(q.essential for q in self.instrument.questions_of[dimension])
        return level == band or (essential and level == min(band, scale.cap))


def answer_codes(nodes: Iterable[Node]) -> set[str]:
    """The codes of the questions whose answers these conditions speak of."""
    parts = chain.from_iterable(map(comparisons, nodes))
    names = (part.name.partition(".") for part in parts)
    return {code for family, _, code in names if family in ANSWERED}
