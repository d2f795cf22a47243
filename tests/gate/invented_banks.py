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
from tests.gate.sound_banks import sound_banks

if TYPE_CHECKING:
    from tests.gate.changes.change import Change

CHANGES: dict[Change, int] = {
    codes.dimension_renamed: 14,
    codes.question_renamed: 13,
    codes.another_part_renamed: 1,
    codes.option_renamed: 4,
    codes.several_options_renamed: 2,
    questions.kind_changed: 4,
    questions.all_of_one_kind: 3,
    questions.numbers_changed: 2,
    questions.weights_changed: 2,
    questions.number_bounded: 10,
    questions.hidden_points_given: 7,
    questions.points_changed: 12,
    questions.options_taken: 3,
    questions.profile_changed: 3,
    questions.who_is_asked: 1,
    questions.condition_changed: 4,
    parts.part_emptied: 1,
    parts.one_taken: 1,
    parts.countries_changed: 1,
    parts.no_country_left: 2,
    parts.arrangement_changed: 5,
    parts.edition_changed: 1,
    scale.threshold_changed: 4,
    scale.essential_changed: 9,
    scale.bands_changed: 3,
    scale.order_of_thresholds_changed: 9,
    scale.scale_words_changed: 5,
    texts.text_changed: 5,
    texts.placeholder_misspelt: 6,
    texts.text_emptied: 7,
    texts.advice_shortened: 3,
    texts.address_changed: 1,
}
"""With its share of the examples: a change that can be made in many ways gets more."""


@dataclass(frozen=True)
class InventedBank:
    """`changes` are the names of what was changed in a sound bank."""

    instrument: Instrument
    changes: tuple[str, ...]

    def __repr__(self) -> str:
        return f"bank with {self.changes or 'no change'}: {self.instrument!r}"


@st.composite
def banks(draw: st.DrawFn) -> InventedBank:
    """What is changed comes from random numbers that belong to the sound bank.

    Hypothesis itself likes to repeat what it drew before with one thing changed, and would leave
    half of the changes out of five hundred examples.
    """
    bank, changes = draw(sound_banks()), []
    random = Random(f"{draw(st.integers(0, 2**32))} {bank.content_hash}")
    for change in random.choices(
        tuple(CHANGES), tuple(CHANGES.values()), k=random.choice((0, 1, 1, 1, 1, 1, 1, 1, 1, 2))
    ):
        if bank.questions and bank.dimensions:
            bank = change(random, bank)
            changes.append(change.__name__)
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
