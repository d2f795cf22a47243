"""Places in words."""

from __future__ import annotations

from assessment.admin.translations.labels import FIELD_WORDS, place_label
from assessment.instrument.texts import CHILD_TEXT_FIELDS, TEXT_FIELDS, TextKey


def test_labels_name_every_place_in_words() -> None:
    table = {
        ("questions", "TG2", "options.2.text"): "TG2: option 2 text",
        ("questions", "TG2", "options.2.step"): "TG2: option 2 step where it is not chosen",
        ("questions", "TG2", "step_low"): "TG2: step from a low level",
        ("findings", "RS-1", "citation"): "RS-1: citation for readers",
    }

    assert {place: place_label(TextKey(*place)) for place in table} == table
    names = {name for fields in TEXT_FIELDS.values() for name in fields}
    below = {name for _rows, fields in CHILD_TEXT_FIELDS.values() for name in fields}

    assert (names | below) - FIELD_WORDS.keys() == set()
