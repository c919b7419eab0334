"""Every department at its desk: its own things, and nothing of any other."""

from types import SimpleNamespace

import pytest
from django.urls import reverse

from accounts.choices import Role
from accounts.models import OrganisationUnit
from accounts.policy import Action
from liaison.models import Consent, Decision, HelpRequest, Minutes, ShareGrant, Sponsorship
from registry.cleanup.choices import Route
from registry.models import CleanupCase
from registry.operations.cleanup_cases import open_case
from tests.factories.accounts import UserFactory, unit
from tests.factories.help_requests import HelpRequestFactory
from tests.factories.meetings import BodyFactory, MeetingFactory, decision_of, minutes_of
from tests.factories.registry import CooperativeFactory
from tests.factories.sharing import GrantFactory
from tests.factories.sponsorships import SponsorshipFactory

pytestmark = pytest.mark.django_db
# Every department of the district but the one that hosts the meeting (S-095, S-105).
CODES = ("fgj", "czj", "swj", "scjgj", "zrzyj", "lyj", "gxs", "swju", "jrb", "fpkfj")
# What a department has no business with.
CLOSED = (
    "/registry/",
    "/registry/flags/",
    "/registry/tip-offs/",
    "/registry/survey/",
    "/reports/",
    "/training/visits/",
    "/liaison/watches/",
    "/liaison/supports/",
    "/demonstration/innovations/",
    "/accounts/users/",
)


@pytest.fixture
def bureau(cast):
    return cast.bureau


def desk_of(department, bureau):
    """Everything that a department can have on its desk, one of each."""
    society = CooperativeFactory(name=f"{department.short_name}所挂合作社")
    case = open_case(society, route=Route.RECTIFICATION, because="不规范", by=bureau)
    case.steps.update(department=department)
    meeting = MeetingFactory(body=BodyFactory(office=unit("农业农村局")))
    minutes = minutes_of(meeting, [department, unit("农业农村局")])
    return SimpleNamespace(
        society=society,
        case=case,
        minutes=minutes,
        consent=Consent.objects.of(minutes).get(),
        decision=decision_of(minutes, department, text=f"{department.short_name}牵头的事"),
        grant=GrantFactory(
            receiver=department,
            purpose=f"{department.short_name}的用途",
            proposed_by=bureau,
            approved_by=UserFactory(role=Role.LEADER),
        ),
        sponsorship=SponsorshipFactory(cooperative=society, department=department),
        help_request=HelpRequestFactory(
            township=unit("罗江镇"), department=department, title=f"请{department.short_name}帮助"
        ),
    )


def pages_of(desk):
    """The page of each thing on a desk."""
    return {
        "decision": reverse("liaison:decision-detail", args=[desk.decision.pk]),
        "meeting": reverse("liaison:meeting-detail", args=[desk.minutes.meeting_id]),
        "minutes": reverse("liaison:minutes-detail", args=[desk.minutes.meeting_id]),
        "word": reverse("liaison:minutes-word", args=[desk.minutes.meeting_id]),
        "grant": reverse("liaison:grant-detail", args=[desk.grant.pk]),
        "rows": reverse("liaison:shared-rows", args=[desk.grant.pk]),
        "sponsorship": reverse("liaison:sponsorship-detail", args=[desk.sponsorship.pk]),
        "help_request": reverse("liaison:help-detail", args=[desk.help_request.pk]),
        "case": reverse("registry:cleanup-detail", args=[desk.case.pk]),
    }


def reached(person):
    """The rows that a person reaches, by what they are."""
    return {
        "decision": set(Decision.objects.permitted(person, Action.VIEW_DECISION)),
        "minutes": set(Minutes.objects.permitted(person, Action.VIEW_MEETING)),
        "consent": set(Consent.objects.permitted(person, Action.AGREE_MINUTES)),
        "grant": set(ShareGrant.objects.permitted(person, Action.FETCH_SHARE)),
        "sponsorship": set(Sponsorship.objects.permitted(person, Action.FOLLOW_SPONSORSHIP)),
        "help_request": set(HelpRequest.objects.permitted(person, Action.VIEW_HELP)),
        "case": set(CleanupCase.objects.permitted(person, Action.VIEW_CLEANUP)),
    }


def test_no_department_is_forgotten():
    codes = set(OrganisationUnit.objects.departments().values_list("code", flat=True))
    assert codes - {"nyncj"} == set(CODES)


@pytest.mark.parametrize("code", CODES)
def test_a_department_reaches_its_own_and_the_foreign_is_missing(bureau, browser_of, code):
    department = OrganisationUnit.objects.get(code=code)
    other = OrganisationUnit.objects.get(code=CODES[(CODES.index(code) + 1) % len(CODES)])
    person = UserFactory(role=Role.LIAISON, unit=department)
    own, foreign = desk_of(department, bureau), desk_of(other, bureau)
    assert reached(person) == {name: {getattr(own, name)} for name in reached(person)}
    client = browser_of(person)
    assert {name: client.get(url).status_code for name, url in pages_of(own).items()} == (
        dict.fromkeys(pages_of(own), 200)
    )
    assert {name: client.get(url).status_code for name, url in pages_of(foreign).items()} == (
        dict.fromkeys(pages_of(foreign), 404)
    )
    assert client.get(f"/registry/{own.society.code}/").status_code == 403


@pytest.mark.parametrize("code", CODES)
def test_the_desk_counts_and_lists_one_of_each_and_names_nothing_foreign(bureau, browser_of, code):
    department = OrganisationUnit.objects.get(code=code)
    other = OrganisationUnit.objects.get(code=CODES[CODES.index(code) - 1])
    person = UserFactory(role=Role.LIAISON, unit=department)
    own, foreign = desk_of(department, bureau), desk_of(other, bureau)
    client = browser_of(person)
    answer = client.get(reverse("liaison:home"))
    tiles = {tile.label: tile.value for tile in answer.context["tiles"]}
    assert tiles == {
        "待回复的会议通知": 0,
        "待会签的纪要": 1,
        "未办结的议定事项": 1,
        "其中已逾期": 0,
        "未办结的乡镇求助": 1,
        "共享给本部门的名单": 1,
        "本部门挂包的合作社": 1,
        "其中一季度未跟踪": 0,
        "本领域清理案件": 1,
    }
    told = answer.content.decode()
    for url in (
        reverse("liaison:decision-list"),
        reverse("liaison:meeting-list"),
        reverse("liaison:grant-list"),
        reverse("liaison:sponsorship-list"),
        reverse("liaison:help-list"),
        reverse("registry:cleanup-list"),
        *(tile.url for tile in answer.context["tiles"]),
    ):
        page = client.get(url)
        assert page.status_code == 200, url
        told += page.content.decode()
    for mark in (own.society.name, own.decision.text, own.help_request.title):
        assert mark in told
    for mark in (
        foreign.society.name,
        foreign.decision.text,
        foreign.grant.purpose,
        foreign.help_request.title,
    ):
        assert mark not in told
    assert foreign.minutes.meeting.body.name not in told


@pytest.mark.parametrize("page", CLOSED)
def test_what_is_no_business_of_a_department_is_closed_to_it(cast, browser_of, page):
    assert browser_of(cast.liaison).get(page).status_code == 403
