"""Everything that anybody but a respondent may see of a round of several, by where it comes out."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

from assessment.actions.responses.export import ExportOptions, export_responses
from assessment.interchange.assessment_json import assess_file
from assessment.models import DimensionScore, ResultCode, Round
from assessment.reports.page import report_html
from assessment.reports.pdf.files import print_html
from assessment.reports.report_data import report_of_file, report_of_round
from assessment.reports.result_output import json_of, result_text
from tests.factories import NOW

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from django.test import Client

    from tests.actions.rounds.round_steps import Person

LINE_MAY_END = "\u200b"
"""In print it stands inside long words, hashes among them."""
ADMIN_PAGES = (
    "/admin/assessment/response/",
    "/admin/assessment/result/",
    "/admin/assessment/edition/",
)
CHANGING = re.compile(
    r"[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}|\b[0-9A-F]{4}-[0-9A-F]{4}\b"
    r"|\b[0-9a-f]{12,64}\b|/result/\d+/|name=\"csrfmiddlewaretoken\" value=\"\w+\""
)
"""Names and hashes, which differ from round to round, whatever is in it."""


def outlets(
    round: Round, people: Sequence[Person], client: Client, folder: Path
) -> Mapping[str, Any]:
    """Of a closed round; `client` is signed in as who may see everything of the admin."""
    round = Round.objects.get(pk=round.pk)
    report = report_of_round(round)
    shown: dict[str, Callable[[], Any]] = {
        "results": lambda: [
            {"kind": r.kind, **without_seed(r.content)} for r in round.results.order_by("pk")
        ],
        "dimension scores": lambda: list(
            DimensionScore.objects.filter(result__round=round)
            .order_by("pk")
            .values_list(
                *("dimension", "sector", "tier", "n", "hidden", "score", "low", "high", "level"),
                *("sufficient", "standing", "direction", "answered", "asked"),
            )
        ),
        "result codes": lambda: list(
            ResultCode.objects.filter(result__round=round).order_by("pk").values_list("code")
        ),
        "page": lambda: plain(report_html(report)),
        "paper": lambda: plain(print_html(report)),
        "text": lambda: result_text(report),
        "score": lambda: score_of_file(round, people, folder),
        "export": lambda: exported(round),
        "admin": lambda: [plain(client.get(page).content.decode()) for page in ADMIN_PAGES],
    }
    return {name: make() for name, make in shown.items()}


def without_seed(content: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in content.items() if key != "seed"}


def plain(html: str) -> str:
    return CHANGING.sub("…", html.replace(LINE_MAY_END, ""))


def score_of_file(round: Round, people: Sequence[Person], folder: Path) -> Any:
    """What `score` prints of the same answers with the same minimum."""
    file = folder / "round.json"
    responses = [
        {"tier": one.tier, "sector": one.sector, "answers": dict(one.answers)} for one in people
    ]
    content = {"profile": round.facts(), "responses": responses, "minimum": round.minimum}
    file.write_text(json.dumps(content), encoding="utf-8")
    instrument = round.edition.instrument()
    return json_of(report_of_file(assess_file(file, instrument), instrument, NOW))


def exported(round: Round) -> list[list[str]]:
    """The rows of the widest export of its edition."""
    file = io.BytesIO()
    wanted = ExportOptions(round.edition, "codes", "long", with_open=True, with_demo=True)
    export_responses(options=wanted, out=file)
    with ZipFile(file) as archive:
        text = archive.read("responses.csv").decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))[1:]
