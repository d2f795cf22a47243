"""Commands that run a program of tools/ as a process of its own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from tests.tables import raised

PROGRAM = """
import json, os, sys
from pathlib import Path
Path("called.json").write_text(json.dumps([sys.argv[1:], os.environ.get("ARTICULA_DATA")]))
sys.exit(sys.argv[1] == "--rounds=4")
"""
BENCH = ["--rounds=3", "--savers=50"]
SOAK = ["--minutes=1", "--seed=1", "--kills=2", "--people=200", "--saves=0", "--full-disks=0"]
ATTACK = ["--people=5", "--idle=1000", "--slow=200", "--seed=1", "--seconds=20", "--pause=2"]
PASSED: list[tuple[str, dict[str, Any], list[str]]] = [
    ("bench", {}, [*BENCH, "--json=DATA/bench.json"]),
    (
        "bench",
        {"only": ["pages", "weight"]},
        [*BENCH, "--only=pages", "--only=weight", "--json=DATA/bench.json"],
    ),
    (
        "soak",
        {"minutes": 1, "kills": 2, "cluster": True, "full_disks": 0},
        [*SOAK, "--within=5", "--load=0", "--hostile=0", "--cluster"],
    ),
    (
        "attack",
        {"people": 5, "behind": ["caddy", "nginx"], "server": ["granian"]},
        [*ATTACK, "--within=3", "--server=granian", "--behind=caddy", "--behind=nginx"],
    ),
    ("mail_kills", {"kills": 3}, ["--kills=3", "--seed=1"]),
    ("mutations", {}, ["--seed-sample=0"]),
    ("mutations", {"seed_sample": 2}, ["--seed-sample=2"]),
    ("mutations", {"only": ["one", "two"]}, ["--seed-sample=0", "--only", "one", "two"]),
]
"""A command, what is asked of it, and what its tool is called with."""


@pytest.fixture
def project(tmp_path: Path, settings: Settings) -> Path:
    """A project whose tools only write down how they were called."""
    for name in ("attack", "bench", "mail_kills", "mutations", "soak"):
        package = tmp_path / "tools" / name
        package.mkdir(parents=True)
        (package / "__main__.py").write_text(PROGRAM)
    settings.BASE_DIR = tmp_path
    return tmp_path


def status_of(name: str, **options: Any) -> object:
    with pytest.raises(SystemExit) as ended:
        call_command(name, **options)
    return ended.value.code


def called(project: Path) -> Any:
    """With what options, and with which data folder."""
    return json.loads((project / "called.json").read_text())


def test_command_ends_as_its_tool_ends(project: Path) -> None:
    table: list[tuple[int, int]] = [(3, 0), (4, 1)]

    assert [(rounds, status_of("bench", rounds=rounds)) for rounds, _ in table] == table


def test_command_passes_what_was_asked(project: Path, settings: Settings) -> None:
    def passed(name: str, asked: dict[str, Any]) -> list[str]:
        status_of(name, **asked)
        return [one.replace(str(settings.DATA_DIR), "DATA") for one in called(project)[0]]

    assert [(name, asked, passed(name, asked)) for name, asked, _passed in PASSED] == PASSED


def test_bench_measures_on_data_that_are_thrown_away(project: Path) -> None:
    status_of("bench")

    assert not Path(called(project)[1]).exists()


def test_command_says_that_its_tool_is_not_there(tmp_path: Path, settings: Settings) -> None:
    settings.BASE_DIR = tmp_path

    names = ("attack", "bench", "mail_kills", "mutations", "soak")
    refused = {name: raised(CommandError, call_command, name) for name in names}

    assert {name: (error.returncode, str(error)) for name, error in refused.items()} == {
        name: (1, f"{name} cannot run: this installation comes without the folder tools/{name}/.")
        for name in names
    }
