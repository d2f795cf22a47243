"""Each group sees its screens and no other: every address of the admin, for each of them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.urls import URLPattern, reverse

from assessment.models import Edition, EditionLanguage, Question, TranslatorLanguage
from tests.factories import ResponseFactory, ResultFactory

READ = ("changelist", "change", "history")
WORK = (*READ, "add", "delete")
PARTS = ("source", "finding", "dimension", "region", "term", "question", "case", "rule")
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
    *FILES,
)
ANSWERED = ("response", "result")
GROUPS = {
    "Content editor": {
        *(f"{name}_{page}" for name in (*PARTS, "editionlanguage") for page in WORK),
        *(f"{name}_{page}" for name in ("edition", "translation") for page in READ),
        *LOOK,
        *("rule_bench", "edition_delete", "edition_draft", "edition_import", "question_duplicate"),
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
        *LOOK,
        *("rule_bench", "response_export"),
    },
}
NEEDS_MORE = ("_sortable_update", "_complete", "_correct", "_restore")
"""Pages whose address alone opens nothing; they are tested where they belong."""


def member(group: str) -> Client:
    user = User.objects.create_user(group.lower().replace(" ", "-"), is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    client = Client()
    client.force_login(user)
    return client


def addresses() -> Iterator[tuple[str, str]]:
    """Name and address of every page of every model, for the first row of each."""
    for model, held in admin.site._registry.items():
        key = str(getattr(model._default_manager.order_by("pk").first(), "pk", 1))
        for pattern in held.get_urls():
            if pattern.name and not str(pattern.name).endswith(NEEDS_MORE):
                name = str(pattern.name).removeprefix("assessment_")
                yield name, reverse(f"admin:{pattern.name}", kwargs=parts(pattern, key))


OF_EDITION = ("_bench", "_condition", "_codes")
"""Pages of a part whose address names an edition."""


def parts(pattern: URLPattern, key: str) -> dict[str, str]:
    if str(pattern.name).endswith(OF_EDITION):
        key = str(Edition.objects.order_by("pk")[0].pk)
    kind = "zip" if str(pattern.name).endswith("export") else "questions"
    unused = "00000000-0000-4000-8000-000000000000"
    every = {"object_id": key, "pk": key, "id": key, "kind": kind, "code": "TG1", "key": unused}
    wanted = pattern.pattern.converters or pattern.pattern.regex.groupindex
    return {part: every[part] for part in wanted}


@pytest.fixture
def bank(draft: Edition) -> Edition:
    EditionLanguage.objects.create(edition=draft, language="es")
    EditionLanguage.objects.create(edition=draft, language="fr")
    ResponseFactory(edition=draft)
    ResultFactory(edition=draft)
    return draft


@pytest.mark.parametrize("group", GROUPS)
def test_group_opens_its_pages_only(bank: Edition, group: str) -> None:
    client = member(group)

    answers = {name: client.get(address).status_code for name, address in addresses()}

    opened = {name for name, status in answers.items() if status != 403}
    assert opened == GROUPS[group] & answers.keys()
    assert {status for status in answers.values() if status >= 404} == set()


@pytest.mark.parametrize("group", GROUPS)
def test_index_lists_what_the_group_may_see(bank: Edition, group: str) -> None:
    listed = member(group).get(reverse("admin:index")).context["app_list"]

    models = {model["object_name"].lower() for app in listed for model in app["models"]}
    assert models == {name.split("_")[0] for name in GROUPS[group] if name.endswith("_change")}


@pytest.mark.parametrize("group", [name for name in GROUPS if name != "Content editor"])
def test_only_content_editors_change_questions(bank: Edition, group: str) -> None:
    question = Question.objects.get(code="TG1")
    address = reverse("admin:assessment_question_change", args=[question.pk])

    assert member(group).post(address, {"text": "Other?"}).status_code == 403


@pytest.mark.parametrize("group", ["Content editor", "Translator", "Auditor"])
def test_only_publishers_publish(bank: Edition, group: str) -> None:
    address = reverse("admin:assessment_edition_publish", args=[bank.pk])

    assert member(group).post(address).status_code == 403


def texts(language: str) -> str:
    offered = EditionLanguage.objects.get(language=language)
    return reverse("admin:assessment_texts", args=[offered.pk])


def test_translator_translates_into_given_languages(bank: Edition) -> None:
    client = member("Translator")
    TranslatorLanguage.objects.create(user=User.objects.get(), language="es")

    sent = [client.post(texts(language), {}).status_code for language in ("es", "fr")]

    assert sent == [302, 403]


@pytest.mark.parametrize("group", ["Publisher", "Auditor"])
def test_others_translate_nothing(bank: Edition, group: str) -> None:
    client = member(group)
    TranslatorLanguage.objects.create(user=User.objects.get(), language="es")

    assert client.post(texts("es"), {}).status_code == 403


def test_content_editor_translates_into_every_language(bank: Edition) -> None:
    client = member("Content editor")

    assert [client.post(texts(language), {}).status_code for language in ("es", "fr")] == [302, 302]


def test_every_right_of_a_group_is_a_permission_of_a_model(bank: Edition) -> None:
    names = {permission.name for permission in Permission.objects.filter(group__isnull=False)}

    assert "Can view question" in names
    assert "Can publish and withdraw editions" in names
    assert str(TranslatorLanguage(language="es")) == "es"
