from __future__ import annotations

import re
import tomllib
from typing import Any

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


def test_locked_version_is_safe() -> None:
    minima = {name: Version(library["minimum"]) for name, library in libraries().items()}

    assert {n: locked()[n] for n, minimum in minima.items() if locked()[n] < minimum} == {}


def test_minimum_holds_the_fix_of_every_advisory() -> None:
    """Each of which has its number."""
    fixes = {
        name: max(Version(advisory["fixed"]) for advisory in library["advisory"])
        for name, library in libraries().items()
    }
    advisories = [one for library in libraries().values() for one in library["advisory"]]
    numbers = [number for advisory in advisories for number in advisory["numbers"]]

    assert {n: fix for n, fix in fixes.items() if fix > Version(libraries()[n]["minimum"])} == {}
    assert [number for number in numbers if not NUMBER.fullmatch(number)] == []
