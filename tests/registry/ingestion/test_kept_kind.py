"""The kind of a society, where a file says nothing about its type."""

import pytest

from registry.choices import CooperativeKind, JobState
from registry.models import Cooperative, CooperativeVersion
from registry.operations.deliveries import decide_hold
from tests.corpus.case import write_csv
from tests.corpus.societies import FIELDS, HEADINGS, society
from tests.registry.feeds import commit, hand_in, work

pytestmark = pytest.mark.django_db
BRANCH = "农民专业合作社分支机构"
KEPT = "达州市通川区甲乙水稻种植专业合作社蒲家店"


def take_in(lines, *, by, quarter, without=()):
    fields = [field for field in FIELDS if field not in without]
    table = [[HEADINGS[f] for f in fields], *([line[f] for f in fields] for line in lines)]
    job = work(hand_in(write_csv(table), by=by, quarter=quarter))
    if job.state == JobState.HELD:
        decide_hold(job, "continue", reason="补报", by=by)
        work(job)
    return commit(job, by=by)


@pytest.fixture
def branch(cast):
    lines = [society(1, name=KEPT, entity_type=BRANCH), society(2)]
    take_in(lines, by=cast.bureau, quarter="2020Q2")
    made = Cooperative.objects.get(name=KEPT)
    assert made.kind == CooperativeKind.BRANCH
    return made


def kind_after(branch, line, *, by, without=("entity_type",), quarter="2020Q3"):
    take_in([line, society(2)], by=by, quarter=quarter, without=without)
    branch.refresh_from_db()
    return branch.kind


def test_a_file_without_types_leaves_a_branch_a_branch(cast, branch):
    line = society(1, name=KEPT, legal_representative="李新")

    assert kind_after(branch, line, by=cast.bureau) == CooperativeKind.BRANCH
    assert branch.legal_representative == "李新"
    assert branch.entity_type == BRANCH
    held = CooperativeVersion.objects.filter(cooperative=branch, known_to=None)
    assert {version.kind for version in held} == {CooperativeKind.BRANCH}


def test_a_name_written_with_another_width_leaves_a_branch_a_branch(cast, branch):
    line = society(1, name=KEPT.replace("蒲家店", " 蒲家店"))

    assert kind_after(branch, line, by=cast.bureau) == CooperativeKind.BRANCH


def test_a_renamed_branch_stays_one_while_its_known_type_says_so(cast, branch):
    line = society(1, name="达州市通川区甲乙水稻种植专业合作社罗江店")

    assert kind_after(branch, line, by=cast.bureau) == CooperativeKind.BRANCH


def test_a_new_name_tells_a_new_kind(cast, branch):
    line = society(1, name="达州市通川区甲乙水稻种植农民专业合作社联合社")

    assert kind_after(branch, line, by=cast.bureau) == CooperativeKind.UNION


def test_a_stated_type_tells_the_kind(cast, branch):
    line = society(1, name=KEPT)

    assert kind_after(branch, line, by=cast.bureau, without=()) == CooperativeKind.COOPERATIVE


def test_an_older_quarter_without_types_leaves_the_kind_in_history_alone(cast, branch):
    line = society(1, name=KEPT, legal_representative="李旧")

    assert kind_after(branch, line, by=cast.bureau, quarter="2020Q1") == CooperativeKind.BRANCH
    held = CooperativeVersion.objects.filter(cooperative=branch, known_to=None)
    assert {version.kind for version in held} == {CooperativeKind.BRANCH}
    assert {version.legal_representative for version in held} == {"李旧", "王小1"}
