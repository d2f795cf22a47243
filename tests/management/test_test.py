from __future__ import annotations

import io
import re
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


def test_test_says_that_everything_passed_or_shows_what_failed() -> None:
    quiet, passed = outcome("print('quiet')")
    status, failed = outcome("print('why'); raise SystemExit(3)")

    assert (quiet, status) == (0, 1)
    no_journeys = "journeys: not run, no Chromium here (CHROMIUM may name one)"
    assert [re.sub(r", .*s$", "", line) for line in passed[1:]] == [
        "group: ok",
        "Everything passed.",
    ]
    assert [re.sub(r", .*s$", "", line) for line in failed[1:]] == [
        "why",
        "group: FAILED (3)",
        "Failed: group",
    ]
    assert passed[0] == failed[0] == no_journeys


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


def test_chromium_may_be_named_for_the_journeys_or_absent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHROMIUM", "/opt/browser")
    named = chromium()
    monkeypatch.delenv("CHROMIUM")
    monkeypatch.setenv("PATH", "")

    assert (named, chromium()) == ("/opt/browser", None)
    assert "CHROMIUM=/opt/browser" in Command().journeys(named)["journeys"]
