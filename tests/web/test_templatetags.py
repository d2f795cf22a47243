from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.template import Context, Template
from django.test import Client, override_settings
from django.urls import reverse
from django.utils.translation import override

from assessment.models import Response
from assessment.models.process_cache import QUESTION_FIELDS, QUESTION_HTML
from assessment.web.templatetags.moment import moment
from tests.factories import NOW, answered
from tests.web.conftest import granted

pytestmark = pytest.mark.django_db


def test_cache_holds_nothing_of_a_person(response: Response) -> None:
    answered(response, TG2=2)
    response.answers.update(note="Zinnia <words>")
    QUESTION_HTML.values.clear()

    page = granted(Client(), response).get(reverse("page", args=[response.uuid, "tg"]))

    fields = [vars(field) for kept in QUESTION_FIELDS.values.values() for field in kept.values()]
    cached = f"{QUESTION_HTML.values} {fields}"
    assert "Zinnia &lt;words&gt;" in page.content.decode()
    assert [mark for mark in ("Zinnia", str(response.uuid), " checked>") if mark in cached] == []


def test_cache_per_language_draws_once_in_each_language() -> None:
    tag = "{% cache_per_language %}{{ word }}{% endcache_per_language %}"
    template = Template("{% load cache_per_language %}" + tag)

    with override("en"):
        drawn = [template.render(Context({"word": word})) for word in ("one", "two")]
    with override("fr"):
        drawn.append(template.render(Context({"word": "trois"})))

    assert drawn == ["one", "one", "trois"]


def test_moment_is_written_as_each_language_writes_it(catalogues: Path) -> None:
    written = {
        "en": "2 November 2026, 09:30 (UTC)",
        "es": "2 de noviembre de 2026 a las 09:30 (UTC)",
        "fr": "2 novembre 2026 à 09:30 (UTC)",
        "pt": "2 de novembro de 2026 às 09:30 (UTC)",
    }

    def words(language: str) -> str:
        with override_settings(LOCALE_PATHS=[catalogues]), override(language):
            return re.sub(r"<[^>]*>", "", moment(NOW))

    assert {language: words(language) for language in written} == written
