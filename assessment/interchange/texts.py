"""What a text of the bank may hold where a file is written: any but what breaks the file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assessment.instrument.plain_text import unsupported_character

if TYPE_CHECKING:
    from assessment.instrument.plain_text import OddCharacter

# C0 controls but tab and line ends, and what no file format keeps.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def control_character_in(text: str) -> OddCharacter | None:
    """What keeps a stored text from being written: less than what keeps one from being stored."""
    return unsupported_character(text) if FORBIDDEN.search(text) else None
