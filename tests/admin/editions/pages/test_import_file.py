from __future__ import annotations

from dataclasses import replace
from functools import partial
from io import BytesIO
from typing import Any
from uuid import uuid4
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from assessment.admin.editions.pages import import_file
from assessment.instrument import model as method
from assessment.instrument.texts import TextKey
from assessment.instrument.translation import Translation
from assessment.interchange.bank_file import BankFile
from assessment.interchange.parse_apart import read_apart
from assessment.interchange.toml_files import from_zip, to_zip
from assessment.interchange.workbook.writer import to_xlsx
from assessment.models import Edition, Question, Term, Upload
from tests.admin.edition_pages import page, person
from tests.admin.small_bank import freeze
from tests.interchange.bank_files import edited


@pytest.fixture
def small(draft: Edition) -> Edition:
    """A draft that is read within moments: reading the whole bank again and again takes long."""
    Term.objects.create(edition=draft, code="arrangement", term="arrangement", text="One of four.")
    return draft


def with_part(edition: Edition, parts: str, code: str, **changes: Any) -> method.Instrument:
    bank: Any = edition.instrument()
    made = [replace(p, **changes) if p.code == code else p for p in getattr(bank, parts)]
    changed: method.Instrument = replace(bank, **{parts: tuple(made)})
    return changed


def reworded(edition: Edition) -> bytes:
    return to_zip(with_part(edition, "terms", "arrangement", text="In new words."))


def upload(client: Client, edition: Edition, content: bytes, name: str = "bank.zip") -> Any:
    return client.post(page("import", edition), {"file": SimpleUploadedFile(name, content)})


def wording(edition: Edition) -> str:
    return Term.objects.get(edition=edition, code="arrangement").text


def test_export_that_is_imported_says_no_changes(maria: Client, whole: Edition) -> None:
    table: list[tuple[str, Any]] = [("zip", to_zip), ("xlsx", to_xlsx)]

    def outcome(kind: str, write: Any) -> object:
        response = upload(maria, whole, write(whole.instrument()), f"Bank.{kind.upper()}")
        return "No changes" in maria.get(response.headers["Location"]).content.decode()

    assert [outcome(kind, write) for kind, write in table] == [True] * len(table)


def test_dry_run_shows_each_cell_and_writes_nothing(maria: Client, small: Edition) -> None:
    before = wording(small)

    response = maria.get(upload(maria, small, reworded(small)).headers["Location"])

    blocks = {block.kind: block for block in response.context["blocks"]}
    assert [(cell.code, cell.field) for cell in blocks["terms"].cells] == [("arrangement", "text")]
    assert [kind for kind, block in blocks.items() if not block.same] == ["terms"]
    assert (wording(small), Edition.objects.count()) == (before, 1)


def test_file_changes_the_draft(maria: Client, small: Edition) -> None:
    address = upload(maria, small, reworded(small)).headers["Location"]
    seen = maria.get(address).context["seen"]

    response = maria.post(address, {"into": "this", "seen": seen})

    assert response.headers["Location"] == page("change", small)
    assert wording(small) == "In new words."
    assert not Upload.objects.exists()


def test_file_becomes_a_new_draft(maria: Client, small: Edition) -> None:
    edition = freeze(small)
    address = upload(maria, edition, reworded(small)).headers["Location"]
    assert "Change this draft" not in maria.get(address).content.decode()

    maria.post(address, {"into": "new"})

    draft = Edition.objects.get(state=Edition.State.DRAFT)
    assert draft.started_from == edition
    assert wording(draft) == "In new words."


def test_published_edition_is_not_imported_into(maria: Client, small: Edition) -> None:
    edition = freeze(small)
    address = upload(maria, edition, reworded(small)).headers["Location"]

    assert maria.post(address, {"into": "this"}).status_code == 403


def test_draft_that_was_changed_meanwhile_is_shown_again(maria: Client, small: Edition) -> None:
    address = upload(maria, small, reworded(small)).headers["Location"]
    seen = maria.get(address).context["seen"]
    Question.objects.filter(code="TG1").update(text="Changed meanwhile?")

    response = maria.post(address, {"into": "this", "seen": seen}, follow=True)

    assert response.redirect_chain == [(address, 302)]
    assert "changed meanwhile" in response.content.decode()
    assert wording(small) != "In new words."


def test_faults_are_listed_by_sheet_row_and_column(maria: Client, small: Edition) -> None:
    wrong = edited(
        to_xlsx(small.instrument()),
        "xl/worksheets/sheet7.xml",
        lambda page: page.replace(">level</t>", ">riddle</t>", 1),
    )

    response = upload(maria, small, wrong, "bank.xlsx")

    assert [(f["sheet"], f["row"]) for f in response.context["faults"]] == [("questions", 2)]
    assert "The field “Kind” says riddle." in response.content.decode()
    assert not Upload.objects.exists()


def test_wrong_file_is_refused(maria: Client, small: Edition) -> None:
    table: list[tuple[str, bytes, str]] = [
        ("bank.pdf", b"x", "Choose a file whose name ends in .zip or .xlsx."),
        ("bank.zip", b"x", "The file is damaged, or it is neither a ZIP nor an XLSX file."),
        ("bank.xlsx", b"", "The file is damaged, or it is neither a ZIP nor an XLSX file."),
    ]

    def outcome(name: str, content: bytes, message: str) -> object:
        response = upload(maria, small, content, name)
        return response.status_code, message in response.content.decode()

    assert [outcome(name, content, message) for name, content, message in table] == [
        (200, True)
    ] * len(table)


def test_large_file_is_refused_unread(
    maria: Client, small: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_file, "LARGEST_FILE", 10)

    assert "The file is larger than 0 MB." in upload(maria, small, b"x" * 11).content.decode()


def test_request_without_a_file_is_refused(maria: Client, small: Edition) -> None:
    html = maria.post(page("import", small)).content.decode()

    assert "This field is required." in html


def test_file_of_somebody_else_is_not_there(maria: Client, small: Edition) -> None:
    address = upload(maria, small, reworded(small)).headers["Location"]
    rosa = person("rosa", "view_edition", "change_edition", "add_edition")

    for sent in (rosa.get(address), rosa.post(address, {"into": "new"})):
        assert sent.headers["Location"] == page("import", small)
    assert Edition.objects.count() == 1


def test_unknown_file_leads_to_the_form(maria: Client, small: Edition) -> None:
    response = maria.get(page("dry_run", small, uuid4()))

    assert response.headers["Location"] == page("import", small)


def test_archive_with_a_far_entry_is_refused(maria: Client, small: Edition) -> None:
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        archive.writestr("../edition.toml", "x")

    assert "is not a name that a file" in upload(maria, small, out.getvalue()).content.decode()


def test_unfinished_draft_says_no_changes_and_what_is_open(maria: Client, small: Edition) -> None:
    table: list[str] = ["zip", "xlsx"]

    def outcome(kind: str) -> object:
        Question.objects.filter(edition=small).update(tiers=["national", "regional"], finance=False)
        Question.objects.filter(edition=small, code="TG1").update(help="")
        file = maria.get(page("export", small, kind)).content
        shown = maria.get(upload(maria, small, file, f"bank.{kind}").headers["Location"])
        html = shown.content.decode()
        return (
            "No changes" in html,
            "<li><strong>TG1</strong> The field “Help” is empty.</li>" in html,
            "<li>In a round, the local tier is asked no question at all.</li>" in html,
        )

    assert {kind: outcome(kind) for kind in table} == dict.fromkeys(table, (True, True, True))


def test_fault_stands_with_its_sheet_row_and_column(maria: Client, small: Edition) -> None:
    content = to_xlsx(with_part(small, "questions", "TG2", kind="levelx"))

    html = upload(maria, small, content, "bank.xlsx").content.decode()

    cells = "<td>questions</td><td>3</td><td>kind</td>"
    assert cells in "".join(html.split())
    assert "TG2: The field “Kind” says levelx. It can say: level, " in html


def test_text_that_is_too_long_stands_with_its_row(maria: Client, small: Edition) -> None:
    content = to_xlsx(with_part(small, "rules", "R01", title="x" * 121))

    html = upload(maria, small, content, "bank.xlsx").content.decode()

    assert "<td>rules</td><td>2</td><td>title</td>" in "".join(html.split())


def test_translations_are_shown_in_the_dry_run(maria: Client, small: Edition) -> None:
    place = TextKey("terms", "arrangement", "term")
    content = to_zip(small.instrument(), {"es": {place: Translation("arreglo", "h")}})

    address = upload(maria, small, content).headers["Location"]
    shown = maria.get(address)
    maria.post(address, {"into": "this", "seen": shown.context["seen"]})

    block = shown.context["blocks"][-1]
    assert (block.name, block.added[0].code) == ("Translations: español", "terms/arrangement/term")
    assert "arreglo" in block.added[0].text
    assert small.translation_set.get().text == "arreglo"


def test_second_of_two_clicks_finds_the_file_imported(
    maria: Client, small: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = upload(maria, small, reworded(small)).headers["Location"]
    read = import_file.FILE_READERS["zip"]

    def read_while_the_other_imports(content: bytes) -> BankFile:
        Upload.objects.all().delete()
        return read(content)

    monkeypatch.setitem(import_file.FILE_READERS, "zip", read_while_the_other_imports)

    response = maria.post(address, {"into": "new"})

    assert response.headers["Location"] == page("import", small)
    assert list(Edition.objects.all()) == [small]


def test_file_with_very_many_parts_is_left_to_whoever_runs_the_site(
    maria: Client, small: Edition
) -> None:
    terms = tuple(method.Term(f"t{n}", f"word {n}", "x") for n in range(20_000))
    content = to_zip(replace(small.instrument(), terms=terms))

    answer = upload(maria, small, content)

    (fault,) = answer.context["faults"]
    assert "holds more than 20000 parts, options and translations" in fault["message"]
    assert not Upload.objects.exists()


def test_file_that_can_no_longer_be_read_in_time_is_asked_for_again(
    maria: Client, small: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = upload(maria, small, reworded(small)).headers["Location"]
    hasty = partial(read_apart, from_zip, wait=0)
    monkeypatch.setitem(import_file.FILE_READERS, "zip", hasty)

    answer = maria.get(address, follow=True)

    assert answer.redirect_chain == [(page("import", small), 302)]
    assert "takes too long to read on this page" in answer.content.decode()
