from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from assessment.management.run_tool import run_tool


class Command(BaseCommand):
    help = "Puts small faults into a copy of the code; exits 1 where no test finds one of them."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--only", nargs="+", default=[], metavar="ID", help="entries of tools/mutations.toml"
        )
        parser.add_argument(
            "--seed-sample", type=int, default=0, metavar="N", help="N of them, drawn by a seed"
        )
        parser.add_argument(
            "--security",
            action="store_true",
            help="those of tools/security.toml, which make a line of docs/security.md false each",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """In a folder that is thrown away; the tests run on SQLite."""
        only = ("--only", *options["only"]) if options["only"] else ()
        table = ("--security",) if options["security"] else ()
        run_tool("mutations", f"--seed-sample={options['seed_sample']}", *table, *only)
