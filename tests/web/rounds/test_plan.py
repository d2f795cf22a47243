"""The plan of a closed round: both sides in each line, and every change of it kept."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from assessment.actions.rounds.close import close_round
from assessment.actions.rounds.make import open_round
from assessment.actions.rounds.next_round import next_round
from assessment.models import PlanChange, PlanLine, Round
from assessment.reports.page import report_html
from assessment.reports.report_data import report_of_round
from tests.actions.rounds.round_steps import opened_round, take_part
from tests.actions.rounds.test_close import EVERYBODY
from tests.factories import NOW
from tests.web.rounds.conftest import member

if TYPE_CHECKING:
    from django.test import Client

    from assessment.models import Edition, Organisation

SP, AG = "social_protection", "agriculture"
OWN_LINE = {
    "what": "One list of households",
    "due_date": "2027-02-15",
    "state": "planned",
    f"{SP}-owner": "Office of the register",
    f"{SP}-email": "register@example.org",
    f"{SP}-budget": "Line 1.7",
    f"{SP}-amount": "12,000 GHS",
    f"{AG}-owner": "Office of extension",
    f"{AG}-no_budget": "No line was found",
}

OPEN = ("no owner yet", "money not said yet", "Minutes of May")


def asked(name: str, round: Round, *line: Any) -> str:
    return reverse(name, args=[round.uuid, *line])


@pytest.fixture
def round(edition: Edition, organisation: Organisation) -> Round:
    made = opened_round(edition, promise={"round_result": True, "kept_until": "2027-01-31"})
    made.scheme.owner = organisation
    made.scheme.save()
    take_part(made, EVERYBODY)
    close_round(round=made, now=NOW)
    made.refresh_from_db()
    return made


@pytest.fixture
def line(facilitator: Client, round: Round) -> PlanLine:
    assert facilitator.post(asked("round_plan_add", round), OWN_LINE).status_code == 302
    return round.plan_lines.get()


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_advice_is_taken_where_it_stands_and_says_so(facilitator: Client, round: Round) -> None:
    actions = reverse("round_report_page", args=[round.uuid, "actions/"])
    key = re.findall(r'name="advice" value="([^"]+)"', page(facilitator, actions))[0]

    taken = facilitator.post(asked("round_plan_take", round), {"advice": key, "next": actions})

    assert (taken.status_code, taken.headers["Location"]) == (302, actions)
    assert asked("round_plan_line", round, round.plan_lines.get().uuid) in page(
        facilitator, actions
    )
    assert PlanChange.objects.get().act == "added"


def test_line_says_for_each_side_who_owns_it_and_what_pays_for_it(
    facilitator: Client, round: Round, line: PlanLine
) -> None:
    """Or that it is open; on the page, in its form and on paper."""
    shown = page(facilitator, asked("round_plan", round))
    form = page(facilitator, asked("round_plan_line", round, line.uuid))
    bare = {"what": "Meet once", "state": "done", "evidence": "Minutes of May"}
    facilitator.post(asked("round_plan_add", round), bare)
    both = page(facilitator, asked("round_plan", round))
    printed = " ".join(report_html(report_of_round(round)).split())

    said = [
        "<dt>Social protection</dt>",
        "Office of the register",
        "<strong>12,000 GHS</strong>",
        "no budget line: No line was found",
        "register@example.org",
    ]
    assert [words for words in said if words not in shown] == ["register@example.org"]
    assert "<legend>Agriculture</legend>" in re.sub(r"<legend[^>]*>", "<legend>", form)
    assert 'name="budget"' not in form
    assert [both.count(words) - shown.count(words) for words in OPEN] == [2, 2, 1]
    on_paper = [
        "<strong>Agriculture</strong>: Office of extension; no budget line",
        "money not said yet",
        "Evidence: Minutes of May",
    ]
    assert [words for words in on_paper if words not in printed] == []


def test_every_change_is_kept_with_who_made_it(
    facilitator: Client, round: Round, line: PlanLine
) -> None:
    """An account that is gone made it still."""
    changed = OWN_LINE | {"state": "done", "revision": "1", "due_date": "2027-03-01"}
    here = asked("round_plan_line", round, line.uuid)
    no_share = {f"{AG}-owner": "", f"{AG}-no_budget": ""}
    assert facilitator.post(here, changed | no_share).status_code == 302
    facilitator.post(asked("round_plan_delete", round, line.uuid))
    facilitator.post(asked("round_plan_restore", round, line.uuid))

    acts = [(one.act, one.account.username if one.account else "") for one in line.changes.all()]
    assert acts == [(act, "fatou") for act in ("restored", "deleted", "changed", "added")]
    shown = page(facilitator, here)
    told = re.findall(r'<dt>([^<]+)</dt> <dd dir="auto"><s>([^<]+)</s> → ([^<]+?)</dd>', shown)
    assert set(told) >= {
        ("State", "not begun", "done"),
        ("Date", "15 February 2027", "1 March 2027"),
        ("Agriculture: Owner", "Office of extension", "nothing"),
    }
    assert [str(one) for one in line.shares.all()] == [f"{line.pk}/{SP}"]
    assert str(line.changes.last()) == f"{line.pk}/added"
    PlanChange.objects.update(account=None)
    assert "an account that is gone" in page(facilitator, here)


def test_what_cannot_be_saved_is_said_by_side(facilitator: Client, round: Round) -> None:
    """Money beside the reason for none, and what another saved meanwhile."""
    add = asked("round_plan_add", round)
    both = OWN_LINE | {f"{AG}-budget": "Line 4", f"{SP}-email": "nobody"}
    refused = facilitator.post(add, both)
    nothing = round.plan_lines.exists()
    facilitator.post(add, OWN_LINE)
    here = asked("round_plan_line", round, round.plan_lines.get().uuid)
    facilitator.post(here, OWN_LINE | {"revision": "1", f"{SP}-owner": "Theirs"})

    stale = facilitator.post(here, OWN_LINE | {"revision": "1", "what": "Mine"})

    said = (
        "Agriculture: say what pays for it, or why nothing does, not both.",
        "this is no e-mail address: nobody",
        "No line was found",
    )
    assert (refused.status_code, nothing, stale.status_code) == (422, False, 409)
    assert [words for words in said if words not in refused.content.decode()] == []
    theirs = '<dt>Social protection: Owner</dt> <dd class="theirs" dir="auto">Theirs</dd>'
    assert theirs in " ".join(stale.content.decode().split())


def test_viewer_reads_the_plan_and_its_files_and_changes_nothing(
    organisation: Organisation, round: Round, line: PlanLine
) -> None:
    """The files have both sides; an open round has no plan yet."""
    viewer = member(organisation, "vera", "viewer")
    shown = page(viewer, asked("round_plan", round))
    book = openpyxl.load_workbook(BytesIO(viewer.get(asked("round_plan_xlsx", round)).content))
    head, row = list(book.worksheets[0].values)
    calendar = viewer.get(asked("round_plan_ics", round)).content.decode()

    assert (
        dict(zip(head, row, strict=True)).items()
        >= {
            "Social protection: owner": "Office of the register",
            "Social protection: amount": "12,000 GHS",
            "Agriculture: If there is no budget line: why": "No line was found",
        }.items()
    )
    said = (
        "Social protection: Office of the register\\; Line 1.7\\, 12\\,000 GHS",
        "Agriculture: Office of extension\\; no budget line: No line was found",
        "register@example.org",
    )
    assert [words for words in said if words not in calendar.replace("\r\n ", "")] == [said[2]]
    on_page = ("One list of households", "Move up", "plan/add/", "Delete")
    assert [words for words in on_page if words in shown] == ["One list of households"]
    assert viewer.get(asked("round_plan_line", round, line.uuid)).status_code == 404
    assert viewer.post(asked("round_plan_delete", round, line.uuid)).status_code == 404
    Round.objects.filter(pk=round.pk).update(state="open", closed_at=None, result=None)
    assert viewer.get(asked("round_plan", round)).status_code == 404


def test_next_round_says_what_became_of_each_line(
    facilitator: Client, edition: Edition, round: Round, line: PlanLine
) -> None:
    PlanLine.objects.update(state="done", evidence="Decree 14")
    made = open_round(round=next_round(round=round, edition=edition, now=NOW), now=NOW)
    take_part(made, EVERYBODY)
    close_round(round=made, now=timezone.now())
    made.refresh_from_db()

    told = " ".join(report_html(report_of_round(made)).split())

    assert "What became of the plan of the round before" in told
    assert "<strong>done</strong>" in told
    assert '<td dir="auto">Decree 14</td>' in told
    assert date(2027, 2, 15).strftime("%d") in told
