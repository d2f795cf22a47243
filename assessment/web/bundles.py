"""Static files for weak connections: one style sheet and one script instead of many small files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage
from whitenoise.storage import (  # type: ignore[import-untyped]
    CompressedManifestStaticFilesStorage,
)

from assessment.reports.chart_tag import TOKENS as PICTURE_TOKENS

IMPORTS = {
    "css/admin.css": (re.compile(r'@import "([\w.-]+)";'), "{content}"),
    "css/pages.css": (re.compile(r'@import "([\w.-]+)";'), "{content}"),
    "css/plan.css": (re.compile(r'@import "([\w.-]+)";'), "{content}"),
    "css/result.css": (re.compile(r'@import "([\w.-]+)";'), "{content}"),
    "css/site.css": (re.compile(r'@import "([\w.-]+)";'), "{content}"),
    "js/later.js": (re.compile(r'import "\./([\w.-]+)";'), "{{\n{content}}}"),
    "js/site.js": (re.compile(r'import "\./([\w.-]+)";'), "{{\n{content}}}"),
}
COMMENTS = re.compile(r"^\s*//.*\n|^\s+", re.MULTILINE)
AROUND = re.compile(r"/\*.*?\*/|;\s*(?=\})|\s*([{};,])\s*|(?<=:)\s+", re.DOTALL)
TOKENS, PRINT = "css/tokens.css", "css/print.css"
DEFINED = re.compile(r"--([\w-]+):([^;}]+);?")
TOKEN_NAME = re.compile(r"var\(--([\w-]+)\)")
OF_PICTURES = frozenset(token.removeprefix("--") for token in PICTURE_TOKENS.values())


class BundledStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Puts what the files of `IMPORTS` import in the place of the import.

    Each script is wrapped in a block, so that its names stay its own as in a module. Indents,
    comments and the spaces between a style's words go, and where a style names a token its value
    stands: a twelfth of the bytes. The tokens that pictures in the page name stay defined. While
    developing, browsers follow the imports themselves.
    """

    def post_process(
        self, paths: dict[str, Any], dry_run: bool = False, **options: Any
    ) -> Iterator[Any]:
        bundled = InMemoryStorage()
        values = fixed_tokens(paths)
        styles = {name for name in paths if name.startswith("css/") and name != TOKENS}
        for name in IMPORTS.keys() & paths.keys() | styles:
            bundled.save(name, ContentFile(with_values(bundle(name, paths), values).encode()))
        paths = {name: (bundled, name) if bundled.exists(name) else paths[name] for name in paths}
        yield from super().post_process(paths, dry_run, **options)


def bundle(name: str, paths: dict[str, Any]) -> str:
    if name not in IMPORTS:
        return source(name, paths)
    pattern, wrapped = IMPORTS[name]
    folder = PurePosixPath(name).parent

    def imported(match: re.Match[str]) -> str:
        return wrapped.format(content=source(str(folder / match[1]), paths))

    return pattern.sub(imported, source(name, paths))


def source(name: str, paths: dict[str, Any]) -> str:
    storage, path = paths[name]
    with storage.open(path) as file:
        text = COMMENTS.sub("", file.read().decode())
    return AROUND.sub(r"\1", text) if name.endswith(".css") else text


def fixed_tokens(paths: dict[str, Any]) -> dict[str, str]:
    """Those that mean the same on screen and on paper."""
    changing = {match[1] for match in DEFINED.finditer(source(PRINT, paths))}
    found = DEFINED.findall(source(TOKENS, paths))
    return {name: value for name, value in found if name not in changing}


def with_values(text: str, values: dict[str, str]) -> str:
    unused = values.keys() - OF_PICTURES
    text = DEFINED.sub(lambda match: "" if match[1] in unused else match[0], text)
    return TOKEN_NAME.sub(lambda match: values.get(match[1], match[0]), text)
