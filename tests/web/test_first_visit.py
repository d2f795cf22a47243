"""A question page that somebody opens first has its style in it; later ones name the file."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import Any

import pytest
from django.conf import settings
from django.test import Client, override_settings
from django.urls import reverse

from assessment.models import Response, Round
from assessment.web.first_visit import style_of_site
from assessment.web.page_style import BLOCK, style_of_page
from tests.web.conftest import granted

pytestmark = [pytest.mark.django_db]
IN_FILES = "django.contrib.staticfiles.storage.StaticFilesStorage"
INSIDE = re.compile(r"<head>.*<style>(.*)</style>.*</head>", re.DOTALL)
IN_HEAD = re.compile(r'<head>.*<link rel="stylesheet" href="/static/css/site.*</head>', re.DOTALL)
AT_END = re.compile(r'</footer>\s*<link rel="stylesheet" href="/static/css/site[^>]+>\s*</body>')


@pytest.fixture
def question(response: Response) -> str:
    Round.objects.filter(pk=response.round_id).update(questionnaire="short")
    return reverse("question", args=[response.uuid, "PC1"])


@pytest.fixture
def phone(response: Response) -> Client:
    return granted(Client(), response)


def looks(answer: Any) -> tuple[bool, bool, bool]:
    """Whether its style stands in it, in a file before it, in a file after it."""
    page = answer.content.decode()
    return bool(INSIDE.search(page)), bool(IN_HEAD.search(page)), bool(AT_END.search(page))


@pytest.mark.usefixtures("collected")
def test_first_question_has_the_style_it_needs_in_it_under_the_policy(
    phone: Client, question: str
) -> None:
    answer = phone.get(question)

    assert looks(answer) == (True, False, True)
    style = INSIDE.findall(answer.content.decode())[0]
    whole = str(style_of_site())
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = answer.headers["Content-Security-Policy"].split("; ")
    assert f"style-src 'self' 'sha256-{digest}'" in policy
    assert len(style) < len(whole) * 0.7
    unneeded = ("<", "var(--space", "@media print", "@page", ".conflict")
    assert [part for part in unneeded if part in style] == []
    assert [part for part in (":root{", "@media (min-width", ".option") if part not in style] == []
    assert {line.strip() for line in BLOCK.sub("", whole).splitlines()} <= {""}
    assert style.count("{") == style.count("}")


def test_rule_is_needed_where_one_of_its_selectors_is_on_the_page() -> None:
    page = '<ol id="way" class="long steps"><li><input type="radio"></li></ol>'
    table: list[tuple[str, bool]] = [
        ("*,::before{color:red}", True),
        ("ol.long > li:not(.done){color:red}", True),
        ("ol.short,#way input:checked::after{color:red}", True),
        (":is(ul,ol):has(.done) li{color:red}", True),
        ('input[type="text"]{color:red}', True),
        ("ol.short li,td{color:red}", False),
        ("@media (width>9rem){.long{color:red}}", True),
        ("@media (width>9rem){td{color:red}}", False),
        ("@media print{ol{color:red}}", False),
    ]

    assert [(rule, bool(style_of_page(rule, page))) for rule, _ in table] == table
    both = "ol{a:b}@media (width>9rem){li{a:b}td{a:b}input{a:b}}li{a:b}"
    assert style_of_page(both, page) == both.replace("td{a:b}", "")


@pytest.mark.usefixtures("collected")
def test_question_after_another_page_of_the_site_has_it_in_the_file(
    phone: Client, question: str
) -> None:
    """Every one has while developing: there the sheet is not one file."""
    inside = {
        ("referer", "http://testserver/response/"): False,
        ("sec-fetch-site", "same-origin"): False,
        ("referer", "https://mail.example.org/"): True,
        ("sec-fetch-site", "cross-site"): True,
    }

    answers = {header: phone.get(question, headers=dict([header])) for header in inside}
    with override_settings(STORAGES=settings.STORAGES | {"staticfiles": {"BACKEND": IN_FILES}}):
        developing = phone.get(question)

    met = {
        header: (*looks(answer), "style-src" in answer.headers["Content-Security-Policy"])
        for header, answer in answers.items()
    }
    assert met == {header: (own, not own, own, own) for header, own in inside.items()}
    assert looks(developing) == (False, True, False)
