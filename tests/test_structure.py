"""The structure of the code: no circles, and a document that shows what is there."""

from __future__ import annotations

import ast
import io

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError

from assessment.instrument.kinds.registry import KINDS
from assessment.management.structure import import_graph

DOCUMENT = settings.BASE_DIR / "docs" / "structure.md"


def test_document_of_the_structure_is_up_to_date_and_written_on_demand(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The command refuses to show two files that import each other."""
    graph, out = import_graph(), io.StringIO()  # once: it takes seconds
    monkeypatch.setattr("assessment.management.commands.structure.import_graph", lambda: graph)
    before = DOCUMENT.read_text(encoding="utf-8")

    call_command("structure", stdout=out)
    call_command("structure", "--write")

    assert out.getvalue() == before, "Run: python3 manage.py structure --write"
    assert DOCUMENT.read_text(encoding="utf-8") == before


def test_circle_stops_the_command_and_is_named_by_its_files(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    graph = {"a": frozenset("b"), "b": frozenset("c"), "c": frozenset("a"), "d": frozenset()}
    monkeypatch.setattr("assessment.management.commands.structure.import_graph", lambda: graph)

    with pytest.raises(CommandError, match=r"import each other: [abc](?: → [abc]){3}$"):
        call_command("structure")


def test_nothing_compares_the_name_of_a_kind_of_question() -> None:
    """What differs from kind to kind is asked of its class."""
    compared = [
        f"{file.relative_to(settings.BASE_DIR)}:{node.lineno}"
        for folder in ("assessment", "tools")
        for file in (settings.BASE_DIR / folder).rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Compare) and names_a_kind(node)
    ]

    assert compared == []


def names_a_kind(comparison: ast.Compare) -> bool:
    inside = list(ast.walk(comparison))
    asked = any(isinstance(node, ast.Attribute) and node.attr == "kind" for node in inside)
    words = {node.value for node in inside if isinstance(node, ast.Constant)}
    return asked and not words.isdisjoint(KINDS)
