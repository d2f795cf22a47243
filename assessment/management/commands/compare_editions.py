"""Say what turns one edition of the question bank into another."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand

from assessment.instrument.diff import compare_editions
from assessment.management.bank_files import EDITION, edition_named, lines_of
from assessment.models.translations import all_translations_of

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    help = "Compare two editions: added, removed, changed, moved."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("old", help=EDITION)
        parser.add_argument("new", help=EDITION)
        parser.add_argument("--format", choices=("text", "json"), default="text")

    def handle(self, *, old: str, new: str, **options: Any) -> None:
        first, second = edition_named(old), edition_named(new)
        comparison = compare_editions(
            first.instrument(),
            second.instrument(),
            all_translations_of(first),
            all_translations_of(second),
        )
        if options["format"] == "json":
            self.stdout.write(json.dumps(comparison.to_json(), ensure_ascii=False, indent=2))
        else:
            for line in lines_of(comparison):
                self.stdout.write(line)
