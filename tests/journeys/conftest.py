"""The site as it is served, with its own database file and collected files, and a browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth.models import User
from django.core.handlers.wsgi import WSGIHandler
from django.db import connections
from django.test import override_settings
from django.test.testcases import LiveServerThread
from django.test.utils import setup_databases, teardown_databases

from assessment.actions.responses.demo import load_demo
from tests.factories import NOW, published_edition
from tests.journeys.console_watch import ConsoleWatch
from tests.migrated_once import migrated_once

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import BrowserContext, Page

SIZES = {"phone": {"width": 360, "height": 720}, "desk": {"width": 1280, "height": 900}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "assessment.web.bundles.BundledStorage"},
}
ADMINISTRATOR = ("administrator", "a password of this test")

NewDevice = Callable[..., "Page"]


@pytest.fixture(scope="session")
def database(
    django_test_environment: None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """A file, because a server of several threads cannot share one database in memory."""
    name = tmp_path_factory.mktemp("database") / "journeys.sqlite3"
    connections["default"].settings_dict["TEST"]["NAME"] = str(name)
    with migrated_once():
        made = setup_databases(
            verbosity=0, interactive=False, aliases={"default": False}, serialized_aliases={}
        )
    yield
    teardown_databases(made, verbosity=0)


@pytest.fixture(scope="session")
def site(
    django_db_blocker: Any,
    site_made: Path,
    request: pytest.FixtureRequest,
) -> Iterator[str]:
    """The address of the served site; its content is loaded once for all journeys."""
    folder = site_made / "static"
    with (
        django_db_blocker.unblock(),
        override_settings(STATIC_ROOT=folder, STORAGES=STORAGES, ALLOWED_HOSTS=["localhost"]),
    ):
        request.getfixturevalue("database")
        published_edition()
        User.objects.create_superuser(ADMINISTRATOR[0], password=ADMINISTRATOR[1])
        with site_in_thread() as address:
            yield address


def unchanged(application: WSGIHandler) -> WSGIHandler:
    return application


class site_in_thread:  # noqa: N801 -- used as a with block
    """The site in a thread, its static files by WhiteNoise as anywhere else."""

    def __init__(self) -> None:
        self.thread = LiveServerThread("localhost", static_handler=unchanged)  # type: ignore[arg-type]
        self.thread.daemon = True

    def __enter__(self) -> str:
        self.thread.start()
        self.thread.is_ready.wait()
        if self.thread.error:
            raise self.thread.error
        return f"http://{self.thread.host}:{self.thread.port}"

    def __exit__(self, *error: object) -> None:
        self.thread.terminate()


def run_in_thread(work: Callable[[], Any]) -> Any:
    """What `work` returns, done in another thread: the browser's own loop runs in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(work).result()


@pytest.fixture
def demo(site: str) -> str:
    """The private address of the invented example."""
    return f"{site}/return/{run_in_thread(lambda: load_demo(now=NOW)).secret}/"


@pytest.fixture
def new_device(site: str, new_context: Callable[..., BrowserContext]) -> Iterator[NewDevice]:
    """Opens a page on a device of its own; at the end nothing unexpected may have happened."""
    watches: list[ConsoleWatch] = []

    def open_device(size: str = "desk", **options: Any) -> Page:
        context = new_context(viewport=SIZES[size], base_url=site, **options)
        context.set_default_timeout(30_000)
        watches.append(ConsoleWatch(context, site))
        return context.new_page()

    yield open_device
    assert [line for watch in watches for line in watch.unexpected] == []
