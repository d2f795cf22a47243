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
from assessment.actions.editions.load_seeds import LoadReport, draft_of_newer_seeds, load_seeds
from assessment.actions.editions.publish import NotPublishable, faults_of, publish
from assessment.actions.editions.start_draft import start_draft
from assessment.actions.editions.write_bank import WriteSummary
from assessment.instrument.conditions.grammar import parse
from assessment.instrument.issues import Issue, Where
from assessment.instrument.model import Option
from assessment.instrument.seeds import in_order
from assessment.models import Edition, Finding, Pattern, Question, Rule, RuleVariant
from assessment.models.editions import NotADraft
from tests.actions.history_sentences import sentences_of
from tests.factories import NOW
from tests.seeds_once import seeds as seeds_of_the_files
from tests.tables import raised, undone

if TYPE_CHECKING:
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


def summary(bank: Instrument, **codes: tuple[str, ...]) -> WriteSummary:
    """Of a bank in which these were created, changed and removed, and nothing else."""
    written = {"created": (), "changed": (), "removed": ()} | codes
    left = size(bank) - len(written["changed"]) - len(written["removed"])
    return WriteSummary(**written, left=left)


def keys(edition: Edition) -> dict[str, int]:
    return dict(Question.objects.filter(edition=edition).values_list("code", "pk"))


def test_load_seeds_makes_a_draft_of_everything_once(seeds: Instrument, db: None) -> None:
    first, again = [load_seeds(instrument=seeds, now=NOW) for _ in range(2)]

    assert first.written is not None
    assert len(first.written.created) == size(seeds)
    assert (first.edition.is_draft, first.edition.instrument()) == (True, seeds)
    assert again == LoadReport(first.edition, WriteSummary((), (), (), size(seeds)))


def other_options_citations_and_conditions(bank: Instrument) -> Instrument:
    options = (Option("yes", "Yes.", 1), Option("none", "No.", exclusive=True))
    new = with_question(bank, "DS1", options=options, shown_if=parse("answer.PC1 >= 1"))
    return in_order(with_question(new, "PC1", findings=("RS-KM1",)))


def other_case_rule_and_scale(bank: Instrument) -> Instrument:
    case, rule = bank.cases[0], bank.rules[-1]
    readings = (replace(case.readings[0], text="Read anew."), *case.readings[2:])
    return replace(
        bank,
        scale=replace(bank.scale, draws=10),
        cases=(replace(case, readings=readings), *bank.cases[1:]),
        rules=(*bank.rules[:-1], replace(rule, dimensions=("PC", "RP"), priority=3)),
    )


def one_question_for_another_and_a_term_less(bank: Instrument) -> Instrument:
    fresh = replace(bank.questions[-1], code="O9", text="Anything else?")
    return replace(bank, questions=(*bank.questions[:-1], fresh), terms=bank.terms[1:])


def another_order(bank: Instrument) -> Instrument:
    first, second, *rest = bank.questions
    return replace(bank, questions=(second, first, *rest))


def test_load_seeds_writes_only_what_differs(seeds: Instrument, draft: Edition) -> None:
    first, last = seeds.terms[0].code, seeds.questions[-1].code
    case, rule = seeds.cases[0].code, seeds.rules[-1].code
    reworded = with_question(seeds, "PC1", text="A better wording?")
    table: list[tuple[Instrument, WriteSummary]] = [
        (reworded, summary(seeds, changed=("PC1",))),
        (other_options_citations_and_conditions(seeds), summary(seeds, changed=("PC1", "DS1"))),
        (other_case_rule_and_scale(seeds), summary(seeds, changed=(case, rule))),
        (
            one_question_for_another_and_a_term_less(seeds),
            summary(seeds, created=("O9",), removed=(last, first)),
        ),
        (another_order(seeds), summary(seeds)),
    ]

    def outcome(new: Instrument) -> tuple[WriteSummary, bool]:
        """What was written, and whether the draft now says the same in the rows of before."""
        with undone():
            before = keys(draft)
            written = load(new)
            stored, after = Edition.objects.get(pk=draft.pk).instrument(), keys(draft)
            kept = all(after[code] == before[code] for code in before.keys() & after.keys())
            return written, kept and stored == new

    assert [outcome(new) for new, _written in table] == [(written, True) for _, written in table]


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


def test_load_is_told_once_of_its_edition(draft: Edition, seeds: Instrument) -> None:
    before = LogEntry.objects.latest("pk").pk

    load(with_question(replace(seeds, questions=seeds.questions[1:]), "PC2", text="New?"))

    (entry,) = LogEntry.objects.filter(pk__gt=before)
    assert (entry.object_id, entry.additional_data["words"]) == (
        draft.pk,
        f"Written from a file. Created: –. Changed: PC2. Removed: {seeds.questions[0].code}.",
    )


def test_load_seeds_leaves_a_published_edition(seeds: Instrument, draft: Edition) -> None:
    published = publish(edition=draft, now=NOW)

    same = load_seeds(instrument=seeds, now=NOW)
    other = load_seeds(instrument=with_question(seeds, "PC1", text="Anew?"), now=NOW)

    assert (same, other.edition.is_draft) == (LoadReport(published, None), True)
    published.refresh_from_db()
    assert published.content_hash == seeds.content_hash
    asked = Question.objects.filter(code="PC1", edition__in=[published, other.edition])
    assert dict(asked.values_list("edition", "text")) == {
        published.pk: seeds.question["PC1"].text,
        other.edition.pk: "Anew?",
    }


def test_newer_seeds_become_a_draft_once(seeds: Instrument, edition: Edition) -> None:
    made = [draft_of_newer_seeds(instrument=seeds, number=2, now=NOW) for _ in range(2)]

    assert made[0] is not None
    assert (made[0].is_draft, made[0].name, made[1]) == (True, "Another bank", None)
    assert draft_of_newer_seeds(instrument=replace(seeds, name="Older"), number=1, now=NOW) is None
    delete_draft(edition=made[0], reason="Not now", user=User.objects.create(username="ada"))
    assert draft_of_newer_seeds(instrument=seeds, number=2, now=NOW) is None


def test_publish_numbers_and_hashes(seeds: Instrument, draft: Edition, edition: Edition) -> None:
    published = publish(edition=draft, now=NOW)

    assert (published.state, published.published_at) == ("published", NOW)
    assert published.number == (edition.number or 0) + 1
    assert Edition.objects.current() == published
    assert sentences_of(published)[-1] == "Published."
    hashes = [(one.content_hash, one.instrument().content_hash) for one in (published, edition)]
    assert hashes == [(seeds.content_hash,) * 2, (seeds_of_the_files().content_hash,) * 2]
    later = [
        publish(edition=start_draft(edition=published, now=NOW), now=NOW, least=9).number
        for _ in range(2)
    ]
    assert later == [9, 10]


def test_publish_refuses_what_is_published_or_at_fault(edition: Edition, draft: Edition) -> None:
    Question.objects.filter(edition=draft, code="PC1").update(help="")
    before = list(Edition.objects.order_by("pk").values())

    raised(NotADraft, publish, edition=edition, now=NOW)
    refused = raised(NotPublishable, publish, edition=draft, now=NOW)

    assert refused.faults == [Where("questions", "PC1").issue("help", "empty_field")]
    assert str(refused) == "PC1: empty_field"
    assert list(Edition.objects.order_by("pk").values()) == before


def unreadable(draft: Edition) -> dict[Issue, Any]:
    """Rows of a draft by the one fault that is found where a condition of them is no condition."""
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
    variant = RuleVariant.objects.filter(rule__edition=draft).select_related("rule")[0]
    field = f"variants/{variant.position + 1}/when"
    of_variant = Where("rules", variant.rule.code).issue(field, "condition_unreadable")
    found = {of_variant: (RuleVariant, variant.pk, "when")}
    for model, kind, column in table:
        part = model.objects.filter(edition=draft).first()
        fault = Where(kind, part.code).issue(column, "condition_unreadable")
        found[fault] = (model, part.pk, column)
    return found


def test_faults_name_conditions_that_do_not_parse_and_what_cannot_be_left_out(
    draft: Edition,
) -> None:
    table, none = unreadable(draft), faults_of(draft)

    def told(model: Any, key: int, column: str) -> list[Issue]:
        with undone():
            model.objects.filter(pk=key).update(**{column: "level.PC >"})
            return faults_of(draft)

    assert len(table) == 12
    assert {fault: told(*row) for fault, row in table.items()} == {
        fault: [fault] for fault in table
    }

    Rule.objects.filter(edition=draft, code="R01").update(when="")
    Pattern.objects.filter(edition=draft, code="well_linked").update(when="")
    draft.language = "xx"
    del draft.scale["bands"]
    assert (none, faults_of(draft)) == (
        [],
        [
            Issue("unknown_language", params={"value": "xx"}),
            Where("scale", "scale").issue("bands", "scale_key_missing", name="bands"),
            Where("rules", "R01").issue("when", "condition_empty"),
            Where("patterns", "well_linked").issue("when", "condition_empty"),
        ],
    )


def test_published_edition_is_compiled_once_and_a_draft_anew(
    edition: Edition, draft: Edition
) -> None:
    first, before = edition.instrument(), draft.instrument()
    Question.objects.filter(edition=draft, code="PC1").update(text="A better wording?")

    with CaptureQueriesContext(connection) as queries:
        second = Edition(pk=edition.pk, state="published", content_hash=edition.content_hash)
        again = second.instrument()

    assert again is first
    assert len(queries) == 0
    assert draft.instrument().question["PC1"].text != before.question["PC1"].text


def test_start_draft_copies_everything_and_tells_it_once(draft: Edition) -> None:
    Question.objects.filter(edition=draft).update(position=7)
    before = LogEntry.objects.latest("pk").pk

    copy = start_draft(edition=draft, now=NOW)

    assert (copy.is_draft, copy.started_from, copy.number) == (True, draft, None)
    codes = [list(e.question_set.values_list("code", flat=True)) for e in (draft, copy)]
    assert codes[0] == codes[1]
    assert draft.instrument().content_hash == copy.instrument().content_hash
    assert {entry.object_id for entry in LogEntry.objects.filter(pk__gt=before)} == {copy.pk}
    assert sentences_of(copy) == ["Started from another edition."]


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
