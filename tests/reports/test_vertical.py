"""The chain of the tiers: where it breaks, in words, picture and table."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

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
    """As it was written, within a sentence too."""
    report = replace(round_report, tier_words={"local": "Woreda"})
    own = replace(round_report, tier_words={"local": "LGA"})

    said = print_html(report) + xlsx_text(report)
    content = drawn(own, ChainLink("VC2", 3.0, 2.8, 1.2, ("regional_local",)))

    assert said.count("Woreda") > 20
    assert re.findall(r">Local<|(?:Agriculture|protection), Local\b|\bto Local\b", said) == []
    assert content.summary.startswith("From regional to LGA 1 of 1 questions drops")


def test_chain_that_holds_or_cannot_be_shown_says_so(round_report: ReportData) -> None:
    hidden = replace(round_report.result.groups[0], hidden=True, n=2)
    report = replace(round_report, result=replace(round_report.result, groups=(hidden,)))

    holding = drawn(round_report, ChainLink("HC1", 2.0, 1.9, 2.0, ()))
    unseen = drawn(report)

    assert holding.summary.startswith("No question that all three tiers answered drops")
    assert holding.chain == ()
    assert unseen.summary == "The tiers cannot be followed: not all three of them can be shown."
    assert unseen.picture is None


def test_no_article_that_has_a_gender_stands_before_a_word_of_the_country() -> None:
    def sentences(language: str) -> list[str]:
        path = settings.CATALOGUES / language / "LC_MESSAGES" / "django.po"
        messages = read_po(BytesIO(path.read_bytes()))
        texts = [text for message in messages for text in forms(message.string)]
        return [text for text in texts if "{upper}" in text]

    found = {language: sentences(language) for language in ("es", "fr", "pt")}

    assert [language for language, texts in found.items() if not texts] == []
    assert [text for texts in found.values() for text in texts if ARTICLE.search(text)] == []


ARTICLE = re.compile(r"\b(el|la|lo|del|al|le|du|au|do|da|ao) \{(upper|lower)\}", re.IGNORECASE)


def forms(text: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return tuple(text) if isinstance(text, tuple | list) else (text or "",)
