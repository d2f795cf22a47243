"""What people fill in of one line of a plan."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Any

from assessment.models import PlanLine, PlanShare

if TYPE_CHECKING:
    from datetime import date

TEXT_LIMITS = {
    "what": 1_000,
    "who": 300,
    "partners": 400,
    "first_step": 1_000,
    "budget": 300,
    "no_budget": 500,
    "sign": 500,
    "evidence": 500,
}
"""By text of a line how many letters it may have."""
SHARE_LIMITS = {"owner": 300, "email": 254, "budget": 300, "amount": 60, "no_budget": 500}


@dataclass(frozen=True, slots=True)
class ShareValues:
    """What one side brings; `amount` is a text, with its currency."""

    sector: str
    owner: str = ""
    email: str = ""
    budget: str = ""
    amount: str = ""
    no_budget: str = ""

    @classmethod
    def of(cls, share: PlanShare) -> ShareValues:
        return cls(**{name: getattr(share, name) for name in ("sector", *SHARE_LIMITS)})

    @property
    def is_empty(self) -> bool:
        return not any(getattr(self, name) for name in SHARE_LIMITS)


@dataclass(frozen=True, slots=True)
class LineValues:
    """None in one of PlanLine.WORDS leaves the words of the advice. `shares` are those of the
    sides that bring something, in the order of PlanShare.
    """

    what: str | None = None
    who: str | None = None
    partners: str | None = None
    first_step: str | None = None
    due_date: date | None = None
    budget: str = ""
    no_budget: str = ""
    sign: str = ""
    evidence: str = ""
    subject: str = ""
    state: str = PlanLine.State.PLANNED
    shares: tuple[ShareValues, ...] = ()

    @classmethod
    def of(cls, line: PlanLine) -> LineValues:
        own = {name: getattr(line, name) for name in OF_THE_LINE}
        return cls(**own, shares=tuple(ShareValues.of(share) for share in line.shares.all()))

    def of_the_line(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in OF_THE_LINE}

    def flat(self) -> dict[str, Any]:
        """By name as PlanChange keeps it."""
        found = self.of_the_line() | {
            f"{share.sector}.{name}": value
            for share in self.shares
            for name, value in asdict(share).items()
            if name != "sector"
        }
        due = {"due_date": self.due_date.isoformat() if self.due_date else ""}
        return found | due


OF_THE_LINE = tuple(field.name for field in fields(LineValues) if field.name != "shares")


def differing(before: LineValues, after: LineValues) -> dict[str, list[Any]]:
    """By the name of each field that differs its value before and after; empty where none was."""
    then, now = before.flat(), after.flat()
    names = [name for name in {**then, **now} if (then.get(name) or "") != (now.get(name) or "")]
    return {name: [then.get(name) or "", now.get(name) or ""] for name in names}
