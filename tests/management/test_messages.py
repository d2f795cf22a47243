from __future__ import annotations

import ast
import gettext
import os
from pathlib import Path

import pytest
from django.conf import settings

from assessment.management.messages import KEYWORDS, compile_changed, differences, write_source

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


def test_differences_names_every_message_without_a_catalogue_and_what_nothing_uses(
    root: Path,
) -> None:
    """What is written anew has neither, and the same bytes each time."""
    missing = differences(root, source(root))
    write_source(root, source(root))
    written = differences(root, source(root))
    (root / "assessment" / "page.py").write_text("")
    unused = differences(root, source(root))
    write_source(root, source(root))
    first = source(root).read_bytes()
    write_source(root, source(root))

    assert sorted(missing) == [
        "missing: ('%(n)d answer', '%(n)d answers')",
        "missing: ('One question is open.', '%(n)s questions are open.')",
        "missing: Check",
        "missing: Check",
        "missing: Continue",
        "missing: Start",
    ]
    assert sorted(unused) == [
        "unused: ('%(n)d answer', '%(n)d answers')",
        "unused: Check",
        "unused: Start",
    ]
    assert (written, differences(root, source(root))) == ([], [])
    assert source(root).read_bytes() == first


@pytest.fixture
def locale(root: Path) -> Path:
    """The sources of the catalogues, with one of Spanish."""
    po = root / "assessment" / "locale" / "es" / "LC_MESSAGES" / "django.po"
    po.parent.mkdir(parents=True)
    po.write_text('msgid "Start"\nmsgstr "Empezar"\n')
    return root / "assessment" / "locale"


def test_compile_changed_makes_what_gettext_reads_beside_no_source(
    locale: Path, tmp_path: Path
) -> None:
    made = compile_changed(locale, tmp_path / "data")

    assert made == [tmp_path / "data" / "es" / "LC_MESSAGES" / "django.mo"]
    assert [path.name for path in locale.rglob("*") if path.is_file()] == ["django.po"]
    assert gettext.translation("django", tmp_path / "data", ["es"]).gettext("Start") == "Empezar"


def test_compile_changed_renews_only_what_is_of_another_source(
    locale: Path, tmp_path: Path
) -> None:
    made = compile_changed(locale, tmp_path / "data")
    again = compile_changed(locale, tmp_path / "data")

    def made_of(time: int) -> list[Path]:
        os.utime(locale / "es" / "LC_MESSAGES" / "django.po", (time, time))
        return compile_changed(locale, tmp_path / "data")

    assert (again, made_of(0), made_of(4_000_000_000)) == ([], made, made)


def test_no_message_stands_inside_an_f_string() -> None:
    """None is extracted from there: it would stay in English, and no check would miss it."""
    found = [
        f"{path.relative_to(settings.BASE_DIR)}:{call.lineno}"
        for path in (settings.BASE_DIR / "assessment").rglob("*.py")
        for text in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in KEYWORDS
    ]

    assert found == []
