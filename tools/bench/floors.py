"""The floors: the smallest code of the same framework that does the same work."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.template.backends.django import DjangoTemplates

from assessment.instrument.kinds.registry import kind_of
from assessment.models.responses import AnswerRow
from assessment.reports.answer_wording import answer_words
from assessment.reports.pdf.fonts import fonts
from assessment.reports.sections import sections_of
from assessment.reports.sections.recommendations import recommendation_lines
from assessment.web.questionnaire.widgets import values_of

if TYPE_CHECKING:
    from assessment.instrument.model import Dimension, Question
    from assessment.reports.report_data import ReportData
    from assessment.reports.sections.recommendations import RecommendationLine
    from assessment.web.questionnaire.progress import Progress

TEMPLATES = Path(__file__).parent / "templates"
BAR = 16
OWN_TABLES = {
    "dimensions",
    "recommendations",
    "more-recommendations",
    "answers",
    "sources",
    "glossary",
}
"""The sections that the naive template writes itself; it takes the others as they are."""


def template_engine() -> DjangoTemplates:
    folders = [TEMPLATES, settings.BASE_DIR / "templates"]
    options = {"libraries": settings.TEMPLATES[0]["OPTIONS"]["libraries"]}
    return DjangoTemplates(
        {"NAME": "bench", "DIRS": folders, "APP_DIRS": False, "OPTIONS": options}
    )


def hand_written_form(templates: DjangoTemplates, progress: Progress) -> str:
    """All questions of the dimensions in one template written by hand."""
    instrument = progress.instrument
    lines = []
    for question in instrument.questions:
        if question.dimension:
            row = progress.rows.get(question.code)
            cited = [instrument.finding[code] for code in question.findings]
            lines.append(
                {
                    "question": question,
                    "type": "checkbox" if kind_of(question).several else "radio",
                    "chosen": values_of(row.to_method_answer() if row and row.status else None),
                    "note": row.note if row else "",
                    "revision": row.revision if row else 0,
                    "passages": [(finding, instrument.source[finding.source]) for finding in cited],
                }
            )
    return templates.get_template("hand_questions.html").render({"lines": lines})


class NaiveReport:
    """The report as one would write it first: tables for everything, leaders, text in the chart.

    Its fonts are the cuts of the site: whole variable ones would cost it 7 % that are no layout.
    """

    def __init__(self, reading: ReportData, folder: Path) -> None:
        self.reading = reading
        self.fonts = {}
        for address, content in fonts().items():
            name = address.partition(":")[2]
            (folder / name).write_bytes(content)
            self.fonts[name.partition(".")[0]] = (folder / name).as_uri()
        self.instrument = reading.instrument
        self.template = template_engine().get_template("naive_report.html")

    def html(self) -> str:
        return self.template.render(
            {
                "reading": self.reading,
                "fonts": self.fonts,
                "height": BAR * len(self.instrument.dimensions) + BAR,
                "dimensions": [
                    self.dimension(d, row) for row, d in enumerate(self.instrument.dimensions)
                ],
                "advice": [self.advice(line) for line in recommendation_lines(self.reading)],
                "others": [s for s in sections_of(self.reading) if s.slug not in OWN_TABLES],
                "lines": [self.line(q) for q in self.instrument.questions if not q.profile],
                "sources": self.instrument.sources,
                "terms": self.instrument.terms,
            }
        )

    def pdf(self) -> bytes:
        from weasyprint import HTML

        content: bytes = HTML(string=self.html()).write_pdf(pdf_variant="pdf/ua-1")
        return content

    def dimension(self, dimension: Dimension, row: int) -> dict[str, Any]:
        judged = self.reading.result.dimensions[dimension.code]
        verdicts = self.reading.result.verdicts
        return {
            "code": dimension.code,
            "name": dimension.name,
            "short": dimension.short,
            "summary": dimension.summary,
            "advice": dimension.advice[judged.level or 0],
            "y": BAR * (row + 1),
            "bar": BAR * (row + 1) - 11,
            "width": int(4 * (judged.score or 0)),
            "score": int(judged.score or 0),
            "low": int(judged.low or 0),
            "high": int(judged.high or 0),
            "level": judged.name or "",
            "lines": [self.line(q) for q in self.instrument.questions_of[dimension.code]],
            "verdicts": [
                {"finding": finding, "verdict": verdicts[finding.code].verdict}
                for finding in self.instrument.findings
                if dimension.code in finding.dimensions and finding.code in verdicts
            ],
            "cases": [
                (case, reading.text)
                for case in self.instrument.cases
                for reading in case.readings
                if reading.dimension == dimension.code
            ],
        }

    def line(self, question: Question) -> dict[str, Any]:
        item = self.reading.result.items.get(question.code)
        status = item.status if item else "unanswered"
        value = item.value if item else None
        sent = list(value) if isinstance(value, tuple) else value
        stored = AnswerRow(question.code, status, sent)
        answered = status in {"answered", "dont_know", "not_applicable"} and value != ()
        level = value if isinstance(value, int) and kind_of(question).has_levels else None
        following = level is not None and level + 1 < len(question.options)
        return {
            "question": question,
            "answer": "; ".join(map(str, answer_words(question, stored)))
            if answered
            else "No answer",
            "next": question.options[(level or 0) + 1].text if following else "",
            "note": self.reading.notes.get(question.code, ""),
        }

    def advice(self, line: RecommendationLine) -> dict[str, Any]:
        rule = self.rules[line.code]
        return {
            "line": line,
            "rule": rule,
            "findings": [self.instrument.finding[f] for f in rule.findings],
        }

    @cached_property
    def rules(self) -> dict[str, Any]:
        return {rule.code: rule for rule in self.instrument.rules}
