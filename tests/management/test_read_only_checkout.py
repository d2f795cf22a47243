"""`start` from a folder that cannot be written, with a data folder elsewhere."""

from __future__ import annotations

import ctypes
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tools.server import bring_site

ROOT = Path(__file__).resolve().parents[2]
PARTS = ("assessment", "seeds", "static", "templates")
DROP_FROM_BOUNDING_SET, OVERRIDE_MODES = 24, 1


def obey_modes() -> None:
    """Root passes over the modes of files, unless it gives that right away."""
    if os.geteuid() == 0:
        ctypes.CDLL(None).prctl(DROP_FROM_BOUNDING_SET, OVERRIDE_MODES, 0, 0, 0)


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """With the compiled files of Python: it could write none."""
    folder = tmp_path_factory.mktemp("checkout") / "program"
    for name in PARTS:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("*.mo"))
    for name in ("manage.py", "requirements.txt"):
        shutil.copy(ROOT / name, folder / name)
    subprocess.run(["chmod", "-R", "a-w", str(folder)], check=True)
    return folder


def run(checkout: Path, *arguments: str, data: Path) -> subprocess.Popen[str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("ARTICULA_", "DATABASE_"))}
    environment = kept | {"ARTICULA_NO_VENV": "1", "ARTICULA_DATA": str(data)}
    return subprocess.Popen(
        [sys.executable, str(checkout / "manage.py"), *arguments],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=obey_modes,  # noqa: PLW1509 -- no thread of ours is running
    )


def wait_for(address: str, site: subprocess.Popen[str]) -> int:
    while site.poll() is None:
        try:
            with urllib.request.urlopen(address) as answer:  # noqa: S310 -- our own server
                return int(answer.status)
        except urllib.error.URLError:
            time.sleep(0.1)
    return 0


def test_start_writes_only_into_the_data_folder(
    checkout: Path, tmp_path: Path, port: int, site_made: Path
) -> None:
    """The files that are there already are closed to others as well."""
    data, before = tmp_path / "data", sorted(checkout.rglob("*"))
    bring_site(data)
    options = ("--no-input", "--no-system-packages", f"--port={port}")
    site = run(checkout, "start", *options, data=data)

    status = wait_for(f"http://127.0.0.1:{port}/help/", site)
    site.send_signal(signal.SIGTERM)
    out, error = site.communicate()

    assert (status, error) == (200, "")
    optional = ("The data folder was open", "Styles and scripts")
    lines = [line for line in out.splitlines() if not line.startswith(optional)]
    assert [re.sub(r" at .*", " at …", line) for line in lines] == [
        "Articula is at …",
        "Ctrl-C stops it.",
        "Stopped.",
    ]
    assert sorted(checkout.rglob("*")) == before
    assert (data / "locale" / "en" / "LC_MESSAGES" / "django.mo").is_file()
    assert {oct(path.stat().st_mode & 0o077) for path in (data, *data.rglob("*"))} == {"0o0"}


def test_what_has_to_write_there_says_so(checkout: Path, tmp_path: Path) -> None:
    for command in (("test",), ("check_messages", "--write")):
        refused = run(checkout, *command, data=tmp_path / "data")

        out, error = refused.communicate()

        assert (refused.returncode, out, error.count("\n")) == (1, "", 1)
        assert error.startswith(str(checkout))
        assert error.endswith("cannot be written (Permission denied).\n")
