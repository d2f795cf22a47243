"""The logos of a brief as pictures that stand in the page: a PDF fetches nothing."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assessment.models import Logo
from assessment.reports.pdf.render import PNG_IN_PAGE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from assessment.reports.logos import ReportLogo


@dataclass(frozen=True, slots=True)
class PrintedLogo:
    """`address` is the picture itself."""

    address: str
    alternative: str
    width: int
    height: int


def printed_logos(logos: Iterable[ReportLogo]) -> tuple[PrintedLogo, ...]:
    """Without one that was deleted meanwhile."""
    rows = Logo.objects.filter(digest__in=[logo.digest for logo in logos])
    return tuple(
        PrintedLogo(
            PNG_IN_PAGE + b64encode(row.content).decode(), row.alternative, row.width, row.height
        )
        for row in rows
    )
