"""A short run of `manage.py soak`; the long one takes as many minutes as it is given."""

from __future__ import annotations

import pytest
from django.core.management import call_command


def test_nothing_acknowledged_is_lost_torn_or_doubled(capfd: pytest.CaptureFixture[str]) -> None:
    options = {
        "minutes": 0.1,
        "kills": 2,
        "people": 5,
        "hostile": 0,
        "seed": 20261122,
        "within": 30,
    }

    with pytest.raises(SystemExit) as ended:
        call_command("soak", **options)

    told = capfd.readouterr().out
    assert ended.value.code == 0, told
    assert told.splitlines()[-1].split() == ["verdict", *["all", "as", "it", "must", "be"]]
