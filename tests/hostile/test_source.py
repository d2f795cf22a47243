"""What the code does not do, and what the site does not ask of any other machine."""

from __future__ import annotations

import ast
import re
import socket
from pathlib import Path
from typing import TYPE_CHECKING

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
QUERIES = {"execute", "executemany", "executescript", "extra", "raw"}
MADE_BY_THE_ORM = {
    *("0009_fill_rounds.py", "answer_counts.py", "copy_rows.py", "counters.py"),
    "prepared_queries.py",
}
"""Where a query is no constant: it is that of a QuerySet, or has names of our tables in it."""
UNSAFE_MODULES = {"pickle", "marshal", "shelve", "yaml", "xmlrpc", "telnetlib"}
CALLERS = {"urllib.request", "http.client", "requests", "httpx", "ftplib", "smtplib"}


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


def test_no_text_is_run_as_code_or_query() -> None:
    assert [(f.name, called(t) & RUN_TEXT) for f, t in trees() if called(t) & RUN_TEXT] == []


def test_no_query_is_put_together_from_text() -> None:
    """Whoever asks: a cursor, a manager, a QuerySet."""
    made = {
        file.name
        for file, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in QUERIES
        and not (node.args and is_constant(node.args[0]))
    }

    assert made == MADE_BY_THE_ORM


def is_constant(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) or (isinstance(node, ast.Name) and node.id.isupper())


def test_nothing_unsafe_reads_data() -> None:
    assert [f.name for f, t in trees() if imported(t) & UNSAFE_MODULES] == []


def test_no_shell_is_started() -> None:
    shells = [
        file.name
        for file, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.keyword) and node.arg == "shell"
    ]

    assert shells == []


def test_no_weak_hash_is_named() -> None:
    """Django's keyed hash is one of SHA-1 where nobody says otherwise."""
    weak = {
        (file.name, ast.unparse(node))
        for file, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and is_weak_hash(node)
    }

    assert weak == set()


def is_weak_hash(call: ast.Call) -> bool:
    name = ast.unparse(call.func).rpartition(".")[2]
    said = {keyword.arg for keyword in call.keywords}
    return name in {"md5", "sha1"} or (name == "salted_hmac" and "algorithm" not in said)


def test_cookies_are_set_in_one_place() -> None:
    """There for the server alone, for this site alone; the language's and those of a start too."""
    setting = {
        file.name
        for file, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr in {"set_cookie", "set_signed_cookie"}
        and ast.unparse(node.value) != "cookies"
    }
    http_response = HttpResponse()
    set_cookie(http_response, "a", "b", seconds=None)
    (cookie,) = http_response.cookies.values()

    assert setting == {"cookies.py"}
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


def test_nothing_can_call_another_machine() -> None:
    """But the outbox, which knows by their classes what a mail server answered."""
    assert [f.name for f, t in trees() if imported(t) & CALLERS] == ["deliver.py"]


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


def test_templates_escape_and_hold_no_script_or_style() -> None:
    """JSON is no script: it is read by one that stands in a file."""
    script = r"<script(?![^>]*(\bsrc=|type=.application/json))"
    odd = re.compile(rf"\|\s*safe\b|autoescape\s+off|{script}|\son\w+=|\sstyle=")
    files = sorted((settings.BASE_DIR / "templates").rglob("*.html"))

    assert [file.name for file in files if odd.search(file.read_text())] == []


def test_scripts_write_text_and_no_markup() -> None:
    odd = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|Function\(")
    files = sorted((settings.BASE_DIR / "static").rglob("*.js"))

    assert [file.name for file in files if odd.search(file.read_text())] == []


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


def test_scripts_keep_in_the_browser_what_is_not_sent_yet_and_nothing_else() -> None:
    kept = re.compile(r"localStorage|sessionStorage|indexedDB|caches\.|document\.cookie")
    files = sorted((settings.BASE_DIR / "static").rglob("*.js"))

    assert {
        file.name: {*kept.findall(file.read_text())}
        for file in files
        if kept.search(file.read_text())
    } == {
        "leave.js": {"localStorage"},
        "unsent.js": {"localStorage"},
    }
