"""The tables: editions of the question bank, schemes, rounds, responses and results."""

from __future__ import annotations

from assessment.models.bank import (
    Case,
    CaseReading,
    Dimension,
    Finding,
    Option,
    Package,
    Pattern,
    Question,
    Region,
    Role,
    Rule,
    RuleVariant,
    Source,
    Term,
)
from assessment.models.corrections import Correction
from assessment.models.counters import Counter
from assessment.models.editions import Edition
from assessment.models.organisations import Organisation
from assessment.models.report_files import ReportFile
from assessment.models.responses import Answer, Response, SectionState
from assessment.models.results import DimensionScore, Result, ResultCode
from assessment.models.rounds import AgreedAnswer, Round
from assessment.models.schemes import Programme, Scheme
from assessment.models.translations import EditionLanguage, Translation
from assessment.models.translators import TranslatorLanguage
from assessment.models.uploads import Upload
from assessment.models.workers import Worker

__all__ = [
    "AgreedAnswer",
    "Answer",
    "Case",
    "CaseReading",
    "Correction",
    "Counter",
    "Dimension",
    "DimensionScore",
    "Edition",
    "EditionLanguage",
    "Finding",
    "Option",
    "Organisation",
    "Package",
    "Pattern",
    "Programme",
    "Question",
    "Region",
    "ReportFile",
    "Response",
    "Result",
    "ResultCode",
    "Role",
    "Round",
    "Rule",
    "RuleVariant",
    "Scheme",
    "SectionState",
    "Source",
    "Term",
    "Translation",
    "TranslatorLanguage",
    "Upload",
    "Worker",
]
