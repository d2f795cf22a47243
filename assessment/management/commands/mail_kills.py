from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from assessment.management.run_tool import run_tool


class Command(BaseCommand):
    help = "Kills the worker while it mails; exits 1 where a message is lost or doubled unseen."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--kills", type=int, default=800, help="how often a worker is killed")
        parser.add_argument("--seed", type=int, default=1, help="draws when")

    def handle(self, *args: Any, **options: Any) -> None:
        """On a database beside that of DATABASE_URL, or on SQLite in a folder thrown away."""
        run_tool("mail_kills", f"--kills={options['kills']}", f"--seed={options['seed']}")
