"""A rule's page says where the rule comes from and what triggers it."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from assessment.admin.bank.evidence import Evidence, evidence_of
from assessment.models import Edition, Finding, Question, Rule, RuleVariant


def subjects(origins: Evidence) -> dict[str, list[str]]:
    kinds = {"questions": origins.questions, "dimensions": origins.dimensions}
    found = {**kinds, "profile": origins.profile}
    return {name: [one.code for one in ones] for name, ones in found.items()}


def test_page_shows_the_findings_of_a_rule_whole_or_that_there_are_none(
    maria: Client, draft: Edition
) -> None:
    rule = Rule.objects.get()
    page = reverse("admin:assessment_rule_change", args=[rule.pk])
    text = "A long finding. " * 30
    Finding.objects.filter(code="RS-1").update(text=text, region="LA")
    finding = reverse("admin:assessment_finding_change", args=[Finding.objects.get(code="RS-1").pk])

    citing = maria.get(page).content.decode()
    rule.findings.clear()
    empty = maria.get(page).content.decode()
    new = maria.get(reverse("admin:assessment_rule_add")).content.decode()

    told = {
        "Where it comes from": [True, True, False],
        text.strip(): [True, False, False],
        "Brief – s, line 1. Region: Latin America.": [True, False, False],
        finding: [True, False, False],
        "It cites no finding.": [False, True, False],
    }
    assert {words: [words in html for html in (citing, empty, new)] for words in told} == told


def test_rule_names_what_its_conditions_speak_of(draft: Edition) -> None:
    table: dict[str, dict[str, list[str]]] = {
        "answer.TG1 <= 1 and level.TG <= 2": {"questions": ["TG1"], "dimensions": ["TG"]},
        "points.TG2 <= 1 or gap.sectors.TG1 > 1": {"questions": ["TG1", "TG2"]},
        "gap.tiers.BI >= 1 or unknown.any > 0.5": {"dimensions": ["BI"]},
        'profile.region == "LA"': {"profile": ["TG3"]},
        'profile.country == "PE" and score.BI < 3': {"profile": ["TG3"], "dimensions": ["BI"]},
        "profile.stage == 1": {},
        "broken": {},
    }
    Question.objects.filter(code="TG3").update(profile="country", dimension=None)
    rule = Rule.objects.get()
    nothing: dict[str, list[str]] = {"questions": [], "dimensions": [], "profile": []}

    def told(when: str) -> dict[str, list[str]]:
        rule.when = when
        return subjects(evidence_of(rule))

    assert {when: told(when) for when in table} == {
        when: nothing | found for when, found in table.items()
    }
    RuleVariant.objects.create(rule=rule, when="answer.TG2 >= 1", text="Otherwise.")
    assert told("answer.TG1 <= 1") == nothing | {"questions": ["TG1", "TG2"]}
