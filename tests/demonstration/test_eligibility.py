"""Self-check: unknown is never met; the list of nearly eligible societies is its own number."""

import datetime as dt

import pytest

from demonstration.choices import Verdict
from demonstration.eligibility import check, check_one
from demonstration.measures import MEASURES
from demonstration.models import CriteriaSet, Standing
from demonstration.operations.criteria import draft_criteria, release_criteria, save_item
from demonstration.operations.standings import recompute_standings
from registry.models import Cooperative
from tests.factories.demonstration import TitleFactory, district_criteria
from tests.factories.registry import CooperativeFactory

pytestmark = pytest.mark.django_db
DAY = dt.date(2021, 7, 1)


def verdict_of(society, text):
    found = check_one(society, district_criteria(), day=DAY)
    return next(finding for finding in found if text in finding.text)


def test_a_society_without_facts_is_unknown_and_never_met(cast):
    society = CooperativeFactory(established_on=None, member_count=None)
    found = check_one(society, district_criteria(), day=DAY)
    assert {f.verdict for f in found if "成员大会" in f.text or "满1年" in f.text} == {
        Verdict.UNKNOWN
    }


def test_what_is_missing_is_said_in_figures(cast):
    young = CooperativeFactory(established_on=dt.date(2021, 1, 1))
    finding = verdict_of(young, "满1年")
    assert finding.verdict == Verdict.NOT_MET
    assert finding.missing.startswith("还差 0.5")
    old = CooperativeFactory(established_on=dt.date(2020, 6, 30))
    assert verdict_of(old, "满1年").verdict == Verdict.MET


def test_without_any_list_nobody_is_known_to_be_off_it(cast):
    assert verdict_of(CooperativeFactory(), "异常名录").verdict == Verdict.UNKNOWN


def test_checking_costs_the_same_for_one_and_fifty(cast, django_assert_num_queries):
    criteria = district_criteria()
    CooperativeFactory()
    measures = {item.measure for item in criteria.items.all() if item.measure}
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as one:
        check(Cooperative.objects.all(), criteria, day=DAY)
    for _ in range(50):
        CooperativeFactory()
    with django_assert_num_queries(len(one.captured_queries)):
        found = check(Cooperative.objects.all(), criteria, day=DAY)
    assert len(found) == 51
    assert measures <= set(MEASURES)


def test_the_nearly_list_is_as_long_as_its_number(cast, browser_of):
    for _ in range(3):
        CooperativeFactory(township=cast.near.township)
    holder = CooperativeFactory(township=cast.near.township)
    TitleFactory(cooperative=holder)
    recompute_standings(by=cast.bureau)
    Standing.objects.update(missing=1, not_met=1, unknown=0, vetoed=False)
    page = browser_of(cast.bureau).get("/demonstration/nearly/")
    assert page.context["number"] == len(page.context["page"].rows) == 3
    assert holder.name not in page.content.decode()
    other = browser_of(cast.far.clerk).get("/demonstration/nearly/")
    assert other.context["number"] == 0


def test_a_released_set_is_never_changed_and_the_next_one_follows_it(cast):
    former = district_criteria()
    draft = draft_criteria(former, by=cast.bureau)
    assert draft_criteria(former, by=cast.bureau) == draft
    assert draft.items.count() == former.items.count()
    item = draft.items.get(text__contains="满1年")
    save_item(
        draft,
        item,
        {
            "section": item.section,
            "text": "成立并运行满2年",
            "kind": item.kind,
            "points": 0,
            "measure": item.measure,
            "threshold": 2,
            "basis": "",
            "confirmed": False,
        },
        version=draft.version,
        by=cast.bureau,
    )
    draft.refresh_from_db()
    day = dt.date(2021, 9, 1)
    release_criteria(draft, day, version=draft.version, reason="会议决定", by=cast.bureau)
    former.refresh_from_db()
    assert former.effective_until == day - dt.timedelta(days=1)
    in_force = CriteriaSet.objects.filter(level="district", honour="demonstration")
    assert in_force.in_force(dt.date(2021, 8, 31)).get() == former
    assert in_force.in_force(day).get() == draft
    assert former.items.get(text__contains="满1年").threshold == 1
