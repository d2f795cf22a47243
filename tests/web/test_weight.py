"""What a weak connection has to carry: bytes on the line with their headers, requests, nodes."""

from __future__ import annotations

import gzip
import re
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

import pytest
from django.http import StreamingHttpResponse
from django.test import Client
from django.urls import reverse

from assessment.models import Edition, Response, Round
from assessment.web.questionnaire.progress import progress_of
from tests.factories import ResponseFactory, answered
from tests.web.conftest import granted
from tools.html_page import page_of

pytestmark = [pytest.mark.django_db, pytest.mark.no_cover]
SECTIONS = ("pc", "ds", "tg", "bi", "hc", "vc", "lc", "sc", "rp", "closing")
FILES = re.compile(r'(?:href|src)="(/static/[^"]+)"')
STATUS_LINE, DATE, END = 17, 37, 2


@pytest.fixture(autouse=True)
def same_signs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Random signs take some bytes more or less once compressed: here they are always the same."""
    monkeypatch.setattr("secrets.choice", Random(7).choice)


@pytest.fixture
def response(edition: Edition) -> Response:
    return ResponseFactory(uuid=UUID("3f2b6c1e-8d47-4a90-b5e6-0c9d71f2a834"))


@pytest.fixture
def phone(collected: Path, response: Response) -> Client:
    """A browser that takes gzip and holds the grant of a half answered response."""
    answered(response, **dict.fromkeys(("PC1", "DS2", "TG2", "BI1", "HC1", "HC4", "VC1", "LC1"), 2))
    answered(response, **dict.fromkeys(("SC1", "RP1", "TG4", "DS3", "BI3", "HC5", "LC3"), 1))
    return new_phone(response)


def new_phone(response: Response) -> Client:
    return granted(Client(headers={"accept-encoding": "gzip"}), response)


def body_of(answer: Any) -> bytes:
    return b"".join(answer) if isinstance(answer, StreamingHttpResponse) else answer.content


def on_the_line(answer: Any) -> int:
    """Bytes of status, headers, cookies and body, as a server sends them."""
    headers = sum(len(f"{name}: {value}\r\n") for name, value in answer.headers.items())
    cookies = sum(len(f"{cookie.OutputString()}\r\n") + 12 for cookie in answer.cookies.values())
    return STATUS_LINE + DATE + END + headers + cookies + len(body_of(answer))


def markup(answer: Any) -> str:
    return gzip.decompress(answer.content).decode()


def section(phone: Client, response: Response, name: str, **headers: Any) -> Any:
    return phone.get(reverse("page", args=[response.uuid, name]), **headers)


def files_of(phone: Client, answer: Any) -> dict[str, int]:
    return {name: on_the_line(phone.get(name)) for name in FILES.findall(markup(answer))}


def test_first_visit_fits_one_window_and_the_following_page_is_light(
    phone: Client, response: Response
) -> None:
    """And has few nodes."""
    section(phone, response, "pc")

    def carried(name: str) -> tuple[int, int, int, int]:
        new = new_phone(response)
        first = section(new, response, name)
        files = files_of(new, first).values()
        following = section(phone, response, name, HTTP_REFERER="http://testserver/")
        nodes = len(page_of(section(phone, response, name, HTTP_ACCEPT_ENCODING="")).elements)
        return 1 + len(files), on_the_line(first) + sum(files), on_the_line(following), nodes

    bound = (3, 15_000, 6_000, 400)
    found = {name: carried(name) for name in SECTIONS}
    assert {
        name: sizes
        for name, sizes in found.items()
        if any(size > most for size, most in zip(sizes, bound, strict=True))
    } == {}


def test_page_of_one_question_is_lighter(phone: Client, response: Response) -> None:
    Round.objects.filter(pk=response.round_id).update(questionnaire="short")
    codes = [question.code for _, question in progress_of(response).core]

    def page(device: Client, code: str, **headers: Any) -> Any:
        return device.get(reverse("question", args=[response.uuid, code]), **headers)

    first = page(new_phone(response), codes[0])
    arrives = on_the_line(first) + sum(files_of(phone, first).values())
    within = {"HTTP_REFERER": "http://testserver/"}
    sizes = {code: on_the_line(page(phone, code, **within)) for code in codes}

    assert arrives <= 15_000
    assert {code: size for code, size in sizes.items() if size > 4_000} == {}


def test_styles_and_scripts_are_small_and_what_comes_after_the_first_paint(
    phone: Client, response: Response
) -> None:
    page = section(phone, response, "hc")
    later = re.findall(r'data-later="(/static/[^"]+)"', markup(page))

    assert sum(files_of(phone, page).values()) < 15_000
    assert sum(on_the_line(phone.get(name)) for name in later) <= 2_900
    assert len(later) == 1


def test_autosave_is_light_both_ways(phone: Client, response: Response) -> None:
    page = phone.get(reverse("page", args=[response.uuid, "hc"]), HTTP_ACCEPT_ENCODING="")
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.content.decode())
    sent = f"csrfmiddlewaretoken={token and token[1]}&HC2=3&HC2-note=&HC2-revision=0.01ba4719"
    address = reverse("answer", args=[response.uuid, "HC2"])

    answer = phone.post(address, sent, content_type="application/x-www-form-urlencoded")

    assert answer.status_code == 200
    assert (len(sent) <= 1_000, len(answer.content) <= 1_000) == (True, True)
