"""The gate as a bank meets it: it passes, or is refused in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assessment.actions.editions.import_bank import import_bank
from assessment.actions.editions.publish import NotPublishable, publish
from assessment.instrument.validation.validate import blocking_issues
from assessment.interchange.refusal import Refused
from assessment.reports.issue_wording.bank import issue_sentence
from assessment.reports.issue_wording.files import fault_lines
from tests.factories import NOW

if TYPE_CHECKING:
    from assessment.instrument.model import Instrument
    from assessment.models import Edition


def passes_the_gate(instrument: Instrument) -> Edition | None:
    """The published edition; None where the gate named what is wrong.

    What blocks saving is refused by who reads a file, before anything is stored.
    """
    if faults := blocking_issues(instrument):
        assert_in_words([issue_sentence(fault) for fault in faults])
        return None
    try:
        draft = import_bank(instrument=instrument, into=None, now=NOW)
        return publish(edition=draft, now=NOW)
    except Refused as refused:
        assert_in_words(fault_lines(refused.faults).splitlines())
    except NotPublishable as refused:
        assert_in_words([issue_sentence(fault) for fault in refused.faults])
    return None


def assert_in_words(sentences: list[str]) -> None:
    assert sentences
    for sentence in sentences:
        assert len(sentence.split()) > 3, sentence
