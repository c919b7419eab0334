"""One society, one plan; named lists; what societies do and have."""

import datetime as dt
import io

import pytest
from docx import Document

from common import clock
from common.conflict import EditConflict
from common.workflow import TransitionRefused
from demonstration.choices import NamedList, PlanState, Strength, Verification
from demonstration.operations.plans import (
    close_plan,
    enter_on_list,
    finish_measure,
    leave_list,
    open_plan,
)
from demonstration.operations.strengths import add_strength
from demonstration.priority import priority_groups
from registry.models import Cooperative
from tests.factories.demonstration import TitleFactory
from tests.factories.registry import CooperativeFactory

pytestmark = pytest.mark.django_db


def plan_facts(cast):
    return {
        "target": "district",
        "due_on": clock.today() + dt.timedelta(days=100),
        "situation": "",
        "responsible": cast.clerk,
        "department": None,
    }


def strength(what, **more):
    return {
        "what": what,
        "name": "",
        "number": "",
        "since": None,
        "valid_until": None,
        "verification": Verification.DECLARED,
        **more,
    }


def test_a_society_has_one_active_plan(cast):
    plan = cast.near.plan
    with pytest.raises(TransitionRefused, match="一社一案"):
        open_plan(plan.cooperative, plan_facts(cast), by=cast.bureau)
    close_plan(plan, PlanState.STOPPED, reason="合作社要求", version=plan.version, by=cast.clerk)
    assert open_plan(plan.cooperative, plan_facts(cast), by=cast.bureau).state == PlanState.ACTIVE


def test_a_plan_is_reached_only_when_every_measure_is_done(cast):
    measure = cast.near.measure
    plan = measure.plan
    with pytest.raises(TransitionRefused, match="1 项"):
        close_plan(plan, PlanState.REACHED, reason="达标", version=plan.version, by=cast.clerk)
    finish_measure(measure, note="账户已建", version=measure.version, by=cast.clerk)
    with pytest.raises(EditConflict):
        finish_measure(measure, note="再来一次", version=measure.version, by=cast.clerk)
    close_plan(plan, PlanState.REACHED, reason="达标", version=plan.version, by=cast.clerk)
    assert plan.state == PlanState.REACHED


def test_the_word_file_has_the_seven_dimensions(cast, browser_of):
    plan = cast.near.measure.plan
    answer = browser_of(cast.bureau).get(f"/demonstration/plans/{plan.pk}/word/")
    text = "\n".join(p.text for p in Document(io.BytesIO(answer.content)).paragraphs)
    for word in (
        "成员登记",
        "民主管理",
        "产权关系",
        "财务管理",
        "盈余分配",
        "经营机制创新",
        "自我服务能力",
    ):
        assert word in text


def test_a_named_list_keeps_reason_and_end(cast):
    society = cast.near.cooperative
    entry = enter_on_list(society, NamedList.TYPICAL, "运行规范", by=cast.bureau)
    assert enter_on_list(society, NamedList.TYPICAL, "再列一次", by=cast.bureau) == entry
    leave_list(entry, reason="不再符合", version=entry.version, by=cast.bureau)
    entry.refresh_from_db()
    assert (entry.reason, entry.left_because) == ("运行规范", "不再符合")


def test_a_society_can_only_declare(cast):
    with pytest.raises(TransitionRefused, match="核实"):
        add_strength(
            cast.near.cooperative,
            strength(Strength.EXTENSION, verification=Verification.SEEN),
            by=cast.chair,
        )
    made = add_strength(cast.near.cooperative, strength(Strength.EXTENSION), by=cast.chair)
    assert made.kind == "service"


def test_a_certificate_needs_its_number_and_validity(cast):
    with pytest.raises(TransitionRefused, match="证书编号"):
        add_strength(cast.near.cooperative, strength(Strength.GREEN), by=cast.counsellor)


def test_the_priority_groups_follow_titles_and_years(cast):
    today = clock.today()
    old = CooperativeFactory(established_on=dt.date(2010, 1, 1))
    young = CooperativeFactory(established_on=today - dt.timedelta(days=30))
    for society in (old, young):
        TitleFactory(cooperative=society, level="national")
    new_provincial = CooperativeFactory()
    TitleFactory(cooperative=new_provincial, level="provincial", recognised_on=dt.date(2021, 5, 1))
    groups = priority_groups(Cooperative.objects.all(), today)
    assert [list(group.societies) for group in groups[:2]] == [[old], [new_provincial]]
