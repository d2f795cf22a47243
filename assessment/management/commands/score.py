"""Scores the answers in a file and prints the result."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from assessment.instrument.seeds import SeedErrors
from assessment.reports.bank import current_instrument
from assessment.reports.door import door_json, door_text
from assessment.reports.file_input import WrongFile, assess_file
from assessment.reports.reading import reading_of_file

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    help = "Scores the answers in FILE (JSON) and prints the result."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--format", choices=("json", "text"), default="json")

    def handle(self, *, file: Path, format: str, **_options: Any) -> None:  # noqa: A002 -- the option's name
        try:
            instrument = current_instrument()
            assessed = assess_file(file, instrument)
        except (SeedErrors, WrongFile) as refusal:
            raise CommandError(str(refusal), returncode=2) from refusal
        reading = reading_of_file(assessed, instrument, timezone.now())
        if format == "text":
            self.stdout.write(door_text(reading))
        else:
            self.stdout.write(json.dumps(door_json(reading), indent=2, ensure_ascii=False))
