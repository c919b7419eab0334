"""Two pilots side by side: set up on pages, and every link and number keeps to its own."""

import datetime as dt
import re
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.models import AuditEvent
from common.conflict import EditConflict
from common.workflow import TransitionRefused
from pilot.board import as_of
from pilot.figures import district_reader
from pilot.indicators import BY_KEY
from pilot.models import Phase, PlanTask, Programme, Target, TaskDependency, TaskPart
from pilot.operations import acceptances, programmes, targets
from pilot.operations.editions import freeze
from pilot.operations.starting_plan import lay_out, load_starting_plan, read_starting_plan
from pilot.plan_choices import AcceptanceKind, PartState
from tests.factories.pilot import PartFactory, PlanTaskFactory, the_programme
from tongchuan_coop.duties import duties_of

pytestmark = pytest.mark.django_db
SPAN = {"starts_on": "2021-01-01", "ends_on": "2021-09-30"}
FIRST, LAST = dt.date(2021, 1, 1), dt.date(2021, 9, 30)


def set_up(client):
    """Set a shorter pilot up beside the first, on the pages alone; return it."""
    facts = {"name": "市级规范提升试点", "level": "municipal", "batch": "", "document": "", **SPAN}
    made = client.post(reverse("pilot:programme-create"), facts)
    assert made.status_code == 302, made.content.decode()
    second = Programme.objects.get(name=facts["name"])
    assert made.url == reverse("pilot:programme-detail", args=[second.pk])
    for name, first, last in (
        ("准备", "2021-01-01", "2021-02-28"),
        ("实施", "2021-03-01", "2021-09-30"),
    ):
        phase = {"name": name, "starts_on": first, "ends_on": last, "content": ""}
        assert (
            client.post(reverse("pilot:phase-create", args=[second.pk]), phase).status_code == 302
        )
    for key, value in (("new_district", "5"), ("reports_published", "85"), ("surveyed", "100")):
        target = {
            "indicator": key, "value": value, "baseline": "0",
            "starts_on": SPAN["starts_on"], "due_on": SPAN["ends_on"], "basis": "",
        }  # fmt: skip
        address = reverse("pilot:target-create", args=[second.pk])
        assert client.post(address, target).status_code == 302
    started = client.post(f"{reverse('pilot:plan-start')}?{second.query}")
    assert started.url == f"{reverse('pilot:plan-board')}?{second.query}"
    return second


@pytest.fixture
def both(furnished, browser_of):
    """Two pilots under way, each with its plan, an edition and a check."""
    first = the_programme()
    second = set_up(browser_of(furnished.bureau))
    for programme in (first, second):
        freeze(programme, title=f"{programme}一季度", on=dt.date(2021, 3, 31), by=furnished.bureau)
    acceptances.open_acceptance(second, AcceptanceKind.PRELIMINARY, by=furnished.bureau)
    return first, second


# --- walking ---

WALKED = (
    "pilot:board",
    "pilot:screen",
    "pilot:plan-board",
    "pilot:part-list",
    "pilot:edition-list",
    "pilot:acceptance-list",
    "pilot:archive-list",
)
LINK = re.compile(r'(?:href|action|hx-get)="(/pilot/[^"]*)"')


def of(context):
    """Return the pilot that a page says it is about."""
    for name in ("programme", "part", "task", "edition", "acceptance", "target", "phase"):
        found = context.get(name)
        if found is None:
            continue
        task = getattr(found, "task", None)
        return found if name == "programme" else getattr(task or found, "programme", found)
    return None


def links_of(page):
    """Return the addresses of the pilot that the content of a page names; its menu left out.

    The form of the filter bar names the pilot in a field of its own.
    """
    content = page.content.decode().split('id="content"', 1)[-1]
    content = re.sub(r'<form class="filter-bar"[^>]*>', "", content)
    return {link.replace("&amp;", "&") for link in LINK.findall(content)}


@pytest.mark.parametrize("which", [0, 1])
def test_every_link_of_a_page_stays_with_its_pilot(cast, browser_of, both, which):
    programme, other = both[which], both[1 - which]
    client = browser_of(cast.bureau)
    seen = 0
    for name in WALKED:
        page = client.get(f"{reverse(name)}?{programme.query}")
        assert page.context["programme"] == programme, name
        tabs = {tab["url"] for tab in page.context.get("programme_tabs", ())}
        links = [link for link in links_of(page) if link not in tabs]
        for link in sorted(links)[::4][:30]:
            assert other.query not in link, (name, link)
            opened = client.get(link)
            about = of(opened.context) if opened.status_code == 200 and opened.context else None
            # Forms, files and buttons say by their address alone which pilot they are of.
            assert about == programme or programme.query in link or "/archive/" in link, link
            seen += 1
    assert seen > 10


@pytest.mark.parametrize("which", [0, 1])
def test_every_number_of_a_pilot_is_the_length_of_its_list(cast, browser_of, both, which):
    programme = both[which]
    client = browser_of(cast.leader)
    board = client.get(f"{reverse('pilot:board')}?{programme.query}").context["board"]
    for item in board.items:
        page = client.get(item.url)
        assert page.context["programme"] == programme
        assert page.context["number"] == item.figure.numerator, item.indicator.key
    for line in board.townships:
        for cell in line["cells"]:
            number = cell["figure"].numerator if cell["figure"] else 0
            assert client.get(cell["url"]).context["number"] == number, cell
    plan = client.get(f"{reverse('pilot:plan-board')}?{programme.query}").context
    assert plan["total"] == plan["number"] == programme.tasks.count()
    for state in ("late", "critical"):
        url = f"{reverse('pilot:plan-board')}?{programme.query}&state={state}"
        assert client.get(url).context["number"] == plan[state]
    unit = f"{reverse('pilot:unit-page', args=[cast.near.township.pk])}?{programme.query}"
    for tile in client.get(unit).context["tiles"]:
        assert client.get(tile["url"]).context["number"] == tile["value"], tile
    editions = client.get(f"{reverse('pilot:edition-list')}?{programme.query}").context["page"].rows
    assert {edition.pk for edition in editions} == set(
        programme.editions.values_list("pk", flat=True)
    )
    checks = client.get(f"{reverse('pilot:acceptance-list')}?{programme.query}").context["checks"]
    assert {check.pk for check in checks} == set(programme.acceptances.values_list("pk", flat=True))


def test_the_targets_of_one_are_not_those_of_the_other(cast, browser_of, both):
    first, second = both
    client = browser_of(cast.leader)
    by_pilot = [
        {
            item.indicator.key: item.target.value
            for item in page.context["board"].items
            if item.target
        }
        for page in (client.get(f"{reverse('pilot:board')}?{p.query}") for p in (first, second))
    ]
    assert by_pilot[1] == {"new_district": 5, "reports_published": 85, "surveyed": 100}
    assert by_pilot[0]["new_district"] == 30
    told = client.get(f"/api/v1/indicators/?{second.query}").json()
    assert {each["key"]: each["target"] for each in told if each["target"]} == {
        key: f"{value:.1f}" for key, value in by_pilot[1].items()
    }


def test_the_filter_bar_keeps_the_pilot_and_clears_to_it(cast, browser_of, both):
    _, second = both
    page = browser_of(cast.bureau).get(f"{reverse('pilot:plan-board')}?{second.query}&state=late")
    content = page.content.decode()
    assert f'<input type="hidden" name="programme" value="{second.pk}"' in content
    assert page.context["chosen"] == 1
    assert f'href="{reverse("pilot:plan-board")}?{second.query}">清除条件' in content


def test_findings_of_all_pilots_stand_together_unless_one_is_asked_for(cast, browser_of, both):
    first, second = both
    later = dt.date(2021, 9, 1)
    for programme in both:
        for check in programme.acceptances.all():
            acceptances.raise_findings(check, later, by=cast.bureau)
    client, address = browser_of(cast.bureau), reverse("pilot:finding-list")
    numbers = [client.get(f"{address}?{p.query}").context["number"] for p in (first, second)]
    assert numbers[1] > 0
    assert client.get(address).context["number"] == sum(numbers)


# --- duties ---


def test_duties_speak_of_every_pilot_under_way(cast, browser_of):
    first = the_programme()
    second = Programme.objects.create(
        name="市级试点", level="municipal", starts_on=FIRST, ends_on=LAST
    )
    phase = Phase.objects.create(programme=second, name="实施", starts_on=FIRST, ends_on=LAST)
    for programme, where in ((first, {}), (second, {"phase": phase})):
        late = PlanTaskFactory(
            programme=programme, start_on=dt.date(2021, 6, 1), due_on=dt.date(2021, 7, 10), **where
        )
        PartFactory(task=late, unit=cast.near.township)
        PartFactory(task=late, unit=cast.far.township, state=PartState.DONE)
    own = [each for each in duties_of(cast.clerk) if "逾期的试点任务" in each.title]
    assert {each.title for each in own} == {
        f"本单位逾期的试点任务（{programme}）" for programme in Programme.objects.all()
    }
    waiting = [each for each in duties_of(cast.bureau) if "待确认完成" in each.title]
    for person, duties in ((cast.clerk, own), (cast.bureau, waiting)):
        assert len(duties) == 2
        for each in duties:
            assert browser_of(person).get(each.url).context["number"] == each.count == 1


# --- the starting plan ---


@pytest.mark.parametrize("days", [60, 120, 273, 500, 669, 670, 671, 900])
def test_no_duty_is_left_out_of_a_shorter_pilot(days):
    lines = read_starting_plan()
    first = LAST - dt.timedelta(days=days)
    spans = lay_out(lines, first, LAST)
    assert len(spans) == len(lines) == 93
    for line in lines:
        start, due = spans[line.source]
        assert first <= start <= due <= LAST, line.source
        for before in line.after:
            assert spans[before][1] < start, (before, line.source)
    assert max(due for _, due in spans.values()) == LAST
    if days <= 670:
        assert min(start for start, _ in spans.values()) == first


def test_a_pilot_of_a_few_days_cannot_hold_the_chain_and_says_so():
    with pytest.raises(TransitionRefused, match="太短"):
        lay_out(read_starting_plan(), LAST - dt.timedelta(days=2), LAST)


def test_the_shorter_pilot_has_all_tasks_parts_and_links(cast, browser_of):
    whole = the_programme()
    load_starting_plan(whole, by=cast.bureau)
    second = set_up(browser_of(cast.bureau))
    for model, way in ((PlanTask, "programme"), (TaskPart, "task__programme")):
        numbers = [model.objects.filter(**{way: each}).count() for each in (whole, second)]
        assert numbers[0] == numbers[1] > 90
    links = [
        TaskDependency.objects.filter(task__programme=each).count() for each in (whole, second)
    ]
    assert links[0] == links[1] > 80


# --- programmes ---


def test_a_changed_pilot_keeps_what_hangs_on_it_within_its_days(cast):
    programme = the_programme()
    PlanTaskFactory(due_on=dt.date(2021, 12, 1))
    facts = {name: getattr(programme, name) for name in programmes.FACTS}
    with pytest.raises(TransitionRefused, match="阶段“总结”不在试点期限"):
        programmes.edit_programme(
            programme, {**facts, "ends_on": dt.date(2021, 11, 30)},
            version=1, reason="缩短", by=cast.bureau,
        )  # fmt: skip
    programme.phases.filter(name="总结").delete()
    with pytest.raises(TransitionRefused, match="任务“"):
        programmes.edit_programme(
            programme, {**facts, "ends_on": dt.date(2021, 11, 30)},
            version=1, reason="缩短", by=cast.bureau,
        )  # fmt: skip
    longer = programmes.edit_programme(
        programme, {**facts, "ends_on": dt.date(2022, 3, 31)},
        version=1, reason="上级延期", by=cast.bureau,
    )  # fmt: skip
    assert (longer.ends_on, longer.version) == (dt.date(2022, 3, 31), 2)
    event = AuditEvent.objects.get(action="programme-changed")
    assert event.reason == "上级延期"
    assert event.detail["changes"] == {"结束日期": ["2021年12月31日", "2022年3月31日"]}
    with pytest.raises(EditConflict):
        programmes.edit_programme(programme, facts, version=1, reason="旧页", by=cast.bureau)


def test_the_loser_of_two_edits_sees_both_texts(cast, browser_of):
    programme = the_programme()
    address = reverse("pilot:programme-edit", args=[programme.pk])
    form = {
        "name": "甲名", "level": "provincial", "batch": "", "document": "", "reason": "改名",
        "starts_on": "2020-03-01", "ends_on": "2021-12-31", "baseline_on": "", "version": 1,
    }  # fmt: skip
    client = browser_of(cast.bureau)
    assert client.post(address, form).status_code == 302
    late = client.post(address, {**form, "name": "乙名"})
    assert late.status_code == 409
    assert "甲名" in late.content.decode()
    assert "乙名" in late.content.decode()


def test_only_the_bureau_sets_pilots_up(cast, browser_of):
    programme = the_programme()
    for person in (cast.leader, cast.clerk):
        client = browser_of(person)
        assert client.get(reverse("pilot:programme-list")).status_code == 200
        assert client.get(reverse("pilot:programme-create")).status_code == 403
        assert "设立试点" not in client.get(reverse("pilot:programme-list")).content.decode()
        with pytest.raises(PermissionDenied):
            programmes.remove_programme(programme, version=1, reason="试", by=person)
    assert browser_of(cast.chair).get(reverse("pilot:programme-list")).status_code == 403


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"ends_on": "2020-01-01"}, "结束日期应晚于开始日期"),
        ({"baseline_on": "2023-01-01"}, "基线日期不能晚于结束日期"),
        ({"name": "质量提升试点"}, "已存在"),
    ],
)
def test_a_pilot_that_makes_no_sense_is_told_so(cast, browser_of, change, words):
    the_programme()
    facts = {"name": "新试点", "level": "district", "batch": "", "document": "", **SPAN, **change}
    answer = browser_of(cast.bureau).post(reverse("pilot:programme-create"), facts)
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_a_pilot_that_was_used_is_not_removed(cast):
    programme = the_programme()
    PlanTaskFactory()
    with pytest.raises(TransitionRefused, match="已有任务"):
        programmes.remove_programme(programme, version=1, reason="试", by=cast.bureau)
    mistaken = Programme.objects.create(
        name="误建", level="district", starts_on=FIRST, ends_on=LAST
    )
    Phase.objects.create(programme=mistaken, name="甲", starts_on=FIRST, ends_on=LAST)
    programmes.remove_programme(mistaken, version=1, reason="误建", by=cast.bureau)
    assert list(Programme.objects.all()) == [programme]


# --- phases ---


def test_a_phase_hands_its_tasks_on_before_it_goes(cast, browser_of):
    programme = the_programme()
    task = PlanTaskFactory()
    phase, other = task.phase, programme.phases.get(name="总结")
    client, address = browser_of(cast.bureau), reverse("pilot:phase-remove", args=[phase.pk])
    assert "1 项任务" in client.get(address).content.decode()
    client.post(address, {"version": 1, "reason": "合并", "heir": ""})
    assert Phase.objects.filter(pk=phase.pk).exists()
    client.post(address, {"version": 1, "reason": "合并", "heir": other.pk})
    task.refresh_from_db()
    assert (task.phase, task.due_on) == (other, dt.date(2021, 8, 31))
    assert not Phase.objects.filter(pk=phase.pk).exists()
    event = AuditEvent.objects.get(action="phase-removed")
    assert event.detail["changes"]["任务移到"] == "总结（1 项）"


def test_tasks_are_not_handed_to_another_pilot(cast):
    task = PlanTaskFactory()
    other = Programme.objects.create(
        name="另一试点", level="district", starts_on=FIRST, ends_on=LAST
    )
    foreign = Phase.objects.create(programme=other, name="甲", starts_on=FIRST, ends_on=LAST)
    with pytest.raises(TransitionRefused, match="同一个试点"):
        programmes.remove_phase(task.phase, foreign, version=1, reason="试", by=cast.bureau)


def test_a_phase_lies_within_its_pilot_and_has_a_name_of_its_own(cast, browser_of):
    programme = the_programme()
    client, address = browser_of(cast.bureau), reverse("pilot:phase-create", args=[programme.pk])
    facts = {"name": "收尾", "starts_on": "2022-01-01", "ends_on": "2022-02-01", "content": ""}
    assert "试点期限之内" in client.post(address, facts).content.decode()
    facts |= {"name": "总结", "starts_on": "2021-11-01", "ends_on": "2021-12-01"}
    assert "同名的阶段" in client.post(address, facts).content.decode()
    phase = programme.phases.get(name="总结")
    asked = {**facts, "name": "总结提炼", "version": 1}
    edit = reverse("pilot:phase-edit", args=[phase.pk])
    assert client.post(edit, asked).status_code == 302
    assert client.post(edit, {**asked, "name": "旧页"}).status_code == 409


# --- targets ---


def test_a_target_without_baseline_takes_what_was_measured_on_that_day(furnished):
    programme = the_programme()
    programme.baseline_on = dt.date(2020, 12, 31)
    programme.save()
    facts = {"value": Decimal(90), "baseline": None, "starts_on": programme.starts_on,
             "due_on": programme.ends_on, "basis": ""}  # fmt: skip
    made = targets.create_target(programme, "accounts_complete", facts, by=furnished.bureau)
    when = as_of(programme, programme.baseline_on)
    measured = BY_KEY["accounts_complete"].measure(district_reader(), when).figure.value
    assert made.baseline == (measured or 0)
    assert made.definition_version == BY_KEY["accounts_complete"].definition_version
    assert str(made) == f"{programme}：{BY_KEY['accounts_complete'].title}"
    with pytest.raises(TransitionRefused, match="已对该项指标定了目标"):
        targets.create_target(programme, "accounts_complete", facts, by=furnished.bureau)
    outside = {**facts, "due_on": dt.date(2023, 1, 1)}
    with pytest.raises(TransitionRefused, match="试点期限之内"):
        targets.create_target(programme, "surveyed", outside, by=furnished.bureau)


def test_a_pilot_with_an_edition_does_not_lose_its_targets(cast, browser_of):
    target = cast.near.target
    freeze(target.programme, title="一季度", on=dt.date(2021, 3, 31), by=cast.bureau)
    with pytest.raises(TransitionRefused, match="不能取消"):
        targets.remove_target(target, version=1, reason="试", by=cast.bureau)
    page = browser_of(cast.bureau).get(
        reverse("pilot:programme-detail", args=[target.programme_id])
    )
    assert reverse("pilot:target-remove", args=[target.pk]) not in page.content.decode()
    assert "不能取消" in page.content.decode()


def test_a_target_that_nothing_speaks_of_can_be_given_up(cast, browser_of):
    target = cast.near.target
    address = reverse("pilot:target-remove", args=[target.pk])
    asked = {"version": target.version, "reason": "上级取消"}
    assert browser_of(cast.leader).post(address, asked).status_code == 403
    assert browser_of(cast.bureau).post(address, asked).status_code == 302
    assert not Target.objects.filter(pk=target.pk).exists()
    assert AuditEvent.objects.get(action="target-removed").reason == "上级取消"


@pytest.mark.parametrize("asked", ["null", "-3", "0", "²", "1" * 30, ""])
def test_a_programme_that_cannot_be_read_is_refused_by_the_interface(cast, browser_of, asked):
    the_programme()
    client = browser_of(cast.bureau)
    answer = client.get("/api/v1/indicators/", {"programme": asked})
    assert answer.status_code == 400
    assert "programme" in answer.json()["fields_wrong"]


def test_a_programme_that_is_not_there_has_no_indicators(cast, browser_of):
    client = browser_of(cast.bureau)
    none = client.get("/api/v1/indicators/", {"programme": 999_999})
    assert (none.status_code, none.json()) == (200, [])
    one = client.get("/api/v1/indicators/new_district/", {"programme": 999_999})
    assert one.status_code == 404
    found = client.get("/api/v1/indicators/", {"programme": the_programme().pk})
    assert found.status_code == 200
