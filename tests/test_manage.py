from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tools.server import HOST, free_port

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


def test_manage_refuses_an_old_python(clone: Path) -> None:
    old = "import sys; sys.version_info = (3, 9, 2); sys.version = '3.9.2 (main)'"

    assert run(clone, *START, site=old) == (
        1,
        "",
        "Articula needs Python 3.11 or newer; this is 3.9.2.\n",
    )


def test_manage_says_that_the_port_is_taken_before_it_builds_anything(clone: Path) -> None:
    with socket.socket() as other:
        other.bind((HOST, 0))
        other.listen()
        port = other.getsockname()[1]

        status, _out, error = run(clone, "start", "--no-input", f"--port={port}")

    said = f"Port {port} on {HOST} cannot be used (Address already in use): choose another one, "
    assert (status, error) == (1, f"{said}such as --port {port % 65535 + 1}.\n")


def test_manage_names_the_package_of_a_missing_module(clone: Path) -> None:
    for module in ("venv", "ensurepip"):
        absent = f"import sys; sys.modules[{module!r}] = None"

        status, _out, error = run(clone, *START, site=absent)

        hint = "On Debian or Ubuntu: apt-get install python3-venv"
        assert (status, error.removeprefix(ANNOUNCED)) == (
            1,
            f"Python's module {module} is missing. {hint}\n",
        )


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


def test_manage_says_that_an_interrupted_build_is_repeated(clone: Path) -> None:
    interrupt = (
        "import subprocess\ndef run(*a, **k): raise KeyboardInterrupt\nsubprocess.run = run\n"
    )

    status, _out, error = run(clone, *START, site=interrupt)

    assert (status, error.removeprefix(ANNOUNCED)) == (
        1,
        "Interrupted: the next start builds the environment anew.\n",
    )


def test_manage_continues_in_a_finished_environment(clone: Path) -> None:
    stamp(finished_venv(clone), "requirements.txt")

    status, out, _error = run(clone, "start", "--port", "9000")

    assert (status, out) == (0, f"inside: {clone}/manage.py start --port 9000\n")


def test_manage_updates_an_environment_whose_lock_changed(clone: Path) -> None:
    venv = finished_venv(clone)
    stamp(venv, "requirements.txt")
    (clone / "requirements.txt").write_text("changed\n")

    status, out, _error = run(clone, *START)

    assert status == 0
    assert out.splitlines()[-1] == f"inside: {clone}/manage.py {' '.join(START)}"
    assert (venv / "installed-requirements.txt").exists()


def test_manage_needs_the_tools_for_test(clone: Path) -> None:
    venv = finished_venv(clone)
    stamp(venv, "requirements.txt")

    run(clone, "test")

    assert (venv / "installed-requirements-dev.txt").exists()
    assert not (venv / "installed-requirements.txt").exists()


def test_manage_keeps_the_tools_when_they_were_there(clone: Path) -> None:
    venv = finished_venv(clone)
    stamp(venv, "requirements-dev.txt")

    status, out, _error = run(clone, *START)

    assert (status, out) == (0, f"inside: {clone}/manage.py {' '.join(START)}\n")


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


def test_manage_rebuilds_for_another_python(clone: Path, built: str) -> None:
    venv = finished_venv(clone)
    stamp(venv, "requirements.txt", version="3.1 ")

    status, out, error = run(clone, *START, site=built)

    said, *_others = error.splitlines()
    assert (status, out) == (0, f"inside: {clone}/manage.py {' '.join(START)}\n")
    assert said == (
        f"The environment {venv} was built with Python 3.1; under it is now {VERSION}. "
        "It is built anew."
    )
    assert (venv / "installed-requirements.txt").read_text().startswith(f"{VERSION} ")


def test_manage_rebuilds_where_the_python_is_gone(clone: Path, built: str) -> None:
    venv = finished_venv(clone)
    stamp(venv, "requirements.txt")
    (venv / "bin" / "python").unlink()
    (venv / "bin" / "python").symlink_to(clone / "no-such-python")

    status, out, error = run(clone, *START, site=built)

    assert (status, out) == (0, f"inside: {clone}/manage.py {' '.join(START)}\n")
    assert error.startswith(f"The Python under {venv} is gone. It is built anew.\n")


def test_manage_rebuilds_where_pip_is_gone(clone: Path, built: str) -> None:
    venv = finished_venv(clone)
    stamp(venv, "requirements.txt")
    (clone / "requirements.txt").write_text("changed\n")
    lost = interpreter("exit 1").replace("*pip*--version) ;;\n", "")
    (venv / "bin" / "python").write_text(lost)

    status, out, error = run(clone, *START, site=built)

    assert (status, out) == (0, f"inside: {clone}/manage.py {' '.join(START)}\n")
    assert error.startswith(f"The environment {venv} has lost its pip. It is built anew.\n")


def test_manage_takes_an_environment_whose_stamp_has_no_version(clone: Path) -> None:
    venv = finished_venv(clone)
    stamp(venv, "requirements.txt", version="")

    status, _out, error = run(clone, *START)

    assert status == 0
    assert "built anew" not in error
    assert (venv / "installed-requirements.txt").read_text().startswith(f"{VERSION} ")


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


def test_manage_names_an_environment_that_lost_its_packages(clone: Path) -> None:
    inside = f"import sys; sys.modules['django'] = None\nsys.prefix = {str(clone / '.venv')!r}\n"

    status, _out, error = run(clone, *START, site=inside)

    said = f"Django is missing in {clone / '.venv'}: delete that folder, "
    assert (status, error) == (1, f"{said}the next start builds it anew.\n")


def test_manage_names_no_pip_that_is_missing(clone: Path) -> None:
    nothing = (
        "import sys, importlib.util as u; sys.modules['django'] = None\n"
        "u.find_spec = lambda *a: None\n"
    )

    status, _out, error = run(clone, *START, site=nothing, ARTICULA_NO_VENV="1")

    said = f"Django is missing in {sys.executable}, and pip too: "
    assert (status, error) == (1, f"{said}without ARTICULA_NO_VENV=1 an environment is built.\n")


def test_manage_refuses_a_wrong_word_for_no_venv(clone: Path) -> None:
    assert run(clone, *START, ARTICULA_NO_VENV="yes") == (
        1,
        "",
        "ARTICULA_NO_VENV must be one of 0, 1, not 'yes'.\n",
    )


def test_manage_runs_in_the_current_interpreter_on_demand(clone: Path) -> None:
    no_django = "import sys; sys.modules['django'] = None"

    status, _out, error = run(clone, *START, site=no_django, ARTICULA_NO_VENV="1")

    assert (status, error) == (
        1,
        f"Django is missing: {sys.executable} -m pip install -r requirements.txt\n",
    )


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
