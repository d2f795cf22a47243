"""The translations that come with the seeds: `translations/<language>.toml` beside the bank."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from assessment.instrument.seeds import SEEDS
from assessment.instrument.texts import texts_of
from assessment.interchange.refusal import Refused
from assessment.interchange.translations import FILE, rows_in, translations_from

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assessment.instrument.model import Instrument
    from assessment.instrument.texts import TextKey
    from assessment.instrument.translation import Translation
    from assessment.interchange.refusal import FileFault


def read_seed_texts(
    instrument: Instrument, folder: Path = SEEDS
) -> dict[str, dict[TextKey, Translation]]:
    """Every language in `folder` by its code; a folder within, such as of drafts, is left alone.

    A translation keeps the hash of the text it was made from, so that one whose source changed
    since is to be reviewed. Raises Refused naming what is wrong by file.
    """
    sources = texts_of(instrument)
    faults: list[FileFault] = []
    found = {
        language: translations_from(rows_in(name, file.read_bytes(), faults), sources, faults)
        for language, name, file in _files(folder)
    }
    if faults:
        raise Refused(faults)
    return found


def languages_of_seeds(folder: Path = SEEDS) -> list[str]:
    """Those that `read_seed_texts` finds, told by the names of the files alone."""
    return [language for language, _name, _file in _files(folder)]


def _files(folder: Path) -> Iterator[tuple[str, str, Path]]:
    """The language of each file, its name among those of the seeds, and where it is."""
    for path in sorted((folder / "translations").glob("*.toml"), key=lambda path: path.stem):
        if match := FILE.fullmatch(f"translations/{path.name}"):
            yield match[1], match[0], path
