"""The seeds as the commands read them: the bank with its translations."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.core.management.base import CommandError

from assessment.instrument.seeds import SEEDS, SeedErrors, read_seeds
from assessment.interchange.refusal import Refused
from assessment.interchange.seed_texts import read_seed_texts
from assessment.reports.issue_wording.files import fault_lines, seed_lines

if TYPE_CHECKING:
    from assessment.instrument.model import Instrument
    from assessment.instrument.translation import TranslationsByLanguage

FIRST_FILE = "edition.toml"


def seeds_with_texts(folder: Path = SEEDS) -> tuple[Instrument, TranslationsByLanguage]:
    """Raises CommandError with every fault by its file and code, a line each.

    Where the folder is another one than was meant, one line says so: not one for each file.
    """
    if not (folder / FIRST_FILE).is_file():
        raise CommandError(f"{folder} is no folder with seeds: it has no {FIRST_FILE}.")
    try:
        instrument = read_seeds(folder)
        return instrument, read_seed_texts(instrument, folder)
    except SeedErrors as errors:
        raise CommandError(seed_lines(errors)) from errors
    except Refused as refused:
        raise CommandError(fault_lines(refused.faults)) from refused
