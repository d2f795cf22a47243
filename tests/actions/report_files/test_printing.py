from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from assessment.actions.report_files.printing import (
    LEASE,
    MOST_TRIES,
    NotHeld,
    claim_file,
    give_file_back,
    give_up_try,
    hold_file,
    refuse_file,
    store_file,
    take_back_lost_files,
)
from assessment.models import ReportFile, Result
from tests.factories import NOW, ResultFactory

State = ReportFile.State
LATE = NOW + LEASE + timedelta(seconds=1)


@pytest.fixture
def result(db: None) -> Result:
    made: Result = ResultFactory()
    ReportFile.objects.create(result=made, language="en", requested_at=NOW)
    return made


def claimed(result: Result, holder: str = "first") -> ReportFile:
    file = claim_file(result=result.pk, holder=holder, now=NOW)
    assert file is not None
    return file


def row() -> tuple[str, str, int, bytes | None]:
    file = ReportFile.objects.get()
    return file.state, file.problem, file.tries, bytes(file.content) if file.content else None


def test_waiting_file_is_claimed_once(result: Result) -> None:
    claimed(result)

    assert claim_file(result=result.pk, holder="second", now=NOW) is None


def test_file_that_another_claims_meanwhile_is_left_to_it(result: Result) -> None:
    others = ["faster"]

    def meanwhile(execute: Any, sql: str, *more: Any) -> Any:
        if others and sql.startswith("UPDATE"):
            claimed(result, others.pop())
        return execute(sql, *more)

    with connection.execute_wrapper(meanwhile):
        late = claim_file(result=result.pk, holder="slower", now=NOW)

    assert (late, ReportFile.objects.get().holder) == (None, "faster")


def test_stored_file_keeps_the_day_and_no_hour(result: Result) -> None:
    store_file(file=claimed(result), content=b"%PDF", now=NOW)

    assert row() == (State.READY, "", 1, b"%PDF")
    file = ReportFile.objects.get()
    assert (file.requested_at, file.queued_at, file.held_until) == (None, None, None)
    assert (file.used_on, file.size) == (NOW.date(), 4)


def test_file_whose_lease_ended_waits_again(result: Result) -> None:
    claimed(result)

    take_back_lost_files(now=LATE)

    assert row() == (State.WAITING, "", 1, None)


def test_file_that_is_held_stays_with_its_holder(result: Result) -> None:
    hold_file(file=claimed(result), key="k", now=LATE)

    take_back_lost_files(now=LATE)

    assert ReportFile.objects.get().state == State.PRINTING


def test_who_lost_the_lease_stores_nothing(result: Result) -> None:
    slow = claimed(result)
    take_back_lost_files(now=LATE)
    fast = claimed(result, "second")

    with pytest.raises(NotHeld):
        store_file(file=slow, content=b"slow", now=LATE)
    store_file(file=fast, content=b"fast", now=LATE)

    assert row() == (State.READY, "", 2, b"fast")


@pytest.mark.parametrize("dies", [False, True])
def test_file_is_refused_after_several_tries_without_an_outcome(result: Result, dies: bool) -> None:
    for _try in range(MOST_TRIES):
        file = claimed(result)
        if dies:
            take_back_lost_files(now=LATE)
        else:
            give_up_try(file=file)

    assert row() == (State.REFUSED, ReportFile.Problem.FAILED, MOST_TRIES, None)


def test_file_that_is_given_back_lost_no_try(result: Result) -> None:
    give_file_back(file=claimed(result))

    assert row() == (State.WAITING, "", 0, None)


def test_refused_file_is_not_printed_again_of_itself(result: Result) -> None:
    refuse_file(file=claimed(result), problem=ReportFile.Problem.TOO_LONG)

    take_back_lost_files(now=LATE)

    assert claim_file(result=result.pk, holder="second", now=NOW) is None
