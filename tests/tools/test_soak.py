"""Short runs of `manage.py soak`; the long one takes as many minutes as it is given."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.management import call_command

from tests.tables import raised
from tools.soak.cluster import ClusterUnavailable, find_programs

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("site_made")
SHORT = {"people": 5, "seed": 20261122, "within": 30}
LAST_LINE = ["verdict", "all", "as", "it", "must", "be"]


def status_of_soak(**options: object) -> object:
    with pytest.raises(SystemExit) as ended:
        call_command("soak", **options)
    return ended.value.code


def test_nothing_acknowledged_is_lost_torn_or_doubled(capfd: pytest.CaptureFixture[str]) -> None:
    status = status_of_soak(**SHORT, minutes=1, kills=1, restarts=1, full_disks=1)

    output = capfd.readouterr().out
    assert status == 0, output
    assert output.splitlines()[-1].split() == LAST_LINE


def test_nothing_is_lost_while_the_database_fails(capfd: pytest.CaptureFixture[str]) -> None:
    try:
        find_programs()
    except ClusterUnavailable as reason:
        pytest.skip(str(reason))
    disruptions = {"cluster": True, "kills": 1, "restarts": 1, "full_disks": 1}

    status = status_of_soak(**SHORT, **disruptions, minutes=1, saves=50)

    output = capfd.readouterr().out
    assert status == 0, output
    assert output.splitlines()[-1].split() == LAST_LINE


def test_soak_disrupts_no_database_but_its_own_and_needs_the_programs_of_a_server(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "15" / "bin").mkdir(parents=True)
    monkeypatch.setenv("DATABASE_URL", "postgres://nobody@127.0.0.1:5432/somebody")
    status = status_of_soak(restarts=1)
    monkeypatch.setenv("PATH", str(tmp_path))

    assert status == 2, capfd.readouterr().out
    assert str(raised(ClusterUnavailable, find_programs, below=tmp_path)) == (
        "PostgreSQL's server programs (initdb, pg_ctl, postgres) are not found here."
    )
