"""The source from which a translation was made, where another was put in its place since."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assessment.instrument.texts import hash_of_text, texts_of
from assessment.instrument.translation import TO_REVIEW
from assessment.models import Edition

if TYPE_CHECKING:
    from collections.abc import Iterable

    from assessment.instrument.texts import TextKey
    from assessment.instrument.translation import Entry

MOST_EDITIONS = 5
"""A published edition is compiled once in a process: looking further back takes long for little."""


def earlier_sources(*, edition: Edition, entries: Iterable[Entry]) -> dict[TextKey, str]:
    """From published editions; of what was worded only in a draft, no older wording is kept."""
    wanted = {entry.place: entry.made_from for entry in entries if entry.state == TO_REVIEW}
    found: dict[TextKey, str] = {}
    if not wanted:
        return found
    published = Edition.objects.exclude(pk=edition.pk).filter(number__isnull=False)
    for other in published.order_by("-pk")[:MOST_EDITIONS]:
        texts = texts_of(other.instrument())
        for place, made_from in wanted.items():
            if place in texts and hash_of_text(texts[place]) == made_from:
                found.setdefault(place, texts[place])
    return found
