"""The way from a part to its texts."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from assessment.models import (
    EditionLanguage,
    TranslatorLanguage,
)
from tests.admin.edition_pages import person
from tests.admin.translations.spanish_texts import (
    texts,
)


def tools(client: Client, kind: str, part: Any) -> list[str]:
    page = client.get(reverse(f"admin:assessment_{kind}_change", args=[part.pk]))
    return [where for where, _text in page.context["tools"] if "/texts/" in where]


def test_part_leads_to_its_texts_in_each_language_of_the_translator(
    maria: Client, spanish: EditionLanguage
) -> None:
    french = EditionLanguage.objects.create(edition=spanish.edition, language="fr")
    table = {"question": "TG2", "rule": "R01", "case": "PE", "dimension": "TG"}

    def led(client: Client, kind: str) -> list[str]:
        return tools(client, kind, getattr(spanish.edition, f"{kind}_set").get(code=table[kind]))

    def codes(address: str) -> set[str]:
        return {row.entry.place.code for row in maria.get(address).context["rows"]}

    found = {kind: led(maria, kind) for kind in table}
    assert found == {
        kind: [texts(one, f"code={code}") for one in (spanish, french)]
        for kind, code in table.items()
    }
    assert {kind: codes(first) for kind, (first, _) in found.items()} == {
        kind: {code} for kind, code in table.items()
    }
    rosa = person("rosa", "view_question", "change_translation")
    TranslatorLanguage.objects.create(user=User.objects.get(username="rosa"), language="es")
    assert led(rosa, "question") == [texts(spanish)]
