from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

from assessment.instrument.conditions.grammar import parse
from assessment.instrument.diff import Changed, Difference, FieldChange, Moved, compare_editions
from assessment.instrument.model import Option, RuleVariant
from tests.seeds_once import seeds

if TYPE_CHECKING:
    from assessment.instrument.model import Instrument


@cache
def bank() -> Instrument:
    return seeds()


def with_part(kind: str, code: str, **changes: Any) -> Instrument:
    parts = tuple(
        replace(part, **changes) if part.code == code else part for part in getattr(bank(), kind)
    )
    changed: dict[str, Any] = {kind: parts}
    return replace(bank(), **changed)


def difference(kind: str, new: Instrument, old: Instrument | None = None) -> Difference:
    found = {d.kind: d for d in compare_editions(old or bank(), new).differences}
    return found[kind]


def only_different(new: Instrument) -> list[str]:
    return [d.kind for d in compare_editions(bank(), new).differences if not d.same]


def test_compare_says_of_every_kind_of_object_what_changed() -> None:
    same = compare_editions(bank(), replace(bank(), name="Another name", number=7))
    changed = json.loads(
        json.dumps(compare_editions(bank(), replace(bank(), language="es")).to_json())
    )

    assert same.same
    assert [d.kind for d in same.differences] == [
        *("edition", "scale", "regions", "sources", "findings", "dimensions"),
        *("questions", "options", "cases", "readings", "rules", "variants"),
        *("terms", "roles", "packages", "patterns"),
    ]
    assert changed["edition"] == {
        "added": [],
        "removed": [],
        "changed": [
            {"code": "edition", "changes": [{"field": "language", "old": "en", "new": "es"}]}
        ],
        "moved": [],
        "unchanged": 0,
    }


def test_compare_shows_what_a_field_was_and_is() -> None:
    advice, options = bank().dimension["PC"].advice, bank().question["HC3"].options
    table: list[tuple[str, Instrument, Changed]] = [
        (
            "edition",
            replace(bank(), language="es"),
            Changed("edition", (FieldChange("language", "en", "es"),)),
        ),
        (
            "scale",
            replace(bank(), scale=replace(bank().scale, cap=1)),
            Changed("scale", (FieldChange("cap", 2, 1),)),
        ),
        (
            "questions",
            with_part("questions", "HC1", unit="x", shown_if=None),
            Changed(
                "HC1",
                (
                    FieldChange("shown_if", "profile.programmes >= 2", None),
                    FieldChange("unit", "", "x"),
                ),
            ),
        ),
        (
            "dimensions",
            with_part("dimensions", "PC", advice=(*advice[:2], "New.")),
            Changed(
                "PC",
                (
                    FieldChange("advice.2", advice[2], "New."),
                    FieldChange("advice.3", advice[3], None),
                    FieldChange("advice.4", advice[4], None),
                ),
            ),
        ),
        (
            "options",
            with_part("questions", "HC3", options=(replace(options[0], points=9), *options[1:])),
            Changed(f"HC3/{options[0].value}", (FieldChange("points", options[0].points, 9),)),
        ),
    ]

    assert [only_different(new) for _, new, _ in table] == [[kind] for kind, _, _ in table]
    assert [(kind, new, *difference(kind, new).changed) for kind, new, _ in table] == table


def test_compare_names_what_is_added_and_what_is_removed_and_counts_the_rest() -> None:
    number, readings = len(bank().questions), bank().case["PE"].readings
    first = replace(bank().questions[0], code="NEW", options=(Option("a", "A"),))
    added = replace(bank(), questions=(first, *bank().questions))
    removed = replace(bank(), questions=tuple(q for q in bank().questions if q.code != "HC1"))
    without_reading = with_part("cases", "PE", readings=readings[1:])
    asked = difference("questions", added)

    assert (asked.added, asked.moved, asked.unchanged) == (("NEW",), (), number)
    assert difference("options", added).added == ("NEW/a",)
    assert difference("questions", removed).removed == ("HC1",)
    assert difference("options", removed).removed == tuple(f"HC1/{level}" for level in range(5))
    assert difference("readings", without_reading).removed == (f"PE/{readings[0].dimension}",)
    assert only_different(without_reading) == ["readings"]
    assert difference("questions", with_part("questions", "HC1", unit="x")).unchanged == number - 1


def test_compare_moved_is_named_with_its_new_neighbour() -> None:
    first, second, third, *rest = bank().questions
    *terms, last = bank().terms
    one, two, *options = bank().question["HC3"].options
    questions = replace(bank(), questions=(second, third, first, *rest))

    assert only_different(questions) == ["questions"]
    assert {
        "questions": difference("questions", questions).moved,
        "terms": difference("terms", replace(bank(), terms=(last, *terms))).moved,
        "options": difference(
            "options", with_part("questions", "HC3", options=(two, one, *options))
        ).moved,
    } == {
        "questions": (Moved(first.code, third.code),),
        "terms": (Moved(last.code, ""),),
        "options": (Moved(f"HC3/{two.value}", ""),),
    }


def variant(condition: str, text: str = "Do it.") -> RuleVariant:
    return RuleVariant(parse(condition), text)


def variants(*found: RuleVariant) -> Instrument:
    return with_part("rules", "R30", variants=found)


A, B, C = variant("level.PC <= 1"), variant("level.DS <= 1"), variant("level.TG <= 1")


def test_compare_variant_is_known_by_its_condition_and_else_by_its_place() -> None:
    same = difference("variants", variants(C, A, replace(B, text="Else.")), variants(A, B))
    continued = difference("variants", variants(A, C), variants(A, B))

    assert same.added == ("R30/3",)
    assert same.changed == (Changed("R30/2", (FieldChange("text", "Do it.", "Else."),)),)
    assert same.moved == ()
    assert continued.changed == (
        Changed("R30/2", (FieldChange("when", "level.DS <= 1", "level.TG <= 1"),)),
    )
    assert difference("variants", variants(B), variants(A, B)).removed == ("R30/1",)


@cache
def terms_only() -> Instrument:
    """A small bank: the laws are tried many times."""
    nothing: dict[str, Any] = dict.fromkeys(
        ("findings", "dimensions", "questions", "cases", "rules", "sources"), ()
    )
    return replace(bank(), regions=(), terms=bank().terms[:12], **nothing)


def ordered(order: list[int]) -> Instrument:
    return replace(terms_only(), terms=tuple(terms_only().terms[n] for n in order))


@given(st.permutations(range(12)), st.sets(st.integers(0, 11)))
def test_compare_is_same_exactly_where_the_hash_is(order: list[int], without: set[int]) -> None:
    new = ordered([n for n in order if n not in without])

    same = terms_only().content_hash == new.content_hash

    assert compare_editions(terms_only(), new).same == same


@given(st.permutations(range(12)))
def test_compare_moves_bring_the_old_order_into_the_new(order: list[int]) -> None:
    new = [term.code for term in ordered(order).terms]
    moves = difference("terms", ordered(order), terms_only()).moved
    behind = {move.code: move.behind for move in moves}

    codes = [term.code for term in terms_only().terms if term.code not in behind]
    for code in (code for code in new if code in behind):
        codes.insert(codes.index(behind[code]) + 1 if behind[code] else 0, code)

    assert codes == new
