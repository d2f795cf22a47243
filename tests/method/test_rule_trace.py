from __future__ import annotations

from assessment.instrument.answers import Answer
from assessment.method.result import Respondent
from assessment.method.rule_trace import trace_rules
from tests.seeds_once import seeds


def test_every_rule_has_a_verdict_or_says_what_is_missing() -> None:
    bank = seeds()

    found = trace_rules(bank, {"region": "LA"}, Respondent({"PC1": Answer("answered", 0)}))

    assert [traced.rule for traced in found] == list(bank.rules)
    assert all(bool(t.missing) is (t.verdict is None) for t in found)
    assert all(bool(t.because) is (t.verdict is not None) for t in found)
