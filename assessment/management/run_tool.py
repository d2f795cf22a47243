"""The programs of tools/ are run as processes: nothing of the site imports them."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import NoReturn

from django.conf import settings
from django.core.management.base import CommandError


def run_tool(name: str, *options: str, **environment: str) -> NoReturn:
    """Run `python -m tools.NAME` and exit as it does; CommandError where it is not installed."""
    if not (settings.BASE_DIR / "tools" / name / "__main__.py").is_file():
        raise CommandError(
            f"{name} cannot run: this installation comes without the folder tools/{name}/."
        )
    done = subprocess.run(  # noqa: S603 -- our own module
        (sys.executable, "-m", f"tools.{name}", *options),
        cwd=settings.BASE_DIR,
        env=os.environ | environment,
        check=False,
    )
    sys.exit(done.returncode)
