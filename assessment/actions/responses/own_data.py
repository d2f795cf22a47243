"""Everything that is stored of a response, as plain values for a file that its holder takes along.

Read from the columns themselves, so that a column added later is in the file too; what is left out
stands in `LEFT_OUT`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import ForeignKey, Model

from assessment.actions.rounds.places import round_link_hash
from assessment.models import ReportFile, Result

if TYPE_CHECKING:
    from collections.abc import Iterable

    from assessment.models import Response, Round

LEFT_OUT = frozenset(
    {
        *("id", "secret_hash", "key", "code_hash", "link_hash", "hidden_link", "nonce"),
        *("content_zlib", "content", "holder", "held_until"),
    }
)
"""Numbers of rows, hashes of what opens something, and what stands in the file in another form: the
content of a result as JSON, a PDF by that it exists, because it is downloaded as itself."""
Record = dict[str, Any]


def own_data(*, response: Response, secret: str = "") -> Record:
    """Of who answers alone her whole assessment; of one among several what is hers alone.

    `secret` is that of her link: by it the place of those invited that is hers is found, and by
    nothing else.
    """
    round = response.round
    revisions = [response.latest_revision()]
    revisions += revisions[0].previous_revisions()
    found = {"responses": [_response(one) for one in revisions]}
    if round.alone:
        return {**_assessment(round), **found}
    places = round.invitations.filter(link_hash=round_link_hash(secret)) if secret else ()
    return {"asked_by": _asked_by(round), "invitation": _rows(places), **found}


def _asked_by(round: Round) -> Record:
    """What a respondent was told of the round; nothing of the others in it."""
    name, _programmes = round.names()
    owner = round.scheme.owner
    return {
        "organisation": owner.name if owner else "",
        "scheme": name,
        "reference": round.reference,
        "smallest_group_shown": round.minimum,
        "promise": round.promise,
    }


def _assessment(round: Round) -> Record:
    return {
        "scheme": _columns(round.scheme),
        "programmes": _rows(round.scheme.programme_set.all()),
        "round": _columns(round) | {"edition": round.edition.name},
        "plan": _rows(round.plan_lines.all()),
    }


def _response(response: Response) -> Record:
    bank = response.round.instrument(response.language)
    answers = [
        _columns(answer) | {"question": bank.question[answer.code].text}
        if answer.code in bank.question
        else _columns(answer)
        for answer in response.answers.all()
    ]
    return _columns(response) | {
        "answers": answers,
        "second_answers": [
            _columns(answer) | {"code": answer.item.code}
            for answer in response.session_answers.select_related("item")
        ],
        "subjects_said_complete": _rows(response.section_states.all()),
        "links_to_read": _rows(response.shared_briefs.all()),
        "code_for_a_second_device": [
            _columns(code) for code in [getattr(response, "device_code", None)] if code
        ],
        "results": [
            _result(result) for result in Result.objects.with_content().filter(response=response)
        ],
    }


def _result(result: Result) -> Record:
    return _columns(result) | {
        "content": result.content,
        "scores": _rows(result.dimension_scores.all()),
        "codes": _rows(result.codes.all()),
        "printed_files": _rows(ReportFile.objects.filter(result=result)),
    }


def _rows(rows: Iterable[Model]) -> list[Record]:
    return [_columns(row) for row in rows]


def _columns(row: Model) -> Record:
    """Without the numbers by which rows name each other: the file says it by its shape."""
    return {
        field.name: field.value_from_object(row)
        for field in row._meta.concrete_fields
        if field.name not in LEFT_OUT and not isinstance(field, ForeignKey)
    }
