from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import time
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

JOURNEYS = "tests/journeys"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
TWO_PROCESSES = ("-n", "2", "--dist", "loadfile")


def chromium() -> str | None:
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM)), None)


def tool(name: str) -> str:
    return str(Path(sysconfig.get_path("scripts")) / name)


def groups() -> dict[str, Sequence[str]]:
    """The name of each group of checks with the command that runs it, in order."""
    manage = (sys.executable, "-W", "error", "manage.py")
    templates = sorted(map(str, Path("templates").rglob("*.html")))
    return {
        "lint": (tool("ruff"), "check", "."),
        "format": (tool("ruff"), "format", "--check", "."),
        "template style": (tool("djade"), "--check", "--target-version", "5.2", *templates),
        "template lint": (tool("djlint"), "--lint", "--quiet", "templates"),
        "types": (tool("mypy"),),
        "imports": (tool("lint-imports"),),
        "migrations": (*manage, "makemigrations", "--check", "--dry-run"),
        "messages": (*manage, "check_messages"),
        "seeds": (*manage, "check_seeds"),
        "tests": (tool("pytest"), *TWO_PROCESSES, f"--ignore={JOURNEYS}", "--cov", "--cov-report="),
        "coverage": (tool("coverage"), "report"),
    }


class Command(BaseCommand):
    help = "Runs every check and test; what follows the name goes to pytest alone."
    requires_system_checks: list[str] = []

    def run_from_argv(self, argv: list[str]) -> None:
        os.chdir(settings.BASE_DIR)
        if argv[2:]:
            sys.exit(subprocess.run((tool("pytest"), *argv[2:]), check=False).returncode)
        failed = [name for name, command in groups().items() if not self.passes(name, command)]
        if not self.journeys_pass():
            failed.append("journeys")
        self.stdout.write(f"Failed: {', '.join(failed)}" if failed else "Everything passed.")
        sys.exit(1 if failed else 0)

    def journeys_pass(self) -> bool:
        browser = chromium()
        if browser is None:
            self.stdout.write("journeys: not run, no Chromium here (CHROMIUM may name one)")
            return True
        os.environ["CHROMIUM"] = browser
        # Playwright keeps an event loop in the thread that also reads the database.
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
        return self.passes("journeys", (tool("pytest"), *TWO_PROCESSES, JOURNEYS))

    def passes(self, name: str, command: Sequence[str]) -> bool:
        began = time.monotonic()
        shown = name in {"tests", "coverage", "journeys"}
        done = subprocess.run(
            command,
            check=False,
            stdout=None if shown else subprocess.PIPE,
            stderr=None if shown else subprocess.STDOUT,
            text=True,
        )
        if done.returncode and done.stdout:
            self.stdout.write(done.stdout)
        outcome = f"FAILED ({done.returncode})" if done.returncode else "ok"
        self.stdout.write(f"{name}: {outcome}, {time.monotonic() - began:.1f} s")
        self.stdout.flush()
        return not done.returncode
