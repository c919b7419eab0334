"""Rehearsed rules: who would be hit, on which facts, and that only a second person releases them."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.choices import Role
from accounts.models import AuditEvent, User
from accounts.operations.transitions import advance
from accounts.policy import Reach
from common import clock
from common.conflict import EditConflict
from common.workflow import TransitionRefused
from registry.choices import RegistrationStatus
from registry.flag_choices import RehearsalSide, RehearsalState
from registry.flags import concerns
from registry.flags.evaluate import evaluate_flags
from registry.flags.workflows import REHEARSAL
from registry.models import Cooperative, Flag, Rehearsal, RuleVersion
from registry.operations import rehearsal_runs
from registry.operations.rehearsals import (
    change_rehearsal,
    move_rehearsal,
    rehearse_rule,
    release_rule,
)
from tests.accounts.matrix import signed_rights
from tests.cast import Cast
from tests.factories.accounts import UserFactory
from tests.factories.registry import RehearsalFactory
from tests.registry.flags.societies import TODAY, society
from tests.registry.flags.test_past import version

pytestmark = pytest.mark.django_db
SIGNED = signed_rights()
TOMORROW = TODAY + dt.timedelta(days=1)
SIX = {"members": 6, "union_members": 3}


@pytest.fixture
def colleague() -> User:
    person: User = UserFactory(username="colleague", role=Role.BUREAU)
    return person


def tried(by: User, thresholds: dict[str, int] | None = None, **asked: Any) -> Rehearsal:
    said = {"quarter": "2021Q3", "effective_from": TOMORROW, "reason": "区里研究后调整"} | asked
    return rehearse_rule("R8", thresholds or SIX, **said, by=by)


def sides(rehearsal: Rehearsal) -> dict[str, str]:
    return dict(rehearsal.findings.values_list("cooperative__name", "side"))


def test_new_kept_and_gone_are_told_apart(cast: Cast) -> None:
    for members in (3, 4, 5, 6):
        society(name=f"{members}人社", member_count=members)
    stricter = tried(cast.bureau)
    assert sides(stricter) == {"3人社": "kept", "4人社": "kept", "5人社": "new"}
    looser = tried(cast.bureau, {"members": 4, "union_members": 3})
    assert sides(looser) == {"3人社": "kept", "4人社": "gone"}
    assert looser.counts == {"new": 0, "kept": 1, "gone": 1, "unknown": 0}
    assert stricter.findings.get(side="new").evidence["minimum"] == 6


def test_a_rehearsal_runs_on_the_facts_of_its_quarter(cast: Cast) -> None:
    grown = society(name="长大的", member_count=9)
    version(grown, dt.date(2019, 1, 1), dt.date(2021, 5, 1), member_count=5)
    version(grown, dt.date(2021, 5, 1))
    left = society(name="走了的", member_count=5, status=RegistrationStatus.DEREGISTERED)
    version(left, dt.date(2019, 1, 1), dt.date(2021, 5, 1), status=RegistrationStatus.ACTIVE)
    version(left, dt.date(2021, 5, 1))
    assert sides(tried(cast.bureau, quarter="2021Q1")) == {"长大的": "new", "走了的": "new"}
    assert sides(tried(cast.bureau)) == {}


def test_a_rehearsal_changes_nothing_live(cast: Cast) -> None:
    society(member_count=4)
    society(member_count=5)
    evaluate_flags(TODAY, cause="测试")
    before = list(Flag.objects.values()), list(Cooperative.objects.values())
    versions = RuleVersion.objects.count()
    tried(cast.bureau)
    assert (list(Flag.objects.values()), list(Cooperative.objects.values())) == before
    assert RuleVersion.objects.count() == versions
    assert evaluate_flags(TODAY, cause="测试").counts["R8"] == 1


def test_a_rehearsal_asks_a_fixed_number_of_questions(cast: Cast) -> None:
    asked = []
    for size in (3, 60):
        for _ in range(size):
            society(member_count=5)
        with CaptureQueriesContext(connection) as queries:
            tried(cast.bureau)
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_only_a_second_person_releases(cast: Cast, colleague: User) -> None:
    rehearsal = tried(cast.bureau)
    move_rehearsal(rehearsal, RehearsalState.PROPOSED, by=cast.bureau, version=rehearsal.version)
    with pytest.raises(TransitionRefused, match="另一位同事"):
        release_rule(rehearsal, "同意", by=cast.bureau, version=rehearsal.version)
    made = release_rule(rehearsal, "同意", by=colleague, version=rehearsal.version)
    assert (made.number, made.thresholds, made.effective_from) == (2, SIX, TOMORROW)
    assert made.authority == "proposal"
    assert rehearsal.released_by == colleague
    event = AuditEvent.objects.get(action="release-rule")
    assert event.reason == "同意"


def test_the_database_itself_refuses_one_person_in_both_parts(cast: Cast) -> None:
    rehearsal = tried(cast.bureau)
    with pytest.raises(IntegrityError), transaction.atomic():
        Rehearsal.objects.filter(pk=rehearsal.pk).update(state="released", released_by=cast.bureau)


def test_released_thresholds_hold_from_their_day_and_old_flags_keep_their_version(
    cast: Cast, colleague: User
) -> None:
    society(name="四人社", member_count=4)
    society(name="五人社", member_count=5)
    evaluate_flags(TODAY, cause="测试")
    rehearsal = tried(cast.bureau)
    move_rehearsal(rehearsal, RehearsalState.PROPOSED, by=cast.bureau, version=rehearsal.version)
    release_rule(rehearsal, "同意", by=colleague, version=rehearsal.version)
    evaluate_flags(TODAY, cause="当天")
    assert Flag.objects.open().count() == 1
    evaluate_flags(TOMORROW, cause="次日")
    held = dict(Flag.objects.open().values_list("cooperative__name", "rule_version"))
    assert held == {"四人社": 1, "五人社": 2}


def test_what_was_not_thought_through_is_refused_in_words(cast: Cast) -> None:
    with pytest.raises(TransitionRefused, match="完全相同"):
        tried(cast.bureau, {"members": 5, "union_members": 3})
    with pytest.raises(TransitionRefused, match="不能早于今天"):
        tried(cast.bureau, effective_from=TODAY - dt.timedelta(days=1))
    rehearsal = tried(cast.bureau)
    with pytest.raises(EditConflict):
        change_rehearsal(
            rehearsal, SIX, quarter="2021Q2", effective_from=TOMORROW, reason="再试",
            by=cast.bureau, version=rehearsal.version + 1,
        )  # fmt: skip


def test_a_day_that_has_passed_or_is_taken_cannot_be_released(cast: Cast, colleague: User) -> None:
    rehearsal = tried(cast.bureau)
    move_rehearsal(rehearsal, RehearsalState.PROPOSED, by=cast.bureau, version=rehearsal.version)
    with (
        clock.on_day(TODAY + dt.timedelta(days=9)),
        pytest.raises(TransitionRefused, match="已经过去"),
    ):
        release_rule(rehearsal, "同意", by=colleague, version=rehearsal.version)
    RuleVersion.objects.create(
        rule="R8", number=2, effective_from=TOMORROW, thresholds=SIX, authority="proposal"
    )
    with pytest.raises(TransitionRefused, match="已有一个版本"):
        release_rule(rehearsal, "同意", by=colleague, version=rehearsal.version)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("source", [s for s in RehearsalState if s != RehearsalState.RELEASED])
def test_every_state_role_and_target_is_as_the_table_and_the_rights_say(
    cast: Cast, colleague: User, source: str, role: Role
) -> None:
    arrows = {arrow.target: arrow for arrow in REHEARSAL.leaving(source)}
    person = cast.of(role)
    for target in RehearsalState:
        rehearsal = RehearsalFactory(state=source, drafted_by=colleague)
        arrow = arrows.get(target)
        able = arrow is not None and SIGNED[arrow.action][role] == Reach.DISTRICT
        facts = {"released_by": person} if target == RehearsalState.RELEASED else {}
        if able:
            advance(REHEARSAL, rehearsal, target, by=person, reason="看过了", **facts)
        else:
            with pytest.raises((TransitionRefused, PermissionDenied)):
                advance(REHEARSAL, rehearsal, target, by=person, reason="看过了", **facts)
        rehearsal.refresh_from_db()
        assert rehearsal.state == (target if able else source)


def test_other_parts_of_the_house_say_who_is_concerned(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(concerns, "_finders", {})
    concerns.register_concern("示范社", lambda found: [one.name for one in found])
    society(name="五人社", member_count=5)
    society(name="四人社", member_count=4)
    client = Client()
    client.force_login(cast.bureau)
    page = client.get(reverse("registry:rehearsal-detail", args=[tried(cast.bureau).pk]))
    assert [(each.title, each.lines) for each in page.context["concerns"]] == [
        ("示范社", ["五人社"])
    ]


def test_the_pages_take_a_rule_from_the_form_to_its_release(cast: Cast, colleague: User) -> None:
    society(name="五人社", member_count=5, township=cast.near.township)
    drafter, releaser = Client(), Client()
    drafter.force_login(cast.bureau)
    releaser.force_login(colleague)
    form = reverse("registry:rehearsal-create") + "?rule=R8"
    typed = {
        "version": 1, "limit_members": 6, "limit_union_members": 3, "quarter": "2021Q3",
        "effective_from": str(TOMORROW), "reason": "区里研究后调整",
    }  # fmt: skip
    assert drafter.post(form, typed | {"limit_members": 5}).status_code == 422
    told = drafter.post(form, typed, follow=True)
    rehearsal = Rehearsal.objects.get()
    assert told.context["townships"] == [
        {"code": cast.near.township.code, "name": "罗江镇", "new": 1, "kept": 0, "gone": 0}
    ]
    assert {each["label"]: each["first"] for each in told.context["labels"]} == {
        "成员结构不合规": 1,
        "一人社": 1,
    }
    assert "五人社" in told.content.decode()
    move = reverse("registry:rehearsal-move", args=[rehearsal.pk])
    decide = reverse("registry:rehearsal-decide", args=[rehearsal.pk])
    drafter.post(move, {"target": "proposed", "version": rehearsal.version})
    rehearsal.refresh_from_db()
    sent = {"target": "released", "version": rehearsal.version, "reason": "同意"}
    assert "另一位同事" in drafter.post(decide, sent, follow=True).content.decode()
    assert "第2版已发布" in releaser.post(decide, sent, follow=True).content.decode()
    rehearsal.refresh_from_db()
    assert rehearsal.state == RehearsalState.RELEASED
    sides = [each.value for each in RehearsalSide]
    for side in sides:
        detail = reverse("registry:rehearsal-detail", args=[rehearsal.pk])
        answer = releaser.get(detail, {"side": side})
        assert answer.context["number"] == rehearsal.counts[side]


def test_a_draft_is_changed_and_tried_again(cast: Cast) -> None:
    society(name="六人社", member_count=6)
    rehearsal = tried(cast.bureau)
    client = Client()
    client.force_login(cast.bureau)
    typed = {
        "version": rehearsal.version, "limit_members": 7, "limit_union_members": 3,
        "quarter": "2021Q3", "effective_from": str(TOMORROW), "reason": "再试一次",
    }  # fmt: skip
    address = reverse("registry:rehearsal-edit", args=[rehearsal.pk])
    assert client.get(address).status_code == 200
    assert client.post(address, typed).status_code == 302
    assert client.post(address, typed).status_code == 409
    assert sides(rehearsal) == {"六人社": "new"}


def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the register count as too large to be computed while a person waits."""
    monkeypatch.setattr(rehearsal_runs, "AT_ONCE", -1)


def told(rehearsal: Rehearsal, person: User) -> Any:
    client = Client()
    client.force_login(person)
    address = reverse("registry:rehearsal-progress", args=[rehearsal.pk])
    return client.get(address), client.get(
        reverse("registry:rehearsal-detail", args=[rehearsal.pk])
    )


def test_a_large_register_is_computed_by_a_worker_and_the_page_waits(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    society(name="五人社", member_count=5)
    large(monkeypatch)
    rehearsal = tried(cast.bureau)
    assert rehearsal.is_computing
    assert rehearsal_runs.waiting_rehearsals() == [rehearsal.pk]
    progress, page = told(rehearsal, cast.bureau)
    assert "第 1 步，共 4 步" in progress.content.decode()
    assert progress.content.decode().strip() in page.content.decode()
    assert "提交发布</a>" not in page.content.decode()
    with pytest.raises(TransitionRefused, match="还没有算完"):
        move_rehearsal(
            rehearsal, RehearsalState.PROPOSED, by=cast.bureau, version=rehearsal.version
        )
    rehearsal_runs.run_rehearsal(rehearsal.pk)
    rehearsal_runs.run_rehearsal(rehearsal.pk)  # a doubled message
    rehearsal.refresh_from_db()
    assert sides(rehearsal) == {"五人社": "new"}
    assert rehearsal.counts == {"new": 1, "kept": 0, "gone": 0, "unknown": 0}
    assert rehearsal_runs.waiting_rehearsals() == []
    progress, page = told(rehearsal, cast.bureau)
    assert (progress.status_code, progress.headers["HX-Refresh"]) == (204, "true")
    assert "五人社" in page.content.decode()
    progress, page = told(rehearsal, cast.near.clerk)
    assert (progress.status_code, page.status_code) == (403, 403)


def test_a_worker_that_dies_half_way_is_followed_by_another_with_the_same_result(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    for members in (4, 5):
        society(name=f"{members}人社", member_count=members)
    large(monkeypatch)
    rehearsal = tried(cast.bureau)
    step = rehearsal_runs.STEPS[2]

    def dies(_rehearsal: Rehearsal) -> None:
        raise MemoryError

    monkeypatch.setattr(
        rehearsal_runs,
        "STEPS",
        (*rehearsal_runs.STEPS[:2], (step[0], dies), *rehearsal_runs.STEPS[3:]),
    )
    rehearsal_runs.run_rehearsal(rehearsal.pk)
    rehearsal.refresh_from_db()
    assert rehearsal.computed_at is None
    assert (rehearsal.attempt, rehearsal.steps_done) == (1, 1)
    assert rehearsal_runs.waiting_rehearsals() == []  # not at once again
    monkeypatch.undo()
    Rehearsal.objects.update(lease_until=clock.real_now() - dt.timedelta(seconds=1))
    rehearsal_runs.run_rehearsal(rehearsal.pk)
    rehearsal.refresh_from_db()
    assert sides(rehearsal) == {"4人社": "kept", "5人社": "new"}


def test_a_draft_changed_under_way_is_not_overwritten_by_the_old_worker(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    society(name="七人社", member_count=7)
    large(monkeypatch)
    rehearsal = tried(cast.bureau)
    first = rehearsal_runs.STEPS[0]

    def changed_meanwhile(subject: Rehearsal) -> None:
        first[1](subject)
        change_rehearsal(
            rehearsal, {"members": 8, "union_members": 3}, quarter="2021Q3",
            effective_from=TOMORROW, reason="再试", by=cast.bureau, version=rehearsal.version,
        )  # fmt: skip

    with monkeypatch.context() as patched:
        patched.setattr(
            rehearsal_runs, "STEPS", ((first[0], changed_meanwhile), *rehearsal_runs.STEPS[1:])
        )
        rehearsal_runs.run_rehearsal(rehearsal.pk)
    assert rehearsal_runs.waiting_rehearsals() == [rehearsal.pk]
    assert sides(rehearsal) == {}
    rehearsal_runs.run_rehearsal(rehearsal.pk)
    assert sides(rehearsal) == {"七人社": "new"}


def test_after_three_attempts_a_person_is_told_what_to_do(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    large(monkeypatch)
    rehearsal = tried(cast.bureau)
    Rehearsal.objects.filter(pk=rehearsal.pk).update(attempt=rehearsal_runs.ATTEMPTS)
    rehearsal_runs.run_rehearsal(rehearsal.pk)
    rehearsal.refresh_from_db()
    assert not rehearsal.is_computing
    assert "三次都没有算完" in told(rehearsal, cast.bureau)[1].content.decode()
    assert rehearsal_runs.waiting_rehearsals() == []
    change_rehearsal(
        rehearsal, SIX, quarter="2021Q2", effective_from=TOMORROW, reason="再试",
        by=cast.bureau, version=rehearsal.version,
    )  # fmt: skip
    assert rehearsal_runs.waiting_rehearsals() == [rehearsal.pk]
