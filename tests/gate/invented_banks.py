"""A strategy of invented banks: sound ones, and such that somebody changed in one or two places.

What is drawn are the banks that people could bring; which of them are at fault, the gate has to
say. Nothing here knows the rules that it holds.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from random import Random
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from assessment.instrument.model import Instrument
from assessment.instrument.plain_text import normalise_text
from tests.gate.changes import codes, parts, questions, scale, texts
from tests.gate.changes.change import as_it_is
from tests.gate.sound_banks import sound_banks

if TYPE_CHECKING:
    from tests.gate.changes.change import Change

CHANGES: dict[Change, int] = {
    as_it_is: 8,
    codes.dimension_renamed: 14,
    codes.dimension_called_alike: 6,
    codes.question_renamed: 13,
    codes.another_part_renamed: 2,
    codes.code_left_out: 6,
    codes.option_renamed: 4,
    codes.several_options_renamed: 3,
    questions.kind_changed: 5,
    questions.all_of_one_kind: 4,
    questions.numbers_changed: 2,
    questions.weights_changed: 4,
    questions.number_bounded: 11,
    questions.hidden_points_given: 7,
    questions.points_changed: 8,
    questions.points_taken: 5,
    questions.exclusive_counted: 11,
    questions.options_taken: 3,
    questions.profile_changed: 4,
    questions.who_is_asked: 2,
    questions.condition_changed: 5,
    parts.part_emptied: 2,
    parts.one_taken: 2,
    parts.countries_changed: 2,
    parts.no_country_left: 5,
    parts.arrangement_changed: 6,
    parts.edition_changed: 2,
    scale.threshold_changed: 6,
    scale.essential_changed: 11,
    scale.bands_changed: 4,
    scale.order_of_thresholds_changed: 9,
    scale.scale_words_changed: 6,
    texts.text_changed: 6,
    texts.placeholder_misspelt: 5,
    texts.placeholder_moved: 8,
    texts.text_emptied: 7,
    texts.advice_shortened: 4,
    texts.address_changed: 2,
}
"""With its share of the examples: a change that can be made in many ways gets more."""
ANOTHER = 10
"""One bank in so many is changed in a second place, too."""


def numbers_of_examples(every: int) -> dict[Change, int]:
    """How many of so many are drawn of each change, so that no luck leaves one out.

    Two at least: the first that Hypothesis draws is always the simplest.
    """
    share = every / sum(CHANGES.values())
    return {change: max(2, int(weight * share)) for change, weight in CHANGES.items()}


@dataclass(frozen=True)
class InventedBank:
    """`changes` are the names of what was changed in a sound bank."""

    instrument: Instrument
    changes: tuple[str, ...]

    def __repr__(self) -> str:
        return f"bank with {self.changes or 'no change'}: {self.instrument!r}"


@st.composite
def banks(draw: st.DrawFn, change: Change) -> InventedBank:
    """What is changed comes from random numbers that belong to the sound bank.

    Hypothesis itself likes to repeat what it drew before with one thing changed, and would leave
    half of the ways to make a change out of a few examples.
    """
    bank, changes = draw(sound_banks()), []
    random = Random(f"{draw(st.integers(0, 2**32))} {bank.content_hash}")
    more = random.choices(tuple(CHANGES), tuple(CHANGES.values()))
    for one in (change, *(more if random.randrange(ANOTHER) == 0 else ())):
        if bank.questions and bank.dimensions:
            bank = one(random, bank)
            changes.append(one.__name__)
    return InventedBank(as_read(bank), tuple(changes))


def as_read(value: Any) -> Any:
    """With every text in its one form, as whoever reads a file or a form puts it."""
    if isinstance(value, str):
        return normalise_text(value)
    if isinstance(value, tuple):
        return tuple(map(as_read, value))
    if type(value).__module__ == Instrument.__module__:
        return replace(value, **{f.name: as_read(getattr(value, f.name)) for f in fields(value)})
    return value
