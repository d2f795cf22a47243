from __future__ import annotations

import re
import subprocess
import sys
from datetime import datetime, timedelta

import pypdfium2
import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.urls import reverse

from assessment.actions.report_files.printing import claim_file, refuse_file
from assessment.models import ReportFile, Response, Worker
from tests.factories import NOW, ResultFactory
from tests.print_report import print_report
from tests.tables import undone
from tests.web.conftest import granted
from tools.html_page import form_data

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(client: Client, submitted: Response) -> Client:
    return granted(client, submitted)


def waiting_page(client: Client, response: Response, now: datetime = NOW) -> tuple[str, str]:
    """What it says, and the seconds until it looks again."""
    with time_machine.travel(now, tick=False):
        answer = client.get(reverse("report_wait", args=[response.uuid]))
    return " ".join(answer.content.decode().split()), answer.get("Refresh", "")


def without_brief(response: Response) -> None:
    """It would be printed first."""
    ReportFile.objects.filter(result=response.result_id, layer=ReportFile.Layer.BRIEF).delete()


def test_each_layer_is_waited_for_and_then_sent_as_a_file_of_its_own(
    owner: Client, submitted: Response
) -> None:
    waits = {"brief_pdf": "brief_wait", "main_pdf": "main_wait", "report_pdf": "report_wait"}
    addresses = {name: reverse(name, args=[submitted.uuid]) for name in waits}
    before = {name: owner.get(address)["Location"] for name, address in addresses.items()}
    print_report(submitted)
    words, refresh = waiting_page(owner, submitted)
    files = {name: owner.get(address) for name, address in addresses.items()}

    assert before == {name: reverse(wait, args=[submitted.uuid]) for name, wait in waits.items()}
    ready = "Your PDF is ready" in words, f'href="{addresses["report_pdf"]}"' in words
    assert (*ready, refresh) == (True, True, "")
    pages = {name: len(pypdfium2.PdfDocument(file.content)) for name, file in files.items()}
    assert pages["brief_pdf"] == 2 < pages["main_pdf"] < pages["report_pdf"]
    whole = files["report_pdf"]
    assert (whole.status_code, whole["Content-Type"]) == (200, "application/pdf")
    name = f"articula-{submitted.reference}.pdf"
    assert whole["Content-Disposition"] == f'inline; filename="{name}"'
    assert re.fullmatch(r"[A-Za-z0-9.-]+", name)
    assert whole.content.startswith(b"%PDF-")
    assert whole.content.rstrip().endswith(b"%%EOF")


def test_waiting_page_says_the_place_in_the_queue_and_looks_again_after_growing_pauses(
    owner: Client, submitted: Response
) -> None:
    for minutes in (-1, -2, 1):
        asked = NOW + timedelta(minutes=minutes)
        ReportFile.objects.create(result=ResultFactory(), language="en", requested_at=asked)

    def told() -> list[bool]:
        words, _pause = waiting_page(owner, submitted)
        said = ("2 other PDFs are printed before yours", "It is being printed now")
        return [sentence in words for sentence in said]

    at = {waited: NOW + timedelta(seconds=waited) for waited in (0, 40, 1000)}
    pauses = {waited: waiting_page(owner, submitted, now)[1] for waited, now in at.items()}
    waiting = told()
    ReportFile.objects.exclude(result=submitted.result_id).delete()
    without_brief(submitted)
    claim_file(result=submitted.result_id or 0, holder="printer", now=NOW)

    assert pauses == {0: "2", 40: "10", 1000: "30"}
    assert (waiting, told()) == ([True, False], [False, True])


def test_waiting_page_says_after_a_while_that_nothing_makes_pdfs(
    owner: Client, submitted: Response
) -> None:
    """By when a worker was seen: never, or some seconds before."""
    later = NOW + timedelta(minutes=11)

    def told(seen: int | None) -> tuple[bool, bool, bool]:
        with undone():
            if seen is not None:
                Worker.objects.create(token="t", seen_at=later - timedelta(seconds=seen))
            soon = waiting_page(owner, submitted, NOW + timedelta(seconds=30))[0]
            words = waiting_page(owner, submitted, later)[0]
        stands = "worker of this site is not running"
        return stands in soon, stands in words, "It has been waiting for 11 minutes" in words

    assert {seen: told(seen) for seen in (None, 300, 60)} == {
        None: (False, True, True),
        300: (False, True, True),
        60: (False, False, True),
    }


REFUSED = {
    "too_long": "too long to be made into a PDF",
    "too_large": "too long to be made into a PDF",
    "unprintable": "holds a character",
    "unavailable": "lacks a library",
    "failed": "failed several times",
}


def test_refused_report_says_why_and_waits_for_the_person(
    owner: Client, submitted: Response
) -> None:
    without_brief(submitted)
    address = reverse("report_wait", args=[submitted.uuid])

    def told(problem: str) -> tuple[set[str], str, str, str]:
        file = claim_file(result=submitted.result_id or 0, holder="printer", now=NOW)
        assert file is not None
        refuse_file(file=file, problem=problem)
        words, refresh = waiting_page(owner, submitted)
        again = owner.post(address, form_data(owner.get(address)))
        state = ReportFile.objects.get().state
        said = {sentence for sentence in REFUSED.values() if sentence in words}
        return said, refresh, again["Location"], state

    assert {problem: told(problem) for problem in REFUSED} == {
        problem: ({sentence}, "", address, ReportFile.State.WAITING)
        for problem, sentence in REFUSED.items()
    }


def test_web_process_never_imports_the_printing_library() -> None:
    """Nor the one that cuts fonts."""
    code = (
        "import sys, assessment.wsgi, django.urls\n"
        "django.urls.get_resolver().url_patterns\n"
        "print([m for m in ('weasyprint', 'uharfbuzz') if m in sys.modules])"
    )
    done = subprocess.run(
        (sys.executable, "-c", code),
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout == "[]\n"
