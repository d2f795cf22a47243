"""How to read the report: what levels, scores and intervals say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from assessment.reports import formats
from assessment.reports.sections.lines import Section
from assessment.reports.sections.recommendations import later_sentences
from assessment.reports.wording import share_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assessment.reports.report_data import ReportData


@dataclass(frozen=True, slots=True)
class LevelLine:
    label: str
    span: str
    meaning: str


@dataclass(frozen=True, slots=True)
class HowToRead:
    """`usual` is by subject what usually helps at its level, whatever the single answers say."""

    levels: tuple[LevelLine, ...]
    enough: str
    capped_at: str
    usual: tuple[tuple[str, str], ...]


def how_to_read(report: ReportData) -> Section:
    scale = report.instrument.scale
    limits = (0, *scale.bands, 100)
    levels = tuple(
        LevelLine(label, _span(limits[at], limits[at + 1]), scale.meanings[at])
        for at, label in enumerate(scale.labels)
    )
    content = HowToRead(
        levels=levels,
        enough=share_words(scale.sufficient_share),
        capped_at=report.label(scale.cap),
        usual=tuple(_usual(report)),
    )
    return Section(
        "how-to-read", _("Annex: how to read the scores"), "report/_how_to_read.html", content
    )


def _usual(report: ReportData) -> Iterator[tuple[str, str]]:
    for found in report.settled:
        dimension = report.instrument.dimension[found.dimension]
        yield dimension.name, later_sentences(dimension.advice[found.level or 0])


def _span(low: int, high: int) -> str:
    if high == 100:
        return _("{low} and more").format(low=formats.number(low))
    return _("{low} to below {high}").format(low=formats.number(low), high=formats.number(high))
