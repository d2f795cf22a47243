"""Measures that the tests go every way through the whole site; `test` measures what judges alone.

    .venv/bin/python -m tools.coverage

Runs every test but the journeys, on SQLite, as `python3 manage.py test` does, and takes half as
long again. Printed are the lines and branches that no measured test reached; the exit status is 0
where there are none.
"""

from __future__ import annotations

import subprocess
import sys

from assessment.management.commands.test import JOURNEYS, THREE_PROCESSES

TESTS = ("pytest", *THREE_PROCESSES, f"--ignore={JOURNEYS}", "--cov", "--cov-report=")
STEPS = (
    ("-m", "tests.prepare"),
    ("-m", *TESTS, "--cov-fail-under=0"),
    ("-m", "coverage", "report"),
)


def main() -> int:
    return max(subprocess.run((sys.executable, *step), check=False).returncode for step in STEPS)


if __name__ == "__main__":
    sys.exit(main())
