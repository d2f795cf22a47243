"""Load seeds/ into a draft of the question bank."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from assessment.actions.editions.load_seeds import load_seeds
from assessment.instrument.seeds import SEEDS, SeedErrors, read_seeds
from assessment.reports.issue_wording.files import seed_lines

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from assessment.actions.editions.write_bank import WriteSummary


class Command(BaseCommand):
    help = "Make or update a draft from seeds/; published editions are never touched."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, default=SEEDS)

    def handle(self, *, folder: Path, **_options: Any) -> None:
        try:
            instrument = read_seeds(folder)
        except SeedErrors as errors:
            raise CommandError(seed_lines(errors)) from errors
        report = load_seeds(instrument=instrument, now=timezone.now())
        if report.written is None:
            self.stdout.write(f"Nothing to do: {report.edition} has exactly this content.")
        else:
            self._tell(report.written, str(report.edition))

    def _tell(self, written: WriteSummary, edition: str) -> None:
        self.stdout.write(
            f"{edition}: {len(written.created)} created, {len(written.changed)} changed, "
            f"{len(written.removed)} removed, {written.left} left as they were."
        )
        for verb, codes in (("changed", written.changed), ("removed", written.removed)):
            if codes:
                self.stdout.write(f"{verb}: {', '.join(codes)}")
