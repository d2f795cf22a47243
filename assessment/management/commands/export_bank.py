"""Write an edition of the question bank into one file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from assessment.management.bank_files import EDITION, edition_named, write_bank_file

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    help = "Write an edition as a ZIP of the files of seeds/, or as a workbook (XLSX)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("edition", help=EDITION)
        parser.add_argument("-o", "--output", type=Path, required=True, help="….zip or ….xlsx")

        parser.add_argument(
            "--xlsform",
            action="store_true",
            help="a form for collecting programs, in a ….xlsx: all questions, no scores",
        )

    def handle(self, *, edition: str, output: Path, **options: Any) -> None:
        found = edition_named(edition)
        if options["xlsform"] and output.suffix.lower() != ".xlsx":
            raise CommandError("An XLSForm is a .xlsx file.")
        write_bank_file(found, output, as_form=options["xlsform"])
        self.stdout.write(f"{found}: written to {output}.")
