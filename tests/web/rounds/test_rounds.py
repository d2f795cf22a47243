from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format

from assessment.actions.rounds.invite import Invitee, end_invitation, invite
from assessment.actions.rounds.places import places_of, secret_of_nonce
from assessment.models import Invitation, OpenLink, OutgoingMail, ReportFile, Round
from assessment.models.organisations import Duty
from assessment.web.rounds import rounds
from assessment.web.rounds.board import board_of
from tests.actions.rounds.round_steps import AG, SP, Person, draft_round, take_part
from tests.factories import NOW, PROFILE
from tests.web.rounds.conftest import member

if TYPE_CHECKING:
    from assessment.models import Edition, Organisation

PEOPLE = """\
Ana;ana@ministry.gob.pe;MIDAGRI;Agriculture;Local
Luz;luz@social.gob.pe;MIDIS;social_protection;national
Eva;eva@social.gob.pe, luz@x.pe;MIDIS;Social protection;regional
Ida;ida@social.gob.pe;MIDIS;health;somewhere
Ana again;ANA@ministry.gob.pe;;agriculture;local
"""
SETTINGS: dict[str, Any] = {
    "closes_on": "2031-05-31",
    "time_zone": "America/Lima",
    "questionnaire": "whole",
    "minimum": "5",
    "letter": "Thank you for your time.",
    "shared_with": "Donor\n\nNGO",
    "own_result": "on",
}


OF_PEOPLE = (
    "2 people can be invited",
    "several e-mail addresses: write a row for each person",
    "tier “somewhere”: write one of National, Regional, Local",
    "sector “health”",
    "this address is invited already",
)
OF_CALENDAR = ("DTEND:20310601T050000Z", "until the end of 31 May 2031 (America/Lima)")


def missing(page: Any, *words: str) -> list[str]:
    """Of these words those that the page does not say."""
    html = page.content.decode()
    return [one for one in words if one not in html]


@pytest.fixture
def round(edition: Edition, organisation: Organisation) -> Round:
    made = draft_round(edition)
    made.scheme.owner = organisation
    made.scheme.save()
    return made


def address(round: Round, page: str = "") -> str:
    return f"/rounds/{round.uuid}/{page}"


def opened(round: Round) -> Round:
    Round.objects.filter(pk=round.pk).update(state="open", opened_at=NOW)
    round.refresh_from_db()
    return round


def test_round_is_prepared_opened_and_closed(
    facilitator: Client, organisation: Organisation, edition: Edition
) -> None:
    sent = SETTINGS | {"name": "Haku Wiñay", "organisation": str(organisation.uuid)}
    made_at = facilitator.post("/rounds/new/", sent)["Location"]
    made = Round.objects.get()

    assert made_at == address(made, "programmes/")
    assert made.closes_at == datetime(2031, 6, 1, 5, tzinfo=UTC)
    assert made.promise["shared_with"] == ["Donor", "NGO"]
    facilitator.post(address(made, "open/"))
    made.refresh_from_db()
    assert made.state == "draft"
    codes = {q.profile: q.code for q in edition.instrument().profile_questions}
    facts = {codes[name]: value for name, value in PROFILE.items() if name in codes}
    facts |= {"name": "Haku Wiñay", "programme-1-name": "Juntos"}
    assert facilitator.post(made_at, facts)["Location"] == address(made)
    assert "Open the round" in facilitator.get(address(made)).content.decode()
    facilitator.post(address(made, "open/"))
    made.refresh_from_db()
    assert (made.state, made.profile["country"]) == ("open", "PE")
    late = facilitator.post(made_at, facts)
    told = "The round is open: these facts decide what people are asked."
    assert (late.status_code, missing(late, told)) == (409, [])
    assert facilitator.post(address(made, "close/"), {"name": "haku"}).status_code == 422
    assert "Haku Wiñay" in facilitator.get(address(made, "close/")).content.decode()
    facilitator.post(address(made, "close/"), {"name": "Haku Wiñay"})
    made.refresh_from_db()
    assert made.is_closed
    assert "Read the result" in facilitator.get(address(made)).content.decode()
    for page in ("settings/", "people/"):
        assert facilitator.get(address(made, page)).status_code == 404
    listed = facilitator.get("/rounds/").content.decode()
    assert made.closed_at is not None
    assert "Haku Wiñay" in listed
    assert f"closed, {date_format(made.closed_at)}" in listed
    next_at = facilitator.post(f"/rounds/new/?after={made.uuid}", SETTINGS)["Location"]
    following = made.next_rounds.get()
    assert next_at == address(following, "programmes/")
    assert (following.scheme, following.carried_from) == (made.scheme, made)


def test_settings_are_refused_in_words_and_fixed_by_the_first_invitation(
    facilitator: Client, round: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where another one invites while they are changed."""
    page = address(round, "settings/")
    bad = {"minimum": "2", "letter": "write to me@x.pe", "closes_on": "2001-01-01"}
    bad |= {"kept_until": "2000-12-31", "shared_with": "x" * 4_001}
    refused = facilitator.post(page, SETTINGS | bad)
    sentences = ("3 or more", "leave out addresses", "still to come", "give a last day")

    assert (refused.status_code, missing(refused, *sentences)) == (422, [])
    assert facilitator.post(page, SETTINGS).status_code == 302
    invite(round=round, people=[Invitee("Ana", "", "", "local", AG)])
    assert facilitator.post(page, SETTINGS | {"minimum": "4"}).status_code == 422
    changed = SETTINGS | {"minimum": "7", "closes_on": "", "shared_with": "All", "published": "on"}
    assert facilitator.post(page, changed).status_code == 302
    round.refresh_from_db()
    assert (round.minimum, round.closes_at) == (7, None)
    assert round.promise["shared_with"] == ["Donor", "NGO"]
    assert not round.promise["published"]
    Invitation.objects.update(state="sent")
    monkeypatch.setattr(rounds, "is_promised", lambda _round: False)
    meanwhile = facilitator.post(page, changed)
    assert meanwhile.status_code == 422
    told = "Somebody was invited meanwhile: what is promised stays as it is."
    assert missing(meanwhile, told) == []


def test_list_of_people_is_checked_row_by_row(facilitator: Client, round: Round) -> None:
    """It may come back to be mended, and is read again before anybody is invited."""
    page = address(round, "people/")
    again = facilitator.post(page, {"people": PEOPLE, "change": "1"})
    checked = facilitator.post(page, {"people": PEOPLE})

    assert missing(again, "somewhere", "ana@ministry.gob.pe", 'name="invite"') == ['name="invite"']
    assert missing(checked, *OF_PEOPLE) == []
    assert not Invitation.objects.exists()
    sent = {"people": PEOPLE, "invite": "1", "language": "en"}
    invited = facilitator.post(page, sent)
    assert list(Invitation.objects.values_list("name", "tier", "sector", "language")) == [
        ("Ana", "local", AG, "en"),
        ("Luz", "national", SP, "en"),
    ]
    assert missing(invited, "Row 4:", "Ida;ida@social.gob.pe;MIDIS;health;somewhere") == []
    hidden = "so they stay hidden even if everybody submits"
    assert missing(facilitator.get(address(round)), hidden) == []
    bare = facilitator.post(page, {"people": "Ida;;MIDIS;;"})
    lacks = ("no sector: write one of Social protection", "no tier: write one of National")
    assert missing(bare, *lacks) == []
    assert facilitator.get(address(round, f"people/{uuid4()}/")).status_code == 404
    assert facilitator.post(address(round, "close/"))["Location"] == address(round)
    last = {"people": "Eve;;;agriculture;local", "invite": "1"}
    assert facilitator.post(page, last)["Location"] == address(round)


def test_list_that_cannot_be_read_is_refused(facilitator: Client, round: Round) -> None:
    large, odd = (
        SimpleUploadedFile("people.xlsx", content)
        for content in (b"x" * 2_000_001, b"PK\x03\x04 no workbook")
    )
    table: dict[str, dict[str, Any]] = {
        "nothing": {"people": " "},
        "large": {"people": "", "file": large},
        "no workbook": {"people": "", "file": odd},
        "language of no round": {"people": "Eva", "language": "xx"},
    }

    assert {
        case: facilitator.post(address(round, "people/"), sent).status_code
        for case, sent in table.items()
    } == dict.fromkeys(table, 422)


def test_invitations_are_written_once_and_reminders_to_who_is_missing(
    facilitator: Client, round: Round
) -> None:
    """The board says where each stands."""
    people = [Invitee(n, f"{n}@x.gob.pe", "", "local", AG) for n in ("ana", "luz", "eva", "ida")]
    invite(round=round, people=[*people, Invitee("Eve", "", "", "local", AG)])

    def press(act: str) -> str:
        return facilitator.post(address(round, f"people/{act}/"))["Location"]

    def reminders() -> list[str]:
        return [row.reminder for row in board_of(round, timezone.now()).places]

    assert press("send") == f"{address(round)}?sent=0"
    opened(round)
    assert [press("send"), press("send")] == [f"{address(round)}?sent={n}" for n in (4, 0)]
    sent = facilitator.get(f"{address(round)}?sent=4")
    assert missing(sent, "4 messages are on their way") == []
    assert (press("remind"), reminders()) == (f"{address(round)}?sent=0", [""] * 5)
    OutgoingMail.objects.update(created_at=timezone.now() - timedelta(days=4))
    assert reminders() == ["due"] * 4 + [""]
    assert press("remind") == f"{address(round)}?sent=4"
    assert [place.state for place in places_of(round)] == ["sent"] * 4 + ["prepared"]
    ended("round_reminder", "sent", "refused", "in_doubt")
    assert reminders() == ["sent", "failed", "in doubt", "on its way", ""]
    assert missing(facilitator.get(address(round)), "sent 1,") == []
    ended("round_reminder", *["refused"] * 4)
    ended("round_invitation", *["refused"] * 4)
    assert [place.state for place in places_of(round)] == ["refused"] * 4 + ["prepared"]
    end_invitation(invitation=round.invitations.get(name="ida"))
    assert reminders()[3] == ""


def ended(kind: str, *states: str) -> None:
    """What became of the first messages of this kind."""
    mails = OutgoingMail.objects.filter(kind=kind).order_by("pk")
    for mail, state in zip(mails, states, strict=False):
        mail.state, mail.finished_on, mail.message_id = state, NOW.date(), f"<{mail.pk}@x>"
        mail.save()


def test_person_is_seen_replaced_and_ended(facilitator: Client, round: Round) -> None:
    ana, luz = invite(
        round=round,
        people=[Invitee(n, f"{n}@x.gob.pe", "MIDIS", "local", AG) for n in ("ana", "luz")],
    )
    page = address(opened(round), f"people/{ana.uuid}/")
    shown = facilitator.get(page).content.decode()

    assert f"/invitation/{secret_of_nonce(ana.nonce)}/" in shown
    preview = facilitator.get(f"{page}preview/").content.decode()
    assert "nothing can be begun" in preview
    assert "begin/" not in preview
    assert facilitator.post(f"{page}again/")["Location"].endswith("?sent=1")
    again = facilitator.post(f"{page}replace/", {"name": "Eva", "email": "luz@x.gob.pe"})
    assert again.status_code == 409
    assert facilitator.post(f"{page}replace/", {"name": "E", "email": "x"}).status_code == 422
    eva = facilitator.post(f"{page}replace/", {"name": "Eva", "email": ""})["Location"]
    assert "Eva" in facilitator.get(eva).content.decode()
    assert facilitator.post(f"{page}replace/", {"name": "Ida"}).status_code == 409
    assert facilitator.post(f"{page}end/").status_code == 302
    Client().post(f"/invitation/{secret_of_nonce(luz.nonce)}/begin/")
    submit_all(round)
    hers = address(round, f"people/{luz.uuid}/")
    assert facilitator.post(f"{hers}end/").status_code == 409
    assert facilitator.post(f"{hers}replace/", {"name": "Ida"}).status_code == 409
    assert "submitted" in facilitator.get(hers).content.decode()


def submit_all(round: Round) -> None:
    round.responses.update(submitted_at=NOW)


def test_open_links_are_made_printed_and_ended(facilitator: Client, round: Round) -> None:
    """One may end before the round."""
    Round.objects.filter(pk=round.pk).update(time_zone="America/Lima")
    page = address(round, "links/")
    sent = {"sector": AG, "tier": "local", "limit": "3", "closes_on": "2031-05-30"}

    assert missing(facilitator.get(page), "There is none yet") == []
    assert facilitator.post(page, sent | {"limit": "0"}).status_code == 422
    past = facilitator.post(page, sent | {"closes_on": "2001-01-01"})
    assert (past.status_code, missing(past, "still to come")) == (422, [])
    assert facilitator.post(page, sent).status_code == 302
    link = OpenLink.objects.get()
    assert link.closes_at == datetime(2031, 5, 31, 5, tzinfo=UTC)
    words = (secret_of_nonce(link.nonce), "the end of 30 May 2031 (America/Lima)")
    for shown in (facilitator.get(page), facilitator.get(f"{page}paper/")):
        assert missing(shown, *words) == []
    assert facilitator.post(f"{page}{link.uuid}/end/").status_code == 302
    assert missing(facilitator.get(page), "This link is over") == []
    assert facilitator.post(f"{page}{round.uuid}/end/").status_code == 404


def test_result_is_read_by_members_once_it_is_closed(
    facilitator: Client, organisation: Organisation, round: Round
) -> None:
    viewer = member(organisation, "vera", Duty.VIEWER)
    report = address(round, "report/")
    take_part(opened(round), [Person("local", AG, {"LC1": 2})] * 3)
    take_part(round, [Person("national", SP, {"LC1": 4})] * 5)
    assert viewer.get(report).status_code == 404
    board = viewer.get(address(round)).content.decode()
    assert "Agriculture, Local" in board
    assert "Close the round" not in board
    closing = facilitator.get(address(round, "close/")).content.decode()
    assert "Agriculture, Local: 3" in closing

    facilitator.post(address(round, "close/"), {"name": round.scheme.name})

    for client in (facilitator, viewer):
        assert client.get(report).status_code == 200
        assert client.get(f"{report}brief/").status_code == 200
    brief = viewer.get(f"{report}brief/").content.decode()
    assert "The two sides cannot be shown beside each other" in brief
    assert "3 of 3" in brief or "3 answered" in brief
    waits = viewer.get(address(round, "brief.pdf"))
    assert waits["Refresh"] == "2"
    ReportFile.objects.update(state="refused", problem="failed", requested_at=None, queued_at=None)
    assert "This PDF cannot be made" in viewer.get(address(round, "brief.pdf")).content.decode()
    assert viewer.get(address(round, "other.pdf")).status_code == 404
    ReportFile.objects.update(
        state="ready", problem="", content=b"%PDF", used_on=NOW.date(), key=""
    )
    assert viewer.get(address(round, "brief.pdf")).content == b"%PDF"
    assert viewer.get(f"{report}nowhere/").status_code == 404
    assert viewer.get(address(round, "people/")).status_code == 404


def test_nobody_else_finds_a_round(edition: Edition, round: Round) -> None:
    stranger = Client()

    assert "Sign in to see yours" in stranger.get("/rounds/").content.decode()
    assert stranger.get(address(round))["Location"].startswith("/account/sign-in/")
    user = User.objects.create(username="eve")
    stranger.force_login(user)
    assert stranger.get(address(round)).status_code == 404


OWN_WORDS: dict[str, Any] = {
    "languages": ["en"],
    "areas": "Cusco\n\nPuno",
    "municipality": "Anta",
    "tier_national": "Central government",
    "tier_local": "Municipality",
    "attributed": "confidential",
    "notes_to_facilitators": "on",
}


def test_country_speaks_in_its_own_words_and_keeps_them_for_the_next_round(
    facilitator: Client, round: Round
) -> None:
    page = address(round, "settings/")
    refused = facilitator.post(page, SETTINGS | OWN_WORDS | {"minimum": "many"})
    assert refused.status_code == 422
    for words in ("Central government", "Smallest group that is shown: write a number."):
        assert words in refused.content.decode()
    assert facilitator.post(page, SETTINGS | OWN_WORDS).status_code == 302
    round.refresh_from_db()
    assert (round.languages, round.scheme.areas) == (["en"], ["Cusco", "Puno"])
    assert round.tier_words == {"national": "Central government", "local": "Municipality"}
    assert round.promise["notes_to_facilitators"]
    rows = "Ana;;;agriculture;municipality\nLuz;;;agriculture;Regional\nEva;;;agriculture;local"
    facilitator.post(address(round, "people/"), {"people": rows, "invite": "1"})
    board = facilitator.get(address(round)).content.decode()
    for words in ("Agriculture, Municipality", "Agriculture, Regional", "Anta, Cusco, Puno"):
        assert words in board
    ana = round.invitations.get(name="Ana")
    preview = facilitator.get(address(round, f"people/{ana.uuid}/preview/")).content.decode()
    assert "Agriculture, Municipality" in preview
    assert ana.tier == "local"
    for changed in ({"tier_local": "Village"}, {"attributed": "attributed"}):
        facilitator.post(page, SETTINGS | OWN_WORDS | changed)
    round.refresh_from_db()
    assert round.tier_words["local"] == "Municipality"
    assert not round.promise["attributed"]

    following = f"/rounds/new/?after={round.uuid}"
    form = facilitator.get(following).content.decode()
    assert 'value="Central government"' in form
    assert "action=" not in re.findall(r"<form[^>]*>", form)[-1]
    assert "2031-05-31" not in form
    made_at = facilitator.post(following, SETTINGS | OWN_WORDS)["Location"]
    made = Round.objects.exclude(pk=round.pk).get()
    assert made_at == address(made, "programmes/")
    assert (made.scheme, made.facts(), made.state) == (round.scheme, round.facts(), "draft")
    for nowhere in (uuid4(), "x"):
        assert facilitator.get(f"/rounds/new/?after={nowhere}").status_code == 404


def test_last_hour_is_taken_into_a_calendar_by_all_who_need_it(
    facilitator: Client, round: Round
) -> None:
    (ana,) = invite(round=opened(round), people=[Invitee("Ana", "", "", "local", AG)])
    link = f"/invitation/{secret_of_nonce(ana.nonce)}/"
    device = Client()
    own = device.post(f"{link}begin/")["Location"]
    asked = {address(round): facilitator, link: Client(), own: device}

    def told(page: str) -> tuple[list[str], list[str], str]:
        """Of the page what is not there, of the calendar too, and where it leads."""
        calendar = asked[page].get(f"{page}closing.ics")
        words = ("text/calendar; charset=utf-8", *OF_CALENDAR, secret_of_nonce(ana.nonce))
        said = calendar.headers["Content-Type"] + calendar.content.decode().replace("\r\n ", "")
        left_out = missing(asked[page].get(page), f'href="{page}closing.ics"')
        return left_out, [w for w in words if w not in said], calendar.headers.get("Location", "")

    without = {page: told(page)[::2] for page in asked}
    closes_at = datetime(2031, 6, 1, 5, tzinfo=UTC)
    Round.objects.filter(pk=round.pk).update(closes_at=closes_at, time_zone="America/Lima")

    assert without == {page: ([f'href="{page}closing.ics"'], page) for page in asked}
    assert {page: told(page) for page in asked} == dict.fromkeys(
        asked, ([], [secret_of_nonce(ana.nonce)], "")
    )
    assert Client().get(f"/invitation/{'x' * 32}/closing.ics").status_code == 404
