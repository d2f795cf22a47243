"""What whoever runs a round reads of single people: what was promised to them, and no more."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.test import Client

from assessment.actions.responses.submit import submit_response
from assessment.actions.rounds.close import close_round
from assessment.actions.rounds.enter import begin_by_link
from assessment.actions.rounds.invite import Invitee, invite, make_open_link
from assessment.actions.rounds.places import secret_of_nonce
from assessment.models import Invitation, OpenLink, Response, Round
from tests.actions.rounds.round_steps import AG, SP, Person, answer, opened_round, take_part
from tests.factories import NOW

if TYPE_CHECKING:
    from assessment.models import Edition, Organisation

NOTES = {"notes_to_facilitators": True}
NAMES = {"attributed": True}


def round_with(edition: Edition, organisation: Organisation, **promise: object) -> Round:
    made = opened_round(edition, promise=promise)
    made.scheme.owner = organisation
    made.scheme.save()
    return made


def address(round: Round, page: str) -> str:
    return f"/rounds/{round.uuid}/{page}"


def text(client: Client, place: Invitation | OpenLink) -> str:
    return client.get(f"/invitation/{secret_of_nonce(place.nonce)}/").content.decode()


def begin(client: Client, place: Invitation | OpenLink, **given: str) -> int:
    path = f"/invitation/{secret_of_nonce(place.nonce)}/begin/"
    return client.post(path, given).status_code


def test_notes_are_read_without_names_where_enough_people_answered(
    facilitator: Client, edition: Edition, organisation: Organisation
) -> None:
    """Free answers too; of fewer people they stand nowhere."""
    found, many = (round_with(edition, organisation, **NOTES) for _ in "12")
    asked_all = [Person("local", AG, {"SC1": 2, "O1": f"Change {n}"}, f"Note {n}") for n in "ABC"]
    few = [Person("national", SP, {"SC1": 3, "PC1": 1}, f"Minister {n}") for n in "XY"]
    take_part(found, [*asked_all, *few])
    take_part(many, [Person("local", AG, {"SC1": 2, "O1": f"Change {n}"}) for n in "ABCDE"])
    early = facilitator.get(address(found, "notes/")).status_code
    for made in (found, many):
        close_round(round=made, now=NOW)

    shown, free = (
        facilitator.get(address(made, "notes/")).content.decode() for made in (found, many)
    )
    assert early == 404
    assert re.findall(r"Minister X|Note [AC]|Change \w", shown) == [
        "Minister X",
        "Note A",
        "Note C",
    ]
    assert sorted(re.findall(r"Change \w", free)) == [f"Change {n}" for n in "ABCDE"]
    assert "Read the notes" in facilitator.get(address(found, "")).content.decode()


def test_what_was_not_promised_is_not_there(
    facilitator: Client, edition: Edition, organisation: Organisation
) -> None:
    found = round_with(edition, organisation)
    take_part(found, [Person("local", AG, {"SC1": 2}, "Secret")] * 6)
    person = found.responses.first()
    close_round(round=found, now=NOW)

    assert person is not None
    pages = ("notes/", "named/", f"named/{person.uuid}/")
    assert [facilitator.get(address(found, page)).status_code for page in pages] == [404] * 3
    Round.objects.filter(pk=found.pk).update(promise=NOTES | NAMES)
    assert "Secret" not in facilitator.get(address(found, "notes/")).content.decode()
    assert "Nobody submitted" in facilitator.get(address(found, "named/")).content.decode()


def test_with_names_nobody_takes_part_without_agreeing(
    client: Client, edition: Edition, organisation: Organisation
) -> None:
    found = round_with(edition, organisation, **NAMES)
    (ana,) = invite(round=found, people=[Invitee("Ana", "", "MIDAGRI", "local", AG)])
    link = make_open_link(round=found, tier="national", sector=SP, limit=2)
    page = text(client, ana)
    assert "with your name and institution" in page
    assert "Nobody is told" not in page
    assert 'value="MIDAGRI"' in page

    assert begin(client, ana) == 422
    assert begin(client, ana, name="Ana Q") == 422
    assert begin(client, link, agreed="on") == 422
    assert not Response.objects.exists()
    assert begin(client, ana, name="Ana Q", institution="MIDAGRI", agreed="on") == 302
    assert begin(Client(), link, name="Luz", agreed="on") == 302
    assert begin(Client(), ana) == 302
    names = Response.objects.order_by("name").values_list("name", "institution", "promise")
    assert list(names) == [("Ana Q", "MIDAGRI", NAMES), ("Luz", "", NAMES)]


def test_answers_with_names_are_read_once_it_is_closed(
    facilitator: Client, client: Client, edition: Edition, organisation: Organisation
) -> None:
    found = round_with(edition, organisation, **NAMES)
    ana, luz = invite(
        round=found, people=[Invitee(n, "", "MIDAGRI", "local", AG) for n in ("Ana", "Luz")]
    )
    begin(client, ana, name="Ana Q", institution="MIDAGRI", agreed="on", people="3")
    begin(Client(), luz, name="Luz", agreed="on")
    response = Response.objects.get(name="Ana Q")
    page = client.get(f"/response/{response.uuid}/lc/").content.decode()
    assert "Who sees this: whoever runs the round, once it is closed, with your name." in page
    answer(response, {"LC1": 2}, "We meet on Mondays")
    submit_response(response=response, now=NOW)
    named = address(found, f"named/{response.uuid}/")
    assert facilitator.get(named).status_code == 404
    close_round(round=found, now=NOW)

    people = facilitator.get(address(found, "named/")).content.decode()
    assert ("Ana Q" in people, "Luz" in people) == (True, False)
    shown = facilitator.get(named).content.decode()
    for words in ("Ana Q", "MIDAGRI", "We meet on Mondays", "given together by 3 people"):
        assert words in shown
    report = facilitator.get(address(found, "report/")).content.decode()
    assert ("Ana Q" in report, "We meet on Mondays" in report) == (False, False)


def test_who_begins_says_how_many_they_are_and_no_name_where_none_is_promised(
    edition: Edition, organisation: Organisation, client: Client
) -> None:
    found = round_with(edition, organisation)
    people = [Invitee(name, "", "MIDAGRI", "local", AG) for name in ("Ana", "Luz", "Eva")]
    ana, luz, eva = invite(round=found, people=people)
    assert [begin(client, ana, people=wrong) for wrong in ("0", "many", "5000")] == [422] * 3
    begin(client, ana, people="7")
    response = Response.objects.get()
    answer(response, {"LC1": 2})
    submit_response(response=response, now=NOW)
    begin_by_link(secret=secret_of_nonce(luz.nonce), language="xx", notice="1", now=NOW)
    assert Response.objects.exclude(pk=response.pk).get().language in found.languages
    begin(Client(), eva, name="Eva", institution="MIDAGRI", people="1")

    named = Response.objects.values_list("name", "institution", "people")
    assert sorted(named, key=str) == [("", "", 7), ("", "", None), ("", "", None)]
    result = close_round(round=found, now=NOW).read()
    assert ([one.people for one in result.together], result.respondents) == ([7], 0)
