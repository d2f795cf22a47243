"""The entries of tools/mutations.toml fit the code; `manage.py mutations` tries all of them."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command

from tools.mutations.copied_tree import NothingShown, copy_tree, first_failing_test
from tools.mutations.entries import Mutation, NotApplicable, read_mutations
from tools.mutations.security import read_security_mutations
from tools.mutations.trial import share_found, try_mutation

SOURCE = """\
class Limit:
    most = 3

    @property
    def reached(self) -> bool:
        return self.most >= 3


def other(most: int) -> bool:
    return most >= 3
"""
TESTS = """\
from limits import Limit

def test_limit_is_reached():
    assert Limit().reached
"""
MUTATION = Mutation(
    id="limit-not-reached",
    file="limits.py",
    function="Limit.reached",
    old=">= 3",
    new="> 3",
    tests=("tests/limits",),
)
OF_PAPER = {"14.1.2", "15.1.1", "16.1.1"}
"""These ask that something is written down, and no test compares it with the code."""
UNNOTICED = replace(MUTATION, id="nobody-asks", function="other")
BRING_UP_TO_DATE = "Bring this entry of tools/mutations.toml up to date."


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A project of one file, with tests for half of it."""
    for folder, content in (("limits", TESTS), ("web", "def test_page():\n    pass\n")):
        (tmp_path / "tests" / folder).mkdir(parents=True)
        (tmp_path / "tests" / folder / f"test_{folder}.py").write_text(content)
    (tmp_path / "limits.py").write_text(SOURCE)
    (tmp_path / "pytest.toml").write_text('[pytest]\naddopts = ["--disable-plugin-autoload"]\n')
    return tmp_path


def test_every_mutation_can_be_applied() -> None:
    """One that cannot has been left behind by a change of the code: bring it along."""
    mutations = read_mutations(settings.BASE_DIR)
    outdated = []
    for mutation in mutations:
        try:
            mutation.applied_to(settings.BASE_DIR)
        except NotApplicable as reason:
            outdated.append(str(reason))
    missing = [p for one in mutations for p in one.places if not (settings.BASE_DIR / p).exists()]

    assert not outdated, "\n".join(outdated)
    assert missing == []
    assert len({mutation.id for mutation in mutations}) == len(mutations) >= 60


def test_every_line_on_security_is_made_false_by_what_its_test_finds() -> None:
    """Each edit fits the code, and its test is one that the line names."""
    page = (settings.BASE_DIR / "docs" / "security.md").read_text()
    entries = read_security_mutations(settings.BASE_DIR)
    wrong = []
    for entry in entries:
        try:
            entry.applied_to(settings.BASE_DIR)
        except NotApplicable as reason:
            wrong.append(str(reason))
        line = page.partition(f"\n| {entry.item} |")[2].partition("\n")[0]
        if "| met |" not in line or f"`{entry.tests[0]}`" not in line:
            wrong.append(f"{entry.id} is not met by {entry.tests[0]}")

    items = {entry.item for entry in entries}
    met = set(re.findall(r"^\| (\d+\.\d+\.\d+) \|.+?\| met \|", page, re.MULTILINE))
    assert not wrong, "\n".join(wrong)
    assert len({entry.id for entry in entries}) == len(entries)
    assert f"For {len(items)} items" in page
    assert met - items == OF_PAPER


def test_mutation_is_found_and_one_of_no_such_id_is_refused(
    capfd: pytest.CaptureFixture[str],
) -> None:
    def told(**given: Any) -> tuple[object, str]:
        with pytest.raises(SystemExit) as ended:
            call_command("mutations", **given)
        return ended.value.code, capfd.readouterr().out

    status, output = told(seed_sample=1)

    assert (status, output.splitlines()[-1]) == (0, "1 of 1 found, 100 %"), output
    assert told(only=["weight-ignored", "gone"]) == (2, "There is no such mutation: gone.\n")


def test_trial_names_the_test_that_finds_a_mutation_or_wants_it_explained(tree: Path) -> None:
    found, unnoticed = try_mutation(tree, MUTATION), try_mutation(tree, UNNOTICED)
    explained = replace(unnoticed, mutation=replace(UNNOTICED, explained="Nothing calls it."))

    assert found.found_by == "tests/limits/test_limits.py::test_limit_is_reached"
    assert (tree / "limits.py").read_text() == SOURCE
    assert [(trial.word, trial.is_good) for trial in (found, unnoticed, explained)] == [
        ("found", True),
        ("NOT FOUND", False),
        ("explained", True),
    ]
    assert found.line().startswith("found")
    assert explained.line().endswith("Nothing calls it.")
    assert share_found([found, unnoticed, explained]) == "1 of 3 found, 33 %"


def test_entry_left_behind_by_the_code_is_named(tree: Path) -> None:
    table: list[tuple[dict[str, Any], str]] = [
        ({"file": "gone.py"}, "there is no file gone.py"),
        ({"function": "Limit.gone"}, "limits.py has 0 functions Limit.gone"),
        ({"old": "<= 3"}, "its old text stands 0 times in Limit.reached"),
        ({"old": "e"}, "its old text stands 7 times in Limit.reached"),
        ({"new": ">= 3  # the same"}, "its new text gives no other code that can run"),
        ({"new": ">="}, "its new text gives no other code that can run"),
    ]

    def outcome(changes: dict[str, Any]) -> object:
        trial = try_mutation(tree, replace(MUTATION, **changes))
        return trial.word, trial.is_good, trial.outdated

    assert [outcome(changes) for changes, _ in table] == [
        ("OUTDATED", False, f"{MUTATION.id}: {why}. {BRING_UP_TO_DATE}") for _, why in table
    ]


def test_what_cannot_be_copied_or_run_shows_nothing(tree: Path) -> None:
    with pytest.raises(NothingShown, match="tests/gone"):
        first_failing_test(tree, "tests/gone")
    with pytest.raises(NothingShown, match="git does not list"):
        copy_tree(tree, tree / "copy")
