from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tools.server import bring_database

ROOT = Path(__file__).resolve().parents[2]


def test_fifty_submits_at_once_get_one_receipt(site_made: Path, tmp_path: Path) -> None:
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "assessment.settings",
        "ARTICULA_DATA": str(tmp_path),
        "ARTICULA_DEBUG": "1",
        "DATABASE_URL": f"sqlite:///{tmp_path}/parallel.sqlite3",
        "PYTHONPATH": str(ROOT),
    }

    bring_database(tmp_path / "parallel.sqlite3")
    ran = subprocess.run(
        [sys.executable, "-m", "tests.web.parallel_submits"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert ran.returncode == 0, ran.stderr
    told = json.loads(ran.stdout)
    assert len({tuple(receipt) for receipt in told["receipts"]}) == 1
    assert told["receipts"][0][0] == 302
    assert (told["results"], told["closed"]) == (1, True)
