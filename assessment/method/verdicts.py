"""What the documents found, beside what was answered here."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from assessment.method.result import Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assessment.instrument.model import Instrument, Scale
    from assessment.method.items import Item

JUDGED_CATEGORIES = frozenset({"barrier", "enabler"})


def verdicts(instrument: Instrument, items: Mapping[str, Item]) -> dict[str, Verdict]:
    items_of_finding: dict[str, list[Item]] = {
        f.code: [] for f in instrument.findings if f.kind in JUDGED_CATEGORIES
    }
    for item in items.values():
        for code in item.question.findings if may_be_shown(item) else ():
            if code in items_of_finding:
                items_of_finding[code].append(item)
    return {
        code: verdict(instrument.scale, code, instrument.finding[code].kind, found)
        for code, found in items_of_finding.items()
    }


def may_be_shown(item: Item) -> bool:
    return item.score is not None and not item.withheld


def verdict(scale: Scale, code: str, kind: str, items: list[Item]) -> Verdict:
    scores = [item.score for item in items if item.score is not None]
    if not scores:
        return Verdict(code, "no_information", None, ())
    mean = sum(scores, Fraction(0)) / len(scores)
    words = ("not_seen", "partly", "seen")
    step = (mean >= scale.verdict_not_seen) + (mean >= scale.verdict_seen)
    word = words[step] if kind == "enabler" else words[2 - step]
    return Verdict(code, word, float(mean), tuple(item.question.code for item in items))
