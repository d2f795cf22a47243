from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from assessment.actions.rounds.agree import RoundNotClosed
from assessment.actions.rounds.close import close_round
from assessment.actions.rounds.invite import Invitee, end_invitation, invite
from assessment.actions.rounds.make import open_round
from assessment.actions.rounds.next_round import next_round
from assessment.reports.report_data import ReportData, report_of_round
from assessment.reports.sections.changes import Changes, changes
from assessment.reports.sections.round_in_brief import round_sentences
from tests.actions.rounds.round_steps import AG, SP, Person, opened_round, take_part
from tests.factories import NOW
from tests.tables import raised

if TYPE_CHECKING:
    from assessment.models import Edition, Round

PROMISE = {"round_result": True, "kept_until": "2027-01-31"}


def everybody(edition: Edition, level: int) -> list[Person]:
    """Ten people who answer every level question of targeting alike."""
    targeting = edition.instrument().questions_of["TG"]
    asked = [q for q in targeting if all(q.routed_to("national", one) for one in (SP, AG))]
    answers = {q.code: level for q in asked if q.kind == "level"}
    return [Person("national", sector, answers) for sector in (SP, AG) for _ in range(5)]


def closed(edition: Edition, made: Round, level: int) -> Round:
    take_part(made, everybody(edition, level))
    close_round(round=made, now=NOW)
    made.refresh_from_db()
    return made


@pytest.fixture
def first(edition: Edition) -> Round:
    made = opened_round(edition, promise=PROMISE, minimum=4, time_zone="America/Lima")
    seat = ("", "local", AG)
    places = invite(
        round=made,
        people=[Invitee("Ana", "ana@x.example", *seat), Invitee("Luz", "luz@x.example", *seat)],
    )
    end_invitation(invitation=places[1])
    return closed(edition, made, 1)


def drawn(report: ReportData) -> Changes:
    section = changes(report)
    assert section is not None
    assert isinstance(section.content, Changes)
    return section.content


def test_next_round_keeps_people_and_settings_and_says_what_changed(
    edition: Edition, first: Round
) -> None:
    made = next_round(round=first, edition=edition, now=NOW)

    raised(RoundNotClosed, next_round, round=made, edition=edition, now=NOW)
    assert (made.state, made.carried_from, made.minimum) == ("draft", first, 4)
    assert (made.time_zone, made.profile) == ("America/Lima", first.profile)
    assert made.promise == {"round_result": True, "kept_until": None}
    people = made.invitations.values_list("name", "email", "state")
    assert list(people) == [("Ana", "ana@x.example", "prepared")]
    assert made.invitations.get().nonce != first.invitations.get(name="Ana").nonce
    report = report_of_round(closed(edition, open_round(round=made, now=NOW), 4))
    told = drawn(report)
    (line,) = told.lines
    assert (line.name, line.change, line.way) == ("Targeting", "higher", 1)
    assert len(told.left_out) == len(report.result.dimensions) - 1
    assert report.before is not None
    turned = drawn(replace(report, result=report.before.result, before=before(report)))
    assert [one.change for one in turned.lines] == ["lower"]
    back = replace(report, result=report.before.result, before=before(report))
    assert "lower in Targeting." in " ".join(round_sentences(back))
    wide = replace(report.result.dimensions["TG"], low=0.0, high=100.0)
    unsure = replace(report.result, dimensions=report.result.dimensions | {"TG": wide})
    (line,) = drawn(replace(report, result=unsure)).lines
    assert (line.way, line.change) == (0, "no change that goes beyond what is not known")


def before(report: ReportData) -> ReportData:
    assert report.before is not None
    return replace(report.before, result=report.result)


def test_other_questions_and_a_round_of_too_few_are_not_compared_with(
    edition: Edition, first: Round
) -> None:
    def next_of(before: Round) -> ReportData:
        made = next_round(round=before, edition=edition, now=NOW)
        return report_of_round(closed(edition, open_round(round=made, now=NOW), 4))

    few = opened_round(edition)
    take_part(few, everybody(edition, 1)[:2])
    close_round(round=few, now=NOW)
    few.refresh_from_db()
    instrument, report = edition.instrument(), next_of(first)
    reworded = tuple(replace(one, text=f"{one.text} now") for one in instrument.questions)
    assert report.before is not None
    other = replace(report.before, instrument=replace(instrument, questions=reworded))

    told = drawn(replace(report, before=other))

    assert (told.lines, told.chart) == ((), None)
    assert changes(replace(report, before=None)) is None
    assert next_of(few).before is None
