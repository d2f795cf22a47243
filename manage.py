#!/usr/bin/env python3
"""Builds its own environment (.venv, beside this file), then runs Django's commands inside it.

Standard library only, so that `python3 manage.py start` is all the set-up there is.
ARTICULA_NO_VENV=1 runs in the current interpreter instead.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import NoReturn

OLDEST = (3, 11)
ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
RUN_LOCK = "requirements.txt"
DEV_LOCK = "requirements-dev.txt"  # holds everything of the other, in the same versions
DEV_COMMANDS = ("test", "bench", "licences", "mutations")


def main() -> None:
    if sys.version_info < OLDEST:
        fail(
            f"Articula needs Python {'.'.join(map(str, OLDEST))} or newer; "
            f"this is {sys.version.split()[0]}."
        )
    if os.environ.get("ARTICULA_NO_VENV") == "1" or Path(sys.prefix).resolve() == VENV.resolve():
        run_django()
        return
    lock = DEV_LOCK if sys.argv[1:2] and sys.argv[1] in DEV_COMMANDS else RUN_LOCK
    if not installed(lock):
        try:
            install(lock)
        except KeyboardInterrupt:
            fail("Interrupted: the next start builds the environment anew.")
        except OSError as error:
            fail(f"The folder {ROOT} cannot be written ({error.strerror}).")
    continue_inside()


def run_django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "assessment.settings")
    try:
        from django.core.exceptions import ImproperlyConfigured
        from django.core.management import execute_from_command_line
    except ImportError:
        fail(f"Django is missing: {sys.executable} -m pip install -r {RUN_LOCK}")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        fail(str(error))


def stamp(lock: str) -> Path:
    return VENV / f"installed-{lock}"


def digest(lock: str) -> str:
    return hashlib.sha256((ROOT / lock).read_bytes()).hexdigest()


def installed(lock: str) -> bool:
    """A stamp is written last, so an interrupted build has none and is built anew."""
    return PYTHON.exists() and any(
        stamp(name).is_file() and stamp(name).read_text() == digest(name)
        for name in {lock, DEV_LOCK}
    )


def install(lock: str) -> None:
    """Install the lock, and the tools again where they were already: one environment, one state."""
    whole = PYTHON.exists() and any(stamp(name).is_file() for name in (RUN_LOCK, DEV_LOCK))
    lock = DEV_LOCK if whole and stamp(DEV_LOCK).is_file() else lock
    began = time.monotonic()
    say("Setting up .venv with the locked packages: about 1 to 3 minutes the first time.")
    for name in (RUN_LOCK, DEV_LOCK):
        stamp(name).unlink(missing_ok=True)
    if not whole:
        create_venv()
    pip_install(lock)
    stamp(lock).write_text(digest(lock))
    say(f"Set up in {time.monotonic() - began:.0f} seconds.")


def create_venv() -> None:
    for module in ("venv", "ensurepip"):
        if importlib.util.find_spec(module) is None:
            fail(
                f"Python's module {module} is missing. "
                "On Debian or Ubuntu: apt-get install python3-venv"
            )
    done = quietly(sys.executable, "-m", "venv", "--clear", str(VENV))
    if done.returncode:
        fail(f"The environment {VENV} could not be made: {last_line(done)}")


def pip_install(lock: str) -> None:
    done = quietly(
        *(str(PYTHON), "-m", "pip", "install", "--quiet", "--no-input"),
        *("--disable-pip-version-check", "--require-hashes", "-r", str(ROOT / lock)),
    )
    if done.returncode:
        fail(
            "The packages could not be installed; is there a network connection? "
            f"pip said: {refusal(done)}"
        )


def quietly(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, check=False)


def last_line(done: subprocess.CompletedProcess[str]) -> str:
    lines = [line.strip() for line in (done.stdout + done.stderr).splitlines() if line.strip()]
    return lines[-1] if lines else f"exit status {done.returncode}"


def refusal(done: subprocess.CompletedProcess[str]) -> str:
    """What pip says of its last error, whose first line alone may only name a package's file."""
    _before, mark, said = done.stderr.rpartition("ERROR: ")
    return " ".join(said.split()) if mark else last_line(done)


def continue_inside() -> NoReturn:
    command = [str(PYTHON), str(ROOT / "manage.py"), *sys.argv[1:]]
    if os.name == "nt":
        sys.exit(subprocess.run(command, check=False).returncode)
    sys.stdout.flush()
    os.execv(command[0], command)  # noqa: S606 -- the same program, in its own environment


def say(line: str) -> None:
    """To standard error, so that what a command prints can be kept in a file."""
    print(line, file=sys.stderr, flush=True)


def fail(line: str) -> NoReturn:
    print(line, file=sys.stderr)
    sys.exit(1)


if __name__ == "__main__":
    main()
