"""The real bank with one thing changed."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from assessment.instrument.validation.validate import issues_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from assessment.instrument.issues import Issue
    from assessment.instrument.model import Instrument


def with_part(bank: Instrument, part: str, entries: tuple[Any, ...]) -> Instrument:
    new: dict[str, Any] = {part: entries}
    return replace(bank, **new)


def changed(bank: Instrument, part: str, code: str, /, **fields: Any) -> Instrument:
    """The bank with `fields` of one entry set anew."""
    entries = getattr(bank, part)
    assert code in {entry.code for entry in entries}
    new = tuple(replace(e, **fields) if e.code == code else e for e in entries)
    return with_part(bank, part, new)


def read_anew(bank: Instrument, code: str, place: int, **fields: Any) -> Instrument:
    """The bank with `fields` of one reading of a case set anew."""
    readings = list(bank.case[code].readings)
    readings[place] = replace(readings[place], **fields)
    return changed(bank, "cases", code, readings=tuple(readings))


def changed_together(
    bank: Instrument, table: Iterable[tuple[Issue, dict[str, Any]]]
) -> list[tuple[Instrument, list[Issue]]]:
    """As few banks as hold all these changes, each with the issues that it has to have.

    A change goes to the first bank in which its entry is as it was: two of one might hide each
    other.
    """
    made: list[tuple[Instrument, list[Issue]]] = []
    times: Counter[tuple[str, str]] = Counter()
    for issue, fields in table:
        entry = (issue.where.kind, issue.where.code)
        number, times[entry] = times[entry], times[entry] + 1
        if number == len(made):
            made.append((bank, []))
        before, issues = made[number]
        made[number] = changed(before, *entry, **fields), [*issues, issue]
    return made


def not_named(bank: Instrument, table: Iterable[tuple[Issue, dict[str, Any]]]) -> list[Issue]:
    """Those of the issues that the bank does not have after the change beside them."""
    return [
        issue
        for made, issues in changed_together(bank, table)
        for found in [issues_in(made)]
        for issue in issues
        if issue not in found
    ]
