"""Texts that no page, file or print can show as they stand: braces, odd characters, addresses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from assessment.instrument.issues import Issue, Where
from assessment.instrument.placeholders import may_hold, placeholders_in, unknown_placeholders
from assessment.instrument.plain_text import code_point, normalise_text, unsupported_character
from assessment.instrument.texts import texts_of
from assessment.instrument.validation.references import PARTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assessment.instrument.model import Instrument

DIRECTION_MARKS = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""They turn the direction of what follows: a text may read otherwise than it is stored.

Those that only say how a neutral sign is read stay where a text needs them (`plain_text.py`).
"""
SCHEMES = ("http", "https")
NEEDED = {
    "regions": ("name",),
    "sources": ("title",),
    "dimensions": ("name", "short", "summary"),
    "cases": ("name", "text"),
    "terms": ("term", "text"),
}


def odd_character(text: str) -> str:
    """The first character that no text of a bank may hold, such as U+202E; or nothing."""
    if odd := unsupported_character(normalise_text(text)):
        return odd.name
    turned = None if text.isascii() else DIRECTION_MARKS.search(text)
    return f"U+{code_point(turned[0])}" if turned else ""


def text_issue(text: str, *, rule: bool) -> Issue | None:
    """What is wrong with the braces of a typed text; `rule` says whether the report fills them."""
    if unknown := unknown_placeholders(text):
        return Issue("unknown_placeholder", params={"names": unknown})
    if not rule and (used := placeholders_in(text)):
        return Issue("placeholder_not_here", params={"names": _braced(used)})
    return None


def is_web_address(text: str) -> bool:
    """Whether a link may lead there: http or https, with a host, without white space."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in SCHEMES and bool(parts.hostname) and not any(map(str.isspace, text))


def unusable_addresses(instrument: Instrument) -> Iterator[Issue]:
    for source in instrument.sources:
        if source.url and not is_web_address(source.url):
            yield Where("sources", source.code).blocking_issue("url", "no_web_address")


def odd_characters(instrument: Instrument) -> Iterator[Issue]:
    for part in PARTS:
        for entry in getattr(instrument, part):
            for name in type(entry).__dataclass_fields__:
                if found := _odd_in(getattr(entry, name)):
                    at = Where(part, entry.code)
                    yield at.blocking_issue(name, "odd_character_in_field", character=found)
    if found := _odd_in((instrument.name, instrument.language, instrument.scale)):
        at = Where("scale", "scale")
        yield at.blocking_issue("labels", "odd_character_in_scale", character=found)


def _odd_in(value: Any) -> str:
    """In a text, or in the texts of a list or of the rows below an object."""
    if isinstance(value, str):
        return odd_character(value)
    if isinstance(value, tuple):
        return next(filter(None, map(_odd_in, value)), "")
    names = getattr(type(value), "__dataclass_fields__", ())
    return next(filter(None, (_odd_in(getattr(value, name)) for name in names)), "")


def placeholder_faults(instrument: Instrument) -> Iterator[Issue]:
    """What stands in braces and is no placeholder, or is one where nothing fills it."""
    for place, text in texts_of(instrument).items():
        at, field = Where(place.kind, place.code), place.field.replace(".", "/")
        if unknown := unknown_placeholders(text):
            yield at.blocking_issue(field, "unknown_placeholder", names=unknown)
        elif (used := placeholders_in(text)) and not may_hold(place):
            yield at.blocking_issue(field, "placeholder_not_here", names=_braced(used))


def _braced(names: frozenset[str]) -> tuple[str, ...]:
    return tuple(f"{{{name}}}" for name in sorted(names))


def empty_texts(instrument: Instrument) -> Iterator[Issue]:
    """Texts that a page or the report cannot do without, where no other check asks for them."""
    for part, fields in NEEDED.items():
        for entry in getattr(instrument, part):
            for field in fields:
                if not getattr(entry, field).strip():
                    yield Where(part, entry.code).issue(field, "empty_field")
