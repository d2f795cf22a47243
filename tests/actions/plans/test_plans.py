"""What becomes of a plan: taken, changed, moved, deleted, put back, let go."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction

from assessment.actions.plans import lock
from assessment.actions.plans.change import LineConflict, add_line, change_line
from assessment.actions.plans.delete import delete_line, delete_old_lines, restore_line
from assessment.actions.plans.lock import PlanFull
from assessment.actions.plans.order import EARLIER, LATER, move_line
from assessment.actions.plans.take import NotAdvised, take_advice
from assessment.actions.plans.values import LineValues
from assessment.method.advice import advice_references
from assessment.models import PlanLine, Response, Result, Round
from assessment.models.plans import PUT_BACK_FOR
from tests.actions.respondent_steps import submitted
from tests.factories import NOW
from tests.tables import raised

LATE = NOW + timedelta(days=1)
OWN = LineValues(what="Invite the mayors", who="Prefecture", due_date=date(2027, 2, 15))


@pytest.fixture
def result(response: Response) -> Result:
    return Result.objects.with_content().get(pk=submitted(response).pk)


@pytest.fixture
def keys(result: Result) -> list[str]:
    """A recommendation and two steps that the result gives."""
    given = list(advice_references(result.edition.instrument(), result.read()))
    found = [given[0], *[key for key in given if key.startswith("step-")][:2]]
    assert found[0].startswith("rule-")
    return found


def take(result: Result, *keys: str) -> None:
    take_advice(round=result.round, result=result.read(), keys=keys, now=NOW)


def lines(round: Round) -> list[PlanLine]:
    return list(round.plan_lines.not_deleted())


def own_line(round: Round, uuid: UUID | None = None) -> PlanLine:
    return add_line(round=round, uuid=uuid or uuid4(), values=OWN, now=NOW)


def change(line: PlanLine, revision: int, **values: object) -> PlanLine:
    wanted = replace(LineValues.of(line), **values)  # type: ignore[arg-type]
    return change_line(round=line.round, line=line.uuid, values=wanted, revision=revision, now=LATE)


def test_advice_that_the_result_gives_is_taken_once_in_its_order(
    result: Result, keys: list[str]
) -> None:
    for odd in ("rule-R99", "step-PC1-low-x", "own-", ""):
        raised(NotAdvised, take, result, keys[0], odd)
    before = lines(result.round)

    take(result, keys[1])
    take(result, *keys, keys[0])

    found = lines(result.round)
    assert (before, [line.key for line in found]) == ([], [keys[1], keys[0], keys[2]])
    assert {(line.edition_id, line.what, line.revision) for line in found} == {
        (result.edition_id, None, 1)
    }


def test_line_is_changed_where_nobody_changed_or_deleted_it_meanwhile(result: Result) -> None:
    line = own_line(result.round)

    changed = change(line, 1, who="Cabinet")
    again = change(line, 1, who="Cabinet")
    conflict = raised(LineConflict, change, line, 1, who="Ministry")
    delete_line(round=result.round, line=line.uuid, now=NOW)
    deleted = raised(LineConflict, change, line, 2, who="Ministry")

    assert (changed.revision, changed.changed_at, again.revision) == (2, LATE, 2)
    assert (conflict.stored.who, deleted.stored.is_deleted) == ("Cabinet", True)
    assert change(line, 3, who="Ministry").is_deleted is False


def test_own_line_that_is_sent_twice_is_one(result: Result) -> None:
    """Of a form that was gone back to the key is the same: what it says now is another line."""
    key, more = uuid4(), LineValues(what="And the prefect")
    other = Round.objects.get(pk=result.round.pk)
    other.pk, other.uuid = None, uuid4()
    other.result, other.state, other.closed_at = None, Round.State.OPEN, None
    other.save()

    first, again = own_line(result.round, key), own_line(result.round, key)
    elsewhere = own_line(other, key)
    second, once_more = (
        add_line(round=result.round, uuid=key, values=more, now=NOW) for _ in range(2)
    )

    assert (first, second) == (again, once_more)
    assert elsewhere.uuid != key
    assert [line.what for line in lines(result.round)] == [first.what, "And the prefect"]


def test_deleted_line_is_put_back_as_it_was(result: Result, keys: list[str]) -> None:
    take(result, *keys)
    first, second, third = lines(result.round)
    change(first, 1, who="Cabinet")
    for line in (first, second, third, third):
        delete_line(round=result.round, line=line.uuid, now=NOW)
    assert lines(result.round) == []

    restore_line(round=result.round, line=first.uuid, now=NOW)
    take(result, keys[1])
    change(third, 2, sign="Signed")
    restore_line(round=result.round, line=first.uuid, now=NOW)

    assert [(one.key, one.who, one.sign, one.revision) for one in lines(result.round)] == [
        (keys[0], "Cabinet", "", 4),
        (keys[1], None, "", 3),
        (keys[2], None, "Signed", 3),
    ]


def test_deleted_lines_go_after_their_time(result: Result) -> None:
    old, young, there = (own_line(result.round) for _ in range(3))
    delete_line(round=result.round, line=old.uuid, now=NOW - timedelta(seconds=1))
    delete_line(round=result.round, line=young.uuid, now=NOW)

    at_the_end = NOW + PUT_BACK_FOR
    offered = list(result.round.plan_lines.to_put_back(at_the_end))
    gone = delete_old_lines(now=at_the_end)

    assert (offered, gone) == ([young], 1)
    assert set(PlanLine.objects.all()) == {young, there}


def test_line_moves_one_place_past_those_that_are_deleted(result: Result) -> None:
    first, gone, last = (own_line(result.round) for _ in range(3))
    delete_line(round=result.round, line=gone.uuid, now=NOW)

    def order_after(line: PlanLine, to: str) -> list[PlanLine]:
        move_line(round=result.round, line=line.uuid, to=to)
        return lines(result.round)

    assert order_after(last, EARLIER) == [last, first]
    assert order_after(last, EARLIER) == [last, first]
    assert order_after(last, LATER) == [first, last]
    assert order_after(last, LATER) == [first, last]


def test_plan_is_bounded(result: Result, keys: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "MOST_LINES", 2)
    take(result, *keys[:2])

    raised(PlanFull, take, result, keys[2])
    raised(PlanFull, own_line, result.round)
    take(result, *keys[:2])

    assert len(lines(result.round)) == 2


def test_plan_goes_with_its_round_and_is_no_part_of_the_result(
    result: Result, keys: list[str]
) -> None:
    before = Result.objects.values().get()
    take(result, *keys)
    assert Result.objects.values().get() == before

    Response.objects.update(result=None)
    Round.objects.update(result=None, state=Round.State.OPEN, closed_at=None)
    Result.objects.all().delete()
    Round.objects.all().delete()

    assert PlanLine.objects.count() == 0


def test_database_refuses_lines_that_cannot_be(result: Result, keys: list[str]) -> None:
    take(result, *keys)
    rule, other, step = lines(result.round)
    own = own_line(result.round)
    assert str(own) == str(own.uuid)

    def refused(line: PlanLine, **values: object) -> bool:
        try:
            with transaction.atomic():
                PlanLine.objects.filter(pk=line.pk).update(**values)
        except IntegrityError:
            return True
        return False

    table: list[tuple[PlanLine, dict[str, object]]] = [
        (rule, {"edition": None}),
        (rule, {"code": ""}),
        (rule, {"what": ""}),
        (rule, {"origin": "odd"}),
        (own, {"what": None}),
        (own, {"code": "R01"}),
        (own, {"budget": "3.2", "no_budget": "none"}),
        (own, {"state": "other"}),
        (other, {"code": step.code, "wording": step.wording}),
    ]
    again = {
        name: getattr(rule, name) for name in ("round", "origin", "edition", "code", "wording")
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        PlanLine.objects.create(position=9, changed_at=NOW, **again)
    assert [row for row in table if not refused(row[0], **row[1])] == []
