from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

import pikepdf
import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from PIL import Image

from assessment.actions.logos import draw_logo
from assessment.models import Logo
from assessment.reports.logos import site_logos
from assessment.reports.page import report_context
from assessment.reports.pdf.files import report_pdf
from assessment.reports.report_data import NamedProgramme
from assessment.reports.sections import BRIEF

if TYPE_CHECKING:
    from assessment.reports.report_data import ReportData


def png() -> bytes:
    file = BytesIO()
    Image.new("RGB", (480, 130), "green").save(file, "PNG")
    return file.getvalue()


@pytest.mark.no_cover
@pytest.mark.django_db
def test_brief_shows_four_logos_and_keeps_its_two_pages(report: ReportData) -> None:
    """On the screen and in the PDF, beside names that are as long as they may be."""
    drawn = draw_logo(png())
    for place in range(1, 5):
        Logo.objects.create(
            position=place,
            alternative=f"Ministry {place}",
            content=drawn.content,
            digest=drawn.digest,
            width=drawn.width,
            height=drawn.height,
        )
    name = "Programme de coordination rurale et de protection sociale " * 4
    programmes = tuple(NamedProgramme(name[:200], name[:200]) for _at in range(14))
    crowded = replace(report, logos=site_logos(), scheme=name[:200], programmes=programmes)

    page = render_to_string("report/_sections.html", report_context(crowded, (BRIEF,)))
    with pikepdf.open(BytesIO(report_pdf(crowded, (BRIEF,)))) as pdf:
        parts = [part for part in pdf.objects if isinstance(part, pikepdf.Dictionary)]
        told = {str(part.get("/Alt", "")) for part in parts if part.get("/S") == "/Figure"}
        number = len(pdf.pages)

    names = {f"Ministry {place}" for place in range(1, 5)}
    address = reverse("logo", args=[drawn.digest])
    assert [f'<img src="{address}" alt="{one}"' in page for one in names] == [True] * 4
    assert (names - told, number) == (set(), 2)
