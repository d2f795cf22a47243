from __future__ import annotations

import json
from dataclasses import replace
from io import StringIO
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import CommandError, call_command

from assessment.actions.editions.import_bank import import_bank
from assessment.interchange.archive import LARGEST_FILE
from assessment.interchange.toml_files import to_zip
from assessment.interchange.workbook.xlsx import XlsxFile
from assessment.management.bank_files import EDITION
from assessment.models import Edition
from tests.factories import NOW, published_edition
from tests.seeds_once import seeds

if TYPE_CHECKING:
    from pathlib import Path

    from assessment.instrument.model import Instrument

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(db: None) -> Edition:
    return import_bank(instrument=seeds(), into=None, now=NOW)


@pytest.fixture
def nothing_in_use(db: None) -> None:
    """Another folder's tests may have published the bank for the whole run."""
    Edition.objects.filter(state=Edition.State.PUBLISHED).update(state=Edition.State.RETIRED)


def other() -> Instrument:
    first, second, third, *terms = seeds().terms
    new = replace(first, code="new", text="Another text.", term="new")
    changed = replace(third, text="Other words.")
    *options, none = seeds().question["HC3"].options
    question = replace(seeds().question["HC3"], options=(none, *options))
    questions = tuple(question if q.code == "HC3" else q for q in seeds().questions)
    last = terms.pop()
    return replace(seeds(), questions=questions, terms=(new, last, second, changed, *terms))


def run(*arguments: Any) -> str:
    out = StringIO()
    call_command(*map(str, arguments), stdout=out)
    return out.getvalue()


def refused(*arguments: Any) -> str:
    with pytest.raises(CommandError) as caught:
        run(*arguments)
    return str(caught.value)


def test_bank_goes_out_and_in_without_changes(draft: Edition, tmp_path: Path) -> None:
    """Into a new draft, where none is named."""
    for file in (tmp_path / "bank.zip", tmp_path / "bank.xlsx"):
        run("export_bank", "draft", "-o", file)

        into = run("import_bank", file, "--dry-run", "--into", f"draft:{draft.pk}")
        assert into.splitlines() == [
            f"Compared with {draft}; nothing is written.",
            "No changes.",
        ]
    told = run("import_bank", tmp_path / "bank.zip")

    new = Edition.objects.get(state=Edition.State.DRAFT, pk__gt=draft.pk)
    assert told == f"{new}: 69 questions (draft:{new.pk}).\n"


@pytest.mark.usefixtures("bank_in_database")
def test_edition_in_use_is_compared_with_and_never_changed(tmp_path: Path) -> None:
    edition = published_edition()
    before = edition.instrument()
    (tmp_path / "bank.zip").write_bytes(to_zip(other()))

    compared = run("import_bank", tmp_path / "bank.zip", "--dry-run").splitlines()
    same = run("compare_editions", edition.number, "current")
    told = refused("import_bank", tmp_path / "bank.zip", "--into", "current")

    assert compared[0] == f"Compared with {edition}; nothing is written."
    assert same == "No changes.\n"
    assert told.endswith("is published and is never changed. Start a new draft from it.")
    assert Edition.objects.get().instrument() == before


@pytest.mark.usefixtures("nothing_in_use")
def test_edition_that_is_not_there_is_told(tmp_path: Path) -> None:
    (tmp_path / "bank.zip").write_bytes(to_zip(seeds()))
    names = ("99", "draft", "current", "draft:7", "first", "9" * 30)

    assert {name: refused("compare_editions", name, name) for name in names} == {
        name: f"There is no edition {name}. Say {EDITION}." for name in names
    }
    assert refused("import_bank", tmp_path / "bank.zip", "--dry-run") == (
        "There is no edition to compare with."
    )


def test_comparison_tells_what_was_added_removed_changed_and_moved(draft: Edition) -> None:
    new = import_bank(instrument=other(), into=None, now=NOW)
    first, _second, third, *_rest, last = seeds().terms

    compare = ("compare_editions", f"draft:{draft.pk}", f"draft:{new.pk}")
    told = run(*compare).splitlines()
    as_json = json.loads(run(*compare, "--format", "json"))

    kinds = ("added", "removed", "changed", "moved")
    assert as_json["questions"] == {kind: [] for kind in kinds} | {"unchanged": 69}
    assert (as_json["terms"]["added"], as_json["terms"]["removed"]) == (["new"], [first.code])
    assert told == [
        f"options: 0 added, 0 changed, 0 removed, 1 moved, {told[0].split()[9]} unchanged",
        "  > HC3/none to the front",
        f"terms: 1 added, 1 changed, 1 removed, 1 moved, {len(seeds().terms) - 3} unchanged",
        "  + new",
        f"  - {first.code}",
        f"  ~ {third.code} text: {third.text!r} -> 'Other words.'",
        f"  > {last.code} behind new",
    ]


def test_file_that_cannot_be_read_or_written_is_told(draft: Edition, tmp_path: Path) -> None:
    long = replace(seeds().terms[0], term="x" * 121)
    bank = replace(seeds(), terms=(long, *seeds().terms[1:]))
    (tmp_path / "column.zip").write_bytes(to_zip(bank))
    (tmp_path / "faults.xlsx").write_bytes(b"no workbook")
    with (tmp_path / "large.zip").open("wb") as file:
        file.truncate(LARGEST_FILE + 1)
    export = ("export_bank", "draft", "-o")
    table: dict[tuple[str, ...], str] = {
        ("import_bank", "none.zip"): "none.zip cannot be read: No such file or directory.",
        ("import_bank", "large.zip"): "large.zip is larger than 16 MB.",
        ("import_bank", "column.zip"): (
            "glossary.toml, term: accountability: Ensure this value has at most 120 characters "
            "(it has 121)."
        ),
        ("import_bank", "faults.xlsx"): (
            "The file is damaged, or it is neither a ZIP nor an XLSX file."
        ),
        (*export, "bank.pdf"): "bank.pdf is neither a .zip nor an .xlsx file.",
        (*export, "none/bank.zip"): "none/bank.zip cannot be written: No such file or directory.",
        (*export, "form.zip", "--xlsform"): "An XLSForm is a .xlsx file.",
    }

    def told(arguments: tuple[str, ...]) -> str:
        paths = [tmp_path / one if "." in one else one for one in arguments]
        return refused(*paths).removeprefix(f"{tmp_path}/")

    assert {arguments: told(arguments) for arguments in table} == table
    assert Edition.objects.filter(state=Edition.State.DRAFT).count() == 1
    assert len(list(tmp_path.iterdir())) == 3


def test_text_that_no_cell_holds_is_told_and_nothing_written(tmp_path: Path) -> None:
    first, *terms = seeds().terms
    long = replace(seeds(), terms=(replace(first, text="x" * 40_000), *terms))
    import_bank(instrument=long, into=None, now=NOW)

    told = refused("export_bank", "draft", "-o", tmp_path / "bank.xlsx")

    assert told.startswith("terms, row 2, text: is longer than 32767 characters")
    assert list(tmp_path.iterdir()) == []


def test_edition_is_written_as_a_form(draft: Edition, tmp_path: Path) -> None:
    run("export_bank", "draft", "--xlsform", "-o", tmp_path / "form.xlsx")

    sheets = set(XlsxFile((tmp_path / "form.xlsx").read_bytes()).parts)
    assert sheets == {"survey", "choices", "settings"}


def test_dry_run_tells_what_is_open_and_where_a_question_has_it(
    draft: Edition, tmp_path: Path
) -> None:
    draft.question_set.update(tiers=["national", "regional"], finance=False)
    draft.question_set.filter(code="PC1").update(help="")
    run("export_bank", "draft", "-o", tmp_path / "bank.zip")

    told = run("import_bank", tmp_path / "bank.zip", "--dry-run").splitlines()

    assert told[1:] == [
        "No changes.",
        "Still open: PC1: The field “Help” is empty.",
        "Still open: In a round, the local tier is asked no question at all.",
    ]
