"""Sample answers in, rules and recommendations out; nothing is stored."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.urls import reverse

from assessment.admin.bench.samples import stored_samples, usable_sample
from assessment.models import Answer, Edition, Option, Pattern, Question, Response, Rule
from tests.admin.small_bank import add_advice, freeze, make_edition
from tests.factories import AnswerFactory, ResponseFactory
from tests.seeds_once import seeds

LOW = {"TG1": "0", "TG2": "1", "TG3": "0"}


def bench(edition: Edition, **query: Any) -> str:
    return reverse("admin:assessment_rule_bench", args=[edition.pk], query=query or None)


def rules(page: Any) -> list[tuple[str, str, tuple[str, ...]]]:
    found = page.context["rules"]
    return [(rule.code, str(rule.when.verdict), rule.when.why) for rule in found]


def test_every_sample_fits_the_bank_of_the_seeds() -> None:
    bank = seeds()

    assert [usable_sample(bank, sample).unusable for sample in stored_samples()] == [(), (), ()]


def test_true_rule_says_why(maria: Client, draft: Edition) -> None:
    page = maria.post(bench(draft), LOW)

    why = (
        "To “How far does TG1 go?” the answer is: Nothing.",
        "Dimension TG is at level “Absent” (score 8).",
    )
    assert rules(page) == [("R01", "true", why)]


def test_false_rule_says_why(maria: Client, draft: Edition) -> None:
    page = maria.post(bench(draft), LOW | {"TG1": "4"})

    assert rules(page) == [("R01", "false", ("To “How far does TG1 go?” the answer is: All.",))]


def test_unknown_rule_says_what_is_not_known(maria: Client, draft: Edition) -> None:
    page = maria.post(bench(draft), {"TG1": "dont_know"})

    why = (
        "Not known: the answer to TG1 “How far does TG1 go?”.",
        "Not known: the level of Dimension TG.",
    )
    assert rules(page) == [("R01", "unknown", why)]


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
    assert page.content.decode().count("Not recommended if:") == 1


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


def test_edition_without_patterns_tells_of_none(maria: Client, draft: Edition) -> None:
    assert "Every pattern" not in maria.post(bench(draft), LOW).content.decode()


def test_recommendations_stand_as_in_the_report(maria: Client, draft: Edition) -> None:
    page = maria.post(bench(draft), LOW)

    assert [line.code for line in page.context["lines"]] == ["R01"]
    assert "report/_recommendation.html" in {template.name for template in page.templates}


def test_what_was_entered_stays_in_the_form(maria: Client, draft: Edition) -> None:
    page = maria.post(bench(draft), LOW)

    assert '<option value="1" selected>A little.</option>' in page.content.decode()


def test_answer_that_is_none_is_left_out_and_named(maria: Client, draft: Edition) -> None:
    page = maria.post(bench(draft), LOW | {"TG1": "9", "profile.region": "moon"})

    assert page.context["unusable"] == ("profile.region", "TG1")


def test_several_options_are_taken(maria: Client, draft: Edition) -> None:
    Question.objects.filter(code="TG1").update(kind="multi")
    Rule.objects.update(when='"3" in answer.TG1')

    chosen = maria.post(bench(draft), {"TG1": ["1", "3"]})
    unknown = maria.post(bench(draft), {"TG1": ["dont_know"]})

    assert [rules(page)[0][1] for page in (chosen, unknown)] == ["true", "unknown"]


def test_number_of_the_profile_is_taken(maria: Client, draft: Edition) -> None:
    Rule.objects.update(when="profile.programmes >= 2")
    Question.objects.filter(code="TG3").update(
        kind="number", profile="programmes", dimension=None, minimum=1, maximum=50
    )
    Option.objects.filter(question__code="TG3").delete()

    page = maria.post(bench(draft), {"profile.programmes": "3"})

    assert rules(page) == [("R01", "true", ("There are 3 programmes.",))]


def test_stored_sample_is_loaded(maria: Client, draft: Edition) -> None:
    page = maria.get(bench(draft, sample=1))

    assert page.context["form"].initial["TG1"] in {0, 1, "0", "1"}
    assert "PC1" in page.context["unusable"]
    assert len(page.context["rules"]) == 1


def test_three_samples_show_before_and_after(maria: Client, published: Edition) -> None:
    draft = make_edition("Draft")
    draft.started_from = published
    draft.save()
    Option.objects.filter(question__edition=draft, value="4").update(points=8)

    page = maria.get(bench(draft))

    lines = page.context["comparison"]
    assert [line.name for line in lines] == [
        "Dimension TG",
        "Dimension BI",
        "Recommendations, those to begin with first",
    ]
    assert [differs for _before, _after, differs in lines[0].cells][2] is True
    assert [cell[:2] for cell in lines[1].cells] == [("–", "–")] * 3


def test_first_edition_has_nothing_before(maria: Client, draft: Edition) -> None:
    page = maria.get(bench(draft))

    cells = [cell for line in page.context["comparison"] for cell in line.cells]
    assert {(before, differs) for before, _after, differs in cells} == {("", False)}


def test_dimension_that_is_new_has_no_score_before(maria: Client, published: Edition) -> None:
    from tests.admin.small_bank import make_dimension

    draft = make_edition("Draft")
    make_dimension(draft, "NW", 5)

    cells = maria.get(bench(draft)).context["comparison"][-2].cells

    assert [cell[0] for cell in cells] == ["–"] * 3


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


def test_unknown_response_is_told(maria: Client, draft: Edition) -> None:
    table: list[str] = ["moon", "00000000-0000-4000-8000-000000000000", "\0"]

    assert {
        asked: maria.get(bench(draft, response=asked)).context["not_found"] for asked in table
    } == dict.fromkeys(table, True)


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


def test_responses_are_loaded_by_those_who_may_see_them(draft: Edition) -> None:
    response = ResponseFactory(edition=draft)
    ada = User.objects.create_user("ada", is_staff=True)
    client = Client()
    client.force_login(ada)
    closed = client.get(bench(draft)).status_code

    ada.user_permissions.add(Permission.objects.get(codename="view_rule"))
    page = client.get(bench(draft, response=str(response.uuid)))

    assert (closed, page.status_code) == (403, 200)
    assert "rules" not in page.context
    assert 'name="response"' not in page.content.decode()


def test_broken_condition_is_told(maria: Client, draft: Edition) -> None:
    Rule.objects.update(when="answer.TG1 >")

    assert "another condition" in maria.get(bench(draft)).content.decode()


def test_unknown_sample_shows_the_empty_form(maria: Client, draft: Edition) -> None:
    table: list[str] = ["sample=9", "sample=x", "sample=%00", "sample=" + "9" * 400]

    def outcome(query: str) -> object:
        page = maria.get(f"{bench(draft)}?{query}")
        return page.status_code, "rules" in page.context

    assert {query: outcome(query) for query in table} == dict.fromkeys(table, (200, False))


def test_tampered_answers_are_left_out(maria: Client, draft: Edition) -> None:
    table: list[dict[str, Any]] = [
        {"TG1": "\0"},
        {"TG1": ["1", "2"]},
        {"TG1": "x" * 9999},
        {"profile.programmes": "9" * 4000},
        {"profile.programmes": "²"},
        {"profile.country": "\0"},
    ]

    assert [maria.post(bench(draft), data).status_code for data in table] == [200] * len(table)


def test_rule_links_to_its_test(maria: Client, draft: Edition) -> None:
    rule = Rule.objects.get()

    page = maria.get(reverse("admin:assessment_rule_change", args=[rule.pk]))

    assert (f"{bench(draft)}?sample=1#R01", "Test this rule") in page.context["tools"]


def test_published_edition_is_tried_too_and_nothing_is_stored(maria: Client) -> None:
    edition = freeze(make_edition("First"))

    maria.post(bench(edition), LOW)

    assert (Answer.objects.count(), Response.objects.count()) == (0, 0)
