"""Codes of checks and refusals in the words of the site."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from assessment.instrument.answers import ANSWER_PARAMS
from assessment.instrument.conditions.grammar import ConditionError
from assessment.instrument.issues import ISSUE_PARAMS, Issue, Where
from assessment.instrument.seeds import BadScale, SeedErrors, SeedFault
from assessment.interchange.assessment_json import ANSWER_FILE_PARAMS, WrongFile
from assessment.interchange.refusal import FILE_PARAMS, FileFault
from assessment.reports.issue_wording.answers import OF_ANSWERS, OF_FILES, refusal_lines
from assessment.reports.issue_wording.bank import (
    SENTENCES,
    bare_sentence,
    issue_sentence,
    problem_words,
)
from assessment.reports.issue_wording.files import FILE_SENTENCES, fault_line, fault_lines

if TYPE_CHECKING:
    from collections.abc import Mapping

TABLES: list[tuple[Mapping[str, Any], Mapping[str, tuple[str, ...]]]] = [
    (SENTENCES, ISSUE_PARAMS),
    (FILE_SENTENCES, FILE_PARAMS),
    (OF_ANSWERS, ANSWER_PARAMS),
    (OF_FILES, ANSWER_FILE_PARAMS),
]
ROUNDS = "In a round, the local tier is asked no question"
PC1, R01, SCALE = Where("questions", "PC1"), Where("rules", "R01"), Where("scale", "scale")


def test_every_code_has_its_one_sentence_with_exactly_its_params() -> None:
    def told(sentence: Any, names: tuple[str, ...]) -> tuple[str, ...]:
        values = {name: 7000 + number for number, name in enumerate(names)}
        text = str(sentence.format(label="", **values))
        return tuple(name for name, value in values.items() if str(value) in text)

    said = [
        {code: told(sentences[code], params.get(code, ())) for code in sentences}
        for sentences, params in TABLES
    ]
    assert said == [dict(params) for _sentences, params in TABLES]
    assert ISSUE_PARAMS.keys() & FILE_PARAMS.keys() == set()
    assert ANSWER_PARAMS.keys() & ANSWER_FILE_PARAMS.keys() == set()


def test_issue_is_told_with_the_labels_of_the_administration() -> None:
    table: list[tuple[Issue, str]] = [
        (PC1.issue("text", "empty_field"), "The field “Question” is empty."),
        (
            PC1.issue("aspect", "unknown_choice", value="x", choices=("formal", "practice")),
            "The field “Aspect” says x. It can say: formal, practice.",
        ),
        (
            R01.issue("dimensions", "unknown_reference", value="XX"),
            "The field “Main and other dimensions” says XX, which does not exist in this edition.",
        ),
        (
            Where("cases", "MX").issue("readings/PC/certainty", "unknown_reference", value="sure"),
            "The field “Reading: certainty” says sure, which does not exist in this edition.",
        ),
        (
            SCALE.issue("guaranteed", "unknown_reference", value="XX"),
            (
                "The field “Scale and thresholds: guaranteed” says XX, which does not exist in "
                "this edition."
            ),
        ),
        (
            R01.issue("variants/1/when", "never_true"),
            "The field “Variant: condition”: This can never be true, whatever is answered.",
        ),
        (
            PC1.issue("shown_if", "condition_unreadable"),
            "The field “Shown if”: This cannot be read as a condition such as level.PC >= 3.",
        ),
        (
            R01.issue("suppressed_by", "suppression_circle", rules=("R01", "R02")),
            (
                "The field “Suppressed by rule” goes in a circle, so none of these rules would be "
                "recommended where all hold: R01, R02."
            ),
        ),
        (
            Issue("cell_asked_nothing", params={"tier": "local", "sector": "social_protection"}),
            f"{ROUNDS} at all in the sector social protection.",
        ),
        (
            Where("dimensions", "PC").issue(
                "code", "dimension_not_asked_in", tier="local", sectors=("agriculture", "other")
            ),
            f"{ROUNDS} of this dimension in these sectors: agriculture, other.",
        ),
        (
            Issue(
                "language_incomplete",
                Where("languages", "es"),
                {
                    "language": "es",
                    "total": 9,
                    "missing": 3,
                    "to_review": 1,
                    "groups": (("PC", "Commitment", 3), ("_terms", "", 1)),
                },
            ),
            (
                "Of 9 texts in español, 3 are missing and 1 are to be reviewed (PC Commitment: 3; "
                "Glossary: 1). Translate them, or tick “Publish with gaps” for this language."
            ),
        ),
    ]

    assert [(issue, issue_sentence(issue)) for issue, _ in table] == table


def test_issue_in_its_field_is_told_without_a_label() -> None:
    long = "The text may have at most 10 characters. It is"

    def over(by: int) -> Issue:
        return Issue("text_too_long", params={"over": by, "limit": 10})

    table = [
        (over(1), f"{long} 1 character too long."),
        (over(3), f"{long} 3 characters too long."),
        (
            PC1.issue("shown_if", "unknown_name", name="answer.XX"),
            "answer.XX does not exist in this edition.",
        ),
    ]

    assert [(issue, bare_sentence(issue)) for issue, _ in table] == table


def test_edition_that_cannot_be_read_is_told() -> None:
    table: list[tuple[Exception, str]] = [
        (BadScale("wrong_form", "bands"), "bands has the wrong form"),
        (ConditionError("condition_empty", 0), "A condition cannot be empty."),
        (TypeError("no table"), "no table"),
    ]

    assert [(error, problem_words(error)) for error, _ in table] == table


def test_faults_of_a_file_are_told_behind_their_places_one_a_line() -> None:
    table: list[tuple[FileFault, str]] = [
        (
            FileFault("formula", "rules", 7, "when"),
            "rules, row 7, when: holds a formula. Write the value itself.",
        ),
        (
            FileFault("cell_not_whole", "rules", 2, "priority", {"value": "high"}),
            "rules, row 2, priority: 'high' is not a whole number.",
        ),
        (
            FileFault("condition_empty", "rules", 2, "when"),
            "rules, row 2, when: is no condition: A condition cannot be empty.",
        ),
        (
            FileFault("condition_empty", "rules.toml", 0, "when", where=replace(R01, field="when")),
            "rules.toml, when: R01: when: A condition cannot be empty.",
        ),
        (
            FileFault("never_true", "rules", 2, "when", where=replace(R01, field="when")),
            (
                "rules, row 2, when: R01: The field “Condition”: This can never be true, whatever "
                "is answered."
            ),
        ),
        (
            FileFault(
                "control_character", params={"character": "U+0007", "near": "a[U+0007]"}, where=R01
            ),
            "R01: holds the character U+0007, which cannot be kept: “a[U+0007]”.",
        ),
    ]

    assert [(fault, fault_line(fault)) for fault, _ in table] == table
    faults = [FileFault("no_workbook"), FileFault("more_faults", params={"number": 3})]
    assert fault_lines(faults) == "The file is no workbook (XLSX).\nand 3 more faults."


def test_faults_of_seeds_and_answers_are_told_behind_their_places() -> None:
    errors = SeedErrors(
        [
            SeedFault("cases.toml", Issue("file_unreadable", params={"reason": "No such file"})),
            SeedFault("rules.toml", R01.issue("when", "condition_empty")),
            SeedFault("scale.toml", SCALE.issue("bands", "scale_bands")),
        ]
    )

    assert refusal_lines(errors) == (
        "cases.toml: the file cannot be read: No such file\n"
        "rules.toml: R01: when: A condition cannot be empty.\n"
        "scale.toml: scale: In “Scale and thresholds”, “bands” needs four numbers that rise, "
        "above 0 and below 100: the score with which each level above the lowest begins."
    )
    table: list[tuple[WrongFile, str]] = [
        (WrongFile("not_utf8"), "The file is not in UTF-8."),
        (
            WrongFile(
                "unknown_option", where="responses[0].answers.DS1", question="DS1", option="x"
            ),
            "responses[0].answers.DS1: DS1 has no option x.",
        ),
    ]

    assert [(refusal, refusal_lines(refusal)) for refusal, _ in table] == table
