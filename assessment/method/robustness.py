"""How far the picture depends on weights and on missing answers: seeded draws, in floats."""

from __future__ import annotations

from math import ceil
from random import Random
from typing import TYPE_CHECKING

from assessment.instrument.kinds.registry import scored_kind_of
from assessment.method.result import Robustness

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from assessment.instrument.model import Instrument, Question
    from assessment.method.dimensions import Judgement
    from assessment.method.items import Item

    Sampled = tuple[float, float, Callable[[], float] | None]
    """The weight of a question, its score, and instead of a score that is missing its draw."""


def robustness(
    instrument: Instrument,
    items: Mapping[str, Item],
    judgements: Mapping[str, Judgement],
    *,
    seed: str,
    draws: int,
) -> dict[str, Robustness]:
    """Per settled dimension the 5th and 95th percentile, and how often it is among the last."""
    codes = [code for code, judgement in judgements.items() if judgement.settled]
    if not draws or not codes:
        return {}
    random = Random(seed)  # noqa: S311 - a reproducible experiment, not a secret
    spread = float(instrument.scale.weight_spread)
    least, width = 1 - spread, 2 * spread
    parts = [sampled_items(instrument, items, code, random) for code in codes]
    rows = [sampled_scores(parts, least, width, random.random) for _ in range(draws)]
    shares = weakest_shares(rows, instrument.scale.weakest)
    return {
        code: Robustness(*percentiles([row[n] for row in rows]), shares[n])
        for n, code in enumerate(codes)
    }


def sampled_items(
    instrument: Instrument, items: Mapping[str, Item], code: str, random: Random
) -> list[Sampled]:
    found = [items[question.code] for question in instrument.questions_of[code]]
    return [
        (float(item.question.weight), *score_or_sampler(item, random))
        for item in found
        if item.missing or (item.takes_part and item.score is not None)
    ]


def score_or_sampler(item: Item, random: Random) -> tuple[float, Callable[[], float] | None]:
    """What is known, or how to draw it."""
    if item.score is not None:
        return float(item.score), None
    return 0.0, sampler_of(item.question, random)


def sampled_scores(
    parts: Sequence[Sequence[Sampled]], least: float, width: float, draw: Callable[[], float]
) -> list[float]:
    """One draw of every dimension, each weight from `least` of it up to as much as `width` more.

    The inner line runs some 60,000 times for a result, which is why it stands in no function of
    its own.
    """
    scores = []
    for part in parts:
        over = under = 0.0
        for weight, known, sample in part:
            varied = weight * (least + width * draw())
            over += varied * (known if sample is None else sample())
            under += varied
        scores.append(over / under)
    return scores


def sampler_of(question: Question, random: Random) -> Callable[[], float]:
    kind = scored_kind_of(question)
    if kind is None:
        raise TypeError(f"{question.code} is not scored.")
    return kind.sampler(question, random)


def percentiles(values: Sequence[float]) -> tuple[float, float]:
    ordered = sorted(values)
    return nearest_rank(ordered, 5), nearest_rank(ordered, 95)


def nearest_rank(ordered: Sequence[float], percent: int) -> float:
    """The nearest rank."""
    return ordered[max(0, ceil(len(ordered) * percent / 100) - 1)]


def weakest_shares(rows: Sequence[Sequence[float]], weakest: int) -> list[float]:
    counts = [0] * len(rows[0])
    for row in rows:
        for n in sorted(range(len(row)), key=row.__getitem__)[:weakest]:
            counts[n] += 1
    return [count / len(rows) for count in counts]
