"""The pages of deliveries in every state: no sideways scroll on a phone, nothing against axe."""

import pytest
from playwright.sync_api import expect

from registry.choices import JobState, RowOutcome
from registry.models import IngestJob
from tests.browser.conftest import complaints_of_axe
from tests.browser.sizes import DESK, PHONE
from tests.factories.registry import DeliveryFactory, RowFactory

REPORT = {
    "sheets": [
        {
            "name": "登记信息",
            "used": True,
            "header_rows": [1],
            "hidden_rows": 2,
            "hidden": False,
            "columns": [
                {"index": 0, "letter": "A", "heading": "统一社会信用代码", "field": "uscc"},
                {"index": 1, "letter": "B", "heading": "合作社名称", "field": "name"},
                {"index": 2, "letter": "C", "heading": "备注", "field": None},
            ],
        },
        {"name": "封面", "used": False, "why_ignored": "没有表头", "columns": []},
    ],
    "notes": ["有不认识的列：备注。"],
}
COUNTS = {
    "physical": 6,
    "header": 1,
    "blank": 1,
    "note": 1,
    "new": 1,
    "changed": 0,
    "unchanged": 0,
    "doubtful": 1,
    "rejected": 1,
    "duplicate": 0,
}
HOLD = {
    "code": "QUARTER_MISMATCH",
    "message": "文件名写的是 2021Q1，与选择的 2021Q2 不一致。请确认这份表属于哪个季度。",
    "examples": ["甲合作社", "乙合作社"],
    "choices": ["continue"],
}
ISSUE = {
    "code": "USCC_LENGTH",
    "level": "must",
    "field": "uscc",
    "column": "A",
    "value": "9351170",
    "message": "统一社会信用代码应为 18 位，现在是 7 位。",
    "remedy": "请对照营业执照改正。",
}
UNSEEN = (JobState.RECEIVED, JobState.PARSING, JobState.REFUSED)


def delivery_in(state: str):
    """Make a delivery in a state, with a row of three outcomes."""
    delivery = DeliveryFactory(job=state, report=REPORT)
    facts = {"counts": {} if state in UNSEEN else COUNTS, "version": 2}
    if state == JobState.HELD:
        facts["holds"] = [HOLD]
    if state == JobState.PARSING:
        facts |= {"stage": "登记数据行", "rows_done": 1_500, "rows_known": 3_500, "attempt": 2}
    if state == JobState.COMMITTED:
        facts["committed_at"] = delivery.received_at
    if state == JobState.REFUSED:
        facts |= {"reason": "FILE_ENCRYPTED", "message": "文件有密码。请取消密码后再上传。"}
    IngestJob.objects.filter(delivery=delivery).update(**facts)
    RowFactory(delivery=delivery, ordinal=2)
    RowFactory(delivery=delivery, ordinal=3, outcome=RowOutcome.DOUBTFUL, doubt="FINDING")
    RowFactory(
        delivery=delivery,
        ordinal=4,
        outcome=RowOutcome.REJECTED,
        issues=[ISSUE],
        raw=["9351170", "某合作社", "达州市通川区" * 20],
    )
    return delivery


def judge(page) -> None:
    """Hold a page against the two rules."""
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0
    assert complaints_of_axe(page) == []


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("state", JobState.values)
def test_a_delivery_in_any_state_is_fit_to_be_read(visit, cast, state, size):
    delivery = delivery_in(state)
    judge(visit(f"/registry/feeds/{delivery.pk}/", user=cast.bureau, size=size))


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize(
    "path",
    [
        "",
        "new/",
        "guide/",
        "{pk}/rows/?outcome=doubtful",
        "{pk}/rows/?outcome=rejected",
        "{pk}/rows/?outcome=changed",
        "{pk}/rows/4/",
        "{pk}/gone/",
    ],
)
def test_a_page_about_deliveries_is_fit_to_be_read(visit, cast, path, size):
    delivery = delivery_in(JobState.STAGED)
    address = f"/registry/feeds/{path.format(pk=delivery.pk)}"
    judge(visit(address, user=cast.bureau, size=size))


def test_the_empty_list_is_fit_to_be_read(visit, cast):
    page = visit("/registry/feeds/", user=cast.bureau, size=PHONE)
    expect(page.get_by_text("还没有收到数据文件")).to_be_visible()
    judge(page)


def test_the_page_of_a_working_file_turns_into_the_result_by_itself(visit, cast):
    delivery = delivery_in(JobState.PARSING)
    page = visit(f"/registry/feeds/{delivery.pk}/", user=cast.bureau)
    expect(page.get_by_text("正在重试（第2次）").first).to_be_visible()
    IngestJob.objects.filter(delivery=delivery).update(
        state=JobState.STAGED, counts=COUNTS, version=3
    )
    page.get_by_role("heading", name="检查结果").wait_for(timeout=10_000)
    expect(page.locator("[hx-trigger*=every]")).to_have_count(0)


def test_a_file_can_be_chosen_with_the_keyboard_alone(visit, cast):
    page = visit("/registry/feeds/new/", user=cast.bureau)
    page.wait_for_load_state()
    with page.expect_file_chooser() as chooser:
        page.locator("input[type=file]").press("Space")
    chooser.value.set_files({"name": "登记.csv", "mimeType": "text/csv", "buffer": b"x"})
    expect(page.locator("#chosen-file")).to_contain_text("已选择：登记.csv")
