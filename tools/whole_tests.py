"""Goes through all that the tests of every run draw a part of: `tests/short_form.py`.

    .venv/bin/python -m tools.whole_tests [tests/web ...]

The tests that draw are run, or those in what is named; what follows goes to pytest. Takes about an
hour on two cores, and exits as pytest does.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from assessment.management.commands.test import JOURNEYS, THREE_PROCESSES, chromium, tool

SHORT_FORM = "from tests.short_form import"


def drawing_files() -> list[str]:
    """The test files that have a short form."""
    files = sorted(Path("tests").rglob("test_*.py"))
    return [str(file) for file in files if SHORT_FORM in file.read_text(encoding="utf-8")]


def main(arguments: list[str]) -> int:
    if arguments:
        return run(arguments)
    files = drawing_files()
    journeys = [file for file in files if file.startswith(JOURNEYS)]
    first = run([file for file in files if file not in journeys])
    # Apart from the others, as `test` runs them.
    return run(journeys) or first if chromium() else first


def run(arguments: list[str]) -> int:
    environment = os.environ | {"WHOLE_TESTS": "1"}
    if any(argument.startswith(JOURNEYS) for argument in arguments):
        environment |= {"DJANGO_ALLOW_ASYNC_UNSAFE": "1"}
    command = (tool("pytest"), *THREE_PROCESSES, *arguments)
    return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
