"""Whether a condition can ever be true: telling values, tried as far as they occur together."""

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
ANSWERED = frozenset({"answer", "points"})


def satisfiable(node: Node, instrument: Instrument) -> bool:
    """Tries every mixture of telling values; where there are too many, part by part."""
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
    """The values worth trying for a condition whose names are all known."""

    node: Node
    instrument: Instrument

    @cached_property
    def visibility_conditions(self) -> Mapping[str, Node]:
        """When each question that plays a part is shown, those that others wait for first."""
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
        """The dimensions of which both the level and the score are spoken of."""
        used = {part.name for part in self.parts}
        return [d for d in self.instrument.dimension if {f"level.{d}", f"score.{d}"} <= used]

    @cached_property
    def samples(self) -> Mapping[str, list[Fact | None]]:
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
        """Where a level begins, for names that are tied to each other."""
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
        """Without the answers to questions that these very facts hide."""
        for code, condition in self.visibility_conditions.items():
            if evaluate_node(condition, facts) is False:
                for family in ANSWERED:
                    facts.pop(f"{family}.{code}", None)
        return facts

    def level_fits_score(self, facts: Mapping[str, Fact], dimension: str) -> bool:
        """Whether the level is that of the score, or held back by an essential question."""
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
