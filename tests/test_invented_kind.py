"""A kind that is no more than a class, on its whole way: each test is one place that meets it.

Whatever is decided about a kind outside its class shows here, as a place that breaks.
"""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client, TestCase
from django.urls import reverse
from pyxform.xls2xform import convert

from assessment import models
from assessment.actions.editions.import_bank import import_bank
from assessment.actions.editions.publish import NotPublishable, publish
from assessment.actions.editions.start_draft import start_draft
from assessment.actions.responses.submit import submit_response
from assessment.instrument.answers import BadAnswer
from assessment.instrument.issues import Where
from assessment.instrument.model import COORDINATING_SECTORS, Option
from assessment.interchange.toml_files import from_zip, to_zip
from assessment.interchange.workbook.reader import from_xlsx
from assessment.interchange.workbook.writer import to_xlsx
from assessment.method.parse_input import read_assessment
from assessment.reports.page import report_html
from assessment.reports.pdf.files import print_html
from assessment.reports.report_data import report_of_response
from assessment.reports.xlsform import xlsform_of
from tests.admin.form_data import admin_form_data, errors
from tests.admin.test_response_export import export, tables
from tests.factories import NOW, ResponseFactory, answered
from tests.instrument.build import person
from tests.invented_kind import ASKED, TWO_OPTIONS, bank, everybody, registered
from tests.method.judging import assess_raw
from tests.reports.conftest import report_of_result
from tests.reports.test_xlsform import rows_of
from tests.web.conftest import granted
from tools.html_page import form_data

LEVELS = {"PC1": 3, "PC2": 2, "PC3": 1, "PC4": 2, "PC5": 2}
YES, NO = (option.text for option in ASKED.options)
BECAUSE = f"To “{ASKED.text}” the answer is: {NO}"


@pytest.mark.django_db
class TestInventedKind(TestCase):
    edition: models.Edition
    draft: models.Edition

    @classmethod
    def setUpClass(cls) -> None:
        cls.enterClassContext(registered())
        super().setUpClass()

    @classmethod
    def setUpTestData(cls) -> None:
        first = import_bank(instrument=bank(), into=None, now=NOW)
        cls.edition = publish(edition=first, now=NOW)
        cls.draft = start_draft(edition=cls.edition, now=NOW)

    def setUp(self) -> None:
        self.asked = models.Question.objects.get(edition=self.draft, code="PC8")
        self.maria = Client()
        self.maria.force_login(User.objects.create_superuser("maria"))

    def admin(self, name: str, *keys: object, **query: str) -> Any:
        address = reverse(f"admin:assessment_{name}", args=keys, query=query or None)
        return self.maria.get(address)

    def submitted(self, **answers: Any) -> models.Response:
        response = answered(ResponseFactory(edition=self.edition), **LEVELS, **answers)
        submit_response(response=response, now=NOW)
        response.refresh_from_db()
        return response

    def test_bank_is_stored_and_published_unless_the_kind_finds_a_fault(self) -> None:
        stored, sound = self.draft.instrument(), self.admin("edition_checks", self.draft.pk)
        models.Option.objects.create(question=self.asked, value="maybe", text="It may be.")

        faults = self.admin("edition_checks", self.draft.pk).context["faults"]
        with pytest.raises(NotPublishable) as refused:
            publish(edition=self.draft, now=NOW)

        assert (stored, sound.context["faults"]) == (bank(), [])
        assert [(line.code, line.message) for line in faults] == [("PC8", TWO_OPTIONS)]
        assert [issue.where for issue in refused.value.faults] == [
            Where("questions", "PC8", "kind")
        ]

    def test_page_of_questions_saves_it_and_hides_what_depends_on_it(self) -> None:
        response = answered(ResponseFactory(edition=self.edition), PC1=3)
        client, page = granted(self.client, response), reverse("page", args=[response.uuid, "pc"])
        address = reverse("answer", args=[response.uuid, "PC8"])

        client.post(page, form_data(client.get(page)) | {"PC8": "yes"})
        seen = form_data(client.get(page))
        wrong = client.post(page, seen | {"PC8": "maybe"})
        sent = {"PC8": "no", "PC8-revision": seen["PC8-revision"]}
        saved = client.post(address, sent).json()
        stale = client.post(address, sent | {"PC8": "dont_know"})

        assert (seen["PC8"], wrong.status_code) == ("yes", 422)
        assert saved["status"] == "saved"
        assert saved["shown"] == {"PC5": True, "PC8": True, "PC9": False}
        assert (stale.status_code, stale.json()["value"], stale.json()["text"]) == (409, ["no"], NO)
        assert response.answers.get(code="PC8").value == "no"

    def test_answer_is_scored_decides_and_is_said_with_the_rule_that_fired(self) -> None:
        response = self.submitted(PC8="no", PC9=4)
        page = granted(self.client, response).get(reverse("actions", args=[response.uuid]))
        report = report_of_response(response)
        result = report.result

        assert result.dimensions["PC"].score == (75 + 50 + 25 + 50 + 50 + 2 * 0) / 7
        assert result.dimensions["PC"].limited_by == ("PC8",)
        assert (result.rules["R98"], result.items["PC9"].status) == (True, "hidden")
        assert "PC8" not in [step.question for step in result.next_steps]
        for html in (page.content.decode(), print_html(report)):
            words = " ".join(html.split())
            assert (BECAUSE in words, YES in words) == (True, False)
        assert dict(report.texts) == {}

    def test_answer_that_nobody_knows_is_drawn_and_a_hidden_one_has_its_points(self) -> None:
        result = report_of_response(self.submitted(PC8="dont_know", PC9=4)).result
        unasked = person(bank(), LEVELS | {"PC1": 0})
        item = assess_raw(instrument=bank(), profile={}, responses=[unasked]).items["PC8"]

        drawn = result.robustness["PC"]
        assert (result.rules["R98"], result.items["PC9"].status) == (None, "answered")
        assert drawn.p95 - drawn.p05 > 20
        assert (item.status, item.counted, item.score) == ("hidden", True, 0)

    def test_round_brings_answers_together(self) -> None:
        result = assess_raw(instrument=bank(), profile={}, responses=everybody())
        html = report_html(report_of_result(bank(), result))

        gap = next(gap for gap in result.gaps if gap.on == "PC8")
        spread = {found.group: found.ad for found in result.agreement if found.question == "PC8"}
        assert (result.items["PC8"].score, result.rules["R98"]) == (75, False)
        assert (gap.between, gap.levels) == (COORDINATING_SECTORS, 2)
        assert spread["agriculture/national"] == 2
        assert "PC8" in {link.question for link in result.chain}
        assert "on average 75 of 100" in html

    def test_agreed_answer_takes_the_place_of_the_mean(self) -> None:
        told: dict[str, Any] = {"profile": {}, "responses": everybody(), "agreed": {"PC8": "no"}}
        result = assess_raw(instrument=bank(), **told)
        html = " ".join(report_html(report_of_result(bank(), result)).split())

        assert (result.items["PC8"].value, result.items["PC9"].status) == ("no", "hidden")
        assert f"To “{ASKED.text}” the agreed answer is: {NO}" in html

    def test_conditions_are_offered_checked_put_in_words_and_tried(self) -> None:
        groups = self.admin("question_codes", self.draft.pk).context["groups"]
        codes = [c.text for group in groups for c in group.codes if "answer.PC8" in c.text]
        written = (*codes[1:], 'answer.PC8 == "maybe"', "answer.PC8 >= 1")
        told = [self.admin("question_condition", self.draft.pk, text=t).json() for t in written]
        bench = reverse("admin:assessment_rule_bench", args=[self.draft.pk])
        page = self.maria.post(bench, {"PC1": "3", "PC8": "no"})

        asked = f"This is true where the answer to PC8 “{ASKED.text}” is"
        (tried,) = [rule.when for rule in page.context["rules"] if rule.code == "R98"]
        assert codes == ["answer.PC8", 'answer.PC8 == "yes"', 'answer.PC8 == "no"']
        assert [found["words"] for found in told[:2]] == [f"{asked} “{w}”." for w in (YES, NO)]
        assert [len(found["faults"]) for found in told] == [0, 0, 1, 1]
        assert (str(tried.verdict), tried.why) == ("true", (BECAUSE,))
        assert page.context["unusable"] == ()

    def test_form_of_other_programs_asks_it(self) -> None:
        form = xlsform_of(self.edition)
        made = convert(form, warnings=[], file_type=".xlsx", form_name="articula")

        rows = {row["name"]: row for row in rows_of(form, "survey") if "name" in row}
        offered = [row["name"] for row in rows_of(form, "choices") if row["list_name"] == "PC8"]
        assert rows["PC8"]["type"] == "select_one PC8"
        assert offered == ["yes", "no", "dont_know", "not_applicable"]
        assert "${PC8} = 'yes'" in rows["PC9"]["relevant"]
        assert "<h:html" in made.xform

    def test_files_hold_the_same_bank(self) -> None:
        assert from_zip(to_zip(bank())).instrument == bank()
        assert from_xlsx(to_xlsx(bank())).instrument == bank()

    def test_paper_and_preview_ask_it(self) -> None:
        paper = " ".join(self.client.get(reverse("paper")).content.decode().split())
        address = reverse("preview", args=[self.draft.pk, "pc"], query={"PC1": "3"})
        sent, asked_for = {"PC8": "no"}, {"accept": "application/json"}

        assert paper.count(YES) == 1
        assert self.maria.post(address, sent, headers=asked_for).json()["shown"]["PC9"] is False

    def test_admin_finds_changes_and_translates_it(self) -> None:
        address = reverse("admin:assessment_question_change", args=[self.asked.pk])
        data = admin_form_data(self.maria, address)
        saved = self.maria.post(address, data | {"text": "Does a law name it?"})
        found = self.admin("question_changelist", kind="yes_no").context["cl"].result_list
        spanish = models.EditionLanguage.objects.create(edition=self.draft, language="es")
        texts = f"/admin/assessment/editionlanguage/{spanish.pk}/texts/?code=PC8"
        rows = {row.name: row for row in self.maria.get(texts).context["rows"]}
        place = "questions/PC8/options.yes.text"
        sent = {"text": "Sí.", "seen": rows[place].seen, "source": rows[place].source_hash}
        self.maria.post(texts, {f"{part}:{place}": value for part, value in sent.items()})

        assert (data["kind"], data["options-0-value"]) == ("yes_no", "yes")
        assert saved.status_code == 302, errors(saved)
        assert [(question.code, question.text) for question in found] == [
            ("PC8", "Does a law name it?")
        ]
        said = self.draft.instrument("es").question["PC8"].options[0]
        assert said == Option("yes", "Sí.", 1)

    def test_answers_leave_as_codes_and_labels(self) -> None:
        self.submitted(PC8="no")
        codes = tables(export(self.maria, self.edition, values="codes"))
        labels = tables(export(self.maria, self.edition, values="labels"))

        at = codes["responses.csv"][0].index("PC8")
        assert [file["responses.csv"][1][at] for file in (codes, labels)] == ["no", NO]
        assert ["PC8", ASKED.text, "yes_no", "", ""] in codes["dictionary.csv"]

    def test_answers_in_a_file_are_judged_or_refused(self) -> None:
        with TemporaryDirectory() as folder:
            file, out = Path(folder, "answers.json"), StringIO()
            file.write_text(json.dumps({"responses": [{"answers": LEVELS | {"PC8": "no"}}]}))
            call_command("score", str(file), stdout=out)
        finance = {"tier": "national", "sector": "finance", "answers": {"PC8": "yes"}}
        with pytest.raises(BadAnswer) as refused:
            read_assessment(bank(), {"responses": [finance], "minimum": 3})

        printed = json.loads(out.getvalue())
        why = {found["code"]: found["because"] for found in printed["recommendations"]}
        assert (printed["rules"]["R98"], why["R98"]) == ("true", [BECAUSE])
        assert "not_routed" in str(refused.value)
