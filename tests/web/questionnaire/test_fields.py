from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import override

from assessment.instrument.answers import NOTE_LIMIT, Answer
from assessment.instrument.kinds.registry import KINDS, kind_of
from assessment.instrument.kinds.text import LONGEST_TEXT
from assessment.instrument.model import Question
from assessment.web.questionnaire.fields import FIELDS, answer_fields, country_rows
from assessment.web.questionnaire.widgets import AnswerWidget
from tests.seeds_once import seeds


def question(code: str) -> Question:
    return seeds().question[code]


def cleaned(code: str, *posted: str, required: bool = False) -> Any:
    asked = question(code)
    field = FIELDS[kind_of(asked).field](asked, instrument=seeds(), required=required)
    data = QueryDict(mutable=True)
    data.setlist(code, list(posted))
    return field.clean(field.widget.value_from_datadict(data, {}, code))


def refusal(code: str, *posted: str, required: bool = False) -> str:
    with pytest.raises(ValidationError) as caught:
        cleaned(code, *posted, required=required)
    return str(caught.value.messages[0])


def drawn(code: str, value: Any = None) -> str:
    asked = question(code)
    field = FIELDS[kind_of(asked).field](asked, instrument=seeds())
    return str(field.widget.render(code, field.prepare_value(value), {"id": f"id_{code}"}))


def test_fields_has_a_field_for_each_kind_and_no_other() -> None:
    assert FIELDS.keys() == {kind.field for kind in KINDS.values()}


def test_field_cleans_to_the_answer() -> None:
    table: list[tuple[str, list[str], Any]] = [
        ("PC1", ["3"], Answer("answered", 3)),
        ("PC1", ["dont_know"], Answer("dont_know")),
        ("TG5", ["", "not_applicable"], Answer("not_applicable")),
        ("DS1", ["roles", "common_objective"], Answer("answered", ("common_objective", "roles"))),
        ("DS1", ["roles", "roles"], Answer("answered", ("roles",))),
        ("DS1", ["dont_know"], Answer("dont_know")),
        ("P1", ["PE"], Answer("answered", "PE")),
        ("P4", ["running"], Answer("answered", "running")),
        ("P6", ["dont_know"], Answer("dont_know")),
        ("O1", ["One list of households.\r\n"], Answer("answered", "One list of households.")),
    ]

    assert [(code, posted, cleaned(code, *posted)) for code, posted, _ in table] == table


def test_number_is_taken_as_people_write_it() -> None:
    table = [
        ("BI5", " 50 % ", 50),
        ("BI5", "٥٠٪", 50),
        ("BI5", "\N{FULLWIDTH DIGIT FIVE}0", 50),
        ("BI5", "५०", 50),
        ("BI5", "፶፭", 55),
        ("BI5", "12,0", 12),
        ("BI5", "12.00\N{THIN SPACE}%", 12),
        ("TG5", "3 of 10 households", 3),
        ("P5", "\N{RIGHT-TO-LEFT MARK}2 programmes", 2),
    ]

    assert [(code, typed, cleaned(code, typed).value) for code, typed, _ in table] == table


def test_number_that_can_be_read_twice_is_asked_about() -> None:
    assert {typed: refusal("P5", typed) for typed in ("1,234", "1.234")} == {
        typed: f"“{question('P5').text}”: {typed} can be read as two different numbers. "
        "Write it without a comma or a point, from 1 to 200"
        for typed in ("1,234", "1.234")
    }


def test_number_between_two_whole_ones_is_sent_back_with_both() -> None:
    table = [
        ("BI5", "12,5", 12, 13),
        ("BI5", "12.5 %", 12, 13),
        ("BI5", "١٢٫٥", 12, 13),
        ("TG5", "3.5", 3, 4),
        ("P5", "1,5 programmes", 1, 2),
    ]

    assert [refusal(code, typed) for code, typed, *_ in table] == [
        f"“{question(code).text}”: {typed} is not a whole number. Give {below} or {above}, "
        "whichever is nearer"
        for code, typed, below, above in table
    ]


def test_field_left_open_is_none() -> None:
    table: list[str] = ["PC1", "TG5", "DS1", "P1", "P4", "O1"]

    assert {code: cleaned(code, "", "  ") for code in table} == dict.fromkeys(table, None)
    assert cleaned("O1", "\N{LEFT-TO-RIGHT MARK}\N{ZERO WIDTH SPACE}") is None


def test_field_that_is_required_asks_for_an_answer_to_its_question() -> None:
    assert refusal("P1", required=True) == f"Answer the question “{question('P1').text}”"


def test_level_field_refuses_what_is_not_offered() -> None:
    table: list[str] = ["5", "-1", "x", "not_applicable", "3\0"]

    assert {value: refusal("PC1", value) for value in table} == dict.fromkeys(
        table, f"Choose one of the answers listed under “{question('PC1').text}”"
    )


def test_number_field_refuses_with_the_range() -> None:
    table: list[str] = ["11", "-1", "many", "10.5", "-0.5", "50 %", "1.234,5", "9" * 5000]

    assert {value: refusal("TG5", value) for value in table} == dict.fromkeys(
        table, f"“{question('TG5').text}”: enter a whole number from 0 to 10, in digits"
    )


def test_number_field_refuses_a_number_beside_not_knowing() -> None:
    assert refusal("TG5", "4", "dont_know") == (
        f"“{question('TG5').text}”: choose either “I do not know” or the other answer, not both"
    )


def test_multi_field_refuses_none_beside_others() -> None:
    none = question("DS1").option("none")

    assert none is not None
    assert refusal("DS1", "roles", "none") == (
        f"“{question('DS1').text}”: choose either “{none.text}” or the other answer, not both"
    )


def test_text_field_says_how_much_is_too_long() -> None:
    assert refusal("O1", "a" * (LONGEST_TEXT + 1)).startswith(f"“{question('O1').text}”: The text")


def test_text_field_refuses_two_texts() -> None:
    assert refusal("O1", "One list.", "One budget.") == (
        f"“{question('O1').text}”: two different texts were sent. Send one of them"
    )


def test_text_field_shows_where_a_character_stands_that_cannot_be_kept() -> None:
    assert refusal("O1", "One list,\none \x07budget.").endswith(
        "(U+0007). It stands here: “One list, one [U+0007]budget.”. Delete it and save again."
    )


def test_note_names_its_question_when_too_long() -> None:
    note = answer_fields(question("PC1"), instrument=seeds())["PC1-note"]

    with pytest.raises(ValidationError, match=f"Note to “{question('PC1').text[:20]}"):
        note.clean("a" * (NOTE_LIMIT + 1))


def test_note_is_kept_with_plain_line_ends() -> None:
    note = answer_fields(question("PC1"), instrument=seeds())["PC1-note"]

    assert note.clean("one\r\ntwo {3}\n") == "one\ntwo {3}"


def test_own_words_have_no_note_beside_them() -> None:
    assert list(answer_fields(question("O1"), instrument=seeds())) == ["O1", "O1-revision"]


def test_revision_that_cannot_be_read_is_the_oldest() -> None:
    table = {"4": 4, "": 0, "x": 0, "-2": 0}
    revision = answer_fields(question("PC1"), instrument=seeds())["PC1-revision"]

    assert {posted: revision.clean(posted) for posted in table} == table


def test_radio_answer_stands_in_scale_order_with_not_knowing_last() -> None:
    html = drawn("TG6")

    values = [part.split('"')[0] for part in html.split('value="')[1:]]
    assert values == ["0", "1", "2", "3", "4", "dont_know", "not_applicable"]


def test_radio_answer_has_one_divider_and_nothing_chosen() -> None:
    html = drawn("TG6")

    assert (html.count('class="divider"'), html.count('" checked>')) == (1, 0)


def test_widget_shows_what_was_answered() -> None:
    table: list[tuple[str, Any, str]] = [
        ("PC1", Answer("answered", 0), 'value="0" id="id_PC1" checked'),
        ("PC1", Answer("dont_know"), 'value="dont_know" checked'),
        ("DS1", Answer("answered", ("roles",)), 'value="roles" checked'),
        ("P1", "PE", 'value="PE" selected'),
        ("TG5", 8, 'value="8"'),
        ("O1", "<b>", "&lt;b&gt;"),
    ]

    assert [
        (code, value, marked) for code, value, marked in table if marked not in drawn(code, value)
    ] == []


def test_number_answer_keeps_wrong_text_as_typed() -> None:
    assert 'value="seven &quot;or&quot; so"' in drawn("TG5", ['seven "or" so'])


def test_option_text_is_escaped_and_its_help_stands_below() -> None:
    asked = question("P4")
    first = replace(asked.options[0], text="<i>", help="a & b")
    field = FIELDS["one_option"](replace(asked, options=(first,)), instrument=seeds())

    html = str(field.widget.render("P4", [], None))

    assert "<span>&lt;i&gt;<small>a &amp; b</small></span>" in html


def test_country_names_are_sorted_without_their_accents() -> None:
    with override("en"):
        names = [str(row.text) for row in country_rows(("ZM", "AX", "PE"), "en")]

    assert names == ["Åland Islands", "Peru", "Zambia"]


def test_widget_without_drawing_is_refused() -> None:
    with pytest.raises(NotImplementedError):
        AnswerWidget().render("X", [])
