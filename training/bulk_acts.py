"""Acts on many visits, and on many societies that nobody looks after."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import F

from accounts.bulk_acts import BulkAct, Facts, Plan, register_act
from accounts.forms.bulk_acts import WhyForm
from accounts.models import User
from accounts.policy import Action
from common import clock
from common.template_tags import day
from registry.choices import ENDED_STATUSES
from registry.models import ConflictOfInterest, Cooperative
from training.choices import AssignmentKind, VisitState
from training.models import Counsellor, CounsellorAssignment, Visit
from training.operations.assignment_notices import tell_of_change
from training.operations.assignments import INTERESTED

_ENDED = "合作社已注销，不需要安排辅导员。"


class OpinionForm(WhyForm):
    """The supervisor's opinion, the same for all."""

    def __init__(self, data: Any, user: User) -> None:
        del user
        super().__init__(data)
        self.fields["reason"].label = "审阅意见"


class CounsellorForm(WhyForm):
    """Who looks after the societies from today."""

    counsellor = forms.ModelChoiceField(
        Counsellor.objects.none(), label="辅导员", empty_label="请选择"
    )

    def __init__(self, data: Any, user: User) -> None:
        super().__init__(data)
        reach = Counsellor.objects.permitted(user, Action.VIEW_COUNSELLOR)
        people: Any = self.fields["counsellor"]
        people.queryset = reach.serving(clock.today()).select_related("user__unit")
        people.label_from_instance = _named


def _named(counsellor: Counsellor) -> str:
    unit = counsellor.user.unit
    return f"{counsellor.user}（{unit.short_name if unit else '区级'}）"


def _reviewable(user: User) -> Any:
    return Visit.objects.permitted(user, Action.REVIEW_VISIT).select_related(
        "cooperative", "counsellor"
    )


def _not_to_review(visit: Visit) -> str:
    if visit.state == VisitState.VOID:
        return "已作废，不需要审阅。"
    return f"{day(visit.reviewed_at)}已经审阅过。" if visit.reviewed_at else ""


def _reviewed(visits: Sequence[Visit], facts: Facts, by: User) -> Plan:
    changes = {"reviewed_by_id": by.pk, "reviewed_at": clock.now(), "review_note": facts["reason"]}
    return Plan({visit.pk: changes for visit in visits})


def _waiting(user: User) -> Any:
    reach = Cooperative.objects.permitted(user, Action.ASSIGN_COUNSELLOR)
    return reach.select_related("township", "counsellor")


def _looked_after(society: Cooperative) -> str:
    if society.counsellor_id:
        return f"已由{society.counsellor}联系；更换请用“移交工作”。"
    return _ENDED if society.status in ENDED_STATUSES else ""


def _given(societies: Sequence[Cooperative], facts: Facts, by: User) -> Plan:
    del by
    taker = facts["counsellor"].user
    barred = set(
        ConflictOfInterest.objects.on(clock.today())
        .filter(person=taker, cooperative__in=societies)
        .values_list("cooperative", flat=True)
    )
    return Plan(
        {each.pk: {"counsellor_id": taker.pk} for each in societies if each.pk not in barred},
        [(each.name, INTERESTED) for each in societies if each.pk in barred],
    )


def _assigned(societies: Sequence[Cooperative], facts: Facts, by: User) -> None:
    taker = facts["counsellor"].user
    CounsellorAssignment.objects.bulk_create(
        CounsellorAssignment(
            cooperative=each,
            counsellor=taker,
            kind=AssignmentKind.GUIDANCE,
            since=clock.today(),
            reason=facts["reason"],
        )
        for each in societies
    )
    tell_of_change(societies, giver=None, taker=taker, by=by)


def _ended(societies: Sequence[Cooperative], taken: Facts, by: User) -> None:
    """End the assignments that the act began; they stay on record."""
    del taken, by
    open_ones = CounsellorAssignment.objects.open().filter(
        cooperative__in=societies, kind=AssignmentKind.GUIDANCE
    )
    open_ones.update(until=clock.today(), version=F("version") + 1)


def register() -> None:
    """Make the acts known."""
    register_act(
        BulkAct(
            key="visits-review",
            title="批量审阅走访",
            lead="对所选走访写同一条审阅意见。要逐次提意见的，请打开那次走访单独审阅。",
            button="审阅所选",
            list_page="training:visit-list",
            action=Action.REVIEW_VISIT,
            reach=_reviewable,
            name=lambda visit: f"{visit.cooperative}：{day(visit.visited_on)}走访",
            note=lambda visit: f"{visit.counsellor}，{visit.get_purpose_display()}",
            barred=_not_to_review,
            form=OpinionForm,
            plan=_reviewed,
            fields=("reviewed_by", "reviewed_at", "review_note"),
        )
    )
    register_act(
        BulkAct(
            key="counsellors-assign",
            title="批量安排辅导员",
            lead="从今天起，所选合作社由同一名辅导员联系。与辅导员有利害关系的不安排，仍列在待安排里。",
            button="安排所选",
            list_page="training:assignment-queue",
            action=Action.ASSIGN_COUNSELLOR,
            reach=_waiting,
            name=lambda society: society.name,
            note=lambda society: (
                society.township.short_name if society.township else "乡镇街道待判定"
            ),
            barred=_looked_after,
            form=CounsellorForm,
            plan=_given,
            fields=("counsellor",),
            after=_assigned,
            undone=_ended,
            noted=lambda rows, facts: {"assignee": str(facts["counsellor"].user)},
        )
    )
