from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessment.management.messages import (
    CATALOGUE,
    differences,
    other_placeholders,
    untranslated,
    write_catalogues,
)


class Command(BaseCommand):
    help = (
        "Checks that each catalogue holds every message of the site and no other, and that what "
        "is translated fills in the same."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--write", action="store_true", help="bring the catalogues up to date")
        parser.add_argument("--whole", action="store_true", help="and that they are whole")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["write"]:
            write_catalogues(settings.BASE_DIR, settings.CATALOGUES)
        found = list(_found(whole=options["whole"]))
        for line in found:
            self.stderr.write(line)
        if found:
            raise CommandError(
                f"The catalogues have {len(found)} differences: "
                "python3 manage.py check_messages --write"
            )
        self.stdout.write("The catalogues are complete.")


def _found(*, whole: bool) -> Iterator[str]:
    source = settings.CATALOGUES / "en" / "LC_MESSAGES" / "django.po"
    yield from differences(settings.BASE_DIR, source)
    for other in sorted(settings.CATALOGUES.glob(CATALOGUE)):
        if other != source:
            named = [*differences(settings.BASE_DIR, other), *other_placeholders(other)]
            if whole and other.parts[-3] in dict(settings.LANGUAGES):
                named += (f"untranslated: {text}" for text in untranslated(other))
            yield from (f"{other.parts[-3]}: {line}" for line in named)
