"""A comparison of two editions for a person: names, texts side by side, links to the parts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.text import Truncator

from assessment.admin.core.pages import part_addresses
from assessment.admin.editions.pages.difference_words import (
    MODELS,
    TextDiff,
    field_name,
    json_text,
    text_diff,
    type_name,
)
from assessment.instrument.diff import (
    CHILD_CODE_FIELDS,
    COMPARED_PARTS,
    TRANSLATIONS,
    Difference,
    EditionComparison,
    language_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assessment.instrument.model import Instrument
    from assessment.instrument.translation import TranslationsByLanguage
    from assessment.models import Edition

LISTED_LIMIT = 500
NAME_FIELDS = ("title", "name", "term", "text")


@dataclass(frozen=True, slots=True)
class ChangedPart:
    code: str
    address: str
    text: str


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field that changed; `first` where it begins the rows of its part."""

    code: str
    address: str
    first: bool
    field: str
    old: TextDiff
    new: TextDiff


@dataclass(frozen=True, slots=True)
class TypeDifference:
    """All parts of one type; `more` counts the changes that are not listed."""

    kind: str
    name: str
    added: tuple[ChangedPart, ...]
    removed: tuple[ChangedPart, ...]
    cells: tuple[FieldChange, ...]
    moved: tuple[ChangedPart, ...]
    changed: int
    unchanged: int
    more: int

    @property
    def same(self) -> bool:
        return not (self.added or self.removed or self.changed or self.moved)


@dataclass(frozen=True, slots=True)
class ComparedEdition:
    edition: Edition
    instrument: Instrument
    translations: TranslationsByLanguage = field(default_factory=dict)


def type_differences(
    comparison: EditionComparison, old: ComparedEdition, new: ComparedEdition
) -> tuple[TypeDifference, ...]:
    """Every type, in the order of the bank; a query for each type and side."""
    parts = _Parts(old), _Parts(new)
    return tuple(_type_difference(difference, *parts) for difference in comparison.differences)


class _Parts:
    """Finds the name and the address of a part by its type and code."""

    def __init__(self, compared: ComparedEdition) -> None:
        self.texts = dict(_part_names(compared.instrument))
        self.texts |= dict(_translated_texts(compared.translations))
        models = dict.fromkeys(page for _model, page in MODELS.values())
        self.addresses = part_addresses(compared.edition, models)

    def address(self, kind: str, code: str) -> str:
        if language_of(kind):
            kind, _slash, code = code.partition("/")
        if kind not in MODELS:
            return ""
        return self.addresses.get((MODELS[kind][1], code.partition("/")[0]), "")

    def part(self, kind: str, code: str) -> ChangedPart:
        text = Truncator(self.texts.get((kind, code), "")).chars(120)
        return ChangedPart(code, self.address(kind, code), text)


def _part_names(instrument: Instrument) -> Iterator[tuple[tuple[str, str], str]]:
    for kind, nested in COMPARED_PARTS.items():
        for part in getattr(instrument, kind):
            yield (kind, part.code), _name(part)
            if nested in CHILD_CODE_FIELDS:
                for child in getattr(part, nested or ""):
                    key = getattr(child, CHILD_CODE_FIELDS[nested or ""])
                    yield (nested or "", f"{part.code}/{key}"), child.text


def _translated_texts(
    translations: TranslationsByLanguage,
) -> Iterator[tuple[tuple[str, str], str]]:
    for language, texts in translations.items():
        for place, one in texts.items():
            yield (f"{TRANSLATIONS}{language}", "/".join(place)), one.text


def _name(part: Any) -> str:
    return next(str(getattr(part, name)) for name in NAME_FIELDS if hasattr(part, name))


def _type_difference(difference: Difference, old: _Parts, new: _Parts) -> TypeDifference:
    kind = difference.kind
    changes = list(_field_changes(difference, new))
    return TypeDifference(
        kind=kind,
        name=type_name(kind),
        added=tuple(new.part(kind, code) for code in difference.added[:LISTED_LIMIT]),
        removed=tuple(old.part(kind, code) for code in difference.removed[:LISTED_LIMIT]),
        cells=tuple(changes[:LISTED_LIMIT]),
        moved=tuple(
            ChangedPart(move.code, new.address(kind, move.code), move.behind)
            for move in difference.moved[:LISTED_LIMIT]
        ),
        changed=len(difference.changed),
        unchanged=difference.unchanged,
        more=sum(
            max(0, len(entries) - LISTED_LIMIT)
            for entries in (difference.added, difference.removed, difference.moved, changes)
        ),
    )


def _field_changes(difference: Difference, new: _Parts) -> Iterator[FieldChange]:
    kind = difference.kind
    for entry in difference.changed:
        for number, change in enumerate(entry.changes):
            old_text, new_text = json_text(change.old), json_text(change.new)
            yield FieldChange(
                code=entry.code,
                address=new.address(kind, entry.code),
                first=number == 0,
                field=field_name(kind, change.field),
                old=text_diff(old_text, new_text),
                new=text_diff(new_text, old_text),
            )
