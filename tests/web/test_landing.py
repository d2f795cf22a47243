"""The first page and the sample result: what a newcomer sees before anything is begun."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Permission, User
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import reverse

from assessment.models import Logo, Response, Result, Round, Scheme, Site
from assessment.models.process_cache import SAMPLE_HTML
from assessment.reports import sample
from assessment.web import sample as web_sample
from assessment.web.limits import Limit
from assessment.web.questionnaire.ways import Way, Ways
from tools.html_page import page_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition")]
SAMPLE = ("brief/", "actions/", "", "subject/tg/", "annexes/answers/")
TOLD = {"organisation": "Institute of Rural Development", "contact": "ana@example.org"}


def body(client: Client, name: str = "sample", place: str = "") -> str:
    return " ".join(client.get(reverse(name) + place).content.decode().split())


def test_sample_opens_without_starting_and_is_marked_on_every_page(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is drawn once for everybody."""
    pages = {place: body(client, place=place) for place in SAMPLE}
    unknown = client.get(f"{reverse('sample')}subject/zz/")
    monkeypatch.setattr(sample, "example", dict)
    again = {place: body(Client(), place=place) for place in SAMPLE}

    assert {place: page.count("<b>Invented example</b>") for place, page in pages.items()} == (
        dict.fromkeys(SAMPLE, 1)
    )
    assert "Green Valley" in pages["brief/"]
    assert f'{reverse("sample")}subject/tg/"' in pages["brief/"]
    assert (unknown.status_code, again) == (404, pages)
    assert {table.objects.count() for table in (Scheme, Round, Response, Result)} == {0}


def test_filter_of_the_sample_shows_fewer_actions_and_waits_once_it_was_used_very_often(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"{reverse('sample')}actions/"
    whole, chosen = (client.get(address, {"when": when}) for when in ("", "now"))
    monkeypatch.setattr(web_sample, "FILTERED", Limit("sample filter", 0))

    refused = client.get(address, {"when": "now"})

    shown = [page.content.decode().count('class="action"') for page in (chosen, whole)]
    assert 0 < shown[0] < shown[1]
    assert (refused.status_code, refused["Retry-After"]) == (429, "60")
    assert "All of them are shown without a filter" in refused.content.decode()
    assert client.get(address, {"when": ""}).status_code == 200


def test_site_whose_bank_the_example_does_not_fit_has_no_sample(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    met = []
    for answers in ({"TG2": "asleep"}, {"ZZ1": 1}):
        SAMPLE_HTML.values.clear()
        written = sample.example() | {"answers": answers}
        with monkeypatch.context() as patched:
            patched.setattr(sample, "example", lambda written=written: written)
            status = client.get(reverse("sample")).status_code
            met.append((answers, status, reverse("sample") in body(client, "start")))
    SAMPLE_HTML.values.clear()

    assert met == [({"TG2": "asleep"}, 404, False), ({"ZZ1": 1}, 404, False)]


def test_first_page_shows_sample_and_logos_and_its_preview_names_this_host_only(
    client: Client,
) -> None:
    logo = reverse("logo", args=["a" * 64])
    Logo.objects.create(
        position=1, alternative="Ministry", content=b"png", digest="a" * 64, width=9, height=3
    )

    page, picture = page_of(client.get("/")), client.get(logo)

    links = [attrs["href"] for _tag, attrs, _parents in page.elements if "href" in attrs]
    told = {a["property"]: a["content"] for _at, _tag, a in page.find("meta") if "property" in a}
    images = [(attrs["src"], attrs["alt"]) for _at, _tag, attrs in page.find("img")]
    assert reverse("sample_page", args=["brief/"]) in links
    assert sum(tag == "svg" for tag, _attrs, _parents in page.elements) == 32
    assert told["og:url"] == "http://testserver/"
    assert told["og:image"].startswith("http://testserver/static/img/preview")
    assert (logo, "Ministry") in images
    assert (picture.content, picture["Content-Type"]) == (b"png", "image/png")
    assert "immutable" in picture["Cache-Control"]


def test_first_page_says_who_runs_the_site_or_who_may_say_it_that_nobody_did(
    client: Client,
) -> None:
    """Help and privacy say it too."""
    ada = User.objects.create(username="ada", is_staff=True)
    site = ContentType.objects.get_for_model(Site)
    ada.user_permissions.add(Permission.objects.get(content_type=site, codename="change_site"))
    staff, missing = Client(), "Only you see this"
    staff.force_login(ada)

    before = [missing in body(one, "start") for one in (client, staff)]
    Site.objects.create(pk=1, **TOLD)
    pages = [body(client, name) for name in ("start", "help", "privacy")]

    assert (before, missing in body(staff, "start")) == ([False, True], False)
    assert [[told in page for told in TOLD.values()] for page in pages] == [[True] * 2] * 3


def test_bank_without_a_short_way_offers_the_whole_alone(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    only = Ways(None, Way(40, 35))
    monkeypatch.setattr("assessment.web.pages.ways_of", lambda _instrument: only)

    page = body(client, "before")

    assert "It takes about 35 minutes." in page
    assert "short way" not in page
