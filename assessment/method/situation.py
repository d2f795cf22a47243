"""What every conclusion is drawn from: the bank, the answers, what they were judged to be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assessment.instrument.conditions.evaluate import Facts
    from assessment.instrument.model import Instrument
    from assessment.method.dimensions import Judgement
    from assessment.method.items import Item


@dataclass(frozen=True, slots=True)
class Situation:
    """`facts` are what conditions may read: in a round nothing that its privacy withholds."""

    instrument: Instrument
    items: Mapping[str, Item]
    judgements: Mapping[str, Judgement]
    facts: Facts
