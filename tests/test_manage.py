from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tools.server import HOST, free_port

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parent.parent
PORT_CHECK = "assessment/management/serving/port.py"
START = ("start", f"--port={free_port()}")


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A folder with a space in its name that holds what manage.py needs before Django is there."""
    folder = tmp_path / "a clone"
    folder.mkdir()
    for name in ("manage.py", "requirements.txt", "requirements-dev.txt", PORT_CHECK):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, folder / name)
    return folder


ANNOUNCED = "Setting up .venv with the locked packages: about 1 to 3 minutes the first time.\n"


def run(clone: Path, *arguments: str, site: str = "", **extra: str) -> tuple[int, str, str]:
    """Run the copy; `site` is Python that its interpreter executes first."""
    (clone / "site").mkdir(exist_ok=True)
    (clone / "site" / "sitecustomize.py").write_text(site)
    environment = os.environ | {"PYTHONPATH": str(clone / "site")} | extra
    environment.pop("ARTICULA_NO_VENV", None) if "ARTICULA_NO_VENV" not in extra else None
    done = subprocess.run(
        [sys.executable, str(clone / "manage.py"), *arguments],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
    )
    return done.returncode, done.stdout, done.stderr


def finished_venv(clone: Path) -> Path:
    """An environment whose interpreter tells its version, else only what it was asked to run."""
    python = clone / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(interpreter('echo "inside: $@"'))
    python.chmod(0o755)
    return clone / ".venv"


VERSION = "{}.{}".format(*sys.version_info)


def interpreter(otherwise: str, version: str = VERSION) -> str:
    """A program that tells this version, has a pip, and does for the rest as it is told."""
    told = f"*version_info*) echo {version};;\n*pip*--version) ;;\n"
    return f'#!/bin/sh\ncase "$*" in\n{told}*) {otherwise};;\nesac\n'


def stamp(venv: Path, lock: str, version: str = f"{VERSION} ") -> None:
    code = f"import manage; print(manage.digest({lock!r}), end='')"
    digest = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=venv.parent
    )
    (venv / f"installed-{lock}").write_text(version + digest.stdout)


OLD = "import sys; sys.version_info = (3, 9, 2); sys.version = '3.9.2 (main)'\n"
NO_DJANGO = "import sys; sys.modules['django'] = None\n"
NO_PIP = "import importlib.util as u; u.find_spec = lambda *a: None\n"
INTERRUPTED = "import subprocess\ndef run(*a, **k): raise KeyboardInterrupt\nsubprocess.run = run\n"
DEBIAN = "On Debian or Ubuntu: apt-get install python3-venv"
WITHOUT: dict[str, str] = {"ARTICULA_NO_VENV": "1"}


def lacking(module: str) -> str:
    return f"import sys; sys.modules[{module!r}] = None\n"


def test_manage_says_in_one_line_why_it_does_not_start(clone: Path) -> None:
    venv = clone / ".venv"
    inside = f"import sys; sys.prefix = {str(venv)!r}\n"
    install = f"Django is missing: {sys.executable} -m pip install -r requirements.txt"
    no_pip = (
        f"Django is missing in {sys.executable}, and pip too: "
        "without ARTICULA_NO_VENV=1 an environment is built."
    )
    anew = "delete that folder, the next start builds it anew."
    table: list[tuple[str, dict[str, str], str]] = [
        (OLD, {}, "Articula needs Python 3.11 or newer; this is 3.9.2."),
        ("", {"ARTICULA_NO_VENV": "yes"}, "ARTICULA_NO_VENV must be one of 0, 1, not 'yes'."),
        (NO_DJANGO, WITHOUT, install),
        (NO_DJANGO + NO_PIP, WITHOUT, no_pip),
        (NO_DJANGO + inside, {}, f"Django is missing in {venv}: {anew}"),
        (lacking("venv"), {}, f"{ANNOUNCED}Python's module venv is missing. {DEBIAN}"),
        (lacking("ensurepip"), {}, f"{ANNOUNCED}Python's module ensurepip is missing. {DEBIAN}"),
        (INTERRUPTED, {}, f"{ANNOUNCED}Interrupted: the next start builds the environment anew."),
    ]

    assert [(site, extra, run(clone, *START, site=site, **extra)) for site, extra, _ in table] == [
        (site, extra, (1, "", f"{said}\n")) for site, extra, said in table
    ]
    assert not venv.exists()


def test_manage_says_that_the_port_is_taken_before_it_builds_anything(clone: Path) -> None:
    with socket.socket() as other:
        other.bind((HOST, 0))
        other.listen()
        port = other.getsockname()[1]

        status, _out, error = run(clone, "start", "--no-input", f"--port={port}")

    said = f"Port {port} on {HOST} cannot be used (Address already in use): choose another one, "
    assert (status, error) == (1, f"{said}such as --port {port % 65535 + 1}.\n")


def test_manage_says_that_the_environment_cannot_be_made(clone: Path) -> None:
    (clone / ".venv").write_text("a file where the folder should be")

    status, _out, error = run(clone, *START)

    error = error.removeprefix(ANNOUNCED)
    assert status == 1
    assert error.count("\n") == 1
    assert error.startswith(f"The folder {clone} cannot be written")


def test_manage_says_that_packages_cannot_be_fetched(clone: Path) -> None:
    venv = finished_venv(clone)
    stamp(venv, "requirements.txt")
    (clone / "requirements.txt").write_text("changed\n")
    said = "echo 'WARNING: slow' >&2\necho 'ERROR: no\naddress' >&2"
    (venv / "bin" / "python").write_text(interpreter(f"{said}\nexit 1"))

    status, out, error = run(clone, *START)

    assert status == 1
    assert out == ""
    assert error == ANNOUNCED + (
        "The packages could not be installed; is there a network connection? pip said: no address\n"
    )
    assert not (venv / "installed-requirements.txt").exists()


def test_manage_continues_in_a_finished_environment(clone: Path) -> None:
    """With the tools where they were there, and where the stamp is of before it told a version."""
    venv = finished_venv(clone)

    def outcome(lock: str, version: str) -> tuple[int, str, str, list[str]]:
        stamp(venv, lock, version)
        told = run(clone, "start", "--port", "9000")
        stamps = sorted(venv.glob("installed-*"))
        content = [file.name for file in stamps if file.read_text().startswith(f"{VERSION} ")]
        for file in stamps:
            file.unlink()
        return *told, content

    inside = f"inside: {clone}/manage.py start --port 9000\n"
    run_lock, dev_lock = "requirements.txt", "requirements-dev.txt"
    assert [outcome(run_lock, f"{VERSION} "), outcome(dev_lock, f"{VERSION} ")] == [
        (0, inside, "", [f"installed-{lock}"]) for lock in (run_lock, dev_lock)
    ]
    status, out, error, stamps = outcome(run_lock, "")
    assert (status, out.splitlines()[-1:], stamps) == (
        0,
        [inside.strip()],
        ["installed-requirements.txt"],
    )
    assert "built anew" not in error


def test_manage_updates_an_environment_whose_lock_changed_and_brings_the_tools_for_test(
    clone: Path,
) -> None:
    venv = finished_venv(clone)
    stamp(venv, "requirements.txt")
    (clone / "requirements.txt").write_text("changed\n")

    updated = run(clone, *START)
    after = [file.name for file in venv.glob("installed-*")]
    tested = run(clone, "test")

    assert [(status, out.splitlines()[-1]) for status, out, _ in (updated, tested)] == [
        (0, f"inside: {clone}/manage.py {' '.join(START)}"),
        (0, f"inside: {clone}/manage.py test"),
    ]
    assert after == ["installed-requirements.txt"]
    assert [file.name for file in venv.glob("installed-*")] == ["installed-requirements-dev.txt"]


@pytest.fixture
def built(clone: Path) -> str:
    """Python that answers for `venv` and `pip` as if they had built the environment."""
    (clone / "built").write_text(interpreter('echo "inside: $@"'))
    return (
        "import pathlib, shutil, subprocess\n"
        "real = subprocess.run\n"
        "def run(command, *a, **k):\n"
        "    if 'venv' in command:\n"
        "        python = pathlib.Path(command[-1], 'bin', 'python')\n"
        "        python.parent.mkdir(parents=True, exist_ok=True)\n"
        "        python.unlink(missing_ok=True)\n"
        f"        shutil.copy({str(clone / 'built')!r}, python)\n"
        "        python.chmod(0o755)\n"
        "        return subprocess.CompletedProcess(command, 0, '', '')\n"
        "    return real(command, *a, **k)\n"
        "subprocess.run = run\n"
    )


def built_before(venv: Path) -> None:
    stamp(venv, "requirements.txt", version="3.1 ")


def lost_its_python(venv: Path) -> None:
    stamp(venv, "requirements.txt")
    (venv / "bin" / "python").unlink()
    (venv / "bin" / "python").symlink_to(venv.parent / "no-such-python")


def lost_its_pip(venv: Path) -> None:
    stamp(venv, "requirements.txt", version=f"{VERSION} older")
    lost = interpreter("exit 1").replace("*pip*--version) ;;\n", "")
    (venv / "bin" / "python").write_text(lost)


def test_manage_builds_an_environment_anew_that_fits_no_more(clone: Path, built: str) -> None:
    venv = clone / ".venv"
    now = f"Python 3.1; under it is now {VERSION}"
    table: list[tuple[Callable[[Path], None], str]] = [
        (built_before, f"The environment {venv} was built with {now}."),
        (lost_its_python, f"The Python under {venv} is gone."),
        (lost_its_pip, f"The environment {venv} has lost its pip."),
    ]

    def outcome(damage: Callable[[Path], None]) -> tuple[int, str, str, bool]:
        shutil.rmtree(venv, ignore_errors=True)
        damage(finished_venv(clone))
        status, out, error = run(clone, *START, site=built)
        stamped = (venv / "installed-requirements.txt").read_text()
        return status, out, error.splitlines()[0], stamped.startswith(f"{VERSION} ")

    inside = f"inside: {clone}/manage.py {' '.join(START)}\n"
    assert [outcome(damage) for damage, _ in table] == [
        (0, inside, f"{said} It is built anew.", True) for _, said in table
    ]


def test_manage_builds_in_the_data_folder_where_its_own_cannot_be_written(
    clone: Path, built: str, tmp_path: Path
) -> None:
    read_only = "import os\nos.access = lambda *a, **k: False\n"
    data = tmp_path / "data"

    status, out, _error = run(clone, *START, site=read_only + built, ARTICULA_DATA=str(data))

    assert (status, out) == (0, f"inside: {clone}/manage.py {' '.join(START)}\n")
    assert (data / ".venv" / "installed-requirements.txt").exists()
    assert data.stat().st_mode & 0o777 == 0o700
    assert not (clone / ".venv").exists()


def test_manage_says_what_is_wrong_with_a_setting() -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "check"],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env=os.environ | {"ARTICULA_THREADS": "many", "ARTICULA_NO_VENV": "1"},
    )

    assert (done.returncode, done.stderr) == (
        1,
        "ARTICULA_THREADS must be a whole number from 1 to 64, not 'many'.\n",
    )
