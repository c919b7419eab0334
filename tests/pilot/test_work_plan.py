"""The work plan: the starting plan, tasks, other days, rings, parts, evidence, pages."""

import datetime as dt
import io
from collections import Counter
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import connection
from openpyxl import load_workbook

from accounts.models import AuditEvent, OrganisationUnit
from common import clock
from common.conflict import EditConflict
from common.workflow import TransitionRefused
from liaison.exemplar_choices import ExemplarState
from liaison.support_choices import SupportKind
from pilot.evidence import shown_proofs
from pilot.models import EvidenceLink, PlanTask, Programme, TaskDependency, TaskPart
from pilot.network import standings_of
from pilot.operations import task_parts, work_plan
from pilot.operations.starting_plan import load_starting_plan, read_starting_plan
from pilot.plan_choices import PartState
from pilot.plan_workflows import PART
from pilot.proofs import PROOFS, PROOFS_BY_KEY, numbers_of
from tests.factories.accounts import unit
from tests.factories.exemplars import ExemplarFactory
from tests.factories.pilot import LAST, PartFactory, PlanTaskFactory, the_programme
from tests.factories.supports import SupportFactory
from tests.flows import walk
from tongchuan_coop.duties import duties_of

pytestmark = pytest.mark.django_db
TODAY = dt.date(2021, 7, 20)


def august(day):
    return dt.date(2021, 8, day)


# --- the starting plan ---


def test_every_duty_of_the_document_is_in_the_starting_plan_once():
    sources = Counter(line.source for line in read_starting_plan())
    assert sources == {f"S-{number:03d}": 1 for number in range(23, 116)}


def test_the_starting_plan_is_in_order_and_ends_with_the_programme(cast):
    programme = the_programme()
    assert load_starting_plan(programme, by=cast.bureau) == 93
    links = TaskDependency.objects.select_related("task", "waits_for")
    assert [str(link) for link in links if link.waits_for.due_on >= link.task.start_on] == []
    tasks = PlanTask.objects.filter(programme=programme)
    assert tasks.latest("due_on").due_on == LAST
    assert tasks.earliest("start_on").start_on == programme.starts_on
    assert not tasks.filter(parts=None).exists()


def test_the_starting_plan_follows_the_end_of_its_programme(cast):
    programme = the_programme()
    programme.ends_on = LAST + dt.timedelta(days=30)
    programme.save()
    load_starting_plan(programme, by=cast.bureau)
    assert PlanTask.objects.latest("due_on").due_on == programme.ends_on


def test_every_township_has_its_part_and_its_quarterly_training(cast):
    load_starting_plan(the_programme(), by=cast.bureau)
    training = PlanTask.objects.get(source="S-072")
    townships = OrganisationUnit.objects.reporting().count()
    assert training.parts.count() == townships == 19
    assert TaskPart.objects.filter(task__source="S-101").get().unit.code == "scjgj"


def test_a_plan_that_has_tasks_is_not_loaded_over(cast):
    PlanTaskFactory()
    with pytest.raises(TransitionRefused, match="已经有任务"):
        load_starting_plan(the_programme(), by=cast.bureau)


def test_loading_takes_few_statements_however_long_the_plan_is(cast, django_assert_max_num_queries):
    programme = the_programme()
    with django_assert_max_num_queries(22):
        load_starting_plan(programme, by=cast.bureau)


def test_only_who_edits_the_plan_loads_it(cast):
    with pytest.raises(PermissionDenied):
        load_starting_plan(the_programme(), by=cast.clerk)


def test_every_proof_that_the_plan_names_is_known():
    named = {key for line in read_starting_plan() for key in line.proofs}
    assert named - PROOFS_BY_KEY.keys() == set()


# --- days and dependencies ---


@pytest.fixture
def chain(cast):
    """First (to 31 August) → second (ten days of September) → third (to the end)."""
    first = PlanTaskFactory(title="甲")
    second = PlanTaskFactory(title="乙", start_on=dt.date(2021, 9, 1), due_on=dt.date(2021, 9, 10))
    third = PlanTaskFactory(title="丙", start_on=dt.date(2021, 9, 15), due_on=LAST)
    for task, waits_for in ((second, first), (third, second)):
        work_plan.add_dependency(task, waits_for, by=cast.bureau)
    return first, second, third


def test_a_preview_says_who_moves_and_writes_nothing(chain):
    first, second, _ = chain
    moves = work_plan.preview_move(first, first.start_on, dt.date(2021, 9, 4))
    assert [(move.task.title, move.due_on, move.days) for move in moves] == [
        ("甲", dt.date(2021, 9, 4), 4),
        ("乙", dt.date(2021, 9, 14), 4),
    ]
    second.refresh_from_db()
    assert second.due_on == dt.date(2021, 9, 10)


def test_followers_move_with_the_task_in_one_act(cast, chain):
    first, second, third = chain
    moved = work_plan.move_task(
        first, first.start_on, dt.date(2021, 9, 4), reason="雨季", version=1, by=cast.bureau
    )
    assert moved == 2
    for task in chain:
        task.refresh_from_db()
    assert (second.start_on, second.due_on) == (dt.date(2021, 9, 5), dt.date(2021, 9, 14))
    assert (second.version, third.version) == (2, 1)
    assert AuditEvent.objects.about(first).first().reason == "雨季"


def test_a_plan_made_back_from_its_end_does_not_run_beyond_it(cast, chain):
    first, _, third = chain
    moves = work_plan.preview_move(first, first.start_on, dt.date(2021, 10, 1))
    assert [move.task.title for move in moves if move.beyond] == ["丙"]
    with pytest.raises(TransitionRefused, match="试点结束日"):
        work_plan.move_task(
            first, first.start_on, dt.date(2021, 10, 1), reason="拖", version=1, by=cast.bureau
        )
    third.refresh_from_db()
    assert third.due_on == LAST


@pytest.mark.parametrize(
    ("start", "due"),
    [(dt.date(2020, 2, 1), august(1)), (august(1), dt.date(2022, 1, 1)), (august(9), august(1))],
)
def test_days_outside_the_programme_or_turned_round_are_refused(cast, chain, start, due):
    with pytest.raises(TransitionRefused, match="试点期限"):
        work_plan.move_task(chain[0], start, due, reason="试", version=1, by=cast.bureau)


def test_a_ring_is_refused_in_names_and_leaves_nothing(cast, chain):
    first, _, third = chain
    with pytest.raises(TransitionRefused, match="循环"):
        work_plan.add_dependency(first, third, by=cast.bureau)
    assert TaskDependency.objects.count() == 2


def test_an_old_page_moves_nothing(cast, chain):
    with pytest.raises(EditConflict):
        work_plan.move_task(
            chain[0], august(1), august(2), reason="旧页", version=9, by=cast.bureau
        )


def test_waiting_twice_is_the_same_as_once(cast, chain):
    first, second, _ = chain
    assert work_plan.add_dependency(second, first, by=cast.bureau) == 0
    assert TaskDependency.objects.count() == 2


def test_the_chain_without_room_is_critical_until_it_is_done(cast, chain):
    programme = the_programme()
    for task in chain:
        PartFactory(task=task)
    work_plan.move_task(
        chain[1],
        dt.date(2021, 9, 1),
        dt.date(2021, 9, 14),
        reason="加长",
        version=1,
        by=cast.bureau,
    )

    def standings():
        tasks = PlanTask.objects.filter(programme=programme).with_progress()
        found = standings_of(programme, tasks)
        return [found[task.pk] for task in chain]

    assert [each.critical for each in standings()] == [True, True, True]
    chain[0].parts.update(state=PartState.DONE, done_on=TODAY)
    assert [each.critical for each in standings()] == [False, True, True]
    assert [each.word for each in standings()] == ["已完成", "未开始", "未开始"]
    with clock.on_day(dt.date(2021, 10, 1)):
        assert [each.word for each in standings()] == ["已完成", "逾期", "未开始"]
        assert standings()[1].slot.slack == -17


def test_where_all_stand_costs_two_queries(chain, django_assert_num_queries):
    programme = chain[0].programme
    with django_assert_num_queries(2):
        standings_of(programme, PlanTask.objects.filter(programme=programme).with_progress())


# --- tasks ---


def test_a_unit_that_has_begun_stays_in_the_task(cast):
    part = cast.near.part
    facts = {"title": "改名", "done_when": "", "phase": part.task.phase, "lead": part.task.lead}
    with pytest.raises(TransitionRefused, match="已经开始"):
        work_plan.edit_task(part.task, facts, [unit("税务局")], version=1, by=cast.bureau)
    edited = work_plan.edit_task(
        part.task, facts, [part.unit, unit("税务局")], version=1, by=cast.bureau
    )
    assert (edited.title, edited.parts.count(), edited.version) == ("改名", 2, 2)


def test_a_task_that_has_begun_is_not_removed(cast):
    with pytest.raises(TransitionRefused, match="不能删除"):
        work_plan.remove_task(cast.near.part.task, reason="试", version=1, by=cast.bureau)
    idle = PartFactory().task
    work_plan.remove_task(idle, reason="重复", version=1, by=cast.bureau)
    assert not PlanTask.objects.filter(pk=idle.pk).exists()


# --- parts ---


def test_only_what_the_table_allows_ever_moves(cast):
    part = cast.near.part
    assert cast.near.evidence_link
    TaskPart.objects.filter(pk=part.pk).update(done_by=cast.near.liaison)
    walk(
        PART,
        PartState,
        part,
        cast,
        stand=lambda source: {
            "confirmed_by": cast.bureau if source == PartState.CONFIRMED else None
        },
        facts=lambda target: {"confirmed_by": cast.leader} if target == PartState.CONFIRMED else {},
    )


def test_a_part_is_reported_and_then_confirmed_by_another(cast):
    part = cast.near.part
    task_parts.move_part(part, PartState.DONE, by=cast.bureau, version=1, reason="办好了")
    assert (part.state, part.progress, part.done_on) == (PartState.DONE, 100, TODAY)
    with pytest.raises(TransitionRefused, match="另一人确认"):
        task_parts.move_part(part, PartState.CONFIRMED, by=cast.bureau, version=2)
    task_parts.move_part(part, PartState.UNDER_WAY, by=cast.bureau, version=2, reason="缺签到表")
    assert (part.done_by, part.done_on) == (None, None)
    task_parts.move_part(part, PartState.DONE, by=cast.clerk, version=3, reason="已补")
    task_parts.move_part(part, PartState.CONFIRMED, by=cast.bureau, version=4)
    assert (part.confirmed_by, part.confirmed_on) == (cast.bureau, TODAY)


def test_what_nothing_proves_is_not_reported_as_done(cast):
    part = PartFactory(state=PartState.UNDER_WAY)
    with pytest.raises(TransitionRefused, match="还没有佐证"):
        task_parts.move_part(part, PartState.DONE, by=cast.clerk, version=1, reason="好了")
    task_parts.link_evidence(part, label="走访", address="/training/visits/", by=cast.clerk)
    task_parts.move_part(part, PartState.DONE, by=cast.clerk, version=1, reason="好了")
    assert part.state == PartState.DONE


def test_a_page_from_elsewhere_is_no_evidence(cast):
    part = cast.near.part
    for address in ("https://example.com/nowhere", "/no-such-page/", "javascript:alert(1)"):
        with pytest.raises(TransitionRefused, match="不是本平台的页面"):
            task_parts.link_evidence(part, label="甲", address=address, by=cast.clerk)
    kept = task_parts.link_evidence(
        part, label="甲", address="https://portal.example/registry/?status=active", by=cast.clerk
    )
    assert kept.address == "/registry/?status=active"
    with pytest.raises(TransitionRefused, match="已经添加"):
        task_parts.link_evidence(
            part, label="乙", address="/registry/?status=active", by=cast.clerk
        )


def test_progress_is_only_reported_while_it_runs(cast):
    part = cast.near.part
    task_parts.report_progress(part, progress=40, note="已办两次", version=1, by=cast.clerk)
    part.refresh_from_db()
    assert (part.progress, part.note) == (40, "已办两次")
    with pytest.raises(TransitionRefused):
        task_parts.report_progress(part, progress=50, note="旧页", version=1, by=cast.clerk)
    TaskPart.objects.filter(pk=part.pk).update(state=PartState.DONE)
    with pytest.raises(TransitionRefused, match="进行中"):
        task_parts.report_progress(part, progress=50, note="晚了", version=2, by=cast.clerk)


def test_a_township_cannot_report_for_another(cast):
    with pytest.raises(PermissionDenied):
        task_parts.report_progress(
            cast.far.part, progress=10, note="越界", version=1, by=cast.clerk
        )


def test_a_confirmed_part_keeps_its_evidence(cast):
    link = cast.near.evidence_link
    TaskPart.objects.filter(pk=link.part_id).update(
        state=PartState.CONFIRMED, confirmed_by=cast.bureau
    )
    with pytest.raises(TransitionRefused, match="不能再改"):
        task_parts.unlink_evidence(link, by=cast.clerk)
    assert EvidenceLink.objects.filter(pk=link.pk).exists()


# --- duties and pages ---


def test_a_unit_hears_of_its_own_late_tasks_and_the_bureau_of_what_to_confirm(cast, browser_of):
    task = PlanTaskFactory(start_on=dt.date(2021, 6, 1), due_on=dt.date(2021, 7, 10))
    PartFactory(task=task, unit=cast.near.township)
    PartFactory(task=task, unit=cast.far.township, state=PartState.DONE)
    late = next(each for each in duties_of(cast.clerk) if "逾期的试点任务" in each.title)
    assert (late.count, late.days_over) == (1, 10)
    assert browser_of(cast.clerk).get(late.url).context["number"] == 1
    assert not [each for each in duties_of(cast.far.clerk) if "试点任务" in each.title]
    waiting = next(each for each in duties_of(cast.bureau) if "待确认" in each.title)
    assert browser_of(cast.bureau).get(waiting.url).context["number"] == waiting.count == 1


def test_what_is_unfinished_when_the_programme_ends_still_waits(cast, browser_of):
    task = PlanTaskFactory(start_on=dt.date(2021, 11, 1), due_on=dt.date(2021, 12, 31))
    PartFactory(task=task, unit=cast.near.township)
    done = PartFactory(task=task, unit=cast.far.township, state=PartState.DONE)
    with clock.on_day(dt.date(2022, 1, 1)):
        late = next(each for each in duties_of(cast.clerk) if "逾期的试点任务" in each.title)
        waiting = next(each for each in duties_of(cast.bureau) if "待确认" in each.title)
        assert browser_of(cast.clerk).get(late.url).context["number"] == late.count == 1
        assert browser_of(cast.bureau).get(waiting.url).context["number"] == waiting.count == 1
        TaskPart.objects.filter(task=task).exclude(pk=done.pk).delete()
        TaskPart.objects.filter(pk=done.pk).update(
            state=PartState.CONFIRMED, confirmed_by=cast.bureau
        )
        assert not [each for each in duties_of(cast.bureau) if "试点任务" in each.title]


def test_the_wall_opens_every_part_and_counts_what_is_late(cast, browser_of):
    load_starting_plan(the_programme(), by=cast.bureau)
    TaskPart.objects.filter(task__source="S-068", unit=cast.far.township).update(
        state=PartState.DONE
    )
    for person in (cast.bureau, cast.leader, cast.clerk, cast.counsellor):
        client = browser_of(person)
        page = client.get("/pilot/plan/wall/")
        wall = page.context["wall"]
        parts = [cell.part for _, cells in wall.rows for cell in cells if cell.part]
        assert len(parts) == wall.number > 20
        assert len({(part.task_id, part.unit_id) for part in parts}) == len(parts)
        if person in (cast.clerk, cast.counsellor):
            assert wall.units == [cast.near.township]
        for each in page.context["late"][:2]:
            assert client.get(each["url"]).context["number"] == each["number"]
        assert client.get(f"/pilot/plan/parts/{parts[0].pk}/").status_code == 200
    done = browser_of(cast.leader).get("/pilot/plan/wall/", {"state": "done"})
    assert [cell.mark.word for _, cells in done.context["wall"].rows for cell in cells] == [
        "已完成，待确认"
    ]
    assert "<tfoot>" not in done.content.decode()


def test_the_wall_costs_the_same_however_many_parts(
    cast, browser_of, django_assert_max_num_queries
):
    load_starting_plan(the_programme(), by=cast.bureau)
    client = browser_of(cast.leader)
    client.get("/pilot/plan/wall/")
    with django_assert_max_num_queries(15):
        assert client.get("/pilot/plan/wall/").status_code == 200


def test_every_number_of_a_units_page_is_that_of_its_list(cast, browser_of):
    load_starting_plan(the_programme(), by=cast.bureau)
    for person in (cast.bureau, cast.clerk, cast.leader):
        client = browser_of(person)
        page = client.get(f"/pilot/plan/units/{cast.near.township.pk}/")
        numbers = [(tile["url"], tile["value"]) for tile in page.context["tiles"]]
        assert sum(number for _, number in numbers) > 20
        assert [(u, n) for u, n in numbers if client.get(u).context["number"] != n] == []


def test_the_board_shows_everybody_their_own_tasks(cast, browser_of):
    load_starting_plan(the_programme(), by=cast.bureau)
    whole = browser_of(cast.leader).get("/pilot/plan/").context
    own = browser_of(cast.clerk).get("/pilot/plan/").context
    assert whole["number"] == 93
    mine = TaskPart.objects.filter(unit=cast.near.township).values("task").distinct().count()
    assert own["number"] == mine < 93


@pytest.mark.parametrize("state", ["late", "critical", "not_begun", "under_way"])
def test_the_board_can_be_narrowed(cast, browser_of, state):
    programme = the_programme()
    load_starting_plan(programme, by=cast.bureau)
    standings = standings_of(programme, PlanTask.objects.with_progress())
    wanted = {
        "late": lambda each: each.late,
        "critical": lambda each: each.critical,
        "not_begun": lambda each: each.state == "not_begun",
        "under_way": lambda each: each.state == "under_way",
    }[state]
    shown = browser_of(cast.bureau).get(f"/pilot/plan/?state={state}").context["number"]
    assert shown == sum(wanted(each) for each in standings.values())


def test_the_list_of_parts_is_read_to_its_end(cast, browser_of):
    load_starting_plan(the_programme(), by=cast.bureau)
    client, url, seen = browser_of(cast.bureau), "/pilot/plan/parts/", []
    while url:
        page = client.get(url).context["page"]
        seen += [part.pk for part in page.rows]
        url = page.next_url
    assert len(seen) == len(set(seen)) == TaskPart.objects.count() > 200


@pytest.mark.parametrize("path", ["/pilot/plan/", "/pilot/plan/parts/"])
def test_the_lists_cost_a_fixed_number_of_queries(
    cast, browser_of, path, django_assert_max_num_queries
):
    load_starting_plan(the_programme(), by=cast.bureau)
    client = browser_of(cast.clerk)
    client.get(path)
    with django_assert_max_num_queries(15):
        client.get(path)


def test_a_task_page_costs_a_fixed_number_of_queries(
    cast, browser_of, django_assert_max_num_queries
):
    load_starting_plan(the_programme(), by=cast.bureau)
    task = PlanTask.objects.get(source="S-085")
    client = browser_of(cast.bureau)
    client.get(f"/pilot/plan/{task.pk}/")
    with django_assert_max_num_queries(18):
        client.get(f"/pilot/plan/{task.pk}/")


def test_the_bars_say_in_words_what_they_show(cast, browser_of):
    task = PlanTaskFactory(start_on=dt.date(2021, 6, 1), due_on=dt.date(2021, 7, 10))
    PartFactory(task=task, unit=cast.near.township)
    page = browser_of(cast.bureau).get("/pilot/plan/").content.decode()
    assert 'aria-label="2021年6月1日至2021年7月10日，逾期，完成 0%，预计拖到' in page


def test_moving_by_page_shows_a_preview_first(cast, browser_of, chain):
    client, address = browser_of(cast.bureau), f"/pilot/plan/{chain[0].pk}/days/"
    shown = client.get(f"{address}?start_on=2021-07-01&due_on=2021-09-04")
    assert [move.task.title for move in shown.context["moves"]] == ["甲", "乙"]
    asked = {"start_on": "2021-07-01", "due_on": "2021-09-04", "reason": "雨季", "version": 1}
    assert client.post(address, asked).url == f"/pilot/plan/{chain[0].pk}/"
    chain[1].refresh_from_db()
    assert chain[1].due_on == dt.date(2021, 9, 14)


def test_the_workbook_holds_the_parts_in_reach(cast, browser_of):
    load_starting_plan(the_programme(), by=cast.bureau)
    answer = browser_of(cast.clerk).get("/pilot/plan/export/")
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    units = [row[4] for row in book["倒排工作表"].iter_rows(min_row=2, values_only=True)]
    assert set(units) == {cast.near.township.name}
    assert len(units) == TaskPart.objects.filter(unit=cast.near.township).count()


# --- proofs ---


@pytest.mark.parametrize("proof", PROOFS, ids=lambda proof: proof.key)
def test_a_proof_exports_as_many_rows_as_it_counts(furnished, proof):
    rows = list(proof.table().rows)
    assert numbers_of([proof.key])[proof.key] == len(rows) == proof.rows().count()
    assert all(len(row) == len(proof.shown) for row in rows)


def test_every_duty_is_proven_by_facts_of_the_portal():
    assert [line.source for line in read_starting_plan() if not line.proofs] == []


def test_services_bought_prove_their_own_duty_and_no_policy(cast):
    SupportFactory(cooperative=cast.near.cooperative, kind=SupportKind.PURCHASE)
    SupportFactory(cooperative=cast.near.cooperative, kind=SupportKind.FINANCE)
    SupportFactory(cooperative=cast.near.cooperative, kind=SupportKind.LAND)
    keys = ("purchased_services", "finance_supports", "policy_supports", "supports")
    assert numbers_of(keys) == {
        "purchased_services": 1,
        "finance_supports": 1,
        "policy_supports": 1,
        "supports": 3,
    }
    (line,) = [each for each in read_starting_plan() if each.source == "S-063"]
    assert list(line.proofs) == ["purchased_services"]


def test_only_published_cases_prove_the_experience(cast):
    ExemplarFactory(state=ExemplarState.APPROVED)
    assert numbers_of(["exemplars"]) == {"exemplars": 0}
    ExemplarFactory(state=ExemplarState.PUBLISHED)
    assert numbers_of(["exemplars"]) == {"exemplars": 1}


def test_duties_of_running_programmes_are_proven_by_the_present_lists(cast):
    moved = import_module("pilot.migrations.0007_present_proofs_of_duties")
    chosen = PlanTaskFactory(source="S-091", proofs=["tip_offs"])
    over = Programme.objects.create(
        name="已结束的试点",
        level="district",
        starts_on=dt.date(2018, 1, 1),
        ends_on=dt.date(2019, 1, 1),
    )
    ended = PlanTaskFactory(source="S-100", proofs=["promises"])
    upward = PlanTaskFactory(source="S-092", proofs=[])
    PlanTask.objects.filter(pk=ended.pk).update(programme=over)
    running = PlanTaskFactory(source="S-100", proofs=["promises"])
    for _ in range(2):
        moved.point_to_present(apps, SimpleNamespace(connection=connection))
    logged = import_module("pilot.migrations.0008_present_proof_of_contacts_upward")
    logged.point_to_the_log(apps, SimpleNamespace(connection=connection))
    for task in (running, chosen, ended, upward):
        task.refresh_from_db()
    assert (running.proofs, running.version) == (["help_requests"], 2)
    assert chosen.proofs == ["tip_offs"]
    assert ended.proofs == ["promises"]
    assert upward.proofs == ["upward"]


@pytest.mark.parametrize("proof", [each for each in PROOFS if each.way], ids=lambda p: p.key)
def test_what_belongs_to_a_pilot_proves_that_pilot_alone(furnished, proof):
    first = the_programme()
    second = Programme.objects.create(
        name="另一试点", level="district", starts_on=TODAY, ends_on=LAST
    )
    whole = proof.rows().count()
    own = [numbers_of([proof.key], each)[proof.key] for each in (first, second)]
    assert own == [whole - own[1], 1 if proof.key == "programmes" else 0]


@pytest.mark.parametrize("key", ["leading_meetings", "joint_meetings", "decisions", "sponsorships"])
def test_a_proof_opens_the_list_that_it_counts(furnished, browser_of, key):
    task = PlanTaskFactory(proofs=[key])
    (shown,) = shown_proofs(task, furnished.bureau)
    page = browser_of(furnished.bureau).get(shown.url).context
    number = len(page["meetings"]) if "meetings" in page else page["number"]
    assert number == shown.number == numbers_of([key])[key]


def test_all_proofs_are_counted_in_one_query(furnished, django_assert_num_queries):
    with django_assert_num_queries(1):
        numbers = numbers_of(PROOFS_BY_KEY)
    assert numbers.keys() == PROOFS_BY_KEY.keys()


def test_no_proof_shows_what_must_not_leave_the_house():
    shown = " ".join(path for proof in PROOFS for _, path, _, _ in proof.shown)
    for hidden in ("phone", "identity", "reporter", "content"):
        assert hidden not in shown
