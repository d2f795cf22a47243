from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from assessment.management.run_tool import run_tool

NUMBERS = (
    *("minutes", "seed", "kills", "people", "saves"),
    *("restarts", "full_disks", "within", "load", "hostile"),
)


class Command(BaseCommand):
    help = "Kills, crowds and hostile requests; exits 1 where anything acknowledged was not kept."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--minutes", type=float, default=10, help="how long people save at most"
        )
        parser.add_argument("--seed", type=int, default=1, help="draws what they send")
        parser.add_argument("--kills", type=int, default=200, help="most kills of the server")
        parser.add_argument("--people", type=int, default=200, help="most people at once")
        parser.add_argument(
            "--saves", type=int, default=0, metavar="N", help="go on until N saves are acknowledged"
        )
        parser.add_argument(
            "--cluster",
            action="store_true",
            help="on a PostgreSQL of its own, which is crashed and filled as well",
        )
        parser.add_argument(
            "--restarts", type=int, help="immediate restarts of it (20); of the site on SQLite (0)"
        )
        parser.add_argument(
            "--full-disks", type=int, help="times its disk is full (6; on SQLite 0)"
        )
        parser.add_argument(
            "--within", type=float, default=5, help="longest seconds until serving again"
        )
        parser.add_argument(
            "--load",
            type=float,
            default=0,
            metavar="MINUTES",
            help="100 people save every five seconds, then 50 each second",
        )
        parser.add_argument(
            "--hostile", type=int, default=0, metavar="N", help="N hostile requests as each role"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """On a database beside that of DATABASE_URL, or on SQLite in a folder thrown away."""
        numbers = (
            f"--{name.replace('_', '-')}={options[name]}"
            for name in NUMBERS
            if options[name] is not None
        )
        cluster = ("--cluster",) if options["cluster"] else ()
        run_tool("soak", *numbers, *cluster)
