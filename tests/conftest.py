from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.test import override_settings
from django.utils.translation import deactivate
from hypothesis import HealthCheck, Phase, settings

from assessment.management.commands.test import chromium
from assessment.models.offered_languages import OFFERS
from tests import second_run
from tests.chromium_switches import SWITCHES
from tests.made_site import made_site
from tests.migrated_once import migrated_once
from tests.seeds_once import seeds

if TYPE_CHECKING:
    from pytest_django import DjangoDbBlocker

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


TESTS = Path(__file__).parent
LONG = {"tools", "gate", "hostile", "concurrency", "management"}
"""Folders with files that take long: they start processes, or try very much."""
NOT_MEASURED = (
    "concurrency/test_failures.py",
    "hostile/test_source.py",
    "hostile/test_text_of_the_world.py",
    "web/test_queries.py",
    "web/test_translated_pages.py",
    "web/test_weight.py",
)
"""What goes ways that other tests have gone: to measure its coverage takes half as long again."""
JUDGING = (
    "admin/editions/pages/test_comparison.py",
    "gate",
    "instrument",
    "interchange/test_seed_texts.py",
    "interchange/test_toml_files.py",
    "method",
    "reports/test_plan_wording.py",
    "test_invented_kind.py",
    "web/questionnaire/test_fields.py",
)
"""What goes every way through `method` and `instrument`: where only these are measured, no other
test is."""
EMPTYING_FIXTURES = {"transactional_db", "live_server"}
RECORDER = pytest.StashKey[second_run.Recorder]()
DATABASE_FIXTURES = {"db", "transactional_db", "live_server", "django_db_setup"}


@pytest.fixture(autouse=True, scope="session")
def site_under_test(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Static files by their plain names and not collected, passwords hashed fast, and
    administrators who need no second factor: tests of that ask for it (`second_factor`)."""
    with override_settings(
        STORAGES=PLAIN_STORAGES,
        STATIC_ROOT=tmp_path_factory.mktemp("static"),
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        SECOND_FACTOR_REQUIRED=False,
        EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend",
    ):
        yield


@pytest.fixture(autouse=True)
def english_offered() -> None:
    """Nothing else, and without asking the database: a test offers another by saving it.

    What a request of the test before has left active is not spoken on.
    """
    deactivate()
    OFFERS.known, OFFERS.bringers, OFFERS.until = OFFERS.known[:1], {}, float("inf")


@pytest.fixture(scope="session")
def django_db_setup(request: pytest.FixtureRequest, django_db_blocker: DjangoDbBlocker) -> None:
    """As pytest-django sets it up, and migrated once for all processes."""
    with django_db_blocker.unblock(), migrated_once():
        request.getfixturevalue("django_db_setup")


@pytest.fixture(scope="session")
def bank() -> Instrument:
    """The real bank, read once."""
    return seeds()


@pytest.fixture(scope="session")
def site_made(site_under_test: None) -> Iterator[Path]:
    """The data folder that sites which a test starts get theirs from (`tools.server`)."""
    with pytest.MonkeyPatch.context() as patch:
        made = made_site()
        patch.setenv("SITE_MADE", str(made))
        yield made


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The machine's own Chromium: nothing is downloaded for the journeys."""
    return browser_type_launch_args | {"executable_path": chromium(), "args": [*SWITCHES]}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--record", action="store_true", help="write down what each test asks")
    parser.addoption(
        "--database", action="store_true", help="only what differs by the database: the second run"
    )


def pytest_configure(config: pytest.Config) -> None:
    listed = (*NOT_MEASURED, *JUDGING, *second_run.ALWAYS, *second_run.DRAWN)
    if gone := [place for place in listed if not (TESTS / place).exists()]:
        raise pytest.UsageError(f"tests/conftest.py, tests/second_run.py: there are no {gone}")
    if config.getoption("--record"):
        process = getattr(config, "workerinput", {}).get("workerid", "alone")
        config.stash[RECORDER] = second_run.Recorder(process)


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    """In a process of xdist pytest-cov begins to measure twice: as the master of others when it is
    loaded, and here. What is not measured pauses the second alone, and would be slowed by the
    first."""
    plugin = session.config.pluginmanager.getplugin("_cov")
    if plugin and plugin.cov_controller and hasattr(session.config, "workerinput"):
        plugin.cov_controller.cov.stop()


@pytest.hookimpl(trylast=True)  # after Hypothesis has marked its own
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Each test where it belongs: measured or not, in this run or not, early or late.

    Files that take long come first: no process waits for the last file of another.
    What is not measured comes after what is: what a process makes once and keeps is made by a
    measured test. Those that empty the database come last, whole: groups and bank are gone after
    them, and a process takes file after file.
    """
    judging_alone = True not in (config.getoption("cov_source") or [True])
    for item in items:
        judges = second_run.stands_in(item.nodeid, JUDGING)
        if goes_known_ways(item) or (judging_alone and not judges):
            item.add_marker("no_cover")
    emptying = {item.path for item in items if empties_database(item)}
    measured = {item.path for item in items if not item.get_closest_marker("no_cover")}
    items.sort(
        key=lambda item: (
            item.path in emptying,
            item.path not in measured,
            Path(item.nodeid).parts[1] not in LONG,
        )
    )
    if config.getoption("--database"):
        asking = [item.nodeid for item in items if asks_the_database(item)]
        taken = second_run.taken(asking, second_run.read_records())
        config.hook.pytest_deselected(items=[item for item in items if item.nodeid not in taken])
        items[:] = [item for item in items if item.nodeid in taken]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Iterator[None]:
    """What is not measured is not measured while it is made ready either."""
    plugin = item.config.pluginmanager.getplugin("_cov")
    measuring = plugin.cov_controller if plugin and item.get_closest_marker("no_cover") else None
    if measuring:
        measuring.pause()
    try:
        return (yield)
    finally:
        if measuring:
            measuring.resume()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    recorder = item.config.stash.get(RECORDER, None)
    with recorder.around(item.nodeid) if recorder else nullcontext():
        return (yield)


def pytest_sessionfinish(session: pytest.Session) -> None:
    if recorder := session.config.stash.get(RECORDER, None):
        recorder.write()


def pytest_collection_finish() -> None:
    """What is loaded by now stays: to look through it again took a seventh of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


def goes_known_ways(item: pytest.Item) -> bool:
    """What reads the whole report as paper, too, and laws over drawn examples."""
    drawn = item.get_closest_marker("hypothesis") is not None
    printed = "pdf" in getattr(item, "fixturenames", ())
    return drawn or printed or second_run.stands_in(item.nodeid, NOT_MEASURED)


def empties_database(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    fixtures = set(getattr(item, "fixturenames", ()))
    return bool((marker and marker.kwargs.get("transaction")) or fixtures & EMPTYING_FIXTURES)


def asks_the_database(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    return bool(item.get_closest_marker("django_db") or fixtures & DATABASE_FIXTURES)
