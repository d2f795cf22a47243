"""What the columns and figures of the files of a round mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment.interchange.round_files.flat import Dictionary
from assessment.reports import formats
from assessment.reports.seat_wording import SECTORS
from assessment.reports.wording import too_few_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from django_stubs_ext import StrPromise

    from assessment.reports.report_data import ReportData

COLUMNS: Mapping[str, StrPromise] = {
    "part": gettext_lazy("what the row is about"),
    "sector": gettext_lazy("sector of the group; empty: all sectors"),
    "tier": gettext_lazy("tier of the group; empty: all tiers"),
    "against": gettext_lazy("the other side of a gap: levels are the first side minus this one"),
    "number": gettext_lazy("number of a response that several people gave together"),
    "subject": gettext_lazy("code of the subject"),
    "question": gettext_lazy("code of the question"),
    "figure": gettext_lazy("what is counted or measured"),
    "value": gettext_lazy("the number, or a code"),
}
PARTS: Mapping[str, StrPromise] = {
    "group": gettext_lazy("one group: a sector, a tier, both, or everybody"),
    "whole": gettext_lazy("everybody, with what was agreed on"),
    "apart": gettext_lazy("everybody, as answered apart, before anything was agreed on"),
    "question": gettext_lazy("one question, of everybody"),
    "gap": gettext_lazy("difference between two sides that can be compared"),
    "chain": gettext_lazy("mean of one question in each of the three tiers"),
    "spread": gettext_lazy("how far the people of one group differ on one question"),
    "together": gettext_lazy("one response that several people gave together"),
    "code": gettext_lazy("a pattern, package or rule that holds"),
}
FIGURES: Mapping[str, StrPromise] = {
    "invited": gettext_lazy("people who were asked to answer"),
    "submitted": gettext_lazy("people who submitted for themselves"),
    "shown": gettext_lazy("yes, or no where the group is hidden"),
    "why": gettext_lazy(
        "few: below the minimum. beside: a smaller group could be worked out from it"
    ),
    "score": gettext_lazy("mean from 0 to 100"),
    "low": gettext_lazy("the score if everything left open were answered lowest"),
    "high": gettext_lazy("the score if everything left open were answered highest"),
    "level": gettext_lazy("level from 0 to 4; none where too little is known"),
    "formal": gettext_lazy("mean of what exists on paper, 0 to 100"),
    "practice": gettext_lazy("mean of what is practised, 0 to 100"),
    "dont_know_share": gettext_lazy(
        "share of “I do not know”, 0 to 1; of the whole only where a group is hidden"
    ),
    "questions_answered": gettext_lazy("questions that count"),
    "questions_asked": gettext_lazy("questions that were asked"),
    "standing": gettext_lazy("settled, indicative, open or not_asked: how much is known"),
    "direction": gettext_lazy("low, mixed or high"),
    "status": gettext_lazy("answered, few (by too few to be shown), dont_know, hidden, not_routed"),
    "agreed": gettext_lazy("yes where the session agreed on the answer"),
    "levels": gettext_lazy("levels of the scale from 0 to 4, or their difference"),
    "ad": gettext_lazy("mean distance from the mean, in levels"),
    "n": gettext_lazy("people who answered the question"),
    "people": gettext_lazy("people who gave the response together"),
    "pattern": gettext_lazy("code of a pattern of the edition"),
    "package": gettext_lazy("code of a package of the edition"),
    "rule": gettext_lazy("code of a rule of the edition"),
}


def dictionary(report: ReportData) -> Dictionary:
    return Dictionary(tuple(about(report)), tuple(notes(report)), tuple(_entries(report)))


def about(report: ReportData) -> Iterator[tuple[str, str]]:
    """Facts by which somebody finds the result again; the day, not the hour."""
    result = report.result
    yield _("Scheme"), report.scheme
    yield _("Reference"), report.reference
    yield _("Result of"), formats.date_words(report.generated_at)
    yield _("Edition"), str(result.edition or report.instrument.name)
    yield _("Method"), result.method
    yield _("Smallest group shown"), str(result.minimum)
    yield _("Hash of the result"), report.result_hash
    if report.demo:
        yield _("Example"), _("Invented: nobody answered this.")


def notes(report: ReportData) -> Iterator[str]:
    if words := too_few_words(report):
        yield words
    yield _("A self-assessment: what people answered, and no measured performance.")
    yield _(
        "Each cell of sector and tier counts once in a mean, whatever the number of its people."
    )
    yield _(
        "A hidden group stands with how many were invited and submitted, and why it is hidden; "
        "nothing else of it is in any file. Do not try to work it out, and put no figures of it "
        "into another table."
    )
    yield _("Where all people of a group answer alike, its mean says what each of them answered.")
    yield _("No names, notes or answers in people's own words are in this file.")
    yield _("Scores are rounded to one decimal, levels and shares to two.")


def _entries(report: ReportData) -> Iterator[tuple[str, str, str]]:
    bank = report.instrument
    kinds: Mapping[str, Mapping[str, object]] = {
        "column": COLUMNS,
        "part": PARTS,
        "figure": FIGURES,
        "sector": SECTORS,
        "tier": report.tiers,
        "subject": {one.code: one.name for one in bank.dimensions},
        "question": {one.code: one.text for one in bank.questions if not one.profile},
    }
    for kind, words in kinds.items():
        yield from ((kind, name, str(meaning)) for name, meaning in words.items())
