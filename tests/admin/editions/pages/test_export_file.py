"""An edition as a file: workbook, texts, or a form for other programs."""

from __future__ import annotations

from django.test import Client

from assessment.interchange.workbook.xlsx import XlsxFile
from assessment.models import Edition, Option
from tests.admin.edition_pages import page
from tests.interchange.bank_files import from_xlsx, from_zip


def test_edition_goes_out_as_workbook_texts_or_form(maria: Client, whole: Edition) -> None:
    kinds = ("zip", "xlsx", "xlsform")
    files = {kind: maria.get(page("export", whole, kind)) for kind in kinds}

    name = f'attachment; filename="articula-draft-{whole.pk}'
    assert {kind: file.headers["Content-Disposition"] for kind, file in files.items()} == {
        "zip": f'{name}.zip"',
        "xlsx": f'{name}.xlsx"',
        "xlsform": f'{name}-xlsform.xlsx"',
    }
    banks = [from_zip(files["zip"].content), from_xlsx(files["xlsx"].content)]
    assert {bank.content_hash for bank in banks} == {whole.instrument().content_hash}
    form = XlsxFile(files["xlsform"].content)
    assert set(form.parts) == {"survey", "choices", "settings"}
    assert "export.xlsform" in maria.get(page("change", whole)).content.decode()
    assert maria.get(page("export", whole, "pdf")).status_code == 403


def test_export_names_what_no_cell_holds(maria: Client, draft: Edition) -> None:
    Option.objects.filter(question__code="TG1", value="2").update(text="x" * 40_000)

    html = maria.get(page("export", draft, "xlsx")).content.decode()

    assert "options, row 4, text: is longer than 32767 characters" in html
