from __future__ import annotations

from contextlib import contextmanager
from copy import deepcopy
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from django.contrib import admin
from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone

from assessment.actions.responses.submit import submit_response
from assessment.actions.rounds.close import close_round
from assessment.actions.rounds.invite import Invitee, invite, make_open_link
from assessment.models import (
    Answer,
    Edition,
    Invitation,
    MemberInvitation,
    Membership,
    OpenLink,
    Organisation,
    Response,
    Result,
    Round,
    Scheme,
)
from assessment.web.pages import healthz
from assessment.web.policy import (
    ACCOUNT,
    ADMIN,
    FACILITATOR,
    HOLDER,
    LEADER,
    OTHER_MEMBER,
    OWNER,
    POLICY,
    ROLES,
    SIGNED_IN,
    STAFF,
    STRANGER,
    VIEWER,
    VISITOR,
    Permission,
    Role,
    guarded,
)
from tests.factories import NOW, ResponseFactory, SeatFactory, SeveralFactory, answered
from tests.organisation_fixtures import account, invited_to, organisation_of
from tests.short_form import WHOLE, drawn
from tests.tables import undone
from tests.web.conftest import granted

if TYPE_CHECKING:
    from collections.abc import Iterator

METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")
PARTS = {"section": "tg", "code": "TG2", "part": "tg", "secret": "x" * 32, "edition": 1}
PARTS |= {"line": UUID(int=1), "digest": "0" * 64, "place": "brief/", "file": "brief", "token": "x"}
PARTS |= {"member": 901, "invitation": 901}
PARTS |= {"person": UUID(int=4), "link": UUID(int=5), "sector": "agriculture", "tier": "local"}
ORGANISATION, ROUND = UUID(int=2), UUID(int=3)
PARTS |= {"uidb36": "1", "key": "no-key", "pk": 1, "paper": "a4"}


def own_patterns() -> list[URLPattern]:
    found = get_resolver().url_patterns
    return [p for p in found if isinstance(p, URLPattern) and "admin" not in str(p.pattern)]


def address(name: str, response: Response) -> str:
    pattern = next(p for p in own_patterns() if p.name == name)
    beginning = str(pattern.pattern).partition("/")[0]
    uuid = {"organisation": ORGANISATION, "rounds": ROUND}.get(beginning, response.uuid)
    known = {**PARTS, "uuid": uuid}
    return reverse(name, kwargs={part: known[part] for part in pattern.pattern.converters})


@pytest.fixture
def seat(edition: Edition) -> Response:
    """An open response of a round of several."""
    made: Response = SeatFactory()
    return made


@pytest.fixture
def device(response: Response, seat: Response) -> dict[Role, Client]:
    return new_devices(response, seat)


def new_devices(response: Response, seat: Response) -> dict[Role, Client]:
    staff = Client()
    staff.force_login(
        User.objects.get_or_create(username="ada", is_staff=True, is_superuser=True)[0]
    )
    account = Client()
    account.force_login(User.objects.get_or_create(username="bob")[0])
    return {
        VISITOR: Client(),
        STRANGER: granted(Client(), ResponseFactory(), SeatFactory(round=seat.round)),
        HOLDER: granted(Client(), seat),
        OWNER: granted(Client(), response),
        ACCOUNT: account,
        STAFF: staff,
        **members(),
    }


@contextmanager
def each_as_it_was(devices: dict[Role, Client]) -> Iterator[None]:
    """What a request does to the database is undone, and what it does to the devices too."""
    jars = {role: deepcopy(device.cookies) for role, device in devices.items()}
    with undone():
        yield
    for role, device in devices.items():
        device.cookies = jars[role]


def members() -> dict[Role, Client]:
    """Of one organisation, in which a facilitator can be changed and somebody is invited."""
    names = {VIEWER: "vera", FACILITATOR: "felix", LEADER: "olga", OTHER_MEMBER: "omar"}
    care = Organisation.objects.filter(uuid=ORGANISATION).first()
    if care is None:
        care = organisation_of("olga", "vera", uuid=ORGANISATION)
        fixed = {"pk": PARTS["member"], "since": NOW.date(), "duty": "facilitator"}
        Membership.objects.create(organisation=care, user=account("felix"), **fixed)
        invitation, _secret = invited_to(care, now=timezone.now())
        rows = MemberInvitation.objects.filter(pk=invitation.pk)
        rows.update(id=PARTS["invitation"])
        organisation_of("omar", name="Ministry of Fields")
        make_round_of(care)
    devices = {role: Client() for role in names}
    for role, device in devices.items():
        device.force_login(account(names[role]))
    return devices


def make_round_of(care: Organisation) -> None:
    """An open round of several, with one place and the link of a group."""
    made = SeveralFactory(uuid=ROUND)
    Scheme.objects.filter(pk=made.scheme.pk).update(owner=care)
    (place,) = invite(round=made, people=[Invitee("Ana", "ana@x.example", "", "local", "other")])
    Invitation.objects.filter(pk=place.pk).update(uuid=PARTS["person"])
    link = make_open_link(round=made, tier="local", sector="other", limit=3)
    OpenLink.objects.filter(pk=link.pk).update(uuid=PARTS["link"])


def test_every_address_has_a_rule() -> None:
    """And is held to it: none leads to a view that nothing guards, and none starts without."""
    guard = guarded("healthz", healthz).__code__

    assert {p.name for p in own_patterns()} == set(POLICY)
    assert [p.name for p in own_patterns() if p.callback.__code__ is not guard] == []
    with pytest.raises(KeyError):
        guarded("unknown", healthz)


def admin_lists() -> list[str]:
    pages = ("changelist", "add")
    names = [f"{m._meta.app_label}_{m._meta.model_name}" for m in admin.site._registry]
    return [reverse(f"admin:{name}_{page}") for name in names for page in pages]


@pytest.mark.no_cover
def test_admin_is_for_staff_only(device: dict[Role, Client]) -> None:
    """And HEAD asks for the same rights."""

    def statuses(role: Role, method: str = "get") -> set[int]:
        return {getattr(device[role], method)(path).status_code for path in admin_lists()}

    found = {role: statuses(role) for role in ROLES}
    assert {role for role in ROLES if found[role] <= {200, 403}} == set(ADMIN.roles)
    assert {role for role in ROLES if found[role] == {302}} == set(ROLES) - set(ADMIN.roles)
    assert [statuses(role, "head") for role in (VISITOR, LEADER)] == [{302}] * 2
    assert statuses(STAFF, "head") <= {200, 403}


def test_view_that_denies_is_answered_as_forbidden(rf: RequestFactory) -> None:
    def denies(request: HttpRequest) -> HttpResponse:
        raise PermissionDenied

    request = rf.get("/")
    request.user = AnonymousUser()

    assert guarded("start", denies)(request).status_code == 403


def test_matrix(response: Response, seat: Response) -> None:
    """Each address on a database and devices as they were: some end what the others need.

    It is tried with the response of somebody alone and with one of several; its holder has one.
    Whoever may use it tries it, and of those who may not a visitor and three more.
    """
    device = new_devices(response, seat)
    objects = dict.fromkeys(ROLES, (response, seat)) | {OWNER: (response,), HOLDER: (seat,)}

    def wrong(name: str) -> list[tuple[Role, str, int]]:
        with each_as_it_was(device):
            statuses = [
                (role, method, device[role].generic(method, path).status_code)
                for role in roles_that_try(name)
                for path in dict.fromkeys(address(name, one) for one in objects[role])
                for method in METHODS
                if WHOLE or role in (VISITOR, OWNER) or tells_more(POLICY[name], role, method)
            ]
        return [row for row in statuses if is_wrong(POLICY[name], *row)]

    assert {name: wrong(name) for name in POLICY} == {name: [] for name in POLICY}


def roles_that_try(name: str) -> list[Role]:
    """The roles in their order."""
    allowed = {*POLICY[name].roles, VISITOR, OWNER}
    others = drawn([role for role in ROLES if role not in allowed], 3, of=name)
    return [role for role in ROLES if role in {*allowed, *others}]


def tells_more(rule: Permission, role: Role, method: str) -> bool:
    """Less than GET tells: the same page by HEAD or OPTIONS, and a method that nobody may use."""
    if method in {"HEAD", "OPTIONS"}:
        return role not in rule.roles
    return method in rule.methods


def stored() -> list[list[dict[str, Any]]]:
    tables: tuple[Any, ...] = (Response, Answer, Round, Result, Scheme, Edition)
    tables += (Organisation, Membership, MemberInvitation)
    return [list(table.objects.order_by("pk").values()) for table in tables]


def test_reading_changes_nothing(device: dict[Role, Client], response: Response) -> None:
    before = stored()
    pages = [name for name, rule in POLICY.items() if "GET" in rule.methods]

    statuses = {
        device[role].get(address(name, response)).status_code
        for name in pages
        for role in (OWNER, LEADER)
    }

    assert statuses <= {200, 302, 404}
    assert stored() == before


def is_wrong(rule: Permission, role: Role, method: str, status: int) -> bool:
    if method not in rule.methods:
        return status != 405
    if role in rule.roles:
        return status in {405, 500}
    if not rule.sign_in or role in SIGNED_IN:
        return status != 404
    return status != (403 if method == "POST" and rule.sent_again else 302)


def test_no_role_does_what_only_others_may() -> None:
    owned = {name for name, rule in POLICY.items() if rule.roles == {OWNER}}
    plan = {"plan", "plan_add", "plan_delete", "plan_ics", "plan_line"}
    plan |= {"plan_move", "plan_restore", "plan_take", "plan_xlsx"}
    assert owned == {"end_share", "profile", "reopen", "share", "way"} | plan
    assert {name for name, rule in POLICY.items() if rule.roles == {STAFF}} == {"preview"}
    of_accounts = {name for name, rule in POLICY.items() if rule.roles and rule.roles <= SIGNED_IN}
    assert {name for name, rule in POLICY.items() if rule.sign_in} == of_accounts - {"preview"}
    assert {name for name, rule in POLICY.items() if not rule.roles} == {
        *("account_signup", "account_set_password", "mfa_download_recovery_codes")
    }
    led = {name for name, rule in POLICY.items() if rule.roles == {LEADER}}
    assert led == {
        *("organisation_details", "organisation_logos", "member_invite", "member"),
        *("member_remind", "member_withdraw", "member_remove", "member_hand_over"),
        *("round_delete", "scheme_delete"),
    }


def test_json_is_answered_where_the_policy_says_so(client: Client, response: Response) -> None:
    rules = {name: rule for name, rule in POLICY.items() if OWNER in rule.roles}

    def answers_json(name: str) -> bool:
        method = "POST" if "POST" in POLICY[name].methods else "GET"
        refused = client.generic(method, address(name, response))
        return refused["Content-Type"].startswith("application/json")

    assert {name: answers_json(name) for name in rules} == {n: r.json for n, r in rules.items()}


OF_RESPONSE = {name for name, rule in POLICY.items() if rule.roles == {HOLDER, OWNER}}
JUDGED_ONLY = {
    *("brief", "actions", "report", "subject", "rights", "meeting", "annexes", "annex"),
    *("brief_pdf", "report_pdf", "main_pdf"),
    *("brief_wait", "report_wait", "main_wait"),
}
CLOSED_ONLY = {"shared_round", "shared_round_page", "shared_xlsx", "shared_csv", "shared_json"}
CLOSED_ONLY |= {"own_session", "own_session_state"}
OPEN_ONLY = OF_RESPONSE - JUDGED_ONLY - CLOSED_ONLY


@pytest.mark.no_cover
def test_holder_is_let_in_where_something_is_and_personal_pages_are_never_stored(
    response: Response, seat: Response
) -> None:
    """Before submission there is no report."""
    device = new_devices(response, seat)
    personal = {name for name, rule in POLICY.items() if rule.personal}

    def answers(name: str) -> tuple[Any, Any]:
        method = "GET" if "GET" in POLICY[name].methods else "POST"
        with each_as_it_was(device):
            alone = device[OWNER].generic(method, address(name, response))
            among_several = device[HOLDER].generic(method, address(name, seat))
        return alone, among_several

    given = {name: answers(name) for name in OF_RESPONSE | personal}
    statuses = {name: {one.status_code for one in given[name]} for name in OF_RESPONSE}
    assert {name for name in OPEN_ONLY if not statuses[name] <= {200, 302}} == set()
    assert {name for name in JUDGED_ONLY if statuses[name] != {404}} == set()
    kept = {name: given[name][0].headers for name in personal}
    assert {
        name: (set(one["Cache-Control"].split(", ")), "Cookie" in one["Vary"])
        for name, one in kept.items()
    } == {name: ({"private", "no-store"}, True) for name in personal}


def test_unknown_deleted_and_forbidden_answer_alike(client: Client, response: Response) -> None:
    """To who holds nothing, and to who holds another response or an older link of this one."""
    with_another = granted(Client(), ResponseFactory())
    with_an_older = granted(Client(), response)
    Response.objects.filter(pk=response.pk).update(secret_hash="renewed")
    gone = ResponseFactory()
    with_a_deleted = granted(Client(), gone)
    gone.delete()
    unknown = "00000000-0000-4000-8000-000000000000"

    answers = [
        one.get(reverse("tasks", args=[asked]))
        for one in (client, with_another, with_an_older, with_a_deleted)
        for asked in (response.uuid, gone.uuid, unknown)
    ]

    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1


def test_round_that_closed_before_somebody_submitted_says_so(
    device: dict[Role, Client], seat: Response
) -> None:
    close_round(round=seat.round, now=NOW)

    page = device[HOLDER].get(address("tasks", seat))
    sent = device[HOLDER].post(address("page", seat), {"TG2-note": "As agreed."})
    saved = device[HOLDER].post(address("answer", seat), {"TG2": "1"})

    assert (page.status_code, b"This round is closed" in page.content) == (410, True)
    assert (sent.status_code, b"As agreed." in sent.content) == (410, True)
    assert (saved.status_code, saved.json()["errors"]) == (
        410,
        ["This round takes no more answers."],
    )


def test_respondent_among_several_is_asked_for_no_profile_and_offered_no_report(
    device: dict[Role, Client], seat: Response
) -> None:
    """Both are the round's; every address that her pages name lets her in and asks something."""
    tasks = device[HOLDER].get(address("tasks", seat))
    paper = device[HOLDER].get(address("own_paper", seat))
    led_to = [device[HOLDER].get(standing.url) for standing, _ in tasks.context["rows"]]
    submit_response(response=answered(seat, TG2=1), now=NOW)
    receipt = device[HOLDER].get(address("confirmation", seat)).content.decode()

    subjects = [standing.section.slug for standing, _ in tasks.context["rows"]]
    bank = seat.edition.instrument()
    asked = {q.dimension for q in bank.questions if q.routed_to(seat.tier, seat.sector)}
    assert subjects == [*(d.code.lower() for d in bank.dimensions if d.code in asked), "closing"]
    assert {page.status_code for page in led_to} == {200}
    assert [part["section"].slug for part in paper.context["sections"]] == subjects
    assert address("profile", seat).encode() not in tasks.content
    assert [name for name in ("report", "reopen") if address(name, seat) in receipt] == []
    assert device[HOLDER].get(address("report", seat)).status_code == 404
