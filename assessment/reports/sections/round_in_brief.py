"""What the head of a round's brief says of it: who has signed, and what changed since the last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment.reports import formats
from assessment.reports.seat_wording import SECTORS
from assessment.reports.sections.changes import change_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from assessment.reports.report_data import ReportData
    from assessment.reports.sections.changes import ChangeLine

SIGNED = {
    "approved": gettext_lazy("{side} approves this result."),
    "refused": gettext_lazy("{side} refuses this result: {reason}"),
}
MOST_LETTERS = 120
"""Of the reason of who refuses; the whole of it stands in the report."""


def round_sentences(report: ReportData) -> Iterator[str]:
    """Sentences, each short; none of who answers alone."""
    for one in report.process.get("sign_offs", ()):
        side, reason = SECTORS[one["sector"]], _cut(one["reason"])
        yield str(SIGNED[one["decision"]]).format(side=side, reason=reason)
    before = report.before
    if before is not None and not report.too_few:
        day = formats.date_words(before.generated_at)
        changes = _changed(change_lines(report, before))
        yield _("Since {day}: {changes}").format(day=day, changes=changes)


def _cut(text: str) -> str:
    return text if len(text) <= MOST_LETTERS else f"{text[:MOST_LETTERS].rstrip()}…"


def _changed(lines: Sequence[ChangeLine]) -> str:
    higher = ", ".join(line.short for line in lines if line.way > 0)
    lower = ", ".join(line.short for line in lines if line.way < 0)
    said = []
    if higher:
        said.append(_("higher in {subjects}").format(subjects=higher))
    if lower:
        said.append(_("lower in {subjects}").format(subjects=lower))
    if not said:
        return _("no change that goes beyond what is not known.")
    return f"{formats.semicolon().join(said)}."
