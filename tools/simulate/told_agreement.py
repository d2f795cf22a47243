"""The attacker on how far people of a group agree: it is shown of questions told in that group.

Of single groups alone, and of questions told in them: what it says is of their own people.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.simulate.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tools.simulate.attacker import Attacker


def untold_agreement(attacker: Attacker) -> Iterator[Finding]:
    of_alpha = [(one.group, code) for one in attacker.result.alphas for code in one.questions]
    of_spread = [(one.group, one.question) for one in attacker.result.agreement]
    for name, code in (*of_alpha, *of_spread):
        sector, _slash, tier = name.partition("/")
        hidden = (sector, tier) in attacker.policy.suppressed
        if hidden or not attacker.is_told(attacker.instrument.question[code], (sector, tier)):
            yield Finding("exact", f"agreement {name} {code}", 0.0)
