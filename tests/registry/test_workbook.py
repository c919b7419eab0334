"""The six-sheet workbook of a quarter: one delivery whose sheets go their own ways."""

import io

import pytest
from openpyxl import load_workbook

from registry.choices import FeedSource, JobState
from registry.ingestion.said import MODELS
from registry.models import Cooperative
from registry.operations.deliveries import undo_delivery
from registry.operations.error_workbook import write_error_workbook
from tests.registry.feeds import (
    REGULATOR,
    commit,
    hand_in,
    listed,
    society,
    stated,
    take_in,
    work,
    write_full_workbook,
    write_workbook,
)
from tongchuan_coop.fingerprint import fingerprint


@pytest.fixture
def bureau(cast):
    return cast.bureau


def check(content, *, by, quarter="2020Q3"):
    how = {"source": FeedSource.WORKBOOK, "filename": "季度.xlsx", "quarter": quarter}
    return work(hand_in(content, by=by, **how))


def known(source):
    return MODELS[source]._default_manager.filter(known_to=None)


def test_societies_and_what_is_stated_about_them_come_in_together(bureau):
    empty = fingerprint()
    job = check(write_full_workbook(), by=bureau)
    assert (job.state, job.counts["new"], job.counts["doubtful"]) == (JobState.STAGED, 12, 0)
    assert (job.counts["physical"], job.counts["header"]) == (18, 6)
    commit(job, by=bureau)
    assert Cooperative.objects.count() == 2
    assert {source: known(source).count() for source in REGULATOR} == dict.fromkeys(REGULATOR, 2)
    assert job.delivery.sources == ["registration", *(s for s in job.delivery.sources[1:])]
    undo_delivery(job, reason="试", by=bureau)
    work(job)
    assert (job.state, fingerprint()) == (JobState.UNDONE, empty)


def test_a_bad_sheet_does_not_hold_back_the_others(bureau, client):
    lines = {
        FeedSource.ABNORMAL: [listed(1, "2020-13-45"), listed(2)],
        FeedSource.SPOT_CHECK: [stated(1, "市监局", "2020-09-01", "甲类")],
    }
    job = check(write_workbook([society(1), society(2)], lines), by=bureau)
    client.force_login(bureau)
    page = client.get(f"/registry/feeds/{job.delivery_id}/").content.decode()
    assert "各工作表的结果" in page
    assert "outcome=rejected&amp;sheet=%E7%BB%8F" in page
    one = f"/registry/feeds/{job.delivery_id}/rows/?outcome=doubtful&sheet=抽查检查"
    assert "不认识抽查结果“甲类”" in client.get(one).content.decode()
    commit(job, by=bureau)
    counts = {key: job.counts[key] for key in ("new", "rejected", "doubtful")}
    assert counts == {"new": 3, "rejected": 1, "doubtful": 1}
    assert known(FeedSource.ABNORMAL).count() == 1


def test_the_list_of_problems_has_each_sheet_and_can_be_mended_and_sent_back(bureau):
    lines = {FeedSource.ABNORMAL: [listed(1, "2020-13-45"), listed(2)]}
    job = commit(check(write_workbook([society(1), society(2)], lines), by=bureau), by=bureau)
    stream = io.BytesIO()
    write_error_workbook(job.delivery, stream, by=bureau)
    book = load_workbook(io.BytesIO(stream.getvalue()))
    assert set(book.sheetnames) >= {"汇总", "登记信息", "经营异常名录"}
    sheet = book["经营异常名录"]
    headings = [cell.value for cell in sheet[1]]
    assert headings[-3:] == ["级别", "问题", "怎么改"]
    bad = sheet[2]
    assert (bad[headings.index("级别")].value, bad[3].value) == ("必须改", "2020-13-45")
    bad[3].value = "2020-07-13"
    mended = io.BytesIO()
    book.save(mended)
    again = check(mended.getvalue(), by=bureau)
    assert again.reason == "SECOND_FOR_QUARTER"
    assert (again.counts["new"], again.counts["unchanged"]) == (1, 3)


def test_a_single_file_corrects_what_a_workbook_said(bureau):
    commit(check(write_full_workbook(), by=bureau), by=bureau)
    job = take_in([society(1, member_count=30)], by=bureau, quarter="2020Q4", scope="changes")
    assert job.counts["changed"] == 1


def test_an_undo_waits_for_the_later_file_of_any_shared_sheet(bureau):
    job = commit(check(write_full_workbook(), by=bureau), by=bureau)
    take_in([society(1), society(2)], by=bureau, quarter="2020Q4")
    with pytest.raises(Exception, match="只能撤销最近一次入库"):
        undo_delivery(job, reason="试", by=bureau)
