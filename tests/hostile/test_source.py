"""What the code does not do, and what the site does not ask of any other machine."""

from __future__ import annotations

import ast
import re
import socket
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import pytest
from django.conf import settings
from django.http import HttpResponse

from assessment.reports.pdf.files import report_pdf
from assessment.reports.report_data import report_of_response
from assessment.web.cookies import set_cookie
from tests.factories import ResponseFactory, answered
from tests.web.conftest import granted
from tools.html_page import form_data

if TYPE_CHECKING:
    from django.test import Client

    from assessment.models import Edition

RUN_TEXT = {"eval", "exec", "compile", "__import__", "RawSQL", "raw", "extra", "system", "popen"}
Node = TypeVar("Node", bound=ast.AST)
QUERIES = {"execute", "executemany", "executescript", "extra", "raw"}
MADE_BY_THE_ORM = {
    *("0009_fill_rounds.py", "answer_counts.py", "copy_rows.py", "counters.py"),
    "prepared_queries.py",
}
"""Where a query is no constant: it is that of a QuerySet, or has names of our tables in it."""
UNSAFE_MODULES = {"pickle", "marshal", "shelve", "yaml", "xmlrpc", "telnetlib"}
CALLERS = {"urllib.request", "http.client", "requests", "httpx", "ftplib", "smtplib"}


@cache
def trees() -> list[tuple[Path, ast.Module]]:
    files = sorted((settings.BASE_DIR / "assessment").rglob("*.py"))
    return [(file, ast.parse(file.read_text())) for file in files]


def called(tree: ast.Module) -> set[str]:
    """Names called as they stand or on the objects of Django and the system."""
    calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    plain = {func.id for func in calls if isinstance(func, ast.Name)}
    owned = {
        func.attr
        for func in calls
        if isinstance(func, ast.Attribute)
        and re.search(r"(^|\.)(objects|os)$", ast.unparse(func.value))
    }
    return plain | owned


def imported(tree: ast.Module) -> set[str]:
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
    return found


def nodes(kind: type[Node]) -> list[tuple[str, Node]]:
    """All of this kind in the code, each with the name of its file."""
    return [
        (file.name, node)
        for file, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, kind)
    ]


def test_code_runs_no_text_and_reads_nothing_unsafe() -> None:
    """Neither by itself nor by a shell or a database, and it names no weak hash; it calls no other
    machine but from the outbox, which knows by their classes what a mail server answered."""
    calls, with_cookie = nodes(ast.Call), HttpResponse()
    set_cookie(with_cookie, "a", "b", seconds=None)
    found = {
        "text run": [(file.name, one) for file, t in trees() for one in called(t) & RUN_TEXT],
        "shell": [file for file, node in nodes(ast.keyword) if node.arg == "shell"],
        "query from text": {file for file, node in calls if is_query_from_text(node)},
        "weak hash": [(file, ast.unparse(node)) for file, node in calls if is_weak_hash(node)],
        "unsafe module": [f.name for f, t in trees() if imported(t) & UNSAFE_MODULES],
        "another machine": [f.name for f, t in trees() if imported(t) & CALLERS],
        "cookie": {file for file, node in nodes(ast.Attribute) if sets_a_cookie(node)},
        "of one": {name: with_cookie.cookies["a"][name] for name in ("httponly", "samesite")},
    }

    assert found == {
        "text run": [],
        "shell": [],
        "query from text": MADE_BY_THE_ORM,
        "weak hash": [],
        "unsafe module": [],
        "another machine": ["deliver.py"],
        "cookie": {"cookies.py"},
        "of one": {"httponly": True, "samesite": "Lax"},
    }


def is_query_from_text(call: ast.Call) -> bool:
    """Whoever asks: a cursor, a manager, a QuerySet."""
    asks = isinstance(call.func, ast.Attribute) and call.func.attr in QUERIES
    return asks and not (call.args and is_constant(call.args[0]))


def is_constant(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) or (isinstance(node, ast.Name) and node.id.isupper())


def is_weak_hash(call: ast.Call) -> bool:
    """Django's keyed hash is one of SHA-1 where nobody says otherwise."""
    name = ast.unparse(call.func).rpartition(".")[2]
    said = {keyword.arg for keyword in call.keywords}
    return name in {"md5", "sha1"} or (name == "salted_hmac" and "algorithm" not in said)


def sets_a_cookie(name: ast.Attribute) -> bool:
    """By itself, and not by the one place that makes each for the server and this site alone."""
    setting = name.attr in {"set_cookie", "set_signed_cookie"}
    return setting and ast.unparse(name.value) != "cookies"


def test_only_the_admin_takes_files() -> None:
    """And members of an organisation: logos, and lists of people to invite."""
    taking = re.compile(r"\.FILES\b|FileField|FileInput|type=.file.")
    folders = (settings.BASE_DIR / "assessment" / "web", settings.BASE_DIR / "templates")
    files = [
        file for folder in folders for file in sorted(folder.rglob("*.*")) if file.suffix != ".pyc"
    ]

    assert {
        f.relative_to(settings.BASE_DIR / "assessment" / "web").as_posix()
        for f in files
        if taking.search(f.read_text()) and "admin" not in f.parts
    } == {
        *("organisations/changes.py", "organisations/forms.py"),
        *("rounds/people.py", "rounds/people_form.py"),
    }


def test_templates_escape_and_scripts_write_text_and_keep_what_is_not_sent_yet() -> None:
    """No template holds a script or style: JSON is none, it is read by one that stands in a file.
    No script writes markup, and two keep in the browser what is not sent yet and nothing else."""
    script = r"<script(?![^>]*(\bsrc=|type=.application/json))"
    odd = re.compile(rf"\|\s*safe\b|autoescape\s+off|{script}|\son\w+=|\sstyle=")
    markup = re.compile(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|Function\("
    )
    kept = re.compile(r"localStorage|sessionStorage|indexedDB|caches\.|document\.cookie")

    assert found_in("templates", "*.html", odd) == {}
    assert found_in("static", "*.js", markup) == {}
    assert found_in("static", "*.js", kept) == {
        "leave.js": {"localStorage"},
        "unsent.js": {"localStorage"},
    }


def found_in(folder: str, kind: str, pattern: re.Pattern[str]) -> dict[str, set[str]]:
    """By file what the pattern finds in it."""
    files = sorted((settings.BASE_DIR / folder).rglob(kind))
    found = {f.name: {one[0] for one in pattern.finditer(f.read_text())} for f in files}
    return {name: words for name, words in found.items() if words}


def test_whole_way_to_the_pdf_asks_no_other_machine(
    edition: Edition, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*address: object) -> None:
        raise AssertionError(f"a connection was wanted: {address}")

    response = answered(ResponseFactory(), TG2=2, PC1=3)
    granted(client, response)
    base = f"/response/{response.uuid}"
    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)

    assert client.get(f"{base}/tg/").status_code == 200
    client.post(f"{base}/submit/", form_data(client.get(f"{base}/check/")))
    response.refresh_from_db()

    assert client.get(f"{base}/report/").status_code == 200
    assert report_pdf(report_of_response(response, language="en")).startswith(b"%PDF")
