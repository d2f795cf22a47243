from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from pytest_django import Settings

from tests.tables import raised


@pytest.fixture(autouse=True)
def site(tmp_path: Path, settings: Settings) -> None:
    """A site with one message and no catalogue."""
    settings.BASE_DIR = tmp_path
    settings.CATALOGUES = tmp_path / "locale"
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "page.html").write_text('{% translate "Continue" %}')


def test_check_messages_names_what_the_catalogue_lacks_and_writes_it_on_demand(
    settings: Settings,
) -> None:
    """Another language may lag, unless the whole is asked for."""
    error, out = io.StringIO(), io.StringIO()
    spanish = settings.CATALOGUES / "es" / "LC_MESSAGES" / "django.po"
    spanish.parent.mkdir(parents=True)
    spanish.write_text('msgid "Continue"\nmsgstr ""\n')

    refused = raised(CommandError, call_command, "check_messages", stderr=error)
    call_command("check_messages", "--write", stdout=out)

    assert str(refused).startswith("The catalogues have 1 differences")
    assert error.getvalue() == "missing: Continue\n"
    assert out.getvalue() == "The catalogues are complete.\n"


def test_check_messages_names_what_is_not_of_its_source_in_another_language(
    settings: Settings,
) -> None:
    template = settings.BASE_DIR / "templates" / "page.html"
    template.write_text(
        '{% translate "Continue" %}{% blocktranslate %}{{ n }} left{% endblocktranslate %}'
    )
    spanish = settings.CATALOGUES / "es" / "LC_MESSAGES" / "django.po"
    spanish.parent.mkdir(parents=True)
    spanish.write_text('msgid "%(n)s left"\nmsgstr "quedan %(m)s"\n\nmsgid "Old"\nmsgstr "Viejo"\n')
    error = io.StringIO()

    with pytest.raises(CommandError, match="The catalogues have 2 differences"):
        call_command("check_messages", "--write", "--whole", stderr=error)

    assert error.getvalue() == ("es: other placeholders: %(n)s left\nes: untranslated: Continue\n")
    assert "Plural-Forms: nplurals=2; plural=(n != 1);" in spanish.read_text()
