from __future__ import annotations

import re
import tomllib
from typing import Any

import pytest
from django.conf import settings
from packaging.version import Version

NUMBER = re.compile(r"CVE-\d{4}-\d{4,}|GHSA(-[23456789cfghjmpqrvwx]{4}){3}")


def libraries() -> dict[str, dict[str, Any]]:
    return tomllib.loads((settings.BASE_DIR / "docs" / "minimum_versions.toml").read_text())


def locked() -> dict[str, Version]:
    lines = (settings.BASE_DIR / "requirements.txt").read_text()
    return {
        name: Version(number)
        for name, number in re.findall(r"^([\w-]+)==(\S+)", lines, re.MULTILINE)
    }


@pytest.mark.parametrize("name", sorted(libraries()))
def test_locked_version_is_safe(name: str) -> None:
    assert locked()[name] >= Version(libraries()[name]["minimum"])


@pytest.mark.parametrize("name", sorted(libraries()))
def test_minimum_holds_the_fix_of_every_advisory(name: str) -> None:
    library = libraries()[name]
    fixes = [Version(advisory["fixed"]) for advisory in library["advisory"]]

    assert max(fixes) <= Version(library["minimum"])


@pytest.mark.parametrize("name", sorted(libraries()))
def test_advisories_are_numbered(name: str) -> None:
    numbers = [n for advisory in libraries()[name]["advisory"] for n in advisory["numbers"]]

    assert [number for number in numbers if not NUMBER.fullmatch(number)] == []
