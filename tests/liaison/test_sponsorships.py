"""Every society of the pilot has a sponsor by name, and a gap is seen."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.choices import Role
from accounts.models import Attachment, AuditEvent, NoticeReceipt
from accounts.policy import Action
from common import clock
from common.conflict import EditConflict
from common.workflow import TransitionRefused
from liaison.models import SponsorFollowUp, Sponsorship
from liaison.models.sponsorship import FOLLOW_UP_DAYS, without_sponsor
from liaison.operations.sponsorships import (
    assign_sponsor,
    edit_sponsorship,
    end_sponsorship,
    write_follow_up,
)
from liaison.sponsor_choices import ContactForm
from liaison.tiles import tiles_of
from registry.models import Cooperative
from tests.factories.demonstration import TitleFactory
from tests.factories.files import photo_upload
from tests.factories.registry import CooperativeFactory
from tests.factories.sponsorships import FollowUpFactory, SponsorshipFactory

pytestmark = pytest.mark.django_db
MOST_QUERIES = 24


def facts(cast, **changes):
    return {
        "department": cast.near.department,
        "person": "李建国",
        "post": "副局长",
        "task": "指导完善成员账户",
        "since": clock.today(),
        **changes,
    }


def done(**changes):
    return {
        "happened_on": clock.today(),
        "form": ContactForm.VISIT,
        "text": "到社查看账目",
        "solved": "",
        **changes,
    }


def test_a_department_sponsors_a_society_once_and_hears_of_it(cast):
    made = assign_sponsor(cast.near.cooperative, facts(cast), by=cast.bureau)
    with pytest.raises(TransitionRefused, match="已在挂包"):
        assign_sponsor(cast.near.cooperative, facts(cast, person="王芳"), by=cast.bureau)
    assert Sponsorship.objects.get() == made
    told = NoticeReceipt.objects.of(cast.liaison)
    assert told.filter(notice__title__contains=cast.near.cooperative.name).exists()
    assert AuditEvent.objects.filter(action="sponsor-assigned").count() == 1


@pytest.mark.parametrize("role", [role for role in Role if role != Role.BUREAU])
def test_only_the_bureau_assigns_and_ends(cast, role):
    with pytest.raises(PermissionDenied):
        assign_sponsor(cast.near.cooperative, facts(cast), by=cast.of(role))
    with pytest.raises(PermissionDenied):
        end_sponsorship(cast.near.sponsorship, reason="换人", version=1, by=cast.of(role))


def test_an_ended_one_stays_with_its_record_and_takes_nothing_more(cast):
    row = cast.near.sponsorship
    write_follow_up(row, done(), by=cast.liaison)
    end_sponsorship(row, reason="人员调动", version=row.version, by=cast.bureau)
    assert (row.until, row.ended_because) == (clock.today(), "人员调动")
    with pytest.raises(TransitionRefused, match="已经结束"):
        write_follow_up(row, done(text="再去一次"), by=cast.liaison)
    with pytest.raises(TransitionRefused, match="已经结束"):
        end_sponsorship(row, reason="再结束", version=row.version, by=cast.bureau)
    assert row.follow_ups.count() == 1
    assign_sponsor(row.cooperative, facts(cast, person="王芳"), by=cast.bureau)
    assert row.cooperative.sponsorships.count() == 2


def test_the_later_of_two_editors_is_told(cast):
    row = cast.near.sponsorship
    edit_sponsorship(row, {"person": "王芳"}, version=1, by=cast.bureau)
    with pytest.raises(EditConflict):
        edit_sponsorship(row, {"person": "赵强"}, version=1, by=cast.bureau)
    assert Sponsorship.objects.get(pk=row.pk).person == "王芳"


def test_the_same_follow_up_is_written_once(cast):
    row = cast.near.sponsorship
    first = write_follow_up(row, done(), by=cast.liaison)
    assert write_follow_up(row, done(), by=cast.liaison) == first
    assert AuditEvent.objects.filter(action="sponsor-followed-up").count() == 1


@pytest.mark.parametrize("shift", [1, -31])
def test_a_follow_up_lies_between_the_first_day_and_today(cast, shift):
    day = clock.today() + dt.timedelta(days=shift)
    with pytest.raises(TransitionRefused, match="日期不能"):
        write_follow_up(cast.near.sponsorship, done(happened_on=day), by=cast.liaison)


def test_a_department_follows_only_its_own(cast):
    with pytest.raises(PermissionDenied):
        write_follow_up(cast.far.sponsorship, done(), by=cast.liaison)


def test_a_quarter_without_follow_up_is_a_gap(cast):
    start = clock.today() - dt.timedelta(days=FOLLOW_UP_DAYS + 10)
    row = SponsorshipFactory(
        cooperative=cast.near.cooperative, department=cast.near.department, since=start
    )
    assert list(Sponsorship.objects.quiet()) == [row]
    last = clock.today() - dt.timedelta(days=FOLLOW_UP_DAYS + 1)
    line = FollowUpFactory(sponsorship=row, happened_on=last)
    assert list(Sponsorship.objects.quiet()) == [row]
    line.happened_on = clock.today() - dt.timedelta(days=FOLLOW_UP_DAYS)
    line.save()
    assert not Sponsorship.objects.quiet().exists()


def test_a_new_one_is_no_gap_before_its_first_quarter_is_over(cast):
    assert cast.near.sponsorship not in Sponsorship.objects.quiet()


def test_titled_societies_without_sponsor_are_listed_until_they_have_one(cast):
    society = CooperativeFactory(township=cast.near.township)
    assert society not in without_sponsor(Cooperative.objects.all())
    TitleFactory(cooperative=society)
    assert society in without_sponsor(Cooperative.objects.all())
    row = assign_sponsor(society, facts(cast), by=cast.bureau)
    assert society not in without_sponsor(Cooperative.objects.all())
    end_sponsorship(row, reason="换人", version=1, by=cast.bureau)
    assert society in without_sponsor(Cooperative.objects.all())


@pytest.mark.parametrize("role", [Role.CLERK, Role.COOPERATIVE, Role.LIAISON])
def test_each_sees_its_own_and_no_other(cast, role):
    near, far = cast.near.sponsorship, cast.far.sponsorship
    seen = Sponsorship.objects.permitted(cast.of(role), Action.VIEW_SPONSORSHIP)
    assert near in seen
    assert far not in seen


def test_a_follow_up_comes_with_its_photo_which_others_do_not_reach(cast, browser_of):
    row = cast.near.sponsorship
    url = reverse("liaison:sponsorship-follow", args=[row.pk])
    browser_of(cast.liaison).post(url, {**done(), "evidence": [photo_upload()]})
    line = SponsorFollowUp.objects.get()
    file = Attachment.objects.of(line).get()
    address = reverse("accounts:attachment-file", args=[file.pk])
    assert browser_of(cast.near.chair).get(address).status_code == 200
    assert browser_of(cast.far.liaison).get(address).status_code == 404


def test_the_list_costs_the_same_however_long(cast, browser_of, django_assert_max_num_queries):
    for society in CooperativeFactory.create_batch(12, township=cast.near.township):
        row = SponsorshipFactory(cooperative=society, department=cast.near.department)
        FollowUpFactory(sponsorship=row)
    client = browser_of(cast.bureau)
    with django_assert_max_num_queries(MOST_QUERIES):
        page = client.get(reverse("liaison:sponsorship-list"))
    assert page.context["number"] == 12


def test_the_society_page_names_the_sponsor_and_its_silence(cast, browser_of):
    row = cast.near.sponsorship
    address = reverse("liaison:sponsorship-detail", args=[row.pk])
    for person in (cast.bureau, cast.clerk, cast.chair, cast.leader):
        page = browser_of(person).get(f"/registry/{row.cooperative.code}/").content.decode()
        assert address in page
        assert "没有挂包部门" not in page
    assert address not in (
        browser_of(cast.counsellor).get(f"/registry/{row.cooperative.code}/").content.decode()
    )
    Sponsorship.objects.filter(pk=row.pk).update(
        since=clock.today() - dt.timedelta(days=FOLLOW_UP_DAYS + 1)
    )
    page = browser_of(cast.bureau).get(f"/registry/{row.cooperative.code}/").content.decode()
    assert "一季度未跟踪" in page


def test_the_society_page_shows_the_gap_and_lets_the_bureau_fill_it(cast, browser_of):
    title = cast.near.title
    code = title.cooperative.code
    new = reverse("liaison:sponsorship-create", args=[code])
    page = browser_of(cast.bureau).get(f"/registry/{code}/").content.decode()
    assert "没有挂包部门" in page
    assert new in page
    page = browser_of(cast.clerk).get(f"/registry/{code}/").content.decode()
    assert "没有挂包部门" in page
    assert new not in page


def test_the_bureau_sees_on_its_desk_how_many_have_no_sponsor(cast):
    title = cast.near.title
    tiles = {tile.label: tile for tile in tiles_of(cast.bureau)}
    assert tiles["没有挂包部门的合作社"].value == 1
    SponsorshipFactory(cooperative=title.cooperative, department=cast.near.department)
    tiles = {tile.label: tile for tile in tiles_of(cast.bureau)}
    assert tiles["没有挂包部门的合作社"].value == 0
