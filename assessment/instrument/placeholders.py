"""Words in braces that the report fills with a fact of the scheme: which there are, and where."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assessment.instrument.texts import TextKey

PLACEHOLDERS = ("country", "region", "programmes")
"""Each is a field of the profile."""
BRACES = re.compile(r"\{[^{}\n]{0,60}\}|%\([^()\n]{1,60}\)[a-zA-Z]")
"""Whatever may have been meant as one."""
FILLED_PLACEHOLDER = re.compile(rf"\{{({'|'.join(PLACEHOLDERS)})\}}")
OF_RULES = frozenset({"title", "actor", "text", "first_step", "needs"})


def may_hold(place: TextKey) -> bool:
    """Whether the report fills the placeholders of this text: those of rules, and no other."""
    return place.kind == "rules" and place.field.rpartition(".")[2] in OF_RULES


def unknown_placeholders(text: str) -> tuple[str, ...]:
    """Whatever stands in braces and is none, each once."""
    known = {f"{{{name}}}" for name in PLACEHOLDERS}
    return tuple(dict.fromkeys(found for found in BRACES.findall(text) if found not in known))


def placeholders_in(text: str) -> frozenset[str]:
    return frozenset(FILLED_PLACEHOLDER.findall(text))
