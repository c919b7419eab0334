"""Training and coverage: the rhythm, signing in, the summary, and numbers that are their lists."""

import datetime as dt
import io

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document

from accounts.models import Notice
from registry.models import Cooperative
from tests.factories.registry import CooperativeFactory
from tests.factories.training import (
    AttendanceFactory,
    CounsellorFactory,
    EventFactory,
    PairingNeedFactory,
    VisitFactory,
)
from training import coverage, rhythm
from training.choices import Audience, EventState, SignedBy
from training.models import Attendance, GuidanceRecord, TrainingEvent
from training.operations.events import invite_all

SINCE, UNTIL = dt.date(2021, 7, 1), dt.date(2021, 9, 30)


def act(browser, event, **data):
    return browser.post(reverse("training:event-act", args=[event.pk]), data)


def sign(event, name="王五", organisation="某合作社"):
    address = reverse("training:event-sign-in", args=[event.token])
    return Client().post(address, {"name": name, "organisation": organisation})


# -- the rhythm --------------------------------------------------------------------------------------


def test_a_quarter_without_a_training_is_late_once_it_is_over(cast):
    EventFactory(unit=cast.near.township, held_on=dt.date(2021, 2, 3), state=EventState.HELD)
    line = next(each for each in rhythm.board(cast.clerk) if each.unit == cast.near.township.code)
    states = {cell.label: cell.state for cell in line.cells}
    assert states["2021年一季度"] == rhythm.KEPT
    assert states["2021年二季度"] == rhythm.LATE
    assert states["2021年三季度"] == rhythm.RUNNING


def test_a_planned_training_keeps_no_rhythm(cast):
    EventFactory(unit=cast.near.township, held_on=dt.date(2021, 2, 3))
    line = next(each for each in rhythm.board(cast.clerk) if each.unit == cast.near.township.code)
    assert all(cell.state != rhythm.KEPT for cell in line.cells)


def test_the_number_of_a_cell_is_that_of_the_list_behind_it(cast, browser_of):
    for day in (dt.date(2021, 4, 6), dt.date(2021, 6, 30)):
        EventFactory(audience=Audience.COUNSELLORS, held_on=day, state=EventState.HELD)
    EventFactory(audience=Audience.COUNSELLORS, held_on=dt.date(2021, 7, 1), state=EventState.HELD)
    cell = next(c for c in rhythm.board(cast.bureau)[0].cells if c.label == "2021年二季度")
    query = {
        "unit": "district",
        "audience": Audience.COUNSELLORS.value,
        "state": "held",
        "since": cell.since,
        "until": cell.until,
    }
    page = browser_of(cast.bureau).get(reverse("training:event-list"), query)
    assert page.context["number"] == cell.number == 2


def test_a_society_counts_as_trained_only_when_somebody_was_there_and_law_was_taught(cast):
    society = cast.near.cooperative
    law = EventFactory(state=EventState.HELD)
    line = AttendanceFactory(event=law, cooperative=society)
    assert society in rhythm.untrained(Cooperative.objects.all())
    Attendance.objects.filter(pk=line.pk).update(signed=SignedBy.SHEET)
    assert society not in rhythm.untrained(Cooperative.objects.all())
    TrainingEvent.objects.filter(pk=law.pk).update(topics=["marketing"])
    assert society in rhythm.untrained(Cooperative.objects.all())


# -- inviting and signing in ---------------------------------------------------------------------------


def test_everybody_is_invited_once_and_told(cast):
    event = EventFactory(unit=cast.near.township)
    assert cast.near.cooperative
    numbers = [invite_all(event, url="/", by=cast.clerk) for _ in range(2)]
    assert numbers == [1, 0]
    told = Notice.objects.get()
    assert [receipt.person for receipt in told.receipts.all()] == [cast.chair]


def test_counsellors_are_invited_to_their_training(cast):
    CounsellorFactory(user=cast.counsellor)
    event = EventFactory(audience=Audience.COUNSELLORS)
    assert invite_all(event, url="/", by=cast.bureau) == 1
    assert event.attendance.get().person == cast.counsellor


def test_one_signs_in_with_the_code_on_the_day_once(cast):
    society = cast.near.cooperative
    event = EventFactory()
    for _ in range(2):
        assert "签到成功" in sign(event, organisation=society.name).content.decode()
    line = event.attendance.get()
    assert (line.signed, line.cooperative) == (SignedBy.QR, society)


@pytest.mark.parametrize("days", [-1, 1])
def test_the_code_is_worth_nothing_on_another_day(cast, days):
    event = EventFactory(held_on=dt.date(2021, 7, 20) + dt.timedelta(days=days))
    answer = sign(event)
    assert answer.status_code == 422
    assert "只在培训当天" in answer.content.decode()
    assert not event.attendance.exists()


def test_an_unknown_code_reveals_nothing(db):
    assert Client().get("/training/sign-in/0000000000000000/").status_code == 404


def test_the_paper_sheet_is_taken_over_with_names_that_were_not_on_it(cast, browser_of):
    event = EventFactory(unit=cast.near.township)
    line = AttendanceFactory(event=event)
    act(browser_of(cast.clerk), event, act="present", present=line.pk, more="赵六 某某农场\n\n")
    assert event.attendance.exclude(signed="").count() == 2
    assert event.attendance.get(name="赵六").organisation == "某某农场"


def test_a_training_without_anybody_was_not_held(cast, browser_of):
    event = EventFactory(unit=cast.near.township)
    assert act(browser_of(cast.clerk), event, act="held").status_code == 409
    AttendanceFactory(event=event, signed=SignedBy.SHEET)
    assert act(browser_of(cast.clerk), event, act="held").status_code == 302
    event.refresh_from_db()
    assert event.state == EventState.HELD


def test_a_clerk_plans_for_the_own_township_only(cast, browser_of):
    facts = {
        "title": "财务培训",
        "audience": "chairs",
        "held_on": "2021-08-02",
        "hours": "3",
        "place": "镇政府",
        "topics": ["accounting"],
        "unit": cast.far.township.pk,
    }
    browser_of(cast.clerk).post(reverse("training:event-create"), facts)
    assert TrainingEvent.objects.get().unit == cast.near.township


def test_the_sheet_carries_the_code(cast, browser_of):
    event = EventFactory(unit=cast.near.township)
    page = browser_of(cast.clerk).get(reverse("training:event-sheet", args=[event.pk]))
    assert "<svg" in page.content.decode()


# -- the summary and the ledger --------------------------------------------------------------------------


def test_the_summary_is_drafted_from_the_facts_in_reach(cast, browser_of):
    VisitFactory(cooperative=cast.near.cooperative, counsellor=cast.counsellor)
    VisitFactory(cooperative=cast.far.cooperative, counsellor=cast.far.counsellor)
    answer = browser_of(cast.clerk).get(reverse("training:year-summary", args=[2021]))
    text = "\n".join(p.text for p in Document(io.BytesIO(answer.content)).paragraphs)
    assert "全年走访1次" in text
    assert "草稿" in text


def test_guidance_is_written_for_the_own_township(cast, browser_of):
    facts = {"kind": "charter", "on": "2021-07-19", "about": "某社", "advice": "讲解章程"}
    answer = browser_of(cast.counsellor).post(reverse("training:guidance-create"), facts)
    assert answer.status_code == 302
    assert GuidanceRecord.objects.get().unit == cast.near.township


# -- coverage: numbers are their lists -----------------------------------------------------------------


def test_every_number_of_coverage_is_that_of_its_list(cast, browser_of):
    seen = cast.near.cooperative
    CooperativeFactory.create_batch(3, township=cast.near.township)
    PairingNeedFactory(cooperative=seen)
    for _ in range(2):
        VisitFactory(cooperative=seen, counsellor=cast.counsellor)
    VisitFactory(cooperative=cast.far.cooperative, counsellor=cast.far.counsellor)
    VisitFactory(cooperative=seen, counsellor=cast.counsellor, visited_on=dt.date(2021, 3, 1))
    browser = browser_of(cast.bureau)
    page = browser.get(reverse("training:coverage"))
    plan = browser.get(page.context["unseen_url"])
    assert plan.context["number"] == page.context["number"] == 3
    query = {"since": SINCE, "until": UNTIL}
    for place in page.context["places"]:
        listed = browser.get(reverse("training:visit-list"), {**query, "township": place.unit.code})
        assert listed.context["number"] == place.visits
    for line in page.context["counsellors"]:
        listed = browser.get(
            reverse("training:visit-list"), {**query, "counsellor": line["counsellor"]}
        )
        assert listed.context["number"] == line["number"]
    assert sum(row["seen"] for row in page.context["classes"]) == page.context["seen"] == 2


def test_who_was_never_seen_stands_before_who_waits_for_longest(cast):
    old, never, late = CooperativeFactory.create_batch(3, township=cast.near.township)
    VisitFactory(cooperative=old, visited_on=dt.date(2020, 5, 1))
    VisitFactory(cooperative=late, visited_on=dt.date(2021, 5, 1))
    rows = coverage.unseen(cast.clerk, SINCE, UNTIL)
    order = sorted(rows, key=lambda row: (row.last is not None, row.last))
    assert [row.pk for row in order] == [never.pk, old.pk, late.pk]


def test_a_clerk_sees_the_coverage_of_the_own_township(cast, browser_of):
    assert cast.far.cooperative
    page = browser_of(cast.clerk).get(reverse("training:coverage"))
    assert [place.unit for place in page.context["places"]] == [cast.near.township]


@pytest.mark.parametrize("name", ["coverage", "event-board", "event-list"])
def test_a_page_costs_the_same_however_much_there_is(
    cast, browser_of, django_assert_max_num_queries, name
):
    for society in CooperativeFactory.create_batch(40, township=cast.near.township):
        VisitFactory(cooperative=society, counsellor=cast.counsellor)
        AttendanceFactory(event=EventFactory(state=EventState.HELD), cooperative=society)
    browser = browser_of(cast.bureau)
    browser.get(reverse(f"training:{name}"))
    with django_assert_max_num_queries(26):
        browser.get(reverse(f"training:{name}"))
