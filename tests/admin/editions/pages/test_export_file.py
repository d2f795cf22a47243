"""An edition as a file: workbook, texts, or a form for other programs."""

from __future__ import annotations

import pytest
from django.test import Client

from assessment.interchange.workbook.xlsx import XlsxFile
from assessment.models import Edition, Option
from tests.admin.edition_pages import page
from tests.interchange.bank_files import from_xlsx, from_zip


@pytest.mark.no_cover
def test_export_holds_the_edition(maria: Client, whole: Edition) -> None:
    for kind, read in (("zip", from_zip), ("xlsx", from_xlsx)):
        response = maria.get(page("export", whole, kind))

        name = f"articula-draft-{whole.pk}.{kind}"
        assert response.headers["Content-Disposition"] == f'attachment; filename="{name}"'
        assert read(response.content).content_hash == whole.instrument().content_hash


def test_export_of_another_kind_is_refused(maria: Client, whole: Edition) -> None:
    assert maria.get(page("export", whole, "pdf")).status_code == 403


def test_export_names_what_no_cell_holds(maria: Client, draft: Edition) -> None:
    Option.objects.filter(question__code="TG1", value="2").update(text="x" * 40_000)

    html = maria.get(page("export", draft, "xlsx")).content.decode()

    assert "options, row 4, text: is longer than 32767 characters" in html


def test_edition_is_exported_as_a_form(maria: Client, whole: Edition) -> None:
    response = maria.get(page("export", whole, "xlsform"))

    name = f"articula-draft-{whole.pk}-xlsform.xlsx"
    assert response.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert set(XlsxFile(response.content).parts) == {"survey", "choices", "settings"}
    assert "export.xlsform" in maria.get(page("change", whole)).content.decode()
