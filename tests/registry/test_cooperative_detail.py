"""A society's page: facts with their sources, history, other days, and what stays hidden."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import AuditEvent
from accounts.policy import Action
from common import clock
from registry.models import Cooperative
from registry.operations.cooperatives import correct_cooperative
from registry.operations.deliveries import undo_delivery
from registry.timeline import CORRECTION, REGISTRATION
from tests.factories.registry import CooperativeFactory, FlagFactory
from tests.registry.feeds import HEADINGS, society, take_in, work

pytestmark = pytest.mark.django_db
MOST_QUERIES = 30
CODE = society(1)["uscc"]


def url(code: str) -> str:
    return reverse("registry:cooperative-detail", args=[code])


@pytest.fixture
def open_page(cast, browser_of):
    """Return an opener of a society's page."""

    def get(code=CODE, user=None, **asked):
        answer = browser_of(user or cast.bureau).get(url(code), asked)
        assert answer.status_code == 200
        return answer

    return get


def without_marks(answer) -> str:
    """Return a page without the mark against forged forms, which differs each time."""
    return re.sub(r"[A-Za-z0-9]{64}", "", answer.content.decode())


def fact(page, name: str):
    return next(f for _, facts in page.context["groups"] for f in facts if f.field == name)


def take_two_quarters(by) -> None:
    """Take in the first and the second quarter of 2020; the chair and the address change."""
    with clock.on_day(dt.date(2020, 4, 9)):
        take_in([society(1), society(2)], by=by, quarter="2020Q1")
    with clock.on_day(dt.date(2020, 7, 9)):
        changed = society(
            1, legal_representative="赵新", domicile="四川省达州市通川区碑庙镇石笋村1组"
        )
        take_in([changed, society(2)], by=by, quarter="2020Q2")


def right(who, society_, reason="核对营业执照副本", **changes) -> Cooperative:
    return correct_cooperative(society_, changes, reason, by=who, version=society_.version)


# -- reach ---------------------------------------------------------------------------------------


def test_a_society_of_another_township_is_answered_like_a_missing_one(cast, browser_of):
    browser = browser_of(cast.clerk)
    far = browser.get(url(cast.far.cooperative.code))
    missing = browser.get(url(society(99)["uscc"]))
    assert far.status_code == missing.status_code == 404
    assert without_marks(far) == without_marks(missing)


def test_an_old_number_and_small_letters_find_the_society_too(open_page):
    CooperativeFactory(uscc=CODE, registration_no="511702000011223")
    assert open_page("511702000011223").context["cooperative"].uscc == CODE
    assert open_page(CODE.lower()).context["cooperative"].uscc == CODE


@pytest.mark.parametrize("role", ["bureau", "clerk", "counsellor", "auditor"])
def test_who_works_with_internal_notes_sees_them(cast, open_page, role):
    near = cast.near.cooperative
    assert near.internal_note in open_page(near.code, cast.of(role)).content.decode()


@pytest.mark.parametrize("role", ["cooperative", "leader"])
def test_the_society_itself_and_leaders_see_no_internal_note(cast, open_page, role):
    near = cast.near.cooperative
    assert near.internal_note not in open_page(near.code, cast.of(role)).content.decode()


def test_a_chair_sees_neither_suspicions_nor_the_way_to_the_file(cast, open_page):
    near = cast.near.cooperative
    FlagFactory(cooperative=near)
    page = open_page(near.code, cast.chair).content.decode()
    assert "疑似" not in page
    assert "/registry/feeds/" not in page


# -- sources -------------------------------------------------------------------------------------


def test_every_fact_opens_down_to_the_cell(cast, open_page):
    take_two_quarters(cast.bureau)
    page = open_page()
    chair = fact(page, "legal_representative")
    assert chair.value == "赵新"
    assert chair.source.label == "2020年二季度"
    assert (chair.source.letter, chair.source.heading) == ("C", "法定代表人")
    assert chair.source.cell == "赵新"
    assert chair.source.row.number == 2
    assert [earlier.value for earlier in chair.earlier] == ["王小1"]
    text = page.content.decode()
    assert "C 列“法定代表人”" in text
    assert f"{cast.bureau}接收" in text
    row = chair.source.row
    assert reverse("registry:feed-row", args=[row.delivery_id, row.ordinal]) in text


def test_a_fact_that_the_latest_file_has_no_column_for_comes_from_the_one_before(cast, open_page):
    take_in([society(1)], by=cast.bureau, quarter="2020Q1")
    take_in([society(1, legal_representative="赵新")], by=cast.bureau, without=("member_count",))
    page = open_page()
    assert fact(page, "member_count").source.label == "2020年一季度"
    assert fact(page, "legal_representative").source.label == "2020年二季度"


def test_an_empty_cell_and_a_missing_column_are_told_apart(cast, open_page):
    take_in([society(1, member_count="", farmer_member_count="")], by=cast.bureau)
    page = open_page()
    assert fact(page, "member_count").missing == "报送文件中为空"
    assert fact(page, "approved_on").missing == "未提供"


def test_a_file_that_was_taken_back_is_no_source(cast, open_page):
    take_in([society(1)], by=cast.bureau, quarter="2020Q1")
    job = take_in([society(1, legal_representative="赵错")], by=cast.bureau)
    undo_delivery(job, reason="文件有误", by=cast.bureau)
    work(job)
    page = open_page()
    chair = fact(page, "legal_representative")
    assert (chair.value, chair.source.label) == ("王小1", "2020年一季度")
    assert chair.earlier == []
    titles = [entry.title for entry in page.context["entries"]]
    assert sum(title.startswith("撤销入库") for title in titles) == 1
    assert sum(title.startswith("进入名录") for title in titles) == 1


def test_a_corrected_fact_names_the_person_and_what_the_file_says(cast, open_page):
    take_two_quarters(cast.bureau)
    right(cast.bureau, Cooperative.objects.get(uscc=CODE), legal_representative="赵正")
    chair = fact(open_page(), "legal_representative")
    assert chair.source.label == "人工更正"
    assert chair.source.person == str(cast.bureau)
    assert chair.source.reason == "核对营业执照副本"
    assert chair.differing == "2020年二季度报送为“赵新”"


def test_township_and_kind_point_to_what_they_are_told_from(cast, open_page):
    take_two_quarters(cast.bureau)
    page = open_page()
    township = fact(page, "township")
    assert township.value == "碑庙镇"
    assert township.source.heading == HEADINGS["domicile"]
    assert fact(page, "kind").source.heading == HEADINGS["name"]
    assert "（住所写明）" in page.content.decode()


# -- history -------------------------------------------------------------------------------------


def test_the_history_tells_field_before_after_who_when_and_why(cast, open_page):
    take_two_quarters(cast.bureau)
    right(cast.bureau, Cooperative.objects.get(uscc=CODE), member_count=25)
    entries = [e for e in open_page().context["entries"] if e.kind in {CORRECTION, REGISTRATION}]
    assert [entry.title.partition("：")[0] for entry in entries] == [
        "人工更正",
        "登记变动",
        "进入名录",
    ]
    correction, change, _ = entries
    told = [(c.label, c.before, c.after) for c in correction.changes]
    assert told == [("成员总数", "20", "25")]
    assert (correction.who, correction.reason) == (str(cast.bureau), "核对营业执照副本")
    told = {c.field: (c.before, c.after) for c in change.changes}
    assert told["legal_representative"] == ("王小1", "赵新")
    assert clock.local_day(change.at) == "2020年7月9日"
    assert change.true_from == dt.date(2020, 6, 30)


def test_an_unchanged_appearance_and_an_absence_are_part_of_the_history(cast, open_page):
    lines = [society(number) for number in range(1, 4)]
    take_in(lines, by=cast.bureau, quarter="2020Q1")
    take_in([*lines, society(4)], by=cast.bureau, quarter="2020Q2")
    take_in([*lines[1:], society(4)], by=cast.bureau, quarter="2020Q3")
    page = open_page(kind="delivery")
    kinds = [entry.title.partition("：")[0] for entry in page.context["entries"]]
    assert kinds == ["名单未见", "登记信息无变动"]
    assert "最近一份全部名单里没有这家合作社" in page.content.decode()


def test_a_former_name_is_shown_with_the_day_it_ended(cast, open_page):
    take_in([society(1)], by=cast.bureau)
    stands = Cooperative.objects.get(uscc=CODE)
    right(cast.bureau, stands, name="达州市通川区第1号油菜种植专业合作社")
    page = open_page().content.decode()
    assert "第1号水稻种植专业合作社<span" in page
    assert "（至 2021年7月20日）" in page


# -- another day ---------------------------------------------------------------------------------


def test_a_business_day_shows_what_was_true_then(cast, open_page):
    take_two_quarters(cast.bureau)
    page = open_page(true_on="2020-05-01")
    assert fact(page, "legal_representative").value == "王小1"
    assert "这不是现在的情况" in page.content.decode()
    assert "Source" not in page.content.decode()
    assert fact(open_page(true_on="2020-06-30"), "legal_representative").value == "赵新"


def test_a_day_of_knowledge_shows_what_was_known_then(cast, open_page):
    take_two_quarters(cast.bureau)
    before = open_page(true_on="2020-06-30", known_on="2020-07-08")
    assert fact(before, "legal_representative").value == "王小1"
    after = open_page(true_on="2020-06-30", known_on="2020-07-09")
    assert fact(after, "legal_representative").value == "赵新"


def test_a_day_before_anything_was_known_says_so(cast, open_page):
    take_two_quarters(cast.bureau)
    page = open_page(known_on="2020-01-01")
    assert "当时还没有这家合作社的资料" in page.content.decode()


def test_a_day_that_is_none_shows_the_present(cast, open_page):
    take_two_quarters(cast.bureau)
    assert fact(open_page(true_on="明天"), "legal_representative").value == "赵新"


# -- the telephone ---------------------------------------------------------------------------------


def test_the_telephone_is_covered_until_a_reason_is_given(cast, browser_of, open_page):
    near = cast.near.cooperative
    Cooperative.objects.filter(pk=near.pk).update(contact_phone="13812345678")
    assert "13812345678" not in open_page(near.code).content.decode()
    contact = reverse("registry:cooperative-contact", args=[near.code])
    browser = browser_of(cast.clerk)
    refused = browser.post(contact, {"reason": ""}, follow=True).content.decode()
    assert "请写明查看完整联系电话的理由" in refused
    assert "13812345678" not in refused
    shown = browser.post(contact, {"reason": "通知补报年度报告"})
    assert "13812345678" in shown.content.decode()
    event = AuditEvent.objects.get(action=Action.UNMASK_CONTACT)
    assert (event.actor, event.reason) == (cast.clerk, "通知补报年度报告")
    assert event.subject_key == str(near.pk)


@pytest.mark.parametrize("role", ["counsellor", "cooperative", "leader", "auditor"])
def test_who_may_not_see_the_whole_number_is_not_offered_it(cast, browser_of, open_page, role):
    near = cast.near.cooperative
    Cooperative.objects.filter(pk=near.pk).update(contact_phone="13812345678")
    person = cast.of(role)
    assert "查看完整号码" not in open_page(near.code, person).content.decode()
    contact = reverse("registry:cooperative-contact", args=[near.code])
    assert browser_of(person).post(contact, {"reason": "想看看"}).status_code == 403


def test_the_telephone_of_another_township_is_out_of_reach(cast, browser_of):
    contact = reverse("registry:cooperative-contact", args=[cast.far.cooperative.code])
    assert browser_of(cast.clerk).post(contact, {"reason": "想看看"}).status_code == 404
    assert not AuditEvent.objects.filter(action=Action.UNMASK_CONTACT).exists()


# -- cost --------------------------------------------------------------------------------------------


def test_the_page_costs_the_same_queries_however_long_the_history(cast, browser_of):
    take_two_quarters(cast.bureau)
    browser = browser_of(cast.bureau)
    browser.get(url(CODE))
    with CaptureQueriesContext(connection) as short:
        browser.get(url(CODE))
    for units, quarter in enumerate(("2020Q3", "2020Q4", "2021Q1"), start=1):
        changed = society(1, legal_representative=f"孙{units}")
        take_in([changed, society(2)], by=cast.bureau, quarter=quarter)
        right(cast.bureau, Cooperative.objects.get(uscc=CODE), unit_member_count=units)
    with CaptureQueriesContext(connection) as long:
        browser.get(url(CODE))
    assert len(long) == len(short) <= MOST_QUERIES
