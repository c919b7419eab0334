"""Keeping a roster: by hand, from a file, as it was on a day; nobody sees another's."""

import datetime as dt
import io
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook, load_workbook
from stdnum.cn import ric

from accounts.models import AuditEvent
from accounts.operations import audit
from common.workflow import TransitionRefused
from registry.choices import CooperativeKind, MemberKind, RosterUploadState
from registry.models import Member, MemberAccount, RosterUpload
from registry.operations.member_accounts import complete_accounts, save_accounts
from registry.operations.rosters import add_member, apply_roster, edit_member, upload_roster
from registry.roster.checks import BAD, check_roster, most_units
from tests.factories.registry import CooperativeFactory
from tests.factories.reports import MemberFactory

pytestmark = pytest.mark.django_db
HEADINGS = (
    "姓名",
    "成员类型",
    "身份证号",
    "户主",
    "出资额（万元）",
    "出资方式",
    "入社日期",
    "交易额",
)


def identity(number: int) -> str:
    body = f"51170219650101{number:03}"
    return body + str(ric.calc_check_digit(body))


def workbook(*rows, headings=HEADINGS) -> io.BytesIO:
    book = Workbook()
    sheet = book.active
    sheet.append(["成员名册"])
    sheet.append(headings)
    for row in rows:
        sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    content.seek(0)
    return content


def taken_in(society, *rows, by, whole=False, year=None):
    upload = upload_roster(society, workbook(*rows), filename="名册.xlsx", by=by)
    return upload, apply_roster(upload, whole=whole, year=year, by=by)


def facts(**changes):
    return {"name": "王农", "kind": MemberKind.FARMER, "identity_number": identity(1), **changes}


# -- files -------------------------------------------------------------------------------------------


def test_a_file_becomes_a_roster_with_amounts_in_yuan(cast):
    society = cast.near.cooperative
    row = ("王农", "农民", identity(1), "王农", 1.5, "现金", "2016年3月1日", "2000")
    _, counts = taken_in(society, row, by=cast.chair, year=2020)
    assert counts == {"left_out": 0, "new": 1, "changed": 0, "gone": 0}
    member = society.members.get()
    assert (member.kind, member.contribution) == (MemberKind.FARMER, Decimal(15_000))
    assert member.joined_on == dt.date(2016, 3, 1)
    assert member.accounts.get(year=2020).transactions == Decimal(2_000)


def test_a_printed_form_with_numbered_columns_is_read_like_any_other(cast):
    society = cast.near.cooperative
    headings = [f"{number}、{heading}" for number, heading in enumerate(HEADINGS, 1)]
    counted = [*range(1, len(HEADINGS) + 1)]
    row = ("王农", "农民", identity(1), "", 1.5, "现金", "", "")
    file = workbook(counted, row, headings=headings)
    upload = upload_roster(society, file, filename="名册.xlsx", by=cast.chair)
    counts = apply_roster(upload, whole=True, year=None, by=cast.chair)
    assert counts == {"left_out": 0, "new": 1, "changed": 0, "gone": 0}
    assert society.members.get().contribution == Decimal(15_000)


def test_looking_at_a_file_changes_nothing(cast):
    society = cast.near.cooperative
    row = ("王农", "农民", identity(1), "", 1, "现金", "", "")
    upload_roster(society, workbook(row), filename="名册.xlsx", by=cast.chair)
    assert not society.members.exists()


def test_a_row_that_must_be_mended_is_left_out_and_says_why(cast):
    society = cast.near.cooperative
    good = ("王农", "农民", identity(1), "", 1, "现金", "", "")
    bad = ("李四", "朋友", identity(2), "", "很多", "劳务", "", "")
    upload, counts = taken_in(society, good, bad, by=cast.chair)
    assert counts["left_out"] == 1
    assert [m.name for m in society.members.all()] == ["王农"]
    told = " ".join(problem["text"] for problem in upload.problems)
    assert "不是认识的成员类型" in told
    assert "不得以“劳务”作价出资" in told


def test_one_identity_number_twice_in_a_file_is_refused(cast):
    row = ("王农", "农民", identity(1), "", 1, "现金", "", "")
    _, counts = taken_in(cast.near.cooperative, row, row, by=cast.chair)
    assert counts == {"left_out": 2, "new": 0, "changed": 0, "gone": 0}


def test_the_whole_list_lets_those_leave_who_are_not_on_it(cast):
    society = cast.near.cooperative
    stays = MemberFactory(cooperative=society, identity_number=identity(1), name="王农")
    goes = MemberFactory(cooperative=society, name="张走")
    row = ("王农", "农民", identity(1), "", 2, "现金", "", "")
    _, counts = taken_in(society, row, by=cast.chair, whole=True)
    assert counts == {"left_out": 0, "new": 0, "changed": 1, "gone": 1}
    assert list(society.members.current()) == [stays]
    goes.refresh_from_db()
    assert goes.left_on is not None


def test_a_file_is_written_once(cast):
    row = ("王农", "农民", identity(1), "", 1, "现金", "", "")
    upload, _ = taken_in(cast.near.cooperative, row, by=cast.chair)
    with pytest.raises(TransitionRefused):
        apply_roster(upload, whole=False, year=None, by=cast.chair)
    assert cast.near.cooperative.members.count() == 1


def test_a_roster_that_changed_meanwhile_asks_for_the_file_again(cast):
    society = cast.near.cooperative
    row = ("王农", "农民", identity(1), "", 1, "现金", "", "")
    upload = upload_roster(society, workbook(row), filename="名册.xlsx", by=cast.chair)
    add_member(society, facts(name="张三", identity_number=identity(2)), by=cast.chair)
    with pytest.raises(TransitionRefused, match="重新上传"):
        apply_roster(upload, whole=True, year=None, by=cast.chair)
    upload.refresh_from_db()
    assert upload.state == RosterUploadState.CHECKED
    assert society.members.current().count() == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "空的"),
        (b"PK\x03\x04 broken", "重新上传"),
        ("姓名,备注\n王农,无\n".encode(), "成员类型"),
    ],
)
def test_a_file_that_is_no_roster_is_refused_in_words(cast, content, words):
    upload = upload_roster(
        cast.near.cooperative, io.BytesIO(content), filename="名册.xlsx", by=cast.chair
    )
    assert upload.state == RosterUploadState.REFUSED
    assert words in upload.refusal


def test_the_downloaded_roster_comes_back_without_a_change(cast, browser_of):
    society = cast.near.cooperative
    member = MemberFactory(cooperative=society, identity_number=identity(7), name="王农")
    address = reverse("registry:roster-file", args=[society.code])
    content = browser_of(cast.chair).get(address).content
    cells = [cell.value for row in load_workbook(io.BytesIO(content))["成员名册"] for cell in row]
    assert identity(7) not in cells
    upload = upload_roster(society, io.BytesIO(content), filename="名册.xlsx", by=cast.chair)
    counts = apply_roster(upload, whole=True, year=None, by=cast.chair)
    assert counts == {"left_out": 0, "new": 0, "changed": 0, "gone": 0}
    member.refresh_from_db()
    assert member.identity_number == identity(7)


def test_a_village_comes_with_the_file_and_a_file_without_the_column_leaves_it(cast):
    society = cast.near.cooperative
    row = ("王农", "农民", identity(1), "王农", 1, "货币", None, None)
    with_village = workbook((*row, "新桥村"), headings=(*HEADINGS, "所在村"))
    upload = upload_roster(society, with_village, filename="名册.xlsx", by=cast.chair)
    apply_roster(upload, whole=False, year=None, by=cast.chair)
    member = society.members.get(name="王农")
    assert member.village == "新桥村"
    taken_in(society, row, by=cast.chair)
    member.refresh_from_db()
    assert member.village == "新桥村"


def test_identity_numbers_do_not_stay_behind_in_a_file_that_was_written(cast):
    row = ("王农", "农民", identity(1), "", 1, "现金", "", "")
    upload, _ = taken_in(cast.near.cooperative, row, by=cast.chair)
    assert RosterUpload.objects.get(pk=upload.pk).rows == []


# -- by hand ------------------------------------------------------------------------------------------


def test_a_member_who_left_stays_in_the_roster_of_then(cast):
    society = cast.near.cooperative
    MemberFactory(cooperative=society, left_on=dt.date(2020, 6, 1))
    assert society.members.on(dt.date(2020, 5, 31)).count() == 1
    assert society.members.on(dt.date(2020, 6, 1)).count() == 0


def test_nobody_is_a_member_twice(cast):
    society = cast.near.cooperative
    add_member(society, facts(), by=cast.chair)
    with pytest.raises(TransitionRefused):
        add_member(society, facts(name="另一个"), by=cast.chair)


def test_whoever_saves_second_sees_both_texts(cast, browser_of):
    member = MemberFactory(cooperative=cast.near.cooperative, name="王农")
    edit_member(member, facts(name="王农民", identity_number=""), version=1, by=cast.chair)
    sent = {"name": "王农夫", "kind": "farmer", "additional_votes": "0", "version": "1"}
    address = reverse("registry:member-edit", args=[cast.near.cooperative.code, member.pk])
    answer = browser_of(cast.chair).post(address, sent)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "王农民" in page
    assert "王农夫" in page


def test_a_whole_identity_number_needs_a_reason_and_is_kept_in_the_trail(cast, browser_of):
    society = cast.near.cooperative
    member = MemberFactory(cooperative=society, identity_number=identity(3))
    client = browser_of(cast.clerk)
    page = client.get(reverse("registry:roster", args=[society.code])).content.decode()
    assert identity(3) not in page
    address = reverse("registry:member-identity", args=[society.code, member.pk])
    assert identity(3) not in client.post(address, {}, follow=True).content.decode()
    assert identity(3) in client.post(address, {"reason": "核对身份证原件"}).content.decode()
    assert AuditEvent.objects.filter(action="unmask-member").count() == 1
    assert audit.broken_link() is None


def test_a_member_of_another_society_is_not_reached_through_ones_own(cast, browser_of):
    foreign = MemberFactory(cooperative=cast.far.cooperative)
    address = reverse("registry:member-edit", args=[cast.near.cooperative.code, foreign.pk])
    assert browser_of(cast.chair).get(address).status_code == 404
    assert browser_of(cast.chair).post(address, {"name": "换名"}).status_code == 404
    foreign.refresh_from_db()
    assert foreign.name != "换名"


def test_a_file_is_taken_in_through_the_page(cast, browser_of):
    society = cast.near.cooperative
    client = browser_of(cast.chair)
    row = ("王农", "农民", identity(1), "", 1, "现金", "", "")
    sent = SimpleUploadedFile("名册.xlsx", workbook(row).read())
    address = reverse("registry:roster-upload-create", args=[society.code])
    page = client.post(address, {"file": sent}, follow=True).content.decode()
    assert "可写入 1 名" in page
    upload = RosterUpload.objects.get()
    address = reverse("registry:roster-upload-apply", args=[society.code, upload.pk])
    client.post(address, {"whole": "no"})
    assert society.members.count() == 1


# -- accounts -------------------------------------------------------------------------------------------


def test_an_account_is_complete_with_three_items_and_zero_is_one(cast):
    society = cast.near.cooperative
    whole, blank = MemberFactory.create_batch(2, cooperative=society)
    amounts = {
        whole.pk: {"reserve_share": Decimal(0), "transactions": Decimal(0), "returned": None},
        blank.pk: {"reserve_share": None, "transactions": Decimal(5), "returned": None},
    }
    assert save_accounts(society, 2020, amounts, by=cast.chair) == 2
    assert complete_accounts(society, 2020) == (1, 2)
    assert save_accounts(society, 2020, amounts, by=cast.chair) == 0


def test_accounts_of_another_society_are_passed_over(cast):
    foreign = MemberFactory(cooperative=cast.far.cooperative)
    amounts = {foreign.pk: {"reserve_share": Decimal(1)}}
    assert save_accounts(cast.near.cooperative, 2020, amounts, by=cast.chair) == 0
    assert not MemberAccount.objects.exists()


def test_a_wrong_amount_is_shown_and_the_rest_is_kept(cast, browser_of):
    society = cast.near.cooperative
    member = MemberFactory(cooperative=society)
    address = reverse("registry:member-accounts", args=[society.code]) + "?year=2025"
    sent = {f"m{member.pk}-reserve_share": "一百", f"m{member.pk}-transactions": "77"}
    answer = browser_of(cast.chair).post(address, sent)
    assert answer.status_code in {302, 422}


# -- the law --------------------------------------------------------------------------------------------


def counts(**changes):
    found = {"total": 10, "farmers": 8, "other_persons": 2, "units": 0, "societies": 0}
    return {**found, "contribution": None, "additional_votes": 0, **changes}


def bad(society, **changes):
    return [c.title for c in check_roster(society, counts(**changes), []) if c.tone == BAD]


def test_exactly_four_fifths_of_farmers_pass():
    society = CooperativeFactory.build(member_count=None)
    assert bad(society, total=10, farmers=8) == []
    assert bad(society, total=10, farmers=7) == ["农民成员比例"]


def test_five_members_pass():
    society = CooperativeFactory.build(member_count=None)
    assert bad(society, total=5, farmers=5) == []
    assert bad(society, total=4, farmers=4) == ["成员人数"]


@pytest.mark.parametrize(("total", "most"), [(5, 1), (20, 1), (21, 1), (39, 1), (40, 2), (100, 5)])
def test_the_limit_of_organisations(total, most):
    assert most_units(total) == most


def test_additional_votes_stay_within_a_fifth():
    society = CooperativeFactory.build(member_count=None)
    assert bad(society, additional_votes=2) == []
    assert bad(society, additional_votes=3) == ["附加表决权"]


def test_a_union_is_measured_by_its_societies():
    union = CooperativeFactory.build(kind=CooperativeKind.UNION, member_count=None)
    assert bad(union, total=3, farmers=0, other_persons=0, societies=3) == []
    assert bad(union, total=3, farmers=0, other_persons=1, societies=2) == [
        "成员社数",
        "联合社的成员",
    ]


def test_the_roster_page_asks_few_questions_of_the_database(
    cast, browser_of, django_assert_max_num_queries
):
    MemberFactory.create_batch(60, cooperative=cast.near.cooperative)
    client = browser_of(cast.clerk)
    with django_assert_max_num_queries(15):
        client.get(reverse("registry:roster", args=[cast.near.cooperative.code]))
    assert Member.objects.count() == 60
