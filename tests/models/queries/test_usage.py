from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assessment.admin.bank.part.wording import use_sentence
from assessment.models import (
    Answer,
    Case,
    Edition,
    Finding,
    Package,
    Pattern,
    Question,
    Role,
    Rule,
    Term,
)
from assessment.models.queries import answer_counts
from assessment.models.queries import usage as queries_usage
from assessment.models.queries.usage import PartUsage, Use
from tests.admin.small_bank import add_advice, freeze, make_edition
from tests.factories import AnswerFactory, ResponseFactory

if TYPE_CHECKING:
    import pytest


def usage(edition: Edition, code: str) -> PartUsage:
    return PartUsage(edition.question_set.get(code=code))


def test_option_is_used_by_answers_of_which_no_more_are_read_than_a_page_needs(
    draft: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    def answer(code: str, value: object) -> None:
        AnswerFactory(response=ResponseFactory(edition=draft), code=code, value=value)

    answer("TG2", 2)
    answer("TG1", ["3"])
    one = usage(draft, "TG2").option_uses
    for module in (answer_counts, queries_usage):
        monkeypatch.setattr(module, "MOST_READ", 2)
    for _ in range(2):
        answer("TG2", 2)
    found = usage(draft, "TG2")

    assert (one["2"], one["3"]) == ([Use(Answer, option="2", count=1)], [])
    assert found.option_uses["2"] == [Use(Answer, option="2", count=2, at_least=True)]
    assert use_sentence(found.uses[-1]) == "2 answers or more"


def test_rules_stand_before_questions_and_each_once(draft: Edition) -> None:
    """A broken condition uses nothing, and nothing uses a term."""
    Question.objects.filter(code="TG3").update(shown_if="answer.TG2 >= 2")
    Question.objects.filter(code="TG1").update(shown_if="answer.TG2 >= 1 and answer.TG2 <= 3")
    Rule.objects.update(when="answer.TG2 >= 3", when_case="answer.TG2 >= 4")
    term = Term.objects.create(edition=draft, code="T1", term="grant", text="Money.")

    assert usage(draft, "TG2").uses == [
        Use(Rule, "R01", "condition"),
        Use(Question, "TG1", "shown_if"),
        Use(Question, "TG3", "shown_if"),
    ]
    assert PartUsage(term).uses == []
    Rule.objects.update(when="nonsense", when_case="")
    assert usage(draft, "TG1").uses == []


def test_every_condition_is_one_of_the_edition(draft: Edition) -> None:
    add_advice(draft)
    Rule.objects.update(when="level.BI <= 1", unless="answer.TG2 >= 3")
    Pattern.objects.update(unless="answer.TG2 >= 4")
    for code, field in (("RS-0", "applies"), ("RS-1", "have"), ("RS-2", "partly")):
        Finding.objects.filter(code=code).update(**{field: "answer.TG2 == 2"})
    Finding.objects.filter(code="RS-2").update(seen="answer.TG2 >= 3")

    assert usage(draft, "TG2").uses == [
        Use(Rule, "R01", "condition"),
        Use(Pattern, "nobody", "condition"),
        *(Use(Finding, f"RS-{n}", "condition") for n in range(3)),
    ]


def test_parts_that_are_named_by_their_codes_are_used(draft: Edition) -> None:
    add_advice(draft)
    more: dict[str, Any] = {"edition": draft, "priority": 1}
    Rule.objects.create(code="R02", contains=["R01"], with_roles=["planning"], **more)
    Rule.objects.create(code="R03", suppressed_by="R01", **more)
    Package.objects.create(
        edition=draft, code="money", prerequisite_if=["R01"], prerequisite_of=["decision"]
    )
    Pattern.objects.create(edition=draft, code="other", package="money", case="CO")
    Pattern.objects.get(code="other").findings.set(draft.finding_set.filter(code="RS-2"))

    def uses(part: Any) -> list[tuple[str, str]]:
        return [(use.code, use.place) for use in PartUsage(part).uses]

    assert uses(Rule.objects.get(code="R01")) == [
        ("R02", "contains"),
        ("R03", "suppressed_by"),
        ("decision", "rules"),
        ("money", "prerequisite_if"),
    ]
    assert uses(Role.objects.get()) == [("R01", "role"), ("R02", "with_roles")]
    assert uses(Package.objects.get(code="decision")) == [
        ("money", "prerequisite_of"),
        ("nobody", "package"),
    ]
    assert uses(Case.objects.get()) == [("nobody", "case")]
    assert uses(Finding.objects.get(code="RS-2")) == [("other", "findings")]
    assert uses(Pattern.objects.get(code="nobody")) == []


def test_codes_and_values_that_were_published_or_are_used_are_fixed(draft: Edition) -> None:
    named = [usage(draft, code).code_is_fixed for code in ("TG1", "TG2")]
    Question.objects.filter(code="TG2").update(kind="multi")
    Rule.objects.update(when='"3" in answer.TG2')
    used = usage(draft, "TG2").immutable_values
    Rule.objects.update(when="")
    freeze(make_edition("First edition"))

    assert named == [True, False]
    assert used == {"3"}
    assert usage(draft, "TG2").code_is_fixed
    assert usage(draft, "TG2").immutable_values == {"0", "1", "2", "3", "4"}
