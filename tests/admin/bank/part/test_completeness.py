"""What the database tells of translations is what the method tells, for every kind of part."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from assessment.instrument.texts import hash_of_text, texts_of
from assessment.models import (
    Dimension,
    Edition,
    EditionLanguage,
    Finding,
    Option,
    Question,
    Rule,
    RuleVariant,
    Source,
    Term,
    Translation,
)
from assessment.models.bank import PART_MODELS
from assessment.models.queries.completeness import missing_translation, with_complete_languages
from tests.admin.small_bank import NOW, add_advice
from tests.short_form import drawn

LIST = "/admin/assessment/question/"
CHANGES: list[dict[str, Any]] = [{"source_hash": "old"}, {"text": ""}, {"field": "stray"}]


@pytest.fixture
def rich(draft: Edition) -> Edition:
    """A draft with every kind of text, in two languages more."""
    Source.objects.filter(edition=draft).update(note="In Spanish.")
    Dimension.objects.filter(edition=draft).update(sub_dimensions=["First", "Second"])
    Question.objects.filter(edition=draft).update(
        help="Help.",
        why="Why.",
        unit="%",
        short="In short",
        step_low="Name a person.",
        step_high="Write it down.",
    )
    Option.objects.filter(value="3").update(help="Três: ñ", label="Most", step="Meet.")
    Finding.objects.filter(code="RS-1").update(citation="Brief, page 3")
    add_advice(draft)
    Term.objects.create(edition=draft, code="t", term="tier", text="Part.", forms=["tiers", "a\\b"])
    Term.objects.create(edition=draft, code="u", term="unit", text="One.")
    rule = Rule.objects.get(edition=draft)
    for place in (4, 2):
        RuleVariant.objects.create(
            rule=rule, when="level.TG <= 1", text=f"V{place}", position=place
        )
    for language in ("es", "fr"):
        EditionLanguage.objects.create(edition=draft, language=language)
    return draft


def translate(edition: Edition, language: str) -> list[Translation]:
    return Translation.objects.bulk_create(
        Translation(
            edition=edition,
            language=language,
            text=f"«{text}» capacita",
            source_hash=hash_of_text(text),
            updated_at=NOW,
            **place._asdict(),
        )
        for place, text in texts_of(edition.instrument()).items()
    )


def told(model: Any, edition: Edition) -> dict[str, str]:
    rows = with_complete_languages(model.objects.filter(edition=edition))
    return {row.code: row.complete_in for row in rows if row.complete_in != "es"}


@pytest.mark.no_cover
def test_every_text_counts_and_none_but_those(rich: Edition) -> None:
    """Each text is changed in one of three ways, and of each kind of part one text in all."""
    made = translate(rich, "es")
    models: list[Any] = list(PART_MODELS)
    assert [told(model, rich) for model in models] == [{}] * len(models)

    for model in models:
        own = [row for row in made if row.kind == f"{model._meta.model_name}s"]
        assert own
        others = drawn(own[1:], 8, of=model.__name__)
        for at, row in enumerate([own[0], *others]):
            for change in CHANGES if at == 0 else [CHANGES[at % len(CHANGES)]]:
                Translation.objects.filter(pk=row.pk).update(**change)
                missing = missing_translation(model.objects.all(), "es")
                assert (told(model, rich), [r.code for r in missing]) == (
                    {row.code: ""},
                    [row.code],
                )
                row.save()


def codes(client: Client, **query: str) -> list[str]:
    return [row.code for row in client.get(LIST, query).context["cl"].result_list]


def test_list_shows_and_filters_what_is_translated(maria: Client, rich: Edition) -> None:
    table = {"es": ["TG2"], "all": ["TG1", "TG2", "TG3"], "xx": []}
    translate(rich, "es")
    Translation.objects.filter(code="TG2", field="options.3.text").update(source_hash="old")

    page = maria.get(LIST)

    html = page.content.decode()
    assert [row.complete_in for row in page.context["cl"].result_list] == ["es", "", "es"]
    assert "languages complete" in html.lower()
    offered = [name for name in ("all", "es", "fr", "pt") if f"?missing={name}" in html]
    assert offered == ["all", "es", "fr"]
    assert {language: codes(maria, missing=language) for language in table} == table


def test_search_finds_translations_and_options(maria: Client, rich: Edition) -> None:
    table: list[tuple[str, list[str]]] = [
        ("capacita", ["TG1", "TG3"]),
        ("tg3 capacita", ["TG3"]),
        ('"go?» capacita"', ["TG1", "TG3"]),
        ('"', ["TG1", "TG2", "TG3"]),
        ("almost", ["TG2"]),
        ("nowhere", []),
    ]

    translate(rich, "es")
    Translation.objects.filter(code="TG2").delete()
    Option.objects.filter(question__code="TG2", value="3").update(text="Almost all.")

    assert [(words, codes(maria, q=words)) for words, _ in table] == table
