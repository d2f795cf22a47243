"""Who reads the database, or a backup of it, finds nothing that opens anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from assessment.actions.mail.prepare import text_of_mail
from assessment.models import OutgoingMail, Response
from assessment.web import cookies
from tools.html_page import form_data

if TYPE_CHECKING:
    from assessment.models import Edition

PASSWORD = "a long invented phrase"
WRONG = "another invented phrase"
SOURCE = "192.0.2.77"
ADDRESS = "rosa@example.org"
COOKIES = ("session", "csrf", cookies.LINK, cookies.DEVICE_CODE)


@pytest.fixture
def ada(db: None) -> User:
    return User.objects.create_superuser("ada", "ada@example.org", PASSWORD)


def respondent(client: Client) -> dict[str, str]:
    """All that makes a secret, from her start to a code for a second device; her secrets."""
    form = form_data(client.get(reverse("begin")))
    client.post(reverse("begin"), form)
    first = client.cookies[cookies.LINK].value
    uuid = Response.objects.get().uuid
    client.post(reverse("page", args=[uuid, "tg"]), {"TG2": "3", "TG2-revision": "0"})
    mail = reverse("mail", args=[uuid])
    client.post(mail, form_data(client.get(mail)) | {"address": ADDRESS})
    client.post(
        reverse("submit", args=[uuid]), form_data(client.get(reverse("check", args=[uuid])))
    )
    client.get(reverse("report_pdf", args=[uuid]))
    client.post(reverse("share", args=[uuid]), {})
    secret = client.get(reverse("share", args=[uuid])).context["lines"][0]["link"].split("/")[-2]
    client.post(reverse("reopen", args=[uuid]), {"reason": "an invented one"})
    newest = Response.objects.get(superseded_by=None)
    client.post(reverse("link", args=[newest.uuid]))
    client.post(reverse("device", args=[newest.uuid]))
    opened = {"first link": first, "link to read": secret}
    return {"key of the start": form["key"], "address": ADDRESS} | opened


def administrator(client: Client) -> dict[str, str]:
    login = reverse("account_login")
    for password in (WRONG, PASSWORD):
        client.post(login, {"login": "ada", "password": password})
    change = {"oldpassword": WRONG, "password1": "x", "password2": "x"}
    client.post(reverse("account_change_password"), change)
    return {"password": PASSWORD, "wrong password": WRONG}


def account_holder(client: Client, ada: User) -> dict[str, str]:
    """All that opens an account without its password, while it can: in sessions and the outbox."""
    client.post(reverse("account_request_login_code"), {"email": ada.email})
    client.post(reverse("account_reset_password"), {"email": ada.email})
    waiting = stored_text()
    code, link = (newest_words(mail) for mail in OutgoingMail.objects.order_by("pk"))
    key = link.rstrip("/").rpartition("-")[2]
    client.get(link.removeprefix("http://testserver"))
    opened = client.session["_password_reset_key"]
    app = Client(REMOTE_ADDR=SOURCE)
    app.post(reverse("account_login"), {"login": "ada", "password": PASSWORD})
    secret = app.get(reverse("mfa_activate_totp")).context["form"].secret
    assert code in str(dict(client.session.items()))
    found = {"code": code, "reset link": key, "opened link": opened, "secret of an app": secret}
    assert [name for name, value in found.items() if value in waiting] == []
    return found


def newest_words(mail: OutgoingMail) -> str:
    """The code or the link that it says, as it goes out."""
    text = text_of_mail(mail, timezone.now())
    assert text is not None
    return text.link or text.paragraphs[-1]


def stored_text() -> str:
    """Every value of every table, and what somebody without the site's key reads in sessions."""
    found = [str(row.get_decoded()) for row in Session.objects.all()]
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            found += [
                str(bytes(value) if isinstance(value, memoryview) else value)
                for row in cursor.fetchall()
                for value in row
            ]
    return "\n".join(found)


@pytest.mark.django_db
@override_settings(EMAIL_HOST="mail.example.org")
def test_no_secret_and_no_address_stands_in_the_database(edition: Edition, ada: User) -> None:
    rosa, anna = Client(REMOTE_ADDR=SOURCE), Client(REMOTE_ADDR=SOURCE)

    secrets = respondent(rosa) | administrator(anna) | {"source": SOURCE}
    secrets |= account_holder(Client(REMOTE_ADDR=SOURCE), ada)
    for client in (rosa, anna):
        secrets |= {f"cookie {name}": one.value for name, one in client.cookies.items()}
    stored = stored_text()

    assert {f"cookie {name}" for name in COOKIES} <= secrets.keys()
    assert Response.objects.count() == 2
    assert [name for name, secret in secrets.items() if secret in stored] == []
