"""A language more, by the steps of `docs/contributing.md` alone: no text stays as it was.

Its letters are English ones with a mark, so that what nobody can translate shows. Its code is that
of a language which Django has nothing of.
"""

from __future__ import annotations

import io
import re
from functools import reduce
from typing import TYPE_CHECKING

import pytest
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import autoreload
from django.test import Client, override_settings
from django.urls import reverse
from django.utils.translation import trans_real

from assessment.actions.editions.publish import publish
from assessment.actions.editions.start_draft import start_draft
from assessment.management.messages import (
    PARTS_THAT_STAY,
    compile_changed,
    other_placeholders,
    untranslated,
)
from assessment.models import Edition, EditionLanguage, OfferedLanguage
from assessment.reports.sample import example
from tests.factories import NOW, SchemeFactory
from tests.seeds_once import seeds
from tests.web.test_translated_pages import MARKED, of_people, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

pytestmark = [pytest.mark.django_db, pytest.mark.no_cover]

CODE = "am"
MARKED_LETTERS = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "âƀçđéƒğĥîĵķļɱñøþɋŕšŧûṽŵẋýžÂɃÇĐÉƑĞĤÎĴĶĻṀÑØÞɊŔŠŦÛṼŴẊÝŽ",
)
TOO_LONG = {"dimensions/VC/short": 14}
"""Texts of the bank that a translation has to say in fewer characters."""
TEXT = re.compile(r">([^<>]+)<|(?:aria-label|title|alt|placeholder)=\"([^\"]+)\"")
THREE_WORDS = re.compile(r"[A-Za-z’']{2,}(?:[ ,.:;]+[A-Za-z’']{2,}){2,}")
STAYS = re.compile(f"({PARTS_THAT_STAY.pattern})")


def marked(text: str) -> str:
    """With a mark on every letter, but for what is filled in and for tags."""
    parts = STAYS.split(text)
    return "".join(
        part if at % 2 else part.translate(MARKED_LETTERS) for at, part in enumerate(parts)
    )


def marked_catalogue(content: bytes) -> bytes:
    catalogue = read_po(io.BytesIO(content))
    for message in catalogue:
        if message.id:
            forms = message.id
            is_one = isinstance(forms, str)
            message.string = marked(str(forms)) if is_one else tuple(map(marked, forms))
        if message.context in TOO_LONG:
            message.string = str(message.string)[: TOO_LONG[message.context]].rstrip()
    out = io.BytesIO()
    write_po(out, catalogue)
    return out.getvalue()


def forget_languages() -> None:
    """Django asks its settings once, and templates keep what they drew in a language."""
    for kept in ("get_languages", "_get_supported_language_variant"):
        getattr(trans_real, kept).cache_clear()
    autoreload.reset_loaders()


@pytest.fixture
def site_language(tmp_path: Path) -> Iterator[Path]:
    """Its `django.po` and its line of `LANGUAGES`; compiled as `start` does. The .po is given."""
    source = settings.CATALOGUES / "en" / "LC_MESSAGES" / "django.po"
    made = tmp_path / "po" / CODE / "LC_MESSAGES" / "django.po"
    made.parent.mkdir(parents=True)
    made.write_bytes(marked_catalogue(source.read_bytes()))
    compile_changed(tmp_path / "po", tmp_path / "mo")
    languages = [*settings.LANGUAGES, (CODE, marked("Pseudo"))]
    with override_settings(
        LANGUAGES=languages, LOCALE_PATHS=[tmp_path / "mo"], EMAIL_HOST="mail.example.org"
    ):
        forget_languages()
        yield made
    forget_languages()


def bank_language(maria: Client, edition: Edition) -> Edition:
    """Added to a draft in the administration; its file taken out, filled and brought in."""
    draft = start_draft(edition=edition, now=NOW)
    added = {"edition": draft.pk, "language": CODE}
    maria.post(reverse("admin:assessment_editionlanguage_add"), added)
    language = EditionLanguage.objects.get(language=CODE)
    out = maria.get(reverse("admin:assessment_texts_download", args=[language.pk, "po"]))
    file = SimpleUploadedFile(f"{CODE}.po", marked_catalogue(out.content))
    address = reverse("admin:assessment_texts_file", args=[language.pk])
    dry_run = maria.post(address, {"file": file}, follow=True)
    seen = re.search(r'name="seen" value="(\w+)"', dry_run.content.decode())
    assert seen
    maria.post(dry_run.request["PATH_INFO"], {"seen": seen[1]})
    return publish(edition=draft, now=NOW)


def without(page: str) -> str:
    """What is marked as English is said to be so."""
    return MARKED.sub("<>", page)


def names() -> list[str]:
    """What nobody translates: people's words and titles that are cited; the longest first."""
    found = [SchemeFactory.name, *strings_in(example())]
    for source in seeds().sources:
        found += [source.title, source.author, source.publisher]
    return sorted(filter(None, found), key=len, reverse=True)


def strings_in(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from strings_in(one)


def left_over(page: str, known: Sequence[str]) -> set[str]:
    """Texts with three words and more in a row that have no marks, names apart."""
    found = set[str]()
    for text in filter(None, (plain(one) for pair in TEXT.findall(page) for one in pair)):
        if text.endswith("…") and any(name.startswith(text[:-1]) for name in known):
            continue
        rest = reduce(lambda left, name: left.replace(name, ""), known, text)
        if (run := THREE_WORDS.search(rest)) and not run.group().isupper():
            found.add(text)
    return found


def test_language_is_added_by_what_the_checklist_says(
    site_language: Path, edition: Edition
) -> None:
    maria = Client()
    maria.force_login(User.objects.create_superuser("maria"))

    brought = bank_language(maria, edition)
    maria.post(reverse("admin:assessment_offeredlanguage_add"), {"language": CODE})

    assert (untranslated(site_language), other_placeholders(site_language)) == ([], [])
    assert brought.content_hash == edition.content_hash
    assert OfferedLanguage.objects.get().interface == CODE
    known, pages = names(), of_people(brought, CODE)
    found = {text: at for at, page in pages.items() for text in left_over(without(page), known)}
    assert found == {}
    assert f'<html lang="{CODE}">' in pages["/"]
    assert len(pages) > 60
