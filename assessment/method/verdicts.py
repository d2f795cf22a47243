"""What the documents found, beside what was answered here."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from assessment.instrument.conditions.evaluate import AnyOf, evaluate, names
from assessment.method.result import Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assessment.instrument.conditions.evaluate import Fact, Facts
    from assessment.instrument.model import Finding, Instrument, Scale
    from assessment.method.items import Item

JUDGED_CATEGORIES = frozenset({"barrier", "enabler"})


def verdicts(instrument: Instrument, items: Mapping[str, Item], facts: Facts) -> dict[str, Verdict]:
    """By finding; conditions of its own take the place of the mean over what cites it."""
    known = {**not_asked(items), **facts}
    items_of_finding: dict[str, list[Item]] = {
        f.code: [] for f in instrument.findings if f.kind in JUDGED_CATEGORIES
    }
    for item in items.values():
        for code in item.question.findings if may_be_shown(item) else ():
            if code in items_of_finding:
                items_of_finding[code].append(item)
    return {
        code: verdict_by_condition(instrument.finding[code], items, known)
        or verdict(instrument.scale, code, instrument.finding[code].kind, found)
        for code, found in items_of_finding.items()
    }


def may_be_shown(item: Item) -> bool:
    return item.score is not None


def verdict(scale: Scale, code: str, kind: str, items: list[Item]) -> Verdict:
    scores = [item.score for item in items if item.score is not None]
    if not scores:
        return Verdict(code, "no_information", None, ())
    mean = sum(scores, Fraction(0)) / len(scores)
    words = ("not_seen", "partly", "seen")
    step = (mean >= scale.verdict_not_seen) + (mean >= scale.verdict_seen)
    word = words[step] if kind == "enabler" else words[2 - step]
    return Verdict(code, word, float(mean), tuple(item.question.code for item in items))


def not_asked(items: Mapping[str, Item]) -> dict[str, Fact]:
    """What a question would say that nobody was asked here: no comparison with it is true."""
    codes = [c for c, item in items.items() if item.status in {"hidden", "not_routed"}]
    return {f"{family}.{code}": AnyOf(()) for family in ("answer", "points") for code in codes}


def verdict_by_condition(
    finding: Finding, items: Mapping[str, Item], facts: Facts
) -> Verdict | None:
    """None where the finding has no condition; what an answer leaves open has no information."""
    conditions = [c for c in (finding.seen, finding.partly) if c is not None]
    if not conditions:
        return None
    seen = finding.seen is not None and evaluate(finding.seen, facts)
    partly = finding.partly is not None and evaluate(finding.partly, facts)
    word = "seen" if seen else "partly" if partly else "not_seen"
    if not (seen or partly) and None in (seen, partly):
        word = "no_information"
    named = {name.rpartition(".")[2] for condition in conditions for name in names(condition)}
    questions = tuple(c for c, item in items.items() if c in named and may_be_shown(item))
    return Verdict(finding.code, word if questions else "no_information", None, questions)
