"""The two programs of Debian that know languages: Hunspell for words, Apertium for sentences."""

from __future__ import annotations

import shutil
import subprocess
from functools import cache

PACKAGES = (
    "apertium apertium-eng-spa apertium-fr-es apertium-es-pt "
    "hunspell hunspell-en-us hunspell-es hunspell-fr hunspell-pt-br"
)


def missing() -> str:
    """What to say where they are not there; empty where they are."""
    absent = [name for name in ("apertium", "hunspell") if not shutil.which(name)]
    return f"{', '.join(absent)} not found: apt-get install {PACKAGES}" if absent else ""


@cache
def unknown_words(words: frozenset[str], dictionary: str) -> frozenset[str]:
    """Those of the words that the dictionary does not know."""
    done = subprocess.run(
        ["hunspell", "-d", dictionary, "-i", "utf-8", "-l"],
        input="\n".join(sorted(words)),
        text=True,
        capture_output=True,
        check=True,
    )
    return frozenset(done.stdout.split())


@cache
def through(lines: tuple[str, ...], modes: tuple[str, ...]) -> tuple[str, ...]:
    """Each line as Apertium says it after each mode in turn."""
    text = "\n".join(lines)
    for mode in modes:
        text = subprocess.run(
            ["apertium", mode], input=text, text=True, capture_output=True, check=True
        ).stdout
    said = tuple(text.split("\n")[: len(lines)])
    if len(said) != len(lines):
        raise RuntimeError(f"{len(lines)} lines went in, {len(said)} came out")
    return said
