from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from assessment.instrument.conditions.explain import Reason
from assessment.instrument.model import (
    CERTAINTIES,
    DIRECTIONS,
    FINDING_CATEGORIES,
    HORIZONS,
    INDICATOR_TYPES,
    PROTOCOL_CELLS,
    SECTORS,
    STANDINGS,
    TIERS,
)
from assessment.reports import seat_wording, wording
from assessment.reports.reason_wording import reason_words
from tests.reports.section_content import changed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assessment.reports.report_data import ReportData


def test_every_code_of_the_method_has_words() -> None:
    table: list[tuple[Mapping[str, Any], tuple[str, ...]]] = [
        (wording.HORIZONS, HORIZONS),
        (wording.FINDING_KINDS, FINDING_CATEGORIES),
        (wording.CERTAINTIES, CERTAINTIES),
        (wording.CELLS, PROTOCOL_CELLS),
        (wording.INDICATORS, INDICATOR_TYPES),
        (seat_wording.TIERS, TIERS),
        (seat_wording.SECTORS, SECTORS),
        (wording.STANDINGS, STANDINGS),
        (wording.DIRECTIONS, DIRECTIONS),
        (wording.INDICATIONS, DIRECTIONS),
    ]

    assert [tuple(words) for words, _ in table] == [codes for _, codes in table]


REASONS: list[tuple[Any, ...]] = [
    ("level.TG", "<=", 1.0, 1.0, "Targeting is at level “Initial” (score "),
    ("score.TG", "<", 40.0, 27.5, "Targeting has the score 28."),
    ("answer.PC1", "<=", 1.0, 1.0, "To “How far do the highest authorities back"),
    ("answer.PC1", "<=", 2.0, 1.5, "on average level 1.5, where 4 is the highest."),
    ("answer.TG5", "<", 5.0, 4.0, "4 of 10 households"),
    ("answer.TG5", "<", 5.0, 4.5, "4.5 of 10 households"),
    ("answer.HC3", "in", "named_body", ("named_body",), "it was chosen: A body"),
    ("answer.HC3", "not_in", "named_body", ("other",), "it was not chosen: A body"),
    ("answer.HC3", "in", "gone", ("gone",), "it was chosen: gone"),
    ("points.LC2", "<", 6.0, 4.0, "reach 4 of 10 points."),
    ("points.LC2", "<", 6.0, 4.5, "reach 4.5 of 10 points."),
    ("profile.programmes", ">=", 2.0, 2.0, "There are 2 programmes."),
    ("profile.programmes", "==", 1.0, 1.0, "There is 1 programme."),
    ("profile.region", "==", "LA", "LA", "work in: Latin America and the Caribbean."),
    ("profile.country", "==", "PE", "PE", "work in: Peru."),
    ("profile.stage", "==", "running", "running", "the answer is: Running"),
    ("direction.TG", "==", "low", "low", "The answers on Targeting are low."),
    ("standing.TG", "==", "settled", "settled", "On Targeting enough is known for a level."),
    ("directions.low", ">=", 1.0, 2.0, "The answers on 2 subjects are low."),
    ("unknown.count", ">=", 1.0, 1.0, "On 1 subject much is not known."),
    ("unknown.SC", ">", 0.3, 0.345, "On State capabilities, 35% of the answers"),
    ("gap.sectors.HC", ">=", 1.0, 1.4, "social protection and agriculture are 1.4 levels"),
    ("gap.tiers.HC1", ">=", 1.0, 1.4, "national and local answers are 1.4 levels"),
    ("disagreement.any", ">", 0.8, 1.25, "Inside one group the answers differ by 1.3"),
    ("disagreement.HC1", ">", 0.8, 1.25, "Inside one group the answers to “When the"),
]


def test_reason_is_a_whole_sentence(report: ReportData, sparse: ReportData) -> None:
    """It says of how few answers, and where one was agreed."""
    items = {**report.result.items, "HC2": replace(report.result.items["HC2"], agreed=True)}
    agreed = reason_words(changed(report, items=items), Reason("answer.HC2", ">=", 3.0, 3.0))
    of_few = reason_words(sparse, Reason("direction.PC", "==", "mixed", "mixed"))
    name = sparse.instrument.dimension["PC"].name

    told = [(reason_words(report, Reason(*reason)), part) for *reason, part in REASONS]
    assert [(words, part) for words, part in told if part not in words] == []
    assert of_few == f"On {name} the only answer so far is mixed."
    assert "the agreed answer is: " in agreed


def test_placeholders_are_a_closed_list(report: ReportData, empty: ReportData) -> None:
    """Put in words where the profile says nothing."""
    text = "In {country} ({region}), {programmes} programmes, {reading.result} {secret} {}"

    assert wording.fill_placeholders(text, report) == (
        "In Peru (Latin America and the Caribbean), 2 programmes, {reading.result} {secret} {}"
    )
    assert wording.fill_placeholders("In {country}: {programmes} programmes", empty) == (
        "In your country: several programmes"
    )


def test_what_has_no_name_of_its_own(report: ReportData) -> None:
    bank, found = report.instrument, report.result.dimensions
    unknown = changed(report, dimensions={**found, "TG": replace(found["TG"], score=None)})

    assert wording.region_words(bank, "ALL") == "Everywhere"
    assert wording.profile_words(bank, "stage", "paused") == "paused"
    assert wording.topic_words(bank, "any") == "any"
    assert wording.score_words(unknown, "TG") == ""
