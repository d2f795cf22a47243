"""The sample result as PDF: printed once for everybody, and anew where its logos change."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pypdfium2
import pytest
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from assessment.models import Edition, Logo, ReportFile
from assessment.reports import sample
from assessment.tasks import print_samples, queue_due_files, stop_printer

pytestmark = pytest.mark.django_db
BRIEF = "/sample/brief.pdf"
State = ReportFile.State
SIZE = {"position": 1, "width": 1, "height": 1}


def is_waited_for(page: Any) -> bool:
    return "Refresh" in page and "PDF is being made" in page.content.decode()


def printed(edition: Edition) -> None:
    try:
        print_samples.call(edition.pk)
    finally:
        stop_printer()


def words_of(page: Any) -> str:
    sheets = pypdfium2.PdfDocument(page.content)
    return " ".join(sheet.get_textpage().get_text_range() for sheet in sheets)


def test_sample_is_printed_once_for_everybody_and_anew_with_other_logos(
    client: Client, edition: Edition
) -> None:
    on_screen = [client.get("/sample/brief/").content.decode()]
    waiting = [client.get(BRIEF), Client().get(BRIEF)]
    asked = DBTaskResult.objects.count()
    printed(edition)
    opened = [client.get(BRIEF), Client().get(BRIEF)]
    file = ReportFile.objects.get()

    assert [is_waited_for(page) for page in waiting] == [True, True]
    assert asked == 1
    assert (file.edition, file.result, file.state) == (edition, None, State.READY)
    assert str(file) == "sample/en/brief"
    assert opened[0].content == opened[1].content
    assert opened[0]["Content-Disposition"] == 'inline; filename="articula-sample-brief.pdf"'
    assert "Green Valley" in words_of(opened[0])
    Logo.objects.create(content=b"x", digest="d" * 64, alternative="A river", **SIZE)
    assert is_waited_for(client.get(BRIEF))
    assert ReportFile.objects.get().state == State.WAITING
    on_screen.append(client.get("/sample/brief/").content.decode())
    assert ['alt="A river"' in page for page in on_screen] == [False, True]
    assert "/sample/brief.pdf" in on_screen[0]


def test_waiting_sample_is_queued_again(client: Client) -> None:
    client.get("/sample/report.pdf")
    DBTaskResult.objects.all().delete()

    queue_due_files(now=timezone.now())
    early = DBTaskResult.objects.count()
    queue_due_files(now=timezone.now() + timedelta(minutes=6))

    assert (early, DBTaskResult.objects.count()) == (0, 1)


def test_sample_that_does_not_fit_is_not_printed(
    client: Client, edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.get(BRIEF)
    written = sample.example() | {"answers": {"ZZ1": 1}}
    monkeypatch.setattr(sample, "example", lambda: written)

    printed(edition)

    assert ReportFile.objects.get().problem == ReportFile.Problem.FAILED
    assert client.get(BRIEF).status_code == 404
    assert client.get("/sample/other.pdf").status_code == 404
    monkeypatch.undo()
    refused = client.get(BRIEF)
    assert "This PDF cannot be made" in refused.content.decode()
    assert ("Refresh" in refused, "Try again" in refused.content.decode()) == (False, False)
