from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from assessment.models import Response
from tests.factories import answered
from tests.web.conftest import granted
from tools.html_page import HtmlPage, form_data, page_of

if TYPE_CHECKING:
    from collections.abc import Iterable

pytestmark = pytest.mark.django_db
PUBLIC = ("start", "begin", "method", "privacy", "help", "glossary", "paper", "return_form")
OPEN = ("tasks", "link", "profile", "check", "own_paper")
CLOSED = (
    *("confirmation", "reopen", "brief", "actions", "report", "rights", "meeting", "annexes"),
    *(("subject", code) for code in ("pc", "tg")),
    *(("annex", name) for name in ("answers", "profile", "method", "sources", "glossary")),
)
SECTIONS = ("pc", "ds", "tg", "bi", "hc", "vc", "lc", "sc", "rp", "closing")


def faults(page: HtmlPage) -> list[str]:
    return [*identity_faults(page), *reference_faults(page), *form_faults(page), *inline(page)]


def identity_faults(page: HtmlPage) -> list[str]:
    seen = Counter(attrs["id"] for _, _, attrs in page.find() if "id" in attrs)
    headings = len(list(page.find("h1")))
    twice = [f"id {name} twice" for name, times in seen.items() if times > 1]
    return twice + ([] if headings == 1 else [f"{headings} h1"])


def reference_faults(page: HtmlPage) -> list[str]:
    ids = {attrs["id"] for _, _, attrs in page.find() if "id" in attrs}
    named = [
        target
        for _, _, attrs in page.find()
        for name in ("aria-describedby", "aria-labelledby", "aria-controls", "for")
        for target in attrs.get(name, "").split()
    ]
    named += [a["href"][1:] for _, _, a in page.find("a") if a.get("href", "").startswith("#")]
    return [f"nothing has the id {target}" for target in named if target not in ids]


def form_faults(page: HtmlPage) -> list[str]:
    found = []
    for place, _, attrs in page.find("fieldset"):
        if not page.inside(place, "legend"):
            found.append(f"no legend in {attrs}")
    for place, tag, attrs in page.find("input", "select", "textarea"):
        if attrs.get("type") != "hidden" and not labelled(page, place, attrs):
            found.append(f"no label for {tag} {attrs.get('name')}")
        if "required" in attrs:
            found.append(f"required on {attrs.get('name')}")
    return found


def labelled(page: HtmlPage, place: int, attrs: dict[str, str]) -> bool:
    around = {page.elements[parent][0] for parent in page.elements[place][2]}
    fors = {label["for"] for _, _, label in page.find("label") if "for" in label}
    return "label" in around or "aria-label" in attrs or attrs.get("id") in fors


def inline(page: HtmlPage) -> list[str]:
    found = [f"style on {tag}" for _, tag, attrs in page.find() if "style" in attrs]
    found += ["a style element" for _ in page.find("style")]
    found += ["an inline script" for _, _, a in page.find("script") if "src" not in a]
    handlers = [name for _, _, attrs in page.find() for name in attrs if name.startswith("on")]
    addresses = [
        attrs[name]
        for _, _, attrs in page.find("script", "link", "img")
        for name in ("src", "href")
        if attrs.get(name, "").startswith(("http", "//"))
    ]
    return found + handlers + addresses


def leaves(answer: Any) -> bool:
    """Whether the page has the button that ends the grant on this device."""
    return f'action="{reverse("leave")}"' in answer.content.decode()


def test_public_page_is_sound(client: Client, edition: object) -> None:
    assert {name: faults(page_of(client.get(reverse(name)))) for name in PUBLIC} == {
        name: [] for name in PUBLIC
    }
    assert settings.SESSION_COOKIE_NAME not in client.cookies


def sound(client: Client, addresses: Iterable[str]) -> dict[str, tuple[list[str], bool]]:
    """By address what is wrong with the page, and whether it has the button to leave."""
    answers = {address: client.get(address) for address in addresses}
    return {address: (faults(page_of(one)), leaves(one)) for address, one in answers.items()}


def test_page_of_an_open_response_is_sound(holder: Client, response: Response) -> None:
    answered(response, TG2=2, TG3="dont_know")
    pages = [reverse(name, args=[response.uuid]) for name in OPEN]
    pages += [reverse("page", args=[response.uuid, name]) for name in SECTIONS]

    assert sound(holder, pages) == dict.fromkeys(pages, ([], True))


def test_page_of_a_submitted_response_is_sound(client: Client, submitted: Response) -> None:
    names = [(page,) if isinstance(page, str) else page for page in CLOSED]
    pages = [reverse(name, args=[submitted.uuid, *parts]) for name, *parts in names]

    found = sound(granted(client, submitted), pages)

    assert found == dict.fromkeys(pages, ([], True))


def test_page_with_errors_or_a_conflict_is_sound(holder: Client, response: Response) -> None:
    answered(response, TG2=2)
    address = reverse("page", args=[response.uuid, "tg"])
    profile = {"P5": "99", "region": "sea", "programme-1-sector": "sea", "name": "x" * 300}
    given: list[tuple[str, dict[str, str], int]] = [
        (address, {"TG2": "9", "TG5": "x"}, 422),
        (address, {"TG2-note": "x" * 6000}, 422),
        (address, {"TG2": "1", "TG2-revision": "7"}, 409),
        (reverse("begin"), profile, 422),
    ]

    def outcome(where: str, wrong: dict[str, str]) -> tuple[int, list[str]]:
        answer = holder.post(where, form_data(holder.get(where)) | wrong)
        return answer.status_code, faults(page_of(answer))

    assert [(row, outcome(*row[:2])) for row in given] == [(row, (row[2], [])) for row in given]


def test_refusals_are_sound(client: Client, response: Response, submitted: Response) -> None:
    page = reverse("page", args=[response.uuid, "tg"])
    reopen = reverse("reopen", args=[submitted.uuid])
    refused = {"nothing there": client.get("/nothing/")}
    refused["no link"] = client.post(reverse("return_form"), {"link": "x"})
    refused["no grant"] = client.post(page, {"TG2-note": "Kept"})
    holder = granted(client, submitted)
    refused["closed"] = holder.post(page, {"TG2": "1"})
    holder.post(reopen, {"reason": "Once"})
    refused["twice"] = holder.post(reopen, {"reason": "Twice"})

    found = {name: faults(page_of(answer)) for name, answer in refused.items()}
    assert found == {name: [] for name in refused}
