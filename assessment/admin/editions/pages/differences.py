"""A comparison of two editions for a person: names, texts side by side, links to the objects."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessment.instrument.diff import (
    CHILD_CODE_FIELDS,
    COMPARED_PARTS,
    TRANSLATIONS,
    Difference,
    EditionComparison,
    language_of,
)
from assessment.instrument.model import Instrument
from assessment.instrument.translation import TranslationsByLanguage
from assessment.models import (
    Case,
    CaseReading,
    Dimension,
    Edition,
    Finding,
    Option,
    Question,
    Region,
    Rule,
    RuleVariant,
    Source,
    Term,
)
from assessment.models.translations import language_name

MOST_SHOWN = 500
LONGEST_MARKED = 2000
WORDS = re.compile(r"\s+|\w+|[^\w\s]")
NAMED_BY = ("title", "name", "term", "text")
OBJECTS: Mapping[str, tuple[type[Any], type[Any]]] = {
    "regions": (Region, Region),
    "sources": (Source, Source),
    "findings": (Finding, Finding),
    "dimensions": (Dimension, Dimension),
    "questions": (Question, Question),
    "options": (Option, Question),
    "cases": (Case, Case),
    "readings": (CaseReading, Case),
    "rules": (Rule, Rule),
    "variants": (RuleVariant, Rule),
    "terms": (Term, Term),
}
"""By kind: its model, and the model whose page shows it."""
KINDS: Mapping[str, Any] = {
    "edition": _("Language"),
    "scale": _("Scale and thresholds"),
    "regions": _("Regions"),
    "sources": _("Sources"),
    "findings": _("Findings"),
    "dimensions": _("Dimensions"),
    "questions": _("Questions"),
    "options": _("Options of questions"),
    "cases": _("Cases"),
    "readings": _("Readings of cases"),
    "rules": _("Rules"),
    "variants": _("Variants of rules"),
    "terms": _("Glossary"),
}
Pieces = tuple[tuple[bool, str], ...]
"""A text in pieces; True marks what the other side has not."""


@dataclass(frozen=True, slots=True)
class Named:
    code: str
    address: str
    text: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One field that changed; `first` where it begins the rows of its object."""

    code: str
    address: str
    first: bool
    field: str
    old: Pieces
    new: Pieces


@dataclass(frozen=True, slots=True)
class Block:
    """One kind of object; `more` counts the changes that are not listed."""

    kind: str
    name: str
    added: tuple[Named, ...]
    removed: tuple[Named, ...]
    cells: tuple[Cell, ...]
    moved: tuple[Named, ...]
    changed: int
    unchanged: int
    more: int

    @property
    def same(self) -> bool:
        return not (self.added or self.removed or self.changed or self.moved)


@dataclass(frozen=True, slots=True)
class Side:
    edition: Edition
    instrument: Instrument
    translations: TranslationsByLanguage = field(default_factory=dict)


def blocks_of(comparison: EditionComparison, old: Side, new: Side) -> tuple[Block, ...]:
    """Every kind, in the order of the bank; a query for each kind and side."""
    readers = _Reader(old), _Reader(new)
    return tuple(_block(difference, *readers) for difference in comparison.differences)


class _Reader:
    """Finds the name and the address of an object by its kind and code."""

    def __init__(self, side: Side) -> None:
        self.texts = dict(_texts(side.instrument)) | dict(_translated(side.translations))
        self.addresses = {
            (model, code): reverse(f"admin:assessment_{model._meta.model_name}_change", args=[pk])
            for model in dict.fromkeys(page for _model, page in OBJECTS.values())
            for code, pk in model.objects.filter(edition=side.edition).values_list("code", "pk")
        }

    def address(self, kind: str, code: str) -> str:
        if language_of(kind):
            kind, _slash, code = code.partition("/")
        if kind not in OBJECTS:
            return ""
        return self.addresses.get((OBJECTS[kind][1], code.partition("/")[0]), "")

    def named(self, kind: str, code: str) -> Named:
        text = Truncator(self.texts.get((kind, code), "")).chars(120)
        return Named(code, self.address(kind, code), text)


def _texts(instrument: Instrument) -> Iterator[tuple[tuple[str, str], str]]:
    for kind, nested in COMPARED_PARTS.items():
        for part in getattr(instrument, kind):
            yield (kind, part.code), _name(part)
            if nested in CHILD_CODE_FIELDS:
                for child in getattr(part, nested or ""):
                    key = getattr(child, CHILD_CODE_FIELDS[nested or ""])
                    yield (nested or "", f"{part.code}/{key}"), child.text


def _translated(texts: TranslationsByLanguage) -> Iterator[tuple[tuple[str, str], str]]:
    for language, made in texts.items():
        for place, one in made.items():
            yield (f"{TRANSLATIONS}{language}", "/".join(place)), one.text


def _name(part: Any) -> str:
    return next(str(getattr(part, name)) for name in NAMED_BY if hasattr(part, name))


def _block(difference: Difference, old: _Reader, new: _Reader) -> Block:
    kind = difference.kind
    cells = list(_cells(difference, new))
    return Block(
        kind=kind,
        name=kind_name(kind),
        added=tuple(new.named(kind, code) for code in difference.added[:MOST_SHOWN]),
        removed=tuple(old.named(kind, code) for code in difference.removed[:MOST_SHOWN]),
        cells=tuple(cells[:MOST_SHOWN]),
        moved=tuple(
            Named(move.code, new.address(kind, move.code), move.behind)
            for move in difference.moved[:MOST_SHOWN]
        ),
        changed=len(difference.changed),
        unchanged=difference.unchanged,
        more=sum(
            max(0, len(entries) - MOST_SHOWN)
            for entries in (difference.added, difference.removed, difference.moved, cells)
        ),
    )


def _cells(difference: Difference, new: _Reader) -> Iterator[Cell]:
    kind = difference.kind
    for entry in difference.changed:
        for number, change in enumerate(entry.changes):
            yield Cell(
                code=entry.code,
                address=new.address(kind, entry.code),
                first=number == 0,
                field=field_name(kind, change.field),
                old=marked(shown(change.old), shown(change.new)),
                new=marked(shown(change.new), shown(change.old)),
            )


def kind_name(kind: str) -> str:
    language = language_of(kind)
    if not language:
        return str(KINDS[kind])
    return gettext("Translations: %(language)s") % {"language": language_name(language)}


def field_name(kind: str, field: str) -> str:
    """As the forms name it; `advice.2` is the one of level 2."""
    if field == "source_hash":
        return gettext("source it was made from")
    name, _dot, level = field.partition(".")
    words = name.replace("_", " ")
    if kind in OBJECTS:
        try:
            own: Any = OBJECTS[kind][0]._meta.get_field(name)
            words = str(own.verbose_name)
        except FieldDoesNotExist:
            pass
    if not level:
        return words
    return gettext("%(field)s, level %(level)s") % {"field": words, "level": level}


def shown(value: Any) -> str:
    """A JSON value in the words of a page."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, list):
        return "\n".join(shown(one) for one in value)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else str(value)


def marked(text: str, other: str) -> Pieces:
    """`text` in pieces, those marked that `other` has not."""
    if not text or not other or len(text) + len(other) > LONGEST_MARKED:
        return ((bool(text), text),)
    ours, theirs = WORDS.findall(text), WORDS.findall(other)
    steps = SequenceMatcher(None, theirs, ours, autojunk=False).get_opcodes()
    pieces = (("".join(ours[b1:b2]), tag) for tag, _a1, _a2, b1, b2 in steps)
    return tuple((tag != "equal", piece) for piece, tag in pieces if piece)
