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

IMPORTS = {
    "css/admin.css": (re.compile(r'@import "([\w.-]+)";'), "{content}"),
    "css/pages.css": (re.compile(r'@import "([\w.-]+)";'), "{content}"),
    "css/result.css": (re.compile(r'@import "([\w.-]+)";'), "{content}"),
    "css/site.css": (re.compile(r'@import "([\w.-]+)";'), "{content}"),
    "js/later.js": (re.compile(r'import "\./([\w.-]+)";'), "{{\n{content}}}"),
    "js/site.js": (re.compile(r'import "\./([\w.-]+)";'), "{{\n{content}}}"),
}
COMMENTS = re.compile(r"^\s*//.*\n|^\s+", re.MULTILINE)
AROUND = re.compile(r"/\*.*?\*/|;\s*(?=\})|\s*([{};,])\s*|(?<=:)\s+", re.DOTALL)


class BundledStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Puts what the files of `IMPORTS` import in the place of the import.

    Each script is wrapped in a block, so that its names stay its own as in a module. Indents,
    comments and the spaces between a style's words go. While developing, browsers follow the
    imports themselves.
    """

    def post_process(
        self, paths: dict[str, Any], dry_run: bool = False, **options: Any
    ) -> Iterator[Any]:
        bundled = InMemoryStorage()
        for name in IMPORTS.keys() & paths.keys():
            bundled.save(name, ContentFile(bundle(name, paths).encode()))
            paths = {**paths, name: (bundled, name)}
        yield from super().post_process(paths, dry_run, **options)


def bundle(name: str, paths: dict[str, Any]) -> str:
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
