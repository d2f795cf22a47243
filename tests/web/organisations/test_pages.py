"""The pages of an organisation, as its members use them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from assessment.models import MemberInvitation, Membership, OrganisationLogo, OutgoingMail
from tests.admin.test_site import png
from tests.organisation_fixtures import (
    account,
    duties,
    invited_to,
    member_of,
    organisation_of,
)
from tools.html_page import form_data

if TYPE_CHECKING:
    from assessment.models import Organisation

pytestmark = pytest.mark.django_db
PEOPLE = {"olga": "owner", "felix": "facilitator", "vera": "viewer"}


@pytest.fixture
def care() -> Organisation:
    return organisation_of(*PEOPLE)


def signed_in(name: str) -> Client:
    client = Client()
    client.force_login(account(name))
    return client


@pytest.fixture
def olga(care: Organisation) -> Client:
    """The owner."""
    return signed_in("olga")


def address(name: str, care: Organisation, *more: object) -> str:
    return reverse(name, args=[care.uuid, *more])


def sent(client: Client, page: str, **changed: Any) -> Any:
    """The form of a page, as it stands but for what is changed."""
    return client.post(page, form_data(client.get(page)) | changed)


def test_list_names_ones_own_organisations_and_leads_to_make_one_who_may(
    care: Organisation,
) -> None:
    """While she belongs to none; the list of rounds leads there too."""
    organisation_of("omar", name="Ministry of Fields")
    account("ruth").user_permissions.add(Permission.objects.get(codename="add_organisation"))
    words = ("of Care", "of Fields", reverse("admin:assessment_organisation_add"))

    def shown(who: str, name: str) -> list[str]:
        html = signed_in(who).get(reverse(name)).content.decode()
        return [one for one in words if one in html]

    assert {who: shown(who, "organisations") for who in ("vera", "omar", "nina", "ruth")} == {
        "vera": ["of Care"],
        "omar": ["of Fields"],
        "nina": [],
        "ruth": [words[2]],
    }
    assert [words[2] in shown(who, "rounds") for who in ("vera", "nina", "ruth")] == [
        *(False, False, True),
    ]


def test_each_sees_members_and_only_owners_what_changes_them(care: Organisation) -> None:
    """Owners also see who is invited, and before that what the list will show."""
    page, invite = address("organisation", care), address("member_invite", care)
    will_show = "Whoever you invite stands here until the invitation is accepted"
    empty = " ".join(signed_in("olga").get(page).content.decode().split())
    invited_to(care, now=timezone.now())

    html = {who: signed_in(who).get(page).content.decode() for who in PEOPLE}

    words = [*PEOPLE, "nina@example.org", invite]
    assert will_show in empty
    assert {who: [one for one in words if one in html[who]] for who in PEOPLE} == {
        "olga": words,
        "felix": [*PEOPLE],
        "vera": [*PEOPLE],
    }


def test_owner_changes_what_the_organisation_says(olga: Client, care: Organisation) -> None:
    page = address("organisation_details", care)
    values = {"name": "Ministry of Fields", "reply_to": "fields@example.org", "months_kept": "36"}

    assert sent(olga, page, **values)["Location"] == address("organisation", care)
    assert sent(olga, page, reply_to="").status_code == 302
    assert sent(olga, page, **values).status_code == 302
    refused = sent(olga, page, name="", reply_to="nobody", months_kept="0")

    care.refresh_from_db()
    stored = care.name, care.reply_to, care.months_kept
    assert stored == ("Ministry of Fields", "fields@example.org", 36)
    said = ("Name: write one.", "like name@example.org", "a number from 1 to 120")
    assert refused.status_code == 422
    assert [words for words in said if words not in refused.content.decode()] == []


def test_owner_adds_and_deletes_logos(olga: Client, care: Organisation) -> None:
    page = address("organisation_logos", care)

    def add(content: bytes, alternative: str = "Care") -> int:
        file = SimpleUploadedFile("logo.png", content)
        return olga.post(page, {"file": file, "alternative": alternative}).status_code

    statuses = [add(png()), add(b"GIF"), add(png(), ""), *(add(png()) for _ in "2345")]
    digest = OrganisationLogo.objects.values_list("digest", flat=True)[0]
    served = Client().get(reverse("logo", args=[digest]))
    first = OrganisationLogo.objects.values_list("pk", flat=True)[0]
    for number in (first, "x"):
        olga.post(page, {"delete": number})

    assert statuses == [302, 422, 422, 302, 302, 302, 422]
    assert (served.status_code, served["Content-Type"]) == (200, "image/png")
    assert list(care.logos.values_list("position", flat=True)) == [2, 3, 4]


@override_settings(EMAIL_HOST="mail.example.org")
def test_owner_invites_reminds_and_withdraws(olga: Client, care: Organisation) -> None:
    """Fifty at most are open at a time; nobody is invited without a mail server."""
    page = address("member_invite", care)
    with override_settings(EMAIL_HOST=""):
        without = olga.get(page).content.decode()
    invited = [sent(olga, page, address=f"{name}@example.org") for name in ("nina", "nina", "vera")]
    row = MemberInvitation.objects.get()
    told = olga.post(address("member_remind", care, row.pk), follow=True).content.decode()
    MemberInvitation.objects.update(created_at="2026-01-01T00:00Z")
    olga.post(address("member_remind", care, row.pk))
    mails = list(OutgoingMail.objects.values_list("kind", "to", "origin"))
    olga.post(address("member_withdraw", care, row.pk))
    gone = MemberInvitation.objects.count(), olga.post(address("member_remind", care, row.pk))
    for number in range(50):
        invited_to(care, f"n{number}@example.org", now=timezone.now())
    invited.append(sent(olga, page, address="nina@example.org"))

    assert [page.status_code for page in invited] == [302, 422, 422, 422]
    said = ("has an open invitation", "is a member already", "50 invitations are open")
    told_of = [page.content.decode() for page in invited[1:]]
    assert [words in html for words, html in zip(said, told_of, strict=True)] == [True] * 3
    assert "wait two days" in told
    assert mails == [
        (kind, "nina@example.org", "http://testserver")
        for kind in ("member_reminder", "member_invitation")
    ]
    assert (gone[0], gone[1].status_code) == (0, 404)
    assert ("sends no messages" in without, 'name="address"' in without) == (True, False)


def test_owner_changes_removes_and_hands_over(olga: Client, care: Organisation) -> None:
    number = {name: member_of(care, name) for name in PEOPLE}
    alone = sent(olga, address("member", care, number["olga"]), duty="viewer")
    kept = olga.post(address("member_remove", care, number["olga"]), follow=True)
    sent(olga, address("member", care, number["vera"]), duty="facilitator")
    olga.post(address("member_hand_over", care, number["felix"]))
    felix = signed_in("felix")
    felix.post(address("member_remove", care, number["vera"]))

    assert (alone.status_code, "needs an owner" in alone.content.decode()) == (422, True)
    assert "needs an owner" in kept.content.decode()
    assert duties(care) == {"olga": "facilitator", "felix": "owner"}
    assert olga.post(address("member_remove", care, number["felix"])).status_code == 404
    assert felix.get(address("member", care, number["vera"])).status_code == 404


def test_member_leaves_and_the_last_owner_does_not(olga: Client, care: Organisation) -> None:
    """Who is removed while she leaves finds nothing to leave."""
    page = address("member_leave", care)
    vera, felix = signed_in("vera"), signed_in("felix")
    asked = vera.get(page).content.decode()
    left = vera.post(page)
    stays = olga.post(page, follow=True).content.decode()
    before = duties(care)

    with removed_meanwhile(member_of(care, "felix")):
        gone = felix.post(page)

    assert "You see nothing of" in asked
    assert (left["Location"], "needs an owner" in stays) == (reverse("organisations"), True)
    assert (vera.get(page).status_code, gone.status_code) == (404, 404)
    assert before == {"olga": "owner", "felix": "facilitator"}


@contextmanager
def removed_meanwhile(number: int) -> Iterator[None]:
    """The membership, between the look at it and the lock under which it is left."""
    left = [Membership.objects.filter(pk=number)]

    def meanwhile(execute: Any, sql: str, *more: Any) -> Any:
        if left and 'FROM "assessment_organisation"' in sql:
            left.pop().delete()
        return execute(sql, *more)

    with connection.execute_wrapper(meanwhile):
        yield
    assert left == []
