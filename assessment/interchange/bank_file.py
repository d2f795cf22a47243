"""What a file holds: the instrument, its translations, and where in the file each object stands."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from assessment.instrument.diff import COMPARED_PARTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from assessment.instrument.model import Instrument
    from assessment.instrument.translation import TranslationsByLanguage
    from assessment.interchange.refusal import FileFault

FilePosition = tuple[str, int]
"""A sheet and a row of it, or a file and 0."""


@dataclass(frozen=True)
class BankFile:
    """`positions` is by kind and code; a language that is no key of `translations` is not in it.

    `ignored` names what the file holds beside the bank, such as a column of notes.
    """

    instrument: Instrument
    translations: TranslationsByLanguage = field(default_factory=dict)
    positions: Mapping[tuple[str, str], FilePosition] = field(default_factory=dict)
    ignored: tuple[FileFault, ...] = ()

    def rows(self) -> int:
        """How many rows it makes: parts, the rows below them, texts in other languages."""
        parts = below = 0
        for kind, nested in COMPARED_PARTS.items():
            found = getattr(self.instrument, kind)
            parts += len(found)
            below += sum(len(getattr(part, nested)) for part in found) if nested else 0
        return parts + below + sum(map(len, self.translations.values()))

    def with_positions(self, faults: Iterable[FileFault]) -> tuple[FileFault, ...]:
        """The same faults, which name an object of the bank, at their positions in the file."""
        return tuple(map(self._located, faults))

    def _located(self, fault: FileFault) -> FileFault:
        at = (fault.where.kind, fault.where.code or fault.where.field)
        sheet, row = self.positions.get(at, (fault.sheet, fault.row))
        return replace(fault, sheet=sheet, row=row)
