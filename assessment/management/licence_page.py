"""docs/licences.md: the packages with version, licence and purpose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assessment.management.licences import licence_of, packages_of, permitted_licences, purposes

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from assessment.management.licences import Package, PermittedLicences

PAGE = "docs/licences.md"
INTRODUCTION = """\
# Licences

Made by `python3 manage.py licences --write` from the locks and from what the installed packages
state; a test holds it to the locks. Articula itself is under the MIT licence (`LICENSE`). No
package stands in this repository: the set-up installs each from its own source. What may be, and
why, stands in `docs/permitted_licences.toml`; the command fails and names the package where a
licence is neither there nor known.
"""


def page(root: Path) -> str:
    permitted = permitted_licences(root)
    why = purposes((root / "pyproject.toml").read_text(encoding="utf-8"))
    run, tools = (table(packages, permitted, why) for packages in packages_of(root))
    parts = (
        INTRODUCTION,
        f"## What runs\n\n{run}",
        f"## What only tests and tools need\n\n{tools}",
        f"## Why these may be\n\n{reasons(permitted)}",
    )
    return "\n".join(parts)


def table(packages: Iterable[Package], permitted: PermittedLicences, why: dict[str, str]) -> str:
    rows = (
        f"| {package.name} | {package.version} | {licence_of(package, permitted)} "
        f"| {why.get(package.name) or 'needed by ' + ', '.join(package.needed_by)} |\n"
        for package in packages
    )
    return "| package | version | licence | what for |\n|---|---|---|---|\n" + "".join(rows)


def reasons(permitted: PermittedLicences) -> str:
    exceptions = permitted.exceptions.items()
    one = {name: (held["licence"], held["reason"]) for name, held in exceptions}
    rows = [
        *(
            f"| {name} | every package | {reason} |\n"
            for name, reason in permitted.copyleft.items()
        ),
        *(f"| {licence} | {name} only | {reason} |\n" for name, (licence, reason) in one.items()),
    ]
    head = "| licence | for | reason |\n|---|---|---|\n"
    return f"These ask for their notice alone: {', '.join(sorted(permitted.permissive))}.\n\n" + (
        head + "".join(rows)
    )
