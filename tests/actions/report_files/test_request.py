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


def test_file_is_queued_once_while_it_waits_and_again_once_it_is_stored(result: Result) -> None:
    """Its use is noted by the day."""
    asked = [request_file(result=result.pk, language="en", now=NOW) for _time in range(2)]
    queued = ReportFile.objects.count()
    note_use(file=stored(result), now=NOW + timedelta(days=1))
    used_on = ReportFile.objects.get().used_on

    asked.append(request_file(result=result.pk, language="en", now=NOW))

    assert (asked, queued) == ([True, False, True], 1)
    assert used_on == (NOW + timedelta(days=1)).date()
    file = ReportFile.objects.get()
    assert (file.state, file.content, file.size) == (ReportFile.State.WAITING, None, 0)


def test_file_goes_with_its_result(result: Result) -> None:
    stored(result)

    result.delete()

    assert not ReportFile.objects.exists()
