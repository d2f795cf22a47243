"""Everything that people do with a published bank, one step after the other: each has to work."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING, Any

from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from pyxform.xls2xform import convert

from assessment.actions.editions.correct_text import correct_text
from assessment.actions.editions.start_draft import start_draft
from assessment.actions.responses.export import ExportOptions, export_responses
from assessment.actions.rounds.make import make_round
from assessment.instrument.conditions.evaluate import names
from assessment.instrument.conditions.grammar import parse
from assessment.instrument.texts import TextKey, hash_of_text, texts_of
from assessment.interchange.assessment_json import Assessed
from assessment.interchange.toml_files import from_zip, to_zip
from assessment.interchange.workbook.reader import from_xlsx
from assessment.interchange.workbook.writer import to_xlsx
from assessment.method.assess import assess
from assessment.method.result import Respondent
from assessment.models import Response
from assessment.reports.page import report_html
from assessment.reports.pdf.files import print_html, report_pdf
from assessment.reports.report_data import report_of_file, report_of_response
from assessment.reports.xlsform import xlsform_of
from tests.factories import NOW
from tests.gate.expectations import require_ordered_levels, require_sound_result, require_words
from tests.gate.given_answers import HIGHEST, LOWEST, UNKNOWN, answer_to, answers_of, fact_of
from tools.html_page import form_data

if TYPE_CHECKING:
    from assessment.instrument.model import Instrument, Question
    from assessment.models import Edition

TOO_MUCH_OPEN = "Too many questions were left open"
PAGES = ("start", "method", "glossary", "help", "privacy", "paper")


class Journey:
    """One person with one bank; each step raises AssertionError where something does not work."""

    def __init__(self, edition: Edition, style: str) -> None:
        self.edition = edition
        self.bank = edition.instrument()
        self.style = style
        self.client = Client(raise_request_exception=True)

    def walk(self, *, print_it: bool = False) -> None:
        cache.clear()
        self.name_in_conditions()
        for name in PAGES:
            self.get(reverse(name))
        response = self.begin()
        self.answer(response)
        self.submit(response)
        self.read(response, print_it=print_it)
        self.export()
        self.several(response)
        self.correct(response)
        start_draft(edition=self.edition, now=NOW)

    def name_in_conditions(self) -> None:
        """Whoever goes on with the bank can speak of its questions and dimensions."""
        asked = [f"answer.{q.code}" for q in self.bank.questions if q.dimension]
        for name in (*(f"level.{dimension.code}" for dimension in self.bank.dimensions), *asked):
            assert names(parse(f"{name} >= 1")) == {name}, name

    def get(self, address: str) -> Any:
        reply = self.client.get(address, headers={"accept-language": "en"})
        assert reply.status_code == 200, (address, reply.status_code)
        require_words(address, reply.content.decode())
        return reply

    def post(self, address: str, data: dict[str, Any]) -> Any:
        reply = self.client.post(address, data, headers={"accept-language": "en"})
        assert reply.status_code == 302, (address, reply.status_code, data)
        return reply

    def begin(self) -> Response:
        page = reverse("begin")
        facts = {q.code: fact_of(self.bank, q, self.style) for q in self.bank.profile_questions}
        sent = form_data(self.get(page))
        for question in self.bank.profile_questions:
            if question.profile not in {"tier", "sector"}:
                assert question.code in sent or f'name="{question.code}"' in self.text(page)
        self.post(page, sent | {code: value for code, value in facts.items() if value})
        return Response.objects.latest("pk")

    def text(self, address: str) -> str:
        return str(self.get(address).content.decode())

    def answer(self, response: Response) -> None:
        self.get(reverse("tasks", args=[response.uuid]))
        self.get(reverse("link", args=[response.uuid]))
        for dimension in self.bank.dimensions:
            questions = self.bank.questions_of[dimension.code]
            self.answer_page(response, dimension.code.lower(), questions)
        if self.bank.closing_questions:
            self.answer_page(response, "closing", self.bank.closing_questions)

    def answer_page(self, response: Response, slug: str, questions: tuple[Question, ...]) -> None:
        address = reverse("page", args=[response.uuid, slug])
        for _again in range(2):
            reply = self.get(address)
            fields = set(re.findall(r'name="([^"]*)"', reply.content.decode()))
            shown = [question for question in questions if question.code in fields]
            assert shown or all(question.shown_if for question in questions), (slug, fields)
            given = {question.code: answer_to(question, self.style) for question in shown}
            self.post(address, form_data(reply) | given)
        for question in shown[:1]:
            self.save_one(response, address, question)

    def save_one(self, response: Response, page: str, question: Question) -> None:
        sent = form_data(self.get(page))
        one = {name: value for name, value in sent.items() if name.startswith(question.code)}
        address = reverse("answer", args=[response.uuid, question.code])
        reply = self.client.post(address, one)
        assert (reply.status_code, reply.json()["status"]) == (200, "saved"), (question.code, one)

    def submit(self, response: Response) -> None:
        check = self.get(reverse("check", args=[response.uuid]))
        self.get(reverse("profile", args=[response.uuid]))
        self.post(reverse("submit", args=[response.uuid]), form_data(check))
        self.get(reverse("confirmation", args=[response.uuid]))
        response.refresh_from_db()
        assert response.is_submitted

    def read(self, response: Response, *, print_it: bool) -> None:
        page = "".join(self.text(one) for one in report_addresses(self.bank, response))
        report = report_of_response(response)
        printed = print_html(report)
        require_words("print", printed)
        for html in (page, printed):
            assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in html
            assert 'href="javascript' not in html
        if self.style != UNKNOWN:
            assert TOO_MUCH_OPEN not in page
        require_sound_result(self.bank, self.style, report.result)
        require_ordered_levels(self.bank, page)
        if print_it:
            assert report_pdf(report).startswith(b"%PDF")

    def export(self) -> None:
        bank = self.bank
        assert from_zip(to_zip(bank)).instrument == with_no_number(bank)
        assert from_xlsx(to_xlsx(bank)).instrument == with_no_number(bank)
        form = xlsform_of(self.edition)
        assert "<h:html" in convert(form, warnings=[], file_type=".xlsx", form_name="a").xform
        for values in ("codes", "labels"):
            for shape in ("wide", "long"):
                options = ExportOptions(edition=self.edition, values=values, shape=shape)
                assert export_responses(options=options, out=BytesIO()) == 1

    def several(self, response: Response) -> None:
        """A round with the minimum of the bank, and so many in each of two cells."""
        size = self.bank.scale.minimum_group
        scheme = response.round.scheme
        made = make_round(scheme=scheme, edition=self.edition, profile={}, now=NOW)
        assert made.minimum == size
        if size > 5:
            return
        everybody = [
            Respondent(answers_of(self.bank, style, tier, sector), tier, sector)
            for style, tier, sector in (
                (HIGHEST, "national", "social_protection"),
                (LOWEST, "local", "agriculture"),
            )
            for _number in range(size)
        ]
        result = assess(instrument=self.bank, profile={}, responses=everybody, alone=False)
        report = report_of_file(Assessed(result, {}), self.bank, NOW)
        require_words("round", report_html(report))

    def correct(self, response: Response) -> None:
        code = self.bank.questions_of[self.bank.dimensions[0].code][0].code
        place = TextKey("questions", code, "help")
        old = texts_of(self.bank)[place]
        correct_text(
            edition=self.edition,
            place=place,
            text=old.replace("sentence", "sentense"),
            seen=hash_of_text(old),
            reason="A letter",
            user="maria",
            now=NOW,
        )
        self.edition.refresh_from_db()
        self.get(reverse("report", args=[response.uuid]))
        self.get(reverse("paper"))


def report_addresses(bank: Instrument, response: Response) -> list[str]:
    """The first page, the overview, the actions, a subject, and the annex that explains levels."""
    subject = bank.dimensions[0].code.lower()
    return [
        *(reverse(name, args=[response.uuid]) for name in ("brief", "report", "actions")),
        reverse("subject", args=[response.uuid, subject]),
        reverse("annex", args=[response.uuid, "how-to-read"]),
    ]


def with_no_number(bank: Instrument) -> Instrument:
    return replace(bank, number=None)
