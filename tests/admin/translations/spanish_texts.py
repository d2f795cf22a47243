"""Addresses and texts of a language of a draft, as a translator meets them."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from assessment.instrument.texts import TextKey, hash_of_text, texts_of
from assessment.models import (
    EditionLanguage,
    Translation,
)
from tests.admin.small_bank import NOW

ASKED = TextKey("questions", "TG2", "text")


NAME = "questions/TG2/text"


LIST = "/admin/assessment/editionlanguage/"


TEXTS_OF_BANK = 56


def translate(
    offered: EditionLanguage, text: str, place: TextKey = ASKED, source: str = ""
) -> None:
    source = source or texts_of(offered.edition.instrument())[place]
    Translation.objects.create(
        edition=offered.edition,
        language=offered.language,
        text=text,
        source_hash=hash_of_text(source),
        updated_at=NOW,
        **place._asdict(),
    )


def texts(offered: EditionLanguage, query: str = "code=TG2") -> str:
    return f"{LIST}{offered.pk}/texts/?{query}"


def change(offered: EditionLanguage) -> str:
    return reverse("admin:assessment_editionlanguage_change", args=[offered.pk])


def stored(offered: EditionLanguage) -> dict[str, str]:
    rows = Translation.objects.filter(language=offered.language)
    return {"/".join(row.place): row.text for row in rows}


def rows(response: Any) -> dict[str, Any]:
    return {row.name: row for row in response.context["rows"]}
