"""The licences of the locked packages, as the installed packages state them."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable
    from importlib.metadata import PackageMetadata
    from pathlib import Path

RUN_LOCK, DEV_LOCK = "requirements.txt", "requirements-dev.txt"
PERMITTED_FILE = "docs/permitted_licences.toml"
PINNED = re.compile(r"^([\w.-]+)(?:\[[^]]*])?==(\S+)")
REQUIRED = re.compile(r'^\s*"([\w.-]+)')
LONGEST = 80


@dataclass(frozen=True, slots=True)
class Package:
    """One line of a lock; `needed_by` is empty where pyproject.toml asks for it."""

    name: str
    version: str
    needed_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PermittedLicences:
    """docs/permitted_licences.toml."""

    permissive: frozenset[str]
    copyleft: dict[str, str]
    exceptions: dict[str, dict[str, str]]
    stated: dict[str, str]
    spellings: dict[str, str]

    def permits(self, package: str, licence: str) -> bool:
        """Of alternatives one is enough; of licences that hold together, each must be listed."""
        if self.exceptions.get(package, {}).get("licence") == licence:
            return True
        listed = self.permissive | self.copyleft.keys()
        return any(listed.issuperset(one.split(" AND ")) for one in licence.split(" OR "))

    def knows(self, text: str) -> bool:
        return text in self.spellings or text in self.permissive or text in self.copyleft


def permitted_licences(root: Path) -> PermittedLicences:
    read: dict[str, Any] = tomllib.loads((root / PERMITTED_FILE).read_text(encoding="utf-8"))
    return PermittedLicences(**read | {"permissive": frozenset(read["permissive"])})


def locked(lock: str) -> list[Package]:
    """The packages in the text of a lock, in its order."""
    found: list[Package] = []
    for block in re.split(r"\n(?=\S)", lock):
        if pin := PINNED.match(block):
            words = (line.strip(" #") for line in block.splitlines()[1:] if "#" in line)
            names = (word.removeprefix("via").strip() for word in words)
            needed = tuple(n for n in names if n and not n.startswith(("-c ", "articula ")))
            found.append(Package(pin[1], pin[2], needed))
    return found


def purposes(pyproject: str) -> dict[str, str]:
    """By package, the comment above its requirement or above the group that it stands in."""
    found: dict[str, str] = {}
    said: list[str] = []
    above = False
    for line in pyproject.partition("\n[tool.")[0].splitlines():
        comment = line.strip().startswith("#")
        if comment:
            said = [*(said if above else ()), line.strip(" #")]
        elif required := REQUIRED.match(line):
            found[required[1].lower()] = " ".join(said)
        above = comment
    return found


def licence_of(package: Package, permitted: PermittedLicences) -> str:
    """As the installed package states it, else as the rules do; empty where neither does."""
    try:
        installed = distribution(package.name)
    except PackageNotFoundError:
        return permitted.stated.get(package.name, "")
    if installed.version != package.version:
        return ""
    return read_licence(installed.metadata, permitted) or permitted.stated.get(package.name, "")


def read_licence(metadata: PackageMetadata, permitted: PermittedLicences) -> str:
    """The SPDX expression; without one a licence that we know by name, or the classifiers.

    Several classifiers are alternatives. What nobody can read comes back as it stands.
    """
    expressions = metadata.get_all("License-Expression", [])
    texts = [" ".join(str(text).split()) for text in metadata.get_all("License", [])]
    known = [text for text in texts if permitted.knows(text)]
    classified = [str(line) for line in metadata.get_all("Classifier", [])]
    names = [line.rpartition(" :: ")[2] for line in classified if line.startswith("License ::")]
    stated = expressions or known or names or texts
    return " OR ".join(permitted.spellings.get(name, name) for name in map(str, stated))


def refusals(packages: Iterable[Package], permitted: PermittedLicences) -> list[str]:
    """A line for each package whose licence is unknown or not listed."""
    found = []
    for package in packages:
        licence = licence_of(package, permitted)
        name = f"{package.name} {package.version}"
        if not licence:
            found.append(f"{name}: unknown, because it states none or is not installed here")
        elif not permitted.permits(package.name, licence):
            found.append(f"{name}: {licence[:LONGEST]} is not in {PERMITTED_FILE}")
    return found


def packages_of(root: Path) -> tuple[list[Package], list[Package]]:
    """What runs, and what only tests and tools need."""
    run, dev = (locked((root / lock).read_text(encoding="utf-8")) for lock in (RUN_LOCK, DEV_LOCK))
    names = {package.name for package in run}
    return run, [package for package in dev if package.name not in names]
