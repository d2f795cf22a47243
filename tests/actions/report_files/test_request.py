from __future__ import annotations

from datetime import timedelta

import pytest

from assessment.actions.report_files.printing import claim_file, store_file
from assessment.actions.report_files.request import note_use, request_file
from assessment.models import ReportFile, Result
from tests.factories import NOW, ResultFactory


@pytest.fixture
def result(db: None) -> Result:
    made: Result = ResultFactory()
    return made


def stored(result: Result) -> ReportFile:
    request_file(result=result.pk, language="en", now=NOW)
    file = claim_file(result=result.pk, holder="printer", now=NOW)
    assert file is not None
    store_file(file=file, content=b"%PDF", now=NOW)
    return ReportFile.objects.get()


def test_file_is_queued_once_while_it_waits(result: Result) -> None:
    asked = [request_file(result=result.pk, language="en", now=NOW) for _time in range(2)]

    assert (asked, ReportFile.objects.count()) == ([True, False], 1)


def test_stored_file_that_is_asked_for_anew_waits_again(result: Result) -> None:
    stored(result)

    assert request_file(result=result.pk, language="en", now=NOW)
    file = ReportFile.objects.get()
    assert (file.state, file.content, file.size) == (ReportFile.State.WAITING, None, 0)


def test_use_is_noted_by_the_day(result: Result) -> None:
    note_use(file=stored(result), now=NOW + timedelta(days=1))

    assert ReportFile.objects.get().used_on == (NOW + timedelta(days=1)).date()


def test_file_goes_with_its_result(result: Result) -> None:
    stored(result)

    result.delete()

    assert not ReportFile.objects.exists()
