"""What a recommendation or a pattern rests on: its answers, their standing, and the documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assessment.instrument.model import BASES
from assessment.method.dimensions import INDICATIVE, SETTLED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from assessment.instrument.conditions.explain import Reason
    from assessment.instrument.model import Instrument
    from assessment.method.situation import Situation

ADVICE, OBSERVED, CONCLUSION = BASES
OBSERVED_KINDS = frozenset({"barrier", "enabler"})
OF_DIMENSIONS = frozenset({"level", "score", "direction", "standing", "unknown"})


def basis_of_findings(instrument: Instrument, codes: Iterable[str], region: object) -> str:
    """What the cited findings are for this region: advice before what was observed."""
    cited = [instrument.finding[code] for code in codes]
    if any(f.kind == "advice" and f.region in {"ALL", region} for f in cited):
        return ADVICE
    return OBSERVED if any(f.kind in OBSERVED_KINDS for f in cited) else CONCLUSION


def questions_in(situation: Situation, because: Iterable[Reason]) -> frozenset[str]:
    """The answered questions that these reasons read, at once or through their dimension."""
    named = {reason.name for reason in because}
    codes = {code for name in named for code in _codes_of(situation.instrument, name)}
    items = (situation.items[code] for code in codes)
    return frozenset(i.question.code for i in items if i.status == "answered")


def _codes_of(instrument: Instrument, name: str) -> Iterator[str]:
    root, _, rest = name.partition(".")
    if root in {"answer", "points"}:
        yield rest
    elif root in OF_DIMENSIONS and rest in instrument.dimension:
        yield from (q.code for q in instrument.questions_of[rest] if q.scored)
    elif root == "directions":
        yield from (q.code for q in instrument.questions if q.dimension and q.scored)


def standing_of_evidence(situation: Situation, because: Iterable[Reason]) -> str:
    """Settled where every dimension that the reasons speak of is, and where they speak of none.

    That something is not known is as certain as can be, however little else is known.
    """
    bank = situation.instrument
    named = {reason.name for reason in because if not reason.name.startswith("unknown.")}
    dimensions = {code for name in named for code in _dimensions_of(bank, name)}
    judged = (situation.judgements[code] for code in dimensions)
    return SETTLED if all(judgement.settled for judgement in judged) else INDICATIVE


def _dimensions_of(instrument: Instrument, name: str) -> Iterator[str]:
    root, _, rest = name.partition(".")
    if root in {"answer", "points"}:
        yield instrument.question[rest].dimension
    elif root in OF_DIMENSIONS and rest in instrument.dimension:
        yield rest
    elif root == "directions":
        yield from instrument.dimension
