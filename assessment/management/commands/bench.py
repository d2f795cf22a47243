from __future__ import annotations

import tempfile
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from assessment.management.run_tool import run_tool


class Command(BaseCommand):
    help = "Measures speed and weight beside their floors; exits 1 where a bound is missed."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--rounds", type=int, default=3, help="rounds of each measure, 3 or more"
        )
        parser.add_argument(
            "--savers", type=int, default=50, help="most savers at once (up to 200)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """On a database and files that are thrown away."""
        with tempfile.TemporaryDirectory() as folder:
            run_tool(
                "bench",
                f"--rounds={options['rounds']}",
                f"--savers={options['savers']}",
                f"--json={settings.DATA_DIR / 'bench.json'}",
                ARTICULA_DATA=folder,
                ARTICULA_ENV="local",
            )
