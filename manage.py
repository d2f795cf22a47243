#!/usr/bin/env python3
"""Builds its own environment (.venv, beside this file), then runs Django's commands inside it.

Standard library only, so that `python3 manage.py start` is all the set-up there is.
ARTICULA_NO_VENV=1 runs in the current interpreter instead. Where the folder of this file cannot
be written and ARTICULA_DATA names another one, the environment stands in there.
"""

from __future__ import annotations

import argparse
import errno
import gc
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
DATA = os.environ.get("ARTICULA_DATA", "").strip()
IN_DATA = bool(DATA) and not (ROOT / ".venv").exists() and not os.access(ROOT, os.W_OK)
VENV = (Path(DATA).resolve() if IN_DATA else ROOT) / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
RUN_LOCK = "requirements.txt"
DEV_LOCK = "requirements-dev.txt"  # holds everything of the other, in the same versions
NOT_WRITABLE = (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC)
NEED_DATABASE = {
    *("auditlogflush", "changepassword", "clearsessions", "compare_editions", "createsuperuser"),
    *("dbshell", "dumpdata", "export_bank", "import_bank", "reset_second_factor", "shell"),
    "worker",
}
COLLECT_AFTER = 10_000
"""New objects between two looks for garbage: with Python's 700 a sixth of a start is such looks, at
modules that stay for good."""
DEV_COMMANDS = ("test", "bench", "licences", "mutations")


def main() -> None:
    if sys.version_info < OLDEST:
        fail(
            f"Articula needs Python {'.'.join(map(str, OLDEST))} or newer; "
            f"this is {sys.version.split()[0]}."
        )
    no_venv = os.environ.get("ARTICULA_NO_VENV", "").strip() or "0"
    if no_venv not in ("0", "1"):
        fail(f"ARTICULA_NO_VENV must be one of 0, 1, not {no_venv!r}.")
    if no_venv == "1" or is_inside():
        run_django()
        return
    lock = DEV_LOCK if sys.argv[1:2] and sys.argv[1] in DEV_COMMANDS else RUN_LOCK
    if not installed(lock):
        refuse_taken_port()
        try:
            install(lock)
        except KeyboardInterrupt:
            fail("Interrupted: the next start builds the environment anew.")
        except OSError as error:
            fail(f"The folder {VENV.parent} cannot be written ({error.strerror}).")
    continue_inside()


def is_inside() -> bool:
    return Path(sys.prefix).resolve() == VENV.resolve()


def run_django() -> None:
    gc.set_threshold(COLLECT_AFTER)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "assessment.settings")
    try:
        from django.core.exceptions import ImproperlyConfigured
        from django.core.management import execute_from_command_line
        from django.db import DatabaseError
    except ImportError:
        fail(without_django())
    try:
        refuse_missing_database()
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        fail(str(error))
    except DatabaseError as error:
        if "--traceback" in sys.argv:
            raise
        fail(f"The database cannot be used: {str(error).strip().partition(chr(10))[0]}")
    except OSError as error:
        if error.errno not in NOT_WRITABLE or not error.filename:
            raise
        fail(f"{error.filename} cannot be written ({error.strerror}).")


def refuse_taken_port() -> None:
    """`start` asks this itself, but only after the minutes that the environment takes."""
    if sys.argv[1:2] != ["start"]:
        return
    from assessment.management.serving.port import HOST, PORT, why_not

    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("--host", default=HOST)
    parser.add_argument("--port", default=str(PORT))
    given, _others = parser.parse_known_args(sys.argv[2:])
    if given.port.isdecimal() and (reason := why_not(given.host, int(given.port))):
        fail(reason)


def refuse_missing_database() -> None:
    """SQLite would make an empty file of a name that is misspelt."""
    if not {*sys.argv[1:2]} & NEED_DATABASE:
        return
    from assessment.management.missing_database import missing_database

    if refusal := missing_database():
        fail(refusal)


def without_django() -> str:
    if is_inside():
        return f"Django is missing in {VENV}: delete that folder, the next start builds it anew."
    if importlib.util.find_spec("pip") is None:
        return (
            f"Django is missing in {sys.executable}, and pip too: "
            "without ARTICULA_NO_VENV=1 an environment is built."
        )
    return f"Django is missing: {sys.executable} -m pip install -r {RUN_LOCK}"


def stamp(lock: str) -> Path:
    return VENV / f"installed-{lock}"


def digest(lock: str) -> str:
    return hashlib.sha256((ROOT / lock).read_bytes()).hexdigest()


def stamped(lock: str) -> tuple[str, str]:
    """The Python and the digest of the lock that the environment was built with; else empty."""
    parts = stamp(lock).read_text().split() if stamp(lock).is_file() else []
    return ("", parts[0]) if len(parts) == 1 else (parts[0], parts[1]) if parts else ("", "")


def python_inside() -> str:
    """The version of the environment's interpreter, as `3.11`; empty where it does not run."""
    code = "import sys; print('%d.%d' % sys.version_info[:2])"
    try:
        done = quietly(str(PYTHON), "-I", "-S", "-c", code)
    except OSError:
        return ""
    return "" if done.returncode else done.stdout.strip()


def installed(lock: str) -> bool:
    """A stamp is written last, so an interrupted build has none and is built anew."""
    pythons = [stamped(name)[0] for name in (lock, DEV_LOCK) if stamped(name)[1] == digest(name)]
    return bool(pythons) and pythons[0] == python_inside()


def install(lock: str) -> None:
    """Install the lock, and the tools again where they were already: one environment, one state."""
    lock = DEV_LOCK if stamp(DEV_LOCK).is_file() else lock
    began = time.monotonic()
    broken = what_is_broken()
    if broken:
        say(f"{broken} It is built anew.")
    say("Setting up .venv with the locked packages: about 1 to 3 minutes the first time.")
    whole = not broken and any(stamp(name).is_file() for name in (RUN_LOCK, DEV_LOCK))
    for name in (RUN_LOCK, DEV_LOCK):
        stamp(name).unlink(missing_ok=True)
    if not whole:
        create_venv()
    pip_install(lock)
    stamp(lock).write_text(f"{python_inside()} {digest(lock)}")
    say(f"Set up in {time.monotonic() - began:.0f} seconds.")


def what_is_broken() -> str:
    """What has become of a finished environment, as a sentence; empty where nothing is wrong."""
    built = next((stamped(n)[0] for n in (RUN_LOCK, DEV_LOCK) if stamp(n).is_file()), None)
    if built is None:
        return ""
    now = python_inside()
    if not now:
        return f"The Python under {VENV} is gone."
    if built not in ("", now):  # stamps were written without the version before
        return f"The environment {VENV} was built with Python {built}; under it is now {now}."
    if quietly(str(PYTHON), "-m", "pip", "--version").returncode:
        return f"The environment {VENV} has lost its pip."
    return ""


def create_venv() -> None:
    for module in ("venv", "ensurepip"):
        if importlib.util.find_spec(module) is None:
            fail(
                f"Python's module {module} is missing. "
                "On Debian or Ubuntu: apt-get install python3-venv"
            )
    VENV.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
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
