"""Writing the minutes: paragraphs and decisions; a changed wording asks again only where it changed."""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Max, Model, QuerySet

from accounts.models import OrganisationUnit, User
from accounts.operations import audit
from accounts.policy import Action
from common.conflict import EditConflict
from common.workflow import TransitionRefused
from liaison.meeting_choices import MinutesState
from liaison.models import Decision, Minutes, MinutesTopic
from liaison.operations.consents import ask_again

_Row = TypeVar("_Row", bound=Model)
LOCKED = "纪要已定稿，文字不能再改。确需修改的，请先退回会签。"


@transaction.atomic
def save_opening(minutes: Minutes, opening: str, *, version: int, by: User) -> Minutes:
    """Write the opening sentence of a draft. Raises EditConflict, TransitionRefused."""
    held = writable(minutes, by)
    if held.version != version:
        raise EditConflict(held)
    if held.state != MinutesState.DRAFT:
        raise TransitionRefused("送会签之后导语不再修改；需要改动的内容请写在段落里。")
    Minutes.objects.filter(pk=held.pk).update(opening=opening.strip(), version=F("version") + 1)
    held.refresh_from_db()
    audit.record("minutes-written", held, by=by)
    return held


@transaction.atomic
def save_topic(
    minutes: Minutes,
    topic: MinutesTopic | None,
    facts: dict[str, Any],
    *,
    concerned: Iterable[OrganisationUnit],
    version: int,
    by: User,
) -> MinutesTopic:
    """Add a paragraph (position, title, text) or change one, with the units it concerns.

    While the minutes go round, a changed wording makes a new edition that only the units
    concerned are asked about. Adding the same again is the paragraph that stands. Raises
    EditConflict, TransitionRefused, PermissionDenied.
    """
    held, units = writable(minutes, by), list(concerned)
    if topic is None:
        same = held.topics.filter(title=facts["title"], text=facts["text"])
        if standing := _with_units(same, "concerned", units):
            return standing
        if not facts.get("position"):
            last = held.topics.aggregate(last=Max("position"))["last"] or 0
            facts = {**facts, "position": last + 1}
        saved = MinutesTopic.objects.create(minutes=held, **facts)
    else:
        changed = MinutesTopic.objects.filter(pk=topic.pk, minutes=held, version=version).update(
            **placed(facts), version=F("version") + 1
        )
        if not changed:
            raise EditConflict(MinutesTopic.objects.get(pk=topic.pk))
        saved = MinutesTopic.objects.get(pk=topic.pk)
    saved.concerned.set(units)
    audit.record("topic-saved", held, by=by, what=saved.title)
    ask_again(held, saved, by=by)
    return saved


@transaction.atomic
def remove_topic(topic: MinutesTopic, *, version: int, by: User) -> None:
    """Take a paragraph without decisions out of a draft. Raises EditConflict, TransitionRefused."""
    held = writable(topic.minutes, by)
    if held.state != MinutesState.DRAFT:
        raise TransitionRefused("送会签之后不能删去整段；请修改文字，由有关单位重新会签。")
    if topic.decisions.exists():
        raise TransitionRefused("这一段还有议定事项，请先移除议定事项。")
    fresh = MinutesTopic.objects.filter(pk=topic.pk, minutes=held, version=version).first()
    if fresh is None:
        raise EditConflict(topic)
    audit.record("topic-removed", held, by=by, what=fresh.title)
    fresh.delete()


@transaction.atomic
def save_decision(
    topic: MinutesTopic,
    decision: Decision | None,
    facts: dict[str, Any],
    *,
    helpers: Iterable[OrganisationUnit],
    version: int,
    by: User,
) -> Decision:
    """Add a decision (text, lead, due_on) to a paragraph or change one, with its helping units.

    Adding the same again is the decision that stands. Raises EditConflict, TransitionRefused, PermissionDenied.
    """
    held = writable(topic.minutes, by)
    others = [unit for unit in helpers if unit.pk != facts["lead"].pk]
    if facts["due_on"] < (held.meeting.held_on or facts["due_on"]):
        raise TransitionRefused("完成时限不能早于会议召开日期。")
    if decision is None:
        if standing := _with_units(topic.decisions.filter(**facts), "helpers", others):
            return standing
        saved = Decision.objects.create(topic=topic, meeting=held.meeting, **facts)
    else:
        changed = Decision.objects.filter(pk=decision.pk, topic=topic, version=version).update(
            **facts, version=F("version") + 1
        )
        if not changed:
            raise EditConflict(Decision.objects.get(pk=decision.pk))
        saved = Decision.objects.get(pk=decision.pk)
    saved.helpers.set(others)
    audit.record("decision-written", held, by=by, what=str(saved))
    ask_again(held, topic, by=by)
    return saved


@transaction.atomic
def remove_decision(decision: Decision, *, version: int, by: User) -> None:
    """Take a decision out of minutes that are not final. Raises EditConflict, TransitionRefused."""
    held = writable(decision.topic.minutes, by)
    fresh = Decision.objects.filter(pk=decision.pk, version=version).first()
    if fresh is None:
        raise EditConflict(decision)
    audit.record("decision-removed", held, by=by, what=str(fresh))
    topic = fresh.topic
    fresh.helpers.clear()
    fresh.delete()
    ask_again(held, topic, by=by)


def _with_units(
    rows: "QuerySet[_Row]", name: str, units: Iterable[OrganisationUnit]
) -> _Row | None:
    """Return the first row that names just these units: what a form sent again would make."""
    keys = {unit.pk for unit in units}
    for row in rows.prefetch_related(name).order_by("pk"):
        if {unit.pk for unit in getattr(row, name).all()} == keys:
            return row
    return None


def placed(facts: dict[str, Any]) -> dict[str, Any]:
    """Leave a row where it stands when no place was typed."""
    return {name: value for name, value in facts.items() if name != "position" or value}


def writable(minutes: Minutes, by: User) -> Minutes:
    """Lock minutes whose text may still be changed. Raises TransitionRefused, PermissionDenied."""
    reach = Minutes.objects.permitted(by, Action.MANAGE_MEETING).select_related("meeting__body")
    held = reach.select_for_update(of=("self",)).filter(pk=minutes.pk).first()
    if held is None:
        raise PermissionDenied(Action.MANAGE_MEETING)
    if not held.is_writable:
        raise TransitionRefused(LOCKED)
    return held
