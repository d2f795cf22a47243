from __future__ import annotations

import subprocess
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser


class Command(BaseCommand):
    help = "Kills, crowds and hostile requests; exits 1 where anything acknowledged was not kept."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--minutes", type=float, default=10, help="how long people save")
        parser.add_argument("--seed", type=int, default=1, help="draws what they send")
        parser.add_argument("--kills", type=int, default=200, help="most kills of the server")
        parser.add_argument("--people", type=int, default=200, help="most people at once")
        parser.add_argument(
            "--hostile", type=int, default=0, metavar="N", help="N hostile requests as each role"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """On a database beside that of DATABASE_URL, or on SQLite in a folder thrown away."""
        names = ("minutes", "seed", "kills", "people", "hostile")
        done = subprocess.run(  # noqa: S603 -- our own module
            (sys.executable, "-m", "tests.soak", *(f"--{name}={options[name]}" for name in names)),
            cwd=settings.BASE_DIR,
            check=False,
        )
        sys.exit(done.returncode)
