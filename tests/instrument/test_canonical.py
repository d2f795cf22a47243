"""The form an edition's hash is taken over: the same for ever."""

from __future__ import annotations

from dataclasses import MISSING, dataclass, field, fields, make_dataclass, replace
from typing import TYPE_CHECKING, Any

import pytest

from assessment.instrument import model
from assessment.instrument.canonical import KEYS, NOT_CONTENT, canonical, content_hash
from assessment.instrument.seeds import read_seeds
from tests.instrument.build import instrument, level

if TYPE_CHECKING:
    from assessment.instrument.model import Instrument

FIRST_EDITION = "fe803d5670fb52ff43a1c57499e9b2de092bfbe03a6385d89876f7a7304472b0"


@pytest.fixture(scope="module")
def seeds() -> Instrument:
    return read_seeds()


def gained(part: Any, name: str, value: Any, default: Any) -> Any:
    """The same part, of a class that has one more field."""
    kind = type(part)
    extra = field(default_factory=lambda: default)
    later = make_dataclass(kind.__name__, [(name, Any, extra)], bases=(kind,), frozen=True)
    return later(**{f.name: getattr(part, f.name) for f in fields(kind)}, **{name: value})


def test_the_seeds_keep_their_hash(seeds: Instrument) -> None:
    assert seeds.content_hash == FIRST_EDITION


def test_a_field_added_later_leaves_the_hash_alone(seeds: Instrument) -> None:
    table: list[str] = ["questions", "findings", "rules", "cases", "dimensions", "terms"]

    def outcome(part: str) -> object:
        grown: dict[str, Any] = {
            part: tuple(gained(entry, "later", (), ()) for entry in getattr(seeds, part))
        }
        return replace(seeds, **grown).content_hash

    assert {part: outcome(part) for part in table} == dict.fromkeys(table, FIRST_EDITION)


def test_a_field_added_to_the_scale_or_the_bank_leaves_the_hash_alone(seeds: Instrument) -> None:
    bank = replace(seeds, scale=gained(seeds.scale, "later", "", ""))

    assert content_hash(gained(bank, "packages", (), ())) == FIRST_EDITION


def test_a_field_added_later_counts_where_it_is_used(seeds: Instrument) -> None:
    first, *others = seeds.questions
    used = replace(seeds, questions=(gained(first, "later", ("x",), ()), *others))

    assert canonical(used)["questions"][0]["later"] == ["x"]
    assert used.content_hash != FIRST_EDITION


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
