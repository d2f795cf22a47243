"""The measures: each returns its rows, floor and work in the same run."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from assessment.method.assess import assess
from assessment.models import Response
from assessment.reports.pdf.files import cached_pdf, print_html, report_pdf
from assessment.reports.pdf.worker import PdfWorker
from assessment.reports.report_data import report_of_response
from assessment.web.questionnaire.forms import page_form
from assessment.web.questionnaire.progress import Subject, progress_of
from assessment.web.templatetags.section_form import section_form
from tests.bench.browser import Browser, statements
from tests.bench.floors import NaiveReport, engine, hand_questions
from tests.bench.served import Served, served
from tests.bench.table import Row, interleaved, ratios

if TYPE_CHECKING:
    from assessment.web.questionnaire.progress import Progress
    from tests.bench.ground import Ground

MARKS = re.compile(r'name="(\w+)-revision" value="([^"]+)"')
FILES = re.compile(r'(?:href|src)="(/static/[^"]+)"')
START_TAG = re.compile(r"<[a-z]")
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
HELLO = "/bench-hello/"
OFTEN = 100
PRINTINGS = 50


def drawn(progress: Progress, section: Subject) -> str:
    """The form of a section as its page draws it."""
    return str(section_form({"csrf_token": "c" * 64}, page_form(progress, section)))


def pages(ground: Ground, rounds: int) -> list[Row]:
    """A question page and an autosave beside an empty view, all as the site serves them."""
    half, whole = ground.answered("half", share=2), ground.answered("saves")
    page, other = ground.page(half, "hc"), ground.answered("by hand")
    with served() as line:
        device, saver, third = (Served(one) for one in (half, whole, other))
        device.line = saver.line = third.line = line
        found = interleaved(
            {
                "hello": (lambda: device.get(HELLO), OFTEN * 2),
                "page": (lambda: expect(device.get(page), 200), OFTEN),
                "autosave": (Autosave(saver, whole), OFTEN),
                "by hand": (SaveByHand(third, other), OFTEN),
            },
            rounds,
            device.clock,
        )
    near, save = Browser(half), Autosave(Browser(whole), whole)
    return [
        Row("an empty view, served", "ms", found["hello"]),
        Row("question page, half answered", "× hello", ratios(found, "page", "hello"), 10, 5),
        Row("question page", "queries", [statements(lambda: near.get(page))], 6),
        Row("autosave", "× hello", ratios(found, "autosave", "hello"), 5, 3),
        Row("a save by hand that checks nothing", "× hello", ratios(found, "by hand", "hello")),
        Row("autosave", "× by hand", ratios(found, "autosave", "by hand")),
        Row("autosave", "queries", [statements(save)], 6),
        Row("autosave, there and back", "bytes at most", [save.heaviest], 1_000),
    ]


class Autosave:
    """Changes one answer with a note again and again, as the script of the page does."""

    def __init__(self, device: Browser, response: Response) -> None:
        self.device = device
        self.address = f"/response/{response.uuid}/answer/HC2/"
        shown = device.get(f"/response/{response.uuid}/hc/").text
        self.mark = dict(MARKS.findall(shown))["HC2"]
        self.token = TOKEN.findall(shown)[0]
        self.level = self.heaviest = 0

    def __call__(self) -> None:
        self.level = (self.level + 1) % 5
        sent: dict[str, Any] = {"csrfmiddlewaretoken": self.token, "HC2": self.level}
        sent |= {"HC2-note": "The agreement of 2024, page 3.", "HC2-revision": self.mark}
        answer = self.device.post(self.address, sent)
        if answer.status != 200:
            raise RuntimeError(answer.text)
        back = re.search(r'"revision": "([^"]+)"', answer.text)
        self.mark = back[1] if back else ""
        size = sum(len(f"{name}={value}&") for name, value in sent.items())
        self.heaviest = max(self.heaviest, size, len(answer.body))


class SaveByHand:
    """The same request to the smallest view that could store it."""

    def __init__(self, device: Browser, response: Response) -> None:
        self.device = device
        self.address = f"/bench-save/{response.uuid}/"

    def __call__(self) -> None:
        sent = {"HC2": 3, "HC2-note": "The agreement of 2024, page 3.", "HC2-revision": "1.0"}
        expect(self.device.post(self.address, sent), 200)


def weight(ground: Ground, rounds: int) -> list[Row]:
    """The heaviest page of a dimension, with headers as a server sends them."""
    response = ground.answered("weight", share=2)
    device = Browser(response)
    answers = [device.get(ground.page(response, section)) for section in ground.sections]
    files = set(FILES.findall(answers[0].text))
    carried = sum(device.get(name).on_the_line for name in files)
    heaviest = max(answer.on_the_line for answer in answers)
    nodes = max(len(START_TAG.findall(answer.text)) for answer in answers)
    return [
        Row("first visit of the heaviest page", "bytes", [heaviest + carried], 15_000),
        Row("first visit", "requests", [1 + len(files)], 4),
        Row("following page, the heaviest", "bytes", [heaviest], 6_000),
        Row("nodes of the largest page", "", [nodes], 400),
        Row("its styles and script", "bytes", [carried], 15_000),
    ]


def drawing(ground: Ground, rounds: int) -> list[Row]:
    """All questions in one form beside a template written by hand, and the slowest page."""
    progress = progress_of(ground.answered("drawing"))
    every = tuple(q for q in progress.instrument.questions if q.dimension)
    whole = Subject("all", "All questions", "", every)
    templates = engine()
    sections = {slug: progress.subject(slug) for slug in ground.sections}
    acts: dict[str, Any] = {
        "hand": (lambda: hand_questions(templates, progress), 5),
        "all": (lambda: drawn(progress, whole), 5),
    }
    for slug, section in sections.items():
        if section is not None:
            acts[slug] = (lambda section=section: drawn(progress, section), 10)
    found = interleaved(acts, rounds)
    slowest = [max(found[slug][turn] for slug in sections) for turn in range(rounds)]
    return [
        Row(f"{len(every)} questions by hand", "ms", found["hand"]),
        Row(f"{len(every)} questions, our form", "× by hand", ratios(found, "all", "hand"), 1.5),
        Row("drawing the slowest dimension's page", "ms", slowest, 8),
    ]


def saving(ground: Ground, rounds: int) -> list[Row]:
    """Statements of saving a page and of submitting, at two sizes."""
    small, large = ground.begun("small"), ground.answered("large")
    return [
        *(
            Row(f"save a page, {name}", "queries", [saves(ground, r)], 8)
            for name, r in (("nothing answered before", small), ("all answered before", large))
        ),
        *(
            Row(f"submit, {name}", "queries", [submits(r)], 15)
            for name, r in (("one page answered", small), ("all answered", large))
        ),
    ]


def saves(ground: Ground, response: Response) -> int:
    device, address = Browser(response), ground.page(response, "tg")
    marks = dict(MARKS.findall(device.get(address).text))
    sent = {f"{code}-revision": mark for code, mark in marks.items()}
    sent |= {code: "3" for code in marks if code != "TG5"} | {"completed": "yes"}
    return statements(lambda: expect(device.post(address, sent), 302))


def submits(response: Response) -> int:
    device, address = Browser(response), f"/response/{response.uuid}/"
    mark = re.search(r'name="gaps" value="([^"]*)"', device.get(f"{address}check/").text)
    sent = {"gaps": mark[1] if mark else ""}
    count = statements(lambda: expect(device.post(f"{address}submit/", sent), 302))
    response.refresh_from_db()
    if not response.is_submitted:
        raise RuntimeError("The response was not submitted.")
    return count


def expect(answer: Any, status: int) -> None:
    if answer.status != status:
        raise RuntimeError(f"{answer.status} instead of {status}: {answer.text[:500]}")


def judging(ground: Ground, rounds: int) -> list[Row]:
    response = ground.answered("judging")
    respondent = response.respondent()
    judge = partial(
        assess,
        instrument=ground.instrument,
        profile=response.scheme.profile(),
        responses=[respondent],
    )
    found = interleaved(
        {
            "plain": (lambda: judge(draws=0), 10),
            "draws": (lambda: judge(draws=1000), 1),
        },
        rounds,
    )
    draws = [both - plain for both, plain in zip(found["draws"], found["plain"], strict=True)]
    return [
        Row("assess() without draws", "ms", found["plain"], 10),
        Row("1,000 draws", "ms", draws, 500),
    ]


def report_page(ground: Ground, rounds: int) -> list[Row]:
    response = ground.submitted("report")
    device, address = Browser(response), f"/response/{response.uuid}/report/"
    expect(device.get(address), 200)
    found = interleaved({"report": (lambda: device.get(address), 5)}, rounds)
    return [
        Row("report on screen", "ms", found["report"], 80),
        Row("report on screen", "queries", [statements(lambda: device.get(address))], 10),
    ]


def report_file(ground: Ground, rounds: int) -> list[Row]:
    """The PDF beside the naive one of the same result, warm; then the one that is kept."""
    reading = report_of_response(ground.submitted("file"))
    naive = NaiveReport(reading)
    cached_pdf(reading, timezone.now())
    found = interleaved(
        {
            "naive": (naive.pdf, 1),
            "ours": (lambda: report_pdf(reading), 1),
            "kept": (lambda: cached_pdf(reading, timezone.now()), 5),
        },
        rounds,
    )
    sizes = {"ours": measured(report_pdf(reading)), "naive": measured(naive.pdf())}
    return [
        Row("PDF of the naive template", "ms", found["naive"], remarks=sizes["naive"]),
        Row("PDF of the report", "ms", found["ours"], remarks=sizes["ours"]),
        Row("PDF of the report", "× naive", ratios(found, "ours", "naive"), 0.8, 0.5),
        Row("PDF that is kept", "ms", found["kept"], 10),
    ]


def report_memory(ground: Ground, rounds: int) -> list[Row]:
    """Of the process that prints: its peak, and its growth from the first printing to the last."""
    html, press = print_html(report_of_response(ground.submitted("memory"))), PdfWorker()
    try:
        press.render(html)
        before = megabytes(press.process.pid, "VmRSS")
        for _ in range(PRINTINGS):
            press.render(html)
        grown = megabytes(press.process.pid, "VmRSS") - before
        peak = megabytes(press.process.pid, "VmHWM")
    finally:
        press.stop()
    return [
        Row("printing process, peak", "MB", [peak], 150),
        Row(f"printing process, growth over {PRINTINGS} reports", "MB", [grown], 10),
    ]


def megabytes(pid: int, name: str) -> float:
    """As Linux accounts for it."""
    found = re.search(
        rf"^{name}:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text(), re.MULTILINE
    )
    return int(found[1]) / 1024 if found else float("nan")


def measured(content: bytes) -> dict[str, Any]:
    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    letters = sum(len(page.get_textpage().get_text_bounded()) for page in document)
    return {"pages": len(document), "letters": letters, "bytes": len(content)}
