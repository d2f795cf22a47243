from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from assessment.actions.rounds.close import close_round
from assessment.actions.rounds.enter import decline
from assessment.actions.rounds.invite import Invitee, end_invitation, invite
from assessment.actions.rounds.places import secret_of_nonce
from assessment.models import Response
from assessment.reports.report_data import report_of_round
from assessment.reports.sections.process import Process, process
from tests.actions.rounds.round_steps import AG, SP, Person, answer, opened_round, seat, take_part
from tests.factories import NOW

if TYPE_CHECKING:
    from assessment.models import Edition, Round
    from assessment.reports.report_data import ReportData


def drawn(report: ReportData) -> Process:
    section = process(report)
    assert section is not None
    assert isinstance(section.content, Process)
    return section.content


def closed_round_of_ten(edition: Edition) -> Round:
    """Of ten who were asked seven came, by link, by key and on paper; one began, one declined."""
    made = opened_round(edition)
    take_part(made, [Person("local", AG, {"TG2": 4}, "The list of 2024")] * 2)
    take_part(made, [Person("national", SP, {"TG2": 3})] * 5)
    for entry, rows in (("open_link", slice(0, 2)), ("on_behalf", slice(2, 3))):
        keys = list(made.responses.order_by("pk").values_list("pk", flat=True)[rows])
        Response.objects.filter(pk__in=keys).update(entry=entry)
    answer(seat(made), {"TG2": 0})
    people = [Invitee(name, "", "", "regional", SP) for name in ("Ana", "Eva", "Ida")]
    ana, eva, _ida = invite(round=made, people=people)
    decline(secret=secret_of_nonce(ana.nonce))
    end_invitation(invitation=eva)
    close_round(round=made, now=NOW)
    made.refresh_from_db()
    return made


def test_statement_counts_who_was_asked_and_who_came_as_it_was_at_closing(
    edition: Edition,
) -> None:
    told = drawn(report_of_round(closed_round_of_ten(edition)))

    groups = [(one.name, one.invited, one.submitted) for one in told.groups]
    assert groups == [
        ("Agriculture, Local", "3", "2"),
        ("Social protection, National", "5", "5"),
        ("Social protection, Regional", "2", "0"),
    ]
    assert (told.total.invited, told.total.submitted) == ("10", "7")
    said = " ".join(told.sentences)
    words = {
        "2 people came by the link of a group.",
        "1 sheet was keyed in on behalf",
        "1 person began and did not submit",
        "1 person declined to take part.",
        "29% of the high answers come with a note on what they rest on.",
        "No joint session has been held",
        "nobody changed what people answered apart",
    }
    assert {sentence for sentence in words if sentence not in said} == set()


def test_statement_says_what_was_changed_and_is_none_where_nothing_was_kept(
    edition: Edition,
) -> None:
    """As of a round that closed before it was kept."""
    made = closed_round_of_ten(edition)
    report = report_of_round(made)
    made.process = {}

    changed = drawn(replace(report, process={**report.process, "unchanged": False, "high": 0}))

    assert "Do not rely on it" in " ".join(changed.sentences)
    assert "high answers" not in " ".join(changed.sentences)
    assert changed.statement_hash != drawn(report).statement_hash
    assert process(report_of_round(made)) is None
