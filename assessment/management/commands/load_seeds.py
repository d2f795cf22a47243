"""Load seeds/ into a draft of the question bank, translations included."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from assessment.actions.editions.load_seeds import load_seeds, nothing_typed
from assessment.actions.editions.people_texts import texts_of_people
from assessment.instrument.seeds import SEEDS
from assessment.management.seed_files import seeds_with_texts

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from assessment.actions.editions.write_bank import WriteSummary


class Command(BaseCommand):
    help = "Make or update a draft from seeds/; published editions are never touched."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, default=SEEDS)
        parser.add_argument(
            "--replace-texts",
            action="store_true",
            help="put the translations of the seeds in the place of those that people wrote here",
        )

    def handle(self, *, folder: Path, replace_texts: bool, **_options: Any) -> None:
        instrument, texts = seeds_with_texts(folder)
        report = load_seeds(
            instrument=instrument,
            now=timezone.now(),
            translations=texts,
            typed_by_people=nothing_typed if replace_texts else texts_of_people,
        )
        if report.written is None and not report.texts:
            self.stdout.write(f"Nothing to do: {report.edition} has exactly this content.")
        elif report.written:
            self._tell(report.written, str(report.edition))
        for language, put in report.texts.items():
            self.stdout.write(
                f"{report.edition}: texts in {language}: {put.created} created, "
                f"{put.changed} changed, {put.left} left as they were."
            )
            if put.kept:
                self.stdout.write(
                    f"Texts in {language} that were written here and stay, though the seeds have "
                    f"other words: {put.kept}. --replace-texts takes those of the seeds."
                )

    def _tell(self, written: WriteSummary, edition: str) -> None:
        self.stdout.write(
            f"{edition}: {len(written.created)} created, {len(written.changed)} changed, "
            f"{len(written.removed)} removed, {written.left} left as they were."
        )
        for verb, codes in (("changed", written.changed), ("removed", written.removed)):
            if codes:
                self.stdout.write(f"{verb}: {', '.join(codes)}")
