from __future__ import annotations

import io
import sys
from collections.abc import Sequence

import pytest

from assessment.management.commands.test import Command, chromium


class OneGroup(Command):
    """The command with one group, which runs this Python."""

    def __init__(self, code: str) -> None:
        super().__init__(stdout=io.StringIO())
        self.code = code

    def groups(self) -> dict[str, Sequence[str]]:
        return {"group": (sys.executable, "-c", self.code)}

    def journeys(self, browser: str | None) -> dict[str, Sequence[str]]:
        return super().journeys(None)


def outcome(code: str) -> tuple[object, list[str]]:
    command = OneGroup(code)
    with pytest.raises(SystemExit) as exit_:
        command.run_from_argv(["manage.py", "test"])
    return exit_.value.code, command.stdout.getvalue().splitlines()


def test_test_says_that_everything_passed() -> None:
    status, lines = outcome("print('quiet')")

    assert status == 0
    assert lines[0] == "journeys: not run, no Chromium here (CHROMIUM may name one)"
    assert lines[1].startswith("group: ok, ")
    assert lines[2:] == ["Everything passed."]


def test_test_shows_what_failed() -> None:
    status, lines = outcome("print('why'); raise SystemExit(3)")

    assert status == 1
    assert lines[1] == "why"
    assert lines[2].startswith("group: FAILED (3), ")
    assert lines[3:] == ["Failed: group"]


def test_test_passes_its_arguments_to_pytest() -> None:
    with pytest.raises(SystemExit) as exit_:
        Command().run_from_argv(["manage.py", "test", "--version"])

    assert exit_.value.code == 0


def test_test_lints_before_it_tests() -> None:
    assert list(Command().groups()) == [
        "preparation",
        "collection",
        "lint",
        "format",
        "template style",
        "template lint",
        "types",
        "imports",
        "migrations",
        "messages",
        "seeds",
        "tests",
        "coverage",
    ]


def test_test_tells_the_journeys_which_browser_to_use() -> None:
    command = Command().journeys("/usr/bin/some-browser")["journeys"]

    assert "CHROMIUM=/usr/bin/some-browser" in command


def test_chromium_may_be_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHROMIUM", "/opt/browser")

    assert chromium() == "/opt/browser"


def test_chromium_may_be_absent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", "")

    assert chromium() is None
