"""The one exception for a file that cannot be taken or made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_FAULTS = 200


@dataclass(frozen=True, slots=True)
class FileFault:
    """One thing wrong: `sheet` is a sheet or a file, row 0 and an empty column are no place.

    `code` is that of the object, where its row is not known yet.
    """

    message: str
    sheet: str = ""
    row: int = 0
    column: str = ""
    code: str = ""

    def __str__(self) -> str:
        places = (self.sheet, f"row {self.row}" if self.row else "", self.column)
        place = ", ".join(part for part in places if part)
        return f"{place}: {self.message}" if place else self.message


class Refused(Exception):
    """Nothing was taken; carries what is wrong, the first faults where there are very many."""

    def __init__(self, faults: Iterable[FileFault]) -> None:
        found = list(faults)
        self.faults = tuple(found[:MOST_FAULTS])
        if len(found) > MOST_FAULTS:
            self.faults += (FileFault(f"and {len(found) - MOST_FAULTS} more faults."),)
        super().__init__("\n".join(map(str, self.faults)))


def refusal(message: str, sheet: str = "") -> Refused:
    return Refused([FileFault(message, sheet)])
