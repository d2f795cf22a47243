"""The facilitator's pack as PDF: on which paper, and accessible."""

from __future__ import annotations

from typing import TYPE_CHECKING

import outloud
import page as page_validation
import pikepdf
import pytest

from assessment.reports.pdf.pack_files import pack_html
from assessment.reports.pdf.render import pdf_of
from tests.closed_rounds import closed_round

if TYPE_CHECKING:
    from pathlib import Path

    from assessment.models import Edition


PAPERS = {"pack_a4": (595, 842), "pack_letter": (612, 792)}


@pytest.mark.no_cover
def test_pack_is_printed_on_its_paper_and_both_checkers_find_it_accessible(
    edition: Edition, tmp_path: Path
) -> None:
    made = closed_round(edition)

    def outcome(layer: str) -> object:
        file = tmp_path / f"{layer}.pdf"
        file.write_bytes(pdf_of(pack_html(made, language="en", layer=layer, begins=None)))
        with pikepdf.open(file) as pdf:
            sizes = {tuple(round(float(edge)) for edge in one.mediabox[2:]) for one in pdf.pages}
            pages = len(pdf.pages)
        checked = page_validation.validate_pdf_bytes(file.read_bytes(), profile="pdfua-1")
        return sizes, 12 <= pages <= 16, list(checked.failures), outloud.check(str(file)).errors

    assert {layer: outcome(layer) for layer in PAPERS} == {
        layer: ({size}, True, [], 0) for layer, size in PAPERS.items()
    }
