"""Loading, publishing and drafting the bank."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from auditlog.models import LogEntry
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessment.actions.editions.delete_draft import delete_draft
from assessment.actions.editions.load_seeds import draft_of_newer_seeds, load_seeds
from assessment.actions.editions.publish import NotPublishable, faults_of, publish
from assessment.actions.editions.start_draft import start_draft
from assessment.instrument.conditions.grammar import parse
from assessment.instrument.issues import Issue, Where
from assessment.instrument.model import Option
from assessment.instrument.seeds import in_order
from assessment.models import Edition, Finding, Pattern, Question, Rule, RuleVariant
from assessment.models import Option as OptionRow
from assessment.models.editions import NotADraft
from tests.actions.history_sentences import sentences_of
from tests.factories import NOW
from tests.seeds_once import seeds as seeds_of_the_files
from tests.tables import undone

PC1 = Where("questions", "PC1")

if TYPE_CHECKING:
    from assessment.actions.editions.write_bank import WriteSummary
    from assessment.instrument.model import Instrument


@pytest.fixture(scope="session")
def seeds() -> Instrument:
    return replace(seeds_of_the_files(), name="Another bank", language="en-gb")


@pytest.fixture
def draft(seeds: Instrument, edition: Edition) -> Edition:
    """A draft of the seeds beside the published edition."""
    return load_seeds(instrument=seeds, now=NOW).edition


def load(instrument: Instrument) -> WriteSummary:
    written = load_seeds(instrument=instrument, now=NOW).written
    assert written is not None
    return written


def with_question(bank: Instrument, code: str, **fields: Any) -> Instrument:
    questions = tuple(replace(q, **fields) if q.code == code else q for q in bank.questions)
    return replace(bank, questions=questions)


def size(bank: Instrument) -> int:
    parts = (
        bank.regions,
        bank.sources,
        bank.findings,
        bank.dimensions,
        bank.questions,
        bank.cases,
        bank.rules,
        bank.terms,
        bank.roles,
        bank.packages,
        bank.patterns,
    )
    return sum(map(len, parts))


def test_load_seeds_makes_a_draft_of_everything(seeds: Instrument, db: None) -> None:
    report = load_seeds(instrument=seeds, now=NOW)

    assert report.written is not None
    assert len(report.written.created) == size(seeds)
    assert report.edition.is_draft
    assert report.edition.instrument() == seeds


def test_load_seeds_again_leaves_everything(seeds: Instrument, draft: Edition) -> None:
    report = load_seeds(instrument=seeds, now=NOW)

    assert report.edition == draft
    assert report.written is not None
    assert (report.written.created, report.written.changed, report.written.removed) == ((), (), ())
    assert report.written.left == size(seeds)


def test_load_seeds_changes_only_what_differs(seeds: Instrument, draft: Edition) -> None:
    keys = dict(Question.objects.filter(edition=draft).values_list("code", "pk"))

    written = load(with_question(seeds, "PC1", text="A better wording?"))

    assert (written.changed, written.left) == (("PC1",), size(seeds) - 1)
    assert dict(Question.objects.filter(edition=draft).values_list("code", "pk")) == keys
    assert Question.objects.get(edition=draft, code="PC1").text == "A better wording?"


def test_load_seeds_changes_options_citations_and_conditions(
    seeds: Instrument, draft: Edition
) -> None:
    options = (Option("yes", "Yes.", 1), Option("none", "No.", exclusive=True))
    new = with_question(seeds, "DS1", options=options, shown_if=parse("answer.PC1 >= 1"))
    new = in_order(with_question(new, "PC1", findings=("RS-KM1",)))

    written = load(new)

    assert written.changed == ("PC1", "DS1")
    assert draft.instrument() == new


def test_load_seeds_changes_cases_rules_and_the_scale(seeds: Instrument, draft: Edition) -> None:
    case, rule = seeds.cases[0], seeds.rules[-1]
    readings = (replace(case.readings[0], text="Read anew."), *case.readings[2:])
    new = replace(
        seeds,
        scale=replace(seeds.scale, draws=10),
        cases=(replace(case, readings=readings), *seeds.cases[1:]),
        rules=(*seeds.rules[:-1], replace(rule, dimensions=("PC", "RP"), priority=3)),
    )

    written = load(new)

    draft.refresh_from_db()
    assert written.changed == (case.code, rule.code)
    assert draft.instrument() == new


def test_load_seeds_adds_and_removes(seeds: Instrument, draft: Edition) -> None:
    fresh = replace(seeds.questions[-1], code="O9", text="Anything else?")
    new = replace(seeds, questions=(*seeds.questions[:-1], fresh), terms=seeds.terms[1:])

    written = load(new)

    assert written.created == ("O9",)
    assert set(written.removed) == {seeds.questions[-1].code, seeds.terms[0].code}
    assert draft.instrument() == new


def test_load_seeds_removes_a_dimension_with_all_that_hangs_on_it(
    seeds: Instrument, draft: Edition
) -> None:
    def others(codes: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(code for code in codes if code != "SC")

    new = replace(
        seeds,
        dimensions=tuple(d for d in seeds.dimensions if d.code != "SC"),
        questions=tuple(q for q in seeds.questions if q.dimension != "SC"),
        findings=tuple(replace(f, dimensions=others(f.dimensions)) for f in seeds.findings),
        rules=tuple(replace(r, dimensions=others(r.dimensions)) for r in seeds.rules),
        cases=tuple(
            replace(c, readings=tuple(r for r in c.readings if r.dimension != "SC"))
            for c in seeds.cases
        ),
    )

    assert "SC" in load(new).removed
    assert draft.instrument() == new


def test_load_seeds_follows_a_new_order(seeds: Instrument, draft: Edition) -> None:
    first, second, *rest = seeds.questions
    new = replace(seeds, questions=(second, first, *rest))

    written = load(new)

    assert (written.created, written.changed, written.removed) == ((), (), ())
    assert draft.instrument() == new


def test_publication_stands_in_the_history(draft: Edition) -> None:
    published = publish(edition=draft, now=NOW)

    assert sentences_of(published)[-1] == "Published."


def test_load_seeds_leaves_a_published_edition(seeds: Instrument, draft: Edition) -> None:
    published = publish(edition=draft, now=NOW)

    report = load_seeds(instrument=seeds, now=NOW)

    assert (report.edition, report.written) == (published, None)


@pytest.mark.no_cover
def test_load_seeds_starts_a_draft_beside_a_published_edition(
    seeds: Instrument, draft: Edition
) -> None:
    published = publish(edition=draft, now=NOW)

    report = load_seeds(instrument=with_question(seeds, "PC1", text="Anew?"), now=NOW)

    assert report.edition != published
    assert Edition.objects.get(pk=published.pk).content_hash == seeds.content_hash
    assert Question.objects.get(edition=published, code="PC1").text != "Anew?"


def test_publish_numbers_and_hashes(seeds: Instrument, draft: Edition, edition: Edition) -> None:
    published = publish(edition=draft, now=NOW)

    assert (published.state, published.published_at) == ("published", NOW)
    assert published.number == (edition.number or 0) + 1
    assert published.content_hash == seeds.content_hash
    assert Edition.objects.current() == published


def test_publish_of_the_seeds_gives_the_hash_of_the_files(edition: Edition) -> None:
    assert (
        edition.instrument().content_hash
        == edition.content_hash
        == seeds_of_the_files().content_hash
    )


def test_publish_refuses_what_is_published(edition: Edition) -> None:
    before = Edition.objects.values().get(pk=edition.pk)

    with pytest.raises(NotADraft):
        publish(edition=edition, now=NOW)

    assert Edition.objects.values().get(pk=edition.pk) == before


def test_publish_refuses_faults_and_leaves_the_draft(draft: Edition) -> None:
    Question.objects.filter(edition=draft, code="PC1").update(help="")

    with pytest.raises(NotPublishable) as caught:
        publish(edition=draft, now=NOW)

    draft.refresh_from_db()
    assert caught.value.faults == [PC1.issue("help", "empty_field")]
    assert (str(caught.value), draft.is_draft) == ("PC1: empty_field", True)


def test_faults_name_a_condition_that_does_not_parse(draft: Edition) -> None:
    table: list[tuple[type[Any], str, str]] = [
        (Question, "questions", "shown_if"),
        (Rule, "rules", "when"),
        (Rule, "rules", "when_case"),
        (Rule, "rules", "suppressed_when"),
        (Rule, "rules", "unless"),
        (Pattern, "patterns", "when"),
        (Pattern, "patterns", "unless"),
        *((Finding, "findings", field) for field in ("applies", "have", "seen", "partly")),
    ]

    def told(model: type[Any], kind: str, field: str) -> bool:
        part = model.objects.filter(edition=draft).first()
        with undone():
            model.objects.filter(pk=part.pk).update(**{field: "level.PC >"})
            expected = Where(kind, part.code).issue(field, "condition_unreadable")
            return faults_of(draft) == [expected]

    assert [row for row in table if not told(*row)] == []


@pytest.mark.no_cover
def test_faults_of_the_seeds_are_none(draft: Edition) -> None:
    assert faults_of(draft) == []


def test_faults_name_a_rule_or_pattern_without_condition(draft: Edition) -> None:
    Rule.objects.filter(edition=draft, code="R01").update(when="")
    Pattern.objects.filter(edition=draft, code="well_linked").update(when="")

    assert faults_of(draft) == [
        Where("rules", "R01").issue("when", "condition_empty"),
        Where("patterns", "well_linked").issue("when", "condition_empty"),
    ]


def test_faults_name_a_variant_that_does_not_parse(draft: Edition) -> None:
    variant = RuleVariant.objects.filter(rule__edition=draft).select_related("rule")[0]
    RuleVariant.objects.filter(pk=variant.pk).update(when="?")

    field = f"variants/{variant.position + 1}/when"
    expected = Where("rules", variant.rule.code).issue(field, "condition_unreadable")
    assert faults_of(draft) == [expected]


def test_faults_name_a_language_that_is_none(draft: Edition) -> None:
    draft.language = "xx"

    assert faults_of(draft) == [Issue("unknown_language", params={"value": "xx"})]


def test_faults_name_a_threshold_that_is_missing(draft: Edition) -> None:
    del draft.scale["bands"]

    assert faults_of(draft) == [
        Where("scale", "scale").issue("bands", "scale_key_missing", name="bands")
    ]


def test_published_edition_is_compiled_once(edition: Edition) -> None:
    first = edition.instrument()

    with CaptureQueriesContext(connection) as queries:
        second = Edition(pk=edition.pk, state="published", content_hash=edition.content_hash)
        again = second.instrument()

    assert again is first
    assert len(queries) == 0


def test_draft_is_compiled_anew(draft: Edition) -> None:
    before = draft.instrument()
    Question.objects.filter(edition=draft, code="PC1").update(text="A better wording?")

    assert draft.instrument().question["PC1"].text != before.question["PC1"].text


def test_start_draft_copies_everything(edition: Edition) -> None:
    draft = start_draft(edition=edition, now=NOW)

    assert (draft.is_draft, draft.started_from, draft.number) == (True, edition, None)
    assert draft.instrument().content_hash == edition.content_hash


def test_start_draft_keeps_the_order_of_rows(seeds: Instrument, draft: Edition) -> None:
    Question.objects.filter(edition=draft).update(position=7)

    copy = start_draft(edition=draft, now=NOW)

    codes = [list(e.question_set.values_list("code", flat=True)) for e in (draft, copy)]
    assert codes[0] == codes[1]


def queries_of_a_draft(edition: Edition) -> int:
    with CaptureQueriesContext(connection) as queries:
        start_draft(edition=edition, now=NOW)
    return len(queries)


@pytest.mark.no_cover
def test_start_draft_asks_as_little_at_any_size(seeds: Instrument, draft: Edition) -> None:
    small = queries_of_a_draft(draft)
    more = tuple(
        replace(question, code=f"{question.code}X{n}", text=f"{question.text} Again {n}?")
        for question in seeds.questions
        for n in range(17)
    )
    large = replace(seeds, questions=(*seeds.questions, *more))
    loaded = load_seeds(instrument=large, now=NOW).edition

    assert queries_of_a_draft(loaded) == small < 29
    sizes = [e.question_set.count() for e in Edition.objects.order_by("-pk")[:2]]
    assert sizes == [18 * len(seeds.questions)] * 2


def test_options_are_named_by_question_and_value(draft: Edition) -> None:
    option = OptionRow.objects.filter(question__edition=draft)[0]

    assert str(option) == f"{option.question_id}/{option.value}"


def test_load_is_told_once_of_its_edition(draft: Edition, seeds: Instrument) -> None:
    before = LogEntry.objects.latest("pk").pk

    load(with_question(replace(seeds, questions=seeds.questions[1:]), "PC2", text="New?"))

    (entry,) = LogEntry.objects.filter(pk__gt=before)
    assert (entry.object_id, entry.additional_data["words"]) == (
        draft.pk,
        f"Written from a file. Created: –. Changed: PC2. Removed: {seeds.questions[0].code}.",
    )


def test_new_draft_has_its_entries_but_its_rows_have_none(edition: Edition) -> None:
    before = LogEntry.objects.latest("pk").pk

    draft = start_draft(edition=edition, now=NOW)

    assert {entry.object_id for entry in LogEntry.objects.filter(pk__gt=before)} == {draft.pk}
    assert sentences_of(draft) == ["Started from another edition."]


def test_newer_seeds_become_a_draft_once(seeds: Instrument, edition: Edition) -> None:
    made = [draft_of_newer_seeds(instrument=seeds, number=2, now=NOW) for _ in range(2)]

    assert made[0] is not None
    assert (made[0].is_draft, made[0].name, made[1]) == (True, "Another bank", None)
    assert draft_of_newer_seeds(instrument=replace(seeds, name="Older"), number=1, now=NOW) is None
    delete_draft(edition=made[0], reason="Not now", user=User.objects.create(username="ada"))
    assert draft_of_newer_seeds(instrument=seeds, number=2, now=NOW) is None


@pytest.mark.no_cover
def test_edition_takes_the_number_of_the_seeds_or_the_next(draft: Edition) -> None:
    first = publish(edition=draft, now=NOW, least=5)
    second = publish(edition=start_draft(edition=first, now=NOW), now=NOW, least=5)

    assert (first.number, second.number) == (5, 6)
