"""Sample answers in, rules and recommendations out; nothing is stored."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse

from assessment.admin.bench.samples import stored_samples, usable_sample
from assessment.models import Answer, Edition, Option, Pattern, Question, Response, Rule
from tests.admin.small_bank import add_advice, make_dimension, make_edition
from tests.factories import AnswerFactory, ResponseFactory
from tests.seeds_once import seeds

LOW = {"TG1": "0", "TG2": "1", "TG3": "0"}


def bench(edition: Edition, **query: Any) -> str:
    return reverse("admin:assessment_rule_bench", args=[edition.pk], query=query or None)


def rules(page: Any) -> list[tuple[str, str, tuple[str, ...]]]:
    found = page.context["rules"]
    return [(rule.code, str(rule.when.verdict), rule.when.why) for rule in found]


def test_rule_says_why_it_holds_or_what_is_not_known(maria: Client, draft: Edition) -> None:
    table: list[tuple[dict[str, str], str, tuple[str, ...]]] = [
        (
            LOW,
            "true",
            (
                "To “How far does TG1 go?” the answer is: Nothing.",
                "Dimension TG is at level “Absent” (score 8).",
            ),
        ),
        (LOW | {"TG1": "4"}, "false", ("To “How far does TG1 go?” the answer is: All.",)),
        (
            {"TG1": "dont_know"},
            "unknown",
            (
                "Not known: the answer to TG1 “How far does TG1 go?”.",
                "Not known: the level of Dimension TG.",
            ),
        ),
    ]

    assert [(given, rules(maria.post(bench(draft), given))) for given, *_ in table] == [
        (given, [("R01", verdict, why)]) for given, verdict, why in table
    ]


def test_what_takes_a_rule_back_is_told(maria: Client, draft: Edition) -> None:
    Rule.objects.create(edition=draft, code="R02", when="level.TG <= 3", priority=1, horizon="S")
    Rule.objects.filter(code="R01").update(unless="answer.TG2 >= 1")

    page = maria.post(bench(draft), LOW)

    first, second = page.context["rules"]
    assert (str(first.unless.verdict), first.unless.why) == (
        "true",
        ("To “How far does TG2 go?” the answer is: A little.",),
    )
    assert second.unless is None
    html = page.content.decode()
    assert (html.count("Not recommended if:"), "Every pattern" in html) == (1, False)


def test_patterns_are_tried_as_rules_are(maria: Client, draft: Edition) -> None:
    add_advice(draft)
    Pattern.objects.update(unless="answer.TG3 >= 3")

    (low,) = maria.post(bench(draft), LOW).context["patterns"]
    page = maria.post(bench(draft), {"TG1": "dont_know"})
    (unknown,) = page.context["patterns"]

    assert [
        [str(line.verdict) for line in (found.when, found.unless)] for found in (low, unknown)
    ] == [["true", "false"], ["unknown", "unknown"]]
    assert low.address == reverse(
        "admin:assessment_pattern_change", args=[Pattern.objects.get().pk]
    )
    html = page.content.decode()
    assert 'id="pattern-nobody"' in html
    assert "Not named if:" in html


def test_published_edition_recommends_as_the_report_does_and_nothing_is_stored(
    maria: Client, published: Edition
) -> None:
    page = maria.post(bench(published), LOW)

    assert [line.code for line in page.context["lines"]] == ["R01"]
    assert "report/_recommendation.html" in {template.name for template in page.templates}
    assert '<option value="1" selected>A little.</option>' in page.content.decode()
    assert (Answer.objects.count(), Response.objects.count()) == (0, 0)


def test_answer_that_is_none_is_left_out_and_named(maria: Client, draft: Edition) -> None:
    table: list[tuple[dict[str, Any], tuple[str, ...]]] = [
        ({"TG1": "9", "profile.region": "moon"}, ("profile.region", "TG1")),
        ({"TG1": "\0"}, ("TG1",)),
        ({"TG1": ["1", "2"]}, ()),
        ({"TG1": "x" * 9999}, ("TG1",)),
        ({"profile.country": "\0"}, ("profile",)),
    ]

    assert [
        (given, maria.post(bench(draft), LOW | given).context["unusable"]) for given, _ in table
    ] == table


def test_several_options_and_a_number_of_the_profile_are_taken(
    maria: Client, draft: Edition
) -> None:
    Question.objects.filter(code="TG1").update(kind="multi")
    of_profile = {"profile": "programmes", "dimension": None, "minimum": 1, "maximum": 50}
    Question.objects.filter(code="TG3").update(kind="number", **of_profile)
    Option.objects.filter(question__code="TG3").delete()
    Rule.objects.update(when='"3" in answer.TG1')
    Rule.objects.create(
        edition=draft, code="R02", when="profile.programmes >= 2", priority=1, horizon="S"
    )
    table: list[tuple[dict[str, Any], list[str], tuple[str, ...]]] = [
        ({"TG1": ["1", "3"]}, ["true", "unknown"], ()),
        ({"TG1": ["dont_know"]}, ["unknown", "unknown"], ()),
        ({"profile.programmes": "3"}, ["unknown", "true"], ()),
        ({"profile.programmes": "9" * 4000}, ["unknown", "unknown"], ("profile.programmes",)),
        ({"profile.programmes": "²"}, ["unknown", "unknown"], ("profile.programmes",)),
    ]

    def outcome(given: dict[str, Any]) -> tuple[list[str], tuple[str, ...]]:
        page = maria.post(bench(draft), given)
        return [verdict for _code, verdict, _why in rules(page)], page.context["unusable"]

    assert [(given, *outcome(given)) for given, *_ in table] == table
    three = maria.post(bench(draft), {"profile.programmes": "3"})
    assert rules(three)[1] == ("R02", "true", ("There are 3 programmes.",))


def test_stored_sample_fits_the_bank_of_the_seeds_and_is_loaded(
    maria: Client, draft: Edition
) -> None:
    bank = seeds()

    page = maria.get(bench(draft, sample=1))

    assert [usable_sample(bank, sample).unusable for sample in stored_samples()] == [(), (), ()]
    assert page.context["form"].initial["TG1"] in {0, 1, "0", "1"}
    assert "PC1" in page.context["unusable"]
    assert len(page.context["rules"]) == 1


def test_three_samples_show_before_and_after(maria: Client, published: Edition) -> None:
    """Before is the edition it was made from or, of a first draft, the one that is published."""
    draft = make_edition("Draft")
    make_dimension(draft, "NW", 5)
    Option.objects.filter(question__edition=draft, value="4").update(points=8)

    def compared(edition: Edition) -> dict[str, Any]:
        return {line.name: line.cells for line in maria.get(bench(edition)).context["comparison"]}

    first, beside_current = compared(published), compared(draft)
    Edition.objects.filter(pk=draft.pk).update(started_from=published)
    made_from = compared(draft)

    assert {cell[::2] for cells in first.values() for cell in cells} == {("", False)}
    assert beside_current == made_from
    assert list(made_from) == [
        *("Dimension TG", "Dimension BI", "Dimension NW"),
        "Recommendations, those to begin with first",
    ]
    assert [differs for _before, _after, differs in made_from["Dimension TG"]][2] is True
    assert [cell[:2] for cell in made_from["Dimension BI"]] == [("–", "–")] * 3
    assert [before for before, *_ in made_from["Dimension NW"]] == ["–"] * 3


def test_pattern_of_a_stored_response_is_loaded(maria: Client, draft: Edition) -> None:
    Question.objects.filter(code="TG3").update(kind="text")
    response = ResponseFactory(edition=draft)
    AnswerFactory(response=response, code="TG1", value=1, note="A secret note")
    AnswerFactory(response=response, code="TG2", status="dont_know", value=None)
    AnswerFactory(response=response, code="TG3", value="A secret text")
    AnswerFactory(response=response, code="GONE", value=1)

    page = maria.get(bench(draft, response=str(response.uuid)))

    initial = page.context["form"].initial
    assert {code: initial[code] for code in initial if code.startswith("TG")} == {
        "TG1": 1,
        "TG2": "dont_know",
    }
    assert "profile.country" not in initial
    assert initial["profile.region"] == "LA"
    content = page.content.decode()
    assert "secret" not in content
    assert response.scheme.name not in content


def test_unknown_sample_or_response_and_a_broken_condition_show_the_empty_form(
    maria: Client, draft: Edition
) -> None:
    """Of a response and of the condition it is told."""
    samples = ["sample=9", "sample=x", "sample=%00", "sample=" + "9" * 400]
    keys = ["moon", "00000000-0000-4000-8000-000000000000", "%00"]
    table = dict.fromkeys(samples, False) | {f"response={key}": True for key in keys}

    def outcome(query: str) -> object:
        page = maria.get(f"{bench(draft)}?{query}")
        return page.status_code, "rules" in page.context, page.context["not_found"]

    assert {query: outcome(query) for query in table} == {
        query: (200, False, not_found) for query, not_found in table.items()
    }
    Rule.objects.update(when="answer.TG1 >")
    assert "another condition" in maria.get(bench(draft)).content.decode()


def test_pattern_is_for_content_editors_and_auditors(draft: Edition) -> None:
    table: list[tuple[str, bool]] = [
        ("Content editor", True),
        ("Auditor", True),
        ("Publisher", False),
    ]

    response = ResponseFactory(edition=draft)
    AnswerFactory(response=response, code="TG1", value=1, note="A secret note")

    def seen(group: str) -> tuple[bool, ...]:
        ada = User.objects.create_user(group, is_staff=True)
        ada.groups.add(Group.objects.get(name=group))
        client = Client()
        client.force_login(ada)
        page = client.get(bench(draft, response=str(response.uuid)))
        shown = page.content.decode()
        told = "secret" in shown or response.scheme.name in shown
        return "rules" in page.context, 'name="response"' in shown, told

    assert [seen(group) for group, _ in table] == [(opened, opened, False) for _, opened in table]
