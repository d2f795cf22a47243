from __future__ import annotations

import io
import re
import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from pytest_django import Settings

from assessment.management.licence_page import PAGE, page
from assessment.management.licences import (
    DEV_LOCK,
    PERMITTED_FILE,
    RUN_LOCK,
    Package,
    licence_of,
    locked,
    packages_of,
    permitted_licences,
    purposes,
    refusals,
)
from tests.tables import raised

ROOT = settings.BASE_DIR
NOT_LISTED = f"is not in {PERMITTED_FILE}"
LOCK = """\
# Made by hand.
alpha-lib[fast]==1.0 \\
    --hash=sha256:00
    # via articula (pyproject.toml)
beta==2.0 ; sys_platform == 'win32' \\
    --hash=sha256:00
    # via
    #   -c requirements.txt
    #   alpha-lib
    #   gamma
"""
PROJECT = """\
dependencies = [
  # Counts what is sent,
  # and what comes back.
  "alpha-lib>=1",
]
[dependency-groups]
dev = [
  # Tools.
  "tool>=1",
  "other>=1",
]
[tool.mypy]
# Not a requirement.
module = [
  "beta",
]
"""


@pytest.fixture
def site(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project that runs alpha-lib, works with a tool too, and has our rules."""
    settings.BASE_DIR = tmp_path
    monkeypatch.syspath_prepend(str(tmp_path))
    (tmp_path / "docs").mkdir()
    (tmp_path / PERMITTED_FILE).write_text((ROOT / PERMITTED_FILE).read_text())
    (tmp_path / "pyproject.toml").write_text(PROJECT)
    (tmp_path / RUN_LOCK).write_text("alpha-lib==1.0 \\\n    # via articula (pyproject.toml)\n")
    (tmp_path / DEV_LOCK).write_text("alpha-lib==1.0 \\\n    # via x\ntool==3.0 \\\n    # via y\n")
    install(tmp_path, "alpha-lib", "1.0", "License-Expression: MIT")
    install(tmp_path, "tool", "3.0", "License-Expression: Apache-2.0 OR SSPL-1.0")
    return tmp_path


def install(folder: Path, name: str, version: str, *lines: str) -> None:
    info = folder / f"{name.replace('-', '_')}-{version}.dist-info"
    info.mkdir(exist_ok=True)
    written = ("Metadata-Version: 2.4", f"Name: {name}", f"Version: {version}", *lines, "")
    (info / "METADATA").write_text("\n".join(written))


def printed(*options: str) -> str:
    out = io.StringIO()
    call_command("licences", *options, stdout=out)
    return out.getvalue()


def test_page_is_up_to_date_with_the_locks() -> None:
    """Else: python3 manage.py licences --write."""
    assert (ROOT / PAGE).read_text(encoding="utf-8") == page(ROOT)


def test_locked_packages_have_permitted_licences_and_all_exceptions_are_of_them() -> None:
    permitted = permitted_licences(ROOT)
    run, tools = packages_of(ROOT)

    assert refusals(run + tools, permitted) == []
    assert permitted.exceptions.keys() | permitted.stated.keys() <= {p.name for p in run + tools}


def test_package_for_some_machines_is_written_down_as_it_states_itself() -> None:
    """So the page is the same wherever it is made."""
    permitted = permitted_licences(ROOT)
    locks = "".join((ROOT / lock).read_text() for lock in (RUN_LOCK, DEV_LOCK))
    partly = re.findall(r"^([\w-]+)==\S+ ;", locks, re.MULTILINE)
    run, tools = packages_of(ROOT)
    here = {p.name: licence_of(p, permitted) for p in run + tools if p.name in partly}

    assert {name: permitted.stated.get(name) for name in here} == here


def test_licences_lists_what_runs_and_tools_on_demand_or_writes_the_page(site: Path) -> None:
    head = "| package | version | licence | what for |\n|---|---|---|---|\n"
    runs = "| alpha-lib | 1.0 | MIT | Counts what is sent, and what comes back. |\n"
    tool = "| tool | 3.0 | Apache-2.0 OR SSPL-1.0 | Tools. |\n"

    assert (printed(), printed("--dev")) == (head + runs, head + runs + tool)
    assert printed("--write") == f"{PAGE} is written.\n"
    assert (site / PAGE).read_text() == page(site)


def test_licences_refuses_one_that_is_not_listed_or_unknown_and_writes_nothing(site: Path) -> None:
    """Unknown is what is stated nowhere, or by another version than the locked one."""
    unknown = "unknown, because it states none or is not installed here"
    table: dict[tuple[str, ...], str] = {
        ("1.0", "License-Expression: SSPL-1.0"): f"SSPL-1.0 {NOT_LISTED}",
        ("1.0", "License-Expression: MIT AND SSPL-1.0"): f"MIT AND SSPL-1.0 {NOT_LISTED}",
        ("1.0", "License-Expression: GPL-3.0-or-later"): f"GPL-3.0-or-later {NOT_LISTED}",
        ("1.0", "License: As you like"): f"As you like {NOT_LISTED}",
        ("1.0", "Classifier: License :: Other/Proprietary License"): (
            f"Other/Proprietary License {NOT_LISTED}"
        ),
        ("0.9", "License-Expression: MIT"): unknown,
        (): unknown,
    }

    def refusal(*stated: str) -> str:
        for installed in site.glob("alpha_lib-*"):
            shutil.rmtree(installed)
        if stated:
            install(site, "alpha-lib", *stated)
        return str(raised(CommandError, printed)).removeprefix("alpha-lib 1.0: ")

    assert {given: refusal(*given) for given in table} == table
    install(site, "alpha-lib", "1.0", "License-Expression: MIT")
    install(site, "tool", "3.0", "License-Expression: SSPL-1.0")
    of_tool = str(raised(CommandError, printed, "--write"))
    assert of_tool == f"tool 3.0: SSPL-1.0 {NOT_LISTED}"
    assert not (site / PAGE).exists()


def test_licence_is_read_from_what_the_package_states(site: Path) -> None:
    table: list[tuple[list[str], str]] = [
        (["License: MIT", "Classifier: License :: OSI Approved :: BSD License"], "MIT"),
        (["License: Long words", "Classifier: License :: OSI Approved :: MIT License"], "MIT"),
        (["License: Apache 2.0"], "Apache-2.0"),
        (
            [
                "Classifier: License :: OSI Approved :: Artistic License",
                "Classifier: License :: OSI Approved :: GNU General Public License (GPL)",
            ],
            "Artistic-1.0 OR GPL-1.0-or-later",
        ),
    ]

    def licence(stated: list[str]) -> str:
        install(site, "alpha-lib", "1.0", *stated)
        return printed().splitlines()[-1].split(" | ")[2]

    assert [(stated, licence(stated)) for stated, _licence in table] == table


def test_package_of_other_machines_has_the_licence_that_is_written_down(site: Path) -> None:
    (site / RUN_LOCK).write_text("brotlicffi==1.0 ; platform_python_implementation != 'CPython'\n")
    (site / PERMITTED_FILE).write_text(
        (site / PERMITTED_FILE).read_text().replace('cffi = "MIT"', 'cffi = "Zlib"')
    )

    assert "| brotlicffi | 1.0 | Zlib |" in printed()


def test_exception_holds_for_one_package_and_one_licence(site: Path) -> None:
    permitted = permitted_licences(site)

    assert [
        permitted.permits("djlint", "GPL-3.0-or-later"),
        permitted.permits("djlint", "AGPL-3.0-only"),
        permitted.permits("other", "GPL-3.0-or-later"),
    ] == [True, False, False]


def test_lock_says_who_needs_what_and_the_project_what_for() -> None:
    """By the comment above the requirement, or above its group."""
    assert locked(LOCK) == [
        Package("alpha-lib", "1.0", ()),
        Package("beta", "2.0", ("alpha-lib", "gamma")),
    ]
    assert purposes(PROJECT) == {
        "alpha-lib": "Counts what is sent, and what comes back.",
        "tool": "Tools.",
        "other": "Tools.",
    }
