from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from assessment.management.run_tool import run_tool

NUMBERS = {"people": 50, "idle": 1000, "slow": 200, "seed": 1}


class Command(BaseCommand):
    help = "Idle, slow and odd connections while people save; exits 1 where these feel it."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        for name, number in NUMBERS.items():
            parser.add_argument(f"--{name}", type=int, default=number)
        parser.add_argument("--seconds", type=float, default=20, help="how long people save")
        parser.add_argument("--pause", type=float, default=2, help="seconds between two saves")
        parser.add_argument(
            "--within", type=float, default=3, help="longest seconds of a newcomer's first page"
        )
        parser.add_argument(
            "--server", action="append", default=[], help="another one that is installed"
        )
        parser.add_argument(
            "--behind", action="append", default=[], help="direct, caddy or nginx; can be repeated"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """On a database beside that of DATABASE_URL, or on SQLite in a folder thrown away."""
        numbers = (f"--{name}={options[name]}" for name in (*NUMBERS, "seconds", "pause", "within"))
        chosen = (f"--{name}={one}" for name in ("server", "behind") for one in options[name])
        run_tool("attack", *numbers, *chosen)
