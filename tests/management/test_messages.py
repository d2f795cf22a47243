from __future__ import annotations

import gettext
import os
from pathlib import Path

import pytest

from assessment.management.messages import compile_changed, differences, write_source

PYTHON = """
from django.utils.translation import gettext as _, ngettext, pgettext_lazy

print(_("Start"), ngettext("%(n)d answer", "%(n)d answers", 2), pgettext_lazy("verb", "Check"))
"""
TEMPLATE = """
{% load i18n %}
<p>It's {% translate "Continue" %}</p>
  {% blocktranslate trimmed count n=answers %}
    One question is open.
  {% plural %}
    {{ n }} questions are open.
  {% endblocktranslate %}
    <p>{% translate "Check" context "noun" %}</p>
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "assessment").mkdir()
    (tmp_path / "assessment" / "page.py").write_text(PYTHON)
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "page.html").write_text(TEMPLATE)
    return tmp_path


def source(root: Path) -> Path:
    return root / "assessment" / "locale" / "en" / "LC_MESSAGES" / "django.po"


def test_differences_names_every_message_without_a_catalogue(root: Path) -> None:
    assert sorted(differences(root, source(root))) == [
        "missing: ('%(n)d answer', '%(n)d answers')",
        "missing: ('One question is open.', '%(n)s questions are open.')",
        "missing: Check",
        "missing: Check",
        "missing: Continue",
        "missing: Start",
    ]


def test_write_source_leaves_no_difference(root: Path) -> None:
    write_source(root, source(root))

    assert differences(root, source(root)) == []


def test_differences_names_what_nothing_uses(root: Path) -> None:
    write_source(root, source(root))
    (root / "assessment" / "page.py").write_text("")

    assert "unused: Start" in differences(root, source(root))


def test_write_source_drops_what_nothing_uses_and_keeps_its_bytes(root: Path) -> None:
    write_source(root, source(root))
    (root / "assessment" / "page.py").write_text("")
    write_source(root, source(root))
    first = source(root).read_bytes()

    write_source(root, source(root))

    assert differences(root, source(root)) == []
    assert source(root).read_bytes() == first


def test_compile_changed_makes_what_gettext_reads(root: Path) -> None:
    po = root / "assessment" / "locale" / "es" / "LC_MESSAGES" / "django.po"
    po.parent.mkdir(parents=True)
    po.write_text('msgid "Start"\nmsgstr "Empezar"\n')

    made = compile_changed(root / "assessment" / "locale")

    with made[0].open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Start") == "Empezar"


def test_compile_changed_leaves_what_is_newer_than_its_source(root: Path) -> None:
    write_source(root, source(root))
    compile_changed(root / "assessment" / "locale")

    assert compile_changed(root / "assessment" / "locale") == []


def test_compile_changed_renews_what_is_older_than_its_source(root: Path) -> None:
    write_source(root, source(root))
    made = compile_changed(root / "assessment" / "locale")
    os.utime(made[0], (0, 0))

    assert compile_changed(root / "assessment" / "locale") == made
