"""What went up to province and city is logged with its papers, by the bureau and nobody else."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.choices import Role
from accounts.models import Attachment, AuditEvent
from accounts.operations.attachments import AttachmentRefused, attach_file
from accounts.policy import GRANTS, Action
from common import clock
from common.conflict import EditConflict
from common.workflow import TransitionRefused
from liaison.models import UpwardLine
from liaison.operations.upward import edit_upward, enter_upward, withdraw_upward
from liaison.upward_choices import UpwardLevel, UpwardWay
from pilot.proofs import numbers_of
from tests.factories.files import photo_upload
from tests.factories.upward import UpwardFactory

pytestmark = pytest.mark.django_db
MOST_QUERIES = 22


def facts(**changes):
    return {
        "happened_on": dt.date(2021, 7, 12),
        "level": UpwardLevel.CITY,
        "agency": "市农业农村局",
        "way": UpwardWay.SENT,
        "subject": "报送二季度进展",
        "content": "示范创建和年报公示进展",
        "outcome": "",
        "document_number": "通农发〔2021〕38号",
        **changes,
    }


def test_only_who_has_the_right_enters(cast):
    for role in Role:
        UpwardLine.objects.all().delete()
        person = cast.of(role)
        if role in GRANTS[Action.MANAGE_UPWARD]:
            assert enter_upward(facts(), by=person).entered_by == person
        else:
            with pytest.raises(PermissionDenied):
                enter_upward(facts(), by=person)


def test_the_same_matter_of_a_day_is_entered_once(cast):
    line = enter_upward(facts(), by=cast.bureau)
    with pytest.raises(TransitionRefused, match="已经登记过"):
        enter_upward(facts(content="又一次"), by=cast.bureau)
    withdraw_upward(line, reason="登记有误", version=1, by=cast.bureau)
    again = enter_upward(facts(), by=cast.bureau)
    assert numbers_of(["upward"]) == {"upward": 1}
    with pytest.raises(TransitionRefused, match="已经撤销"):
        edit_upward(line, facts(), version=line.version, by=cast.bureau)
    with pytest.raises(EditConflict):
        withdraw_upward(again, reason="再撤", version=7, by=cast.bureau)
    deeds = list(AuditEvent.objects.values_list("action", flat=True))
    assert (deeds.count("upward-entered"), deeds.count("upward-withdrawn")) == (2, 1)


def test_nothing_is_entered_for_a_day_to_come(cast):
    with pytest.raises(TransitionRefused, match="不能晚于今天"):
        enter_upward(facts(happened_on=clock.today() + dt.timedelta(days=1)), by=cast.bureau)


def test_two_who_edit_do_not_overwrite_each_other(cast):
    line = enter_upward(facts(), by=cast.bureau)
    edit_upward(line, facts(outcome="已汇总"), version=1, by=cast.bureau)
    with pytest.raises(EditConflict):
        edit_upward(line, facts(outcome="要补充"), version=1, by=cast.bureau)
    assert UpwardLine.objects.get().outcome == "已汇总"
    other = enter_upward(facts(subject="另一件"), by=cast.bureau)
    with pytest.raises(TransitionRefused, match="已经登记过"):
        edit_upward(other, facts(), version=1, by=cast.bureau)


def test_papers_follow_the_line_and_stop_when_it_is_taken_back(cast):
    line = enter_upward(facts(), by=cast.bureau)
    attach_file(line, photo_upload(), purpose="上级沟通材料", by=cast.bureau)
    with pytest.raises(PermissionDenied):
        attach_file(line, photo_upload(), purpose="上级沟通材料", by=cast.leader)
    withdraw_upward(line, reason="登记有误", version=1, by=cast.bureau)
    with pytest.raises(AttachmentRefused, match="已经撤销"):
        attach_file(line, photo_upload(), purpose="上级沟通材料", by=cast.bureau)


def test_the_pages_keep_the_log(cast, browser_of):
    office = browser_of(cast.bureau)
    typed = {**facts(), "happened_on": "2021-07-12", "evidence": [photo_upload()]}
    answer = office.post(reverse("liaison:upward-create"), typed)
    line = UpwardLine.objects.get()
    assert answer.url == reverse("liaison:upward-detail", args=[line.pk])
    assert Attachment.objects.of(line).count() == 1
    edit = reverse("liaison:upward-edit", args=[line.pk])
    changed = {**typed, "outcome": "已汇总", "evidence": [], "version": line.version}
    office.post(edit, changed)
    line.refresh_from_db()
    assert line.outcome == "已汇总"
    assert office.post(edit, {**changed, "outcome": "迟了"}).status_code == 409
    page = browser_of(cast.leader).get(reverse("liaison:upward-list")).content.decode()
    assert line.subject in page
    withdraw = reverse("liaison:upward-withdraw", args=[line.pk])
    office.post(withdraw, {"version": line.version, "reason": "登记有误"})
    page = browser_of(cast.leader).get(reverse("liaison:upward-list")).content.decode()
    assert line.subject not in page


def test_the_log_is_narrowed_and_costs_the_same_however_long(
    cast, browser_of, django_assert_max_num_queries
):
    UpwardFactory.create_batch(9)
    one = UpwardFactory(level=UpwardLevel.PROVINCE, way=UpwardWay.CALLED, subject="电话请示")
    client = browser_of(cast.bureau)
    with django_assert_max_num_queries(MOST_QUERIES):
        page = client.get(reverse("liaison:upward-list"))
    assert page.context["number"] == 10
    for query in ("q=电话请示", "level=province", "way=phoned"):
        found = client.get(f"{reverse('liaison:upward-list')}?{query}").context["page"].rows
        assert found == [one]
