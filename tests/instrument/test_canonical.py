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


def test_the_first_edition_keeps_its_hash(first: Instrument) -> None:
    assert first.content_hash == HASH


def test_a_field_added_later_leaves_the_hash_alone(first: Instrument) -> None:
    table: list[str] = ["questions", "findings", "rules", "cases", "dimensions", "terms"]

    def outcome(part: str) -> object:
        grown: dict[str, Any] = {
            part: tuple(gained(entry, "later", (), ()) for entry in getattr(first, part))
        }
        return replace(first, **grown).content_hash

    assert {part: outcome(part) for part in table} == dict.fromkeys(table, HASH)


def test_a_field_added_to_the_scale_or_the_bank_leaves_the_hash_alone(first: Instrument) -> None:
    bank = replace(first, scale=gained(first.scale, "later", "", ""))

    assert content_hash(gained(bank, "chapters", (), ())) == HASH


def test_a_field_added_later_counts_where_it_is_used(first: Instrument) -> None:
    question, *others = first.questions
    used = replace(first, questions=(gained(question, "later", ("x",), ()), *others))

    assert canonical(used)["questions"][0]["later"] == ["x"]
    assert used.content_hash != HASH


def test_a_field_without_a_default_counts_always() -> None:
    @dataclass(frozen=True)
    class Term(model.Term):
        later: str = field(kw_only=True)

    assert canonical(Term("t", "Term", "Text", later=""))["later"] == ""


def test_every_key_of_the_form_is_a_field() -> None:
    strange = {
        (name, key)
        for name, keys in KEYS.items()
        for key in set(keys) - {f.name for f in fields(getattr(model, name))}
    }

    assert strange == set()


def test_every_field_beside_the_form_has_a_default_to_be_left_out_by() -> None:
    bare = {
        (name, f.name)
        for name, keys in KEYS.items()
        for f in fields(getattr(model, name))
        if f.name not in keys and f.default is MISSING and f.default_factory is MISSING
    }

    assert bare - NOT_CONTENT == set()


def test_equal_content_has_an_equal_hash() -> None:
    one = instrument(level("PC1", shown_if="profile.programmes >= 2"))

    assert replace(one, number=3, name="Other").content_hash == one.content_hash
    assert instrument(level("PC2")).content_hash != one.content_hash
