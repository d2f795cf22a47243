"""What the commands on files and editions of the bank share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.core.management.base import CommandError

from assessment.interchange.archive import LARGEST_FILE
from assessment.interchange.refusal import Refused
from assessment.interchange.toml_files import from_zip, to_zip
from assessment.interchange.workbook.reader import from_xlsx
from assessment.interchange.workbook.writer import to_xlsx
from assessment.models import Edition
from assessment.models.translations import all_translations_of
from assessment.reports.issue_wording.files import fault_lines
from assessment.reports.xlsform import xlsform_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assessment.instrument.diff import Difference, EditionComparison
    from assessment.interchange.bank_file import BankFile

READ = {".zip": from_zip, ".xlsx": from_xlsx}
WRITE = {".zip": to_zip, ".xlsx": to_xlsx}
EDITION = "a number, `current`, `draft` (the newest) or `draft:ID`"


def edition_named(name: str) -> Edition:
    """The edition that a person means; raises CommandError."""
    drafts = Edition.objects.filter(state=Edition.State.DRAFT)
    found: Edition | None = None
    if name == "current":
        found = Edition.objects.current()
    elif name == "draft":
        found = drafts.order_by("-id").first()
    elif name.removeprefix("draft:").isdecimal() and len(name) < 20:
        number = int(name.removeprefix("draft:"))
        found = (
            drafts.filter(pk=number).first()
            if name.startswith("draft:")
            else Edition.objects.filter(number=number).first()
        )
    if found is None:
        raise CommandError(f"There is no edition {name}. Say {EDITION}.")
    return found


def newest_edition() -> Edition:
    """What an import is compared with: the newest draft, else the edition in use."""
    drafts = Edition.objects.filter(state=Edition.State.DRAFT)
    found = drafts.order_by("-id").first() or Edition.objects.current()
    if found is None:
        raise CommandError("There is no edition to compare with.")
    return found


def read_bank(path: Path) -> BankFile:
    """The bank in a file by its ending; raises CommandError with every fault."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise CommandError(f"{path} is larger than {LARGEST_FILE // 2**20} MB.")
        return READ[_ending(path)](path.read_bytes())
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
    except Refused as refusal:
        raise CommandError(fault_lines(refusal.faults)) from refusal


def write_bank_file(edition: Edition, path: Path, *, as_form: bool = False) -> None:
    """The file is built whole before it is written."""
    try:
        write = WRITE[_ending(path)]
        path.write_bytes(
            xlsform_of(edition)
            if as_form
            else write(edition.instrument(), all_translations_of(edition))
        )
    except OSError as error:
        raise CommandError(f"{path} cannot be written: {error.strerror}.") from error
    except Refused as refusal:
        raise CommandError(fault_lines(refusal.faults)) from refusal


def _ending(path: Path) -> str:
    ending = path.suffix.lower()
    if ending not in READ:
        raise CommandError(f"{path} is neither a .zip nor an .xlsx file.")
    return ending


def lines_of(comparison: EditionComparison) -> Iterator[str]:
    """The comparison for a person at a terminal."""
    if comparison.same:
        yield "No changes."
    for difference in comparison.differences:
        if not difference.same:
            yield from _lines(difference)


def _lines(difference: Difference) -> Iterator[str]:
    yield (
        f"{difference.kind}: {len(difference.added)} added, {len(difference.changed)} changed, "
        f"{len(difference.removed)} removed, {len(difference.moved)} moved, "
        f"{difference.unchanged} unchanged"
    )
    yield from (f"  + {code}" for code in difference.added)
    yield from (f"  - {code}" for code in difference.removed)
    for entry in difference.changed:
        for change in entry.changes:
            yield f"  ~ {entry.code} {change.field}: {change.old!r} -> {change.new!r}"
    for move in difference.moved:
        yield f"  > {move.code} {f'behind {move.behind}' if move.behind else 'to the front'}"
