"""The logos of who runs the site, on the brief: by address on a screen, whole in a PDF.

They are those of the day on which a brief is drawn and no part of the result: their hashes are part
of a PDF's key, so that a logo that was changed is on the next one that somebody asks for.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from assessment.models import Logo


@dataclass(frozen=True, slots=True)
class ReportLogo:
    digest: str
    alternative: str
    width: int
    height: int

    @property
    def address(self) -> str:
        return reverse("logo", args=[self.digest])


def site_logos() -> tuple[ReportLogo, ...]:
    rows = Logo.objects.values_list("digest", "alternative", "width", "height")
    return tuple(ReportLogo(*row) for row in rows)
