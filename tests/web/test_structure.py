from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from assessment.models import Response
from tests.factories import answered
from tests.web.conftest import granted
from tools.html_page import HtmlPage, form_data, page_of

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


def test_page_of_an_open_response_is_sound(holder: Client, response: Response) -> None:
    answered(response, TG2=2, TG3="dont_know")

    for name in OPEN:
        answer = holder.get(reverse(name, args=[response.uuid]))

        assert (faults(page_of(answer)), leaves(answer)) == ([], True), name


def test_section_is_sound(holder: Client, response: Response) -> None:
    for name in SECTIONS:
        answer = holder.get(reverse("page", args=[response.uuid, name]))

        assert (faults(page_of(answer)), leaves(answer)) == ([], True), name


def test_page_of_a_submitted_response_is_sound(client: Client, submitted: Response) -> None:
    holder = granted(client, submitted)

    for page in CLOSED:
        name, *parts = (page,) if isinstance(page, str) else page
        answer = holder.get(reverse(name, args=[submitted.uuid, *parts]))

        assert (faults(page_of(answer)), leaves(answer)) == ([], True), page


def test_page_with_errors_is_sound(holder: Client, response: Response) -> None:
    address = reverse("page", args=[response.uuid, "tg"])

    for wrong in ({"TG2": "9", "TG5": "x"}, {"TG2-note": "x" * 6000}):
        answer = holder.post(address, form_data(holder.get(address)) | wrong)

        assert (answer.status_code, faults(page_of(answer))) == (422, [])


def test_page_with_a_conflict_is_sound(holder: Client, response: Response) -> None:
    answered(response, TG2=2)

    answer = holder.post(
        reverse("page", args=[response.uuid, "tg"]), {"TG2": "1", "TG2-revision": "7"}
    )

    assert answer.status_code == 409
    assert faults(page_of(answer)) == []


def test_profile_with_errors_is_sound(client: Client, edition: object) -> None:
    form = form_data(client.get(reverse("begin")))
    wrong = {"P5": "99", "region": "sea", "programme-1-sector": "sea", "name": "x" * 300}

    answer = client.post(reverse("begin"), form | wrong)

    assert answer.status_code == 422
    assert faults(page_of(answer)) == []


def test_refusals_are_sound(client: Client, response: Response, submitted: Response) -> None:
    pages = [
        client.get("/nothing/"),
        client.post(reverse("return_form"), {"link": "x"}),
        client.post(reverse("page", args=[response.uuid, "tg"]), {"TG2-note": "Kept"}),
    ]
    holder = granted(client, submitted)
    pages.append(holder.post(reverse("page", args=[submitted.uuid, "tg"]), {"TG2": "1"}))
    holder.post(reverse("reopen", args=[submitted.uuid]), {"reason": "Once"})
    pages.append(holder.post(reverse("reopen", args=[submitted.uuid]), {"reason": "Twice"}))

    assert [faults(page_of(page)) for page in pages] == [[]] * len(pages)
