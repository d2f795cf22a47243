from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from assessment.management.backups import engine_of
from assessment.management.database_lock import database_alone


class Command(BaseCommand):
    help = "Puts a backup in the place of the database, which is kept under a dated name."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="what `backup` has written")

    def handle(self, *args: Any, **options: Any) -> None:
        database, file = settings.DATABASES["default"], options["file"]
        engine = engine_of(database)
        engine.check(file)
        with database_alone():
            kept = engine.restore(database, file, timezone.now())
        self.stdout.write(f"The database is what {file} held.")
        if kept:
            self.stdout.write(f"What it held before is kept in {kept}.")
