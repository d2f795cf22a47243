"""Background work: what is printed, what is queued again, what goes."""

from __future__ import annotations

from collections import Counter as Counted
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.db import OperationalError, connection
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from assessment import tasks
from assessment.actions.editions.uploads import UPLOAD_LIFETIME
from assessment.actions.report_files.printing import (
    MOST_TRIES,
    claim_file,
    hold_file,
    store_file,
)
from assessment.actions.report_files.request import request_file
from assessment.actions.responses.submit import submit_response
from assessment.actions.rounds.close import close_round
from assessment.models import (
    Counter,
    Edition,
    OutgoingMail,
    PlanLine,
    ReportFile,
    Response,
    Result,
    Round,
    Upload,
    Worker,
)
from assessment.models.plans import PUT_BACK_FOR
from assessment.models.rounds import OWN_RESULT
from assessment.reports.pdf.files import pdf_key, print_html
from assessment.reports.pdf.printer import PdfTooLarge, PdfTooLong, PrinterDied
from assessment.reports.pdf.render import PdfUnavailable, UnprintableText
from assessment.reports.report_data import report_of_response, report_of_round
from assessment.reports.sections import FILES
from assessment.tasks import (
    ask_for_report,
    file_of_pack,
    file_of_report,
    file_of_round,
    file_of_sample,
    print_reports,
    print_samples,
    queue_due_files,
    queue_due_mails,
    send_mail,
    send_soon,
    sweep,
)
from tests.actions.rounds.round_steps import opened_round
from tests.bank_fixtures import bank_in_database, edition
from tests.factories import NOW, ResponseFactory, SeatFactory, answered
from tests.mail_fixtures import queued
from tests.print_report import print_report
from tests.tables import undone

__all__ = ["bank_in_database", "edition"]

State = ReportFile.State
LATER = NOW + timedelta(minutes=6)


@pytest.fixture
def submitted(edition: Edition) -> Response:
    return submit_response(response=answered(ResponseFactory(), TG2=2), now=NOW)


@pytest.fixture
def response(submitted: Response) -> Response:
    """With one file to print."""
    ReportFile.objects.exclude(layer=ReportFile.Layer.ALL).delete()
    return submitted


@pytest.fixture
def closed(edition: Edition) -> Round:
    """A round of several that was closed and has no file yet."""
    made = opened_round(edition)
    close_round(round=made, now=NOW)
    made.refresh_from_db()
    return made


@pytest.fixture
def asked_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asks for a file, another has asked for the same a moment before."""

    def second(**asked: Any) -> bool:
        request_file(**asked)
        return request_file(**asked)

    monkeypatch.setattr(tasks, "request_file", second)


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Each page that is printed, which is its file too: a PDF takes seconds."""
    pages: list[str] = []

    def render(html: str, pulse: Callable[[], None]) -> bytes:
        pulse()
        pages.append(html)
        return html.encode()

    monkeypatch.setattr(tasks._own.printer, "render", render)
    return pages


@pytest.fixture(autouse=True)
def not_stopping() -> Iterator[None]:
    yield
    tasks.stopping.clear()


@contextmanager
def while_answers_are_read(work: Callable[[], object]) -> Iterator[None]:
    """Once, between the claim of a file and its printing."""
    left = [work]

    def meanwhile(execute: Any, sql: str, *more: Any) -> Any:
        if left and 'FROM "assessment_answer"' in sql:
            left.pop()()
        return execute(sql, *more)

    with connection.execute_wrapper(meanwhile):
        yield


def stored(response: Response) -> None:
    """As the file is after its printing, without the seconds that it takes."""
    file = claim_file(result=response.result_id or 0, holder="printer", now=NOW)
    assert file is not None
    hold_file(file=file, key=pdf_key(report_of_response(response)), now=NOW)
    store_file(file=file, content=b"%PDF", now=NOW)


def states() -> list[tuple[str, str]]:
    return [(file.state, file.problem) for file in ReportFile.objects.all()]


@pytest.mark.django_db
def test_brief_and_report_of_who_is_alone_wait_from_the_moment_of_submitting(
    edition: Edition,
) -> None:
    """The brief is printed first; one among several has to ask for hers."""
    alone = submit_response(response=answered(ResponseFactory(), TG2=2), now=NOW)
    seat = SeatFactory(round__promise={OWN_RESULT: True})
    among_several = submit_response(response=answered(seat, TG2=2), now=NOW)
    first = claim_file(result=alone.result_id or 0, holder="printer", now=NOW)

    assert first is not None
    assert (first.layer, among_several.result is not None) == ("brief", True)
    assert [(file.result_id, file.layer, file.state) for file in ReportFile.objects.all()] == [
        (alone.result_id, "brief", State.PRINTING),
        (alone.result_id, "all", State.WAITING),
    ]


def test_task_that_comes_twice_prints_once(submitted: Response, rendered: list[str]) -> None:
    print_report(submitted)
    print_report(submitted)

    report = report_of_response(submitted)
    pages = {layer: print_html(report, FILES[layer]) for layer in ("brief", "all")}
    files = {file.layer: file for file in ReportFile.objects.all()}
    assert rendered == [*pages.values()]
    assert {layer: bytes(file.content or b"").decode() for layer, file in files.items()} == pages
    assert {(file.state, file.tries) for file in files.values()} == {(State.READY, 1)}
    assert file_of_report(response=submitted, language="en", now=NOW).is_ready


REFUSED: list[tuple[type[Exception], str, int]] = [
    (PdfTooLong, "too_long", 1),
    (PdfTooLarge, "too_large", 1),
    (UnprintableText, "unprintable", 1),
    (PdfUnavailable, "unavailable", 1),
    (PrinterDied, "failed", MOST_TRIES),
]
"""By what the printer says: the problem, and how often it is tried."""


def test_report_that_cannot_be_printed_is_refused_with_its_reason(
    response: Response, monkeypatch: pytest.MonkeyPatch
) -> None:
    def outcome(said: type[Exception]) -> tuple[str, str, int]:
        def render(*_: object) -> bytes:
            raise said

        monkeypatch.setattr(tasks._own.printer, "render", render)
        with undone():
            print_report(response)
            file = ReportFile.objects.get()
            return file.state, file.problem, file.tries

    assert [(said, *outcome(said)) for said, *_ in REFUSED] == [
        (said, State.REFUSED, problem, tries) for said, problem, tries in REFUSED
    ]


def test_fault_of_the_program_is_refused_and_logged(
    response: Response, caplog: pytest.LogCaptureFixture
) -> None:
    Result.objects.update(method_version="of another program")

    print_report(response)

    assert states() == [(State.REFUSED, "failed")]
    assert caplog.messages == ["a report could not be printed"]


def away() -> None:
    raise OperationalError


def overtaken() -> None:
    ReportFile.objects.update(holder="another")


def test_printing_that_is_interrupted_is_no_refusal(response: Response) -> None:
    def outcome(work: Callable[[], object]) -> tuple[str, str, int, str]:
        said = ""
        with undone():
            try:
                with while_answers_are_read(work):
                    print_report(response)
            except OperationalError:
                said = "away"
            file = ReportFile.objects.get()
            return file.state, file.problem, file.tries, said or file.holder[:7]

    assert [outcome(work) for work in (away, overtaken, tasks.stopping.set)] == [
        (State.PRINTING, "", 1, "away"),
        (State.PRINTING, "", 1, "another"),
        (State.WAITING, "", 0, ""),
    ]


def test_file_of_a_round_is_printed_from_what_all_said_together(
    closed: Round, rendered: list[str]
) -> None:
    asked = file_of_round(round=closed, language="en", now=NOW, layer="brief")

    print_reports.call(asked.result_id or 0)

    printed = file_of_round(round=closed, language="en", now=NOW, layer="brief")
    key = pdf_key(report_of_round(closed, language="en"), FILES["brief"])
    assert (asked.state, printed.state, printed.key) == (State.WAITING, State.READY, key)
    assert b"Joint scheme" in bytes(printed.content or b"")


def test_file_that_another_asks_for_meanwhile_is_not_queued_again(
    edition: Edition, closed: Round, asked_meanwhile: None
) -> None:
    asked: dict[str, Any] = {"language": "en", "now": NOW}
    of_round = file_of_round(round=closed, layer="brief", **asked)
    of_sample = file_of_sample(edition=edition, layer="brief", **asked)
    of_pack = file_of_pack(round=closed, layer="pack_a4", begins=None, **asked)

    assert of_sample is not None
    assert {file.state for file in (of_round, of_sample, of_pack)} == {State.WAITING}
    assert str(of_pack) == "pack/en/pack_a4"
    assert DBTaskResult.objects.count() == 0


def test_file_is_printed_anew_when_its_report_has_changed(response: Response) -> None:
    stored(response)
    same = file_of_report(response=response, language="en", now=NOW)
    response.round.scheme_name = "Another name"
    response.round.save()

    changed = file_of_report(response=response, language="en", now=NOW)

    assert (same.state, changed.state) == (State.READY, State.WAITING)
    assert DBTaskResult.objects.count() == 1


def queued_after(moment: timedelta) -> int:
    DBTaskResult.objects.all().delete()
    queue_due_files(now=NOW + moment)
    return DBTaskResult.objects.count()


def test_file_that_waits_is_queued_once_and_again_when_its_task_was_lost(
    response: Response,
) -> None:
    for _time in range(2):
        ask_for_report(response=response, language="en", now=NOW)
    asked = (states(), DBTaskResult.objects.count())

    minutes = [0, 1, 4, 6, 7]
    assert asked == ([(State.WAITING, "")], 0)
    assert [queued_after(timedelta(minutes=m)) for m in minutes] == [1, 0, 0, 1, 0]


@contextmanager
def before_it_marks(work: Callable[[], object]) -> Iterator[None]:
    """Once, between the look at what is due and the mark that it is queued."""
    left = [work]

    def meanwhile(execute: Any, sql: str, *more: Any) -> Any:
        if left and 'SET "queued_at"' in sql:
            left.pop()()
        return execute(sql, *more)

    with connection.execute_wrapper(meanwhile):
        yield
    assert left == []


def test_what_another_worker_queues_meanwhile_is_queued_once(
    edition: Edition, response: Response
) -> None:
    request_file(edition=edition.pk, language="en", now=NOW)
    queued()

    for queue in (queue_due_files, queue_due_mails):
        with before_it_marks(partial(queue, now=LATER)):
            queue(now=LATER)

    assert Counted(DBTaskResult.objects.values_list("task_path", flat=True)) == {
        task.module_path: 1 for task in (print_reports, print_samples, send_mail)
    }


def test_sweep_takes_a_dead_worker_s_file_and_queues_it(response: Response) -> None:
    claim_file(result=response.result_id or 0, holder="dead", now=NOW)

    sweep(now=NOW + timedelta(hours=1))

    assert (states(), DBTaskResult.objects.count()) == ([(State.WAITING, "")], 1)


def test_sweep_clears_what_is_over(response: Response, admin_user: Any, settings: Settings) -> None:
    """And of stored files what is above their bound: here the only one."""
    old, new = NOW - timedelta(days=2), NOW - timedelta(minutes=1)
    Session.objects.create(session_key="old", session_data="", expire_date=old)
    Session.objects.create(session_key="new", session_data="", expire_date="2100-01-01T00:00Z")
    Counter.objects.create(key="old", number=1, ends_at=old)
    Worker.objects.create(token="old", seen_at=old)
    Worker.objects.create(token="new", seen_at=new)
    Upload.objects.create(
        user=admin_user, edition=response.edition, content=b"", created_at=NOW - 2 * UPLOAD_LIFETIME
    )
    PlanLine.objects.create(
        round=response.round, origin="own", what="Gone", position=1, changed_at=NOW,
        deleted_at=NOW - 2 * PUT_BACK_FOR,
    )  # fmt: skip
    for name, started, finished in (("over", new, NOW), ("dead", old, None), ("runs", new, None)):
        task = print_reports.using().enqueue(response.result_id or 0)
        times = {"started_at": started, "finished_at": finished, "worker_ids": [name]}
        DBTaskResult.objects.filter(pk=task.id).update(**times)
    stored(response)
    settings.PDF_MEGABYTES = 0

    sweep(now=NOW)

    assert [s.session_key for s in Session.objects.all()] == ["new"]
    assert [w.token for w in Worker.objects.all()] == ["new"]
    assert [t.worker_ids for t in DBTaskResult.objects.all()] == [["runs"]]
    assert [one.objects.count() for one in (Upload, Counter, PlanLine, ReportFile)] == [0] * 4


def test_message_is_sent_by_its_task_and_queued_once(edition: Edition) -> None:
    message = queued()
    for _ in range(2):
        send_soon(mail=message, now=NOW)
    (task,) = DBTaskResult.objects.filter(task_path=send_mail.module_path)

    send_mail.func(*task.args_kwargs["args"])

    message.refresh_from_db()
    assert (message.state, [sent.to for sent in mail.outbox]) == ("sent", [["rosa@example.org"]])


def test_sweep_queues_messages_that_are_due_and_settles_those_that_were_lost(
    edition: Edition,
) -> None:
    due, later, lost, asked_for = queued(), queued(), queued(), queued()
    rows = OutgoingMail.objects
    rows.filter(pk=later.pk).update(due_at=NOW + timedelta(minutes=2))
    held = {"holder": "dead", "held_until": NOW - timedelta(seconds=1)}
    rows.filter(pk=lost.pk).update(state="sending", message_id="<1@x>", **held)
    rows.filter(pk=asked_for.pk).update(queued_at=NOW)

    for minutes in (0, 1, 2):
        queue_due_mails(now=NOW + timedelta(minutes=minutes))

    tasks_of = DBTaskResult.objects.filter(task_path=send_mail.module_path).order_by("enqueued_at")
    assert [task.args_kwargs["args"] for task in tasks_of] == [[due.pk], [lost.pk], [later.pk]]
