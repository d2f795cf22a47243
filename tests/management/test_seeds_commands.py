from __future__ import annotations

import re
import shutil
from functools import partial
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from assessment.actions.editions.translate import SubmittedText, save_translations
from assessment.instrument.seeds import SEEDS
from assessment.instrument.texts import hash_of_text
from assessment.models import Translation
from tests.bank_fixtures import empty_bank_tables
from tests.factories import NOW, published_edition
from tests.tables import raised

TEXTS = {
    "es": 2097,
    "es-co": 18,
    "es-pe": 19,
    "fr": 2097,
    "pt": 2097,
    "pt-ao": 2,
    "pt-br": 18,
    **dict.fromkeys(("pt-cv", "pt-gw", "pt-mz", "pt-st", "pt-tl"), 2),
}
"""By language and by variant, in the order of the files."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the seeds that may be changed."""
    return Path(shutil.copytree(SEEDS, tmp_path / "seeds"))


def change(folder: Path, old: str, new: str) -> None:
    file = folder / "questions" / "pc.toml"
    file.write_text(file.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")


def test_check_seeds_counts_what_is_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("check_seeds")

    assert capsys.readouterr().out == (
        "69 questions, 115 findings, 7 cases and 73 rules are in order.\n"
    )


def test_faulty_seeds_are_refused_by_file_and_code(folder: Path) -> None:
    check, load = (partial(call_command, name, folder) for name in ("check_seeds", "load_seeds"))
    spanish = folder / "translations" / "es.toml"
    whole = spanish.read_text(encoding="utf-8")
    spanish.write_text('[[text]]\nkind = "questions"\n')
    of_no_text = raised(CommandError, check)
    spanish.write_text(whole, encoding="utf-8")
    change(folder, 'findings = ["RS-KM10", "RS-T13"]', 'findings = ["RS-KM99"]')
    unknown_finding = raised(CommandError, check)
    (folder / "scale.toml").unlink()
    missing = raised(CommandError, load)

    assert "translations/es.toml, field: questions// is no text" in str(of_no_text)
    assert re.search(r"questions/pc\.toml: PC1: .*RS-KM99", str(unknown_finding))
    assert "scale.toml: the file is missing" in str(missing)


def test_load_seeds_says_what_it_did(
    db: None, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    empty_bank_tables()
    call_command("load_seeds", folder)
    change(folder, "How far do the highest authorities", "How much do the highest authorities")
    call_command("load_seeds", folder)

    made, *texts, changed, codes = (lines := capsys.readouterr().out.splitlines())[: -len(TEXTS)]
    left = lines[-len(TEXTS) :]
    assert made.endswith("399 created, 0 changed, 0 removed, 0 left as they were.")
    assert [line.partition("texts in ")[2] for line in texts] == [
        f"{language}: {number} created, 0 changed, 0 left as they were."
        for language, number in TEXTS.items()
    ]
    assert changed.endswith("0 created, 1 changed, 0 removed, 398 left as they were.")
    assert codes == "changed: PC1"
    assert [line.partition("texts in ")[2] for line in left] == [
        f"{language}: 0 created, 0 changed, {number} left as they were."
        for language, number in TEXTS.items()
    ]


@pytest.mark.usefixtures("bank_in_database")
def test_load_seeds_leaves_a_published_edition_and_lays_texts_beside_it(
    db: None, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    published_edition()
    shutil.rmtree(folder / "translations")
    call_command("load_seeds", folder)
    nothing = capsys.readouterr().out
    call_command("load_seeds")

    assert nothing.startswith("Nothing to do: ")
    told = capsys.readouterr().out.splitlines()
    assert [line.partition("texts in ")[2] for line in told] == [
        f"{language}: {number} created, 0 changed, 0 left as they were."
        for language, number in TEXTS.items()
    ]


@pytest.mark.usefixtures("bank_in_database")
def test_load_seeds_keeps_what_was_typed_until_the_seeds_are_asked_for(
    db: None, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    published_edition()
    spanish = folder / "translations" / "es.toml"
    for other in TEXTS.keys() - {"es"}:
        (folder / "translations" / f"{other}.toml").unlink()
    head, first, *_others = spanish.read_text(encoding="utf-8").split("[[text]]")
    spanish.write_text(f"{head}[[text]]{first}", encoding="utf-8")
    call_command("load_seeds", folder)
    row = Translation.objects.get()
    own = SubmittedText(row.place, "Palabra propia", hash_of_text(row.text), row.source_hash)
    save_translations(edition=row.edition, language="es", submitted=[own], now=NOW)
    call_command("load_seeds", folder)
    call_command("load_seeds", folder, replace_texts=True)

    _made, left, kept, replaced = capsys.readouterr().out.splitlines()
    assert left.endswith("texts in es: 0 created, 0 changed, 0 left as they were.")
    assert kept == (
        "Texts in es that were written here and stay, though the seeds have other words: 1. "
        "--replace-texts takes those of the seeds."
    )
    assert replaced.endswith("texts in es: 0 created, 1 changed, 0 left as they were.")
    assert Translation.objects.get().text == row.text
