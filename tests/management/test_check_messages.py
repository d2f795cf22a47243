from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from pytest_django import Settings


@pytest.fixture(autouse=True)
def site(tmp_path: Path, settings: Settings) -> None:
    """A site with one message and no catalogue."""
    settings.BASE_DIR = tmp_path
    settings.CATALOGUES = tmp_path / "locale"
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "page.html").write_text('{% translate "Continue" %}')


def test_check_messages_names_what_the_catalogue_lacks() -> None:
    error = io.StringIO()

    with pytest.raises(CommandError, match="The catalogue has 1 differences"):
        call_command("check_messages", stderr=error)

    assert error.getvalue() == "missing: Continue\n"


def test_check_messages_writes_the_catalogue_on_demand() -> None:
    out = io.StringIO()

    call_command("check_messages", "--write", stdout=out)

    assert out.getvalue() == "The catalogue is complete.\n"
