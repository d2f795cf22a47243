from __future__ import annotations

import re
import tomllib
from importlib.metadata import requires

from django.conf import settings
from packaging.requirements import Requirement

LOCKS = ("requirements.txt", "requirements-dev.txt")

PIN = re.compile(r"^([\w.-]+)(?:\[([^]]*)])?==(\S+?)(?: ;.*)? \\$", re.MULTILINE)


def pinned(lock: str) -> dict[str, set[str]]:
    """The extras by distribution."""
    text = (settings.BASE_DIR / lock).read_text()
    return {name: set(extras.split(",")) - {""} for name, extras, _version in PIN.findall(text)}


def asked(name: str, extras: set[str]) -> list[Requirement]:
    """What the installed distribution needs on this machine."""
    found = [Requirement(line) for line in requires(name) or []]
    return [
        need
        for need in found
        if not need.marker or any(need.marker.evaluate({"extra": e}) for e in extras | {""})
    ]


def test_lock_pins_what_is_asked_for_with_its_extras() -> None:
    def outcome(lock: str) -> object:
        locked = pinned(lock)
        here = [name for name in locked if installed(name)]
        return [
            f"{name} asks for {need}"
            for name in here
            for need in asked(name, locked[name])
            if not need.extras <= locked.get(need.name.lower().replace("_", "-"), set())
        ]

    assert {lock: outcome(lock) for lock in LOCKS} == {lock: [] for lock in LOCKS}


def installed(name: str) -> bool:
    try:
        requires(name)
    except ModuleNotFoundError:
        return False
    return True


def test_every_pin_has_its_hashes() -> None:
    """And none an address: what is fetched is held to its hash, wherever it comes from."""

    def outcome(lock: str) -> object:
        text = (settings.BASE_DIR / lock).read_text()
        _head, *blocks = re.split(r"^(?=[\w.-]+(?:\[[^]]*])?==)", text, flags=re.MULTILINE)
        bare = [block.split()[0] for block in blocks if "--hash=sha256:" not in block]
        return bare, len(blocks), "://" in text

    assert {lock: outcome(lock) for lock in LOCKS} == {
        lock: ([], len(pinned(lock)), False) for lock in LOCKS
    }


def test_run_lock_holds_no_tool_of_development() -> None:
    groups = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())["dependency-groups"]
    tools = {Requirement(line).name for line in groups["dev"]}

    assert tools & set(pinned("requirements.txt")) == set()
