"""The register names whom to call in each unit; a new person is a new row, a number has its reason."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.choices import Role
from accounts.models import AuditEvent
from accounts.policy import GRANTS, Action, Reach
from common import clock
from common.conflict import EditConflict
from common.workflow import TransitionRefused
from liaison.contact_choices import ContactPlace
from liaison.meeting_choices import MeetingState
from liaison.models import MeetingUnit, UnitContact
from liaison.models.contact import listed_units, without_contact
from liaison.operations.contacts import (
    appoint_contact,
    correct_contact,
    end_contact,
    unmask_mobile,
)
from tests.factories.contacts import ContactFactory
from tests.factories.meetings import BodyFactory, MeetingFactory

pytestmark = pytest.mark.django_db
MOST_QUERIES = 24
MOBILE = "13900001234"


def facts(**changes):
    return {
        "place": ContactPlace.FIRST,
        "person": "王一",
        "post": "办公室主任",
        "office_phone": "0818-2123456",
        "mobile": MOBILE,
        "since": dt.date(2021, 3, 1),
        **changes,
    }


def test_a_new_person_is_a_new_row_and_the_former_one_stays(cast):
    town = cast.near.township
    first = appoint_contact(town, facts(), by=cast.clerk)
    assert appoint_contact(town, facts(), by=cast.clerk) == first
    second = appoint_contact(town, facts(person="李二", since=clock.today()), by=cast.clerk)
    first.refresh_from_db()
    assert first.until == clock.today() - dt.timedelta(days=1)
    assert set(UnitContact.objects.current()) == {second}
    assert set(UnitContact.objects.current(dt.date(2021, 4, 1))) == {first}
    appoint_contact(town, facts(place=ContactPlace.SUBSTITUTE, person="赵三"), by=cast.clerk)
    assert UnitContact.objects.current().count() == 2
    assert AuditEvent.objects.filter(action="contact-appointed").count() == 3


@pytest.mark.parametrize("since", [dt.date(2021, 3, 1), dt.date(2021, 2, 1)])
def test_nobody_takes_over_before_the_one_who_stands(cast, since):
    appoint_contact(cast.near.township, facts(), by=cast.clerk)
    with pytest.raises(TransitionRefused, match="要晚于这一天"):
        appoint_contact(cast.near.township, facts(person="李二", since=since), by=cast.clerk)
    assert UnitContact.objects.get().person == "王一"


def test_nobody_is_named_for_a_day_to_come(cast):
    tomorrow = clock.today() + dt.timedelta(days=1)
    with pytest.raises(TransitionRefused, match="不能晚于今天"):
        appoint_contact(cast.near.township, facts(since=tomorrow), by=cast.clerk)


def test_the_database_keeps_one_in_a_place(cast):
    ContactFactory(unit=cast.near.township)
    with pytest.raises(IntegrityError), transaction.atomic():
        ContactFactory(unit=cast.near.township)


def test_each_keeps_its_own_unit_and_the_bureau_all(cast):
    for role in Role:
        person = cast.of(role)
        reach = GRANTS[Action.MANAGE_CONTACT].get(role, Reach.NONE)
        for unit in (cast.near.township, cast.near.department, cast.far.township):
            if reach == Reach.DISTRICT or (reach and person.unit == unit):
                UnitContact.objects.all().delete()
                assert appoint_contact(unit, facts(), by=person).unit == unit
            else:
                with pytest.raises(PermissionDenied):
                    appoint_contact(unit, facts(), by=person)


def test_what_was_mistyped_is_corrected_upon_the_version_that_was_seen(cast):
    row = ContactFactory(unit=cast.near.township)
    correct_contact(row, {"person": "王壹"}, version=1, by=cast.clerk)
    with pytest.raises(EditConflict):
        correct_contact(row, {"person": "王贰"}, version=1, by=cast.clerk)
    assert UnitContact.objects.get().person == "王壹"
    with pytest.raises(PermissionDenied):
        correct_contact(row, {"person": "王叁"}, version=2, by=cast.far.clerk)
    end_contact(row, reason="调离", version=2, by=cast.clerk)
    assert (row.until, row.ended_because) == (clock.today(), "调离")
    with pytest.raises(TransitionRefused, match="已经结束"):
        correct_contact(row, {"person": "王叁"}, version=3, by=cast.clerk)
    with pytest.raises(EditConflict):
        end_contact(row, reason="再来一次", version=3, by=cast.clerk)


def test_a_unit_without_a_first_contact_is_a_gap(cast):
    whole = listed_units().count()
    assert without_contact(listed_units()).count() == whole
    ContactFactory(unit=cast.near.township, place=ContactPlace.SUBSTITUTE)
    assert cast.near.township in without_contact(listed_units())
    row = ContactFactory(unit=cast.near.township)
    assert cast.near.township not in without_contact(listed_units())
    with clock.on_day(row.since - dt.timedelta(days=1)):
        assert cast.near.township in without_contact(listed_units())


@pytest.mark.parametrize("role", Role)
def test_a_mobile_number_is_shown_by_right_for_a_reason_on_record(cast, role):
    row = ContactFactory(unit=cast.near.township)
    person = cast.of(role)
    reach = GRANTS[Action.UNMASK_MOBILE].get(role, Reach.NONE)
    if reach == Reach.DISTRICT or (reach and person.unit == row.unit):
        with pytest.raises(TransitionRefused, match="写明"):
            unmask_mobile(row, " ", by=person)
        assert unmask_mobile(row, "通知开会", by=person) == MOBILE
        event = AuditEvent.objects.get(action=Action.UNMASK_MOBILE)
        assert event.reason == "通知开会"
    else:
        with pytest.raises(PermissionDenied):
            unmask_mobile(row, "通知开会", by=person)


def test_no_page_file_or_answer_holds_the_whole_number_unasked(cast, browser_of):
    row = ContactFactory(unit=cast.near.township)
    here = reverse("liaison:contact-detail", args=[row.pk])
    for person in (cast.bureau, cast.clerk, cast.liaison, cast.leader):
        client = browser_of(person)
        for address in (
            reverse("liaison:contact-list"),
            here,
            "/api/v1/contacts/",
            f"/api/v1/contacts/{row.pk}/",
        ):
            page = client.get(address).content.decode()
            assert "139******34" in page
            assert MOBILE not in page
    clerk = browser_of(cast.clerk)
    assert MOBILE not in clerk.get(reverse("liaison:contact-edit", args=[row.pk])).content.decode()
    shown = clerk.post(reverse("liaison:contact-mobile", args=[row.pk]), {"reason": "通知开会"})
    assert MOBILE in shown.content.decode()
    refused = clerk.post(reverse("liaison:contact-mobile", args=[row.pk]), {"reason": ""})
    assert refused.url == here


def test_the_pages_keep_the_register(cast, browser_of):
    clerk = browser_of(cast.clerk)
    new = reverse("liaison:contact-create", args=[cast.near.township.pk])
    assert (
        cast.near.township.short_name in clerk.get(reverse("liaison:contact-list")).content.decode()
    )
    assert clerk.post(new, {**facts(), "mobile": "12"}).status_code == 422
    clerk.post(new, facts(since="2021-03-01"))
    row = UnitContact.objects.get()
    edit = reverse("liaison:contact-edit", args=[row.pk])
    typed = {"person": "王壹", "post": "", "office_phone": "", "mobile": "", "version": row.version}
    clerk.post(edit, typed)
    row.refresh_from_db()
    assert (row.person, row.mobile, row.since) == ("王壹", MOBILE, dt.date(2021, 3, 1))
    late = clerk.post(edit, typed)
    assert late.status_code == 409
    assert MOBILE not in late.content.decode()
    end = reverse("liaison:contact-end", args=[row.pk])
    clerk.post(end, {"version": row.version, "reason": "调离"})
    row.refresh_from_db()
    assert row.until == clock.today()
    with clock.on_day(clock.today() + dt.timedelta(days=1)):
        page = clerk.get(f"{reverse('liaison:contact-list')}?state=former").content.decode()
    assert "王壹" in page


def test_a_meeting_ahead_names_whom_to_call(cast, browser_of):
    body = BodyFactory(office=cast.near.department)
    meeting = MeetingFactory(body=body, state=MeetingState.CALLED)
    MeetingUnit.objects.create(meeting=meeting, unit=cast.near.township)
    ContactFactory(unit=cast.near.township, person="值班员甲")
    url = reverse("liaison:meeting-detail", args=[meeting.pk])
    page = browser_of(cast.bureau).get(url).content.decode()
    assert "值班员甲" in page
    assert "0818-2123456" in page


def test_the_register_costs_the_same_however_long(cast, browser_of, django_assert_max_num_queries):
    for unit in listed_units():
        ContactFactory(unit=unit)
    client = browser_of(cast.bureau)
    with django_assert_max_num_queries(MOST_QUERIES):
        page = client.get(reverse("liaison:contact-list"))
    assert page.context["number"] == listed_units().count()
    positions = [row.unit.position for row in page.context["page"].rows]
    assert positions == sorted(positions)
