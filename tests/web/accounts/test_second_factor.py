"""A second factor: who needs one, how it is set up, and what opens where it is lost."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AnonymousUser, Group, User
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from assessment.models import RecordEntry
from assessment.models.queries.second_factor import holds_trusted_membership
from assessment.web.sessions import SIGNED_IN_AT
from tests.factories import NOW
from tests.web.accounts.steps import PASSWORD, new_passkey, set_up_app, sign_in, totp

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("second_factor")]
ADMIN, SECOND = "/admin/", "/account/sign-in/second-factor/"
AFTER = {
    "/admin/assessment/": "/admin/assessment/",
    "https://evil.example/": ADMIN,
    "//evil.example/": ADMIN,
}


def with_app(client: Client) -> tuple[str, list[str]]:
    """Signed in before all that follows, so that no code is used twice."""
    with time_machine.travel(NOW - timedelta(hours=1), tick=False):
        sign_in(client)
        kept = set_up_app(client)
        client.post(reverse("account_logout"))
    return kept


def status(client: Client) -> int:
    return client.get(ADMIN).status_code


def test_administrator_is_led_to_set_up_a_factor_without_mail_and_comes_back(ada: User) -> None:
    """And keeps the last one as long as she needs one."""
    client = Client()
    asked = client.get("/admin/assessment/question/")
    to_sign_in = client.get(asked["Location"])
    signed_in = client.post(to_sign_in["Location"], {"login": "ada", "password": PASSWORD})
    refused = client.get(signed_in["Location"], follow=True)

    set_up_app(client)
    after = client.get(reverse("mfa_index"))

    assert refused.redirect_chain[-1][0] == reverse("mfa_index")
    assert "/admin/assessment/question/" in after.content.decode()
    assert status(client) == 200
    kept = client.post(reverse("mfa_deactivate_totp"))
    User.objects.update(is_superuser=False, is_staff=False)
    removed = client.post(reverse("mfa_deactivate_totp"))
    assert "set up another one before" in kept.content.decode()
    assert (removed.status_code, Authenticator.objects.count()) == (302, 0)


def test_factor_is_asked_for_at_the_next_sign_in_and_its_code_opens_once(ada: User) -> None:
    """In whichever process: each has a cache of its own, where the library notes a used code."""
    key, _codes = with_app(Client())
    client, second = Client(), Client()
    key_of_nobody = {"credential": '{"id": "a"}'}

    with time_machine.travel(NOW, tick=False):
        first = sign_in(client, after=ADMIN)
        before = client.get(ADMIN).status_code
        sign_in(second)
        wrong = [client.post(SECOND, sent) for sent in ({"code": "000000"}, key_of_nobody)]
        right = client.post(SECOND, {"code": totp(key, NOW)})
        inside = status(client)
        cache.clear()
        wrong.append(second.post(SECOND, {"code": totp(key, NOW)}))

    told = "This code is wrong or used up"
    assert (first["Location"], before) == (SECOND, 302)
    assert [(one.status_code, told in one.content.decode()) for one in wrong] == [(200, True)] * 3
    assert (right["Location"], inside) == (ADMIN, 200)


def test_recovery_code_opens_once_and_is_shown_once(ada: User) -> None:
    """New ones take the place of the old."""
    client = Client()
    _key, codes = with_app(client)
    page = reverse("mfa_view_recovery_codes")

    def sent() -> int:
        other = Client()
        sign_in(other)
        return other.post(SECOND, {"code": codes[0]}).status_code

    with time_machine.travel(NOW, tick=False):
        opened = sent()
    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        again = sent()
        sign_in(client)
        client.post(SECOND, {"code": codes[1]})
        shown = client.get(page).content.decode()
        asked = client.get(reverse("mfa_generate_recovery_codes"))
        client.post(reverse("mfa_generate_recovery_codes"))
        new = client.get(page).context["unused_codes"]

    assert (len(set(codes)), opened, again) == (10, 302, 200)
    assert [code for code in codes if code in shown] == []
    assert (asked.status_code, set(new) & set(codes), len(set(new))) == (200, set(), 10)


def test_wrong_codes_are_limited_and_a_known_browser_goes_on(ada: User) -> None:
    known = Client()
    key, _codes = with_app(known)

    def guess(source: str) -> int:
        stranger = Client(REMOTE_ADDR=source)
        sign_in(stranger)
        return stranger.post(SECOND, {"code": "000000"}).status_code

    with time_machine.travel(NOW, tick=False):
        guesses = [guess(f"203.0.113.{n}") for n in range(12)]
        sign_in(known)
        right = known.post(SECOND, {"code": totp(key, NOW)})

    assert guesses == [200] * 10 + [429] * 2
    assert right.status_code == 302


def test_who_needs_a_factor_by_what_she_may_do(db: None) -> None:
    def is_asked(group: str) -> bool:
        user = User.objects.create_user(group, password=PASSWORD, is_staff=True)
        user.groups.add(Group.objects.get(name=group))
        client = Client()
        sign_in(client, name=group)
        return status(client) == 302

    expected = {"Auditor": True, "Content editor": False, "Publisher": True, "Translator": False}
    assert {group: is_asked(group) for group in expected} == expected
    assert not holds_trusted_membership(AnonymousUser())


def test_administration_s_own_address_leads_each_to_what_she_needs(ada: User) -> None:
    """In, and to no other site; to the factor there is, in a session of before that used none; and
    nowhere who has no rights."""
    User.objects.create_user("bob", password=PASSWORD)
    inside, bob, of_before = Client(), Client(), Client()
    sign_in(inside)
    set_up_app(inside)
    sign_in(bob, name="bob")
    of_before.force_login(ada)

    def led(client: Client, after: str = "") -> tuple[int, str]:
        answer = client.get(reverse("admin:login"), {"next": after} if after else {})
        return answer.status_code, answer.headers.get("Location", "").partition("?")[0]

    assert {after: led(inside, after) for after in AFTER} == {
        after: (302, address) for after, address in AFTER.items()
    }
    assert led(bob) == (403, "")
    assert led(of_before) == (302, reverse("mfa_reauthenticate"))


def test_secrets_are_stored_unreadable_and_open_nothing_under_another_key(ada: User) -> None:
    client = Client()
    key, codes = with_app(client)
    stored = str(list(Authenticator.objects.values_list("data", flat=True)))

    with time_machine.travel(NOW, tick=False), override_settings(SECRET_KEY="x" * 60):
        other = Client()
        sign_in(other)
        found = [
            other.post(SECOND, {"code": code}).status_code for code in (totp(key, NOW), codes[0])
        ]

    assert [secret for secret in (key, *codes) if secret in stored] == []
    assert found == [200, 200]


def test_command_takes_the_factor_off_and_ends_the_sessions(
    ada: User, capsys: pytest.CaptureFixture[str]
) -> None:
    """Who stood at the code signs in anew."""
    client, lost = Client(), Client()
    sign_in(client)
    set_up_app(client)
    at_code = sign_in(lost)["Location"]

    call_command("reset_second_factor", "ada")
    call_command("reset_second_factor", "ada")
    with pytest.raises(CommandError, match="There is no account bob"):
        call_command("reset_second_factor", "bob")
    page = lost.get(reverse("account_login"))

    assert capsys.readouterr().out.splitlines() == [
        "2 second factors of ada are gone, and ada is signed out everywhere.",
        "ada has no second factor.",
    ]
    assert client.get(reverse("account")).status_code == 302
    assert (at_code, page.status_code) == (reverse("mfa_authenticate"), 200)
    assert [sign_in(one)["Location"] for one in (client, lost)] == [ADMIN] * 2
    assert lost.get(reverse("account")).status_code == 200


def test_record_says_what_was_done_to_the_account(ada: User) -> None:
    client = Client()
    sign_in(client, "wrong")
    sign_in(client, "wrong", name="nobody")
    sign_in(client)
    set_up_app(client)
    client.post(reverse("mfa_generate_recovery_codes"))
    client.post(reverse("account_logout"))

    rows = RecordEntry.objects.order_by("pk").values_list("act", "actor", "target_key", "details")
    assert list(rows) == [
        ("sign_in_refused", None, str(ada.pk), {}),
        ("signed_in", ada.pk, str(ada.pk), {}),
        ("factor_added", ada.pk, str(ada.pk), {"kind": "totp"}),
        ("codes_made", ada.pk, str(ada.pk), {}),
        ("signed_out", ada.pk, str(ada.pk), {}),
    ]


def passkey_in_clear() -> dict[str, Any]:
    """In the form of what a browser sends, and nothing in it right."""
    parts = ("clientDataJSON", "authenticatorData", "signature", "userHandle", "attestationObject")
    response = dict.fromkeys(parts, "AAAA")
    return {"id": "AAAA", "rawId": "AAAA", "type": "public-key", "response": response}


@pytest.fixture
def passkey(ada: User) -> Authenticator:
    """One that nothing opens: what is tried here is what the site makes of nonsense."""
    data = {"name": "Key", "credential": passkey_in_clear()}
    return Authenticator.objects.create(user=ada, type=Authenticator.Type.WEBAUTHN, data=data)


def test_what_is_no_passkey_is_refused_and_nothing_fails(ada: User) -> None:
    """One that is, is the second factor of the session in which it was added."""
    client, visitor = Client(), Client()
    sign_in(client)
    page = reverse("mfa_add_webauthn")

    def statuses(credential: str) -> tuple[int, int]:
        client.get(page)
        visitor.get(reverse("mfa_login_webauthn"), headers={"accept": "application/json"})
        form = {"credential": credential, "name": "Key"}
        return (
            client.post(page, form).status_code,
            visitor.post(reverse("mfa_login_webauthn"), form).status_code,
        )

    assert {one: statuses(one) for one in nonsense()} == dict.fromkeys(nonsense(), (200, 302))
    assert not Authenticator.objects.exists()
    options = client.get(page).context["js_data"]["creation_options"]["publicKey"]
    key = json.dumps(new_passkey(options["challenge"]))
    client.post(page, {"name": "Key", "credential": key})
    assert status(client) == 200
    assert RecordEntry.objects.get(act="factor_added").details == {"kind": "webauthn"}


def nonsense() -> list[str]:
    """Sent as a passkey: no JSON, another kind of JSON, and parts of one."""
    whole = passkey_in_clear()
    parts: list[object] = [whole["response"], {}, 1, None]
    sent = ["", "nothing", "[]", "1", "{}", '{"id": "a"}', '{"id": "\\ud800"}', "9" * 5_000]
    sent += ["[" * 100_000, '{"a":' * 5_000 + "1" + "}" * 5_000]
    return [*sent, *(json.dumps(whole | {"response": part}) for part in parts)]


def test_passkey_is_renamed_and_the_last_one_stays(ada: User, passkey: Authenticator) -> None:
    client = Client()
    client.force_login(ada)
    session = client.session
    session[SIGNED_IN_AT] = timezone.now().isoformat()
    session.save()
    pages = {
        name: reverse(f"mfa_{name}_webauthn", args=[passkey.pk]) for name in ("edit", "remove")
    }

    shown = [client.get(page).status_code for page in pages.values()]
    client.post(pages["edit"], {"name": "Key ring"})
    renamed = client.get(reverse("mfa_index")).content.decode()
    kept = client.post(pages["remove"])
    User.objects.update(is_superuser=False)
    client.post(pages["remove"])

    assert (shown, "Key ring" in renamed) == ([200, 200], True)
    assert "set up another one before" in kept.content.decode()
    assert not Authenticator.objects.exists()
    assert RecordEntry.objects.get().details == {"kind": "webauthn"}
