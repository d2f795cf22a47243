"""A site that offers a language with all its texts: none is left in English, it is as light."""

from __future__ import annotations

import html
import io
import re
import tomllib
from functools import cache, partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from babel.messages.pofile import read_po
from django.conf import settings
from django.core import mail
from django.middleware.gzip import GZipMiddleware
from django.template import autoreload
from django.test import Client, override_settings
from django.urls import reverse
from pypdfium2 import PdfDocument

from assessment.actions.editions.import_texts import put_texts
from assessment.actions.responses.share_brief import secret_of_shared, share_brief
from assessment.actions.responses.submit import submit_response
from assessment.actions.rounds.demo import load_demo_rounds
from assessment.instrument.seeds import SEEDS
from assessment.instrument.texts import TextKey, texts_of
from assessment.instrument.translation import Translation
from assessment.models import Edition, EditionLanguage, OfferedLanguage, Organisation
from assessment.reports.pdf.files import print_html, report_pdf
from assessment.reports.report_data import report_of_response, report_of_round
from assessment.web.questionnaire.progress import progress_of
from tests.factories import NOW, SECRET, ResponseFactory, answered
from tests.short_form import WHOLE, drawn
from tests.web.conftest import granted
from tests.web.round_pages import of_administration, of_rounds
from tests.web.test_weight import SECTIONS, files_of, markup, new_phone, on_the_line, same_signs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from assessment.models import Response, Round

__all__ = ["same_signs"]

pytestmark = pytest.mark.django_db

LANGUAGES = ("es", "fr", "pt")
MARKED = re.compile(r'<(span|a|button)\b[^>]* lang="en"[^>]*>.*?</\1>', re.DOTALL)
TEXT = re.compile(r">([^<>]+)<|(?:aria-label|title|alt|placeholder|data-\w+|value)=\"([^\"]+)\"")
LINK = re.compile(r'href="(/[^"#]*)')
PLACEHOLDER = re.compile(r"%%\(\w+\)[sd]|%\(\w+\)[sd]|\{\{?\w+(?:!r)?\}?\}")
OF_ONE = re.compile(r"[\w-]{20,}|(?<=/question/)\w+|(?<=/annexes/)\w+|(?<=/subject/)\w+")
LABEL = re.compile(r"<(?:label|legend|th scope=\"col\")[^>]*>\s*([^<]+)")
FILES = (".pdf", ".xlsx", ".ics", ".json", ".png", ".css", ".js")


@pytest.fixture(scope="module", autouse=True)
def spoken(catalogues: Path) -> Iterator[None]:
    """Templates keep what they drew in a language."""
    autoreload.reset_loaders()
    with override_settings(LOCALE_PATHS=[catalogues], EMAIL_HOST="mail.example.org"):
        yield
    autoreload.reset_loaders()


@cache
def texts_of_seeds(language: str) -> dict[TextKey, Translation]:
    rows = tomllib.loads((SEEDS / "translations" / f"{language}.toml").read_text())["text"]
    return {
        TextKey(row["kind"], row["code"], row["field"]): Translation(
            row["text"], row["source_hash"]
        )
        for row in rows
    }


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def translated(edition: Edition, language: str) -> Edition:
    """The edition with every text of the seeds; its hash is the key under which it is kept."""
    return translated_into(language, edition)


def translated_into(language: str, edition: Edition) -> Edition:
    put_texts(draft=edition, language=language, wanted=texts_of_seeds(language), now=NOW)
    EditionLanguage.objects.bulk_create([EditionLanguage(edition=edition, language=language)])
    known_by = f"{edition.translations_hash} with {language}"
    Edition.objects.filter(pk=edition.pk).update(translations_hash=known_by)
    OfferedLanguage.objects.create(language=language, interface=language)
    edition.refresh_from_db()
    return edition


def words(text: str) -> int:
    return len(re.findall(r"[A-Za-z’']{2,}", text))


def plain(text: str) -> str:
    return " ".join(html.unescape(text).split())


class English:
    """Every message and text of the bank of three or more words that is said otherwise."""

    def __init__(self, edition: Edition, language: str, *, bank: bool = True) -> None:
        catalogue = settings.CATALOGUES / language / "LC_MESSAGES" / "django.po"
        said: set[str] = set()
        for message in read_po(io.BytesIO(catalogue.read_bytes())):
            forms = (message.id,) if isinstance(message.id, str) else message.id
            said |= {one for one in forms if one and one != message.string}
        source, made = texts_of(edition.instrument()), texts_of(edition.instrument(language))
        for at, text in source.items() if bank else ():
            said |= set(text.split("\n")) if made[at] != text else set()
        said -= {one.title for one in edition.instrument().sources}
        long = [one for one in said if words(PLACEHOLDER.sub("", one)) >= 3]
        self.whole = {plain(one) for one in long if not PLACEHOLDER.search(one)}
        filled = (PLACEHOLDER.split(one) for one in long if PLACEHOLDER.search(one))
        self.filled = re.compile("|".join(".+".join(map(re.escape, parts)) for parts in filled))

    def says(self, text: str) -> bool:
        return text in self.whole or bool(self.filled.fullmatch(text))


def texts_in(page: str) -> set[str]:
    found = (first or second for first, second in TEXT.findall(MARKED.sub("<>", page)))
    return {plain(text) for text in found if words(text) >= 3}


def crawled(
    client: Client, *starts: str, known: Callable[[str], bool] = lambda _address: False
) -> dict[str, str]:
    """Every page that a person reaches by links, by its address; but for links that are `known`."""
    waiting, pages, asked = list(starts), dict[str, str](), set[str]()
    while waiting:
        address = waiting.pop()
        if address in asked or "?" in address or address.startswith(("/static/", "/admin/")):
            continue
        asked.add(address)
        if address.endswith(FILES) or (known(address) and address not in starts):
            continue
        answer = client.get(address, follow=True)
        if not hasattr(answer, "content"):
            continue
        pages[address] = answer.content.decode()
        waiting += (html.unescape(link) for link in LINK.findall(pages[address]))
    return pages


class OneOfAKind:
    """Addresses that differ in whose page it is, or in the subject alone, are of one kind."""

    def __init__(self, pages: dict[str, str]) -> None:
        self.kinds = {self.kind(address) for address in pages}

    def kind(self, address: str) -> str:
        return OF_ONE.sub("x", address)

    def __call__(self, address: str) -> bool:
        kind = self.kind(address)
        if kind in self.kinds:
            return True
        self.kinds.add(kind)
        return False


def of_people(edition: Edition, language: str) -> dict[str, str]:
    """Pages of who answers, has answered, reads a shared brief, and makes a mistake."""
    begun = answered(ResponseFactory(edition=edition, secret=SECRET), TG2=2, PC1=1, HC1=3)
    sent = answered(ResponseFactory(edition=edition), TG2=2, PC1=1, HC1=0, BI1=1, VC1=3)
    submit_response(response=sent, now=NOW)
    sent.refresh_from_db()
    own, reader = (Client(headers={"accept-language": language}) for _ in range(2))
    granted(own, sent)
    own.get(reverse("return", args=[SECRET]))
    starts = [reverse("tasks", args=[begun.uuid]), reverse("confirmation", args=[sent.uuid])]
    more = ("link", "mail", "device", "check", "reopen", "share", "profile", "report_wait", "erase")
    starts += [reverse(name, args=[one.uuid]) for name in more for one in (begun, sent)]
    one_of_a_kind = partial(crawled, known=(lambda _address: False) if WHOLE else OneOfAKind({}))
    pages = one_of_a_kind(own, "/", "/return/", "/code/", *starts)
    secret = secret_of_shared(share_brief(response=sent, label="", key="k" * 32, now=NOW))
    pages |= one_of_a_kind(reader, reverse("shared", args=[secret]))
    pages |= after_mistakes(own, begun, sent)
    own.post(reverse("mail", args=[begun.uuid]), {"address": "rosa@example.org"})
    pages["mail"] = f">{mail.outbox[0].subject}<\n>{mail.outbox[0].body}<".replace("\n\n", "<\n>")
    pages["PDF"] = print_html(report_of_response(sent, language=language))
    return pages


def after_mistakes(own: Client, begun: Response, sent: Response) -> dict[str, str]:
    wrong = {
        "/begin/": {"P5": "many"},
        "/return/": {"link": "?"},
        "/code/": {"code": "x"},
        reverse("page", args=[begun.uuid, "hc"]): {"HC1": "9", "HC10": "many"},
        reverse("mail", args=[begun.uuid]): {"address": "?"},
        reverse("reopen", args=[sent.uuid]): {"reason": ""},
    }
    return {
        f"{address} (wrong)": own.post(address, form, follow=True).content.decode()
        for address, form in wrong.items()
    }


in_a_drawn_language = pytest.mark.parametrize("language", drawn(LANGUAGES, 1), indirect=True)
"""Every page has its words in the same way in each; that none lacks one, `check_messages` tells."""


@pytest.mark.no_cover
@in_a_drawn_language
def test_no_text_is_left_in_english(translated: Edition, language: str) -> None:
    english, pages = English(translated, language), of_people(translated, language)
    owner = Organisation.objects.create(name="Planning Unit", created_at=NOW)
    pages |= of_rounds(translated, owner, language, partial(crawled, known=OneOfAKind(pages)))
    found = {text: address for address, page in pages.items() for text in texts_in(page)}

    assert {text: at for text, at in found.items() if english.says(text)} == {}
    assert len(pages) > 120


@pytest.mark.no_cover
@in_a_drawn_language
def test_administration_says_nothing_of_its_own_in_english_and_labels_begin_large(
    translated: Edition, language: str
) -> None:
    english, pages = English(translated, language, bank=False), of_administration(language)
    found = {text: address for address, page in pages.items() for text in texts_in(page)}

    assert {text: at for text, at in found.items() if english.says(text)} == {}
    assert len(pages) > 60
    labels = {plain(one): at for at, page in pages.items() for one in LABEL.findall(page)}
    assert {one: at for one, at in labels.items() if one[:1].islower()} == {}


@pytest.mark.no_cover
def test_brief_of_a_round_keeps_its_two_pages(edition: Edition) -> None:
    """In each language both rounds of the example, the earlier with groups that are hidden."""
    for language in LANGUAGES:
        translated_into(language, edition)
    latest = load_demo_rounds(now=NOW).round

    def pages(one: Round | None, language: str) -> int:
        assert one is not None
        brief = report_pdf(report_of_round(one, language=language), layers=("brief",))
        return len(PdfDocument(brief))

    both = (latest.carried_from, latest)
    found = {language: [pages(one, language) for one in both] for language in LANGUAGES}
    assert found == {language: [2, 2] for language in LANGUAGES}


KNOWN: dict[str, dict[str, Any]] = {
    "3f2b6c1e-8d47-4a90-b5e6-0c9d71f2a834": {},
    "3f2b6c1e-8d47-4a90-b5e6-0c9d71f2a835": {"round__questionnaire": "short"},
}
"""Always the same, so that as many bytes are left once compressed."""
ADDED = 50
"""Bytes in the mean: so that nobody learns from its length what stands in a page, the server adds
up to 100 by chance."""


@pytest.mark.usefixtures("collected")
def test_pages_are_light(edition: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    """A whole dimension and a page of one question: each language beside that of the source."""
    monkeypatch.setattr(GZipMiddleware, "max_random_bytes", 0)
    whole, short = (
        answered(ResponseFactory(edition=edition, uuid=UUID(known), **way), PC1=2, TG1=1)
        for known, way in KNOWN.items()
    )

    def carried(language: str, response: Response, *asked: str) -> tuple[int, int, int]:
        phone = new_phone(response)
        phone.cookies["articula_language"] = language
        address = reverse(asked[0], args=[response.uuid, *asked[1:]])
        first = phone.get(address)
        assert f'<html lang="{language}"' in markup(first)
        files = files_of(phone, first).values()
        following = phone.get(address, HTTP_REFERER="http://testserver/")
        return 1 + len(files), on_the_line(first) + sum(files), on_the_line(following)

    core = [question.code for _, question in progress_of(short).core]
    asked = [(whole, "page", name) for name in SECTIONS]
    asked += [(short, "question", code) for code in core[::4]]
    found: dict[tuple[str, ...], tuple[int, int, int]] = {}
    for one in LANGUAGES:
        OfferedLanguage.objects.all().delete()
        translated_into(one, edition)
        found |= {(one, *page[1:]): carried(one, *page) for page in asked}
    assert {
        place: (requests, first, following)
        for place, (requests, first, following) in found.items()
        if requests > 4 or first > 15_000 - ADDED or following > 6_000 - ADDED
    } == {}
