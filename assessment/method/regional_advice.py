"""The advice that the documents give for the region, beside what the answers say of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assessment.instrument.conditions.evaluate import evaluate
from assessment.instrument.conditions.explain import explain
from assessment.method.result import RegionalAdvice

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assessment.instrument.conditions.evaluate import Facts
    from assessment.instrument.model import Finding, Instrument

APPLIES, HAVE, UNCLEAR = "applies", "have", "unclear"


def regional_advice(instrument: Instrument, facts: Facts) -> tuple[RegionalAdvice, ...]:
    """All that concerns this scheme or may; what is written for another arrangement is left out."""
    region = facts.get("profile.region")
    return tuple(
        advice
        for finding in instrument.findings
        if finding.kind == "advice" and finding.region in {"ALL", region}
        for advice in _advice(finding, facts)
    )


def _advice(finding: Finding, facts: Facts) -> Iterator[RegionalAdvice]:
    if finding.applies is None and finding.have is None:
        return
    concerns = True if finding.applies is None else evaluate(finding.applies, facts)
    followed = None if finding.have is None else evaluate(finding.have, facts)
    because = () if finding.applies is None else explain(finding.applies, facts)
    if finding.have is not None and followed is True:
        yield RegionalAdvice(finding.code, HAVE, explain(finding.have, facts))
    elif concerns is False:
        return
    elif concerns is None:
        yield RegionalAdvice(finding.code, UNCLEAR, because)
    else:
        yield RegionalAdvice(finding.code, APPLIES, because)
