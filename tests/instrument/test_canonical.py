"""The form an edition's hash is taken over: the same for ever."""

from __future__ import annotations

from dataclasses import MISSING, dataclass, field, fields, make_dataclass, replace
from typing import TYPE_CHECKING, Any

import pytest

from assessment.instrument import model
from assessment.instrument.canonical import KEYS, NOT_CONTENT, canonical, content_hash
from tests.first_edition_files import HASH, first_edition
from tests.instrument.build import instrument, level

if TYPE_CHECKING:
    from assessment.instrument.model import Instrument


@pytest.fixture(scope="module")
def first() -> Instrument:
    return first_edition()


def gained(part: Any, name: str, value: Any, default: Any) -> Any:
    """The same part, of a class that has one more field."""
    kind = type(part)
    extra = field(default_factory=lambda: default)
    later = make_dataclass(kind.__name__, [(name, Any, extra)], bases=(kind,), frozen=True)
    return later(**{f.name: getattr(part, f.name) for f in fields(kind)}, **{name: value})


def test_a_field_added_later_counts_only_where_it_is_used_or_has_no_default(
    first: Instrument,
) -> None:
    parts = ("questions", "findings", "rules", "cases", "dimensions", "terms")
    grown: dict[str, Any] = {
        part: tuple(gained(entry, "later", (), ()) for entry in getattr(first, part))
        for part in parts
    }
    scale = gained(first.scale, "later", "", "")
    hashes = {part: replace(first, **{part: grown[part]}).content_hash for part in parts}
    hashes["the scale and the bank"] = content_hash(
        gained(replace(first, scale=scale), "chapters", (), ())
    )

    assert hashes == dict.fromkeys((*parts, "the scale and the bank"), HASH)
    assert first.content_hash == HASH

    @dataclass(frozen=True)
    class Term(model.Term):
        later: str = field(kw_only=True)

    question, *others = first.questions
    used = replace(first, questions=(gained(question, "later", ("x",), ()), *others))

    assert canonical(used)["questions"][0]["later"] == ["x"]
    assert used.content_hash != HASH
    assert canonical(Term("t", "Term", "Text", later=""))["later"] == ""


def test_every_key_of_the_form_is_a_field_and_every_other_field_has_a_default() -> None:
    known = {name: {f.name: f for f in fields(getattr(model, name))} for name in KEYS}
    strange = {(name, key) for name, keys in KEYS.items() for key in set(keys) - set(known[name])}
    bare = {
        (name, f.name)
        for name, keys in KEYS.items()
        for f in known[name].values()
        if f.name not in keys and f.default is MISSING and f.default_factory is MISSING
    }

    assert (strange, bare - NOT_CONTENT) == (set(), set())


def test_equal_content_has_an_equal_hash() -> None:
    one = instrument(level("PC1", shown_if="profile.programmes >= 2"))

    assert replace(one, number=3, name="Other").content_hash == one.content_hash
    assert instrument(level("PC2")).content_hash != one.content_hash
