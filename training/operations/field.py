"""What a phone carries into the field: its key, the agenda with questions, visits still open."""

import base64
import secrets
from typing import Any

from django.db import transaction
from django.urls import reverse

from accounts.choices import NoticeEvent
from accounts.models import User
from accounts.operations import audit
from accounts.operations.notices import notify
from accounts.policy import Action, may, roles_with
from common import clock
from registry.masking import masked
from registry.models import Cooperative
from training.agenda import TODAY, agenda
from training.choices import VisitState
from training.models import FieldKey, Visit
from training.questions.catalogue import questions_for

FORM_VERSION = 1
OPEN_DAYS = 90
NOT_A_COUNSELLOR = (
    "您的账号现在没有填写走访记录的权限，没有收下。手机上的记录还在，请导出后交给区农业农村局。"
)


@transaction.atomic
def unlock_field(*, by: User, waiting: int = 0) -> str:
    """Return the key with which this person's phone keeps its content, made when first asked for.

    The key is given out only to a signed-in counsellor; `waiting` is how many visits the phone
    says it still holds.
    """
    key, made = FieldKey.objects.get_or_create(
        user=by, defaults={"secret": base64.b64encode(secrets.token_bytes(32)).decode()}
    )
    FieldKey.objects.filter(pk=key.pk).update(waiting=min(waiting, 9999))
    if made:
        audit.record("field-key-made", by, by=by)
    return key.secret


def pack_for(user: User) -> dict[str, Any]:
    """Return what a phone needs without a network: nothing in it is a phone or identity number."""
    reach = Cooperative.objects.permitted(user, Action.WRITE_VISIT).filter(uscc__isnull=False)
    items = agenda(reach)
    asked = questions_for([item.society for item in items])
    FieldKey.objects.filter(user=user).update(packed_at=clock.now())
    return {
        "form": FORM_VERSION,
        "now": clock.now().isoformat(),
        "today": [item.society.code for item in items[:TODAY] if item.weight],
        "societies": [
            {
                "code": item.society.code,
                "name": item.society.name,
                "township": item.society.township.short_name if item.society.township else "",
                "place": masked(item.society.domicile),
                "chair": item.society.legal_representative,
                "reason": item.reason,
                "last": item.last_visit.isoformat() if item.last_visit else "",
                "questions": [
                    {
                        "key": question.key,
                        "text": masked(question.text),
                        "why": masked(question.why),
                        "kind": question.answer.value,
                    }
                    for question in asked[item.society.pk]
                ],
            }
            for item in items
        ],
        "visits": _open_visits(user),
    }


def _open_visits(user: User) -> list[dict[str, Any]]:
    since = clock.today().toordinal() - OPEN_DAYS
    mine = (
        Visit.objects.permitted(user, Action.WRITE_VISIT)
        .filter(state=VisitState.REPORTED)
        .select_related("cooperative")
        .prefetch_related("revisions")
        .order_by("-visited_on", "-pk")[:60]
    )
    clashing = set(Visit.objects.in_conflict().filter(counsellor=user).values_list("pk", flat=True))
    return [
        {
            "id": str(visit.key),
            "head": str(visit.head),
            "society": visit.cooperative.code,
            "name": visit.cooperative.name,
            "day": visit.visited_on.isoformat(),
            "conflict": reverse("training:visit-conflict", args=[visit.key])
            if visit.pk in clashing
            else "",
            "body": next(r.body for r in visit.revisions.all() if r.key == visit.head),
        }
        for visit in mine
        if visit.visited_on.toordinal() >= since
    ]


@transaction.atomic
def refuse_sender(user: User, number: int) -> str:
    """Note that a phone holds visits which its owner may no longer send, and tell the bureau once a day."""
    key = FieldKey.objects.filter(user=user).first()
    now = clock.now()
    told_today = (
        key is not None and key.refused_at is not None and key.refused_at.date() == now.date()
    )
    FieldKey.objects.filter(user=user).update(refused_at=now, waiting=number)
    if not told_today:
        audit.record("visits-refused", user, by=user, number=number)
        bureau = User.objects.people().filter(
            is_active=True, role__in=roles_with(Action.APPOINT_COUNSELLOR)
        )
        notify(
            bureau,
            event=NoticeEvent.MATTER_TO_VERIFY,
            title=f"{user}的手机里还有走访没有交上来",
            text=f"此人已不是辅导员，平台没有收下手机上的 {number} 次走访。请本人从走访页导出文件，交来补录。",
            url=reverse("training:counsellor-list"),
            by=user,
        )
    return NOT_A_COUNSELLOR


def may_send(user: User) -> bool:
    """Tell whether this person may send visits now."""
    return may(user, Action.WRITE_VISIT)
