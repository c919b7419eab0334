"""R8 to R10 by the roster: once it is confirmed it counts, and what is registered does not."""

import datetime as dt
from importlib import import_module
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.choices import Role
from accounts.models import AuditEvent
from accounts.policy import Reach
from common import clock
from common.workflow import TransitionRefused
from registry.choices import CooperativeKind, FlagState, MemberKind
from registry.flags.catalogue import RULES_BY_CODE
from registry.flags.evaluate import evaluate_flags
from registry.models import Contradiction, Cooperative, Flag, RosterConfirmation
from registry.operations.roster_confirmations import confirm_roster, withdraw_confirmation
from registry.operations.rosters import add_member, edit_member
from registry.roster.marks import roster_mark
from registry.side_choices import ContradictionKind
from registry.sides.compare import compare_sources
from registry.sides.words import said
from tests.accounts.matrix import signed_rights
from tests.cast import Cast
from tests.factories.reports import MemberFactory
from tests.registry.flags.societies import TODAY, society

pytestmark = pytest.mark.django_db
FARMER, PERSON, FIRM = MemberKind.FARMER, MemberKind.NON_FARMER, MemberKind.ENTERPRISE


def near(cast: Cast, *kinds: MemberKind, **facts: Any) -> Cooperative:
    """Return a society of the near township with such members."""
    made = society(township=cast.near.township, **facts)
    for kind in kinds:
        MemberFactory(cooperative=made, kind=kind)
    return made


def confirmed(cast: Cast, one: Cooperative) -> RosterConfirmation:
    return confirm_roster(one, "核对了名册原件", mark=roster_mark(one), by=cast.near.clerk)


def suspected() -> set[str]:
    evaluate_flags(TODAY, cause="测试")
    return set(Flag.objects.open().values_list("rule", flat=True)) & {"R8", "R9", "R10"}


def test_a_roster_counts_only_once_it_is_confirmed(cast: Cast) -> None:
    one = near(cast, *[FARMER] * 4)
    assert suspected() == set()
    confirmed(cast, one)
    assert suspected() == {"R8"}
    flag = Flag.objects.get(rule="R8")
    assert flag.evidence | {"members": 4, "counted_by": "roster"} == flag.evidence
    rule = RULES_BY_CODE["R8"]
    assert rule.explain(flag.evidence)[0].startswith("经确认的成员名册所载成员总数为4名")
    assert "核对了名册原件" in rule.records(one, TODAY)[0].where


@pytest.mark.parametrize(
    ("kinds", "code"),
    [
        ([FARMER] * 7 + [PERSON] * 2, "R9"),
        ([FARMER] * 8 + [FIRM] * 2, "R10"),
    ],
)
def test_shares_and_units_are_counted_in_the_roster(
    cast: Cast, kinds: list[MemberKind], code: str
) -> None:
    one = near(cast, *kinds)
    assert suspected() == set()
    confirmed(cast, one)
    assert suspected() == {code}


def test_a_union_is_counted_by_its_member_societies(cast: Cast) -> None:
    one = near(cast, *[MemberKind.SOCIETY] * 2, kind=CooperativeKind.UNION)
    confirmed(cast, one)
    assert suspected() == {"R8"}


def test_a_confirmed_roster_tells_what_the_register_leaves_open(cast: Cast) -> None:
    blank = {"member_count": None, "farmer_member_count": None, "unit_member_count": None}
    one = near(cast, *[FARMER] * 6, **blank)
    assert one in RULES_BY_CODE["R8"].unknowns(TODAY)
    confirmed(cast, one)
    for code in ("R8", "R9", "R10"):
        assert one not in RULES_BY_CODE[code].unknowns(TODAY)
    assert suspected() == set()


def test_a_confirmed_roster_cures_and_the_note_says_by_which_count(cast: Cast) -> None:
    one = near(cast, *[FARMER] * 6, member_count=4, farmer_member_count=4, unit_member_count=0)
    assert suspected() == {"R8"}
    confirmed(cast, one)
    assert suspected() == set()
    assert "经确认的成员名册所载成员总数现为6" in Flag.objects.get(rule="R8").cleared_by


def test_any_change_of_the_roster_ends_the_confirmation(cast: Cast) -> None:
    one = near(cast, *[FARMER] * 4)
    made = confirmed(cast, one)
    assert confirmed(cast, one) == made  # the same twice is one
    first = one.members.order_by("pk").first()
    edit_member(first, {"village": "石桥村"}, version=first.version, by=cast.near.clerk)
    made.refresh_from_db()
    assert made.ended_on == clock.today()
    assert made.ended_because == "名册在确认之后有改动"
    assert suspected() == set()
    assert AuditEvent.objects.filter(action="roster-confirmation-lapsed").count() == 1
    again = confirmed(cast, one)
    assert again.pk != made.pk
    add_member(one, {"name": "新来的", "kind": FARMER}, by=cast.near.clerk)
    assert not RosterConfirmation.objects.standing().exists()


def test_a_past_day_is_judged_by_the_confirmation_that_held_on_it(cast: Cast) -> None:
    one = near(cast, *[FARMER] * 4)
    with clock.on_day(TODAY - dt.timedelta(days=30)):
        confirmed(cast, one)
    with clock.on_day(TODAY - dt.timedelta(days=10)):
        withdraw_confirmation(one, "核对有误", by=cast.near.clerk)
    days = {back: one in RULES_BY_CODE["R8"].suspects(TODAY - dt.timedelta(days=back))
            for back in (40, 30, 11, 10, 0)}  # fmt: skip
    assert days == {40: False, 30: True, 11: True, 10: False, 0: False}


def test_the_difference_to_the_register_is_a_contradiction_until_it_is_gone(cast: Cast) -> None:
    one = near(cast, *[FARMER] * 6)
    compare_sources()
    found = Contradiction.objects.filter(kind=ContradictionKind.ROSTER_DIFFERS)
    assert not found.exists()
    confirmed(cast, one)
    compare_sources()
    told = said(found.get().evidence)
    assert ("成员名册", "成员总数", "6") in told
    assert any(source == "市场监管" for source, _, _ in told)
    Cooperative.objects.filter(pk=one.pk).update(
        member_count=6, farmer_member_count=6, unit_member_count=0
    )
    compare_sources()
    assert found.get().state == "cured"


def test_what_was_looked_at_is_what_is_confirmed(cast: Cast) -> None:
    one = near(cast, *[FARMER] * 5)
    mark = roster_mark(one)
    MemberFactory(cooperative=one)
    with pytest.raises(TransitionRefused, match="名册有过改动"):
        confirm_roster(one, "名册原件", mark=mark, by=cast.near.clerk)
    with pytest.raises(TransitionRefused, match="核对依据"):
        confirm_roster(one, " ", mark=roster_mark(one), by=cast.near.clerk)
    empty = near(cast)
    with pytest.raises(TransitionRefused, match="还没有成员"):
        confirm_roster(empty, "名册原件", mark=roster_mark(empty), by=cast.near.clerk)
    with pytest.raises(TransitionRefused, match="没有确认"):
        withdraw_confirmation(one, "核对有误", by=cast.near.clerk)
    assert not RosterConfirmation.objects.exists()


@pytest.mark.parametrize("role", Role)
def test_only_who_has_signed_for_it_confirms_and_nobody_from_elsewhere(
    cast: Cast, role: Role
) -> None:
    one = cast.near.cooperative
    MemberFactory(cooperative=one)
    client = Client()
    client.force_login(cast.of(role))
    sent = {"basis": "名册原件", "mark": roster_mark(one)}
    answer = client.post(reverse("registry:roster-confirm", args=[one.code]), sent)
    allowed = signed_rights()["confirm-roster"][role] != Reach.NONE
    able = RosterConfirmation.objects.exists()
    assert (answer.status_code == 302) == able
    assert able is allowed
    assert allowed or answer.status_code == 403
    with pytest.raises(PermissionDenied):
        confirm_roster(one, "名册原件", mark=roster_mark(one), by=cast.far.clerk)


def test_the_page_takes_it_from_unconfirmed_to_confirmed_and_back(cast: Cast) -> None:
    one = near(cast, *[FARMER] * 5)
    client = Client()
    client.force_login(cast.near.clerk)
    page = reverse("registry:roster", args=[one.code])
    shown = client.get(page)
    assert "还没有核对确认" in shown.content.decode()
    sent = {"basis": "名册原件", "mark": shown.context["mark"]}
    told = client.post(reverse("registry:roster-confirm", args=[one.code]), sent, follow=True)
    assert "按这份名册判断" in told.content.decode()
    back = reverse("registry:roster-confirm-withdraw", args=[one.code])
    assert "请写明撤销的理由" in client.post(back, {"reason": ""}, follow=True).content.decode()
    told = client.post(back, {"reason": "核对有误"}, follow=True)
    assert "撤销：核对有误" in told.content.decode()


def test_what_was_dismissed_before_the_source_was_told_does_not_come_back(cast: Cast) -> None:
    one = near(cast, member_count=4, farmer_member_count=4, unit_member_count=0)
    assert suspected() == {"R8"}
    flag = Flag.objects.get(rule="R8")
    older = {name: value for name, value in flag.facts.items() if name != "counted_by"}
    Flag.objects.filter(pk=flag.pk).update(
        state=FlagState.DISMISSED, facts=older, evidence=older, conclusion="备案在办",
        decided_by=cast.bureau, decided_at=clock.now(),
    )  # fmt: skip
    migration = import_module("registry.migrations.0026_flags_say_who_counted")

    class Editor:
        connection = connection

    migration.say_who_counted(None, Editor())
    assert suspected() == set()
    assert one.flags.count() == 1
