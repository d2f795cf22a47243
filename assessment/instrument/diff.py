"""Two editions of the question bank side by side: added, removed, changed, moved."""

from __future__ import annotations

from bisect import bisect_left
from collections import deque
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Any

from assessment.instrument.canonical import canonical
from assessment.instrument.translation import current_translations

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from assessment.instrument.model import Instrument, RuleVariant
    from assessment.instrument.texts import TextKey
    from assessment.instrument.translation import Translation, TranslationsByLanguage

COMPARED_PARTS = {
    "regions": None,
    "sources": None,
    "findings": None,
    "dimensions": None,
    "questions": "options",
    "cases": "readings",
    "rules": "variants",
    "terms": None,
    "roles": None,
    "packages": None,
    "patterns": None,
}
TRANSLATIONS = "translations-"
CHILD_CODE_FIELDS = {"options": "value", "readings": "dimension"}
ONE_BY_ONE = ("advice", "labels", "meanings")


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field; `old` and `new` are JSON values, None where there is nothing."""

    field: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class Changed:
    code: str
    changes: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class Moved:
    """`behind` is the code of what stands before it now, empty for the first place."""

    code: str
    behind: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One kind of object; `unchanged` counts what has neither changed nor moved.

    Codes of options, readings and variants begin with that of what they belong to: HC3/none.
    """

    kind: str
    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[Changed, ...]
    moved: tuple[Moved, ...]
    unchanged: int

    @property
    def same(self) -> bool:
        return not (self.added or self.removed or self.changed or self.moved)


@dataclass(frozen=True, slots=True)
class EditionComparison:
    differences: tuple[Difference, ...]

    @property
    def same(self) -> bool:
        return all(difference.same for difference in self.differences)

    def to_json(self) -> dict[str, Any]:
        plain = [asdict(difference) for difference in self.differences]
        return {entry.pop("kind"): entry for entry in plain}


@dataclass(frozen=True, slots=True)
class _Item:
    """`group` is what it belongs to: order counts within it."""

    code: str
    group: str
    values: dict[str, Any]


def compare_editions(
    old: Instrument,
    new: Instrument,
    before: TranslationsByLanguage | None = None,
    after: TranslationsByLanguage | None = None,
) -> EditionComparison:
    """What turns `old` into `new`; name and number of an edition are not content.

    `before` and `after` are their translations: each language is a kind of its own.
    """
    texts = current_translations(old, before or {}), current_translations(new, after or {})
    return EditionComparison((*_differences(old, new), *_translations(*texts)))


def language_of(kind: str) -> str:
    """The language whose translations this kind is; empty for all other kinds."""
    return kind.removeprefix(TRANSLATIONS) if kind.startswith(TRANSLATIONS) else ""


def _translations(
    before: TranslationsByLanguage, after: TranslationsByLanguage
) -> Iterator[Difference]:
    for language in sorted({*before, *after}):
        old, new = (
            _translation_items(before.get(language, {})),
            _translation_items(after.get(language, {})),
        )
        yield _difference(f"{TRANSLATIONS}{language}", old, new)


def _translation_items(texts: Mapping[TextKey, Translation]) -> list[_Item]:
    """In the order of their places, so that none moves where an object does."""
    return [
        _Item("/".join(place), "", {"text": one.text, "source_hash": one.source_hash})
        for place, one in sorted(texts.items())
    ]


def _differences(old: Instrument, new: Instrument) -> Iterator[Difference]:
    yield _difference("edition", [_language(old)], [_language(new)])
    yield _difference("scale", [_scale(old)], [_scale(new)])
    for kind, nested in COMPARED_PARTS.items():
        before, after = getattr(old, kind), getattr(new, kind)
        yield _difference(kind, _items(before), _items(after))
        if nested == "variants":
            yield _difference(nested, *_variants(before, after))
        elif nested:
            yield _difference(nested, _children(before, nested), _children(after, nested))


def _language(instrument: Instrument) -> _Item:
    return _Item("edition", "", {"language": instrument.language})


def _scale(instrument: Instrument) -> _Item:
    return _Item("scale", "", _values(instrument.scale))


def _items(parts: Sequence[Any]) -> list[_Item]:
    return [_Item(part.code, "", _values(part)) for part in parts]


def _children(parts: Sequence[Any], nested: str) -> list[_Item]:
    key = CHILD_CODE_FIELDS[nested]
    return [
        _Item(f"{part.code}/{getattr(child, key)}", part.code, _values(child))
        for part in parts
        for child in getattr(part, nested)
    ]


def _values(part: Any) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for field in fields(part):
        value = canonical(getattr(part, field.name))
        if field.name in ONE_BY_ONE:
            values |= {f"{field.name}.{place}": text for place, text in enumerate(value)}
        elif field.name not in COMPARED_PARTS.values():
            values[field.name] = value
    return values


def _variants(before: Sequence[Any], after: Sequence[Any]) -> tuple[list[_Item], list[_Item]]:
    """Variants have no code: they are the same by their condition, else by their order."""
    olds = {rule.code: rule.variants for rule in before}
    names = {rule.code: _names(olds.get(rule.code, ()), rule.variants) for rule in after}
    new = [
        _Item(f"{rule.code}/{name}", rule.code, _values(variant))
        for rule in after
        for name, variant in zip(names[rule.code], rule.variants, strict=True)
    ]
    old = [
        _Item(f"{rule.code}/{place}", rule.code, _values(variant))
        for rule in before
        for place, variant in enumerate(rule.variants, 1)
    ]
    return old, new


def _names(old: Sequence[RuleVariant], new: Sequence[RuleVariant]) -> list[int]:
    """For each new variant the number of the old one that it continues, or a number of its own."""
    free: dict[str, deque[int]] = {}
    for place, variant in enumerate(old, 1):
        free.setdefault(variant.when.source_text, deque()).append(place)
    continued = [_take_first(free, variant.when.source_text) for variant in new]
    left = deque(sorted(place for places in free.values() for place in places))
    left.extend(range(len(old) + 1, len(old) + len(new) + 1))
    return [place or left.popleft() for place in continued]


def _take_first(free: dict[str, deque[int]], condition: str) -> int:
    places = free.get(condition)
    return places.popleft() if places else 0


def _difference(kind: str, before: list[_Item], after: list[_Item]) -> Difference:
    old = {item.code: item for item in before}
    new = {item.code: item for item in after}
    changed = [
        Changed(code, changes)
        for code, item in new.items()
        if code in old and (changes := _changes(old[code].values, item.values))
    ]
    moved = _moves(before, after)
    touched = {entry.code for entry in changed} | {entry.code for entry in moved}
    return Difference(
        kind=kind,
        added=tuple(code for code in new if code not in old),
        removed=tuple(code for code in old if code not in new),
        changed=tuple(changed),
        moved=tuple(moved),
        unchanged=sum(code in old and code not in touched for code in new),
    )


def _changes(old: dict[str, Any], new: dict[str, Any]) -> tuple[FieldChange, ...]:
    return tuple(
        FieldChange(name, old.get(name), new.get(name))
        for name in {**old, **new}
        if old.get(name) != new.get(name)
    )


def _moves(before: list[_Item], after: list[_Item]) -> list[Moved]:
    """The fewest codes that have to be moved to bring the old order into the new one."""
    old, new = _by_group(before), _by_group(after)
    return [move for group in new for move in _moves_in(old.get(group, []), new[group])]


def _by_group(items: list[_Item]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for item in items:
        groups.setdefault(item.group, []).append(item.code)
    return groups


def _moves_in(old: list[str], new: list[str]) -> list[Moved]:
    place = {code: number for number, code in enumerate(old)}
    common = [code for code in new if code in place]
    stay = {common[index] for index in _longest_rise([place[code] for code in common])}
    return [
        Moved(code, behind)
        for behind, code in zip(["", *new], new, strict=False)
        if code in place and code not in stay
    ]


def _longest_rise(numbers: list[int]) -> list[int]:
    """The places of a longest rising part of `numbers`, which are all different."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for index, number in enumerate(numbers):
        length = bisect_left(tails, number)
        before.append(ends[length - 1] if length else -1)
        tails[length : length + 1] = [number]
        ends[length : length + 1] = [index]
    chain: list[int] = []
    index = ends[-1] if ends else -1
    while index >= 0:
        chain.append(index)
        index = before[index]
    return chain
