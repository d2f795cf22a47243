"""Bring the bank in a file into a draft."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from assessment.actions.editions.import_bank import import_bank, preview_import
from assessment.instrument.validation.validate import issues_in
from assessment.interchange.refusal import Refused
from assessment.management.bank_files import (
    EDITION,
    edition_named,
    lines_of,
    newest_edition,
    read_bank,
)
from assessment.models.editions import NotADraft
from assessment.reports.issue_wording.bank import issue_sentence
from assessment.reports.issue_wording.files import fault_lines

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from assessment.interchange.bank_file import BankFile
    from assessment.models import Edition


class Command(BaseCommand):
    help = "Bring a ZIP or a workbook into a new draft, or into a draft that is there."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--into", help=f"the draft to change ({EDITION})")
        parser.add_argument(
            "--dry-run",
            action="store_true",
            help="only say what it would change (without --into: compared with the newest draft)",
        )

    def handle(self, *, file: Path, into: str | None, dry_run: bool, **_options: Any) -> None:
        bank = read_bank(file)
        draft = edition_named(into) if into else None
        try:
            if dry_run:
                self._preview(draft or newest_edition(), bank)
            else:
                done = import_bank(
                    instrument=bank.instrument,
                    translations=bank.translations,
                    into=draft,
                    now=timezone.now(),
                )
                number = len(bank.instrument.questions)
                self.stdout.write(f"{done}: {number} questions (draft:{done.pk}).")
        except Refused as refusal:
            raise CommandError(fault_lines(bank.with_positions(refusal.faults))) from refusal
        except NotADraft as refusal:
            raise CommandError(str(refusal)) from refusal

    def _preview(self, edition: Edition, bank: BankFile) -> None:
        comparison = preview_import(
            edition=edition, instrument=bank.instrument, translations=bank.translations
        )
        self.stdout.write(f"Compared with {edition}; nothing is written.")
        for line in lines_of(comparison):
            self.stdout.write(line)
        for issue in issues_in(bank.instrument):
            parts = ("Still open", issue.where.code, issue_sentence(issue))
            self.stdout.write(": ".join(filter(None, parts)))
