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
from assessment.models import PlanChange, PlanLine
from assessment.reports.page import report_html
from assessment.reports.report_data import report_of_round
from tests.actions.rounds.round_steps import opened_round, take_part
from tests.actions.rounds.test_close import EVERYBODY
from tests.factories import NOW
from tests.web.rounds.conftest import member

if TYPE_CHECKING:
    from django.test import Client

    from assessment.models import Edition, Organisation, Round

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
    shown = page(facilitator, asked("round_plan", round))

    assert "<dt>Social protection</dt>" in shown
    assert "Office of the register" in shown
    assert "<strong>12,000 GHS</strong>" in shown
    assert "no budget line: No line was found" in shown
    assert "register@example.org" not in shown
    form = page(facilitator, asked("round_plan_line", round, line.uuid))
    assert "<legend>Agriculture</legend>" in re.sub(r"<legend[^>]*>", "<legend>", form)
    assert 'name="budget"' not in form
    printed = " ".join(report_html(report_of_round(round)).split())
    assert "<strong>Agriculture</strong>: Office of extension; no budget line" in printed


def test_line_that_nobody_filled_in_says_what_is_open(facilitator: Client, round: Round) -> None:
    bare = {"what": "Meet once", "state": "done", "evidence": "Minutes of May"}
    facilitator.post(asked("round_plan_add", round), bare)

    shown = page(facilitator, asked("round_plan", round))

    assert (shown.count("no owner yet"), shown.count("money not said yet")) == (2, 2)
    assert "Minutes of May" in shown
    printed = " ".join(report_html(report_of_round(round)).split())
    assert ("money not said yet" in printed, "Evidence: Minutes of May" in printed) == (True, True)


def test_every_change_is_kept_with_who_made_it(
    facilitator: Client, round: Round, line: PlanLine
) -> None:
    changed = OWN_LINE | {
        "state": "done",
        "revision": "1",
        f"{AG}-owner": "",
        f"{AG}-no_budget": "",
    }
    here = asked("round_plan_line", round, line.uuid)
    assert facilitator.post(here, changed | {"due_date": "2027-03-01"}).status_code == 302
    facilitator.post(asked("round_plan_delete", round, line.uuid))
    facilitator.post(asked("round_plan_restore", round, line.uuid))

    acts = [(one.act, one.account.username if one.account else "") for one in line.changes.all()]
    assert acts == [(act, "fatou") for act in ("restored", "deleted", "changed", "added")]
    shown = page(facilitator, here)
    assert '<dt>State</dt> <dd dir="auto"><s>not begun</s> → done' in shown
    assert '<dt>Date</dt> <dd dir="auto"><s>15 February 2027</s> → 1 March 2027' in shown
    assert (
        '<dt>Agriculture: Owner</dt> <dd dir="auto"><s>Office of extension</s> → nothing' in shown
    )
    assert [str(one) for one in line.shares.all()] == [f"{line.pk}/{SP}"]
    assert str(line.changes.last()) == f"{line.pk}/added"


def test_change_by_an_account_that_is_gone_stays(
    facilitator: Client, round: Round, line: PlanLine
) -> None:
    PlanChange.objects.update(account=None)

    assert "an account that is gone" in page(
        facilitator, asked("round_plan_line", round, line.uuid)
    )


def test_money_and_the_reason_for_none_contradict_each_other(
    facilitator: Client, round: Round
) -> None:
    both = OWN_LINE | {f"{AG}-budget": "Line 4", f"{SP}-email": "nobody"}

    answer = facilitator.post(asked("round_plan_add", round), both)

    said = answer.content.decode()
    assert answer.status_code == 422
    assert "Agriculture: say what pays for it, or why nothing does, not both." in said
    assert "this is no e-mail address: nobody" in said
    assert "No line was found" in said
    assert not round.plan_lines.exists()


def test_what_another_saved_meanwhile_is_told_by_side(
    facilitator: Client, round: Round, line: PlanLine
) -> None:
    here = asked("round_plan_line", round, line.uuid)
    facilitator.post(here, OWN_LINE | {"revision": "1", f"{SP}-owner": "Theirs"})

    answer = facilitator.post(here, OWN_LINE | {"revision": "1", "what": "Mine"})

    told = " ".join(answer.content.decode().split())
    assert answer.status_code == 409
    assert '<dt>Social protection: Owner</dt> <dd class="theirs" dir="auto">Theirs</dd>' in told


def test_files_have_both_sides(facilitator: Client, round: Round, line: PlanLine) -> None:
    book = openpyxl.load_workbook(BytesIO(facilitator.get(asked("round_plan_xlsx", round)).content))
    head, row = list(book.worksheets[0].values)
    cells = dict(zip(head, row, strict=True))

    assert cells["Social protection: owner"] == "Office of the register"
    assert cells["Social protection: amount"] == "12,000 GHS"
    assert cells["Agriculture: If there is no budget line: why"] == "No line was found"
    calendar = facilitator.get(asked("round_plan_ics", round)).content.decode()
    told = calendar.replace("\r\n ", "")
    assert "Social protection: Office of the register\\; Line 1.7\\, 12\\,000 GHS" in told
    assert "Agriculture: Office of extension\\; no budget line: No line was found" in told
    assert "register@example.org" not in calendar


def test_viewer_reads_the_plan_and_changes_nothing(
    organisation: Organisation, round: Round, line: PlanLine
) -> None:
    viewer = member(organisation, "vera", "viewer")

    shown = page(viewer, asked("round_plan", round))

    assert "One list of households" in shown
    assert ("Move up" in shown, "plan/add/" in shown, "Delete" in shown) == (False, False, False)
    assert viewer.get(asked("round_plan_xlsx", round)).status_code == 200
    assert viewer.get(asked("round_plan_line", round, line.uuid)).status_code == 404
    assert viewer.post(asked("round_plan_delete", round, line.uuid)).status_code == 404


def test_open_round_has_no_plan_yet(
    facilitator: Client, edition: Edition, organisation: Organisation
) -> None:
    made = opened_round(edition)
    made.scheme.owner = organisation
    made.scheme.save()

    assert facilitator.get(asked("round_plan", made)).status_code == 404


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
