"""Checks: made from the plan, scored, concluded, their findings put right by one, seen by another."""

import datetime as dt
import io
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from docx import Document

from common import clock
from common.workflow import TransitionRefused
from demonstration.models import DemonstrationTitle
from pilot.archive_pieces import Collection
from pilot.checklist import check_tasks
from pilot.models import (
    AcceptanceFinding,
    CheckItem,
    Programme,
    Target,
    TaskPart,
)
from pilot.operations import acceptances as operations
from pilot.operations.editions import freeze
from pilot.operations.starting_plan import load_starting_plan
from pilot.operations.task_parts import link_evidence
from pilot.plan_choices import (
    AcceptanceKind,
    AcceptanceState,
    FindingState,
    PartState,
    Verdict,
)
from pilot.plan_workflows import CHECK, FINDING
from tests.factories.accounts import unit
from tests.factories.pilot import PartFactory, PlanTaskFactory, the_programme
from tests.flows import walk
from tongchuan_coop.duties import duties_of

pytestmark = pytest.mark.django_db
PAST = {"start_on": dt.date(2021, 5, 1), "due_on": dt.date(2021, 6, 30)}
LATER = dt.date(2021, 8, 31)


def the_verdict(task):
    return next(each for each in check_tasks(task.programme, clock.today()) if each.task == task)


def test_a_task_is_met_when_all_units_are_done_and_something_proves_it(cast):
    part = PartFactory(task=PlanTaskFactory(**PAST), state=PartState.DONE)
    assert the_verdict(part.task).gaps == ["没有附件、页面或名单证明"]
    link_evidence(part, label="走访", address="/training/visits/", by=cast.clerk)
    checked = the_verdict(part.task)
    assert (checked.verdict, checked.gaps) == (Verdict.MET, [])


def test_what_is_missing_is_said_by_name(cast):
    task = PlanTaskFactory(**PAST, proofs=["visits"])
    PartFactory(task=task, unit=cast.near.township, state=PartState.DONE)
    PartFactory(task=task, unit=cast.far.township)
    checked = the_verdict(task)
    assert checked.verdict == Verdict.PARTLY
    assert checked.gaps == [
        "1 个单位还没有报告完成：碑庙镇",
        "没有附件、页面或名单证明",
        "平台里“走访记录”还没有记录",
    ]
    assert checked.points_of(4) == Decimal(2)


def test_nothing_done_is_a_gap_and_what_is_not_due_does_not_count(cast):
    assert the_verdict(PartFactory(task=PlanTaskFactory(**PAST)).task).verdict == Verdict.GAP
    assert the_verdict(PartFactory().task).verdict == Verdict.NOT_DUE
    due_today = PlanTaskFactory(start_on=clock.today(), due_on=clock.today())
    assert the_verdict(PartFactory(task=due_today).task).verdict == Verdict.NOT_DUE
    assert not PartFactory(task=due_today, unit=unit("碑庙镇")).is_late


def test_a_list_with_rows_is_evidence(cast):
    assert cast.near.visit
    part = PartFactory(
        task=PlanTaskFactory(**PAST, proofs=["visits"]),
        state=PartState.CONFIRMED,
        done_by=cast.clerk,
        confirmed_by=cast.bureau,
    )
    assert the_verdict(part.task).verdict == Verdict.MET


def test_checking_the_whole_plan_costs_the_same_however_long_it_is(
    cast, django_assert_max_num_queries
):
    load_starting_plan(the_programme(), by=cast.bureau)
    with django_assert_max_num_queries(6):
        assert len(check_tasks(the_programme(), clock.today())) == 93


@pytest.fixture
def check(cast):
    """A check of one task that is met, one that is partly met, one that is a gap."""
    task = PlanTaskFactory(**PAST, title="半成")
    PartFactory(task=task, unit=cast.near.township, state=PartState.DONE)
    PartFactory(task=task, unit=cast.far.township)
    PartFactory(task=PlanTaskFactory(**PAST, title="没做"), unit=cast.near.township)
    met = PartFactory(task=PlanTaskFactory(**PAST, title="做完"), state=PartState.DONE)
    link_evidence(met, label="走访", address="/training/visits/", by=cast.clerk)
    return operations.open_acceptance(the_programme(), AcceptanceKind.PRELIMINARY, by=cast.bureau)


def verdicts(check):
    return {item.title: (item.verdict, item.self_points) for item in check.items.all()}


def test_a_check_begins_with_what_the_portal_found(check):
    assert verdicts(check) == {
        "半成": (Verdict.PARTLY, Decimal("0.5")),
        "没做": (Verdict.GAP, Decimal(0)),
        "做完": (Verdict.MET, Decimal(1)),
    }


def test_there_is_one_check_of_a_kind_at_a_time(cast, check):
    with pytest.raises(TransitionRefused, match="进行中的同类核对"):
        operations.open_acceptance(check.programme, AcceptanceKind.PRELIMINARY, by=cast.bureau)
    assert operations.open_acceptance(check.programme, AcceptanceKind.FINAL, by=cast.bureau)


def test_checking_again_sees_what_was_done_and_keeps_what_a_person_scored(cast, check):
    scored = check.items.get(title="半成")
    operations.score_item(scored, Decimal("0.8"), note="在补", version=1, by=cast.bureau)
    TaskPart.objects.update(state=PartState.DONE)
    PartFactory(task=PlanTaskFactory(**PAST, title="新增"))
    assert operations.refresh_acceptance(check, by=cast.bureau) == 4
    assert verdicts(check)["半成"][1] == Decimal("0.8")
    assert verdicts(check)["没做"] == (Verdict.PARTLY, Decimal("0.5"))
    assert verdicts(check)["新增"][0] == Verdict.GAP


def test_a_score_keeps_within_the_points_and_an_old_page_scores_nothing(cast, check):
    item = check.items.first()
    with pytest.raises(TransitionRefused, match="满分"):
        operations.score_item(item, Decimal("1.5"), note="", version=1, by=cast.bureau)
    operations.score_item(item, Decimal(1), note="", version=1, by=cast.bureau)
    with pytest.raises(TransitionRefused):
        operations.score_item(item, Decimal(0), note="", version=1, by=cast.bureau)


def test_after_the_conclusion_nothing_changes(cast, check):
    operations.conclude_acceptance(check, conclusion="基本达到", version=1, by=cast.bureau)
    item = check.items.select_related("acceptance").first()
    with pytest.raises(TransitionRefused, match="已经出了结论"):
        operations.score_item(item, Decimal(1), note="", version=1, by=cast.bureau)
    with pytest.raises(TransitionRefused, match="已经出了结论"):
        operations.refresh_acceptance(check, by=cast.bureau)


def test_every_unit_behind_gets_one_finding_and_hears_of_it(cast, check, browser_of):
    assert operations.raise_findings(check, LATER, by=cast.bureau) == 2
    assert operations.raise_findings(check, LATER, by=cast.bureau) == 0
    assert set(AcceptanceFinding.objects.values_list("item__title", "unit__short_name")) == {
        ("半成", "碑庙镇"),
        ("没做", "罗江镇"),
    }
    duty = next(each for each in duties_of(cast.clerk) if "验收问题" in each.title)
    assert (duty.count, duty.due) == (1, LATER)
    assert browser_of(cast.clerk).get(duty.url).context["number"] == 1


def test_a_finding_is_put_right_by_one_and_confirmed_by_another(cast, check):
    operations.raise_findings(check, LATER, by=cast.bureau)
    operations.conclude_acceptance(check, conclusion="基本达到", version=1, by=cast.bureau)
    one, other = AcceptanceFinding.objects.order_by("unit__position")
    operations.move_finding(one, FindingState.DONE, reason="已补", version=1, by=cast.bureau)
    with pytest.raises(TransitionRefused, match="另一人复核"):
        operations.move_finding(one, FindingState.CONFIRMED, reason="", version=2, by=cast.bureau)
    operations.move_finding(one, FindingState.OPEN, reason="不齐", version=2, by=cast.bureau)
    operations.move_finding(one, FindingState.DONE, reason="补齐", version=3, by=cast.clerk)
    operations.move_finding(one, FindingState.CONFIRMED, reason="", version=4, by=cast.bureau)
    assert (one.outcome, one.confirmed_by) == ("补齐", cast.bureau)
    with pytest.raises(TransitionRefused, match="还有 1 个问题"):
        operations.close_acceptance(check, version=2, by=cast.bureau)
    operations.move_finding(other, FindingState.DONE, reason="好了", version=1, by=cast.far.clerk)
    operations.move_finding(other, FindingState.CONFIRMED, reason="", version=2, by=cast.bureau)
    operations.close_acceptance(check, version=2, by=cast.bureau)
    assert check.state == AcceptanceState.CLOSED


def test_a_township_cannot_put_right_what_is_of_another(cast, check):
    operations.raise_findings(check, LATER, by=cast.bureau)
    far = AcceptanceFinding.objects.get(unit=cast.far.township)
    with pytest.raises(PermissionDenied):
        operations.move_finding(far, FindingState.DONE, reason="好了", version=1, by=cast.clerk)


def the_target(key="new_district", value=30):
    programme = the_programme()
    return Target.objects.create(
        programme=programme, indicator=key, value=value,
        starts_on=programme.starts_on, due_on=programme.ends_on,
    )  # fmt: skip


def test_a_check_states_each_target_with_its_value_met_or_missing(cast, browser_of):
    assert cast.near.title
    the_target(value=30)
    the_target("feed_quarters", 8)
    the_target("accounts_complete", 80)
    PartFactory(task=PlanTaskFactory(**PAST))
    check = operations.open_acceptance(the_programme(), AcceptanceKind.PRELIMINARY, by=cast.bureau)
    client = browser_of(cast.bureau)
    shown = client.get(f"/pilot/acceptance/{check.pk}/").context
    assert len(shown["targets"]) == 3
    for each in shown["targets"]:
        row = each["check"]
        page = client.get(each["url"]).context
        assert page["number"] == row.numerator, row.indicator
        reached = row.value is not None and row.value >= row.target
        assert row.verdict == (Verdict.MET if reached else Verdict.GAP)
        assert (row.missing is None) == (reached or row.value is None)
    assert shown["targets_met"] == sum(
        each["check"].verdict == Verdict.MET for each in shown["targets"]
    )


def test_a_missed_target_gives_the_bureau_a_finding_that_stays_through_a_refresh(cast, browser_of):
    the_target("feed_quarters", 8)
    PartFactory(task=PlanTaskFactory(**PAST))
    check = operations.open_acceptance(the_programme(), AcceptanceKind.PRELIMINARY, by=cast.bureau)
    operations.raise_findings(check, LATER, by=cast.bureau)
    finding = AcceptanceFinding.objects.get(target_check__isnull=False)
    assert finding.unit.code == "nyncj"
    assert "没有达到：目标8个季度，现在0个季度，还差8个季度" in finding.text
    operations.refresh_acceptance(check, by=cast.bureau)
    assert operations.raise_findings(check, LATER, by=cast.bureau) == 0
    assert AcceptanceFinding.objects.get(target_check__isnull=False) == finding
    client = browser_of(cast.bureau)
    page = client.get(f"/pilot/findings/{finding.pk}/").content.decode()
    assert f"目标：{finding.target_check.title}" in page
    listed = client.get(f"/pilot/findings/?acceptance={check.pk}").context
    assert finding in listed["page"].rows
    assert browser_of(cast.clerk).get(f"/pilot/findings/{finding.pk}/").status_code == 404
    check.refresh_from_db()
    operations.conclude_acceptance(
        check, conclusion="未达到", version=check.version, by=cast.bureau
    )
    rest = AcceptanceFinding.objects.exclude(pk=finding.pk)
    rest.delete()
    with pytest.raises(TransitionRefused, match="还有 1 个问题"):
        operations.close_acceptance(check, version=check.version, by=cast.bureau)


def test_a_target_that_is_met_or_no_longer_set_gives_no_finding(cast):
    target = the_target("feed_quarters", 8)
    PartFactory(task=PlanTaskFactory(**PAST))
    check = operations.open_acceptance(the_programme(), AcceptanceKind.PRELIMINARY, by=cast.bureau)
    check.target_checks.update(verdict=Verdict.MET)
    operations.raise_findings(check, LATER, by=cast.bureau)
    assert not AcceptanceFinding.objects.filter(target_check__isnull=False).exists()
    target.delete()
    operations.refresh_acceptance(check, by=cast.bureau)
    assert not check.target_checks.exists()


def test_a_check_by_an_edition_says_the_frozen_value_whatever_happens_later(furnished, browser_of):
    Target.objects.all().delete()
    the_target(value=30)
    programme = the_programme()
    edition = freeze(programme, title="二季度", on=dt.date(2021, 6, 30), by=furnished.bureau)
    check = programme.acceptances.get()
    operations.refresh_acceptance(check, edition=edition, by=furnished.bureau)
    frozen = {each["key"]: each for each in edition.facts["indicators"]}["new_district"]
    DemonstrationTitle.objects.update(recognised_on=dt.date(2019, 1, 1))
    operations.refresh_acceptance(check, edition=edition, by=furnished.bureau)
    row = check.target_checks.get()
    assert (row.numerator, str(row.value)) == (frozen["numerator"], f"{int(frozen['value'])}.0")
    each = browser_of(furnished.leader).get(f"/pilot/acceptance/{check.pk}/").context["targets"][0]
    page = browser_of(furnished.leader).get(each["url"]).context
    assert len(page["asked"]["list"]) == row.numerator
    operations.refresh_acceptance(check, by=furnished.bureau)
    assert check.target_checks.get().numerator == 0


def test_an_edition_of_another_pilot_is_refused(cast):
    own = the_programme()
    other = Programme.objects.create(
        name="另一试点", level="district", starts_on=dt.date(2021, 1, 1), ends_on=LATER
    )
    edition = freeze(other, title="别的", on=dt.date(2021, 6, 30), by=cast.bureau)
    PartFactory(task=PlanTaskFactory(programme=own, **PAST))
    with pytest.raises(TransitionRefused, match="本试点的定版"):
        operations.open_acceptance(own, AcceptanceKind.PRELIMINARY, edition=edition, by=cast.bureau)


def test_report_and_archive_hold_the_targets(cast, browser_of):
    the_target(value=30)
    PartFactory(task=PlanTaskFactory(**PAST))
    check = operations.open_acceptance(the_programme(), AcceptanceKind.PRELIMINARY, by=cast.bureau)
    answer = browser_of(cast.leader).get(f"/pilot/acceptance/{check.pk}/word/")
    document = Document(io.BytesIO(b"".join(answer.streaming_content)))
    cells = [c.text for t in document.tables for row in t.rows for c in row.cells]
    assert "新增区级示范社" in cells
    assert "还差30家" in cells
    names = [piece.name for piece in Collection(the_programme()).pieces()]
    assert "验收/预验收_20210720_目标核对.xlsx" in names


FLOWS = {
    "check": (CHECK, AcceptanceState),
    "finding": (FINDING, FindingState),
}


@pytest.mark.parametrize("name", FLOWS)
def test_only_what_the_table_allows_ever_moves(name, cast):
    flow, states = FLOWS[name]
    row = {"check": cast.near.acceptance, "finding": cast.near.finding}[name]
    AcceptanceFinding.objects.update(done_by=cast.near.liaison, confirmed_by=cast.leader)
    if name == "check":
        AcceptanceFinding.objects.all().delete()
    walk(flow, states, row, cast)


def test_every_number_of_a_check_is_that_of_its_list(cast, check, browser_of):
    operations.raise_findings(check, LATER, by=cast.bureau)
    client, address = browser_of(cast.leader), f"/pilot/acceptance/{check.pk}/"
    shown = client.get(address).context
    for tile in shown["tiles"]:
        assert len(client.get(address + tile["url"]).context["items"]) == tile["value"]
    for each in shown["findings"]:
        assert client.get(each["url"]).context["number"] == each["number"]
    assert shown["score"]["points"] == Decimal("1.5")


def test_a_check_is_made_and_scored_by_page(cast, browser_of):
    PartFactory(task=PlanTaskFactory(**PAST))
    client = browser_of(cast.bureau)
    made = client.post("/pilot/acceptance/open/", {"kind": "preliminary"})
    item = CheckItem.objects.get()
    asked = {"points": "0.5", "note": "在办", "version": item.version}
    assert client.post(f"{made.url}items/{item.pk}/", asked).status_code == 302
    item.refresh_from_db()
    assert (item.self_points, item.note, item.scored_by) == (Decimal("0.5"), "在办", cast.bureau)


def test_the_report_says_what_is_missing(cast, check, browser_of):
    answer = browser_of(cast.leader).get(f"/pilot/acceptance/{check.pk}/word/")
    document = Document(io.BytesIO(b"".join(answer.streaming_content)))
    cells = " ".join(c.text for t in document.tables for row in t.rows for c in row.cells)
    assert "1 个单位还没有报告完成：碑庙镇" in cells
    assert any("折合百分制 50.0 分" in part.text for part in document.paragraphs)
