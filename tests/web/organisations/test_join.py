"""The link of an invitation: what it opens, for whom, and that looking changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessment.actions.mail.deliver import deliver_mail
from assessment.actions.organisations.invite import REMIND_AFTER, invite_member, remind_invited
from assessment.models import MemberInvitation, OutgoingMail, RecordEntry
from assessment.web.sessions import stored_key
from tests.mail_fixtures import ORIGIN, sink
from tests.organisation_fixtures import account, duties, invited_to, organisation_of
from tests.tables import undone
from tools.html_page import form_data

if TYPE_CHECKING:
    from assessment.models import Organisation
    from tools.mail_sink import MailSink

__all__ = ["sink"]

pytestmark = pytest.mark.django_db
JOINING = reverse("joining")
PASSWORD = "a sentence nobody guesses"


@pytest.fixture
def care() -> Organisation:
    return organisation_of("olga")


@pytest.fixture
def secret(care: Organisation) -> str:
    return invited_to(care, now=timezone.now(), by=account("olga"))[1]


def opened(client: Client, secret: str) -> str:
    """The page behind the link, by the address it stands at."""
    page = client.get(reverse("join", args=[secret]), follow=True)
    assert page.redirect_chain == [(JOINING, 302)]
    return page.content.decode()


@contextmanager
def withdrawn_meanwhile() -> Iterator[None]:
    """Every invitation, between the look at it and the lock under which it is accepted."""
    left = [MemberInvitation.objects.all()]

    def meanwhile(execute: Any, sql: str, *more: Any) -> Any:
        if left and 'FROM "assessment_organisation"' in sql:
            left.pop().delete()
        return execute(sql, *more)

    with connection.execute_wrapper(meanwhile):
        yield
    assert left == []


def test_looking_changes_nothing_and_the_secret_leaves_the_address(
    client: Client, care: Organisation, secret: str
) -> None:
    shown = [opened(client, secret) for _ in "12"]

    assert all("You are invited to “Ministry of Care”, as facilitator." in page for page in shown)
    assert not any(secret in page for page in shown)
    assert (MemberInvitation.objects.count(), duties(care)) == (1, {"olga": "owner"})


def test_who_is_signed_in_accepts_with_her_account(
    client: Client, care: Organisation, secret: str
) -> None:
    client.force_login(account("felix"))
    shown = opened(client, secret)
    accepted = client.post(JOINING, follow=True)

    assert "You are signed in as felix" in shown
    assert accepted.redirect_chain == [(reverse("organisation", args=[care.uuid]), 302)]
    assert "You are a member of “Ministry of Care” now." in accepted.content.decode()
    assert duties(care) == {"olga": "owner", "felix": "facilitator"}
    assert client.post(JOINING).status_code == 404


def test_who_has_no_account_makes_one_for_the_invited_address(
    client: Client, care: Organisation, secret: str
) -> None:
    """And is signed in: its address is confirmed, its session listed, its acts recorded."""
    opened(client, secret)
    data = form_data(client.get(JOINING)) | {"username": "nina", "password": PASSWORD}

    page = client.post(JOINING, data, follow=True)

    nina = User.objects.get(username="nina")
    made = nina.email, nina.is_staff, nina.check_password(PASSWORD)
    assert made == ("nina@example.org", False, True)
    assert page.redirect_chain == [(reverse("organisation", args=[care.uuid]), 302)]
    assert duties(care) == {"olga": "owner", "nina": "facilitator"}
    address = EmailAddress.objects.get(user=nina)
    assert (address.email, address.verified, address.primary) == ("nina@example.org", True, True)
    sessions = client.get(reverse("account_sessions")).context["sessions"]
    assert [one.key for one in sessions] == [stored_key(client.session.session_key or "")]
    assert [one["method"] for one in client.session["account_authentication_methods"]] == [
        "password"
    ]
    acts = RecordEntry.objects.filter(actor=nina.pk).order_by("pk").values_list("act", flat=True)
    assert list(acts) == ["account_made", "member_joined", "address_confirmed", "signed_in"]


def test_address_of_an_account_makes_no_second_one_and_stays_whose_it_is(
    client: Client, care: Organisation, secret: str
) -> None:
    """Unconfirmed, confirmed as her own, or as that of another."""
    nina = User.objects.create_user("nina", "Nina@example.org", PASSWORD)
    felix = account("felix")
    opened(client, secret)
    refused = client.post(JOINING, {"username": "nina2", "password": PASSWORD})

    def holders_after(holder: User | None) -> tuple[list[tuple[User, bool]], dict[str, str]]:
        with undone():
            if holder:
                EmailAddress.objects.create(user=holder, email="nina@example.org", verified=True)
            client.force_login(nina)
            opened(client, secret)
            client.post(JOINING)
            return [(row.user, row.verified) for row in EmailAddress.objects.all()], duties(care)

    assert (refused.status_code, User.objects.count()) == (422, 3)
    assert "There is an account with your address already" in refused.content.decode()
    now = {"olga": "owner", "nina": "facilitator"}
    holders = {None: nina, nina: nina, felix: felix}
    assert {before: holders_after(before) for before in holders} == {
        before: ([(after, True)], now) for before, after in holders.items()
    }


def test_account_is_refused_with_what_is_wrong(
    client: Client, care: Organisation, secret: str
) -> None:
    opened(client, secret)
    table = {
        ("olga", PASSWORD): "This name is taken",
        ("nina", "short"): "at least 12 characters",
        ("nina", "nina@example.org"): "too similar",
        ("", ""): "Password: write one.",
        ("ni na", PASSWORD): "letters, digits and",
    }

    def answer(name: str, password: str) -> tuple[int, str]:
        page = client.post(JOINING, {"username": name, "password": password})
        sentence = table[name, password]
        return page.status_code, sentence if sentence in page.content.decode() else ""

    assert {typed: answer(*typed) for typed in table} == {
        typed: (422, sentence) for typed, sentence in table.items()
    }
    assert duties(care) == {"olga": "owner"}


def test_withdrawn_accepted_ended_and_unknown_links_answer_alike(
    client: Client, care: Organisation, secret: str
) -> None:
    _old, ended = invited_to(care, "old@example.org", now=timezone.now() - timedelta(days=15))
    opened(client, secret)
    MemberInvitation.objects.all().delete()

    answers = [client.get(reverse("join", args=[one])) for one in (secret, ended, "x" * 32)]
    behind = [client.get(JOINING), client.post(JOINING, {"username": "n"})]

    assert {answer.status_code for answer in (*answers, *behind)} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert "opens nothing" in behind[0].content.decode()


def test_what_is_withdrawn_meanwhile_makes_no_member_and_no_account(
    client: Client, care: Organisation, secret: str
) -> None:
    """Whether she is signed in or would make an account."""
    signed_in = Client()
    signed_in.force_login(account("felix"))
    table: dict[str, Client] = {"": signed_in, "nina": client}

    def accepted(name: str) -> tuple[int, bool, bool, dict[str, str]]:
        with undone():
            opened(table[name], secret)
            with withdrawn_meanwhile():
                page = table[name].post(JOINING, {"username": name, "password": PASSWORD})
            said = "opens nothing" in page.content.decode()
            made = User.objects.filter(username="nina").exists()
            return page.status_code, said, made, duties(care)

    nothing = (404, True, False, {"olga": "owner"})
    assert {name: accepted(name) for name in table} == dict.fromkeys(table, nothing)


def test_eleventh_wrong_link_of_a_minute_waits_and_a_right_one_opens(
    client: Client, secret: str
) -> None:
    wrong = [client.get(reverse("join", args=[f"{n:032d}"])).status_code for n in range(11)]

    assert wrong == [404] * 10 + [429]
    assert "You are invited" in opened(client, secret)


def test_invitation_goes_out_with_its_link_and_reminds_with_the_same(
    client: Client, care: Organisation, sink: MailSink
) -> None:
    now = timezone.now()
    invitation, mail = invite_member(
        organisation=care,
        address="nina@example.org",
        duty="viewer",
        by=account("olga"),
        language="en",
        origin=ORIGIN,
        now=now,
    )
    later = now + REMIND_AFTER
    reminder = remind_invited(invitation=invitation, origin=ORIGIN, now=later)
    stored = str(list(OutgoingMail.objects.values()) + list(MemberInvitation.objects.values()))
    for one in (mail, reminder):
        deliver_mail(mail=one.pk, holder="worker", clock=lambda: later)

    texts = [message.get_body(("plain",)) for message in sink.messages]
    words = [text.get_content() for text in texts if text is not None]
    links = {line.strip() for text in words for line in text.splitlines() if "/join/" in line}
    (link,) = links
    assert "olga invites you to “Ministry of Care” on this site, as viewer." in words[0]
    assert [message["Subject"] for message in sink.messages] == [
        *("Invitation to Ministry of Care", "Still open: invitation to Ministry of Care"),
    ]
    assert [bool(message["List-Unsubscribe"]) for message in sink.messages] == [False, True]
    secret = link.removeprefix(f"{ORIGIN}/join/").strip("/")
    assert (secret in stored, len(secret)) == (False, 32)
    assert "You are invited" in opened(client, secret)


def test_invitation_that_is_over_is_not_sent(care: Organisation, sink: MailSink) -> None:
    """The first owner's is one by nobody in particular, and the next is over."""
    now = timezone.now()
    invited_to(care, now=now)
    deliver_mail(mail=OutgoingMail.objects.get().pk, holder="worker", clock=lambda: now)
    invitation = MemberInvitation.objects.get()
    reminder = remind_invited(invitation=invitation, origin=ORIGIN, now=now + REMIND_AFTER)
    invited_to(care, "late@example.org", now=now)
    MemberInvitation.objects.all().delete()

    for mail in OutgoingMail.objects.in_queue():
        deliver_mail(mail=mail.pk, holder="worker", clock=lambda: now + REMIND_AFTER)

    states = OutgoingMail.objects.order_by("pk").values_list("kind", "state")
    assert list(states) == [
        ("member_invitation", "sent"),
        (reminder.kind, "dropped"),
        ("member_invitation", "dropped"),
    ]
    (text,) = (message.get_body(("plain",)) for message in sink.messages)
    assert text is not None
    assert "You are invited to “Ministry of Care” on this site" in text.get_content()
