"""What a respondent does, in one line each."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from assessment.actions.responses.save_answers import read_submitted, save_answers
from assessment.actions.responses.start import start_response
from assessment.actions.responses.submit import submit_response
from assessment.actions.rounds.schemes import NamedProgramme
from tests.factories import NOW
from tests.seeds_once import seeds

if TYPE_CHECKING:
    from assessment.actions.responses.save_answers import SaveOutcome, SubmittedAnswer
    from assessment.models import Edition, Response, Result

PROFILE: dict[str, int | str] = {
    "country": "PE",
    "region": "LA",
    "stage": "running",
    "programmes": 2,
    "arrangement": "complementary_different",
    "intention": "partly",
    "stronger": "agriculture",
}
PROGRAMMES = (
    NamedProgramme("Juntos", "Ministry of Development", "social_protection"),
    NamedProgramme("Haku Winay"),
)


def begin(edition: Edition, key: str = "key-of-rosa") -> Response:
    return start_response(
        edition=edition,
        profile=PROFILE,
        programmes=PROGRAMMES,
        name="Joint scheme",
        language="en",
        key=key,
        notice="1",
        now=NOW,
    ).response


def sent(code: str, raw: Any, *, revision: int = 0, note: str = "") -> SubmittedAnswer:
    (read,) = read_submitted(instrument=seeds(), answers={code: raw}, notes={code: note})
    return replace(read, revision=revision)


def save(response: Response, *answers: SubmittedAnswer) -> SaveOutcome:
    return save_answers(response=response, answers=answers, now=NOW)


def submitted(response: Response) -> Result:
    """The result of the response after two answers."""
    save(response, sent("PC1", 3), sent("DS1", ["roles"], note="As agreed."))
    result = submit_response(response=response, now=NOW).result
    assert result is not None
    return result


def stored(response: Response) -> list[tuple[str, str, Any, str, int]]:
    return list(response.answers.values_list("code", "status", "value", "note", "revision"))
