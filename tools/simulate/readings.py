"""What an outlet of a round tells, figure by figure, however it is written there."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from assessment.instrument.groups import TOTAL
from assessment.instrument.model import ASPECTS, TIERS
from tools.simulate.solver import EXACT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assessment.instrument.groups import Group
    from assessment.method.result import DimensionResult, Result

MEAN, QUESTION, GAP, LINK, SHARE = "mean", "question", "gap", "link", "share"


class Reading(NamedTuple):
    """`kind`: mean (of a dimension in a group; `aspect` empty, formal or practice), question (of
    all together), gap, link (of the chain, in the group of a tier), share (of who did not know).

    `on` is a dimension or a question. Means stand in points, gaps and links in levels, shares from
    0 to 1; `slack` is half of what rounding leaves open. `agreed`: of the whole after the session.
    """

    kind: str
    group: Group
    on: str
    value: float
    aspect: str = ""
    against: str = ""
    slack: float = EXACT / 10
    agreed: bool = False


def readings_of(result: Result) -> Iterator[Reading]:
    """Of the stored result, unrounded."""
    for group in result.groups:
        for found in group.dimensions.values():
            yield from _means((group.sector, group.tier), found)
    yield from _whole(result)
    for gap in result.gaps:
        first, second = gap.between
        side: Group = (None, first) if first in TIERS else (first, None)
        yield Reading(GAP, side, gap.on, gap.levels, against=second)
    for link in result.chain:
        for tier, level in zip(TIERS, (link.national, link.regional, link.local), strict=True):
            yield Reading(LINK, (None, tier), link.question, level)


def _whole(result: Result) -> Iterator[Reading]:
    """After the session its dimensions are others than those of the group of everybody."""
    agreed = bool(result.agreed)
    for found in result.dimensions.values() if agreed else ():
        means = (one for one in _means(TOTAL, found) if one.kind == MEAN)
        yield from (one._replace(agreed=True) for one in means)
    for code, item in result.items.items():
        if item.score is not None:
            yield Reading(QUESTION, TOTAL, code, item.score, agreed=agreed)


def _means(group: Group, found: DimensionResult) -> Iterator[Reading]:
    parts = {"": found.score, ASPECTS[0]: found.formal, ASPECTS[1]: found.practice}
    for aspect, value in parts.items():
        if value is not None:
            yield Reading(MEAN, group, found.dimension, value, aspect)
    if found.dont_know_share is not None:
        yield Reading(SHARE, group, found.dimension, found.dont_know_share)
