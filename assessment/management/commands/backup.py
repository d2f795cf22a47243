from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from assessment.management.backups import engine_of


class Command(BaseCommand):
    help = "Writes the whole database into a new file, while the site runs."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="a name that is not taken")

    def handle(self, *args: Any, **options: Any) -> None:
        database, file = settings.DATABASES["default"], options["file"]
        engine_of(database).back_up(database, file)
        self.stdout.write(f"{file} holds the whole database: {file.stat().st_size / 1e6:.1f} MB.")
