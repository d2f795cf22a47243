from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.test import override_settings
from hypothesis import HealthCheck, Phase, settings

from assessment.management.commands.test import chromium
from assessment.models.offered_languages import OFFERS
from assessment.reports.pdf.fonts import fonts
from tests.seeds_once import seeds

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


TESTS = Path(__file__).parent
LONG = {"tools", "gate", "hostile", "concurrency", "management"}
"""Folders with files that take long: they start processes, or try very much."""
SAME_ON_EVERY_DATABASE = (
    "actions/rounds/test_disclosure.py",
    "admin/bank/part/test_code_lists.py",
    "admin/bank/part/test_usage.py",
    "admin/bank/test_advice.py",
    "admin/bank/test_evidence.py",
    "admin/bank/test_labels.py",
    "admin/bank/test_options.py",
    "admin/bank/test_questions.py",
    "admin/bench",
    "admin/core/test_pages.py",
    "admin/core/test_request_cache.py",
    "admin/editions/pages/test_checks.py",
    "admin/editions/pages/test_comparison.py",
    "admin/editions/pages/test_corrections.py",
    "admin/editions/pages/test_export_file.py",
    "admin/editions/pages/test_import_file.py",
    "admin/test_ancestry.py",
    "admin/test_groups.py",
    "admin/test_keys.py",
    "admin/test_pages.py",
    "admin/test_work_on_a_draft.py",
    "admin/translations/test_labels.py",
    "admin/translations/test_links.py",
    "gate",
    "management/test_bank_files.py",
    "management/test_report.py",
    "management/test_seeds_commands.py",
    "reports",
    "web/middleware",
    "web/questionnaire/test_first_look.py",
    "web/questionnaire/test_page.py",
    "web/test_below_path.py",
    "web/test_landing.py",
    "web/test_languages.py",
    "web/test_pages.py",
    "web/test_policy.py",
    "web/test_queries.py",
    "web/test_report_pages.py",
    "web/test_reserved_words.py",
    "web/test_results.py",
    "web/test_structure.py",
    "web/test_templatetags.py",
    "web/test_weight.py",
)
"""What draws, judges or counts what other tests write and ask for: its statements are theirs."""
EMPTYING_FIXTURES = {"transactional_db", "live_server"}
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
    """Nothing else, and without asking the database: a test offers another by saving it."""
    OFFERS.known, OFFERS.bringers, OFFERS.until = OFFERS.known[:1], {}, float("inf")


@pytest.fixture(scope="session")
def bank() -> Instrument:
    """The real bank, read once."""
    return seeds()


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
    """What asks no database, or nothing that is not asked elsewhere, runs once.

    Files that take long come first: of two processes neither waits for the last file of the other.
    Those that empty the database come last, whole: groups and bank are gone after them, and a
    process takes file after file.
    """
    emptying = {item.path for item in items if empties_database(item)}
    items.sort(key=lambda item: (item.path in emptying, Path(item.nodeid).parts[1] not in LONG))
    if config.getoption("--database"):
        asking = [item for item in items if differs_by_database(item)]
        others = [item for item in items if not differs_by_database(item)]
        config.hook.pytest_deselected(items=others)
        items[:] = asking


def pytest_configure() -> None:
    gone = [place for place in SAME_ON_EVERY_DATABASE if not (TESTS / place).exists()]
    if gone:
        raise pytest.UsageError(f"tests/conftest.py: SAME_ON_EVERY_DATABASE names {gone}")


def pytest_collection_finish() -> None:
    """What is loaded by now stays: to look through it again took a seventh of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


def empties_database(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    fixtures = set(getattr(item, "fixturenames", ()))
    return bool((marker and marker.kwargs.get("transaction")) or fixtures & EMPTYING_FIXTURES)


def differs_by_database(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    if any(item.path.is_relative_to(TESTS / same) for same in SAME_ON_EVERY_DATABASE):
        return False
    if "prepared_data" in fixtures:  # the site that it starts is on SQLite
        return False
    return bool(item.get_closest_marker("django_db") or fixtures & DATABASE_FIXTURES)
