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


def test_each_kind_has_a_field_with_a_widget_that_draws_it() -> None:
    assert FIELDS.keys() == {kind.field for kind in KINDS.values()}
    with pytest.raises(NotImplementedError):
        AnswerWidget().render("X", [])


def test_field_cleans_to_the_answer_or_to_none_where_it_was_left_open() -> None:
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
        *((code, ["", "  "], None) for code in ("PC1", "TG5", "DS1", "P1", "P4", "O1")),
        ("O1", ["\N{LEFT-TO-RIGHT MARK}\N{ZERO WIDTH SPACE}"], None),
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


def test_number_that_is_none_or_could_be_two_is_sent_back_in_words() -> None:
    twice = "{typed} can be read as two different numbers. Write it without a comma or a point, "
    between = "{typed} is not a whole number. Give {below} or {above}, whichever is nearer"
    table = {
        **{("P5", typed): twice + "from 1 to 200" for typed in ("1,234", "1.234")},
        **{("BI5", t): between.format(typed=t, below=12, above=13) for t in ("12,5", "12.5 %")},
        ("BI5", "١٢٫٥"): between.format(typed="١٢٫٥", below=12, above=13),
        ("TG5", "3.5"): between.format(typed="3.5", below=3, above=4),
        ("P5", "1,5 programmes"): between.format(typed="1,5 programmes", below=1, above=2),
        **{
            ("TG5", typed): "enter a whole number from 0 to 10, in digits"
            for typed in ("11", "-1", "many", "10.5", "-0.5", "50 %", "1.234,5", "9" * 5000)
        },
    }

    assert {given: refusal(*given) for given in table} == {
        (code, typed): f"“{question(code).text}”: {sentence.replace('{typed}', typed)}"
        for (code, typed), sentence in table.items()
    }


def test_field_refuses_in_words_that_name_its_question() -> None:
    none = question("DS1").option("none")
    assert none is not None
    not_both = "“{0}”: choose either “{1}” or the other answer, not both"
    two = "two different texts were sent. Send one of them"
    long = "The text may have at most 4000 characters. It is 1 character too long."
    odd = "The text contains a character that cannot be kept (U+0007). It stands here: "
    odd += "“One list, one [U+0007]budget.”. Delete it and save again."
    table: dict[tuple[str, ...], str] = {
        **{
            ("PC1", value): "Choose one of the answers listed under “{0}”"
            for value in ("5", "-1", "x", "not_applicable", "3\0")
        },
        ("TG5", "4", "dont_know"): not_both.replace("{1}", "I do not know"),
        ("DS1", "roles", "none"): not_both.replace("{1}", none.text),
        ("O1", "a" * (LONGEST_TEXT + 1)): "“{0}”: " + long,
        ("O1", "One list.", "One budget."): "“{0}”: " + two,
        ("O1", "One list,\none \x07budget."): "“{0}”: " + odd,
    }

    assert {given: refusal(*given) for given in table} == {
        given: sentence.replace("{0}", question(given[0]).text) for given, sentence in table.items()
    }
    asked = refusal("P1", required=True)
    assert asked == f"Answer the question “{question('P1').text}”"


def test_note_and_revision_stand_beside_every_answer_but_own_words() -> None:
    """A note has plain line ends; a revision that cannot be read is the oldest."""
    fields = answer_fields(question("PC1"), instrument=seeds())
    revisions = {"4": 4, "": 0, "x": 0, "-2": 0}

    with pytest.raises(ValidationError) as refused:
        fields["PC1-note"].clean("a" * (NOTE_LIMIT + 1))

    assert f"Note to “{question('PC1').text}" in str(refused.value.messages[0])
    assert fields["PC1-note"].clean("one\r\ntwo {3}\n") == "one\ntwo {3}"
    assert {posted: fields["PC1-revision"].clean(posted) for posted in revisions} == revisions
    assert list(answer_fields(question("O1"), instrument=seeds())) == ["O1", "O1-revision"]


def test_widget_shows_what_was_answered_or_typed() -> None:
    """Before, nothing is chosen: a scale stands in its order, what is none behind one divider."""
    blank = drawn("TG6")
    table: list[tuple[str, Any, str]] = [
        ("PC1", Answer("answered", 0), 'value="0" id="id_PC1" checked'),
        ("PC1", Answer("dont_know"), 'value="dont_know" checked'),
        ("DS1", Answer("answered", ("roles",)), 'value="roles" checked'),
        ("P1", "PE", 'value="PE" selected'),
        ("TG5", 8, 'value="8"'),
        ("TG5", ['seven "or" so'], 'value="seven &quot;or&quot; so"'),
        ("O1", "<b>", "&lt;b&gt;"),
    ]

    assert [
        (code, value, marked) for code, value, marked in table if marked not in drawn(code, value)
    ] == []
    values = [part.split('"')[0] for part in blank.split('value="')[1:]]
    assert values == ["0", "1", "2", "3", "4", "dont_know", "not_applicable"]
    assert (blank.count('class="divider"'), blank.count('" checked>')) == (1, 0)


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
