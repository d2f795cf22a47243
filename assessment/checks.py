"""What the machine lacks, said once in plain words instead of failing later."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable
from ctypes.util import find_library

from django.apps import AppConfig
from django.core import checks

DEBIAN_PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig"

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
    return (
        f"PDF reports need libraries that this machine lacks ({', '.join(missing)}). "
        f"On Debian: apt-get install {DEBIAN_PACKAGES}. Everything else works without them."
    )


def pango(
    app_configs: Iterable[AppConfig] | None,
    libraries: Iterable[tuple[str, ...]] = LIBRARIES,
    **kwargs: object,
) -> list[checks.CheckMessage]:
    missing = missing_libraries(libraries)
    return [checks.Warning(pango_message(missing), id="articula.W001")] if missing else []


def _found(names: tuple[str, ...]) -> bool:
    return any(_opens(name) for name in names[1:]) or find_library(names[0]) is not None


def _opens(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True
