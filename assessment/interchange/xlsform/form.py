"""An edition as a form for collecting programs (XLSForm): questions and choices, and no score."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING, Any

from babel import Locale
from xlsxwriter import Workbook

from assessment.instrument.answers import DONT_KNOW, NOT_APPLICABLE
from assessment.instrument.conditions.evaluate import names
from assessment.instrument.conditions.names import PROFILE_NUMBER
from assessment.instrument.kinds.registry import kind_of
from assessment.interchange.refusal import Refused
from assessment.interchange.workbook.cells import BadCell, cell_text
from assessment.interchange.workbook.sheets import Column
from assessment.interchange.workbook.writer import BEGINNING, OPTIONS, TEXT, Page
from assessment.interchange.xlsform.relevant import (
    ALONE,
    REGION,
    SEVERAL,
    SHORT,
    WAY,
    WHO,
    WHOLE,
    Relevance,
    quoted,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from assessment.instrument.model import Instrument, Question

PROFILE, CLOSING = "profile", "closing"
NUMBER = "number"
NO_COUNTRIES = frozenset({"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"})
LABEL = Column("label", str)
Row = dict[str, str]
Words = Mapping[str, Mapping[str, str]]
"""By language: what stands for DONT_KNOW, NOT_APPLICABLE, NUMBER, PROFILE, CLOSING, and for what a
form asks beside the questions: REGION, WAY, WHO and their choices.
"""


@dataclass
class Form:
    """The rows of the three sheets; `banks` is the bank by language, its source first."""

    banks: Mapping[str, Instrument]
    words: Words
    survey: list[Row] = field(default_factory=list)
    choices: list[Row] = field(default_factory=list)
    relevance: Relevance = field(init=False)

    def __post_init__(self) -> None:
        self.relevance = Relevance(self.source)

    @property
    def source(self) -> Instrument:
        return next(iter(self.banks.values()))

    def fill(self) -> None:
        groups = {PROFILE: self.source.profile_questions}
        groups |= self.source.questions_of
        for name, questions in (groups | {CLOSING: self.source.closing_questions}).items():
            if questions or (name == PROFILE and self._asks_beside()):
                self._group(name, questions)

    def _group(self, name: str, questions: Iterable[Question]) -> None:
        label = (
            self._each("label", lambda bank: bank.dimension[name].name)
            if name in self.source.dimension
            else self._word(name)
        )
        self.survey.append({"type": "begin_group", "name": f"section_{name}"} | label)
        if name == PROFILE:
            self.survey += self._choices_of_the_way()
        for question in questions:
            self._question(question)
        if name == PROFILE:
            self.survey += self._region()
        self.survey.append({"type": "end_group"})

    def _question(self, question: Question) -> None:
        code, relevant = question.code, self.relevance.of(question)
        label = self._each("label", lambda bank: bank.question[code].text)
        hint = self._each("hint", lambda bank: bank.question[code].help)
        asked = {"name": code, "relevant": relevant} | label | hint
        FIELDS[kind_of(question).field](self, question, asked, label)

    def _text(self, question: Question, asked: Row, label: Row) -> None:
        self.survey.append({"type": "text"} | asked)

    def _one(self, question: Question, asked: Row, label: Row) -> None:
        self.survey.append({"type": f"select_one {question.code}"} | asked | {"constraint": ""})
        self._options(question)

    def _several(self, question: Question, asked: Row, label: Row) -> None:
        own = {"type": f"select_multiple {question.code}"}
        self.survey.append(own | asked | {"constraint": _exclusive(question)})
        self._options(question)

    def _country(self, question: Question, asked: Row, label: Row) -> None:
        self.survey.append({"type": f"select_one {question.code}"} | asked | {"constraint": ""})
        self._countries(question.code)
        self._options(question)

    def _number(self, question: Question, asked: Row, label: Row) -> None:
        """First whether there is a number at all: only a choice can say that nobody knows."""
        how = f"{question.code}_known"
        self.survey.append({"type": f"select_one {how}"} | asked | {"name": how})
        low, high = PROFILE_NUMBER if question.profile else (question.minimum, question.maximum)
        low = low if question.minimum is None else question.minimum
        high = high if question.maximum is None else question.maximum
        limits = [f". {sign} {end}" for sign, end in ((">=", low), ("<=", high)) if end is not None]
        own = {"relevant": f"${{{how}}} = {quoted(NUMBER)}", "constraint": " and ".join(limits)}
        self.survey.append({"type": "integer", "name": question.code} | own | label)
        for value in (NUMBER, *_beside(question)):
            self._choice(how, value, self._word(value))

    def _options(self, question: Question) -> None:
        code = question.code
        for place, option in enumerate(question.options):
            texts = {la: bank.question[code].options[place].text for la, bank in self.banks.items()}
            self._choice(code, option.value, self._in_columns("label", texts))
        for value in _beside(question):
            self._choice(code, value, self._word(value))

    def _countries(self, code: str) -> None:
        known = {la: _countries(la) for la in self.banks}
        for country in known[self.source.language]:
            texts = {la: names.get(country, country) for la, names in known.items()}
            self._choice(code, country, self._in_columns("label", texts))

    def _choice(self, name: str, value: str, label: Row) -> None:
        self.choices.append({"list_name": name, "name": value} | label)

    def _asks_beside(self) -> bool:
        return self._asks_region() or self.relevance.has_short_way

    def _choices_of_the_way(self) -> Iterator[Row]:
        """Which of the questions are put; who skips this gets all of them."""
        asked = (
            (WAY, (SHORT, WHOLE), self.relevance.has_short_way),
            (WHO, (ALONE, SEVERAL), self.relevance.has_seats),
        )
        for name, values, is_asked in asked:
            if is_asked:
                yield {"type": f"select_one {name}", "name": name} | self._word(name)
                for value in values:
                    self._choice(name, value, self._word(value))

    def _region(self) -> Iterator[Row]:
        """The region follows from the country, as in the method; without one it is asked."""
        asked = next((q for q in self.source.profile_questions if q.profile == "country"), None)
        if asked is None:
            if self._asks_region():
                yield {"type": f"select_one {REGION}", "name": REGION} | self._word(REGION)
                self._regions()
            return
        held, found = f"${{{asked.code}}}", quoted("other")
        for region in self.source.regions:
            if region.countries:
                inside = quoted(f" {' '.join(region.countries)} ")
                among = f"contains({inside}, concat(' ', {held}, ' '))"
                found = f"if({among}, {quoted(region.code)}, {found})"
        unknown = f"{held} = '' or {held} = {quoted(DONT_KNOW)}"
        yield {"type": "calculate", "name": REGION, "calculation": f"if({unknown}, '', {found})"}

    def _asks_region(self) -> bool:
        """Whether a condition speaks of the region, and no country tells it."""
        told = any(question.profile == "country" for question in self.source.questions)
        asking = (names(q.shown_if) for q in self.source.questions if q.shown_if is not None)
        return not told and any("profile.region" in found for found in asking)

    def _regions(self) -> None:
        for place, region in enumerate(self.source.regions):
            texts = {la: bank.regions[place].name for la, bank in self.banks.items()}
            self._choice(REGION, region.code, self._in_columns("label", texts))

    def _each(self, column: str, text: Callable[[Instrument], str]) -> Row:
        return self._in_columns(column, {la: text(bank) for la, bank in self.banks.items()})

    def _word(self, name: str) -> Row:
        return self._in_columns("label", {la: self.words[la][name] for la in self.banks})

    def _in_columns(self, column: str, texts: Mapping[str, str]) -> Row:
        """A reference to a question never comes from a text."""
        return {self.column(column, la): text.replace("${", "$ {") for la, text in texts.items()}

    def column(self, name: str, language: str) -> str:
        return f"{name}::{language_label(language)}"

    def settings(self) -> Row:
        bank = self.source
        return {
            "form_title": bank.name,
            "form_id": "articula",
            "version": str(bank.number or bank.content_hash[:12]),
            "default_language": language_label(bank.language),
        }


FIELDS: Mapping[str, Callable[[Form, Question, Row, Row], None]] = {
    "one_option": Form._one,
    "several_options": Form._several,
    "number": Form._number,
    "country": Form._country,
    "text": Form._text,
}
"""How each form field that a kind may want is asked by an XLSForm."""


def to_xlsform(banks: Mapping[str, Instrument], words: Words) -> bytes:
    """The form as a workbook; raises Refused naming what it cannot hold."""
    form = Form(banks, words)
    form.fill()
    out = BytesIO()
    with Workbook(out, OPTIONS) as book:
        book.set_properties({"created": BEGINNING})
        style = book.add_format(TEXT)
        sheets = {"survey": form.survey, "choices": form.choices, "settings": [form.settings()]}
        for name, rows in sheets.items():
            _write(book.add_worksheet(name, Page), name, rows, style)
    return out.getvalue()


def language_label(language: str) -> str:
    """As XLSForm wants it: a name and the code in brackets."""
    locale = Locale.parse(language, sep="-")
    return f"{(locale.get_display_name() or language).capitalize()} ({language})"


def _write(page: Any, sheet: str, rows: list[Row], style: Any) -> None:
    columns = list(dict.fromkeys(name for row in rows for name in row))
    faults = []
    for number, row in enumerate([dict(zip(columns, columns, strict=True)), *rows]):
        for place, name in enumerate(columns):
            try:
                text = cell_text(LABEL, row.get(name, ""))
            except BadCell as error:
                faults.append(error.at(sheet, number + 1, name))
                continue
            if text:
                page.write_string(number, place, text, style)
    if faults:
        raise Refused(faults)


def _beside(question: Question) -> list[str]:
    """What can be chosen where no answer can be given, unless it is an option already."""
    offered = [DONT_KNOW, *([NOT_APPLICABLE] if question.not_applicable else [])]
    return [value for value in offered if question.option(value) is None]


def _exclusive(question: Question) -> str:
    """Of what excludes the others, nothing stands beside anything."""
    alone = [o.value for o in question.options if o.exclusive] + _beside(question)
    chosen = " or ".join(f"selected(., {quoted(value)})" for value in alone)
    return f"count-selected(.) = 1 or not({chosen})"


def _countries(language: str) -> dict[str, str]:
    names = Locale.parse(language, sep="-").territories
    return {
        code: name
        for code, name in sorted(names.items())
        if len(code) == 2 and code.isalpha() and code not in NO_COUNTRIES
    }
