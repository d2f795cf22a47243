"""The names that were given: cut where room is short, and beside the roles they belong to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import ngettext

from assessment.instrument.model import PART
from assessment.reports import formats

if TYPE_CHECKING:
    from collections.abc import Iterable

    from assessment.instrument.model import Role
    from assessment.reports.report_data import ReportData

MOST_NAMES = 5
LONGEST_NAME = 55
"""Letters of a name in the brief and in a line; the whole stands in the annexes."""


def cut_name(name: str, longest: int = LONGEST_NAME) -> str:
    return name if len(name) <= longest else name[: longest - 1].rstrip() + "…"


def unnamed_programmes(report: ReportData) -> int:
    """How many programmes the scheme has beside those that are named in the brief."""
    programmes = report.result.profile.get("programmes")
    told = programmes if isinstance(programmes, int) else 0
    count = max(told, len(report.programmes))
    return count - min(len(report.programmes), MOST_NAMES) if report.programmes else 0


def institutions(report: ReportData, sectors: Iterable[str] = ("",)) -> tuple[str, ...]:
    """Of the programmes of these sectors ("" is every one), each once; where a programme has none,
    its own name.
    """
    wanted = frozenset(sectors)
    named = (p for p in report.programmes if "" in wanted or p.sector in wanted)
    return tuple(dict.fromkeys(cut_name(one.institution or one.name) for one in named))


def names_beside(report: ReportData, roles: Iterable[Role]) -> tuple[str, ...]:
    """The institutions of which these roles are a part; nothing where that is all of them, which
    stand together once.
    """
    found = institutions(report, [role.sector for role in roles if role.relation == PART])
    return () if found == institutions(report) else cut_list(found)


def cut_list(names: tuple[str, ...]) -> tuple[str, ...]:
    """Where there are more than MOST_NAMES, the last one says how many."""
    more = len(names) - MOST_NAMES
    if more <= 0:
        return names
    words = ngettext("and {count} more", "and {count} more", more)
    return (*names[:MOST_NAMES], words.format(count=formats.number(more)))
