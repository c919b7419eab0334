"""The whole computation: what opens, what stays, what closes, and at what price."""

import datetime as dt
import json
from decimal import Decimal
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from registry.choices import CooperativeKind, FlagLabel, FlagState, RegistrationStatus
from registry.flags.asked import asked
from registry.flags.catalogue import RULES, RULES_BY_CODE
from registry.flags.evaluate import evaluate_flags
from registry.flags.rule import FlagRule
from registry.flags.rules.members_too_few import MembersTooFew
from registry.models import Cooperative, Flag, FlagCandidate, FlagRun, RuleVersion
from registry.sides import compare
from registry.sides.kinds import KINDS
from tests.registry.flags.forty import (
    EXPECTED,
    SPARES_THE_NEWBORN,
    STOPPED,
    UNKNOWN,
    forty_societies,
)
from tests.registry.flags.societies import TODAY, society

pytestmark = pytest.mark.django_db
REVOKED, SUSPENDED = RegistrationStatus.REVOKED, RegistrationStatus.SUSPENDED


def run(cause: str = "测试") -> FlagRun:
    return evaluate_flags(TODAY, cause=cause)


def open_flags() -> set[tuple[str, str]]:
    return set(Flag.objects.open().values_list("rule", "cooperative__name"))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_whether_a_rule_can_judge_is_asked_of_each_society_alone(rule: FlagRule) -> None:
    forty_societies()
    unknown = set(rule.unknowns(TODAY).values_list("pk", flat=True))
    for one in Cooperative.objects.values_list("pk", flat=True):
        assert rule.unknowns(TODAY).filter(pk=one).exists() == (one in unknown)


def test_forty_societies_give_exactly_the_expected_suspicions_and_unknowns() -> None:
    made = forty_societies()
    names = {one.pk: name for name, one in made.items()}
    result = run("2021年二季度登记信息更新")
    unknown = {(rule.code, names[one.pk]) for rule in RULES for one in rule.unknowns(TODAY)}
    assert open_flags() == EXPECTED
    assert unknown == UNKNOWN
    for rule in RULES:
        assert result.counts[rule.code] == sum(code == rule.code for code, _ in EXPECTED)
        assert result.unknown[rule.code] == sum(code == rule.code for code, _ in UNKNOWN)
        spared = {"今年的四人社"} if rule.code in SPARES_THE_NEWBORN else set()
        left = {names[one.pk]: one.reason for one in rule.exempt(TODAY)}
        assert set(left) == {*STOPPED, *spared}
        assert all(left.values())
        assert result.exempt[rule.code] == len(left)
    assert result.changes == {"opened": len(EXPECTED), "refreshed": 0, "cleared": 0}
    assert not FlagCandidate.objects.exists()


def test_what_is_asked_depends_on_no_row() -> None:
    def words() -> list[Any]:
        asked.cache_clear()
        compare.worded.cache_clear()
        rules = [asked(rule, TODAY, tuple(rule.version_on(TODAY).limits.items())) for rule in RULES]
        kinds = [compare.worded(kind) for kind in KINDS]
        # A value that the driver wraps as JSON is equal to itself alone.
        plain = [(sql, [getattr(one, "adapted", one) for one in given]) for sql, given in kinds]
        return [*rules, *plain]

    before = words()
    forty_societies()
    run()
    assert words() == before


def test_one_that_was_merged_into_another_is_not_counted_as_left_alone() -> None:
    made = forty_societies()
    before = run().exempt
    gone = next(one for one in RULES[0].exempt(TODAY) if one.status != RegistrationStatus.ACTIVE)
    other = next(one for one in made.values() if one.pk != gone.pk)
    Cooperative.objects.filter(pk=gone.pk).update(merged_into=other)
    after = run().exempt
    for rule in RULES:
        assert after[rule.code] == before[rule.code] - 1 == rule.exempt(TODAY).count()


def test_every_suspicion_says_why_and_shows_where_it_comes_from() -> None:
    forty_societies()
    run()
    for flag in Flag.objects.select_related("cooperative"):
        rule = RULES_BY_CODE[flag.rule]
        said = rule.explain(flag.evidence)
        assert said
        assert all(sentence.endswith(("。", "）")) for sentence in said)
        assert rule.fields or rule.records(flag.cooperative, TODAY)
        assert flag.facts.items() <= flag.evidence.items()


def test_a_suspicion_carries_what_its_rule_says_of_itself() -> None:
    society(member_count=4)
    run()
    flag = Flag.objects.get()
    rule = RULES_BY_CODE["R8"]
    assert (flag.label, flag.severity) == (rule.points_to[0], rule.severity)
    assert (flag.state, flag.as_of, flag.version) == (FlagState.SUSPECTED, TODAY, 1)
    assert flag.rule_version == 1
    assert flag.cleared_at is None
    assert flag.opened_at == flag.computed_at == FlagRun.objects.get().computed_at


def test_running_twice_changes_nothing() -> None:
    forty_societies()
    run()
    before = list(Flag.objects.order_by("pk").values())
    assert run().changes == {"opened": 0, "refreshed": 0, "cleared": 0}
    assert list(Flag.objects.order_by("pk").values()) == before


def test_a_changed_figure_renews_the_evidence_of_the_same_suspicion() -> None:
    one = society(member_count=4)
    run()
    Cooperative.objects.filter(pk=one.pk).update(member_count=3)
    assert run().changes == {"opened": 0, "refreshed": 1, "cleared": 0}
    flag = Flag.objects.get()
    assert (flag.evidence["members"], flag.version) == (3, 2)


def test_a_cure_closes_the_suspicion_with_a_note_and_a_relapse_opens_another() -> None:
    one = society(member_count=4)
    run()
    Cooperative.objects.filter(pk=one.pk).update(member_count=5)
    assert run("2021年二季度登记信息更新").changes["cleared"] == 1
    closed = Flag.objects.get()
    assert closed.state == FlagState.CLEARED
    assert closed.cleared_at is not None
    assert closed.cleared_by == (
        "因2021年二季度登记信息更新而解除：登记的成员总数现为5，已不少于法定下限"
    )
    Cooperative.objects.filter(pk=one.pk).update(member_count=4)
    run()
    assert Flag.objects.count() == 2
    assert Flag.objects.open().get().pk != closed.pk


@pytest.mark.parametrize(
    ("change", "note"),
    [
        ({"member_count": None}, "现有资料不足，改列为“未知”"),
        ({"status": RegistrationStatus.DEREGISTERED}, "登记状态为“注销”，不再适用本规则"),
        ({"kind": CooperativeKind.BRANCH}, "该社类别已变更，不再适用本规则"),
    ],
)
def test_a_suspicion_that_can_no_longer_be_computed_closes_and_says_so(
    change: dict[str, object], note: str
) -> None:
    one = society(member_count=4)
    run()
    Cooperative.objects.filter(pk=one.pk).update(**change)
    run("更新")
    assert Flag.objects.get(state=FlagState.CLEARED).cleared_by == f"因更新而解除：{note}"


@pytest.mark.parametrize(
    ("code", "faulty", "healthy", "words"),
    [
        ("R9", {"farmer_member_count": 20}, {"farmer_member_count": 24}, "农民成员现为24名"),
        ("R10", {"unit_member_count": 2}, {"unit_member_count": 1}, "单位成员现为1个"),
        (
            "R17",
            {"total_contribution": Decimal(10**9)},
            {"total_contribution": Decimal(10**5)},
            "低于100,000万元",
        ),
        ("R20", {"status": REVOKED}, {"status": RegistrationStatus.ACTIVE}, "现为“存续”"),
    ],
)
def test_every_cure_is_told_in_the_words_of_its_rule(
    code: str, faulty: dict[str, object], healthy: dict[str, object], words: str
) -> None:
    one = society(**faulty)
    run()
    assert open_flags() == {(code, one.name)}
    Cooperative.objects.filter(pk=one.pk).update(**healthy)
    run()
    assert words in Flag.objects.get(rule=code).cleared_by


def test_when_one_of_a_pair_changes_its_chair_both_are_cured() -> None:
    pair = [society(legal_representative="钱多多") for _ in range(2)]
    run()
    Cooperative.objects.filter(pk=pair[0].pk).update(legal_representative="孙有为")
    assert run().changes["cleared"] == 2
    assert not Flag.objects.open().exists()


def test_a_suspicion_of_a_rule_that_is_gone_is_closed() -> None:
    one = society()
    Flag.objects.create(
        cooperative=one,
        rule="R99",
        label="shell",
        severity="low",
        as_of=TODAY,
        opened_at="2021-01-01T00:00+08:00",
        computed_at="2021-01-01T00:00+08:00",
    )
    run("停用")
    assert Flag.objects.get().cleared_by == "因停用而解除：该规则已停用"


def test_a_long_cause_is_cut_and_still_leaves_room_for_the_reason() -> None:
    one = society(member_count=4)
    run()
    Cooperative.objects.filter(pk=one.pk).update(member_count=5)
    run("很长的起因" * 60)
    note = Flag.objects.get().cleared_by
    assert len(note) <= 200
    assert note.endswith("已不少于法定下限")


def test_an_outer_transaction_takes_the_computation_back_with_it() -> None:
    society(member_count=4)
    with transaction.atomic():
        run()
        transaction.set_rollback(True)
    assert not Flag.objects.exists()
    assert not FlagRun.objects.exists()


def statements(societies: int) -> int:
    for number in range(societies):
        society(member_count=4 if number % 2 else 30)
    with CaptureQueriesContext(connection) as queries:
        run()
    return len(queries)


def test_the_number_of_statements_does_not_grow_with_the_register() -> None:
    few = statements(10)
    assert Flag.objects.open().count() == 5
    assert statements(290) == few
    assert Flag.objects.open().count() == 150


def test_the_version_in_force_on_the_day_decides() -> None:
    society(member_count=7)
    RuleVersion.objects.create(
        rule="R8",
        number=2,
        effective_from=dt.date(2021, 8, 1),
        thresholds={"members": 8, "union_members": 3},
        authority="proposal",
    )
    evaluate_flags(dt.date(2021, 7, 31), cause="旧版")
    assert not Flag.objects.exists()
    evaluate_flags(dt.date(2021, 8, 1), cause="新版")
    flag = Flag.objects.get()
    assert (flag.rule_version, flag.evidence["minimum"]) == (2, 8)
    evaluate_flags(dt.date(2021, 7, 31), cause="旧版")
    assert not Flag.objects.open().exists()


def test_an_old_suspicion_keeps_the_version_that_it_was_found_with() -> None:
    society(status=REVOKED, approved_on=dt.date(2020, 7, 1))
    run()
    evaluate_flags(dt.date(2022, 3, 1), cause="细则施行")
    flag = Flag.objects.get()
    assert flag.rule_version == 1
    society(status=REVOKED, approved_on=dt.date(2020, 7, 1))
    evaluate_flags(dt.date(2022, 3, 1), cause="细则施行")
    assert Flag.objects.latest("pk").rule_version == 2
    assert RuleVersion.objects.in_force("R20", TODAY).authority == "proposal"
    assert RuleVersion.objects.in_force("R20", dt.date(2022, 3, 1)).authority == "statute"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_the_first_dated_version_says_what_the_rule_says_by_default(rule: FlagRule) -> None:
    defaults = {threshold.key: threshold.default for threshold in rule.thresholds}
    first = RuleVersion.objects.in_force(rule.code, TODAY)
    assert first.thresholds == defaults
    RuleVersion.objects.of(rule.code).delete()
    assert rule.version_on(TODAY).limits == defaults


def test_a_rule_may_spare_the_year_of_founding() -> None:
    class SparesTheNewborn(MembersTooFew):
        exempt_in_founding_year = True

    rule = SparesTheNewborn()
    born = society(member_count=2, established_on=dt.date(2021, 1, 1))
    older = society(member_count=2, established_on=dt.date(2020, 12, 31))
    undated = society(member_count=2, established_on=None)
    assert set(rule.suspects(TODAY)) == {older, undated}
    assert rule.exempt(TODAY).get() == born
    assert rule.exempt(TODAY).get().reason == "2021年当年成立"


@pytest.mark.parametrize("day", ["2021-01-20", "2022-08-01"])
def test_another_day_is_a_question_that_changes_no_suspicion(
    day: str, capsys: pytest.CaptureFixture[str]
) -> None:
    forty_societies()
    run()
    before = list(Flag.objects.order_by("pk").values())
    call_command("recompute_flags", "--json", "--as-of", day)
    assert json.loads(capsys.readouterr().out)["as_of"] == day
    assert list(Flag.objects.order_by("pk").values()) == before


@pytest.mark.parametrize(("rule", "owed_since"), [("R1", 2019), ("R2", 2020), ("R3", 2020)])
def test_who_was_not_there_in_a_year_lacks_no_report_of_it(rule: str, owed_since: int) -> None:
    old = society(established_on=dt.date(owed_since, 12, 31))
    society(established_on=dt.date(owed_since + 1, 1, 1))
    undated = society(established_on=None)
    assert set(RULES_BY_CODE[rule].unknowns(TODAY)) == {old, undated}


def test_the_command_counts_by_rule_and_label(capsys: pytest.CaptureFixture[str]) -> None:
    forty_societies()
    call_command("recompute_flags", "--json", "--as-of", "2021-07-20")
    counted = json.loads(capsys.readouterr().out)
    assert counted["as_of"] == "2021-07-20"
    assert counted["rules"]["R8"] == 2
    by_rule = {code: sum(each == code for each, _ in EXPECTED) for code in RULES_BY_CODE}
    assert counted["rules"] == by_rule
    assert counted["labels"] == {
        label.value: sum(
            number for code, number in by_rule.items() if label in RULES_BY_CODE[code].points_to
        )
        for label in FlagLabel
    }
    assert counted["labels"]["zombie"] == 5
    assert counted["changes"]["opened"] == len(EXPECTED)
