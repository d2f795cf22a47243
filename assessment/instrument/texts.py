"""Every text of the bank that a person reads: where it stands, and all of them mapped at once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from assessment.instrument.model import Instrument

if TYPE_CHECKING:
    from collections.abc import Iterator


# What a person reads. Titles, sections and places of documents stay as they are cited.
TEXT_FIELDS: Mapping[str, tuple[str, ...]] = {
    "regions": ("name",),
    "sources": ("date", "attribution", "note"),
    "findings": ("text", "citation"),
    "dimensions": ("name", "short", "summary"),
    "questions": (
        *("text", "help", "why", "text_national", "unit"),
        *("short", "step_low", "step_high"),
    ),
    "cases": ("name", "text"),
    "rules": ("title", "actor", "text", "first_step", "needs"),
    "terms": ("term", "text"),
    "roles": ("name",),
    "packages": ("title", "text"),
    "patterns": ("title", "text"),
}


LIST_TEXT_FIELDS = {"sub_dimensions": 1, "advice": 0}


CHILD_TEXT_FIELDS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "questions": ("options", ("text", "help", "label", "step")),
    "cases": ("readings", ("text",)),
    "rules": ("variants", ("text", "first_step", "needs")),
}


CHILD_KEYS = {"options": "value", "readings": "dimension"}


class TextKey(NamedTuple):
    """Where a text stands: the kind of object, its code, and the field within it.

    Fields of an option go by its value, of a reading by its dimension, of a variant by its
    number from 1; advice and the scale's words by their level, sub-dimensions from 1.
    """

    kind: str
    code: str
    field: str


TextChange = Callable[[TextKey, str], str]


PutText = Callable[[str, str], str]
"""By field, with everything else known."""


def hash_of_text(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def texts_of(instrument: Instrument) -> dict[TextKey, str]:
    """Every text that is not empty, in the order of the instrument."""
    found: dict[TextKey, str] = {}

    def note(place: TextKey, text: str) -> str:
        found[place] = text
        return text

    map_texts(instrument, note)
    return found


def map_texts(instrument: Instrument, change: TextChange) -> Instrument:
    """Every text that is not empty replaced by what `change` makes of it."""
    put = _putter("scale", "scale", change)
    scale = replace(
        instrument.scale,
        labels=_listed("labels", instrument.scale.labels, put),
        meanings=_listed("meanings", instrument.scale.meanings, put),
    )
    parts: dict[str, Any] = {
        kind: tuple(_changed_part(kind, part, change) for part in getattr(instrument, kind))
        for kind in TEXT_FIELDS
    }
    return replace(instrument, scale=scale, **parts)


def _putter(kind: str, code: str, change: TextChange) -> PutText:
    def put(field: str, text: str) -> str:
        return change(TextKey(kind, code, field), text) if text else text

    return put


def _changed_part(kind: str, part: Any, change: TextChange) -> Any:
    put = _putter(kind, part.code, change)
    changed: dict[str, Any] = _texts(part, TEXT_FIELDS[kind], put)
    if kind == "dimensions":
        for name, first in LIST_TEXT_FIELDS.items():
            changed[name] = _listed(name, getattr(part, name), put, first)
    if kind == "terms":
        changed["forms"] = tuple(put("forms", "\n".join(part.forms)).splitlines())
    if kind in CHILD_TEXT_FIELDS:
        name, own = CHILD_TEXT_FIELDS[kind]
        changed[name] = tuple(_children(name, getattr(part, name), own, put))
    return replace(part, **changed)


def _children(
    name: str, children: tuple[Any, ...], own: tuple[str, ...], put: PutText
) -> Iterator[Any]:
    for number, child in enumerate(children, 1):
        key = getattr(child, CHILD_KEYS[name]) if name in CHILD_KEYS else number
        yield replace(child, **_texts(child, own, put, prefix=f"{name}.{key}."))


def _texts(holder: Any, names: tuple[str, ...], put: PutText, prefix: str = "") -> dict[str, str]:
    return {name: put(f"{prefix}{name}", getattr(holder, name)) for name in names}


def _listed(name: str, texts: tuple[str, ...], put: PutText, first: int = 0) -> tuple[str, ...]:
    return tuple(put(f"{name}.{number}", text) for number, text in enumerate(texts, first))
