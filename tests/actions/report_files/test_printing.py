from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

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
from tests.tables import undone

if TYPE_CHECKING:
    from collections.abc import Callable

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
    """Also where two look at the same moment."""
    others = ["faster"]

    def meanwhile(execute: Any, sql: str, *more: Any) -> Any:
        if others and sql.startswith("UPDATE"):
            claimed(result, others.pop())
        return execute(sql, *more)

    with connection.execute_wrapper(meanwhile):
        slower = claim_file(result=result.pk, holder="slower", now=NOW)
    later = claim_file(result=result.pk, holder="later", now=NOW)

    assert (slower, later, ReportFile.objects.get().holder) == (None, None, "faster")


def test_stored_file_keeps_the_day_and_no_hour(result: Result) -> None:
    store_file(file=claimed(result), content=b"%PDF", now=NOW)

    assert row() == (State.READY, "", 1, b"%PDF")
    file = ReportFile.objects.get()
    assert (file.requested_at, file.queued_at, file.held_until) == (None, None, None)
    assert (file.used_on, file.size) == (NOW.date(), 4)


def test_file_waits_again_once_its_lease_ended_or_it_is_given_back(result: Result) -> None:
    """One that is held stays with its holder; one that is given back lost no try."""
    given_back = claimed(result)
    give_file_back(file=given_back)
    back = row()
    hold_file(file=claimed(result), key="k", now=LATE)
    take_back_lost_files(now=LATE)
    held = row()
    take_back_lost_files(now=LATE + LEASE + timedelta(seconds=1))

    assert (back, held) == ((State.WAITING, "", 0, None), (State.PRINTING, "", 1, None))
    assert row() == (State.WAITING, "", 1, None)


def test_who_lost_the_lease_stores_nothing(result: Result) -> None:
    slow = claimed(result)
    take_back_lost_files(now=LATE)
    fast = claimed(result, "second")

    with pytest.raises(NotHeld):
        store_file(file=slow, content=b"slow", now=LATE)
    store_file(file=fast, content=b"fast", now=LATE)

    assert row() == (State.READY, "", 2, b"fast")


def test_file_is_refused_after_several_tries_without_an_outcome(result: Result) -> None:
    """Or at once; then it is not printed again of itself."""

    def dies(_file: ReportFile) -> None:
        take_back_lost_files(now=LATE)

    def gives_up(file: ReportFile) -> None:
        give_up_try(file=file)

    def outcome(end: Callable[[ReportFile], None]) -> object:
        with undone():
            for _try in range(MOST_TRIES):
                end(claimed(result))
            return row()

    failed = (State.REFUSED, ReportFile.Problem.FAILED, MOST_TRIES, None)
    assert {end.__name__: outcome(end) for end in (dies, gives_up)} == {
        "dies": failed,
        "gives_up": failed,
    }
    refuse_file(file=claimed(result), problem=ReportFile.Problem.TOO_LONG)
    take_back_lost_files(now=LATE)
    assert row() == (State.REFUSED, ReportFile.Problem.TOO_LONG, 1, None)
    assert claim_file(result=result.pk, holder="second", now=NOW) is None
