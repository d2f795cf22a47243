"""What respondents of a round are promised, as values beside the text they read."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Promise:
    """What it does not name never happens to the round.

    `own_result`: each respondent gets the result of her own answers; `round_result`: she sees the
    round's, once it is closed. `attributed`: whoever runs the round reads, once it is closed, what
    each respondent answered, with her name, and nobody takes part without agreeing to it.
    `notes_to_facilitators`: whoever runs the round reads notes, without names. `kept_until`: after
    that day answers are deleted; none: as long as the organisation keeps its rounds. `shared_with`:
    organisations that get the result; `published`: it may be made public.
    """

    attributed: bool = False
    own_result: bool = False
    round_result: bool = False
    notes_to_facilitators: bool = False
    kept_until: date | None = None
    shared_with: tuple[str, ...] = ()
    published: bool = False

    def as_stored(self) -> dict[str, Any]:
        values = asdict(self) | {"shared_with": list(self.shared_with)}
        return values | {"kept_until": self.kept_until.isoformat() if self.kept_until else None}


def read_promise(stored: Mapping[str, Any]) -> Promise:
    """What a round of before did not name was not promised."""
    until = stored.get("kept_until")
    return Promise(
        attributed=bool(stored.get("attributed")),
        own_result=bool(stored.get("own_result")),
        round_result=bool(stored.get("round_result")),
        notes_to_facilitators=bool(stored.get("notes_to_facilitators")),
        kept_until=date.fromisoformat(until) if until else None,
        shared_with=tuple(stored.get("shared_with", ())),
        published=bool(stored.get("published")),
    )
