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
from assessment.instrument.seeds import read_seeds

if TYPE_CHECKING:
    from assessment.instrument.model import Instrument


@cache
def bank() -> Instrument:
    return read_seeds()


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


def test_compare_same_edition_finds_everything_unchanged() -> None:
    comparison = compare_editions(bank(), replace(bank(), name="Another name", number=7))

    assert comparison.same
    assert {d.kind: d.unchanged for d in comparison.differences}["questions"] == 59


def test_compare_names_every_kind_of_object() -> None:
    assert [d.kind for d in compare_editions(bank(), bank()).differences] == [
        "edition",
        "scale",
        "regions",
        "sources",
        "findings",
        "dimensions",
        "questions",
        "options",
        "cases",
        "readings",
        "rules",
        "variants",
        "terms",
    ]


def test_compare_changed_language_is_a_change_of_the_edition() -> None:
    assert difference("edition", replace(bank(), language="es")).changed == (
        Changed("edition", (FieldChange("language", "en", "es"),)),
    )


def test_compare_changed_threshold_names_it() -> None:
    new = replace(bank(), scale=replace(bank().scale, cap=1))

    assert difference("scale", new).changed == (Changed("scale", (FieldChange("cap", 2, 1),)),)


def test_compare_changed_text_shows_both() -> None:
    new = with_part("questions", "HC1", unit="x", shown_if=None)

    assert difference("questions", new).changed == (
        Changed(
            "HC1",
            (
                FieldChange("shown_if", "profile.programmes >= 2", None),
                FieldChange("unit", "", "x"),
            ),
        ),
    )
    assert only_different(new) == ["questions"]


def test_compare_counts_what_stayed() -> None:
    assert difference("questions", with_part("questions", "HC1", unit="x")).unchanged == 58


def test_compare_advice_is_compared_level_by_level() -> None:
    advice = bank().dimension["PC"].advice
    new = with_part("dimensions", "PC", advice=(*advice[:2], "New."))

    assert difference("dimensions", new).changed[0].changes == (
        FieldChange("advice.2", advice[2], "New."),
        FieldChange("advice.3", advice[3], None),
        FieldChange("advice.4", advice[4], None),
    )


def test_compare_changed_option_is_named_with_its_question() -> None:
    options = bank().question["HC3"].options
    new = with_part("questions", "HC3", options=(replace(options[0], points=9), *options[1:]))

    assert difference("options", new).changed == (
        Changed(f"HC3/{options[0].value}", (FieldChange("points", options[0].points, 9),)),
    )
    assert only_different(new) == ["options"]


def test_compare_removed_question_takes_its_options_along() -> None:
    new = replace(bank(), questions=tuple(q for q in bank().questions if q.code != "HC1"))

    assert difference("questions", new).removed == ("HC1",)
    assert difference("options", new).removed == tuple(f"HC1/{level}" for level in range(5))


def test_compare_added_question_in_front_moves_nothing() -> None:
    first = replace(bank().questions[0], code="NEW", options=(Option("a", "A"),))
    new = replace(bank(), questions=(first, *bank().questions))

    assert difference("questions", new).added == ("NEW",)
    assert difference("options", new).added == ("NEW/a",)
    assert difference("questions", new).moved == ()


def test_compare_moved_question_is_named_with_its_new_neighbour() -> None:
    first, second, third, *rest = bank().questions
    new = replace(bank(), questions=(second, third, first, *rest))

    assert difference("questions", new).moved == (Moved(first.code, third.code),)
    assert only_different(new) == ["questions"]


def test_compare_moved_to_the_front_stands_behind_nothing() -> None:
    *rest, last = bank().terms

    assert difference("terms", replace(bank(), terms=(last, *rest))).moved == (
        Moved(last.code, ""),
    )


def test_compare_options_move_within_their_question() -> None:
    first, second, *rest = bank().question["HC3"].options
    new = with_part("questions", "HC3", options=(second, first, *rest))

    assert difference("options", new).moved == (Moved(f"HC3/{second.value}", ""),)


def test_compare_reading_is_named_by_case_and_dimension() -> None:
    readings = bank().case["PE"].readings
    new = with_part("cases", "PE", readings=readings[1:])

    assert difference("readings", new).removed == (f"PE/{readings[0].dimension}",)
    assert only_different(new) == ["readings"]


def variant(condition: str, text: str = "Do it.") -> RuleVariant:
    return RuleVariant(parse(condition), text)


def variants(*found: RuleVariant) -> Instrument:
    return with_part("rules", "R30", variants=found)


A, B, C = variant("level.PC <= 1"), variant("level.DS <= 1"), variant("level.TG <= 1")


def test_compare_variant_with_the_same_condition_is_the_same() -> None:
    found = difference("variants", variants(C, A, replace(B, text="Else.")), variants(A, B))

    assert found.added == ("R30/3",)
    assert found.changed == (Changed("R30/2", (FieldChange("text", "Do it.", "Else."),)),)
    assert found.moved == ()


def test_compare_variant_with_another_condition_continues_the_one_that_is_gone() -> None:
    found = difference("variants", variants(A, C), variants(A, B))

    assert found.changed == (
        Changed("R30/2", (FieldChange("when", "level.DS <= 1", "level.TG <= 1"),)),
    )


def test_compare_removed_variant_is_named_by_its_old_place() -> None:
    assert difference("variants", variants(B), variants(A, B)).removed == ("R30/1",)


def test_compare_goes_to_json_and_says_what_changed() -> None:
    plain = json.loads(
        json.dumps(compare_editions(bank(), replace(bank(), language="es")).to_json())
    )

    assert plain["edition"] == {
        "added": [],
        "removed": [],
        "changed": [
            {"code": "edition", "changes": [{"field": "language", "old": "en", "new": "es"}]}
        ],
        "moved": [],
        "unchanged": 0,
    }


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
