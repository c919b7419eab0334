"""Which societies are put before a person as one and the same, and which are not."""

import datetime as dt
from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry.choices import PairBasis, PairState, RegistrationStatus, RowDecision, RowOutcome
from registry.models import Cooperative, FeedRow, FormerName, MatchPair
from registry.operations.deliveries import decide_row
from registry.operations.matching import find_pairs, part_pair
from tests.factories.accounts import unit
from tests.factories.registry import CooperativeFactory
from tests.registry.feeds import society, take_in
from tests.registry.matching import labelled

pytestmark = pytest.mark.django_db
TOWN = "达州市通川区"


def a_society(name, **facts):
    return CooperativeFactory(name=f"{TOWN}{name}", **facts)


def asked_about():
    return {(pair.left_id, pair.right_id): pair.basis for pair in MatchPair.objects.all()}


def test_300_labelled_pairs_no_false_match_by_itself_and_95_percent_found(cast):
    random = Random(11)
    lines = labelled.register(random)
    take_in(lines, by=cast.bureau, quarter="2020Q2")
    known = {line["uscc"]: Cooperative.objects.get(uscc=line["uscc"]).pk for line in lines}
    cases = labelled.pairs(lines, random)
    job = take_in([case.line for case in cases], by=cast.bureau, quarter="2020Q3", scope="changes")
    rows = {row.raw[0]: row for row in FeedRow.objects.filter(delivery=job.delivery, kind="data")}
    in_queue = set(MatchPair.objects.values_list("left", "right"))
    false_matches, found, true_pairs = [], 0, 0
    for case in cases:
        row = rows[case.line["uscc"]]
        truth = None if case.truth is None else known[lines[case.truth]["uscc"]]
        taken_for = row.cooperative_id if row.outcome != RowOutcome.NEW else None
        if taken_for is not None and taken_for != truth:
            false_matches.append(case)
        if truth is None:
            continue
        true_pairs += 1
        waits = row.outcome == RowOutcome.DOUBTFUL or (
            row.cooperative_id and tuple(sorted((truth, row.cooperative_id))) in in_queue
        )
        found += bool(taken_for == truth or waits)
    assert false_matches == []
    assert true_pairs == 200
    assert found / true_pairs >= 0.95, found
    # The queue itself is worth a person's time: most of what it holds is true.
    assert len(in_queue) <= 2 * true_pairs


def test_a_recoded_society_is_first_a_doubt_and_once_accepted_a_pair(cast):
    take_in([society(1), society(2)], by=cast.bureau, quarter="2020Q2")
    recoded = society(3) | {"name": society(1)["name"], "legal_representative": "王小1"}
    job = take_in([recoded], by=cast.bureau, quarter="2020Q3", scope="changes")
    row = FeedRow.objects.get(delivery=job.delivery, kind="data")
    assert row.doubt == "POSSIBLE_RECODE"
    decide_row(row, RowDecision.ACCEPTED, reason="已看新照", by=cast.bureau)
    find_pairs()
    one, _other, recoded_one = Cooperative.objects.order_by("pk")
    assert asked_about()[one.pk, recoded_one.pk] == PairBasis.SAME_NAME


def test_near_names_need_a_fact_in_common():
    day, other_day = dt.date(2015, 1, 1), dt.date(2016, 1, 1)
    a_society(
        "绿源蔬菜种植专业合作社", legal_representative="王五", domicile="甲", established_on=day
    )
    a_society(
        "绿缘蔬菜种植专业合作社",
        legal_representative="赵六",
        domicile="乙",
        established_on=other_day,
    )
    assert find_pairs() == 0
    a_society(
        "绿原蔬菜种植专业合作社",
        legal_representative="王五",
        domicile="丙",
        established_on=other_day,
    )
    find_pairs()
    pairs = MatchPair.objects.order_by("pk")
    assert {pair.basis for pair in pairs} == {PairBasis.NEAR_NAME}
    assert [pair.agreeing for pair in pairs] == [1, 1]


@pytest.mark.parametrize(
    "other",
    [
        "绿源蔬菜专业合作社",  # kind of work left out
        "绿源蔬菜农民专业合作社",
        "罗江镇绿源蔬菜种植专业合作社",  # township put in
        "绿缘蔬菜种植专业合作社",  # one character mistyped
        "源绿蔬菜种植专业合作社",  # two changed places
        "绿源菜种植专业合作社",  # one lost
        "绿源鑫蔬菜种植专业合作社",  # one added
    ],
)
def test_a_name_written_another_way_is_found(other):
    a_society("绿源蔬菜种植专业合作社")
    a_society(other)
    assert find_pairs() == 1


def test_equal_names_of_two_townships_with_nothing_in_common_are_left_alone():
    day, other_day = dt.date(2015, 1, 1), dt.date(2016, 1, 1)
    one = {"legal_representative": "王五", "established_on": day, "township": unit("罗江镇")}
    other = {
        "legal_representative": "赵六",
        "established_on": other_day,
        "township": unit("碑庙镇"),
    }
    a_society("绿源蔬菜种植专业合作社", **one)
    a_society("绿源蔬菜种植专业合作社", **other)
    assert find_pairs() == 0


def test_a_society_is_found_by_its_former_name():
    renamed = a_society("春晖茶叶种植专业合作社")
    FormerName.objects.create(
        cooperative=renamed, name=f"{TOWN}绿源蔬菜种植专业合作社", until=dt.date(2020, 1, 1)
    )
    a_society("绿源蔬菜种植专业合作社")
    assert find_pairs() == 1
    assert MatchPair.objects.get().basis == PairBasis.OLD_NAME


def test_what_was_decided_is_not_asked_again(cast):
    a_society("绿源蔬菜种植专业合作社")
    other = a_society("绿缘蔬菜种植专业合作社")
    find_pairs()
    part_pair(MatchPair.objects.get(), reason="", by=cast.bureau)
    Cooperative.objects.filter(pk=other.pk).update(name_key=f"{TOWN}绿园蔬菜种植专业合作社")
    assert find_pairs() == 0
    assert MatchPair.objects.get().state == PairState.DIFFERENT


def test_a_pair_of_which_one_has_ended_is_withdrawn():
    a_society("绿源蔬菜种植专业合作社")
    other = a_society("绿缘蔬菜种植专业合作社")
    find_pairs()
    Cooperative.objects.filter(pk=other.pk).update(status=RegistrationStatus.DEREGISTERED)
    find_pairs()
    assert not MatchPair.objects.exists()


def test_a_union_is_no_society_of_the_same_name():
    a_society("绿源蔬菜专业合作社")
    a_society("绿源蔬菜专业合作社联合社", kind="union")
    assert find_pairs() == 0


def test_the_number_of_statements_does_not_grow_with_the_register():
    find_pairs()

    def statements(start, number):
        CooperativeFactory.create_batch(number)
        with CaptureQueriesContext(
            connection,
        ) as seen:
            find_pairs()
        return len(seen)

    assert statements(0, 3) == statements(3, 60)
