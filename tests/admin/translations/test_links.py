"""The way from a part to its texts."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse

from assessment.models import (
    EditionLanguage,
    TranslatorLanguage,
)
from tests.admin.translations.spanish_texts import (
    texts,
)


def tools(client: Client, kind: str, part: Any) -> list[str]:
    page = client.get(reverse(f"admin:assessment_{kind}_change", args=[part.pk]))
    return [where for where, _text in page.context["tools"] if "/texts/" in where]


def test_part_leads_to_its_texts_in_each_language(maria: Client, spanish: EditionLanguage) -> None:
    french = EditionLanguage.objects.create(edition=spanish.edition, language="fr")

    for kind, code in (("question", "TG2"), ("rule", "R01"), ("case", "PE"), ("dimension", "TG")):
        found = tools(maria, kind, getattr(spanish.edition, f"{kind}_set").get(code=code))

        assert found == [texts(one, f"code={code}") for one in (spanish, french)]
        assert {entry.entry.place.code for entry in maria.get(found[0]).context["rows"]} == {code}


def test_translator_is_led_to_her_own_language(spanish: EditionLanguage) -> None:
    EditionLanguage.objects.create(edition=spanish.edition, language="fr")
    user = User.objects.create_user("rosa", is_staff=True)
    wanted = ["view_question", "change_translation"]
    user.user_permissions.set(Permission.objects.filter(codename__in=wanted))
    TranslatorLanguage.objects.create(user=user, language="es")
    client = Client()
    client.force_login(user)

    found = tools(client, "question", spanish.edition.question_set.get(code="TG2"))

    assert found == [texts(spanish)]
