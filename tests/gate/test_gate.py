"""Publishing is the gate: a bank is refused in words, or all that people do with it works."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import transaction
from hypothesis import event

from tests.gate.bank_journey import Journey
from tests.gate.drawn import EXAMPLES, NUMBERS, SHORT, draws_banks
from tests.gate.passing import passes_the_gate

if TYPE_CHECKING:
    from tests.gate.changes.change import Change
    from tests.gate.invented_banks import InventedBank


@pytest.mark.django_db
@pytest.mark.parametrize("change", NUMBERS, ids=lambda change: change.__name__)
def test_bank_is_refused_in_words_or_the_whole_journey_works(change: Change) -> None:
    draws_banks(change, is_refused_in_words_or_works)()


def is_refused_in_words_or_works(made: InventedBank, style: str, printed: bool) -> None:
    with transaction.atomic():
        edition = passes_the_gate(made.instrument)
        event("published" if edition else "refused")
        if edition is not None:
            Journey(edition, style).walk(print_it=printed and EXAMPLES > SHORT)
        transaction.set_rollback(True)
