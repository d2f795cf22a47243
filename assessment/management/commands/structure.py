from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessment.management.structure import circle_in, import_graph, structure_text


class Command(BaseCommand):
    help = "Shows which file imports which and what each is for; needs the packages of `test`."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--write", action="store_true", help="bring docs/structure.md up to date"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        graph = import_graph()
        if circle := circle_in(graph):
            raise CommandError(f"These files import each other: {' → '.join(circle)}")
        text = structure_text(graph, settings.BASE_DIR)
        if options["write"]:
            (settings.BASE_DIR / "docs" / "structure.md").write_text(text, encoding="utf-8")
        else:
            self.stdout.write(text, ending="")
