"""The pages of a report as they are served, and what is kept of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assessment.actions.editions.correct_text import correct_text
from assessment.actions.editions.load_seeds import load_seeds
from assessment.actions.editions.publish import publish
from assessment.actions.editions.withdraw import withdraw
from assessment.actions.responses.reopen import reopen_response
from assessment.actions.responses.submit import submit_response
from assessment.instrument.texts import TextKey, hash_of_text, texts_of
from assessment.models import Edition, Response, Round, Scheme
from assessment.models.process_cache import RESULT_PAGES
from tests.factories import NOW, ResponseFactory, answered
from tests.seeds_once import seeds
from tests.web.conftest import granted
from tests.web.test_queries import Counted
from tools.html_page import page_of

pytestmark = pytest.mark.django_db
PAGES = ("brief", "actions", "report", "rights", "meeting", "annexes")


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    RESULT_PAGES.clear()
    yield
    RESULT_PAGES.clear()


@pytest.fixture
def owner(client: Client, submitted: Response) -> Client:
    return granted(client, submitted)


def address(response: Response, name: str = "subject", part: str = "tg") -> str:
    parts = [part] if name in {"subject", "annex"} else []
    return reverse(name, args=[response.uuid, *parts])


def html_of(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def without_tokens(html: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", html)


def test_pages_follow_each_other_and_no_others_are_there(
    owner: Client, submitted: Response
) -> None:
    others = [("subject", "zz"), ("annex", "zz"), ("annex", "more-recommendations")]
    assert {owner.get(address(submitted, *one)).status_code for one in others} == {404}
    assert RESULT_PAGES.values == {}

    seen, path = [], address(submitted, "brief")
    while path:
        seen.append(path)
        page = page_of(owner.get(path))
        path = next((a["href"] for _, _, a in page.find("a") if a.get("rel") == "next"), "")

    subjects = [address(submitted, part=d.code.lower()) for d in dimensions(submitted)]
    first = [address(submitted, name) for name in ("brief", "actions", "report")]
    assert seen == [
        *first,
        *subjects,
        *(address(submitted, n) for n in ("rights", "meeting", "annexes")),
    ]


def dimensions(response: Response) -> Any:
    return response.edition.instrument().dimensions


def test_kept_page_is_the_same_asks_little_and_is_for_nobody_else(
    owner: Client, submitted: Response
) -> None:
    """And nothing of a session is kept in it."""
    paths = {name: address(submitted, name) for name in (*PAGES, "subject")}
    paths["annex"] = address(submitted, "annex", "sources")
    others = (Client(), granted(Client(), ResponseFactory()))

    def outcome(path: str) -> tuple[bool, bool, set[int]]:
        drawn = html_of(owner, path)
        with Counted() as counted:
            again = html_of(owner, path)
        same = without_tokens(again) == without_tokens(drawn)
        return same, len(counted.statements) <= 6, {one.get(path).status_code for one in others}

    assert {name: outcome(path) for name, path in paths.items()} == dict.fromkeys(
        paths, (True, True, {404})
    )
    kept = [RESULT_PAGES.find(key) or "" for key in list(RESULT_PAGES.values)]
    assert len(kept) == len(paths)
    without_forms = kept[: len(PAGES)]
    assert [text for text in without_forms if "csrf" in text or "session" in text] == []


def test_filter_stands_in_the_address(client: Client, response: Response) -> None:
    low = dict.fromkeys(("PC1", "DS2", "TG2", "BI1", "HC1", "HC4", "VC1", "LC1"), 0)
    submit_response(response=answered(response, **low), now=NOW)
    actions = address(response, "actions")
    owner = granted(client, response)
    plain = html_of(owner, actions)
    name, value = re.findall(
        r'name="(\w+)">\s*<option value="">.*?<option value="([\w:]+)"', plain, re.DOTALL
    )[0]
    chosen = html_of(owner, f"{actions}?{name}={value}")

    assert " selected>" not in plain
    assert f'<option value="{value}" selected>' in chosen
    assert html_of(owner, f"{actions}?{name}=nothing") != chosen


def test_note_erased_name_changed_and_newer_revision_show_at_once(
    owner: Client, submitted: Response
) -> None:
    submitted.answers.update(note="Zinnia <words>")
    texts = ("Zinnia &lt;words&gt;", "Begonia", "Dahlia", "a newer revision takes their place")
    to_plan = reverse("plan", args=[submitted.uuid])

    def shown() -> list[bool]:
        page = html_of(owner, address(submitted))
        advice = html_of(owner, address(submitted, "actions"))
        return [*(text in page for text in texts), to_plan in advice]

    seen = [shown()]
    submitted.answers.update(note="")
    seen.append(shown())
    Round.objects.filter(pk=submitted.round_id).update(scheme_name="Begonia")
    seen.append(shown())
    reopen_response(response=submitted, reason="An error", now=NOW)
    seen.append(shown())
    Scheme.objects.update(name="Dahlia")
    seen.append(shown())

    assert seen == [
        [True, False, False, False, True],
        [False, False, False, False, True],
        [False, True, False, False, True],
        [False, False, False, True, False],  # opened again, it has the name of its scheme
        [False, False, True, True, False],
    ]


def test_correction_and_withdrawal_make_another_page(client: Client) -> None:
    first, *others = seeds().dimensions
    bank = replace(seeds(), dimensions=(replace(first, name="Backing"), *others))
    edition = publish(edition=load_seeds(instrument=bank, now=NOW).edition, now=NOW)
    response = ResponseFactory(edition=edition)
    submit_response(response=answered(response, TG2=2), now=NOW)
    owner = granted(client, response)

    def kept() -> int:
        html_of(owner, address(response))
        return len(RESULT_PAGES.values)

    counts = [kept(), kept()]
    correct(edition)
    counts.append(kept())
    withdraw(edition=edition, reason="A mistake", now=NOW)
    counts.append(kept())

    assert counts == [1, 1, 2, 3]


def correct(edition: Edition) -> None:
    place = TextKey("dimensions", "TG", "name")
    old = texts_of(edition.instrument())[place]
    reason = {"reason": "A letter", "user": "maria", "seen": hash_of_text(old)}
    correct_text(edition=edition, place=place, text=f"{old}s", now=NOW, **reason)
