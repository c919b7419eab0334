"""Files of the other sources on their way in: outcomes, waiting rows, publish, undo, order."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from common.workflow import TransitionRefused
from registry.choices import FeedScope, FeedSource, JobState
from registry.ingestion.said import MODELS
from registry.models import AbnormalListing, Cooperative, SpotCheck, TaxStanding
from registry.operations.deliveries import commit_delivery, decide_hold, decide_row, undo_delivery
from registry.operations.jobs import run_job
from tests.factories.registry import valid_uscc
from tests.registry.feeds import LINES as FEED_LINES
from tests.registry.feeds import (
    check_statements,
    commit,
    hand_in,
    listed,
    society,
    stated,
    take_in,
    take_in_statements,
    work,
)
from tongchuan_coop.fingerprint import fingerprint

ABNORMAL = FeedSource.ABNORMAL
LINES = {**FEED_LINES, FeedSource.TAX: ("正常", "是", 0, "2020-07-12")}
PARTS = ("new", "changed", "unchanged", "doubtful", "rejected", "duplicate")


@pytest.fixture
def bureau(cast):
    return cast.bureau


def outcomes(job):
    return {part: job.counts[part] for part in PARTS if job.counts[part]}


def doubts(job):
    return sorted(job.delivery.rows.exclude(doubt="").values_list("doubt", flat=True))


@pytest.mark.parametrize("source", LINES)
def test_each_source_is_previewed_committed_repeated_and_undone(bureau, source):
    take_in([society(1), society(2)], by=bureau)
    before = fingerprint()
    lines = [stated(n, *LINES[source]) for n in (1, 2, 2)]
    job = check_statements(source, lines, by=bureau, quarter="2020Q3")
    assert outcomes(job) == {"new": 2, "duplicate": 1}
    counts = job.counts
    parts = ("header", "blank", "note", *PARTS)
    assert counts["physical"] == sum(counts[part] for part in parts) == 4
    commit(job, by=bureau)
    model = MODELS[source]
    held = model._default_manager.filter(known_to=None)
    assert {each.cooperative.uscc for each in held} == {valid_uscc(1), valid_uscc(2)}
    assert {(each.delivery_id, each.quarter) for each in held} == {(job.delivery_id, "2020Q3")}
    taken = fingerprint()
    assert taken != before
    if source != FeedSource.TAX:  # the same words are another quarter's standing there
        again = check_statements(source, lines[:2], by=bureau, quarter="2020Q4")
        assert outcomes(again) == {"unchanged": 2}
        commit(again, by=bureau)
        assert fingerprint() == taken
        undo_delivery(again, reason="试", by=bureau)
        work(again)
        assert {each.quarter for each in held.all()} == {"2020Q3"}
    undo_delivery(job, reason="文件拿错了", by=bureau)
    work(job)
    assert (job.state, fingerprint()) == (JobState.UNDONE, before)


def test_a_listing_that_was_lifted_is_a_change_of_the_same_record(bureau):
    take_in([society(1)], by=bureau)
    take_in_statements(ABNORMAL, [listed(1)], by=bureau)
    job = check_statements(ABNORMAL, [listed(1, removed="2020-08-05")], by=bureau, quarter="2020Q3")
    assert outcomes(job) == {"changed": 1}
    commit(job, by=bureau)
    listing = AbnormalListing.objects.known().get()
    assert (str(listing.removed_on), listing.removal_reason) == ("2020-08-05", "report_published")
    assert AbnormalListing.objects.count() == 2
    undo_delivery(job, reason="试", by=bureau)
    work(job)
    assert AbnormalListing.objects.known().get().removed_on is None


def test_an_older_file_that_comes_late_does_not_speak_against_a_newer_one(bureau):
    take_in([society(1)], by=bureau)
    take_in_statements(ABNORMAL, [listed(1, removed="2020-08-05")], by=bureau, quarter="2020Q4")
    before = fingerprint()
    late = take_in_statements(ABNORMAL, [listed(1)], by=bureau, quarter="2020Q3")
    assert outcomes(late) == {"unchanged": 1}
    assert fingerprint() == before


def test_a_quarter_that_only_repeats_still_has_the_later_word(bureau):
    take_in([society(1)], by=bureau)
    take_in_statements(ABNORMAL, [listed(1)], by=bureau, quarter="2020Q2")
    take_in_statements(ABNORMAL, [listed(1)], by=bureau, quarter="2020Q4")
    lifted = [listed(1, removed="2020-08-05")]
    late = take_in_statements(ABNORMAL, lifted, by=bureau, quarter="2020Q3")
    assert outcomes(late) == {"unchanged": 1}
    assert AbnormalListing.objects.known().get().removed_on is None


def test_a_society_may_stand_on_the_list_several_times(bureau):
    take_in([society(1)], by=bureau)
    lines = [listed(1), listed(1, "2019-07-10", "2019-12-01")]
    take_in_statements(ABNORMAL, lines, by=bureau)
    assert AbnormalListing.objects.known().count() == 2
    assert AbnormalListing.objects.all().known().open().count() == 1


def test_a_row_about_an_unknown_society_waits_and_comes_in_with_it(bureau):
    take_in([society(1)], by=bureau)
    job = take_in_statements(ABNORMAL, [listed(1), listed(2)], by=bureau)
    assert (outcomes(job), doubts(job)) == ({"new": 1, "doubtful": 1}, ["UNKNOWN_SOCIETY"])
    row = job.delivery.rows.get(doubt="UNKNOWN_SOCIETY")
    with pytest.raises(TransitionRefused, match="名录里还没有"):
        decide_row(row, "accepted", reason="先收下", by=bureau)
    registration = take_in([society(1), society(2)], by=bureau, quarter="2020Q3")
    job.refresh_from_db()
    assert outcomes(job) == {"new": 2}
    assert AbnormalListing.objects.known().count() == 2
    undo_delivery(registration, reason="试", by=bureau)
    work(registration)
    job.refresh_from_db()
    assert (registration.state, registration.message) == (JobState.UNDONE, "")
    assert (outcomes(job), doubts(job)) == ({"new": 1, "doubtful": 1}, ["UNKNOWN_SOCIETY"])
    assert AbnormalListing.objects.known().count() == 1
    assert not Cooperative.objects.filter(uscc=valid_uscc(2)).exists()


def test_what_waited_through_several_quarters_ends_as_if_it_had_come_in_order(bureau):
    take_in_statements(ABNORMAL, [listed(1, removed="2020-08-05")], by=bureau, quarter="2020Q4")
    take_in_statements(ABNORMAL, [listed(1)], by=bureau, quarter="2020Q3")
    take_in([society(1)], by=bureau, quarter="2021Q1")
    listing = AbnormalListing.objects.known().get()
    assert (str(listing.removed_on), listing.quarter) == ("2020-08-05", "2020Q4")


def test_a_name_that_belongs_to_another_society_is_doubted(bureau):
    take_in([society(1), society(2, name="达州市通川区巴山云雾茶叶专业合作社")], by=bureau)
    line = list(listed(1))
    line[1] = "达州市通川区巴山云雾茶叶专业合作社"
    job = check_statements(ABNORMAL, [tuple(line)], by=bureau)
    assert doubts(job) == ["NAME_CONFLICT"]
    decide_row(job.delivery.rows.get(outcome="doubtful"), "accepted", reason="曾用名", by=bureau)
    job.refresh_from_db()
    assert outcomes(job) == {"new": 1}


def test_two_wordings_of_one_record_in_one_file_wait_for_a_person(bureau):
    take_in([society(1)], by=bureau)
    job = check_statements(ABNORMAL, [listed(1), listed(1, removed="2020-08-05")], by=bureau)
    assert doubts(job) == ["DUPLICATE_CONFLICT"] * 2
    wrong, right = job.delivery.rows.filter(outcome="doubtful").order_by("ordinal")
    decide_row(wrong, "declined", reason="旧", by=bureau)
    decide_row(right, "accepted", reason="新", by=bureau)
    job.refresh_from_db()
    commit(job, by=bureau)
    assert str(AbnormalListing.objects.known().get().removed_on) == "2020-08-05"


def test_a_doubtful_row_can_be_decided_after_the_commit(bureau):
    take_in([society(1)], by=bureau)
    line = stated(1, "未按期公示年度报告", "2020-07-10", "市监局", "已补报年度报告", "")
    job = take_in_statements(ABNORMAL, [line], by=bureau)
    assert outcomes(job) == {"doubtful": 1}
    decide_row(job.delivery.rows.get(outcome="doubtful"), "accepted", reason="已核", by=bureau)
    assert AbnormalListing.objects.known().count() == 1
    job.refresh_from_db()
    assert outcomes(job) == {"new": 1}


def test_zero_is_not_blank(bureau):
    take_in([society(1), society(2)], by=bureau)
    lines = [stated(1, "正常", "", 0, ""), stated(2, "正常", "", "", "")]
    take_in_statements(FeedSource.TAX, lines, by=bureau)
    nil, unsaid = TaxStanding.objects.known().order_by("cooperative__uscc")
    assert (nil.declared_sales, nil.zero_declared) == (0, True)
    assert (unsaid.declared_sales, unsaid.zero_declared) == (None, None)


def test_a_file_with_fewer_columns_leaves_the_others_as_they_are(bureau):
    take_in([society(1)], by=bureau)
    take_in_statements(ABNORMAL, [listed(1)], by=bureau)
    headings = "统一社会信用代码,企业名称,列入原因,列入日期,移出日期"
    line = f"{valid_uscc(1)},{society(1)['name']},未按期公示年度报告,2020-07-10,2020-08-05"
    content = f"{headings}\n{line}\n".encode()
    job = work(hand_in(content, by=bureau, source=ABNORMAL, quarter="2020Q3"))
    assert outcomes(job) == {"changed": 1}
    commit(job, by=bureau)
    listing = AbnormalListing.objects.known().get()
    assert (listing.authority, str(listing.removed_on)) == ("市监局", "2020-08-05")


def test_a_full_list_of_another_source_says_nothing_about_who_is_missing(bureau):
    take_in([society(1), society(2)], by=bureau)
    job = take_in_statements(ABNORMAL, [listed(1)], by=bureau, scope=FeedScope.FULL)
    assert job.counts["gone"] == 0


def test_a_spot_check_keeps_all_its_results(bureau):
    take_in([society(1)], by=bureau)
    lines = [stated(1, "市监局", "2020-09-01", "未发现经营活动，无法联系")]
    take_in_statements(FeedSource.SPOT_CHECK, lines, by=bureau, quarter="2020Q3")
    check = SpotCheck.objects.known().get()
    assert check.result == "unreachable"
    assert SpotCheck.objects.all().finding("no_activity").exists()


def test_the_number_of_queries_does_not_grow_with_the_rows(bureau):
    take_in([society(n) for n in range(1, 81)], by=bureau)
    needed = []
    for numbers in (range(1, 21), range(21, 81)):
        job = check_statements(ABNORMAL, [listed(n) for n in numbers], by=bureau, quarter="2020Q3")
        if job.reason:
            decide_hold(job, "supplement", reason="补充", by=bureau)
            work(job)
        commit_delivery(job, by=bureau)
        with CaptureQueriesContext(connection) as seen:
            run_job(job.pk)
        needed.append(len(seen))
    assert AbnormalListing.objects.known().count() == 80
    assert needed[1] <= needed[0] + 5
