"""What members do and read stands in the record under their names, and nothing of respondents."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessment.actions.rounds.invite import Invitee, invite
from assessment.actions.rounds.places import secret_of_nonce
from assessment.actions.rounds.retention import delete_overdue
from assessment.models import Organisation, RecordEntry, Response, Round, Scheme
from tests.actions.rounds.round_steps import AG, SP, Person, draft_round, take_part
from tests.factories import NOW
from tests.organisation_fixtures import account, invited_to, member_of, organisation_of
from tools.html_page import form_data

if TYPE_CHECKING:
    from assessment.models import Edition

pytestmark = pytest.mark.django_db


@pytest.fixture
def care() -> Organisation:
    return organisation_of("olga", "felix", "vera")


def signed_in(name: str) -> Client:
    client = Client()
    client.force_login(account(name))
    return client


def acts(of: str | None = "olga") -> list[tuple[Any, ...]]:
    """In their order, with the target and what else is said."""
    actor = account(of).pk if of else None
    rows = RecordEntry.objects.filter(actor=actor).order_by("pk")
    return [(row.act, row.target_kind, row.details) for row in rows]


def test_what_an_owner_does_to_her_organisation(care: Organisation) -> None:
    olga = signed_in("olga")
    felix, vera = account("felix"), account("vera")

    def send(page: str, *more: int, **typed: Any) -> None:
        answer = olga.post(reverse(page, args=[care.uuid, *more]), typed)
        assert answer.status_code == 302, answer.content

    invitation, _secret = invited_to(care, now=NOW)
    care.invitations.update(ends_at=timezone.now() + timedelta(days=1))
    details = {"name": "Care", "time_zone": "UTC", "languages": ["en"], "months_kept": "9"}
    send("organisation_details", **details)
    send("member_invite", address="nora@example.org", duty="viewer")
    send("member_remind", invitation.pk)
    send("member_withdraw", invitation.pk)
    send("member_withdraw", invitation.pk)
    send("member", member_of(care, "felix"), duty="viewer")
    send("member_remove", member_of(care, "felix"))
    send("member_hand_over", member_of(care, "vera"))
    send("member_leave")

    assert acts() == [
        ("organisation_changed", "organisation", {}),
        ("member_invited", "organisation", {"duty": "viewer"}),
        ("member_reminded", "organisation", {}),
        ("member_invitation_withdrawn", "organisation", {}),
        ("duty_changed", "organisation", {"account": felix.pk, "duty": "viewer"}),
        ("member_removed", "organisation", {"account": felix.pk}),
        ("handed_over", "organisation", {"account": vera.pk}),
        ("member_left", "organisation", {}),
    ]
    assert set(RecordEntry.objects.values_list("target_key", flat=True)) == {str(care.uuid)}


@pytest.fixture
def round(edition: Edition, care: Organisation) -> Round:
    made = draft_round(edition)
    Scheme.objects.filter(pk=made.scheme.pk).update(owner=care)
    return Round.objects.get(pk=made.pk)


def test_what_members_do_to_a_round_and_who_read_its_result(round: Round) -> None:
    felix, vera = signed_in("felix"), signed_in("vera")
    (place,) = invite(round=round, people=[Invitee("Ana", "ana@x.example", "", "local", AG)])
    own = f"/rounds/{round.uuid}/"

    def send(path: str, **typed: str) -> None:
        assert felix.post(own + path, typed).status_code == 302

    send("open/")
    send("people/send/")
    felix.get(f"{own}people/{place.uuid}/")
    felix.get(f"{own}people/{place.uuid}/")
    send(f"people/{place.uuid}/replace/", name="Eva", email="eva@x.example")
    send(f"people/{round.invitations.exclude(state='ended').get().uuid}/end/")
    send("links/", tier="local", sector=AG, limit="3")
    link = round.open_links.get()
    send(f"links/{link.uuid}/end/")
    send(f"links/{link.uuid}/end/")
    send("close/", name=Round.objects.get(pk=round.pk).scheme.name)
    for one in (felix, felix, vera):
        assert one.get(f"{own}report/brief/").status_code == 200

    assert acts("felix") == [
        ("round_opened", "round", {}),
        ("invitations_sent", "round", {"number": 1}),
        ("link_shown", "round", {}),
        ("person_replaced", "round", {}),
        ("people_invited", "round", {"number": 1}),
        ("place_ended", "round", {}),
        ("open_link_made", "round", {"limit": 3}),
        ("open_link_ended", "round", {}),
        ("round_closed", "round", {}),
        ("result_read", "round", {}),
    ]
    assert acts("vera") == [("result_read", "round", {})]
    assert acts(None) == [("round_made", "round", {}), ("people_invited", "round", {"number": 1})]


def test_respondents_of_a_round_stand_nowhere_in_it(round: Round) -> None:
    """Not even who is signed in on the same device: it would join a person to her answers."""
    Round.objects.filter(pk=round.pk).update(state="open", opened_at=NOW)
    places = invite(
        round=round,
        people=[Invitee("Ana", "", "", "local", AG), Invitee("Eva", "", "", "local", SP)],
    )
    before = RecordEntry.objects.count()
    felix = signed_in("felix")
    links = [reverse("invitation", args=[secret_of_nonce(place.nonce)]) for place in places]
    felix.post(f"{links[0]}begin/")
    felix.post(f"{links[1]}decline/")
    own = reverse("tasks", args=[Response.objects.get().uuid])
    felix.post(f"{own}tg/", {"TG2": "3"})
    felix.post(f"{own}submit/", form_data(felix.get(f"{own}check/")))

    assert Response.objects.get().is_submitted
    assert RecordEntry.objects.count() == before


def test_answers_that_go_on_their_day_are_recorded_as_of_the_program(round: Round) -> None:
    Round.objects.filter(pk=round.pk).update(state="open", opened_at=NOW)
    take_part(Round.objects.get(pk=round.pk), [Person("local", AG, {"TG2": 1})])
    Round.objects.filter(pk=round.pk).update(promise={"kept_until": "2020-01-01"})

    delete_overdue(now=NOW)

    act, kind, details = acts(None)[-1]
    assert (act, kind, details["by"]) == ("answers_erased", "round", "retention")
