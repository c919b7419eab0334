"""The register as a file: complete, marked, masked, kept in the trail, and fit to come back."""

import csv
import io
import json

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import AuditEvent
from accounts.policy import Action
from registry.models import Cooperative, FeedRow
from tests.factories.registry import CooperativeFactory, valid_uscc
from tests.registry.feeds import hand_in, work

pytestmark = pytest.mark.django_db


@pytest.fixture
def fetch(cast, browser_of):
    """Return a fetcher of an export: the bytes that a person gets."""

    def get(form="xlsx", user=None, **asked) -> bytes:
        answer = browser_of(user or cast.bureau).get(
            reverse("registry:cooperative-export", args=[form]), asked
        )
        assert answer.status_code == 200
        assert answer["Content-Disposition"].startswith("attachment")
        return b"".join(answer.streaming_content)

    return get


def sheet(content: bytes) -> tuple[dict, list[tuple]]:
    book = load_workbook(io.BytesIO(content))
    said = {label.value: text.value for label, text in book["说明"].iter_rows()}
    return said, [tuple(cell.value for cell in row) for row in book["合作社名录"].iter_rows()]


def lines(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def test_the_workbook_holds_all_that_is_seen_and_says_who_took_it_when_and_how(cast, fetch):
    for number in range(70):
        CooperativeFactory(name=f"稻香{number:02d}合作社", name_key=f"稻香{number:02d}")
    CooperativeFactory(name="麦香合作社")
    said, rows = sheet(fetch(q="稻香"))
    assert len(rows) == 71
    assert said["家数"] == "70"
    assert said["筛选条件"] == "名称、代码、拼音首字母、法定代表人或村：稻香"
    assert said["导出人"].startswith(cast.bureau.full_name)
    assert said["导出时间"].startswith("2021年7月20日")
    assert rows[0][:3] == ("名称", "统一社会信用代码", "乡镇街道")


def test_the_order_and_columns_are_those_of_the_page(fetch):
    CooperativeFactory(name="甲", member_count=3, total_contribution=1)
    CooperativeFactory(name="乙", member_count=9, total_contribution=2)
    _, rows = sheet(fetch(sort="-capital", col=["member_count"]))
    assert rows == [("名称", "成员总数"), ("乙", 9), ("甲", 3)]


def test_all_columns_can_be_asked_for_and_phones_stay_covered(fetch):
    CooperativeFactory(contact_phone="13812345678", domicile="新桥村")
    _, rows = sheet(fetch(columns="all"))
    row = dict(zip(rows[0], rows[1], strict=True))
    assert row["联系电话"] == "138******78"
    assert row["住所"] == "新桥村"


def test_a_clerk_takes_out_the_own_township_only(cast, fetch):
    near, far = cast.near.cooperative, cast.far.cooperative
    names = {row[0] for row in lines(fetch("csv", cast.clerk))}
    assert near.name in names
    assert far.name not in names


def test_the_trail_keeps_what_was_taken_out(cast, fetch):
    CooperativeFactory()
    fetch("csv", status="active")
    event = AuditEvent.objects.get(action=Action.EXPORT_COOPERATIVE)
    assert event.actor == cast.bureau
    assert event.detail["number"] == 1
    assert event.detail["conditions"] == "登记状态：存续"
    assert "138" not in json.dumps(event.detail)


@pytest.mark.parametrize("role", ["counsellor", "cooperative", "leader", "auditor", "liaison"])
def test_who_may_not_export_gets_403_and_leaves_no_trace(cast, browser_of, role):
    answer = browser_of(cast.of(role)).get(reverse("registry:cooperative-export", args=["csv"]))
    assert answer.status_code == 403
    assert not AuditEvent.objects.filter(action=Action.EXPORT_COOPERATIVE).exists()


def test_a_wrong_condition_gives_no_file(cast, browser_of):
    url = reverse("registry:cooperative-export", args=["csv"])
    answer = browser_of(cast.bureau).get(url, {"founded_from": "去年"})
    assert answer.status_code == 409
    assert "筛选条件有误" in answer.content.decode()


def test_an_unknown_form_is_404(cast, browser_of):
    answer = browser_of(cast.bureau).get(reverse("registry:cooperative-export", args=["pdf"]))
    assert answer.status_code == 404


def test_a_workbook_that_is_too_large_is_refused_in_words_and_csv_is_not(
    cast, fetch, browser_of, monkeypatch
):
    monkeypatch.setattr("registry.operations.exports.MOST_IN_A_WORKBOOK", 2)
    for _ in range(3):
        CooperativeFactory()
    answer = browser_of(cast.bureau).get(reverse("registry:cooperative-export", args=["xlsx"]))
    assert answer.status_code == 409
    assert "CSV" in answer.content.decode()
    assert len(lines(fetch("csv"))) == 5


def test_an_export_is_read_again_as_what_it_was(cast, fetch):
    society = CooperativeFactory(
        name="=达州市通川区春风茶叶专业合作社",
        name_key="=达州市通川区春风茶叶专业合作社",
        uscc=valid_uscc(6_299_001),
        legal_representative="＠李四",
        contact_phone="",
    )
    asked = ["code", "status", "legal_representative", "member_count", "domicile"]
    job = work(hand_in(fetch("csv", col=asked), by=cast.bureau))
    assert job.counts["rejected"] == 0, list(FeedRow.objects.values_list("issues", flat=True))
    assert job.counts["note"] == 1
    read = FeedRow.objects.get(kind="data").registration
    assert (read.uscc, read.name) == (society.uscc, society.name)
    assert read.legal_representative == "＠李四"
    assert Cooperative.objects.count() == 1
