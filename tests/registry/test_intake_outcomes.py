"""What becomes of every row of a file, and what a commit and an undo do to the register."""

import datetime as dt
import io
from decimal import Decimal

import pytest

from accounts.models import AuditEvent, User
from common.workflow import TransitionRefused
from registry.choices import FeedScope, JobState, RowDecision
from registry.models import Cooperative, CooperativeVersion, FeedRow, FormerName, GoneNotice
from registry.operations.cooperatives import correct_cooperative
from registry.operations.deliveries import decide_hold, decide_row, receive_delivery, undo_delivery
from tests.factories.registry import valid_uscc
from tests.registry.feeds import check, commit, hand_in, society, take_in, work, write_csv
from tongchuan_coop.fingerprint import fingerprint

pytestmark = pytest.mark.django_db
EQUATION = ("header", "blank", "note", "new", "changed", "unchanged", "doubtful", "rejected")


@pytest.fixture
def bureau(cast) -> User:
    return cast.bureau


def doubts(job) -> list[str]:
    rows = FeedRow.objects.filter(delivery=job.delivery, outcome="doubtful")
    return list(rows.order_by("ordinal").values_list("doubt", flat=True))


def test_every_row_has_one_outcome_and_the_row_equation_balances(bureau):
    take_in([society(1), society(2), society(3)], by=bureau)
    lines = [
        society(1),
        society(2, legal_representative="李新"),
        society(4),
        society(5, uscc=valid_uscc(5)[:-1] + ("0" if valid_uscc(5)[-1] != "0" else "1")),
        society(6, uscc=valid_uscc(6, "511703")),
        society(4),
    ]
    job = check(lines, by=bureau, quarter="2020Q3", scope=FeedScope.CHANGES)
    counts = job.counts
    assert {key: counts[key] for key in (*EQUATION, "duplicate", "gone")} == {
        "header": 1,
        "blank": 0,
        "note": 0,
        "new": 1,
        "changed": 1,
        "unchanged": 1,
        "doubtful": 1,
        "rejected": 1,
        "duplicate": 1,
        "gone": 0,
    }
    assert counts["physical"] == sum(counts[key] for key in (*EQUATION, "duplicate")) == 7


def test_nothing_of_the_register_changes_before_the_commit(bureau):
    take_in([society(1)], by=bureau)
    before = fingerprint()
    check([society(1, legal_representative="新理事长"), society(2)], by=bureau, quarter="2020Q3")
    assert fingerprint() == before


def test_a_commit_writes_values_versions_and_provenance(bureau):
    job = take_in([society(1, total_contribution=80)], by=bureau)
    made = Cooperative.objects.get(uscc=valid_uscc(1))
    assert made.total_contribution == Decimal(800_000)
    assert made.township.name == "罗江镇"
    assert made.last_row.number == 2
    version = made.versions.get()
    assert (version.true_from, version.true_to) == (dt.date(2015, 3, 1), None)
    assert version.delivery == job.delivery
    assert version.row == made.last_row


def test_a_change_closes_the_old_version_keeps_its_past_and_the_old_name(bureau):
    take_in([society(1)], by=bureau)
    take_in([society(1, name="通川区第1号水稻种植专业合作社")], by=bureau, quarter="2020Q3")
    made = Cooperative.objects.get()
    known = list(made.versions.filter(known_to=None).order_by("true_from"))
    assert [(v.true_from, v.true_to) for v in known] == [
        (dt.date(2015, 3, 1), dt.date(2020, 9, 30)),
        (dt.date(2020, 9, 30), None),
    ]
    assert known[1].changed == ["name"]
    assert made.versions.exclude(known_to=None).count() == 1
    assert FormerName.objects.get().name == "达州市通川区第1号水稻种植专业合作社"
    assert list(Cooperative.objects.matching("达州市通川区第1号")) == [made]


def test_an_absent_column_leaves_values_alone_and_an_empty_cell_blanks_them(bureau):
    take_in([society(1), society(2)], by=bureau)
    take_in(
        [society(1), society(2, domicile="")],
        by=bureau,
        quarter="2020Q3",
        without=("legal_representative",),
    )
    first, second = Cooperative.objects.order_by("name_key")
    assert first.legal_representative == "王小1"
    assert second.domicile == ""


def test_committing_the_same_file_twice_changes_nothing(bureau):
    content = write_csv([society(1), society(2)])
    commit(work(hand_in(content, by=bureau)), by=bureau)
    before = fingerprint()
    again = receive_delivery(
        io.BytesIO(content),
        filename="改了名.csv",
        source="registration",
        quarter="2020Q2",
        scope="full",
        by=bureau,
    )
    assert again.delivery is None
    assert again.duplicate_of.quarter == "2020Q2"
    assert "完全相同" in again.message
    assert fingerprint() == before


def test_an_accepted_row_with_an_unreadable_cell_keeps_the_known_value(bureau):
    take_in([society(1)], by=bureau)
    job = check(
        [society(1, status="半死不活", legal_representative="新任")], by=bureau, quarter="2020Q3"
    )
    row = FeedRow.objects.get(delivery=job.delivery, outcome="doubtful")
    decide_row(row, RowDecision.ACCEPTED, reason="电话核实", by=bureau)
    job.refresh_from_db()
    commit(job, by=bureau)
    kept = Cooperative.objects.get()
    assert (kept.status, kept.legal_representative) == ("active", "新任")
    assert kept.versions.get(known_to=None, true_to=None).changed == ["legal_representative"]


def test_the_same_rows_in_other_bytes_are_recognised(bureau):
    lines = [society(1), society(2)]
    take_in(lines, by=bureau)
    job = work(hand_in(write_csv(lines).decode().encode("gb18030"), by=bureau))
    assert (job.state, job.reason) == (JobState.REFUSED, "SAME_CONTENT")


def test_identical_twins_count_as_duplicate_and_different_ones_are_both_doubtful(bureau):
    lines = [society(1), society(1), society(2), society(2, legal_representative="另一人")]
    job = check(lines, by=bureau)
    assert (job.counts["new"], job.counts["duplicate"]) == (1, 1)
    assert doubts(job) == ["DUPLICATE_CONFLICT"] * 2


def test_one_of_two_conflicting_rows_can_be_accepted(bureau):
    job = check([society(2), society(2, legal_representative="另一人")], by=bureau)
    right = FeedRow.objects.get(delivery=job.delivery, ordinal=3)
    decide_row(right, RowDecision.ACCEPTED, reason="电话核实", by=bureau)
    job.refresh_from_db()
    commit(job, by=bureau)
    assert Cooperative.objects.get().legal_representative == "另一人"


@pytest.mark.parametrize(
    ("line", "doubt"),
    [
        (society(9, name="达州市通川区第1号水稻种植专业合作社"), "POSSIBLE_RECODE"),
        (society(1, name="宣汉县老君山中蜂养殖农民专业合作社"), "NAME_CONFLICT"),
        (society(3, status="存续"), "STATUS_REGRESSION"),
    ],
)
def test_what_only_a_person_can_tell_is_doubtful(bureau, line, doubt):
    take_in([society(1), society(3, status="注销")], by=bureau)
    job = check([line], by=bureau, quarter="2020Q3", scope=FeedScope.CHANGES)
    assert doubts(job) == [doubt]


def test_a_hand_corrected_value_is_not_overwritten(bureau):
    take_in([society(1)], by=bureau)
    Cooperative.objects.update(
        corrected_fields=["legal_representative"], legal_representative="手改"
    )
    job = check([society(1), society(2)], by=bureau, quarter="2020Q3")
    assert doubts(job) == ["MANUAL_OVERRIDE"]
    commit(job, by=bureau)
    assert Cooperative.objects.get(uscc=valid_uscc(1)).legal_representative == "手改"


def test_a_register_that_changed_since_the_check_is_judged_again_at_the_commit(bureau):
    take_in([society(1)], by=bureau)
    job = check([society(1, legal_representative="报送的")], by=bureau, quarter="2020Q3")
    assert job.counts["changed"] == 1
    edited = Cooperative.objects.get()
    correct_cooperative(
        edited, {"legal_representative": "手改"}, "电话核实", by=bureau, version=edited.version
    )
    commit(job, by=bureau)
    assert (job.counts["changed"], job.counts["doubtful"]) == (0, 1)
    assert Cooperative.objects.get().legal_representative == "手改"


def test_a_society_of_another_division_is_held_and_can_be_accepted_after_the_commit(bureau):
    job = take_in([society(1), society(2, uscc=valid_uscc(2, "511703"))], by=bureau)
    assert Cooperative.objects.count() == 1
    row = FeedRow.objects.get(delivery=job.delivery, outcome="doubtful")
    decide_row(row, RowDecision.ACCEPTED, reason="2019年迁入", by=bureau)
    assert Cooperative.objects.count() == 2
    row.refresh_from_db()
    assert row.outcome == "new"


def test_an_accepted_stranger_is_not_asked_about_again_in_later_quarters(bureau):
    stranger = {"uscc": valid_uscc(2, "511703")}
    job = take_in([society(1), society(2, **stranger)], by=bureau)
    row = FeedRow.objects.get(delivery=job.delivery, outcome="doubtful")
    decide_row(row, RowDecision.ACCEPTED, reason="2019年迁入", by=bureau)
    lines = [society(1), society(2, **stranger, legal_representative="新任")]
    job = check(lines, by=bureau, quarter="2020Q3")
    assert (job.counts["changed"], job.counts["doubtful"]) == (1, 0)


def test_a_full_list_names_who_is_missing_but_closes_nobody(bureau):
    take_in([society(1), society(2)], by=bureau)
    job = take_in([society(1)], by=bureau, quarter="2020Q3")
    assert job.counts["gone"] == 1
    assert GoneNotice.objects.get().cooperative.uscc == valid_uscc(2)
    assert Cooperative.objects.get(uscc=valid_uscc(2)).status == "active"


def test_a_society_whose_row_was_sent_back_is_not_missing(bureau):
    take_in([society(1), society(2)], by=bureau)
    job = check([society(1), society(2, established_on="2019-13-45")], by=bureau, quarter="2020Q3")
    assert (job.counts["rejected"], job.counts["gone"]) == (1, 0)


def test_a_second_file_for_the_quarter_is_held_until_a_person_says_what_it_is(bureau):
    take_in([society(1)], by=bureau)
    job = check([society(1), society(2)], by=bureau)
    assert (job.state, job.reason) == (JobState.HELD, "SECOND_FOR_QUARTER")
    with pytest.raises(TransitionRefused):
        decide_hold(job, "continue", reason="x", by=bureau)
    decide_hold(job, "supplement", reason="漏报一家", by=bureau)
    work(job)
    assert job.state == JobState.STAGED
    assert job.delivery.scope == FeedScope.CHANGES
    commit(job, by=bureau)
    assert Cooperative.objects.count() == 2


def test_an_older_quarter_never_overwrites_current_values(bureau):
    take_in([society(1, legal_representative="现任")], by=bureau, quarter="2020Q3")
    job = check([society(1, legal_representative="前任"), society(2)], by=bureau, quarter="2020Q1")
    assert job.reason == "OLDER_QUARTER"
    decide_hold(job, "continue", reason="补录一季度", by=bureau)
    work(job)
    assert (job.counts["changed"], job.counts["new"]) == (1, 1)
    commit(job, by=bureau)
    assert Cooperative.objects.get(uscc=valid_uscc(1)).legal_representative == "现任"
    assert Cooperative.objects.count() == 2


def test_a_full_list_that_lacks_many_needs_a_written_reason(bureau):
    take_in([society(n) for n in range(1, 41)], by=bureau)
    job = check([society(n) for n in range(1, 31)], by=bureau, quarter="2020Q3")
    assert (job.state, job.reason) == (JobState.HELD, "GONE_TOO_MANY")
    assert len(job.holds[0]["examples"]) == 3
    with pytest.raises(TransitionRefused):
        decide_hold(job, "continue", reason="  ", by=bureau)


def test_yuan_taken_for_ten_thousand_yuan_is_noticed(bureau):
    take_in([society(n) for n in range(1, 31)], by=bureau)
    lines = [society(n, total_contribution=50 * 10_000) for n in range(1, 31)]
    job = check(lines, by=bureau, quarter="2020Q3")
    reasons = {hold["code"] for hold in job.holds}
    assert job.state == JobState.HELD or job.counts["doubtful"] == 30
    assert "CAPITAL_UNIT_CHANGED" in reasons or job.counts["doubtful"] == 30


def test_undo_returns_the_fingerprint_of_before(bureau):
    take_in([society(n) for n in range(1, 6)], by=bureau)
    before = fingerprint()
    lines = [
        society(1, legal_representative="改了", member_count=3, farmer_member_count=3),
        society(2, name="通川区第2号水稻种植专业合作社"),
        society(3),
        society(7),
    ]
    job = take_in(lines, by=bureau, quarter="2020Q3", scope=FeedScope.CHANGES)
    assert fingerprint() != before
    undo_delivery(job, reason="文件拿错了", by=bureau)
    work(job)
    assert (job.state, job.message) == (JobState.UNDONE, "")
    assert fingerprint() == before
    assert not Cooperative.objects.filter(uscc=valid_uscc(7)).exists()


def test_undo_of_the_first_file_empties_the_register_and_it_can_be_committed_again(bureau):
    empty = fingerprint()
    content = write_csv([society(1), society(2)])
    job = commit(work(hand_in(content, by=bureau)), by=bureau)
    full = fingerprint()
    undo_delivery(job, reason="重来", by=bureau)
    work(job)
    assert fingerprint() == empty
    commit(work(hand_in(content, by=bureau)), by=bureau)
    assert fingerprint() == full


def test_undo_twice_in_a_row_walks_back_quarter_by_quarter(bureau):
    first = take_in([society(1)], by=bureau)
    one = fingerprint()
    second = take_in([society(1, legal_representative="二")], by=bureau, quarter="2020Q3")
    two = fingerprint()
    third = take_in([society(1, legal_representative="三")], by=bureau, quarter="2020Q4")
    with pytest.raises(TransitionRefused, match="最近一次"):
        undo_delivery(second, reason="x", by=bureau)
    for job, expected in ((third, two), (second, one)):
        job.refresh_from_db()
        undo_delivery(job, reason="x", by=bureau)
        work(job)
        assert fingerprint() == expected
    assert first.state == JobState.COMMITTED


def test_undo_leaves_alone_and_names_what_a_person_edited_later(bureau):
    take_in([society(1), society(2)], by=bureau)
    lines = [society(1, member_count=30), society(2, member_count=31)]
    job = take_in(lines, by=bureau, quarter="2020Q3")
    edited = Cooperative.objects.get(uscc=valid_uscc(1))
    correct_cooperative(
        edited, {"legal_representative": "手改"}, "电话核实", by=bureau, version=edited.version
    )
    undo_delivery(job, reason="有误", by=bureau)
    work(job)
    assert edited.name in job.message
    counts = Cooperative.objects.order_by("name_key").values_list("member_count", flat=True)
    assert list(counts) == [30, 20]


def test_as_of_shows_both_what_was_true_and_what_was_known(bureau):
    take_in([society(1, legal_representative="甲")], by=bureau)
    between = CooperativeVersion.objects.get().known_from
    take_in([society(1, legal_representative="乙")], by=bureau, quarter="2020Q3")
    versions = CooperativeVersion.objects
    now_true = versions.known().true_on(dt.date(2020, 12, 1)).get()
    then_true = versions.known().true_on(dt.date(2020, 8, 1)).get()
    then_known = versions.known(between).true_on(dt.date(2020, 12, 1)).get()
    assert [v.legal_representative for v in (now_true, then_true, then_known)] == ["乙", "甲", "甲"]


def test_each_step_leaves_one_audit_event(bureau):
    take_in([society(1)], by=bureau)
    actions = list(AuditEvent.objects.order_by("sequence").values_list("action", flat=True))
    assert actions == [
        "delivery-received",
        "delivery-checked",
        "decide-delivery",
        "delivery-committed",
    ]
