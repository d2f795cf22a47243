"""The tables: editions of the question bank, schemes, rounds, responses and results."""

from __future__ import annotations

from assessment.models.account_sessions import AccountSession
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
from assessment.models.device_codes import DeviceCode
from assessment.models.editions import Edition
from assessment.models.invitations import Invitation, OpenLink
from assessment.models.joint_sessions import JointSession, SessionAnswer, SessionItem
from assessment.models.mails import OutgoingMail, Unsubscribed
from assessment.models.offered_languages import OfferedLanguage
from assessment.models.organisations import (
    MemberInvitation,
    Membership,
    Organisation,
    OrganisationLogo,
)
from assessment.models.plans import PlanChange, PlanLine, PlanShare
from assessment.models.record import RecordEntry
from assessment.models.report_files import ReportFile
from assessment.models.responses import Answer, Response, SectionState
from assessment.models.results import DimensionScore, Result, ResultCode
from assessment.models.rounds import AgreedAnswer, Round
from assessment.models.schemes import Programme, Scheme
from assessment.models.shared_briefs import SharedBrief
from assessment.models.sign_offs import Signatory, SignOff
from assessment.models.site import Logo, Site
from assessment.models.translations import EditionLanguage, Translation
from assessment.models.translators import TranslatorLanguage
from assessment.models.uploads import Upload
from assessment.models.workers import Worker

__all__ = [
    "AccountSession",
    "AgreedAnswer",
    "Answer",
    "Case",
    "CaseReading",
    "Correction",
    "Counter",
    "DeviceCode",
    "Dimension",
    "DimensionScore",
    "Edition",
    "EditionLanguage",
    "Finding",
    "Invitation",
    "JointSession",
    "Logo",
    "MemberInvitation",
    "Membership",
    "OfferedLanguage",
    "OpenLink",
    "Option",
    "Organisation",
    "OrganisationLogo",
    "OutgoingMail",
    "Package",
    "Pattern",
    "PlanChange",
    "PlanLine",
    "PlanShare",
    "Programme",
    "Question",
    "RecordEntry",
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
    "SessionAnswer",
    "SessionItem",
    "SharedBrief",
    "SignOff",
    "Signatory",
    "Site",
    "Source",
    "Term",
    "Translation",
    "TranslatorLanguage",
    "Unsubscribed",
    "Upload",
    "Worker",
]
