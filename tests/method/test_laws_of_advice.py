"""Laws of patterns and packages, over the real bank and any answers of one person."""

from __future__ import annotations

from itertools import combinations
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.method.dimensions import LOW
from assessment.method.result import PackageResult, Respondent, Result
from tests.method.judging import assess_raw
from tests.seeds_once import seeds
from tools.simulate.answer_sets import FAMILIES, PLACES, Answers, Profile, draw_set

BANK = seeds()


def drawn(seed: int) -> tuple[Profile, Answers]:
    random = Random(seed)
    found = draw_set(BANK, random.choice(FAMILIES), random.choice(PLACES), random)
    kept = random.choice((0.1, 0.5, 1))
    return found.profile, {c: a for c, a in found.answers.items() if random.random() < kept}


def result_of(profile: Profile, answers: Answers) -> Result:
    alone = [Respondent(answers)]
    return assess_raw(instrument=BANK, profile=profile, responses=alone, draws=0)


RESULTS = st.integers(0, 2**32).map(drawn).map(lambda found: result_of(*found))


def first_of(result: Result) -> list[PackageResult]:
    return [package for package in result.packages if package.first]


@given(RESULTS)
def test_what_is_true_is_recommended_or_withheld_and_never_both(result: Result) -> None:
    true = [code for code, holds in result.rules.items() if holds]
    recommended = [one.rule for one in result.recommendations]
    withheld = [one.rule for one in result.withheld]

    assert sorted(true) == sorted(recommended + withheld)


@given(RESULTS)
def test_rule_that_is_withheld_leads_and_contains_nothing(result: Result) -> None:
    withheld = {one.rule for one in result.withheld}
    placed = {code for found in result.packages for code in (found.lead, *found.steps)}
    holders = {one.contained_in for one in result.recommendations}

    assert withheld & (placed | holders) == set()


@given(RESULTS)
def test_contained_rule_is_a_step_in_the_package_of_the_other(result: Result) -> None:
    found = {one.rule: one for one in result.recommendations}
    contained = [one for one in found.values() if one.contained_in]

    assert all(one.package == found[one.contained_in].package for one in contained)
    assert {one.rule for one in contained} & {p.lead for p in result.packages} == set()


@given(RESULTS)
def test_first_are_at_most_four_packages_of_a_lead_and_two_steps(result: Result) -> None:
    first = first_of(result)
    shown = [one.package for one in result.recommendations if one.first and one.package]

    assert len(first) <= BANK.scale.first_packages == 4
    assert result.packages[: len(first)] == tuple(first)
    assert set(shown) == {package.package for package in first}
    assert all(shown.count(package.package) <= 3 for package in first)


@given(RESULTS)
def test_first_packages_keep_their_prerequisites(result: Result) -> None:
    for later, earlier in combinations(reversed(first_of(result)), 2):
        rules = {later.lead, *later.steps}
        needed = BANK.package[later.package]
        waits = rules & set(needed.prerequisite_if) and earlier.package in needed.prerequisite_of

        assert not waits, (later.package, earlier.package)


@given(RESULTS)
def test_guaranteed_package_is_among_the_first(result: Result) -> None:
    low = {c for c in BANK.scale.guaranteed if result.dimensions[c].direction == LOW}
    rules = [BANK.rule[one.rule] for one in result.recommendations if one.package]
    guaranteed = {
        BANK.package_of[rule.code]
        for rule in rules
        if rule.guaranteed or low & set(rule.dimensions[:1])
    }

    assert guaranteed - {found.package for found in first_of(result)} == set()


@given(RESULTS)
def test_at_most_two_patterns_lead_and_one_of_a_group(result: Result) -> None:
    leading = [BANK.pattern[one.pattern] for one in result.patterns if one.first]
    groups = [pattern.group for pattern in leading if pattern.group]
    others = [one for one in result.patterns if not BANK.pattern[one.pattern].filler]

    assert len(leading) <= BANK.scale.leading_patterns == 2
    assert len(groups) == len(set(groups))
    assert len(leading) == 1 or not any(pattern.alone for pattern in leading)
    assert bool(leading) is bool(result.patterns)
    if any(pattern.filler for pattern in leading) and len(leading) == 2:
        assert len({BANK.pattern[one.pattern].group or one.pattern for one in others}) == 1


@given(st.sampled_from(PLACES), st.integers(0, 2**32))
@settings(max_examples=20)
def test_with_nothing_answered_only_the_profile_speaks(place: tuple[str, int], seed: int) -> None:
    found = draw_set(BANK, FAMILIES[0], place, Random(seed))
    result = result_of(found.profile, {})
    said = [one.because for one in result.recommendations]
    said += [one.because for one in result.patterns]

    names = {reason.name for because in said for reason in because}
    assert all(name.startswith("profile.") for name in names)


@given(st.integers(0, 2**32).map(drawn))
@settings(max_examples=20)
def test_same_answers_give_the_same_order(given_answers: tuple[Profile, Answers]) -> None:
    profile, answers = given_answers
    turned = dict(reversed(answers.items()))

    assert result_of(profile, answers) == result_of(profile, turned)
