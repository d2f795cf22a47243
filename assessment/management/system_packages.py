"""The libraries of the PDF, installed at the first start where the system's manager is apt-get.

Elsewhere the line to type is named: other managers are not tried by any test of ours.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable

from assessment.checks import DEBIAN_PACKAGES, LIBRARIES, missing_libraries, pango_message

APT_GET = ("env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "--quiet=2", "--yes")
INSTALL = ("install", "--no-install-recommends", *DEBIAN_PACKAGES)


def complete_libraries(
    say: Callable[[str], object],
    *,
    allowed: bool,
    ask: bool,
    libraries: Iterable[tuple[str, ...]] = LIBRARIES,
) -> None:
    """Install what the PDF lacks; where that may not be, `say` the line to type."""
    missing = missing_libraries(libraries)
    if not missing:
        return
    say(pango_message(missing))
    command = apt_get() if allowed else ()
    if command and is_wanted(command, ask=ask):
        say("apt-get installs them now (--no-system-packages leaves that out).")
        why = refusal_of_installing(command)
        whole = not missing_libraries(libraries)
        say("They are installed." if whole else f"apt-get could not install them: {why}")


def apt_get() -> tuple[str, ...]:
    """The beginning of a command with the rights to install; empty where there is none."""
    if shutil.which("apt-get") is None:
        return ()
    if os.geteuid() == 0:
        return APT_GET
    return ("sudo", *APT_GET) if shutil.which("sudo") else ()


def is_wanted(command: tuple[str, ...], *, ask: bool) -> bool:
    """Where nobody can be asked, only root goes on: sudo may want a password."""
    if not (ask and sys.stdin.isatty()):
        return command == APT_GET
    by = "sudo apt-get" if command[0] == "sudo" else "apt-get"
    return input(f"Install them now with {by}? [Y/n] ").strip().lower() in ("", "y", "yes")


def refusal_of_installing(command: tuple[str, ...]) -> str:
    """The last line of what apt-get said; of an old list of packages only installing tells."""
    for arguments in (("update",), INSTALL):
        done = subprocess.run(  # noqa: S603 -- fixed words, found on the PATH of who starts the site
            (*command, *arguments), capture_output=True, text=True, check=False
        )
    lines = (done.stdout + done.stderr).strip().splitlines()
    return lines[-1] if lines else f"exit status {done.returncode}"
