"""A machine without the libraries of the PDF: what `start` installs, asks and says."""

from __future__ import annotations

import _ctypes
import builtins
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from assessment.checks import DEBIAN_PACKAGES, LIBRARIES
from assessment.management.system_packages import complete_libraries
from tests.management.test_read_only_checkout import ROOT, wait_for
from tools.server import bring_site

LACKS = "PDF reports need libraries that this machine lacks ("
NOW = "apt-get installs them now (--no-system-packages leaves that out)."
PACKAGES = " ".join(DEBIAN_PACKAGES)
APT_GET = "--quiet=2 --yes"
CALLED = [f"{APT_GET} update", f"{APT_GET} install --no-install-recommends {PACKAGES}"]


@pytest.fixture
def damaged(tmp_path: Path) -> Path:
    """A folder where each library is an empty file, before the folders of the machine."""
    folder = tmp_path / "libraries"
    folder.mkdir()
    for _name, on_linux, _on_windows in LIBRARIES:
        (folder / on_linux).touch()
    return folder


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """Where programs are looked for first."""
    folder = tmp_path / "programs"
    folder.mkdir()
    return folder


def program(folder: Path, name: str, does: str) -> None:
    (folder / name).write_text(f'#!/bin/sh\necho "$@" >> {folder}/{name}.called\n{does}\n')
    (folder / name).chmod(0o755)


def called(folder: Path, name: str) -> list[str]:
    log = folder / f"{name}.called"
    return log.read_text().splitlines() if log.is_file() else []


def start(folder: Path, damaged: Path, *options: str, **more: str) -> subprocess.Popen[str]:
    kept = {name: text for name, text in os.environ.items() if not name.startswith("DATABASE_")}
    own = {
        "ARTICULA_NO_VENV": "1",
        "ARTICULA_DATA": str(folder.parent / "data"),
        "ARTICULA_DEBUG": "1",  # spares it the compressing of static files
        "LD_LIBRARY_PATH": str(damaged),
        "PATH": f"{folder}:{os.environ['PATH']}",
    }
    return subprocess.Popen(
        (sys.executable, str(ROOT / "manage.py"), "start", *options),
        env=kept | own | more,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.skipif(os.geteuid() != 0, reason="only root installs without being asked")
def test_start_installs_what_the_pdf_lacks(
    damaged: Path, programs: Path, port: int, site_made: Path, tmp_path: Path
) -> None:
    bring_site(tmp_path / "data")
    program(programs, "apt-get", f"rm -f {damaged}/*")
    site = start(programs, damaged, f"--port={port}")

    status = wait_for(f"http://127.0.0.1:{port}/help/", site)
    site.terminate()
    out, error = site.communicate()

    told = out.partition(LACKS)[2].splitlines()
    assert (status, error, told[1:3]) == (200, "", [NOW, "They are installed."])
    assert called(programs, "apt-get") == CALLED


def test_start_installs_nothing_where_it_shall_not(
    damaged: Path, programs: Path, port: int
) -> None:
    program(programs, "apt-get", f"rm -f {damaged}/*")
    away = "postgres://nobody@127.0.0.1:1/none"

    site = start(programs, damaged, f"--port={port}", "--no-system-packages", DATABASE_URL=away)

    out, _error = site.communicate()
    names = ", ".join(names[0] for names in LIBRARIES)
    assert out.splitlines()[0] == (
        f"{LACKS}{names}). On Debian: apt-get install {PACKAGES}. "
        "Everything else works without them."
    )
    assert called(programs, "apt-get") == []


@pytest.fixture
def person(programs: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Somebody who is not root, at a terminal; what is answered there is put into the list."""
    answers: list[str] = []
    for name in ("sh", "env", "cp"):
        (programs / name).symlink_to(Path("/bin") / name)
    monkeypatch.setenv("PATH", str(programs))
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    monkeypatch.setattr(builtins, "input", lambda _question: answers.pop(0))
    return answers


def said(library: Path, *, ask: bool = True) -> list[str]:
    """What is said where one library is missing, which is to come by this path."""
    lines: list[str] = []
    libraries = (("no-such-library", str(library)),)
    complete_libraries(lines.append, allowed=True, ask=ask, libraries=libraries)
    return lines[1:]


def test_person_with_sudo_is_asked(
    person: list[str], programs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Root is not, and installs where nobody can answer too."""
    library, of_root = tmp_path / "library.so", tmp_path / "of_root.so"
    program(programs, "apt-get", f"cp {_ctypes.__file__} {library}; cp {library} {of_root}")
    program(programs, "sudo", 'exec "$@"')
    person += ["n", "yes"]

    assert (said(library, ask=False), said(library), called(programs, "sudo")) == ([], [], [])
    assert said(library) == [NOW, "They are installed."]
    assert called(programs, "apt-get") == CALLED
    of_root.unlink()
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert said(of_root, ask=False) == [NOW, "They are installed."]
    assert len(called(programs, "sudo")) == len(CALLED)


def test_failure_of_installing_is_told(person: list[str], programs: Path) -> None:
    """And nothing is tried without sudo, or without apt-get."""
    missing = programs / "no-such.so"
    program(programs, "apt-get", 'echo "E: Unable to locate package" >&2; exit 100')
    without_sudo = said(missing)
    program(programs, "sudo", 'exec "$@"')
    person += [""]
    failed = said(missing)
    (programs / "apt-get").unlink()

    assert failed == [NOW, "apt-get could not install them: E: Unable to locate package"]
    assert (without_sudo, said(missing)) == ([], [])
