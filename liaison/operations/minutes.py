"""Minutes on their way: agreed, overridden, signed, numbered and issued, copied up, archived."""

import datetime as dt
import json

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F

from accounts.choices import NoticeEvent, PaperKind
from accounts.models import User
from accounts.operations import audit
from accounts.operations.notices import notify
from accounts.operations.papers import issue_paper
from accounts.operations.transitions import STALE, advance, advance_each
from accounts.policy import Action
from common import clock
from common.conflict import EditConflict
from common.template_tags import day as in_words
from common.workflow import TransitionRefused
from liaison.meeting_choices import DecisionState, MinutesState
from liaison.meeting_flows import DECISION, MINUTES
from liaison.minutes_paper import facts_of, minutes_as_word
from liaison.models import Decision, Minutes
from liaison.operations.consents import ask_who_came
from liaison.people import people_of


@transaction.atomic
def agree_minutes(minutes: Minutes, *, by: User) -> None:
    """Close the round: every unit stands behind the wording, or an override is on record."""
    advance(MINUTES, minutes, MinutesState.AGREED, by=by)


@transaction.atomic
def override_consent(minutes: Minutes, *, reason: str, version: int, by: User) -> None:
    """Put on record why the minutes go on without everybody's consent. Raises EditConflict."""
    held = _held(minutes, by, Action.OVERRIDE_CONSENT)
    if held.version != version:
        raise EditConflict(held)
    if held.state != MinutesState.CIRCULATED:
        raise TransitionRefused("只有会签中的纪要才能这样定稿。")
    if len(reason.strip()) < 5:
        raise TransitionRefused("请写明未全部同意而定稿的理由，至少五个字。")
    Minutes.objects.filter(pk=held.pk).update(
        override_reason=reason.strip()[:500], overridden_by=by, version=F("version") + 1
    )
    minutes.refresh_from_db()
    audit.record(Action.OVERRIDE_CONSENT.value, minutes, by=by, reason=reason.strip())


@transaction.atomic
def reopen_round(minutes: Minutes, *, reason: str, by: User) -> None:
    """Take agreed or signed minutes back into the round; answers given so far stand.

    Units that turned out to have been there meanwhile are asked.
    """
    advance(
        MINUTES,
        minutes,
        MinutesState.CIRCULATED,
        by=by,
        reason=reason,
        signer="",
        signed_on=None,
        override_reason="",
        overridden_by=None,
    )
    ask_who_came(minutes, by=by)


@transaction.atomic
def sign_minutes(minutes: Minutes, signer: str, signed_on: dt.date, *, by: User) -> None:
    """Record who signed the minutes and when: not before they went round."""
    if not signer.strip():
        raise TransitionRefused("请填写签发人。")
    if signed_on > clock.today():
        raise TransitionRefused("签发日期不能晚于今天。")
    first = minutes.circulated_on or minutes.meeting.held_on
    if first and signed_on < first:
        raise TransitionRefused(f"签发日期不能早于{in_words(first)}，即送会签（召开）的日期。")
    advance(
        MINUTES,
        minutes,
        MinutesState.SIGNED,
        by=by,
        signer=signer.strip()[:60],
        signed_on=signed_on,
    )


@transaction.atomic
def issue_minutes(minutes: Minutes, *, by: User) -> None:
    """Number and issue signed minutes: the text is locked, its decisions become tasks.

    The number is dense within the body's label and year. Every word that is printed is written
    down; the Word file is kept with its digest and a check code. Raises TransitionRefused, PermissionDenied.
    """
    held = _held(minutes, by, Action.MANAGE_MEETING)
    arrow = MINUTES.find(held.state, MinutesState.ISSUED)
    if held.version != minutes.version:
        raise TransitionRefused(STALE)
    if refusal := arrow.unless(held):
        raise TransitionRefused(refusal)
    body, today, facts = held.meeting.body, clock.today(), facts_of(held)
    held.content = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    paper = issue_paper(
        held,
        kind=PaperKind.MINUTES,
        series_label=body.number_label,
        title=str(held),
        public_facts={
            "会议": str(held.meeting),
            "召开日期": in_words(held.meeting.held_on),
            "印发单位": facts["issuer"],
        },
        content=lambda paper: minutes_as_word(held, number=paper.number, issued_on=today),
        by=by,
    )
    advance(
        MINUTES,
        minutes,
        MinutesState.ISSUED,
        by=by,
        noted={"document": paper.number},
        number=paper.number,
        issued_on=today,
        paper=paper,
        content=held.content,
    )
    drafted = Decision.objects.filter(topic__minutes=held)
    advance_each(DECISION, drafted, DecisionState.OPEN, by=by)
    _tell_of_issue(held, paper.number, by=by)


@transaction.atomic
def record_copies(minutes: Minutes, on: dt.date, how: str, *, version: int, by: User) -> None:
    """Record when and how issued minutes were copied up. Raises EditConflict, TransitionRefused."""
    held = _held(minutes, by, Action.MANAGE_MEETING)
    if held.version != version:
        raise EditConflict(held)
    copying, _ = held.copying
    if held.state != MinutesState.ISSUED or held.issued_on is None:
        raise TransitionRefused(f"印发之后才能登记{copying}。")
    if not held.issued_on <= on <= clock.today():
        raise TransitionRefused(f"{copying}日期须在印发日期和今天之间。")
    if not how.strip():
        raise TransitionRefused(f"请写明{copying}方式，例如：公文交换、专人送达。")
    Minutes.objects.filter(pk=held.pk).update(
        copied_up_on=on, copied_up_how=how.strip()[:120], version=F("version") + 1
    )
    minutes.refresh_from_db()
    audit.record("minutes-copied", minutes, by=by, day=str(on), what=how.strip())


@transaction.atomic
def archive_minutes(minutes: Minutes, *, by: User) -> None:
    """Put issued and copied minutes away; they stay readable."""
    advance(MINUTES, minutes, MinutesState.ARCHIVED, by=by)


def _held(minutes: Minutes, by: User, action: Action) -> Minutes:
    reach = Minutes.objects.permitted(by, action).select_related("meeting__body__office")
    held = reach.select_for_update(of=("self",)).filter(pk=minutes.pk).first()
    if held is None:
        raise PermissionDenied(action)
    return held


def _tell_of_issue(minutes: Minutes, number: str, *, by: User) -> None:
    """Tell units of their tasks, and every other unit present (but the office) that they are out."""
    decisions = Decision.objects.filter(topic__minutes=minutes)
    leads = set(decisions.values_list("lead", flat=True))
    helpers = set(decisions.filter(helpers__isnull=False).values_list("helpers", flat=True))
    notify(
        people_of(leads | helpers, Action.WORK_DECISION),
        event=NoticeEvent.TASK_ASSIGNED,
        title=f"{minutes}已印发，有议定事项须办理",
        text=f"{number}：请查看贵单位牵头或配合的议定事项，按时限办理并报送进展。",
        url="/liaison/decisions/",
        by=by,
    )
    present = set(minutes.meeting.units.present().values_list("unit", flat=True))
    notify(
        people_of(
            present - leads - helpers - {minutes.meeting.body.office_id}, Action.REPLY_MEETING
        ),
        event=NoticeEvent.OTHER_NOTICE,
        title=f"{minutes}已印发",
        text=f"{number}：贵单位出席了会议，请查看印发的纪要。",
        url=f"/liaison/meetings/{minutes.meeting_id}/minutes/",
        by=by,
    )
