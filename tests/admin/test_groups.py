"""Each group sees its screens and no other: every address of the admin, for each of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import URLPattern, reverse

from assessment.models import Edition, EditionLanguage, Question, TranslatorLanguage
from tests.admin.form_data import undrawn
from tests.admin.small_bank import add_advice
from tests.factories import ResponseFactory, ResultFactory
from tests.short_form import drawn

pytestmark = pytest.mark.no_cover

READ = ("changelist", "change", "history")
WORK = (*READ, "add", "delete")
PARTS = (
    *("source", "finding", "dimension", "region", "term", "question", "case", "rule"),
    *("role", "package", "pattern"),
)
TEXTS = ("editionlanguage", "translation")
FILES = (
    "edition_checks",
    "edition_compare",
    "edition_corrections",
    "edition_export",
    "edition_dry_run",
)
LOOK = (
    "question_codes",
    "question_condition",
    "question_preview",
    "dimension_preview",
    "texts",
    "texts_file",
    *FILES,
)
ANSWERED = ("response", "result")
GROUPS = {
    "Content editor": {
        *(f"{name}_{page}" for name in (*PARTS, "editionlanguage") for page in WORK),
        *(f"{name}_{page}" for name in ("edition", "translation") for page in READ),
        *LOOK,
        *("rule_bench", "edition_delete", "edition_draft", "edition_import", "question_duplicate"),
        "texts_changes",
    },
    "Translator": {
        *(f"{name}_{page}" for name in ("dimension", "question", "term") for page in READ),
        *(f"{name}_{page}" for name in ("edition", *TEXTS) for page in READ),
        *LOOK,
    },
    "Publisher": {
        *(f"{name}_{page}" for name in (*PARTS, "edition", *TEXTS) for page in READ),
        *LOOK,
        *("rule_bench", "edition_publish", "edition_withdraw"),
    },
    "Auditor": {
        *(f"{name}_{page}" for name in (*PARTS, "edition", *TEXTS, *ANSWERED) for page in READ),
        *(f"recordentry_{page}" for page in READ),
        *LOOK,
        *("rule_bench", "response_export"),
    },
}
OWN = (
    *LOOK,
    *("edition_draft", "edition_publish", "edition_withdraw", "edition_import"),
    *("rule_bench", "question_duplicate", "response_export", "texts_changes"),
)
"""The pages that are not those of Django's administration."""
NEEDS_MORE = ("_sortable_update", "_complete", "_correct", "_restore")
"""Pages whose address alone opens nothing; they are tested where they belong."""


def member(group: str) -> Client:
    user = User.objects.create_user(group.lower().replace(" ", "-"), is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    client = Client()
    client.force_login(user)
    return client


def addresses(key: str = "") -> Iterator[tuple[str, str]]:
    """Name and address of every page of every model, for the first row of each or for `key`."""
    edition = Edition.objects.order_by("pk")[0]
    for model, held in admin.site._registry.items():
        first = model._default_manager.order_by("pk").first()
        for pattern in held.get_urls():
            name = str(pattern.name)
            if pattern.name and not name.endswith(NEEDS_MORE):
                row = edition if name.endswith(OF_EDITION) else first
                named = parts(pattern, key or str(getattr(row, "pk", 1)))
                yield name.removeprefix("assessment_"), reverse(f"admin:{name}", kwargs=named)


OF_EDITION = ("_bench", "_condition", "_codes")
"""Pages of a part whose address names an edition."""


def parts(pattern: URLPattern, key: str) -> dict[str, str]:
    kind = "zip" if str(pattern.name).endswith("export") else "questions"
    unused = "00000000-0000-4000-8000-000000000000"
    every = {"object_id": key, "pk": key, "id": key, "kind": kind, "code": "TG1", "key": unused}
    wanted = pattern.pattern.converters or pattern.pattern.regex.groupindex
    return {part: every[part] for part in wanted}


@pytest.fixture
def bank(draft: Edition) -> Edition:
    add_advice(draft)
    EditionLanguage.objects.create(edition=draft, language="es")
    EditionLanguage.objects.create(edition=draft, language="fr")
    ResponseFactory(edition=draft)
    ResultFactory(edition=draft)
    User.objects.create_user("somebody")
    return draft


def test_group_opens_its_pages_only(bank: Edition) -> None:
    """Who only looks sees the pages drawn: of the others it is asked which they may open."""
    pages = dict(drawn(addresses(), 80))

    def opened(group: str) -> set[str]:
        client = member(group)
        with nullcontext() if group == "Auditor" else undrawn():
            answers = {name: client.get(address).status_code for name, address in pages.items()}
        found = {name for name, status in answers.items() if status != 403}
        sent = {name: client.post(pages[name], {}).status_code for name in pages.keys() - found}
        assert {status for status in answers.values() if status >= 404} == set()
        assert {name: status for name, status in sent.items() if status != 403} == {}
        return found

    assert {group: opened(group) for group in GROUPS} == {
        group: names & pages.keys() for group, names in GROUPS.items()
    }


def test_unknown_row_and_unknown_method_are_refused(maria: Client, bank: Edition) -> None:
    pages = dict(addresses())
    opened = {
        (name, key): maria.get(address).status_code
        for key in ("999", "9" * 40)
        for name, address in addresses(key)
        if address != pages[name]
    }
    put = {name: maria.put(pages[name]).status_code for name in OWN}

    assert {name for name, _ in opened} >= {*OWN} - {"response_export"}
    assert {row: status for row, status in opened.items() if status not in {302, 403, 404}} == {}
    assert put == dict.fromkeys(OWN, 405)


def test_index_lists_what_the_group_may_see(bank: Edition) -> None:
    def listed(group: str) -> set[str]:
        apps = member(group).get(reverse("admin:index")).context["app_list"]
        return {model["object_name"].lower() for app in apps for model in app["models"]}

    assert {group: listed(group) for group in GROUPS} == {
        group: {name.split("_")[0] for name in names if name.endswith("_change")}
        for group, names in GROUPS.items()
    }


def test_only_content_editors_change_and_only_publishers_publish(bank: Edition) -> None:
    question = Question.objects.get(code="TG1")
    change = reverse("admin:assessment_question_change", args=[question.pk])
    publish = reverse("admin:assessment_edition_publish", args=[bank.pk])
    people = {group: member(group) for group in GROUPS}

    changed = {name: who.post(change, {"text": "?"}).status_code for name, who in people.items()}
    published = {name: who.post(publish).status_code for name, who in people.items()}

    assert [name for name, status in changed.items() if status != 403] == ["Content editor"]
    assert [name for name, status in published.items() if status != 403] == ["Publisher"]


def texts(language: str) -> str:
    offered = EditionLanguage.objects.get(language=language)
    return reverse("admin:assessment_texts", args=[offered.pk])


def test_who_translates_into_which_language(bank: Edition) -> None:
    def sent(group: str) -> list[int]:
        client = member(group)
        TranslatorLanguage.objects.create(user=User.objects.get(groups__name=group), language="es")
        return [client.post(texts(language), {}).status_code for language in ("es", "fr")]

    assert {group: sent(group) for group in GROUPS} == {
        "Content editor": [302, 302],
        "Translator": [302, 403],
        "Publisher": [403, 403],
        "Auditor": [403, 403],
    }
