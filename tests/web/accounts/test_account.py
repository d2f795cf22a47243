"""Signing in by password or code, passwords set anew, the address, sessions, signing out."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.core.context import request_context
from django.contrib.auth.models import AnonymousUser, User
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import Client, RequestFactory
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from assessment.models import AccountSession, Response
from assessment.web.accounts.adapter import AccountAdapter
from assessment.web.accounts.browser_words import browser_words
from assessment.web.accounts.signed_in import account_of
from assessment.web.sessions import SessionStore
from tests.factories import NOW
from tests.web.accounts.steps import PASSWORD, deliver_mails, newest_mail, sign_in
from tests.web.conftest import granted

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
NEW_LINKS = ["account_reset_password"] * 5
NEW = {"password1": "another invented phrase", "password2": "another invented phrase"}


def is_in(client: Client) -> bool:
    return client.get(reverse("account")).status_code == 200


def link_in_mail() -> str:
    text = newest_mail()
    found = re.search(r"http://testserver(\S+)", text)
    assert found, text
    return found[1]


def test_name_and_address_both_sign_in_and_lead_where_the_person_can_work(ada: User) -> None:
    """And the tries of both are one account's."""
    User.objects.create_user("bob", password=PASSWORD)
    table = dict.fromkeys(("ada", "ADA", " ada", "Ada@example.org"), reverse("admin:index"))
    table |= {"bob": reverse("account"), "nobody": ""}

    def leads_to(name: str) -> str:
        return sign_in(Client(), name=name).headers.get("Location", "")

    def guess(number: int, name: str) -> int:
        return sign_in(Client(REMOTE_ADDR=f"203.0.113.{number}"), "wrong", name).status_code

    assert {name: leads_to(name) for name in table} == table
    names = ["ada", "Ada", "ada@example.org", "ADA@EXAMPLE.ORG"] * 3
    assert [guess(n, name) for n, name in enumerate(names)] == [200] * 10 + [429] * 2


def test_what_comes_by_mail_is_there_where_there_is_mail(
    ada: User, settings: pytest.FixtureRequest
) -> None:
    """Asked for by the page of signing in and by the one of the account."""
    client = Client()
    sign_in(client)
    names = ("account_request_login_code", "account_reset_password", "account_email")

    def offered() -> list[tuple[bool, int]]:
        pages = Client().get(reverse("account_login")), client.get(reverse("account"))
        html = "".join(page.content.decode() for page in pages)
        found = {name: Client() if name != "account_email" else client for name in names}
        return [
            (f'href="{reverse(name)}"' in html, asks.get(reverse(name)).status_code)
            for name, asks in found.items()
        ]

    without = offered()
    settings.EMAIL_HOST = "mail.example.org"  # type: ignore[attr-defined]

    assert (without, offered()) == ([(False, 404)] * 3, [(True, 200)] * 3)
    assert mail.outbox == []


@pytest.mark.usefixtures("mail")
def test_code_by_mail_signs_in_and_the_message_holds_nothing_else(ada: User) -> None:
    """It goes before the messages of a round."""
    client = Client()
    client.post(reverse("account_request_login_code"), {"email": "ada@example.org"})
    priorities = [task.priority for task in DBTaskResult.objects.all()]
    code = newest_mail().splitlines()[2]

    wrong = client.post(reverse("account_confirm_login_code"), {"code": "000000"})
    right = client.post(reverse("account_confirm_login_code"), {"code": code})

    assert (wrong.status_code, right.status_code, is_in(client)) == (200, 302, True)
    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == (["ada@example.org"], "Your code to sign in")
    assert priorities == [50]


@pytest.mark.usefixtures("mail")
def test_messages_to_an_address_are_limited_and_an_unknown_one_is_answered_alike(
    ada: User,
) -> None:
    """A code, then links; to an address that is no account's nothing is written."""

    def answers(address: str) -> list[tuple[int, str]]:
        asked = []
        for number, name in enumerate(["account_request_login_code", *NEW_LINKS]):
            client = Client(REMOTE_ADDR=f"203.0.{len(address)}.{number}")
            asked.append(client.post(reverse(name), {"email": address}))
        return [(answer.status_code, answer.headers.get("Location", "")) for answer in asked]

    known, unknown = answers("ada@example.org"), answers("nobody@example.org")
    deliver_mails()

    assert known == unknown
    assert [status for status, _ in known] == [302] * 5 + [429]
    assert [message.to for message in mail.outbox] == [["ada@example.org"]] * 5


@pytest.mark.usefixtures("mail")
def test_password_is_set_anew_whatever_others_try_meanwhile(ada: User) -> None:
    elsewhere, client = Client(), Client()
    sign_in(elsewhere)
    client.post(reverse("account_reset_password"), {"email": "ada@example.org"})
    link = link_in_mail()
    for n in range(12):
        sign_in(Client(REMOTE_ADDR=f"203.0.113.{n}"), "wrong")

    form = client.get(link)["Location"]
    shown = client.get(form)
    client.post(form, NEW)

    assert link not in shown.content.decode()
    assert sign_in(client, NEW["password1"]).status_code == 302
    assert not is_in(elsewhere)
    assert Client().get(link).status_code == 200  # and says that it is used up
    assert "set anew by a link" in newest_mail()


@pytest.mark.usefixtures("mail")
def test_address_is_changed_once_its_message_is_answered(ada: User) -> None:
    client = Client()
    sign_in(client)
    address = reverse("account_email")
    client.post(address, {"email": "new@example.org", "action_add": "1"})
    link = link_in_mail()
    waiting = client.get(address).content.decode()

    asked = client.get(link)
    client.post(link)

    ada.refresh_from_db()
    assert ("new@example.org</strong>. Open" in waiting, asked.status_code) == (True, 200)
    assert ada.email == EmailAddress.objects.get(user=ada).email == "new@example.org"
    assert "new@example.org" in client.get(reverse("account")).content.decode()


def test_changed_password_leaves_one_session_in_the_list(ada: User, response: Response) -> None:
    """Whose key is another one since a link was opened in it."""
    here, elsewhere = Client(), Client()
    sign_in(here)
    sign_in(elsewhere)
    here.get(reverse("return", args=["0" * 32]))

    here.post(reverse("account_change_password"), {"oldpassword": PASSWORD, **NEW})

    assert (is_in(here), is_in(elsewhere)) == (True, False)
    assert (AccountSession.objects.count(), len(sessions(here).context["sessions"])) == (1, 1)


def test_account_without_a_password_gets_one_by_mail(ada: User) -> None:
    """The administration leads to the site's own page of the password, and that one on."""
    client = Client()
    client.force_login(ada)

    def led() -> str:
        page = client.get(client.get(reverse("admin:password_change"))["Location"])
        return page.headers.get("Location", "")

    with_one = led()
    ada.set_unusable_password()
    ada.save()
    client.force_login(ada)

    assert client.get(reverse("admin:password_change"))["Location"] == (
        reverse("account_change_password")
    )
    assert (with_one, led()) == ("", reverse("account_reset_password"))


def sessions(client: Client) -> Answer:
    return client.get(reverse("account_sessions"))


def test_sessions_are_listed_and_ended_by_their_own_account(ada: User) -> None:
    User.objects.create_user("bob", password=PASSWORD)
    here, firefox, other, his = Client(), Client(HTTP_USER_AGENT=FIREFOX), Client(), Client()
    for client in (here, firefox, other):
        sign_in(client)
    sign_in(his, name="bob")
    page = sessions(here)
    key = next(one.key for one in page.context["sessions"] if one.browser == "Firefox, Linux")

    def open_after(client: Client, **sent: str) -> list[bool]:
        client.post(reverse("account_sessions"), sent)
        return [is_in(one) for one in (here, firefox, other)]

    assert ("Firefox, Linux" in page.content.decode(), len(page.context["sessions"])) == (True, 3)
    assert [open_after(his, session=key), open_after(his)] == [[True] * 3] * 2
    assert open_after(here, session=key) == [True, False, True]
    assert open_after(here) == [True, False, False]
    assert len(sessions(here).context["sessions"]) == 1


def test_session_that_ended_by_itself_is_not_listed(ada: User) -> None:
    old, new = Client(), Client()
    with time_machine.travel(NOW, tick=False):
        sign_in(old)
    with time_machine.travel(NOW + timedelta(hours=2), tick=False):
        old.get(reverse("account"))
        sign_in(new)

        assert len(sessions(new).context["sessions"]) == 1


def test_browser_is_named_in_two_words() -> None:
    table = {
        FIREFOX: "Firefox, Linux",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) Version/18 Safari/1": "Safari, iPhone",
        "curl/8": "",
    }

    assert {agent: browser_words(agent) for agent in table} == table


def test_account_comes_and_goes_by_a_button_beside_what_the_device_was_granted(
    ada: User, response: Response
) -> None:
    """By that of the account or of the administration, and by no link."""
    client = granted(Client(), response)
    tasks = reverse("tasks", args=[response.uuid])

    def opened() -> tuple[bool, bool]:
        return is_in(client), client.get(tasks).status_code == 200

    before = opened()
    sign_in(client)
    asked = client.get(reverse("account_logout")).content.decode()
    by_address = client.get(reverse("admin:logout"))
    signed_in = opened()
    key = client.session.session_key
    client.post(reverse("account_logout"))
    signed_out = opened()

    assert (before, signed_in, signed_out) == ((False, True), (True, True), (False, True))
    assert client.session.session_key != key
    assert set(client.session.keys()) == {"responses"}
    assert ("Leave on this device" in asked, by_address.status_code) == (True, 405)
    sign_in(client)
    by_button = client.post(reverse("admin:logout"))
    assert (by_button["Location"], opened()) == (reverse("start"), (False, True))


def test_changing_the_account_asks_again_who_it_is(ada: User, rf: RequestFactory) -> None:
    """Not at once after signing in, and with the password as long as there is nothing else; always
    where the session does not say since when."""
    client, address = Client(), reverse("mfa_activate_totp")
    with time_machine.travel(NOW, tick=False):
        sign_in(client)
        at_once = client.get(address).status_code
    with time_machine.travel(NOW + timedelta(minutes=6), tick=False):
        asked = client.get(address)
        wrong = client.post(asked["Location"], {"password": "wrong"})
        right = client.post(asked["Location"], {"password": PASSWORD})
    untold = rf.get("/")
    untold.session = SessionStore()

    led = asked["Location"].partition("?")[0]
    assert (at_once, led) == (200, reverse("account_reauthenticate"))
    assert (wrong.status_code, right["Location"]) == (200, address)
    with request_context(untold):
        assert AccountAdapter().is_reauthentication_required(app="allauth.mfa")


def test_nobody_signs_up_and_a_request_of_nobody_has_no_account(rf: RequestFactory) -> None:
    """The library asks this wherever it would make an account, whatever pages there are."""
    request = rf.get("/")
    request.user = AnonymousUser()

    assert not AccountAdapter(request).is_open_for_signup(request)
    with pytest.raises(PermissionDenied):
        account_of(request)
