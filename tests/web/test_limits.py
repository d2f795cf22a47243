from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.contrib.auth.models import User
from django.core import signing
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from assessment.models import Counter, Response
from assessment.web import cookies, profile_draft
from assessment.web.accounts.tries import SALT, know_browser
from assessment.web.limits import STARTS, source, time_in_words
from tests.factories import ResponseFactory
from tools.html_page import form_data

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

pytestmark = pytest.mark.django_db
WRONG, RIGHT = "w" * 32, "r" * 32
BAD_ACTOR, OFFICE = "192.0.2.66", "192.0.2.9"


@pytest.fixture
def ada(db: None) -> User:
    return User.objects.create_superuser("ada", password="right")


def sign_in(client: Client, password: str, address: str = OFFICE, name: str = "ada") -> Answer:
    form = {"login": name, "password": password}
    return client.post(reverse("account_login"), form, REMOTE_ADDR=address)


def guess(times: int, *, name: str = "ada", spread: bool = False) -> list[int]:
    """Wrong passwords from one address, or each from an address of its own."""
    addresses = [f"203.0.113.{n}" if spread else OFFICE for n in range(times)]
    return [sign_in(Client(), "wrong", a, name).status_code for a in addresses]


def test_source_is_an_address_or_a_network() -> None:
    table: list[tuple[str, str]] = [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("not an address", "unknown"),
    ]

    assert [
        (address, source(RequestFactory().get("/", REMOTE_ADDR=address))) for address, _ in table
    ] == table


def test_wrong_links_are_limited_per_source_and_the_right_one_opens(client: Client) -> None:
    """Opened and pasted ones are counted together, and what was typed beside one stays."""
    ResponseFactory(secret=RIGHT)
    form = {"link": WRONG, "sent": "TG2-note=The+list+of+2024", "next": "/"}

    wrong = [client.get(reverse("return", args=[WRONG])) for _ in range(11)]
    pasted = client.post(reverse("return_form"), form)
    elsewhere = client.get(reverse("return", args=[WRONG]), REMOTE_ADDR=OFFICE)
    right = client.get(reverse("return", args=[RIGHT]))
    Counter.objects.update(ends_at=timezone.now())
    later = client.get(reverse("return", args=[WRONG]))

    assert [answer.status_code for answer in wrong] == [404] * 10 + [429]
    assert f"try again in {wrong[-1]['Retry-After']} seconds" in wrong[-1].content.decode()
    assert (pasted.status_code, form_data(pasted) | form) == (429, form_data(pasted))
    assert "The list of 2024" in pasted.content.decode()
    assert [answer.status_code for answer in (elsewhere, right, later)] == [404, 302, 404]


def test_wrong_passwords_are_limited_per_source_and_the_name_stays(ada: User) -> None:
    """Right ones are not counted, and a form without one is no try."""
    uncounted = [[sign_in(Client(), one).status_code for _ in range(12)] for one in ("right", "")]

    statuses = guess(11, name="nobody")
    refused = sign_in(Client(), "right")
    elsewhere = sign_in(Client(), "right", BAD_ACTOR)

    assert (uncounted, statuses) == ([[302] * 12, [200] * 12], [200] * 10 + [429])
    assert (refused.status_code, form_data(refused)["login"]) == (429, "ada")
    assert f"try again in {refused['Retry-After']} seconds" in refused.content.decode()
    assert elsewhere.status_code == 302


def test_many_sources_with_one_wrong_password_each_are_stopped(ada: User) -> None:
    """At an account that there is, and alike where there is none."""
    statuses = {name: guess(12, name=name, spread=True) for name in ("ada", "nobody")}

    assert statuses == dict.fromkeys(("ada", "nobody"), [200] * 10 + [429] * 2)


def test_known_browser_is_counted_for_itself_and_for_its_account_only(ada: User) -> None:
    known = Client()
    sign_in(known, "right")
    known.post(reverse("account_logout"))

    own = [sign_in(known, "wrong").status_code for _ in range(11)]
    other = [sign_in(known, "wrong", name="bob").status_code for _ in range(11)]

    assert own == other == [200] * 10 + [429]
    assert sign_in(Client(), "right", BAD_ACTOR).status_code == 302


def known_since(days: int) -> str:
    """The cookie of a browser that signed in so many days ago."""
    at, answer = timezone.now() - timedelta(days=days), HttpResponse()
    know_browser(RequestFactory().get("/"), answer, "ada", now=at)
    return answer.cookies[cookies.KNOWN_BROWSER].value


def browser_with(cookie: str) -> Client:
    browser = Client()
    browser.cookies[cookies.KNOWN_BROWSER] = cookie
    return browser


def test_browser_that_signed_in_before_is_let_in_whatever_others_do(ada: User) -> None:
    """By a cookie that is signed for this alone, and ends."""
    known, fresh = Client(), known_since(89)
    sign_in(known, "right")
    known.post(reverse("account_logout"))
    guess(11)
    guess(11, spread=True)
    of_another_purpose = signing.dumps(signing.loads(fresh, salt=SALT), salt=profile_draft.SALT)
    browsers = {
        "new": Client(),
        "known": known,
        "known for 89 days": browser_with(fresh),
        "known for 91 days": browser_with(known_since(91)),
        "forged": browser_with(fresh.replace(fresh[-8:], "AAAAAAAA")),
        "of another purpose": browser_with(of_another_purpose),
        "nonsense": browser_with("nonsense"),
    }

    statuses = {name: sign_in(browser, "right").status_code for name, browser in browsers.items()}

    let_in = {"known", "known for 89 days"}
    assert statuses == {name: 302 if name in let_in else 429 for name in browsers}


def test_old_password_is_not_guessed_on_a_device_that_is_signed_in(ada: User) -> None:
    client = Client()
    client.force_login(ada)
    form = {"oldpassword": "right", "password1": "short", "password2": "short"}
    address = reverse("account_change_password")

    weak = [client.post(address, form) for _ in range(11)]
    wrong = [client.post(address, form | {"oldpassword": "wrong"}) for _ in range(11)]

    assert {answer.status_code for answer in weak} == {200}
    assert [answer.status_code for answer in wrong] == [200] * 10 + [429]
    assert f"try again in {wrong[-1]['Retry-After']} seconds" in wrong[-1].content.decode()


def test_counters_tell_nobody_and_go_when_their_time_is_over() -> None:
    """A name with other letters than a to f: a hash holds those by chance."""
    guess(3, name="rosa", spread=True)
    stored = str(list(Counter.objects.values()))
    Counter.objects.update(ends_at=timezone.now())

    guess(1, name="bob")

    assert [text for text in ("203.0.113", "rosa") if text in stored] == []
    assert sorted(Counter.objects.values_list("number", flat=True)) == [1, 1]


def test_sign_ins_are_logged_without_names(ada: User, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", "assessment.web.accounts")
    for password in ("wrong", "right"):
        sign_in(Client(), password)

    told = [record.getMessage() for record in caplog.records if "accounts" in record.name]
    assert told == ["a sign-in was refused", f"account {ada.pk} signed in"]


def test_starts_are_limited_per_source_and_nothing_typed_is_lost(
    client: Client, edition: object
) -> None:
    for _ in range(STARTS.most):
        STARTS.seconds_to_wait("127.0.0.1")
    form = form_data(client.get(reverse("begin"))) | {"name": "Hills scheme"}

    answer = client.post(reverse("begin"), form)

    assert (answer.status_code, Response.objects.count()) == (429, 0)
    assert f"send it again in {answer['Retry-After']} seconds" in answer.content.decode()
    assert "Hills scheme" in answer.content.decode()


def test_time_is_said_in_words_and_rounded_up() -> None:
    words = {1: "1 second", 119: "119 seconds", 121: "3 minutes", 7200: "2 hours"}

    assert {seconds: time_in_words(seconds) for seconds in words} == words
