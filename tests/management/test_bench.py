from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django import Settings

MEASURES = """
import json, os, sys
from pathlib import Path
Path("said.json").write_text(json.dumps([sys.argv[1:], os.environ["ARTICULA_DATA"]]))
sys.exit(int(sys.argv[1].partition("=")[2]) - 3)
"""


@pytest.fixture
def project(tmp_path: Path, settings: Settings) -> Path:
    """A project whose measures only say how they were called."""
    package = tmp_path / "tools" / "bench"
    package.mkdir(parents=True)
    (package / "__main__.py").write_text(MEASURES)
    settings.BASE_DIR = tmp_path
    return tmp_path


@pytest.mark.parametrize(("rounds", "status"), [(3, 0), (4, 1)])
def test_bench_ends_as_its_measures_end(project: Path, rounds: int, status: int) -> None:
    with pytest.raises(SystemExit) as ended:
        call_command("bench", rounds=rounds, savers=10)

    assert ended.value.code == status


def test_bench_measures_on_data_that_are_thrown_away(project: Path) -> None:
    with pytest.raises(SystemExit):
        call_command("bench")

    arguments, folder = json.loads((project / "said.json").read_text())
    assert arguments == ["--rounds=3", "--savers=50", f"--json={project / 'var' / 'bench.json'}"]
    assert not Path(folder).exists()
