from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessment.management.messages import differences, write_source


class Command(BaseCommand):
    help = "Checks that the source catalogue holds every message of the site, and no other."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--write", action="store_true", help="bring the catalogue up to date")

    def handle(self, *args: Any, **options: Any) -> None:
        source = settings.CATALOGUES / "en" / "LC_MESSAGES" / "django.po"
        if options["write"]:
            write_source(settings.BASE_DIR, source)
        found = differences(settings.BASE_DIR, source)
        for line in found:
            self.stderr.write(line)
        if found:
            raise CommandError(
                f"The catalogue has {len(found)} differences: "
                "python3 manage.py check_messages --write"
            )
        self.stdout.write("The catalogue is complete.")
