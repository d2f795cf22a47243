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


def test_command_ends_as_its_tool_ends(project: Path) -> None:
    table: list[tuple[int, int]] = [(3, 0), (4, 1)]

    assert [(rounds, status_of("bench", rounds=rounds)) for rounds, _ in table] == table


def test_bench_measures_on_data_that_are_thrown_away(project: Path, settings: Settings) -> None:
    status_of("bench")

    options, folder = json.loads((project / "called.json").read_text())
    assert options == ["--rounds=3", "--savers=50", f"--json={settings.DATA_DIR / 'bench.json'}"]
    assert not Path(folder).exists()


def test_bench_measures_the_parts_that_were_asked_for(project: Path) -> None:
    status_of("bench", only=["pages", "weight"])

    options, _ = json.loads((project / "called.json").read_text())
    assert [option for option in options if "only" in option] == ["--only=pages", "--only=weight"]


def test_soak_passes_what_was_asked(project: Path) -> None:
    status_of("soak", minutes=1, kills=2, cluster=True, full_disks=0)

    options, _ = json.loads((project / "called.json").read_text())
    assert options == [
        *("--minutes=1", "--seed=1", "--kills=2", "--people=200", "--saves=0"),
        *("--full-disks=0", "--within=5", "--load=0", "--hostile=0", "--cluster"),
    ]


def test_attack_passes_what_was_asked(project: Path) -> None:
    status_of("attack", people=5, behind=["caddy", "nginx"], server=["granian"])

    options, _ = json.loads((project / "called.json").read_text())
    assert options == [
        *(
            "--people=5",
            "--idle=1000",
            "--slow=200",
            "--seed=1",
            "--seconds=20",
            "--pause=2",
            "--within=3",
        ),
        *("--server=granian", "--behind=caddy", "--behind=nginx"),
    ]


def test_mail_kills_passes_what_was_asked(project: Path) -> None:
    status_of("mail_kills", kills=3)

    assert json.loads((project / "called.json").read_text())[0] == ["--kills=3", "--seed=1"]


def test_mutations_passes_what_was_asked(project: Path) -> None:
    table: list[tuple[dict[str, Any], list[str]]] = [
        ({}, ["--seed-sample=0"]),
        ({"seed_sample": 2}, ["--seed-sample=2"]),
        ({"only": ["one", "two"]}, ["--seed-sample=0", "--only", "one", "two"]),
    ]

    for asked, passed in table:
        status_of("mutations", **asked)

        options, _ = json.loads((project / "called.json").read_text())
        assert options == passed


def test_command_says_that_its_tool_is_not_there(tmp_path: Path, settings: Settings) -> None:
    settings.BASE_DIR = tmp_path

    for name in ("attack", "bench", "mail_kills", "mutations", "soak"):
        refused = raised(CommandError, call_command, name)

        assert refused.returncode == 1
        assert str(refused) == (
            f"{name} cannot run: this installation comes without the folder tools/{name}/."
        )
