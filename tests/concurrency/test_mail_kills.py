"""A short form of `manage.py mail_kills`: workers die while they mail, and no message is lost."""

from __future__ import annotations

import pytest
from django.db import connection

from tools.mail_kills.trial import FAULTS, run_trial

pytestmark = [pytest.mark.usefixtures("db"), pytest.mark.no_cover]


def test_no_message_is_lost_when_workers_are_killed(database_url: str) -> None:
    found = run_trial(kills=6, seed=14, lease=3, environment={"DATABASE_URL": database_url})

    assert {fault: found[fault] for fault in FAULTS} == dict.fromkeys(FAULTS, 0)
    assert found["messages"] >= found["kills"]


@pytest.fixture
def database_url(db: None) -> str:
    """Of the copy, for another process."""
    if connection.vendor == "sqlite":
        return f"sqlite:///{connection.settings_dict['NAME']}"
    row = connection.settings_dict
    account = f"{row['USER']}:{row['PASSWORD']}" if row["PASSWORD"] else row["USER"]
    return f"postgres://{account}@{row['HOST']}:{row['PORT'] or 5432}/{row['NAME']}"
