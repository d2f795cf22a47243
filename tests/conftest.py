from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.test import override_settings
from hypothesis import HealthCheck, Phase, settings

from assessment.instrument.seeds import read_seeds
from assessment.management.commands.test import chromium
from assessment.reports.pdf.fonts import fonts

if TYPE_CHECKING:
    from assessment.instrument.model import Instrument

# The same examples in every run: a property that fails once fails for everybody.
settings.register_profile(
    "repeatable",
    derandomize=True,
    deadline=None,
    max_examples=40,
    phases=(Phase.explicit, Phase.generate),
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("repeatable")
# Many banks through the gate, asked for by name: docs/contributing.md.
settings.register_profile("gate", parent=settings.get_profile("repeatable"), max_examples=500)

PLAIN_STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}


LONG = {"tools", "gate", "hostile", "concurrency", "management"}
"""Folders with files that take long: they start processes, or try very much."""
EMPTYING_FIXTURES = {"transactional_db", "live_server"}
DATABASE_FIXTURES = {"db", "transactional_db", "live_server", "django_db_setup"}


@pytest.fixture(autouse=True, scope="session")
def site_under_test(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Static files by their plain names and not collected, and passwords hashed fast."""
    with override_settings(
        STORAGES=PLAIN_STORAGES,
        STATIC_ROOT=tmp_path_factory.mktemp("static"),
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend",
    ):
        yield


@pytest.fixture(scope="session")
def bank() -> Instrument:
    """The real bank, read once."""
    return read_seeds()


@pytest.fixture(scope="session")
def cut_fonts(site_under_test: None) -> None:
    """They stand in the data folder: sites that tests start get them from there."""
    fonts()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The machine's own Chromium: nothing is downloaded for the journeys."""
    return browser_type_launch_args | {
        "executable_path": chromium(),
        "args": ["--no-sandbox", "--disable-dev-shm-usage"],
    }


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database", action="store_true", help="only what touches the database: the second run"
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What never asks the database gives the same on every one: it runs once.

    Files that take long come first: of two processes neither waits for the last file of the other.
    Those that empty the database come last, whole: groups and bank are gone after them, and a
    process takes file after file.
    """
    emptying = {item.path for item in items if empties_database(item)}
    items.sort(key=lambda item: (item.path in emptying, Path(item.nodeid).parts[1] not in LONG))
    if config.getoption("--database"):
        asking = [item for item in items if touches_database(item)]
        others = [item for item in items if not touches_database(item)]
        config.hook.pytest_deselected(items=others)
        items[:] = asking


def pytest_collection_finish() -> None:
    """What is loaded by now stays: to look through it again took a seventh of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


def empties_database(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    fixtures = set(getattr(item, "fixturenames", ()))
    return bool((marker and marker.kwargs.get("transaction")) or fixtures & EMPTYING_FIXTURES)


def touches_database(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    return bool(item.get_closest_marker("django_db") or fixtures & DATABASE_FIXTURES)
