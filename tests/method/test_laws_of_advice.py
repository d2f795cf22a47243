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


def first_of(result: Result) -> list[PackageResult]:
    return [package for package in result.packages if package.first]


def what_is_true_is_recommended_or_withheld_and_never_both(result: Result) -> bool:
    true = [code for code, holds in result.rules.items() if holds]
    recommended = [one.rule for one in result.recommendations]
    withheld = [one.rule for one in result.withheld]

    return sorted(true) == sorted(recommended + withheld)


def rule_that_is_withheld_leads_and_contains_nothing(result: Result) -> bool:
    withheld = {one.rule for one in result.withheld}
    placed = {code for found in result.packages for code in (found.lead, *found.steps)}
    holders = {one.contained_in for one in result.recommendations}

    return withheld & (placed | holders) == set()


def contained_rule_is_a_step_in_the_package_of_the_other(result: Result) -> bool:
    found = {one.rule: one for one in result.recommendations}
    contained = [one for one in found.values() if one.contained_in]
    leading = {package.lead for package in result.packages}

    return {one.rule for one in contained} & leading == set() and all(
        one.package == found[one.contained_in].package for one in contained
    )


def first_are_at_most_four_packages_of_a_lead_and_two_steps(result: Result) -> bool:
    first = first_of(result)
    shown = [one.package for one in result.recommendations if one.first and one.package]

    return (
        len(first) <= BANK.scale.first_packages == 4
        and result.packages[: len(first)] == tuple(first)
        and set(shown) == {package.package for package in first}
        and all(shown.count(package.package) <= 3 for package in first)
    )


def first_packages_keep_their_prerequisites(result: Result) -> bool:
    return not any(
        {later.lead, *later.steps} & set(BANK.package[later.package].prerequisite_if)
        and earlier.package in BANK.package[later.package].prerequisite_of
        for later, earlier in combinations(reversed(first_of(result)), 2)
    )


def guaranteed_package_is_among_the_first(result: Result) -> bool:
    low = {c for c in BANK.scale.guaranteed if result.dimensions[c].direction == LOW}
    rules = [BANK.rule[one.rule] for one in result.recommendations if one.package]
    guaranteed = {
        BANK.package_of[rule.code]
        for rule in rules
        if rule.guaranteed or low & set(rule.dimensions[:1])
    }

    return guaranteed <= {found.package for found in first_of(result)}


def at_most_two_patterns_lead_and_one_of_a_group(result: Result) -> bool:
    leading = [BANK.pattern[one.pattern] for one in result.patterns if one.first]
    groups = [pattern.group for pattern in leading if pattern.group]

    return (
        len(leading) <= BANK.scale.leading_patterns == 2
        and len(groups) == len(set(groups))
        and (len(leading) == 1 or not any(pattern.alone for pattern in leading))
        and bool(leading) is bool(result.patterns)
    )


def filler_leads_beside_another_only_where_all_others_are_of_one_group(result: Result) -> bool:
    leading = [BANK.pattern[one.pattern] for one in result.patterns if one.first]
    found = [BANK.pattern[one.pattern] for one in result.patterns]
    others = {pattern.group or pattern.code for pattern in found if not pattern.filler}

    return not any(pattern.filler for pattern in leading) or len(leading) != 2 or len(others) == 1


LAWS = (
    what_is_true_is_recommended_or_withheld_and_never_both,
    rule_that_is_withheld_leads_and_contains_nothing,
    contained_rule_is_a_step_in_the_package_of_the_other,
    first_are_at_most_four_packages_of_a_lead_and_two_steps,
    first_packages_keep_their_prerequisites,
    guaranteed_package_is_among_the_first,
    at_most_two_patterns_lead_and_one_of_a_group,
    filler_leads_beside_another_only_where_all_others_are_of_one_group,
)


@given(st.integers(0, 2**32).map(drawn))
@settings(max_examples=120)
def test_advice_keeps_every_law(given_answers: tuple[Profile, Answers]) -> None:
    result = result_of(*given_answers)

    assert [law.__name__ for law in LAWS if not law(result)] == []


@given(st.sampled_from(PLACES), st.integers(0, 2**32))
@settings(max_examples=20)
def test_with_nothing_answered_only_the_profile_speaks(place: tuple[str, int], seed: int) -> None:
    found = draw_set(BANK, FAMILIES[0], place, Random(seed))
    result = result_of(found.profile, {})
    said = [one.because for one in result.recommendations]
    said += [one.because for one in result.patterns]

    names = {reason.name for because in said for reason in because}
    assert all(name.startswith("profile.") for name in names)
