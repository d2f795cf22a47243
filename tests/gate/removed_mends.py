"""Mends that can be taken out of the gate: each a kind of fault that it would no longer name."""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from assessment.instrument.validation import validate
from assessment.instrument.validation.conditions import unknown_names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assessment.instrument.issues import Issue


@dataclass(frozen=True)
class Mend:
    """`codes` are those of the issues it raises; `of` narrows them to some values or thresholds.

    `row` is that of the report of faults which it mends.
    """

    row: int
    name: str
    codes: tuple[str, ...]
    of: str = ".*"

    def __str__(self) -> str:
        return f"row {self.row}, {self.name}"

    def raises(self, issue: Issue) -> bool:
        value = str(issue.params.get("threshold", issue.params.get("value", "")))
        return issue.code in self.codes and bool(re.fullmatch(self.of, value))


@contextmanager
def removed(mend: Mend) -> Iterator[None]:
    """The gate without it."""

    def without(check: Any) -> Any:
        return lambda bank: (issue for issue in check(bank) if not mend.raises(issue))

    phases = tuple(tuple(map(without, checks)) for checks in validate.PHASES)
    names = without(unknown_names)
    with patch.multiple(validate, PHASES=phases, unknown_names=names):
        yield


def _thresholds(*names: str) -> tuple[Mend, ...]:
    return tuple(Mend(10, f"range of {name}", ("scale_range",), name) for name in names)


MENDS: tuple[Mend, ...] = (
    Mend(6, "codes in ASCII", ("code_form",), r"[^\W\d_]*[^\x00-\x7f][^\W\d]*"),
    Mend(6, "codes that are no address", ("code_reserved",)),
    Mend(6, "codes unlike another", ("code_alike",)),
    Mend(7, "codes without marks", ("code_form",), r"[A-Za-z0-9]+[./-][A-Za-z0-9]+"),
    Mend(7, "codes without spaces", ("code_form",), ".* .*"),
    Mend(7, "codes are given", ("code_form",), ""),
    Mend(7, "values of options", ("value_form",)),
    Mend(8, "scored kinds", ("kind_unscored",)),
    Mend(8, "kinds of the profile", ("profile_kind",)),
    Mend(8, "no countries", ("no_countries",)),
    Mend(8, "arrangements", ("no_single_arrangement",)),
    Mend(8, "five levels", ("five_levels",)),
    Mend(8, "points of the option that excludes the others", ("exclusive_points",)),
    Mend(8, "some points", ("no_points",)),
    Mend(8, "goalposts in order", ("goalposts_order",)),
    Mend(8, "bounds in order", ("bounds_order",)),
    Mend(8, "hidden points", ("hidden_points_range",)),
    Mend(8, "advice for every level", ("advice_incomplete",)),
    Mend(8, "texts that are needed", ("empty_field",)),
    Mend(10, "bands", ("scale_bands",)),
    Mend(10, "order of low and high", ("scale_rising",), "low_level"),
    Mend(10, "order of the sizes of groups", ("scale_not_above",), "smallest_group"),
    Mend(10, "words of the scale", ("scale_words", "scale_words_twice")),
    Mend(10, "weights", ("weight_out_of_range",)),
    *_thresholds("essential_below", "cap"),
    Mend(11, "placeholders that are known", ("unknown_placeholder",)),
    Mend(11, "placeholders where they are filled", ("placeholder_not_here",)),
    Mend(12, "names in conditions", ("unknown_name",)),
    Mend(41, "odd characters", ("odd_character_in_field", "odd_character_in_scale")),
)
