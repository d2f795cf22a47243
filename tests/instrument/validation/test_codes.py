"""Words that cannot be a code or the value of an option, wherever one comes in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assessment.instrument.codes import LONGEST_CODE, LONGEST_REGION, code_issue, value_issue
from assessment.instrument.issues import Issue, Where
from assessment.instrument.model import Option
from assessment.instrument.validation.validate import blocking_issues
from tests.instrument.changed_bank import changed

if TYPE_CHECKING:
    from assessment.instrument.model import Instrument


def test_code_is_refused_by_its_letters_and_by_what_else_is_called_so() -> None:
    table: list[tuple[str, str, str]] = [
        ("questions", "PC1", ""),
        ("questions", "1PC", "code_form"),
        ("questions", "P-C", "code_form"),
        ("questions", "PC ", "code_form"),
        ("questions", "Π1", "code_form"),
        ("questions", "x" * LONGEST_CODE, ""),
        ("questions", "x" * (LONGEST_CODE + 1), "code_form"),
        ("questions", "for", "code_reserved"),
        ("questions", "Section_2", "code_reserved"),
        ("questions", "PC1_known", "code_reserved"),
        ("questions", "Tier", "code_reserved"),
        ("questions", "any", "code_reserved"),
        ("dimensions", "in", "code_reserved"),
        ("dimensions", "IN", ""),
        ("dimensions", "Report", "code_reserved"),
        ("dimensions", "section_2", ""),
        ("regions", "all", "code_reserved"),
        ("regions", "x" * LONGEST_REGION, ""),
        ("regions", "x" * (LONGEST_REGION + 1), "code_form"),
        ("rules", "for", ""),
        ("rules", "R-1", "code_form"),
        ("findings", "RS-T1", ""),
        ("findings", "RS T1", "code_form_of_reference"),
        ("terms", "-tier", "code_form_of_reference"),
    ]

    def outcome(part: str, code: str) -> str:
        issue = code_issue(part, code)
        return issue.code if issue else ""

    assert [(part, code, outcome(part, code)) for part, code, _ in table] == table


def test_value_is_refused_by_its_letters_and_by_what_stands_beside_the_options() -> None:
    table: list[tuple[str, bool, str]] = [
        ("0", False, ""),
        ("named_body", False, ""),
        ("", False, "value_form"),
        ("named body", False, "value_form"),
        ("x" * (LONGEST_CODE + 1), False, "value_form"),
        ("dont_know", False, "code_reserved"),
        ("Dont_Know", False, "code_reserved"),
        ("not_applicable", False, "code_reserved"),
        ("dont_know", True, ""),
        ("not_applicable", True, "code_reserved"),
    ]

    def outcome(value: str, profile: bool) -> str:
        issue = value_issue(value, profile=profile)
        return issue.code if issue else ""

    assert [(value, profile, outcome(value, profile)) for value, profile, _ in table] == table


def test_bank_with_an_unusable_code_is_not_published(bank: Instrument) -> None:
    two = (Option("a", "A.", 1), Option("A", "B.", 2), Option("dont know", "C.", exclusive=True))
    table: list[tuple[Instrument, Issue]] = [
        (
            changed(bank, "questions", "PC1", code="for"),
            Where("questions", "for").issue("code", "code_reserved", value="for"),
        ),
        (
            changed(bank, "questions", "DS1", options=two),
            Where("questions", "DS1").issue(
                "options/dont know/value", "value_form", value="dont know", longest=LONGEST_CODE
            ),
        ),
        (
            changed(bank, "questions", "DS1", options=two),
            Where("questions", "DS1").issue("options/A/value", "code_alike", value="A", other="a"),
        ),
        (
            changed(bank, "terms", "appraisal", code="Actor"),
            Where("terms", "Actor").issue("code", "code_alike", value="Actor", other="actor"),
        ),
        (
            changed(bank, "questions", "PC1", code="pc"),
            Where("questions", "pc").issue("code", "code_of_dimension", value="pc"),
        ),
    ]

    def blocks_saving(refused: Instrument, issue: Issue) -> bool:
        return issue in blocking_issues(refused)

    assert [issue for refused, issue in table if not blocks_saving(refused, issue)] == []
