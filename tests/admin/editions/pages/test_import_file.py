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
from tests.actions.history_sentences import sentences_of
from tests.admin.edition_pages import page, person
from tests.admin.small_bank import NOW, freeze


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


def test_dry_run_shows_each_cell_and_then_the_file_changes_the_draft(
    maria: Client, small: Edition
) -> None:
    before, place = wording(small), TextKey("terms", "arrangement", "term")
    bank = with_part(small, "terms", "arrangement", text="In new words.")
    content = to_zip(bank, {"es": {place: Translation("arreglo", "h")}})

    address = upload(maria, small, content).headers["Location"]
    shown = maria.get(address).context
    unwritten = wording(small), small.translation_set.count(), Edition.objects.count()
    response = maria.post(address, {"into": "this", "seen": shown["seen"]})

    blocks = {block.kind: block for block in shown["blocks"]}
    assert [kind for kind, block in blocks.items() if not block.same] == [
        "terms",
        "translations-es",
    ]
    assert [(cell.code, cell.field) for cell in blocks["terms"].cells] == [("arrangement", "text")]
    (added,) = blocks["translations-es"].added
    assert blocks["translations-es"].name == "Translations: español"
    assert (added.code, "arreglo" in added.text) == ("terms/arrangement/term", True)
    assert unwritten == (before, 0, 1)
    assert response.headers["Location"] == page("change", small)
    assert (wording(small), small.translation_set.get().text) == ("In new words.", "arreglo")
    assert sentences_of(small)[-1] == "Imported from the file bank.zip."
    assert not Upload.objects.exists()


def test_file_of_a_published_edition_becomes_a_new_draft(maria: Client, small: Edition) -> None:
    small.translation_set.create(
        language="es", kind="terms", code="arrangement", field="term",
        text="arreglo", source_hash="a", updated_at=NOW,
    )  # fmt: skip
    before, edition = wording(small), freeze(small)
    bank = with_part(edition, "terms", "arrangement", text="In new words.")
    french = {TextKey("terms", "arrangement", "term"): Translation("accord", "h")}
    address = upload(maria, edition, to_zip(bank, {"fr": french})).headers["Location"]
    assert "Change this draft" not in maria.get(address).content.decode()
    assert maria.post(address, {"into": "this"}).status_code == 403

    maria.post(address, {"into": "new"})

    draft = Edition.objects.get(state=Edition.State.DRAFT)
    assert draft.started_from == edition
    assert (wording(draft), wording(edition)) == ("In new words.", before)
    texts = dict(draft.translation_set.values_list("language", "text"))
    assert texts == {"es": "arreglo", "fr": "accord"}
    told = sentences_of(draft)
    assert (told[0], told[-1]) == (
        "Started from another edition.",
        "Imported from the file bank.zip.",
    )


def test_draft_that_was_changed_meanwhile_is_shown_again(maria: Client, small: Edition) -> None:
    address = upload(maria, small, reworded(small)).headers["Location"]
    seen = maria.get(address).context["seen"]
    Question.objects.filter(code="TG1").update(text="Changed meanwhile?")

    response = maria.post(address, {"into": "this", "seen": seen}, follow=True)

    assert response.redirect_chain == [(address, 302)]
    assert "changed meanwhile" in response.content.decode()
    assert wording(small) != "In new words."
    assert (Upload.objects.count(), sentences_of(small)) == (1, [])


def test_faults_stand_with_their_sheet_row_and_column(maria: Client, small: Edition) -> None:
    kind = with_part(small, "questions", "TG2", kind="levelx")
    title = with_part(small, "rules", "R01", title="x" * 121)
    table: list[tuple[method.Instrument, list[str], str]] = [
        (
            kind,
            ["questions", "3", "kind"],
            "TG2: The field “Kind” says levelx. It can say: level, ",
        ),
        (title, ["rules", "2", "title"], "R01: "),
    ]

    def outcome(bank: method.Instrument, message: str) -> tuple[list[str], bool, bool]:
        response = upload(maria, small, to_xlsx(bank), "bank.xlsx")
        (fault,) = response.context["faults"]
        html = response.content.decode()
        place = [str(fault[name]) for name in ("sheet", "row", "column")]
        drawn = "".join(f"<td>{cell}</td>" for cell in place) in "".join(html.split())
        return place, drawn, message in html

    assert [outcome(bank, message) for bank, _place, message in table] == [
        (place, True, True) for _bank, place, _message in table
    ]
    assert not Upload.objects.exists()


def test_file_that_is_none_of_the_bank_is_refused(
    maria: Client, small: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    far = BytesIO()
    with ZipFile(far, "w") as archive:
        archive.writestr("../edition.toml", "x")
    damaged = "The file is damaged, or it is neither a ZIP nor an XLSX file."
    table: list[tuple[str, bytes, str]] = [
        ("bank.pdf", b"x", "Choose a file whose name ends in .zip or .xlsx."),
        ("bank.zip", b"x", damaged),
        ("bank.xlsx", b"", damaged),
        ("bank.zip", far.getvalue(), "is not a name that a file"),
        ("bank.zip", b"x" * 1001, "The file is larger than 0 MB."),
    ]
    monkeypatch.setattr(import_file, "LARGEST_FILE", 1000)

    def told(name: str, content: bytes) -> list[str]:
        html = upload(maria, small, content, name).content.decode()
        return sorted({message for *_file, message in table if message in html})

    assert len(far.getvalue()) < 1000
    assert [told(name, content) for name, content, _ in table] == [[told] for *_file, told in table]
    assert "This field is required." in maria.post(page("import", small)).content.decode()
    assert not Upload.objects.exists()


def test_file_of_somebody_else_is_not_there(maria: Client, small: Edition) -> None:
    address = upload(maria, small, reworded(small)).headers["Location"]
    rosa = person("rosa", "view_edition", "change_edition", "add_edition")

    unknown = maria.get(page("dry_run", small, uuid4()))
    for sent in (rosa.get(address), rosa.post(address, {"into": "new"}), unknown):
        assert sent.headers["Location"] == page("import", small)
    assert Edition.objects.count() == 1


def test_unfinished_draft_says_no_changes_and_what_is_open(maria: Client, small: Edition) -> None:
    Question.objects.filter(edition=small).update(tiers=["national", "regional"], finance=False)
    Question.objects.filter(edition=small, code="TG1").update(help="")
    sentences = [
        "No changes",
        "<li><strong>TG1</strong> The field “Help” is empty.</li>",
        "<li>In a round, the local tier is asked no question at all.</li>",
    ]

    def said(kind: str) -> list[str]:
        file = maria.get(page("export", small, kind)).content
        shown = maria.get(upload(maria, small, file, f"Bank.{kind.upper()}").headers["Location"])
        return [sentence for sentence in sentences if sentence in shown.content.decode()]

    assert {kind: said(kind) for kind in ("zip", "xlsx")} == {"zip": sentences, "xlsx": sentences}


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
