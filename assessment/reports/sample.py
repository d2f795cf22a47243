"""The result of the worked example of seeds/, on whatever edition is current: no row holds it."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from assessment.instrument.answers import BadAnswer
from assessment.instrument.seeds import SEEDS
from assessment.method.assess import assess
from assessment.method.parse_input import read_assessment
from assessment.reports.logos import site_logos
from assessment.reports.report_data import NamedProgramme, ReportData, hash_of_result

if TYPE_CHECKING:
    from datetime import datetime

    from assessment.instrument.model import Instrument
    from assessment.models import Edition


@lru_cache(maxsize=1)
def example() -> dict[str, Any]:
    """As it is written; a running program's files do not change under it."""
    return tomllib.loads((SEEDS / "example.toml").read_text(encoding="utf-8"))


def sample_of_edition(edition: Edition, *, language: str) -> ReportData | None:
    """With the logos of the day; None where the example does not fit."""
    at = edition.published_at or edition.created_at
    instrument = edition.instrument(language)
    found = sample_report(instrument, language=language, generated_at=at)
    return found and replace(found, logos=site_logos())


def sample_report(
    instrument: Instrument, *, language: str, generated_at: datetime
) -> ReportData | None:
    """None where the example does not fit: the edition has other questions or other options."""
    written = example()
    words = written["words"].get(language.partition("-")[0], {})

    def said(text: str) -> str:
        return str(words.get(text, text))

    answers = {k: v for k, v in written["answers"].items() if k in instrument.question}
    raw = {"profile": written["profile"], "responses": [{"answers": answers}]}
    try:
        parsed = read_assessment(instrument, raw)
    except BadAnswer:
        return None
    if not answers:
        return None
    result = assess(
        instrument=instrument, profile=parsed.profile, responses=parsed.responses, alone=True
    )
    return ReportData(
        result=result,
        instrument=instrument,
        generated_at=generated_at,
        result_hash=hash_of_result(result),
        scheme=said(written["name"]),
        programmes=tuple(
            NamedProgramme(said(one["name"]), said(one["institution"]))
            for one in written["programme"]
        ),
        notes={code: said(note) for code, note in written["notes"].items()},
        language=language,
        demo=True,
        submitted=True,
    )
