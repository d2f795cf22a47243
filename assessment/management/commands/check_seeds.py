"""Check the seeds: whole, cited, reachable; every fault named by file and code."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand

from assessment.instrument.seeds import SEEDS
from assessment.management.seed_files import seeds_with_texts

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    help = "Check the question bank in seeds/ and name every fault by file and code."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, default=SEEDS)

    def handle(self, *, folder: Path, **_options: Any) -> None:
        instrument, _texts = seeds_with_texts(folder)
        self.stdout.write(
            f"{len(instrument.questions)} questions, {len(instrument.findings)} findings, "
            f"{len(instrument.cases)} cases and {len(instrument.rules)} rules are in order."
        )
