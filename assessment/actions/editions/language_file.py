"""Take what stands in a file of one language into a draft, after a dry run."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assessment.actions.editions.import_bank import ChangedMeanwhile
from assessment.actions.editions.translate import (
    SubmittedText,
    TranslationOutcome,
    save_translations,
)
from assessment.instrument.texts import hash_of_text
from assessment.instrument.translation import TO_REVIEW

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from assessment.instrument.translation import Entry
    from assessment.interchange.language_file import ReadText
    from assessment.models import EditionLanguage


@dataclass(frozen=True, slots=True)
class FileChange:
    """One text that the file says otherwise, or confirms where its source had changed."""

    entry: Entry
    read: ReadText

    @property
    def is_confirmed(self) -> bool:
        return self.read.text == self.entry.target


def changes_in(entries: Iterable[Entry], read: Sequence[ReadText]) -> list[FileChange]:
    """An empty cell takes nothing away: whoever did not get there yet leaves it empty."""
    stored = {entry.place: entry for entry in entries}
    return [
        FileChange(stored[one.place], one)
        for one in read
        if one.text and (one.text != stored[one.place].target or _confirms(stored[one.place], one))
    ]


def _confirms(entry: Entry, read: ReadText) -> bool:
    """Whether the translator says that it still fits today's source."""
    today = read.source_hash == hash_of_text(entry.source)
    return entry.state == TO_REVIEW and read.done and today


def fingerprint(entries: Iterable[Entry]) -> str:
    """Changes with every text and state that a dry run compared with."""
    told = "\n".join(f"{'/'.join(one.place)} {one.state} {one.target}" for one in entries)
    return hashlib.sha256(told.encode()).hexdigest()


def take_over(
    *,
    offered: EditionLanguage,
    changes: Sequence[FileChange],
    entries: Sequence[Entry],
    seen: str,
    now: datetime,
) -> TranslationOutcome:
    """Raises ChangedMeanwhile, and what save_translations raises; then nothing is written."""
    if seen != fingerprint(entries):
        raise ChangedMeanwhile
    return save_translations(
        edition=offered.edition,
        language=offered.language,
        submitted=[submitted(change) for change in changes],
        now=now,
    )


def submitted(change: FileChange) -> SubmittedText:
    return SubmittedText(
        place=change.entry.place,
        text=change.read.text,
        seen=hash_of_text(change.entry.target),
        source_hash=change.read.source_hash,
        confirmed=change.is_confirmed,
    )
