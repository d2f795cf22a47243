from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessment.management.run_tool import run_tool


class Command(BaseCommand):
    help = "Judges thousands of invented schemes; exits 1 where advice is not as it must be."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--seed", type=int, default=1, help="draws the schemes")
        parser.add_argument(
            "--share", type=float, default=1, help="of the 4,100 schemes, such as 0.1"
        )
        parser.add_argument(
            "--rounds", type=int, help="attack so many invented rounds instead of judging schemes"
        )
        parser.add_argument(
            "--bytes", action="store_true", help="read page, paper and files of each of them"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """On the seeds; no database is read or written."""
        if settings.PRODUCTION:
            raise CommandError("simulate takes minutes of a processor: not in production.")
        rounds = [] if options["rounds"] is None else [f"--rounds={options['rounds']}"]
        rounds += ["--bytes"] if options["bytes"] else []
        seed, share = f"--seed={options['seed']}", f"--share={options['share']}"
        run_tool("simulate", seed, share, *rounds)
