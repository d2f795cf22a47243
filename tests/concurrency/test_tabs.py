"""A thousand random interleavings of three tabs on one response: nothing overwritten silently."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING

from tests.actions.respondent_steps import begin, save, sent

if TYPE_CHECKING:
    from assessment.models import Edition, Response

RESPONSES = 25
STEPS = 8
QUESTIONS = 40


@dataclass
class Tab:
    """A page in a browser: the revision it saw of each answer, and what it shows."""

    seen: dict[str, tuple[int, int | None]] = field(default_factory=dict)


def truth_of(response: Response) -> dict[str, tuple[int, int | None]]:
    return {a.code: (a.revision, a.value) for a in response.answers.all()}


def act(response: Response, tab: Tab, edits: dict[str, int]) -> None:
    """The tab saves its edits; whatever it did not know of must stand and be told."""
    before = truth_of(response)
    incoming = [sent(c, v, revision=tab.seen.get(c, (0, None))[0]) for c, v in edits.items()]

    saved = save(response, *incoming)

    told = {conflict.incoming.code for conflict in saved.conflicts}
    unknown = {c for c in edits if c in before and before[c] != tab.seen.get(c)}
    lost = {c for c in unknown if before[c][1] != edits[c]}
    after = truth_of(response)
    assert told == lost
    assert after == {
        **before,
        **{c: (before.get(c, (0, None))[0] + 1, edits[c]) for c in edits if c not in unknown}
        | {c: before[c] for c in edits if c in before and before[c][1] == edits[c]},
    }
    tab.seen |= {code: after[code] for code in edits if code not in told}


def interleave(edition: Edition, seed: int) -> None:
    """Each question of the response sees its own mixture of the three tabs."""
    random = Random(seed)
    response = begin(edition, f"tabs-{seed}")
    codes = [q.code for q in edition.instrument().questions if q.kind == "level"][:QUESTIONS]
    tabs = [Tab(), Tab(), Tab()]
    for _ in range(STEPS):
        tab = random.choice(tabs)
        if random.random() < 0.3:
            tab.seen = truth_of(response)
        act(response, tab, {c: random.randrange(5) for c in codes if random.random() < 0.5})


def test_three_tabs_overwrite_nothing_silently(edition: Edition) -> None:
    for seed in range(RESPONSES):
        interleave(edition, seed)
