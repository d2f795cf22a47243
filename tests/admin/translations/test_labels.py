"""Places in words."""

from __future__ import annotations

from assessment.admin.translations.labels import place_label
from assessment.instrument.texts import TextKey


def test_labels_name_the_place_in_words() -> None:
    place = TextKey("questions", "TG2", "options.2.text")

    assert place_label(place) == "TG2: option 2 text"
