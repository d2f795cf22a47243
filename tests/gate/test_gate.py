"""Publishing is the gate: a bank is refused in words, or everything works that people do with it.

In the ordinary tests a few banks; `--hypothesis-profile=gate` drives five hundred.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.actions.editions.import_bank import import_bank
from assessment.actions.editions.publish import NotPublishable, publish
from assessment.instrument.validation.validate import blocking_issues
from assessment.interchange.refusal import Refused
from assessment.reports.issue_wording.bank import issue_sentence
from assessment.reports.issue_wording.files import fault_lines
from tests.factories import NOW
from tests.gate.bank_journey import STYLES, Journey
from tests.gate.invented_banks import InventedBank, banks

if TYPE_CHECKING:
    from assessment.instrument.model import Instrument
    from assessment.models import Edition

SHORT = 25
MOST = settings().max_examples
EXAMPLES = MOST if MOST >= 100 else SHORT


@pytest.mark.django_db
@settings(max_examples=EXAMPLES)
@given(banks(), st.sampled_from(STYLES), st.integers(0, 99))
def test_bank_is_refused_in_words_or_the_whole_journey_works(
    made: InventedBank, style: str, at: int
) -> None:
    with transaction.atomic():
        edition = passes_the_gate(made.instrument)
        if edition is not None:
            Journey(edition, style).walk(print_it=EXAMPLES > SHORT and at == 0)
        transaction.set_rollback(True)


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
