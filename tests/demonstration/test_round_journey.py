"""A round of twelve applicants from the call to the public list, through the pages alone."""

import datetime as dt
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from accounts.choices import Role
from common import clock
from demonstration.choices import ApplicationState, Level, RoundState
from demonstration.models import DemonstrationTitle, RatingApplication, RatingRound, ScoreSheet
from tests.factories.accounts import UserFactory, unit
from tests.factories.demonstration import district_criteria
from tests.factories.registry import AgentFactory, CooperativeFactory

pytestmark = pytest.mark.django_db
APPLICANTS = 12


def page(name, *args):
    return reverse(f"demonstration:{name}", args=args)


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


def posted(client, path, **data):
    """Send a form of a page and follow it to where it leads; nothing may have been refused."""
    answer = client.post(path, data, follow=True)
    assert answer.status_code == 200, answer.content.decode()[:500]
    refused = [m.message for m in answer.context["messages"] if m.level_tag in {"error", "warning"}]
    assert refused == []


@pytest.fixture
def district(cast):
    """Twelve societies of 罗江镇 with a chair each, and three reviewers."""
    town = cast.near.township
    societies = [
        CooperativeFactory(name=f"第{number}果蔬专业合作社", township=town)
        for number in range(APPLICANTS)
    ]
    chairs = []
    for society in societies:
        chair = UserFactory(role=Role.COOPERATIVE)
        AgentFactory(cooperative=society, user=chair)
        chairs.append(chair)
    reviewers = [
        UserFactory(role=Role.LIAISON, unit=unit("市场监管局")),
        UserFactory(role=Role.LIAISON, unit=unit("税务局")),
        UserFactory(role=Role.CLERK, unit=unit("碑庙镇")),
    ]
    return {"societies": societies, "chairs": chairs, "reviewers": reviewers}


def set_up_round(bureau, cast, district):
    posted(
        bureau,
        page("round-create"),
        title="2021年区级示范社评定",
        criteria=district_criteria().pk,
        quota=8,
        recommend_ratio="1.5",
        apply_from="2021-03-01",
        apply_until="2021-03-31",
        notice_days=7,
        spread_limit=15,
    )
    made = RatingRound.objects.get(title="2021年区级示范社评定")
    for reviewer in district["reviewers"]:
        posted(bureau, page("reviewer-appoint", made.pk), user=reviewer.pk)
    made.refresh_from_db()
    posted(
        bureau,
        page("round-departments", made.pk),
        version=made.version,
        units=[cast.near.department.pk],
    )
    made.refresh_from_db()
    posted(bureau, page("round-step", made.pk), version=made.version, target="open")
    made.refresh_from_db()
    assert made.state == RoundState.OPEN
    return made


def apply_and_recommend(made, cast, district):
    for society, chair in zip(district["societies"], district["chairs"], strict=True):
        client = signed_in(chair)
        assert made.title in client.get(page("own-applications")).content.decode()
        posted(client, page("application-start", made.pk, society.code))
        application = RatingApplication.objects.get(cooperative=society)
        posted(
            client,
            page("application-write", application.pk),
            version=application.version,
            statement="带动农户一百户。",
            dispute="",
        )
        application.refresh_from_db()
        posted(
            client,
            page("application-step", application.pk),
            version=application.version,
            target="submitted",
        )
    clerk = signed_in(cast.clerk)
    for application in made.applications.all():
        assert application.state == ApplicationState.SUBMITTED
        assert application.self_check
        posted(
            clerk,
            page("application-step", application.pk),
            version=application.version,
            target="recommended",
            reason="同意推荐",
        )


def check_and_consult(made, bureau, cast):
    liaison = signed_in(cast.near.liaison)
    for application in made.applications.all():
        assert application.state == ApplicationState.RECOMMENDED
        posted(
            bureau,
            page("application-check", application.pk),
            version=application.version,
            paper_check="材料齐全",
            visited_on="2021-04-05",
            visit_findings="基地属实",
        )
        application.refresh_from_db()
        posted(
            bureau,
            page("application-step", application.pk),
            version=application.version,
            target="reviewed",
        )
        posted(liaison, page("opinion-give", application.pk), opinion="agree", text="")


def score(made, district):
    items = [item for item in made.criteria.items.all() if item.is_scored]
    for reviewer_place, reviewer in enumerate(district["reviewers"]):
        client = signed_in(reviewer)
        for place, application in enumerate(made.applications.order_by("pk")):
            sheet = page("score-sheet", application.pk)
            assert "声明利害关系" in client.get(sheet).content.decode()
            posted(client, page("interest-declare", application.pk), has_interest="no")
            marks = {
                f"item{item.pk}": item.points * Decimal(100 - 5 * place) / 100 for item in items
            }
            rounded = {key: f"{value:.1f}" for key, value in marks.items()}
            posted(client, sheet, version=0, comment="", hand_in="1", **rounded)
            mine = ScoreSheet.objects.get(application=application, reviewer__user=reviewer)
            assert mine.state == "submitted"
            if reviewer_place == 0:
                assert "其他评审人" not in client.get(sheet).content.decode()


def decide(made, bureau):
    """Let the joint meeting take the first eight, and begin the notice."""
    made.refresh_from_db()
    posted(bureau, page("round-step", made.pk), version=made.version, target="ranked")
    made.refresh_from_db()
    ranking = bureau.get(page("round-ranking", made.pk)).content.decode()
    assert "第0果蔬专业合作社" in ranking
    chosen = list(made.applications.filter(place__lte=8).values_list("pk", flat=True))
    assert len(chosen) == 8
    posted(
        bureau,
        page("round-approve", made.pk),
        version=made.version,
        meeting="通联纪〔2021〕2号",
        on="2021-04-06",
        chosen=chosen,
    )
    made.refresh_from_db()
    posted(bureau, page("round-step", made.pk), version=made.version, target="notice")
    made.refresh_from_db()
    assert (made.notice_from, made.notice_until) == (dt.date(2021, 4, 7), dt.date(2021, 4, 13))


def recognise(made, bureau, day):
    """Ask for the recognition on a day; return the answer."""
    facts = {"version": made.version, "document": "通区农发〔2021〕30号", "on": day}
    return bureau.post(page("round-recognise", made.pk), facts)


def test_a_round_of_twelve_runs_from_call_to_public_list(cast, district):
    with clock.on_day(dt.date(2021, 3, 1)):
        made = set_up_round(signed_in(cast.bureau), cast, district)
        apply_and_recommend(made, cast, district)
    made.refresh_from_db()
    with clock.on_day(dt.date(2021, 4, 6)):
        bureau = signed_in(cast.bureau)
        posted(bureau, page("round-step", made.pk), version=made.version, target="reviewing")
        check_and_consult(made, bureau, cast)
        score(made, district)
        for application in made.applications.all():
            posted(
                bureau,
                page("application-step", application.pk),
                version=application.version,
                target="consulted",
            )
        decide(made, bureau)
    with clock.on_day(dt.date(2021, 4, 13)):
        assert "第0果蔬专业合作社" in Client().get(page("public-notices")).content.decode()
        assert recognise(made, signed_in(cast.bureau), "2021-04-13").status_code == 422
        assert DemonstrationTitle.objects.count() == 0
    with clock.on_day(dt.date(2021, 4, 14)):
        assert recognise(made, signed_in(cast.bureau), "2021-04-14").status_code == 302
    made.refresh_from_db()
    assert made.state == RoundState.RECOGNISED
    assert DemonstrationTitle.objects.filter(level=Level.DISTRICT).count() == 8
    listed = Client().get(page("public-titles")).content.decode()
    assert "第0果蔬专业合作社" in listed
    assert "第11果蔬专业合作社" not in listed
