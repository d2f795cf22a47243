from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import Settings

from assessment.management.static import collect_changed


@pytest.fixture
def style(tmp_path: Path, settings: Settings) -> Path:
    """The one static file of a site."""
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATICFILES_DIRS = [tmp_path / "static"]
    settings.STATIC_ROOT = tmp_path / "collected"
    (tmp_path / "static").mkdir()
    (tmp_path / "static" / "style.css").write_text("p { color: red }")
    return tmp_path / "static" / "style.css"


def test_collect_changed_collects_the_first_time_and_after_a_change(
    style: Path, settings: Settings
) -> None:
    def collected() -> tuple[bool, str]:
        changed = collect_changed(settings.STATIC_ROOT)
        return changed, (settings.STATIC_ROOT / style.name).read_text()

    red, dark = "p { color: red }", "p { color: darkgreen }"
    first, again = collected(), collected()
    style.write_text(dark)

    assert [first, again, collected()] == [(True, red), (False, red), (True, dark)]
