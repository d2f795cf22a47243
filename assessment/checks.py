"""What the machine lacks, said once in plain words instead of failing later."""

from __future__ import annotations

import ctypes
import shutil
from collections.abc import Iterable
from ctypes.util import find_library

from django.apps import AppConfig
from django.core import checks

DEBIAN_PACKAGES = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0", "fontconfig")
INSTALLING = {
    "apt-get": f"On Debian: apt-get install {' '.join(DEBIAN_PACKAGES)}",
    "dnf": "On Fedora: dnf install pango harfbuzz fontconfig",
    "apk": "On Alpine: apk add pango fontconfig so:libharfbuzz-subset.so.0",
    "brew": "On macOS: brew install pango",
}
"""What a person types to get the libraries, by package manager."""

# The libraries WeasyPrint opens, as Linux, macOS and Windows name them.
LIBRARIES = (
    ("gobject-2.0", "libgobject-2.0.so.0", "libgobject-2.0-0.dll"),
    ("pango-1.0", "libpango-1.0.so.0", "libpango-1.0-0.dll"),
    ("pangoft2-1.0", "libpangoft2-1.0.so.0", "libpangoft2-1.0-0.dll"),
    ("harfbuzz", "libharfbuzz.so.0", "libharfbuzz-0.dll"),
    ("harfbuzz-subset", "libharfbuzz-subset.so.0", "libharfbuzz-subset-0.dll"),
    ("fontconfig", "libfontconfig.so.1", "libfontconfig-1.dll"),
)


def missing_libraries(libraries: Iterable[tuple[str, ...]] = LIBRARIES) -> list[str]:
    return [names[0] for names in libraries if not _found(names)]


def pango_message(missing: Iterable[str]) -> str:
    """Names the line for the package manager of this machine, else Debian's."""
    manager = next(filter(shutil.which, INSTALLING), "apt-get")
    return (
        f"PDF reports need libraries that this machine lacks ({', '.join(missing)}). "
        f"{INSTALLING[manager]}. Everything else works without them."
    )


def pango(
    app_configs: Iterable[AppConfig] | None,
    libraries: Iterable[tuple[str, ...]] = LIBRARIES,
    **kwargs: object,
) -> list[checks.CheckMessage]:
    missing = missing_libraries(libraries)
    return [checks.Warning(pango_message(missing), id="articula.W001")] if missing else []


def _found(names: tuple[str, ...]) -> bool:
    return any(_opens(name) for name in names[1:]) or _opens(find_library(names[0]))


def _opens(name: str | None) -> bool:
    """Whether it can be used: a name in the system's list may stand for a damaged file."""
    if name is None:
        return False
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True
