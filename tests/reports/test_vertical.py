"""The chain of the tiers: where it breaks, in words, picture and table."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest
from babel.messages.pofile import read_po
from django.conf import settings

from assessment.method.result import ChainLink
from assessment.reports.pdf.files import print_html
from assessment.reports.round_files.tables import xlsx_of_round
from assessment.reports.sections.vertical import Vertical, vertical

if TYPE_CHECKING:
    from assessment.reports.marks import Mark
    from assessment.reports.report_data import ReportData


def xlsx_text(report: ReportData) -> str:
    with ZipFile(BytesIO(xlsx_of_round(report))) as archive:
        return "".join(archive.read(name).decode() for name in archive.namelist())


def drawn(report: ReportData, *chain: ChainLink) -> Vertical:
    section = vertical(replace(report, result=replace(report.result, chain=chain)))
    assert section is not None
    assert isinstance(section.content, Vertical)
    return section.content


def words_of(marks: tuple[Mark, ...]) -> list[str]:
    return [said for mark in marks for said in (mark.text, *words_of(mark.inside)) if said]


BREAKING = ("VC2", "VC3", "VC5", "SC2")


def test_chain_names_the_step_where_it_breaks_the_deepest_drop_first(
    round_report: ReportData,
) -> None:
    drops = [
        ChainLink(code, 3.0, 2.8, at, ("regional_local",))
        for code, at in zip(BREAKING, (1.2, 0.5, 1.0, 1.5), strict=True)
    ]
    content = drawn(round_report, ChainLink("HC1", 2.0, 1.9, 2.0, ()), *drops)

    assert content.summary == (
        "From regional to local 4 of 5 questions drop by a level or more: Answers to local design "
        "problems, Meetings across sectors and offices, Rules reach local offices, …"
    )
    assert content.chain[0].question == "Answers to local design problems"
    assert content.chain[0].levels == (("National", "3.0"), ("Regional", "2.8"), ("Local", "0.5"))
    assert {line.drops for line in content.chain} == {("Regional to Local",)}
    assert content.holding == ("Requests between ministries",)
    assert content.picture is not None
    said = words_of(content.picture.marks)
    assert [said[at] for at in (0, 2, 4)] == ["National", "Regional", "Local"]
    assert said[6:] == ["holds", "0 of 5 drop", "breaks", "4 of 5 drop"]
    assert content.picture.title == content.summary


def test_tiers_are_called_as_the_country_calls_them(round_report: ReportData) -> None:
    report = replace(round_report, tier_words={"local": "Woreda"})

    said = print_html(report) + xlsx_text(report)

    assert said.count("Woreda") > 20
    assert re.findall(r">Local<|(?:Agriculture|protection), Local\b|\bto Local\b", said) == []


def test_chain_that_holds_says_so(round_report: ReportData) -> None:
    content = drawn(round_report, ChainLink("HC1", 2.0, 1.9, 2.0, ()))

    assert content.summary.startswith("No question that all three tiers answered drops")
    assert content.chain == ()


def test_tiers_that_cannot_be_shown_are_not_drawn(round_report: ReportData) -> None:
    hidden = replace(round_report.result.groups[0], hidden=True, n=2)
    report = replace(round_report, result=replace(round_report.result, groups=(hidden,)))
    content = drawn(report)

    assert content.summary == "The tiers cannot be followed: not all three of them can be shown."
    assert content.picture is None


def test_one_person_alone_has_no_chain(report: ReportData) -> None:
    assert vertical(report) is None


def test_own_words_for_the_tiers_stay_as_they_were_written(round_report: ReportData) -> None:
    own = replace(round_report, tier_words={"local": "LGA"})
    content = drawn(own, ChainLink("VC2", 3.0, 2.8, 1.2, ("regional_local",)))

    assert content.summary.startswith("From regional to LGA 1 of 1 questions drops")


@pytest.mark.parametrize("language", ["es", "fr", "pt"])
def test_no_article_that_has_a_gender_stands_before_a_word_of_the_country(language: str) -> None:
    path = settings.CATALOGUES / language / "LC_MESSAGES" / "django.po"
    texts = [
        text for message in read_po(BytesIO(path.read_bytes())) for text in forms(message.string)
    ]
    sentences = [text for text in texts if "{upper}" in text]

    assert sentences
    assert [text for text in sentences if ARTICLE.search(text)] == []


ARTICLE = re.compile(r"\b(el|la|lo|del|al|le|du|au|do|da|ao) \{(upper|lower)\}", re.IGNORECASE)


def forms(text: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return tuple(text) if isinstance(text, tuple | list) else (text or "",)
