from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

JOURNEYS = "tests/journeys"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
LIVE = ("tests", "coverage", "journeys")
# In the order of tests/conftest.py, not by the number of tests in a file. Three on two processors:
# a test that starts a site waits for it a good part of its time.
THREE_PROCESSES = ("-n", "3", "--dist", "loadfile", "--no-loadscope-reorder")
# Each process has a site of its own: whichever is free takes the next test. A third of a journey is
# waiting: for the network to be quiet, for what was typed to be sent.
THREE_BROWSERS = ("-n", "3", "--dist", "worksteal")
# What judges; `tools.coverage` measures the whole site, which takes half as long again.
MEASURED = ("--cov=assessment.method", "--cov=assessment.instrument")


def chromium() -> str | None:
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM)), None)


def tool(name: str) -> str:
    return str(Path(sysconfig.get_path("scripts")) / name)


def refuse_read_only(folder: Path) -> None:
    """Its tools keep what they know in this folder: OSError before the first of them runs."""
    with tempfile.TemporaryFile(dir=folder):
        pass


class Command(BaseCommand):
    help = "Runs every check and test; what follows the name goes to pytest alone."
    requires_system_checks: list[str] = []

    def run_from_argv(self, argv: list[str]) -> None:
        os.chdir(settings.BASE_DIR)
        refuse_read_only(settings.BASE_DIR)
        if argv[2:]:
            sys.exit(subprocess.run((tool("pytest"), *argv[2:]), check=False).returncode)
        groups = self.groups() | self.journeys(chromium())
        checks = {name: command for name, command in groups.items() if name not in LIVE}
        live = {name: command for name, command in groups.items() if name in LIVE}
        with ThreadPoolExecutor(2) as two_at_once:
            checked = two_at_once.map(self.passes, checks, checks.values())
            # The tests begin beside the longest check: one processor would wait for it.
            tested = two_at_once.submit(lambda: [*map(self.passes, live, live.values())])
        outcomes = [*checked, *tested.result()]
        failed = [name for name, ok in zip([*checks, *live], outcomes, strict=True) if not ok]
        self.stdout.write(f"Failed: {', '.join(failed)}" if failed else "Everything passed.")
        sys.exit(1 if failed else 0)

    def groups(self) -> dict[str, Sequence[str]]:
        """The name of each group of checks with the command that runs it, in order."""
        manage = (sys.executable, "-W", "error", "manage.py")
        pytest = (tool("pytest"), *THREE_PROCESSES, f"--ignore={JOURNEYS}")
        templates = sorted(map(str, Path("templates").rglob("*.html")))
        return {
            "preparation": (sys.executable, "-m", "tests.prepare"),
            # Once, and kept: else each process of the tests would compile all of them.
            "collection": (tool("pytest"), "--collect-only", "-qq", f"--ignore={JOURNEYS}"),
            "lint": (tool("ruff"), "check", "."),
            "format": (tool("ruff"), "format", "--check", "."),
            "template style": (tool("djade"), "--check", "--target-version", "5.2", *templates),
            "template lint": (tool("djlint"), "--lint", "--quiet", "templates"),
            "types": (tool("mypy"),),
            "imports": (tool("lint-imports"),),
            "migrations": (*manage, "makemigrations", "--check", "--dry-run"),
            "messages": (*manage, "check_messages", "--whole"),
            "seeds": (*manage, "check_seeds"),
            "tests": (*pytest, "--record", *MEASURED, "--cov-report=", "--cov-fail-under=0"),
            "coverage": (tool("coverage"), "report"),
        }

    def journeys(self, browser: str | None) -> dict[str, Sequence[str]]:
        """Apart from the others: Playwright keeps an event loop where they read the database."""
        if browser is None:
            self.stdout.write("journeys: not run, no Chromium here (CHROMIUM may name one)")
            return {}
        environment = ("env", f"CHROMIUM={browser}", "DJANGO_ALLOW_ASYNC_UNSAFE=1")
        return {"journeys": (*environment, tool("pytest"), *THREE_BROWSERS, JOURNEYS)}

    def passes(self, name: str, command: Sequence[str]) -> bool:
        """Run one group; tests speak as they go, the others only when they fail."""
        began = time.monotonic()
        live = name in LIVE
        done = subprocess.run(
            command,
            check=False,
            stdout=None if live else subprocess.PIPE,
            stderr=None if live else subprocess.STDOUT,
            text=True,
        )
        if done.returncode and done.stdout:
            self.stdout.write(done.stdout)
        outcome = f"FAILED ({done.returncode})" if done.returncode else "ok"
        self.stdout.write(f"{name}: {outcome}, {time.monotonic() - began:.1f} s")
        self.stdout.flush()
        return not done.returncode
